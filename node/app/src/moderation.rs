//! The steps of the editorial workflow: submit, publish, decline, withdraw, expire.

use crate::App;
use crate::address::new_uid;
use crate::ageing;
use crate::caller::Caller;
use crate::content;
use crate::entry::{editable_revision, own_entry};
use crate::error::AppError;
use crate::flow::{Flow, source_turn};
use chrono::{DateTime, Utc};
use maillage_domain::event::DomainEvent;
use maillage_domain::field::Fields;
use maillage_domain::item::ItemFrame;
use maillage_domain::role::Action;
use maillage_domain::service::Visibility;
use maillage_domain::validation::Stage;
use maillage_domain::workflow::{EntryState, Transition, reason_given, second_pair_of_eyes};
use maillage_store::Tx;
use maillage_store::rows::{DecisionRow, EntryRow, ItemRow, RevisionRow};
use serde_json::json;

impl App {
    /// What tells one state of the content of an entry from the next: the time (milliseconds) of the
    /// latest revision of an own item, of the last change of a received one.
    #[must_use]
    pub fn seen(entry: &EntryRow, item: &ItemRow, latest: Option<&RevisionRow>) -> i64 {
        match latest.filter(|_| entry.home) {
            Some(revision) => revision.updated_at,
            None => item.updated_at,
        }
    }

    /// Carries out a transition of an entry. `reason` is needed to decline, kept when withdrawing.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] (no right, or one's own item), [`AppError::Conflict`] (not from this
    /// state), [`AppError::Invalid`] (something is missing), [`AppError::NotFound`].
    pub async fn transition(
        &self,
        caller: &Caller,
        entry: &str,
        transition: Transition,
        reason: &str,
    ) -> Result<EntryRow, AppError> {
        self.decide(caller, entry, transition, reason, None).await
    }

    /// The same for who decides on what they have read: `seen` is what [`Self::seen`] answered then.
    /// When the content has changed since, nothing is done.
    ///
    /// # Errors
    /// Those of [`Self::transition`], and [`AppError::Conflict`] when it has changed.
    pub async fn decide(
        &self,
        caller: &Caller,
        entry: &str,
        transition: Transition,
        reason: &str,
        seen: Option<i64>,
    ) -> Result<EntryRow, AppError> {
        let (caller, uid, reason, app) = (caller.clone(), entry.to_owned(), reason.to_owned(), self.clone());
        let now = self.now();
        self.writer()
            .run(move |tx| {
                let step = Step { app: &app, caller: &caller, now };
                let entry = alone(tx, &uid)?;
                if let Some(seen) = seen {
                    step.unchanged_since(tx, &entry, seen)?;
                }
                match (transition, entry.home) {
                    (Transition::Submit, _) => step.submit(tx, &uid),
                    (Transition::Publish, true) => step.publish_own(tx, entry),
                    (Transition::Decline, true) => step.decline_own(tx, entry, &reason),
                    (Transition::Withdraw | Transition::Expire, true) => {
                        step.withdraw_own(tx, entry, transition, &reason)
                    }
                    (Transition::Decline, false) => {
                        let reason = reason_given(&reason)?;
                        step.decide_received(tx, entry, transition, &reason)
                    }
                    (_, false) => step.decide_received(tx, entry, transition, &reason),
                }
            })
            .await
    }
}

/// One step under way.
struct Step<'a> {
    app: &'a App,
    caller: &'a Caller,
    now: DateTime<Utc>,
}

