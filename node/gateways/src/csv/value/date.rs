//! Dates and times of spreadsheets.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::{ValueError, fold};

/// Beginnings of the names of months, folded, in French and English. Longer ones first where one
/// begins another.
const MONTHS: [(&str, u32); 20] = [
    ("jan", 1),
    ("fev", 2),
    ("feb", 2),
    ("mar", 3),
    ("avr", 4),
    ("apr", 4),
    ("mai", 5),
    ("may", 5),
    ("juin", 6),
    ("jun", 6),
    ("juil", 7),
    ("jul", 7),
    ("aou", 8),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("fvr", 2),
    ("jui", 7),
];

/// Names of the months in full, folded: what follows the beginning has to fit one of them.
const NAMES: [&str; 24] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month of a folded name or abbreviation: `janv`, `dec`, `aout`, `october`, `juil`.
pub(crate) fn month_number(folded: &str) -> Option<u32> {
    let name = folded.trim_end_matches('_');
    if name.len() < 3 {
        return None;
    }
    if let "sept" | "janv" | "fevr" | "fvr" | "mrs" = name {
        return MONTHS.iter().find(|(start, _)| name.starts_with(start)).map(|(_, n)| *n);
    }
    let known = NAMES.iter().any(|full| full.starts_with(name));
    MONTHS.iter().find(|(start, _)| known && name.starts_with(start)).map(|(_, n)| *n)
}

/// Reads a day: `dd/mm/yyyy` (also with `-`, `.` or blanks, and years of two digits, 1970–2069),
/// `12-oct-26`, `lundi 5 octobre 2026`, `1er mai 2026`, `2026-10-05`, `20261005`, or Excel's serial
/// number (days since 30 December 1899). A time after it is passed over.
///
/// # Errors
/// No such form, or no such day.
pub fn date(text: &str) -> Result<NaiveDate, ValueError> {
    day(text.trim()).filter(plausible).ok_or_else(|| {
        ValueError::new(text, "date illisible ; attendu : jj/mm/aaaa", "unreadable date; expected dd/mm/yyyy")
    })
}

/// Reads a day with a time: the forms of [`date`] with `09:30`, `9h30` or `9 h` after them, ISO 8601,
/// Excel's serial number with a fraction. Midnight where there is no time. A time with an offset from
/// UTC is turned into local time of `zone`.
///
/// # Errors
/// No such form, or no such day or time.
pub fn date_time(text: &str, zone: Tz) -> Result<NaiveDateTime, ValueError> {
    let written = text.trim();
    if let Ok(absolute) = DateTime::parse_from_rfc3339(&written.replacen(' ', "T", 1)) {
        let local = absolute.with_timezone(&zone).naive_local();
        if plausible(&local.date()) {
            return Ok(local);
        }
    }
    let wrong = || {
        ValueError::new(
            text,
            "date et heure illisibles ; attendu : jj/mm/aaaa hh:mm",
            "unreadable date and time; expected dd/mm/yyyy hh:mm",
        )
    };
    if let Some(serial) = serial(written) {
        return Ok(serial);
    }
    let (day_text, time_text) = split_time(written);
    let day = day(day_text).filter(plausible).ok_or_else(wrong)?;
    let time = if time_text.is_empty() { Some(NaiveTime::MIN) } else { time(time_text) };
    time.map(|time| day.and_time(time)).ok_or_else(wrong)
}

fn plausible(day: &NaiveDate) -> bool {
    use chrono::Datelike;
    (1800..=2200).contains(&day.year())
}

fn day(text: &str) -> Option<NaiveDate> {
    if let Some(serial) = serial(text) {
        return Some(serial.date());
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return NaiveDate::parse_from_str(text, "%Y%m%d").ok();
    }
    let (text, _) = split_time(text);
    let folded = fold(text);
    let mut parts: Vec<&str> = folded.split('_').filter(|p| !p.is_empty()).collect();
    // A day of the week stands before the number.
    if parts.len() == 4 && parts.first().is_some_and(|p| p.chars().all(char::is_alphabetic)) {
        parts.remove(0);
    }
    let [first, second, third] = parts.as_slice() else { return None };
    if first.len() == 4 {
        return NaiveDate::from_ymd_opt(first.parse().ok()?, month(second)?, third.parse().ok()?);
    }
    let day = if *first == "1er" { 1 } else { first.parse().ok()? };
    NaiveDate::from_ymd_opt(year(third)?, month(second)?, day)
}

fn month(text: &str) -> Option<u32> {
    text.parse().ok().or_else(|| month_number(text))
}

fn year(text: &str) -> Option<i32> {
    let number: i32 = text.parse().ok()?;
    match text.len() {
        2 => Some(if number < 70 { 2000 + number } else { 1900 + number }),
        4 => Some(number),
        _ => None,
    }
}

