//! HTML of others: cleaned to the small subset that travels between nodes, or reduced to plain text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use encoding_rs::WINDOWS_1252;
use url::Url;

/// Elements kept: the set that fediverse software agrees on (FEP-b2b8 and Mastodon's own list).
const KEPT: [&str; 16] = [
    "p",
    "br",
    "span",
    "a",
    "del",
    "s",
    "pre",
    "blockquote",
    "code",
    "b",
    "strong",
    "u",
    "i",
    "em",
    "ul",
    "ol",
];

/// Block elements that are not kept; they become paragraphs so that their texts do not run together.
const BLOCKS: [&str; 22] = [
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "figure",
    "figcaption",
    "table",
    "tr",
    "caption",
    "dl",
    "dt",
    "dd",
    "address",
    "details",
    "summary",
    "fieldset",
    "form",
    "center",
];

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// Elements that HTML closes by itself, or that hold nothing: they do not nest.
const FLAT: [&str; 24] = [
    "p", "li", "dt", "dd", "option", "br", "hr", "img", "input", "meta", "link", "area", "base", "col",
    "embed", "source", "track", "wbr", "param", "td", "th", "tr", "thead", "tbody",
];

/// Deeper HTML is not given to the tree builder, whose work grows with depth times length.
const MAX_NESTING: usize = 200;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| cleaner(UrlRelative::Deny));

fn cleaner(relative: UrlRelative<'static>) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(KEPT.into_iter().chain(["li"]).collect())
        .clean_content_tags(HashSet::from([
            "script", "style", "template", "noscript", "iframe", "object", "svg",
        ]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(relative)
        .link_rel(Some("nofollow noopener noreferrer"));
    builder
}

/// Cleans HTML to the subset `p br span a del s pre blockquote code b strong u i em ul ol li`, with
/// `href` on links as the only attribute. Relative links are resolved against `base`, dropped without
/// one. HTML nested deeper than any text needs comes out as one paragraph of plain text.
pub fn clean(html: &str, base: Option<&Url>) -> String {
    if too_deep(html) {
        return paragraphs(&strip_tags(html));
    }
    let blocks = blocks_to_paragraphs(html);
    let cleaned = match base {
        None => CLEANER.clean(&blocks).to_string(),
        Some(base) => cleaner(UrlRelative::RewriteWithBase(base.clone())).clean(&blocks).to_string(),
    };
    without_empty_paragraphs(&cleaned)
}

/// Plain text as HTML: one paragraph for each block of lines, line breaks kept.
pub(crate) fn paragraphs(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let blocks = unified.split("\n\n").map(str::trim).filter(|b| !b.is_empty());
    blocks.map(|b| format!("<p>{}</p>", escape(b).replace('\n', "<br>"))).collect()
}

/// Text of a piece of HTML: tags left out, entities decoded, white space collapsed. Angle brackets and
/// ampersands that are no markup stay as they are.
pub fn to_plain_text(html: &str) -> String {
    collapse(&decode_entities(&strip_tags(html)))
}

/// One space between words, none around.
pub(crate) fn collapse(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// True if the text holds a tag or an entity, that is if it was meant as HTML.
pub(crate) fn looks_like_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| tag_at(text, at).is_some()) || decode_entities(text) != text
}

/// Escapes `& < > "` for HTML text and attributes.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Decodes named and numeric references that end with a semicolon; leaves all else. Numbers 128–159 are
/// read as windows-1252, as the HTML standard asks (old French sites write `&#146;` for an apostrophe).
pub(crate) fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        // No entity has a name longer than 32; looking further would make long texts slow.
        let end = from.bytes().take(34).position(|b| b == b';');
        let name = end.and_then(|end| from.get(1..end));
        match name.and_then(|n| resolve_reference(n).map(|value| (n, value))) {
            Some((name, value)) => {
                out.push_str(&value);
                rest = from.get(name.len() + 2..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// The text that `&name;` stands for; empty for a character that text cannot hold.
pub(crate) fn resolve_reference(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse::<u32>().ok()?,
    };
    if let Some(byte) = u8::try_from(code).ok().filter(|b| (0x80..0xa0).contains(b)) {
        return Some(WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned());
    }
    let character = char::from_u32(code)?;
    Some(if is_text(character) { character.to_string() } else { String::new() })
}

/// True for characters that XML 1.0 allows (section 2.2, Char).
pub(crate) fn is_text(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..) && !('\u{7f}'..='\u{84}').contains(&c)
}

/// True for elements that may hold themselves: those whose missing end tags add up to depth.
pub(crate) fn nests(name: &str) -> bool {
    !FLAT.contains(&name.to_ascii_lowercase().as_str())
}

/// A picture of a piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub source: String,
    pub alt: Option<String>,
}

/// First `<img>` that is not a counting pixel.
pub(crate) fn first_picture(html: &str) -> Option<Picture> {
    html.match_indices('<')
        .filter_map(|(at, _)| tag_at(html, at))
        .filter(|t| t.name == "img" && !t.closing)
        .find_map(|tag| {
            let tiny = |name| attribute(tag.attributes, name).is_some_and(|v| v == "0" || v == "1");
            let source = attribute(tag.attributes, "src").filter(|s| !s.is_empty())?;
            let alt = attribute(tag.attributes, "alt").map(|a| collapse(&a)).filter(|a| !a.is_empty());
            (!tiny("width") && !tiny("height")).then_some(Picture { source, alt })
        })
}

/// Value of an attribute in the inside of a tag, decoded.
pub(crate) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=')?;
        let (key, after) = rest.split_at(end);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value.get(1..)?.split_once(quote)?,
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(decode_entities(value));
        }
        rest = after;
    }
}

