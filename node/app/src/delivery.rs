//! The delivery queue: what is due, what was answered, when to try again.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use chrono::{DateTime, Utc};
use maillage_store::Tx;
use maillage_store::rows::DeliveryRow;
use rand::Rng;

/// First wait after a failure: 1 minute, in milliseconds.
const FIRST_WAIT: i64 = 60 * 1_000;
/// Longest wait: 12 hours, in milliseconds.
const LONGEST_WAIT: i64 = 12 * 3_600 * 1_000;
/// A peer that has failed this long is taken for dead and its queue parked: 7 days, in milliseconds.
const DEAD_AFTER: i64 = 7 * 24 * 3_600 * 1_000;
/// A delivery that nobody took this long is given up: 30 days, in milliseconds.
const GIVEN_UP_AFTER: i64 = 30 * 24 * 3_600 * 1_000;
/// How long a worker may hold what it has claimed: 2 minutes, in milliseconds.
const CLAIM: i64 = 2 * 60 * 1_000;

/// A delivery to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct DueDelivery {
    /// The delivery.
    pub delivery: DeliveryRow,
    /// JSON to send.
    pub body: String,
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
        let now = self.now().timestamp_millis();
        self.writer()
            .run(move |tx| {
                let rows = tx.claim_deliveries(now, now + CLAIM, limit)?;
                rows.into_iter().map(|delivery| due(tx, delivery)).collect()
            })
            .await
    }

    /// Whether anything is due, without taking the writer.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn has_due_deliveries(&self) -> Result<bool, AppError> {
        let now = self.now().timestamp_millis();
        Ok(self.system().run(move |reads| reads.has_due_deliveries(now)).await?)
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
                    tx.save_delivery(&DeliveryRow { claimed_until: None, ..row.clone() })?;
                }
                Ok(())
            })
            .await
    }

    /// A server has spoken to us: what waits for it is due at once.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn peer_is_alive(&self, host: &str) -> Result<(), AppError> {
        let (host, now) = (host.to_owned(), self.now().timestamp_millis());
        let asked = host.clone();
        let known = self.system().run(move |reads| reads.peer(&asked)).await?;
        let recent = known.as_ref().and_then(|peer| peer.answered_at).is_some_and(|at| now - at < FIRST_WAIT);
        if recent && known.is_some_and(|peer| peer.failing_since.is_none()) {
            return Ok(());
        }
        self.writer()
            .run(move |tx| {
                let mut peer = tx.peer_of(&host, now)?;
                peer.failing_since = None;
                peer.answered_at = Some(now);
                tx.save_peer(&peer)?;
                tx.make_due(&host, now)?;
                Ok(())
            })
            .await
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
                Ok(tx.save_delivery(&row)?)
            })
            .await
    }
}

fn due(tx: &mut Tx<'_>, delivery: DeliveryRow) -> Result<DueDelivery, AppError> {
    let activity = tx.activity(delivery.activity_id)?;
    let actor = tx.reads().actor_by_id(activity.actor_id)?;
    Ok(DueDelivery { delivery, body: activity.body, key_id: actor.key_id, actor: actor.id })
}

/// The wait before the next attempt, in milliseconds: doubled each time, from 1 minute to 12 hours.
fn wait(attempts: i64, jitter: f64) -> i64 {
    let doubled = FIRST_WAIT.saturating_mul(1 << attempts.clamp(0, 20)).min(LONGEST_WAIT);
    // Bounded above by 12 hours: exact in an f64.
    (doubled as f64 * jitter) as i64
}

fn record(
    tx: &mut Tx<'_>,
    mut row: DeliveryRow,
    outcome: &Outcome,
    now: DateTime<Utc>,
    jitter: f64,
) -> Result<(), AppError> {
    let millis = now.timestamp_millis();
    let mut peer = tx.peer_of(&row.host, millis)?;
    row.attempts += 1;
    row.claimed_until = None;
    row.last_error = None;
    match outcome {
        Outcome::Taken(status) => {
            row.state = "delivered".to_owned();
            row.last_status = Some(i64::from(*status));
            row.ended_at = Some(millis);
        }
        Outcome::Refused(status) => {
            row.state = "refused".to_owned();
            row.last_status = Some(i64::from(*status));
            row.ended_at = Some(millis);
        }
        Outcome::Gone => {
            row.state = "gone".to_owned();
            row.last_status = Some(410);
            row.ended_at = Some(millis);
            tx.forget_inbox(&row.inbox)?;
        }
        Outcome::Later { status, error, retry_after } => {
            row.last_status = status.map(i64::from);
            row.last_error = Some(error.clone());
            let asked = retry_after.map_or(0, |seconds| seconds.clamp(0, 24 * 3_600) * 1_000);
            row.due_at = millis + wait(row.attempts - 1, jitter).max(asked);
            if millis - row.created_at > GIVEN_UP_AFTER {
                row.state = "given_up".to_owned();
                row.ended_at = Some(millis);
            }
        }
    }
    let answered = !matches!(outcome, Outcome::Later { status: None, .. });
    if answered {
        let was_failing = peer.failing_since.take().is_some();
        let stale = peer.answered_at.is_none_or(|at| millis - at > FIRST_WAIT);
        if was_failing || stale {
            peer.answered_at = Some(millis);
            tx.save_peer(&peer)?;
        }
        if was_failing && !matches!(outcome, Outcome::Later { .. }) {
            tx.make_due(&row.host, millis)?;
        }
    } else {
        let since = *peer.failing_since.get_or_insert(millis);
        tx.save_peer(&peer)?;
        if millis - since > DEAD_AFTER && row.ended_at.is_none() {
            row.state = "parked".to_owned();
        }
    }
    Ok(tx.save_delivery(&row)?)
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
