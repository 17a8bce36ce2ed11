//! Dates in words, as users and other software read them.

use crate::message::Locale;
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;

const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
/// The months in French.
pub(crate) const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// "mardi 3 mars 2026" or "Tuesday 3 March 2026".
#[must_use]
pub fn date(day: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::Fr => {
            let number = if day.day() == 1 { "1er".to_owned() } else { day.day().to_string() };
            let weekday = DAYS[day.weekday().num_days_from_monday() as usize];
            format!("{weekday} {number} {} {}", MONTHS[day.month0() as usize], day.year())
        }
        Locale::En => day.format("%A %-d %B %Y").to_string(),
    }
}

/// "mars 2026" or "March 2026".
#[must_use]
pub fn month(day: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::Fr => format!("{} {}", MONTHS[day.month0() as usize], day.year()),
        Locale::En => day.format("%B %Y").to_string(),
    }
}

/// "mardi" or "Tuesday".
#[must_use]
pub fn weekday(day: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::Fr => DAYS[day.weekday().num_days_from_monday() as usize].to_owned(),
        Locale::En => day.format("%A").to_string(),
    }
}

/// "14 h", "14 h 30" (with no-break spaces) or "14:30".
#[must_use]
pub fn time(hour: u32, minute: u32, locale: Locale) -> String {
    match (locale, minute) {
        (Locale::Fr, 0) => format!("{hour}\u{a0}h"),
        (Locale::Fr, _) => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
        (Locale::En, _) => format!("{hour}:{minute:02}"),
    }
}

/// "mardi 3 mars 2026, 14 h" in the zone of the thing itself; midnight is taken for a date alone.
#[must_use]
pub fn date_time(at: DateTime<Utc>, zone: Tz, locale: Locale) -> String {
    let local = at.with_timezone(&zone);
    let day = date(local.date_naive(), locale);
    if local.hour() == 0 && local.minute() == 0 {
        return day;
    }
    format!("{day}, {}", time(local.hour(), local.minute(), locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_in_words() {
        let at = DateTime::from_timestamp(1_772_542_800, 0).expect("time");
        let paris = chrono_tz::Europe::Paris;
        assert_eq!(date_time(at, paris, Locale::Fr), "mardi 3 mars 2026, 14\u{a0}h");
        assert_eq!(date_time(at, paris, Locale::En), "Tuesday 3 March 2026, 14:00");
        let first = NaiveDate::from_ymd_opt(2026, 5, 1).expect("date");
        assert_eq!(date(first, Locale::Fr), "vendredi 1er mai 2026");
        assert_eq!(
            (month(first, Locale::Fr), month(first, Locale::En)),
            ("mai 2026".into(), "May 2026".into())
        );
        assert_eq!(weekday(first, Locale::Fr), "vendredi");
    }
}
