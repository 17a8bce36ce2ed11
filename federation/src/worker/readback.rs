//! Reading back the outboxes that we follow, page by page, each by a task of its own.

use super::{LATER, TICK, is_stopped, woken};
use crate::Face;
use crate::fetch::FetchError;
use crate::net::FetchBudget;
use crate::objects::{id_of, many, remote_item};
use maillage_app::AppError;
use maillage_app::inbound::Effect;
use maillage_store::Subject;
use maillage_store::read::FollowView;
use maillage_store::rows::ActorRow;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};
use url::Url;

/// Outboxes read at once.
const SLOTS: usize = 4;
/// Items taken of one page.
const PAGE_ITEMS: usize = 200;
/// A page is not longer, in bytes.
const PAGE_BYTES: usize = 4 * 1024 * 1024;
/// What one page may cost: the collection, its first page, and each in both schemes.
const PAGE_FETCHES: u32 = 6;
const PAGE_TIME: Duration = Duration::from_secs(30);

/// Reads until told to stop; then lets what is under way come to its end.
pub(super) async fn run(face: Face, mut stopped: watch::Receiver<bool>) {
    let mut pool =
        Pool { face: face.clone(), tasks: JoinSet::new(), at: HashMap::new(), seen: HashMap::new() };
    let mut changes = face.app().changes(Subject::Follows);
    while !is_stopped(&stopped) {
        match pool.start_due().await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::warn!(%error, "due outboxes could not be read"),
        }
        tokio::select! {
            () = pool.one_ends(), if !pool.tasks.is_empty() => {}
            woken = woken(&mut changes, LATER), if pool.tasks.len() < SLOTS => if !woken { break; },
            () = tokio::time::sleep(TICK) => {}
            _ = stopped.changed() => {}
        }
    }
    while !pool.tasks.is_empty() {
        pool.one_ends().await;
    }
}

/// Pages of one outbox that have been read since its beginning: one that leads back to them goes in
/// a circle.
type Seen = HashSet<String>;

struct Pool {
    face: Face,
    tasks: JoinSet<(i64, Option<Seen>)>,
    /// The follow of each task.
    at: HashMap<Id, i64>,
    seen: HashMap<i64, Seen>,
}

impl Pool {
    async fn start_due(&mut self) -> Result<usize, AppError> {
        if self.tasks.len() >= SLOTS {
            return Ok(0);
        }
        let under_way: HashSet<i64> = self.at.values().copied().collect();
        let due = self.face.app().due_backfills().await?;
        let mut started = 0;
        for view in due.into_iter().filter(|view| !under_way.contains(&view.follow.id)) {
            if self.tasks.len() >= SLOTS {
                break;
            }
            let follow = view.follow.id;
            let seen =
                self.seen.remove(&follow).filter(|_| view.follow.backfill_pages > 0).unwrap_or_default();
            let task = self.tasks.spawn(one_page(self.face.clone(), view, seen));
            self.at.insert(task.id(), follow);
            started += 1;
        }
        Ok(started)
    }

    async fn one_ends(&mut self) {
        match self.tasks.join_next_with_id().await {
            Some(Ok((id, (follow, seen)))) => {
                self.at.remove(&id);
                if let Some(seen) = seen {
                    self.seen.insert(follow, seen);
                }
            }
            Some(Err(error)) => {
                tracing::error!(%error, "the reading of an outbox broke off");
                self.at.remove(&error.id());
            }
            None => {}
        }
    }
}

/// Reads one page; answers what has been seen, where there is another one.
async fn one_page(face: Face, view: FollowView, mut seen: Seen) -> (i64, Option<Seen>) {
    let follow = view.follow.id;
    let written = match read(&face, &view, &mut seen).await {
        Ok(page) => {
            let seen = page.next.is_some().then_some(seen);
            let written = face.app().page_read(follow, page.next, page.anything_new).await;
            (written, seen)
        }
        Err(error) => {
            tracing::info!(actor = view.actor.uri, %error, "an outbox was not read");
            (face.app().page_failed(follow).await, Some(seen))
        }
    };
    if let Err(error) = written.0 {
        tracing::warn!(%error, "the reading of an outbox could not be written down; it is done again");
        // Not at once: the database has to come back first.
        tokio::time::sleep(TICK).await;
    }
    (follow, written.1)
}

