//! Stylesheets, scripts and fonts; the node's icon.

use super::{WebError, reading};
use crate::assets;
use crate::theme::mark_colour;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_gateways::mark;

/// Registers the addresses of this file.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config.service(reading::at("/assets/{path:.*}", asset)).service(reading::at("/favicon.ico", icon));
}

/// An embedded file; its address changes with its content, so it is kept for good.
async fn asset(request: HttpRequest) -> Result<HttpResponse, WebError> {
    let Some(asset) = assets::find(request.path()) else { return Err(AppError::NotFound.into()) };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, asset.mime))
        .insert_header((header::CACHE_CONTROL, assets::CACHE_CONTROL))
        .body(asset.bytes.clone()))
}

/// The mark in the node's colours, for programs that read no SVG.
async fn icon() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("image/x-icon")
        .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
        .body(mark::icon(mark_colour("")))
}
