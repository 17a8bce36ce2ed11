//! An item: its typed fields, and the core that every list, feed and wire form is made from.

use crate::field::{FieldRole, Fields};
use crate::occurrence::Occurrence;
use crate::place::PlaceCode;
use crate::recurrence::Recurrence;
use crate::repetition::Repetition;
use crate::service_type::ServiceType;
use crate::text::{clip, plain_text};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// The parts of an item that do not depend on its type, taken out of its fields by their roles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ItemCore {
    /// Plain-text title.
    pub title: String,
    /// Plain-text summary, at most 500 characters; empty where there is none.
    pub summary: String,
    /// Clean HTML; empty where there is none.
    pub content: String,
    /// Address of the original.
    pub source_url: Option<String>,
    /// Theme slugs as given, without ancestors.
    pub themes: Vec<String>,
    /// Where it is held.
    pub held: Vec<PlaceCode>,
    /// Who is eligible.
    pub eligible: Vec<PlaceCode>,
    /// When it begins, in UTC.
    pub starts_at: Option<DateTime<Utc>>,
    /// When it ends, in UTC; the last time, where it takes place several times.
    pub ends_at: Option<DateTime<Utc>>,
    /// The date of the thing itself.
    pub dated: Option<NaiveDate>,
}

/// What describes an item beside its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFrame {
    /// ISO 639-1.
    pub language: String,
    /// SPDX identifier or URL; empty where nothing is said.
    pub licence: String,
    /// IANA time zone in which local times of the fields are meant.
    pub timezone: String,
}

impl Default for ItemFrame {
    fn default() -> Self {
        Self { language: "fr".into(), licence: String::new(), timezone: "Europe/Paris".into() }
    }
}

impl ItemCore {
    /// The core of an item whose fields are valid for its type. Values that do not parse are left
    /// out: validation has spoken before.
    #[must_use]
    pub fn of(service_type: &ServiceType, fields: &Fields, frame: &ItemFrame) -> Self {
        let text = |role| service_type.text(fields, role).unwrap_or_default().to_owned();
        let places = |role| {
            service_type
                .list(fields, role)
                .into_iter()
                .filter_map(|code| code.parse().ok())
                .collect::<Vec<PlaceCode>>()
        };
        let zone = frame.timezone.parse::<Tz>().unwrap_or(chrono_tz::Europe::Paris);
        let content = text(FieldRole::Content);
        let all = occurrences(service_type, fields, zone);
        let summary = match service_type.text(fields, FieldRole::Summary) {
            Some(summary) => clip(&plain_text(summary), 500),
            None => clip(&plain_text(&content), 500),
        };
        Self {
            title: service_type.title_of(fields),
            summary,
            source_url: service_type.text(fields, FieldRole::Source).map(str::to_owned),
            themes: service_type.list(fields, FieldRole::Themes).into_iter().map(str::to_owned).collect(),
            held: places(FieldRole::Held),
            eligible: places(FieldRole::Eligible),
            starts_at: begins(service_type, fields, zone, &all),
            ends_at: last_end(&all),
            dated: service_type.text(fields, FieldRole::Dated).and_then(|t| t.get(..10)?.parse().ok()),
            content,
        }
    }
}

/// When an item begins: by its start, or, where a rule says otherwise, the first time that it holds.
fn begins(service_type: &ServiceType, fields: &Fields, zone: Tz, all: &[Span]) -> Option<DateTime<Utc>> {
    let ruled = service_type.text(fields, FieldRole::Recurrence).is_some();
    let first = all.first().filter(|_| ruled).and_then(|(start, _)| *start);
    first.or_else(|| main_span(service_type, fields, zone).0)
}

/// One time that an item takes place: its beginning and its end.
pub type Span = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// The time between an item's start and its end.
#[must_use]
pub fn main_span(service_type: &ServiceType, fields: &Fields, zone: Tz) -> Span {
    (
        service_type.text(fields, FieldRole::Start).and_then(|text| moment(text, zone, false)),
        service_type.text(fields, FieldRole::End).and_then(|text| moment(text, zone, true)),
    )
}

