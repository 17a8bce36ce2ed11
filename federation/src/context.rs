//! What every part of the federation shares: the use cases, the guarded client, the guard, our keys.

use crate::guard::Guard;
use crate::net::{Client, Fetch, FetchBudget, JsonDocument, Limits, NetError, NetPolicy};
use crate::signature::{PrivateKey, Scheme, sign};
use activitypub_federation::config::{Data, FederationConfig};
use maillage_app::{App, AppError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use url::Url;

/// Settings of the federation.
#[derive(Debug, Clone, Copy, Default)]
pub struct FederationSettings {
    /// Opens private addresses, http and ports, for a test network.
    pub allow_private_networks: bool,
}

/// The federation of one node. Cheap to clone.
#[derive(Clone)]
pub struct Federation {
    inner: Arc<Inner>,
}

struct Inner {
    app: App,
    client: Client,
    guard: Guard,
    keys: Mutex<HashMap<i64, PrivateKey>>,
    refreshed: Mutex<HashMap<String, i64>>,
}

/// The library's handle on our context, for its traits.
pub type Context = Data<Federation>;

/// Private keys held in memory; more services than this are read from the store again.
const KEYS_HELD: usize = 256;
/// Actors whose last refresh is remembered.
const REFRESHES_HELD: usize = 10_000;
/// A key is fetched again at most once in this time, in milliseconds.
const REFRESH_EVERY: i64 = 5 * 60 * 1_000;

impl Federation {
    /// The federation of a node with these use cases.
    ///
    /// # Errors
    /// [`NetError`] when TLS cannot be set up.
    pub fn new(app: App, settings: FederationSettings) -> Result<Self, NetError> {
        let base = app.addresses().base().clone();
        let policy = NetPolicy { allow_private_networks: settings.allow_private_networks };
        let client = Client::new(policy, Limits::default(), &base)?;
        let guard = Guard::new(base, settings.allow_private_networks);
        Ok(Self {
            inner: Arc::new(Inner {
                app,
                client,
                guard,
                keys: Mutex::default(),
                refreshed: Mutex::default(),
            }),
        })
    }

    /// The library's configuration around this context. Its own queue, client and signatures are
    /// not used; its debug mode only lifts its checks of scheme and port, which our client does.
    ///
    /// # Errors
    /// [`AppError::Internal`].
    pub async fn library(&self, settings: FederationSettings) -> Result<FederationConfig<Self>, AppError> {
        FederationConfig::builder()
            .domain(self.app().addresses().host())
            .app_data(self.clone())
            .client(self.inner.client.for_library())
            .debug(settings.allow_private_networks)
            .build()
            .await
            .map_err(|error| AppError::internal(error.to_string()))
    }

    /// The use cases.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.inner.app
    }

    /// The guarded client.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.inner.client
    }

    /// The guard of our inboxes.
    #[must_use]
    pub fn guard(&self) -> &Guard {
        &self.inner.guard
    }

    /// Whether the actor's document may be fetched again now; notes that it is.
    pub(crate) fn may_refresh(&self, actor: &str) -> bool {
        let now = self.app().now().timestamp_millis();
        let Ok(mut refreshed) = self.inner.refreshed.lock() else { return false };
        if refreshed.get(actor).is_some_and(|at| (0..REFRESH_EVERY).contains(&(now - at))) {
            return false;
        }
        if refreshed.len() >= REFRESHES_HELD {
            refreshed.retain(|_, at| now - *at < REFRESH_EVERY);
            if refreshed.len() >= REFRESHES_HELD {
                return false;
            }
        }
        refreshed.insert(actor.to_owned(), now);
        true
    }

    /// The private key of one of our actors.
    pub(crate) async fn private_key(&self, actor: i64) -> Result<PrivateKey, AppError> {
        let held = self.inner.keys.lock().ok().and_then(|keys| keys.get(&actor).cloned());
        if let Some(key) = held {
            return Ok(key);
        }
        let pem = self.app().signing_key(actor).await?;
        let key = PrivateKey::from_pkcs8_pem(&pem).map_err(AppError::internal)?;
        if let Ok(mut keys) = self.inner.keys.lock() {
            if keys.len() >= KEYS_HELD {
                keys.clear();
            }
            keys.insert(actor, key.clone());
        }
        Ok(key)
    }

    /// Fetches an ActivityPub document, signed by the node's own actor, so that servers in secure
    /// mode answer too. The document's `id` is the address that answered.
    pub(crate) async fn fetch(&self, url: &Url, budget: &FetchBudget) -> Result<JsonDocument, FetchError> {
        let (key_id, actor) = self.app().node_key().await?;
        let key = self.private_key(actor).await?;
        let now = self.app().now();
        let signer = |hop: &Url| {
            sign(Scheme::Cavage, "GET", hop, now, None, &key_id, &key)
                .map_err(|e| NetError::Request(e.to_string()))
        };
        Ok(self.client().fetch_json(Fetch::new(url).signed_by(&signer).within(budget)).await?)
    }

    /// Fetches a document that has to be the object of this id.
    pub(crate) async fn fetch_object(
        &self,
        id: &Url,
        budget: &FetchBudget,
    ) -> Result<JsonDocument, FetchError> {
        let document = self.fetch(id, budget).await?;
        let own = document.value.get("id").and_then(|id| id.as_str()).and_then(|id| Url::parse(id).ok());
        match own {
            Some(own) if own == document.final_url => Ok(document),
            // The document names another address on the same origin: that one is the object's.
            Some(own) if own.origin() == document.final_url.origin() => {
                let canonical = self.fetch(&own, budget).await?;
                if canonical.value.get("id").and_then(|id| id.as_str()) == Some(own.as_str())
                    && canonical.final_url == own
                {
                    Ok(canonical)
                } else {
                    Err(FetchError::Wrong("its id is another address".into()))
                }
            }
            _ => Err(FetchError::Wrong("its id is not where it was found".into())),
        }
    }
}

/// Why a document could not be had.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The network, or the answer.
    #[error(transparent)]
    Net(#[from] NetError),
    /// Something else than what was asked for.
    #[error("wrong document: {0}")]
    Wrong(String),
    /// A fault of ours.
    #[error(transparent)]
    App(#[from] AppError),
}

impl FetchError {
    /// Whether the thing is gone for good: 404 or 410.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Net(NetError::Status(404 | 410)))
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
            ),
            Self::Wrong(_) => false,
            Self::App(error) => matches!(error, AppError::Unavailable(_)),
        }
    }
}
