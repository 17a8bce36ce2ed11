//! Answers: raw ones, and ActivityPub documents.

use super::error::NetError;
use crate::guard::parse_strict;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use mime::Mime;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_json::Value;
use url::Url;

/// The `Accept` header of a request for an ActivityPub document.
pub const ACTIVITYPUB_ACCEPT: &str =
    r#"application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams""#;
/// The profile that makes `ld+json` an ActivityPub document (ActivityPub section 3.2).
const PROFILE: &str = "https://www.w3.org/ns/activitystreams";

/// An answer of any status, its body decompressed.
#[derive(Clone, Debug)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers as received.
    pub headers: HeaderMap,
    /// The body, at most as long as the request allowed.
    pub body: Bytes,
    /// The address that answered, after redirects and without fragment: what an `id` must equal.
    pub final_url: Url,
}

impl Response {
    /// Whether the status is 2xx.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The content type; none where it is absent, unreadable or given twice.
    #[must_use]
    pub fn media_type(&self) -> Option<Mime> {
        let mut values = self.headers.get_all(CONTENT_TYPE).iter();
        let only = values.next()?;
        if values.next().is_some() { None } else { only.to_str().ok()?.parse().ok() }
    }

    /// `Retry-After` in seconds from now: given as a number, or as a date (RFC 9110 section 10.2.3).
    #[must_use]
    pub fn retry_after(&self, now: DateTime<Utc>) -> Option<i64> {
        let text = self.headers.get(reqwest::header::RETRY_AFTER)?.to_str().ok()?.trim();
        if let Ok(seconds) = text.parse::<u32>() {
            return Some(i64::from(seconds));
        }
        let at = DateTime::<Utc>::from(httpdate::parse_http_date(text).ok()?);
        Some((at - now).num_seconds().max(0))
    }

    /// Whether it is served as ActivityPub: what a server stores for its users (an uploaded file)
    /// comes as text/plain, application/json or the like, and could claim to be anybody.
    #[must_use]
    pub fn is_activitypub(&self) -> bool {
        let Some(mime) = self.media_type() else { return false };
        match mime.essence_str() {
            "application/activity+json" => true,
            "application/ld+json" => mime
                .get_param("profile")
                .is_some_and(|profile| profile.as_str().split(' ').any(|one| one == PROFILE)),
            _ => false,
        }
    }

    /// Reads the answer as an ActivityPub document.
    pub(super) fn into_document(self) -> Result<JsonDocument, NetError> {
        if !self.is_success() {
            return Err(NetError::Status(self.status));
        }
        if !self.is_activitypub() {
            let shown = self.media_type().map_or_else(|| "none".to_owned(), |mime| mime.to_string());
            return Err(NetError::ContentType(shown));
        }
        let value = parse_strict(&self.body).map_err(|fault| NetError::Json(fault.to_string()))?;
        Ok(JsonDocument { value, raw: self.body, final_url: self.final_url })
    }
}

/// A fetched ActivityPub document, read as strictly as an inbox reads.
#[derive(Clone, Debug)]
pub struct JsonDocument {
    /// The object.
    pub value: Value,
    /// The bytes as received.
    pub raw: Bytes,
    /// The address that answered. Whoever uses the document compares its `id` with this.
    pub final_url: Url,
}
