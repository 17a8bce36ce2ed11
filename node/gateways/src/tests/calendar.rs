//! Calendars as programs read them: folded lines, escaped text, rules that give the same moments.

use crate::calendar::{Calendar, CalendarEvent, CalendarStatus, CalendarTime, write_icalendar};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use rrule::RRuleSet;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().expect("a local time")
}

fn event(time: CalendarTime) -> CalendarEvent {
    CalendarEvent {
        uid: "https://mef58.example/o/1".to_owned(),
        sequence: 2,
        created: at("2026-02-01T08:00:00Z"),
        updated: at("2026-02-03T08:00:00Z"),
        time,
        title: "Forum".to_owned(),
        description: String::new(),
        location: "Nevers (Nièvre)".to_owned(),
        position: Some((46.99, 3.16)),
        page: super::url("https://mef58.example/fiches/1/forum"),
        categories: vec!["Emploi".to_owned(), "Formation, métiers".to_owned()],
        status: CalendarStatus::Confirmed,
    }
}

fn written(events: Vec<CalendarEvent>) -> String {
    write_icalendar(&Calendar {
        name: "Agenda – Nièvre".to_owned(),
        description: String::new(),
        source: super::url("https://mef58.example/services/agenda.ics"),
        page: super::url("https://mef58.example/services/agenda"),
        events,
    })
}

/// The lines, unfolded (section 3.1).
fn lines(text: &str) -> Vec<String> {
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "a bare end of line");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn span(start: &str, end: Option<&str>) -> CalendarTime {
    CalendarTime::Span { start: at(start), end: end.map(at) }
}

#[test]
fn an_event_is_told_with_its_identity_and_state() {
    let mut one = event(span("2026-07-03T12:00:00Z", Some("2026-07-03T15:30:00Z")));
    one.status = CalendarStatus::Cancelled;
    let told = lines(&written(vec![one.clone()]));
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "NAME;VALUE=TEXT:Agenda – Nièvre",
        "UID:https://mef58.example/o/1",
        "SEQUENCE:2",
        "DTSTAMP:20260203T080000Z",
        "DTSTART:20260703T120000Z",
        "DTEND:20260703T153000Z",
        "STATUS:CANCELLED",
        "GEO:46.990000;3.160000",
        r"CATEGORIES:Emploi,Formation\, métiers",
        "END:VCALENDAR",
    ] {
        assert!(told.iter().any(|one| one == line), "no {line}: {told:#?}");
    }
    assert!(!told.iter().any(|line| line.contains("VTIMEZONE")), "UTC needs no zone");
    // It says nothing of the moment at which it is written: an unchanged calendar is the same text.
    assert_eq!(written(vec![one.clone()]), written(vec![one]));
}

#[test]
fn an_end_at_the_beginning_is_none_and_whole_days_end_with_the_day_after() {
    let moment = lines(&written(vec![event(span("2026-07-03T12:00:00Z", Some("2026-07-03T12:00:00Z")))]));
    assert!(!moment.iter().any(|line| line.starts_with("DTEND")), "{moment:#?}");
    let day = |day| NaiveDate::from_ymd_opt(2026, 12, day).expect("a day");
    let days = lines(&written(vec![event(CalendarTime::Days { first: day(30), last: day(31) })]));
    for line in ["DTSTART;VALUE=DATE:20261230", "DTEND;VALUE=DATE:20270101"] {
        assert!(days.iter().any(|one| one == line), "no {line}: {days:#?}");
    }
}

#[test]
fn text_never_ends_its_line() {
    let mut hostile = event(span("2026-07-03T12:00:00Z", None));
    hostile.title = "Forum\r\nATTENDEE:mailto:x@evil.example\rSTATUS:CANCELLED\u{0}; a, b\\".to_owned();
    hostile.description = format!("{}\n«\u{a0}fin\u{a0}»", "Élan, été ; ".repeat(2_000));
    hostile.uid = "https://mef58.example/o/1\r\nX-EVIL:1".to_owned();
    let told = lines(&written(vec![hostile]));
    assert_eq!(told.iter().filter(|line| line.starts_with("STATUS:")).count(), 1, "{told:#?}");
    assert!(!told.iter().any(|line| line.starts_with("ATTENDEE") || line.starts_with("X-EVIL")));
    let title = told.iter().find(|line| line.starts_with("SUMMARY:")).expect("a title");
    assert_eq!(title, r"SUMMARY:Forum\nATTENDEE:mailto:x@evil.example\nSTATUS:CANCELLED\; a\, b\\");
    let text = told.iter().find(|line| line.starts_with("DESCRIPTION:")).expect("a description");
    assert!(text.starts_with(r"DESCRIPTION:Élan\, été \; ") && text.chars().count() < 9_000);
}

#[test]
fn a_rule_gives_the_same_moments_to_whoever_works_it_out() {
    let told = lines(&written(vec![event(CalendarTime::Rule {
        zone: chrono_tz::Europe::Paris,
        start: local("2026-03-17T09:00:00"),
        end: Some(local("2026-03-17T12:00:00")),
        rule: "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260414T070000Z".to_owned(),
        left_out: vec![local("2026-04-07T09:00:00")],
        last: local("2026-04-14T09:00:00"),
    })]));
    let of_event: Vec<&str> = told
        .iter()
        .map(String::as_str)
        .skip_while(|line| *line != "BEGIN:VEVENT")
        .filter(|line| ["DTSTART", "RRULE", "EXDATE"].iter().any(|name| line.starts_with(name)))
        .collect();
    let rule: RRuleSet = of_event.join("\n").parse().expect("a rule");
    let found = rule.all(20).dates;
    let moments: Vec<String> =
        found.iter().map(|at| at.with_timezone(&Utc).format("%m-%d %H").to_string()).collect();
    // 9 h in Paris, before and after the change to summer time of 29 March.
    assert_eq!(moments, ["03-17 08", "03-24 08", "03-31 07", "04-14 07"]);
    // The zone that they name is told, with the changes of that time.
    let zone: Vec<&str> = told
        .iter()
        .map(String::as_str)
        .skip_while(|line| *line != "BEGIN:VTIMEZONE")
        .take_while(|line| *line != "END:VTIMEZONE")
        .collect();
    assert!(zone.contains(&"TZID:Europe/Paris"), "{zone:#?}");
    let summer: Vec<&str> = zone.iter().copied().skip_while(|line| *line != "BEGIN:DAYLIGHT").collect();
    let summer = summer.split(|line| line.starts_with("END:")).next().expect("a part");
    // Clocks showed 2 h when they were set forward.
    assert!(summer.iter().any(|line| line.ends_with(":20260329T020000")), "{zone:#?}");
    assert!(summer.contains(&"TZOFFSETFROM:+0100") && summer.contains(&"TZOFFSETTO:+0200"), "{zone:#?}");
    assert!(zone.iter().any(|line| line.ends_with(":20261025T030000")), "{zone:#?}");
}
