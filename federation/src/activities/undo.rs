//! Undo: of a Follow, or of an Announce.

use super::{ReceiveError, reference};
use crate::context::{Context, Federation};
use crate::objects::id_of;
use activitypub_federation::traits::Activity;
use async_trait::async_trait;
use maillage_app::AppError;
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

/// What is taken back.
enum Undone<'a> {
    /// A Follow of one of our actors; its own id, where it is said.
    Follow { of: Url, id: Option<&'a str> },
    /// An Announce of an object; its own id, where it is said.
    Announce { of: Url, id: Option<&'a str> },
    /// Something of which the id alone is said.
    Named(&'a str),
    /// Something that has no effect here.
    Other,
}

impl Undo {
    fn undone(&self) -> Result<Undone<'_>, ReceiveError> {
        let malformed = |text: &str| ReceiveError::Malformed(text.to_owned());
        let object = match &self.object {
            Value::String(id) => return Ok(Undone::Named(id)),
            Value::Object(object) => object,
            _ => return Err(malformed("the object is no activity")),
        };
        let kind =
            object.get("type").and_then(Value::as_str).ok_or_else(|| malformed("the object has no type"))?;
        if !matches!(kind, "Follow" | "Announce") {
            return Ok(Undone::Other);
        }
        let id = match object.get("id") {
            None | Some(Value::Null) => None,
            Some(id) => Some(id.as_str().ok_or_else(|| malformed("the id of the object is no address"))?),
        };
        let of = match (object.get("object"), id) {
            (None, Some(id)) => return Ok(Undone::Named(id)),
            (of, _) => of
                .and_then(id_of)
                .and_then(|of| Url::parse(of).ok())
                .ok_or_else(|| malformed("what was done to what is not said"))?,
        };
        Ok(if kind == "Follow" { Undone::Follow { of, id } } else { Undone::Announce { of, id } })
    }

    /// Who did what is taken back; who undoes it, where it is not said.
    fn doer(&self) -> Result<Url, ReceiveError> {
        match self.object.get("actor") {
            None => Ok(self.actor.clone()),
            Some(actor) => id_of(actor)
                .and_then(|id| Url::parse(id).ok())
                .ok_or_else(|| ReceiveError::Malformed("the object has no actor".into())),
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
        self.undone()?;
        if self.doer()? != self.actor {
            return Err(ReceiveError::Forbidden("only who did something takes it back".into()));
        }
        Ok(())
    }

    /// What was never done here needs no undoing.
    async fn receive(self, context: &Context) -> Result<(), ReceiveError> {
        let app = context.app();
        let (id, actor) = (self.id.as_str(), self.actor.as_str());
        let undone = match self.undone()? {
            Undone::Follow { of, id: follow } if app.addresses().is_own(of.as_str()) => {
                app.unfollowed(id, actor, of.as_str(), follow).await
            }
            Undone::Announce { of, id: announce } => {
                app.announce_undone(id, actor, of.as_str(), announce).await
            }
            // Only the id: a Follow of ours is found by it.
            Undone::Named(follow) => app.follow_withdrawn(id, actor, follow).await,
            Undone::Follow { .. } | Undone::Other => return Ok(()),
        };
        match undone {
            Ok(_) | Err(AppError::NotFound) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
