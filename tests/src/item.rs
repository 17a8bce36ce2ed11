//! Items as the API shows them.

use serde::Deserialize;
use serde_json::Value;

/// An item in a service: its own, or one that it has taken.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Item {
    /// Its key in this service.
    pub id: String,
    /// Its permanent id.
    pub uri: String,
    /// Its page, on its origin.
    pub url: String,
    /// Slug of the service.
    pub service: String,
    /// Slug of its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// State in this service.
    pub state: String,
    /// Whether it belongs to this service.
    pub home: bool,
    /// Title.
    pub title: String,
    /// Summary.
    #[serde(default)]
    pub summary: String,
    /// Text, HTML.
    #[serde(default)]
    pub content: String,
    /// Typed fields.
    #[serde(default)]
    pub fields: Value,
    /// Licence.
    #[serde(default)]
    pub licence: Option<String>,
    /// Slugs of its themes.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Codes of the places where it is held.
    #[serde(default)]
    pub places: Vec<String>,
    /// The page that it points at.
    #[serde(default)]
    pub source_url: Option<String>,
    /// Version.
    pub version: i64,
    /// Why it was declined or withdrawn.
    #[serde(default)]
    pub reason: Option<String>,
    /// Who or what decided: `trust`, `rule:0`, `filter`, an account.
    #[serde(default)]
    pub decided_by: Option<String>,
    /// Whether this service has announced it.
    #[serde(default)]
    pub announced: bool,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where an item comes from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Origin {
    /// The actor it belongs to.
    pub uri: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub handle: String,
    /// Its host.
    pub host: String,
    /// Who publishes it, in words.
    #[serde(default)]
    pub organisation: String,
    /// Its page.
    #[serde(default)]
    pub url: Option<String>,
    /// The actors it came by, the origin first.
    #[serde(default)]
    pub path: Vec<String>,
}
