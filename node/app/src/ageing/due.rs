//! What is due on an item, and when something is next.

use crate::content::next_start;
use chrono::{DateTime, Utc};
use maillage_domain::dated_action::{DatedAction, Moments};
use maillage_domain::field::Fields;
use maillage_domain::item::{ItemFrame, next_span, occurrences};
use maillage_domain::service_type::ServiceType;
use maillage_store::rows::{ItemAgeRow, ItemRow};

/// A moment of the store.
pub(super) fn moment(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

/// The fields of an item.
pub(super) fn fields_of(item: &ItemRow) -> Fields {
    serde_json::from_str(&item.fields).unwrap_or_default()
}

/// What describes an item beside its fields.
pub(super) fn frame_of(item: &ItemRow) -> ItemFrame {
    ItemFrame {
        language: item.language.clone(),
        licence: item.licence.clone(),
        timezone: item.timezone.clone(),
    }
}

/// What the actions on an item are counted from.
fn moments(item: &ItemRow, age: &ItemAgeRow) -> Moments {
    Moments {
        over: item.ends_at.or(item.starts_at).map(moment),
        published: item.published_at.map(moment),
        updated: Some(moment(age.changed_at)),
        withdrawn: item.withdrawn_at.map(moment),
    }
}

fn zone_of(item: &ItemRow) -> chrono_tz::Tz {
    item.timezone.parse().unwrap_or(chrono_tz::Europe::Paris)
}

/// The actions whose day has come.
pub(super) fn overdue<'t>(
    service_type: &'t ServiceType,
    item: &ItemRow,
    age: &ItemAgeRow,
    fields: &Fields,
    now: i64,
) -> Vec<(DateTime<Utc>, &'t DatedAction)> {
    let mut due = service_type.due(&moments(item, age), fields, zone_of(item));
    due.retain(|(at, _)| at.timestamp_millis() < now);
    due
}

/// When something is next due: an action, or the end of the present one of several times.
pub(super) fn next_due(
    service_type: &ServiceType,
    item: &ItemRow,
    age: &ItemAgeRow,
    fields: &Fields,
    now: i64,
) -> Option<i64> {
    let actions = service_type.due(&moments(item, age), fields, zone_of(item));
    // A moment later than its own: what is due at a moment is done once that has passed.
    let ahead = actions.into_iter().map(|(at, _)| at.timestamp_millis() + 1).find(|at| *at > now);
    let all = occurrences(service_type, fields, zone_of(item));
    let several = all.len() > 1 && item.withdrawn_at.is_none();
    let last = all.last().and_then(|(start, _)| *start);
    let turn = next_span(&all, moment(now)).filter(|(start, _)| several && *start != last);
    let turn = turn.and_then(|(start, end)| end.or(start)).map(|end| end.timestamp_millis() + 1);
    ahead.into_iter().chain(turn.filter(|at| *at > now)).min()
}

/// Moves an item that takes place several times on to its next time; whether it has moved.
pub(super) fn turn(service_type: &ServiceType, item: &mut ItemRow, fields: &Fields, now: i64) -> bool {
    let next = next_start(service_type, fields, &frame_of(item), now);
    let moved = item.withdrawn_at.is_none() && next.is_some() && next != item.starts_at;
    if moved {
        item.starts_at = next;
    }
    moved
}
