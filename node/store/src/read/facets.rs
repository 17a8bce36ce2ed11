//! Counts beside the themes and areas of a list.

use super::Reads;
use super::entries::EntryQuery;
use crate::error::StoreError;
use crate::schema::{item_places, item_themes, places, themes};
use diesel::AggregateExpressionMethods;
use diesel::dsl::{count, count_star};
use diesel::prelude::*;
use maillage_domain::site::ListFilter;

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// Theme slug or place code.
    pub code: String,
    /// French label or name.
    pub label_fr: String,
    /// English label or name.
    pub label_en: String,
    /// How many items of the list have it.
    pub count: i64,
}

/// The facets of a list. Each is counted without its own choice, so that others can be chosen
/// beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Themes, most frequent first. A broad one that is not chosen and whose items are all of one narrower
    /// theme is left out: the narrower one says more and finds as much.
    pub themes: Vec<FacetCount>,
    /// Areas (communes, EPCI, départements, regions), most frequent first.
    pub places: Vec<FacetCount>,
    /// Whether the list is so long that the counts are those of its first part.
    pub capped: bool,
}

/// Lists longer than this are counted on their first part only.
const COUNTED: i64 = 1_000;
/// Values of one facet.
const SHOWN: i64 = 60;

impl Reads<'_> {
    /// The facets of a list.
    ///
    /// # Errors
    /// Those of the database.
    pub fn facets(&mut self, query: &EntryQuery) -> Result<Facets, StoreError> {
        let any_theme =
            EntryQuery { chosen: ListFilter { themes: Vec::new(), ..query.chosen.clone() }, ..query.clone() };
        let any_place =
            EntryQuery { chosen: ListFilter { places: Vec::new(), ..query.chosen.clone() }, ..query.clone() };
        let by_theme = self.listed_items(&any_theme, COUNTED)?;
        let by_place = self.listed_items(&any_place, COUNTED)?;
        let full = usize::try_from(COUNTED).unwrap_or(usize::MAX);
        Ok(Facets {
            capped: by_theme.len() >= full || by_place.len() >= full,
            themes: self.theme_counts(by_theme, &query.chosen.themes, full)?,
            places: self.place_counts(by_place)?,
        })
    }

    fn theme_counts(
        &mut self,
        items: Vec<i64>,
        chosen: &[String],
        full: usize,
    ) -> Result<Vec<FacetCount>, StoreError> {
        let capped = items.len() >= full;
        let counted: Vec<(String, i64)> = item_themes::table
            .filter(item_themes::item_id.eq_any(items))
            .group_by(item_themes::theme)
            .order((count_star().desc(), item_themes::theme.asc()))
            .limit(SHOWN)
            .select((item_themes::theme, count_star()))
            .load(self.conn)?;
        let slugs: Vec<String> = counted.iter().map(|(slug, _)| slug.clone()).collect();
        let known: Vec<(String, Option<String>, String, String)> = themes::table
            .filter(themes::slug.eq_any(slugs))
            .select((themes::slug, themes::parent, themes::label_fr, themes::label_en))
            .load(self.conn)?;
        // The counts of a first part do not say that two themes find the same.
        let says_no_more = |broad: &str, count: i64| {
            if capped {
                return false;
            }
            let narrower = known.iter().filter(|(_, parent, ..)| parent.as_deref() == Some(broad));
            let mut same = narrower.filter(|(slug, ..)| counted.contains(&(slug.clone(), count)));
            !chosen.iter().any(|slug| slug == broad) && same.next().is_some()
        };
        let kept = counted.iter().filter(|(slug, count)| !says_no_more(slug, *count)).cloned().collect();
        let labels = known.iter().map(|(slug, _, fr, en)| (slug.clone(), fr.clone(), en.clone())).collect();
        Ok(labelled(kept, labels))
    }

    /// Each item counts once for an area, be it held there, published from there or open to those who
    /// live there: choosing the area finds all of them.
    fn place_counts(&mut self, items: Vec<i64>) -> Result<Vec<FacetCount>, StoreError> {
        let concerned = || count(item_places::item_id).aggregate_distinct();
        let counted: Vec<(String, i64)> = item_places::table
            .filter(item_places::item_id.eq_any(items))
            .group_by(item_places::place)
            .order((concerned().desc(), item_places::place.asc()))
            .limit(SHOWN)
            .select((item_places::place, concerned()))
            .load(self.conn)?;
        let codes: Vec<String> = counted.iter().map(|(code, _)| code.clone()).collect();
        let names: Vec<(String, String, String)> = places::table
            .filter(places::code.eq_any(codes))
            .select((places::code, places::name, places::name))
            .load(self.conn)?;
        Ok(labelled(counted, names))
    }
}

fn labelled(counted: Vec<(String, i64)>, labels: Vec<(String, String, String)>) -> Vec<FacetCount> {
    counted
        .into_iter()
        .map(|(code, count)| {
            let found = labels.iter().find(|(slug, ..)| *slug == code);
            let label_fr = found.map_or_else(|| code.clone(), |(_, fr, _)| fr.clone());
            let label_en = found.map_or_else(|| code.clone(), |(_, _, en)| en.clone());
            FacetCount { code, label_fr, label_en, count }
        })
        .collect()
}
