//! The times at which something takes place: intervals of local time (ISO 8601), read as people write
//! them.

use crate::item::{in_this_age, moment, parse_local};
use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

/// One time at which something takes place, in local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// When it begins.
    pub start: NaiveDateTime,
    /// When it ends, where that is said.
    pub end: Option<NaiveDateTime>,
}

impl Occurrence {
    /// Reads `YYYY-MM-DDTHH:MM/YYYY-MM-DDTHH:MM` (an ISO 8601 interval), a beginning alone, or what
    /// people write: `03/07/2026 14:00 - 17:30`, `03/07/2026 14h – 04/07/2026 12h30`. None for what is
    /// neither, and for an end before the beginning.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = plain(text);
        let text = text.as_str();
        let (start, end) = match text.split_once('/').filter(|_| text.contains('T')) {
            Some((start, end)) => (start, Some(end)),
            None => [" - ", " – ", " à ", " au ", " to "]
                .into_iter()
                .find_map(|mark| text.split_once(mark))
                .map_or((text, None), |(start, end)| (start, Some(end))),
        };
        let start = local(start)?;
        let end = match end {
            None => None,
            Some(end) => Some(local(end).or_else(|| time(end).map(|at| start.date().and_time(at)))?),
        };
        end.is_none_or(|end| end >= start).then_some(Self { start, end })
    }

    /// As it is stored: `YYYY-MM-DDTHH:MM/YYYY-MM-DDTHH:MM`, or the beginning alone.
    #[must_use]
    pub fn stored(&self) -> String {
        let text = |at: NaiveDateTime| at.format("%Y-%m-%dT%H:%M").to_string();
        match self.end {
            Some(end) => format!("{}/{}", text(self.start), text(end)),
            None => text(self.start),
        }
    }

    /// As it is typed in a form: `03/07/2026 14:00 - 17:30`, the day of the end where it is another.
    #[must_use]
    pub fn typed(&self) -> String {
        let start = self.start.format("%d/%m/%Y %H:%M");
        match self.end {
            None => start.to_string(),
            Some(end) if end.date() == self.start.date() => format!("{start} - {}", end.format("%H:%M")),
            Some(end) => format!("{start} - {}", end.format("%d/%m/%Y %H:%M")),
        }
    }

    /// Beginning and end in a zone, in UTC.
    #[must_use]
    pub fn moments(&self, zone: Tz) -> Option<(DateTime<Utc>, Option<DateTime<Utc>>)> {
        let at = |local: NaiveDateTime| moment(&local.format("%Y-%m-%dT%H:%M").to_string(), zone, false);
        Some((at(self.start)?, self.end.and_then(at)))
    }
}

fn local(text: &str) -> Option<NaiveDateTime> {
    let text = with_colon(text.trim());
    parse_local(&text)
        .or_else(|| NaiveDateTime::parse_from_str(&text, "%d/%m/%Y %H:%M").ok())
        .map(in_this_age)
}

fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(&with_colon(text.trim()), "%H:%M").ok()
}

/// `03/07/2026 de 14h à 17h`, `03/07/2026 à 14h` and `03/07/2026 14h-17h` as `03/07/2026 14h - 17h` and the
/// like.
fn plain(text: &str) -> String {
    let text = text.trim().replacen(" de ", " ", 1).replacen(" from ", " ", 1);
    let day = text.split_once(" à ").filter(|(before, _)| !before.contains(' '));
    match (day, text.split_once('/').is_some() && !text.contains('T')) {
        (Some((day, time)), _) => format!("{day} {time}"),
        (None, true) if !text.contains(" - ") => text.replacen('-', " - ", 1),
        _ => text,
    }
}

/// `14h30` and `14h` with a colon.
fn with_colon(text: &str) -> String {
    match text.split_once(['h', 'H']) {
        Some((before, "")) => format!("{}:00", before.trim_end()),
        Some((before, minutes)) => format!("{}:{}", before.trim_end(), minutes.trim_start()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_read_as_people_write_them() {
        for (typed, stored) in [
            ("2026-07-03T14:00/2026-07-03T17:30", "2026-07-03T14:00/2026-07-03T17:30"),
            ("2026-07-03T14:00", "2026-07-03T14:00"),
            ("03/07/2026 14:00 - 17:30", "2026-07-03T14:00/2026-07-03T17:30"),
            ("3/7/2026 14h – 17h30", "2026-07-03T14:00/2026-07-03T17:30"),
            ("03/07/2026 9 h 15 à 12 h", "2026-07-03T09:15/2026-07-03T12:00"),
            ("03/07/2026 14h - 04/07/2026 12h30", "2026-07-03T14:00/2026-07-04T12:30"),
            ("03/07/2026 14:00", "2026-07-03T14:00"),
            ("03/07/2026 à 14h", "2026-07-03T14:00"),
            ("03/07/26 14h-17h", "2026-07-03T14:00/2026-07-03T17:00"),
            ("03/07/2026 de 14h à 17h", "2026-07-03T14:00/2026-07-03T17:00"),
        ] {
            let read = Occurrence::read(typed);
            assert_eq!(read.map(|o| o.stored()).as_deref(), Some(stored), "{typed}");
            let again = read.map(|o| o.typed()).and_then(|typed| Occurrence::read(&typed));
            assert_eq!(again, read, "{typed}");
        }
        for wrong in ["", "demain", "03/07/2026", "03/07/2026 14:00 - 13:00", "03/07/2026 14:00 - midi"] {
            assert_eq!(Occurrence::read(wrong), None, "{wrong}");
        }
    }
}
