//! Character references: decoded where they mean something, left as they are elsewhere.

use encoding_rs::WINDOWS_1252;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_and_the_rest_is_left() {
        assert_eq!(
            decode_entities("R&D &eacute;t&#233; &#x2019; &#146; &inconnue; &"),
            "R&D été ’ ’ &inconnue; &"
        );
        assert_eq!(decode_entities("a&#0;b&#xFFFFFFFFF;"), "ab&#xFFFFFFFFF;");
    }
}
