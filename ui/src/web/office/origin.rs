//! Where an item comes from, by which way, and why a received one is held.

use super::ZONE;
use super::known::Known;
use super::lines::ago;
use crate::i18n::When;
use crate::paths;
use crate::sentence;
use crate::views::{Link, Origin};
use crate::web::Desk;
use crate::web::time::moment;
use maillage_domain::rule::RuleSet;
use maillage_store::StoreError;
use maillage_store::read::{EntryView, Reads, SubscriptionView};
use maillage_store::rows::ActorRow;

/// The actors by which a received item came, its origin left out, as far as they are known.
///
/// # Errors
/// Those of the database.
pub(in crate::web) fn path(reads: &mut Reads<'_>, view: &EntryView) -> Result<Vec<ActorRow>, StoreError> {
    let uris: Vec<String> = serde_json::from_str(&view.entry.path).unwrap_or_default();
    let mut path = Vec::new();
    for uri in uris.iter().filter(|uri| **uri != view.origin.uri) {
        match reads.actor(uri) {
            Ok(actor) => path.push(actor),
            Err(StoreError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(path)
}

/// Who publishes an item, where it was received from, and how fresh it is.
pub(in crate::web) fn of(desk: &Desk, view: &EntryView, path: &[ActorRow]) -> Origin {
    let (item, actor) = (&view.item, &view.origin);
    let publisher = match item.organisation_name.as_str() {
        "" => actor.name.clone(),
        organisation => organisation.to_owned(),
    };
    let service = if view.entry.home {
        Link::new(&view.service.title, paths::office_service(&view.service.slug))
    } else {
        Link::new(&actor.name, actor.url.clone().unwrap_or_default())
    };
    let published = item.published_at.map(|at| When::full(moment(at), ZONE, desk.t));
    let corrected = item.published_at.is_some_and(|at| item.version > 1 && item.updated_at > at);
    Origin {
        t: desk.t,
        publisher,
        service,
        received_from: (!actor.local).then(|| actor.host.clone()),
        announced_by: path.last().filter(|actor| !actor.local).map(|actor| actor.host.clone()),
        published,
        updated: corrected.then(|| ago(desk, item.updated_at)),
    }
}

/// The same of an own item that nobody has published yet: who has written it.
pub(super) fn written_by(origin: Origin, author: String) -> Origin {
    match origin.published {
        None if !author.is_empty() => Origin { publisher: author, ..origin },
        _ => origin,
    }
}

/// The original of a received item.
pub(in crate::web) fn original(desk: &Desk, view: &EntryView) -> Option<Link> {
    let received = !view.entry.home && !view.origin.local && view.item.url.starts_with("http");
    received.then(|| Link::new(desk.t.with("item-original", "node", &view.origin.host), &view.item.url))
}

/// Why a received item waits: the trust level of its subscription, or one of its rules.
pub(in crate::web) fn held_because(
    desk: &Desk,
    view: &EntryView,
    subscription: Option<&SubscriptionView>,
    known: &Known,
) -> String {
    let t = desk.t;
    let Some(subscription) = subscription else { return String::new() };
    let rules: RuleSet = serde_json::from_str(&subscription.subscription.rules).unwrap_or_default();
    let by_rule = view.entry.decided_by.strip_prefix("rule:").and_then(|at| at.parse::<usize>().ok());
    match by_rule.and_then(|at| rules.rules.get(at)) {
        Some(rule) => t.with("held-by-rule", "condition", sentence::condition(t, known, &rule.when, ZONE)),
        None => t.with("held-by-trust", "title", &subscription.source.name),
    }
}
