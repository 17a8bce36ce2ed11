//! A site: what visitors open.

use crate::place::PlaceCode;
use serde::{Deserialize, Serialize};

/// What kind of site it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum SiteKind {
    /// For visitors: public, or restricted to members.
    #[default]
    Consultation,
    /// An atelier of professionals: always restricted.
    Workshop,
}

impl SiteKind {
    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consultation => "consultation",
            Self::Workshop => "workshop",
        }
    }

    /// The kind of a stored name; `consultation` when unknown.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        if name == "workshop" { Self::Workshop } else { Self::Consultation }
    }
}

/// The order in which a placement lists its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Latest publication first.
    #[default]
    Newest,
    /// Next start first; what is over is left out.
    Upcoming,
    /// By title, in French collation.
    Title,
}

impl Order {
    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Upcoming => "upcoming",
            Self::Title => "title",
        }
    }
}

/// What a list holds: every named theme and area is matched with all that is below it.
/// Empty parts do not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ListFilter {
    /// Any of these themes.
    pub themes: Vec<String>,
    /// Held in, published from or open to any of these areas.
    pub places: Vec<PlaceCode>,
    /// Only these service types.
    pub types: Vec<String>,
}
