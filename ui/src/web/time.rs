//! Moments of the store, and the zone in which they are told.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// The zone in which pages tell the time.
pub(super) const ZONE: Tz = chrono_tz::Europe::Paris;

/// A moment of the store, from its milliseconds.
pub(super) fn moment(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}
