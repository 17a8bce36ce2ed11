//! The JSON-LD context of everything we send, and the namespace of the extension it declares.

use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// The public collection (ActivityPub section 5.6).
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// Namespace of the terms of the extension, version 1. It is the same on every node, whatever its
/// address, so that two nodes mean the same by one term.
pub const NAMESPACE: &str = "urn:maillage:v1:";
/// Where a node serves the context with these terms. Another version has another path, and this one
/// stays.
pub const CONTEXT_PATH: &str = "/ns/v1";

/// Contexts that stand by their address in front of our own terms.
pub const CONTEXTS: [&str; 2] = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"];

/// Our own terms: name, IRI, and the type of the value where JSON-LD has to know it.
///
/// Everything is said in JSON-LD 1.0: processors of that version (PHP) refuse a whole document for
/// one `@json` in its context. So `record`, the typed record of an item, is a plain term; it is read
/// as JSON.
pub const TERMS: &[(&str, &str, &str)] = &[
    ("toot", "http://joinmastodon.org/ns#", ""),
    ("schema", "http://schema.org#", ""),
    ("sc", "http://schema.org/", ""),
    ("mz", "https://joinmobilizon.org/ns#", ""),
    ("ical", "http://www.w3.org/2002/12/cal/ical#", ""),
    ("maillage", NAMESPACE, ""),
    ("Hashtag", "as:Hashtag", ""),
    ("PropertyValue", "schema:PropertyValue", ""),
    ("value", "schema:value", ""),
    ("PostalAddress", "sc:PostalAddress", ""),
    ("address", "sc:address", "sc:PostalAddress"),
    ("addressLocality", "sc:addressLocality", ""),
    ("addressCountry", "sc:addressCountry", ""),
    ("streetAddress", "sc:streetAddress", ""),
    ("manuallyApprovesFollowers", "as:manuallyApprovesFollowers", ""),
    ("alsoKnownAs", "as:alsoKnownAs", "@id"),
    ("featured", "toot:featured", "@id"),
    ("discoverable", "toot:discoverable", ""),
    ("indexable", "toot:indexable", ""),
    ("attributionDomains", "toot:attributionDomains", ""),
    ("timezone", "mz:timezone", "sc:Text"),
    ("joinMode", "mz:joinMode", "mz:joinModeType"),
    ("externalParticipationUrl", "mz:externalParticipationUrl", "sc:URL"),
    ("isOnline", "mz:isOnline", "sc:Boolean"),
    ("category", "sc:category", ""),
    ("inLanguage", "sc:inLanguage", ""),
    ("status", "ical:status", ""),
    ("record", "maillage:record", ""),
];

static CONTEXT: LazyLock<Value> = LazyLock::new(|| {
    let mut all: Vec<Value> = CONTEXTS.iter().map(|address| Value::from(*address)).collect();
    all.push(Value::Object(terms()));
    Value::Array(all)
});

fn terms() -> Map<String, Value> {
    let definition = |iri: &str, kind: &str| match kind {
        "" => Value::from(iri),
        kind => json!({ "@id": iri, "@type": kind }),
    };
    TERMS.iter().map(|(term, iri, kind)| ((*term).to_owned(), definition(iri, kind))).collect()
}

/// The context of everything we send. The terms stand in each document, so that nobody has to fetch
/// them.
#[must_use]
pub fn context() -> Value {
    CONTEXT.clone()
}

/// The document at [`CONTEXT_PATH`]: the same terms, for those who name it by its address.
#[must_use]
pub fn context_document() -> Value {
    json!({ "@context": terms() })
}

/// A top-level document: the object with its context.
#[must_use]
pub fn with_context(mut object: Value) -> Value {
    if let Some(map) = object.as_object_mut() {
        map.insert("@context".to_owned(), context());
    }
    object
}
