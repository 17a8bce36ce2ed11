//! Reads of what we send: activities, deliveries, the servers they go to, events still to be told.

use super::Reads;
use crate::error::StoreError;
use crate::rows::{ActivityRow, DeliveryRow, EventRow, PeerRow};
use crate::schema::{activities, actors, deliveries, events, followers, items, peers};
use diesel::prelude::*;
use std::collections::BTreeSet;

/// A delivery with its activity.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryView {
    /// The delivery.
    pub delivery: DeliveryRow,
    /// What is delivered.
    pub activity: ActivityRow,
}

/// Which deliveries a list holds. Empty parts do not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliveryQuery {
    /// Only this state.
    pub state: Option<String>,
    /// Only those to this host.
    pub host: Option<String>,
    /// Only those about this item, by its key.
    pub item: Option<i64>,
    /// Go on after the delivery with this key.
    pub after: Option<i64>,
}

impl Reads<'_> {
    /// An activity of ours that was addressed to everybody. One that carries an item is readable as
    /// long as the item is: not after its withdrawal.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn public_activity(&mut self, uri: &str) -> Result<ActivityRow, StoreError> {
        let standing = items::table
            .filter(items::uri.eq(activities::object_uri))
            .filter(items::withdrawn_at.is_null().and(items::visibility.eq("public")));
        Ok(activities::table
            .filter(activities::uri.eq(uri).and(activities::public.eq(true)))
            .filter(
                activities::item_id
                    .is_null()
                    .or(activities::kind.ne_all(["Create", "Update"]))
                    .or(diesel::dsl::exists(standing)),
            )
            .select(ActivityRow::as_select())
            .first(self.conn)?)
    }

    /// Deliveries, latest first, for administrators: of one state, or of one item.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn deliveries(
        &mut self,
        state: Option<&str>,
        item: Option<i64>,
        limit: i64,
    ) -> Result<Vec<DeliveryView>, StoreError> {
        let asked = DeliveryQuery { state: state.map(str::to_owned), item, ..DeliveryQuery::default() };
        self.listed_deliveries(&asked, limit)
    }

    /// Deliveries, latest first, for administrators.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn listed_deliveries(
        &mut self,
        asked: &DeliveryQuery,
        limit: i64,
    ) -> Result<Vec<DeliveryView>, StoreError> {
        self.administrators_only()?;
        let mut query = deliveries::table.inner_join(activities::table).into_boxed::<super::Db>();
        if let Some(state) = &asked.state {
            query = query.filter(deliveries::state.eq(state.clone()));
        }
        if let Some(host) = &asked.host {
            query = query.filter(deliveries::host.eq(host.clone()));
        }
        if let Some(item) = asked.item {
            query = query.filter(activities::item_id.eq(item));
        }
        if let Some(after) = asked.after {
            query = query.filter(deliveries::id.lt(after));
        }
        let rows: Vec<(DeliveryRow, ActivityRow)> = query
            .order(deliveries::id.desc())
            .limit(limit)
            .select((DeliveryRow::as_select(), ActivityRow::as_select()))
            .load(self.conn)?;
        Ok(rows.into_iter().map(|(delivery, activity)| DeliveryView { delivery, activity }).collect())
    }

    /// How many deliveries are in each state, for administrators.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn count_deliveries(&mut self) -> Result<Vec<(String, i64)>, StoreError> {
        self.administrators_only()?;
        Ok(deliveries::table
            .group_by(deliveries::state)
            .select((deliveries::state, diesel::dsl::count_star()))
            .load(self.conn)?)
    }

    /// One delivery by its public id, for administrators.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delivery(&mut self, uid: &str) -> Result<DeliveryRow, StoreError> {
        self.administrators_only()?;
        Ok(deliveries::table
            .filter(deliveries::uid.eq(uid))
            .select(DeliveryRow::as_select())
            .first(self.conn)?)
    }

    /// One delivery with its activity, for administrators.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delivery_view(&mut self, uid: &str) -> Result<DeliveryView, StoreError> {
        self.administrators_only()?;
        let (delivery, activity) = deliveries::table
            .inner_join(activities::table)
            .filter(deliveries::uid.eq(uid))
            .select((DeliveryRow::as_select(), ActivityRow::as_select()))
            .first(self.conn)?;
        Ok(DeliveryView { delivery, activity })
    }

    /// Known servers, for administrators.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn peers(&mut self) -> Result<Vec<PeerRow>, StoreError> {
        self.administrators_only()?;
        Ok(peers::table.order(peers::host).select(PeerRow::as_select()).load(self.conn)?)
    }

    /// What is known of a server, if anything.
    ///
    /// # Errors
    /// Those of the database.
    pub fn peer(&mut self, host: &str) -> Result<Option<PeerRow>, StoreError> {
        Ok(peers::table
            .filter(peers::host.eq(host))
            .select(PeerRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// Whether nothing is to be exchanged with a host (with its port where there is one): it, the
    /// host whatever the port, or a domain above it is blocked.
    ///
    /// # Errors
    /// Those of the database.
    pub fn is_blocked(&mut self, host: &str) -> Result<bool, StoreError> {
        let host = host.to_lowercase();
        let (name, port) = match host.rsplit_once(':') {
            // Not inside the brackets of an IPv6 address.
            Some((name, port)) if !port.contains(']') => (name, Some(port)),
            _ => (host.as_str(), None),
        };
        let name = name.trim_end_matches('.');
        if let Some(port) = port
            && self.stands_blocked(&format!("{name}:{port}"))?
        {
            return Ok(true);
        }
        let mut rest = Some(name);
        while let Some(domain) = rest {
            if self.stands_blocked(domain)? {
                return Ok(true);
            }
            rest = domain.split_once('.').map(|(_, above)| above);
        }
        Ok(false)
    }

    /// Whether exactly this name is blocked. Asked name by name: a statement of one shape is kept
    /// ready, one with a list is not.
    fn stands_blocked(&mut self, name: &str) -> Result<bool, StoreError> {
        let found: Option<i64> = peers::table
            .filter(peers::host.eq(name).and(peers::blocked.eq(true)))
            .select(peers::id)
            .first(self.conn)
            .optional()?;
        Ok(found.is_some())
    }

    /// Domain events not yet handled, oldest first; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn pending_events(&mut self, limit: i64) -> Result<Vec<EventRow>, StoreError> {
        self.system_only()?;
        Ok(events::table
            .filter(events::handled_at.is_null())
            .order(events::id)
            .limit(limit)
            .select(EventRow::as_select())
            .load(self.conn)?)
    }

    /// Inboxes of the accepted followers of a service: the shared inbox where there is one, each
    /// once; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn follower_inboxes(&mut self, service: i64) -> Result<BTreeSet<String>, StoreError> {
        self.system_only()?;
        let rows: Vec<(String, Option<String>)> = followers::table
            .inner_join(actors::table)
            .filter(followers::service_id.eq(service).and(followers::state.eq("accepted")))
            .filter(actors::gone.eq(false))
            .select((actors::inbox, actors::shared_inbox))
            .load(self.conn)?;
        Ok(rows.into_iter().map(|(inbox, shared)| shared.unwrap_or(inbox)).collect())
    }
}
