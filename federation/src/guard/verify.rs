//! The check of the signature itself, with the key of the actor that the activity names.

use super::activity::Envelope;
use super::check::Proof;
use super::{Guarded, GuardedFetch, Refusal};
use crate::signature::{PublicKey, Scheme};
use async_trait::async_trait;
use bytes::Bytes;
use serde_json::Value;
use url::Url;

/// A key and the actor it was proven to belong to.
#[derive(Clone, Debug)]
pub struct ResolvedKey {
    /// The actor whose document, on its own origin, names the key.
    pub owner: Url,
    /// The key.
    pub public_key: PublicKey,
}

/// Why a key could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The host is blocked; nothing was fetched. Answered 403.
    #[error("the host is blocked")]
    Blocked,
    /// The actor answers 404 or 410. Answered 401, but 202 to its own deletion.
    #[error("the actor is gone")]
    Gone,
    /// The peer could not be reached now. Answered 503, so that it sends again.
    #[error("the key could not be fetched: {0}")]
    Unreachable(String),
    /// The document is not what it has to be: type, id, owner or key. Answered 401.
    #[error("not a usable key document: {0}")]
    WrongDocument(String),
    /// Asked to fetch again too soon after the last time. Answered 401.
    #[error("the key was fetched a short while ago")]
    Throttled,
    /// A fault of our own, such as a busy database. Answered 503.
    #[error("fault while looking up the key: {0}")]
    Fault(String),
}

/// Where keys come from: the store, else the peer.
#[async_trait]
pub trait KeyResolver: Send + Sync {
    /// The key of this id, which is an address on the claimed actor's origin.
    ///
    /// With `refresh` a key held is not good enough: it is fetched again, at most once in five
    /// minutes for each actor, and [`KeyError::Throttled`] answered in between. The owner is proven
    /// by a document fetched from the owner's own origin. Nothing is fetched for a blocked host.
    async fn resolve(&self, key_id: &str, refresh: bool) -> Result<ResolvedKey, KeyError>;
}

/// An activity whose signature is that of its actor. Only [`verify`] makes one.
#[derive(Clone, Debug)]
pub struct SignedActivity {
    envelope: Envelope,
    body: Value,
    raw: Bytes,
    scheme: Scheme,
    key_id: String,
}

#[cfg(test)]
impl SignedActivity {
    /// An activity taken to be signed by its actor, if only its outer fields are in order: what comes
    /// after the guard is tested with it.
    pub(crate) fn assumed(body: Value) -> Result<Self, Refusal> {
        let envelope = Envelope::read(&body, true)?;
        let (raw, key_id) = (Bytes::from(body.to_string()), format!("{}#main-key", envelope.actor));
        Ok(Self { envelope, body, raw, scheme: Scheme::Cavage, key_id })
    }
}

impl SignedActivity {
    /// The actor, which is the owner of the key.
    pub fn actor(&self) -> &Url {
        &self.envelope.actor
    }

    /// The activity's id, on the actor's origin.
    pub fn id(&self) -> &Url {
        &self.envelope.id
    }

    /// The activity's type, such as `Create`.
    pub fn kind(&self) -> &str {
        &self.envelope.kind
    }

    /// The whole activity.
    pub fn body(&self) -> &Value {
        &self.body
    }

    /// The bytes as received.
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// The scheme of the signature, which the peer then understands too.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The id of the key.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }
}

/// A fetch whose signer is known. Only [`verify_get`] makes one.
#[derive(Clone, Debug)]
pub struct SignedFetch {
    actor: Url,
    key_id: String,
    scheme: Scheme,
}

impl SignedFetch {
    /// The actor that asks: the owner of the key.
    pub fn actor(&self) -> &Url {
        &self.actor
    }

    /// The id of the key.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// The scheme of the signature.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }
}

/// Verifies that the activity was signed by its own actor.
///
/// On the first failure the key is asked for once more, fetched anew, since actors change keys.
///
/// # Errors
/// 401 where the signature or the key is wrong, 403 for a blocked host, 503 where the key cannot be
/// had now, and 202 `vanished-actor` for the deletion of itself by an actor that is gone.
pub async fn verify(guarded: Guarded, keys: &dyn KeyResolver) -> Result<SignedActivity, Refusal> {
    let Guarded { envelope, body, raw, proof } = guarded;
    match verified_owner(&proof, keys, Some(&envelope.actor)).await {
        Ok(_) => {}
        Err(Failure::Key(KeyError::Gone)) if envelope.deletes_itself(&body) => {
            return Err(Refusal::new(202, "vanished-actor", format!("{} is gone", envelope.actor)));
        }
        Err(failure) => return Err(failure.into()),
    }
    Ok(SignedActivity { envelope, body, raw, scheme: proof.scheme, key_id: proof.key_id })
}

/// Verifies a signed GET and says whose it is.
///
/// # Errors
/// As [`verify`], without the 202.
pub async fn verify_get(fetch: GuardedFetch, keys: &dyn KeyResolver) -> Result<SignedFetch, Refusal> {
    let proof = fetch.proof;
    let actor = verified_owner(&proof, keys, None).await?;
    Ok(SignedFetch { actor, key_id: proof.key_id, scheme: proof.scheme })
}

enum Failure {
    Key(KeyError),
    Refused(Refusal),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        let error = match failure {
            Failure::Refused(refusal) => return refusal,
            Failure::Key(error) => error,
        };
        let (status, code) = match &error {
            KeyError::Blocked => (403, "blocked"),
            KeyError::Gone | KeyError::WrongDocument(_) => (401, "key"),
            KeyError::Throttled => (401, "throttled"),
            KeyError::Unreachable(_) => (503, "key-unreachable"),
            KeyError::Fault(_) => (503, "fault"),
        };
        Refusal::new(status, code, error.to_string())
    }
}

/// The owner of the key that made the signature, after one refresh at most.
async fn verified_owner(proof: &Proof, keys: &dyn KeyResolver, actor: Option<&Url>) -> Result<Url, Failure> {
    for refresh in [false, true] {
        let key = keys.resolve(&proof.key_id, refresh).await.map_err(Failure::Key)?;
        let owned = match actor {
            Some(actor) => *actor == key.owner,
            None => proof.key.origin() == key.owner.origin(),
        };
        if !owned {
            let detail = format!("the key belongs to {}", key.owner);
            return Err(Failure::Refused(Refusal::identity("owner", detail)));
        }
        if key.public_key.verify(proof.message.as_bytes(), &proof.signature) {
            return Ok(key.owner);
        }
    }
    Err(Failure::Refused(Refusal::identity("signature", "not a signature by the actor's key")))
}
