//! Time zones as calendars tell them (RFC 5545, VTIMEZONE): each change of the clocks in the years that the
//! events take.

use super::write::written;
use super::{CalendarEvent, CalendarTime};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Years told of a zone at most.
const YEARS: i32 = 12;

/// A change of the clocks: what they showed when it came, and how they go before and after.
struct Change {
    at: NaiveDateTime,
    from: Clock,
    to: Clock,
}

/// How clocks go in a zone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Clock {
    /// Seconds east of Greenwich.
    offset: i32,
    summer: bool,
    name: String,
}

/// The zones that these events name; empty where they name none.
pub(super) fn zones(events: &[CalendarEvent]) -> String {
    let mut named: BTreeMap<&str, (Tz, i32, i32)> = BTreeMap::new();
    for event in events {
        if let CalendarTime::Rule { zone, start, last, .. } = &event.time {
            let years = named.entry(zone.name()).or_insert((*zone, start.year(), last.year()));
            years.1 = years.1.min(start.year());
            years.2 = years.2.max(last.year());
        }
    }
    named.into_values().map(|(zone, first, last)| told(zone, first, last)).collect()
}

fn told(zone: Tz, first: i32, last: i32) -> String {
    let mut text = format!("BEGIN:VTIMEZONE\r\nTZID:{}\r\n", zone.name());
    let (first, last) = (first - 1, last.min(first + YEARS) + 1);
    let changes = changes(zone, first, last);
    let begin = midnight(first);
    let before = changes.first().map_or_else(|| clock(zone, begin), |change| change.from.clone());
    // How the clocks go until the first change.
    part(&mut text, &before, &before, &[begin.naive_utc()]);
    let mut kinds: BTreeMap<(Clock, Clock), Vec<NaiveDateTime>> = BTreeMap::new();
    for change in changes {
        kinds.entry((change.from, change.to)).or_default().push(change.at);
    }
    for ((from, to), times) in kinds {
        part(&mut text, &from, &to, &times);
    }
    text.push_str("END:VTIMEZONE\r\n");
    text
}

fn part(text: &mut String, from: &Clock, to: &Clock, times: &[NaiveDateTime]) {
    let name = if to.summer { "DAYLIGHT" } else { "STANDARD" };
    let Some((first, further)) = times.split_first() else { return };
    let _ = write!(text, "BEGIN:{name}\r\nDTSTART:{}\r\n", written(first));
    for at in further {
        let _ = write!(text, "RDATE:{}\r\n", written(at));
    }
    let (from, to, label) = (hours(from.offset), hours(to.offset), &to.name);
    let _ = write!(text, "TZOFFSETFROM:{from}\r\nTZOFFSETTO:{to}\r\nTZNAME:{label}\r\nEND:{name}\r\n");
}

/// `+0100`
fn hours(offset: i32) -> String {
    let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs() / 60);
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

fn midnight(year: i32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(year, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0)).unwrap_or_default().and_utc()
}

fn clock(zone: Tz, at: DateTime<Utc>) -> Clock {
    let offset = zone.offset_from_utc_datetime(&at.naive_utc());
    Clock {
        offset: offset.fix().local_minus_utc(),
        summer: offset.dst_offset() != Duration::zero(),
        name: offset.abbreviation().unwrap_or("LMT").to_owned(),
    }
}

/// The changes from the beginning of one year to the end of another.
fn changes(zone: Tz, first: i32, last: i32) -> Vec<Change> {
    let mut found = Vec::new();
    let (mut at, end) = (midnight(first), midnight(last + 1));
    while at < end {
        let next = at + Duration::days(1);
        let (from, to) = (clock(zone, at), clock(zone, next));
        if from != to {
            let change = (1..=24 * 60).map(|minute| at + Duration::minutes(minute));
            let change = change.into_iter().find(|minute| clock(zone, *minute) != from).unwrap_or(next);
            let shown = change.naive_utc() + Duration::seconds(i64::from(from.offset));
            found.push(Change { at: shown, from, to });
        }
        at = next;
    }
    found
}