/// Days since 30 December 1899, from 1950 to 2119, with a fraction for the time.
fn serial(text: &str) -> Option<NaiveDateTime> {
    let digits = text.split([',', '.']).next()?;
    if digits.len() != 5 || !text.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') {
        return None;
    }
    let number: f64 = text.replace(',', ".").parse().ok()?;
    if !(18_264.0..80_354.0).contains(&number) {
        return None;
    }
    let seconds = (number * 86_400.0).round() as i64;
    NaiveDate::from_ymd_opt(1899, 12, 30)?
        .and_time(NaiveTime::MIN)
        .checked_add_signed(TimeDelta::seconds(seconds))
}

/// Cuts the time off a date: at `T` between digits, or at the last blank before digits with `:` or `h`.
fn split_time(text: &str) -> (&str, &str) {
    let cut = |at: usize, length: usize| {
        (text.get(..at).unwrap_or(text), text.get(at + length..).unwrap_or_default())
    };
    if let Some(at) = text.find('T').filter(|at| *at == 10) {
        return cut(at, 1);
    }
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_whitespace()) {
        let after = text.get(at..).unwrap_or_default().trim_start();
        let clock = after.strip_prefix("à").or(after.strip_prefix("a ")).unwrap_or(after).trim_start();
        let digits = clock.bytes().take_while(u8::is_ascii_digit).count();
        let mark = clock.get(digits..).unwrap_or_default().trim_start();
        if (1..=2).contains(&digits) && mark.starts_with([':', 'h', 'H']) {
            let (before, _) = cut(at, c.len_utf8());
            return (before.trim_end(), clock);
        }
    }
    (text, "")
}

fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().trim_end_matches('Z');
    let numbers: Vec<&str> = text.split([':', 'h', 'H']).map(str::trim).collect();
    let number = |index: usize| match numbers.get(index) {
        None | Some(&"") => Some(0),
        Some(digits) => digits.split('.').next()?.parse::<u32>().ok(),
    };
    if numbers.len() > 3 {
        return None;
    }
    NaiveTime::from_hms_opt(number(0)?, number(1)?, number(2)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Paris;

    #[test]
    fn days_as_spreadsheets_write_them() {
        for (text, expected) in [
            ("05/10/2026", "2026-10-05"),
            ("5/1/26", "2026-01-05"),
            ("1/9/98", "1998-09-01"),
            ("05-10-2026", "2026-10-05"),
            ("5.10.2026", "2026-10-05"),
            ("02-nov-26", "2026-11-02"),
            ("18-déc-26", "2026-12-18"),
            ("3 août 2026", "2026-08-03"),
            ("1er mai 2026", "2026-05-01"),
            ("lundi 5 octobre 2026", "2026-10-05"),
            ("7 juil. 2026", "2026-07-07"),
            ("2026-10-05", "2026-10-05"),
            ("2026/10/05", "2026-10-05"),
            ("20261005", "2026-10-05"),
            ("39176", "2007-04-04"),
            ("05/10/2026 09:30:00", "2026-10-05"),
            ("2026-10-05T09:30:00", "2026-10-05"),
        ] {
            assert_eq!(date(text).map(|d| d.to_string()), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn the_rest_is_refused_with_a_reason() {
        for text in
            ["", "31/02/2026", "demain", "13/13/2026", "2026", "1", "99999", "5/10/202", "12/2026", "é"]
        {
            assert!(date(text).is_err(), "{text}");
        }
        assert_eq!(
            date("31/02/2026").unwrap_err().fr,
            "« 31/02/2026 » : date illisible ; attendu : jj/mm/aaaa"
        );
    }

    #[test]
    fn days_with_times() {
        for (text, expected) in [
            ("05/10/2026 09:30", "2026-10-05 09:30:00"),
            ("05/10/2026 à 9h30", "2026-10-05 09:30:00"),
            ("lundi 5 octobre 2026 à 14 h", "2026-10-05 14:00:00"),
            ("2026-10-05T07:30:00Z", "2026-10-05 09:30:00"),
            ("2026-10-05 09:30:15", "2026-10-05 09:30:15"),
            ("05/10/2026", "2026-10-05 00:00:00"),
            ("46300,5", "2026-10-05 12:00:00"),
        ] {
            assert_eq!(date_time(text, Paris).map(|d| d.to_string()), Ok(expected.to_owned()), "{text}");
        }
        assert!(date_time("05/10/2026 25:00", Paris).is_err());
    }

    #[test]
    fn months() {
        assert_eq!(month_number("sept"), Some(9));
        assert_eq!(month_number("juillet"), Some(7));
        assert_eq!(month_number("juin"), Some(6));
        assert_eq!(month_number("mardi"), None);
        assert_eq!(month_number("mar"), Some(3));
        assert_eq!(month_number("ma"), None);
    }
}
