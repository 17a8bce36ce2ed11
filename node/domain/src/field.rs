//! Fields of a service type and the values they hold.

use crate::attachment::Attachment;
use crate::message::Message;
use crate::reference::Reference;
use crate::standard::Standard;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a field holds, and in which JSON form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text (string).
    Line,
    /// Formatted text: the clean HTML subset (string).
    RichText,
    /// An absolute http or https URL (string).
    Url,
    /// An e-mail address (string).
    Email,
    /// A telephone number in E.164 (string, `+33…`).
    Phone,
    /// A date (string, `YYYY-MM-DD`).
    Date,
    /// A local date and time (string, `YYYY-MM-DDTHH:MM`), in the item's time zone.
    DateTime,
    /// A whole number.
    Integer,
    /// A number with decimals.
    Number,
    /// Yes or no.
    Boolean,
    /// One code of the field's choices (string).
    Choice,
    /// Several codes of the field's choices (array of strings).
    Choices,
    /// Place codes (array of strings such as `commune:58194`).
    Places,
    /// Theme slugs (array of strings).
    Themes,
    /// One code of a standard (string, in the standard's written form).
    Code,
    /// Several codes of a standard (array of strings).
    Codes,
    /// Times at which it takes place (array of strings, each an ISO 8601 interval of local times,
    /// `YYYY-MM-DDTHH:MM/YYYY-MM-DDTHH:MM`, or a beginning alone), in the item's time zone.
    Occurrences,
    /// Days (array of strings, `YYYY-MM-DD`), in their order.
    Dates,
    /// The rule by which it takes place again and again (string: an RRULE of RFC 5545 without its name).
    Recurrence,
    /// Another item, of the type that the field names (object: `uri`, `name`).
    Reference,
    /// Several other items (array of such objects).
    References,
    /// Pictures, each with what it shows (array of objects: see [`Attachment`]).
    Pictures,
    /// Files to download (array of such objects).
    Files,
}

impl FieldKind {
    /// Every kind.
    pub const ALL: [Self; 23] = [
        Self::Line,
        Self::RichText,
        Self::Url,
        Self::Email,
        Self::Phone,
        Self::Date,
        Self::DateTime,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::Choice,
        Self::Choices,
        Self::Places,
        Self::Themes,
        Self::Code,
        Self::Codes,
        Self::Occurrences,
        Self::Dates,
        Self::Recurrence,
        Self::Reference,
        Self::References,
        Self::Pictures,
        Self::Files,
    ];

    /// Whether it names other items.
    #[must_use]
    pub fn is_reference(self) -> bool {
        matches!(self, Self::Reference | Self::References)
    }

    /// Whether it holds files that were sent.
    #[must_use]
    pub fn is_attachment(self) -> bool {
        matches!(self, Self::Pictures | Self::Files)
    }

    /// Whether its JSON form is an array.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Choices
                | Self::Places
                | Self::Themes
                | Self::Codes
                | Self::Occurrences
                | Self::Dates
                | Self::References
                | Self::Pictures
                | Self::Files
        )
    }
}

/// What of an item a field is, beyond being a field: the parts that every list, feed and wire form
/// needs, whatever the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldRole {
    /// The title.
    Title,
    /// The plain-text summary.
    Summary,
    /// The full text.
    Content,
    /// The address of the original (press article, page to apply on).
    Source,
    /// The themes.
    Themes,
    /// Where it is held.
    Held,
    /// Who is eligible: areas.
    Eligible,
    /// When it begins.
    Start,
    /// When it ends.
    End,
    /// The date of the thing itself (of the article, the document).
    Dated,
    /// The further times at which it takes place, after the one between start and end.
    Occurrences,
    /// The rule by which it takes place again and again, from its start on.
    Recurrence,
    /// Days on which the rule does not hold.
    Exceptions,
    /// The first day on which the rule holds.
    ValidFrom,
    /// The last day on which the rule holds.
    ValidUntil,
    /// The message that it answers.
    InReplyTo,
    /// Where it is, north of the equator, in degrees (WGS 84).
    Latitude,
    /// Where it is, east of Greenwich, in degrees (WGS 84).
    Longitude,
}

/// One code of a field's thesaurus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The stored code.
    pub code: String,
    /// French label.
    pub fr: String,
    /// English label.
    pub en: String,
    /// The schema.org term that says the same (an address, or a word such as `FULL_TIME`); empty where
    /// there is none.
    #[serde(default)]
    pub term: String,
}

