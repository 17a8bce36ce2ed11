//! Values of cells as French spreadsheets write them, each with a reason when it cannot be read.

mod contact;
mod date;
mod number;

pub use contact::{insee_code, phone, postal_code};
pub(crate) use date::month_number;
pub use date::{date, date_time};
pub use number::{euros, number, percent};

use super::fold;

/// Why a value could not be read. `Display` is French.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fr}")]
pub struct ValueError {
    /// The reason in French, with the value.
    pub fr: String,
    /// The reason in English, with the value.
    pub en: String,
}

impl ValueError {
    fn new(written: &str, fr: &str, en: &str) -> Self {
        let written: String = written.trim().chars().take(60).collect();
        Self { fr: format!("« {written} » : {fr}"), en: format!("“{written}”: {en}") }
    }
}

/// Signs that say something by themselves, as units of measure.
const UNITS: [char; 7] = ['%', '‰', '€', '$', '£', '°', 'µ'];

/// True for an empty cell and for what people write in one: `-`, `n.c.`, `néant`, `#N/A`, `null`…
pub fn is_blank(text: &str) -> bool {
    let folded = fold(text);
    (folded.is_empty() && !text.contains(UNITS))
        || matches!(
            folded.as_str(),
            "nc" | "n_c"
                | "na"
                | "n_a"
                | "nd"
                | "n_d"
                | "null"
                | "none"
                | "neant"
                | "vide"
                | "ref"
                | "non_renseigne"
        )
}

/// Reads VRAI/FAUX, oui/non, O/N, true/false, yes/no, 1/0 and a cross.
///
/// # Errors
/// Anything else, an empty cell included.
pub fn boolean(text: &str) -> Result<bool, ValueError> {
    match fold(text).as_str() {
        "vrai" | "oui" | "o" | "true" | "yes" | "y" | "1" | "x" => Ok(true),
        "faux" | "non" | "n" | "false" | "no" | "0" => Ok(false),
        _ => Err(ValueError::new(text, "attendu : oui ou non", "expected yes or no")),
    }
}

/// Cuts a cell that holds several values, separated by `,` `;` `|` `###` or a line break. Blank ones and
/// repetitions are left out.
pub fn list(text: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in text.split("###").flat_map(|part| part.split([',', ';', '|', '\n', '\r'])) {
        let value = value.trim();
        if !value.is_empty() && values.iter().all(|known| known != value) {
            values.push(value.to_owned());
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans() {
        for yes in ["VRAI", "oui", "Oui ", "1", "X", "true"] {
            assert_eq!(boolean(yes), Ok(true));
        }
        for no in ["FAUX", "non", "0", "N"] {
            assert_eq!(boolean(no), Ok(false));
        }
        let error = boolean("peut-être").unwrap_err();
        assert_eq!(error.to_string(), "« peut-être » : attendu : oui ou non");
        assert_eq!(error.en, "“peut-être”: expected yes or no");
    }

    #[test]
    fn lists() {
        assert_eq!(list("Emploi, Formation ; "), ["Emploi", "Formation"]);
        assert_eq!(list("58079|58062"), ["58079", "58062"]);
        assert_eq!(list("Clamecy\nDecize\nClamecy"), ["Clamecy", "Decize"]);
        assert_eq!(
            list("Manutention - 31754###Transport - 31854"),
            ["Manutention - 31754", "Transport - 31854"]
        );
        assert!(list(" ; ").is_empty());
    }

    #[test]
    fn blanks() {
        assert!(["", " - ", "n.c.", "NC", "Néant", "#N/A", "null", "#REF!"].iter().all(|b| is_blank(b)));
        assert!(["0", "Nevers", "non", "%", "€"].iter().all(|said| !is_blank(said)));
    }
}
