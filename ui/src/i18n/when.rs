//! Moments in words, with the machine's form beside.

use super::Translator;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;
use maillage_domain::french;

/// A moment for a `<time>` element.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct When {
    /// RFC 3339, or a date alone.
    pub iso: String,
    /// In words.
    pub text: String,
}

impl When {
    /// "mardi 3 mars 2026, 14 h" in a zone.
    #[must_use]
    pub fn full(at: DateTime<Utc>, zone: Tz, t: Translator) -> Self {
        Self { iso: iso(at), text: french::date_time(at, zone, t.locale) }
    }

    /// "mardi 3 mars 2026".
    #[must_use]
    pub fn day(day: NaiveDate, t: Translator) -> Self {
        Self { iso: day.to_string(), text: french::date(day, t.locale) }
    }

    /// "2 h": how long ago, as short as it can be said, for lists that are read down.
    #[must_use]
    pub fn briefly(at: DateTime<Utc>, now: DateTime<Utc>, t: Translator) -> Self {
        let past = now - at;
        let text = match (past.num_minutes(), past.num_hours(), past.num_days()) {
            (..=0, _, _) => t.get("age-now"),
            (minutes, 0, _) => t.count("age-brief-minutes", minutes),
            (_, hours, 0) => t.count("age-brief-hours", hours),
            (_, _, days @ 1..=59) => t.count("age-brief-days", days),
            (_, _, days @ 60..=729) => t.count("age-brief-months", days / 30),
            (_, _, days) => t.count("age-brief-years", days / 365),
        };
        Self { iso: iso(at), text }
    }

    /// "il y a 2 heures", or the date where it is longer ago than a week.
    #[must_use]
    pub fn ago(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz, t: Translator) -> Self {
        if (now - at).num_days() > 7 {
            let day = at.with_timezone(&zone).date_naive();
            return Self { iso: iso(at), text: french::date(day, t.locale) };
        }
        Self { iso: iso(at), text: age(at, now, t) }
    }
}

fn iso(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// How long ago a moment is, in the largest unit that fits: "à l'instant", "il y a 5 minutes",
/// "il y a 3 jours". What lies ahead (clocks differ) is "à l'instant" too.
#[must_use]
pub fn age(at: DateTime<Utc>, now: DateTime<Utc>, t: Translator) -> String {
    let past = now - at;
    match (past.num_minutes(), past.num_hours(), past.num_days()) {
        (..=0, _, _) => t.get("age-now"),
        (minutes, 0, _) => t.count("age-minutes", minutes),
        (_, hours, 0) => t.count("age-hours", hours),
        (_, _, days @ 1..=59) => t.count("age-days", days),
        (_, _, days @ 60..=729) => t.count("age-months", days / 30),
        (_, _, days) => t.count("age-years", days / 365),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use chrono::Duration;

    #[test]
    fn ages_are_said_in_the_largest_unit() {
        let now = DateTime::from_timestamp(1_772_542_800, 0).expect("time");
        let fr = Translator::new(Locale::Fr);
        let ago = |d: Duration| age(now - d, now, fr);
        assert_eq!(ago(Duration::seconds(-90)), "à l’instant");
        assert_eq!(ago(Duration::minutes(1)), "il y a 1 minute");
        assert_eq!(ago(Duration::hours(2)), "il y a 2 heures");
        assert_eq!(ago(Duration::days(1)), "hier");
        assert_eq!(ago(Duration::days(3)), "il y a 3 jours");
        assert_eq!(ago(Duration::days(400)), "il y a 13 mois");
        assert_eq!(age(now - Duration::days(1000), now, Translator::new(Locale::En)), "2 years ago");
    }

    #[test]
    fn ages_are_said_briefly_too() {
        let now = DateTime::from_timestamp(1_772_542_800, 0).expect("time");
        let brief = |d: Duration| When::briefly(now - d, now, Translator::new(Locale::Fr)).text;
        assert_eq!(brief(Duration::minutes(5)), "5\u{a0}min");
        assert_eq!(brief(Duration::hours(26)), "1\u{a0}j");
        assert_eq!(brief(Duration::days(90)), "3\u{a0}mois");
        assert_eq!(brief(Duration::days(800)), "2\u{a0}ans");
    }

    #[test]
    fn long_ago_is_a_date() {
        let now = DateTime::from_timestamp(1_772_542_800, 0).expect("time");
        let fr = Translator::new(Locale::Fr);
        let when = When::ago(now - Duration::days(30), now, chrono_tz::Europe::Paris, fr);
        assert_eq!(when.text, "dimanche 1er février 2026");
        assert_eq!(when.iso, "2026-02-01T13:00:00Z");
    }
}
