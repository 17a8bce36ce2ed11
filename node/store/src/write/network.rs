//! Writes of the federation: actors, follows, followers, events and activities.

use super::Tx;
use crate::dialect;
use crate::error::StoreError;
use crate::rows::{ActivityRow, ActorRow, EventRow, FollowRow, FollowerRow, PeerRow, SubscriptionRow};
use crate::schema::{activities, actor_secrets, events, followers, follows, peers, subscriptions};
use diesel::prelude::*;
use maillage_domain::event::DomainEvent;

super::table_writes! {
    actors: insert_actor, save_actor, ActorRow;
    follows: insert_follow, save_follow, FollowRow;
    activities: insert_activity, save_activity, ActivityRow;
    peers: insert_peer, save_peer, PeerRow;
}

super::audited_writes! {
    followers: insert_follower, save_follower, FollowerRow;
    subscriptions: insert_subscription, save_subscription, SubscriptionRow;
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
        self.touches("events");
        let payload = serde_json::to_string(event).map_err(|_| StoreError::corrupt("events.payload"))?;
        let row =
            EventRow { id: 0, kind: event.kind().to_owned(), payload, created_at: now, handled_at: None };
        diesel::insert_into(events::table).values(&row).execute(self.conn)?;
        Ok(())
    }

    /// Stores an event as a later edition of the program might have, for tests.
    ///
    /// # Errors
    /// Those of the database.
    #[cfg(any(test, feature = "testing"))]
    pub fn record_unreadable(&mut self, payload: &str, now: i64) -> Result<(), StoreError> {
        self.touches("events");
        let payload = payload.to_owned();
        let row = EventRow { id: 0, kind: "unknown".to_owned(), payload, created_at: now, handled_at: None };
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

    /// Waits until no other transaction works on the same subject, and keeps others waiting until
    /// this one ends; subjects are named by use cases, such as `item:…`. What was read before may
    /// have changed meanwhile: read after it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn take_turn(&mut self, subject: &str) -> Result<(), StoreError> {
        dialect::take_turn(self.conn, subject)
    }

    /// Works on a subject together with others that share it: only who takes a turn on it waits for
    /// them, and keeps them waiting.
    ///
    /// # Errors
    /// Those of the database.
    pub fn share_turn(&mut self, subject: &str) -> Result<(), StoreError> {
        dialect::share_turn(self.conn, subject)
    }

    /// Forgets events that were handled before a moment.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_handled_events(&mut self, before: i64) -> Result<usize, StoreError> {
        Ok(diesel::delete(events::table.filter(events::handled_at.lt(before))).execute(self.conn)?)
    }

    /// Whether an activity with this id is written down already.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_activity(&mut self, uri: &str) -> Result<bool, StoreError> {
        let found: Option<i64> = activities::table
            .filter(activities::uri.eq(uri))
            .select(activities::id)
            .first(self.conn)
            .optional()?;
        Ok(found.is_some())
    }

    /// Removes every follow that an actor has on our services, and ours on it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn part_from(&mut self, actor: i64) -> Result<(), StoreError> {
        diesel::delete(followers::table.filter(followers::actor_id.eq(actor))).execute(self.conn)?;
        diesel::delete(follows::table.filter(follows::actor_id.eq(actor))).execute(self.conn)?;
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
        self.touches("follows");
        let idle =
            follows::table.filter(follows::state.eq("accepted")).filter(follows::backfill_due_at.is_null());
        let start = (
            follows::backfill_due_at.eq(now),
            follows::backfill_full.eq(false),
            follows::backfill_pages.eq(0),
            follows::backfill_failures.eq(0),
            follows::backfill_next.eq(None::<String>),
        );
        Ok(diesel::update(idle).set(start).execute(self.conn)?)
    }

    /// The activity with this key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn activity(&mut self, id: i64) -> Result<ActivityRow, StoreError> {
        Ok(activities::table.find(id).select(ActivityRow::as_select()).first(self.conn)?)
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
        self.touches("subscriptions");
        let row = subscriptions::table.find(id).select(SubscriptionRow::as_select()).first(self.conn);
        let Some(before) = row.optional()? else { return Ok(()) };
        diesel::delete(subscriptions::table.find(id)).execute(self.conn)?;
        self.audit(Some(&before), None)
    }

    /// Removes a follower.
    ///
    /// # Errors
    /// Those of the database.
    pub fn delete_follower(&mut self, id: i64) -> Result<(), StoreError> {
        let row = followers::table.find(id).select(FollowerRow::as_select()).first(self.conn);
        let Some(before) = row.optional()? else { return Ok(()) };
        diesel::delete(followers::table.find(id)).execute(self.conn)?;
        self.audit(Some(&before), None)
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
