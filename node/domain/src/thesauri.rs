//! Lists of codes that come with the program, for the choices of fields.

use crate::field::Choice;

/// The lists by name: tables of code, French and English label (`data/thesauri/SOURCES.md`).
const LISTS: &[(&str, &str)] = &[
    ("publics", include_str!("../data/thesauri/publics.tsv")),
    ("reseaux-porteurs", include_str!("../data/thesauri/reseaux-porteurs.tsv")),
    ("thematiques-data-inclusion", include_str!("../data/thesauri/thematiques-data-inclusion.tsv")),
    ("typologies-de-structures", include_str!("../data/thesauri/typologies-de-structures.tsv")),
];

/// The names of the lists.
#[must_use]
pub fn names() -> Vec<&'static str> {
    LISTS.iter().map(|(name, _)| *name).collect()
}

/// The codes of a list, in its order; terms that have no English label show the French. None where there
/// is no such list.
#[must_use]
pub fn choices(name: &str) -> Option<Vec<Choice>> {
    let (_, table) = LISTS.iter().find(|(known, _)| *known == name)?;
    let rows = table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let (code, fr) = (cells.next()?.to_owned(), cells.next()?.to_owned());
        let en = cells.next().filter(|en| !en.is_empty()).unwrap_or(&fr).to_owned();
        Some(Choice { code, fr, en, term: String::new() })
    });
    Some(rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn lists_are_read_whole() {
        for (name, table) in LISTS {
            let choices = choices(name).expect("list");
            assert_eq!(choices.len(), table.lines().count() - 1, "{name}");
            let codes: BTreeSet<&str> = choices.iter().map(|choice| choice.code.as_str()).collect();
            assert_eq!(codes.len(), choices.len(), "{name}");
            assert!(
                choices.iter().all(|choice| !choice.fr.is_empty() && choice.fr == choice.fr.trim()),
                "{name}"
            );
        }
        assert_eq!(choices("nothing"), None);
    }
}
