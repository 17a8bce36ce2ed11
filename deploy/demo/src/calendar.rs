//! Working days around a date: no Sunday, no public holiday.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Easter Sunday of a year (Gregorian computus of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// Whether nobody works in France that day.
pub fn is_holiday(day: NaiveDate) -> bool {
    const FIXED: [(u32, u32); 8] = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
    // Easter Monday, Ascension, Whit Monday.
    let movable = easter(day.year()).is_some_and(|easter| {
        [1, 39, 50].iter().any(|after| easter.checked_add_days(Days::new(*after)) == Some(day))
    });
    FIXED.contains(&(day.month(), day.day())) || movable
}

/// Whether houses like these are closed: from Christmas Eve to the first days of January.
fn is_year_end(day: NaiveDate) -> bool {
    day.month() == 12 && day.day() >= 24 || day.month() == 1 && day.day() <= 2
}

/// Whether something can be held that day.
pub fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day) && !is_year_end(day)
}

/// The first working day from `days` days after `today` (before it, when negative) onwards.
pub fn working_day(today: NaiveDate, days: i64) -> NaiveDate {
    first(days_from(today, days).iter_days(), is_working_day, today)
}

/// The last working day up to `days` days before `today`.
pub fn past_working_day(today: NaiveDate, days: i64) -> NaiveDate {
    let start = days_from(today, -days);
    let earlier = std::iter::successors(Some(start), |day| day.pred_opt());
    first(earlier, is_working_day, start)
}

/// The first Saturday that is no holiday, from `days` days after `today` onwards.
pub fn saturday(today: NaiveDate, days: i64) -> NaiveDate {
    let open = |day: NaiveDate| day.weekday() == Weekday::Sat && !is_holiday(day) && !is_year_end(day);
    first(days_from(today, days).iter_days(), open, today)
}

fn days_from(today: NaiveDate, days: i64) -> NaiveDate {
    today + chrono::Duration::days(days)
}

fn first(
    days: impl Iterator<Item = NaiveDate>,
    fits: impl Fn(NaiveDate) -> bool,
    otherwise: NaiveDate,
) -> NaiveDate {
    // A month holds a working day, whatever its holidays.
    days.take(31).find(|day| fits(*day)).unwrap_or(otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("date")
    }

    #[test]
    fn holidays_are_known() {
        for holiday in ["2026-04-06", "2026-05-14", "2026-05-25", "2027-03-29", "2026-12-25", "2027-11-11"] {
            assert!(is_holiday(day(holiday)), "{holiday}");
        }
        assert!(!is_holiday(day("2026-04-05").succ_opt().expect("day").succ_opt().expect("day")));
    }

    #[test]
    fn days_are_found_around_a_weekend() {
        assert_eq!(working_day(day("2026-12-23"), 1), day("2027-01-04"));
        assert_eq!(past_working_day(day("2026-12-29"), 2), day("2026-12-23"));
        assert_eq!(working_day(day("2026-11-25"), -3), day("2026-11-23"));
        assert_eq!(saturday(day("2026-08-10"), 0), day("2026-08-22"));
    }
}
