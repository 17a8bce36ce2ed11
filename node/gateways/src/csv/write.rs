//! Writes tables that a French spreadsheet opens at a double click, and that carry no live formula.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// Characters that make a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), with their
/// full-width forms.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Writes a table: semicolons, UTF-8 with byte order mark, CRLF, formulas neutralised by a leading
/// apostrophe that [`super::parse`] takes off again.
pub fn write<H: AsRef<str>, C: AsRef<str>>(headers: &[H], rows: &[Vec<C>]) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to memory cannot fail: the errors of the writer are those of its target.
    let _ = writer.write_record(headers.iter().map(|h| neutralise(h.as_ref())));
    for row in rows {
        let _ = writer.write_record(row.iter().map(|c| neutralise(c.as_ref())));
    }
    writer.into_inner().unwrap_or_default()
}

/// True if a spreadsheet may take the cell for a formula, or reading would take an apostrophe off it.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA)
}

fn neutralise(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The value of a cell as written: trimmed, the apostrophe of a neutralised formula taken off, the
/// wrapping `="…"` by which Excel keeps leading zeros too.
pub(super) fn restore(cell: &str) -> String {
    let trimmed = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if let Some(inner) = trimmed.strip_prefix('\'').filter(|inner| is_formula(inner)) {
        return inner.to_owned();
    }
    let wrapped = trimmed.strip_prefix('=').map(str::trim).filter(|w| w.len() >= 2);
    match wrapped.and_then(|w| w.strip_prefix('"')).and_then(|w| w.strip_suffix('"')) {
        // Quotes are doubled again where the cell itself was not quoted.
        Some(inner) => {
            let inner = inner.strip_prefix('"').and_then(|i| i.strip_suffix('"')).unwrap_or(inner);
            inner.trim().to_owned()
        }
        None => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised_and_restored() {
        for cell in ["=1+1", "+33199001234", "-5", "@SUM(A1)", "＝A1", "'=x", "=\"0199\"", "''-"] {
            let written = neutralise(cell);
            assert!(written.starts_with('\''), "{cell}");
            assert_eq!(restore(&written), cell);
        }
        assert_eq!(neutralise("l'emploi"), "l'emploi");
        assert_eq!(restore("'été"), "'été");
    }

    #[test]
    fn wrapped_text_is_unwrapped() {
        assert_eq!(restore("=\"0199001235\""), "0199001235");
        assert_eq!(restore("=\"\"0199001235\"\""), "0199001235");
        assert_eq!(restore("=SOMME(A1:A9)"), "=SOMME(A1:A9)");
        assert_eq!(restore(" \u{a0}Nevers "), "Nevers");
        assert_eq!(restore("=\"\""), "");
    }

    #[test]
    fn the_bytes_are_what_excel_opens() {
        let bytes = write(&["Nom", "Coût"], &[vec!["Un;deux", "=1"]]);
        assert_eq!(String::from_utf8(bytes).unwrap(), "\u{feff}Nom;Coût\r\n\"Un;deux\";'=1\r\n");
    }
}
