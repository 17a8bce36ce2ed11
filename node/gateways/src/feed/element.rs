//! What is done with each element of a feed before feed-rs sees it.

use std::collections::HashMap;

use quick_xml::events::BytesStart;

use super::Format;
use crate::html;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const ATOM_03: &str = "http://purl.org/atom/ns#";
const RSS_1: &str = "http://purl.org/rss/1.0/";
const MEDIA: &str = "http://search.yahoo.com/mrss/";

/// Attributes of one element that are looked at: each is compared with those before it.
const MAX_ATTRIBUTES: usize = 100;

/// Bytes of attributes that an element of the feed keeps. Those of the root and the channel stand again
/// around each entry.
const MAX_ATTRIBUTE_BYTES: usize = 8 * 1024;

/// Vocabulary that a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// The format's own.
    Own,
    /// Atom inside RSS.
    Atom,
    DublinCore,
    Content,
    Media,
    Itunes,
    Podcast,
    Other,
}

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Passed on as it is, children included.
    Structure,
    /// Text that may hold markup: passed on as escaped text.
    Text,
    /// Read here, not passed on.
    Collect(Field),
    /// Left out: unused, and read by feed-rs in ways that hostile values can upset.
    Drop,
}

/// Fields read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Published,
    Updated,
    Author,
    Subject,
    Language,
}

/// Namespace prefixes met so far. Prefixes are declared once, on the root, in nearly all feeds.
#[derive(Debug, Default)]
pub(super) struct Prefixes(HashMap<String, Vocabulary>);

impl Prefixes {
    /// Takes note of an `xmlns:…` attribute.
    pub(super) fn declare(&mut self, attribute: &str, uri: &str) {
        if let Some(prefix) = attribute.strip_prefix("xmlns:") {
            self.0.insert(prefix.to_owned(), vocabulary_of_uri(uri));
        }
    }

    /// The vocabulary of a qualified name; `own_default` is the element's own `xmlns`, if any.
    pub(super) fn vocabulary(&self, name: &str, own_default: Option<&str>, format: Format) -> Vocabulary {
        let found = match (name.split_once(':'), own_default) {
            (Some((prefix, _)), _) => self.0.get(prefix).copied().unwrap_or_else(|| by_habit(prefix)),
            (None, Some(uri)) => vocabulary_of_uri(uri),
            (None, None) => Vocabulary::Own,
        };
        if found == Vocabulary::Atom && format == Format::Atom { Vocabulary::Own } else { found }
    }
}

fn vocabulary_of_uri(uri: &str) -> Vocabulary {
    match canonical_uri(uri) {
        ATOM => Vocabulary::Atom,
        RSS_1 => Vocabulary::Own,
        MEDIA => Vocabulary::Media,
        "http://purl.org/dc/elements/1.1/" | "http://purl.org/dc/terms/" => Vocabulary::DublinCore,
        "http://purl.org/rss/1.0/modules/content/" => Vocabulary::Content,
        "http://www.itunes.com/dtds/podcast-1.0.dtd" => Vocabulary::Itunes,
        "https://podcastindex.org/namespace/1.0" => Vocabulary::Podcast,
        _ => Vocabulary::Other,
    }
}

/// Feeds cut out of larger ones forget to declare the usual prefixes.
fn by_habit(prefix: &str) -> Vocabulary {
    match prefix {
        "dc" | "dcterms" => Vocabulary::DublinCore,
        "atom" => Vocabulary::Atom,
        "content" => Vocabulary::Content,
        "media" => Vocabulary::Media,
        "itunes" => Vocabulary::Itunes,
        "podcast" => Vocabulary::Podcast,
        _ => Vocabulary::Other,
    }
}

/// The namespace that feed-rs knows for the one written.
pub(super) fn canonical_uri(uri: &str) -> &str {
    match uri.trim() {
        ATOM_03 => ATOM,
        "http://search.yahoo.com/mrss" => MEDIA,
        "http://my.netscape.com/rdf/simple/0.9/" | "http://channel.netscape.com/rdf/simple/0.9/" => RSS_1,
        other => other,
    }
}

/// Decides what becomes of an element of a feed, by its name and its parent's.
pub(super) fn purpose(vocabulary: Vocabulary, local: &str, parent: &str, format: Format) -> Purpose {
    use Vocabulary::{Atom, Content, DublinCore, Itunes, Media, Own, Podcast};
    match (vocabulary, local) {
        (Itunes, "image") => return Purpose::Structure,
        (Itunes | Podcast, _) | (Media, "text" | "rating" | "community") => return Purpose::Drop,
        _ => {}
    }
    if !matches!(parent, "item" | "entry" | "channel" | "feed" | "rss" | "RDF") {
        return Purpose::Structure;
    }
    match (vocabulary, local) {
        (_, "lastBuildDate") => Purpose::Drop,
        (Own | DublinCore, "pubDate" | "date" | "issued" | "created" | "available")
        | (Own | Atom, "published") => Purpose::Collect(Field::Published),
        (Own | Atom, "updated") | (Own | DublinCore, "modified") => Purpose::Collect(Field::Updated),
        (Own, "author") if format != Format::Atom => Purpose::Collect(Field::Author),
        (DublinCore, "creator") => Purpose::Collect(Field::Author),
        (Own, "managingEditor" | "webMaster") => Purpose::Drop,
        (DublinCore, "subject") => Purpose::Collect(Field::Subject),
        (Own | DublinCore, "language") => Purpose::Collect(Field::Language),
        (Own, "title" | "description" | "summary" | "content" | "subtitle" | "tagline" | "rights") => {
            Purpose::Text
        }
        (Content, "encoded") => Purpose::Text,
        _ => Purpose::Structure,
    }
}

/// Attributes of a start tag as names and decoded values; what is no attribute is left out.
pub(super) fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let named = |name: &str| {
        let mut bytes = name.bytes();
        bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
            && bytes.all(|b| b.is_ascii_alphanumeric() || b"_:.-".contains(&b))
    };
    let mut list: Vec<(String, String)> = Vec::new();
    for attribute in tag.html_attributes().with_checks(false).take(MAX_ATTRIBUTES).flatten() {
        let name: &str = attribute.key.as_ref();
        if named(name) && list.iter().all(|(known, _)| known != name) {
            list.push((name.to_owned(), html::decode_entities(&attribute.value)));
        }
    }
    list
}

/// The first attributes, as far as they are of a bearable length together.
pub(super) fn bounded(attributes: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut room = MAX_ATTRIBUTE_BYTES;
    let fits = |(name, value): &(String, String)| match room.checked_sub(name.len() + value.len()) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    attributes.into_iter().filter(fits).collect()
}

/// Value of an attribute.
pub(super) fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
}

/// The part of a qualified name after the prefix.
pub(super) fn local_name(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_find_their_purpose() {
        let mut prefixes = Prefixes::default();
        prefixes.declare("xmlns:d", "http://purl.org/dc/elements/1.1/");
        let d_date = prefixes.vocabulary("d:date", None, Format::Rss);
        assert_eq!(purpose(d_date, "date", "item", Format::Rss), Purpose::Collect(Field::Published));
        let media_text = prefixes.vocabulary("media:text", None, Format::Rss);
        assert_eq!(purpose(media_text, "text", "group", Format::Rss), Purpose::Drop);
        let title = prefixes.vocabulary("title", None, Format::Rss);
        assert_eq!(purpose(title, "title", "item", Format::Rss), Purpose::Text);
        assert_eq!(purpose(title, "title", "image", Format::Rss), Purpose::Structure);
    }
}
