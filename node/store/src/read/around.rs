//! What takes place between two moments, and what is held around a commune: what visitors narrow lists by
//! beside themes and areas.

use super::Reads;
use super::conditions::Condition;
use crate::connection::DbConnection;
use crate::error::StoreError;
use crate::schema::{entries, item_places, places};
use diesel::prelude::*;
use maillage_domain::place::Coordinates;

/// What says no date has this one.
const NEVER: i64 = i64::MAX;
/// Kilometres of a degree of latitude.
const DEGREE: f64 = 111.2;

/// Only what takes place between two moments (milliseconds), be it in part; of what has no date, only what
/// was published between them. Of what is published alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct During {
    /// The first moment.
    pub from: i64,
    /// The moment after the last one.
    pub to: i64,
}

/// Only what is held in communes around one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Code of the commune; nothing is held around what has no coordinates.
    pub place: String,
    /// Kilometres from its middle to theirs.
    pub km: u16,
}

impl Reads<'_> {
    /// The codes of the communes whose middle is as near, that one among them.
    ///
    /// # Errors
    /// Those of the database.
    pub fn communes_near(&mut self, near: &Near) -> Result<Vec<String>, StoreError> {
        let middle: Option<(Option<f64>, Option<f64>)> = places::table
            .filter(places::code.eq(&near.place))
            .select((places::latitude, places::longitude))
            .first(self.conn)
            .optional()?;
        let Some((Some(lat), Some(lon))) = middle else { return Ok(Vec::new()) };
        let (middle, km) = (Coordinates { lat, lon }, f64::from(near.km));
        let (high, wide) = (km / DEGREE, km / (DEGREE * lat.to_radians().cos().max(0.01)));
        let found: Vec<(String, Option<f64>, Option<f64>)> = places::table
            .filter(places::latitude.between(lat - high, lat + high))
            .filter(places::longitude.between(lon - wide, lon + wide))
            .filter(places::kind.eq_any(["commune", "municipal_district"]))
            .select((places::code, places::latitude, places::longitude))
            .load(self.conn)?;
        let near = found.into_iter().filter_map(|(code, lat, lon)| {
            let at = Coordinates { lat: lat?, lon: lon? };
            (middle.distance_km(at) <= km).then_some(code)
        });
        Ok(near.collect())
    }
}

impl During {
    /// Met by an entry that is looked at.
    pub(super) fn tried(self) -> Condition {
        let Self { from, to } = self;
        let begun = entries::begins_at.lt(to).or(entries::begins_at.eq(NEVER).and(entries::over_at.lt(to)));
        let dated = entries::over_at.ge(from).and(entries::over_at.lt(NEVER)).and(begun);
        let undated = entries::over_at.eq(NEVER).and(entries::sort_at.ge(from)).and(entries::sort_at.lt(to));
        Box::new(dated.or(undated).nullable())
    }

    /// Items that meet it, at most this many, the latest first.
    pub(super) fn latest(self, conn: &mut DbConnection, limit: i64) -> Result<Vec<i64>, StoreError> {
        let Self { from, to } = self;
        let begun = entries::begins_at.lt(to).or(entries::begins_at.eq(NEVER).and(entries::over_at.lt(to)));
        let mut items: Vec<i64> = entries::table
            .filter(entries::state.eq("published"))
            .filter(entries::over_at.ge(from).and(entries::over_at.lt(NEVER)))
            .filter(begun)
            .order((entries::over_at, entries::sort_at))
            .limit(limit)
            .select(entries::item_id)
            .load(conn)?;
        let undated: Vec<i64> = entries::table
            .filter(entries::state.eq("published"))
            .filter(entries::over_at.eq(NEVER))
            .filter(entries::sort_at.ge(from).and(entries::sort_at.lt(to)))
            .order(entries::sort_at.desc())
            .limit(limit)
            .select(entries::item_id)
            .load(conn)?;
        items.extend(undated);
        items.sort_unstable_by(|one, other| other.cmp(one));
        items.dedup();
        items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(items)
    }
}

/// Held in one of these communes.
pub(super) fn held_in(communes: Vec<String>) -> Condition {
    let met = item_places::table
        .filter(item_places::item_id.eq(entries::item_id))
        .filter(item_places::relation.eq("held"))
        .filter(item_places::place.eq_any(communes));
    Box::new(diesel::dsl::exists(met).nullable())
}

/// Items held in one of these communes, at most this many, the latest first.
pub(super) fn latest_held_in(
    conn: &mut DbConnection,
    communes: &[String],
    limit: i64,
) -> Result<Vec<i64>, StoreError> {
    Ok(item_places::table
        .filter(item_places::place.eq_any(communes.to_vec()))
        .filter(item_places::relation.eq("held"))
        .order(item_places::item_id.desc())
        .distinct()
        .limit(limit)
        .select(item_places::item_id)
        .load(conn)?)
}

/// The same as a condition.
pub(super) fn among_held_in(communes: Vec<String>, limit: i64) -> Condition {
    let met = item_places::table
        .filter(item_places::place.eq_any(communes))
        .filter(item_places::relation.eq("held"))
        .order(item_places::item_id.desc())
        .limit(limit)
        .select(item_places::item_id);
    Box::new(entries::item_id.eq_any(met).nullable())
}
