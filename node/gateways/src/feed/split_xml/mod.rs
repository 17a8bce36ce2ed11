//! Repairs RSS, RDF and Atom documents and cuts them into one strict document for each entry.
//!
//! Repaired: bare ampersands, HTML entities, raw HTML in text, wrong or missing namespaces and versions.
//! A fault inside an entry costs that entry only; one outside ends the reading, with what came before.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

mod ends;
mod held;

use super::element::{self, Prefixes, Purpose, Vocabulary, local_name, value};
use super::holder::Holder;
use super::xml_text::XmlText;
use super::{Extra, FeedError, Format, MAX_DEPTH, MAX_ENTRIES, Piece, Split, page};
use crate::problem::{Place, RowProblem};
use crate::{html, link, sniff};
use held::Held;

type Attributes = Vec<(String, String)>;

/// Cuts a document. `first_line` is the line on which `body` starts.
pub(super) fn split(body: &str, first_line: u64, base_url: Option<&Url>) -> Result<Split, FeedError> {
    let root = sniff::root_name(body);
    if ["html", "head", "body", "!doctype-html"].contains(&root.to_ascii_lowercase().as_str()) {
        return Err(page::html_page(body, base_url));
    }
    let mut reader = Reader::from_str(body);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    let mut cutter =
        Cutter { base_url, lines: Lines { text: body, position: 0, line: first_line }, ..Cutter::default() };
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => {
                if !cutter.take(&event, reader.buffer_position())? {
                    break;
                }
            }
            Err(error) => {
                cutter.fault.get_or_insert((cutter.lines.at(reader.error_position()), error.to_string()));
                break;
            }
        }
    }
    cutter.finish()
}

/// Turns byte positions, asked in order, into lines.
#[derive(Default)]
struct Lines<'a> {
    text: &'a str,
    position: usize,
    line: u64,
}

impl Lines<'_> {
    fn at(&mut self, position: u64) -> u64 {
        let position = usize::try_from(position).unwrap_or(usize::MAX).min(self.text.len());
        if let Some(between) = self.text.as_bytes().get(self.position..position) {
            self.line += between.iter().filter(|b| **b == b'\n').count() as u64;
            self.position = position;
        }
        self.line
    }
}

/// An element whose end has not been met.
struct Open {
    name: String,
    base: Option<Url>,
}

struct Entry {
    name: String,
    /// Elements open around it.
    depth: usize,
    piece: Piece,
    out: XmlText,
}

#[derive(Default)]
struct Cutter<'a> {
    base_url: Option<&'a Url>,
    lines: Lines<'a>,
    prefixes: Prefixes,
    split: Split,
    head: XmlText,
    /// Start tags that stand before each entry, and end tags after.
    opening: XmlText,
    closing: String,
    open: Vec<Open>,
    /// Depth, with the elements inside collected text.
    depth: usize,
    held: Option<Held>,
    entry: Option<Entry>,
    seen: u64,
    /// True after the end of the root: what follows (advertisements, counters) is no part of the feed.
    ended: bool,
    /// The fault that ended the reading: line and words.
    fault: Option<(u64, String)>,
}

impl<'a> Cutter<'a> {
    /// Takes an event that ends at `position`; false if nothing can be read after it.
    fn take(&mut self, event: &Event<'_>, position: u64) -> Result<bool, FeedError> {
        if self.ended {
            return Ok(false);
        }
        match event {
            Event::DocType(doctype) => {
                let text: &str = doctype;
                if text.to_ascii_uppercase().contains("<!ENTITY") {
                    return Err(FeedError::EntityDefinitions);
                }
            }
            Event::Start(tag) => self.start(tag, position)?,
            Event::End(tag) => return Ok(self.end(tag.name().as_ref(), position)),
            Event::Text(text) => self.text(text),
            Event::CData(text) => self.text(text),
            Event::GeneralRef(reference) => {
                let name: &str = reference;
                let resolved = html::resolve_reference(name);
                self.text(&resolved.unwrap_or_else(|| format!("&{name};")));
            }
            _ => {}
        }
        Ok(true)
    }

