//! Remote actors: kept, found again, gone.

use super::RemoteActor;
use crate::App;
use crate::address::new_uid;
use crate::error::AppError;
use crate::flow::Flow;
use chrono::{DateTime, Utc};
use maillage_store::rows::ActorRow;
use maillage_store::{StoreError, Tx};

/// Items of an actor that is gone which one transaction withdraws.
const CHUNK: i64 = 50;

impl App {
    /// Keeps a remote actor, or what has changed of it; answers its row.
    ///
    /// # Errors
    /// [`AppError::Unavailable`], [`AppError::Internal`].
    pub async fn keep_actor(&self, actor: RemoteActor) -> Result<ActorRow, AppError> {
        let now = self.now();
        self.writer().run(move |tx| keep_actor(tx, &actor, now)).await
    }

    /// What is kept of an actor.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is not known.
    pub async fn known_actor(&self, uri: &str) -> Result<ActorRow, AppError> {
        let uri = uri.to_owned();
        Ok(self.system().run(move |reads| reads.actor(&uri)).await?)
    }

    /// Whether an activity was accepted before.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn was_received(&self, activity: &str) -> Result<bool, AppError> {
        let activity = activity.to_owned();
        Ok(self.system().run(move |reads| reads.was_received(&activity)).await?)
    }

    /// Withdraws what is still shown of actors that have deleted themselves, a part at a time, so
    /// that nobody waits; answers how many items went. Goes on where it was interrupted.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn clear_gone_actors(&self) -> Result<usize, AppError> {
        let mut cleared = 0;
        loop {
            let (now, addresses) = (self.now(), self.addresses().clone());
            let done = self
                .writer()
                .run(move |tx| -> Result<usize, AppError> {
                    let flow = Flow { addresses: &addresses, now };
                    let items = tx.standing_items_of_the_gone(CHUNK)?;
                    for item in &items {
                        tx.take_turn(&format!("item:{}", item.uri))?;
                        flow.withdraw_received(tx, item.clone(), "son auteur n'existe plus")?;
                    }
                    Ok(items.len())
                })
                .await?;
            cleared += done;
            if done == 0 {
                return Ok(cleared);
            }
        }
    }
}

pub(crate) fn keep_actor(
    tx: &mut Tx<'_>,
    actor: &RemoteActor,
    now: DateTime<Utc>,
) -> Result<ActorRow, AppError> {
    let millis = now.timestamp_millis();
    tx.take_turn(&format!("actor:{}", actor.uri))?;
    let known = tx.reads().actor(&actor.uri);
    let mut row = match known {
        Ok(row) if row.local => return Err(AppError::forbidden()),
        Ok(row) => row,
        Err(StoreError::NotFound) => ActorRow {
            id: 0,
            uid: new_uid(now),
            uri: actor.uri.clone(),
            local: false,
            kind: String::new(),
            username: String::new(),
            host: String::new(),
            name: String::new(),
            summary: String::new(),
            url: None,
            inbox: String::new(),
            shared_inbox: None,
            outbox: None,
            followers: None,
            key_id: String::new(),
            public_key: String::new(),
            raw: None,
            gone: false,
            created_at: millis,
            fetched_at: millis,
        },
        Err(error) => return Err(error.into()),
    };
    row.kind.clone_from(&actor.kind);
    row.username.clone_from(&actor.username);
    row.host.clone_from(&actor.host);
    row.name.clone_from(&actor.name);
    row.summary.clone_from(&actor.summary);
    row.url.clone_from(&actor.url);
    row.inbox.clone_from(&actor.inbox);
    row.shared_inbox.clone_from(&actor.shared_inbox);
    row.outbox.clone_from(&actor.outbox);
    row.followers.clone_from(&actor.followers);
    row.key_id.clone_from(&actor.key_id);
    row.public_key.clone_from(&actor.public_key);
    row.raw = Some(actor.raw.clone());
    row.gone = false;
    row.fetched_at = millis;
    if row.id == 0 {
        row.id = tx.insert_actor(&row)?;
    } else {
        tx.save_actor(&row)?;
    }
    Ok(row)
}

/// An actor has deleted itself: it follows nobody and nobody follows it, and what it passed on of
/// others is no longer brought by it. Its items are withdrawn by [`App::clear_gone_actors`].
pub(super) fn part_from(tx: &mut Tx<'_>, flow: &Flow<'_>, uri: &str) -> Result<bool, AppError> {
    let mut actor = match tx.reads().actor(uri) {
        Ok(actor) if !actor.gone => actor,
        Ok(_) | Err(StoreError::NotFound) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    actor.gone = true;
    tx.save_actor(&actor)?;
    tx.part_from(actor.id)?;
    let passed_on = tx.relayed_by(actor.id)?;
    tx.forget_arrivals_by(actor.id)?;
    for item in passed_on {
        flow.decide(tx, &item, false, None)?;
    }
    Ok(true)
}
