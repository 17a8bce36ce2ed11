//! A public service: what it promises, its latest items, how to follow it.

use super::contents::{self, Contents, Outcome};
use super::feed;
use super::frame::NodeName;
use super::listing::Listing;
use super::period::View;
use crate::forms::licence_name;
use crate::views::{Fact, Follow, ServicePublicPage};
use crate::web::{Visit, WebError};
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::registry::Registry;
use maillage_domain::site::Order;
use maillage_store::read::{EntryQuery, ListOrder};
use maillage_store::rows::ServiceRow;

/// What a service's own list holds, in the order of its type.
pub(super) fn around(registry: &Registry, service: &ServiceRow, now: i64) -> EntryQuery {
    let order = registry.get(&service.type_slug).map(|kind| kind.order).unwrap_or_default();
    EntryQuery {
        services: Some(vec![service.id]),
        order: match order {
            Order::Upcoming => ListOrder::Upcoming { from: now },
            Order::Title => ListOrder::Title,
            Order::Deadline => ListOrder::Deadline { from: now },
            Order::Newest => ListOrder::Newest,
        },
        ..EntryQuery::default()
    }
}

/// GET /services/{slug}?q=&theme=&place=&view=&at=&page=
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
    let (t, registry, now) = (visit.t, visit.app().registry().clone(), visit.app().now());
    let read = visit.reads().run(move |reads| {
        let service = reads.service(&slug)?;
        let around = around(&registry, &service, now.timestamp_millis());
        let outcome = contents::read(reads, t, &registry, listing, around, now)?;
        Ok((NodeName::read(reads)?, service, outcome))
    });
    let (node, service, outcome) = read.await.map_err(AppError::from)?;
    match outcome {
        Outcome::Elsewhere(path) => Ok(visit.go(&path)),
        Outcome::List(contents) => answer(&visit, &node, &service, &contents),
    }
}

fn answer(
    visit: &Visit,
    node: &NodeName,
    service: &ServiceRow,
    contents: &Contents,
) -> Result<HttpResponse, WebError> {
    let (t, listing) = (visit.t, &contents.listing);
    let public = service.visibility == "public";
    let kind = visit.app().registry().get(&service.type_slug).map(|kind| t.say(&kind.label()));
    let mut frame = node.frame();
    frame.description.clone_from(&service.purpose);
    frame.preview.clone_from(&service.title);
    frame.noindex = !public || listing.is_narrowed() || listing.view != View::List;
    let (mut follow, mut handle) = (Follow::default(), String::new());
    if public {
        frame.canonical = visit.app().addresses().service_page(&service.slug);
        frame.feeds = feed::links(t, listing, contents.has_dates());
        follow = feed::follow(visit, listing, Vec::new(), contents.has_dates());
        handle = format!("@{}@{}", service.slug, visit.app().addresses().host());
    }
    visit.page(&ServicePublicPage {
        t,
        shell: visit.shell(&node.0),
        site: frame,
        kind: kind.unwrap_or_else(|| service.type_slug.clone()),
        title: service.title.clone(),
        purpose: service.purpose.clone(),
        handle,
        charter: charter(visit, service),
        list: contents.listed(visit, None, false, follow),
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
