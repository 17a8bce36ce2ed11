//! The addresses of the federation.

mod actors;
mod answer;
mod inbox;
mod objects;
mod outbox;
mod pages;
mod published;
mod visitor;
mod wellknown;

use crate::objects::actor::{BANNER_PATH, ICON_PATH};
use crate::objects::vocabulary::CONTEXT_PATH;
use actix_web::guard::{Any, Get, Head};
use actix_web::{Route, web};

/// Registers every address; `web::Data<Face>` has to be in the application's data.
///
/// The pages of items and services are answered here only where ActivityPub is asked for; what
/// registers them for people comes after.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/.well-known/webfinger", read().to(wellknown::webfinger))
        .route("/.well-known/host-meta", read().to(wellknown::host_meta))
        .route("/.well-known/nodeinfo", read().to(wellknown::nodeinfo_links))
        .route("/nodeinfo/2.1", read().to(wellknown::nodeinfo))
        .route(CONTEXT_PATH, read().to(published::context))
        .route(ICON_PATH, read().to(published::icon))
        .route(BANNER_PATH, read().to(published::banner))
        .route("/inbox", web::post().to(inbox::shared))
        .route("/a/{uid}", read().to(actors::actor))
        .route("/a/{uid}/inbox", web::post().to(inbox::own))
        .route("/a/{uid}/outbox", read().to(outbox::outbox))
        .route("/a/{uid}/followers", read().to(actors::followers))
        .route("/a/{uid}/following", read().to(actors::following))
        .route("/a/{uid}/featured", read().to(actors::featured))
        .route("/o/{uid}", read().to(objects::object))
        .route("/x/{uid}", read().to(objects::activity))
        .service(pages::resource("/fiches/{uid}").route(read().to(pages::item)))
        .service(pages::resource("/fiches/{uid}/{slug}").route(read().to(pages::item)))
        .service(pages::resource("/services/{slug}").route(read().to(pages::service)));
}

/// GET, and HEAD, whose answer has no body.
fn read() -> Route {
    web::route().guard(Any(Get()).or(Head()))
}
