//! Writes about how items come: arrivals, fetches, what was received and what is buried.

use super::Tx;
use crate::dialect;
use crate::error::StoreError;
use crate::rows::{ArrivalRow, EntryRow, FetchRow, ItemRow, SubscriptionRow};
use crate::schema::{
    actors, arrivals, entries, fetches, follows, item_sources, items, received_activities, subscriptions,
    tombstones,
};
use diesel::prelude::*;

impl Tx<'_> {
    /// Notes that an item came by an actor; answers whether that, or the way, is new.
    ///
    /// # Errors
    /// Those of the database.
    pub fn note_arrival(&mut self, item: i64, source: i64, path: &str, now: i64) -> Result<bool, StoreError> {
        let row = ArrivalRow {
            id: 0,
            item_id: item,
            source_actor_id: source,
            path: path.to_owned(),
            created_at: now,
        };
        if dialect::insert_arrival(self.conn, &row)? {
            return Ok(true);
        }
        let other_way = arrivals::table
            .filter(arrivals::item_id.eq(item).and(arrivals::source_actor_id.eq(source)))
            .filter(arrivals::path.ne(path));
        Ok(diesel::update(other_way).set(arrivals::path.eq(path)).execute(self.conn)? > 0)
    }

    /// The actors by which an item has come.
    ///
    /// # Errors
    /// Those of the database.
    pub fn arrivals_of(&mut self, item: i64) -> Result<Vec<ArrivalRow>, StoreError> {
        Ok(arrivals::table
            .filter(arrivals::item_id.eq(item))
            .order(arrivals::id)
            .select(ArrivalRow::as_select())
            .load(self.conn)?)
    }

    /// Arrivals by an actor of items with keys above this one, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub fn arrivals_by(
        &mut self,
        source: i64,
        after: i64,
        limit: i64,
    ) -> Result<Vec<ArrivalRow>, StoreError> {
        Ok(arrivals::table
            .filter(arrivals::source_actor_id.eq(source).and(arrivals::item_id.gt(after)))
            .order(arrivals::item_id)
            .limit(limit)
            .select(ArrivalRow::as_select())
            .load(self.conn)?)
    }

    /// An actor no longer brings an item; answers whether it did.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_arrival(&mut self, item: i64, source: i64) -> Result<bool, StoreError> {
        let this =
            arrivals::table.filter(arrivals::item_id.eq(item).and(arrivals::source_actor_id.eq(source)));
        Ok(diesel::delete(this).execute(self.conn)? > 0)
    }

    /// Nobody brings an item any more: its origin has withdrawn it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_arrivals_of(&mut self, item: i64) -> Result<(), StoreError> {
        diesel::delete(arrivals::table.filter(arrivals::item_id.eq(item))).execute(self.conn)?;
        Ok(())
    }

    /// Nothing is heard of this actor any more.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_arrivals_by(&mut self, source: i64) -> Result<(), StoreError> {
        diesel::delete(arrivals::table.filter(arrivals::source_actor_id.eq(source))).execute(self.conn)?;
        diesel::delete(fetches::table.filter(fetches::bringer_id.eq(source))).execute(self.conn)?;
        Ok(())
    }

    /// A subscription whose items are still to be decided on anew, if any.
    ///
    /// # Errors
    /// Those of the database.
    pub fn subscription_to_redecide(&mut self) -> Result<Option<SubscriptionRow>, StoreError> {
        Ok(subscriptions::table
            .filter(subscriptions::redecide_after.is_not_null())
            .order(subscriptions::id)
            .select(SubscriptionRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// Writes down how far a subscription's items have been decided on anew; none when all have been.
    ///
    /// # Errors
    /// Those of the database.
    pub fn set_redecided(&mut self, subscription: i64, after: Option<i64>) -> Result<(), StoreError> {
        diesel::update(subscriptions::table.find(subscription))
            .set(subscriptions::redecide_after.eq(after))
            .execute(self.conn)?;
        Ok(())
    }

    /// Entries that a subscription decides on.
    ///
    /// # Errors
    /// Those of the database.
    pub fn entries_by(
        &mut self,
        service: i64,
        subscription: i64,
        limit: i64,
    ) -> Result<Vec<EntryRow>, StoreError> {
        Ok(entries::table
            .filter(entries::service_id.eq(service).and(entries::subscription_id.eq(subscription)))
            .order(entries::id)
            .limit(limit)
            .select(EntryRow::as_select())
            .load(self.conn)?)
    }

    /// Items of others that an actor has passed on.
    ///
    /// # Errors
    /// Those of the database.
    pub fn relayed_by(&mut self, actor: i64) -> Result<Vec<ItemRow>, StoreError> {
        Ok(arrivals::table
            .inner_join(items::table)
            .filter(arrivals::source_actor_id.eq(actor).and(items::origin_actor_id.ne(actor)))
            .order(items::id)
            .select(ItemRow::as_select())
            .load(self.conn)?)
    }

    /// Items not withdrawn whose actor has deleted itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn standing_items_of_the_gone(&mut self, limit: i64) -> Result<Vec<ItemRow>, StoreError> {
        Ok(items::table
            .inner_join(actors::table)
            .filter(actors::gone.eq(true).and(actors::local.eq(false)))
            .filter(items::withdrawn_at.is_null())
            .order(items::id)
            .limit(limit)
            .select(ItemRow::as_select())
            .load(self.conn)?)
    }

    /// Received items that are shown here, whose origin we do not follow, so that it tells us
    /// nothing, and after which nobody has looked since a moment; each counts as looked after now.
    ///
    /// # Errors
    /// Those of the database.
    pub fn take_unwatched(&mut self, before: i64, now: i64, limit: i64) -> Result<Vec<ItemRow>, StoreError> {
        let followed = follows::table
            .filter(follows::actor_id.eq(items::origin_actor_id).and(follows::state.eq("accepted")));
        let shown = entries::table
            .filter(entries::item_id.eq(items::id).and(entries::home.eq(false)))
            .filter(entries::state.eq("published"));
        let found: Vec<ItemRow> = item_sources::table
            .inner_join(items::table)
            .filter(item_sources::checked_at.lt(before))
            .filter(items::withdrawn_at.is_null())
            .filter(diesel::dsl::not(diesel::dsl::exists(followed)))
            .filter(diesel::dsl::exists(shown))
            .order(item_sources::checked_at)
            .limit(limit)
            .select(ItemRow::as_select())
            .load(self.conn)?;
        let ids: Vec<i64> = found.iter().map(|item| item.id).collect();
        diesel::update(item_sources::table.filter(item_sources::item_id.eq_any(ids)))
            .set(item_sources::checked_at.eq(now))
            .execute(self.conn)?;
        Ok(found)
    }

    /// Notes that something was heard of an actor that we follow.
    ///
    /// # Errors
    /// Those of the database.
    pub fn note_exchange(&mut self, actor: i64, now: i64) -> Result<(), StoreError> {
        // Once a minute is enough, and saves the write on all but the first of many.
        let stale = follows::exchanged_at.is_null().or(follows::exchanged_at.lt(now - 60_000));
        diesel::update(follows::table.filter(follows::actor_id.eq(actor)).filter(stale))
            .set(follows::exchanged_at.eq(now))
            .execute(self.conn)?;
        Ok(())
    }

    /// Queues the fetch of an object, named by an actor. One that is queued already becomes due anew,
    /// and is told from the one that a worker may just be at.
    ///
    /// # Errors
    /// Those of the database.
    pub fn fetch_later(&mut self, object: &str, bringer: i64, now: i64) -> Result<(), StoreError> {
        self.touches("fetches");
        let queued: Option<FetchRow> = fetches::table
            .filter(fetches::object_uri.eq(object).and(fetches::bringer_id.eq(bringer)))
            .select(FetchRow::as_select())
            .first(self.conn)
            .optional()?;
        if let Some(row) = queued {
            diesel::update(fetches::table.find(row.id))
                .set((fetches::due_at.eq(now.min(row.due_at - 1)), fetches::attempts.eq(0)))
                .execute(self.conn)?;
            return Ok(());
        }
        let row = FetchRow {
            id: 0,
            object_uri: object.to_owned(),
            bringer_id: bringer,
            attempts: 0,
            due_at: now,
            last_error: None,
            created_at: now,
        };
        diesel::insert_into(fetches::table).values(&row).execute(self.conn)?;
        Ok(())
    }

    /// Whether an actor has named this object and not taken that back: its fetch is queued.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_named(&mut self, object: &str, bringer: i64) -> Result<bool, StoreError> {
        let found: Option<i64> = fetches::table
            .filter(fetches::object_uri.eq(object).and(fetches::bringer_id.eq(bringer)))
            .select(fetches::id)
            .first(self.conn)
            .optional()?;
        Ok(found.is_some())
    }

    /// An actor takes back that it named an object; answers whether its fetch was queued.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_fetch(&mut self, object: &str, bringer: i64) -> Result<bool, StoreError> {
        let this = fetches::table.filter(fetches::object_uri.eq(object).and(fetches::bringer_id.eq(bringer)));
        Ok(diesel::delete(this).execute(self.conn)? > 0)
    }

    /// Writes the state of a fetch, unless the object was named again since it was claimed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn save_fetch(&mut self, claimed: &FetchRow, row: &FetchRow) -> Result<(), StoreError> {
        let unchanged = fetches::table
            .filter(fetches::id.eq(row.id))
            .filter(fetches::attempts.eq(claimed.attempts).and(fetches::due_at.eq(claimed.due_at)));
        diesel::update(unchanged).set(row).execute(self.conn)?;
        Ok(())
    }

    /// Ends a fetch, unless the object was named again since it was claimed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn end_fetch(&mut self, claimed: &FetchRow) -> Result<(), StoreError> {
        let unchanged = fetches::table
            .filter(fetches::id.eq(claimed.id))
            .filter(fetches::attempts.eq(claimed.attempts).and(fetches::due_at.eq(claimed.due_at)));
        diesel::delete(unchanged).execute(self.conn)?;
        Ok(())
    }

    /// Notes an accepted activity; answers whether it was not known before.
    ///
    /// # Errors
    /// Those of the database.
    pub fn note_received(&mut self, uri: &str, actor: &str, now: i64) -> Result<bool, StoreError> {
        dialect::insert_received(self.conn, uri, actor, now)
    }

    /// Forgets accepted activities from before a moment.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_received(&mut self, before: i64) -> Result<usize, StoreError> {
        let old = received_activities::table.filter(received_activities::received_at.lt(before));
        Ok(diesel::delete(old).execute(self.conn)?)
    }

    /// Notes that an object was deleted by this actor, so that it does not come back from it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn bury(&mut self, uri: &str, actor: &str, now: i64) -> Result<(), StoreError> {
        let theirs = tombstones::table.filter(tombstones::uri.eq(uri).and(tombstones::actor_uri.eq(actor)));
        let changed = diesel::update(theirs).set(tombstones::deleted_at.eq(now)).execute(self.conn)?;
        if changed == 0 {
            let row =
                (tombstones::uri.eq(uri), tombstones::actor_uri.eq(actor), tombstones::deleted_at.eq(now));
            diesel::insert_into(tombstones::table).values(row).execute(self.conn)?;
        }
        Ok(())
    }

    /// Whether this actor has deleted the object.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_buried(&mut self, uri: &str, actor: &str) -> Result<bool, StoreError> {
        let found: Option<i64> = tombstones::table
            .filter(tombstones::uri.eq(uri).and(tombstones::actor_uri.eq(actor)))
            .select(tombstones::id)
            .first(self.conn)
            .optional()?;
        Ok(found.is_some())
    }
}
