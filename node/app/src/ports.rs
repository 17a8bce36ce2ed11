//! What use cases need from outside at once, implemented by the federation and wired by the program.

use crate::error::AppError;
use crate::inbound::RemoteActor;
use async_trait::async_trait;
use maillage_domain::subscription::Handle;
use url::Url;

/// Finds actors by address.
#[async_trait]
pub trait Discovery: Send + Sync {
    /// The actor with this address, by WebFinger and a fetch of its document.
    ///
    /// # Errors
    /// [`AppError::Remote`] with what to do.
    async fn discover(&self, handle: &Handle) -> Result<RemoteActor, AppError>;
}

/// A document fetched for an import.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The bytes.
    pub body: Vec<u8>,
    /// Content-Type, where the server gave one.
    pub content_type: Option<String>,
    /// Where it was after redirects.
    pub url: Url,
}

/// Fetches documents from elsewhere, through the node's one guarded client.
#[async_trait]
pub trait Fetcher: Send + Sync {
    /// The document at this address.
    ///
    /// # Errors
    /// [`AppError::Remote`] with what to do.
    async fn fetch(&self, url: &Url) -> Result<Fetched, AppError>;
}
