//! RSS 0.9x, 1.0 and 2.0, Atom and JSON Feed: read with their real-world faults, written correctly.
//!
//! Reading goes in three steps. The document is decoded, then repaired and cut into one small, strict
//! document for each entry (`split_xml`, `split_json`), so that a bad entry loses itself only; each goes
//! through feed-rs, which knows the formats; what it gives is cleaned into a [`FeedEntry`].

mod date;
mod document;
mod element;
mod entry;
mod error;
mod holder;
mod page;
mod split_json;
mod split_xml;
mod write_atom;
mod write_json;
mod write_rss;
pub(crate) mod xml_text;

use chrono::{DateTime, Utc};
use url::Url;

use crate::RowProblem;
use crate::charset;

pub use document::{FeedDocument, FeedItem};
pub use error::FeedError;
pub use write_atom::write_atom;
pub use write_json::write_json_feed;
pub use write_rss::write_rss;

/// Longest document taken, in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Deepest nesting of elements taken.
pub const MAX_DEPTH: usize = 256;
/// Most entries taken from one document; the rest is reported as one problem.
pub const MAX_ENTRIES: usize = 10_000;

/// Authors, categories or attached files of one entry that are taken: more are no labels but a flood, and
/// authors of the feed are those of each entry.
const MAX_LIST: usize = 50;

/// What a feed says.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedFeed {
    /// Title as plain text; empty if there is none.
    pub title: String,
    /// The site that the feed belongs to.
    pub link: Option<Url>,
    /// Language tag as written, such as `fr` or `fr-FR`.
    pub language: Option<String>,
    /// Encoding that the bytes were read with, as named by the WHATWG Encoding standard.
    pub encoding: &'static str,
    /// The entries, in the order of the document.
    pub entries: Vec<FeedEntry>,
    /// Entries left out, and reservations about those taken.
    pub problems: Vec<RowProblem>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedEntry {
    /// Stable identity inside this feed: the id or guid, else [`FeedEntry::link_key`], else a hash of
    /// title and date. Where several entries of the document claim the same id for different links, or
    /// the same link for different titles, what tells them apart is appended.
    pub key: String,
    /// The link as [`crate::canonical_key`] gives it: two entries with the same one are the same page,
    /// even if the feed makes up a new guid each day.
    pub link_key: Option<String>,
    /// Title as plain text; empty if there is none.
    pub title: String,
    /// The page of the entry.
    pub link: Option<Url>,
    /// Summary as clean HTML.
    pub summary_html: Option<String>,
    /// Full text as clean HTML.
    pub content_html: Option<String>,
    /// Date of publication.
    pub published: Option<DateTime<Utc>>,
    /// Date of the last change, where the feed gives one of its own.
    pub updated: Option<DateTime<Utc>>,
    /// Names of authors, without e-mail addresses.
    pub authors: Vec<String>,
    /// Labels of categories.
    pub categories: Vec<String>,
    /// Attached files.
    pub enclosures: Vec<Enclosure>,
    /// Picture that goes with the entry.
    pub image: Option<Url>,
    /// Text that stands for the picture.
    pub image_alt: Option<String>,
    /// Language, where the entry names its own.
    pub language: Option<String>,
}

/// A file attached to an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosure {
    /// Where it is.
    pub url: Url,
    /// Media type as written.
    pub media_type: Option<String>,
    /// Length in bytes, as written.
    pub length: Option<u64>,
}

/// Reads a feed.
///
/// `base_url` is where the document came from: relative links are resolved against `xml:base`, else
/// against it, else against the link of the feed. `content_type` is the HTTP header, for its charset.
///
/// # Errors
/// See [`FeedError`]; a bad entry is a [`RowProblem`], not an error.
pub fn parse(
    bytes: &[u8],
    base_url: Option<&Url>,
    content_type: Option<&str>,
) -> Result<ParsedFeed, FeedError> {
    if bytes.len() > MAX_BYTES {
        return Err(FeedError::TooLarge { size: bytes.len(), limit: MAX_BYTES });
    }
    let hints = [charset::of_xml_declaration(bytes), charset::of_content_type(content_type)];
    let decoded = charset::decode(bytes, &hints);
    let text: String = decoded.text.chars().filter(|c| crate::html::is_text(*c)).collect();
    let body = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    // Lines are counted from the start of the file, which may begin with blank ones.
    let skipped = text.len() - body.len();
    let first_line = 1 + text.bytes().take(skipped).filter(|b| *b == b'\n').count() as u64;
    let split = match body.chars().next() {
        None => return Err(FeedError::Empty),
        Some('<') => split_xml::split(body, first_line, base_url)?,
        Some('{') => split_json::split(body)?,
        Some(_) => return Err(FeedError::NotAFeed { found: body.chars().take(24).collect() }),
    };
    let mut feed = entry::assemble(split, base_url)?;
    feed.encoding = decoded.encoding;
    Ok(feed)
}

/// A document cut in pieces that feed-rs can read, with what feed-rs has no place for.
#[derive(Debug, Default)]
struct Split {
    /// A feed without entries.
    head: String,
    head_extra: Extra,
    /// `xml:base` of the root or channel.
    base: Option<Url>,
    entries: Vec<Piece>,
    problems: Vec<RowProblem>,
    format: Format,
}

/// Families of formats, as far as they differ in the reading of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Format {
    /// RSS 0.9x and 2.0.
    #[default]
    Rss,
    /// RSS 1.0.
    Rdf,
    Atom,
    Json,
}

/// A feed with one entry.
#[derive(Debug, Default)]
struct Piece {
    place: crate::problem::Place,
    document: String,
    base: Option<Url>,
    extra: Extra,
}

/// What is read beside feed-rs: fields it drops, or reads less leniently than real feeds need.
#[derive(Clone, Debug, Default, PartialEq)]
struct Extra {
    /// `rdf:about`, the identity of an entry in RSS 1.0.
    about: Option<String>,
    subjects: Vec<String>,
    authors: Vec<String>,
    published: Option<DateTime<Utc>>,
    updated: Option<DateTime<Utc>>,
    bad_dates: Vec<String>,
    language: Option<String>,
    image: Option<String>,
    /// `media:thumbnail`, which feed-rs drops where no `media:content` stands beside it.
    thumbnail: Option<String>,
    /// `enclosure` of RSS, which feed-rs drops where a `media:content` stands beside it.
    enclosures: Vec<Attached>,
}

/// An `enclosure` as written.
#[derive(Clone, Debug, Default, PartialEq)]
struct Attached {
    url: String,
    media_type: Option<String>,
    length: Option<u64>,
}
