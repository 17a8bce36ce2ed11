//! Numbers with a decimal comma, amounts and percentages.

use super::{ValueError, fold};

/// Reads `1 234 567,5`, `1.234,5`, `1,234.5`, `12.5`, `-3`; blanks of any kind between thousands.
///
/// # Errors
/// Anything else.
pub fn number(text: &str) -> Result<f64, ValueError> {
    decimal(text)
        .and_then(|d| d.parse().ok())
        .ok_or_else(|| ValueError::new(text, "nombre illisible", "unreadable number"))
}

/// Reads an amount in euros, as cents: `1 234 567,50 €`, `1150`, `12,5 k€`, `3 M€`, `450 EUR TTC`,
/// `gratuit` (0).
///
/// # Errors
/// Anything else, amounts over ten million million euros included.
pub fn euros(text: &str) -> Result<i64, ValueError> {
    let wrong = || {
        ValueError::new(
            text,
            "montant illisible ; attendu : 1 234,50 €",
            "unreadable amount; expected 1 234,50 €",
        )
    };
    let folded = fold(text);
    if matches!(folded.as_str(), "gratuit" | "gratuite" | "offert" | "free") {
        return Ok(0);
    }
    let end = text.rfind(|c: char| c.is_ascii_digit()).ok_or_else(wrong)? + 1;
    let (amount, unit) = text.split_at_checked(end).ok_or_else(wrong)?;
    let unit: String = unit.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let unit = unit.trim_end_matches("ttc").trim_end_matches("ht").trim_end_matches("net");
    let factor = match unit {
        "" | "€" | "eur" | "euro" | "euros" => 100.0,
        "k" | "k€" | "keur" => 100_000.0,
        "m€" | "meur" => 100_000_000.0,
        _ => return Err(wrong()),
    };
    let amount = amount.trim_start_matches(['€', ' ']);
    let cents = (number(amount).map_err(|_| wrong())? * factor).round();
    if cents.abs() > 1e15 {
        return Err(wrong());
    }
    Ok(cents as i64)
}

/// Reads a percentage, as percents: `62,5 %` is 62.5. Without the sign a value from 0 to 1 is the
/// fraction that a spreadsheet stores (`0,6` is 60), any other is percents already.
///
/// # Errors
/// Anything else.
pub fn percent(text: &str) -> Result<f64, ValueError> {
    let wrong = || {
        ValueError::new(
            text,
            "pourcentage illisible ; attendu : 62,5 %",
            "unreadable percentage; expected 62,5 %",
        )
    };
    let trimmed = text.trim();
    match trimmed.strip_suffix('%') {
        Some(value) => number(value).map_err(|_| wrong()),
        None => {
            number(trimmed).map(|v| if (0.0..=1.0).contains(&v) { v * 100.0 } else { v }).map_err(|_| wrong())
        }
    }
}

/// The number in the form Rust reads.
fn decimal(text: &str) -> Option<String> {
    let mut compact: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '\'' && *c != '’').collect();
    compact = compact.replace('−', "-");
    let digits = compact.strip_prefix(['-', '+']).unwrap_or(&compact);
    if digits.len() > 30 || !digits.starts_with(|c: char| c.is_ascii_digit() || c == ',' || c == '.') {
        return None;
    }
    if !digits.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
        || !digits.bytes().any(|b| b.is_ascii_digit())
    {
        return None;
    }
    let (commas, dots) = (digits.matches(',').count(), digits.matches('.').count());
    let plain = match (commas, dots) {
        (0, 0 | 1) => compact,
        (1, 0) => compact.replace(',', "."),
        // Of two different marks, the last is the decimal one.
        (_, 1) if compact.rfind('.') > compact.rfind(',') => compact.replace(',', ""),
        (1, _) if compact.rfind(',') > compact.rfind('.') => compact.replace('.', "").replace(',', "."),
        // One mark several times parts thousands.
        (0, _) => compact.replace('.', ""),
        (_, 0) => compact.replace(',', ""),
        _ => return None,
    };
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, expected) in [
            ("1 234 567,50", 1_234_567.5),
            ("1\u{202f}234,5", 1234.5),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1.234.567", 1_234_567.0),
            ("12.5", 12.5),
            ("-3", -3.0),
            ("35,0", 35.0),
            (",5", 0.5),
        ] {
            assert_eq!(number(text), Ok(expected), "{text}");
        }
        for text in ["", "douze", "1,2,3.4.5", "--1", ".", "1e5", "inf", "NaN"] {
            assert!(number(text).is_err(), "{text}");
        }
    }

    #[test]
    fn amounts() {
        for (text, expected) in [
            ("1 234 567,50 €", 123_456_750),
            ("12,5 k€", 1_250_000),
            ("gratuit", 0),
            ("0", 0),
            ("450 EUR TTC", 45_000),
            ("€ 12,10", 1210),
        ] {
            assert_eq!(euros(text), Ok(expected), "{text}");
        }
        assert_eq!(
            euros("sur devis").unwrap_err().fr,
            "« sur devis » : montant illisible ; attendu : 1 234,50 €"
        );
        assert!(euros("12 $").is_err());
    }

    #[test]
    fn percentages() {
        assert_eq!(percent("62,5 %"), Ok(62.5));
        assert_eq!(percent("86,2\u{a0}%"), Ok(86.2));
        assert_eq!(percent("0,6"), Ok(60.0));
        assert_eq!(percent("85"), Ok(85.0));
        assert!(percent("beaucoup").is_err());
    }
}
