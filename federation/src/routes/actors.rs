//! Our actors and their collections.

use super::{activity_json, failed, refused, viewer, wants_json};
use crate::Face;
use crate::activities::outgoing::in_outbox;
use crate::objects::{actor as documents, collection};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::{App, AppError};
use maillage_domain::viewer::Viewer;
use maillage_store::read::Cursor;
use maillage_store::rows::{ActorRow, NodeRow, ServiceRow};
use serde::Deserialize;
use serde_json::Value;

/// Items of one page of an outbox.
const PAGE: i64 = 40;

/// An actor with what it stands for.
enum Who {
    Node(Box<ActorRow>, Box<NodeRow>),
    Service(Box<ActorRow>, Box<ServiceRow>),
}

async fn who(face: &Face, uid: String) -> Result<Who, AppError> {
    // Actors and their keys are readable by everybody, or two nodes in secure mode would wait for
    // each other's key for ever.
    let found = face.app().reads(Viewer::Anonymous).run(move |reads| {
        let actor = Box::new(reads.local_actor_by_uid(&uid)?);
        if actor.kind == "Application" {
            let node = reads.node()?.ok_or(maillage_store::StoreError::NotFound)?;
            return Ok(Who::Node(actor, Box::new(node)));
        }
        let service = Box::new(reads.service_of_actor(actor.id)?);
        Ok(Who::Service(actor, service))
    });
    Ok(found.await?)
}

/// GET of an actor: its document, or its page for people.
pub async fn actor(request: HttpRequest, uid: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    let found = match who(&face, uid.into_inner()).await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    let addresses = face.app().addresses();
    let (document, page) = match &found {
        Who::Node(actor, node) => {
            (documents::node_actor(actor, node, addresses), addresses.base().to_string())
        }
        Who::Service(actor, service) => {
            (documents::service_actor(actor, service, addresses), addresses.service_page(&service.slug))
        }
    };
    if wants_json(&request) {
        return activity_json(&document);
    }
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, page))
        .insert_header((header::VARY, "Accept"))
        .finish()
}

/// The place in an outbox from which a page goes on.
#[derive(Debug, Deserialize)]
pub struct PageQuery {
    page: Option<String>,
    before: Option<String>,
}

/// GET of an outbox: how many, or one page, latest first.
pub async fn outbox(
    request: HttpRequest,
    uid: web::Path<String>,
    query: web::Query<PageQuery>,
    face: web::Data<Face>,
) -> HttpResponse {
    let viewer = match viewer(&face, &request).await {
        Ok(viewer) => viewer,
        Err(refusal) => return refused(&refusal),
    };
    let (actor, service) = match who(&face, uid.into_inner()).await {
        Ok(Who::Service(actor, service)) => (actor, service),
        Ok(Who::Node(actor, _)) => {
            return activity_json(&collection::collection(&outbox_id(&actor), 0, false));
        }
        Err(error) => return failed(&error),
    };
    let id = outbox_id(&actor);
    let paged = query.page.is_some() || query.before.is_some();
    let answer = if paged {
        page_of(&face, viewer, *actor, service.id, query.into_inner().before, &id).await
    } else {
        let service = service.id;
        let total = face.app().reads(viewer).run(move |reads| reads.count_outbox(service)).await;
        total.map(|total| collection::collection(&id, total, true)).map_err(AppError::from)
    };
    match answer {
        Ok(document) => activity_json(&document),
        Err(error) => failed(&error),
    }
}

fn outbox_id(actor: &ActorRow) -> String {
    format!("{}/outbox", actor.uri)
}

fn cursor(text: &str) -> Option<Cursor> {
    let (sort, id) = text.split_once('-')?;
    Some(Cursor { sort: sort.parse().ok()?, id: id.parse().ok()? })
}

async fn page_of(
    face: &Face,
    viewer: Viewer,
    actor: ActorRow,
    service: i64,
    before: Option<String>,
    id: &str,
) -> Result<Value, AppError> {
    let after = before.as_deref().and_then(cursor);
    let app = face.app().clone();
    let read = face.app().reads(viewer).run(move |reads| {
        let views = reads.outbox(service, after, PAGE)?;
        let next = views
            .last()
            .filter(|_| i64::try_from(views.len()) == Ok(PAGE))
            .map(|last| (last.entry.sort_at, last.entry.id));
        let mut items = Vec::with_capacity(views.len());
        for view in views {
            let announce = view.entry.announce_uri.clone();
            let published = App::published_item(reads, view)?;
            items.push(in_outbox(&app, &published, &actor, announce.as_deref()));
        }
        Ok((items, next))
    });
    let (items, next) = read.await?;
    let this = match &before {
        Some(before) => format!("{id}?before={before}"),
        None => format!("{id}?page=1"),
    };
    let next = next.map(|(sort, key)| format!("{id}?before={sort}-{key}"));
    Ok(collection::page(id, &this, items, next))
}

/// GET of the followers: how many; who they are is theirs to say.
pub async fn followers(uid: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    counted(&face, uid.into_inner(), "followers").await
}

/// GET of whom an actor follows: services follow through the node's actor.
pub async fn following(uid: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    counted(&face, uid.into_inner(), "following").await
}

/// GET of the pinned items.
pub async fn featured(uid: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    counted(&face, uid.into_inner(), "featured").await
}

async fn counted(face: &Face, uid: String, name: &str) -> HttpResponse {
    let (actor, service) = match who(face, uid).await {
        Ok(Who::Service(actor, service)) => (actor, Some(service.id)),
        Ok(Who::Node(actor, _)) => (actor, None),
        Err(error) => return failed(&error),
    };
    let total = match service.filter(|_| name == "followers") {
        Some(service) => {
            face.app().reads(Viewer::Anonymous).run(move |reads| reads.count_followers(service)).await
        }
        None => Ok(0),
    };
    match total {
        Ok(total) => activity_json(&collection::collection(&format!("{}/{name}", actor.uri), total, false)),
        Err(error) => failed(&error.into()),
    }
}
