//! Places in the search box: what a question means, and where to look beside.

use super::listing::Listing;
use crate::web::places::{self, Meant};
use maillage_domain::place::{PlaceCode, fold_place_name};
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, Reads};
use maillage_store::rows::PlaceRow;

/// Places of one name that are offered.
const OFFERED: usize = 6;
/// A list this short is offered for the areas around, too.
const SHORT: u64 = 5;
/// Areas are counted up to this.
const COUNTED: i64 = 1_000;

/// What a question is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Asked {
    /// Words to look for.
    Words,
    /// The name of a place around here, or the postal code of one or several.
    Places(Vec<PlaceRow>),
    /// Words that are the name of places elsewhere, or of several.
    Perhaps(Vec<PlaceRow>),
}

/// What a question means to a node of this territory.
///
/// # Errors
/// Those of the database.
pub(super) fn asked(reads: &mut Reads<'_>, question: &str) -> Result<Asked, StoreError> {
    if question.chars().count() < 2 {
        return Ok(Asked::Words);
    }
    let found = match places::understand(reads, question)? {
        Meant::One(place) => vec![*place],
        Meant::Several(found) => found,
        Meant::Nobody => return Ok(Asked::Words),
    };
    if question.len() == 5 && question.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(Asked::Places(found));
    }
    // "58", "Clamecy (Nièvre)" and "58500 Clamecy" mean one place without being its name.
    let folded = fold_place_name(question);
    let said_otherwise = found.len() == 1 && question.contains(|c: char| c.is_ascii_digit() || c == '(');
    let named: Vec<PlaceRow> =
        found.into_iter().filter(|place| said_otherwise || place.folded == folded).collect();
    let near = near(reads)?;
    let around: Vec<PlaceRow> = named.iter().filter(|place| near.holds(place)).cloned().collect();
    Ok(match (named.as_slice(), around.as_slice()) {
        ([], _) => Asked::Words,
        (_, [_]) => Asked::Places(around),
        ([_], _) if said_otherwise => Asked::Places(named),
        _ => Asked::Perhaps(named.into_iter().take(OFFERED).collect()),
    })
}

/// What counts as around here.
struct Near {
    areas: Vec<String>,
}

impl Near {
    fn holds(&self, place: &PlaceRow) -> bool {
        self.areas.contains(&place.code)
            || place.ancestors.split(' ').any(|area| self.areas.iter().any(|a| a == area))
    }
}

/// The territory of the node, and the region around it.
fn near(reads: &mut Reads<'_>) -> Result<Near, StoreError> {
    let Some(territory) = reads.node()?.map(|node| node.territory) else {
        return Ok(Near { areas: Vec::new() });
    };
    let above = reads.places(std::slice::from_ref(&territory))?;
    let regions =
        above.iter().flat_map(|area| area.ancestors.split(' ')).filter(|code| code.starts_with("region:"));
    let areas = regions.map(str::to_owned).chain(std::iter::once(territory.clone())).collect();
    Ok(Near { areas })
}

/// The larger areas around the one place of a short list, each with how many items it holds.
///
/// # Errors
/// Those of the database.
pub(super) fn wider(
    reads: &mut Reads<'_>,
    listing: &Listing,
    around: &EntryQuery,
    total: u64,
) -> Result<Vec<(PlaceCode, u64)>, StoreError> {
    let [place] = listing.places.as_slice() else { return Ok(Vec::new()) };
    if total >= SHORT {
        return Ok(Vec::new());
    }
    let mut areas = Vec::new();
    for row in reads.places(&[place.to_string()])? {
        // The whole country says nothing.
        let above = row.ancestors.split(' ').filter(|code| !code.starts_with("pays:"));
        areas.extend(above.filter_map(|code| code.parse::<PlaceCode>().ok()));
    }
    let (mut found, mut most) = (Vec::new(), total);
    for area in areas {
        let there = Listing { places: vec![area.clone()], page: 1, ..listing.clone() };
        let count = reads.count_entries(&there.entry_query(around.clone()), COUNTED)?.unsigned_abs();
        if count > most {
            most = count;
            found.push((area, count));
        }
    }
    Ok(found)
}