/// When an item begins and ends, each time that it takes place: the one of its start and end, the
/// further ones, and those of its rule, in the order of their beginnings.
#[must_use]
pub fn occurrences(service_type: &ServiceType, fields: &Fields, zone: Tz) -> Vec<Span> {
    let further = service_type.list(fields, FieldRole::Occurrences);
    let further = further.into_iter().filter_map(Occurrence::read).filter_map(|one| one.moments(zone));
    let mut all = vec![main_span(service_type, fields, zone)];
    all.extend(further.map(|(start, end)| (Some(start), end)));
    if service_type.text(fields, FieldRole::Recurrence).and_then(Recurrence::read).is_some() {
        let further = all.split_off(1);
        all = repeated(service_type, fields, zone, main_span(service_type, fields, zone));
        all.extend(further);
    }
    all.retain(|(start, end)| start.is_some() || end.is_some());
    all.sort_unstable();
    // A rule may give a time that is named besides.
    all.dedup_by_key(|(start, _)| *start);
    all
}

/// The times of a rule: the first one, and what the rule makes of it, as long each, without the days on
/// which it does not hold.
fn repeated(service_type: &ServiceType, fields: &Fields, zone: Tz, main: Span) -> Vec<Span> {
    let Some(repetition) = Repetition::of(service_type, fields) else { return vec![main] };
    let length =
        main.0.zip(main.1).map(|(start, end)| end - start).filter(|length| *length > Duration::zero());
    repetition.starts_in(zone).into_iter().map(|at| (Some(at), length.map(|length| at + length))).collect()
}

/// Of several times the first that is not over at this moment; the last one where all are.
#[must_use]
pub fn next_span(all: &[Span], now: DateTime<Utc>) -> Option<Span> {
    let ahead = all.iter().find(|(start, end)| end.or(*start).is_some_and(|over| over >= now));
    ahead.or(all.last()).copied()
}

/// When the last of several times is over, one without an end as it begins; of a single time, its end.
fn last_end(all: &[Span]) -> Option<DateTime<Utc>> {
    match all {
        [(_, end)] => *end,
        several => several.iter().filter_map(|(start, end)| end.or(*start)).max(),
    }
}

/// The instant of a local `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM` in a zone; a date alone is its first
/// moment, or its last minute where it ends something. A time skipped by the change to summer time
/// is taken an hour later.
#[must_use]
pub fn moment(text: &str, zone: Tz, ends: bool) -> Option<DateTime<Utc>> {
    let local = match ends {
        false => local(text),
        true => parse_local(text).or_else(|| text.parse::<NaiveDate>().ok()?.and_hms_opt(23, 59, 0)),
    };
    instant(local?, zone)
}

/// A local time, or the first moment of a day.
pub(crate) fn local(text: &str) -> Option<NaiveDateTime> {
    parse_local(text).or_else(|| Some(text.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN)))
}

/// The instant of a local time in a zone; one skipped by the change to summer time is an hour later.
pub(crate) fn instant(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    zone.from_local_datetime(&local)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(local + Duration::hours(1))).earliest())
        .map(|at| at.with_timezone(&Utc))
}

/// A date whose year was written with two digits, in this century.
#[must_use]
pub fn in_this_age<D: Datelike>(date: D) -> D {
    match date.year() {
        0..100 => date.with_year(date.year() + 2000).unwrap_or(date),
        _ => date,
    }
}

