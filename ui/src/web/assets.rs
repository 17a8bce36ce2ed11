//! Stylesheets, scripts and fonts; what robots may read.

use super::{WebError, reading};
use crate::assets;
use crate::paths;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;

/// Registers the addresses of this file.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(reading::at("/assets/{path:.*}", asset))
        .service(reading::at("/robots.txt", robots))
        .service(reading::at("/favicon.ico", icon));
}

/// An embedded file; its address changes with its content, so it is kept for good.
async fn asset(request: HttpRequest) -> Result<HttpResponse, WebError> {
    let Some(asset) = assets::find(request.path()) else { return Err(AppError::NotFound.into()) };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, asset.mime))
        .insert_header((header::CACHE_CONTROL, assets::CACHE_CONTROL))
        .body(asset.bytes.clone()))
}

/// What search engines are asked to leave alone (RFC 9309).
async fn robots() -> HttpResponse {
    let text =
        format!("User-agent: *\nDisallow: {}\nDisallow: {}\nDisallow: /api/\n", paths::WORK, paths::LOGIN);
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text)
}

async fn icon() -> HttpResponse {
    HttpResponse::MovedPermanently().insert_header((header::LOCATION, assets::asset_url("mark.svg"))).finish()
}
