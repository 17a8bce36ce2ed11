//! The delivery queue: what is due, what was answered, when to try again.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use chrono::{DateTime, Utc};
use maillage_store::Tx;
use maillage_store::read::HostShare;
use maillage_store::rows::DeliveryRow;
use rand::Rng;
use std::collections::HashMap;
use std::sync::Arc;

/// First wait after a failure: 1 minute, in milliseconds.
const FIRST_WAIT: i64 = 60 * 1_000;
/// Longest wait: 12 hours, in milliseconds.
const LONGEST_WAIT: i64 = 12 * 3_600 * 1_000;
/// A peer that has failed this long is taken for dead and its queue parked: 7 days, in milliseconds.
const DEAD_AFTER: i64 = 7 * 24 * 3_600 * 1_000;
/// A delivery that a peer answers, but does not take, is given up after this long (30 days, in
/// milliseconds) and at least so many attempts.
const GIVEN_UP_AFTER: i64 = 30 * 24 * 3_600 * 1_000;
const ATTEMPTS: i64 = 20;
/// Nothing waits longer than this for a silent peer: a year, in milliseconds.
const PARKED_FOR: i64 = 365 * 24 * 3_600 * 1_000;
/// How often a peer taken for dead is tried: once a day, in milliseconds.
const PROBE: i64 = 24 * 3_600 * 1_000;
/// Nothing waits longer than this for its next attempt: what is dated later was dated by a clock that
/// has gone back since. 25 hours (Retry-After is believed up to 24), in milliseconds.
pub(crate) const LATEST: i64 = 25 * 3_600 * 1_000;
/// A step back of the clock that is noticed: 5 seconds, in milliseconds.
const STEP: i64 = 5 * 1_000;
/// How long a worker may hold what it has claimed: 2 minutes, in milliseconds.
const CLAIM: i64 = 2 * 60 * 1_000;
/// Inboxes that one claim takes at most.
const INBOXES: usize = 100;

/// A delivery to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct DueDelivery {
    /// The delivery.
    pub delivery: DeliveryRow,
    /// JSON to send.
    pub body: Arc<str>,
    /// Key id to sign with.
    pub key_id: String,
    /// Key of the actor that signs.
    pub actor: i64,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Taken, with this status.
    Taken(u16),
    /// Refused for good, with this status.
    Refused(u16),
    /// The inbox is gone for good (410).
    Gone,
    /// Not now: the status or a short code of the fault, and how long the peer asked to wait, in seconds.
    Later {
        /// Status, where there was an answer.
        status: Option<u16>,
        /// Stable code of the fault.
        error: String,
        /// From Retry-After.
        retry_after: Option<i64>,
    },
}

