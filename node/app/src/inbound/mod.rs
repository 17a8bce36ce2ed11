//! What other servers tell us, already verified and understood: the only writer of received things.
//! The id of the activity is noted in the transaction of its effect; the same one again changes nothing.

mod actors;
mod follows;
mod items;
mod kept;

pub(crate) use actors::keep_actor;

use chrono::{DateTime, Utc};
use maillage_domain::field::Fields;
use maillage_domain::item::{ItemCore, ItemFrame};
use maillage_domain::service::Visibility;
use url::Url;

/// A remote actor as its own document describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoteActor {
    /// Its id.
    pub uri: String,
    /// ActivityStreams type: `Service`, `Application`, `Person`…
    pub kind: String,
    /// `preferredUsername`.
    pub username: String,
    /// Host of its id, with the port where there is one.
    pub host: String,
    /// Display name, plain text.
    pub name: String,
    /// Description, clean HTML.
    pub summary: String,
    /// Page for people.
    pub url: Option<String>,
    /// Inbox.
    pub inbox: String,
    /// Shared inbox of its server.
    pub shared_inbox: Option<String>,
    /// Outbox.
    pub outbox: Option<String>,
    /// Followers collection.
    pub followers: Option<String>,
    /// URI of its public key.
    pub key_id: String,
    /// Public key, PEM.
    pub public_key: String,
    /// The document as it came.
    pub raw: String,
}

/// A remote item as its origin's document describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoteItem {
    /// Its permanent id.
    pub uri: String,
    /// Page for people, on its origin.
    pub url: String,
    /// Service type: from the extension, else guessed from the ActivityStreams type.
    pub type_slug: String,
    /// Typed fields, from the extension; empty for other software.
    pub fields: Fields,
    /// What lists and rules need, HTML already clean.
    pub core: ItemCore,
    /// Language, licence, time zone.
    pub frame: ItemFrame,
    /// Who publishes it, in words.
    pub organisation: String,
    /// Territory of who publishes it: a place code, or empty.
    pub publisher_place: String,
    /// Whether it may be shown to everybody, or to members of the services that took it.
    pub visibility: Visibility,
    /// When it was published.
    pub published: Option<DateTime<Utc>>,
    /// When it last changed.
    pub updated: Option<DateTime<Utc>>,
    /// Version at its origin; 0 where other software says none.
    pub version: i64,
    /// The object as it came.
    pub raw: String,
}

/// What an activity changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It was carried out.
    Done,
    /// It was known already, or nothing here is concerned: nothing changed.
    Nothing,
}

/// Whether two addresses are of one origin: scheme, host and port.
fn same_origin(one: &str, other: &str) -> bool {
    match (Url::parse(one), Url::parse(other)) {
        (Ok(one), Ok(other)) => one.origin() == other.origin(),
        _ => false,
    }
}
