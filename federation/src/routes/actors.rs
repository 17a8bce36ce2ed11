//! Our actors and the collections of which only the size is told.

use super::answer::{activity_json, failed, nowhere, see_page, uid, wants_json};
use crate::Face;
use crate::objects::actor::{Surroundings, node_actor, service_actor};
use crate::objects::collection;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_domain::viewer::Viewer;
use maillage_store::StoreError;
use maillage_store::read::Reads;
use maillage_store::rows::{ActorRow, NodeRow, ServiceRow};
use serde_json::Value;

/// An actor with what it stands for.
pub(super) enum Who {
    Node(Box<ActorRow>, Box<NodeRow>),
    Service(Box<ActorRow>, Box<ServiceRow>),
}

impl Who {
    /// The actor with this id in its path. Actors and their keys are readable by everybody, or two
    /// nodes in secure mode would wait for each other's key for ever.
    pub(super) async fn find(face: &Face, path: &str) -> Result<Self, HttpResponse> {
        let uid = uid(path).ok_or_else(nowhere)?;
        let found = face.app().reads(Viewer::Anonymous).run(move |reads| {
            let actor = Box::new(reads.local_actor_by_uid(&uid)?);
            if actor.kind == "Application" {
                let node = reads.node()?.ok_or(StoreError::NotFound)?;
                return Ok(Self::Node(actor, Box::new(node)));
            }
            let service = Box::new(reads.service_of_actor(actor.id)?);
            Ok(Self::Service(actor, service))
        });
        found.await.map_err(|error| failed(&error.into()))
    }

    fn row(&self) -> &ActorRow {
        match self {
            Self::Node(actor, _) | Self::Service(actor, _) => actor,
        }
    }

    fn surroundings(&self, reads: &mut Reads<'_>) -> Result<Surroundings, StoreError> {
        match self {
            Self::Node(_, node) => Surroundings::of_node(reads, node),
            Self::Service(_, service) => Surroundings::of_service(reads, service),
        }
    }
}

/// GET of an actor: its document, or its page for people.
pub async fn actor(request: HttpRequest, path: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    let found = match Who::find(&face, &path).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let addresses = face.app().addresses().clone();
    let page = match &found {
        Who::Node(..) => addresses.base().to_string(),
        Who::Service(_, service) => addresses.service_page(&service.slug),
    };
    if !wants_json(&request) {
        return see_page(&page);
    }
    let document = face.app().reads(Viewer::Anonymous).run(move |reads| {
        let around = found.surroundings(reads)?;
        Ok(match &found {
            Who::Node(actor, node) => node_actor(actor, node, &around, &addresses),
            Who::Service(actor, service) => service_actor(actor, service, &around, &addresses),
        })
    });
    match document.await {
        Ok(document) => activity_json(&document, &Viewer::Anonymous, Some(&page)),
        Err(error) => failed(&error.into()),
    }
}

/// GET of the followers: how many; who they are is theirs to say.
pub async fn followers(path: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    let found = match Who::find(&face, &path).await {
        Ok(found) => found,
        Err(answer) => return answer,
    };
    let id = format!("{}/followers", found.row().uri);
    let total = match found {
        Who::Service(_, service) => {
            face.app().reads(Viewer::Anonymous).run(move |reads| reads.count_followers(service.id)).await
        }
        Who::Node(..) => Ok(0),
    };
    match total {
        Ok(total) => public(&collection::counted(&id, total)),
        Err(error) => failed(&error.into()),
    }
}

/// GET of whom an actor follows. The node follows for its services, and whom is its own affair: the
/// collection is there, and tells nothing.
pub async fn following(path: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    match Who::find(&face, &path).await {
        Ok(found) => public(&collection::counted(&format!("{}/following", found.row().uri), 0)),
        Err(answer) => answer,
    }
}

/// GET of the pinned items, of which there are none.
pub async fn featured(path: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    match Who::find(&face, &path).await {
        Ok(found) => public(&collection::empty(&format!("{}/featured", found.row().uri))),
        Err(answer) => answer,
    }
}

fn public(document: &Value) -> HttpResponse {
    activity_json(document, &Viewer::Anonymous, None)
}
