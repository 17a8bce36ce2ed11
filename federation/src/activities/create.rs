//! Create and Update of an item by its owner, and Update of an actor by itself.

use super::{ReceiveError, reference};
use crate::context::{Context, Federation};
use crate::net::FetchBudget;
use crate::objects::remote_item::{self, NotAnItem};
use crate::objects::{id_of, remote_actor};
use activitypub_federation::traits::Activity;
use async_trait::async_trait;
use maillage_app::AppError;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// A Create or Update with its object.
#[derive(Debug, Deserialize)]
pub struct Create {
    id: Url,
    #[serde(deserialize_with = "reference")]
    actor: Url,
    object: Value,
}

#[async_trait]
impl Activity for Create {
    type DataType = Federation;
    type Error = ReceiveError;

    fn id(&self) -> &Url {
        &self.id
    }

    fn actor(&self) -> &Url {
        &self.actor
    }

    /// The very actor that owns the object: the same host is not enough.
    async fn verify(&self, _context: &Context) -> Result<(), ReceiveError> {
        let id = remote_item::object_id(&self.object)
            .ok_or_else(|| ReceiveError::Malformed("the object has no id".into()))?;
        if id.origin() != self.actor.origin() {
            return Err(ReceiveError::Forbidden("the object is on another origin".into()));
        }
        if self.is_own_actor() || !self.object.is_object() {
            return Ok(());
        }
        if remote_actor::is_actor(&self.object) {
            return Err(ReceiveError::Forbidden("the object is another actor".into()));
        }
        match remote_item::owner(&self.object) {
            Some(owner) if owner != self.actor => {
                Err(ReceiveError::Forbidden("the object belongs to somebody else".into()))
            }
            _ => Ok(()),
        }
    }

    async fn receive(self, context: &Context) -> Result<(), ReceiveError> {
        if self.is_own_actor() {
            return self.refresh_actor(context).await;
        }
        let app = context.app();
        let Some(owner) = app.taken_from(self.actor.as_str()).await? else { return Ok(()) };
        let Value::Object(_) = &self.object else {
            let object = id_of(&self.object).unwrap_or_default();
            app.fetch_later(Some(self.id.as_str()), self.actor.as_str(), object).await?;
            return Ok(());
        };
        match remote_item::read(&self.object, app.registry(), owner.followers.as_deref()) {
            Ok(item) => {
                app.item_received(Some(self.id.as_str()), self.actor.as_str(), item).await?;
                Ok(())
            }
            Err(NotAnItem::Other(reason)) => {
                tracing::debug!(id = %self.id, reason, "an object that is no item");
                Ok(())
            }
            Err(NotAnItem::Malformed(reason)) => Err(ReceiveError::Malformed(reason)),
        }
    }
}

impl Create {
    fn is_own_actor(&self) -> bool {
        id_of(&self.object) == Some(self.actor.as_str())
    }

    /// An actor's own document is fetched from where it lives, never believed from an inbox. Of an
    /// actor with whom we have nothing to do nothing is kept.
    async fn refresh_actor(&self, context: &Context) -> Result<(), ReceiveError> {
        let actor = self.actor.as_str();
        match context.app().known_actor(actor).await {
            Ok(_) => {}
            Err(AppError::NotFound) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
        if !context.memory().may_follow_change(actor, context.millis()) {
            // It was asked a moment ago, and may have changed since: its server tells us again.
            return Err(AppError::TooMany { retry_after: 60 }.into());
        }
        context.fetch_actor(&self.actor, &FetchBudget::new()).await?;
        Ok(())
    }
}
