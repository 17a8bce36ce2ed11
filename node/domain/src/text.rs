//! Plain-text treatments: folding for comparison, slugs, excerpts.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower-case text without accents, ligatures opened, every run of other signs as one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            c if c.is_alphanumeric() => folded.push(c),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A slug of ASCII letters, digits and hyphens, at most `max` bytes, never empty (`fiche` then).
#[must_use]
pub fn slugify(text: &str, max: usize) -> String {
    let mut slug = String::new();
    for word in fold(text).split(' ') {
        let word: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        if word.is_empty() {
            continue;
        }
        if !slug.is_empty() && slug.len() + 1 + word.len() > max {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug.truncate(max);
    if slug.is_empty() { "fiche".to_owned() } else { slug }
}

/// Whether `slug` may name a service, a site or an account on the wire: 2 to 48 of `a-z0-9-`,
/// beginning and ending with a letter or a digit.
#[must_use]
pub fn is_slug(slug: &str) -> bool {
    let inner = slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (2..=48).contains(&slug.len()) && inner && !slug.starts_with('-') && !slug.ends_with('-')
}

/// The first `max` characters cut at a word, with an ellipsis where something was left out.
#[must_use]
pub fn clip(text: &str, max: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= max {
        return text;
    }
    let cut: String = text.chars().take(max.saturating_sub(1)).collect();
    let end = cut.rfind(' ').filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

/// The text of already clean HTML: tags removed, blocks apart, the five XML entities and
/// numeric ones decoded.
#[must_use]
pub fn plain_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('>') else {
            rest = "";
            break;
        };
        let tag = rest[open + 1..open + close].trim_start_matches('/').to_ascii_lowercase();
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        if matches!(
            name.as_str(),
            "p" | "br" | "li" | "ul" | "ol" | "pre" | "blockquote" | "div" | "h2" | "h3"
        ) {
            out.push(' ');
        }
        rest = &rest[open + close + 1..];
    }
    out.push_str(rest);
    decode_entities(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(i, _)| i);
        match end.and_then(|end| entity(&rest[1..end]).map(|c| (c, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())
        }
    }
}

/// Text made safe for HTML: the five special signs as entities.
#[must_use]
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_ignores_case_accents_and_punctuation() {
        assert_eq!(fold("L'Œuvre d’Été :  « Nièvre »"), "l oeuvre d ete nievre");
    }

    #[test]
    fn slugs_are_ascii_and_bounded() {
        assert_eq!(slugify("Forum de l'emploi à Château-Chinon !", 30), "forum-de-l-emploi-a-chateau");
        assert_eq!(slugify("«»", 30), "fiche");
        assert!(is_slug("agenda-58") && !is_slug("-x") && !is_slug("Agenda") && !is_slug("a"));
    }

    #[test]
    fn clip_cuts_at_a_word() {
        assert_eq!(clip("un deux trois", 40), "un deux trois");
        assert_eq!(clip("Réunion d'information, jeudi", 23), "Réunion d'information…");
    }

    #[test]
    fn plain_text_drops_tags_and_decodes_entities() {
        assert_eq!(
            plain_text("<p>Caf&eacute; &amp; th&#233;</p><p>ici &lt;b&gt;</p>"),
            "Caf&eacute; & thé ici <b>"
        );
        assert_eq!(plain_text("a<broken"), "a");
    }
}
