//! Recurrences: the rule by which something takes place again and again (RFC 5545, RRULE), within bounds.

mod sentence;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, TimeZone, Utc, Weekday};
use rrule::{RRule, Unvalidated};
use std::fmt::Write;

/// The most times that one rule gives.
pub const MOST: u16 = 1_000;
/// How far ahead of the first time a rule is worked out, in days.
pub const FURTHEST_DAYS: i64 = 731;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frequency {
    /// Every so many days.
    Daily,
    /// Every so many weeks.
    Weekly,
    /// Every so many months.
    Monthly,
    /// Every so many years.
    Yearly,
}

/// A rule of which every part is understood: FREQ of a day and more, INTERVAL, COUNT, UNTIL, BYDAY,
/// BYMONTHDAY, BYMONTH, BYSETPOS. Parts of a day, of which nobody makes opening hours, are refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// How often.
    pub frequency: Frequency,
    /// Every so many days, weeks, months or years: from 1.
    pub interval: u16,
    /// Weekdays, each with which one of the month or year (-1 the last), or every one.
    pub days: Vec<(Option<i8>, Weekday)>,
    /// Days of the month, from 1; from the end, below 0.
    pub month_days: Vec<i8>,
    /// Months, from 1.
    pub months: Vec<u8>,
    /// Which ones of those that one turn gives.
    pub positions: Vec<i16>,
    /// How many times in all.
    pub count: Option<u32>,
    /// The last day.
    pub until: Option<NaiveDate>,
}

const DAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

fn code(day: Weekday) -> &'static str {
    DAYS.iter().find(|(_, known)| *known == day).map_or("MO", |(code, _)| code)
}

impl Recurrence {
    /// Every so many of these.
    #[must_use]
    pub fn every(interval: u16, frequency: Frequency) -> Self {
        Self {
            frequency,
            interval,
            days: Vec::new(),
            month_days: Vec::new(),
            months: Vec::new(),
            positions: Vec::new(),
            count: None,
            until: None,
        }
    }

