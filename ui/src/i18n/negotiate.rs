//! Which language a page is shown in.

use super::Locale;

/// The language of a page: what the reader chose, else the best of what the browser asks for
/// (`Accept-Language`, RFC 9110 section 12.5.4), else French.
#[must_use]
pub fn negotiate(chosen: Option<&str>, accept_language: Option<&str>) -> Locale {
    if let Some(locale) = chosen.and_then(known) {
        return locale;
    }
    let mut best: Option<(f32, Locale)> = None;
    for part in accept_language.unwrap_or_default().split(',').take(20) {
        let (range, quality) = weigh(part);
        if let Some(locale) = known(range)
            && quality > best.map_or(0.0, |(q, _)| q)
        {
            best = Some((quality, locale));
        }
    }
    best.map(|(_, locale)| locale).unwrap_or_default()
}

fn known(range: &str) -> Option<Locale> {
    match range.trim().split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "fr" => Some(Locale::Fr),
        "en" => Some(Locale::En),
        _ => None,
    }
}

fn weigh(part: &str) -> (&str, f32) {
    match part.split_once(';') {
        None => (part, 1.0),
        Some((range, parameter)) => {
            let quality = parameter.trim().strip_prefix("q=").and_then(|q| q.trim().parse().ok());
            (range, quality.unwrap_or(1.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choice_then_browser_then_french() {
        assert_eq!(negotiate(Some("en"), Some("fr")), Locale::En);
        assert_eq!(negotiate(Some("de"), Some("en-GB,en;q=0.9,fr;q=0.8")), Locale::En);
        assert_eq!(negotiate(None, Some("de, en;q=0.3, fr-FR;q=0.7")), Locale::Fr);
        assert_eq!(negotiate(None, Some("en;q=0, de")), Locale::Fr);
        assert_eq!(negotiate(None, Some("*;q=x,,;;")), Locale::Fr);
        assert_eq!(negotiate(None, None), Locale::Fr);
    }
}
