//! Our actors: one Service for each service, one Application for the node.

use super::{context, id_of};
use maillage_app::address::Addresses;
use maillage_domain::text::escape_html;
use maillage_store::rows::{ActorRow, NodeRow, ServiceRow};
use serde_json::{Value, json};

fn base(actor: &ActorRow, addresses: &Addresses) -> Value {
    json!({
        "@context": context(),
        "id": actor.uri,
        "type": actor.kind,
        "preferredUsername": actor.username,
        "name": actor.name,
        "inbox": actor.inbox,
        "outbox": actor.outbox,
        "followers": actor.followers,
        "following": format!("{}/following", actor.uri),
        "featured": format!("{}/featured", actor.uri),
        "endpoints": { "sharedInbox": addresses.url("/inbox") },
        "publicKey": { "id": actor.key_id, "owner": actor.uri, "publicKeyPem": actor.public_key },
        "published": time(actor.created_at),
        "updated": time(actor.fetched_at),
        "icon": { "type": "Image", "mediaType": "image/png", "url": addresses.url("/icon-192.png"), "name": "Maillage" },
    })
}

/// The document of a service's actor.
#[must_use]
pub fn service_actor(actor: &ActorRow, service: &ServiceRow, addresses: &Addresses) -> Value {
    let mut document = base(actor, addresses);
    let row = |name: &str, value: &str| json!({ "type": "PropertyValue", "name": name, "value": escape_html(value) });
    let mut rows = Vec::new();
    if !service.moderators.is_empty() {
        rows.push(row("Modération", &service.moderators));
    }
    if !service.licence.is_empty() {
        rows.push(row("Licence", &service.licence));
    }
    let page = addresses.service_page(&service.slug);
    rows.push(json!({ "type": "PropertyValue", "name": "Page", "value": format!("<a href=\"{page}\" rel=\"me\">{page}</a>") }));
    let more = json!({
        "summary": format!("<p>{}</p>", escape_html(&service.purpose)),
        "url": page,
        "attachment": rows,
        "manuallyApprovesFollowers": service.visibility != "public",
        "discoverable": service.visibility == "public",
        "indexable": service.visibility == "public",
    });
    merge(&mut document, more);
    document
}

/// The document of the node's Application actor (FEP-2677).
#[must_use]
pub fn node_actor(actor: &ActorRow, node: &NodeRow, addresses: &Addresses) -> Value {
    let mut document = base(actor, addresses);
    merge(
        &mut document,
        json!({
            "name": node.name,
            "summary": "",
            "url": addresses.base(),
            "manuallyApprovesFollowers": false,
            "discoverable": false,
            "indexable": false,
        }),
    );
    document
}

fn merge(document: &mut Value, more: Value) {
    if let (Some(map), Value::Object(more)) = (document.as_object_mut(), more) {
        map.extend(more);
    }
}

/// RFC 3339 in UTC, to the second.
#[must_use]
pub fn time(millis: i64) -> String {
    chrono::DateTime::from_timestamp_millis(millis)
        .unwrap_or_default()
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// The id of an actor named in a property that may hold one or several; the first.
#[must_use]
pub fn first_actor(value: Option<&Value>) -> Option<&str> {
    super::many(value).into_iter().find_map(id_of)
}
