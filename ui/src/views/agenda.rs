//! The days of a month or of a week, each with what takes place.

use super::{Icon, Link};
use crate::i18n::Translator;
use askama::Template;
use askama::filters::HtmlSafe;

/// Something that takes place on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgendaEntry {
    /// Title, with its page.
    pub link: Link,
    /// At what time, or that it goes on; empty for what takes the whole day.
    pub time: String,
    /// Where, in words; empty where it says no place.
    pub place: String,
    /// What there is to know before opening it; empty where there is nothing.
    pub warning: String,
    /// Whether it does not take place: it is struck out.
    pub cancelled: bool,
}

/// A day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgendaDay {
    /// `2026-11-03`
    pub iso: String,
    /// "3"
    pub number: String,
    /// "mardi 3 novembre 2026"
    pub name: String,
    /// Whether it is the present one.
    pub today: bool,
    /// Whether it belongs to another month: it stands empty.
    pub outside: bool,
    /// What takes place.
    pub entries: Vec<AgendaEntry>,
}

impl AgendaDay {
    fn class(&self) -> &'static str {
        match (self.outside, self.today, self.entries.is_empty()) {
            (true, ..) => "day-outside",
            (_, true, true) => "day-today day-free",
            (_, true, false) => "day-today",
            (_, _, true) => "day-free",
            _ => "",
        }
    }
}

/// A week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgendaWeek {
    /// Its number in the year, with its page.
    pub link: Link,
    /// Its days, from Monday.
    pub days: Vec<AgendaDay>,
}

/// A month, or a week.
#[derive(Debug, Clone, PartialEq, Eq, Default, Template)]
#[template(path = "parts/agenda.html")]
pub struct Agenda {
    /// Language.
    pub t: Translator,
    /// Which one it is.
    pub heading: String,
    /// The one before.
    pub previous: Option<Link>,
    /// The present one.
    pub present: Link,
    /// Whether that is shown.
    pub is_present: bool,
    /// The one after.
    pub next: Option<Link>,
    /// What goes on for longer than a week, each with its dates as `time`.
    pub running: Vec<AgendaEntry>,
    /// Names of the days, where it is a month.
    pub weekdays: Vec<String>,
    /// Its weeks: several of a month.
    pub weeks: Vec<AgendaWeek>,
    /// What to say where nothing takes place, and where to look instead.
    pub nothing: Option<Link>,
    /// Whether there is more than is shown.
    pub more: bool,
    /// Its address, for paper.
    pub address: String,
}

impl HtmlSafe for Agenda {}
