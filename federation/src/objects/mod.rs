//! Wire forms of actors and items: ours written, others' read.

pub mod actor;
pub mod collection;
mod event;
pub mod item;
pub mod record;
pub mod remote_actor;
pub mod remote_item;
mod tags;
pub mod vocabulary;
mod words;

pub use vocabulary::{PUBLIC, context, with_context};

use serde_json::Value;
use url::Url;

/// The id in a string or in an object with `id`.
#[must_use]
pub fn id_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(object) => object.get("id")?.as_str(),
        _ => None,
    }
}

/// The strings or objects of a property that may hold one or several.
#[must_use]
pub fn many(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(values)) => values.iter().collect(),
        Some(one) => vec![one],
    }
}

/// The first web address of a `url` property (string, Link, or several) on this origin.
#[must_use]
pub fn page_on(value: Option<&Value>, origin: &Url) -> Option<Url> {
    many(value)
        .into_iter()
        .filter_map(|one| match one {
            Value::String(text) => Some(text.as_str()),
            Value::Object(link) => link.get("href").and_then(Value::as_str),
            _ => None,
        })
        .filter_map(|text| Url::parse(text).ok())
        .find(|url| url.origin() == origin.origin())
}

/// RFC 3339 in UTC, to the second, of milliseconds since the epoch.
#[must_use]
pub fn time(millis: i64) -> String {
    chrono::DateTime::from_timestamp_millis(millis)
        .unwrap_or_default()
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
