//! Writes of the delivery queue.

use super::Tx;
use crate::dialect;
use crate::error::StoreError;
use crate::read::OPEN;
use crate::rows::DeliveryRow;
use crate::schema::{activities, actors, deliveries, fetches, followers, follows, items};
use diesel::prelude::*;

/// Deliveries of one inbox that one claim takes at most, so that a long queue leaves room for others.
const FOR_ONE_INBOX: i64 = 20;

impl Tx<'_> {
    /// Stores deliveries; those that are there already stay as they are.
    ///
    /// # Errors
    /// Those of the database.
    pub fn insert_deliveries(&mut self, rows: Vec<DeliveryRow>) -> Result<(), StoreError> {
        self.touches("deliveries");
        dialect::insert_deliveries(self.conn, rows)
    }

    /// Takes deliveries that are due, to inboxes that were found ready: of each the oldest ones,
    /// unless another worker has come before. Each is claimed until `until`.
    ///
    /// # Errors
    /// Those of the database.
    pub fn claim_deliveries(
        &mut self,
        now: i64,
        until: i64,
        ready: &[String],
        limit: i64,
    ) -> Result<Vec<DeliveryRow>, StoreError> {
        self.take_turn("deliveries")?;
        let mut claimed: Vec<DeliveryRow> = Vec::new();
        let mut room = limit;
        for inbox in ready {
            if room <= 0 {
                break;
            }
            let rows: Vec<DeliveryRow> = deliveries::table
                .filter(deliveries::inbox.eq(inbox))
                .filter(deliveries::state.eq(OPEN[0]).or(deliveries::state.eq(OPEN[1])))
                .order(deliveries::id)
                .limit(FOR_ONE_INBOX.min(room))
                .select(DeliveryRow::as_select())
                .load(self.conn)?;
            let free =
                |row: &DeliveryRow| row.due_at <= now && row.claimed_until.is_none_or(|until| until < now);
            let ready: Vec<DeliveryRow> = rows.into_iter().take_while(free).collect();
            room -= i64::try_from(ready.len()).unwrap_or(i64::MAX);
            claimed.extend(ready);
        }
        let ids: Vec<i64> = claimed.iter().map(|row| row.id).collect();
        diesel::update(deliveries::table.filter(deliveries::id.eq_any(ids)))
            .set(deliveries::claimed_until.eq(until))
            .execute(self.conn)?;
        Ok(claimed)
    }

    /// Writes the outcome of a delivery.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn save_delivery(&mut self, row: &DeliveryRow) -> Result<(), StoreError> {
        self.touches("deliveries");
        let changed = diesel::update(deliveries::table.find(row.id)).set(row).execute(self.conn)?;
        if changed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }

    /// Gives a claimed delivery back untried.
    ///
    /// # Errors
    /// Those of the database.
    pub fn release_delivery(&mut self, id: i64) -> Result<(), StoreError> {
        self.touches("deliveries");
        diesel::update(deliveries::table.find(id))
            .set(deliveries::claimed_until.eq(None::<i64>))
            .execute(self.conn)?;
        Ok(())
    }

    /// Gives back everything that is claimed, by whomever; answers how many deliveries.
    ///
    /// # Errors
    /// Those of the database.
    pub fn release_all_deliveries(&mut self) -> Result<usize, StoreError> {
        self.touches("deliveries");
        let claimed = deliveries::table.filter(deliveries::claimed_until.is_not_null());
        let open = claimed.filter(deliveries::state.eq_any(OPEN));
        Ok(diesel::update(open).set(deliveries::claimed_until.eq(None::<i64>)).execute(self.conn)?)
    }

    /// Makes everything that waits for a host due at once, what is parked too; answers how many
    /// deliveries.
    ///
    /// # Errors
    /// Those of the database.
    pub fn make_due(&mut self, host: &str, now: i64) -> Result<usize, StoreError> {
        self.touches("deliveries");
        let waiting = deliveries::table
            .filter(deliveries::host.eq(host))
            .filter(deliveries::state.eq_any(OPEN))
            .filter(deliveries::due_at.gt(now).or(deliveries::state.eq("parked")));
        Ok(diesel::update(waiting)
            .set((deliveries::state.eq("due"), deliveries::due_at.eq(now)))
            .execute(self.conn)?)
    }

    /// Parks everything that waits for a host: it keeps its order and its place.
    ///
    /// # Errors
    /// Those of the database.
    pub fn park(&mut self, host: &str) -> Result<usize, StoreError> {
        let waiting = deliveries::table.filter(deliveries::host.eq(host)).filter(deliveries::state.eq("due"));
        Ok(diesel::update(waiting).set(deliveries::state.eq("parked")).execute(self.conn)?)
    }

    /// Ends the open deliveries to an inbox that were queued before a moment, with this state.
    ///
    /// # Errors
    /// Those of the database.
    pub fn end_deliveries(
        &mut self,
        inbox: &str,
        before: i64,
        state: &str,
        now: i64,
    ) -> Result<usize, StoreError> {
        let open = deliveries::table
            .filter(deliveries::inbox.eq(inbox).and(deliveries::state.eq_any(OPEN)))
            .filter(deliveries::created_at.lt(before));
        Ok(diesel::update(open)
            .set((
                deliveries::state.eq(state),
                deliveries::ended_at.eq(now),
                deliveries::claimed_until.eq(None::<i64>),
            ))
            .execute(self.conn)?)
    }

    /// Forgets an inbox that is gone for good: who is written to there follows us no more, and what
    /// we asked of them is refused.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_inbox(&mut self, inbox: &str) -> Result<(), StoreError> {
        let written_to: Vec<i64> = actors::table
            .filter(actors::local.eq(false))
            .filter(actors::inbox.eq(inbox).nullable().or(actors::shared_inbox.eq(inbox)))
            .select(actors::id)
            .load(self.conn)?;
        diesel::delete(followers::table.filter(followers::actor_id.eq_any(written_to))).execute(self.conn)?;
        let answered: Vec<i64> = actors::table
            .filter(actors::local.eq(false).and(actors::inbox.eq(inbox)))
            .select(actors::id)
            .load(self.conn)?;
        let asked =
            follows::table.filter(follows::actor_id.eq_any(answered)).filter(follows::state.eq("pending"));
        diesel::update(asked).set(follows::state.eq("rejected")).execute(self.conn)?;
        Ok(())
    }

    fn touches_what_waits(&mut self) {
        ["deliveries", "fetches", "follows"].into_iter().for_each(|table| self.touches(table));
    }

    /// The clock has gone back by so many milliseconds: what waits does not wait longer for it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn clock_stepped_back(&mut self, back: i64, now: i64) -> Result<(), StoreError> {
        self.touches_what_waits();
        let open = deliveries::state.eq_any(OPEN);
        diesel::update(deliveries::table.filter(open.and(deliveries::due_at.gt(now))))
            .set(deliveries::due_at.eq(deliveries::due_at - back))
            .execute(self.conn)?;
        diesel::update(deliveries::table.filter(deliveries::claimed_until.gt(now)))
            .set(deliveries::claimed_until.eq(deliveries::claimed_until - back))
            .execute(self.conn)?;
        diesel::update(fetches::table.filter(fetches::due_at.gt(now)))
            .set(fetches::due_at.eq(fetches::due_at - back))
            .execute(self.conn)?;
        diesel::update(follows::table.filter(follows::backfill_due_at.gt(now)))
            .set(follows::backfill_due_at.eq(follows::backfill_due_at - back))
            .execute(self.conn)?;
        Ok(())
    }

    /// Makes due what is dated later than anything that waits can be: the clock went back while
    /// nobody looked.
    ///
    /// # Errors
    /// Those of the database.
    pub fn pull_back(&mut self, latest: i64, now: i64) -> Result<(), StoreError> {
        self.touches_what_waits();
        diesel::update(
            deliveries::table.filter(deliveries::state.eq_any(OPEN)).filter(deliveries::due_at.gt(latest)),
        )
        .set(deliveries::due_at.eq(now))
        .execute(self.conn)?;
        diesel::update(fetches::table.filter(fetches::due_at.gt(latest)))
            .set(fetches::due_at.eq(now))
            .execute(self.conn)?;
        diesel::update(follows::table.filter(follows::backfill_due_at.gt(latest)))
            .set(follows::backfill_due_at.eq(now))
            .execute(self.conn)?;
        Ok(())
    }

    /// Forgets deliveries that ended before a moment; answers how many. Those about an item that
    /// stands are kept: who was told of it is to be told when it goes.
    ///
    /// # Errors
    /// Those of the database.
    pub fn forget_ended_deliveries(&mut self, before: i64, limit: i64) -> Result<usize, StoreError> {
        let standing = activities::table
            .inner_join(items::table.on(activities::item_id.eq(items::id.nullable())))
            .filter(activities::id.eq(deliveries::activity_id).and(items::withdrawn_at.is_null()));
        let old: Vec<i64> = deliveries::table
            .filter(deliveries::state.ne_all(OPEN))
            .filter(deliveries::ended_at.lt(before))
            .filter(diesel::dsl::not(diesel::dsl::exists(standing)))
            .limit(limit)
            .select(deliveries::id)
            .load(self.conn)?;
        Ok(diesel::delete(deliveries::table.filter(deliveries::id.eq_any(old))).execute(self.conn)?)
    }
}
