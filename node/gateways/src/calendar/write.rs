//! A calendar as text, and its events.

use super::zone;
use super::{Calendar, CalendarEvent, CalendarStatus, CalendarTime};
use chrono::{Duration, NaiveDateTime};
use icalendar::{Component, Event, EventLike, EventStatus, Property, ValueType};

/// Characters of a description.
const DESCRIPTION: usize = 4_000;
/// Characters of any other text.
const LINE: usize = 500;
/// How often programs are asked to look again.
const AGAIN: &str = "PT6H";

/// Writes iCalendar 2.0 (RFC 5545; RFC 7986 for what describes the calendar). The result depends on what
/// is told alone, not on when it is written.
#[must_use]
pub fn write_icalendar(calendar: &Calendar) -> String {
    let mut document = icalendar::Calendar::empty();
    let text = |key: &str, value: &str| Property::new(key, clean(value, LINE));
    let typed = |key: &str, kind: ValueType, value: &str| {
        Property::new(key, clean(value, LINE)).append_parameter(kind).done()
    };
    for property in [
        text("VERSION", "2.0"),
        text("PRODID", "-//Maillage//Agenda//FR"),
        text("CALSCALE", "GREGORIAN"),
        text("METHOD", "PUBLISH"),
        typed("NAME", ValueType::Text, &calendar.name),
        text("X-WR-CALNAME", &calendar.name),
        typed("REFRESH-INTERVAL", ValueType::Duration, AGAIN),
        text("X-PUBLISHED-TTL", AGAIN),
        typed("SOURCE", ValueType::Uri, calendar.source.as_str()),
        text("URL", calendar.page.as_str()),
    ] {
        document.append_property(property);
    }
    if !calendar.description.is_empty() {
        document.append_property(text("DESCRIPTION", &calendar.description));
        document.append_property(text("X-WR-CALDESC", &calendar.description));
    }
    for one in &calendar.events {
        document.push(event(one));
    }
    let text = document.to_string();
    // The zones stand before the events that name them.
    let zones = zone::zones(&calendar.events);
    match text.find("BEGIN:VEVENT\r\n") {
        Some(at) => format!("{}{zones}{}", &text[..at], &text[at..]),
        None => text,
    }
}

fn event(one: &CalendarEvent) -> Event {
    let mut event = Event::new();
    event
        .uid(&clean(&one.uid, LINE))
        .timestamp(one.updated)
        .sequence(one.sequence)
        .created(one.created)
        .last_modified(one.updated)
        .summary(&clean(&one.title, LINE))
        .status(match one.status {
            CalendarStatus::Confirmed => EventStatus::Confirmed,
            CalendarStatus::Tentative => EventStatus::Tentative,
            CalendarStatus::Cancelled => EventStatus::Cancelled,
        });
    event.add_property("URL", one.page.as_str());
    time(&mut event, &one.time);
    if !one.description.is_empty() {
        event.description(&clean(&one.description, DESCRIPTION));
    }
    if !one.location.is_empty() {
        event.location(&clean(&one.location, LINE));
    }
    if let Some((north, east)) = one.position {
        event.add_property("GEO", format!("{north:.6};{east:.6}"));
    }
    if !one.categories.is_empty() {
        event.categories(one.categories.iter().map(|category| clean(category, LINE)));
    }
    event.done()
}

fn time(event: &mut Event, time: &CalendarTime) {
    match time {
        CalendarTime::Span { start, end } => {
            event.starts(*start);
            // An end at the beginning is none: DTEND has to be later (section 3.8.2.2).
            if let Some(end) = end.filter(|end| end > start) {
                event.ends(end);
            }
        }
        CalendarTime::Days { first, last } => {
            event.starts(*first);
            // The day after the last one.
            event.ends(*last.max(first) + Duration::days(1));
            event.add_property("TRANSP", "TRANSPARENT");
        }
        CalendarTime::Rule { zone, start, end, rule, left_out, .. } => {
            let local = |key: &str, at: &NaiveDateTime| {
                Property::new(key, written(at)).add_parameter("TZID", zone.name()).done()
            };
            event.append_property(local("DTSTART", start));
            if let Some(end) = end.filter(|end| end > start) {
                event.append_property(local("DTEND", &end));
            }
            event.add_property("RRULE", rule.as_str());
            for at in left_out {
                event.append_multi_property(local("EXDATE", at));
            }
        }
    }
}

/// `20260303T090000`
pub(super) fn written(at: &NaiveDateTime) -> String {
    at.format("%Y%m%dT%H%M%S").to_string()
}

/// Text without what ends a line or is no text, and not longer than this.
fn clean(text: &str, most: usize) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| *c == '\n' || !c.is_control()).take(most).collect()
}
