//! Codes of published standards: how each is written, and what is accepted when somebody types one.

use serde::{Deserialize, Serialize};

/// A standard from which the codes of a field come. The written form is checked; whether a code is in
/// use is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standard {
    /// SIRET of an establishment (INSEE, répertoire Sirene): 14 digits with the check of Luhn.
    Siret,
    /// Number under which a training organisation is declared (Code du travail, L6351-1): 11 digits.
    Nda,
    /// Trade of the ROME (France Travail): a letter from A to N and four digits.
    Rome,
    /// Subject of training, Formacode (Centre Inffo): five digits.
    Formacode,
    /// Specialty of the NSF (INSEE): three digits, with or without a letter for the function.
    Nsf,
    /// Entry of the national directories of qualifications (France compétences): `RNCP` or `RS` and up
    /// to six digits.
    Rncp,
    /// Qualification in Certif Info (Réseau des Carif-Oref): up to six digits.
    Certifinfo,
    /// Branch of activity of the NAF (INSEE, revision 2): four digits and a letter.
    Naf,
    /// Collective agreement, IDCC (Ministère du travail): four digits.
    Idcc,
    /// Number of a French legal text, NOR: three letters, a letter for its kind, seven digits and a letter.
    Nor,
    /// Subject of a public contract, CPV (Regulation (EC) 2195/2002): eight digits, a hyphen and a digit.
    Cpv,
}

impl Standard {
    /// The code in its written form: spaces, dots and hyphens between its signs are taken away, letters
    /// are brought to their case. None for what cannot be a code of this standard.
    #[must_use]
    pub fn read(self, text: &str) -> Option<String> {
        let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
        let digits = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        match self {
            Self::Siret => (digits(&bare, 14..=14) && is_siret(&bare)).then_some(bare),
            Self::Nda => digits(&bare, 11..=11).then_some(bare),
            Self::Formacode => digits(&bare, 5..=5).then_some(bare),
            Self::Certifinfo => digits(&bare, 1..=6).then_some(bare),
            Self::Naf => {
                let code = bare.to_ascii_uppercase();
                let (number, letter) = code.split_at_checked(4)?;
                let lettered = matches!(letter.as_bytes(), [b'A'..=b'Z']);
                (digits(number, 4..=4) && lettered).then_some(code)
            }
            // Leading zeros are lost in spreadsheets.
            Self::Idcc => digits(&bare, 1..=4).then(|| format!("{bare:0>4}")),
            Self::Nor => {
                let code = bare.to_ascii_uppercase();
                let letter = |at: usize| code.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase);
                let middle = code.get(4..11).is_some_and(|number| digits(number, 7..=7));
                (code.len() == 12 && (0..4).chain([11]).all(letter) && middle).then_some(code)
            }
            Self::Cpv => {
                let (number, check) = bare.split_at_checked(8)?;
                (digits(number, 8..=8) && digits(check, 1..=1)).then(|| format!("{number}-{check}"))
            }
            Self::Rome => {
                let code = bare.to_ascii_uppercase();
                let (letter, rest) = code.split_at_checked(1)?;
                (matches!(letter.as_bytes(), [b'A'..=b'N']) && digits(rest, 4..=4)).then_some(code)
            }
            Self::Nsf => {
                let code = bare.to_ascii_lowercase();
                let rest = code.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(&code);
                digits(rest, 3..=3).then_some(code)
            }
            Self::Rncp => {
                let code = bare.to_ascii_uppercase();
                let (directory, number) = match code.strip_prefix("RNCP") {
                    Some(number) => ("RNCP", number),
                    None => match code.strip_prefix("RS") {
                        Some(number) => ("RS", number),
                        // A number alone is one of the larger directory.
                        None => ("RNCP", code.as_str()),
                    },
                };
                digits(number, 1..=6).then(|| format!("{directory}{number}"))
            }
        }
    }

    /// A code that is written rightly, for hints and errors.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::Siret => "130 005 481 00010",
            Self::Nda => "27 58 00000 58",
            Self::Rome => "K1801",
            Self::Formacode => "15061",
            Self::Nsf => "332t",
            Self::Rncp => "RNCP37274",
            Self::Certifinfo => "54913",
            Self::Naf => "88.10A",
            Self::Idcc => "1516",
            Self::Nor => "MTRD2133336D",
            Self::Cpv => "80500000-9",
        }
    }
}

/// The check of Luhn; the establishments of La Poste, which outgrew it, have a sum of digits that five
/// divides.
fn is_siret(digits: &str) -> bool {
    let values = || digits.bytes().rev().map(|b| u32::from(b - b'0'));
    let luhn: u32 = values()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit) {
            (0, digit) => digit,
            (_, digit @ 0..=4) => digit * 2,
            (_, digit) => digit * 2 - 9,
        })
        .sum();
    luhn.is_multiple_of(10) || digits.starts_with("356000000") && values().sum::<u32>().is_multiple_of(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_brought_to_their_written_form() {
        for (standard, typed, written) in [
            (Standard::Siret, "130 005 481 00010", "13000548100010"),
            (Standard::Siret, "356 000 000 00001", "35600000000001"),
            (Standard::Nda, "27 58 00000 58", "27580000058"),
            (Standard::Rome, "k1801", "K1801"),
            (Standard::Rome, "K-18.01", "K1801"),
            (Standard::Formacode, " 15061 ", "15061"),
            (Standard::Nsf, "332T", "332t"),
            (Standard::Nsf, "100", "100"),
            (Standard::Rncp, "rncp 37274", "RNCP37274"),
            (Standard::Rncp, "RS-5616", "RS5616"),
            (Standard::Rncp, "37274", "RNCP37274"),
            (Standard::Certifinfo, "54913", "54913"),
            (Standard::Naf, "88.10a", "8810A"),
            (Standard::Idcc, "16", "0016"),
            (Standard::Nor, "mtrd 2133336 d", "MTRD2133336D"),
            (Standard::Cpv, "80500000 9", "80500000-9"),
        ] {
            assert_eq!(standard.read(typed).as_deref(), Some(written), "{standard:?} {typed}");
            assert!(standard.read(standard.example()).is_some(), "{standard:?}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for (standard, typed) in [
            (Standard::Siret, "13000548100011"),
            (Standard::Siret, "35600000000002"),
            (Standard::Siret, "1300054810001"),
            (Standard::Siret, "1300054810001x"),
            (Standard::Nda, "275800000"),
            (Standard::Rome, "Z1801"),
            (Standard::Rome, "é1801"),
            (Standard::Rome, ""),
            (Standard::Formacode, "1506"),
            (Standard::Nsf, "33t"),
            (Standard::Rncp, "RNCP"),
            (Standard::Rncp, "RNCP1234567"),
            (Standard::Certifinfo, "5491A"),
            (Standard::Naf, "88.10"),
            (Standard::Naf, "é810A"),
            (Standard::Idcc, "15160"),
            (Standard::Nor, "MTR2133336D"),
            (Standard::Nor, "MTRD213333éD"),
            (Standard::Cpv, "80500000"),
        ] {
            assert_eq!(standard.read(typed), None, "{standard:?} {typed}");
        }
    }
}
