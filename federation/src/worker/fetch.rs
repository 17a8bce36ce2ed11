//! Fetching by ourselves: objects that somebody named, and outboxes that are read back.

use crate::Face;
use crate::context::FetchError;
use crate::net::FetchBudget;
use crate::objects::{id_of, many, remote_item};
use futures_util::StreamExt;
use futures_util::stream;
use maillage_app::AppError;
use maillage_app::inbound::Effect;
use maillage_store::read::FollowView;
use maillage_store::rows::{ActorRow, FetchRow};
use serde_json::Value;
use std::time::Duration;
use url::Url;

/// Objects fetched at once.
const AT_ONCE: usize = 4;
/// Items taken of one page of an outbox.
const PAGE_ITEMS: usize = 200;

/// Fetches what is due; whether there was anything.
pub async fn due(face: &Face) -> Result<bool, AppError> {
    let objects = face.app().due_fetches(40).await?;
    let outboxes = face.app().due_backfills().await?;
    let worked = !objects.is_empty() || !outboxes.is_empty();
    let results: Vec<Result<(), AppError>> = stream::iter(objects)
        .map(|(row, bringer)| object(face, row, bringer))
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    results.into_iter().collect::<Result<(), _>>()?;
    for follow in outboxes {
        outbox(face, follow).await?;
    }
    Ok(worked)
}

/// Fetches one object from its origin and takes it in, as named by `bringer`.
async fn object(face: &Face, row: FetchRow, bringer: ActorRow) -> Result<(), AppError> {
    match fetch_item(face, &row.object_uri, &bringer).await {
        Ok(()) => face.app().fetched(row, None).await,
        Err(error) => {
            let fault = error.is_passing().then(|| error.to_string());
            tracing::info!(object = row.object_uri, again = fault.is_some(), %error, "an object was not fetched");
            face.app().fetched(row, fault).await
        }
    }
}

async fn fetch_item(face: &Face, uri: &str, bringer: &ActorRow) -> Result<(), FetchError> {
    let (app, federation) = (face.app(), face.federation());
    let id = Url::parse(uri).map_err(|error| FetchError::Wrong(error.to_string()))?;
    if app.is_blocked(&maillage_app::outbound::host_of(uri)).await? {
        return Ok(());
    }
    let budget = FetchBudget::new();
    let document = match federation.fetch_object(&id, &budget).await {
        Ok(document) => document,
        Err(error) if error.is_gone() => {
            app.gone_at_origin(uri).await?;
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let owner = remote_item::owner(&document.value).ok_or_else(|| FetchError::Wrong("no owner".into()))?;
    let item = remote_item::read(&document.value, app.registry())
        .map_err(|error| FetchError::Wrong(error.to_string()))?;
    let origin = federation.actor(&owner, &budget).await?;
    app.item_announced(None, &bringer.uri, &origin.uri, item).await?;
    Ok(())
}

/// Reads one page of an outbox that is followed.
async fn outbox(face: &Face, view: FollowView) -> Result<(), AppError> {
    let follow = view.follow.id;
    match read_page(face, &view).await {
        Ok((next, anything_new)) => face.app().page_read(follow, next, anything_new).await,
        Err(error) => {
            tracing::info!(actor = view.actor.uri, %error, "an outbox was not read");
            face.app().page_failed(follow).await
        }
    }
}

async fn read_page(face: &Face, view: &FollowView) -> Result<(Option<String>, bool), FetchError> {
    let Some(outbox) = &view.actor.outbox else { return Ok((None, false)) };
    let budget = FetchBudget::of(3, Duration::from_secs(30));
    let parse = |text: &str| Url::parse(text).map_err(|error| FetchError::Wrong(error.to_string()));
    let start = parse(view.follow.backfill_next.as_deref().unwrap_or(outbox))?;
    let mut page = face.federation().fetch(&start, &budget).await?.value;
    if page.get("orderedItems").is_none() {
        page = match page.get("first") {
            Some(Value::String(first)) => {
                face.federation().fetch(&on_origin(&parse(first)?, &start)?, &budget).await?.value
            }
            Some(embedded @ Value::Object(_)) => embedded.clone(),
            _ => return Ok((None, false)),
        };
    }
    let mut anything_new = false;
    // Oldest first, so that they come in the order in which they were published.
    for activity in many(page.get("orderedItems")).into_iter().take(PAGE_ITEMS).rev() {
        anything_new |= take(face, &view.actor, activity).await?;
    }
    let next = page.get("next").and_then(id_of).and_then(|next| Url::parse(next).ok());
    let next = next.filter(|next| *next != start && next.origin() == start.origin());
    Ok((next.map(String::from), anything_new))
}

fn on_origin(url: &Url, of: &Url) -> Result<Url, FetchError> {
    if url.origin() == of.origin() {
        Ok(url.clone())
    } else {
        Err(FetchError::Wrong("a page on another origin".into()))
    }
}

/// Takes in one activity of an outbox: a Create that embeds an item of the actor's own, which its
/// own server has just served, or an Announce, whose object is fetched.
async fn take(face: &Face, actor: &ActorRow, activity: &Value) -> Result<bool, FetchError> {
    let app = face.app();
    let kind = activity.get("type").and_then(Value::as_str).unwrap_or_default();
    let Some(object) = activity.get("object") else { return Ok(false) };
    match (kind, object) {
        ("Create", Value::Object(_)) => {
            let own = remote_item::owner(object).is_some_and(|owner| owner.as_str() == actor.uri);
            match remote_item::read(object, app.registry()) {
                Ok(item) if own => Ok(app.item_received(None, &actor.uri, item).await? == Effect::Done),
                _ => Ok(false),
            }
        }
        ("Create" | "Announce", _) => match id_of(object) {
            Some(uri) if !app.addresses().is_own(uri) => {
                app.fetch_later(None, &actor.uri, uri).await?;
                Ok(true)
            }
            _ => Ok(false),
        },
        _ => Ok(false),
    }
}
