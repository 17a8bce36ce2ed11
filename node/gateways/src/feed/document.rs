//! What a feed that we publish says, whatever its format.

use chrono::{DateTime, Utc};
use url::Url;

/// A feed to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedDocument {
    /// Permanent identity of the feed (Atom `id`).
    pub id: String,
    /// Title, plain text.
    pub title: String,
    /// Description, plain text.
    pub description: String,
    /// The page that the feed follows.
    pub site_url: Url,
    /// Where the feed itself is.
    pub self_url: Url,
    /// Language tag (RFC 5646), such as `fr`.
    pub language: String,
    /// Date of the last change.
    pub updated: DateTime<Utc>,
    /// The entries, newest first by custom.
    pub entries: Vec<FeedItem>,
}

/// One entry to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedItem {
    /// Opaque permanent identity (the ActivityPub id).
    pub id: String,
    /// The page of the entry.
    pub url: Url,
    /// Title, plain text.
    pub title: String,
    /// Summary, plain text.
    pub summary: String,
    /// Full text, clean HTML.
    pub content_html: String,
    /// Date of publication.
    pub published: DateTime<Utc>,
    /// Date of the last change.
    pub updated: DateTime<Utc>,
    /// Who publishes.
    pub author: Option<String>,
    /// Labels of categories.
    pub categories: Vec<String>,
    /// Where it was published first: title and address.
    pub source: Option<(String, Url)>,
    /// Licence, by name or address.
    pub licence: Option<String>,
}

impl FeedItem {
    /// The licence, if it is given as an address.
    pub(super) fn licence_url(&self) -> Option<&str> {
        self.licence.as_deref().filter(|l| l.starts_with("https://") || l.starts_with("http://"))
    }
}
