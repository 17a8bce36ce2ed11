//! JSON Feed 1.0 and 1.1.

use super::{Direction, Gateway, inspect_feed};

/// JSON Feed 1.0 and 1.1.
pub(super) const GATEWAY: Gateway = Gateway {
    name: "json-feed",
    label_fr: "flux JSON Feed",
    label_en: "JSON Feed",
    direction: Direction::Both,
    media_types: &["application/feed+json", "application/json"],
    extensions: &["json"],
    inspect: inspect_feed,
};
