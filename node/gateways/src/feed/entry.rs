//! From what feed-rs read to clean entries with a stable identity.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser::Builder;
use sha2::{Digest, Sha256};
use url::Url;

use super::{Enclosure, Extra, FeedEntry, FeedError, Format, MAX_LIST, ParsedFeed, Piece, Split, date};
use crate::problem::{Place, RowProblem};
use crate::{html, link};

/// An entry with where it stood and the identity it claims.
struct Candidate {
    entry: FeedEntry,
    place: Place,
    id: Option<String>,
}

/// What entries take over from their feed.
struct Context<'a> {
    format: Format,
    base_url: Option<&'a Url>,
    link: Option<Url>,
    authors: Vec<String>,
}

/// Reads every piece and puts the feed together.
pub(super) fn assemble(split: Split, base_url: Option<&Url>) -> Result<ParsedFeed, FeedError> {
    let head_base = split.base.as_ref().or(base_url);
    let head = read(&split.head, head_base);
    if head.is_none() && split.entries.is_empty() {
        return Err(FeedError::NotAFeed { found: split.head.chars().take(40).collect() });
    }
    let head = head.as_ref();
    let link = head.and_then(|h| page_link(&h.links, head_base));
    let names = head.into_iter().flat_map(|h| &h.authors).filter_map(|a| a.name.as_deref());
    let context =
        Context { format: split.format, base_url, link, authors: author_names(names, &split.head_extra) };
    let mut problems = split.problems;
    let mut candidates = Vec::with_capacity(split.entries.len());
    for piece in &split.entries {
        if let Some(candidate) = candidate(piece, &context, &mut problems) {
            candidates.push(candidate);
        }
    }
    let entries = identify(candidates, &mut problems);
    problems.sort_by_key(|p| p.position);
    Ok(ParsedFeed {
        title: head.and_then(|h| h.title.as_ref()).map(|t| plain(t, split.format)).unwrap_or_default(),
        link: context.link,
        language: split.head_extra.language.or_else(|| head.and_then(|h| h.language.clone())),
        encoding: "UTF-8",
        entries,
        problems,
    })
}

/// Gives a small document to feed-rs. It was seen to panic on rare values (`media:text` times, odd
/// characters after an e-mail address); those are taken out before, and the net stays for the next one.
fn read(document: &str, base: Option<&Url>) -> Option<Feed> {
    catch_unwind(AssertUnwindSafe(|| {
        let parser = Builder::new()
            .base_uri(base.map(Url::as_str))
            .sanitize_content(false)
            .timestamp_parser(date::parse)
            .id_generator(|_, _, _| String::new())
            .build();
        parser.parse(document.as_bytes()).ok()
    }))
    .ok()
    .flatten()
}

fn candidate(piece: &Piece, context: &Context<'_>, problems: &mut Vec<RowProblem>) -> Option<Candidate> {
    let base = piece.base.as_ref().or(context.base_url).or(context.link.as_ref());
    let Some(raw) = read(&piece.document, base).and_then(|feed| feed.entries.into_iter().next()) else {
        problems.push(RowProblem::skipped(
            piece.place,
            "unreadable_entry",
            "Entrée laissée de côté : elle ne peut pas être lue.",
            "Entry left out: it cannot be read.",
        ));
        return None;
    };
    let id = piece.extra.about.clone().or_else(|| Some(raw.id.trim().to_owned()).filter(|id| !id.is_empty()));
    let title = raw.title.as_ref().map(|t| plain(t, context.format)).unwrap_or_default();
    let link = page_link(&raw.links, base).or_else(|| link::resolve(id.as_deref()?, None));
    if title.is_empty() && link.is_none() {
        problems.push(RowProblem::skipped(
            piece.place,
            "no_title_no_link",
            "Entrée laissée de côté : elle n'a ni titre ni lien.",
            "Entry left out: it has neither title nor link.",
        ));
        return None;
    }
    reservations(piece, &raw, link.is_some(), problems);
    let entry = entry(&raw, title, link, piece, context, base);
    Some(Candidate { entry, place: piece.place, id })
}

fn reservations(piece: &Piece, raw: &Entry, has_link: bool, problems: &mut Vec<RowProblem>) {
    for written in &piece.extra.bad_dates {
        problems.push(RowProblem::kept(
            piece.place,
            "unreadable_date",
            format!("La date « {written} » n'a pas pu être lue ; l'entrée est reprise sans elle."),
            format!("The date “{written}” could not be read; the entry is taken without it."),
        ));
    }
    if let Some(written) = raw.links.first().map(|l| l.href.trim()).filter(|h| !has_link && !h.is_empty()) {
        let written: String = written.chars().take(100).collect();
        problems.push(RowProblem::kept(
            piece.place,
            "unreadable_link",
            format!(
                "Le lien « {written} » n'est pas une adresse web complète ; l'entrée est reprise sans lien."
            ),
            format!("The link “{written}” is not a complete web address; the entry is taken without a link."),
        ));
    }
}

