//! Text and fields collected on the way: what becomes of them at their end.

use url::Url;

use super::super::element::{Field, Purpose, Vocabulary, local_name, value};
use super::super::holder::Holder;
use super::super::{Attached, Format, MAX_LIST, date};
use super::{Attributes, Cutter};

/// Unreadable dates of one entry that are told.
const MAX_BAD_DATES: usize = 3;

/// Text being collected, and what for.
pub(super) struct Held {
    pub holder: Holder,
    pub purpose: Purpose,
    pub vocabulary: Vocabulary,
    pub attributes: Attributes,
    pub base: Option<Url>,
}

impl Cutter<'_> {
    /// Ends the element that is being collected.
    pub(super) fn end_held(&mut self) {
        self.depth = self.open.len();
        let Some(held) = self.held.take() else { return };
        match held.purpose {
            Purpose::Collect(field) => self.collect(field, held.holder.finish(false)),
            Purpose::Text if self.split.format == Format::Atom => self.atom_text(held),
            Purpose::Text => {
                let name = held.holder.name().to_owned();
                let text = held.holder.finish(false);
                self.out().open(&name, &held.attributes).text(&text).close(&name);
            }
            Purpose::Structure | Purpose::Drop => {}
        }
    }

    /// Passes on an Atom text construct (RFC 4287, 3.1) or content (4.1.3) as plain text or escaped HTML.
    fn atom_text(&mut self, held: Held) {
        let written = value(&held.attributes, "type").unwrap_or_default().trim().to_ascii_lowercase();
        let name = held.holder.name().replace("tagline", "subtitle");
        let is_content = local_name(&name) == "content";
        if is_content && value(&held.attributes, "src").is_some() {
            return;
        }
        let html = written.contains("html") || held.holder.has_elements;
        if is_content && !html && !(matches!(written.as_str(), "" | "text") || written.starts_with("text/")) {
            return;
        }
        let xhtml = written.contains("xhtml") || value(&held.attributes, "mode") == Some("xml") && html;
        let mut attributes: Attributes =
            held.attributes.into_iter().filter(|(k, _)| matches!(k.as_str(), "xml:lang" | "xmlns")).collect();
        attributes.push(("type".to_owned(), if html { "html" } else { "text" }.to_owned()));
        if let Some(base) = held.base.as_ref().filter(|_| held.vocabulary == Vocabulary::Own) {
            attributes.push(("xml:base".to_owned(), base.to_string()));
        }
        let text = held.holder.finish(xhtml);
        self.out().open(&name, &attributes).text(&text).close(&name);
    }

    /// Takes note of files that feed-rs would not pass on.
    pub(super) fn attached(&mut self, local: &str, attributes: &Attributes, vocabulary: Vocabulary) {
        let Some(entry) = &mut self.entry else { return };
        let extra = &mut entry.piece.extra;
        let Some(url) = value(attributes, "url").filter(|url| !url.trim().is_empty()) else { return };
        match (vocabulary, local) {
            (Vocabulary::Own, "enclosure") if extra.enclosures.len() < MAX_LIST => {
                let media_type = value(attributes, "type").map(str::to_owned);
                let length = value(attributes, "length").and_then(|length| length.trim().parse().ok());
                extra.enclosures.push(Attached { url: url.to_owned(), media_type, length });
            }
            (Vocabulary::Media, "thumbnail") if extra.thumbnail.is_none() => {
                extra.thumbnail = Some(url.to_owned());
            }
            _ => {}
        }
    }

    fn collect(&mut self, field: Field, text: String) {
        let extra = self.entry.as_mut().map_or(&mut self.split.head_extra, |e| &mut e.piece.extra);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        match field {
            Field::Published | Field::Updated => {
                let date = date::parse(text);
                let slot = if field == Field::Published { &mut extra.published } else { &mut extra.updated };
                if date.is_none() && extra.bad_dates.len() < MAX_BAD_DATES {
                    extra.bad_dates.push(text.chars().take(60).collect());
                }
                // Two dates of the same name say the same in practice; the first that is readable holds.
                *slot = slot.or(date);
            }
            Field::Author => extra.authors.push(text.to_owned()),
            Field::Subject => extra.subjects.push(text.to_owned()),
            Field::Language => extra.language = Some(text.to_owned()),
        }
    }
}
