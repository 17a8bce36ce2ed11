//! What we fetch by ourselves: outboxes that are read back, and objects that somebody named.

use crate::App;
use crate::error::AppError;
use crate::inbound::Effect;
use crate::outbound::host_of;
use maillage_store::read::FollowView;
use maillage_store::rows::{ActorRow, FetchRow, FollowRow};
use maillage_store::{StoreError, Tx};

/// Pages of one outbox that are read at most.
const PAGES: i64 = 100;
/// A fetch is tried at most this often: over about two days.
const FETCH_ATTEMPTS: i64 = 12;
/// First wait between attempts: 30 seconds, in milliseconds, doubled each time.
const FETCH_WAIT: i64 = 30 * 1_000;

/// First wait after a page that could not be read: 10 minutes, in milliseconds, doubled each time.
const PAGE_WAIT: i64 = 10 * 60 * 1_000;
/// Longest such wait: a day, in milliseconds.
const LONGEST_PAGE_WAIT: i64 = 24 * 3_600 * 1_000;
/// A page is tried at most this often: over about two weeks.
const PAGE_ATTEMPTS: i64 = 20;

impl App {
    /// Queues the fetch of an object that an actor has named, noting the activity that named it. An
    /// object that it had brought before is fetched again, since it may have changed, and is nothing
    /// new.
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
                if let Some(activity) = &activity
                    && !tx.note_received(activity, &bringer, now)?
                {
                    return Ok(Effect::Nothing);
                }
                let actor = tx.reads().actor(&bringer)?;
                if tx.reads().is_blocked(&host_of(&object))? || tx.reads().is_blocked(&host_of(&bringer))? {
                    return Ok(Effect::Nothing);
                }
                tx.take_turn(&format!("item:{object}"))?;
                let known = match tx.item_by_uri(&object)? {
                    Some(item) => {
                        item.withdrawn_at.is_some()
                            || tx.arrivals_of(item.id)?.iter().any(|by| by.source_actor_id == actor.id)
                    }
                    None => false,
                };
                tx.fetch_later(&object, actor.id, now)?;
                Ok(if known { Effect::Nothing } else { Effect::Done })
            })
            .await
    }

    /// Fetches that are due, with the actor that named each.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn due_fetches(&self, limit: i64) -> Result<Vec<(FetchRow, ActorRow)>, AppError> {
        self.due_fetches_sparing(limit, Vec::new()).await
    }

    /// The same without those of hosts that are busy enough.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn due_fetches_sparing(
        &self,
        limit: i64,
        spared: Vec<String>,
    ) -> Result<Vec<(FetchRow, ActorRow)>, AppError> {
        let now = self.now().timestamp_millis();
        Ok(self.system().run(move |reads| reads.due_fetches(now, &spared, limit)).await?)
    }

    /// Ends a fetch, or has it tried again later where `fault` says what failed for the moment.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn fetched(&self, claimed: FetchRow, fault: Option<String>) -> Result<(), AppError> {
        let now = self.now().timestamp_millis();
        let mut row = claimed.clone();
        row.attempts += 1;
        row.due_at = now + (FETCH_WAIT << row.attempts.clamp(0, 12));
        row.last_error = fault;
        self.writer()
            .run(move |tx| -> Result<(), AppError> {
                if row.last_error.is_some() && row.attempts < FETCH_ATTEMPTS {
                    Ok(tx.save_fetch(&claimed, &row)?)
                } else {
                    Ok(tx.end_fetch(&claimed)?)
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
                let Some(mut row) = still_followed(tx, follow)? else { return Ok(()) };
                row.backfill_failures = 0;
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

    /// An outbox could not be read: again in ten minutes, then later and later; after two weeks only
    /// when something asks for it again.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn page_failed(&self, follow: i64) -> Result<(), AppError> {
        let now = self.now().timestamp_millis();
        self.writer()
            .run(move |tx| -> Result<(), AppError> {
                let Some(mut row) = still_followed(tx, follow)? else { return Ok(()) };
                let wait = (PAGE_WAIT << row.backfill_failures.clamp(0, 16)).min(LONGEST_PAGE_WAIT);
                row.backfill_failures += 1;
                row.backfill_due_at = (row.backfill_failures < PAGE_ATTEMPTS).then_some(now + wait);
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

/// A follow that is being read back, unless it has ended meanwhile; nobody else changes it until the
/// transaction ends.
fn still_followed(tx: &mut Tx<'_>, follow: i64) -> Result<Option<FollowRow>, AppError> {
    let view = match tx.reads().follow_by_id(follow) {
        Err(StoreError::NotFound) => return Ok(None),
        found => found?,
    };
    tx.take_turn(&format!("follow:{}", view.actor.uri))?;
    match tx.reads().follow_by_id(follow) {
        Err(StoreError::NotFound) => Ok(None),
        found => Ok(Some(found?.follow)),
    }
}
