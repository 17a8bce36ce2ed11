//! What other servers tell us, already verified and understood: the only writer of received things.
//! The id of the activity is noted in the transaction of its effect; the same one again changes nothing.

use crate::App;
use crate::address::new_uid;
use crate::content;
use crate::error::AppError;
use crate::flow::{Arrival, distribute, remove_copies};
use chrono::{DateTime, Utc};
use maillage_domain::event::DomainEvent;
use maillage_domain::field::Fields;
use maillage_domain::item::{ItemCore, ItemFrame};
use maillage_domain::service::Visibility;
use maillage_domain::subscription::FollowState;
use maillage_domain::workflow::EntryState;
use maillage_store::Tx;
use maillage_store::rows::{ActorRow, FollowerRow, ItemRow};

/// A remote actor as its own document describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoteActor {
    /// Its id.
    pub uri: String,
    /// ActivityStreams type: `Service`, `Application`, `Person`…
    pub kind: String,
    /// `preferredUsername`.
    pub username: String,
    /// Host of its id, with the port where there is one.
    pub host: String,
    /// Display name, plain text.
    pub name: String,
    /// Description, clean HTML.
    pub summary: String,
    /// Page for people.
    pub url: Option<String>,
    /// Inbox.
    pub inbox: String,
    /// Shared inbox of its server.
    pub shared_inbox: Option<String>,
    /// Outbox.
    pub outbox: Option<String>,
    /// Followers collection.
    pub followers: Option<String>,
    /// URI of its public key.
    pub key_id: String,
    /// Public key, PEM.
    pub public_key: String,
    /// The document as it came.
    pub raw: String,
}

/// A remote item as its origin's document describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoteItem {
    /// Its permanent id.
    pub uri: String,
    /// Page for people, on its origin.
    pub url: String,
    /// Service type: from the extension, else guessed from the ActivityStreams type.
    pub type_slug: String,
    /// Typed fields, from the extension; empty for other software.
    pub fields: Fields,
    /// What lists and rules need, HTML already clean.
    pub core: ItemCore,
    /// Language, licence, time zone.
    pub frame: ItemFrame,
    /// Who publishes it, in words.
    pub organisation: String,
    /// Territory of who publishes it: a place code, or empty.
    pub publisher_place: String,
    /// Whether it may be shown to everybody, or to members of the services that took it.
    pub visibility: Visibility,
    /// When it was published.
    pub published: Option<DateTime<Utc>>,
    /// When it last changed.
    pub updated: Option<DateTime<Utc>>,
    /// Version at its origin; 0 where other software says none.
    pub version: i64,
    /// The object as it came.
    pub raw: String,
}

/// What an activity changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It was carried out.
    Done,
    /// It was known already, or nothing here is concerned: nothing changed.
    Nothing,
}

impl App {
    /// Keeps a remote actor, or what has changed of it; answers its row.
    ///
    /// # Errors
    /// [`AppError::Unavailable`], [`AppError::Internal`].
    pub async fn keep_actor(&self, actor: RemoteActor) -> Result<ActorRow, AppError> {
        let now = self.now();
        self.writer().run(move |tx| keep_actor(tx, &actor, now)).await
    }

    /// What is kept of an actor.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is not known.
    pub async fn known_actor(&self, uri: &str) -> Result<ActorRow, AppError> {
        let uri = uri.to_owned();
        Ok(self.system().run(move |reads| reads.actor(&uri)).await?)
    }

    /// The actor whose key has this id.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is not known.
    pub async fn known_key(&self, key_id: &str) -> Result<ActorRow, AppError> {
        let key_id = key_id.to_owned();
        Ok(self.system().run(move |reads| reads.actor_by_key(&key_id)).await?)
    }