/// A local date and time, `YYYY-MM-DDTHH:MM` with or without seconds, `T` or a space.
#[must_use]
pub fn parse_local(text: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        .into_iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Registry;
    use serde_json::json;

    #[test]
    fn the_core_is_taken_out_of_the_fields_by_their_roles() {
        let registry = Registry::embedded().expect("registry");
        let agenda = registry.get("agenda").expect("agenda");
        let fields: Fields = serde_json::from_value(json!({
            "titre": "Forum", "debut": "2026-07-03T14:00", "fin": "2026-07-03T17:30",
            "lieu": ["commune:58194"], "description": "<p>Venez &amp; voyez</p>", "thematiques": ["emploi"],
        }))
        .expect("fields");
        let core = ItemCore::of(agenda, &fields, &ItemFrame::default());
        assert_eq!(core.title, "Forum");
        assert_eq!(core.summary, "Venez & voyez");
        assert_eq!(core.starts_at.map(|t| t.to_rfc3339()).as_deref(), Some("2026-07-03T12:00:00+00:00"));
        assert_eq!(core.held, ["commune:58194".parse().expect("code")]);
    }

    #[test]
    fn an_event_is_over_when_its_last_time_is() {
        let registry = Registry::embedded().expect("registry");
        let agenda = registry.get("agenda").expect("agenda");
        let fields: Fields = serde_json::from_value(json!({
            "titre": "Forum", "debut": "2026-07-03T14:00", "fin": "2026-07-03T17:30",
            "autres_dates": ["2026-07-10T14:00/2026-07-10T16:00", "2026-07-01T09:00"],
        }))
        .expect("fields");
        let core = ItemCore::of(agenda, &fields, &ItemFrame::default());
        assert_eq!(core.ends_at.map(|t| t.to_rfc3339()).as_deref(), Some("2026-07-10T14:00:00+00:00"));
        let endless: Fields = serde_json::from_value(json!({
            "titre": "Forum", "debut": "2026-07-10T14:00", "autres_dates": ["2026-07-03T14:00/2026-07-03T16:00"],
        }))
        .expect("fields");
        let core = ItemCore::of(agenda, &endless, &ItemFrame::default());
        assert_eq!(core.ends_at, core.starts_at);
        let starts: Vec<_> = occurrences(agenda, &fields, chrono_tz::Europe::Paris)
            .into_iter()
            .filter_map(|(start, _)| start)
            .map(|at| at.format("%m-%d").to_string())
            .collect();
        assert_eq!(starts, ["07-01", "07-03", "07-10"]);
    }

    #[test]
    fn a_rule_gives_the_times_of_an_item() {
        let registry = Registry::embedded().expect("registry");
        let slots = registry.get("desk-slots").expect("desk-slots");
        let fields: Fields = serde_json::from_value(json!({
            "structure": { "uri": "https://mef.example/o/1", "name": "Mission locale" },
            "debut": "2026-03-03T09:00", "fin": "2026-03-03T12:00", "recurrence": "FREQ=WEEKLY;BYDAY=TU",
            "exceptions": ["2026-03-17"], "debut_validite": "2026-03-10", "fin_validite": "2026-04-07",
        }))
        .expect("fields");
        let paris = chrono_tz::Europe::Paris;
        let all = occurrences(slots, &fields, paris);
        let said: Vec<_> = all
            .iter()
            .filter_map(|(start, end)| Some((start.as_ref()?, end.as_ref()?)))
            .map(|(start, end)| format!("{} {}", start.format("%m-%d %H:%M"), end.format("%H:%M")))
            .collect();
        // The hour stays when the clocks change.
        assert_eq!(
            said,
            ["03-10 08:00 11:00", "03-24 08:00 11:00", "03-31 07:00 10:00", "04-07 07:00 10:00"]
        );
        let next =
            |at: &str| next_span(&all, moment(at, paris, false).expect("at")).and_then(|(start, _)| start);
        assert_eq!(next("2026-03-10T11:30"), all[0].0);
        assert_eq!(next("2026-03-10T12:30"), all[1].0);
        assert_eq!(next("2027-01-01"), all[3].0);
        let core = ItemCore::of(slots, &fields, &ItemFrame::default());
        assert_eq!((core.starts_at, core.ends_at), (all[0].0, all[3].1));
        assert_eq!(core.title, "Mission locale");
    }

    #[test]
    fn a_date_alone_ends_with_its_last_minute() {
        let paris = chrono_tz::Europe::Paris;
        let end = moment("2026-01-15", paris, true).map(|t| t.to_rfc3339());
        assert_eq!(end.as_deref(), Some("2026-01-15T22:59:00+00:00"));
        let skipped = moment("2026-03-29T02:30", paris, false).map(|t| t.to_rfc3339());
        assert_eq!(skipped.as_deref(), Some("2026-03-29T01:30:00+00:00"));
    }
}
