//! Where the items of a list are, and the country around them.

use super::{EntryQuery, Reads};
use crate::error::StoreError;
use crate::schema::{item_places, places};
use diesel::dsl::count_star;
use diesel::prelude::*;

/// Communes that a map names, at most.
const MOST: i64 = 400;
/// Départements whose communes are drawn, at most: more make no map that anybody reads.
const AROUND: usize = 8;

/// A commune where items of a list are held.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPlace {
    /// Code, such as `commune:58194`.
    pub code: String,
    /// Name.
    pub name: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Items held there.
    pub count: i64,
}

/// A commune of the country around.
#[derive(Debug, Clone, PartialEq)]
pub struct GroundPlace {
    /// Name.
    pub name: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Who lives there; 0 where it is not known.
    pub population: i64,
}

type Inhabited = (String, Option<f64>, Option<f64>, Option<i64>);
type Located = (String, String, Option<f64>, Option<f64>, String);

impl Reads<'_> {
    /// The communes where items of a list are held, and those of their départements, for orientation. Of a
    /// long list its first part is told, as with [`Reads::facets`].
    ///
    /// # Errors
    /// Those of the database.
    pub fn map(&mut self, query: &EntryQuery) -> Result<(Vec<MapPlace>, Vec<GroundPlace>), StoreError> {
        let (items, _) = self.counted_items(query)?;
        let counted: Vec<(String, i64)> = item_places::table
            .filter(item_places::item_id.eq_any(items))
            .filter(item_places::relation.eq("held").and(item_places::own.eq(true)))
            .group_by(item_places::place)
            .order((count_star().desc(), item_places::place.asc()))
            .limit(MOST)
            .select((item_places::place, count_star()))
            .load(self.conn)?;
        let codes: Vec<&String> = counted.iter().map(|(code, _)| code).collect();
        let rows: Vec<Located> = places::table
            .filter(places::code.eq_any(codes).and(places::kind.eq("commune")))
            .select((places::code, places::name, places::latitude, places::longitude, places::ancestors))
            .load(self.conn)?;
        let (mut found, mut departments): (Vec<MapPlace>, Vec<String>) = Default::default();
        for (code, count) in counted {
            let Some((_, name, Some(latitude), Some(longitude), above)) =
                rows.iter().find(|(known, ..)| *known == code)
            else {
                continue;
            };
            let department = above.split(' ').find_map(|area| area.strip_prefix("departement:"));
            let new =
                department.filter(|one| departments.len() < AROUND && !departments.iter().any(|d| d == one));
            departments.extend(new.map(str::to_owned));
            let (latitude, longitude) = (*latitude, *longitude);
            found.push(MapPlace { code, name: name.clone(), latitude, longitude, count });
        }
        let mut ground = Vec::new();
        for department in departments {
            let rows: Vec<Inhabited> = places::table
                .filter(places::code.like(format!("commune:{department}%")))
                .filter(places::successor.is_null())
                .select((places::name, places::latitude, places::longitude, places::population))
                .load(self.conn)?;
            ground.extend(rows.into_iter().filter_map(|(name, latitude, longitude, population)| {
                let (latitude, longitude) = (latitude?, longitude?);
                Some(GroundPlace { name, latitude, longitude, population: population.unwrap_or_default() })
            }));
        }
        Ok((found, ground))
    }
}
