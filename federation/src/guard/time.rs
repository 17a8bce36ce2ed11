//! The window of time in which a signature is believed.

use super::Refusal;
use chrono::{DateTime, Utc};
use std::time::UNIX_EPOCH;

/// How old a signature may be, in seconds: a peer that was down, or whose queue is long, is honest.
const MAX_AGE: i64 = 12 * 3600;
/// How far ahead of ours the sender's clock may be, in seconds.
const MAX_AHEAD: i64 = 3600;

/// Checks a moment, in seconds since 1970, against the window around `now`.
pub(super) fn within_window(moment: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
    let age = now.timestamp().saturating_sub(moment);
    if !(-MAX_AHEAD..=MAX_AGE).contains(&age) {
        return Err(Refusal::identity("time", format!("signed {age} seconds ago by our clock")));
    }
    Ok(())
}

/// Checks that an expiry, in seconds since 1970, is not past.
pub(super) fn not_expired(expires: Option<i64>, now: DateTime<Utc>) -> Result<(), Refusal> {
    match expires {
        Some(moment) if moment < now.timestamp() => {
            Err(Refusal::identity("expired", "the signature says that it has expired"))
        }
        _ => Ok(()),
    }
}

/// Reads a `Date` header (RFC 9110 section 5.6.7) as seconds since 1970.
pub(super) fn http_date(text: &str) -> Result<i64, Refusal> {
    httpdate::parse_http_date(text)
        .ok()
        .and_then(|date| i64::try_from(date.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok())
        .ok_or_else(|| Refusal::identity("date", "the Date header is not an HTTP date"))
}
