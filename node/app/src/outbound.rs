//! What has happened here and has to be told: stored events, made ready for the federation to put
//! into words, and the one transaction that queues what it has written.

use crate::App;
use crate::address::new_uid;
use crate::error::AppError;
use maillage_domain::event::DomainEvent;
use maillage_domain::field::Fields;
use maillage_domain::theme::Theme;
use maillage_store::StoreError;
use maillage_store::read::{EntryView, Reads};
use maillage_store::rows::{ActivityRow, ActorRow, DeliveryRow, ItemRow, PlaceRow, ServiceRow};
use std::collections::BTreeSet;
use url::Url;

/// A published item with everything its wire form is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedItem {
    /// The item.
    pub item: ItemRow,
    /// Its typed fields.
    pub fields: Fields,
    /// The service it stands in.
    pub service: ServiceRow,
    /// The actor it belongs to.
    pub actor: ActorRow,
    /// Its themes, with labels.
    pub themes: Vec<Theme>,
    /// Where it is held.
    pub held: Vec<PlaceRow>,
    /// Who is eligible: areas.
    pub eligible: Vec<PlaceRow>,
    /// Territory of who publishes it, or empty.
    pub publisher_place: String,
    /// Whether it is kept as it was, and no longer looked after.
    pub archived: bool,
}

/// What has to be told, to whom.
#[derive(Debug, Clone, PartialEq)]
pub enum Outbound {
    /// A new item.
    Create(Box<PublishedItem>),
    /// A changed item.
    Update(Box<PublishedItem>),
    /// A withdrawn item, by its id.
    Delete {
        /// The item.
        item: Box<ItemRow>,
        /// The actor it belonged to.
        actor: Box<ActorRow>,
    },
    /// A received item that one of our services passes on.
    Announce {
        /// The announcing service's actor.
        actor: Box<ActorRow>,
        /// The item.
        item: Box<ItemRow>,
        /// Id that the Announce is to have.
        uri: String,
    },
    /// An announcement that is taken back.
    UndoAnnounce {
        /// The announcing service's actor.
        actor: Box<ActorRow>,
        /// The item.
        item: Box<ItemRow>,
        /// Id of the Announce.
        uri: String,
    },
    /// A service whose own description has changed.
    UpdateActor {
        /// Its actor.
        actor: Box<ActorRow>,
        /// The service.
        service: Box<ServiceRow>,
    },
    /// A Follow by the node.
    Follow {
        /// The node's actor.
        actor: Box<ActorRow>,
        /// Who is to be followed.
        target: Box<ActorRow>,
        /// Id of the Follow.
        uri: String,
    },
    /// A Follow that is taken back.
    UndoFollow {
        /// The node's actor.
        actor: Box<ActorRow>,
        /// Who was followed.
        target: Box<ActorRow>,
        /// Id of the Follow.
        uri: String,
    },
    /// The answer to a follower.
    AnswerFollow {
        /// The followed service's actor.
        actor: Box<ActorRow>,
        /// Who follows.
        follower: Box<ActorRow>,
        /// Id of its Follow.
        uri: String,
        /// Accepted or refused.
        accepted: bool,
    },
}

/// One event that is to be told.
#[derive(Debug, Clone, PartialEq)]
pub struct PendingEvent {
    /// Key of the event.
    pub id: i64,
    /// What to tell; none when there is nothing left to tell.
    pub outbound: Option<Outbound>,
    /// Inboxes of those concerned, each once.
    pub inboxes: BTreeSet<String>,
}

/// An activity in its wire form, on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct OutgoingActivity {
    /// Its id.
    pub uri: String,
    /// Key of the actor that sends it.
    pub actor: i64,
    /// Its type.
    pub kind: String,
    /// Id of its object.
    pub object: String,
    /// Key of the item it is about.
    pub item: Option<i64>,
    /// Whether it is addressed to everybody.
    pub public: bool,
    /// JSON as it will be sent.
    pub body: String,
    /// Where to.
    pub inboxes: BTreeSet<String>,
}

