//! Items of others: created, changed, announced, taken back, deleted.

use super::actors::part_from;
use super::follows::note_taken_back;
use super::kept::keep_item;
use super::{Effect, RemoteItem, same_origin};
use crate::App;
use crate::content::next_start;
use crate::error::AppError;
use crate::flow::{Flow, source_turn};
use crate::outbound::host_of;
use maillage_store::Tx;
use maillage_store::rows::{ActorRow, ItemRow};
use std::collections::BTreeSet;

/// What came, by whom.
struct Arrived<'a> {
    /// The activity that brought it; none when it was fetched.
    activity: Option<&'a str>,
    /// Who told of it.
    bringer: &'a str,
    /// Whose it is.
    origin: &'a str,
    item: &'a RemoteItem,
    /// When it begins next, in milliseconds, where it takes place several times.
    next: Option<i64>,
}

impl App {
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

    /// An item that an actor we follow had named (see [`App::fetch_later`]) was fetched from its
    /// origin. Nothing happens when the announcement was taken back meanwhile.
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
        let kind = self.registry().get(&item.type_slug);
        let next = kind.and_then(|kind| next_start(kind, &item.fields, &item.frame, now.timestamp_millis()));
        self.writer()
            .run(move |tx| {
                if addresses.is_own(&item.uri) {
                    return Ok(Effect::Nothing);
                }
                let flow = Flow { addresses: &addresses, now };
                let arrived = Arrived {
                    activity: activity.as_deref(),
                    bringer: &bringer,
                    origin: &origin,
                    item: &item,
                    next,
                };
                arrived.take(tx, &flow)
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
        let is_itself = from == object;
        let (activity, from, object) = (activity.map(str::to_owned), from.to_owned(), object.to_owned());
        let (now, addresses) = (self.now(), self.addresses().clone());
        let effect = self
            .writer()
            .run(move |tx| {
                if addresses.is_own(&object) || !same_origin(&object, &from) {
                    return Err(AppError::forbidden());
                }
                let flow = Flow { addresses: &addresses, now };
                let millis = now.timestamp_millis();
                tx.take_turn(&format!("item:{object}"))?;
                let item = tx.item_by_uri(&object)?;
                if let Some(item) = &item
                    && tx.reads().actor_by_id(item.origin_actor_id)?.uri != from
                {
                    return Err(AppError::forbidden());
                }
                if let Some(activity) = &activity
                    && !tx.note_received(activity, &from, millis)?
                {
                    return Ok(Effect::Nothing);
                }
                if is_itself {
                    let parted = part_from(tx, &flow, &from)?;
                    return Ok(if parted { Effect::Done } else { Effect::Nothing });
                }
                match item {
                    Some(item) => {
                        tx.bury(&object, &from, millis)?;
                        flow.withdraw_received(tx, item, "retirée par son origine")?;
                        Ok(Effect::Done)
                    }
                    // It may come before what it deletes, from somebody whose items we take.
                    None if is_heard(tx, &from)? => {
                        tx.bury(&object, &from, millis)?;
                        Ok(Effect::Nothing)
                    }
                    None => Ok(Effect::Nothing),
                }
            })
            .await?;
        if is_itself && effect == Effect::Done {
            self.clear_gone_actors().await?;
        }
        Ok(effect)
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

    /// An announcement was taken back: entries that came by this announcer alone go. `announce` is
    /// the id of the Announce, where it is said: should that come later, it has no effect.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn announce_undone(
        &self,
        activity: &str,
        announcer: &str,
        object: &str,
        announce: Option<&str>,
    ) -> Result<Effect, AppError> {
        let (activity, announcer, object) = (activity.to_owned(), announcer.to_owned(), object.to_owned());
        let (announce, now, addresses) = (announce.map(str::to_owned), self.now(), self.addresses().clone());
        self.writer()
            .run(move |tx| {
                let flow = Flow { addresses: &addresses, now };
                let millis = now.timestamp_millis();
                tx.take_turn(&format!("item:{object}"))?;
                if !tx.note_received(&activity, &announcer, millis)? {
                    return Ok(Effect::Nothing);
                }
                note_taken_back(tx, announce.as_deref(), &announcer, millis)?;
                let source = match tx.reads().actor(&announcer) {
                    Err(maillage_store::StoreError::NotFound) => return Ok(Effect::Nothing),
                    found => found?,
                };
                // Its fetch may be queued, or under way: it brings nothing any more.
                let named = tx.forget_fetch(&object, source.id)?;
                let Some(item) = tx.item_by_uri(&object)? else {
                    return Ok(if named { Effect::Done } else { Effect::Nothing });
                };
                if item.origin_actor_id == source.id || !tx.forget_arrival(item.id, source.id)? {
                    return Ok(if named { Effect::Done } else { Effect::Nothing });
                }
                flow.decide(tx, &item, false, None)?;
                Ok(Effect::Done)
            })
            .await
    }
}

/// Whether anything of this actor is taken here.
fn is_heard(tx: &mut Tx<'_>, uri: &str) -> Result<bool, AppError> {
    match tx.reads().actor(uri) {
        Ok(actor) => Ok(!tx.reads().subscriptions_to(actor.id)?.is_empty()),
        Err(maillage_store::StoreError::NotFound) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

impl Arrived<'_> {
    fn take(&self, tx: &mut Tx<'_>, flow: &Flow<'_>) -> Result<Effect, AppError> {
        let millis = flow.now.timestamp_millis();
        if !same_origin(&self.item.uri, self.origin) {
            return Err(AppError::forbidden());
        }
        tx.take_turn(&format!("item:{}", self.item.uri))?;
        if let Some(activity) = self.activity
            && !tx.note_received(activity, self.bringer, millis)?
        {
            return Ok(Effect::Nothing);
        }
        let source = tx.reads().actor(self.bringer)?;
        let owner =
            if self.origin == self.bringer { source.clone() } else { tx.reads().actor(self.origin)? };
        for actor in BTreeSet::from([source.id, owner.id]) {
            tx.share_turn(&source_turn(actor))?;
        }
        let hosts = BTreeSet::from([host_of(&source.uri), host_of(&owner.uri)]);
        for host in hosts {
            if tx.reads().is_blocked(&host)? {
                return Ok(Effect::Nothing);
            }
        }
        tx.note_exchange(source.id, millis)?;
        // A late Create after its Delete is not carried out, nor what was announced and taken back.
        if tx.is_buried(&self.item.uri, &owner.uri)? || self.was_taken_back(tx, &source, &owner)? {
            return Ok(Effect::Nothing);
        }
        let subscribed = !tx.reads().subscriptions_to(source.id)?.is_empty();
        if !subscribed && tx.item_by_uri(&self.item.uri)?.is_none() {
            return Ok(Effect::Nothing);
        }
        let Some((item, changed)) = keep_item(tx, &owner, self.item, self.next, flow.now)? else {
            return Ok(Effect::Nothing);
        };
        let mut new_way = false;
        if subscribed {
            new_way |= self.note(tx, &item, &source, &owner, millis)?;
        }
        if source.id != owner.id && !tx.reads().subscriptions_to(owner.id)?.is_empty() {
            // It was fetched from the origin: who follows that one has it by this way too.
            new_way |= self.note(tx, &item, &owner, &owner, millis)?;
        }
        let touched = flow.decide(tx, &item, changed, None)?;
        Ok(if touched > 0 || new_way { Effect::Done } else { Effect::Nothing })
    }

    /// Whether what was fetched because somebody had named it is no longer named by them.
    fn was_taken_back(&self, tx: &mut Tx<'_>, source: &ActorRow, owner: &ActorRow) -> Result<bool, AppError> {
        let fetched_for_another = self.activity.is_none() && source.id != owner.id;
        Ok(fetched_for_another && !tx.is_named(&self.item.uri, source.id)?)
    }

    fn note(
        &self,
        tx: &mut Tx<'_>,
        item: &ItemRow,
        by: &ActorRow,
        owner: &ActorRow,
        now: i64,
    ) -> Result<bool, AppError> {
        let mut path = vec![owner.uri.as_str()];
        if by.id != owner.id {
            path.push(&by.uri);
        }
        let path = serde_json::to_string(&path).map_err(AppError::internal)?;
        Ok(tx.note_arrival(item.id, by.id, &path, now)?)
    }
}

impl Flow<'_> {
    /// A received item is withdrawn: no copy stays.
    pub(crate) fn withdraw_received(
        &self,
        tx: &mut Tx<'_>,
        mut item: ItemRow,
        reason: &str,
    ) -> Result<(), AppError> {
        let millis = self.now.timestamp_millis();
        item.withdrawn_at.get_or_insert(millis);
        item.updated_at = item.updated_at.max(millis);
        tx.save_item(&item)?;
        tx.forget_words(item.id)?;
        self.remove_copies(tx, &item, reason)
    }
}
