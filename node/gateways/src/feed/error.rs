//! Why a document is no feed, with what to do about it.

/// A document that could not be read as a feed. `Display` is French; see also [`FeedError::en`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// Nothing but white space.
    #[error("Le document est vide. Vérifiez que l'adresse est bien celle du flux.")]
    Empty,
    /// More than [`super::MAX_BYTES`].
    #[error(
        "Le document pèse {size} octets ; la limite est de {limit}. Demandez à l'éditeur un flux plus court."
    )]
    TooLarge {
        /// Length received, in bytes.
        size: usize,
        /// Longest length taken, in bytes.
        limit: usize,
    },
    /// A web page was given instead of a feed.
    #[error("C'est une page web, pas un flux.{}", advice_fr(.advertised))]
    HtmlPage {
        /// Addresses of feeds that the page announces, as written or resolved where a base was given.
        advertised: Vec<String>,
    },
    /// Well-formed, but neither RSS, Atom nor JSON Feed.
    #[error(
        "Ce document n'est ni RSS, ni Atom, ni JSON Feed (il commence par « {found} »). Vérifiez l'adresse du flux."
    )]
    NotAFeed {
        /// What the document starts with.
        found: String,
    },
    /// XML broken before the first complete entry.
    #[error("Le XML est abîmé à la ligne {line} ({detail}). Signalez-le à l'éditeur du flux.")]
    BrokenXml {
        /// Line, from 1.
        line: u64,
        /// The parser's own words.
        detail: String,
    },
    /// JSON that cannot be read.
    #[error("Le JSON est abîmé à la ligne {line}, colonne {column}. Signalez-le à l'éditeur du flux.")]
    BrokenJson {
        /// Line, from 1.
        line: u64,
        /// Column, from 1.
        column: u64,
    },
    /// A document type that defines entities: refused, whatever they are.
    #[error(
        "Le document définit des entités XML (<!ENTITY>), ce qui est refusé par sécurité. L'éditeur doit les retirer."
    )]
    EntityDefinitions,
    /// Elements nested deeper than [`super::MAX_DEPTH`].
    #[error(
        "Les éléments sont imbriqués au-delà de {} niveaux à la ligne {line} : document refusé.",
        super::MAX_DEPTH
    )]
    TooDeep {
        /// Line, from 1.
        line: u64,
    },
}

impl FeedError {
    /// The same message in English.
    pub fn en(&self) -> String {
        match self {
            Self::Empty => "The document is empty. Check that the address is the feed's.".into(),
            Self::TooLarge { size, limit } => {
                format!(
                    "The document is {size} bytes long; the limit is {limit}. Ask the publisher for a shorter feed."
                )
            }
            Self::HtmlPage { advertised } if advertised.is_empty() => {
                "This is a web page, not a feed. Look on it for a link named RSS or Atom.".into()
            }
            Self::HtmlPage { advertised } => {
                format!("This is a web page, not a feed. It announces: {}", advertised.join(", "))
            }
            Self::NotAFeed { found } => format!(
                "This document is neither RSS, Atom nor JSON Feed (it starts with “{found}”). Check the feed's address."
            ),
            Self::BrokenXml { line, detail } => {
                format!("The XML is broken at line {line} ({detail}). Tell the publisher of the feed.")
            }
            Self::BrokenJson { line, column } => {
                format!("The JSON is broken at line {line}, column {column}. Tell the publisher of the feed.")
            }
            Self::EntityDefinitions => {
                "The document defines XML entities (<!ENTITY>), which is refused for safety. \
                                        The publisher has to remove them."
                    .into()
            }
            Self::TooDeep { line } => {
                format!(
                    "Elements are nested deeper than {} at line {line}: document refused.",
                    super::MAX_DEPTH
                )
            }
        }
    }

    /// Stable machine name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::HtmlPage { .. } => "html_page",
            Self::NotAFeed { .. } => "not_a_feed",
            Self::BrokenXml { .. } => "broken_xml",
            Self::BrokenJson { .. } => "broken_json",
            Self::EntityDefinitions => "entity_definitions",
            Self::TooDeep { .. } => "too_deep",
        }
    }
}

fn advice_fr(advertised: &[String]) -> String {
    if advertised.is_empty() {
        " Cherchez-y un lien « RSS » ou « Atom ».".to_owned()
    } else {
        format!(" Elle annonce : {}", advertised.join(", "))
    }
}
