//! What is known of other servers and their actors, held for a moment: a peer that sends much is
//! looked up once.
//!
//! What is held stands until this process changes something about actors, peers or subscriptions, and
//! for five seconds at most, since the command line or a second server may change them too. That
//! somebody is not known, or not subscribed to, is not held: it would lose what they send meanwhile.

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
    /// It is this actor's, whose document is left out.
    Of(Arc<ActorRow>),
}

/// Answers by what was asked, and by how often what they rest on had changed.
type Held<T> = Cache<(u64, String), T>;

/// All that is held.
pub(crate) struct Acquaintances {
    blocked: Held<bool>,
    keys: Held<Arc<ActorRow>>,
    sources: Held<Arc<ActorRow>>,
}

fn held<T: Clone + Send + Sync + 'static>() -> Held<T> {
    Cache::builder().max_capacity(HELD).time_to_live(HELD_FOR).build()
}

impl Default for Acquaintances {
    fn default() -> Self {
        Self { blocked: held(), keys: held(), sources: held() }
    }
}

/// An actor as it is held: documents of others may be long.
fn without_document(actor: ActorRow) -> Arc<ActorRow> {
    Arc::new(ActorRow { raw: None, ..actor })
}

impl App {
    fn asked(&self, what: &str) -> (u64, String) {
        (self.inner.writer.count(Subject::Actors), what.to_owned())
    }

    /// Whether nothing is to be exchanged with a host: it, or a domain above it, is blocked. What
    /// another process has blocked is known here within five seconds.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_blocked(&self, host: &str) -> Result<bool, AppError> {
        let asked = self.asked(host);
        if let Some(blocked) = self.inner.acquaintances.blocked.get(&asked).await {
            return Ok(blocked);
        }
        let host = asked.1.clone();
        let blocked = self.system().run(move |reads| reads.is_blocked(&host)).await?;
        self.inner.acquaintances.blocked.insert(asked, blocked).await;
        Ok(blocked)
    }

    /// What is known of a key: whose it is, and whether anything is exchanged with the host that its
    /// id names.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn held_key(&self, key_id: &str) -> Result<HeldKey, AppError> {
        if self.is_blocked(&host_of(key_id)).await? {
            return Ok(HeldKey::Blocked);
        }
        match self.inner.acquaintances.keys.get(&self.asked(key_id)).await {
            Some(actor) => Ok(HeldKey::Of(actor)),
            None => self.stored_key(key_id).await,
        }
    }

    /// The same, asked of the database now: another process may have been told of a new key.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn stored_key(&self, key_id: &str) -> Result<HeldKey, AppError> {
        let asked = self.asked(key_id);
        let key_id = asked.1.clone();
        match self.system().run(move |reads| reads.actor_by_key(&key_id)).await {
            Ok(actor) => {
                let actor = without_document(actor);
                self.inner.acquaintances.keys.insert(asked, Arc::clone(&actor)).await;
                Ok(HeldKey::Of(actor))
            }
            Err(StoreError::NotFound) => Ok(HeldKey::Unknown),
            Err(error) => Err(error.into()),
        }
    }

    /// The actor of this id, without its document, where anything is subscribed to it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn taken_from(&self, actor: &str) -> Result<Option<Arc<ActorRow>>, AppError> {
        let asked = self.asked(actor);
        if let Some(source) = self.inner.acquaintances.sources.get(&asked).await {
            return Ok(Some(source));
        }
        let uri = asked.1.clone();
        let read = self.system().run(move |reads| match reads.actor(&uri) {
            Ok(actor) => Ok((!reads.subscriptions_to(actor.id)?.is_empty()).then_some(actor)),
            Err(StoreError::NotFound) => Ok(None),
            Err(error) => Err(error),
        });
        let Some(source) = read.await?.map(without_document) else { return Ok(None) };
        self.inner.acquaintances.sources.insert(asked, Arc::clone(&source)).await;
        Ok(Some(source))
    }
}
