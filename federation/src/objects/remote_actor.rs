//! Reading the document of somebody else's actor.

use super::id_of;
use crate::net::JsonDocument;
use crate::signature::PublicKey;
use maillage_app::inbound::RemoteActor;
use maillage_app::outbound::host_of;
use maillage_domain::text::{clip, plain_text};
use serde_json::Value;
use url::Url;

const KINDS: [&str; 5] = ["Person", "Service", "Application", "Group", "Organization"];

/// The actor that a document describes, found at `final_url`. A stripped one, as some servers
/// answer instead of an error, is refused: without inbox or key it cannot take part.
///
/// # Errors
/// What is missing or does not fit.
pub fn read(document: &JsonDocument) -> Result<RemoteActor, String> {
    let value = &document.value;
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let id = text("id").and_then(|id| Url::parse(id).ok()).ok_or("no id")?;
    if id != document.final_url {
        return Err(format!("{id} was found elsewhere"));
    }
    let kind = text("type").filter(|kind| KINDS.contains(kind)).ok_or("not an actor")?;
    // Every address that it is written to or read from lies on its own origin.
    let own = |address: Option<&str>| {
        address
            .and_then(|text| Url::parse(text).ok())
            .filter(|url| url.origin() == id.origin())
            .map(String::from)
    };
    let inbox = own(text("inbox")).ok_or("no inbox of its own")?;
    let key = value.get("publicKey").ok_or("no key")?;
    let key = match key {
        Value::Array(keys) => keys.first().ok_or("no key")?,
        one => one,
    };
    let key_id = own(key.get("id").and_then(Value::as_str)).ok_or("no id of its key")?;
    if key.get("owner").and_then(id_of) != Some(id.as_str()) {
        return Err("the key has another owner".into());
    }
    let public_key = key.get("publicKeyPem").and_then(Value::as_str).ok_or("no key")?;
    PublicKey::from_pem(public_key).map_err(|error| error.to_string())?;
    let username = text("preferredUsername").unwrap_or_default();
    let shared =
        value.get("endpoints").and_then(|endpoints| endpoints.get("sharedInbox")).and_then(Value::as_str);
    Ok(RemoteActor {
        kind: kind.to_owned(),
        username: clip(username, 128),
        host: host_of(id.as_str()),
        name: clip(&plain_text(text("name").filter(|name| !name.trim().is_empty()).unwrap_or(username)), 200),
        summary: maillage_gateways::clean_html(text("summary").unwrap_or_default(), None),
        url: own(text("url")),
        inbox,
        shared_inbox: own(shared),
        outbox: own(value.get("outbox").and_then(id_of)),
        followers: own(value.get("followers").and_then(id_of)),
        key_id,
        public_key: public_key.to_owned(),
        raw: String::from_utf8_lossy(&document.raw).into_owned(),
        uri: id.into(),
    })
}