impl App {
    /// A published item of ours, or one taken in, as a viewer sees it, ready for its wire form.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the viewer does not see it.
    pub fn published_item(reads: &mut Reads<'_>, view: EntryView) -> Result<PublishedItem, StoreError> {
        let known = reads.themes(&view.themes)?;
        let theme = |slug: &String| {
            known.iter().find(|theme| theme.slug == *slug).cloned().unwrap_or_else(|| Theme {
                slug: slug.clone(),
                label: maillage_domain::message::Message::new(slug, slug),
                ..Theme::default()
            })
        };
        let organisations = reads.organisations()?;
        let body = organisations.into_iter().find(|body| body.id == view.service.organisation_id);
        Ok(PublishedItem {
            fields: serde_json::from_str(&view.item.fields).unwrap_or_default(),
            themes: view.themes.iter().map(theme).collect(),
            held: in_order(reads.places(&view.places)?, &view.places),
            eligible: in_order(reads.places(&view.eligible)?, &view.eligible),
            archived: view.age.is_some_and(|age| age.archived_at.is_some()),
            publisher_place: body.and_then(|body| body.territory).unwrap_or_default(),
            actor: view.origin,
            item: view.item,
            service: view.service,
        })
    }

    /// Events that are still to be told, oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn pending_events(&self, limit: i64) -> Result<Vec<PendingEvent>, AppError> {
        let events = self.system().run(move |reads| {
            let rows = reads.pending_events(limit)?;
            rows.into_iter()
                .map(|row| {
                    let nothing = PendingEvent { id: row.id, outbound: None, inboxes: BTreeSet::new() };
                    let event: DomainEvent = match serde_json::from_str(&row.payload) {
                        Ok(event) => event,
                        Err(error) => {
                            // It would be as unreadable the next time, and others wait behind it.
                            tracing::error!(event = row.id, %error, "an event cannot be read and is left out");
                            return Ok(nothing);
                        }
                    };
                    match ready(reads, &event) {
                        Ok((outbound, inboxes)) => {
                            Ok(PendingEvent { id: row.id, outbound: Some(outbound), inboxes })
                        }
                        // What it was about is gone: nothing is left to tell.
                        Err(StoreError::NotFound) => Ok(nothing),
                        Err(error) => Err(error),
                    }
                })
                .collect::<Result<Vec<_>, StoreError>>()
        });
        Ok(events.await?)
    }

    /// Queues what an event has become, and marks it handled, in one transaction: done again, it
    /// changes nothing.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn fan_out(&self, event: i64, activities: Vec<OutgoingActivity>) -> Result<(), AppError> {
        let now = self.now();
        self.writer()
            .run(move |tx| {
                let millis = now.timestamp_millis();
                if !tx.handle_event(event, millis)? {
                    return Ok(());
                }
                for activity in &activities {
                    // What stands in an event has one id for ever: written down once, it is on its way.
                    if tx.has_activity(&activity.uri)? {
                        continue;
                    }
                    let id = tx.insert_activity(&ActivityRow {
                        id: 0,
                        uri: activity.uri.clone(),
                        actor_id: activity.actor,
                        kind: activity.kind.clone(),
                        object_uri: activity.object.clone(),
                        item_id: activity.item,
                        public: activity.public,
                        body: activity.body.clone(),
                        created_at: millis,
                    })?;
                    let delivery = |inbox: &String| DeliveryRow {
                        id: 0,
                        uid: new_uid(now),
                        activity_id: id,
                        inbox: inbox.clone(),
                        host: host_of(inbox),
                        state: "due".to_owned(),
                        attempts: 0,
                        due_at: millis,
                        claimed_until: None,
                        last_status: None,
                        last_error: None,
                        created_at: millis,
                        ended_at: None,
                    };
                    tx.insert_deliveries(activity.inboxes.iter().map(delivery).collect())?;
                }
                Ok(())
            })
            .await
    }
}

