//! The dated actions of a type: what is due on an item, and what may be wrong with a descriptor's.

use super::ServiceType;
use crate::dated_action::{Act, Anchor, DatedAction, Moments};
use crate::field::{FieldKind, Fields};
use crate::message::Message;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

impl ServiceType {
    /// Each action that is due at some moment on an item, with that moment, the first one first.
    #[must_use]
    pub fn due(&self, moments: &Moments, fields: &Fields, zone: Tz) -> Vec<(DateTime<Utc>, &DatedAction)> {
        let due = |action: &'_ DatedAction| action.due(moments, fields, zone);
        let mut all: Vec<_> = self.actions.iter().filter_map(|action| Some((due(action)?, action))).collect();
        all.sort_by_key(|(at, action)| (*at, action.act));
        all
    }

    /// When its type withdraws an item, if it does.
    #[must_use]
    pub fn withdrawn_at(&self, moments: &Moments, fields: &Fields, zone: Tz) -> Option<DateTime<Utc>> {
        let ends = |action: &DatedAction| {
            action.act == Act::Withdraw || action.act == Act::Erase && action.fields.is_empty()
        };
        self.due(moments, fields, zone).into_iter().find(|(_, action)| ends(action)).map(|(at, _)| at)
    }
}

/// What is wrong with the actions of a descriptor.
pub(super) fn fault(descriptor: &ServiceType) -> Option<Message> {
    let kind = |name: &String| descriptor.field(name).map(|field| field.kind);
    for action in &descriptor.actions {
        let word = action.act.as_str();
        if let Anchor::Field(name) = &action.after
            && !kind(name).is_some_and(|kind| matches!(kind, FieldKind::Date | FieldKind::DateTime))
        {
            return Some(Message::new(
                format!(
                    "action `{word}` : `after` est `end`, `publication`, `update`, `withdrawal` ou un champ qui contient une date, et non `{name}`"
                ),
                format!(
                    "action `{word}`: `after` is `end`, `publication`, `update`, `withdrawal` or a field that holds a date, and not `{name}`"
                ),
            ));
        }
        if let Some(name) = action.unless.iter().chain(&action.fields).find(|name| kind(name).is_none()) {
            return Some(Message::new(
                format!("action `{word}` : il n'y a pas de champ `{name}`"),
                format!("action `{word}`: there is no field `{name}`"),
            ));
        }
        let required = |name: &String| {
            descriptor
                .field(name)
                .is_some_and(|field| field.required || field.role == Some(crate::field::FieldRole::Title))
        };
        if !action.fields.is_empty() && (action.act != Act::Erase || action.fields.iter().any(required)) {
            return Some(Message::new(
                format!("action `{word}` : `fields` va avec `erase`, et nomme des champs facultatifs"),
                format!("action `{word}`: `fields` goes with `erase`, and names optional fields"),
            ));
        }
        if action.after == Anchor::Withdrawal && action.act != Act::Erase {
            return Some(Message::new(
                format!("action `{word}` : seul `erase` se compte depuis `withdrawal`"),
                format!("action `{word}`: only `erase` is counted from `withdrawal`"),
            ));
        }
    }
    None
}