fn entry(
    raw: &Entry,
    title: String,
    link: Option<Url>,
    piece: &Piece,
    context: &Context<'_>,
    base: Option<&Url>,
) -> FeedEntry {
    let content_base = raw.base.as_deref().and_then(|b| link::resolve(b, base));
    let content_base = content_base.as_ref().or(base);
    let content =
        raw.content.as_ref().and_then(|c| Some((c.body.as_deref()?, c.content_type.essence().to_string())));
    let summary = raw.summary.as_ref().map(|s| (s.content.as_str(), s.content_type.essence().to_string()));
    let markup = |text: &Option<(&str, String)>, base| {
        let (text, kind) = text.as_ref()?;
        Some(to_html(text, kind, context.format, base)).filter(|h| !h.is_empty())
    };
    let (image, image_alt) = picture(raw, &piece.extra, content_base);
    let mut authors = author_names(raw.authors.iter().filter_map(|a| a.name.as_deref()), &piece.extra);
    if authors.is_empty() && matches!(context.format, Format::Atom | Format::Json) {
        authors.clone_from(&context.authors);
    }
    FeedEntry {
        key: String::new(),
        link_key: link.as_ref().map(link::canonical_key),
        title,
        link,
        summary_html: markup(&summary, base),
        content_html: markup(&content, content_base),
        published: piece.extra.published,
        updated: piece.extra.updated,
        authors,
        categories: categories(raw, &piece.extra),
        enclosures: enclosures(raw, &piece.extra, base),
        image,
        image_alt,
        language: piece.extra.language.clone().or_else(|| raw.language.clone()),
    }
}

fn plain(text: &Text, format: Format) -> String {
    let literal = match format {
        Format::Atom => text.content_type.essence().to_string() == "text/plain",
        Format::Json => true,
        Format::Rss | Format::Rdf => false,
    };
    if literal { html::collapse(&text.content) } else { html::to_plain_text(&text.content) }
}

/// RSS does not say whether its text is HTML, so what it looks like decides; Atom and JSON Feed do.
fn to_html(text: &str, media_type: &str, format: Format, base: Option<&Url>) -> String {
    match format {
        Format::Rss | Format::Rdf if html::has_tags(text) => html::clean(text, base),
        Format::Rss | Format::Rdf => html::paragraphs(&html::decode_entities(text)),
        Format::Atom | Format::Json if media_type.contains("html") => html::clean(text, base),
        Format::Atom | Format::Json => html::paragraphs(text),
    }
}

/// The page of a feed or an entry among its links.
fn page_link(links: &[feed_rs::model::Link], base: Option<&Url>) -> Option<Url> {
    let pages =
        links.iter().filter(|l| l.rel.as_deref().is_none_or(|r| r == "alternate") && l.target.is_none());
    // JSON Feed attachments come as links without a relation, but with a type.
    let mut pages = pages.filter(|l| l.rel.is_some() || l.media_type.is_none());
    pages.find_map(|l| link::resolve(&l.href, base))
}

fn author_names<'a>(names: impl Iterator<Item = &'a str>, extra: &'a Extra) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for name in names.chain(extra.authors.iter().map(String::as_str)).filter_map(author_name) {
        if list.len() == MAX_LIST {
            break;
        }
        if !list.contains(&name) {
            list.push(name);
        }
    }
    list
}

/// The name in `Name`, `Name (mail)`, `mail (Name)` or `Name <mail>`. Addresses and telephone numbers
/// (`mail - 0199001234`) are personal data that nobody asked for: they are left out.
fn author_name(written: &str) -> Option<String> {
    let decoded = html::decode_entities(written);
    let words = decoded.split(|c: char| c.is_whitespace()).filter(|w| !w.contains('@'));
    let name = words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(|c: char| c.is_whitespace() || "()<>-–,;:".contains(c));
    name.contains(char::is_alphabetic).then(|| name.chars().take(200).collect())
}

fn categories(raw: &Entry, extra: &Extra) -> Vec<String> {
    let labels =
        raw.categories.iter().map(|c| c.label.as_deref().filter(|l| !l.trim().is_empty()).unwrap_or(&c.term));
    let mut list: Vec<String> = Vec::new();
    for label in labels.chain(extra.subjects.iter().map(String::as_str)).map(html::to_plain_text) {
        if list.len() == MAX_LIST {
            break;
        }
        if !label.is_empty() && !list.contains(&label) {
            list.push(label);
        }
    }
    list
}

