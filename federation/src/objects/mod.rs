//! Wire forms of actors and items: ours written, others' read.

pub mod actor;
pub mod collection;
pub mod item;
pub mod record;
pub mod remote_actor;
pub mod remote_item;

use serde_json::{Value, json};

/// The public collection (ActivityPub section 5.6).
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// The JSON-LD context of everything we send. `record` is opaque to JSON-LD: the typed record of
/// an item between nodes of our kind.
#[must_use]
pub fn context() -> Value {
    json!([
        "https://www.w3.org/ns/activitystreams",
        "https://w3id.org/security/v1",
        {
            "toot": "http://joinmastodon.org/ns#",
            "schema": "http://schema.org#",
            "sc": "http://schema.org/",
            "mz": "https://joinmobilizon.org/ns#",
            "maillage": "urn:maillage:v1:",
            "Hashtag": "as:Hashtag",
            "PropertyValue": "schema:PropertyValue",
            "value": "schema:value",
            "PostalAddress": "sc:PostalAddress",
            "address": { "@id": "sc:address", "@type": "sc:PostalAddress" },
            "addressLocality": "sc:addressLocality",
            "addressCountry": "sc:addressCountry",
            "postalCode": "sc:postalCode",
            "streetAddress": "sc:streetAddress",
            "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
            "discoverable": "toot:discoverable",
            "indexable": "toot:indexable",
            "timezone": { "@id": "mz:timezone", "@type": "sc:Text" },
            "joinMode": { "@id": "mz:joinMode", "@type": "mz:joinModeType" },
            "externalParticipationUrl": { "@id": "mz:externalParticipationUrl", "@type": "sc:URL" },
            "isOnline": { "@id": "mz:isOnline", "@type": "sc:Boolean" },
            "inLanguage": "sc:inLanguage",
            "status": "http://www.w3.org/2002/12/cal/ical#status",
            "record": { "@id": "maillage:record", "@type": "@json" }
        }
    ])
}

/// A top-level document: the object with its context.
#[must_use]
pub fn with_context(mut object: Value) -> Value {
    if let Some(map) = object.as_object_mut() {
        map.insert("@context".to_owned(), context());
    }
    object
}

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
