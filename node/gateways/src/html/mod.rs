//! HTML of others: cleaned to the small subset that travels between nodes, or reduced to plain text.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use url::Url;

mod depth;
mod entity;
mod tag;

pub(crate) use depth::nests;
pub(crate) use entity::{decode_entities, is_text, resolve_reference};
use tag::{Piece, Tag, walk};
pub(crate) use tag::{attribute, first_picture, tag_at};

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

/// Elements that go with all they hold.
const EMPTIED: [&str; 7] = ["script", "style", "template", "noscript", "iframe", "object", "svg"];

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| cleaner(UrlRelative::Deny));

fn cleaner(relative: UrlRelative<'static>) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(KEPT.into_iter().chain(["li"]).collect())
        .clean_content_tags(EMPTIED.into())
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
    let blocks = rewrite(html);
    if depth::too_deep(&blocks) {
        return paragraphs(&to_plain_text(html));
    }
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
    has_tags(text) || decode_entities(text) != text
}

/// True if the text holds a tag.
pub(crate) fn has_tags(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| tag_at(text, at).is_some())
}

/// Escapes `& < > "` for HTML text and attributes.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn strip_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    walk(html, |piece| match piece {
        Piece::Text(text) | Piece::Declaration(text) => out.push_str(text),
        Piece::Tag(tag) => {
            if BLOCKS.contains(&tag.name.as_str()) || ["p", "br", "li"].contains(&tag.name.as_str()) {
                out.push(' ');
            }
        }
    });
    out
}

/// Writes HTML anew with only the tags that [`clean`] looks at, and of attributes only the address of a
/// link; blocks become paragraphs, headings paragraphs in bold. What browsers and this scanner could take
/// for different tags is text afterwards, so that nothing is hidden from the measure of depth. References
/// are written anew too: html5ever takes time as the square of a row of bare ampersands.
fn rewrite(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    walk(html, |piece| match piece {
        Piece::Text(text) => out.push_str(&escape(&decode_entities(text))),
        Piece::Tag(tag) => rewrite_tag(&tag, &mut out),
        Piece::Declaration(_) => {}
    });
    out
}

fn rewrite_tag(tag: &Tag<'_>, out: &mut String) {
    let name = tag.name.as_str();
    if HEADINGS.contains(&name) {
        out.push_str(if tag.closing { "</strong></p>" } else { "<p><strong>" });
    } else if BLOCKS.contains(&name) {
        out.push_str(if tag.closing { "</p>" } else { "<p>" });
    } else if matches!(name, "td" | "th") {
        out.push(' ');
    } else if name == "li" || KEPT.contains(&name) || EMPTIED.contains(&name) {
        out.push_str(if tag.closing { "</" } else { "<" });
        out.push_str(name);
        if let Some(href) = attribute(tag.attributes, "href").filter(|_| name == "a" && !tag.closing) {
            out.push_str(&format!(" href=\"{}\"", escape(&href)));
        }
        out.push('>');
    }
}

/// Takes out `<p></p>` and the like, with blanks or line breaks alone inside, as they are left where a
/// block stood in a block or a picture alone.
fn without_empty_paragraphs(html: &str) -> String {
    let text = html.replace("&nbsp;", "\u{a0}").replace("<strong></strong>", "").replace("<span></span>", "");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, from)) = rest.split_once("<p>") {
        out.push_str(before);
        rest = match blank_before_end(from) {
            Some(after) => after,
            None => {
                out.push_str("<p>");
                from
            }
        };
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// What follows `</p>`, if nothing but blanks and line breaks stand before it.
fn blank_before_end(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        match rest.strip_prefix("<br>") {
            Some(after) => rest = after,
            None => return rest.strip_prefix("</p>"),
        }
    }
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
    fn paragraphs_with_nothing_in_them_go() {
        let html =
            "<figure>\n  <img src=a>\n</figure><p>&nbsp;<br> </p><div><span></span></div><p>Jeudi</p><p><br>";
        assert_eq!(clean(html, None), "<p>Jeudi</p>");
        assert_eq!(clean("<p><p> <p>a</p>", None), "<p>a</p>");
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
    fn what_only_a_browser_takes_for_a_tag_is_text() {
        assert_eq!(clean("a <ul <b>b</b>", None), "a &lt;ul <b>b</b>");
        assert_eq!(clean("<?php x ?>a<!DOCTYPE html>b<!-- c", None), "ab");
        for hidden in ["<ul <p>", "<ul a=b\"><ul>\">", "<ul =\"><ul>\">", "<ul></x>"] {
            let cleaned = clean(&hidden.repeat(2_000), None);
            assert!(cleaned.matches("<ul>").count() <= 200, "{hidden}: {}", cleaned.len());
        }
    }

    #[test]
    fn formatting_left_open_does_not_multiply() {
        let html = format!("<p><b><i><u><s><em></p>{}", "<p>x</p>".repeat(100_000));
        assert!(clean(&html, None).len() <= 2 * html.len());
    }

    #[test]
    fn deep_html_becomes_text_at_once() {
        let deep = format!("{}fond", "<div>".repeat(100_000));
        assert_eq!(clean(&deep, None), "<p>fond</p>");
    }

    #[test]
    fn text_becomes_paragraphs() {
        assert_eq!(
            paragraphs("Un & deux\ntrois\r\n\r\nquatre"),
            "<p>Un &amp; deux<br>trois</p><p>quatre</p>"
        );
    }
}
