//! Communes and postal codes as spreadsheets, feeds and addresses write them.

use super::{PlaceCode, PlaceLevel, fold_place_name};

/// A commune read out of a line of text such as `58206 COSNE COURS SUR LOIRE CEDEX 2`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Locality {
    /// The folded name, without postal code, CEDEX, number of département and country.
    pub name: String,
    /// The postal code, when the line has one.
    pub postal_code: Option<String>,
    /// Whether it is an address of the business mail service, whose postal codes are not those of
    /// the commune.
    pub cedex: bool,
}

/// The folded name of a commune as it is written in files: see [`Locality`].
#[must_use]
pub fn normalise_commune_input(text: &str) -> String {
    Locality::read(text).name
}

/// A postal code of five digits out of what files hold: spaces inside, a leading zero eaten by a
/// spreadsheet, `58000.0`, `F-58000`, `58028 CEDEX`. None when it cannot be a French one.
#[must_use]
pub fn normalise_postal_code(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.split_once("cedex").map_or(text.as_str(), |(before, _)| before);
    let text = text.trim().trim_start_matches("fr-").trim_start_matches("f-");
    let text = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let code = match digits.len() {
        4 => format!("0{digits}"),
        5 => digits,
        _ => return None,
    };
    // 00 is the army's, 99 a foreign country's in official lists.
    (("01000".."99000").contains(&code.as_str())).then_some(code)
}

/// The département that a postal code points to: right for nearly all communes, and for CEDEX codes
/// the only hint there is. Some communes are served from a neighbouring département.
#[must_use]
pub fn department_of_postal_code(postal_code: &str) -> Option<PlaceCode> {
    let code = normalise_postal_code(postal_code)?;
    let department = match code.as_str() {
        "97133" => "977",
        "97150" => "978",
        corsica if corsica.starts_with("200") || corsica.starts_with("201") => "2A",
        corsica if corsica.starts_with("20") => "2B",
        overseas if overseas.starts_with("97") || overseas.starts_with("98") => &code[..3],
        _ => &code[..2],
    };
    PlaceCode::new(PlaceLevel::Department, department).ok()
}

impl Locality {
    /// Reads one line. What is no commune at all comes back as its folded text.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let folded = fold_place_name(&leading_article(&open_slashes(text)));
        let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let mut locality = Self::default();
        if let Some(at) = words.iter().position(|word| *word == "cedex") {
            locality.cedex = true;
            words.truncate(at);
        }
        locality.postal_code = take_postal_code(&mut words);
        if let [.., before, "france"] = words.as_slice()
            && !matches!(*before, "en" | "de")
        {
            words.pop();
        }
        locality.postal_code = locality.postal_code.or_else(|| take_postal_code(&mut words));
        locality.name = municipal_district(&words).unwrap_or_else(|| {
            while words.len() > 1 && words.last().is_some_and(|word| is_department_number(word)) {
                words.pop();
            }
            words.join(" ")
        });
        locality
    }
}

/// "Cours s/Loire" and "Vitry s/ Seine" with the word written out, as "ss/" for "sous".
fn open_slashes(text: &str) -> String {
    let mut opened = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '/' {
            opened.push(c);
            continue;
        }
        let word = opened.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let in_full = match word {
            "s" | "S" => "sur",
            "ss" | "SS" => "sous",
            other => other,
        }
        .to_owned();
        opened.truncate(opened.len() - word.len());
        opened.push_str(&in_full);
        opened.push(' ');
    }
    opened
}

/// "Charité-sur-Loire (La)" with its article in front.
fn leading_article(text: &str) -> String {
    let text = text.trim();
    if let Some((name, article)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('('))
        && matches!(crate::text::fold(article).as_str(), "le" | "la" | "les" | "l")
    {
        return format!("{article} {name}");
    }
    text.to_owned()
}

/// Takes the postal code off the beginning or the end: `58000`, `58 000`, `F 58000`, `1000`.
fn take_postal_code(words: &mut Vec<&str>) -> Option<String> {
    let country = usize::from(matches!(words.as_slice(), ["f" | "fr", next, ..] if is_number(next, 4..=5)));
    if let Some(code) =
        words.get(country).filter(|w| is_number(w, 4..=5)).and_then(|w| normalise_postal_code(w))
    {
        words.drain(..=country);
        return Some(code);
    }
    if let [first, second, ..] = words.as_slice()
        && is_number(first, 2..=2)
        && is_number(second, 3..=3)
    {
        let code = normalise_postal_code(&format!("{first}{second}"));
        words.drain(..2);
        return code;
    }
    let code = words.last().filter(|w| is_number(w, 5..=5)).and_then(|w| normalise_postal_code(w))?;
    words.pop();
    Some(code)
}

