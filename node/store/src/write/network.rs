//! Writes of the federation: actors, follows, events, activities and deliveries.

use super::Tx;
use crate::dialect;
use crate::error::StoreError;
use crate::rows::{
    ActivityRow, ActorRow, DeliveryRow, EventRow, FetchRow, FollowRow, FollowerRow, PeerRow, SubscriptionRow,
};
use crate::schema::{
    activities, actor_secrets, actors, deliveries, events, fetches, followers, follows, peers,
    received_activities, subscriptions, tombstones,
};
use diesel::prelude::*;
use maillage_domain::event::DomainEvent;

super::table_writes! {
    actors: insert_actor, save_actor, ActorRow;
    follows: insert_follow, save_follow, FollowRow;
    followers: insert_follower, save_follower, FollowerRow;
    subscriptions: insert_subscription, save_subscription, SubscriptionRow;
    activities: insert_activity, save_activity, ActivityRow;
    peers: insert_peer, save_peer, PeerRow;
}

impl Tx<'_> {
    /// Keeps the private key (PKCS#8 PEM) of one of our actors.
    ///
    /// # Errors
    /// Those of the database.
    pub fn keep_private_key(&mut self, actor: i64, pem: &str) -> Result<(), StoreError> {
        diesel::insert_into(actor_secrets::table)
            .values((actor_secrets::actor_id.eq(actor), actor_secrets::private_key.eq(pem)))
            .execute(self.conn)?;
        Ok(())
    }

    /// Stores a domain event, in the transaction that makes it true.
    ///
    /// # Errors
    /// Those of the database.
    pub fn record(&mut self, event: &DomainEvent, now: i64) -> Result<(), StoreError> {
        let payload = serde_json::to_string(event).map_err(|_| StoreError::corrupt("events.payload"))?;
        let row =
            EventRow { id: 0, kind: event.kind().to_owned(), payload, created_at: now, handled_at: None };
        diesel::insert_into(events::table).values(&row).execute(self.conn)?;
        Ok(())
    }

    /// Marks an event handled; answers whether it was not before.
    ///
    /// # Errors
    /// Those of the database.
    pub fn handle_event(&mut self, id: i64, now: i64) -> Result<bool, StoreError> {
        let open = events::table.filter(events::id.eq(id).and(events::handled_at.is_null()));
        Ok(diesel::update(open).set(events::handled_at.eq(now)).execute(self.conn)? > 0)
    }

    /// Stores deliveries; those that are there already stay as they are.
    ///
    /// # Errors
    /// Those of the database.
    pub fn insert_deliveries(&mut self, rows: Vec<DeliveryRow>) -> Result<(), StoreError> {
        dialect::insert_deliveries(self.conn, rows)
    }

    /// Takes deliveries that are due: of each inbox the oldest that is not ended, so that what one
    /// peer is told keeps its order. Each is claimed until `until`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claim_deliveries(
        &mut self,
        now: i64,
        until: i64,
        limit: i64,
    ) -> Result<Vec<DeliveryRow>, StoreError> {
        dialect::claim_deliveries(self.conn, now, until, limit)
    }

    /// Writes the outcome of a delivery.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn save_delivery(&mut self, row: &DeliveryRow) -> Result<(), StoreError> {
        let changed = diesel::update(deliveries::table.find(row.id)).set(row).execute(self.conn)?;
        if changed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Makes everything that waits for a host due at once; answers how many deliveries.
    ///
    /// # Errors
    /// Those of the database.
    pub fn make_due(&mut self, host: &str, now: i64) -> Result<usize, StoreError> {
        let waiting = deliveries::table
            .filter(deliveries::host.eq(host))
            .filter(deliveries::state.eq_any(["due", "parked"]))
            .filter(deliveries::due_at.gt(now));
        Ok(diesel::update(waiting)
            .set((deliveries::state.eq("due"), deliveries::due_at.eq(now)))
            .execute(self.conn)?)
    }

    /// Queues the fetch of an object, named by an actor.
    ///
    /// # Errors
    /// Those of the database.
    pub fn fetch_later(&mut self, object: &str, bringer: i64, now: i64) -> Result<(), StoreError> {
        let row = FetchRow {
            id: 0,
            object_uri: object.to_owned(),
            bringer_id: bringer,
            attempts: 0,
            due_at: now,
            last_error: None,
            created_at: now,
        };
        dialect::insert_fetch(self.conn, &row)
    }

    /// Writes the state of a fetch.
    ///
    /// # Errors
    /// Those of the database.
    pub fn save_fetch(&mut self, row: &FetchRow) -> Result<(), StoreError> {
        diesel::update(fetches::table.find(row.id)).set(row).execute(self.conn)?;
        Ok(())
    }

    /// Ends a fetch.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delete_fetch(&mut self, id: i64) -> Result<(), StoreError> {
        diesel::delete(fetches::table.find(id)).execute(self.conn)?;
        Ok(())
    }

    /// Takes a lease: the right to do what must be done once, until a time. True for one holder.
    ///
    /// # Errors
    /// Those of the database.
    pub fn take_lease(&mut self, name: &str, holder: &str, now: i64, until: i64) -> Result<bool, StoreError> {
        Ok(dialect::take_lease(self.conn, name, holder, now, until)?)
    }

    /// Has the outboxes of all that we follow read again, as far as they bring something new.
    ///
    /// # Errors
    /// Those of the database.
    pub fn catch_up(&mut self, now: i64) -> Result<usize, StoreError> {
        let idle =
            follows::table.filter(follows::state.eq("accepted")).filter(follows::backfill_due_at.is_null());
        let start = (
            follows::backfill_due_at.eq(now),
            follows::backfill_full.eq(false),
            follows::backfill_pages.eq(0),
            follows::backfill_next.eq(None::<String>),
        );
        Ok(diesel::update(idle).set(start).execute(self.conn)?)
    }

    /// Forgets an inbox that is gone: its actors get nothing more.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_inbox(&mut self, inbox: &str) -> Result<(), StoreError> {
        let served = actors::table.filter(actors::local.eq(false)).filter(actors::inbox.eq(inbox));
        diesel::update(served).set(actors::gone.eq(true)).execute(self.conn)?;
        Ok(())
    }

    /// The activity with this key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn activity(&mut self, id: i64) -> Result<ActivityRow, StoreError> {
        Ok(activities::table.find(id).select(ActivityRow::as_select()).first(self.conn)?)
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

    /// Notes that an object was deleted by its owner, so that it does not come back.
    ///
    /// # Errors
    /// Those of the database.
    pub fn bury(&mut self, uri: &str, actor: &str, now: i64) -> Result<(), StoreError> {
        let changed = diesel::update(tombstones::table.filter(tombstones::uri.eq(uri)))
            .set(tombstones::deleted_at.eq(now))
            .execute(self.conn)?;
        if changed == 0 {
            diesel::insert_into(tombstones::table)
                .values((
                    tombstones::uri.eq(uri),
                    tombstones::actor_uri.eq(actor),
                    tombstones::deleted_at.eq(now),
                ))
                .execute(self.conn)?;
        }
        Ok(())
    }

    /// Removes the tombstone of an own item that is published again.
    ///
    /// # Errors
    /// Those of the database.
    pub fn unbury(&mut self, uri: &str) -> Result<(), StoreError> {
        diesel::delete(tombstones::table.filter(tombstones::uri.eq(uri))).execute(self.conn)?;
        Ok(())
    }

    /// Ends one of our follows.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delete_follow(&mut self, id: i64) -> Result<(), StoreError> {
        diesel::delete(follows::table.find(id)).execute(self.conn)?;
        Ok(())
    }

    /// Ends one of our subscriptions.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delete_subscription(&mut self, id: i64) -> Result<(), StoreError> {
        diesel::delete(subscriptions::table.find(id)).execute(self.conn)?;
        Ok(())
    }

    /// Removes a follower.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delete_follower(&mut self, id: i64) -> Result<(), StoreError> {
        diesel::delete(followers::table.find(id)).execute(self.conn)?;
        Ok(())
    }

    /// The server with this host, made when it is new.
    ///
    /// # Errors
    /// Those of the database.
    pub fn peer_of(&mut self, host: &str, now: i64) -> Result<PeerRow, StoreError> {
        let found = peers::table
            .filter(peers::host.eq(host))
            .select(PeerRow::as_select())
            .first(self.conn)
            .optional()?;
        if let Some(peer) = found {
            return Ok(peer);
        }
        let mut row = PeerRow {
            id: 0,
            host: host.to_owned(),
            scheme: "cavage".to_owned(),
            failing_since: None,
            answered_at: None,
            blocked: false,
            created_at: now,
        };
        row.id = self.insert_peer(&row)?;
        Ok(row)
    }
}
