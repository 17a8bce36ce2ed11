//! Counts beside the themes and areas of a list.

use super::Reads;
use super::entries::EntryQuery;
use crate::error::StoreError;
use crate::schema::{item_places, item_themes, items, places, themes};
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
    /// The broader theme; none of a place.
    pub broader: Option<String>,
}

/// The facets of a list. Each is counted without its own choice, so that others can be chosen
/// beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Themes, most frequent first.
    pub themes: Vec<FacetCount>,
    /// Areas (communes, EPCI, départements, regions), most frequent first.
    pub places: Vec<FacetCount>,
    /// Types by their slugs, most frequent first; without labels, which are their descriptors'.
    pub types: Vec<FacetCount>,
    /// Whether the list is so long that the counts are those of its first part.
    pub capped: bool,
}

/// Of longer lists a part of so many items is counted.
const PART: i64 = 400;
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
        let any_type =
            EntryQuery { chosen: ListFilter { types: Vec::new(), ..query.chosen.clone() }, ..query.clone() };
        let (by_type, first_of_types) = self.counted_items(&any_type)?;
        let (by_theme, first_of_more) = self.counted_items(&any_theme)?;
        let (by_place, first_of_others) = self.counted_items(&any_place)?;
        Ok(Facets {
            capped: first_of_more || first_of_others || first_of_types,
            types: self.type_counts(by_type)?,
            themes: self.theme_counts(by_theme)?,
            places: self.place_counts(by_place)?,
        })
    }

    /// The themes of a list alone.
    ///
    /// # Errors
    /// Those of the database.
    pub fn themes_of(&mut self, query: &EntryQuery) -> Result<Vec<FacetCount>, StoreError> {
        let (items, _) = self.counted_items(query)?;
        self.theme_counts(items)
    }

    /// The items that are counted, and whether there are more.
    pub(super) fn counted_items(&mut self, query: &EntryQuery) -> Result<(Vec<i64>, bool), StoreError> {
        let mut items = self.listed_items(query, PART + 1)?;
        let more = items.len() > usize::try_from(PART).unwrap_or(usize::MAX);
        items.truncate(usize::try_from(PART).unwrap_or(usize::MAX));
        Ok((items, more))
    }

    fn type_counts(&mut self, of: Vec<i64>) -> Result<Vec<FacetCount>, StoreError> {
        let counted: Vec<(String, i64)> = items::table
            .filter(items::id.eq_any(of))
            .group_by(items::type_slug)
            .order((count_star().desc(), items::type_slug.asc()))
            .select((items::type_slug, count_star()))
            .load(self.conn)?;
        Ok(labelled(counted, Vec::new()))
    }

    fn theme_counts(&mut self, items: Vec<i64>) -> Result<Vec<FacetCount>, StoreError> {
        let counted: Vec<(String, i64)> = item_themes::table
            .filter(item_themes::item_id.eq_any(items))
            .group_by(item_themes::theme)
            .order((count_star().desc(), item_themes::theme.asc()))
            .limit(SHOWN)
            .select((item_themes::theme, count_star()))
            .load(self.conn)?;
        let slugs: Vec<String> = counted.iter().map(|(slug, _)| slug.clone()).collect();
        let labels: Vec<Label> = themes::table
            .filter(themes::slug.eq_any(slugs))
            .select((themes::slug, themes::label_fr, themes::label_en, themes::parent))
            .load(self.conn)?;
        Ok(labelled(counted, labels))
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
        let names: Vec<(String, String)> = places::table
            .filter(places::code.eq_any(codes))
            .select((places::code, places::name))
            .load(self.conn)?;
        let names = names.into_iter().map(|(code, name)| (code, name.clone(), name, None)).collect();
        Ok(labelled(counted, names))
    }
}

/// Code, labels in French and English, broader term.
type Label = (String, String, String, Option<String>);

fn labelled(counted: Vec<(String, i64)>, labels: Vec<Label>) -> Vec<FacetCount> {
    counted
        .into_iter()
        .map(|(code, count)| match labels.iter().find(|(known, ..)| *known == code) {
            Some((_, fr, en, broader)) => {
                let (label_fr, label_en) = (fr.clone(), en.clone());
                FacetCount { code, label_fr, label_en, count, broader: broader.clone() }
            }
            None => {
                let label = code.clone();
                FacetCount { code, label_fr: label.clone(), label_en: label, count, broader: None }
            }
        })
        .collect()
}