fn is_number(word: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_department_number(word: &str) -> bool {
    is_number(word, 1..=3) || word == "2a" || word == "2b"
}

/// "paris 12", "lyon 03", "marseille 1er arr" as the official name of the arrondissement, folded.
fn municipal_district(words: &[&str]) -> Option<String> {
    let (city, number) = match words {
        [city, number] | [city, number, "arrondissement" | "arr" | "ardt"] => (*city, *number),
        _ => return None,
    };
    let last = match city {
        "paris" => 20,
        "marseille" => 16,
        "lyon" => 9,
        _ => return None,
    };
    let digits = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let suffix = &number[digits.len()..];
    let number: u8 = digits.parse().ok().filter(|number| (1..=last).contains(number))?;
    if !matches!(suffix, "" | "e" | "er" | "eme" | "ieme" | "nd" | "nde") {
        return None;
    }
    Some(format!("{city} {number}{} arrondissement", if number == 1 { "er" } else { "e" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_freed_of_what_surrounds_them() {
        for (text, name) in [
            ("COSNE COURS SUR LOIRE CEDEX 2", "cosne cours sur loire"),
            ("58206 COSNE-COURS-S/LOIRE Cédex", "cosne cours sur loire"),
            ("Chalon S/ Saône", "chalon sur saone"),
            ("Rosny ss/Bois", "rosny sous bois"),
            ("Charité-sur-Loire (La)", "la charite sur loire"),
            ("Nevers (58)", "nevers"),
            ("Ajaccio 2A", "ajaccio"),
            ("F-58000 Nevers, France", "nevers"),
            ("Nevers 58000 France", "nevers"),
            ("58 000 Nevers", "nevers"),
            ("1000 Bourg-en-Bresse", "bourg en bresse"),
            ("Roissy-en-France", "roissy en france"),
            ("ST-PIERRE LE MOUTIER", "saint pierre le moutier"),
            ("PARIS 12", "paris 12e arrondissement"),
            ("Lyon 03", "lyon 3e arrondissement"),
            ("Marseille 1er arrondissement", "marseille 1er arrondissement"),
            ("Paris 75", "paris"),
            ("Salle polyvalente / foyer rural", "salle polyvalente foyer rural"),
            ("58000", ""),
            ("", ""),
        ] {
            assert_eq!(normalise_commune_input(text), name, "{text}");
        }
    }

    #[test]
    fn a_line_gives_its_postal_code_and_whether_it_is_cedex() {
        let read = Locality::read("58206 COSNE COURS SUR LOIRE CEDEX 2");
        assert_eq!((read.postal_code.as_deref(), read.cedex), (Some("58206"), true));
        let read = Locality::read("Nevers 58000");
        assert_eq!((read.postal_code.as_deref(), read.cedex), (Some("58000"), false));
        assert_eq!(Locality::read("Nevers").postal_code, None);
    }

    #[test]
    fn postal_codes_are_repaired_or_refused() {
        for (text, code) in [
            ("58000", Some("58000")),
            ("1000", Some("01000")),
            (" 58\u{a0}000 ", Some("58000")),
            ("58000.0", Some("58000")),
            ("'01000", Some("01000")),
            ("F-58000", Some("58000")),
            ("58028 CEDEX 2", Some("58028")),
            ("580000", None),
            ("58", None),
            ("00100", None),
            ("99123", None),
            ("58OOO", None),
            ("", None),
        ] {
            assert_eq!(normalise_postal_code(text).as_deref(), code, "{text}");
        }
    }

    #[test]
    fn postal_codes_point_to_departments() {
        let of = |code: &str| department_of_postal_code(code).map(|place| place.code().to_owned());
        for (code, department) in [
            ("58028", "58"),
            ("1000", "01"),
            ("20167", "2A"),
            ("20600", "2B"),
            ("97400", "974"),
            ("97150", "978"),
        ] {
            assert_eq!(of(code).as_deref(), Some(department), "{code}");
        }
        assert_eq!(of("98000"), None);
    }
}
