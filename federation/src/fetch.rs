//! Fetching ActivityPub documents: signed, in the scheme that a server understands, never from a
//! blocked one.

use crate::context::Federation;
use crate::net::{Fetch, FetchBudget, Gate, JsonDocument, NetError};
use crate::signature::{Scheme, authority, sign};
use async_trait::async_trait;
use maillage_app::AppError;
use maillage_app::outbound::host_of;
use serde_json::Value;
use url::Url;

/// Why a document could not be had.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The network, or the answer.
    #[error(transparent)]
    Net(#[from] NetError),
    /// Something else than what was asked for.
    #[error("wrong document: {0}")]
    Wrong(String),
    /// Its origin says that there was such a thing, and that it is gone.
    #[error("a Tombstone")]
    Tombstone,
    /// A fault of ours.
    #[error(transparent)]
    App(#[from] AppError),
}

impl FetchError {
    /// Whether the thing is gone for good. What was merely not found may be hidden from us, or found
    /// again when its server is in order.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Tombstone | Self::Net(NetError::Status(410)))
    }

    /// Whether the same fetch may succeed later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Net(NetError::Status(status)) => matches!(status, 401 | 403 | 408 | 425 | 429 | 500..=599),
            Self::Net(error) => matches!(
                error,
                NetError::Dns(_)
                    | NetError::Connect(_)
                    | NetError::Timeout
                    | NetError::Protocol(_)
                    | NetError::Tls(_)
                    | NetError::Budget
                    | NetError::Unjudged(_)
            ),
            Self::Wrong(_) | Self::Tombstone => false,
            Self::App(error) => matches!(error, AppError::Unavailable(_) | AppError::Internal(_)),
        }
    }
}

#[async_trait]
impl Gate for Federation {
    async fn admit(&self, url: &Url) -> Result<(), NetError> {
        let host = host_of(url.as_str());
        match self.app().is_blocked(&host).await {
            Ok(false) => Ok(()),
            Ok(true) => Err(NetError::Blocked(host)),
            Err(error) => Err(NetError::Unjudged(error.to_string())),
        }
    }
}

impl Federation {
    /// The scheme in which a host is spoken to first: the one that it accepted lately after refusing
    /// the other, else draft-cavage, which everybody knows.
    pub(crate) async fn scheme_for(&self, host: &str) -> Result<Scheme, AppError> {
        if let Some(scheme) = self.memory().scheme(host, self.millis()) {
            return Ok(scheme);
        }
        let scheme = match self.app().scheme_of(host).await?.as_deref() {
            Some("rfc9421") => Scheme::Rfc9421,
            _ => Scheme::Cavage,
        };
        self.memory().remember_scheme(host, scheme, self.millis());
        Ok(scheme)
    }

    /// Fetches an ActivityPub document, signed by the node's own actor, so that servers in secure
    /// mode answer too. Its `id` is still to be compared with the address that answered.
    pub(crate) async fn fetch(&self, url: &Url, budget: &FetchBudget) -> Result<JsonDocument, FetchError> {
        self.fetch_at_most(url, budget, None).await
    }

    /// The same with another limit on the document, in bytes.
    pub(crate) async fn fetch_at_most(
        &self,
        url: &Url,
        budget: &FetchBudget,
        bytes: Option<usize>,
    ) -> Result<JsonDocument, FetchError> {
        let host = authority(url);
        let scheme = self.scheme_for(&host).await?;
        let refused = match self.fetch_signed(url, budget, bytes, scheme).await {
            Err(error @ FetchError::Net(NetError::Status(401))) => error,
            answered => return answered,
        };
        // Double-knocking: who does not know the one scheme is asked by the other.
        let other = scheme.other();
        match self.fetch_signed(url, budget, bytes, other).await {
            Ok(document) => {
                self.memory().remember_scheme(&host, other, self.millis());
                Ok(document)
            }
            Err(error) if error.is_gone() => Err(error),
            Err(_) => Err(refused),
        }
    }

    async fn fetch_signed(
        &self,
        url: &Url,
        budget: &FetchBudget,
        bytes: Option<usize>,
        scheme: Scheme,
    ) -> Result<JsonDocument, FetchError> {
        let (key_id, actor) = self.app().node_key().await?;
        let key = self.private_key(&key_id, actor).await?;
        let now = self.app().now();
        let signer = |hop: &Url| {
            sign(scheme, "GET", hop, now, None, &key_id, &key).map_err(|e| NetError::Request(e.to_string()))
        };
        let mut fetch = Fetch::new(url).signed_by(&signer).within(budget).gated_by(self);
        if let Some(bytes) = bytes {
            fetch = fetch.at_most(bytes);
        }
        Ok(self.client().fetch_json(fetch).await?)
    }

    /// Fetches a document that has to be the object of this id.
    pub(crate) async fn fetch_object(
        &self,
        id: &Url,
        budget: &FetchBudget,
    ) -> Result<JsonDocument, FetchError> {
        let document = self.fetch(id, budget).await?;
        match own_id(&document) {
            Some(own) if own == document.final_url => standing(document),
            // The document names another address on the same origin: that one is the object's.
            Some(own) if own.origin() == document.final_url.origin() => {
                let canonical = self.fetch(&own, budget).await?;
                if own_id(&canonical).as_ref() == Some(&own) && canonical.final_url == own {
                    standing(canonical)
                } else {
                    Err(FetchError::Wrong("its id is another address".into()))
                }
            }
            _ => Err(FetchError::Wrong("its id is not where it was found".into())),
        }
    }
}

fn own_id(document: &JsonDocument) -> Option<Url> {
    document.value.get("id").and_then(Value::as_str).and_then(|id| Url::parse(id).ok())
}

fn standing(document: JsonDocument) -> Result<JsonDocument, FetchError> {
    match document.value.get("type").and_then(Value::as_str) {
        Some("Tombstone") => Err(FetchError::Tombstone),
        _ => Ok(document),
    }
}
