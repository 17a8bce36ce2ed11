//! What a site shows of services, its colours and its logo.

use super::feed;
use crate::paths;
use crate::theme::{mark_colour, mark_svg, theme_css};
use crate::views::Link;
use crate::web::{Visit, WebError};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::site::{ListFilter, Order};
use maillage_gateways::mark;
use maillage_store::read::{ListOrder, Placed, PlacementView, SiteView};
use maillage_store::rows::SiteRow;

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
        order if order == Order::Deadline.as_str() => ListOrder::Deadline { from: now },
        _ => ListOrder::Newest,
    }
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

/// The address of a page of a site for the world: on the site's own host where it has one.
pub(super) fn address(visit: &Visit, site: &SiteRow, path: &str) -> String {
    let addresses = visit.app().addresses();
    match &site.host {
        // Its first page is that of the host.
        Some(host) if path == paths::site(&site.slug) => format!("{}://{host}/", addresses.base().scheme()),
        Some(host) => format!("{}://{host}{path}", addresses.base().scheme()),
        None => addresses.url(path),
    }
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

/// GET /sites/{site}/icon.svg and icon.ico: the mark in the site's accent.
///
/// # Errors
/// [`AppError::NotFound`] when the visitor may not open the site.
pub(super) async fn icon(visit: Visit, names: web::Path<(String, String)>) -> Result<HttpResponse, WebError> {
    let (slug, format) = names.into_inner();
    let site = visit.reads().run(move |reads| reads.site(&slug)).await.map_err(AppError::from)?.site;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CACHE_CONTROL, "private, max-age=86400"));
    Ok(match format.as_str() {
        "svg" => answer.content_type("image/svg+xml").body(mark_svg(&site.accent)),
        _ => answer.content_type("image/x-icon").body(mark::icon(mark_colour(&site.accent))),
    })
}

/// GET /sites/{site}/logo/{media}: the picture. Its address changes with it, so that it is kept for long.
///
/// # Errors
/// [`AppError::NotFound`] when the visitor may not open the site, or has another logo in mind.
pub(super) async fn logo(visit: Visit, names: web::Path<(String, String)>) -> Result<HttpResponse, WebError> {
    let (site, uid) = names.into_inner();
    let row = visit.reads().run(move |reads| reads.logo(&site, &uid)).await.map_err(AppError::from)?;
    let bytes = visit.app().media_bytes(&row).await?;
    Ok(HttpResponse::Ok()
        .content_type(row.content_type)
        .insert_header((header::CACHE_CONTROL, "private, max-age=604800"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(bytes))
}