/// A tag met in text.
pub(crate) struct Tag<'t> {
    pub name: String,
    pub closing: bool,
    pub attributes: &'t str,
    /// Byte after the closing bracket.
    pub end: usize,
}

/// The tag that starts at byte `at`, if it is one: `<`, an optional `/`, a letter, and a `>` in the end.
pub(crate) fn tag_at(text: &str, at: usize) -> Option<Tag<'_>> {
    let rest = text.get(at + 1..)?;
    let (closing, rest, offset) = rest.strip_prefix('/').map_or((false, rest, at + 1), |r| (true, r, at + 2));
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':'))?;
    let mut quote = None;
    for (i, b) in rest.bytes().enumerate().skip(name_end).take(16 * 1024) {
        match (quote, b) {
            (None, b'>') => {
                let name = rest.get(..name_end)?.to_ascii_lowercase();
                return Some(Tag { name, closing, attributes: rest.get(name_end..i)?, end: offset + i + 1 });
            }
            (None, b'"' | b'\'') => quote = Some(b),
            (None, b'<') => return None,
            (Some(q), _) if q == b => quote = None,
            _ => {}
        }
    }
    None
}

fn strip_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    walk(html, &mut out, |tag, out| {
        if BLOCKS.contains(&tag.name.as_str()) || ["p", "br", "li"].contains(&tag.name.as_str()) {
            out.push(' ');
        }
    });
    out
}

fn blocks_to_paragraphs(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut source = html;
    let mut lead = 0;
    // Source text is copied as it is, comments included: ammonia decides what they are.
    while let Some(start) = source.get(lead..).and_then(|s| s.find('<')).map(|i| i + lead) {
        let Some(tag) = tag_at(source, start) else {
            lead = start + 1;
            continue;
        };
        out.push_str(source.get(..start).unwrap_or_default());
        let name = tag.name.as_str();
        match (HEADINGS.contains(&name), tag.closing) {
            (true, false) => out.push_str("<p><strong>"),
            (true, true) => out.push_str("</strong></p>"),
            _ if BLOCKS.contains(&name) => out.push_str(if tag.closing { "</p>" } else { "<p>" }),
            _ if matches!(name, "td" | "th") => out.push(' '),
            _ => out.push_str(source.get(start..tag.end).unwrap_or_default()),
        }
        source = source.get(tag.end..).unwrap_or_default();
        lead = 0;
    }
    out.push_str(source);
    out
}

