//! What time does by itself: items expire, old ids and sessions are forgotten.

use crate::App;
use crate::delivery::LATEST;
use crate::error::AppError;
use maillage_store::Tx;

const DAY: i64 = 24 * 3_600 * 1_000;
/// Ids of accepted activities are kept 60 days: longer than an activity can be replayed.
const RECEIVED_KEPT: i64 = 60 * DAY;
/// Handled events, and deliveries that have ended, are kept 30 days, to look back on.
const HISTORY_KEPT: i64 = 30 * DAY;
/// Deliveries forgotten in one transaction.
const CHUNK: i64 = 500;
/// A received item whose origin tells us nothing is looked after once a week.
const UNWATCHED: i64 = 7 * DAY;
/// So many of these at a time.
const LOOKED_AFTER: i64 = 40;

impl App {
    /// Carries out what is due; answers how many items have expired. Safe to run at any time and
    /// from several processes.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn upkeep(&self) -> Result<usize, AppError> {
        let now = self.now().timestamp_millis();
        self.writer()
            .run(move |tx| -> Result<(), AppError> {
                tx.forget_received(now - RECEIVED_KEPT)?;
                tx.forget_old_logins(now - DAY)?;
                tx.forget_ended_links(now - DAY)?;
                tx.forget_sign_in_requests(now)?;
                tx.forget_mails(now - HISTORY_KEPT)?;
                tx.forget_handled_events(now - HISTORY_KEPT)?;
                tx.pull_back(now + LATEST, now)?;
                look_after(tx, now)
            })
            .await?;
        self.make_findable().await?;
        self.tell_alerts().await?;
        while self.forget_history(now).await? > 0 {}
        while self.redecide().await? {}
        self.clear_gone_actors().await?;
        self.tell_people(now).await?;
        self.remove_left_over(now).await?;
        self.age(now).await
    }

    async fn forget_history(&self, now: i64) -> Result<usize, AppError> {
        self.writer()
            .run(move |tx| -> Result<usize, AppError> {
                Ok(tx.forget_ended_deliveries(now - HISTORY_KEPT, CHUNK)?)
            })
            .await
    }
}

/// Has items fetched again whose origin we do not follow, so that no change or withdrawal of them is
/// ever told to us: what came by a relay, or by a subscription that has ended.
fn look_after(tx: &mut Tx<'_>, now: i64) -> Result<(), AppError> {
    for item in tx.take_unwatched(now - UNWATCHED, now, LOOKED_AFTER)? {
        tx.fetch_later(&item.uri, item.origin_actor_id, now)?;
    }
    Ok(())
}
