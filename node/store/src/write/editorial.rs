//! Writes of items, entries, revisions, decisions.

use super::Tx;
use crate::dialect;
use crate::error::StoreError;
use crate::rows::{DecisionRow, EntryRow, ItemPlaceRow, ItemRow, ItemThemeRow, RevisionRow};
use crate::schema::{
    decisions, entries, import_keys, item_places, item_themes, items, revision_contributors, revisions,
};
use diesel::prelude::*;

super::table_writes! {
    items: insert_item, save_item, ItemRow;
    entries: insert_entry, save_entry, EntryRow;
    revisions: insert_revision, save_revision, RevisionRow;
}

impl Tx<'_> {
    /// An item by its key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn item(&mut self, id: i64) -> Result<ItemRow, StoreError> {
        Ok(items::table.find(id).select(ItemRow::as_select()).first(self.conn)?)
    }

    /// An item by its permanent id, whatever its state.
    ///
    /// # Errors
    /// Those of the database.
    pub fn item_by_uri(&mut self, uri: &str) -> Result<Option<ItemRow>, StoreError> {
        Ok(items::table
            .filter(items::uri.eq(uri))
            .select(ItemRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// Every entry of an item.
    ///
    /// # Errors
    /// Those of the database.
    pub fn item_entries(&mut self, item: i64) -> Result<Vec<EntryRow>, StoreError> {
        Ok(entries::table
            .filter(entries::item_id.eq(item))
            .order(entries::id)
            .select(EntryRow::as_select())
            .load(self.conn)?)
    }

    /// The entry of an item in a service, if any.
    ///
    /// # Errors
    /// Those of the database.
    pub fn entry_of(&mut self, item: i64, service: i64) -> Result<Option<EntryRow>, StoreError> {
        Ok(entries::table
            .filter(entries::item_id.eq(item).and(entries::service_id.eq(service)))
            .select(EntryRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// An entry by its public id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn entry(&mut self, uid: &str) -> Result<EntryRow, StoreError> {
        Ok(entries::table.filter(entries::uid.eq(uid)).select(EntryRow::as_select()).first(self.conn)?)
    }

    /// The latest revision of an item, if any.
    ///
    /// # Errors
    /// Those of the database.
    pub fn latest_revision(&mut self, item: i64) -> Result<Option<RevisionRow>, StoreError> {
        Ok(revisions::table
            .filter(revisions::item_id.eq(item))
            .order(revisions::number.desc())
            .select(RevisionRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// Notes that an account had a hand in a revision.
    ///
    /// # Errors
    /// Those of the database.
    pub fn add_contributor(&mut self, revision: i64, account: i64) -> Result<(), StoreError> {
        dialect::insert_contributor(self.conn, revision, account)
    }

    /// Everybody who had a hand in a revision.
    ///
    /// # Errors
    /// Those of the database.
    pub fn contributors(&mut self, revision: i64) -> Result<Vec<i64>, StoreError> {
        Ok(revision_contributors::table
            .filter(revision_contributors::revision_id.eq(revision))
            .select(revision_contributors::account_id)
            .load(self.conn)?)
    }

    /// Everybody who had a hand in any revision of an item.
    ///
    /// # Errors
    /// Those of the database.
    pub fn item_contributors(&mut self, item: i64) -> Result<Vec<i64>, StoreError> {
        Ok(revision_contributors::table
            .inner_join(revisions::table)
            .filter(revisions::item_id.eq(item))
            .select(revision_contributors::account_id)
            .distinct()
            .load(self.conn)?)
    }

    /// Replaces the themes of an item: each with whether it was given itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_item_themes(&mut self, item: i64, themes: &[(String, bool)]) -> Result<(), StoreError> {
        self.touches("items");
        diesel::delete(item_themes::table.filter(item_themes::item_id.eq(item))).execute(self.conn)?;
        let rows = themes
            .iter()
            .map(|(theme, own)| ItemThemeRow { id: 0, item_id: item, theme: theme.clone(), own: *own })
            .collect();
        dialect::insert_item_themes(self.conn, rows)
    }

    /// Replaces the places of an item: code, relation (`held`, `publisher`, `eligible`) and whether
    /// it was given itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_item_places(
        &mut self,
        item: i64,
        places: &[(String, &'static str, bool)],
    ) -> Result<(), StoreError> {
        self.touches("items");
        diesel::delete(item_places::table.filter(item_places::item_id.eq(item))).execute(self.conn)?;
        let row = |(place, relation, own): &(String, &'static str, bool)| ItemPlaceRow {
            id: 0,
            item_id: item,
            place: place.clone(),
            relation: (*relation).to_owned(),
            own: *own,
        };
        dialect::insert_item_places(self.conn, places.iter().map(row).collect())
    }

    /// Themes of an item, those above included.
    ///
    /// # Errors
    /// Those of the database.
    pub fn item_themes(&mut self, item: i64) -> Result<Vec<ItemThemeRow>, StoreError> {
        Ok(item_themes::table
            .filter(item_themes::item_id.eq(item))
            .order(item_themes::id)
            .select(ItemThemeRow::as_select())
            .load(self.conn)?)
    }

    /// Places of an item, areas above included.
    ///
    /// # Errors
    /// Those of the database.
    pub fn item_places(&mut self, item: i64) -> Result<Vec<ItemPlaceRow>, StoreError> {
        Ok(item_places::table
            .filter(item_places::item_id.eq(item))
            .order(item_places::id)
            .select(ItemPlaceRow::as_select())
            .load(self.conn)?)
    }

    /// Keeps a received item as it came.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_source(&mut self, item: i64, raw: &str, now: i64) -> Result<(), StoreError> {
        dialect::keep_source(self.conn, item, raw, now)
    }

    /// Writes a decision down.
    ///
    /// # Errors
    /// Those of the database.
    pub fn decide(&mut self, row: &DecisionRow) -> Result<(), StoreError> {
        diesel::insert_into(decisions::table).values(row).execute(self.conn)?;
        self.audit_decision(row)
    }

    /// The item that an import has made of this key, with the hash of what it read.
    ///
    /// # Errors
    /// Those of the database.
    pub fn imported(&mut self, service: i64, key: &str) -> Result<Option<(i64, String)>, StoreError> {
        Ok(import_keys::table
            .filter(import_keys::service_id.eq(service).and(import_keys::import_key.eq(key)))
            .select((import_keys::item_id, import_keys::content_hash))
            .first(self.conn)
            .optional()?)
    }

    /// Notes that an import made this item of what goes by these keys, and the hash of what it read.
    /// A key of another item stays that one's.
    ///
    /// # Errors
    /// Those of the database.
    pub fn note_import(
        &mut self,
        service: i64,
        keys: &[&str],
        item: i64,
        hash: &str,
    ) -> Result<(), StoreError> {
        let of_item =
            import_keys::table.filter(import_keys::service_id.eq(service).and(import_keys::item_id.eq(item)));
        diesel::update(of_item).set(import_keys::content_hash.eq(hash)).execute(self.conn)?;
        for key in keys {
            if self.imported(service, key)?.is_none() {
                diesel::insert_into(import_keys::table)
                    .values((
                        import_keys::service_id.eq(service),
                        import_keys::import_key.eq(key),
                        import_keys::item_id.eq(item),
                        import_keys::content_hash.eq(hash),
                    ))
                    .execute(self.conn)?;
            }
        }
        Ok(())
    }
}
