//! Our actors: one Service for each service, one Application for the node.

use super::{context, time};
use maillage_app::address::Addresses;
use maillage_domain::text::escape_html;
use maillage_store::StoreError;
use maillage_store::read::Reads;
use maillage_store::rows::{ActorRow, NodeRow, ServiceRow};
use serde_json::{Value, json};

/// Where the picture of our actors is served.
pub const ICON_PATH: &str = "/actor/icon.png";
/// Where their banner is served, which is that of events too.
pub const BANNER_PATH: &str = "/actor/banner.png";

/// What surrounds a service or the node, as its actor tells it. Empty parts are not told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Name of the territory.
    pub territory: String,
    /// Name of the organisation.
    pub organisation: String,
    /// Web page of the organisation.
    pub contact: String,
}

impl Surroundings {
    /// What surrounds a service.
    ///
    /// # Errors
    /// Those of the database.
    pub fn of_service(reads: &mut Reads<'_>, service: &ServiceRow) -> Result<Self, StoreError> {
        let bodies = reads.organisations()?;
        let body = bodies.into_iter().find(|body| body.id == service.organisation_id);
        let own = body.as_ref().and_then(|body| body.territory.clone());
        let code = match own {
            Some(code) => Some(code),
            None => reads.node()?.map(|node| node.territory),
        };
        let (organisation, contact) = body.map(|body| (body.name, body.url)).unwrap_or_default();
        let territory = name_of_place(reads, code)?;
        Ok(Self { territory, organisation, contact: contact.unwrap_or_default() })
    }

    /// What surrounds the node.
    ///
    /// # Errors
    /// Those of the database.
    pub fn of_node(reads: &mut Reads<'_>, node: &NodeRow) -> Result<Self, StoreError> {
        Ok(Self { territory: name_of_place(reads, Some(node.territory.clone()))?, ..Self::default() })
    }
}

fn name_of_place(reads: &mut Reads<'_>, code: Option<String>) -> Result<String, StoreError> {
    let Some(code) = code else { return Ok(String::new()) };
    match reads.place(&code) {
        Ok(place) => Ok(place.name),
        Err(StoreError::NotFound) => Ok(String::new()),
        Err(error) => Err(error),
    }
}

fn base(actor: &ActorRow, addresses: &Addresses) -> Value {
    let picture =
        |path: &str| json!({ "type": "Image", "mediaType": "image/png", "url": addresses.url(path) });
    json!({
        "@context": context(),
        "id": actor.uri,
        "type": actor.kind,
        "preferredUsername": actor.username,
        "name": actor.name,
        "summary": "",
        "inbox": actor.inbox,
        "outbox": actor.outbox,
        "followers": actor.followers,
        "following": format!("{}/following", actor.uri),
        "featured": format!("{}/featured", actor.uri),
        "endpoints": { "sharedInbox": addresses.url("/inbox") },
        "publicKey": { "id": actor.key_id, "owner": actor.uri, "publicKeyPem": actor.public_key },
        "published": time(actor.created_at),
        "updated": time(actor.fetched_at.max(actor.created_at)),
        "icon": picture(ICON_PATH),
        "image": picture(BANNER_PATH),
        "alsoKnownAs": [],
        "attributionDomains": [addresses.base().host_str().unwrap_or_default()],
    })
}

/// One row of an actor's profile; none where there is nothing to say.
fn row(name: &str, text: &str) -> Option<Value> {
    let value = escape_html(text.trim());
    (!value.is_empty()).then(|| json!({ "type": "PropertyValue", "name": name, "value": value }))
}

fn link_row(name: &str, url: &str, text: &str) -> Option<Value> {
    if url.is_empty() {
        return row(name, text);
    }
    let shown = if text.is_empty() { url } else { text };
    let value = format!("<a href=\"{}\" rel=\"me\">{}</a>", escape_html(url), escape_html(shown));
    Some(json!({ "type": "PropertyValue", "name": name, "value": value }))
}

/// The document of a service's actor.
#[must_use]
pub fn service_actor(
    actor: &ActorRow,
    service: &ServiceRow,
    around: &Surroundings,
    addresses: &Addresses,
) -> Value {
    let page = addresses.service_page(&service.slug);
    let rows: Vec<Value> = [
        link_row("Page", &page, ""),
        row("Territoire", &around.territory),
        link_row("Contact", &around.contact, &around.organisation),
        row("Licence", &service.licence),
        row("Modération", &service.moderators),
    ]
    .into_iter()
    .flatten()
    .collect();
    let public = service.visibility == "public";
    let mut document = base(actor, addresses);
    let more = json!({
        "summary": paragraph(&service.purpose),
        "url": page,
        "attachment": rows,
        "manuallyApprovesFollowers": !public,
        "discoverable": public,
        "indexable": public,
    });
    merge(&mut document, more);
    document
}

fn paragraph(text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { format!("<p>{}</p>", escape_html(text.trim())) }
}

/// The document of the node's Application actor (FEP-2677).
#[must_use]
pub fn node_actor(actor: &ActorRow, node: &NodeRow, around: &Surroundings, addresses: &Addresses) -> Value {
    let mut document = base(actor, addresses);
    let page = addresses.base();
    let rows: Vec<Value> = [link_row("Page", page.as_str(), ""), row("Territoire", &around.territory)]
        .into_iter()
        .flatten()
        .collect();
    merge(
        &mut document,
        json!({
            "name": node.name,
            "url": page,
            "attachment": rows,
            "manuallyApprovesFollowers": true,
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
