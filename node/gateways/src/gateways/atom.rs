//! Atom (RFC 4287), and 0.3 on the way in.

use super::{Direction, Gateway, inspect_feed};

/// Atom (RFC 4287), and 0.3 on the way in.
pub(super) const GATEWAY: Gateway = Gateway {
    name: "atom",
    label_fr: "flux Atom",
    label_en: "Atom feed",
    direction: Direction::Both,
    media_types: &["application/atom+xml", "application/xml", "text/xml"],
    extensions: &["atom", "xml"],
    inspect: inspect_feed,
};