impl App {
    /// Claims deliveries that are due, in the order of each inbox.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn claim_deliveries(&self, limit: i64) -> Result<Vec<DueDelivery>, AppError> {
        self.claim_deliveries_within(limit, HostShare::default()).await
    }

    /// The same, of each host no more than its share.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn claim_deliveries_within(
        &self,
        limit: i64,
        share: HostShare,
    ) -> Result<Vec<DueDelivery>, AppError> {
        let now = self.now().timestamp_millis();
        self.watch_clock(now).await?;
        // Looked at without the writer: whoever is woken in vain takes no turn of it.
        let ready = self.system().run(move |reads| reads.ready_inboxes(now, share, INBOXES)).await?;
        if ready.is_empty() {
            return Ok(Vec::new());
        }
        self.writer()
            .run(move |tx| {
                let rows = tx.claim_deliveries(now, now + CLAIM, &ready, limit)?;
                let mut known = Known::default();
                rows.into_iter().map(|delivery| known.due(tx, delivery)).collect()
            })
            .await
    }

    /// Notices that the clock has gone back since it was last looked at: what waits for a moment
    /// then waits for the same time as before.
    async fn watch_clock(&self, now: i64) -> Result<(), AppError> {
        let before = self.latest_moment(now);
        if before - now <= STEP {
            return Ok(());
        }
        tracing::warn!(milliseconds = before - now, "the clock has gone back");
        let followed = self
            .writer()
            .run(move |tx| -> Result<(), AppError> { Ok(tx.clock_stepped_back(before - now, now)?) })
            .await;
        if followed.is_err() {
            // Not done: the next look is to notice it again.
            self.latest_moment(before);
        }
        followed
    }

    /// The private key (PKCS#8 PEM) of one of our actors, for signing.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn signing_key(&self, actor: i64) -> Result<String, AppError> {
        Ok(self.system().run(move |reads| reads.private_key(actor)).await?)
    }

    /// Writes down what came of attempts, all in one transaction. After a failure everything else
    /// for the same inbox waits behind it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn delivered(&self, outcomes: Vec<(DeliveryRow, Outcome)>) -> Result<(), AppError> {
        let now = self.now();
        // Chosen here, so that a repeated transaction writes the same.
        let jitter: f64 = rand::rng().random_range(0.85..1.15);
        self.writer()
            .run(move |tx| {
                for (row, outcome) in &outcomes {
                    record(tx, row.clone(), outcome, now, jitter)?;
                }
                Ok(())
            })
            .await
    }

    /// Gives back claimed deliveries that were not tried.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn release_deliveries(&self, rows: Vec<DeliveryRow>) -> Result<(), AppError> {
        self.writer()
            .run(move |tx| {
                for row in &rows {
                    tx.release_delivery(row.id)?;
                }
                Ok(())
            })
            .await
    }

    /// A server has spoken to us: what waits for it is due at once. Once a minute is enough. Of a
    /// server with which nothing was exchanged yet nothing is written: strangers leave no rows.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn peer_is_alive(&self, host: &str) -> Result<(), AppError> {
        let (host, now) = (host.to_owned(), self.now().timestamp_millis());
        let asked = host.clone();
        let Some(known) = self.system().run(move |reads| reads.peer(&asked)).await? else { return Ok(()) };
        if known.answered_at.is_some_and(|at| now - at < FIRST_WAIT) {
            return Ok(());
        }
        self.writer()
            .run(move |tx| {
                tx.take_turn(&format!("peer:{host}"))?;
                let mut peer = tx.peer_of(&host, now)?;
                peer.failing_since = None;
                peer.answered_at = Some(now);
                tx.save_peer(&peer)?;
                tx.make_due(&host, now)?;
                Ok(())
            })
            .await
    }

    /// Takes up what a process that was killed had claimed, instead of waiting for its claims to run
    /// out. Only where no other process can be at work on this database; answers how many deliveries.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn take_up_claimed(&self) -> Result<usize, AppError> {
        self.writer().run(|tx| -> Result<usize, AppError> { Ok(tx.release_all_deliveries()?) }).await
    }

    /// Tries a delivery again at once.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn retry_delivery(&self, caller: &Caller, uid: &str) -> Result<(), AppError> {
        let (caller, uid, now) = (caller.clone(), uid.to_owned(), self.now().timestamp_millis());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let mut row = tx.reads().delivery(&uid)?;
                if row.state == "delivered" {
                    return Err(AppError::conflict(
                        "Cet envoi est déjà arrivé.",
                        "This delivery has already arrived.",
                    ));
                }
                row.state = "due".to_owned();
                row.due_at = now;
                row.ended_at = None;
                tx.save_delivery(&row)?;
                // What stands before it has to go first.
                tx.make_due(&row.host, now)?;
                Ok(())
            })
            .await
    }
}

/// What the deliveries of one claim have in common, read once.
#[derive(Default)]
struct Known {
    activities: HashMap<i64, Told>,
}

/// An activity as it is sent: who signs, with which key, and what.
#[derive(Clone)]
struct Told {
    actor: i64,
    key_id: String,
    body: Arc<str>,
}

impl Known {
    fn due(&mut self, tx: &mut Tx<'_>, delivery: DeliveryRow) -> Result<DueDelivery, AppError> {
        let Told { actor, key_id, body } = self.told(tx, delivery.activity_id)?;
        Ok(DueDelivery { delivery, body, key_id, actor })
    }

    fn told(&mut self, tx: &mut Tx<'_>, activity: i64) -> Result<Told, AppError> {
        if let Some(told) = self.activities.get(&activity) {
            return Ok(told.clone());
        }
        let row = tx.activity(activity)?;
        let key_id = tx.reads().actor_by_id(row.actor_id)?.key_id;
        let told = Told { actor: row.actor_id, key_id, body: row.body.into() };
        self.activities.insert(activity, told.clone());
        Ok(told)
    }
}

