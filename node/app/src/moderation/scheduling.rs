//! Publication at a moment that was set: decided now by who may, carried out then, once, and late rather
//! than never where the node was down.

use super::{Decision, Step, alone};
use crate::App;
use crate::caller::{Caller, SignedIn};
use crate::error::AppError;
use chrono::{DateTime, Duration, Utc};
use maillage_domain::message::Message;
use maillage_domain::role::Action;
use maillage_domain::viewer::AccountScope;
use maillage_domain::workflow::{EntryState, Transition};
use maillage_store::Tx;
use maillage_store::rows::{EntryRow, ScheduleRow};
use serde_json::json;
use std::sync::LazyLock;
use uuid::Uuid;

/// Entries of one look.
const CHUNK: i64 = 50;
/// How long the right to do this lasts without being renewed, in milliseconds.
const LEASE: i64 = 60 * 1_000;
/// How far ahead a publication may be set.
const FURTHEST: Duration = Duration::days(2 * 366);
/// This process, among those on one database.
static PROCESS: LazyLock<String> = LazyLock::new(|| Uuid::now_v7().to_string());

impl Step<'_> {
    /// Has what waits published at a moment. The decision is taken now: it leaves the queue.
    pub(super) fn schedule(
        &self,
        tx: &mut Tx<'_>,
        mut entry: EntryRow,
        at: DateTime<Utc>,
    ) -> Result<EntryRow, AppError> {
        let Some(account) = self.caller.account_id() else {
            // Somebody answers for it when the moment has come.
            return Err(AppError::forbidden());
        };
        self.within_reach(at)?;
        let item = tx.item(entry.item_id)?;
        if entry.home {
            self.ready(tx, &entry)?;
        } else {
            self.caller.may(tx, entry.service_id, Action::Moderate)?;
            self.all_ticked(self.app.registry().get(&item.type_slug))?;
            let state: EntryState = entry.state.parse().map_err(AppError::internal)?;
            state.after_received(Transition::Publish)?;
        }
        let latest = tx.latest_revision(entry.item_id)?;
        tx.set_schedule(&ScheduleRow {
            entry_id: entry.id,
            publish_at: at.timestamp_millis(),
            seen: App::seen(&entry, &item, latest.as_ref()),
            account_id: account,
            ticked: serde_json::to_string(&self.decision.ticked).map_err(AppError::internal)?,
            created_at: self.millis(),
        })?;
        entry.queued_at = None;
        entry.decided_by = self.decided_by(Transition::Publish);
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        tx.answer_comments(entry.id, crate::talk::AUTHOR, self.millis())?;
        self.note_with(tx, &entry, "schedule", json!({ "reason": "", "at": at.timestamp_millis() }))?;
        Ok(entry)
    }

    fn within_reach(&self, at: DateTime<Utc>) -> Result<(), AppError> {
        if at <= self.now {
            return Err(AppError::invalid(
                "at",
                "in_the_past",
                "Ce moment est passé : choisissez une date et une heure à venir.",
                "This moment has passed: choose a date and a time to come.",
            ));
        }
        if at > self.now + FURTHEST {
            return Err(AppError::invalid(
                "at",
                "too_far",
                "C'est trop loin : une publication se prévoit deux ans à l'avance au plus.",
                "This is too far away: a publication is set two years ahead at most.",
            ));
        }
        Ok(())
    }

    /// What was to be published later waits for a decision again.
    fn unschedule(
        &self,
        tx: &mut Tx<'_>,
        mut entry: EntryRow,
        why: Option<&Message>,
    ) -> Result<EntryRow, AppError> {
        interrupted(tx, &mut entry, self.millis())?;
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        let detail = match why {
            // Said by the node to whoever reads it later, in either language.
            Some(why) => json!({ "reason": "", "why": why }),
            None => json!({ "reason": "" }),
        };
        self.note_with(tx, &entry, "unschedule", detail)?;
        Ok(entry)
    }
}

/// Ends a schedule, where there is one: what was to be published is back in the queue. The entry is not
/// saved.
pub(crate) fn interrupted(tx: &mut Tx<'_>, entry: &mut EntryRow, now: i64) -> Result<bool, AppError> {
    if !tx.drop_schedule(entry.id)? {
        return Ok(false);
    }
    let waits = match tx.latest_revision(entry.item_id)?.filter(|_| entry.home) {
        Some(latest) => latest.state == EntryState::Submitted.as_str(),
        None => entry.state == EntryState::Submitted.as_str(),
    };
    if waits {
        entry.queued_at = Some(now);
    }
    Ok(true)
}

