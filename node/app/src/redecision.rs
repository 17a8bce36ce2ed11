//! Deciding anew on what a subscription has brought, after its rules have changed or it has ended: a
//! part at a time, so that nobody waits for the writer.

use crate::App;
use crate::error::AppError;
use crate::flow::{Flow, by_person};
use maillage_domain::workflow::EntryState;
use maillage_store::rows::{ItemRow, SubscriptionRow};

/// Items of one transaction.
const CHUNK: i64 = 25;
/// Transactions that who changed the rules waits for; the rest is done behind their back.
const AT_ONCE: usize = 40;

impl App {
    /// Decides anew on the next items of a subscription whose rules have changed; answers whether
    /// more are left. Goes on where it was interrupted.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn redecide(&self) -> Result<bool, AppError> {
        let (now, addresses) = (self.now(), self.addresses().clone());
        self.writer()
            .run(move |tx| -> Result<bool, AppError> {
                let Some(subscription) = tx.subscription_to_redecide()? else { return Ok(false) };
                tx.take_turn(&format!("subscription:{}", subscription.id))?;
                let Some(subscription) = tx.subscription_to_redecide()? else { return Ok(false) };
                let flow = Flow { addresses: &addresses, now };
                let after = subscription.redecide_after.unwrap_or(0);
                let arrivals = tx.arrivals_by(subscription.source_actor_id, after, CHUNK)?;
                for arrival in &arrivals {
                    let item = tx.item(arrival.item_id)?;
                    tx.take_turn(&format!("item:{}", item.uri))?;
                    let item = tx.item(arrival.item_id)?;
                    flow.decide(tx, &item, false, Some(subscription.service_id))?;
                }
                tx.set_redecided(subscription.id, arrivals.last().map(|arrival| arrival.item_id))?;
                Ok(true)
            })
            .await
    }

    /// Decides anew what is to be: at once as far as somebody can wait for it, then by itself.
    pub(crate) async fn redecide_soon(&self) -> Result<(), AppError> {
        for _ in 0..AT_ONCE {
            if !self.redecide().await? {
                return Ok(());
            }
        }
        let app = self.clone();
        tokio::spawn(async move {
            loop {
                match app.redecide().await {
                    Ok(true) => {}
                    Ok(false) => return,
                    Err(error) => {
                        // The upkeep goes on with it.
                        tracing::warn!(%error, "items could not be decided on anew for now");
                        return;
                    }
                }
            }
        });
        Ok(())
    }

    /// Frees entries of a subscription that has ended: another subscription decides, or nobody.
    pub(crate) async fn let_go(&self, ended: SubscriptionRow) -> Result<(), AppError> {
        let mut left = true;
        while left {
            let (now, addresses) = (self.now(), self.addresses().clone());
            let (service, subscription) = (ended.service_id, ended.id);
            left = self
                .writer()
                .run(move |tx| -> Result<bool, AppError> {
                    let flow = Flow { addresses: &addresses, now };
                    let entries = tx.entries_by(service, subscription, CHUNK)?;
                    for found in &entries {
                        let item: ItemRow = tx.item(found.item_id)?;
                        tx.take_turn(&format!("item:{}", item.uri))?;
                        let mut entry = tx.entry(&found.uid)?;
                        entry.subscription_id = None;
                        if entry.queued_at.is_some() && !by_person(&entry) {
                            entry.state = EntryState::Ignored.as_str().to_owned();
                            entry.queued_at = None;
                            entry.decided_by = "unsubscribed".to_owned();
                        }
                        entry.updated_at = now.timestamp_millis();
                        tx.save_entry(&entry)?;
                        flow.decide(tx, &item, false, Some(service))?;
                    }
                    Ok(!entries.is_empty())
                })
                .await?;
        }
        Ok(())
    }
}