    /// Reads an RRULE (with or without its name), or a sentence in French or English such as
    /// "tous les mardis et jeudis" or "le 1er lundi du mois jusqu'au 30/06/2026".
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.chars().count() > 500 {
            return None;
        }
        let rule = text.strip_prefix("RRULE:").unwrap_or(text);
        if rule.to_ascii_uppercase().contains("FREQ=") { Self::of_rule(rule) } else { sentence::read(text) }
    }

    fn of_rule(rule: &str) -> Option<Self> {
        let mut read = Self::every(1, Frequency::Daily);
        let mut said = Vec::new();
        for part in rule.to_ascii_uppercase().split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=')?;
            if said.iter().any(|known| known == name) {
                return None;
            }
            said.push(name.to_owned());
            read.put(name, value)?;
        }
        let numbered = read.days.iter().any(|(which, _)| which.is_some());
        let fits = said.iter().any(|name| name == "FREQ")
            && !(read.count.is_some() && read.until.is_some())
            && (!numbered || matches!(read.frequency, Frequency::Monthly | Frequency::Yearly))
            && (read.frequency != Frequency::Weekly || read.month_days.is_empty())
            && !(!read.positions.is_empty() && read.days.is_empty() && read.month_days.is_empty());
        // The rule has to be one for whoever works it out, whatever the first time.
        let some_day = NaiveDate::from_ymd_opt(2024, 1, 1)?.and_hms_opt(0, 0, 0)?;
        (fits && read.set(some_day).is_some()).then_some(read)
    }

    fn put(&mut self, name: &str, value: &str) -> Option<()> {
        let several = || value.split(',');
        match name {
            "FREQ" => {
                self.frequency = match value {
                    "DAILY" => Frequency::Daily,
                    "WEEKLY" => Frequency::Weekly,
                    "MONTHLY" => Frequency::Monthly,
                    "YEARLY" => Frequency::Yearly,
                    _ => return None,
                }
            }
            "INTERVAL" => self.interval = value.parse().ok().filter(|every| (1..=1_000).contains(every))?,
            "COUNT" => self.count = Some(value.parse().ok().filter(|count| *count > 0)?),
            "UNTIL" => self.until = Some(NaiveDate::parse_from_str(value.get(..8)?, "%Y%m%d").ok()?),
            "BYDAY" => self.days = several().map(numbered_day).collect::<Option<_>>()?,
            "BYMONTHDAY" => {
                let fits = |day: &i8| *day != 0 && (-31..=31).contains(day);
                self.month_days =
                    several().map(|day| day.parse().ok().filter(fits)).collect::<Option<_>>()?;
            }
            "BYMONTH" => {
                let fits = |month: &u8| (1..=12).contains(month);
                self.months =
                    several().map(|month| month.parse().ok().filter(fits)).collect::<Option<_>>()?;
            }
            "BYSETPOS" => {
                let fits = |at: &i16| *at != 0 && (-366..=366).contains(at);
                self.positions = several().map(|at| at.parse().ok().filter(fits)).collect::<Option<_>>()?;
            }
            // Weeks begin on Monday here, as in the standard where nothing is said.
            "WKST" => (value == "MO").then_some(())?,
            _ => return None,
        }
        Some(())
    }

    /// As it is stored: an RRULE without its name.
    #[must_use]
    pub fn stored(&self) -> String {
        let mut text = self.without_end();
        if let Some(count) = self.count {
            let _ = write!(text, ";COUNT={count}");
        }
        if let Some(until) = self.until {
            let _ = write!(text, ";UNTIL={}", until.format("%Y%m%d"));
        }
        text
    }

    /// The rule as calendars read it (RFC 5545), with this as its last time instead of an end of its own.
    #[must_use]
    pub fn ending(&self, last: DateTime<Utc>) -> String {
        format!("{};UNTIL={}", self.without_end(), last.format("%Y%m%dT%H%M%SZ"))
    }

    fn without_end(&self) -> String {
        let frequency = match self.frequency {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        };
        let mut text = format!("FREQ={frequency}");
        if self.interval > 1 {
            let _ = write!(text, ";INTERVAL={}", self.interval);
        }
        let mut list = |name: &str, values: Vec<String>| {
            if !values.is_empty() {
                let _ = write!(text, ";{name}={}", values.join(","));
            }
        };
        let day = |(which, day): &(Option<i8>, Weekday)| match which {
            Some(which) => format!("{which}{}", code(*day)),
            None => code(*day).to_owned(),
        };
        list("BYDAY", self.days.iter().map(day).collect());
        list("BYMONTHDAY", self.month_days.iter().map(ToString::to_string).collect());
        list("BYMONTH", self.months.iter().map(ToString::to_string).collect());
        list("BYSETPOS", self.positions.iter().map(ToString::to_string).collect());
        text
    }

    /// The rule from a first local time on. It is worked out as if in UTC, so that a change to summer
    /// time neither moves nor loses a time.
    fn set(&self, first: NaiveDateTime) -> Option<rrule::RRuleSet> {
        let mut rule = self.without_end();
        match self.count {
            Some(count) => {
                let _ = write!(rule, ";COUNT={count}");
            }
            None => {
                let last = first + Duration::days(FURTHEST_DAYS);
                let _ = write!(rule, ";UNTIL={}", last.format("%Y%m%dT%H%M%SZ"));
            }
        }
        let rule: RRule<Unvalidated> = rule.parse().ok()?;
        rule.build(rrule::Tz::UTC.from_utc_datetime(&first)).ok()
    }

    /// The beginnings that the rule gives from a first local time on, in their order: at most
    /// [`MOST`], and within two years of the first.
    #[must_use]
    pub fn starts(&self, first: NaiveDateTime) -> Vec<NaiveDateTime> {
        let Some(set) = self.set(first) else { return Vec::new() };
        let last = first + Duration::days(FURTHEST_DAYS);
        let found = set.before(rrule::Tz::UTC.from_utc_datetime(&last)).all(MOST);
        let mut starts: Vec<NaiveDateTime> = found.dates.into_iter().map(|at| at.naive_utc()).collect();
        starts.retain(|at| self.until.is_none_or(|until| at.date() <= until) && *at <= last);
        starts
    }
}