    /// Whether an activity was accepted before.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn was_received(&self, activity: &str) -> Result<bool, AppError> {
        let activity = activity.to_owned();
        Ok(self.system().run(move |reads| reads.was_received(&activity)).await?)
    }

    /// Somebody asks to follow one of our services. Public services accept at once; network-only
    /// ones leave it to their managers.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such service, or a private one.
    pub async fn followed(&self, activity: &str, follower: &str, followed: &str) -> Result<Effect, AppError> {
        let (activity, follower, followed) = (activity.to_owned(), follower.to_owned(), followed.to_owned());
        let now = self.now();
        self.writer()
            .run(move |tx| {
                let millis = now.timestamp_millis();
                let actor = tx.reads().actor(&follower)?;
                let local = tx.reads().actor(&followed)?;
                let service = tx.reads().service_of_actor(local.id)?;
                if !tx.note_received(&activity, &follower, millis)? {
                    return Ok(Effect::Nothing);
                }
                let public = service.visibility == Visibility::Public.as_str();
                let existing = tx.reads().follower_of(service.id, actor.id)?;
                let state = match &existing {
                    Some(row) if row.state == FollowState::Accepted.as_str() => FollowState::Accepted,
                    _ if public => FollowState::Accepted,
                    _ => FollowState::Pending,
                };
                let mut row = existing.unwrap_or_else(|| FollowerRow {
                    id: 0,
                    uid: new_uid(now),
                    service_id: service.id,
                    actor_id: actor.id,
                    follow_uri: String::new(),
                    state: String::new(),
                    created_at: millis,
                });
                row.follow_uri.clone_from(&activity);
                row.state = state.as_str().to_owned();
                if row.id == 0 {
                    row.id = tx.insert_follower(&row)?;
                } else {
                    tx.save_follower(&row)?;
                }
                if state == FollowState::Accepted {
                    tx.record(&DomainEvent::FollowerAccepted { follower: row.id }, millis)?;
                }
                Ok(Effect::Done)
            })
            .await
    }

    /// Somebody no longer follows one of our services.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such service.
    pub async fn unfollowed(
        &self,
        activity: &str,
        follower: &str,
        followed: &str,
    ) -> Result<Effect, AppError> {
        let (activity, follower, followed) = (activity.to_owned(), follower.to_owned(), followed.to_owned());
        let now = self.now();
        self.writer()
            .run(move |tx| {
                let actor = tx.reads().actor(&follower)?;
                let local = tx.reads().actor(&followed)?;
                let service = tx.reads().service_of_actor(local.id)?;
                if !tx.note_received(&activity, &follower, now.timestamp_millis())? {
                    return Ok(Effect::Nothing);
                }
                match tx.reads().follower_of(service.id, actor.id)? {
                    Some(row) => {
                        tx.delete_follower(row.id)?;
                        Ok(Effect::Done)
                    }
                    None => Ok(Effect::Nothing),
                }
            })
            .await
    }

    /// Somebody takes back a Follow of which only the id is given.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn follow_withdrawn(
        &self,
        activity: &str,
        follower: &str,
        follow: &str,
    ) -> Result<Effect, AppError> {
        let (activity, follower, follow) = (activity.to_owned(), follower.to_owned(), follow.to_owned());
        let now = self.now();
        self.writer()
            .run(move |tx| {
                let actor = tx.reads().actor(&follower)?;
                if !tx.note_received(&activity, &follower, now.timestamp_millis())? {
                    return Ok(Effect::Nothing);
                }
                match tx.reads().follower_by_follow(&follow, actor.id)? {
                    Some(row) => {
                        tx.delete_follower(row.id)?;
                        Ok(Effect::Done)
                    }
                    None => Ok(Effect::Nothing),
                }
            })
            .await
    }

    /// The answer to one of our follows, by the followed actor itself. An answer to a follow that
    /// was never sent is ignored.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] when somebody else answers.
    pub async fn follow_answered(
        &self,
        activity: &str,
        from: &str,
        follow: &str,
        accepted: bool,
    ) -> Result<Effect, AppError> {
        let (activity, from, follow_uri) = (activity.to_owned(), from.to_owned(), follow.to_owned());
        let now = self.now();
        self.writer()
            .run(move |tx| {
                let millis = now.timestamp_millis();
                let Ok(mut follow) = tx.reads().follow(&follow_uri) else { return Ok(Effect::Nothing) };
                let followed = tx.reads().actor_by_id(follow.actor_id)?;
                if followed.uri != from {
                    return Err(AppError::forbidden());
                }
                if !tx.note_received(&activity, &from, millis)? {
                    return Ok(Effect::Nothing);
                }
                follow.exchanged_at = Some(millis);
                if accepted {
                    follow.state = FollowState::Accepted.as_str().to_owned();
                    follow.backfill_next = None;
                    follow.backfill_pages = 0;
                    follow.backfill_full = true;
                    follow.backfill_due_at = Some(millis);
                } else {
                    follow.state = FollowState::Rejected.as_str().to_owned();
                    follow.backfill_due_at = None;
                }
                tx.save_follow(&follow)?;
                Ok(Effect::Done)
            })
            .await
    }

    /// An item was created or changed, told by its own origin or found in its outbox. `activity` is
    /// the activity that told it; none when it was fetched.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] when the item belongs to another actor.
    pub async fn item_received(
        &self,
        activity: Option<&str>,
        from: &str,
        item: RemoteItem,
    ) -> Result<Effect, AppError> {
        self.arrived(activity, from, from, item).await
    }

    /// An item was announced by an actor we follow; the item itself was fetched from its origin.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the origin is not known.
    pub async fn item_announced(
        &self,
        activity: Option<&str>,
        announcer: &str,
        origin: &str,
        item: RemoteItem,
    ) -> Result<Effect, AppError> {
        self.arrived(activity, announcer, origin, item).await
    }

    async fn arrived(
        &self,
        activity: Option<&str>,
        bringer: &str,
        origin: &str,
        item: RemoteItem,
    ) -> Result<Effect, AppError> {
        let (activity, bringer, origin) =
            (activity.map(str::to_owned), bringer.to_owned(), origin.to_owned());
        let (now, addresses) = (self.now(), self.addresses().clone());
        self.writer()
            .run(move |tx| {
                let millis = now.timestamp_millis();
                if addresses.is_own(&item.uri) {
                    return Ok(Effect::Nothing);
                }
                if let Some(activity) = &activity {
                    if !tx.note_received(activity, &bringer, millis)? {
                        return Ok(Effect::Nothing);
                    }
                }
                let source = tx.reads().actor(&bringer)?;
                let owner = tx.reads().actor(&origin)?;
                note_exchange(tx, source.id, millis)?;
                // A late Create after its Delete is not carried out.
                if tx.reads().tombstone(&item.uri)?.is_some() {
                    return Ok(Effect::Nothing);
                }
                if tx.reads().subscriptions_to(source.id)?.is_empty() {
                    return Ok(Effect::Nothing);
                }
                let Some((row, changed)) = keep_item(tx, &owner, &item, now)? else {
                    return Ok(Effect::Nothing);
                };
                let mut path = vec![origin.clone()];
                if bringer != origin {
                    path.push(bringer.clone());
                }
                let mut touched = distribute(
                    tx,
                    &addresses,
                    &Arrival { item: &row, source: source.id, changed, path },
                    now,
                )?;
                if changed && owner.id != source.id {
                    // Those who follow the origin itself learn of the change by this way too.
                    let direct =
                        Arrival { item: &row, source: owner.id, changed, path: vec![origin.clone()] };
                    touched += distribute(tx, &addresses, &direct, now)?;
                }
                Ok(if touched > 0 { Effect::Done } else { Effect::Nothing })
            })
            .await
    }

    /// An object was deleted by its owner: every copy goes, and it does not come back. An actor
    /// that deletes itself takes all of its items along.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] when somebody else deletes.
    pub async fn deleted(
        &self,
        activity: Option<&str>,
        from: &str,
        object: &str,
    ) -> Result<Effect, AppError> {
        let (activity, from, object) = (activity.map(str::to_owned), from.to_owned(), object.to_owned());
        let (now, addresses) = (self.now(), self.addresses().clone());
        self.writer()
            .run(move |tx| {
                let millis = now.timestamp_millis();
                let item = tx.item_by_uri(&object)?;
                if let Some(item) = &item {
                    let owner = tx.reads().actor_by_id(item.origin_actor_id)?;
                    if owner.uri != from || owner.local {
                        return Err(AppError::forbidden());
                    }
                }
                if let Some(activity) = &activity {
                    if !tx.note_received(activity, &from, millis)? {
                        return Ok(Effect::Nothing);
                    }
                }
                if from == object {
                    return actor_gone(tx, &from);
                }
                tx.bury(&object, &from, millis)?;
                let Some(mut item) = item else { return Ok(Effect::Nothing) };
                item.withdrawn_at = Some(millis);
                item.updated_at = millis;
                tx.save_item(&item)?;
                remove_copies(tx, &addresses, &item, "retirée par son origine", now)?;
                Ok(Effect::Done)
            })
            .await
    }

    /// The origin of an item, asked by ourselves, says that it is gone.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn gone_at_origin(&self, object: &str) -> Result<Effect, AppError> {
        let uri = object.to_owned();
        let owner = self
            .writer()
            .run(move |tx| {
                let Some(item) = tx.item_by_uri(&uri)? else { return Ok::<_, AppError>(None) };
                let owner = tx.reads().actor_by_id(item.origin_actor_id)?;
                Ok((!owner.local).then_some(owner.uri))
            })
            .await?;
        match owner {
            Some(owner) => self.deleted(None, &owner, object).await,
            None => Ok(Effect::Nothing),
        }
    }

    /// An announcement was taken back: entries that came by this announcer alone go.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn announce_undone(
        &self,
        activity: &str,
        announcer: &str,
        object: &str,
    ) -> Result<Effect, AppError> {
        let (activity, announcer, object) = (activity.to_owned(), announcer.to_owned(), object.to_owned());
        let (now, addresses) = (self.now(), self.addresses().clone());
        self.writer()
            .run(move |tx| {
                let millis = now.timestamp_millis();
                if !tx.note_received(&activity, &announcer, millis)? {
                    return Ok(Effect::Nothing);
                }
                let source = tx.reads().actor(&announcer)?;
                let Some(item) = tx.item_by_uri(&object)? else { return Ok(Effect::Nothing) };
                let by: Vec<i64> =
                    tx.reads().subscriptions_to(source.id)?.into_iter().map(|row| row.id).collect();
                let mut effect = Effect::Nothing;
                for mut entry in tx.item_entries(item.id)? {
                    if entry.home || !entry.subscription_id.is_some_and(|id| by.contains(&id)) {
                        continue;
                    }
                    entry.state = EntryState::Withdrawn.as_str().to_owned();
                    entry.queued_at = None;
                    entry.decided_by = "relay".to_owned();
                    entry.updated_at = millis;
                    crate::flow::set_announced(tx, &addresses, &mut entry, &item, false, now)?;
                    tx.save_entry(&entry)?;
                    effect = Effect::Done;
                }
                Ok(effect)
            })
            .await
    }
}

