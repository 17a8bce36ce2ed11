//! What we fetch by ourselves: outboxes that are read back, and objects that somebody named.

use crate::App;
use crate::error::AppError;
use crate::inbound::Effect;
use maillage_store::read::FollowView;
use maillage_store::rows::{ActorRow, FetchRow};

/// Pages of one outbox that are read at most.
const PAGES: i64 = 100;
/// A fetch is tried at most this often: over about two days.
const FETCH_ATTEMPTS: i64 = 12;
/// First wait between attempts: 30 seconds, in milliseconds, doubled each time.
const FETCH_WAIT: i64 = 30 * 1_000;

impl App {
    /// Whether anything is subscribed to this actor.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn takes_from(&self, actor: &str) -> Result<bool, AppError> {
        let uri = actor.to_owned();
        let found = self.system().run(move |reads| match reads.actor(&uri) {
            Ok(actor) => Ok(!reads.subscriptions_to(actor.id)?.is_empty()),
            Err(maillage_store::StoreError::NotFound) => Ok(false),
            Err(error) => Err(error),
        });
        Ok(found.await?)
    }

    /// Queues the fetch of an object that an actor has named, noting the activity that named it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn fetch_later(
        &self,
        activity: Option<&str>,
        bringer: &str,
        object: &str,
    ) -> Result<Effect, AppError> {
        let (activity, bringer, object) =
            (activity.map(str::to_owned), bringer.to_owned(), object.to_owned());
        let now = self.now().timestamp_millis();
        self.writer()
            .run(move |tx| {
                if let Some(activity) = &activity {
                    if !tx.note_received(activity, &bringer, now)? {
                        return Ok(Effect::Nothing);
                    }
                }
                let actor = tx.reads().actor(&bringer)?;
                tx.fetch_later(&object, actor.id, now)?;
                Ok(Effect::Done)
            })
            .await
    }

    /// Fetches that are due, with the actor that named each.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn due_fetches(&self, limit: i64) -> Result<Vec<(FetchRow, ActorRow)>, AppError> {
        let now = self.now().timestamp_millis();
        Ok(self.system().run(move |reads| reads.due_fetches(now, limit)).await?)
    }

    /// Ends a fetch, or has it tried again later where `fault` says what failed for the moment.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn fetched(&self, mut row: FetchRow, fault: Option<String>) -> Result<(), AppError> {
        let now = self.now().timestamp_millis();
        row.attempts += 1;
        row.due_at = now + (FETCH_WAIT << row.attempts.clamp(0, 12));
        row.last_error = fault;
        self.writer()
            .run(move |tx| -> Result<(), AppError> {
                if row.last_error.is_some() && row.attempts < FETCH_ATTEMPTS {
                    Ok(tx.save_fetch(&row)?)
                } else {
                    Ok(tx.delete_fetch(row.id)?)
                }
            })
            .await
    }

    /// Follows whose outbox is due to be read back.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn due_backfills(&self) -> Result<Vec<FollowView>, AppError> {
        let now = self.now().timestamp_millis();
        Ok(self.system().run(move |reads| reads.due_backfills(now, 8)).await?)
    }

    /// One page of an outbox has been read: the next one is due at once; none ends the reading. An
    /// outbox that is only caught up with is left at the first page that brings nothing new.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn page_read(
        &self,
        follow: i64,
        next: Option<String>,
        anything_new: bool,
    ) -> Result<(), AppError> {
        let now = self.now().timestamp_millis();
        self.writer()
            .run(move |tx| -> Result<(), AppError> {
                let mut row = tx.reads().follow_by_id(follow)?.follow;
                row.backfill_pages += 1;
                row.exchanged_at = Some(now);
                let goes_on =
                    next.is_some() && row.backfill_pages < PAGES && (row.backfill_full || anything_new);
                row.backfill_due_at = goes_on.then_some(now);
                row.backfill_next = next.clone().filter(|_| goes_on);
                Ok(tx.save_follow(&row)?)
            })
            .await
    }

    /// An outbox could not be read: again in ten minutes.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn page_failed(&self, follow: i64) -> Result<(), AppError> {
        let now = self.now().timestamp_millis();
        self.writer()
            .run(move |tx| -> Result<(), AppError> {
                let mut row = tx.reads().follow_by_id(follow)?.follow;
                row.backfill_due_at = Some(now + 10 * 60 * 1_000);
                Ok(tx.save_follow(&row)?)
            })
            .await
    }

    /// Catches up with all that we follow, as after a start: what was missed meanwhile is read from
    /// the outboxes, and the peers, hearing from us, send what waits for us.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn catch_up(&self) -> Result<usize, AppError> {
        let now = self.now().timestamp_millis();
        self.writer().run(move |tx| -> Result<usize, AppError> { Ok(tx.catch_up(now)?) }).await
    }
}
