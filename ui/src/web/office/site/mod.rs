//! Sites in the back office: the list, one site with its sections.

pub(super) mod blocks;
pub(super) mod members;
pub(super) mod pages;
pub(super) mod placement;
pub(super) mod settings;

use super::known::Known;
use super::service::{COUNTED, count};
use crate::forms;
use crate::paths;
use crate::views::{
    Count, Empty, Fact, Icon, Link, OfficeSection, PlacementLine, SiteAdminPage, SiteLine, SitesPage, Tab,
};
use crate::web::{Desk, WebError};
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::site::{ListFilter, Order, SiteKind, SiteRole};
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, Placed, PlacementView, Reads, SiteView};

/// A site with how much it shows, as a whole and by section.
struct Counted {
    view: SiteView,
    items: Count,
    by_section: Vec<Count>,
}

fn filter(view: &PlacementView) -> ListFilter {
    serde_json::from_str(&view.placement.filter).unwrap_or_default()
}

fn placed(view: &PlacementView) -> Placed {
    Placed { service: view.service.id, filter: filter(view) }
}

fn counted(reads: &mut Reads<'_>, view: SiteView) -> Result<Counted, StoreError> {
    let all: Vec<Placed> = view.placements.iter().map(placed).collect();
    let mut number = |placed: Vec<Placed>| -> Result<Count, StoreError> {
        let query = EntryQuery { placed: Some(placed), ..EntryQuery::default() };
        Ok(count(reads.count_entries(&query, COUNTED)?, COUNTED))
    };
    let by_section = all.iter().map(|one| number(vec![one.clone()])).collect::<Result<_, _>>()?;
    Ok(Counted { items: number(all)?, by_section, view })
}

/// GET /office/sites: those that the account sets.
///
/// # Errors
/// Those of the database.
pub(super) async fn list(desk: Desk) -> Result<HttpResponse, WebError> {
    let sites = desk.reads().run(|reads| {
        let mut found = Vec::new();
        for site in reads.sites()? {
            let view = reads.site(&site.slug)?;
            if view.role == Some(SiteRole::Manager) {
                found.push(counted(reads, view)?);
            }
        }
        Ok(found)
    });
    let create_href = desk.makes_sites().await?.then(|| paths::SITE_NEW.to_owned());
    let (t, sites) = (desk.t, sites.await?);
    let line = |site: &Counted| SiteLine {
        link: Link::new(&site.view.site.title, paths::office_site(&site.view.site.slug)),
        kind: kind_name(&desk, &site.view),
        sections: site.view.placements.len() as u64,
        items: site.items,
        public_href: paths::site(&site.view.site.slug),
    };
    let page = SitesPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Sites, Vec::new()),
        lines: sites.iter().map(line).collect(),
        empty: Empty {
            icon: Icon("page"),
            title: t.get("sites-none"),
            text: t.get(if create_href.is_some() { "sites-none-hint" } else { "sites-none-yours" }),
            action: create_href.clone().map(|href| Link::new(t.get("site-new"), href)),
        },
        create_href,
    };
    desk.page(&page)
}

/// The kind of a site and who may open it, in words.
fn kind_name(desk: &Desk, view: &SiteView) -> String {
    let t = desk.t;
    let kind = match SiteKind::from_name(&view.site.kind) {
        SiteKind::Consultation => t.get("site-kind-consultation"),
        SiteKind::Workshop => t.get("site-kind-workshop"),
    };
    let who = t.get(match (view.site.restricted, view.site.members_only) {
        (_, true) => "site-for-members",
        (true, false) => "site-restricted",
        (false, false) => "visibility-public",
    });
    format!("{kind}, {}", who.to_lowercase())
}

/// A site that the account may set.
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
async fn site(desk: &Desk, slug: &str) -> Result<SiteView, WebError> {
    let slug = slug.to_owned();
    let view = desk.reads().run(move |reads| reads.site(&slug)).await?;
    if view.role == Some(SiteRole::Manager) { Ok(view) } else { Err(AppError::forbidden().into()) }
}

