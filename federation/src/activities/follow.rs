//! Follow: somebody asks for one of our services.

use super::{ReceiveError, reference};
use crate::context::{Context, Federation};
use crate::net::FetchBudget;
use activitypub_federation::traits::Activity;
use async_trait::async_trait;
use maillage_app::outbound::host_of;
use serde::Deserialize;
use url::Url;

/// A Follow of one of our actors.
#[derive(Debug, Deserialize)]
pub struct Follow {
    id: Url,
    #[serde(deserialize_with = "reference")]
    actor: Url,
    #[serde(deserialize_with = "reference")]
    object: Url,
}

#[async_trait]
impl Activity for Follow {
    type DataType = Federation;
    type Error = ReceiveError;

    fn id(&self) -> &Url {
        &self.id
    }

    fn actor(&self) -> &Url {
        &self.actor
    }

    async fn verify(&self, context: &Context) -> Result<(), ReceiveError> {
        if !context.app().addresses().is_own(self.object.as_str()) {
            return Err(ReceiveError::Malformed("the object is not an actor of this node".into()));
        }
        Ok(())
    }

    async fn receive(self, context: &Context) -> Result<(), ReceiveError> {
        if context.app().was_received(self.id.as_str()).await? {
            // Sent again: it counts neither against its host nor for anything else.
            return Ok(());
        }
        context.take_follow(&host_of(self.actor.as_str()))?;
        // The key of the actor has been seen, but perhaps only that.
        context.actor(&self.actor, &FetchBudget::new()).await?;
        context.app().followed(self.id.as_str(), self.actor.as_str(), self.object.as_str()).await?;
        Ok(())
    }
}
