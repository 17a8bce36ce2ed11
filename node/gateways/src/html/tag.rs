//! Tags as they stand in text, found without building a tree.

use super::collapse;
use super::entity::decode_entities;

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

/// What HTML is made of, for those who build no tree.
pub(super) enum Piece<'t> {
    /// Text with its references; a `<` that starts no tag comes alone.
    Text(&'t str),
    Tag(Tag<'t>),
    /// `<!doctype …>`, `<?php … ?>` and the like: comments to a browser, up to the first `>`.
    Declaration(&'t str),
}

/// Shows text, tags and declarations in their order, comments left out.
pub(super) fn walk<'t>(html: &'t str, mut take: impl FnMut(Piece<'t>)) {
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        take(Piece::Text(rest.get(..start).unwrap_or_default()));
        let from = rest.get(start..).unwrap_or_default();
        if let Some(comment) = from.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(tag) = tag_at(from, 0) {
            rest = from.get(tag.end..).unwrap_or_default();
            take(Piece::Tag(tag));
        } else if let Some((declaration, after)) = declaration(from) {
            take(Piece::Declaration(declaration));
            rest = after;
        } else {
            take(Piece::Text("<"));
            rest = from.get(1..).unwrap_or_default();
        }
    }
    take(Piece::Text(rest));
}

fn declaration(from: &str) -> Option<(&str, &str)> {
    let inside = from.get(1..).filter(|f| f.starts_with(['!', '?']))?;
    let end = inside.find(['<', '>']).filter(|end| inside.get(*end..).is_some_and(|e| e.starts_with('>')))?;
    from.split_at_checked(end + 2)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_not_the_pixel() {
        let html = r#"<img src="p.gif" width="1" height="1"/><img alt="Salle &amp; accueil" src='a.jpg?x=1&amp;y=2'>"#;
        let picture = first_picture(html).unwrap();
        assert_eq!(picture, Picture { source: "a.jpg?x=1&y=2".into(), alt: Some("Salle & accueil".into()) });
        assert_eq!(first_picture("<p>3 < 4</p>"), None);
    }
}