pub(crate) fn keep_actor(
    tx: &mut Tx<'_>,
    actor: &RemoteActor,
    now: DateTime<Utc>,
) -> Result<ActorRow, AppError> {
    let millis = now.timestamp_millis();
    let known = tx.reads().actor(&actor.uri);
    let mut row = match known {
        Ok(row) if row.local => return Err(AppError::forbidden()),
        Ok(row) => row,
        Err(maillage_store::StoreError::NotFound) => ActorRow {
            id: 0,
            uid: new_uid(now),
            uri: actor.uri.clone(),
            local: false,
            kind: String::new(),
            username: String::new(),
            host: String::new(),
            name: String::new(),
            summary: String::new(),
            url: None,
            inbox: String::new(),
            shared_inbox: None,
            outbox: None,
            followers: None,
            key_id: String::new(),
            public_key: String::new(),
            raw: None,
            gone: false,
            created_at: millis,
            fetched_at: millis,
        },
        Err(error) => return Err(error.into()),
    };
    row.kind.clone_from(&actor.kind);
    row.username.clone_from(&actor.username);
    row.host.clone_from(&actor.host);
    row.name.clone_from(&actor.name);
    row.summary.clone_from(&actor.summary);
    row.url.clone_from(&actor.url);
    row.inbox.clone_from(&actor.inbox);
    row.shared_inbox.clone_from(&actor.shared_inbox);
    row.outbox.clone_from(&actor.outbox);
    row.followers.clone_from(&actor.followers);
    row.key_id.clone_from(&actor.key_id);
    row.public_key.clone_from(&actor.public_key);
    row.raw = Some(actor.raw.clone());
    row.gone = false;
    row.fetched_at = millis;
    if row.id == 0 {
        row.id = tx.insert_actor(&row)?;
    } else {
        tx.save_actor(&row)?;
    }
    Ok(row)
}

