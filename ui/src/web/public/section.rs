//! A section of a site, or all that the site shows: a list with its facets.

use super::frame::{ALL, NodeName, section, section_href};
use super::listing::{Listing, count};
use super::site::{filter_of, handles, order_of, shown};
use super::{PAGE, cards, feed};
use crate::paths;
use crate::views::{Count, Empty, Follow, Icon, Link, ListPage, SearchBox};
use crate::web::known::Known;
use crate::web::{Visit, WebError};
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, EntryView, Facets, Reads, SiteView};

/// What a list of a site holds before anything was chosen, and what it is called.
#[derive(Debug, Clone)]
pub(super) struct Around {
    /// Title; none for all that the site shows.
    pub title: Option<String>,
    /// Path of the list.
    pub path: String,
    /// Its query.
    pub query: EntryQuery,
}

/// The list of this name on a site.
///
/// # Errors
/// [`StoreError::NotFound`].
pub(super) fn around(view: &SiteView, name: &str, now: i64) -> Result<Around, StoreError> {
    if name == ALL {
        let query = EntryQuery { placed: Some(shown(view)), ..EntryQuery::default() };
        return Ok(Around { title: None, path: format!("{}/{ALL}", paths::site(&view.site.slug)), query });
    }
    let one = section(view, name)?;
    let query = EntryQuery {
        services: Some(vec![one.service.id]),
        filter: filter_of(one),
        order: order_of(one, now),
        ..EntryQuery::default()
    };
    Ok(Around { title: Some(one.placement.title.clone()), path: section_href(view, one), query })
}

struct Found {
    node: NodeName,
    view: SiteView,
    around: Around,
    listing: Listing,
    total: Count,
    views: Vec<EntryView>,
    more: bool,
    facets: Facets,
    known: Known,
}

/// What a visit of a list comes to.
enum Outcome {
    /// The list.
    List(Box<Found>),
    /// The question was a place: the list of that place.
    Elsewhere(String),
}

/// GET /sites/{site}/{section}?q=&theme=&place=&page=
///
/// # Errors
/// [`AppError::NotFound`] when there is no such section for this visitor.
pub(super) async fn page(
    request: HttpRequest,
    visit: Visit,
    names: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (t, registry, now) = (visit.t, visit.app().registry().clone(), visit.app().now().timestamp_millis());
    let (site, name) = names.into_inner();
    let path = format!("{}/{name}", paths::site(&site));
    let listing = Listing::of(&request, path);
    let outcome = visit.reads().run(move |reads| {
        let view = reads.site(&site)?;
        let around = around(&view, &name, now)?;
        let listing = Listing { path: around.path.clone(), ..listing };
        if let Some(meant) = listing.place_meant(reads)? {
            return Ok(Outcome::Elsewhere(meant.href()));
        }
        let query = listing.entry_query(around.query.clone());
        let mut views = reads.entries(&query)?;
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = views.len() > size;
        views.truncate(size);
        let facets = reads.facets(&query)?;
        let known = names_for(reads, &visit_names(&listing, &facets), &views, t, &registry)?;
        let total = count(reads, &query)?;
        let node = NodeName::read(reads)?;
        Ok(Outcome::List(Box::new(Found { node, view, around, listing, total, views, more, facets, known })))
    });
    match outcome.await.map_err(AppError::from)? {
        Outcome::Elsewhere(path) => Ok(visit.go(&path)),
        Outcome::List(found) => answer(&visit, &found),
    }
}

/// Codes of the places that facets and filters name.
fn visit_names(listing: &Listing, facets: &Facets) -> Vec<String> {
    let chosen = listing.places.iter().map(ToString::to_string);
    chosen.chain(facets.places.iter().map(|one| one.code.clone())).collect()
}

fn names_for(
    reads: &mut Reads<'_>,
    codes: &[String],
    views: &[EntryView],
    t: crate::i18n::Translator,
    registry: &std::sync::Arc<maillage_domain::registry::Registry>,
) -> Result<Known, StoreError> {
    cards::known(reads, t, registry, views, codes)
}

fn answer(visit: &Visit, found: &Found) -> Result<HttpResponse, WebError> {
    let (t, site, listing) = (visit.t, &found.view.site, &found.listing);
    let heading = match &found.around.title {
        Some(title) => title.clone(),
        None if listing.is_narrowed() => t.get("search-results"),
        None => t.get("search-everything"),
    };
    let mut frame = found.node.frame_of(&found.view);
    // A narrowed list is a view of its section, not a page of its own.
    frame.noindex |= listing.is_narrowed() || found.around.title.is_none();
    let follow = if site.restricted {
        Follow::default()
    } else {
        frame.canonical = visit.app().addresses().url(&listing.href_of(&listing.path, listing.page));
        frame.feeds = feed::links(t, listing);
        Follow {
            t,
            rss: feed::href(listing, "rss"),
            atom: feed::href(listing, "atom"),
            handles: handles(visit, &found.view),
        }
    };
    visit.page(&ListPage {
        t,
        shell: visit.shell(&site.title),
        site: frame,
        heading,
        intro: String::new(),
        search: SearchBox {
            t,
            action: listing.path.clone(),
            query: listing.query.clone(),
            keep: listing.kept(),
        },
        total: found.total,
        active: listing.active(t, &found.known),
        clear_href: listing.path.clone(),
        facets: listing.facets(t, &found.facets, &found.known.places),
        items: found
            .views
            .iter()
            .map(|view| {
                cards::card(visit, &found.known, view, Some(&site.slug), found.around.title.is_none(), 2)
            })
            .collect(),
        empty: nothing(visit, listing),
        paging: listing.paging(t, found.total, found.more),
        follow,
    })
}

fn nothing(visit: &Visit, listing: &Listing) -> Empty {
    let t = visit.t;
    if listing.is_narrowed() {
        return Empty {
            icon: Icon("search"),
            title: t.get("list-nothing-found"),
            text: t.get("list-nothing-found-text"),
            action: Some(Link::new(t.get("filters-clear"), &listing.path)),
        };
    }
    Empty { icon: Icon("clock"), title: t.get("list-empty"), text: t.get("list-empty-text"), action: None }
}
