//! Keys of others: held ones, else the document of their owner, fetched from its own origin.
//!
//! An actor is stored only where there is something to do with it. Everybody else is remembered for
//! a while: whoever sends us something unasked leaves nothing behind.

use crate::context::Federation;
use crate::fetch::FetchError;
use crate::guard::{KeyError, KeyResolver, ResolvedKey};
use crate::net::{FetchBudget, JsonDocument, NetError};
use crate::objects::{id_of, remote_actor};
use crate::signature::PublicKey;
use async_trait::async_trait;
use maillage_app::AppError;
use maillage_app::acquaintances::HeldKey;
use maillage_app::inbound::RemoteActor;
use maillage_store::rows::ActorRow;
use serde_json::Value;
use url::Url;

/// A held actor is fetched again before it follows us, when it is older than this, in milliseconds:
/// its inbox may have moved.
const STALE: i64 = 24 * 3_600 * 1_000;

#[async_trait]
impl KeyResolver for Federation {
    async fn resolve(&self, key_id: &str, refresh: bool) -> Result<ResolvedKey, KeyError> {
        if refresh && let Some(actor) = self.changed_key(key_id).await? {
            return resolved(&actor);
        }
        let owner = match self.held_key(key_id).await? {
            // One that was gone may have come back.
            Some((actor, false)) if !refresh => return resolved(&actor),
            Some((actor, _)) => actor.uri,
            // Perhaps another key of somebody that we know: asking for each would be asking too often.
            None => match self.known(&without_fragment(key_id)).await? {
                Some(actor) => actor.uri,
                None => return resolved(&Held::from(&self.fetch_key_owner(key_id).await?)),
            },
        };
        if !self.memory().may_refresh(&owner, self.millis()) {
            return Err(KeyError::Throttled);
        }
        resolved(&Held::from(&self.fetch_key_owner(key_id).await?))
    }
}

/// What the check of a key needs of its owner.
struct Held {
    uri: String,
    public_key: String,
}

impl From<&RemoteActor> for Held {
    fn from(actor: &RemoteActor) -> Self {
        Self { uri: actor.uri.clone(), public_key: actor.public_key.clone() }
    }
}

impl From<&ActorRow> for Held {
    fn from(actor: &ActorRow) -> Self {
        Self { uri: actor.uri.clone(), public_key: actor.public_key.clone() }
    }
}

fn fault(error: AppError) -> KeyError {
    KeyError::Fault(error.to_string())
}

fn resolved(actor: &Held) -> Result<ResolvedKey, KeyError> {
    let wrong = |error: String| KeyError::WrongDocument(error);
    let owner = Url::parse(&actor.uri).map_err(|error| wrong(error.to_string()))?;
    let public_key = PublicKey::from_pem(&actor.public_key).map_err(|error| wrong(error.to_string()))?;
    Ok(ResolvedKey { owner, public_key })
}

fn without_fragment(key_id: &str) -> String {
    key_id.split('#').next().unwrap_or_default().to_owned()
}

fn key_error(error: FetchError) -> KeyError {
    match error {
        FetchError::Net(NetError::Blocked(_)) => KeyError::Blocked,
        FetchError::Net(NetError::Status(404)) => KeyError::Gone,
        error if error.is_gone() => KeyError::Gone,
        FetchError::App(error) => fault(error),
        error if error.is_passing() => KeyError::Unreachable(error.to_string()),
        error => KeyError::WrongDocument(error.to_string()),
    }
}

impl Federation {
    /// The owner of a key that is stored now with another key than the one held in memory.
    async fn changed_key(&self, key_id: &str) -> Result<Option<Held>, KeyError> {
        let before = self.app().held_key(key_id).await.map_err(fault)?;
        let now = self.app().stored_key(key_id).await.map_err(fault)?;
        Ok(match (before, now) {
            (HeldKey::Of(before), HeldKey::Of(now)) if before.public_key != now.public_key => {
                Some(Held::from(now.as_ref()))
            }
            _ => None,
        })
    }

    /// The owner of a key, where it is held and its host not blocked, and whether it was gone when it
    /// was last asked.
    async fn held_key(&self, key_id: &str) -> Result<Option<(Held, bool)>, KeyError> {
        match self.app().held_key(key_id).await.map_err(fault)? {
            HeldKey::Blocked => Err(KeyError::Blocked),
            HeldKey::Of(actor) => Ok(Some((Held::from(actor.as_ref()), actor.gone))),
            HeldKey::Unknown => {
                let stranger = self.memory().stranger(key_id, self.millis());
                Ok(stranger
                    .filter(|actor| actor.key_id == key_id)
                    .map(|actor| (Held::from(actor.as_ref()), false)))
            }
        }
    }

