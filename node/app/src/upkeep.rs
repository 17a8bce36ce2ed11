//! What time does by itself: items expire, old ids and sessions are forgotten.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use maillage_domain::workflow::Transition;

const DAY: i64 = 24 * 3_600 * 1_000;
/// Ids of accepted activities are kept 60 days: longer than an activity can be replayed.
const RECEIVED_KEPT: i64 = 60 * DAY;

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
                Ok(())
            })
            .await?;
        let mut expired = 0;
        for uid in self.ageing(now).await? {
            match self.transition(&Caller::Node, &uid, Transition::Expire, "").await {
                Ok(_) => expired += 1,
                // Somebody else was quicker.
                Err(AppError::Conflict(_) | AppError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(expired)
    }

    async fn ageing(&self, now: i64) -> Result<Vec<String>, AppError> {
        let rules: Vec<(String, Option<i64>, Option<i64>)> = self
            .registry()
            .iter()
            .map(|t| {
                let before = |days: Option<u32>| days.map(|days| now - i64::from(days) * DAY);
                (t.slug.clone(), before(t.expiry.after_end_days), before(t.expiry.after_publication_days))
            })
            .collect();
        self.writer()
            .run(move |tx| {
                let mut uids = Vec::new();
                for (slug, over, aged) in &rules {
                    uids.extend(
                        tx.ageing_entries(slug, *over, *aged, 200)?.into_iter().map(|entry| entry.uid),
                    );
                }
                Ok::<_, AppError>(uids)
            })
            .await
    }
}
