//! Ordered collections and their pages.

use super::with_context;
use serde_json::{Value, json};

/// A collection of which only the size is told: who is in it is theirs to say.
#[must_use]
pub fn counted(id: &str, total: i64) -> Value {
    with_context(json!({ "id": id, "type": "OrderedCollection", "totalItems": total }))
}

/// A collection that names its first page.
#[must_use]
pub fn paged(id: &str, total: i64) -> Value {
    let first = format!("{id}?page=1");
    with_context(json!({ "id": id, "type": "OrderedCollection", "totalItems": total, "first": first }))
}

/// A collection with nothing in it.
#[must_use]
pub fn empty(id: &str) -> Value {
    with_context(json!({ "id": id, "type": "OrderedCollection", "totalItems": 0, "orderedItems": [] }))
}

/// One page of a collection.
#[must_use]
pub fn page(collection: &str, id: &str, items: Vec<Value>, next: Option<String>) -> Value {
    let mut document =
        json!({ "id": id, "type": "OrderedCollectionPage", "partOf": collection, "orderedItems": items });
    if let Some(next) = next {
        document["next"] = Value::String(next);
    }
    with_context(document)
}
