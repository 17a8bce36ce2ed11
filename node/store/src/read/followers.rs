//! Reads of followers over several services at once, for the pages of the federation.

use super::{FollowerView, Reads};
use crate::error::StoreError;
use crate::rows::{ActorRow, FollowerRow};
use crate::schema::{actors, followers, items};
use diesel::prelude::*;

/// Which followers a list holds. Empty parts do not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowerQuery {
    /// Only of this service.
    pub service: Option<i64>,
    /// Only in this state.
    pub state: Option<&'static str>,
    /// Go on after the follower with this key.
    pub after: Option<i64>,
    /// At most as many; 0 for 50.
    pub limit: i64,
}

/// The list without order and limit: followers of services that the viewer moderates.
macro_rules! listed {
    ($reads:expr, $asked:expr) => {{
        let seen = $reads.sight()?.everything;
        let mut query = followers::table
            .inner_join(actors::table)
            .filter(followers::service_id.eq_any(seen))
            .into_boxed::<super::Db>();
        if let Some(service) = $asked.service {
            query = query.filter(followers::service_id.eq(service));
        }
        if let Some(state) = $asked.state {
            query = query.filter(followers::state.eq(state));
        }
        query
    }};
}

impl Reads<'_> {
    /// Followers of the services that the viewer moderates, latest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn listed_followers(&mut self, asked: &FollowerQuery) -> Result<Vec<FollowerView>, StoreError> {
        let mut query = listed!(self, asked);
        if let Some(after) = asked.after {
            query = query.filter(followers::id.lt(after));
        }
        let limit = if asked.limit <= 0 { 50 } else { asked.limit.min(500) };
        let rows: Vec<(FollowerRow, ActorRow)> = query
            .order(followers::id.desc())
            .limit(limit)
            .select((FollowerRow::as_select(), ActorRow::as_select()))
            .load(self.conn)?;
        Ok(rows.into_iter().map(|(follower, actor)| FollowerView { follower, actor }).collect())
    }

    /// How many followers such a list holds.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_listed_followers(&mut self, asked: &FollowerQuery) -> Result<i64, StoreError> {
        Ok(listed!(self, asked).count().get_result(self.conn)?)
    }

    /// Titles of items by key, for administrators: what deliveries are about.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn item_titles(&mut self, ids: &[i64]) -> Result<Vec<(i64, String)>, StoreError> {
        self.administrators_only()?;
        Ok(items::table
            .filter(items::id.eq_any(ids.to_vec()))
            .select((items::id, items::title))
            .load(self.conn)?)
    }
}