/// One field of a service type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name in JSON, CSV and forms: `[a-z0-9_]+`.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// What of the item it is.
    #[serde(default)]
    pub role: Option<FieldRole>,
    /// French label.
    pub fr: String,
    /// English label.
    pub en: String,
    /// French hint under the label.
    #[serde(default)]
    pub hint_fr: String,
    /// English hint.
    #[serde(default)]
    pub hint_en: String,
    /// Needed before the item can be submitted.
    #[serde(default)]
    pub required: bool,
    /// Name of another field: where that holds something, this one is not required.
    #[serde(default)]
    pub required_unless: String,
    /// Shown first in the form; the others are folded.
    #[serde(default)]
    pub essential: bool,
    /// Longest text, in characters; 0 for the default of the kind.
    #[serde(default)]
    pub max: usize,
    /// The codes of `choice` and `choices`.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// A list of the program that gives the choices, by its name in [`crate::thesauri`]; empty where they
    /// stand here.
    #[serde(default)]
    pub thesaurus: String,
    /// The standard of `code` and `codes`.
    #[serde(default)]
    pub standard: Option<Standard>,
    /// Most values of a list; 0 for the default of 100, of 10 for pictures and files.
    #[serde(default)]
    pub most: usize,
    /// Least and greatest number of `integer` and `number`.
    #[serde(default)]
    pub range: Option<[i64; 2]>,
    /// Slug of the type of the items that `reference` and `references` name.
    #[serde(default)]
    pub of: String,
    /// Name of a `boolean` field: where that says yes, what this field holds is kept for the service's own
    /// people and published nowhere.
    #[serde(default)]
    pub hidden_by: String,
    /// Folded column names under which a spreadsheet may hold this field.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Name of the schema.org property, where there is one; within other things a path of properties and
    /// types such as `hiringOrganization/Organization/name`.
    #[serde(default)]
    pub schema_org: String,
}

impl Field {
    /// Label and hint in both languages.
    #[must_use]
    pub fn label(&self) -> Message {
        Message::new(&self.fr, &self.en)
    }

    /// The longest text the field takes, in characters.
    #[must_use]
    pub fn max_chars(&self) -> usize {
        match (self.max, self.kind) {
            (0, FieldKind::RichText) => 50_000,
            (0, FieldKind::Url) => 2_000,
            (0, _) => 300,
            (max, _) => max,
        }
    }

    /// The most values that the field takes, where it takes several.
    #[must_use]
    pub fn most_values(&self) -> usize {
        match (self.most, self.kind.is_attachment()) {
            (0, true) => 10,
            (0, false) => 100,
            (most, _) => most,
        }
    }

    /// Whether it has to hold something before an item with these fields can be submitted.
    #[must_use]
    pub fn is_required(&self, fields: &Fields) -> bool {
        self.required && (self.required_unless.is_empty() || !fields.0.contains_key(&self.required_unless))
    }

    /// The label of one of the field's codes.
    #[must_use]
    pub fn choice(&self, code: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.code == code)
    }
}

/// The values of an item's fields, by field name, each in the JSON form of its [`FieldKind`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<String, Value>);

impl Fields {
    /// The text of a field, where it has one.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// The list of a field (`choices`, `places`, `themes`, `codes`, `occurrences`, `dates`); empty where there is none.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        match self.0.get(name) {
            Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// What a field refers to; nothing where it holds nothing of the kind.
    #[must_use]
    pub fn references(&self, name: &str) -> Vec<Reference> {
        match self.0.get(name) {
            Some(Value::Array(values)) => values.iter().filter_map(Reference::read).collect(),
            Some(one @ Value::Object(_)) => Reference::read(one).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The pictures or files of a field; empty where there are none.
    #[must_use]
    pub fn attachments(&self, name: &str) -> Vec<Attachment> {
        match self.0.get(name) {
            Some(Value::Array(values)) => values.iter().filter_map(Attachment::read).collect(),
            _ => Vec::new(),
        }
    }

    /// Sets a value; null, empty text and empty lists remove it.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(values) => values.is_empty(),
            _ => false,
        };
        if empty {
            self.0.remove(name);
        } else {
            self.0.insert(name.to_owned(), value);
        }
    }
}
