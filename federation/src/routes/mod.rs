//! The addresses of the federation.

mod actors;
mod inbox;
mod objects;
mod wellknown;

use crate::guard::{InboundRequest, Refusal, verify_get};
use crate::{Face, objects::PUBLIC};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use maillage_app::AppError;
use maillage_domain::viewer::Viewer;
use serde_json::Value;

/// The media type of everything that is served here.
const ACTIVITY_JSON: &str = "application/activity+json; charset=utf-8";

/// Registers every address; `web::Data<Face>` has to be in the application's data.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/.well-known/webfinger", web::get().to(wellknown::webfinger))
        .route("/.well-known/host-meta", web::get().to(wellknown::host_meta))
        .route("/.well-known/nodeinfo", web::get().to(wellknown::nodeinfo_links))
        .route("/nodeinfo/2.1", web::get().to(wellknown::nodeinfo))
        .route("/inbox", web::post().to(inbox::post))
        .route("/a/{uid}", web::get().to(actors::actor))
        .route("/a/{uid}/inbox", web::post().to(inbox::post))
        .route("/a/{uid}/outbox", web::get().to(actors::outbox))
        .route("/a/{uid}/followers", web::get().to(actors::followers))
        .route("/a/{uid}/following", web::get().to(actors::following))
        .route("/a/{uid}/featured", web::get().to(actors::featured))
        .route("/o/{uid}", web::get().to(objects::object))
        .route("/x/{uid}", web::get().to(objects::activity));
}

/// Whether the request asks for ActivityPub rather than for a page.
fn wants_json(request: &HttpRequest) -> bool {
    let accept =
        request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("activity+json") || accept.contains("ld+json") || !accept.contains("text/html")
}

fn activity_json(document: &Value) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, ACTIVITY_JSON))
        .insert_header((header::VARY, "Accept, Signature"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(document.to_string())
}

/// Who asks: an actor that signed, or anybody. A signature that does not hold is refused rather
/// than taken for none. A server that signs is alive: what waits for it is due.
async fn viewer(face: &Face, request: &HttpRequest) -> Result<Viewer, Refusal> {
    if !request.headers().contains_key("signature") {
        return Ok(Viewer::Anonymous);
    }
    let inbound = InboundRequest::from_actix(request, Bytes::new());
    let fetch = face.federation().guard().check_get(&inbound, face.app().now())?;
    let signed = verify_get(fetch, face.federation()).await?;
    let host = maillage_app::outbound::host_of(signed.actor().as_str());
    if let Err(error) = face.app().peer_is_alive(&host).await {
        tracing::warn!(%host, %error, "a living peer could not be noted");
    }
    Ok(Viewer::Partner { actor: signed.actor().to_string() })
}

fn refused(refusal: &Refusal) -> HttpResponse {
    tracing::info!(status = refusal.status, code = refusal.code, detail = %refusal.detail, "refused");
    plain(refusal.status, refusal.code, refusal.retry_after().map(i64::from))
}

fn plain(status: u16, text: &'static str, retry_after: Option<i64>) -> HttpResponse {
    let status = actix_web::http::StatusCode::from_u16(status)
        .unwrap_or(actix_web::http::StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = HttpResponse::build(status);
    if let Some(seconds) = retry_after {
        answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    answer.content_type("text/plain; charset=utf-8").body(text)
}

fn failed(error: &AppError) -> HttpResponse {
    match error {
        AppError::NotFound => plain(404, "not found", None),
        AppError::Unavailable(_) => plain(503, "busy", Some(60)),
        error => {
            tracing::error!(%error, "a read of the federation failed");
            plain(503, "fault", Some(60))
        }
    }
}

/// Whether a stored activity is addressed to everybody.
fn is_public(document: &Value) -> bool {
    ["to", "cc"].iter().any(|name| {
        crate::objects::many(document.get(*name)).into_iter().any(|one| one.as_str() == Some(PUBLIC))
    })
}
