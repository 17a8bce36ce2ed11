//! RSS 1.0 (RDF), still sent by planets and older sites.

use super::{Direction, Gateway, inspect_feed};

/// RSS 1.0 (RDF), still sent by planets and older sites.
pub(super) const GATEWAY: Gateway = Gateway {
    name: "rdf",
    label_fr: "flux RSS 1.0 (RDF)",
    label_en: "RSS 1.0 (RDF) feed",
    direction: Direction::Import,
    media_types: &["application/rdf+xml", "application/xml", "text/xml"],
    extensions: &["rdf", "rss", "xml"],
    inspect: inspect_feed,
};