/// Host of a URL, with its port where there is one; empty for what is no URL.
#[must_use]
pub fn host_of(url: &str) -> String {
    let Ok(url) = Url::parse(url) else { return String::new() };
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Places in the order in which they were entered: the first one is where an event is held.
fn in_order(mut places: Vec<PlaceRow>, codes: &[String]) -> Vec<PlaceRow> {
    places.sort_by_key(|place| codes.iter().position(|code| *code == place.code));
    places
}

fn inbox_of(actor: &ActorRow) -> BTreeSet<String> {
    BTreeSet::from([actor.inbox.clone()])
}

/// What an event says, with whom it concerns.
fn ready(reads: &mut Reads<'_>, event: &DomainEvent) -> Result<(Outbound, BTreeSet<String>), StoreError> {
    Ok(match event {
        DomainEvent::ItemPublished { item, service } => {
            let published = Box::new(own_item(reads, *item, *service)?);
            (Outbound::Create(published), reads.follower_inboxes(*service)?)
        }
        DomainEvent::ItemUpdated { item, service } => {
            let published = Box::new(own_item(reads, *item, *service)?);
            (Outbound::Update(published), reads.follower_inboxes(*service)?)
        }
        DomainEvent::ItemWithdrawn { item, service, uri } => {
            let actor = service_actor(reads, *service)?;
            let inboxes = all_told(reads, &actor, *service, *item)?;
            let item = Box::new(ItemRow { uri: uri.clone(), ..reads.item(*item)? });
            (Outbound::Delete { item, actor }, inboxes)
        }
        DomainEvent::ItemAnnounced { item, service, entry, announce } => {
            // Taken back meanwhile: there is nothing left to announce.
            reads.announce_uri(*entry)?.ok_or(StoreError::NotFound)?;
            let uri = announce.clone();
            let item = Box::new(reads.item(*item)?);
            (
                Outbound::Announce { actor: service_actor(reads, *service)?, item, uri },
                reads.follower_inboxes(*service)?,
            )
        }
        DomainEvent::AnnounceUndone { item, service, announce, object } => {
            let (actor, uri) = (service_actor(reads, *service)?, announce.clone());
            let inboxes = all_told(reads, &actor, *service, *item)?;
            let item = Box::new(ItemRow { uri: object.clone(), ..reads.item(*item)? });
            (Outbound::UndoAnnounce { actor, item, uri }, inboxes)
        }
        DomainEvent::ServiceUpdated { service } => {
            let row = Box::new(reads.service_by_id(*service)?);
            (
                Outbound::UpdateActor { actor: service_actor(reads, *service)?, service: row },
                reads.follower_inboxes(*service)?,
            )
        }
        DomainEvent::FollowRequested { follow } => {
            let view = reads.follow_by_id(*follow)?;
            let (actor, inboxes) = (Box::new(reads.node_actor()?), inbox_of(&view.actor));
            (Outbound::Follow { actor, target: Box::new(view.actor), uri: view.follow.uri }, inboxes)
        }
        DomainEvent::FollowEnded { follow_uri, actor } => {
            let target = reads.actor_by_id(*actor)?;
            let inboxes = inbox_of(&target);
            let actor = Box::new(reads.node_actor()?);
            (Outbound::UndoFollow { actor, target: Box::new(target), uri: follow_uri.clone() }, inboxes)
        }
        DomainEvent::FollowerAccepted { follower } => {
            let view = reads.follower_by_id(*follower)?;
            let actor = service_actor(reads, view.follower.service_id)?;
            let inboxes = inbox_of(&view.actor);
            let uri = view.follower.follow_uri;
            (Outbound::AnswerFollow { actor, follower: Box::new(view.actor), uri, accepted: true }, inboxes)
        }
        DomainEvent::FollowerRejected { follow_uri, actor, service } => {
            let follower = Box::new(reads.actor_by_id(*actor)?);
            let inboxes = inbox_of(&follower);
            let actor = service_actor(reads, *service)?;
            (Outbound::AnswerFollow { actor, follower, uri: follow_uri.clone(), accepted: false }, inboxes)
        }
    })
}

/// Everybody who has a copy to remove: the followers of today, and those of before who were told.
fn all_told(
    reads: &mut Reads<'_>,
    actor: &ActorRow,
    service: i64,
    item: i64,
) -> Result<BTreeSet<String>, StoreError> {
    let mut inboxes = reads.follower_inboxes(service)?;
    inboxes.extend(reads.inboxes_told(actor.id, item)?);
    Ok(inboxes)
}

fn service_actor(reads: &mut Reads<'_>, service: i64) -> Result<Box<ActorRow>, StoreError> {
    let row = reads.service_by_id(service)?;
    Ok(Box::new(reads.actor_by_id(row.actor_id)?))
}

fn own_item(reads: &mut Reads<'_>, item: i64, service: i64) -> Result<PublishedItem, StoreError> {
    let view = reads.published_entry(item, service)?;
    App::published_item(reads, view)
}
