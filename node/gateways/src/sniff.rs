//! Says what an uploaded file probably is, from its first bytes.

use crate::{charset, csv};

/// What a file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// Separated values.
    Csv,
    /// A web page.
    Html,
    /// None of these.
    Unknown,
}

/// How much of a file is looked at.
const SAMPLE: usize = 64 * 1024;

/// Guesses what the bytes are. A guess only: the parser of the format has the last word.
pub fn sniff(bytes: &[u8]) -> Kind {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or(bytes);
    let text = charset::decode(sample, &[charset::of_xml_declaration(sample)]).text;
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.starts_with('<') {
        return markup(text);
    }
    if text.starts_with(['{', '[']) {
        return if text.contains("jsonfeed.org/version/") { Kind::Feed } else { Kind::Unknown };
    }
    if text.chars().any(|c| c.is_control() && !c.is_whitespace()) {
        return Kind::Unknown;
    }
    if csv::looks_tabular(text) { Kind::Csv } else { Kind::Unknown }
}

fn markup(text: &str) -> Kind {
    match root_name(text).to_ascii_lowercase().as_str() {
        "rss" | "rdf" | "feed" => Kind::Feed,
        "html" | "head" | "body" | "!doctype-html" => Kind::Html,
        _ => Kind::Unknown,
    }
}

/// Local name of the first element, prolog, comments and doctype left aside; empty if there is none.
pub(crate) fn root_name(text: &str) -> &str {
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = rest.get(start + 1..).unwrap_or_default();
        if rest.get(..12).is_some_and(|d| d.eq_ignore_ascii_case("!doctype htm")) {
            return "!doctype-html";
        }
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if !rest.starts_with(['?', '!']) {
            let name =
                rest.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
            return name.rsplit(':').next().unwrap_or(name);
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_files_are_told_apart() {
        assert_eq!(sniff(b"<?xml version='1.0'?><!-- flux --><rss version='2.0'>"), Kind::Feed);
        assert_eq!(sniff(b"\n<rdf:RDF xmlns:rdf='x'>"), Kind::Feed);
        assert_eq!(sniff(b"<feed xmlns='http://www.w3.org/2005/Atom'/>"), Kind::Feed);
        assert_eq!(sniff(br#"{"version": "https://jsonfeed.org/version/1.1"}"#), Kind::Feed);
        assert_eq!(sniff(b"<!DOCTYPE html><html><p>Accueil</p>"), Kind::Html);
        assert_eq!(sniff(b"Nom;Ville\r\nMission locale;Nevers\r\n"), Kind::Csv);
        assert_eq!(sniff(b"sep=;\r\nNom;Ville\r\n"), Kind::Csv);
        assert_eq!(sniff("\u{feff}Nom;Ville\nA;B\n".as_bytes()), Kind::Csv);
    }

    #[test]
    fn the_rest_is_unknown() {
        for bytes in
            [&b""[..], b"PK\x03\x04\x00\x00", b"Bonjour tout le monde.", b"{\"a\": 1}", b"<svg/>", b"<"]
        {
            assert_eq!(sniff(bytes), Kind::Unknown, "{bytes:?}");
        }
    }
}
