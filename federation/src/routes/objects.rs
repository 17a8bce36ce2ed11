//! Items and activities by their permanent ids.

use super::{activity_json, failed, is_public, plain, refused, viewer, wants_json};
use crate::Face;
use crate::objects::item::item_document;
use crate::objects::{actor::time, with_context};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::App;
use maillage_domain::viewer::Viewer;
use maillage_store::StoreError;
use serde_json::{Value, json};

/// GET of an item: its document, its page, or the Tombstone of a withdrawn one.
pub async fn object(request: HttpRequest, uid: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    let viewer = match viewer(&face, &request).await {
        Ok(viewer) => viewer,
        Err(refusal) => return refused(&refusal),
    };
    let uri = face.app().addresses().object(&uid);
    let found = face.app().reads(viewer).run(move |reads| match reads.item_by_uri(&uri) {
        Ok(view) => App::published_item(reads, view).map(Ok),
        Err(StoreError::NotFound) => match reads.tombstone(&uri)? {
            Some((_, at)) => Ok(Err((uri, at))),
            None => Err(StoreError::NotFound),
        },
        Err(error) => Err(error),
    });
    match found.await {
        Ok(Ok(published)) if wants_json(&request) => {
            activity_json(&item_document(&published, face.app().registry(), face.app().addresses()))
        }
        Ok(Ok(published)) => HttpResponse::SeeOther()
            .insert_header((header::LOCATION, published.item.url))
            .insert_header((header::VARY, "Accept"))
            .finish(),
        Ok(Err((uri, at))) => {
            let tombstone = with_context(json!({ "id": uri, "type": "Tombstone", "deleted": time(at) }));
            HttpResponse::Gone()
                .insert_header((header::CONTENT_TYPE, super::ACTIVITY_JSON))
                .body(tombstone.to_string())
        }
        Err(error) => failed(&error.into()),
    }
}

/// GET of an activity of ours that was addressed to everybody.
pub async fn activity(uid: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    let uri = face.app().addresses().activity(&uid);
    let found = face.app().reads(Viewer::Anonymous).run(move |reads| reads.public_activity(&uri)).await;
    let body = match found {
        Ok(row) => serde_json::from_str::<Value>(&row.body),
        Err(error) => return failed(&error.into()),
    };
    match body {
        Ok(document) if is_public(&document) => activity_json(&document),
        _ => plain(404, "not found", None),
    }
}
