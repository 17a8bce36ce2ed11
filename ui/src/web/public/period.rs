//! The month or the week of an agenda that an address asks for: its days, and those before and after it.

use super::ZONE;
use crate::i18n::Translator;
use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, Utc, Weekday};
use maillage_domain::french;
use maillage_domain::item::moment;

/// How many years before and after today can be turned to: no reader, and no robot, goes on for ever.
const YEARS: i32 = 5;

/// How a list is laid out; by month and week where it goes by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum View {
    /// One after the other.
    #[default]
    List,
    /// The days of a month.
    Month,
    /// The days of a week.
    Week,
    /// Where it takes place; any list can be looked at so.
    Map,
}

impl View {
    /// As addresses name it; empty for what they need not say.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "",
            Self::Month => "month",
            Self::Week => "week",
            Self::Map => "map",
        }
    }

    /// The view of this name.
    pub fn named(name: &str) -> Self {
        [Self::Month, Self::Week, Self::Map].into_iter().find(|view| view.name() == name).unwrap_or_default()
    }
}

/// A month or a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    /// Which of both.
    view: View,
    /// Its first day.
    pub first: NaiveDate,
    /// The day after its last one.
    pub end: NaiveDate,
    /// The present day.
    pub today: NaiveDate,
}

impl Period {
    /// The period around what an address names (`2026-11`, `2026-W48`), or around the present day where it
    /// names none that can be turned to; none of a list.
    pub fn of(view: View, at: &str, now: DateTime<Utc>) -> Option<Self> {
        let today = now.with_timezone(&ZONE).date_naive();
        let asked = day_of(at).filter(|day| (day.year() - today.year()).abs() <= YEARS);
        Self::around(view, asked.unwrap_or(today), today)
    }

    fn around(view: View, day: NaiveDate, today: NaiveDate) -> Option<Self> {
        let (first, end) = match view {
            View::List | View::Map => return None,
            View::Month => {
                let first = day.with_day(1)?;
                (first, first.checked_add_months(Months::new(1))?)
            }
            View::Week => {
                let first = day.week(Weekday::Mon).checked_first_day()?;
                (first, first + Duration::days(7))
            }
        };
        Some(Self { view, first, end, today })
    }

    /// Whether it is one of weeks.
    pub fn is_month(&self) -> bool {
        self.view == View::Month
    }

    /// As addresses name it.
    pub fn at(&self) -> String {
        let format = if self.is_month() { "%Y-%m" } else { "%G-W%V" };
        self.first.format(format).to_string()
    }

    /// The one before; none where it is too long ago.
    pub fn previous(&self) -> Option<Self> {
        let before = Self::around(self.view, self.first - Duration::days(1), self.today)?;
        (self.today.year() - before.first.year() <= YEARS).then_some(before)
    }

    /// The one after; none where it is too far ahead.
    pub fn next(&self) -> Option<Self> {
        let after = Self::around(self.view, self.end, self.today)?;
        (after.first.year() - self.today.year() <= YEARS).then_some(after)
    }

    /// Whether the present day is in it.
    pub fn is_present(&self) -> bool {
        (self.first..self.end).contains(&self.today)
    }

    /// Its beginning and its end, in milliseconds.
    pub fn bounds(&self) -> (i64, i64) {
        let at =
            |day: NaiveDate| moment(&day.to_string(), ZONE, false).unwrap_or_default().timestamp_millis();
        (at(self.first), at(self.end))
    }

    /// Its days, in weeks that begin on Mondays; those of a month with the days around it.
    pub fn weeks(&self) -> Vec<Vec<NaiveDate>> {
        let mut monday = self.first.week(Weekday::Mon).checked_first_day().unwrap_or(self.first);
        let mut weeks = Vec::new();
        while monday < self.end {
            weeks.push((0..7).map(|days| monday + Duration::days(days)).collect());
            monday += Duration::days(7);
        }
        weeks
    }

    /// "Novembre 2026", "Semaine du lundi 23 novembre 2026 au dimanche 29 novembre 2026".
    pub fn name(&self, t: Translator) -> String {
        if self.is_month() {
            return capital(&french::month(self.first, t.locale));
        }
        let day = |day: NaiveDate| french::date(day, t.locale);
        t.with2("agenda-week-of", ("from", day(self.first)), ("to", day(self.end - Duration::days(1))))
    }
}

/// The words with a capital letter at their beginning.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first day of a month or week as addresses name it.
fn day_of(at: &str) -> Option<NaiveDate> {
    let (year, rest) = at.split_once('-').filter(|_| at.is_ascii() && at.len() <= 8)?;
    let year = year.parse().ok()?;
    match rest.strip_prefix('W') {
        Some(week) => NaiveDate::from_isoywd_opt(year, week.parse().ok()?, Weekday::Mon),
        None => NaiveDate::from_ymd_opt(year, rest.parse().ok()?, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(view: View, at: &str) -> Period {
        let now = "2026-11-25T23:30:00Z".parse().expect("now");
        Period::of(view, at, now).expect("a period")
    }

    #[test]
    fn an_address_names_a_month_or_a_week() {
        let month = period(View::Month, "2026-02");
        assert_eq!((month.at().as_str(), month.weeks().len()), ("2026-02", 5));
        assert_eq!(month.name(Translator::default()), "Février 2026");
        assert_eq!(month.next().expect("next").at(), "2026-03");
        assert_eq!(month.previous().expect("previous").at(), "2026-01");
        let week = period(View::Week, "2026-W53");
        assert_eq!(
            (week.first.to_string().as_str(), week.end.to_string().as_str()),
            ("2026-12-28", "2027-01-04")
        );
        assert_eq!(week.next().expect("next").at(), "2027-W01");
        // Each is found in the other.
        assert_eq!(period(View::Month, "2026-W53").at(), "2026-12");
        assert_eq!(period(View::Week, "2026-12").at(), "2026-W49");
    }

    #[test]
    fn the_present_day_is_that_of_the_node() {
        // Past midnight in Paris.
        let week = period(View::Week, "");
        assert_eq!((week.today.to_string().as_str(), week.at().as_str()), ("2026-11-26", "2026-W48"));
        assert!(week.is_present() && !period(View::Week, "2026-W47").is_present());
        let (from, to) = period(View::Month, "2026-03").bounds();
        // A month in which the clocks change is an hour shorter.
        assert_eq!((to - from) / 3_600_000, 31 * 24 - 1);
    }

    #[test]
    fn what_makes_no_sense_or_is_too_far_is_the_present() {
        for at in ["", "x", "2026", "2026-13", "2026-W54", "-5-1", "99999-01", "2026-11-25", "1999-01", "é-1"]
        {
            assert_eq!(period(View::Month, at).at(), "2026-11", "{at}");
        }
        assert_eq!(Period::of(View::List, "2026-11", Utc::now()), None);
        assert_eq!(period(View::Month, "2031-12").next(), None);
        assert_eq!(period(View::Month, "2021-01").previous(), None);
    }
}
