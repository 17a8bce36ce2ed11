//! Subscriptions: following a service, with a trust level and rules.

use crate::App;
use crate::address::new_uid;
use crate::caller::Caller;
use crate::content::{coordinates, todays_places};
use crate::error::AppError;
use crate::flow::source_turn;
use crate::inbound::{RemoteActor, keep_actor};
use crate::ports::Discovery;
use maillage_domain::event::DomainEvent;
use maillage_domain::place::PlaceCode;
use maillage_domain::role::Action;
use maillage_domain::rule::{Condition, RuleSet};
use maillage_domain::service::Visibility;
use maillage_domain::subscription::{FollowState, Handle, TrustLevel};
use maillage_store::Tx;
use maillage_store::read::Reads;
use maillage_store::rows::{ActorRow, FollowRow, PlaceRow, SubscriptionRow};
use std::collections::BTreeMap;

/// What is taken of a followed service, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct SubscriptionForm {
    /// What happens by default.
    pub trust: TrustLevel,
    /// Filter and exceptions.
    pub rules: RuleSet,
}

impl App {
    /// Subscribes one of our services to another, of this node or of any server, by its address.
    ///
    /// # Errors
    /// [`AppError::Remote`] when the address cannot be found; [`AppError::Forbidden`],
    /// [`AppError::Invalid`], [`AppError::Conflict`] (already subscribed).
    pub async fn subscribe(
        &self,
        caller: &Caller,
        discovery: &dyn Discovery,
        service: &str,
        handle: &Handle,
        form: SubscriptionForm,
    ) -> Result<SubscriptionRow, AppError> {
        // Nobody has this node ask another one without a right to what comes of it.
        let (asking, asked) = (caller.clone(), service.to_owned());
        self.writer()
            .run(move |tx| {
                let service = tx.reads().service(&asked)?;
                asking.may(tx, service.id, Action::Manage)
            })
            .await?;
        let remote = if handle.host == self.addresses().host() {
            None
        } else {
            Some(discovery.discover(handle).await?)
        };
        let (caller, slug, handle, app) = (caller.clone(), service.to_owned(), handle.clone(), self.clone());
        let row = self
            .writer()
            .run(move |tx| {
                let service = tx.reads().service(&slug)?;
                caller.may(tx, service.id, Action::Manage)?;
                let rules = ready(&mut tx.reads(), &form.rules)?;
                let source = match &remote {
                    Some(actor) => app.follow(tx, actor)?,
                    None => local_source(tx, &caller, &handle, service.actor_id)?,
                };
                tx.take_turn(&source_turn(source.id))?;
                let now = app.now();
                let mut row = SubscriptionRow {
                    id: 0,
                    uid: new_uid(now),
                    service_id: service.id,
                    source_actor_id: source.id,
                    trust: form.trust.as_str().to_owned(),
                    rules: serde_json::to_string(&rules).map_err(AppError::internal)?,
                    // What its source has brought already is decided on at once.
                    redecide_after: Some(0),
                    created_at: now.timestamp_millis(),
                    updated_at: now.timestamp_millis(),
                };
                row.id = match tx.insert_subscription(&row) {
                    Err(maillage_store::StoreError::Conflict { .. }) => {
                        return Err(AppError::conflict(
                            format!("Ce service suit déjà {handle}."),
                            format!("This service already follows {handle}."),
                        ));
                    }
                    other => other?,
                };
                Ok(row)
            })
            .await?;
        self.redecide_soon().await?;
        Ok(row)
    }

    /// Changes trust level and rules. What had been decided by people stays; the rest is decided
    /// anew at once, of very many items in the background.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`], [`AppError::NotFound`].
    pub async fn change_subscription(
        &self,
        caller: &Caller,
        uid: &str,
        form: SubscriptionForm,
    ) -> Result<SubscriptionRow, AppError> {
        let (caller, uid, app) = (caller.clone(), uid.to_owned(), self.clone());
        let row = self
            .writer()
            .run(move |tx| {
                let known = tx.reads().subscription(&uid)?.subscription;
                tx.take_turn(&format!("subscription:{}", known.id))?;
                tx.take_turn(&source_turn(known.source_actor_id))?;
                let mut row = tx.reads().subscription(&uid)?.subscription;
                caller.may(tx, row.service_id, Action::Manage)?;
                row.redecide_after = Some(0);
                row.trust = form.trust.as_str().to_owned();
                row.rules = serde_json::to_string(&ready(&mut tx.reads(), &form.rules)?)
                    .map_err(AppError::internal)?;
                row.updated_at = app.now().timestamp_millis();
                tx.save_subscription(&row)?;
                Ok::<_, AppError>(row)
            })
            .await?;
        self.redecide_soon().await?;
        Ok(row)
    }

