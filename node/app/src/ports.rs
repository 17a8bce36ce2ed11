//! What use cases need from outside at once, implemented by the federation and wired by the program.

use crate::error::AppError;
use crate::inbound::RemoteActor;
use async_trait::async_trait;
use maillage_domain::message::Locale;
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

/// A mail that goes out, complete.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// Its key: the same at every attempt, so that a mail sent twice can be told.
    pub id: i64,
    /// Address.
    pub recipient: String,
    /// Language of the text.
    pub locale: Locale,
    /// Subject, one line.
    pub subject: String,
    /// Plain text. It may hold a secret link: never to be logged.
    pub body: String,
}

/// Why a mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostError {
    /// It never will be: the address is none, or the server refuses it for good.
    #[error("refused: {0}")]
    Refused(String),
    /// Another time perhaps.
    #[error("not now: {0}")]
    Later(String),
}

/// Sends mail.
#[async_trait]
pub trait Post: Send + Sync {
    /// Hands a mail over to the server that is to deliver it.
    ///
    /// # Errors
    /// [`PostError`] with the reason in the server's words.
    async fn send(&self, mail: &OutgoingMail) -> Result<(), PostError>;
}
