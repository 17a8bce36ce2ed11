//! Items and activities by their permanent ids.

use super::answer::{
    ACTIVITY_JSON, activity_json, failed, is_public, nowhere, refused, see_page, uid, wants_json,
};
use super::visitor::viewer;
use crate::Face;
use crate::objects::item::item_document;
use crate::objects::{time, with_context};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::App;
use maillage_app::outbound::PublishedItem;
use maillage_domain::viewer::Viewer;
use maillage_store::StoreError;
use serde_json::{Value, json};

/// What stands under the id of an item.
enum Found {
    Item(Box<PublishedItem>),
    Withdrawn { uri: String, at: i64 },
}

/// GET of an item: its document, its page, or the Tombstone of a withdrawn one.
pub async fn object(request: HttpRequest, path: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    let Some(uid) = uid(&path) else { return nowhere() };
    let viewer = match viewer(&face, &request).await {
        Ok(viewer) => viewer,
        Err(refusal) => return refused(&refusal),
    };
    let uri = face.app().addresses().object(&uid);
    let found = face.app().reads(viewer.clone()).run(move |reads| match reads.item_by_uri(&uri) {
        Ok(view) => App::published_item(reads, view).map(|item| Found::Item(Box::new(item))),
        Err(StoreError::NotFound) => match reads.tombstone(&uri)? {
            Some((_, at)) => Ok(Found::Withdrawn { uri, at }),
            None => Err(StoreError::NotFound),
        },
        Err(error) => Err(error),
    });
    let json = wants_json(&request);
    match found.await {
        Ok(Found::Item(published)) if json => {
            let document = item_document(&published, face.app().registry(), face.app().addresses());
            activity_json(&document, &viewer, Some(&published.item.url))
        }
        Ok(Found::Item(published)) => see_page(&published.item.url),
        Ok(Found::Withdrawn { uri, at }) => withdrawn(&uri, at, json),
        Err(error) => failed(&error.into()),
    }
}

fn withdrawn(uri: &str, at: i64, json: bool) -> HttpResponse {
    let mut answer = HttpResponse::Gone();
    answer.insert_header((header::VARY, "Accept, Signature"));
    if json {
        let tombstone = with_context(json!({ "id": uri, "type": "Tombstone", "deleted": time(at) }));
        return answer.insert_header((header::CONTENT_TYPE, ACTIVITY_JSON)).body(tombstone.to_string());
    }
    answer
        .content_type("text/plain; charset=utf-8")
        .body("Cette fiche a été retirée.\nThis item has been withdrawn.\n")
}

/// GET of an activity of ours that was addressed to everybody.
pub async fn activity(path: web::Path<String>, face: web::Data<Face>) -> HttpResponse {
    let Some(uid) = uid(&path) else { return nowhere() };
    let uri = face.app().addresses().activity(&uid);
    let found = face.app().reads(Viewer::Anonymous).run(move |reads| reads.public_activity(&uri)).await;
    let body = match found {
        Ok(row) => serde_json::from_str::<Value>(&row.body),
        Err(error) => return failed(&error.into()),
    };
    match body {
        Ok(document) if is_public(&document) => activity_json(&document, &Viewer::Anonymous, None),
        _ => nowhere(),
    }
}
