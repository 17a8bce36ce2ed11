//! Reading the document of somebody else's actor.

use super::{id_of, many, page_on};
use crate::net::JsonDocument;
use crate::signature::PublicKey;
use maillage_app::inbound::RemoteActor;
use maillage_app::outbound::host_of;
use maillage_domain::text::{clip, plain_text};
use serde_json::Value;
use url::Url;

/// ActivityStreams types of actors.
const KINDS: [&str; 5] = ["Person", "Service", "Application", "Group", "Organization"];
/// The longest user name, in characters.
const USERNAME: usize = 128;
/// The longest description kept with its markup, in bytes.
const SUMMARY: usize = 20_000;

/// Whether this is the document of an actor rather than of a thing.
#[must_use]
pub fn is_actor(object: &Value) -> bool {
    object.get("type").and_then(Value::as_str).is_some_and(|kind| KINDS.contains(&kind))
}

/// The actor that a document describes, found at `final_url`. A stripped one, as some servers
/// answer instead of an error, is refused: without inbox or key it cannot take part.
///
/// Where it has several keys, `wanted` says which; else it is the first one that we can use.
///
/// # Errors
/// What is missing or does not fit.
pub fn read(document: &JsonDocument, wanted: Option<&str>) -> Result<RemoteActor, String> {
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
    let inbox = own(value.get("inbox").and_then(id_of)).ok_or("no inbox of its own")?;
    let (key_id, public_key) = key(value, &id, wanted)?;
    let username = username(text("preferredUsername").unwrap_or_default())?;
    let shared = value.get("endpoints").and_then(|endpoints| endpoints.get("sharedInbox"));
    let name = text("name").filter(|name| !name.trim().is_empty()).unwrap_or(username);
    Ok(RemoteActor {
        kind: kind.to_owned(),
        username: username.to_owned(),
        host: host_of(id.as_str()),
        name: clip(&plain_text(name), 200),
        summary: summary(text("summary").unwrap_or_default()),
        url: page_on(value.get("url"), &id).map(String::from),
        inbox,
        shared_inbox: own(shared.and_then(id_of)),
        outbox: own(value.get("outbox").and_then(id_of)),
        followers: own(value.get("followers").and_then(id_of)),
        key_id,
        public_key,
        raw: String::from_utf8_lossy(&document.raw).into_owned(),
        uri: id.into(),
    })
}

/// The id and the PEM text of a key that is the actor's own, on its own origin, and usable.
fn key(actor: &Value, id: &Url, wanted: Option<&str>) -> Result<(String, String), String> {
    let mut why = "no key".to_owned();
    let mut usable: Option<(String, String)> = None;
    for key in many(actor.get("publicKey")) {
        match own_key(key, id) {
            Ok(found) if wanted.is_none_or(|wanted| wanted == found.0) => return Ok(found),
            Ok(found) => {
                usable.get_or_insert(found);
            }
            Err(fault) => why = fault,
        }
    }
    // The wanted one is not there: the caller compares, and sees.
    usable.ok_or(why)
}

fn own_key(key: &Value, id: &Url) -> Result<(String, String), String> {
    let key_id = key.get("id").and_then(Value::as_str).ok_or("no id of its key")?;
    let address = Url::parse(key_id).map_err(|_| "the id of its key is no address")?;
    if address.origin() != id.origin() {
        return Err("its key is elsewhere".into());
    }
    if key.get("owner").and_then(id_of) != Some(id.as_str()) {
        return Err("the key has another owner".into());
    }
    let pem = key.get("publicKeyPem").and_then(Value::as_str).ok_or("no key")?;
    PublicKey::from_pem(pem).map_err(|error| error.to_string())?;
    Ok((key_id.to_owned(), pem.to_owned()))
}

/// A name that can stand between `@` and `@`. Actors of whole servers may have none.
fn username(name: &str) -> Result<&str, String> {
    // Signs without a width, and those that turn the text around them, would make it look like another.
    let unseen = |c: char| matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let odd = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || unseen(c)
            || matches!(c, '@' | '/' | ':' | '?' | '#' | '<' | '>')
    };
    if name.chars().count() > USERNAME || name.contains(odd) {
        return Err("no usable user name".into());
    }
    Ok(name)
}

/// Clean HTML; of an overlong one only the text.
fn summary(html: &str) -> String {
    let clean = maillage_gateways::clean_html(html, None);
    if clean.len() <= SUMMARY {
        clean
    } else {
        maillage_domain::text::escape_html(&clip(&plain_text(&clean), SUMMARY / 4))
    }
}
