//! A section of a site, or all that the site shows: a list with its facets.

use super::contents::{self, Contents, Outcome};
use super::feed;
use super::frame::{ALL, NodeName, section, section_href};
use super::listing::Listing;
use super::period::View;
use super::site::{filter_of, handles, order_of, shown};
use crate::paths;
use crate::views::{Follow, ListPage};
use crate::web::{Visit, WebError};
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, SiteView};

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

/// GET /sites/{site}/{section}?q=&theme=&place=&view=&at=&page=
///
/// # Errors
/// [`AppError::NotFound`] when there is no such section for this visitor.
pub(super) async fn page(
    request: HttpRequest,
    visit: Visit,
    names: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (t, registry, now) = (visit.t, visit.app().registry().clone(), visit.app().now());
    let (site, name) = names.into_inner();
    let listing = Listing::of(&request, String::new());
    let read = visit.reads().run(move |reads| {
        let view = reads.site(&site)?;
        let around = around(&view, &name, now.timestamp_millis())?;
        let listing = Listing { path: around.path.clone(), ..listing };
        let outcome = contents::read(reads, t, &registry, listing, around.query.clone(), now)?;
        Ok((NodeName::read(reads)?, view, around, outcome))
    });
    let (node, view, around, outcome) = read.await.map_err(AppError::from)?;
    match outcome {
        Outcome::Elsewhere(path) => Ok(visit.go(&path)),
        Outcome::List(contents) => answer(&visit, &node, &view, around, &contents),
    }
}

fn answer(
    visit: &Visit,
    node: &NodeName,
    view: &SiteView,
    around: Around,
    contents: &Contents,
) -> Result<HttpResponse, WebError> {
    let (t, site, listing) = (visit.t, &view.site, &contents.listing);
    let everything = around.title.is_none();
    let heading = match around.title {
        Some(title) => title,
        None if listing.is_narrowed() => t.get("search-results"),
        None => t.get("search-everything"),
    };
    let mut frame = node.frame_of(t, view);
    frame.current.clone_from(&listing.path);
    frame.preview.clone_from(&heading);
    // A narrowed list is a view of its section, not a page of its own.
    frame.noindex |= listing.is_narrowed() || everything || listing.view != View::List;
    let follow = if site.restricted {
        Follow::default()
    } else {
        let here = listing.href_of(&listing.path, listing.page);
        frame.canonical = super::site::address(visit, site, &here);
        frame.feeds = feed::links(t, listing, contents.has_dates());
        let handles = handles(visit, view, around.query.services.as_deref());
        feed::follow(visit, listing, handles, contents.has_dates())
    };
    visit.page(&ListPage {
        t,
        shell: visit.shell(&site.title),
        site: frame,
        heading,
        intro: String::new(),
        list: contents.listed(visit, Some(&site.slug), everything, follow),
    })
}
