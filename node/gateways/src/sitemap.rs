//! Sitemaps (sitemaps.org protocol 0.9): the addresses that search engines are told of.

use crate::feed::xml_text::XmlText;
use chrono::{DateTime, SecondsFormat, Utc};

const ROOT: [(&str, &str); 1] = [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")];

/// An address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The whole address.
    pub url: String,
    /// When what stands there was last changed, where that is known.
    pub changed: Option<DateTime<Utc>>,
}

/// Writes a sitemap; the protocol allows 50,000 addresses.
#[must_use]
pub fn write_sitemap(addresses: &[Address]) -> String {
    written("urlset", "url", addresses)
}

/// Writes the index of several sitemaps, by their addresses.
#[must_use]
pub fn write_sitemap_index(sitemaps: &[Address]) -> String {
    written("sitemapindex", "sitemap", sitemaps)
}

fn written(root: &str, one: &str, addresses: &[Address]) -> String {
    let mut xml = XmlText::document();
    xml.open(root, &ROOT);
    for address in addresses {
        xml.open(one, &[] as &[(&str, &str)]).element("loc", &address.url);
        if let Some(at) = address.changed {
            xml.element("lastmod", &at.to_rfc3339_opts(SecondsFormat::Secs, true));
        }
        xml.close(one);
    }
    xml.close(root);
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped_and_dated() {
        let changed = DateTime::from_timestamp(1_772_542_800, 0);
        let one = Address { url: "https://mef.example/?a=1&b=<2>".to_owned(), changed };
        let text = write_sitemap(&[one.clone(), Address { changed: None, ..one.clone() }]);
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns="), "{text}");
        assert_eq!(text.matches("<loc>https://mef.example/?a=1&amp;b=&lt;2&gt;</loc>").count(), 2, "{text}");
        assert_eq!(text.matches("<lastmod>2026-03-03T13:00:00Z</lastmod>").count(), 1, "{text}");
        let index = write_sitemap_index(&[one]);
        assert!(index.contains("<sitemapindex") && index.contains("<sitemap><loc>"), "{index}");
    }
}
