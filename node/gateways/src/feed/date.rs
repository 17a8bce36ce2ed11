//! Dates of feeds: RFC 822 and its misspellings, RFC 3339, MySQL, French.

use chrono::{
    DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Europe::Paris;

/// Named zones of RFC 822 and those French software writes, as minutes from UTC.
const ZONES: [(&str, i32); 18] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("west", 60),
    ("cet", 60),
    ("cest", 120),
    ("met", 60),
    ("mest", 120),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
];

const WITH_ZONE: [&str; 4] =
    ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f %z", "%Y-%m-%dT%H:%M%z", "%Y-%m-%d %H:%M:%S%.f%z"];

const WITHOUT_ZONE: [&str; 9] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y%m%d%H%M%S",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
];

const DAYS: [&str; 4] = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y/%m/%d"];

/// Reads a date as feeds write them. Without a zone it is taken as French time; without a time, as
/// midnight there. `None` if it cannot be read (MySQL's `0000-00-00` included).
pub(super) fn parse(text: &str) -> Option<DateTime<Utc>> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.len() > 64 {
        return None;
    }
    let text = text.as_str();
    if let Ok(date) = DateTime::parse_from_rfc3339(text) {
        return Some(date.with_timezone(&Utc));
    }
    let zoned = WITH_ZONE.iter().find_map(|f| DateTime::parse_from_str(text, f).ok());
    if let Some(date) = zoned {
        return plausible(date.with_timezone(&Utc));
    }
    let local = WITHOUT_ZONE.iter().find_map(|f| NaiveDateTime::parse_from_str(text, f).ok());
    let local = local.or_else(|| {
        let day = DAYS.iter().find_map(|f| NaiveDate::parse_from_str(text, f).ok())?;
        Some(day.and_time(NaiveTime::MIN))
    });
    match local {
        Some(local) => in_paris(local),
        None => plausible(by_words(text)?),
    }
}

fn plausible(date: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (1900..=9999).contains(&date.year()).then_some(date)
}

/// French local time as UTC; the earlier one in the doubled hour of autumn, an hour later in the
/// missing hour of spring.
fn in_paris(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    // Far years would overflow when the offset is taken off.
    if !(1900..=9999).contains(&local.year()) {
        return None;
    }
    match Paris.from_local_datetime(&local) {
        LocalResult::Single(date) | LocalResult::Ambiguous(date, _) => Some(date.with_timezone(&Utc)),
        LocalResult::None => {
            let later = local.checked_add_signed(TimeDelta::hours(1))?;
            Paris.from_local_datetime(&later).earliest().map(|d| d.with_timezone(&Utc))
        }
    }
}

/// `Mon, 25 Mar 2013 20:43:20 +0100` in any order of day and month, English or French names.
fn by_words(text: &str) -> Option<DateTime<Utc>> {
    let (mut day, mut month, mut year, mut time, mut zone) = (None, None, None, None, None);
    for word in text.split([' ', ',']).filter(|w| !w.is_empty()) {
        let folded = crate::csv::fold(word);
        if let Some(clock) = clock(word) {
            time = Some(clock);
        } else if let Some(offset) = zone_of(word, &folded).filter(|_| time.is_some()) {
            zone = Some(offset);
        } else if let Some(number) = crate::csv::month_number(&folded) {
            month = Some(number);
        } else if let Ok(number) =
            word.trim_end_matches(['.', 't', 'h', 's', 'n', 'd', 'r', 'e']).parse::<i32>()
        {
            if day.is_none() && (1..=31).contains(&number) {
                day = u32::try_from(number).ok();
            } else {
                year = Some(if number < 70 {
                    number + 2000
                } else if number < 100 {
                    number + 1900
                } else {
                    number
                });
            }
        }
    }
    let local = NaiveDate::from_ymd_opt(year?, month?, day?)?.and_time(time.unwrap_or(NaiveTime::MIN));
    match zone {
        Some(minutes) => Some(local.checked_sub_signed(TimeDelta::minutes(minutes.into()))?.and_utc()),
        None => in_paris(local),
    }
}

fn clock(word: &str) -> Option<NaiveTime> {
    let mut parts = word.split(':').map(|p| p.parse::<f64>().ok());
    let hour = parts.next()??;
    let minute = parts.next()??;
    let second = parts.next().unwrap_or(Some(0.0))?;
    if parts.next().is_some() || [hour, minute, second].iter().any(|n| !(0.0..=60.0).contains(n)) {
        return None;
    }
    // Some software writes midnight as 24:00 of the same day.
    let hour = if hour >= 24.0 { 0.0 } else { hour };
    NaiveTime::from_hms_opt(hour as u32, minute as u32, (second as u32).min(59))
}

fn zone_of(word: &str, folded: &str) -> Option<i32> {
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == folded) {
        return Some(*minutes);
    }
    let sign = if word.starts_with('-') { -1 } else { 1 };
    let digits: String = word.strip_prefix(['+', '-'])?.chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 {
        return None;
    }
    let number = digits.parse::<i32>().ok()?;
    Some(sign * (number / 100 * 60 + number % 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> String {
        parse(text).map(|d| d.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)).unwrap_or_default()
    }

    #[test]
    fn dates_as_feeds_write_them() {
        for (text, expected) in [
            ("Mon, 25 Mar 2013 20:43:20 +0100", "2013-03-25T19:43:20Z"),
            ("Thu, 23 May 2013 10:30:00 GMT", "2013-05-23T10:30:00Z"),
            ("2025-02-26T16:40:27+0100\n", "2025-02-26T15:40:27Z"),
            ("2013-12-30T12:16:44Z", "2013-12-30T12:16:44Z"),
            ("2004-01-02 03:04:05", "2004-01-02T02:04:05Z"),
            ("2005-06-30 09:15:00", "2005-06-30T07:15:00Z"),
            ("mer., 14 oct. 2026 09:00:00 CEST", "2026-10-14T07:00:00Z"),
            ("14/10/2026", "2026-10-13T22:00:00Z"),
            ("Wed, 1 Janv 2014 08:00 +0100", "2014-01-01T07:00:00Z"),
            ("October 5, 2026 14:30 UTC", "2026-10-05T14:30:00Z"),
            ("5 août 26 24:00:00", "2026-08-04T22:00:00Z"),
            ("Tue, 15 Nov 2022 20:15:04 Z", "2022-11-15T20:15:04Z"),
        ] {
            assert_eq!(iso(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_rest_is_no_date() {
        for text in
            ["", "0000-00-00 00:00:00", "demain", "31/02/2026", "12", "99 mars 2020", "٣", &"1".repeat(200)]
        {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_missing_and_the_doubled_hour() {
        assert_eq!(iso("2026-03-29 02:30:00"), "2026-03-29T01:30:00Z");
        assert_eq!(iso("2026-10-25 02:30:00"), "2026-10-25T00:30:00Z");
    }
}