impl App {
    /// Cancels a publication that was set for later: the item waits for a decision again.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Conflict`] where none was set.
    pub async fn unschedule(&self, caller: &Caller, entry: &str) -> Result<EntryRow, AppError> {
        let (caller, uid, app, now) = (caller.clone(), entry.to_owned(), self.clone(), self.now());
        self.writer()
            .run(move |tx| {
                let decision = Decision::default();
                let step = Step { app: &app, caller: &caller, now, decision: &decision };
                let entry = alone(tx, &uid)?;
                caller.may(tx, entry.service_id, Action::Moderate)?;
                if tx.schedule(entry.id)?.is_none() {
                    return Err(AppError::conflict(
                        "Aucune publication n'est prévue pour cette fiche.",
                        "No publication is set for this item.",
                    ));
                }
                step.unschedule(tx, entry, None)
            })
            .await
    }

    /// Publishes what was set for a moment that has come; answers how many. Another process may be at it:
    /// then nothing is done here. What can no longer be published waits in the queue again, with the reason.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn publish_due(&self) -> Result<usize, AppError> {
        let mut published = 0;
        loop {
            let now = self.now().timestamp_millis();
            let due = self
                .writer()
                .run(move |tx| -> Result<Vec<ScheduleRow>, AppError> {
                    let due = tx.due_schedules(now, CHUNK)?;
                    if due.is_empty() || !tx.take_lease("schedules", &PROCESS, now, now + LEASE)? {
                        return Ok(Vec::new());
                    }
                    Ok(due)
                })
                .await?;
            if due.is_empty() {
                return Ok(published);
            }
            for row in due {
                published += usize::from(self.publish_scheduled(row).await?);
            }
        }
    }

    async fn publish_scheduled(&self, row: ScheduleRow) -> Result<bool, AppError> {
        let (app, now, set) = (self.clone(), self.now(), row.clone());
        let done = self.writer().run(move |tx| carried_out(tx, &app, &set, now)).await;
        match done {
            Ok(done) => Ok(done),
            Err(AppError::Unavailable(error)) => Err(AppError::Unavailable(error)),
            Err(error) => {
                let why = error.message();
                if let AppError::Internal(error) = &error {
                    tracing::error!(%error, "what was to be published could not be");
                }
                let (app, set) = (self.clone(), row);
                self.writer()
                    .run(move |tx| {
                        let Some(entry) = still_due(tx, &set, now)? else { return Ok::<_, AppError>(()) };
                        let (caller, decision) = (Caller::Node, Decision::default());
                        let step = Step { app: &app, caller: &caller, now, decision: &decision };
                        step.unschedule(tx, entry, Some(&why)).map(drop)
                    })
                    .await?;
                Ok(false)
            }
        }
    }
}

/// The entry of a schedule, where that still stands and has come.
fn still_due(tx: &mut Tx<'_>, set: &ScheduleRow, now: DateTime<Utc>) -> Result<Option<EntryRow>, AppError> {
    let uid = tx.entry_by_key(set.entry_id)?.uid;
    let entry = alone(tx, &uid)?;
    let stands = tx.schedule(entry.id)?.is_some_and(|row| row.publish_at <= now.timestamp_millis());
    Ok(stands.then_some(entry))
}

/// Publishes in the name of who decided so, whose rights are those of now: the schedule goes in the same
/// transaction, so that it is done once.
fn carried_out(tx: &mut Tx<'_>, app: &App, set: &ScheduleRow, now: DateTime<Utc>) -> Result<bool, AppError> {
    let Some(entry) = still_due(tx, set, now)? else { return Ok(false) };
    let account = tx.reads().account_by_id(set.account_id)?;
    let scope = AccountScope {
        account: account.id,
        services: Default::default(),
        moderated: Default::default(),
        administrator: false,
    };
    let caller = Caller::Account(Box::new(SignedIn { account, scope }));
    let ticked = serde_json::from_str(&set.ticked).map_err(AppError::internal)?;
    let decision = Decision { seen: Some(set.seen), ticked, ..Decision::default() };
    let step = Step { app, caller: &caller, now, decision: &decision };
    step.unchanged_since(tx, &entry, set.seen)?;
    step.take(tx, entry, Transition::Publish)?;
    Ok(true)
}
