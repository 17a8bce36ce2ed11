//! JSON Feed 1.1.

use serde_json::{Map, Value, json};

use super::{FeedDocument, FeedItem};

/// Writes JSON Feed 1.1. Origin and licence, which the format lacks, stand in the extension `_maillage`.
pub fn write_json_feed(feed: &FeedDocument) -> String {
    let items: Vec<Value> = feed.entries.iter().map(item).collect();
    let document = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.site_url.as_str(),
        "feed_url": feed.self_url.as_str(),
        "language": feed.language,
        "items": items,
    });
    document.to_string()
}

fn item(item: &FeedItem) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("id", item.id.as_str().into());
    put("url", item.url.as_str().into());
    put("title", item.title.as_str().into());
    if !item.summary.is_empty() {
        put("summary", item.summary.as_str().into());
    }
    // One of the two contents is required.
    if item.content_html.is_empty() {
        let text = if item.summary.is_empty() { &item.title } else { &item.summary };
        put("content_text", text.as_str().into());
    } else {
        put("content_html", item.content_html.as_str().into());
    }
    put("date_published", super::write_atom::date(&item.published).into());
    put("date_modified", super::write_atom::date(&item.updated).into());
    if let Some(author) = &item.author {
        put("authors", json!([{ "name": author }]));
    }
    if !item.categories.is_empty() {
        put("tags", item.categories.clone().into());
    }
    if item.source.is_some() || item.licence.is_some() {
        let source = item.source.as_ref().map(|(title, url)| json!({ "title": title, "url": url.as_str() }));
        put("_maillage", json!({ "source": source, "licence": item.licence }));
    }
    object.into()
}
