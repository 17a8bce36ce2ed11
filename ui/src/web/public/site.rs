//! The first page of a site, and its colours.

use super::contents::count;
use super::frame::{ALL, NodeName, section_href};
use super::listing::Listing;
use super::{cards, feed};
use crate::paths;
use crate::theme::theme_css;
use crate::views::{Empty, Follow, HomePage, HomeSection, Icon, Link, SearchBox};
use crate::web::known::Known;
use crate::web::{Visit, WebError};
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::message::Locale;
use maillage_domain::site::{ListFilter, Order};
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, EntryView, ListOrder, Placed, PlacementView, Reads, SiteView};

/// Items of a section on the first page.
const FIRST: i64 = 3;
/// Themes that are offered there.
const THEMES: usize = 6;

/// What a placement lets through.
pub(super) fn filter_of(one: &PlacementView) -> ListFilter {
    // Written by the use case that made the placement; one that cannot be read shows nothing less.
    serde_json::from_str(&one.placement.filter).unwrap_or_default()
}

/// All that a site shows.
pub(super) fn shown(view: &SiteView) -> Vec<Placed> {
    view.placements.iter().map(|one| Placed { service: one.service.id, filter: filter_of(one) }).collect()
}

/// The order of a placement, at this moment (milliseconds).
pub(super) fn order_of(one: &PlacementView, now: i64) -> ListOrder {
    match one.placement.sort_order.as_str() {
        order if order == Order::Upcoming.as_str() => ListOrder::Upcoming { from: now },
        order if order == Order::Title.as_str() => ListOrder::Title,
        _ => ListOrder::Newest,
    }
}

struct Section {
    title: String,
    href: String,
    count: crate::views::Count,
    views: Vec<EntryView>,
}

struct Found {
    node: NodeName,
    view: SiteView,
    sections: Vec<Section>,
    themes: Vec<(String, String, String)>,
    known: Known,
}

/// GET /sites/{site}
///
/// # Errors
/// [`AppError::NotFound`] when the visitor may not open it.
pub(super) async fn page(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse, WebError> {
    let (t, registry) = (visit.t, visit.app().registry().clone());
    let now = visit.app().now().timestamp_millis();
    let found = visit.reads().run(move |reads| {
        let view = reads.site(&slug)?;
        let mut sections = Vec::new();
        for one in &view.placements {
            sections.push(section(reads, &view, one, now)?);
        }
        let all = EntryQuery { placed: Some(shown(&view)), ..EntryQuery::default() };
        let themes = reads.facets(&all)?.themes;
        let themes =
            themes.into_iter().take(THEMES).map(|one| (one.code, one.label_fr, one.label_en)).collect();
        let views: Vec<EntryView> = sections.iter().flat_map(|section| section.views.clone()).collect();
        let known = cards::known(reads, t, &registry, &views, &[])?;
        Ok(Found { node: NodeName::read(reads)?, view, sections, themes, known })
    });
    let found = found.await.map_err(AppError::from)?;
    answer(&visit, found)
}

fn section(
    reads: &mut Reads<'_>,
    view: &SiteView,
    one: &PlacementView,
    now: i64,
) -> Result<Section, StoreError> {
    let query = EntryQuery {
        services: Some(vec![one.service.id]),
        filter: filter_of(one),
        order: order_of(one, now),
        limit: FIRST,
        ..EntryQuery::default()
    };
    Ok(Section {
        title: one.placement.title.clone(),
        href: section_href(view, one),
        count: count(reads, &query)?,
        views: reads.entries(&query)?,
    })
}

fn answer(visit: &Visit, found: Found) -> Result<HttpResponse, WebError> {
    let (t, slug) = (visit.t, found.view.site.slug.clone());
    let all = Listing { path: format!("{}/{ALL}", paths::site(&slug)), page: 1, ..Listing::default() };
    let themes = found.themes.iter().map(|(code, fr, en)| {
        let label = if t.locale == Locale::Fr { t.typeset(fr) } else { en.clone() };
        let list = Listing { themes: vec![code.clone()], ..all.clone() };
        Link::new(label, list.href())
    });
    let themes: Vec<Link> = themes.collect();
    let mut frame = found.node.frame_of(&found.view);
    frame.preview.clone_from(&found.view.site.title);
    let follow = if found.view.site.restricted {
        Follow::default()
    } else {
        frame.canonical = visit.app().addresses().url(&paths::site(&slug));
        frame.feeds = feed::links(t, &all);
        Follow {
            t,
            rss: feed::href(&all, "rss"),
            atom: feed::href(&all, "atom"),
            handles: handles(visit, &found.view, None),
        }
    };
    let known = &found.known;
    visit.page(&HomePage {
        t,
        shell: visit.shell(&found.view.site.title),
        site: frame,
        intro: found.view.site.intro.clone(),
        search: SearchBox { t, action: all.path.clone(), ..SearchBox::default() },
        themes,
        sections: found
            .sections
            .iter()
            .map(|section| HomeSection {
                title: section.title.clone(),
                href: section.href.clone(),
                count: section.count,
                items: section
                    .views
                    .iter()
                    .map(|view| cards::card(visit, known, view, Some(&slug), false, 3))
                    .collect(),
            })
            .collect(),
        empty: Empty {
            icon: Icon("home"),
            title: t.get("site-empty"),
            text: t.get("site-empty-text"),
            action: visit
                .session
                .as_ref()
                .map(|_| Link::new(t.get("node-empty-action"), paths::office_site(&slug))),
        },
        follow,
    })
}

/// The addresses of the public services that a site shows, or of these alone.
pub(super) fn handles(visit: &Visit, view: &SiteView, alone: Option<&[i64]>) -> Vec<Link> {
    let host = visit.app().addresses().host();
    let mut services: Vec<_> = view.placements.iter().map(|one| &one.service).collect();
    services.sort_by_key(|service| service.id);
    services.dedup_by_key(|service| service.id);
    services.retain(|service| alone.is_none_or(|alone| alone.contains(&service.id)));
    let public = services.into_iter().filter(|service| service.visibility == "public");
    public
        .map(|service| Link::new(format!("@{}@{host}", service.slug), format!("/services/{}", service.slug)))
        .collect()
}

/// GET /sites/{site}/theme.css: the accent of a site, with enough contrast.
///
/// # Errors
/// [`AppError::NotFound`] when the visitor may not open the site.
pub(super) async fn theme(
    request: HttpRequest,
    visit: Visit,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let site = visit.reads().run(move |reads| reads.site(&slug)).await.map_err(AppError::from)?.site;
    let css = theme_css(&site.accent);
    Ok(feed::kept(&request, css, "text/css; charset=utf-8", None))
}
