//! The pages of items and services for software: asked for as ActivityPub, they lead to the id.

use super::answer::{accepted, failed, names_activitypub, nowhere, uid};
use crate::Face;
use actix_web::guard::{Guard, GuardContext};
use actix_web::http::header;
use actix_web::{HttpResponse, Resource, web};
use maillage_app::AppError;
use maillage_domain::text::is_slug;
use maillage_domain::viewer::Viewer;

/// Lets through what asks for ActivityPub and not for a page.
struct AsksForActivityPub;

impl Guard for AsksForActivityPub {
    fn check(&self, context: &GuardContext<'_>) -> bool {
        let accept = accepted(context.head().headers().get(header::ACCEPT));
        names_activitypub(accept) && !accept.contains("text/html")
    }
}

/// An address that is a page for everybody else.
pub(super) fn resource(path: &str) -> Resource {
    web::resource(path).guard(AsksForActivityPub)
}

/// GET of an item's page: to the item, which for a received one is where it comes from.
pub async fn item(path: web::Path<Vec<String>>, face: web::Data<Face>) -> HttpResponse {
    let Some(uid) = uid(path.first().map_or("", String::as_str)) else { return nowhere() };
    let found = face
        .app()
        .reads(Viewer::Anonymous)
        .run(move |reads| Ok(reads.entries_of(&uid)?.into_iter().next().map(|view| view.item.uri)));
    lead_to(found.await.map_err(AppError::from).and_then(|uri| uri.ok_or(AppError::NotFound)))
}

/// GET of a service's page: to its actor.
pub async fn service(path: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    let slug = path.into_inner();
    if !is_slug(&slug) {
        return nowhere();
    }
    let found = face.app().reads(Viewer::Anonymous).run(move |reads| reads.local_actor(&slug));
    lead_to(found.await.map(|actor| actor.uri).map_err(AppError::from))
}

fn lead_to(uri: Result<String, AppError>) -> HttpResponse {
    match uri {
        Ok(uri) => HttpResponse::Found()
            .insert_header((header::LOCATION, uri))
            .insert_header((header::VARY, "Accept"))
            .finish(),
        Err(error) => failed(&error),
    }
}
