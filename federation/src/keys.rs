//! Keys of others: held ones, else the document of their owner, fetched from its own origin.

use crate::context::{Federation, FetchError};
use crate::guard::{KeyError, KeyResolver, ResolvedKey};
use crate::net::FetchBudget;
use crate::objects::remote_actor;
use crate::signature::PublicKey;
use async_trait::async_trait;
use maillage_app::AppError;
use maillage_app::outbound::host_of;
use maillage_store::rows::ActorRow;
use serde_json::Value;
use url::Url;

#[async_trait]
impl KeyResolver for Federation {
    async fn resolve(&self, key_id: &str, refresh: bool) -> Result<ResolvedKey, KeyError> {
        if self.app().is_blocked(&host_of(key_id)).await.map_err(fault)? {
            return Err(KeyError::Blocked);
        }
        let held = match self.app().known_key(key_id).await {
            Ok(actor) => Some(actor),
            Err(AppError::NotFound) => None,
            Err(error) => return Err(fault(error)),
        };
        match held {
            Some(actor) if !refresh => key_of(&actor),
            Some(actor) if !self.may_refresh(&actor.uri) => Err(KeyError::Throttled),
            _ => key_of(&self.fetch_key_owner(key_id).await?),
        }
    }
}

fn fault(error: AppError) -> KeyError {
    KeyError::Fault(error.to_string())
}

fn key_of(actor: &ActorRow) -> Result<ResolvedKey, KeyError> {
    if actor.gone {
        return Err(KeyError::Gone);
    }
    let owner = Url::parse(&actor.uri).map_err(|error| KeyError::WrongDocument(error.to_string()))?;
    let public_key =
        PublicKey::from_pem(&actor.public_key).map_err(|error| KeyError::WrongDocument(error.to_string()))?;
    Ok(ResolvedKey { owner, public_key })
}

impl Federation {
    /// Fetches what a key id names, which is the actor itself or a document of the key alone, and
    /// then keeps the actor that really holds the key.
    async fn fetch_key_owner(&self, key_id: &str) -> Result<ActorRow, KeyError> {
        let url = Url::parse(key_id).map_err(|error| KeyError::WrongDocument(error.to_string()))?;
        let budget = FetchBudget::new();
        let document = self.fetch(&url, &budget).await.map_err(key_error)?;
        let owner = match document.value.get("owner").and_then(Value::as_str) {
            Some(owner) if document.value.get("inbox").is_none() => {
                Url::parse(owner).map_err(|error| KeyError::WrongDocument(error.to_string()))?
            }
            _ => document.final_url.clone(),
        };
        if owner.origin() != url.origin() {
            return Err(KeyError::WrongDocument("the owner is on another origin".into()));
        }
        let actor = if owner == document.final_url {
            document
        } else {
            self.fetch_object(&owner, &budget).await.map_err(key_error)?
        };
        let actor = remote_actor::read(&actor).map_err(KeyError::WrongDocument)?;
        if actor.key_id != key_id {
            return Err(KeyError::WrongDocument("the owner has another key".into()));
        }
        self.app().keep_actor(actor).await.map_err(fault)
    }

    /// The actor of this id: held, else fetched and kept.
    pub(crate) async fn actor(&self, uri: &Url, budget: &FetchBudget) -> Result<ActorRow, FetchError> {
        match self.app().known_actor(uri.as_str()).await {
            Ok(actor) => Ok(actor),
            Err(AppError::NotFound) => {
                let document = self.fetch_object(uri, budget).await?;
                let actor = remote_actor::read(&document).map_err(FetchError::Wrong)?;
                Ok(self.app().keep_actor(actor).await?)
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn key_error(error: FetchError) -> KeyError {
    match error {
        error if error.is_gone() => KeyError::Gone,
        FetchError::App(error) => fault(error),
        error if error.is_passing() => KeyError::Unreachable(error.to_string()),
        error => KeyError::WrongDocument(error.to_string()),
    }
}
