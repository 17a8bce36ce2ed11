//! Cuts a JSON Feed into one document for each item, with the fields in the types the format asks for.

use serde_json::{Map, Value, json};

use super::{Extra, FeedError, Format, MAX_ENTRIES, Piece, Split, date};
use crate::problem::{Place, RowProblem};

/// Fields passed on to feed-rs when they are text.
const TEXTS: [&str; 5] = ["url", "external_url", "title", "content_html", "content_text"];

pub(super) fn split(body: &str) -> Result<Split, FeedError> {
    let document: Value = serde_json::from_str(body)
        .map_err(|e| FeedError::BrokenJson { line: e.line() as u64, column: e.column() as u64 })?;
    let version = document.get("version").and_then(Value::as_str).unwrap_or_default();
    if !version.contains("jsonfeed.org/version/1") {
        return Err(FeedError::NotAFeed { found: body.chars().take(24).collect() });
    }
    let text = |key: &str| document.get(key).and_then(Value::as_str);
    let mut split = Split { format: Format::Json, ..Split::default() };
    split.head = envelope(text("title").unwrap_or_default(), text("home_page_url"), None);
    split.head_extra = Extra {
        language: text("language").map(str::to_owned),
        authors: document.as_object().map(authors).unwrap_or_default(),
        ..Extra::default()
    };
    let items = document.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for (index, item) in items.iter().enumerate() {
        let place = Place { position: index as u64 + 1, line: 0 };
        if index >= MAX_ENTRIES {
            split.problems.push(super::entry::too_many(place, (items.len() - index) as u64));
            break;
        }
        match item.as_object() {
            Some(item) => split.entries.push(piece(item, place)),
            None => split.problems.push(RowProblem::skipped(
                place,
                "malformed_entry",
                "Entrée laissée de côté : ce n'est pas un objet JSON.",
                "Entry left out: it is not a JSON object.",
            )),
        }
    }
    Ok(split)
}

fn envelope(title: &str, home: Option<&str>, item: Option<Value>) -> String {
    let items: Vec<Value> = item.into_iter().collect();
    let version = "https://jsonfeed.org/version/1.1";
    json!({ "version": version, "title": title, "home_page_url": home, "items": items }).to_string()
}

fn piece(item: &Map<String, Value>, place: Place) -> Piece {
    let text = |key: &str| item.get(key).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty());
    let mut kept = Map::new();
    for key in TEXTS.into_iter().chain(["summary"]) {
        if let Some(value) = text(key) {
            kept.insert(key.to_owned(), value.into());
        }
    }
    // The format asks for a string; numbers are met, and told to be read as strings (section "Items").
    let id = item.get("id").and_then(|id| match id {
        Value::String(id) => Some(id.trim().to_owned()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    });
    kept.insert("id".to_owned(), id.unwrap_or_default().into());
    kept.insert("tags".to_owned(), list(item, "tags").filter(|t| t.is_string()).cloned().collect());
    kept.insert("attachments".to_owned(), list(item, "attachments").filter_map(attachment).collect());
    let mut extra = Extra {
        language: text("language").map(str::to_owned),
        image: text("image").or_else(|| text("banner_image")).map(str::to_owned),
        authors: authors(item),
        ..Extra::default()
    };
    let mut dated = |key: &str| {
        let written = text(key)?;
        let date = date::parse(written);
        if date.is_none() {
            extra.bad_dates.push(written.chars().take(60).collect());
        }
        date
    };
    let (published, updated) = (dated("date_published"), dated("date_modified"));
    extra.published = published;
    extra.updated = updated;
    Piece { place, base: None, extra, document: envelope("", None, Some(kept.into())) }
}

fn list<'a>(object: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Value> {
    object.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn attachment(value: &Value) -> Option<Value> {
    let url = value.get("url")?.as_str()?;
    let media_type = value.get("mime_type").and_then(Value::as_str).unwrap_or("application/octet-stream");
    let size = value.get("size_in_bytes").and_then(Value::as_u64);
    Some(json!({ "url": url, "mime_type": media_type, "size_in_bytes": size }))
}

fn authors(object: &Map<String, Value>) -> Vec<String> {
    let names = object.get("author").into_iter().chain(list(object, "authors"));
    names.filter_map(|a| a.get("name")?.as_str()).map(str::to_owned).collect()
}
