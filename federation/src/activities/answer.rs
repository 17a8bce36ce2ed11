//! Accept and Reject: the answer to one of our follows.

use super::ReceiveError;
use crate::context::{Context, Federation};
use crate::objects::id_of;
use activitypub_federation::traits::Activity;
use async_trait::async_trait;
use maillage_app::AppError;
use maillage_domain::viewer::Viewer;
use maillage_store::StoreError;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// An Accept or Reject of a Follow.
#[derive(Debug, Deserialize)]
pub struct Answer {
    id: Url,
    #[serde(rename = "type")]
    kind: Kind,
    #[serde(deserialize_with = "super::reference")]
    actor: Url,
    object: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Kind {
    Accept,
    Reject,
}

impl Answer {
    /// The id of the Follow that is answered; none where it is told by its two sides alone.
    fn follow(&self) -> Result<Option<&str>, ReceiveError> {
        let malformed = || ReceiveError::Malformed("the object is no Follow".into());
        let object = match &self.object {
            Value::Array(one) if one.len() == 1 => &one[0],
            other => other,
        };
        if let Some(id) = id_of(object) {
            return Url::parse(id).map(|_| Some(id)).map_err(|_| malformed());
        }
        let nameless = matches!(object.get("id"), None | Some(Value::Null))
            && object.get("type").and_then(Value::as_str) == Some("Follow")
            && object.get("object").and_then(id_of) == Some(self.actor.as_str());
        if nameless { Ok(None) } else { Err(malformed()) }
    }
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
        self.follow().map(drop)
    }

    /// Whether it answers a follow of ours, and comes from whom we asked, is checked with the row
    /// of the follow itself. There is one follow for each actor, so that its two sides name it too.
    async fn receive(self, context: &Context) -> Result<(), ReceiveError> {
        let accepted = self.kind == Kind::Accept;
        let app = context.app();
        let follow = match self.follow()? {
            Some(id) => id.to_owned(),
            None => match follow_of(context, self.actor.to_string()).await? {
                Some(id) => id,
                None => return Ok(()),
            },
        };
        app.follow_answered(self.id.as_str(), self.actor.as_str(), &follow, accepted).await?;
        Ok(())
    }
}

/// The id of our follow of an actor.
async fn follow_of(context: &Context, actor: String) -> Result<Option<String>, AppError> {
    let found = context.app().reads(Viewer::Anonymous).run(move |reads| {
        let actor = match reads.actor(&actor) {
            Err(StoreError::NotFound) => return Ok(None),
            found => found?,
        };
        Ok(reads.follow_of(actor.id)?.map(|follow| follow.uri))
    });
    Ok(found.await?)
}
