//! A list by date as the days of a month or of a week.

use super::listing::Listing;
use super::period::{Period, View};
use super::{ZONE, cards};
use crate::i18n::Translator;
use crate::views::{Agenda, AgendaDay, AgendaEntry, AgendaWeek, Link, Tab};
use crate::web::Visit;
use crate::web::content::span;
use crate::web::known::Known;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Timelike, Utc};
use maillage_domain::french;
use maillage_domain::item::Span;
use maillage_store::read::EntryView;
use std::collections::BTreeMap;

/// Items of a period that are shown.
pub(super) const MOST: i64 = 500;
/// What goes on for more days stands apart, and not on each of them.
const LONG: i64 = 7;

/// Where something stands in a day: what goes on since the day before comes first.
type Standing = (Option<DateTime<Utc>>, AgendaEntry);

/// What a period is drawn from.
pub(super) struct Drawn<'v> {
    /// Who looks.
    pub visit: &'v Visit,
    /// Names.
    pub known: &'v Known,
    /// The list.
    pub listing: &'v Listing,
    /// The site around it.
    pub site: Option<&'v str>,
    /// The month or week.
    pub period: Period,
    /// What takes place in it, or near it.
    pub views: &'v [EntryView],
    /// Whether there is more.
    pub more: bool,
}

/// The ways in which a list can be looked at; none where there is only one.
pub(super) fn tabs(t: Translator, listing: &Listing, by_days: bool, by_places: bool) -> Vec<Tab> {
    let tab = |view: View, key: &str| Tab {
        label: t.get(key),
        href: Listing { view, page: 1, ..listing.clone() }.href(),
        count: None,
        current: listing.view == view,
    };
    let days = [tab(View::Month, "view-month"), tab(View::Week, "view-week")];
    let further: Vec<Tab> =
        days.into_iter().filter(|_| by_days).chain(by_places.then(|| tab(View::Map, "view-map"))).collect();
    if further.is_empty() {
        further
    } else {
        std::iter::once(tab(View::List, "view-list")).chain(further).collect()
    }
}

impl Drawn<'_> {
    /// The period as a view.
    pub fn agenda(&self) -> Agenda {
        let (t, period) = (self.visit.t, &self.period);
        let (mut running, mut days): (Vec<Standing>, BTreeMap<NaiveDate, Vec<Standing>>) = Default::default();
        for view in self.views {
            for time in cards::times(self.known, view) {
                self.place(view, time, &mut running, &mut days);
            }
        }
        let nothing = running.is_empty() && days.is_empty();
        let list = Listing { view: View::List, at: String::new(), page: 1, ..self.listing.clone() };
        let shown = |period: &Period| Listing { at: period.at(), ..self.listing.clone() }.href();
        let link = |period: Period, key: &str| Link::new(t.get(key), shown(&period));
        let (before, present, after) = match period.is_month() {
            true => ("agenda-month-before", "agenda-month-present", "agenda-month-after"),
            false => ("agenda-week-before", "agenda-week-present", "agenda-week-after"),
        };
        let weeks: Vec<AgendaWeek> =
            period.weeks().into_iter().map(|week| self.week(&week, &mut days)).collect();
        let names = weeks.first().filter(|_| period.is_month());
        Agenda {
            t,
            heading: period.name(t),
            previous: period.previous().map(|one| link(one, before)),
            present: Link::new(t.get(present), Listing { at: String::new(), ..self.listing.clone() }.href()),
            is_present: period.is_present(),
            next: period.next().map(|one| link(one, after)),
            running: in_order(running),
            weekdays: names.map(|_| weekdays(t, period)).unwrap_or_default(),
            weeks,
            nothing: nothing.then(|| Link::new(t.get("agenda-see-all"), list.href())),
            more: self.more,
            address: self.visit.app().addresses().url(&shown(period)),
        }
    }

    fn week(&self, days: &[NaiveDate], found: &mut BTreeMap<NaiveDate, Vec<Standing>>) -> AgendaWeek {
        let t = self.visit.t;
        let monday = days.first().copied().unwrap_or_default();
        let at = monday.format("%G-W%V").to_string();
        let href = Listing { view: View::Week, at, ..self.listing.clone() }.href();
        let day = |day: &NaiveDate| AgendaDay {
            iso: day.to_string(),
            number: day.day().to_string(),
            name: french::date(*day, t.locale),
            today: *day == self.period.today,
            outside: !(self.period.first..self.period.end).contains(day),
            entries: in_order(found.remove(day).unwrap_or_default()),
        };
        AgendaWeek {
            link: Link::new(t.with("agenda-week-number", "number", monday.iso_week().week()), href),
            days: days.iter().map(day).collect(),
        }
    }

    /// Puts one time of an item where it stands.
    fn place(
        &self,
        view: &EntryView,
        (start, end): Span,
        running: &mut Vec<Standing>,
        days: &mut BTreeMap<NaiveDate, Vec<Standing>>,
    ) {
        let Some(start) = start else { return };
        let local = |at: DateTime<Utc>| at.with_timezone(&ZONE);
        let end = end.filter(|end| *end > start);
        let first = local(start).date_naive();
        // What ends at midnight is over on the day before.
        let last = end.map_or(first, |end| local(end - Duration::minutes(1)).date_naive()).max(first);
        let (from, to) = (first.max(self.period.first), last.min(self.period.end - Duration::days(1)));
        if from > to {
            return;
        }
        if (last - first).num_days() > LONG {
            let when = span(Some(start), end, ZONE, self.visit.t).map(|when| when.text);
            running.push((Some(start), self.entry(view, when.unwrap_or_default())));
            return;
        }
        for day in from.iter_days().take_while(|day| *day <= to) {
            let begins = day == first;
            let time = match begins {
                true => self.time(start, end.filter(|_| last == first)),
                false => self.visit.t.get("agenda-goes-on"),
            };
            days.entry(day).or_default().push((begins.then_some(start), self.entry(view, time)));
        }
    }

    /// "14 h – 17 h", "14 h"; empty for a whole day.
    fn time(&self, start: DateTime<Utc>, end: Option<DateTime<Utc>>) -> String {
        let clock = |at: DateTime<Utc>| {
            let local = at.with_timezone(&ZONE);
            (local.hour(), local.minute())
        };
        let said = |(hour, minute)| french::time(hour, minute, self.visit.t.locale);
        match (clock(start), end.map(clock)) {
            ((0, 0), None | Some((23, 59) | (0, 0))) => String::new(),
            (start, Some(end)) if end != (23, 59) => format!("{}\u{a0}– {}", said(start), said(end)),
            (start, _) => said(start),
        }
    }

    fn entry(&self, view: &EntryView, time: String) -> AgendaEntry {
        let (t, cancelled) = (self.visit.t, cards::cancelled(view));
        let state = cards::warning(t, view, i64::MIN);
        AgendaEntry {
            link: Link::new(cards::typeset(view, &view.item.title), cards::href(self.site, view)),
            time,
            place: cards::place(view, self.known),
            warning: state,
            cancelled,
        }
    }
}

fn in_order(mut standing: Vec<Standing>) -> Vec<AgendaEntry> {
    standing.sort_by(|(one, a), (other, b)| (one, &a.link.label).cmp(&(other, &b.link.label)));
    standing.into_iter().map(|(_, entry)| entry).collect()
}

/// "Lundi" to "dimanche", from the first week of the period.
fn weekdays(t: Translator, period: &Period) -> Vec<String> {
    let week = period.weeks().into_iter().next().unwrap_or_default();
    week.into_iter().map(|day| french::weekday(day, t.locale)).collect()
}
