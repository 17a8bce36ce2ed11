//! The flow of an item into the services that take it: rules decide, entries record what was decided.
//!
//! What a service decides follows from three things alone: the actors by which the item has come
//! (arrivals), the service's subscriptions to them, and what a person of the service has decided. So
//! the order in which things arrive changes nothing.

use crate::address::{Addresses, new_uid};
use crate::content::facts;
use crate::error::AppError;
use chrono::{DateTime, Utc};
use maillage_domain::event::DomainEvent;
use maillage_domain::rule::{DecidedBy, Decision, ItemFacts, RuleSet, Verdict};
use maillage_domain::service::Visibility;
use maillage_domain::workflow::EntryState;
use maillage_store::Tx;
use maillage_store::rows::{ArrivalRow, EntryRow, ItemRow, ServiceRow, SubscriptionRow};
use std::collections::BTreeMap;

/// Services of one node that pass an item on to one another are gone through at most this often.
const ROUNDS: usize = 16;

/// What the flow needs of the node, at one moment.
pub(crate) struct Flow<'a> {
    /// The node's own addresses.
    pub addresses: &'a Addresses,
    /// The moment.
    pub now: DateTime<Utc>,
}

/// What became of the entry of one service.
#[derive(Default)]
struct Step {
    /// The entry was made or changed.
    touched: bool,
    /// The service passes the item on now, no longer, or by another way.
    relayed: bool,
}

/// A subscription that brings the item, with what it makes of it.
struct Candidate {
    subscription: i64,
    verdict: Verdict,
    path: Vec<String>,
}

/// The subject under which arrivals by an actor and subscriptions to it wait for each other: arrivals
/// share it, a subscription that is made, changed or ended takes it. Each arrival is decided on by
/// the subscriptions of that moment, and each change of them finds all arrivals before it.
pub(crate) fn source_turn(actor: i64) -> String {
    format!("source:{actor}")
}

/// Whether a person has decided on an entry, which arrivals and rules do not undo.
pub(crate) fn by_person(entry: &EntryRow) -> bool {
    entry.decided_by.starts_with("account:") || entry.decided_by == "node"
}

fn is(entry: &EntryRow, state: EntryState) -> bool {
    entry.state == state.as_str()
}

