//! French as it is printed: elision, contraction, apostrophes, no-break spaces, numbers in words.

/// Nouns and names whose `h` is aspirated, by their first letters: no elision before them.
const ASPIRATED: &[&str] = &["haut", "handicap", "hangar", "hors", "hall", "halt", "hameau", "huit", "haie"];

/// Whether `de` and `le` lose their vowel before this word.
pub fn elides(word: &str) -> bool {
    let lower = word.to_lowercase();
    match lower.chars().next() {
        Some('h') => !ASPIRATED.iter().any(|start| lower.starts_with(start)),
        // "l'Yonne" and "d'Yrouerre", but "le yaourt".
        Some('y') => !lower.chars().nth(1).is_some_and(is_vowel),
        Some(first) => is_vowel(first) && !lower.starts_with("onz") && !lower.starts_with("oui"),
        None => false,
    }
}

fn is_vowel(c: char) -> bool {
    "aàâeéèêëiîïoôöuùûüyœæ".contains(c)
}

/// `de` before a word or a noun phrase that may begin with its article: "de Nevers", "d'Auxerre",
/// "du Creusot", "des services".
pub fn de(phrase: &str) -> String {
    contracted(phrase, "du", "des")
        .unwrap_or_else(|| if elides(phrase) { format!("d'{phrase}") } else { format!("de {phrase}") })
}

/// `à` before the same: "à Nevers", "au Creusot", "aux services".
pub fn a(phrase: &str) -> String {
    contracted(phrase, "au", "aux").unwrap_or_else(|| format!("à {phrase}"))
}

/// `que` before the same, without contraction: "que Nevers", "qu'Auxerre".
pub fn que(phrase: &str) -> String {
    if elides(phrase) { format!("qu'{phrase}") } else { format!("que {phrase}") }
}

fn contracted(phrase: &str, singular: &str, plural: &str) -> Option<String> {
    let (article, rest) = phrase.split_once(' ')?;
    match article {
        "le" | "Le" => Some(format!("{singular} {rest}")),
        "les" | "Les" => Some(format!("{plural} {rest}")),
        _ => None,
    }
}

/// The first letter as a capital, with its accent.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// "a, b et c", or another word before the last.
pub fn listed(words: &[&str], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [firsts @ .., end] => format!("{} {last} {end}", firsts.join(", ")),
    }
}

/// Feminine for "une": numbers in words up to sixteen, in digits with thin spaces above.
pub fn number(value: u32, feminine: bool) -> String {
    const WORDS: [&str; 17] = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze", "treize", "quatorze", "quinze", "seize",
    ];
    match (value, feminine) {
        (1, true) => "une".to_owned(),
        (0..=16, _) => WORDS[value as usize].to_owned(),
        _ => digits(value),
    }
}

/// A number in digits, thousands apart by thin no-break spaces.
pub fn digits(value: u32) -> String {
    let plain = value.to_string();
    let mut out = String::new();
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// Text typed plainly, as it is printed: curved apostrophes, no-break spaces before : ; ! ? » and
/// between a number and its unit.
pub fn printed(text: &str) -> String {
    const UNITS: &[&str] =
        &["h", "h,", "h.", "h)", "€", "€,", "€.", "%", "%,", "%.", "km", "km,", "km.", "ans", "ans.", "ans,"];
    let mut out = String::with_capacity(text.len() + 16);
    let words: Vec<&str> = text.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            let before = words[at - 1];
            let plain = word.split(['<', '|']).next().unwrap_or_default();
            let after_number = before.ends_with(|c: char| c.is_ascii_digit());
            let space = match word.chars().next() {
                Some(';' | '!' | '?') => '\u{202f}',
                Some(':' | '»') => '\u{a0}',
                _ if before.ends_with('«') => '\u{a0}',
                _ if after_number && UNITS.contains(&plain) => '\u{a0}',
                // "14 h 30"
                Some(digit) if digit.is_ascii_digit() && before == "h" => '\u{a0}',
                _ => ' ',
            };
            out.push(space);
        }
        out.push_str(word);
    }
    out.replace('\'', "’")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_communes_are_elided_and_contracted() {
        assert_eq!(de("Nevers"), "de Nevers");
        assert_eq!(de("Auxerre"), "d'Auxerre");
        assert_eq!(de("Étigny"), "d'Étigny");
        assert_eq!(de("Héry"), "d'Héry");
        assert_eq!(de("Hauterive"), "de Hauterive");
        assert_eq!(de("Yrouerre"), "d'Yrouerre");
        assert_eq!(de("Le Creusot"), "du Creusot");
        assert_eq!(de("La Machine"), "de La Machine");
        assert_eq!(de("L’Isle-sur-Serein"), "de L’Isle-sur-Serein");
        assert_eq!(a("Les Bordes"), "aux Bordes");
        assert_eq!(a("Le Val-Larrey"), "au Val-Larrey");
        assert_eq!(a("La Charité-sur-Loire"), "à La Charité-sur-Loire");
        assert_eq!(que("Avallon"), "qu'Avallon");
    }

    #[test]
    fn noun_phrases_keep_their_articles() {
        assert_eq!(de("le bâtiment"), "du bâtiment");
        assert_eq!(de("l'hôtellerie"), "de l'hôtellerie");
        assert_eq!(a("les espaces verts"), "aux espaces verts");
        assert_eq!(de("aide-soignant"), "d'aide-soignant");
        assert_eq!(listed(&["maçon", "couvreur", "plaquiste"], "ou"), "maçon, couvreur ou plaquiste");
    }

    #[test]
    fn text_is_set_as_it_is_printed() {
        assert_eq!(
            printed("L'atelier : où ? À 14 h 30 !"),
            "L’atelier\u{a0}: où\u{202f}? À 14\u{a0}h\u{a0}30\u{202f}!"
        );
        assert_eq!(printed("« Un mot » et 12 €."), "«\u{a0}Un mot\u{a0}» et 12\u{a0}€.");
        assert_eq!(printed("<p>Durée : 35 h</p>"), "<p>Durée\u{a0}: 35\u{a0}h</p>");
        assert_eq!(digits(12_400), "12\u{202f}400");
        assert_eq!(number(1, true), "une");
        assert_eq!(capitalised("élagueurs"), "Élagueurs");
    }
}
