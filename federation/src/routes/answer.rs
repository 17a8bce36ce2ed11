//! The forms of answers, the same for every address.

use crate::guard::Refusal;
use crate::objects::PUBLIC;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use maillage_app::AppError;
use maillage_domain::viewer::Viewer;
use serde_json::Value;
use uuid::Uuid;

/// The media type of everything that is ActivityPub.
pub(super) const ACTIVITY_JSON: &str = "application/activity+json; charset=utf-8";

/// Whether the request asks for ActivityPub rather than for a page.
pub(super) fn wants_json(request: &HttpRequest) -> bool {
    let accept = accepted(request.headers().get(header::ACCEPT));
    names_activitypub(accept) || !accept.contains("text/html")
}

/// The text of an `Accept` header.
pub(super) fn accepted(value: Option<&HeaderValue>) -> &str {
    value.and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Whether an `Accept` header names ActivityPub.
pub(super) fn names_activitypub(accept: &str) -> bool {
    accept.contains("application/activity+json") || accept.contains("application/ld+json")
}

/// The id in a path, which is a UUID as we write them; anything else leads nowhere.
pub(super) fn uid(text: &str) -> Option<String> {
    let uuid = Uuid::try_parse(text).ok()?;
    (uuid.as_hyphenated().to_string() == text).then(|| text.to_owned())
}

/// Nothing is there, or nothing that this reader may know of.
pub(super) fn nowhere() -> HttpResponse {
    plain(404, "not found", None)
}

/// A document for this viewer. What somebody may see because they signed is kept by nobody between.
pub(super) fn activity_json(document: &Value, viewer: &Viewer, page: Option<&str>) -> HttpResponse {
    let cache = if *viewer == Viewer::Anonymous { "no-cache" } else { "private, no-store" };
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, ACTIVITY_JSON))
        .insert_header((header::VARY, "Accept, Signature"))
        .insert_header((header::CACHE_CONTROL, cache));
    if let Some(page) = page {
        answer.insert_header((header::LINK, format!("<{page}>; rel=\"alternate\"; type=\"text/html\"")));
    }
    answer.body(document.to_string())
}

/// The page for people.
pub(super) fn see_page(page: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, page))
        .insert_header((header::VARY, "Accept"))
        .finish()
}

/// JSON that scripts of any site may read.
pub(super) fn open_json(document: &Value, media_type: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .body(document.to_string())
}

pub(super) fn refused(refusal: &Refusal) -> HttpResponse {
    tracing::info!(status = refusal.status, code = refusal.code, detail = %refusal.detail, "refused");
    plain(refusal.status, refusal.code, refusal.retry_after().map(i64::from))
}

pub(super) fn plain(status: u16, text: &'static str, retry_after: Option<i64>) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = HttpResponse::build(status);
    if let Some(seconds) = retry_after {
        answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    answer.content_type("text/plain; charset=utf-8").body(text)
}

pub(super) fn failed(error: &AppError) -> HttpResponse {
    match error {
        AppError::NotFound => nowhere(),
        AppError::Unavailable(_) => plain(503, "busy", Some(60)),
        error => {
            tracing::error!(%error, "a read of the federation failed");
            plain(503, "fault", Some(60))
        }
    }
}

/// Whether a stored activity is addressed to everybody.
pub(super) fn is_public(document: &Value) -> bool {
    ["to", "cc"].iter().any(|name| {
        crate::objects::many(document.get(*name)).into_iter().any(|one| one.as_str() == Some(PUBLIC))
    })
}
