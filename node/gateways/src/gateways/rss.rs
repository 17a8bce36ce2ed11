//! RSS 0.9x and 2.0.

use super::{Direction, Gateway, inspect_feed};

/// RSS 0.9x and 2.0.
pub(super) const GATEWAY: Gateway = Gateway {
    name: "rss",
    label_fr: "flux RSS",
    label_en: "RSS feed",
    direction: Direction::Both,
    media_types: &["application/rss+xml", "application/xml", "text/xml"],
    extensions: &["rss", "xml"],
    inspect: inspect_feed,
};
