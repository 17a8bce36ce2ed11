//! Writes of what the passing of time makes of items.

use super::Tx;
use crate::error::StoreError;
use crate::rows::{ItemAgeRow, ItemRow, RevisionRow};
use crate::schema::{activities, deliveries, item_ages, item_sources, items, revisions, type_plans};
use diesel::prelude::*;

impl Tx<'_> {
    /// What age has made of an item, if that is known.
    ///
    /// # Errors
    /// Those of the database.
    pub fn age(&mut self, item: i64) -> Result<Option<ItemAgeRow>, StoreError> {
        Ok(item_ages::table.find(item).select(ItemAgeRow::as_select()).first(self.conn).optional()?)
    }

    /// Writes what age has made of an item. Whoever calls it has taken the item's turn.
    ///
    /// # Errors
    /// Those of the database.
    pub fn save_age(&mut self, row: &ItemAgeRow) -> Result<(), StoreError> {
        self.touches("item_ages");
        let changed = diesel::update(item_ages::table.find(row.item_id)).set(row).execute(self.conn)?;
        if changed == 0 {
            diesel::insert_into(item_ages::table).values(row).execute(self.conn)?;
        }
        Ok(())
    }

    /// Keys of items of which something is due at this moment, the longest due first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn aged_items(&mut self, now: i64, limit: i64) -> Result<Vec<i64>, StoreError> {
        Ok(item_ages::table
            .filter(item_ages::due_at.le(now))
            .order((item_ages::due_at.asc(), item_ages::item_id.asc()))
            .limit(limit)
            .select(item_ages::item_id)
            .load(self.conn)?)
    }

    /// Items of a type that were published at some time, from a key on, in the order of their keys.
    ///
    /// # Errors
    /// Those of the database.
    pub fn items_of_type(
        &mut self,
        type_slug: &str,
        after: i64,
        limit: i64,
    ) -> Result<Vec<ItemRow>, StoreError> {
        Ok(items::table
            .filter(items::type_slug.eq(type_slug).and(items::id.gt(after)))
            .filter(items::published_at.is_not_null())
            .order(items::id.asc())
            .limit(limit)
            .select(ItemRow::as_select())
            .load(self.conn)?)
    }

    /// What the actions of a type were when they were last applied to all of its items.
    ///
    /// # Errors
    /// Those of the database.
    pub fn type_plan(&mut self, type_slug: &str) -> Result<Option<String>, StoreError> {
        Ok(type_plans::table.find(type_slug).select(type_plans::digest).first(self.conn).optional()?)
    }

    /// Notes that the actions of a type are applied to all of its items.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_type_plan(&mut self, type_slug: &str, digest: &str) -> Result<(), StoreError> {
        let known = type_plans::table.find(type_slug);
        let changed = diesel::update(known).set(type_plans::digest.eq(digest)).execute(self.conn)?;
        if changed == 0 {
            diesel::insert_into(type_plans::table)
                .values((type_plans::type_slug.eq(type_slug), type_plans::digest.eq(digest)))
                .execute(self.conn)?;
        }
        Ok(())
    }

    /// Every revision of an item.
    ///
    /// # Errors
    /// Those of the database.
    pub fn revisions_of(&mut self, item: i64) -> Result<Vec<RevisionRow>, StoreError> {
        Ok(revisions::table
            .filter(revisions::item_id.eq(item))
            .order(revisions::number.asc())
            .select(RevisionRow::as_select())
            .load(self.conn)?)
    }

    /// Erases what was kept of an item besides itself and its revisions: as it came, and what was written
    /// of it for others. Who was told of it stays known, so that they are told of its end.
    ///
    /// # Errors
    /// Those of the database.
    pub fn erase_traces(&mut self, item: i64, now: i64) -> Result<(), StoreError> {
        self.touches("deliveries");
        diesel::update(item_sources::table.find(item)).set(item_sources::raw.eq("{}")).execute(self.conn)?;
        let told: Vec<i64> = activities::table
            .filter(activities::item_id.eq(item).and(activities::kind.eq_any(["Create", "Update"])))
            .select(activities::id)
            .load(self.conn)?;
        let waiting = deliveries::table
            .filter(deliveries::activity_id.eq_any(told.clone()))
            .filter(deliveries::state.eq_any(crate::read::OPEN));
        // Taken for delivered, so that whoever may have had it is told that it is gone.
        diesel::update(waiting)
            .set((deliveries::state.eq("delivered"), deliveries::ended_at.eq(now)))
            .execute(self.conn)?;
        diesel::update(activities::table.filter(activities::id.eq_any(told)))
            .set(activities::body.eq("{}"))
            .execute(self.conn)?;
        self.forget_talk(item)
    }
}