fn numbered_day(text: &str) -> Option<(Option<i8>, Weekday)> {
    let (number, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let day = DAYS.iter().find(|(code, _)| *code == name)?.1;
    let fits = |which: &i8| *which != 0 && (-53..=53).contains(which);
    let which = if number.is_empty() { None } else { Some(number.parse().ok().filter(fits)?) };
    Some((which, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(rule: &str, first: &str) -> Vec<String> {
        let first = crate::item::parse_local(first).expect("a time");
        let found = Recurrence::read(rule).expect(rule).starts(first);
        found.iter().map(|one| one.format("%m-%d %H:%M").to_string()).collect()
    }

    #[test]
    fn rules_give_their_times() {
        let week = starts("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", "2026-03-03T09:00");
        assert_eq!(week, ["03-03 09:00", "03-05 09:00", "03-10 09:00", "03-12 09:00"]);
        // Over the change to summer time (29 March 2026) the hour stays.
        let over = starts("FREQ=WEEKLY;UNTIL=20260407", "2026-03-24T09:00");
        assert_eq!(over, ["03-24 09:00", "03-31 09:00", "04-07 09:00"]);
        let first = starts("RRULE:freq=monthly;byday=1MO;count=3", "2026-03-02T14:00");
        assert_eq!(first, ["03-02 14:00", "04-06 14:00", "05-04 14:00"]);
        let last = starts("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", "2026-01-01T14:00");
        assert_eq!(last, ["01-30 14:00", "02-27 14:00"]);
        assert_eq!(starts("FREQ=YEARLY;COUNT=9", "2026-01-01T14:00").len(), 3);
    }

    #[test]
    fn what_never_ends_is_bounded() {
        assert_eq!(starts("FREQ=DAILY", "2026-01-01T09:00").len(), 732);
        assert_eq!(starts("FREQ=DAILY;COUNT=1000000000", "2026-01-01T09:00").len(), 732);
        assert_eq!(starts("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01T09:00").len(), 0);
        assert_eq!(starts("FREQ=YEARLY;INTERVAL=1000;COUNT=1000000000", "2026-01-01T09:00").len(), 1);
        assert_eq!(starts("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=9", "2026-01-01T09:00").len(), 0);
    }

    #[test]
    fn what_is_no_rule_of_days_is_refused() {
        for wrong in [
            "FREQ=SECONDLY",
            "FREQ=HOURLY;INTERVAL=2",
            "FREQ=WEEKLY;INTERVAL=0",
            "FREQ=WEEKLY;INTERVAL=-1",
            "FREQ=WEEKLY;COUNT=0",
            "FREQ=WEEKLY;BYHOUR=1,2,3",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=WEEKLY;BYMONTHDAY=3",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=WEEKLY;FREQ=DAILY",
            "FREQ=WEEKLY;COUNT=3;UNTIL=20260101",
            "FREQ=MONTHLY;BYSETPOS=1",
            "INTERVAL=2;FREQ=",
            "BYDAY=MO;FREQ=WEEKLY;X-PART=1",
            "FREQ=WEEKLY;BYDAY=é",
            "chaque fois que possible",
            "",
        ] {
            assert_eq!(Recurrence::read(wrong), None, "{wrong}");
        }
        assert_eq!(Recurrence::read(&format!("FREQ=WEEKLY;BYDAY={}MO", "MO,".repeat(400))), None);
    }

    #[test]
    fn what_is_stored_reads_back() {
        for text in ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20261231", "FREQ=MONTHLY;BYDAY=-1TU;COUNT=6"] {
            assert_eq!(Recurrence::read(text).map(|read| read.stored()).as_deref(), Some(text));
        }
    }
}
