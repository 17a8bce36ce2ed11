//! What the node publishes beside its actors and items: the context of its extension, and pictures.

use super::answer::open_json;
use crate::objects::vocabulary::context_document;
use actix_web::HttpResponse;
use actix_web::http::header;

/// The picture of our actors.
const ICON: &[u8] = include_bytes!("../../assets/icon.png");
/// Their banner.
const BANNER: &[u8] = include_bytes!("../../assets/banner.png");
/// These change with an edition of the program at most.
const CACHE: &str = "public, max-age=86400";

/// GET of the JSON-LD context. It never changes: another version has another address.
pub async fn context() -> HttpResponse {
    let mut answer = open_json(&context_document(), "application/ld+json");
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static(CACHE));
    answer
}

/// GET of the picture.
pub async fn icon() -> HttpResponse {
    picture(ICON)
}

/// GET of the banner.
pub async fn banner() -> HttpResponse {
    picture(BANNER)
}

fn picture(bytes: &'static [u8]) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "image/png"))
        .insert_header((header::CACHE_CONTROL, CACHE))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(bytes)
}