fn enclosures(raw: &Entry, extra: &Extra, base: Option<&Url>) -> Vec<Enclosure> {
    let media = raw.media.iter().flat_map(|m| &m.content).filter_map(|content| {
        let url = link::resolve(content.url.as_ref()?.as_str(), None)?;
        let media_type = content.content_type.as_ref().map(ToString::to_string);
        Some(Enclosure { url, media_type, length: content.size })
    });
    let attached = |l: &&feed_rs::model::Link| {
        l.rel.as_deref() == Some("enclosure") || (l.rel.is_none() && l.media_type.is_some())
    };
    let own = extra.enclosures.iter().filter_map(|e| {
        let url = link::resolve(&e.url, base)?;
        Some(Enclosure { url, media_type: e.media_type.clone(), length: e.length })
    });
    let links = raw.links.iter().filter(attached).filter_map(|l| {
        let url = link::resolve(&l.href, base)?;
        Some(Enclosure { url, media_type: l.media_type.clone(), length: l.length })
    });
    let mut list: Vec<Enclosure> = Vec::new();
    for enclosure in own.chain(media).chain(links) {
        if list.len() == MAX_LIST {
            break;
        }
        if list.iter().all(|known| known.url != enclosure.url) {
            list.push(enclosure);
        }
    }
    list
}

/// The picture named as such, else an attached one, else the first in the text.
fn picture(raw: &Entry, extra: &Extra, base: Option<&Url>) -> (Option<Url>, Option<String>) {
    if let Some(url) = extra.image.as_deref().and_then(|i| link::resolve(i, base)) {
        return (Some(url), None);
    }
    for media in &raw.media {
        let alt =
            media.description.as_ref().map(|d| html::to_plain_text(&d.content)).filter(|d| !d.is_empty());
        let images = media.content.iter().filter(|c| {
            c.content_type.as_ref().is_some_and(|t| t.essence().to_string().starts_with("image/"))
        });
        let thumbnails = media.thumbnails.iter().map(|t| t.image.uri.as_str());
        let named = images.filter_map(|c| c.url.as_ref()).map(Url::as_str).chain(thumbnails);
        if let Some(url) = named.filter_map(|u| link::resolve(u, base)).next() {
            return (Some(url), alt);
        }
    }
    if let Some(url) = extra.thumbnail.as_deref().and_then(|t| link::resolve(t, base)) {
        return (Some(url), None);
    }
    let content = raw.content.as_ref().and_then(|c| c.body.as_deref());
    let texts = content.into_iter().chain(raw.summary.as_ref().map(|s| s.content.as_str()));
    let found =
        texts.filter_map(html::first_picture).find_map(|p| Some((link::resolve(&p.source, base)?, p.alt)));
    found.map_or((None, None), |(url, alt)| (Some(url), alt))
}

/// Gives every entry its key; exact doubles are reported and left out.
fn identify(candidates: Vec<Candidate>, problems: &mut Vec<RowProblem>) -> Vec<FeedEntry> {
    let mut groups: HashMap<String, HashSet<(Option<String>, String)>> = HashMap::new();
    let mut claimed: Vec<(String, FeedEntry)> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let entry = candidate.entry;
        let key = candidate.id.or_else(|| entry.link_key.clone()).unwrap_or_else(|| {
            let date = entry.published.map(|d| d.to_rfc3339()).unwrap_or_default();
            format!("sha256:{}", short_hash(&format!("{}\n{date}", entry.title)))
        });
        let group = groups.entry(key.clone()).or_default();
        if !group.insert((entry.link_key.clone(), entry.title.clone())) {
            problems.push(RowProblem::skipped(
                candidate.place,
                "duplicate_entry",
                "Entrée laissée de côté : elle figure déjà plus haut dans le flux.",
                "Entry left out: it stands higher up in the feed already.",
            ));
            continue;
        }
        claimed.push((key, entry));
    }
    let shared = |key: &str| groups.get(key).is_some_and(|g| g.len() > 1);
    let mut entries = Vec::with_capacity(claimed.len());
    for (key, mut entry) in claimed {
        entry.key = match &entry.link_key {
            Some(link) if shared(&key) && *link != key => {
                format!("{key}#{link}#{}", short_hash(&entry.title))
            }
            _ if shared(&key) => format!("{key}#{}", short_hash(&entry.title)),
            _ => key,
        };
        entries.push(entry);
    }
    entries
}

fn short_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(12).map(|b| format!("{b:02x}")).collect()
}

/// The problem that stands for all entries over the limit.
pub(super) fn too_many(place: Place, left_out: u64) -> RowProblem {
    let limit = super::MAX_ENTRIES;
    RowProblem::skipped(
        place,
        "too_many_entries",
        format!("Le flux dépasse {limit} entrées : les {left_out} dernières sont laissées de côté."),
        format!("The feed has more than {limit} entries: the last {left_out} are left out."),
    )
}
