//! The gate in front of the inbox: a request is checked and verified here before anything acts on it.
//!
//! Two steps. [`Guard::check`] judges the bytes as they came, without any I/O; [`verify`] then asks
//! for the key and checks the signature. Only the second makes a [`SignedActivity`].
//!
//! | answer | `code` of the [`Refusal`] |
//! |---|---|
//! | 202 | `vanished-actor`: a deletion of itself by an actor that is gone, and whose key we never had |
//! | 400 | `method`, `body`, `duplicate-header`, `no-host`, `json`, `duplicate-key`, `too-deep`, `not-object`, `graph`, `nul`, `id`, `actor`, `type`, `origin` |
//! | 401 | `authorization`, `no-signature`, `signature-header`, `algorithm`, `coverage`, `key-id`, `no-date`, `date`, `time`, `expired`, `no-digest`, `digest`, `foreign-key`, `owner`, `key`, `throttled`, `signature` |
//! | 403 | `blocked` |
//! | 408 | `slow-body` |
//! | 413 | `too-large` |
//! | 415 | `content-type` |
//! | 421 | `host` |
//! | 503 | `key-unreachable`, `fault` |
//!
//! What makes the message itself unreadable or ambiguous (a header given twice, no `Host`) is 400
//! (RFC 9112 section 3.2 demands it for `Host`). What fails to prove who sent it (no or bad
//! `Signature`, `Date`, digest) is 401, as Mastodon and GoToSocial answer.

mod activity;
mod check;
mod json;
mod refusal;
mod request;
#[cfg(test)]
pub(crate) mod tests;
mod time;
mod verify;

pub use check::{Guard, Guarded, GuardedFetch};
pub use json::{JsonFault, MAX_JSON_DEPTH, parse_strict};
pub use refusal::Refusal;
pub use request::{InboundRequest, MAX_BODY_BYTES, read_body};
pub use verify::{KeyError, KeyResolver, ResolvedKey, SignedActivity, SignedFetch, verify, verify_get};