    /// Ends a subscription; the last one of an actor also ends our follow of it. What is shown stays
    /// until its origin withdraws it; what waits for a moderator does not wait any more.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn unsubscribe(&self, caller: &Caller, uid: &str) -> Result<(), AppError> {
        let (caller, uid, now) = (caller.clone(), uid.to_owned(), self.now());
        let ended = self
            .writer()
            .run(move |tx| {
                let row = tx.reads().subscription(&uid)?.subscription;
                caller.may(tx, row.service_id, Action::Manage)?;
                tx.take_turn(&format!("subscription:{}", row.id))?;
                tx.take_turn(&source_turn(row.source_actor_id))?;
                tx.delete_subscription(row.id)?;
                if tx.reads().subscriptions_to(row.source_actor_id)?.is_empty()
                    && let Some(follow) = tx.reads().follow_of(row.source_actor_id)?
                {
                    let event =
                        DomainEvent::FollowEnded { follow_uri: follow.uri.clone(), actor: follow.actor_id };
                    tx.delete_follow(follow.id)?;
                    tx.record(&event, now.timestamp_millis())?;
                    tx.forget_arrivals_by(row.source_actor_id)?;
                }
                Ok::<_, AppError>(row)
            })
            .await?;
        self.let_go(ended).await
    }

    /// The node's one follow of a remote actor, asked for when it is new or was refused.
    fn follow(&self, tx: &mut Tx<'_>, actor: &RemoteActor) -> Result<ActorRow, AppError> {
        let now = self.now();
        let millis = now.timestamp_millis();
        tx.take_turn(&format!("follow:{}", actor.uri))?;
        let source = keep_actor(tx, actor, now)?;
        let known = tx.reads().follow_of(source.id)?;
        let id = match known {
            Some(follow) if follow.state != FollowState::Rejected.as_str() => return Ok(source),
            Some(mut follow) => {
                follow.state = FollowState::Pending.as_str().to_owned();
                follow.uri = self.addresses().activity(&new_uid(now));
                tx.save_follow(&follow)?;
                follow.id
            }
            None => tx.insert_follow(&FollowRow {
                id: 0,
                actor_id: source.id,
                uri: self.addresses().activity(&new_uid(now)),
                state: FollowState::Pending.as_str().to_owned(),
                backfill_next: None,
                backfill_pages: 0,
                backfill_full: true,
                backfill_due_at: None,
                backfill_failures: 0,
                exchanged_at: None,
                created_at: millis,
            })?,
        };
        tx.record(&DomainEvent::FollowRequested { follow: id }, millis)?;
        Ok(source)
    }
}

fn local_source(tx: &mut Tx<'_>, caller: &Caller, handle: &Handle, own: i64) -> Result<ActorRow, AppError> {
    let unknown = || {
        AppError::invalid(
            "handle",
            "unknown_service",
            format!("Aucun service {handle} sur ce nœud."),
            format!("No service {handle} on this node."),
        )
    };
    let actor = tx.reads().local_actor(&handle.name).map_err(|_| unknown())?;
    let service = tx.reads().service_of_actor(actor.id).map_err(|_| unknown())?;
    // What is not public is passed on by those alone who see it themselves.
    if service.visibility != Visibility::Public.as_str()
        && caller.administers(tx).is_err()
        && caller.may(tx, service.id, Action::Contribute).is_err()
    {
        return Err(unknown());
    }
    if actor.id == own {
        return Err(AppError::invalid(
            "handle",
            "itself",
            "Un service ne se suit pas lui-même.",
            "A service does not follow itself.",
        ));
    }
    Ok(actor)
}

/// Rules whose places and themes are known, former communes brought to those of today, radii filled in with
/// their centre.
pub(crate) fn ready(reads: &mut Reads<'_>, rules: &RuleSet) -> Result<RuleSet, AppError> {
    if !rules.is_bounded() {
        return Err(AppError::invalid(
            "rules",
            "too_large",
            "100 règles au plus, 8 niveaux au plus.",
            "At most 100 rules, at most 8 levels.",
        ));
    }
    let mut ready = rules.clone();
    let mut codes: Vec<PlaceCode> = Vec::new();
    let mut themes: Vec<String> = Vec::new();
    ready.walk_mut(&mut |condition| match condition {
        Condition::Territory { area, .. } => codes.push(area.clone()),
        Condition::Radius { place, .. } => codes.push(place.clone()),
        Condition::Theme(theme) => themes.push(theme.clone()),
        _ => {}
    });
    let texts: Vec<String> = codes.iter().map(ToString::to_string).collect();
    let today = todays_places(reads, &texts)?;
    if let Some(unknown) = texts.iter().find(|text| !today.contains_key(*text)) {
        return Err(AppError::invalid(
            "rules",
            "unknown_place",
            format!("Lieu inconnu : « {unknown} »."),
            format!("Unknown place: “{unknown}”."),
        ));
    }
    let thesaurus = reads.thesaurus()?;
    if let Some(unknown) = themes.iter().find(|theme| thesaurus.get(theme).is_none()) {
        return Err(AppError::invalid(
            "rules",
            "unknown_theme",
            format!("Thème inconnu : « {unknown} »."),
            format!("Unknown theme: “{unknown}”."),
        ));
    }
    let mut nowhere = None;
    ready.walk_mut(&mut |condition| match condition {
        Condition::Territory { area, .. } => {
            become_todays(area, &today);
        }
        Condition::Radius { place, centre, km } => {
            *centre = become_todays(place, &today).and_then(coordinates);
            if centre.is_none() || !(0.0..=2_000.0).contains(km) {
                nowhere = Some(place.to_string());
            }
        }
        _ => {}
    });
    match nowhere {
        Some(place) => Err(AppError::invalid(
            "rules",
            "no_radius",
            format!("Un rayon demande une commune et 0 à 2 000 km (ici « {place} »)."),
            format!("A radius takes a municipality and 0 to 2,000 km (here “{place}”)."),
        )),
        None => Ok(ready),
    }
}

/// Replaces a code by that of the place of today, and answers that place.
fn become_todays<'t>(code: &mut PlaceCode, today: &'t BTreeMap<String, PlaceRow>) -> Option<&'t PlaceRow> {
    let row = today.get(code.as_str())?;
    if let Ok(present) = row.code.parse() {
        *code = present;
    }
    Some(row)
}
