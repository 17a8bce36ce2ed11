//! Delete of an item by its owner, or of an actor by itself.

use super::{ReceiveError, reference};
use crate::context::{Context, Federation};
use activitypub_federation::traits::Activity;
use async_trait::async_trait;
use maillage_app::AppError;
use serde::Deserialize;
use url::Url;

/// A Delete with the id of what goes.
#[derive(Debug, Deserialize)]
pub struct Delete {
    id: Url,
    #[serde(deserialize_with = "reference")]
    actor: Url,
    #[serde(deserialize_with = "reference")]
    object: Url,
}

#[async_trait]
impl Activity for Delete {
    type DataType = Federation;
    type Error = ReceiveError;

    fn id(&self) -> &Url {
        &self.id
    }

    fn actor(&self) -> &Url {
        &self.actor
    }

    async fn verify(&self, context: &Context) -> Result<(), ReceiveError> {
        if self.object.origin() != self.actor.origin() {
            return Err(ReceiveError::Forbidden("the object is on another origin".into()));
        }
        if self.object == self.actor {
            return Ok(());
        }
        match context.app().known_actor(self.object.as_str()).await {
            Err(AppError::NotFound) => Ok(()),
            Ok(_) => Err(ReceiveError::Forbidden("the object is another actor".into())),
            Err(error) => Err(error.into()),
        }
    }

    /// That the object belongs to this very actor is checked with the row of the object.
    async fn receive(self, context: &Context) -> Result<(), ReceiveError> {
        context.app().deleted(Some(self.id.as_str()), self.actor.as_str(), self.object.as_str()).await?;
        Ok(())
    }
}
