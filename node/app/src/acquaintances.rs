//! What is known of other servers' actors, held for a moment: a peer that sends much is looked up
//! once.
//!
//! An answer stands until this process changes something about actors, peers or subscriptions, and
//! for five seconds at most, since the command line or a second server may change them too. What it
//! is used for is only whether to look closer: the transaction that takes something in reads again.

use crate::App;
use crate::error::AppError;
use crate::outbound::host_of;
use maillage_store::rows::ActorRow;
use maillage_store::{StoreError, Subject};
use moka::future::Cache;
use std::sync::Arc;
use std::time::Duration;

/// How long an answer stands.
const HELD_FOR: Duration = Duration::from_secs(5);
/// Answers of each kind.
const HELD: u64 = 256;

/// What is known of a key.
#[derive(Debug, Clone, PartialEq)]
pub enum HeldKey {
    /// Its host is blocked, or a domain above it.
    Blocked,
    /// It is nobody's that is kept.
    Unknown,
    /// It is this actor's.
    Of(Arc<ActorRow>),
}

/// Answers by what was asked, and by the state of what is known at the time.
pub(crate) struct Acquaintances {
    keys: Cache<(u64, String), HeldKey>,
    sources: Cache<(u64, String), Option<Arc<ActorRow>>>,
}

impl Default for Acquaintances {
    fn default() -> Self {
        Self {
            keys: Cache::builder().max_capacity(HELD).time_to_live(HELD_FOR).build(),
            sources: Cache::builder().max_capacity(HELD).time_to_live(HELD_FOR).build(),
        }
    }
}

impl App {
    /// What is known of a key: whose it is, and whether anything is exchanged with the host that its
    /// id names.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn held_key(&self, key_id: &str) -> Result<HeldKey, AppError> {
        let asked = (self.inner.writer.count(Subject::Actors), key_id.to_owned());
        if let Some(held) = self.inner.acquaintances.keys.get(&asked).await {
            return Ok(held);
        }
        let key_id = asked.1.clone();
        let read = self.system().run(move |reads| {
            if reads.is_blocked(&host_of(&key_id))? {
                return Ok(HeldKey::Blocked);
            }
            match reads.actor_by_key(&key_id) {
                Ok(actor) => Ok(HeldKey::Of(Arc::new(actor))),
                Err(StoreError::NotFound) => Ok(HeldKey::Unknown),
                Err(error) => Err(error),
            }
        });
        let held = read.await?;
        self.inner.acquaintances.keys.insert(asked, held.clone()).await;
        Ok(held)
    }

    /// The actor of this id, where anything is subscribed to it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn taken_from(&self, actor: &str) -> Result<Option<Arc<ActorRow>>, AppError> {
        let asked = (self.inner.writer.count(Subject::Actors), actor.to_owned());
        if let Some(source) = self.inner.acquaintances.sources.get(&asked).await {
            return Ok(source);
        }
        let uri = asked.1.clone();
        let read = self.system().run(move |reads| match reads.actor(&uri) {
            Ok(actor) => Ok((!reads.subscriptions_to(actor.id)?.is_empty()).then(|| Arc::new(actor))),
            Err(StoreError::NotFound) => Ok(None),
            Err(error) => Err(error),
        });
        let source = read.await?;
        self.inner.acquaintances.sources.insert(asked, source.clone()).await;
        Ok(source)
    }
}
