//! Fields of a service type and the values they hold.

use crate::message::Message;
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
    /// Shown first in the form; the others are folded.
    #[serde(default)]
    pub essential: bool,
    /// Longest text, in characters; 0 for the default of the kind.
    #[serde(default)]
    pub max: usize,
    /// The codes of `choice` and `choices`.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Folded column names under which a spreadsheet may hold this field.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Name of the schema.org property, where there is one.
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

    /// The list of a field (`choices`, `places`, `themes`); empty where there is none.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        match self.0.get(name) {
            Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
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
