//! Dated actions: what becomes of a published item as time passes, as its type says.

use crate::field::Fields;
use crate::item::moment;
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Its author is reminded.
    Remind,
    /// It is shown as to be checked.
    Check,
    /// It is left out of the first pages of sites.
    Hide,
    /// It is shown as archived, and told so (an Update).
    Archive,
    /// It is withdrawn, everywhere (410, and a Delete).
    Withdraw,
    /// What it said is erased: of fields that are named these alone (an Update), else all of it, withdrawn
    /// first.
    Erase,
}

impl Act {
    /// Every action.
    pub const ALL: [Self; 6] =
        [Self::Remind, Self::Check, Self::Hide, Self::Archive, Self::Withdraw, Self::Erase];

    /// The word in descriptors, and in what is written down of it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Remind => "remind",
            Self::Check => "check",
            Self::Hide => "hide",
            Self::Archive => "archive",
            Self::Withdraw => "withdraw",
            Self::Erase => "erase",
        }
    }
}

/// From when the days are counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Anchor {
    /// The item's end; its start where it has none.
    End,
    /// Its first publication.
    Publication,
    /// The last time that somebody changed or confirmed it.
    Update,
    /// Its withdrawal.
    Withdrawal,
    /// The date in a field of this name; of a day, its end.
    Field(String),
}

impl From<String> for Anchor {
    fn from(word: String) -> Self {
        match word.as_str() {
            "end" => Self::End,
            "publication" => Self::Publication,
            "update" => Self::Update,
            "withdrawal" => Self::Withdrawal,
            _ => Self::Field(word),
        }
    }
}

impl From<Anchor> for String {
    fn from(anchor: Anchor) -> Self {
        match anchor {
            Anchor::End => "end".into(),
            Anchor::Publication => "publication".into(),
            Anchor::Update => "update".into(),
            Anchor::Withdrawal => "withdrawal".into(),
            Anchor::Field(name) => name,
        }
    }
}

/// One action of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedAction {
    /// What is done.
    #[serde(rename = "do")]
    pub act: Act,
    /// From when.
    pub after: Anchor,
    /// How many days later.
    #[serde(default)]
    pub days: u32,
    /// Not where any of these fields holds something: another action says more exactly when.
    #[serde(default)]
    pub unless: Vec<String>,
    /// The fields that `erase` empties; all of the item where none is named.
    #[serde(default)]
    pub fields: Vec<String>,
}

/// What the actions on an item are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moments {
    /// When it ends, or begins where it has no end.
    pub over: Option<DateTime<Utc>>,
    /// When it was published.
    pub published: Option<DateTime<Utc>>,
    /// When somebody last changed or confirmed it.
    pub updated: Option<DateTime<Utc>>,
    /// When it was withdrawn.
    pub withdrawn: Option<DateTime<Utc>>,
}

impl DatedAction {
    /// When it is due on an item; none where it has no such moment. Of what is withdrawn, nothing is
    /// due but what is counted from that, and erasing.
    #[must_use]
    pub fn due(&self, moments: &Moments, fields: &Fields, zone: Tz) -> Option<DateTime<Utc>> {
        let gone = moments.withdrawn.is_some();
        if gone && self.act != Act::Erase || self.unless.iter().any(|name| fields.0.contains_key(name)) {
            return None;
        }
        let from = match &self.after {
            Anchor::End => moments.over,
            Anchor::Publication => moments.published,
            Anchor::Update => moments.updated,
            Anchor::Withdrawal => moments.withdrawn,
            Anchor::Field(name) => moment(fields.text(name)?, zone, true),
        }?;
        from.checked_add_signed(Duration::days(self.days.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn day(text: &str) -> DateTime<Utc> {
        moment(text, chrono_tz::Europe::Paris, false).expect("a day")
    }

    #[test]
    fn days_are_counted_from_what_is_named() {
        let moments = Moments {
            over: Some(day("2026-03-05")),
            published: Some(day("2026-03-01")),
            updated: Some(day("2026-03-02")),
            withdrawn: None,
        };
        let fields: Fields = serde_json::from_value(json!({ "date_fin": "2026-04-01" })).expect("fields");
        let due = |text: &str, moments: &Moments| {
            let action: DatedAction = toml::from_str(text).expect(text);
            let paris = chrono_tz::Europe::Paris;
            action
                .due(moments, &fields, paris)
                .map(|at| at.with_timezone(&paris).format("%m-%d %H:%M").to_string())
        };
        let at = |text: &str| due(text, &moments);
        assert_eq!(at("do = \"withdraw\"\nafter = \"end\"\ndays = 2").as_deref(), Some("03-07 00:00"));
        assert_eq!(at("do = \"hide\"\nafter = \"publication\"\ndays = 1").as_deref(), Some("03-02 00:00"));
        assert_eq!(at("do = \"check\"\nafter = \"update\"").as_deref(), Some("03-02 00:00"));
        // A day in a field lasts until it is over.
        assert_eq!(at("do = \"archive\"\nafter = \"date_fin\"").as_deref(), Some("04-01 23:59"));
        assert_eq!(at("do = \"archive\"\nafter = \"update\"\nunless = [\"date_fin\"]"), None);
        assert_eq!(at("do = \"archive\"\nafter = \"nothing\""), None);
        assert_eq!(at("do = \"erase\"\nafter = \"withdrawal\""), None);
        let gone = Moments { withdrawn: Some(day("2026-03-10")), ..moments };
        let erase = "do = \"erase\"\nafter = \"withdrawal\"\ndays = 180";
        assert_eq!(due(erase, &gone).as_deref(), Some("09-06 01:00"));
        assert_eq!(due("do = \"check\"\nafter = \"update\"", &gone), None);
    }

    #[test]
    fn words_are_those_of_descriptors() {
        for act in Act::ALL {
            assert_eq!(serde_json::to_value(act).expect("word"), act.as_str());
        }
    }
}
