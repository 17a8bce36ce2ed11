//! A web page given in place of a feed: which feeds it announces.

use url::Url;

use super::FeedError;
use crate::{html, link};

/// The error for a web page, with the addresses of its `<link rel="alternate">` feeds.
pub(super) fn html_page(text: &str, base_url: Option<&Url>) -> FeedError {
    let tags = text.match_indices('<').take(5_000).filter_map(|(at, _)| html::tag_at(text, at));
    let links = tags.filter(|tag| tag.name == "link" && !tag.closing).filter_map(|tag| {
        let kind = html::attribute(tag.attributes, "type")?.to_ascii_lowercase();
        let feed =
            ["application/rss+xml", "application/atom+xml", "application/feed+json"].contains(&kind.as_str());
        let href = html::attribute(tag.attributes, "href").filter(|_| feed)?;
        Some(link::resolve(&href, base_url).map_or(href, String::from))
    });
    FeedError::HtmlPage { advertised: links.take(10).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announced_feeds_are_named() {
        let page = r#"<html><head><link rel="stylesheet" href="/a.css">
            <link rel="alternate" type="application/rss+xml" title="Flux" href="/spip.php?page=backend&amp;lang=fr"></head>"#;
        let base = Url::parse("https://mef.example.org/accueil").unwrap();
        let expected = vec!["https://mef.example.org/spip.php?page=backend&lang=fr".to_owned()];
        assert_eq!(html_page(page, Some(&base)), FeedError::HtmlPage { advertised: expected });
    }
}
