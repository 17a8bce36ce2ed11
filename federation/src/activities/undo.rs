//! Undo: of a Follow, or of an Announce.

use super::{ReceiveError, reference};
use crate::context::{Context, Federation};
use activitypub_federation::traits::Activity;
use async_trait::async_trait;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// An Undo with the activity that it takes back.
#[derive(Debug, Deserialize)]
pub struct Undo {
    id: Url,
    #[serde(deserialize_with = "reference")]
    actor: Url,
    object: Value,
}

#[derive(Debug, Deserialize)]
struct Undone {
    #[serde(rename = "type")]
    kind: String,
    #[serde(deserialize_with = "reference")]
    actor: Url,
    #[serde(deserialize_with = "reference")]
    object: Url,
}

impl Undo {
    /// The activity taken back; none where only its id is given.
    fn undone(&self) -> Result<Option<Undone>, ReceiveError> {
        match &self.object {
            Value::Object(_) => serde_json::from_value(self.object.clone())
                .map(Some)
                .map_err(|error| ReceiveError::Malformed(error.to_string())),
            Value::String(_) => Ok(None),
            _ => Err(ReceiveError::Malformed("the object is no activity".into())),
        }
    }
}

#[async_trait]
impl Activity for Undo {
    type DataType = Federation;
    type Error = ReceiveError;

    fn id(&self) -> &Url {
        &self.id
    }

    fn actor(&self) -> &Url {
        &self.actor
    }

    async fn verify(&self, _context: &Context) -> Result<(), ReceiveError> {
        match self.undone()? {
            Some(undone) if undone.actor != self.actor => {
                Err(ReceiveError::Forbidden("only who did something takes it back".into()))
            }
            _ => Ok(()),
        }
    }

    async fn receive(self, context: &Context) -> Result<(), ReceiveError> {
        let app = context.app();
        let Some(undone) = self.undone()? else {
            // Only the id: a Follow of ours is found by it.
            let follow = self.object.as_str().unwrap_or_default();
            app.follow_withdrawn(self.id.as_str(), self.actor.as_str(), follow).await?;
            return Ok(());
        };
        match undone.kind.as_str() {
            "Follow" if app.addresses().is_own(undone.object.as_str()) => {
                app.unfollowed(self.id.as_str(), self.actor.as_str(), undone.object.as_str()).await?;
            }
            "Announce" => {
                app.announce_undone(self.id.as_str(), self.actor.as_str(), undone.object.as_str()).await?;
            }
            _ => {}
        }
        Ok(())
    }
}
