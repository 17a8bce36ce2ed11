//! Notices: what somebody is told of by mail, and how soon, as they choose.

use chrono::{DateTime, Days, TimeZone, Utc};
use chrono_tz::Tz;
use std::fmt;
use std::str::FromStr;

/// How soon somebody wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pace {
    /// By no mail.
    Never,
    /// Within minutes, several things in one mail.
    AtOnce,
    /// In one mail a day, in the morning.
    #[default]
    Daily,
}

/// Minutes between two mails to somebody who wants to be told at once.
const BREATH: i64 = 10;
/// Hour at which the mail of the day is written, local time.
const MORNING: u32 = 7;

impl Pace {
    /// Every pace.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Daily, Self::Never];

    /// Its name in the database and the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::AtOnce => "at_once",
            Self::Daily => "daily",
        }
    }

    /// Whether a mail is due, the last look at what there is to tell having been at `last`.
    #[must_use]
    pub fn is_due(self, last: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> bool {
        match self {
            Self::Never => false,
            Self::AtOnce => now - last >= chrono::Duration::minutes(BREATH),
            Self::Daily => next_morning(last, zone).is_some_and(|morning| now >= morning),
        }
    }
}

/// The first morning after a moment.
fn next_morning(after: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
    let day = after.with_timezone(&zone).date_naive();
    let at = |days| {
        let local = day.checked_add_days(Days::new(days))?.and_hms_opt(MORNING, 0, 0)?;
        zone.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc))
    };
    at(0).filter(|morning| *morning > after).or_else(|| at(1))
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Pace {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|pace| pace.as_str() == text).ok_or(())
    }
}

/// What there is to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// An item waits for a decision.
    Waiting,
    /// The other side has said something about an item.
    Said,
    /// An item of theirs was sent back.
    Declined,
    /// An item of theirs was published.
    Published,
    /// An item is to be checked.
    ToCheck,
    /// A message in a workshop.
    Message,
    /// A document, or a version of one, in a workshop.
    Document,
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Paris;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).expect("a moment").with_timezone(&Utc)
    }

    #[test]
    fn the_mail_of_the_day_is_due_each_morning_once() {
        let due = |last: &str, now: &str| Pace::Daily.is_due(at(last), at(now), Paris);
        assert!(!due("2026-03-03T07:00:00+01:00", "2026-03-04T06:59:00+01:00"));
        assert!(due("2026-03-03T07:00:00+01:00", "2026-03-04T07:00:00+01:00"));
        assert!(due("2026-03-03T03:00:00+01:00", "2026-03-03T07:00:00+01:00"));
        // A node that was down makes up for it once.
        assert!(due("2026-03-03T07:00:00+01:00", "2026-03-09T15:00:00+01:00"));
        assert!(!due("2026-03-09T15:00:00+01:00", "2026-03-09T23:00:00+01:00"));
        // The clocks are set forward in the night.
        assert!(due("2026-03-28T07:00:00+01:00", "2026-03-29T07:00:00+02:00"));
    }

    #[test]
    fn at_once_leaves_time_to_breathe() {
        let last = at("2026-03-03T07:00:00Z");
        assert!(!Pace::AtOnce.is_due(last, at("2026-03-03T07:09:00Z"), Paris));
        assert!(Pace::AtOnce.is_due(last, at("2026-03-03T07:10:00Z"), Paris));
        assert!(!Pace::Never.is_due(last, at("2030-01-01T00:00:00Z"), Paris));
        for pace in Pace::ALL {
            assert_eq!(pace.as_str().parse(), Ok(pace));
        }
    }
}