/// The parts of a site's settings, this one open.
fn tabs(desk: &Desk, view: &SiteView, current: &str) -> Vec<Tab> {
    let pages = u64::try_from(view.pages.len()).unwrap_or_default();
    let sections = u64::try_from(view.placements.len()).unwrap_or_default();
    let tab = |key: &str, step: &str, count: Option<u64>| {
        let href = paths::office_site_step(&view.site.slug, step);
        let href = href.trim_end_matches('/').to_owned();
        Tab { label: desk.t.get(key), href, count, current: step == current }
    };
    vec![
        tab("site-placements", "", Some(sections)),
        tab("site-first-page", "blocks", None),
        tab("site-pages", "pages", Some(pages)),
        tab("site-members", "members", None),
        tab("site-edit", "edit", None),
    ]
}

/// The pages above those of a site.
fn trail(desk: &Desk, view: &SiteView) -> Vec<Link> {
    let sites = Link::new(desk.t.get("nav-sites"), paths::SITES);
    vec![sites, Link::new(&view.site.title, paths::office_site(&view.site.slug))]
}

/// GET /office/sites/{slug}
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(super) async fn show(desk: Desk, slug: web::Path<String>) -> Result<HttpResponse, WebError> {
    let view = site(&desk, &slug).await?;
    let (t, registry) = (desk.t, desk.app().registry().clone());
    let tabs = tabs(&desk, &view, "");
    let read = desk.reads().run(move |reads| {
        let places = view.placements.iter().flat_map(|placement| filter(placement).places);
        let codes: Vec<String> = places.map(|code| code.to_string()).collect();
        Ok((Known::read(reads, t, &registry, &codes)?, counted(reads, view)?))
    });
    let (known, found) = read.await?;
    let row = &found.view.site;
    let page = SiteAdminPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Sites, vec![Link::new(t.get("nav-sites"), paths::SITES)]),
        title: row.title.clone(),
        public_href: paths::site(&row.slug),
        tabs,
        edit_href: Some(paths::office_site_step(&row.slug, "edit")),
        create_href: Some(paths::office_site_step(&row.slug, "placements/new")),
        facts: vec![
            Fact::text(t.get("site-field-kind"), kind_name(&desk, &found.view)),
            Fact {
                label: t.get("site-address"),
                values: vec![Link::new(
                    desk.app().addresses().url(&paths::site(&row.slug)),
                    paths::site(&row.slug),
                )],
            },
            Fact::text(t.get("site-field-accent"), &row.accent),
        ],
        lines: lines(&known, &found),
        empty: Empty {
            icon: Icon("page"),
            title: t.get("placements-none"),
            text: t.get("placements-none-hint"),
            action: Some(Link::new(
                t.get("placement-new"),
                paths::office_site_step(&row.slug, "placements/new"),
            )),
        },
    };
    desk.page(&page)
}

fn lines(known: &Known, found: &Counted) -> Vec<PlacementLine> {
    let last = found.view.placements.len().saturating_sub(1);
    let line = |(at, view): (usize, &PlacementView)| {
        let step = |step: &str| {
            let below = format!("placements/{}/{step}", view.placement.uid);
            paths::office_site_step(&found.view.site.slug, below.trim_end_matches('/'))
        };
        PlacementLine {
            link: Link::new(&view.placement.title, step("")),
            service: view.service.title.clone(),
            filter: filter_in_words(known, &filter(view)),
            order: order_name(known, &view.placement.sort_order),
            items: found.by_section.get(at).copied().unwrap_or_default(),
            up_action: (at > 0).then(|| step("up")),
            down_action: (at < last).then(|| step("down")),
            remove_action: step("remove"),
        }
    };
    found.view.placements.iter().enumerate().map(line).collect()
}

fn order_name(known: &Known, stored: &str) -> String {
    let orders = Order::ALL;
    let order = orders.into_iter().find(|order| order.as_str() == stored).unwrap_or_default();
    forms::order_name(known.t, order)
}

/// What a section lets through, as a sentence.
fn filter_in_words(known: &Known, filter: &ListFilter) -> String {
    let t = known.t;
    let or = format!(" {} ", t.get("rule-or"));
    let themes: Vec<String> = filter.themes.iter().map(|slug| known.theme_name(slug)).collect();
    let places: Vec<String> = filter.places.iter().map(|code| known.place_name(code.as_str())).collect();
    match (themes.is_empty(), places.is_empty()) {
        (true, true) => t.get("filter-everything"),
        (false, true) => t.with("filter-by-theme", "themes", themes.join(&or)),
        (true, false) => t.with("filter-by-place", "places", places.join(&or)),
        (false, false) => {
            t.with2("filter-by-both", ("themes", themes.join(&or)), ("places", places.join(&or)))
        }
    }
}