    /// An actor of this id, stored or remembered.
    async fn known(&self, uri: &str) -> Result<Option<Held>, KeyError> {
        match self.app().known_actor(uri).await {
            Ok(actor) => Ok(Some(Held::from(&actor))),
            Err(AppError::NotFound) => {
                Ok(self.memory().stranger(uri, self.millis()).map(|actor| Held::from(actor.as_ref())))
            }
            Err(error) => Err(fault(error)),
        }
    }

    /// Fetches what a key id names (the actor itself, what its server shows of it to everybody, or a
    /// document of the key alone) and then, from its own address, the actor that really holds the key.
    async fn fetch_key_owner(&self, key_id: &str) -> Result<RemoteActor, KeyError> {
        let wrong = |text: &str| KeyError::WrongDocument(text.to_owned());
        let url = Url::parse(key_id).map_err(|_| wrong("its id is no address"))?;
        let budget = FetchBudget::new();
        let document = self.fetch(&url, &budget).await.map_err(key_error)?;
        let owner = owner_named(&document).ok_or_else(|| wrong("it names no owner"))?;
        if owner.origin() != url.origin() {
            return Err(wrong("the owner is on another origin"));
        }
        let document = if owner == document.final_url && document.value.get("inbox").is_some() {
            document
        } else {
            self.fetch_object(&owner, &budget).await.map_err(key_error)?
        };
        let actor = remote_actor::read(&document, Some(key_id)).map_err(KeyError::WrongDocument)?;
        if actor.key_id != key_id {
            return Err(wrong("the owner has another key"));
        }
        self.keep_if_known(&actor).await.map_err(fault)?;
        Ok(actor)
    }

    /// Writes down what is new of an actor that is stored; remembers anybody else.
    async fn keep_if_known(&self, actor: &RemoteActor) -> Result<(), AppError> {
        match self.app().known_actor(&actor.uri).await {
            Ok(_) => {
                self.memory().part_from(actor);
                self.app().keep_actor(actor.clone()).await.map(drop)
            }
            Err(AppError::NotFound) => {
                self.memory().meet(actor, self.millis());
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// The stored actor of this id: held, or remembered, else fetched and kept. One that was last seen
    /// long ago, or was gone, is fetched again where that is possible.
    pub(crate) async fn actor(&self, uri: &Url, budget: &FetchBudget) -> Result<ActorRow, FetchError> {
        let held = match self.app().known_actor(uri.as_str()).await {
            Ok(actor) => Some(actor),
            Err(AppError::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        let Some(held) = held else {
            if let Some(stranger) = self.memory().stranger(uri.as_str(), self.millis()) {
                self.memory().part_from(&stranger);
                return Ok(self.app().keep_actor(stranger.as_ref().clone()).await?);
            }
            return self.fetch_actor(uri, budget).await;
        };
        let old = held.gone || self.millis() - held.fetched_at > STALE;
        if held.local || !old || !self.memory().may_refresh(uri.as_str(), self.millis()) {
            return Ok(held);
        }
        match self.fetch_actor(uri, budget).await {
            Err(FetchError::App(error)) => Err(error.into()),
            Err(error) => {
                tracing::info!(actor = %uri, %error, "a held actor was not fetched again");
                Ok(held)
            }
            fetched => fetched,
        }
    }

    /// Fetches an actor from its own address and keeps it.
    pub(crate) async fn fetch_actor(&self, uri: &Url, budget: &FetchBudget) -> Result<ActorRow, FetchError> {
        let document = self.fetch_object(uri, budget).await?;
        let actor = remote_actor::read(&document, None).map_err(FetchError::Wrong)?;
        if actor.uri != uri.as_str() {
            return Err(FetchError::Wrong("another actor".into()));
        }
        Ok(self.app().keep_actor(actor).await?)
    }
}

/// The owner that a document names: of a key alone, or of the key in an actor's document.
fn owner_named(document: &JsonDocument) -> Option<Url> {
    let value = &document.value;
    let text = match value.get("owner").and_then(id_of) {
        Some(owner) if value.get("inbox").is_none() => owner,
        _ => value.get("id").and_then(Value::as_str)?,
    };
    Url::parse(text).ok()
}
