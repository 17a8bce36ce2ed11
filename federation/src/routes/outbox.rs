//! Outboxes: how many, and page by page what stands in them, latest first.

use super::actors::Who;
use super::answer::{activity_json, failed, plain, refused};
use super::visitor::viewer;
use crate::Face;
use crate::activities::outgoing::in_outbox;
use crate::objects::collection;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::{App, AppError};
use maillage_domain::viewer::Viewer;
use maillage_store::read::Cursor;
use maillage_store::rows::ActorRow;
use serde::Deserialize;
use serde_json::Value;

/// Items of one page at most.
const ITEMS: i64 = 40;
/// A page that is longer, in bytes, ends before: readers bound what they take.
const BYTES: usize = 400 * 1024;

/// The place in an outbox from which a page goes on.
#[derive(Debug, Deserialize)]
pub struct PageQuery {
    page: Option<String>,
    before: Option<String>,
}

/// GET of an outbox: how many, or one page.
pub async fn outbox(
    request: HttpRequest,
    path: web::Path<String>,
    query: web::Query<PageQuery>,
    face: web::Data<Face>,
) -> HttpResponse {
    let viewer = match viewer(&face, &request).await {
        Ok(viewer) => viewer,
        Err(refusal) => return refused(&refusal),
    };
    let (actor, service) = match Who::find(&face, &path).await {
        Ok(Who::Service(actor, service)) => (actor, service.id),
        Ok(Who::Node(actor, _)) => return activity_json(&collection::empty(&id_of(&actor)), &viewer, None),
        Err(answer) => return answer,
    };
    let after = match query.before.as_deref().map(cursor) {
        Some(None) => return plain(400, "before is a place in the outbox", None),
        Some(place) => place,
        None => None,
    };
    let answer = if query.page.is_some() || after.is_some() {
        page(&face, &viewer, *actor, service, after).await
    } else {
        let total = face.app().reads(viewer.clone()).run(move |reads| reads.count_outbox(service)).await;
        total.map(|total| collection::paged(&id_of(&actor), total)).map_err(AppError::from)
    };
    match answer {
        Ok(document) => activity_json(&document, &viewer, None),
        Err(error) => failed(&error),
    }
}

fn id_of(actor: &ActorRow) -> String {
    format!("{}/outbox", actor.uri)
}

fn cursor(text: &str) -> Option<Cursor> {
    let (sort, id) = text.rsplit_once('-')?;
    Some(Cursor { sort: sort.parse().ok()?, id: id.parse().ok()? })
}

fn place(cursor: Cursor) -> String {
    format!("{}-{}", cursor.sort, cursor.id)
}

async fn page(
    face: &Face,
    viewer: &Viewer,
    actor: ActorRow,
    service: i64,
    after: Option<Cursor>,
) -> Result<Value, AppError> {
    let id = id_of(&actor);
    let app = face.app().clone();
    let read = face.app().reads(viewer.clone()).run(move |reads| {
        // One more than a page holds, to know whether there is another one.
        let views = reads.outbox(service, after, ITEMS + 1)?;
        let mut items: Vec<Value> = Vec::new();
        let (mut bytes, mut last) = (0, None);
        for view in views {
            let full = i64::try_from(items.len()) == Ok(ITEMS) || bytes > BYTES;
            if full {
                return Ok((items, last));
            }
            let here = Cursor { sort: view.entry.sort_at, id: view.entry.id };
            let announce = view.entry.announce_uri.clone();
            let published = App::published_item(reads, view)?;
            let item = in_outbox(&app, &published, &actor, announce.as_deref());
            bytes += item.to_string().len();
            items.push(item);
            last = Some(here);
        }
        Ok((items, None))
    });
    let (items, next) = read.await?;
    let this = after.map_or_else(|| format!("{id}?page=1"), |after| format!("{id}?before={}", place(after)));
    let next = next.map(|next| format!("{id}?before={}", place(next)));
    Ok(collection::page(&id, &this, items, next))
}
