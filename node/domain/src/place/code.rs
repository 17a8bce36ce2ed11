//! Codes of places: `commune:58194`, `departement:58`, `region:27`, `epci:245804406`, `pays:FR`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The level that a code belongs to: the word before the colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceLevel {
    /// `pays`: two capital letters (ISO 3166-1).
    Country,
    /// `region`: two digits (INSEE).
    Region,
    /// `departement`: `01` to `95`, `2A`, `2B`, `971` to `978`, `984` to `989` (INSEE).
    Department,
    /// `epci`: nine digits (SIREN).
    Epci,
    /// `commune`: five characters (INSEE); arrondissements municipaux and former communes too.
    Commune,
    /// `deleguee`: the commune déléguée or associée that shares its code with its commune.
    Delegated,
}

impl PlaceLevel {
    const ALL: [Self; 6] =
        [Self::Country, Self::Region, Self::Department, Self::Epci, Self::Commune, Self::Delegated];

    /// The word before the colon.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "pays",
            Self::Region => "region",
            Self::Department => "departement",
            Self::Epci => "epci",
            Self::Commune => "commune",
            Self::Delegated => "deleguee",
        }
    }

    /// Whether `code` has the shape of a code of this level.
    fn accepts(self, code: &str) -> bool {
        let digits =
            |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
        match self {
            Self::Country => code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()),
            Self::Region => digits(code, 2) && code != "00",
            Self::Department if digits(code, 2) => ("01"..="95").contains(&code) && code != "20",
            Self::Department if digits(code, 3) => {
                ("971"..="978").contains(&code) || ("984"..="989").contains(&code)
            }
            Self::Department => code == "2A" || code == "2B",
            Self::Epci => digits(code, 9),
            Self::Commune | Self::Delegated => {
                let (head, tail) = code.split_at_checked(2).unwrap_or_default();
                digits(tail, 3) && (digits(head, 2) && head != "00" || head == "2A" || head == "2B")
            }
        }
    }
}

/// The code of a place: its level and its official code, such as `commune:58194`. Only the shape is
/// checked; whether the place exists is known to the geography.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlaceCode(String);

/// A text that is no code of a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceCodeError {
    /// Nothing was given.
    #[error("aucun lieu indiqué / no place given")]
    Empty,
    /// The word before the colon is no level.
    #[error(
        "« {0} » n'est pas un niveau : pays, region, departement, epci, commune ou deleguee attendu \
         / unknown level of place"
    )]
    Level(String),
    /// The code does not have the shape of its level.
    #[error("« {code} » n'est pas un code de niveau {level} / not a code of level {level}")]
    Code {
        /// The level asked for.
        level: &'static str,
        /// The code given.
        code: String,
    },
    /// Neither a full form nor a bare code that can be told.
    #[error(
        "« {0} » n'est pas un code de lieu, par exemple commune:58194, departement:58 ou region:27 \
         / not a code of a place"
    )]
    Shape(String),
}

impl PlaceCode {
    /// A code of a level.
    ///
    /// # Errors
    /// [`PlaceCodeError::Code`] when `code` does not have the shape of that level.
    pub fn new(level: PlaceLevel, code: &str) -> Result<Self, PlaceCodeError> {
        if level.accepts(code) {
            return Ok(Self(format!("{}:{code}", level.as_str())));
        }
        Err(PlaceCodeError::Code { level: level.as_str(), code: code.to_owned() })
    }

