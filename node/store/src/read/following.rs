//! Reads of who follows whom: followers, our follows, subscriptions, and what is due to be fetched.

use super::Reads;
use crate::error::StoreError;
use crate::rows::{ActorRow, FetchRow, FollowRow, FollowerRow, ServiceRow, SubscriptionRow};
use crate::schema::{actors, fetches, followers, follows, services, subscriptions};
use diesel::prelude::*;

/// A follower of one of our services.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowerView {
    /// The follow.
    pub follower: FollowerRow,
    /// Who follows.
    pub actor: ActorRow,
}

/// A subscription with what it follows.
#[derive(Debug, Clone, PartialEq)]
pub struct SubscriptionView {
    /// The subscription.
    pub subscription: SubscriptionRow,
    /// The followed actor.
    pub source: ActorRow,
    /// Our service that takes.
    pub service: ServiceRow,
    /// The follow that carries it; none when the source is our own.
    pub follow: Option<FollowRow>,
}

/// Our follow with the actor followed.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowView {
    /// The follow.
    pub follow: FollowRow,
    /// The followed actor.
    pub actor: ActorRow,
}

impl Reads<'_> {
    /// Followers of a service, latest first; for those who moderate it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn followers(&mut self, service: i64) -> Result<Vec<FollowerView>, StoreError> {
        if !self.works_in(service) {
            return Err(StoreError::NotFound);
        }
        let rows: Vec<(FollowerRow, ActorRow)> = followers::table
            .inner_join(actors::table)
            .filter(followers::service_id.eq(service))
            .order(followers::id.desc())
            .select((FollowerRow::as_select(), ActorRow::as_select()))
            .load(self.conn)?;
        Ok(rows.into_iter().map(|(follower, actor)| FollowerView { follower, actor }).collect())
    }

    /// Followers of a service, latest first, after the one with this key; for those who moderate it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn followers_after(
        &mut self,
        service: i64,
        after: Option<i64>,
        limit: i64,
    ) -> Result<Vec<FollowerView>, StoreError> {
        if !self.works_in(service) {
            return Err(StoreError::NotFound);
        }
        let asked = super::FollowerQuery { service: Some(service), after, limit, ..Default::default() };
        self.listed_followers(&asked)
    }

    /// How many accepted followers a service has.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_followers(&mut self, service: i64) -> Result<i64, StoreError> {
        Ok(followers::table
            .filter(followers::service_id.eq(service).and(followers::state.eq("accepted")))
            .count()
            .get_result(self.conn)?)
    }

    /// A follower by its public id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the viewer does not moderate the service.
    pub fn follower(&mut self, uid: &str) -> Result<FollowerView, StoreError> {
        let (follower, actor): (FollowerRow, ActorRow) = followers::table
            .inner_join(actors::table)
            .filter(followers::uid.eq(uid))
            .select((FollowerRow::as_select(), ActorRow::as_select()))
            .first(self.conn)?;
        if self.works_in(follower.service_id) {
            Ok(FollowerView { follower, actor })
        } else {
            Err(StoreError::NotFound)
        }
    }

    /// A follower by its key; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn follower_by_id(&mut self, id: i64) -> Result<FollowerView, StoreError> {
        self.system_only()?;
        let (follower, actor): (FollowerRow, ActorRow) = followers::table
            .inner_join(actors::table)
            .filter(followers::id.eq(id))
            .select((FollowerRow::as_select(), ActorRow::as_select()))
            .first(self.conn)?;
        Ok(FollowerView { follower, actor })
    }

    /// The follow of an actor on a service, if any; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn follower_of(&mut self, service: i64, actor: i64) -> Result<Option<FollowerRow>, StoreError> {
        self.system_only()?;
        Ok(followers::table
            .filter(followers::service_id.eq(service).and(followers::actor_id.eq(actor)))
            .select(FollowerRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// The follower whose Follow has this id; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn follower_by_follow(
        &mut self,
        follow: &str,
        actor: i64,
    ) -> Result<Option<FollowerRow>, StoreError> {
        self.system_only()?;
        Ok(followers::table
            .filter(followers::follow_uri.eq(follow).and(followers::actor_id.eq(actor)))
            .select(FollowerRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// Our follow of an actor, if any.
    ///
    /// # Errors
    /// Those of the database.
    pub fn follow_of(&mut self, actor: i64) -> Result<Option<FollowRow>, StoreError> {
        Ok(follows::table
            .filter(follows::actor_id.eq(actor))
            .select(FollowRow::as_select())
            .first(self.conn)
            .optional()?)
    }

    /// Our follow with this URI.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn follow(&mut self, uri: &str) -> Result<FollowRow, StoreError> {
        Ok(follows::table.filter(follows::uri.eq(uri)).select(FollowRow::as_select()).first(self.conn)?)
    }

    /// Our follow with this key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn follow_by_id(&mut self, id: i64) -> Result<FollowView, StoreError> {
        let (follow, actor): (FollowRow, ActorRow) = follows::table
            .inner_join(actors::table)
            .filter(follows::id.eq(id))
            .select((FollowRow::as_select(), ActorRow::as_select()))
            .first(self.conn)?;
        Ok(FollowView { follow, actor })
    }

    /// Every follow of ours; for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn follows(&mut self) -> Result<Vec<FollowView>, StoreError> {
        self.administrators_only()?;
        let rows: Vec<(FollowRow, ActorRow)> = follows::table
            .inner_join(actors::table)
            .order(follows::id)
            .select((FollowRow::as_select(), ActorRow::as_select()))
            .load(self.conn)?;
        Ok(rows.into_iter().map(|(follow, actor)| FollowView { follow, actor }).collect())
    }

    /// Follows whose outbox is due to be read back.
    ///
    /// # Errors
    /// Those of the database.
    pub fn due_backfills(&mut self, now: i64, limit: i64) -> Result<Vec<FollowView>, StoreError> {
        self.system_only()?;
        let rows: Vec<(FollowRow, ActorRow)> = follows::table
            .inner_join(actors::table)
            .filter(follows::state.eq("accepted"))
            .filter(follows::backfill_due_at.le(now))
            .order(follows::backfill_due_at)
            .limit(limit)
            .select((FollowRow::as_select(), ActorRow::as_select()))
            .load(self.conn)?;
        Ok(rows.into_iter().map(|(follow, actor)| FollowView { follow, actor }).collect())
    }

    /// Objects whose fetch is due, with who named them, but those of the spared hosts (written as in
    /// an address, with the port where there is one); for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn due_fetches(
        &mut self,
        now: i64,
        spared: &[String],
        limit: i64,
    ) -> Result<Vec<(FetchRow, ActorRow)>, StoreError> {
        self.system_only()?;
        let mut query = fetches::table
            .inner_join(actors::table)
            .filter(fetches::due_at.le(now))
            .into_boxed::<super::Db>();
        for host in spared {
            // No host has a sign that LIKE reads otherwise.
            let host: String = host.chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
            query = query.filter(fetches::object_uri.not_like(format!("%://{host}/%")));
        }
        Ok(query
            .order((fetches::due_at, fetches::id))
            .limit(limit)
            .select((FetchRow::as_select(), ActorRow::as_select()))
            .load(self.conn)?)
    }

    /// Subscriptions of the services that the viewer moderates, latest first.
    ///
    /// # Errors
    /// Those of the database.
    pub fn subscriptions(&mut self, service: Option<i64>) -> Result<Vec<SubscriptionView>, StoreError> {
        let everything = self.sight()?.everything;
        let mut query = subscriptions::table
            .inner_join(actors::table)
            .filter(subscriptions::service_id.eq_any(everything))
            .into_boxed::<super::Db>();
        if let Some(service) = service {
            query = query.filter(subscriptions::service_id.eq(service));
        }
        let rows: Vec<(SubscriptionRow, ActorRow)> = query
            .order(subscriptions::id.desc())
            .select((SubscriptionRow::as_select(), ActorRow::as_select()))
            .load(self.conn)?;
        rows.into_iter().map(|(subscription, source)| self.subscription_view(subscription, source)).collect()
    }

    fn subscription_view(
        &mut self,
        subscription: SubscriptionRow,
        source: ActorRow,
    ) -> Result<SubscriptionView, StoreError> {
        let service =
            services::table.find(subscription.service_id).select(ServiceRow::as_select()).first(self.conn)?;
        let follow = self.follow_of(source.id)?;
        Ok(SubscriptionView { subscription, source, service, follow })
    }

    /// One subscription by its public id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the viewer does not moderate the service.
    pub fn subscription(&mut self, uid: &str) -> Result<SubscriptionView, StoreError> {
        let (subscription, source): (SubscriptionRow, ActorRow) = subscriptions::table
            .inner_join(actors::table)
            .filter(subscriptions::uid.eq(uid))
            .select((SubscriptionRow::as_select(), ActorRow::as_select()))
            .first(self.conn)?;
        if !self.works_in(subscription.service_id) {
            return Err(StoreError::NotFound);
        }
        self.subscription_view(subscription, source)
    }

    /// Subscriptions to an actor, for the node itself.
    ///
    /// # Errors
    /// Those of the database.
    pub fn subscriptions_to(&mut self, actor: i64) -> Result<Vec<SubscriptionRow>, StoreError> {
        self.system_only()?;
        Ok(subscriptions::table
            .filter(subscriptions::source_actor_id.eq(actor))
            .order(subscriptions::id)
            .select(SubscriptionRow::as_select())
            .load(self.conn)?)
    }
}
