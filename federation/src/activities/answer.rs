//! Accept and Reject: the answer to one of our follows.

use super::{ReceiveError, reference};
use crate::context::{Context, Federation};
use activitypub_federation::traits::Activity;
use async_trait::async_trait;
use serde::Deserialize;
use url::Url;

/// An Accept or Reject of a Follow.
#[derive(Debug, Deserialize)]
pub struct Answer {
    id: Url,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(deserialize_with = "reference")]
    actor: Url,
    #[serde(deserialize_with = "reference")]
    object: Url,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Kind {
    Accept,
    Reject,
}

#[async_trait]
impl Activity for Answer {
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

    /// Whether it answers a follow of ours, and comes from whom we asked, is checked with the row
    /// of the follow itself.
    async fn receive(self, context: &Context) -> Result<(), ReceiveError> {
        let accepted = self.kind == Kind::Accept;
        let app = context.app();
        app.follow_answered(self.id.as_str(), self.actor.as_str(), self.object.as_str(), accepted).await?;
        Ok(())
    }
}
