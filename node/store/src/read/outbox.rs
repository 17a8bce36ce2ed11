//! Reads of items as the federation has them: outboxes, tombstones, activities received before.

use super::Reads;
use crate::error::StoreError;
use crate::rows::ItemRow;
use crate::schema::{actors, entries, items, received_activities, services, tombstones};
use diesel::prelude::*;

impl Reads<'_> {
    /// An item by its key, whatever its state; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn item(&mut self, id: i64) -> Result<ItemRow, StoreError> {
        self.system_only()?;
        Ok(items::table.find(id).select(ItemRow::as_select()).first(self.conn)?)
    }

    /// The id of the Announce of an entry, while it stands; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn announce_uri(&mut self, entry: i64) -> Result<Option<String>, StoreError> {
        self.system_only()?;
        Ok(entries::table.find(entry).select(entries::announce_uri).first(self.conn)?)
    }

    /// Whether this activity has been accepted before; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn was_received(&mut self, activity: &str) -> Result<bool, StoreError> {
        let found: Option<i64> = received_activities::table
            .filter(received_activities::uri.eq(activity))
            .select(received_activities::id)
            .first(self.conn)
            .optional()?;
        Ok(found.is_some())
    }

    /// Who withdrew the item of ours with this id, and when, for those who could see it before.
    ///
    /// # Errors
    /// Those of the database.
    pub fn tombstone(&mut self, uri: &str) -> Result<Option<(String, i64)>, StoreError> {
        let found: Option<(String, i64)> = tombstones::table
            .inner_join(actors::table.on(actors::uri.eq(tombstones::actor_uri)))
            .filter(tombstones::uri.eq(uri).and(actors::local.eq(true)))
            .select((tombstones::actor_uri, tombstones::deleted_at))
            .first(self.conn)
            .optional()?;
        let Some(found) = found else { return Ok(None) };
        // By its service rather than by the item, which may have been published again as another.
        let service: i64 = services::table
            .inner_join(actors::table)
            .filter(actors::uri.eq(&found.0))
            .select(services::id)
            .first(self.conn)?;
        let sight = self.sight()?;
        let seen = sight.published.contains(&service) || sight.everything.contains(&service);
        Ok(seen.then_some(found))
    }

    /// Published entries of a service for its outbox, latest first: item URI and sort value, own
    /// items and announced ones.
    ///
    /// # Errors
    /// Those of the database.
    pub fn outbox(
        &mut self,
        service: i64,
        before: Option<super::Cursor>,
        limit: i64,
    ) -> Result<Vec<super::EntryView>, StoreError> {
        let seen = super::EntryQuery {
            services: Some(vec![service]),
            federated_only: true,
            after: before,
            limit,
            ..super::EntryQuery::default()
        };
        self.entries(&seen)
    }

    /// How many items the outbox of a service holds.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_outbox(&mut self, service: i64) -> Result<i64, StoreError> {
        let sight = self.sight()?;
        Ok(entries::table
            .inner_join(items::table)
            .filter(entries::service_id.eq(service).and(entries::state.eq("published")))
            .filter(entries::home.eq(true).or(entries::announce_uri.is_not_null()))
            .filter(super::conditions::visible(&sight, false))
            .count()
            .get_result(self.conn)?)
    }
}
