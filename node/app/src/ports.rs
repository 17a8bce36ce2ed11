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
    /// The address by which a mail program ends such mails at once (RFC 8058); none of mails that are one
    /// person's own business.
    pub stop: Option<String>,
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

/// What somebody is sent to an identity provider with.
pub struct Departure {
    /// The provider's page, with the request in its query.
    pub address: Url,
    /// What comes back with the browser.
    pub state: String,
    /// What the ID token has to repeat.
    pub nonce: String,
    /// What proves that the code is redeemed by who asked for it (PKCE, RFC 7636).
    pub verifier: String,
}

/// Who somebody is, as a provider says it in a token that was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider (`iss`).
    pub issuer: String,
    /// Its name for the person, which never changes (`sub`).
    pub subject: String,
    /// E-mail address, where it says one.
    pub email: Option<String>,
    /// Whether it has made sure that the address is the person's.
    pub email_verified: bool,
}

/// Says who people are (OpenID Connect Core 1.0, authorization code flow).
#[async_trait]
pub trait IdentityProvider: Send + Sync {
    /// What people call it.
    fn name(&self) -> &str;

    /// What people call the provider of this issuer; none where it is another one.
    fn name_of(&self, issuer: &str) -> Option<&str>;

    /// Where somebody goes who wants to be recognised.
    ///
    /// # Errors
    /// [`AppError::Remote`] when the provider does not answer.
    async fn begin(&self) -> Result<Departure, AppError>;

    /// Who it is that has come back with this code. `nonce` and `verifier` are those of the departure.
    ///
    /// # Errors
    /// [`AppError::Remote`] when the provider does not answer; [`AppError::Unauthenticated`] when it
    /// does not take the code, or what it says is not proven.
    async fn finish(&self, code: &str, nonce: &str, verifier: &str) -> Result<Identity, AppError>;
}
