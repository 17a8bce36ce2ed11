//! The steps of the editorial workflow: submit, take back, publish now or later, decline, withdraw, expire.

mod checklist;
mod own;
mod received;
mod scheduling;

use crate::App;
use crate::caller::Caller;
use crate::content;
use crate::entry::{editable_revision, own_entry};
use crate::error::AppError;
use crate::flow::Flow;
use crate::talk;
use chrono::{DateTime, Utc};
use maillage_domain::field::Fields;
use maillage_domain::role::Action;
use maillage_domain::validation::Stage;
use maillage_domain::workflow::{EntryState, Transition, reason_given, second_pair_of_eyes};
use maillage_store::Tx;
use maillage_store::rows::{DecisionRow, EntryRow, ItemRow, RevisionRow, ServiceRow};
pub(crate) use scheduling::interrupted;
use serde_json::{Value, json};

/// What somebody decides on an entry, beside the transition.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// Why: needed to decline, kept when withdrawing.
    pub reason: String,
    /// What [`App::seen`] answered when it was read; where the content has changed since, nothing is done.
    pub seen: Option<i64>,
    /// Points of the type's checklist that were ticked, by number from 0.
    pub ticked: Vec<usize>,
    /// When it is to be published; at once when none is said. For [`Transition::Publish`] alone.
    pub at: Option<DateTime<Utc>>,
}

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
        let decision = Decision { reason: reason.to_owned(), seen, ..Decision::default() };
        self.decide_on(caller, entry, transition, decision).await
    }

    /// The same with all that a decision may say. Decided on anew, what was to be published later is so no
    /// more.
    ///
    /// # Errors
    /// Those of [`Self::decide`]; [`AppError::Invalid`] for a moment that has passed, and for points of the
    /// checklist that are not ticked.
    pub async fn decide_on(
        &self,
        caller: &Caller,
        entry: &str,
        transition: Transition,
        decision: Decision,
    ) -> Result<EntryRow, AppError> {
        let (caller, uid, app, now) = (caller.clone(), entry.to_owned(), self.clone(), self.now());
        self.writer()
            .run(move |tx| {
                let step = Step { app: &app, caller: &caller, now, decision: &decision };
                let entry = alone(tx, &uid)?;
                if let Some(seen) = decision.seen {
                    step.unchanged_since(tx, &entry, seen)?;
                }
                match (transition, decision.at) {
                    (Transition::Publish, Some(at)) => step.schedule(tx, entry, at),
                    _ => step.take(tx, entry, transition),
                }
            })
            .await
    }

    /// Takes a submission back: what waited for a moderator is a draft again. For who wrote it.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Conflict`] where nothing waits.
    pub async fn take_back(&self, caller: &Caller, entry: &str) -> Result<EntryRow, AppError> {
        let (caller, uid, app, now) = (caller.clone(), entry.to_owned(), self.clone(), self.now());
        self.writer()
            .run(move |tx| {
                let decision = Decision::default();
                let step = Step { app: &app, caller: &caller, now, decision: &decision };
                let entry = alone(tx, &uid)?;
                step.take_back(tx, &entry)
            })
            .await
    }
}

/// One step under way.
struct Step<'a> {
    app: &'a App,
    caller: &'a Caller,
    now: DateTime<Utc>,
    decision: &'a Decision,
}

/// What can be published, read and found whole.
struct Ready {
    revision: RevisionRow,
    service: ServiceRow,
    fields: Fields,
}

impl Step<'_> {
    fn millis(&self) -> i64 {
        self.now.timestamp_millis()
    }

    /// Carries out a transition now.
    fn take(&self, tx: &mut Tx<'_>, entry: EntryRow, transition: Transition) -> Result<EntryRow, AppError> {
        let reason = &self.decision.reason;
        let key = entry.id;
        let taken = match (transition, entry.home) {
            (Transition::Submit, _) => self.submit(tx, &entry.uid),
            (Transition::Publish, true) => self.publish_own(tx, entry),
            (Transition::Decline, true) => self.decline_own(tx, entry, reason),
            (Transition::Withdraw | Transition::Expire, true) => {
                self.withdraw_own(tx, entry, transition, reason)
            }
            (Transition::Decline, false) => {
                let reason = reason_given(reason)?;
                self.decide_received(tx, entry, transition, &reason)
            }
            (_, false) => self.decide_received(tx, entry, transition, reason),
        }?;
        tx.drop_schedule(key)?;
        // Whatever the author asked is answered by the decision, and the author's step answers what was asked.
        let answered = if transition == Transition::Submit { talk::MODERATOR } else { talk::AUTHOR };
        tx.answer_comments(key, answered, self.millis())?;
        Ok(taken)
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
        self.note_with(tx, entry, action, json!({ "reason": reason }))
    }

    /// Writes a decision down with all that it says.
    fn note_with(
        &self,
        tx: &mut Tx<'_>,
        entry: &EntryRow,
        action: &str,
        detail: Value,
    ) -> Result<(), AppError> {
        tx.decide(&DecisionRow {
            id: 0,
            at: self.millis(),
            account_id: self.caller.account_id(),
            service_id: Some(entry.service_id),
            item_id: Some(entry.item_id),
            action: action.to_owned(),
            detail: detail.to_string(),
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

    fn take_back(&self, tx: &mut Tx<'_>, entry: &EntryRow) -> Result<EntryRow, AppError> {
        let mut entry = own_entry(tx, self.caller, &entry.uid)?;
        if let Some(account) = self.caller.account_id()
            && !tx.item_contributors(entry.item_id)?.contains(&account)
        {
            // A moderator sends it back with a reason instead.
            return Err(AppError::forbidden());
        }
        let mut latest = tx.latest_revision(entry.item_id)?.ok_or(AppError::NotFound)?;
        if latest.state != EntryState::Submitted.as_str() {
            return Err(AppError::conflict(
                "Cette fiche n'attend pas d'être relue : il n'y a rien à reprendre.",
                "This item does not wait to be reviewed: there is nothing to take back.",
            ));
        }
        latest.state = EntryState::Draft.as_str().to_owned();
        tx.save_revision(&latest)?;
        if entry.state == EntryState::Submitted.as_str() {
            entry.state = EntryState::Draft.as_str().to_owned();
        }
        entry.queued_at = None;
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        tx.drop_schedule(entry.id)?;
        self.note(tx, &entry, "take_back", "")?;
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

    /// What waits in an entry of our own, where the caller may publish it and nothing is missing.
    fn ready(&self, tx: &mut Tx<'_>, entry: &EntryRow) -> Result<Ready, AppError> {
        let revision = self.waiting(tx, entry, Transition::Publish)?;
        let service = tx.reads().service_by_id(entry.service_id)?;
        if let Some(validator) = self.caller.account_id() {
            let hands = tx.contributors(revision.id)?;
            second_pair_of_eyes(&hands, validator, service.self_validation)?;
        }
        let service_type = self.app.type_of(&service.type_slug)?;
        self.all_ticked(Some(service_type))?;
        let fields: Fields = serde_json::from_str(&revision.fields).map_err(AppError::internal)?;
        // What is kept back stays in the revision.
        let fields = service_type.shown(&content::checked(service_type, &fields, Stage::Submission)?);
        Ok(Ready { revision, service, fields })
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
}

/// An entry that nobody else changes until the transaction ends.
pub(crate) fn alone(tx: &mut Tx<'_>, uid: &str) -> Result<EntryRow, AppError> {
    let found = tx.entry(uid)?;
    let item = tx.item(found.item_id)?;
    tx.take_turn(&format!("item:{}", item.uri))?;
    Ok(tx.entry(uid)?)
}