fn note_exchange(tx: &mut Tx<'_>, actor: i64, now: i64) -> Result<(), AppError> {
    if let Some(mut follow) = tx.reads().follow_of(actor)? {
        follow.exchanged_at = Some(now);
        tx.save_follow(&follow)?;
    }
    Ok(())
}

fn actor_gone(tx: &mut Tx<'_>, uri: &str) -> Result<Effect, AppError> {
    let Ok(mut actor) = tx.reads().actor(uri) else { return Ok(Effect::Nothing) };
    actor.gone = true;
    tx.save_actor(&actor)?;
    Ok(Effect::Done)
}

/// Writes a received item; answers its row and whether its content is new. None when what is held
/// is newer than what came.
fn keep_item(
    tx: &mut Tx<'_>,
    owner: &ActorRow,
    item: &RemoteItem,
    now: DateTime<Utc>,
) -> Result<Option<(ItemRow, bool)>, AppError> {
    let millis = now.timestamp_millis();
    let updated = item.updated.or(item.published).map_or(millis, |at| at.timestamp_millis());
    let known = tx.item_by_uri(&item.uri)?;
    if let Some(known) = &known {
        if known.origin_actor_id != owner.id {
            return Err(AppError::forbidden());
        }
        let older = if item.version > 0 { item.version < known.version } else { updated < known.updated_at };
        if older || known.withdrawn_at.is_some() {
            return Ok(None);
        }
    }
    let mut row = known.unwrap_or_else(|| new_item(owner, item, now));
    let before = row.content_hash.clone();
    content::fill(&mut row, &item.core, &item.fields, &item.frame)?;
    // Other software has no typed fields: its content is what distinguishes versions.
    row.content_hash = crate::secret::digest(&format!(
        "{}\n{}\n{}\n{}",
        row.content_hash, row.title, row.summary, row.content
    ));
    row.url.clone_from(&item.url);
    row.type_slug.clone_from(&item.type_slug);
    row.organisation_name.clone_from(&item.organisation);
    row.visibility = item.visibility.as_str().to_owned();
    row.version = if item.version > 0 { item.version } else { row.version + 1 };
    row.updated_at = updated;
    let changed = before != row.content_hash;
    if row.id == 0 {
        row.id = tx.insert_item(&row)?;
    } else {
        tx.save_item(&row)?;
    }
    tx.keep_source(row.id, &item.raw, millis)?;
    content::index(tx, row.id, &item.core, &item.publisher_place)?;
    Ok(Some((row, changed)))
}

fn new_item(owner: &ActorRow, item: &RemoteItem, now: DateTime<Utc>) -> ItemRow {
    let millis = now.timestamp_millis();
    ItemRow {
        id: 0,
        uid: new_uid(now),
        uri: item.uri.clone(),
        url: item.url.clone(),
        home_service_id: None,
        origin_actor_id: owner.id,
        organisation_name: String::new(),
        type_slug: item.type_slug.clone(),
        visibility: String::new(),
        title: String::new(),
        title_folded: String::new(),
        summary: String::new(),
        content: String::new(),
        source_url: None,
        language: String::new(),
        licence: String::new(),
        timezone: String::new(),
        fields: String::new(),
        starts_at: None,
        ends_at: None,
        dated: None,
        version: 0,
        content_hash: String::new(),
        // Scheduled or wrong clocks elsewhere do not put an item ahead of ours.
        published_at: Some(item.published.map_or(millis, |at| at.timestamp_millis().min(millis))),
        updated_at: millis,
        created_at: millis,
        withdrawn_at: None,
    }
}
