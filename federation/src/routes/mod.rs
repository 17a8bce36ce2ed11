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
use actix_web::{Resource, Route, web};

/// Registers every address; `web::Data<Face>` has to be in the application's data.
///
/// The pages of items and services are answered here only where ActivityPub is asked for; what
/// registers them for people comes after.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(at("/.well-known/webfinger", read().to(wellknown::webfinger)))
        .service(at("/.well-known/host-meta", read().to(wellknown::host_meta)))
        .service(at("/.well-known/nodeinfo", read().to(wellknown::nodeinfo_links)))
        .service(at("/nodeinfo/2.1", read().to(wellknown::nodeinfo)))
        .service(at(CONTEXT_PATH, read().to(published::context)))
        .service(at(ICON_PATH, read().to(published::icon)))
        .service(at(BANNER_PATH, read().to(published::banner)))
        .service(at("/inbox", web::post().to(inbox::shared)))
        .service(at("/a/{uid}", read().to(actors::actor)))
        .service(at("/a/{uid}/inbox", web::post().to(inbox::own)))
        .service(at("/a/{uid}/outbox", read().to(outbox::outbox)))
        .service(at("/a/{uid}/followers", read().to(actors::followers)))
        .service(at("/a/{uid}/following", read().to(actors::following)))
        .service(at("/a/{uid}/featured", read().to(actors::featured)))
        .service(at("/o/{uid}", read().to(objects::object)))
        .service(at("/x/{uid}", read().to(objects::activity)))
        .service(pages::resource("/fiches/{uid}").route(read().to(pages::item)))
        .service(pages::resource("/fiches/{uid}/{slug}").route(read().to(pages::item)))
        .service(pages::resource("/services/{slug}").route(read().to(pages::service)));
}

/// An address with the one thing that can be done there; anything else is answered 405.
fn at(path: &str, route: Route) -> Resource {
    web::resource(path).route(route)
}

/// GET, and HEAD, whose answer has no body.
fn read() -> Route {
    web::route().guard(Any(Get()).or(Head()))
}
