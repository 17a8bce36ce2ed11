//! What every part of the federation shares: the use cases, the guarded client, the guard, our keys.

use crate::flood::Flood;
use crate::guard::Guard;
use crate::memory::Memory;
use crate::net::{Client, Limits, NetError, NetPolicy};
use crate::signature::PrivateKey;
use activitypub_federation::config::{Data, FederationConfig};
use maillage_app::{App, AppError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

pub use crate::fetch::FetchError;

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
    keys: Mutex<HashMap<String, PrivateKey>>,
    memory: Memory,
    flood: Flood,
}

/// The library's handle on our context, for its traits.
pub type Context = Data<Federation>;

/// Private keys held in memory; more services than this are read from the store again.
const KEYS_HELD: usize = 256;

impl Federation {
    /// The federation of a node with these use cases.
    ///
    /// # Errors
    /// [`NetError`] when TLS cannot be set up.
    pub fn new(app: App, settings: FederationSettings) -> Result<Self, NetError> {
        let base = app.addresses().base().clone();
        let policy = NetPolicy { allow_private_networks: settings.allow_private_networks };
        let client = Client::new(policy, Limits::default(), &base)?;
        Ok(Self::assembled(app, client, Guard::new(base, settings.allow_private_networks)))
    }

    /// The same of its parts.
    pub(crate) fn assembled(app: App, client: Client, guard: Guard) -> Self {
        Self {
            inner: Arc::new(Inner {
                app,
                client,
                guard,
                keys: Mutex::default(),
                memory: Memory::default(),
                flood: Flood::default(),
            }),
        }
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

    pub(crate) fn memory(&self) -> &Memory {
        &self.inner.memory
    }

    /// The present moment, in milliseconds.
    pub(crate) fn millis(&self) -> i64 {
        self.app().now().timestamp_millis()
    }

    /// Notes that a server has spoken to us of its own accord: what waits for it is due.
    pub(crate) async fn heard_of(&self, host: &str) {
        if !self.memory().may_note_alive(host, self.millis()) {
            return;
        }
        match self.app().peer_is_alive(host).await {
            Ok(()) => self.memory().noted_alive(host, self.millis()),
            Err(error) => tracing::warn!(%host, %error, "a living peer could not be noted"),
        }
    }

    /// Takes one Follow from a host.
    ///
    /// # Errors
    /// [`AppError::TooMany`].
    pub(crate) fn take_follow(&self, host: &str) -> Result<(), AppError> {
        self.inner.flood.take(host, self.millis()).map_err(|retry_after| AppError::TooMany { retry_after })
    }

    /// The private key of one of our actors, under this id: another id is another key.
    pub(crate) async fn private_key(&self, key_id: &str, actor: i64) -> Result<PrivateKey, AppError> {
        let held = self.inner.keys.lock().ok().and_then(|keys| keys.get(key_id).cloned());
        if let Some(key) = held {
            return Ok(key);
        }
        let pem = self.app().signing_key(actor).await?;
        let key = PrivateKey::from_pkcs8_pem(&pem).map_err(AppError::internal)?;
        if let Ok(mut keys) = self.inner.keys.lock() {
            if keys.len() >= KEYS_HELD {
                keys.clear();
            }
            keys.insert(key_id.to_owned(), key.clone());
        }
        Ok(key)
    }
}