/// What a page has brought.
struct Page {
    next: Option<String>,
    anything_new: bool,
}

async fn read(face: &Face, view: &FollowView, seen: &mut Seen) -> Result<Page, FetchError> {
    let Some(outbox) = &view.actor.outbox else { return Ok(Page { next: None, anything_new: false }) };
    let start = address(view.follow.backfill_next.as_deref().unwrap_or(outbox))?;
    let page = page_at(face, &start).await?;
    seen.insert(start.to_string());
    let mut anything_new = false;
    // Oldest first, so that they come in the order in which they were published.
    for activity in entries(&page).into_iter().take(PAGE_ITEMS).rev() {
        anything_new |= take(face, view, activity).await?;
    }
    let next = page
        .get("next")
        .and_then(id_of)
        .and_then(|next| Url::parse(next).ok())
        .filter(|next| next.origin() == start.origin() && !seen.contains(next.as_str()));
    Ok(Page { next: next.map(String::from), anything_new })
}

fn address(text: &str) -> Result<Url, FetchError> {
    Url::parse(text).map_err(|error| FetchError::Wrong(error.to_string()))
}

/// The page at an address, or the first one of the collection that is there.
async fn page_at(face: &Face, start: &Url) -> Result<Value, FetchError> {
    let budget = FetchBudget::of(PAGE_FETCHES, PAGE_TIME);
    let fetch = async |url: &Url| face.federation().fetch_at_most(url, &budget, Some(PAGE_BYTES)).await;
    let mut found = fetch(start).await?.value;
    if found.get("orderedItems").is_some() || found.get("items").is_some() {
        return Ok(found);
    }
    match found.get_mut("first").map(Value::take) {
        Some(Value::String(first)) => {
            let first = address(&first)?;
            if first.origin() != start.origin() {
                return Err(FetchError::Wrong("a page on another origin".into()));
            }
            Ok(fetch(&first).await?.value)
        }
        Some(embedded @ Value::Object(_)) => Ok(embedded),
        _ => Ok(Value::Null),
    }
}

fn entries(page: &Value) -> Vec<&Value> {
    many(page.get("orderedItems").or_else(|| page.get("items")))
}

/// Takes in one activity of an outbox: a Create that embeds an item of the actor's own, which its
/// own server has just served, or something whose object is fetched. Whether it brought anything new.
async fn take(face: &Face, view: &FollowView, activity: &Value) -> Result<bool, FetchError> {
    let app = face.app();
    let actor = &view.actor;
    let kind = activity.get("type").and_then(Value::as_str).unwrap_or_default();
    let Some(object) = activity.get("object") else { return Ok(false) };
    let taken = match (kind, object) {
        ("Create", Value::Object(_)) => {
            let own = remote_item::owner(object).is_some_and(|owner| owner.as_str() == actor.uri);
            match remote_item::read(object, app.registry(), actor.followers.as_deref()) {
                Ok(item) if own => app.item_received(None, &actor.uri, item).await,
                _ => return Ok(false),
            }
        }
        ("Create" | "Announce", _) => match id_of(object).filter(|uri| is_fetched(uri)) {
            Some(uri) if !app.addresses().is_own(uri) => {
                app.fetch_later(named_before(view, activity), &actor.uri, uri).await
            }
            _ => return Ok(false),
        },
        _ => return Ok(false),
    };
    match taken {
        Ok(effect) => Ok(effect == Effect::Done),
        Err(error @ (AppError::Unavailable(_) | AppError::Internal(_))) => Err(error.into()),
        // One thing that is not as it should be does not keep the rest from us.
        Err(error) => {
            tracing::info!(actor = actor.uri, %error, "something in an outbox was left out");
            Ok(false)
        }
    }
}

fn is_fetched(uri: &str) -> bool {
    Url::parse(uri).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// The id of an activity, where having had it before is reason enough not to fetch its object again:
/// when an outbox is only caught up with. It is the actor's own, or it would stand for another's.
fn named_before<'a>(view: &FollowView, activity: &'a Value) -> Option<&'a str> {
    let id = activity.get("id").and_then(Value::as_str)?;
    let actor: &ActorRow = &view.actor;
    let own = Url::parse(id).ok()?.origin() == Url::parse(&actor.uri).ok()?.origin();
    (own && !view.follow.backfill_full).then_some(id)
}
