//! Telephone numbers, postal codes and INSEE codes, with what spreadsheets do to them.

use super::ValueError;

/// Beginnings of national numbers that belong to an overseas country code (Arcep's numbering plan):
/// beginning without the zero, country code.
const OVERSEAS: [(&str, &str); 13] = [
    ("262", "262"),
    ("263", "262"),
    ("269", "262"),
    ("692", "262"),
    ("693", "262"),
    ("639", "262"),
    ("590", "590"),
    ("690", "590"),
    ("691", "590"),
    ("594", "594"),
    ("694", "594"),
    ("596", "596"),
    ("696", "596"),
];

/// Reads a French telephone number as E.164: `01 99 00 12 34`, `+33 (0)1 99 00 12 34`, `0033…`, or nine
/// digits where the spreadsheet ate the zero. Foreign numbers written with `+` are kept as they are.
///
/// # Errors
/// Short numbers (such as 3949), several numbers in the cell, or anything else.
pub fn phone(text: &str) -> Result<String, ValueError> {
    let wrong = || {
        ValueError::new(
            text,
            "numéro de téléphone illisible ; attendu : 01 99 00 12 34",
            "unreadable telephone number; expected 01 99 00 12 34",
        )
    };
    // A number that the spreadsheet took for a decimal one.
    let text = text.trim();
    let text = text.strip_suffix(".0").unwrap_or(text);
    let allowed = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+.-()/\u{2011}".contains(c);
    if !text.chars().all(allowed) {
        return Err(wrong());
    }
    let international = text.starts_with('+') || text.starts_with("00");
    let digits: String = text.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    if !international && (2..=6).contains(&digits.len()) {
        return Err(ValueError::new(
            text,
            "numéro court : il n'a pas de forme internationale",
            "short number: it has no international form",
        ));
    }
    if !international {
        let national = digits.strip_prefix('0').unwrap_or(&digits);
        return french(national).ok_or_else(wrong);
    }
    let digits =
        if text.starts_with('+') { digits.as_str() } else { digits.strip_prefix("00").unwrap_or_default() };
    match digits.strip_prefix("33") {
        Some(national) => french(national.strip_prefix('0').unwrap_or(national)).ok_or_else(wrong),
        // E.164 allows fifteen digits; no country has numbers of fewer than seven with its code.
        None if (7..=15).contains(&digits.len()) && !digits.starts_with('0') => Ok(format!("+{digits}")),
        None => Err(wrong()),
    }
}

/// Nine digits after the zero.
fn french(national: &str) -> Option<String> {
    if national.len() != 9 || national.starts_with('0') {
        return None;
    }
    let overseas = OVERSEAS.iter().find(|(start, _)| national.starts_with(start));
    Some(format!("+{}{national}", overseas.map_or("33", |(_, code)| code)))
}

/// Reads a postal code of five digits; `1000` is `01000`, its zero eaten by a spreadsheet. `CEDEX` after
/// it, `F-` before it and blanks inside are passed over.
///
/// # Errors
/// Any other number of digits, or a beginning that no French code has.
pub fn postal_code(text: &str) -> Result<String, ValueError> {
    let wrong = || {
        ValueError::new(
            text,
            "code postal illisible ; attendu : 5 chiffres",
            "unreadable postal code; expected 5 digits",
        )
    };
    let upper = text.trim().to_uppercase();
    let upper = upper.split("CEDEX").next().unwrap_or_default().trim();
    let upper = upper.strip_prefix("F-").or(upper.strip_prefix("FR-")).unwrap_or(upper);
    let upper = upper.strip_suffix(".0").unwrap_or(upper);
    let digits: String = upper.chars().filter(|c| !c.is_whitespace()).collect();
    if !(4..=5).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    let code = format!("{digits:0>5}");
    if code.starts_with("00") || code.starts_with("99") {
        return Err(wrong());
    }
    Ok(code)
}

/// Reads an INSEE code of a commune; `1004` is `01004`, `2a004` is `2A004`.
///
/// # Errors
/// Anything that is not a department followed by digits, five characters in all.
pub fn insee_code(text: &str) -> Result<String, ValueError> {
    let upper = text.trim().to_uppercase();
    let code = format!("{:0>5}", upper.strip_suffix(".0").unwrap_or(&upper));
    let corsican = code.starts_with("2A") || code.starts_with("2B");
    let digits = if corsican { code.get(2..).unwrap_or_default() } else { &code };
    let well_formed = code.len() == 5 && upper.len() >= 4 && digits.bytes().all(|b| b.is_ascii_digit());
    if well_formed && !code.starts_with("00") {
        Ok(code)
    } else {
        Err(ValueError::new(
            text,
            "code INSEE illisible ; attendu : 58194",
            "unreadable INSEE code; expected 58194",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers() {
        for (text, expected) in [
            ("01 99 00 12 34", "+33199001234"),
            ("01.99.00.12.34", "+33199001234"),
            ("199001234", "+33199001234"),
            ("199001234.0", "+33199001234"),
            ("+33 (0)1 99 00 12 34", "+33199001234"),
            ("0033 1 99 00 12 34", "+33199001234"),
            ("+33199001234", "+33199001234"),
            ("0262 00 00 00", "+262262000000"),
            ("0696 00 00 00", "+596696000000"),
            ("+41 22 000 00 00", "+41220000000"),
        ] {
            assert_eq!(phone(text), Ok(expected.to_owned()), "{text}");
        }
        for text in ["", "3949", "01 99 00 12 34 / 01 99 00 12 35", "accueil", "01 99 00 12", "+", "00"] {
            assert!(phone(text).is_err(), "{text}");
        }
        assert!(phone("3949").unwrap_err().fr.contains("numéro court"));
    }

    #[test]
    fn codes() {
        assert_eq!(postal_code("1000"), Ok("01000".into()));
        assert_eq!(postal_code("58000"), Ok("58000".into()));
        assert_eq!(postal_code("58 000"), Ok("58000".into()));
        assert_eq!(postal_code("58206 CEDEX"), Ok("58206".into()));
        assert_eq!(postal_code("F-21000"), Ok("21000".into()));
        for text in ["", "580000", "2A004", "580", "Nevers", "00100"] {
            assert!(postal_code(text).is_err(), "{text}");
        }
        assert_eq!(insee_code("1004"), Ok("01004".into()));
        assert_eq!(insee_code("2a004"), Ok("2A004".into()));
        assert!(insee_code("2C004").is_err() && insee_code("").is_err() && insee_code("é").is_err());
    }
}
