//! What the rule of an item comes to: the local times that hold, and those between them that do not.

use crate::field::{FieldRole, Fields};
use crate::item::{instant, local};
use crate::recurrence::Recurrence;
use crate::service_type::ServiceType;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

/// The rule of an item with the days on which it holds taken into account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repetition {
    /// The rule.
    pub rule: Recurrence,
    /// When it begins each time that it holds, in local time and in order.
    pub starts: Vec<NaiveDateTime>,
    /// What the rule gives between the first and the last of them and does not hold.
    pub left_out: Vec<NaiveDateTime>,
}

impl Repetition {
    /// The repetition of an item; none where it has no rule, or no first time.
    #[must_use]
    pub fn of(service_type: &ServiceType, fields: &Fields) -> Option<Self> {
        let rule = service_type.text(fields, FieldRole::Recurrence).and_then(Recurrence::read)?;
        let first = service_type.text(fields, FieldRole::Start).and_then(local)?;
        let day =
            |role| service_type.text(fields, role).and_then(|text| text.get(..10)?.parse::<NaiveDate>().ok());
        let (from, until) = (day(FieldRole::ValidFrom), day(FieldRole::ValidUntil));
        let exceptions = service_type.list(fields, FieldRole::Exceptions);
        let mut all = rule.starts(first);
        if all.first() != Some(&first) {
            all.insert(0, first);
        }
        let (starts, mut left_out): (Vec<_>, Vec<_>) = all.into_iter().partition(|at| {
            let date = at.date();
            from.is_none_or(|from| date >= from)
                && until.is_none_or(|until| date <= until)
                && !exceptions.iter().any(|day| *day == date.to_string())
        });
        let ends = starts.first().copied().zip(starts.last().copied());
        left_out.retain(|at| ends.is_some_and(|(first, last)| (first..last).contains(at)));
        Some(Self { rule, starts, left_out })
    }

    /// When it begins each time, in a zone.
    #[must_use]
    pub fn starts_in(&self, zone: Tz) -> Vec<DateTime<Utc>> {
        self.starts.iter().filter_map(|at| instant(*at, zone)).collect()
    }

    /// The rule for a calendar (RRULE of RFC 5545) that begins with the first time that holds: it ends
    /// with the last one. None where no time holds.
    #[must_use]
    pub fn rule_for_calendars(&self, zone: Tz) -> Option<String> {
        Some(self.rule.ending(instant(*self.starts.last()?, zone)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Registry;
    use serde_json::{Value, json};

    fn repetition(more: Value) -> Repetition {
        let registry = Registry::embedded().expect("registry");
        let mut fields = json!({ "debut": "2026-03-03T09:00", "fin": "2026-03-03T12:00" });
        if let (Some(fields), Value::Object(more)) = (fields.as_object_mut(), more) {
            fields.extend(more);
        }
        let fields = serde_json::from_value(fields).expect("fields");
        Repetition::of(registry.get("desk-slots").expect("desk-slots"), &fields).expect("a repetition")
    }

    fn days(all: &[NaiveDateTime]) -> Vec<String> {
        all.iter().map(|at| at.format("%m-%d").to_string()).collect()
    }

    #[test]
    fn a_calendar_is_told_the_same_times() {
        let one = repetition(json!({
            "recurrence": "FREQ=WEEKLY;BYDAY=TU;COUNT=9", "exceptions": ["2026-03-17", "2026-06-30"],
            "debut_validite": "2026-03-10", "fin_validite": "2026-04-07",
        }));
        assert_eq!(days(&one.starts), ["03-10", "03-24", "03-31", "04-07"]);
        assert_eq!(days(&one.left_out), ["03-17"]);
        // The last time is at 9 h, which is 7 h in UTC once the clocks have changed.
        let rule = one.rule_for_calendars(chrono_tz::Europe::Paris);
        assert_eq!(rule.as_deref(), Some("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260407T070000Z"));
        let endless = repetition(json!({ "recurrence": "FREQ=MONTHLY;BYDAY=1TU" }));
        let rule = endless.rule_for_calendars(chrono_tz::Europe::Paris);
        assert_eq!(rule.as_deref(), Some("FREQ=MONTHLY;BYDAY=1TU;UNTIL=20280201T080000Z"));
    }

    #[test]
    fn where_no_time_holds_there_is_nothing_to_tell() {
        let none = repetition(json!({ "recurrence": "FREQ=WEEKLY;COUNT=2", "debut_validite": "2027-01-01" }));
        assert!(none.starts.is_empty() && none.left_out.is_empty());
        assert_eq!(none.rule_for_calendars(chrono_tz::Europe::Paris), None);
    }
}