impl Flow<'_> {
    fn millis(&self) -> i64 {
        self.now.timestamp_millis()
    }

    /// Decides on an item in every service concerned, or in one; `changed` says that its content is
    /// new or another. Answers how many entries were made or changed.
    pub(crate) fn decide(
        &self,
        tx: &mut Tx<'_>,
        item: &ItemRow,
        changed: bool,
        only: Option<i64>,
    ) -> Result<usize, AppError> {
        if item.withdrawn_at.is_some() || item.published_at.is_none() {
            return Ok(0);
        }
        let mut facts: Option<ItemFacts> = None;
        let mut touched = 0;
        for round in 0..ROUNDS {
            // What one service passes on concerns others, which are looked at in the next round.
            let only = only.filter(|_| round == 0);
            let step = self.round(tx, item, changed && round == 0, only, &mut facts)?;
            touched += step.0;
            if !step.1 {
                return Ok(touched);
            }
        }
        tracing::warn!(item = item.uri, "services pass an item on to one another without end");
        Ok(touched)
    }

    /// One look at each service; answers how many entries changed, and whether what is passed on has.
    fn round(
        &self,
        tx: &mut Tx<'_>,
        item: &ItemRow,
        changed: bool,
        only: Option<i64>,
        facts_of: &mut Option<ItemFacts>,
    ) -> Result<(usize, bool), AppError> {
        let arrivals = tx.arrivals_of(item.id)?;
        let mut services: BTreeMap<i64, (Vec<SubscriptionRow>, Option<EntryRow>)> = BTreeMap::new();
        for arrival in &arrivals {
            for subscription in tx.reads().subscriptions_to(arrival.source_actor_id)? {
                services.entry(subscription.service_id).or_default().0.push(subscription);
            }
        }
        // Of two that bring it alike the older one decides, whichever way was the first.
        services.values_mut().for_each(|(subscriptions, _)| subscriptions.sort_by_key(|one| one.id));
        for entry in tx.item_entries(item.id)? {
            let service = entry.service_id;
            services.entry(service).or_default().1 = Some(entry);
        }
        let concerned = |service: &i64| {
            Some(*service) != item.home_service_id && only.is_none_or(|only| only == *service)
        };
        services.retain(|service, _| concerned(service));
        if facts_of.is_none() && services.values().any(|(subscriptions, _)| !subscriptions.is_empty()) {
            *facts_of = Some(facts(tx, item)?);
        }
        let (mut touched, mut relayed) = (0, false);
        for (service, (subscriptions, entry)) in services {
            let best = match &facts_of {
                Some(facts) if !subscriptions.is_empty() => {
                    self.best(tx, service, &subscriptions, &arrivals, facts)?
                }
                _ => None,
            };
            let step = match (best, entry) {
                (Some(best), entry) => self.take(tx, item, service, entry, best, changed)?,
                (None, Some(entry)) => self.without_bringer(tx, item, entry)?,
                (None, None) => Step::default(),
            };
            touched += usize::from(step.touched);
            relayed |= step.relayed;
        }
        Ok((touched, relayed))
    }

    /// Of the subscriptions that bring the item the one that decides: what shows most, then the
    /// shortest way. What comes back to a service from itself brings nothing.
    fn best(
        &self,
        tx: &mut Tx<'_>,
        service: i64,
        subscriptions: &[SubscriptionRow],
        arrivals: &[ArrivalRow],
        facts: &ItemFacts,
    ) -> Result<Option<Candidate>, AppError> {
        let mut itself: Option<String> = None;
        let mut best: Option<Candidate> = None;
        for subscription in subscriptions {
            let by = |arrival: &&ArrivalRow| arrival.source_actor_id == subscription.source_actor_id;
            let Some(arrival) = arrivals.iter().find(by) else { continue };
            let path: Vec<String> = serde_json::from_str(&arrival.path).map_err(AppError::internal)?;
            if path.iter().any(|by| self.addresses.is_own(by)) {
                let itself = match &itself {
                    Some(known) => known,
                    None => itself.insert(self.actor_of(tx, service)?),
                };
                if path.contains(itself) {
                    continue;
                }
            }
            let rules: RuleSet = serde_json::from_str(&subscription.rules).map_err(AppError::internal)?;
            let trust = subscription.trust.parse().map_err(AppError::internal)?;
            let verdict = rules.decide(trust, facts);
            let rank = |one: &Candidate| (one.verdict.decision, std::cmp::Reverse(one.path.len()));
            let candidate = Candidate { subscription: subscription.id, verdict, path };
            if best.as_ref().is_none_or(|known| rank(&candidate) > rank(known)) {
                best = Some(candidate);
            }
        }
        Ok(best)
    }

    fn actor_of(&self, tx: &mut Tx<'_>, service: i64) -> Result<String, AppError> {
        let service = tx.reads().service_by_id(service)?;
        Ok(tx.reads().actor_by_id(service.actor_id)?.uri)
    }

    fn take(
        &self,
        tx: &mut Tx<'_>,
        item: &ItemRow,
        service: i64,
        existing: Option<EntryRow>,
        best: Candidate,
        changed: bool,
    ) -> Result<Step, AppError> {
        let mut stored = existing.clone();
        let mut entry = existing.unwrap_or_else(|| self.new_entry(item, service));
        entry.subscription_id = Some(best.subscription);
        entry.path = serde_json::to_string(&best.path).map_err(AppError::internal)?;
        entry.sort_at = item.published_at.unwrap_or(entry.sort_at);
        // What has expired here does not come back because it is heard of again.
        let settled = by_person(&entry) || (is(&entry, EntryState::Expired) && !changed);
        if !settled {
            apply(&mut entry, best.verdict, self.millis());
        }
        let differs = stored.as_ref() != Some(&entry);
        if differs || changed {
            entry.updated_at = self.millis();
            if entry.id == 0 {
                entry.id = tx.insert_entry(&entry)?;
                stored = Some(entry.clone());
            }
        }
        let shown = is(&entry, EntryState::Published);
        let wanted = shown && best.verdict.decision == Decision::Announce;
        let announce_before = entry.announce_uri.clone();
        let relayed = self.set_announced(tx, &mut entry, item, wanted, changed)?;
        let touched = differs || changed || announce_before != entry.announce_uri;
        if stored.as_ref() != Some(&entry) {
            tx.save_entry(&entry)?;
        }
        Ok(Step { touched, relayed })
    }

    /// Nothing that the service subscribes to brings the item any more. Taken back by all who had
    /// passed it on, it goes; where it is the subscription that has ended, it stays.
    fn without_bringer(
        &self,
        tx: &mut Tx<'_>,
        item: &ItemRow,
        mut entry: EntryRow,
    ) -> Result<Step, AppError> {
        if entry.home || entry.subscription_id.is_none() {
            return Ok(Step::default());
        }
        if !is(&entry, EntryState::Published) && entry.queued_at.is_none() {
            return Ok(Step::default());
        }
        let relayed = self.retire(tx, item, &mut entry, "relay", None)?;
        Ok(Step { touched: true, relayed })
    }

    fn new_entry(&self, item: &ItemRow, service: i64) -> EntryRow {
        EntryRow {
            id: 0,
            uid: new_uid(self.now),
            service_id: service,
            item_id: item.id,
            home: false,
            state: EntryState::Ignored.as_str().to_owned(),
            queued_at: None,
            subscription_id: None,
            decided_by: String::new(),
            reason: None,
            path: String::new(),
            announce_uri: None,
            sort_at: item.published_at.unwrap_or_else(|| self.millis()),
            created_at: self.millis(),
            updated_at: self.millis(),
        }
    }

    /// Announces an entry, announces it again after a change, or takes the announcement back. Only
    /// what is public is announced: no copy is wider than its origin. Answers whether what other
    /// services of this node get by this one has changed. The entry is not saved.
    fn set_announced(
        &self,
        tx: &mut Tx<'_>,
        entry: &mut EntryRow,
        item: &ItemRow,
        wanted: bool,
        changed: bool,
    ) -> Result<bool, AppError> {
        if !wanted && entry.announce_uri.is_none() {
            return Ok(false);
        }
        let service = tx.reads().service_by_id(entry.service_id)?;
        let public = Visibility::Public.as_str();
        if !(wanted && item.visibility == public && service.visibility == public) {
            return self.take_back(tx, entry, item, &service);
        }
        if changed || entry.announce_uri.is_none() {
            let announce = self.addresses.activity(&new_uid(self.now));
            let event = DomainEvent::ItemAnnounced {
                item: item.id,
                service: service.id,
                entry: entry.id,
                announce: announce.clone(),
            };
            tx.record(&event, self.millis())?;
            // The first Announce stands: others know it by its id, and an Undo names that one.
            entry.announce_uri.get_or_insert(announce);
        }
        tx.share_turn(&source_turn(service.actor_id))?;
        let mut path: Vec<String> = serde_json::from_str(&entry.path).map_err(AppError::internal)?;
        path.push(tx.reads().actor_by_id(service.actor_id)?.uri);
        let path = serde_json::to_string(&path).map_err(AppError::internal)?;
        Ok(tx.note_arrival(item.id, service.actor_id, &path, self.millis())?)
    }

    fn take_back(
        &self,
        tx: &mut Tx<'_>,
        entry: &mut EntryRow,
        item: &ItemRow,
        service: &ServiceRow,
    ) -> Result<bool, AppError> {
        let Some(announce) = entry.announce_uri.take() else { return Ok(false) };
        let (item_id, object) = (item.id, item.uri.clone());
        let event = DomainEvent::AnnounceUndone { item: item_id, service: service.id, announce, object };
        tx.record(&event, self.millis())?;
        Ok(tx.forget_arrival(item.id, service.actor_id)?)
    }

    /// Takes a received entry down, with its announcement.
    fn retire(
        &self,
        tx: &mut Tx<'_>,
        item: &ItemRow,
        entry: &mut EntryRow,
        by: &str,
        reason: Option<&str>,
    ) -> Result<bool, AppError> {
        entry.state = EntryState::Withdrawn.as_str().to_owned();
        entry.queued_at = None;
        entry.reason = reason.map(str::to_owned);
        entry.decided_by = by.to_owned();
        entry.updated_at = self.millis();
        let relayed = self.set_announced(tx, entry, item, false, false)?;
        tx.save_entry(entry)?;
        Ok(relayed)
    }

    /// A person has decided on a received entry: it is announced, or no longer, as the rules have it.
    pub(crate) fn settle(&self, tx: &mut Tx<'_>, item: &ItemRow, entry: &EntryRow) -> Result<(), AppError> {
        self.decide(tx, item, false, Some(entry.service_id))?;
        let mut entry = tx.entry(&entry.uid)?;
        // Without a subscription that brings it there are no rules: what is not shown is not announced.
        if !is(&entry, EntryState::Published) && entry.announce_uri.is_some() {
            self.set_announced(tx, &mut entry, item, false, false)?;
            tx.save_entry(&entry)?;
            self.decide(tx, item, false, None)?;
        }
        Ok(())
    }

    /// Removes every copy of an item that its origin has withdrawn.
    pub(crate) fn remove_copies(
        &self,
        tx: &mut Tx<'_>,
        item: &ItemRow,
        reason: &str,
    ) -> Result<(), AppError> {
        for mut entry in tx.item_entries(item.id)? {
            let hidden = !is(&entry, EntryState::Published) && entry.queued_at.is_none();
            // A refusal by a person outlasts the item's return.
            if entry.home || (hidden && by_person(&entry)) {
                continue;
            }
            self.retire(tx, item, &mut entry, "origin", Some(reason))?;
        }
        Ok(tx.forget_arrivals_of(item.id)?)
    }
}

fn apply(entry: &mut EntryRow, verdict: Verdict, now: i64) {
    let state = match verdict.decision {
        Decision::Ignore => EntryState::Ignored,
        Decision::Hold => EntryState::Submitted,
        Decision::Publish | Decision::Announce => EntryState::Published,
    };
    entry.queued_at = (state == EntryState::Submitted).then_some(entry.queued_at.unwrap_or(now));
    entry.state = state.as_str().to_owned();
    entry.reason = None;
    entry.decided_by = match verdict.by {
        DecidedBy::Filter => "filter".to_owned(),
        DecidedBy::Rule(at) => format!("rule:{at}"),
        DecidedBy::Trust => "trust".to_owned(),
    };
}