/// The wait before the next attempt, in milliseconds: doubled each time, from 1 minute to 12 hours.
fn wait(attempts: i64, jitter: f64) -> i64 {
    scaled(FIRST_WAIT.saturating_mul(1 << attempts.clamp(0, 20)).min(LONGEST_WAIT), jitter)
}

/// A wait, a little longer or shorter. Waits are bounded by a day or so: exact in an f64.
fn scaled(wait: i64, jitter: f64) -> i64 {
    (wait as f64 * jitter) as i64
}

fn record(
    tx: &mut Tx<'_>,
    mut row: DeliveryRow,
    outcome: &Outcome,
    now: DateTime<Utc>,
    jitter: f64,
) -> Result<(), AppError> {
    let millis = now.timestamp_millis();
    row.attempts += 1;
    row.claimed_until = None;
    row.last_error = None;
    tx.take_turn(&format!("peer:{}", row.host))?;
    let end = match outcome {
        Outcome::Taken(status) => ("delivered", *status),
        Outcome::Refused(status) => ("refused", *status),
        Outcome::Gone => ("gone", 410),
        Outcome::Later { status, error, retry_after } => {
            if row.state == "parked" && status.is_some() {
                // The peer speaks again, if only to put us off: its attempts count from here.
                row.attempts = 1;
            }
            row.last_status = status.map(i64::from);
            row.last_error = Some(error.clone());
            return wait_for(tx, row, retry_after.unwrap_or(0), millis, jitter);
        }
    };
    row.state = end.0.to_owned();
    row.last_status = Some(i64::from(end.1));
    row.ended_at = Some(millis);
    tx.save_delivery(&row)?;
    if *outcome == Outcome::Gone {
        tx.end_deliveries(&row.inbox, i64::MAX, "gone", millis)?;
        tx.forget_inbox(&row.inbox)?;
    }
    answered(tx, &row.host, millis)
}

/// A peer has dealt with a delivery: it is alive, and what else waits for it is due.
fn answered(tx: &mut Tx<'_>, host: &str, now: i64) -> Result<(), AppError> {
    let mut peer = tx.peer_of(host, now)?;
    let was_failing = peer.failing_since.take().is_some();
    if was_failing || peer.answered_at.is_none_or(|at| now - at > FIRST_WAIT) {
        peer.answered_at = Some(now);
        tx.save_peer(&peer)?;
    }
    if was_failing {
        tx.make_due(host, now)?;
    }
    Ok(())
}

/// A delivery was not taken: it waits for its next attempt, and its inbox with it. Where the peer
/// does not even answer and has not for long, all that waits for it is parked.
fn wait_for(
    tx: &mut Tx<'_>,
    mut row: DeliveryRow,
    retry_after: i64,
    now: i64,
    jitter: f64,
) -> Result<(), AppError> {
    let mut peer = tx.peer_of(&row.host, now)?;
    if peer.failing_since.is_none() {
        peer.failing_since = Some(now);
        tx.save_peer(&peer)?;
    }
    let silent = row.last_status.is_none();
    let dead = silent && now - peer.failing_since.unwrap_or(now) > DEAD_AFTER;
    let asked = retry_after.clamp(0, 24 * 3_600) * 1_000;
    let wait = if dead { scaled(PROBE, jitter) } else { wait(row.attempts - 1, jitter) };
    row.due_at = now + wait.max(asked).min(LATEST);
    row.state = if dead { "parked" } else { "due" }.to_owned();
    if !silent && row.attempts >= ATTEMPTS && now - row.created_at > GIVEN_UP_AFTER {
        row.state = "given_up".to_owned();
        row.ended_at = Some(now);
    }
    tx.save_delivery(&row)?;
    if dead {
        tx.park(&row.host)?;
    }
    tx.end_deliveries(&row.inbox, now - PARKED_FOR, "given_up", now)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_a_minute_to_half_a_day() {
        assert_eq!(wait(0, 1.0), FIRST_WAIT);
        assert_eq!(wait(3, 1.0), 8 * FIRST_WAIT);
        assert_eq!(wait(40, 1.0), LONGEST_WAIT);
        assert!(wait(2, 0.85) < wait(2, 1.15));
    }
}
