//! Announce: somebody we follow passes on what belongs to another. It is fetched from its origin.

use super::{ReceiveError, reference};
use crate::context::{Context, Federation};
use activitypub_federation::traits::Activity;
use async_trait::async_trait;
use serde::Deserialize;
use url::Url;

/// An Announce with the id of what is announced; an embedded object is not believed.
#[derive(Debug, Deserialize)]
pub struct Announce {
    id: Url,
    #[serde(deserialize_with = "reference")]
    actor: Url,
    #[serde(deserialize_with = "reference")]
    object: Url,
}

#[async_trait]
impl Activity for Announce {
    type DataType = Federation;
    type Error = ReceiveError;

    fn id(&self) -> &Url {
        &self.id
    }

    fn actor(&self) -> &Url {
        &self.actor
    }

    async fn verify(&self, _context: &Context) -> Result<(), ReceiveError> {
        Ok(())
    }

    /// Fetching may fail and is tried again: it is queued with the id of the activity, and the
    /// inbox answers at once.
    async fn receive(self, context: &Context) -> Result<(), ReceiveError> {
        let app = context.app();
        if app.addresses().is_own(self.object.as_str()) || !app.takes_from(self.actor.as_str()).await? {
            return Ok(());
        }
        app.fetch_later(Some(self.id.as_str()), self.actor.as_str(), self.object.as_str()).await?;
        Ok(())
    }
}
