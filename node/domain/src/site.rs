//! A site: what visitors open.

use crate::place::PlaceCode;
use serde::{Deserialize, Serialize};

/// What kind of site it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum SiteKind {
    /// For visitors: public, for every account of the node, or for members.
    #[default]
    Consultation,
    /// An atelier of professionals: always for its members.
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
    /// Next end first; what is over is left out.
    Deadline,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Upcoming, Self::Title, Self::Deadline];

    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Upcoming => "upcoming",
            Self::Title => "title",
            Self::Deadline => "deadline",
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

/// What somebody may do on a site. Roles are ordered: each may do what those before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteRole {
    /// Opens it.
    Reader,
    /// In a workshop: sends documents and writes in discussions.
    Contributor,
    /// Sets the site: sections, first page, pages, members.
    Manager,
}

impl SiteRole {
    /// All, the least first.
    pub const ALL: [Self; 3] = [Self::Reader, Self::Contributor, Self::Manager];

    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Contributor => "contributor",
            Self::Manager => "manager",
        }
    }

    /// The role of a stored name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// What a page of plain content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// Anything.
    #[default]
    Page,
    /// The legal notice (law 2004-575 of 21 June 2004, article 6 III).
    Legal,
    /// The accessibility statement (decree 2019-768 of 24 July 2019, RGAA 4.1).
    Accessibility,
}

impl PageKind {
    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Legal => "legal",
            Self::Accessibility => "accessibility",
        }
    }

    /// The kind of a stored name; a plain page when unknown.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        [Self::Legal, Self::Accessibility].into_iter().find(|kind| kind.as_str() == name).unwrap_or_default()
    }
}
/// A host name as the web knows it: lower case, names of other scripts in their ASCII form (IDNA). None for what
/// is no name of at least two parts, such as an address of numbers or one with a port.
#[must_use]
pub fn host_name(text: &str) -> Option<String> {
    match url::Host::parse(text.trim()) {
        Ok(url::Host::Domain(name)) if name.contains('.') && !name.ends_with('.') && name.len() <= 253 => {
            Some(name)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names_are_names() {
        for (text, name) in [
            ("Emploi-Nevers.example", "emploi-nevers.example"),
            (" nièvre.example ", "xn--nivre-5ra.example"),
        ] {
            assert_eq!(host_name(text).as_deref(), Some(name), "{text}");
        }
        for wrong in [
            "",
            "nevers",
            "127.0.0.1",
            "[::1]",
            "nevers.example:8080",
            "https://nevers.example",
            "a b.example",
            "nevers.example/x",
        ] {
            assert_eq!(host_name(wrong), None, "{wrong}");
        }
    }
}
