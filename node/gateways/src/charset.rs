//! Finds the character encoding of a file from its bytes, what it declares and what its transport says.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text with the name of the encoding it was read with.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub text: String,
    /// Name in the WHATWG Encoding standard: `UTF-8`, `windows-1252`, `macintosh`, `UTF-16LE`…
    pub encoding: &'static str,
    /// True if some lines were UTF-8 and others were not.
    pub mixed: bool,
}

/// Reads bytes as text. What the bytes are wins over what is declared: a byte order mark, then valid
/// UTF-8, then the first hint that decodes without error, then a guess. Never fails.
pub(crate) fn decode(bytes: &[u8], hints: &[Option<&'static Encoding>]) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let body = bytes.get(mark..).unwrap_or_default();
        return with(encoding, body);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), mixed: false };
    }
    for hint in hints.iter().flatten() {
        if [UTF_8, UTF_16LE, UTF_16BE].contains(hint) {
            continue;
        }
        if let Some(text) = hint.decode_without_bom_handling_and_without_replacement(bytes) {
            return Decoded { text: text.into_owned(), encoding: hint.name(), mixed: false };
        }
    }
    if mostly_utf8(bytes) {
        return Decoded { text: line_by_line(bytes), encoding: UTF_8.name(), mixed: true };
    }
    with(guess(bytes), bytes)
}

/// The encoding named by the `charset` parameter of a media type.
pub(crate) fn of_content_type(content_type: Option<&str>) -> Option<&'static Encoding> {
    let parameters = content_type?.split(';').skip(1);
    let label = parameters
        .filter_map(|p| p.split_once('='))
        .find(|(k, _)| k.trim().eq_ignore_ascii_case("charset"))?
        .1;
    Encoding::for_label(label.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The encoding named by an XML declaration, read as ASCII (a line break inside it is allowed).
pub(crate) fn of_xml_declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.iter().position(|b| *b == b'<')?;
    let rest = bytes.get(start..)?;
    if !rest.starts_with(b"<?xml") {
        return None;
    }
    let end = rest.iter().take(512).position(|b| *b == b'>')?;
    let declaration = String::from_utf8_lossy(rest.get(..end)?).into_owned();
    let after = declaration.split_once("encoding")?.1;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let label = after.get(1..)?.split(quote).next()?;
    Encoding::for_label(label.trim().as_bytes())
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), mixed: false }
}

/// UTF-16 of a European text has a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(256) & !1)?;
    if head.len() < 4 {
        return None;
    }
    let (mut even, mut odd) = (0, 0);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair.first() == Some(&0));
        odd += usize::from(pair.last() == Some(&0));
    }
    let pairs = head.len() / 2;
    match (even, odd) {
        (0, odd) if odd * 4 >= pairs * 3 => Some(UTF_16LE),
        (even, 0) if even * 4 >= pairs * 3 => Some(UTF_16BE),
        _ => None,
    }
}

/// True if the bytes hold more well-formed multi-byte characters than broken ones: files glued
/// together from two sources, or cut in the middle of a character.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn line_by_line(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        match std::str::from_utf8(line) {
            Ok(good) => text.push_str(good),
            Err(_) => text.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0),
        }
    }
    text
}

/// chardetng knows neither MacRoman nor how likely French is here, so both Western readings are
/// weighed by the letters they give first; the detector decides where neither looks French.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = bytes.get(..bytes.len().min(256 * 1024)).unwrap_or(bytes);
    let windows = french_score(&WINDOWS_1252.decode_without_bom_handling(sample).0);
    let mac = french_score(&MACINTOSH.decode_without_bom_handling(sample).0);
    if mac > windows && mac > 0 {
        return MACINTOSH;
    }
    if windows > 0 {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(Some(b"fr"), Utf8Detection::Deny)
}

fn french_score(text: &str) -> i64 {
    text.chars()
        .filter(|c| !c.is_ascii())
        .map(|c| match c {
            'é' | 'è' | 'à' | 'ê' | 'ç' | 'ô' | 'î' | 'û' | 'ù' | 'â' | 'ë' | 'ï' | 'ü' | 'ö' | 'œ' | '’' => {
                3
            }
            'É' | 'È' | 'À' | 'Ê' | 'Ç' | 'Ô' | 'Î' | 'Œ' | '‘' | '“' | '”' | '«' | '»' | '€' | '–' | '—'
            | '…' | '°' | '•' | '²' | '·' | '\u{a0}' => 1,
            '\u{80}'..='\u{9f}' | '\u{fffd}' => -5,
            _ => -3,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_win_over_the_declaration() {
        let said_latin1 = "Métiers d’été".as_bytes();
        assert_eq!(decode(said_latin1, &[Encoding::for_label(b"iso-8859-1")]).text, "Métiers d’été");
        let said_utf8 = b"M\xe9tiers d\x92\xe9t\xe9";
        let decoded = decode(said_utf8, &[Some(UTF_8)]);
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("Métiers d’été", "windows-1252"));
    }

    #[test]
    fn mac_roman_is_told_from_windows() {
        let (mac, _, _) = (MACINTOSH.encode("Employé de ménage à domicile, métallerie").0, 0, 0);
        let bytes = mac.into_owned();
        assert_eq!(decode(&bytes, &[]).encoding, "macintosh");
        assert_eq!(decode(b"Employ\xe9 de m\xe9nage \xe0 domicile", &[]).encoding, "windows-1252");
    }

    #[test]
    fn utf16_with_and_without_a_mark() {
        let with_mark = b"\xff\xfeN\0o\0m\0;\0C\0P\0\n\0";
        assert_eq!(decode(with_mark, &[]).text, "Nom;CP\n");
        assert_eq!(decode(b"N\0o\0m\0;\0C\0P\0\n\0", &[]).encoding, "UTF-16LE");
        assert_eq!(decode(b"\0N\0o\0m\0;\0C\0P\0\n", &[]).text, "Nom;CP\n");
    }

    #[test]
    fn one_foreign_line_does_not_spoil_the_others() {
        let mut bytes = "Décize\nChâteau-Chinon\n".as_bytes().to_vec();
        bytes.extend_from_slice(b"La Charit\xe9\n");
        let decoded = decode(&bytes, &[]);
        assert_eq!(decoded.text, "Décize\nChâteau-Chinon\nLa Charité\n");
        assert!(decoded.mixed);
    }

    #[test]
    fn declarations_are_read() {
        assert_eq!(
            of_xml_declaration(b"\n<?xml\nversion='1.0' encoding='iso-8859-1' ?><rss/>"),
            Some(WINDOWS_1252)
        );
        assert_eq!(of_xml_declaration(b"<rss/>"), None);
        assert_eq!(of_content_type(Some("text/xml; charset=\"UTF-8\"")), Some(UTF_8));
        assert_eq!(of_content_type(Some("text/xml")), None);
    }
}
