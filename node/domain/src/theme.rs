//! The theme tree: what every node starts with, what it makes of it, and the nomenclatures it is mapped to.

use crate::message::Message;
use crate::standard::Standard;
use std::collections::BTreeMap;

const TREE: &str = include_str!("../data/themes/themes.tsv");

/// One term of the theme thesaurus.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme {
    /// Permanent name; the data·inclusion code where the term comes from there.
    pub slug: String,
    /// The broader term.
    pub parent: Option<String>,
    /// Labels; terms that have no English one show the French.
    pub label: Message,
    /// Whether the node has added it.
    pub own: bool,
    /// Whether it is offered no more; what bears it keeps it.
    pub retired: bool,
    /// Codes of nomenclatures that say the same, or something narrower.
    pub matches: Vec<Match>,
}

/// A nomenclature to which themes are mapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// ROME (France Travail): a domain (`K`), a professional field (`K21`) or a trade (`K2111`).
    Rome,
    /// Formacode (Centre Inffo): a field of three digits or a subject of five.
    Formacode,
    /// NAF, revision 2 (INSEE): a division (`85`), a group (`855`), a class (`8559`) or a sub-class (`8559A`).
    Naf,
    /// Themes of data·inclusion (`numerique`, `numerique--acquerir-un-equipement`).
    DataInclusion,
}

impl Scheme {
    /// Every scheme.
    pub const ALL: [Self; 4] = [Self::Rome, Self::Formacode, Self::Naf, Self::DataInclusion];

    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rome => "rome",
            Self::Formacode => "formacode",
            Self::Naf => "naf",
            Self::DataInclusion => "data-inclusion",
        }
    }

    /// A code or the beginning of codes, in its written form; none for what is neither.
    #[must_use]
    pub fn read(self, text: &str) -> Option<String> {
        let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        match self {
            Self::Rome => {
                let code = bare.to_ascii_uppercase();
                let (letter, rest) = code.split_at_checked(1)?;
                let known = matches!(letter.as_bytes(), [b'A'..=b'N']) && matches!(rest.len(), 0 | 2 | 4);
                (known && digits(rest)).then_some(code)
            }
            Self::Formacode => (matches!(bare.len(), 3 | 5) && digits(&bare)).then_some(bare),
            Self::Naf if (2..=4).contains(&bare.len()) => digits(&bare).then_some(bare),
            Self::Naf => Standard::Naf.read(&bare),
            Self::DataInclusion => {
                let slug = bare.to_lowercase();
                let known = slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
                (known && !slug.starts_with('-') && slug.len() >= 3).then_some(slug)
            }
        }
    }

    /// A whole code of what this scheme classes, as an item bears it.
    fn whole(self, text: &str) -> Option<String> {
        match self {
            Self::Rome => Standard::Rome.read(text),
            Self::Formacode => Standard::Formacode.read(text),
            Self::Naf => Standard::Naf.read(text),
            Self::DataInclusion => Some(text.trim().to_lowercase()).filter(|slug| slug.contains('-')),
        }
    }
}

/// A code of a nomenclature, or what codes begin with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Whose.
    pub scheme: Scheme,
    /// In its written form.
    pub code: String,
}

impl std::fmt::Display for Match {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.scheme.as_str(), self.code)
    }
}

impl std::str::FromStr for Match {
    type Err = Message;

    /// Reads `scheme:code`, such as `rome:K21`.
    fn from_str(text: &str) -> Result<Self, Message> {
        let read = text.trim().split_once(':').and_then(|(scheme, code)| {
            let scheme =
                Scheme::ALL.into_iter().find(|known| known.as_str() == scheme.trim().to_lowercase())?;
            Some(Self { scheme, code: scheme.read(code)? })
        });
        read.ok_or_else(|| {
            Message::new(
                format!("« {text} » n'est pas un code : écrivez par exemple rome:K21, formacode:44591, naf:8559A ou data-inclusion:numerique."),
                format!("“{text}” is no code: write for example rome:K21, formacode:44591, naf:8559A or data-inclusion:numerique."),
            )
        })
    }
}

/// The terms of the embedded tree, broader ones first.
#[must_use]
pub fn embedded() -> Vec<Theme> {
    TREE.lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let slug = cells.next()?.to_owned();
            let parent = cells.next().filter(|p| !p.is_empty()).map(str::to_owned);
            let fr = cells.next()?.to_owned();
            let en = cells.next().filter(|en| !en.is_empty()).unwrap_or(&fr).to_owned();
            let label = Message { fr, en };
            Some(Theme { slug, parent, label, ..Theme::default() })
        })
        .collect()
}

/// A theme thesaurus, for looking up broader terms and labels.
#[derive(Debug, Clone, Default)]
pub struct Thesaurus {
    terms: BTreeMap<String, Theme>,
}

impl Thesaurus {
    /// A thesaurus of these terms.
    #[must_use]
    pub fn new(terms: Vec<Theme>) -> Self {
        Self { terms: terms.into_iter().map(|term| (term.slug.clone(), term)).collect() }
    }

