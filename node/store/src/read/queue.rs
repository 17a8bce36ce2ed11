//! Reads of the delivery queue: which inboxes can be sent to now.

use super::Reads;
use crate::error::StoreError;
use crate::schema::{activities, deliveries};
use diesel::dsl::min;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// States of a delivery that is still to be made. `parked` is one whose server is taken for dead: it
/// keeps its place and is tried from time to time.
pub(crate) const OPEN: [&str; 2] = ["due", "parked"];

/// Keys that one query is asked for: SQLite takes 32,766 values.
const KEYS: usize = 10_000;

/// How many inboxes of one host are written to at once, by one process, and at how many its workers
/// are already.
#[derive(Debug, Clone, Default)]
pub struct HostShare {
    /// At most so many of each host; as many as there are when none is said.
    pub most: Option<usize>,
    /// Inboxes of each host that are being written to.
    pub busy: HashMap<String, usize>,
}

impl HostShare {
    /// Takes a place of a host, where there is one.
    fn take(&mut self, host: &str) -> bool {
        let Some(most) = self.most else { return true };
        let taken = self.busy.entry(host.to_owned()).or_default();
        *taken += 1;
        *taken <= most
    }
}

impl Reads<'_> {
    /// Inboxes that can be sent to, the longest waiting first, and of each host its share: those whose
    /// oldest open delivery is due and that no worker is at. What stands behind the oldest waits for
    /// it, so that what one inbox is told keeps its order. For the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn ready_inboxes(
        &mut self,
        now: i64,
        mut share: HostShare,
        limit: usize,
    ) -> Result<Vec<String>, StoreError> {
        self.system_only()?;
        let mut oldest: Vec<i64> = Vec::new();
        for state in OPEN {
            let heads: Vec<Option<i64>> = deliveries::table
                .filter(deliveries::state.eq(state))
                .group_by(deliveries::inbox)
                .select(min(deliveries::id))
                .load(self.conn)?;
            oldest.extend(heads.into_iter().flatten());
        }
        oldest.sort_unstable();
        let mut heads: Vec<(String, String, i64, Option<i64>)> = Vec::new();
        for keys in oldest.chunks(KEYS) {
            let found: Vec<(String, String, i64, Option<i64>)> = deliveries::table
                .filter(deliveries::id.eq_any(keys.to_vec()))
                .order(deliveries::id)
                .select((deliveries::inbox, deliveries::host, deliveries::due_at, deliveries::claimed_until))
                .load(self.conn)?;
            heads.extend(found);
        }
        // An inbox with rows in both states has two heads; the older one speaks for it.
        let mut seen = HashSet::new();
        heads.retain(|(inbox, ..)| seen.insert(inbox.clone()));
        Ok(heads
            .into_iter()
            .filter(|(_, host, due_at, claimed)| {
                *due_at <= now && claimed.is_none_or(|until| until < now) && share.take(host)
            })
            .map(|(inbox, ..)| inbox)
            .take(limit)
            .collect())
    }

    /// Inboxes that an actor has told of an item, or is about to, whoever follows it now; for the node
    /// itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn inboxes_told(&mut self, actor: i64, item: i64) -> Result<BTreeSet<String>, StoreError> {
        self.system_only()?;
        let told: Vec<String> = deliveries::table
            .inner_join(activities::table)
            .filter(activities::item_id.eq(item).and(activities::actor_id.eq(actor)))
            .filter(deliveries::state.eq_any(["delivered", "due", "parked"]))
            .select(deliveries::inbox)
            .distinct()
            .load(self.conn)?;
        Ok(told.into_iter().collect())
    }

    /// How many deliveries to a host are still to be made; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn open_deliveries_to(&mut self, host: &str) -> Result<i64, StoreError> {
        self.system_only()?;
        Ok(deliveries::table
            .filter(deliveries::host.eq(host).and(deliveries::state.eq_any(OPEN)))
            .count()
            .get_result(self.conn)?)
    }
}
