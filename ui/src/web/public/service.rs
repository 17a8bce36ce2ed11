//! A public service: what it promises, its latest items, how to follow it.

use super::frame::NodeName;
use super::listing::{Listing, count};
use super::{PAGE, cards, feed};
use crate::forms::licence_name;
use crate::views::{Count, Empty, Fact, Follow, Icon, ServicePublicPage};
use crate::web::known::Known;
use crate::web::{Visit, WebError};
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::site::Order;
use maillage_store::read::{EntryQuery, EntryView, ListOrder};
use maillage_store::rows::ServiceRow;

struct Found {
    node: NodeName,
    service: ServiceRow,
    listing: Listing,
    total: Count,
    views: Vec<EntryView>,
    more: bool,
    known: Known,
}

/// What a service's own list holds, in the order of its type.
pub(super) fn around(visit: &Visit, service: &ServiceRow, now: i64) -> EntryQuery {
    let order = visit.app().registry().get(&service.type_slug).map(|kind| kind.order).unwrap_or_default();
    EntryQuery {
        services: Some(vec![service.id]),
        order: match order {
            Order::Upcoming => ListOrder::Upcoming { from: now },
            Order::Title => ListOrder::Title,
            Order::Newest => ListOrder::Newest,
        },
        ..EntryQuery::default()
    }
}

/// GET /services/{slug}?theme=&place=&page=
///
/// # Errors
/// [`AppError::NotFound`] when the visitor does not see the service.
pub(super) async fn page(
    request: HttpRequest,
    visit: Visit,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let slug = slug.into_inner();
    let listing = Listing::of(&request, format!("/services/{slug}"));
    let now = visit.app().now().timestamp_millis();
    let service = visit.reads().run(move |reads| reads.service(&slug)).await.map_err(AppError::from)?;
    let query = listing.entry_query(around(&visit, &service, now));
    let (t, registry) = (visit.t, visit.app().registry().clone());
    let found = visit.reads().run(move |reads| {
        let mut views = reads.entries(&query)?;
        let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let more = views.len() > size;
        views.truncate(size);
        let known = cards::known(reads, t, &registry, &views, &[])?;
        let (total, node) = (count(reads, &query)?, NodeName::read(reads)?);
        Ok(Found { node, service, listing, total, views, more, known })
    });
    answer(&visit, &found.await.map_err(AppError::from)?)
}

fn answer(visit: &Visit, found: &Found) -> Result<HttpResponse, WebError> {
    let (t, service, listing) = (visit.t, &found.service, &found.listing);
    let public = service.visibility == "public";
    let kind = visit.app().registry().get(&service.type_slug).map(|kind| t.say(&kind.label()));
    let mut frame = found.node.frame();
    frame.description.clone_from(&service.purpose);
    frame.noindex = !public || listing.is_narrowed();
    let follow = if public {
        frame.canonical = visit.app().addresses().service_page(&service.slug);
        frame.feeds = feed::links(t, listing);
        Follow { t, rss: feed::href(listing, "rss"), atom: feed::href(listing, "atom"), handles: Vec::new() }
    } else {
        Follow::default()
    };
    visit.page(&ServicePublicPage {
        t,
        shell: visit.shell(&found.node.0),
        site: frame,
        kind: kind.unwrap_or_else(|| service.type_slug.clone()),
        title: service.title.clone(),
        purpose: service.purpose.clone(),
        handle: if public {
            format!("@{}@{}", service.slug, visit.app().addresses().host())
        } else {
            String::new()
        },
        charter: charter(visit, service),
        total: found.total,
        items: found
            .views
            .iter()
            .map(|view| cards::card(visit, &found.known, view, None, false, 3))
            .collect(),
        empty: Empty {
            icon: Icon("clock"),
            title: t.get("list-empty"),
            text: t.get("list-empty-text"),
            action: None,
        },
        paging: listing.paging(t, found.total, found.more),
        follow,
    })
}

fn charter(visit: &Visit, service: &ServiceRow) -> Vec<Fact> {
    let t = visit.t;
    let mut facts = Vec::new();
    if !service.moderators.is_empty() {
        facts.push(Fact::text(t.get("charter-moderators"), service.moderators.clone()));
    }
    if let Some(days) = service.delay_days {
        facts.push(Fact::text(t.get("charter-delay"), t.count("days", days)));
    }
    facts.push(Fact::text(t.get("charter-licence"), licence_name(t, &service.licence)));
    facts
}
