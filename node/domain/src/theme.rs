//! The theme tree that every node starts with.

use crate::message::Message;
use std::collections::BTreeMap;

const TREE: &str = include_str!("../data/themes/themes.tsv");

/// One term of the theme thesaurus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Permanent name; the data·inclusion code where the term comes from there.
    pub slug: String,
    /// The broader term.
    pub parent: Option<String>,
    /// Labels; terms that have no English one show the French.
    pub label: Message,
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
            Some(Theme { slug, parent, label: Message { fr, en } })
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
    /// spreadsheet or a feed category holds.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<&Theme> {
        if let Some(term) = self.terms.get(text.trim()) {
            return Some(term);
        }
        let folded = crate::text::fold(text);
        self.terms.values().find(|term| {
            crate::text::fold(&term.label.fr) == folded
                || crate::text::fold(&term.label.en) == folded
                || crate::text::fold(&term.slug) == folded
        })
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
}