impl Step<'_> {
    fn millis(&self) -> i64 {
        self.now.timestamp_millis()
    }

    /// Refuses to decide on what the caller has not read.
    fn unchanged_since(&self, tx: &mut Tx<'_>, entry: &EntryRow, seen: i64) -> Result<(), AppError> {
        let item = tx.item(entry.item_id)?;
        let latest = tx.latest_revision(entry.item_id)?;
        if App::seen(entry, &item, latest.as_ref()) == seen {
            return Ok(());
        }
        Err(AppError::conflict(
            "Cette fiche a changé pendant que vous la lisiez : rien n'a été décidé. Relisez-la.",
            "This item changed while you were reading it: nothing was decided. Read it again.",
        ))
    }

    fn note(&self, tx: &mut Tx<'_>, entry: &EntryRow, action: &str, reason: &str) -> Result<(), AppError> {
        tx.decide(&DecisionRow {
            id: 0,
            at: self.millis(),
            account_id: self.caller.account_id(),
            service_id: Some(entry.service_id),
            item_id: Some(entry.item_id),
            action: action.to_owned(),
            detail: json!({ "reason": reason }).to_string(),
        })?;
        Ok(())
    }

    fn submit(&self, tx: &mut Tx<'_>, uid: &str) -> Result<EntryRow, AppError> {
        let mut entry = own_entry(tx, self.caller, uid)?;
        let latest = tx.latest_revision(entry.item_id)?.ok_or(AppError::NotFound)?;
        let state: EntryState = latest.state.parse().map_err(AppError::internal)?;
        let entry_state: EntryState = entry.state.parse().map_err(AppError::internal)?;
        // A published item is submitted again only as a correction, which is a draft.
        if state == EntryState::Published && entry_state == EntryState::Published
            || state == EntryState::Submitted
        {
            state.after(Transition::Submit)?;
        }
        let service_type = self.app.type_of(&tx.reads().service_by_id(entry.service_id)?.type_slug)?;
        let fields: Fields = serde_json::from_str(&latest.fields).map_err(AppError::internal)?;
        content::checked(service_type, &fields, Stage::Submission)?;
        let mut revision = editable_revision(tx, &latest, self.millis(), self.now)?;
        revision.state = EntryState::Submitted.as_str().to_owned();
        tx.save_revision(&revision)?;
        if let Some(account) = self.caller.account_id() {
            tx.add_contributor(revision.id, account)?;
        }
        if entry_state != EntryState::Published {
            entry.state = entry_state.after(Transition::Submit)?.as_str().to_owned();
        }
        entry.queued_at = Some(self.millis());
        entry.reason = None;
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        self.note(tx, &entry, "submit", "")?;
        Ok(entry)
    }

    /// The revision that waits for a decision, which the caller may take.
    fn waiting(
        &self,
        tx: &mut Tx<'_>,
        entry: &EntryRow,
        transition: Transition,
    ) -> Result<RevisionRow, AppError> {
        self.caller.may(tx, entry.service_id, Action::Moderate)?;
        let revision = tx.latest_revision(entry.item_id)?.ok_or(AppError::NotFound)?;
        let state: EntryState = revision.state.parse().map_err(AppError::internal)?;
        state.after(transition)?;
        Ok(revision)
    }

    fn decided(
        &self,
        tx: &mut Tx<'_>,
        mut revision: RevisionRow,
        state: EntryState,
        reason: Option<String>,
    ) -> Result<(), AppError> {
        revision.state = state.as_str().to_owned();
        revision.decided_by = self.caller.account_id();
        revision.decided_at = Some(self.millis());
        revision.reason = reason;
        Ok(tx.save_revision(&revision)?)
    }

    fn decided_by(&self, transition: Transition) -> String {
        match self.caller.account_id() {
            Some(id) => format!("account:{id}"),
            // Nobody decides that time passes.
            None if transition == Transition::Expire => "expiry".to_owned(),
            None => "node".to_owned(),
        }
    }

    fn flow(&self) -> Flow<'_> {
        Flow { addresses: self.app.addresses(), now: self.now }
    }

    fn publish_own(&self, tx: &mut Tx<'_>, mut entry: EntryRow) -> Result<EntryRow, AppError> {
        let revision = self.waiting(tx, &entry, Transition::Publish)?;
        let service = tx.reads().service_by_id(entry.service_id)?;
        if let Some(validator) = self.caller.account_id() {
            let hands = tx.contributors(revision.id)?;
            second_pair_of_eyes(&hands, validator, service.self_validation)?;
        }
        let service_type = self.app.type_of(&service.type_slug)?;
        let fields: Fields = serde_json::from_str(&revision.fields).map_err(AppError::internal)?;
        // What is kept back stays in the revision.
        let fields = service_type.shown(&content::checked(service_type, &fields, Stage::Submission)?);
        let frame = ItemFrame {
            language: revision.language.clone(),
            licence: revision.licence.clone(),
            ..ItemFrame::default()
        };
        let mut item = tx.item(entry.item_id)?;
        let correction = entry.state == EntryState::Published.as_str();
        item.version += 1;
        if item.published_at.is_none() || !correction {
            item.published_at = Some(self.millis());
            entry.sort_at = self.millis();
        }
        if item.withdrawn_at.take().is_some() {
            // Others hold a tombstone of the old id and would never take it again: it is a new object.
            item.uid = new_uid(self.now);
            item.uri = self.app.addresses().object(&item.uid);
        }
        self.app.put(tx, &mut item, &service, service_type, &fields, &frame, self.millis())?;
        ageing::changed(tx, service_type, &item, &fields, self.millis())?;
        self.decided(tx, revision, EntryState::Published, None)?;
        entry.state = EntryState::Published.as_str().to_owned();
        entry.queued_at = None;
        entry.reason = None;
        entry.decided_by = self.decided_by(Transition::Publish);
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        self.note(tx, &entry, "publish", "")?;
        let (item_id, service_id) = (item.id, service.id);
        let event = if correction {
            DomainEvent::ItemUpdated { item: item_id, service: service_id }
        } else {
            DomainEvent::ItemPublished { item: item_id, service: service_id }
        };
        tx.record(&event, self.millis())?;
        let origin = tx.reads().actor_by_id(service.actor_id)?;
        let path = serde_json::to_string(&[&origin.uri]).map_err(AppError::internal)?;
        tx.share_turn(&source_turn(origin.id))?;
        tx.note_arrival(item.id, origin.id, &path, self.millis())?;
        self.flow().decide(tx, &item, true, None)?;
        Ok(entry)
    }

    fn decline_own(&self, tx: &mut Tx<'_>, mut entry: EntryRow, reason: &str) -> Result<EntryRow, AppError> {
        let revision = self.waiting(tx, &entry, Transition::Decline)?;
        let reason = reason_given(reason)?;
        self.decided(tx, revision, EntryState::Declined, Some(reason.clone()))?;
        // A refused correction leaves what is published as it is.
        if entry.state != EntryState::Published.as_str() {
            entry.state = EntryState::Declined.as_str().to_owned();
        }
        entry.queued_at = None;
        entry.reason = Some(reason.clone());
        entry.decided_by = self.decided_by(Transition::Decline);
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        self.note(tx, &entry, "decline", &reason)?;
        Ok(entry)
    }

    fn withdraw_own(
        &self,
        tx: &mut Tx<'_>,
        mut entry: EntryRow,
        transition: Transition,
        reason: &str,
    ) -> Result<EntryRow, AppError> {
        self.caller.may(tx, entry.service_id, Action::Moderate)?;
        let state: EntryState = entry.state.parse().map_err(AppError::internal)?;
        entry.state = state.after(transition)?.as_str().to_owned();
        entry.queued_at = None;
        entry.reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        entry.decided_by = self.decided_by(transition);
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        self.note(tx, &entry, transition.as_str(), reason)?;
        self.give_back(tx, &entry)?;
        let mut item = tx.item(entry.item_id)?;
        if item.withdrawn_at.is_some() {
            // It had expired: the copies went then, and everybody was told.
            return Ok(entry);
        }
        item.withdrawn_at = Some(self.millis());
        item.version += 1;
        item.updated_at = self.millis();
        tx.save_item(&item)?;
        tx.forget_words(item.id)?;
        ageing::look_soon(tx, &item, self.millis())?;
        let origin = tx.reads().actor_by_id(item.origin_actor_id)?;
        if item.visibility != Visibility::Private.as_str() {
            // Of what nobody outside has seen, nobody is told that it was there.
            tx.bury(&item.uri, &origin.uri, self.millis())?;
        }
        self.flow().remove_copies(tx, &item, reason)?;
        let (id, service, uri) = (item.id, entry.service_id, item.uri);
        tx.record(&DomainEvent::ItemWithdrawn { item: id, service, uri }, self.millis())?;
        Ok(entry)
    }

    /// A correction that waited when its item was withdrawn is a draft again: it has left the queue,
    /// and its author may submit it.
    fn give_back(&self, tx: &mut Tx<'_>, entry: &EntryRow) -> Result<(), AppError> {
        let Some(mut latest) = tx.latest_revision(entry.item_id)? else { return Ok(()) };
        if latest.state == EntryState::Submitted.as_str() {
            latest.state = EntryState::Draft.as_str().to_owned();
            tx.save_revision(&latest)?;
        }
        Ok(())
    }

    fn decide_received(
        &self,
        tx: &mut Tx<'_>,
        mut entry: EntryRow,
        transition: Transition,
        reason: &str,
    ) -> Result<EntryRow, AppError> {
        self.caller.may(tx, entry.service_id, Action::Moderate)?;
        let state: EntryState = entry.state.parse().map_err(AppError::internal)?;
        let item = tx.item(entry.item_id)?;
        if item.withdrawn_at.is_some() {
            return Err(AppError::conflict(
                "Son origine a retiré cette fiche.",
                "Its origin has withdrawn this item.",
            ));
        }
        entry.state = state.after_received(transition)?.as_str().to_owned();
        entry.queued_at = None;
        entry.reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        entry.decided_by = self.decided_by(transition);
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        self.note(tx, &entry, transition.as_str(), reason)?;
        // What is shown may be passed on, what is not is passed on no more.
        self.flow().settle(tx, &item, &entry)?;
        Ok(tx.entry(&entry.uid)?)
    }
}

/// An entry that nobody else changes until the transaction ends.
pub(crate) fn alone(tx: &mut Tx<'_>, uid: &str) -> Result<EntryRow, AppError> {
    let found = tx.entry(uid)?;
    let item = tx.item(found.item_id)?;
    tx.take_turn(&format!("item:{}", item.uri))?;
    Ok(tx.entry(uid)?)
}
