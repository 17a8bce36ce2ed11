//! Ordered collections and their pages.

use super::with_context;
use serde_json::{Value, json};

/// A collection that names its first page.
#[must_use]
pub fn collection(id: &str, total: i64, paged: bool) -> Value {
    let mut document = json!({ "id": id, "type": "OrderedCollection", "totalItems": total });
    if paged {
        document["first"] = Value::String(format!("{id}?page=1"));
    }
    with_context(document)
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
