//! The two ends of a document: its root, and what is left to say after the last element.

use super::super::element::{self, local_name, value};
use super::super::{FeedError, Format, MAX_ENTRIES, Split, entry};
use super::{Attributes, Cutter, Open};
use crate::problem::{Place, RowProblem};

/// Longest name of a root taken, in bytes.
const MAX_NAME: usize = 64;

fn not_a_feed(name: &str) -> FeedError {
    FeedError::NotAFeed { found: name.chars().take(40).collect() }
}

impl Cutter<'_> {
    /// Takes the root: tells the format, and prepares what stands around each entry.
    pub(super) fn root(&mut self, name: &str, attributes: Attributes) -> Result<(), FeedError> {
        let (mut attributes, base) = self.with_base(attributes);
        self.split.format = match local_name(name).to_ascii_lowercase().as_str() {
            // The name stands again around each entry.
            _ if name.len() > MAX_NAME => return Err(not_a_feed(name)),
            "rss" => Format::Rss,
            "rdf" => Format::Rdf,
            "feed" => Format::Atom,
            _ => return Err(not_a_feed(name)),
        };
        for (key, uri) in attributes.iter_mut().filter(|(key, _)| key.starts_with("xmlns")) {
            *uri = element::canonical_uri(uri).to_owned();
            if key == "xmlns" && self.split.format == Format::Atom {
                *uri = "http://www.w3.org/2005/Atom".to_owned();
            }
        }
        // Whatever the version and default namespace of RSS, feed-rs reads it as 2.0.
        attributes
            .retain(|(key, _)| key != "version" && (key != "xmlns" || self.split.format != Format::Rss));
        self.split.head_extra.language = value(&attributes, "xml:lang").map(str::to_owned);
        let as_rss: Attributes =
            attributes.iter().cloned().chain([("version".to_owned(), "2.0".to_owned())]).collect();
        match self.split.format {
            Format::Atom => {
                self.head.open(name, &attributes);
                self.opening.open(name, &attributes);
                self.closing = format!("</{name}>");
            }
            Format::Rdf => {
                self.head.open(name, &attributes);
                // An RSS 1.0 item read as one of 2.0 loses nothing, and may lack a link.
                self.opening.open("rss", &as_rss).raw("<channel>");
                self.closing = "</channel></rss>".to_owned();
            }
            Format::Rss | Format::Json => {
                self.head.open("rss", &as_rss);
                self.opening.open("rss", &as_rss);
            }
        }
        self.split.base = base.clone();
        let name = if self.split.format == Format::Rss { "rss" } else { name };
        self.open.push(Open { name: name.to_owned(), base });
        Ok(())
    }

    /// Closes the head and reports what was left out.
    pub(super) fn finish(mut self) -> Result<Split, FeedError> {
        if self.fault.is_none() && !self.open.is_empty() {
            let line = self.lines.at(u64::MAX);
            self.fault = Some((line, "fin inattendue / unexpected end".to_owned()));
        }
        if self.split.entries.is_empty() && self.split.problems.is_empty() {
            if let Some((line, detail)) = self.fault {
                return Err(FeedError::BrokenXml { line, detail });
            }
            if self.head.clone().finish().is_empty() {
                return Err(FeedError::NotAFeed { found: self.lines.text.chars().take(24).collect() });
            }
        }
        if let Some((line, _)) = self.fault {
            let place = Place { position: self.seen + 1, line };
            self.split.problems.push(RowProblem::skipped(
                place,
                "broken_xml",
                format!("Le XML est abîmé à la ligne {line} : la suite du flux n'a pas pu être lue."),
                format!("The XML is broken at line {line}: the rest of the feed could not be read."),
            ));
        }
        let taken = self.split.entries.len() as u64;
        if self.seen > taken && taken == MAX_ENTRIES as u64 {
            let place = Place { position: taken + 1, line: 0 };
            self.split.problems.push(entry::too_many(place, self.seen - taken));
        }
        let outside = self.entry.as_ref().map_or(self.open.len(), |e| e.depth);
        for open in self.open.iter().take(outside).rev() {
            self.head.close(&open.name);
        }
        self.split.head = self.head.finish();
        Ok(self.split)
    }
}