    /// The term with this slug.
    #[must_use]
    pub fn get(&self, slug: &str) -> Option<&Theme> {
        self.terms.get(slug)
    }

    /// Every term, by slug.
    pub fn iter(&self) -> impl Iterator<Item = &Theme> {
        self.terms.values()
    }

    /// The slug and all its broader terms, nearest first. A slug that is not in the thesaurus (a
    /// partner's own term) stands alone.
    #[must_use]
    pub fn with_ancestors(&self, slug: &str) -> Vec<String> {
        let mut line = vec![slug.to_owned()];
        let mut at = slug;
        while let Some(parent) = self.terms.get(at).and_then(|term| term.parent.as_deref()) {
            if line.iter().any(|seen| seen == parent) {
                break;
            }
            line.push(parent.to_owned());
            at = parent;
        }
        line
    }

    /// The term whose slug or label this text is, letter case and accents apart: what a
    /// spreadsheet or a feed category holds. A code of a nomenclature leads to the theme that is mapped to
    /// it, or to the longest beginning of it.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&Theme> {
        if let Some(term) = self.terms.get(text.trim()) {
            return Some(term);
        }
        let folded = crate::text::fold(text);
        let named = self.terms.values().find(|term| {
            crate::text::fold(&term.label.fr) == folded
                || crate::text::fold(&term.label.en) == folded
                || crate::text::fold(&term.slug) == folded
        });
        named.or_else(|| Scheme::ALL.into_iter().find_map(|scheme| self.matching(scheme, text)))
    }

    /// The theme that is mapped to a code of a nomenclature, or to the longest beginning of it.
    #[must_use]
    pub fn matching(&self, scheme: Scheme, code: &str) -> Option<&Theme> {
        let code = scheme.whole(code)?;
        let met = |theme: &Theme| {
            let begins =
                theme.matches.iter().filter(|one| one.scheme == scheme && code.starts_with(&one.code));
            begins.map(|one| one.code.len()).max()
        };
        let known = self.terms.values().filter(|term| !term.retired);
        known
            .filter_map(|term| Some((met(term)?, term)))
            .max_by_key(|(length, _)| *length)
            .map(|(_, term)| term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parent_stands_before_its_children() {
        let tree = embedded();
        for (at, term) in tree.iter().enumerate() {
            if let Some(parent) = &term.parent {
                assert!(tree[..at].iter().any(|above| &above.slug == parent), "{}", term.slug);
            }
        }
        assert!(tree.len() > 90);
    }

    #[test]
    fn ancestors_lead_to_the_root() {
        let thesaurus = Thesaurus::new(embedded());
        let line = thesaurus.with_ancestors("trouver-un-emploi--repondre-a-des-offres-demploi");
        assert_eq!(line.last().map(String::as_str), Some("emploi"));
        assert_eq!(thesaurus.with_ancestors("inconnu"), ["inconnu"]);
        assert_eq!(thesaurus.find("EMPLOI").map(|t| t.slug.as_str()), Some("emploi"));
    }

    #[test]
    fn codes_are_read_and_written() {
        for (text, written) in [
            ("rome:k2111", "rome:K2111"),
            ("ROME : K 21", "rome:K21"),
            ("rome:K", "rome:K"),
            ("formacode:44591", "formacode:44591"),
            ("formacode:445", "formacode:445"),
            ("naf:85.59a", "naf:8559A"),
            ("naf:85", "naf:85"),
            (
                "data-inclusion:numerique--acquerir-un-equipement",
                "data-inclusion:numerique--acquerir-un-equipement",
            ),
        ] {
            assert_eq!(text.parse::<Match>().map(|one| one.to_string()).as_deref(), Ok(written));
        }
        for wrong in
            ["", "K2111", "rome:", "rome:Z1", "rome:K2", "formacode:4459", "naf:8", "nsf:100", "rome:K21 K22"]
        {
            assert!(wrong.parse::<Match>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_code_leads_to_the_theme_with_its_longest_beginning() {
        let mut terms = embedded();
        let mut map = |slug: &str, codes: &[&str]| {
            let term = terms.iter_mut().find(|term| term.slug == slug).expect("a theme");
            term.matches = codes.iter().map(|code| code.parse().expect("a code")).collect();
        };
        map("formation", &["rome:K21", "formacode:445", "naf:855"]);
        map("recrutement", &["rome:K", "rome:M1502"]);
        let thesaurus = Thesaurus::new(terms.clone());
        for (code, slug) in [
            ("K2111", Some("formation")),
            ("K1801", Some("recrutement")),
            ("m1502", Some("recrutement")),
            ("44591", Some("formation")),
            ("85.59A", Some("formation")),
            ("M1501", None),
            ("K21", None),
        ] {
            assert_eq!(thesaurus.find(code).map(|term| term.slug.as_str()), slug, "{code}");
        }
        terms.iter_mut().for_each(|term| term.retired = true);
        assert!(Thesaurus::new(terms).find("K2111").is_none(), "what is retired is offered no more");
    }
}
