//! The blocks of which a site's first page is made.

use crate::site::SiteKind;
use serde::{Deserialize, Serialize};

/// Most blocks of one site.
pub const MOST_BLOCKS: usize = 20;
/// Most entries of a block that lists something.
pub const MOST_LISTED: u8 = 20;
/// Most partners of a block.
pub const MOST_PARTNERS: usize = 40;

/// A partner that a site names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Name.
    pub name: String,
    /// Address of its web site (http or https); empty for none.
    #[serde(default)]
    pub url: String,
}

/// What a block shows, with what is set of it. In JSON: `{"kind": "latest", "count": 5}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    /// The search box of the site, with the themes that hold most.
    Search,
    /// Each section with its first items.
    Sections {
        /// Items of each section.
        count: u8,
    },
    /// The latest of all that the site shows.
    Latest {
        /// How many items.
        count: u8,
    },
    /// The next dates of all that the site shows.
    Agenda {
        /// How many items.
        count: u8,
    },
    /// Text.
    Text {
        /// Clean HTML.
        body: String,
    },
    /// How much the site shows: items, sections, who publishes.
    Numbers,
    /// Partners by name.
    Partners {
        /// The partners, in order.
        partners: Vec<Partner>,
    },
    /// The latest documents of the workshop.
    Documents {
        /// How many documents.
        count: u8,
    },
    /// The latest discussions of the workshop.
    Discussions {
        /// How many discussions.
        count: u8,
    },
}

impl Block {
    /// The name of its kind, as stored.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Sections { .. } => "sections",
            Self::Latest { .. } => "latest",
            Self::Agenda { .. } => "agenda",
            Self::Text { .. } => "text",
            Self::Numbers => "numbers",
            Self::Partners { .. } => "partners",
            Self::Documents { .. } => "documents",
            Self::Discussions { .. } => "discussions",
        }
    }

    /// A block of each kind that a site of this kind may have, as it is when it is new.
    #[must_use]
    pub fn offered(site: SiteKind) -> Vec<Self> {
        let mut all = vec![
            Self::Search,
            Self::Sections { count: 3 },
            Self::Latest { count: 5 },
            Self::Agenda { count: 5 },
            Self::Text { body: String::new() },
            Self::Numbers,
            Self::Partners { partners: Vec::new() },
        ];
        if site == SiteKind::Workshop {
            all.extend([Self::Documents { count: 5 }, Self::Discussions { count: 5 }]);
        }
        all
    }

    /// What the first page of a site holds whose blocks nobody has chosen.
    #[must_use]
    pub fn usual(site: SiteKind) -> Vec<Self> {
        match site {
            SiteKind::Consultation => vec![Self::Search, Self::Sections { count: 3 }],
            SiteKind::Workshop => vec![
                Self::Documents { count: 5 },
                Self::Discussions { count: 5 },
                Self::Search,
                Self::Sections { count: 3 },
            ],
        }
    }

    /// How many entries it lists; none for a block that lists nothing.
    #[must_use]
    pub fn count(&self) -> Option<u8> {
        match self {
            Self::Sections { count }
            | Self::Latest { count }
            | Self::Agenda { count }
            | Self::Documents { count }
            | Self::Discussions { count } => Some(*count),
            Self::Search | Self::Text { .. } | Self::Numbers | Self::Partners { .. } => None,
        }
    }

    /// The same block with this many entries, where it lists any.
    #[must_use]
    pub fn with_count(mut self, wanted: u8) -> Self {
        match &mut self {
            Self::Sections { count }
            | Self::Latest { count }
            | Self::Agenda { count }
            | Self::Documents { count }
            | Self::Discussions { count } => *count = wanted.clamp(1, MOST_LISTED),
            Self::Search | Self::Text { .. } | Self::Numbers | Self::Partners { .. } => {}
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_named_in_json_as_it_is_stored() {
        for block in Block::offered(SiteKind::Workshop) {
            let json = serde_json::to_value(&block).expect("json");
            assert_eq!(json["kind"], block.kind());
            assert_eq!(serde_json::from_value::<Block>(json).expect("a block"), block);
        }
    }

    #[test]
    fn what_is_usual_is_offered_and_only_workshops_have_documents() {
        for kind in [SiteKind::Consultation, SiteKind::Workshop] {
            let offered: Vec<_> = Block::offered(kind).iter().map(Block::kind).collect();
            assert!(Block::usual(kind).iter().all(|block| offered.contains(&block.kind())));
        }
        assert!(Block::offered(SiteKind::Consultation).iter().all(|block| block.kind() != "documents"));
    }

    #[test]
    fn a_list_is_neither_empty_nor_endless() {
        assert_eq!(Block::Latest { count: 3 }.with_count(0).count(), Some(1));
        assert_eq!(Block::Latest { count: 3 }.with_count(200).count(), Some(MOST_LISTED));
        assert_eq!(Block::Numbers.with_count(4), Block::Numbers);
    }
}
