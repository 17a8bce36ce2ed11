//! The outer fields of an activity: its id, its actor and its type, checked against one another.

use super::Refusal;
use serde_json::Value;
use url::Url;

/// The longest address read, in bytes: what browsers and databases agree on.
const MAX_URL_LEN: usize = 2048;
/// The longest name of a type.
const MAX_KIND_LEN: usize = 64;

/// The outer fields of an activity.
#[derive(Clone, Debug)]
pub(super) struct Envelope {
    pub id: Url,
    pub actor: Url,
    pub kind: String,
}

impl Envelope {
    /// Reads the fields; `allow_http` is the setting for test networks.
    ///
    /// `id` and `type` are strings; `actor` is a string, an object with `id`, or an array of exactly
    /// one of these. The id lies on its actor's origin.
    pub(super) fn read(body: &Value, allow_http: bool) -> Result<Self, Refusal> {
        let id = body
            .get("id")
            .and_then(Value::as_str)
            .and_then(|text| address(text, allow_http))
            .ok_or_else(|| Refusal::malformed("id", "the id is not an https URL"))?;
        let actor = body
            .get("actor")
            .and_then(single)
            .and_then(|text| address(text, allow_http))
            .ok_or_else(|| Refusal::malformed("actor", "not exactly one actor with an https URL"))?;
        let kind = body
            .get("type")
            .and_then(Value::as_str)
            .filter(|kind| (1..=MAX_KIND_LEN).contains(&kind.len()))
            .ok_or_else(|| Refusal::malformed("type", "the type is not one name"))?;
        if id.origin() != actor.origin() {
            return Err(Refusal::malformed("origin", format!("{id} is not on the origin of {actor}")));
        }
        Ok(Self { id, actor, kind: kind.to_owned() })
    }

    /// Whether this is a `Delete` of the actor by itself.
    pub(super) fn deletes_itself(&self, body: &Value) -> bool {
        let object = body.get("object").and_then(single).and_then(|text| Url::parse(text).ok());
        self.kind == "Delete" && object.as_ref() == Some(&self.actor)
    }
}

/// The id in a string, an object with `id`, or an array of exactly one of these.
fn single(value: &Value) -> Option<&str> {
    let value = match value {
        Value::Array(items) if items.len() == 1 => items.first()?,
        other => other,
    };
    match value {
        Value::String(text) => Some(text),
        Value::Object(object) => object.get("id")?.as_str(),
        _ => None,
    }
}

/// An absolute https (or, on a test network, http) URL with a host and without credentials.
pub(super) fn address(text: &str, allow_http: bool) -> Option<Url> {
    // The parser drops tabs and line ends and trims blanks: such text would be two different ids.
    if text.len() > MAX_URL_LEN || text.chars().any(|c| c.is_ascii_control() || c == ' ') {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let scheme = url.scheme() == "https" || (allow_http && url.scheme() == "http");
    let bare = url.username().is_empty() && url.password().is_none();
    (scheme && bare && url.has_host()).then_some(url)
}
