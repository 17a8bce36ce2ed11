//! iCalendar (RFC 5545): calendars that programs subscribe to.

mod write;
mod zone;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use url::Url;

pub use write::write_icalendar;

/// A calendar to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// Name, plain text.
    pub name: String,
    /// What it holds, plain text; empty where there is nothing to say.
    pub description: String,
    /// Where the calendar itself is (RFC 7986 `SOURCE`).
    pub source: Url,
    /// The page with the same events.
    pub page: Url,
    /// Its events.
    pub events: Vec<CalendarEvent>,
}

/// Whether something takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CalendarStatus {
    /// It does.
    #[default]
    Confirmed,
    /// Its time is not certain.
    Tentative,
    /// It does not.
    Cancelled,
}

/// When something takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarTime {
    /// From one moment to another, or at a moment.
    Span {
        /// When it begins.
        start: DateTime<Utc>,
        /// When it ends, where that is known.
        end: Option<DateTime<Utc>>,
    },
    /// Whole days.
    Days {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
    /// Again and again, by a rule, at the same hour of its zone.
    Rule {
        /// The zone.
        zone: Tz,
        /// When it begins the first time, in the zone.
        start: NaiveDateTime,
        /// When it ends the first time, in the zone.
        end: Option<NaiveDateTime>,
        /// The rule (RFC 5545 `RRULE`, without its name), with an end.
        rule: String,
        /// Times that the rule gives and that do not hold, in the zone.
        left_out: Vec<NaiveDateTime>,
        /// When it begins the last time, in the zone.
        last: NaiveDateTime,
    },
}

/// One event to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarEvent {
    /// Permanent identity, the same wherever the event is told of.
    pub uid: String,
    /// How often it was changed.
    pub sequence: u32,
    /// When it was published.
    pub created: DateTime<Utc>,
    /// When it was changed last.
    pub updated: DateTime<Utc>,
    /// When it takes place.
    pub time: CalendarTime,
    /// Title, plain text.
    pub title: String,
    /// What it is about, plain text.
    pub description: String,
    /// Where, in words; empty where it is nowhere.
    pub location: String,
    /// Degrees north and east (WGS 84).
    pub position: Option<(f64, f64)>,
    /// The page of the event.
    pub page: Url,
    /// Labels of categories.
    pub categories: Vec<String>,
    /// Whether it takes place.
    pub status: CalendarStatus,
}