/// Copies the text between tags to `out`, comments left out, and shows each tag to `on_tag`.
fn walk(html: &str, out: &mut String, mut on_tag: impl FnMut(&Tag<'_>, &mut String)) {
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(rest.get(..start).unwrap_or_default());
        let from = rest.get(start..).unwrap_or_default();
        if let Some(comment) = from.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(tag) = tag_at(from, 0) {
            on_tag(&tag, out);
            rest = from.get(tag.end..).unwrap_or_default();
        } else {
            out.push('<');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
}

fn too_deep(html: &str) -> bool {
    let (mut depth, mut deepest) = (0usize, 0usize);
    walk(html, &mut String::new(), |tag, _| {
        if nests(&tag.name) {
            depth = if tag.closing { depth.saturating_sub(1) } else { depth + 1 };
            deepest = deepest.max(depth);
        }
    });
    deepest > MAX_NESTING
}

fn without_empty_paragraphs(html: &str) -> String {
    let mut text = html.replace("&nbsp;", "\u{a0}");
    for _ in 0..4 {
        let mut smaller = text.clone();
        for empty in ["<p></p>", "<p> </p>", "<p>\n</p>", "<p>\u{a0}</p>", "<strong></strong>", "<p><br></p>"]
        {
            smaller = smaller.replace(empty, "");
        }
        if smaller.len() == text.len() {
            break;
        }
        text = smaller;
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn active_content_and_attributes_go() {
        let html = r#"<p onclick="x()" class="a">Voir <a href="/doc/p.pdf" style="c">la plaquette</a><script>alert(1)</script><img src="i.jpg" onerror="x()"></p>"#;
        let base = Url::parse("https://mef.example.org/flux").unwrap();
        assert_eq!(
            clean(html, Some(&base)),
            r#"<p>Voir <a href="https://mef.example.org/doc/p.pdf" rel="nofollow noopener noreferrer">la plaquette</a></p>"#
        );
        assert!(!clean(html, None).contains("/doc/"));
        assert!(!clean("<a href='javascript:alert(1)'>x</a>", None).contains("javascript"));
    }

    #[test]
    fn blocks_do_not_run_together() {
        assert_eq!(clean("<div>Lundi</div><div>Mardi</div>", None), "<p>Lundi</p><p>Mardi</p>");
        assert_eq!(clean("<h2>Dates</h2><p>Jeudi</p>", None), "<p><strong>Dates</strong></p><p>Jeudi</p>");
    }

    #[test]
    fn plain_text_of_titles() {
        assert_eq!(
            to_plain_text("<a href=\"/x\">Contrat d&#039;apprentissage</a>"),
            "Contrat d'apprentissage"
        );
        assert_eq!(
            to_plain_text("Journ&eacute;e &laquo;\u{a0}m&eacute;tiers&nbsp;&raquo;"),
            "Journée «\u{a0}métiers\u{a0}»"
        );
        assert_eq!(to_plain_text("R&D : 3 < 5 & 7 > 2"), "R&D : 3 < 5 & 7 > 2");
        assert_eq!(to_plain_text("L&#146;emploi"), "L’emploi");
        assert_eq!(to_plain_text("a<!-- b -->c<br>d"), "ac d");
    }

    #[test]
    fn deep_html_becomes_text_at_once() {
        let deep = format!("{}fond", "<div>".repeat(100_000));
        assert_eq!(clean(&deep, None), "<p>fond</p>");
    }

    #[test]
    fn the_picture_is_not_the_pixel() {
        let html = r#"<img src="p.gif" width="1" height="1"/><img alt="Salle &amp; accueil" src='a.jpg?x=1&amp;y=2'>"#;
        let picture = first_picture(html).unwrap();
        assert_eq!(picture, Picture { source: "a.jpg?x=1&y=2".into(), alt: Some("Salle & accueil".into()) });
        assert_eq!(first_picture("<p>3 < 4</p>"), None);
    }

    #[test]
    fn text_becomes_paragraphs() {
        assert_eq!(
            paragraphs("Un & deux\ntrois\r\n\r\nquatre"),
            "<p>Un &amp; deux<br>trois</p><p>quatre</p>"
        );
    }
}