    fn out(&mut self) -> &mut XmlText {
        match &mut self.entry {
            Some(entry) => &mut entry.out,
            None => &mut self.head,
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(held) = &mut self.held {
            held.holder.text(text);
        } else if !self.open.is_empty() {
            self.out().text(text);
        }
    }

    fn base(&self) -> Option<&Url> {
        self.open.last().and_then(|o| o.base.as_ref()).or(self.base_url)
    }

    fn start(&mut self, tag: &BytesStart<'_>, position: u64) -> Result<(), FeedError> {
        let qualified = tag.name();
        let name: &str = qualified.as_ref();
        let attributes = element::attributes(tag);
        self.depth += usize::from(self.held.is_none() || html::nests(local_name(name)));
        if self.depth > MAX_DEPTH {
            return Err(FeedError::TooDeep { line: self.lines.at(position) });
        }
        for (key, uri) in &attributes {
            self.prefixes.declare(key, uri);
        }
        if let Some(held) = &mut self.held {
            held.holder.start(name, &attributes);
            return Ok(());
        }
        if self.open.is_empty() {
            return self.root(name, element::bounded(attributes));
        }
        let vocabulary = self.prefixes.vocabulary(name, value(&attributes, "xmlns"), self.split.format);
        let local = local_name(name);
        if self.entry.is_none() && vocabulary == Vocabulary::Own && matches!(local, "item" | "entry") {
            self.begin_entry(name, element::bounded(attributes), position);
            return Ok(());
        }
        let parent = self.open.last().map(|o| local_name(&o.name)).unwrap_or_default();
        let purpose = element::purpose(vocabulary, local, parent, self.split.format);
        if purpose == Purpose::Structure {
            self.structure(name, element::bounded(attributes), vocabulary);
        } else {
            let (attributes, base) = self.with_base(attributes);
            self.held = Some(Held { holder: Holder::new(name), purpose, vocabulary, attributes, base });
        }
        Ok(())
    }

    fn structure(&mut self, name: &str, mut attributes: Attributes, vocabulary: Vocabulary) {
        if vocabulary == Vocabulary::Media {
            // feed-rs stops at times it cannot read, and nothing here needs them.
            attributes.retain(|(key, _)| !matches!(key.as_str(), "time" | "start" | "end" | "duration"));
        }
        let (attributes, base) = self.with_base(attributes);
        self.attached(local_name(name), &attributes, vocabulary);
        self.out().open(name, &attributes);
        if name == "channel" && self.entry.is_none() && self.split.format == Format::Rss {
            self.split.base = base.clone();
            self.split.head_extra.language = value(&attributes, "xml:lang").map(str::to_owned);
            if self.closing.is_empty() {
                self.opening.open(name, &attributes);
                self.closing = "</channel></rss>".to_owned();
            }
        }
        self.open.push(Open { name: name.to_owned(), base });
    }

    /// Replaces `xml:base` by its absolute form, or takes it out; with the base that holds inside.
    fn with_base(&self, mut attributes: Attributes) -> (Attributes, Option<Url>) {
        let inherited = self.open.last().and_then(|o| o.base.clone());
        let Some(written) = value(&attributes, "xml:base").map(str::to_owned) else {
            return (attributes, inherited);
        };
        attributes.retain(|(key, _)| key != "xml:base");
        let base = link::resolve(&written, self.base());
        if let Some(base) = &base {
            attributes.push(("xml:base".to_owned(), base.to_string()));
        }
        (attributes, base.or(inherited))
    }

    fn begin_entry(&mut self, name: &str, attributes: Attributes, position: u64) {
        if self.closing.is_empty() {
            // Items beside the channel, or before it.
            self.opening.raw("<channel>");
            self.closing = "</channel></rss>".to_owned();
        }
        self.seen += 1;
        let (attributes, base) = self.with_base(attributes);
        let mut out = self.opening.clone();
        out.open(name, &attributes);
        let about =
            attributes.iter().find(|(key, _)| local_name(key) == "about").map(|(_, v)| v.trim().to_owned());
        let extra = Extra {
            about: about.filter(|a| !a.is_empty()),
            language: value(&attributes, "xml:lang").map(str::to_owned),
            ..Extra::default()
        };
        let place = Place { position: self.seen, line: self.lines.at(position) };
        let piece = Piece { place, base: base.clone(), extra, document: String::new() };
        self.entry = Some(Entry { name: name.to_owned(), depth: self.open.len(), piece, out });
        self.open.push(Open { name: name.to_owned(), base });
    }

    /// Takes an end tag; false if it is a fault outside any entry.
    fn end(&mut self, name: &str, position: u64) -> bool {
        let ends_entry = self.entry.as_ref().is_some_and(|e| e.name == name);
        match &mut self.held {
            Some(_) if ends_entry => {
                self.held = None;
                self.end_entry(false);
                return true;
            }
            Some(held) => {
                if held.holder.end(name) {
                    self.end_held();
                } else if html::nests(local_name(name)) {
                    self.depth = self.depth.saturating_sub(1).max(self.open.len() + 1);
                }
                return true;
            }
            None => {}
        }
        if ends_entry {
            let complete = self.entry.as_ref().is_some_and(|e| self.open.len() == e.depth + 1);
            self.end_entry(complete);
            return true;
        }
        let name = if self.open.len() == 1 && self.split.format == Format::Rss { "rss" } else { name };
        if self.open.last().is_some_and(|o| o.name == name) {
            self.open.pop();
            self.depth = self.open.len();
            self.out().close(name);
            self.ended = self.open.is_empty();
            return true;
        }
        if self.entry.is_none() {
            let line = self.lines.at(position);
            self.fault.get_or_insert((line, format!("</{}>", name.chars().take(40).collect::<String>())));
        }
        self.entry.is_some()
    }

    fn end_entry(&mut self, complete: bool) {
        let Some(mut entry) = self.entry.take() else { return };
        self.open.truncate(entry.depth);
        self.depth = self.open.len();
        if self.split.entries.len() >= MAX_ENTRIES {
            return;
        }
        if !complete {
            self.split.problems.push(RowProblem::skipped(
                entry.piece.place,
                "malformed_entry",
                "Entrée laissée de côté : ses balises ne se referment pas.",
                "Entry left out: its tags are not closed.",
            ));
            return;
        }
        entry.out.close(&entry.name).raw(&self.closing);
        entry.piece.document = entry.out.finish();
        self.split.entries.push(entry.piece);
    }
}
