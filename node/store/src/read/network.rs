//! Reads of the federation: actors, follows, followers, subscriptions, deliveries, the outbox.

use super::Reads;
use crate::connection::DbConnection;
use crate::error::StoreError;
use crate::rows::{
    ActivityRow, ActorRow, DeliveryRow, EventRow, FetchRow, FollowRow, FollowerRow, ItemRow, PeerRow,
    ServiceRow, SubscriptionRow,
};
use crate::schema::{
    activities, actor_secrets, actors, deliveries, entries, events, fetches, followers, follows, items,
    peers, received_activities, services, subscriptions, tombstones,
};
use diesel::prelude::*;
use std::collections::BTreeSet;

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

/// Services that have accepted this actor as a follower: nodes follow, and sign what they fetch, as
/// their Application actor.
pub(super) fn approved_services(conn: &mut DbConnection, actor: &str) -> Result<BTreeSet<i64>, StoreError> {
    let ids: Vec<i64> = followers::table
        .inner_join(actors::table)
        .filter(actors::uri.eq(actor))
        .filter(followers::state.eq("accepted"))
        .select(followers::service_id)
        .load(conn)?;
    Ok(ids.into_iter().collect())
}

impl Reads<'_> {
    /// An actor by its URI.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn actor(&mut self, uri: &str) -> Result<ActorRow, StoreError> {
        Ok(actors::table.filter(actors::uri.eq(uri)).select(ActorRow::as_select()).first(self.conn)?)
    }

    /// An actor by its key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn actor_by_id(&mut self, id: i64) -> Result<ActorRow, StoreError> {
        Ok(actors::table.find(id).select(ActorRow::as_select()).first(self.conn)?)
    }

    /// The actor with this key id (the URI of its public key).
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn actor_by_key(&mut self, key_id: &str) -> Result<ActorRow, StoreError> {
        Ok(actors::table.filter(actors::key_id.eq(key_id)).select(ActorRow::as_select()).first(self.conn)?)
    }

    /// One of our own actors by its user name; actors of private services have no face outside.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn local_actor(&mut self, username: &str) -> Result<ActorRow, StoreError> {
        let row = actors::table
            .filter(actors::local.eq(true).and(actors::username.eq(username)))
            .select(ActorRow::as_select())
            .first(self.conn)?;
        self.with_a_face(row)
    }

    /// One of our own actors by its public id.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn local_actor_by_uid(&mut self, uid: &str) -> Result<ActorRow, StoreError> {
        let row = actors::table
            .filter(actors::local.eq(true).and(actors::uid.eq(uid)))
            .select(ActorRow::as_select())
            .first(self.conn)?;
        self.with_a_face(row)
    }

    fn with_a_face(&mut self, actor: ActorRow) -> Result<ActorRow, StoreError> {
        if actor.kind == "Service" && !self.is_system() {
            self.service_of_actor(actor.id)?;
        }
        Ok(actor)
    }

    /// The node's own Application actor.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] before the node is made.
    pub fn node_actor(&mut self) -> Result<ActorRow, StoreError> {
        Ok(actors::table
            .filter(actors::local.eq(true).and(actors::kind.eq("Application")))
            .order(actors::id)
            .select(ActorRow::as_select())
            .first(self.conn)?)
    }

    /// The private key (PKCS#8 PEM) of one of our actors; for the node itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn private_key(&mut self, actor: i64) -> Result<String, StoreError> {
        self.system_only()?;
        Ok(actor_secrets::table.find(actor).select(actor_secrets::private_key).first(self.conn)?)
    }

    pub(super) fn system_only(&self) -> Result<(), StoreError> {
        if self.is_system() { Ok(()) } else { Err(StoreError::NotFound) }
    }

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
        let mut asked: Vec<String> = port.map(|port| format!("{name}:{port}")).into_iter().collect();
        let mut rest = Some(name);
        while let Some(domain) = rest {
            asked.push(domain.to_owned());
            rest = domain.split_once('.').map(|(_, above)| above);
        }
        let found: Option<i64> = peers::table
            .filter(peers::blocked.eq(true).and(peers::host.eq_any(asked)))
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
            .filter(super::entries::visible(&sight))
            .count()
            .get_result(self.conn)?)
    }
}