    /// What a person or a file writes: the full form in any letter case, or a bare code: `58` and
    /// `2a` (département, never a region), `58194` (commune), nine digits (EPCI), `FR`. A postal
    /// code has the shape of a commune's: ask the geography whether the commune exists.
    ///
    /// # Errors
    /// [`PlaceCodeError`], saying what was expected.
    pub fn parse_input(text: &str) -> Result<Self, PlaceCodeError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PlaceCodeError::Empty);
        }
        if let Some((level, code)) = text.split_once(':') {
            return format!("{}:{}", crate::text::fold(level), code.trim().to_uppercase()).parse();
        }
        let code = text.to_uppercase();
        let bare = [PlaceLevel::Department, PlaceLevel::Commune, PlaceLevel::Epci];
        let level = bare.into_iter().find(|level| level.accepts(&code));
        match (level, code.as_str()) {
            (Some(level), code) => Self::new(level, code),
            (None, "FR" | "FRANCE") => Self::new(PlaceLevel::Country, "FR"),
            (None, _) => Err(PlaceCodeError::Shape(text.to_owned())),
        }
    }

    /// The level.
    #[must_use]
    pub fn level(&self) -> PlaceLevel {
        let word = self.0.split(':').next();
        // The constructors let no other word in.
        PlaceLevel::ALL.into_iter().find(|level| Some(level.as_str()) == word).unwrap_or(PlaceLevel::Commune)
    }

    /// The official code alone, such as `58194`.
    #[must_use]
    pub fn code(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, code)| code)
    }

    /// The full form, such as `commune:58194`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PlaceCode {
    type Err = PlaceCodeError;

    /// The full form only, exactly as it is displayed.
    fn from_str(text: &str) -> Result<Self, PlaceCodeError> {
        if text.is_empty() {
            return Err(PlaceCodeError::Empty);
        }
        let (word, code) = text.split_once(':').ok_or_else(|| PlaceCodeError::Shape(text.to_owned()))?;
        let level = PlaceLevel::ALL.into_iter().find(|level| level.as_str() == word);
        Self::new(level.ok_or_else(|| PlaceCodeError::Level(word.to_owned()))?, code)
    }
}

impl fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PlaceCode {
    type Error = PlaceCodeError;

    fn try_from(text: String) -> Result<Self, PlaceCodeError> {
        text.parse()
    }
}

impl From<PlaceCode> for String {
    fn from(code: PlaceCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: [&str; 9] = [
        "pays:FR",
        "region:27",
        "departement:58",
        "departement:2A",
        "departement:971",
        "epci:245804406",
        "commune:58194",
        "commune:2A004",
        "deleguee:01033",
    ];

    #[test]
    fn full_forms_come_back_as_they_were() {
        for text in FULL {
            let code: PlaceCode = text.parse().expect(text);
            assert_eq!(code.to_string(), text);
            assert_eq!(format!("{}:{}", code.level().as_str(), code.code()), text);
            assert_eq!(PlaceCode::parse_input(text), Ok(code.clone()), "{text}");
            let json = serde_json::to_string(&code).expect("json");
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<PlaceCode>(&json).expect("code"), code);
        }
    }

    #[test]
    fn bare_codes_are_told_by_their_shape() {
        let read = |text: &str| PlaceCode::parse_input(text).map(|code| code.to_string());
        for (text, full) in [
            ("58", "departement:58"),
            ("27", "departement:27"),
            (" 2a ", "departement:2A"),
            ("971", "departement:971"),
            ("58194", "commune:58194"),
            ("2b033", "commune:2B033"),
            ("245804406", "epci:245804406"),
            ("France", "pays:FR"),
            ("Région:27", "region:27"),
            ("département : 2a", "departement:2A"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(full), "{text}");
        }
    }

    #[test]
    fn what_is_no_code_gets_a_reason() {
        assert_eq!(PlaceCode::parse_input("  "), Err(PlaceCodeError::Empty));
        for text in
            ["Nevers", "20", "96", "99", "979", "0", "5819", "581944", "00123", "2C004", "é8194", "58 194"]
        {
            assert_eq!(PlaceCode::parse_input(text), Err(PlaceCodeError::Shape(text.to_owned())), "{text}");
        }
        assert_eq!("canton:5801".parse::<PlaceCode>(), Err(PlaceCodeError::Level("canton".to_owned())));
        let wrong = PlaceCodeError::Code { level: "commune", code: "58".to_owned() };
        assert_eq!("commune:58".parse::<PlaceCode>(), Err(wrong.clone()));
        assert!(wrong.to_string().contains("« 58 »"), "{wrong}");
        for text in [
            "commune:",
            "commune:2a004",
            "Commune:58194",
            "commune:58194 ",
            "58194",
            "epci:24580440",
            "pays:fr",
        ] {
            assert!(text.parse::<PlaceCode>().is_err(), "{text}");
        }
        assert!(serde_json::from_str::<PlaceCode>("\"commune:nevers\"").is_err());
    }
}
