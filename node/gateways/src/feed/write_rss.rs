//! RSS 2.0, with content:encoded, dc: and atom: where RSS has no element of its own.

use super::xml_text::XmlText;
use super::{FeedDocument, FeedItem};
use crate::html;

const ROOT: [(&str, &str); 5] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:creativeCommons", "http://backend.userland.com/creativeCommonsRssModule"),
];

/// Writes RSS 2.0. Dates have a precision of one second; `guid` is the permanent id, never a link.
pub fn write_rss(feed: &FeedDocument) -> String {
    let mut xml = XmlText::document();
    xml.open("rss", &ROOT).open("channel", &[] as &[(&str, &str)]);
    xml.element("title", &title_text(&feed.title))
        .element("link", feed.site_url.as_str())
        .element("description", &html::escape(&feed.description))
        .element("language", &feed.language)
        .element("lastBuildDate", &feed.updated.to_rfc2822())
        .element_with(
            "atom:link",
            &[("rel", "self"), ("type", "application/rss+xml"), ("href", feed.self_url.as_str())],
            "",
        );
    for item in &feed.entries {
        write_item(&mut xml, item);
    }
    xml.close("channel").close("rss");
    xml.finish()
}

fn write_item(xml: &mut XmlText, item: &FeedItem) {
    xml.open("item", &[] as &[(&str, &str)])
        .element("title", &title_text(&item.title))
        .element("link", item.url.as_str())
        .element_with("guid", &[("isPermaLink", "false")], &item.id)
        .element("pubDate", &item.published.to_rfc2822())
        .element("atom:updated", &super::write_atom::date(&item.updated));
    if !item.summary.is_empty() {
        xml.element("description", &html::escape(&item.summary));
    }
    if !item.content_html.is_empty() {
        xml.element("content:encoded", &item.content_html);
    }
    if let Some(author) = &item.author {
        xml.element("dc:creator", author);
    }
    for category in &item.categories {
        xml.element("category", category);
    }
    if let Some((title, url)) = &item.source {
        xml.element_with("source", &[("url", url.as_str())], title);
    }
    if let Some(licence) = &item.licence {
        xml.element("dc:rights", licence);
    }
    if let Some(url) = item.licence_url() {
        xml.element("creativeCommons:license", url);
    }
    xml.close("item");
}

/// Readers take RSS titles for HTML or for text. A title without anything that looks like markup reads
/// the same both ways; another is escaped once more, so that `<` survives those that take it for HTML.
fn title_text(title: &str) -> String {
    if html::looks_like_html(title) { html::escape(title) } else { title.to_owned() }
}
