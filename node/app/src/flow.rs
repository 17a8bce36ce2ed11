//! The flow of an item into the services that take it: rules decide, entries record what was decided.

use crate::address::{Addresses, new_uid};
use crate::content::facts;
use crate::error::AppError;
use chrono::{DateTime, Utc};
use maillage_domain::event::DomainEvent;
use maillage_domain::rule::{DecidedBy, Decision, RuleSet, Verdict};
use maillage_domain::workflow::EntryState;
use maillage_store::Tx;
use maillage_store::rows::{EntryRow, ItemRow, SubscriptionRow};

/// One arrival of an item: where from, by which way.
pub(crate) struct Arrival<'a> {
    /// The item, already indexed.
    pub item: &'a ItemRow,
    /// Key of the actor that brought it: the origin, or who announced it.
    pub source: i64,
    /// Whether its content is new or has changed.
    pub changed: bool,
    /// URIs of the actors it came by, the origin first.
    pub path: Vec<String>,
}

/// Takes an item into every service that subscribes to the actor that brought it. Answers how many
/// entries were made or changed.
pub(crate) fn distribute(
    tx: &mut Tx<'_>,
    addresses: &Addresses,
    arrival: &Arrival<'_>,
    now: DateTime<Utc>,
) -> Result<usize, AppError> {
    let subscriptions = tx.reads().subscriptions_to(arrival.source)?;
    if subscriptions.is_empty() {
        return Ok(0);
    }
    let facts = facts(tx, arrival.item)?;
    let mut changed = 0;
    for subscription in subscriptions {
        if Some(subscription.service_id) == arrival.item.home_service_id {
            continue;
        }
        let rules: RuleSet = serde_json::from_str(&subscription.rules).map_err(AppError::internal)?;
        let trust = subscription.trust.parse().map_err(AppError::internal)?;
        let verdict = rules.decide(trust, &facts);
        if take(tx, addresses, arrival, &subscription, verdict, now)? {
            changed += 1;
        }
    }
    Ok(changed)
}

fn take(
    tx: &mut Tx<'_>,
    addresses: &Addresses,
    arrival: &Arrival<'_>,
    subscription: &SubscriptionRow,
    verdict: Verdict,
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    let millis = now.timestamp_millis();
    let path = serde_json::to_string(&arrival.path).map_err(AppError::internal)?;
    let existing = tx.entry_of(arrival.item.id, subscription.service_id)?;
    let before = existing.clone();
    let mut entry = match existing {
        // Another way brought it here and that subscription goes on deciding.
        Some(entry) if entry.subscription_id.is_some_and(|by| by != subscription.id) && is_shown(&entry) => {
            return Ok(false);
        }
        Some(entry) => entry,
        None => EntryRow {
            id: 0,
            uid: new_uid(now),
            service_id: subscription.service_id,
            item_id: arrival.item.id,
            home: false,
            state: EntryState::Ignored.as_str().to_owned(),
            queued_at: None,
            subscription_id: None,
            decided_by: String::new(),
            reason: None,
            path: String::new(),
            announce_uri: None,
            sort_at: arrival.item.published_at.unwrap_or(millis),
            created_at: millis,
            updated_at: millis,
        },
    };
    entry.subscription_id = Some(subscription.id);
    entry.path = path;
    entry.updated_at = millis;
    if !entry.decided_by.starts_with("account:") {
        apply(&mut entry, verdict, millis);
    }
    let wanted = verdict.decision == Decision::Announce && entry.state == EntryState::Published.as_str();
    let settled = before.as_ref()
        == Some(&EntryRow { updated_at: before.as_ref().map_or(0, |b| b.updated_at), ..entry.clone() });
    if settled && !arrival.changed && wanted == entry.announce_uri.is_some() {
        return Ok(false);
    }
    if entry.id == 0 {
        entry.id = tx.insert_entry(&entry)?;
    }
    set_announced(tx, addresses, &mut entry, arrival.item, wanted, now)?;
    tx.save_entry(&entry)?;
    Ok(true)
}

fn is_shown(entry: &EntryRow) -> bool {
    entry.state == EntryState::Published.as_str()
}

fn apply(entry: &mut EntryRow, verdict: Verdict, now: i64) {
    let state = match verdict.decision {
        Decision::Ignore => EntryState::Ignored,
        Decision::Hold => EntryState::Submitted,
        Decision::Publish | Decision::Announce => EntryState::Published,
    };
    entry.queued_at = (state == EntryState::Submitted).then_some(entry.queued_at.unwrap_or(now));
    entry.state = state.as_str().to_owned();
    entry.decided_by = match verdict.by {
        DecidedBy::Filter => "filter".to_owned(),
        DecidedBy::Rule(at) => format!("rule:{at}"),
        DecidedBy::Trust => "trust".to_owned(),
    };
}

/// Announces an entry, announces it again after a change, or takes the announcement back. Only what
/// is public is announced: no copy is wider than its origin.
pub(crate) fn set_announced(
    tx: &mut Tx<'_>,
    addresses: &Addresses,
    entry: &mut EntryRow,
    item: &ItemRow,
    wanted: bool,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let millis = now.timestamp_millis();
    let service = tx.reads().service_by_id(entry.service_id)?;
    if wanted && item.visibility == "public" && service.visibility == "public" {
        entry.announce_uri = Some(addresses.activity(&new_uid(now)));
        let event = DomainEvent::ItemAnnounced { item: item.id, service: entry.service_id, entry: entry.id };
        tx.save_entry(entry)?;
        tx.record(&event, millis)?;
    } else if let Some(announce) = entry.announce_uri.take() {
        let event = DomainEvent::AnnounceUndone { item: item.id, service: entry.service_id, announce };
        tx.record(&event, millis)?;
    }
    Ok(())
}

/// Removes every copy of an item that its origin has withdrawn.
pub(crate) fn remove_copies(
    tx: &mut Tx<'_>,
    addresses: &Addresses,
    item: &ItemRow,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    for mut entry in tx.item_entries(item.id)? {
        if entry.home {
            continue;
        }
        entry.state = EntryState::Withdrawn.as_str().to_owned();
        entry.queued_at = None;
        entry.reason = Some(reason.to_owned());
        entry.decided_by = "origin".to_owned();
        entry.updated_at = now.timestamp_millis();
        set_announced(tx, addresses, &mut entry, item, false, now)?;
        tx.save_entry(&entry)?;
    }
    Ok(())
}
