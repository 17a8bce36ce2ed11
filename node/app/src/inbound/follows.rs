//! Follows: others' of our services, and the answers to ours.

use super::{Effect, same_origin};
use crate::App;
use crate::address::new_uid;
use crate::error::AppError;
use crate::outbound::host_of;
use maillage_domain::event::DomainEvent;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::FollowState;
use maillage_store::rows::FollowerRow;
use maillage_store::{StoreError, Tx};

impl App {
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
                tx.take_turn(&format!("actor:{follower}"))?;
                if tx.reads().is_blocked(&host_of(&follower))? {
                    return Ok(Effect::Nothing);
                }
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

    /// Somebody no longer follows one of our services. `follow` is the id of the Follow that is taken
    /// back, where it is said: should that come later, it has no effect.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such service.
    pub async fn unfollowed(
        &self,
        activity: &str,
        follower: &str,
        followed: &str,
        follow: Option<&str>,
    ) -> Result<Effect, AppError> {
        let (activity, follower, followed) = (activity.to_owned(), follower.to_owned(), followed.to_owned());
        let (follow, now) = (follow.map(str::to_owned), self.now());
        self.writer()
            .run(move |tx| {
                let millis = now.timestamp_millis();
                tx.take_turn(&format!("actor:{follower}"))?;
                let actor = tx.reads().actor(&follower)?;
                let local = tx.reads().actor(&followed)?;
                let service = tx.reads().service_of_actor(local.id)?;
                if !tx.note_received(&activity, &follower, millis)? {
                    return Ok(Effect::Nothing);
                }
                note_taken_back(tx, follow.as_deref(), &follower, millis)?;
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
                let millis = now.timestamp_millis();
                tx.take_turn(&format!("actor:{follower}"))?;
                let actor = tx.reads().actor(&follower)?;
                if !tx.note_received(&activity, &follower, millis)? {
                    return Ok(Effect::Nothing);
                }
                note_taken_back(tx, Some(&follow), &follower, millis)?;
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
                tx.take_turn(&format!("follow:{from}"))?;
                let mut follow = match tx.reads().follow(&follow_uri) {
                    Err(StoreError::NotFound) => return Ok(Effect::Nothing),
                    found => found?,
                };
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
                    follow.backfill_failures = 0;
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
}

/// What was taken back before it came is known from now on, so that it has no effect when it comes.
pub(super) fn note_taken_back(
    tx: &mut Tx<'_>,
    activity: Option<&str>,
    actor: &str,
    now: i64,
) -> Result<(), AppError> {
    // Nobody speaks for the activities of another server.
    if let Some(activity) = activity.filter(|activity| same_origin(activity, actor)) {
        tx.note_received(activity, actor, now)?;
    }
    Ok(())
}
