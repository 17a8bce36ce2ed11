//! What B has to take of A, reckoned a second time in the plainest way: theme employment or
//! narrower, in the Nièvre or inside it.

use crate::checkout;
use crate::item::Item;
use std::collections::{BTreeMap, BTreeSet};

/// Intercommunal bodies of the Nièvre that the tests use, by their SIREN: Nevers, Cœur de Loire.
const INSIDE: [&str; 2] = ["epci:245804406", "epci:200067916"];

/// The parent of each theme.
fn parents() -> BTreeMap<String, String> {
    let tree = std::fs::read_to_string(checkout().join("node/domain/data/themes/themes.tsv")).unwrap();
    let rows = tree.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|cells| (cells[0].to_owned(), cells[1].to_owned())).collect()
}

fn is_employment(theme: &str, parents: &BTreeMap<String, String>) -> bool {
    theme == "emploi" || parents.get(theme).is_some_and(|parent| is_employment(parent, parents))
}

/// INSEE codes of communes begin with the number of their département.
fn is_in_nievre(place: &str) -> bool {
    place == "departement:58" || place.starts_with("commune:58") || INSIDE.contains(&place)
}

/// The published items that match.
pub fn matching(items: &[Item]) -> BTreeSet<String> {
    let parents = parents();
    items
        .iter()
        .filter(|item| item.state == "published")
        .filter(|item| item.themes.iter().any(|theme| is_employment(theme, &parents)))
        .filter(|item| item.places.iter().any(|place| is_in_nievre(place)))
        .map(|item| item.uri.clone())
        .collect()
}
