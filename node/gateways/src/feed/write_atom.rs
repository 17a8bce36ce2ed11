//! Atom (RFC 4287).

use chrono::{DateTime, SecondsFormat, Utc};

use super::xml_text::XmlText;
use super::{FeedDocument, FeedItem};

/// Writes an Atom feed.
pub fn write_atom(feed: &FeedDocument) -> String {
    let mut xml = XmlText::document();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.language.as_str())])
        .element("id", &feed.id)
        .element("title", &feed.title)
        .element("updated", &date(&feed.updated));
    if !feed.description.is_empty() {
        xml.element("subtitle", &feed.description);
    }
    link(&mut xml, "alternate", "text/html", feed.site_url.as_str());
    link(&mut xml, "self", "application/atom+xml", feed.self_url.as_str());
    // An entry without an author takes the feed's (RFC 4287, 4.1.1), which therefore has one.
    author(&mut xml, &feed.title);
    for item in &feed.entries {
        write_entry(&mut xml, item);
    }
    xml.close("feed");
    xml.finish()
}

fn write_entry(xml: &mut XmlText, item: &FeedItem) {
    xml.open("entry", &[] as &[(&str, &str)])
        .element("id", &item.id)
        .element("title", &item.title)
        .element("published", &date(&item.published))
        .element("updated", &date(&item.updated));
    link(xml, "alternate", "text/html", item.url.as_str());
    if let Some(name) = &item.author {
        author(xml, name);
    }
    if !item.summary.is_empty() {
        xml.element("summary", &item.summary);
    }
    if !item.content_html.is_empty() {
        xml.element_with("content", &[("type", "html")], &item.content_html);
    }
    for category in &item.categories {
        xml.element_with("category", &[("term", category), ("label", category)], "");
    }
    if let Some(licence) = &item.licence {
        xml.element("rights", licence);
    }
    if let Some(url) = item.licence_url() {
        xml.element_with("link", &[("rel", "license"), ("href", url)], "");
    }
    if let Some((title, url)) = &item.source {
        link(xml, "via", "text/html", url.as_str());
        xml.open("source", &[] as &[(&str, &str)]).element("id", url.as_str()).element("title", title);
        xml.element("updated", &date(&item.updated));
        xml.close("source");
    }
    xml.close("entry");
}

fn link(xml: &mut XmlText, rel: &str, media_type: &str, href: &str) {
    xml.element_with("link", &[("rel", rel), ("type", media_type), ("href", href)], "");
}

fn author(xml: &mut XmlText, name: &str) {
    xml.open("author", &[] as &[(&str, &str)]).element("name", name).close("author");
}

/// A date as RFC 3339.
pub(super) fn date(date: &DateTime<Utc>) -> String {
    date.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
