//! Followers of our services: approving, refusing, removing.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use maillage_domain::event::DomainEvent;
use maillage_domain::role::Action;
use maillage_domain::subscription::FollowState;

impl App {
    /// Accepts a follower that waits.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn accept_follower(&self, caller: &Caller, uid: &str) -> Result<(), AppError> {
        let (caller, uid, now) = (caller.clone(), uid.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                let mut row = tx.reads().follower(&uid)?.follower;
                caller.may(tx, row.service_id, Action::Manage)?;
                if row.state == FollowState::Accepted.as_str() {
                    return Ok(());
                }
                row.state = FollowState::Accepted.as_str().to_owned();
                tx.save_follower(&row)?;
                Ok(tx.record(&DomainEvent::FollowerAccepted { follower: row.id }, now.timestamp_millis())?)
            })
            .await
    }

    /// Refuses a follower, or removes one that had been accepted: it is told, and gets nothing more.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn reject_follower(&self, caller: &Caller, uid: &str) -> Result<(), AppError> {
        let (caller, uid, now) = (caller.clone(), uid.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                let row = tx.reads().follower(&uid)?.follower;
                caller.may(tx, row.service_id, Action::Manage)?;
                tx.delete_follower(row.id)?;
                let event = DomainEvent::FollowerRejected {
                    follow_uri: row.follow_uri.clone(),
                    actor: row.actor_id,
                    service: row.service_id,
                };
                Ok(tx.record(&event, now.timestamp_millis())?)
            })
            .await
    }
}
