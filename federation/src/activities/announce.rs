//! Announce: somebody we follow passes on what belongs to another. It is fetched from its origin.

use super::{ReceiveError, reference};
use crate::context::{Context, Federation};
use crate::objects::id_of;
use activitypub_federation::traits::Activity;
use async_trait::async_trait;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// An Announce with what is announced; an embedded object is not believed, only its id is read.
#[derive(Debug, Deserialize)]
pub struct Announce {
    id: Url,
    #[serde(deserialize_with = "reference")]
    actor: Url,
    #[serde(deserialize_with = "announced")]
    object: Url,
}

/// The id of the announced object. Groups announce the activity in which it came (FEP-1b12).
fn announced<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    let mut value = Value::deserialize(deserializer)?;
    let kind = value.get("type").and_then(Value::as_str);
    if matches!(kind, Some("Create" | "Update"))
        && let Some(inner) = value.get_mut("object")
    {
        value = inner.take();
    }
    let value = match &value {
        Value::Array(one) if one.len() == 1 => &one[0],
        other => other,
    };
    let text = id_of(value).ok_or_else(|| serde::de::Error::custom("not an id"))?;
    Url::parse(text).map_err(serde::de::Error::custom)
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
        if matches!(self.object.scheme(), "http" | "https") {
            Ok(())
        } else {
            Err(ReceiveError::Malformed("the object is not on the web".into()))
        }
    }

    /// Fetching may fail and is tried again: it is queued with the id of the activity, and the
    /// inbox answers at once. What is our own, and what somebody announces whom nobody here follows,
    /// is left alone.
    async fn receive(self, context: &Context) -> Result<(), ReceiveError> {
        let app = context.app();
        if app.addresses().is_own(self.object.as_str())
            || app.taken_from(self.actor.as_str()).await?.is_none()
        {
            return Ok(());
        }
        app.fetch_later(Some(self.id.as_str()), self.actor.as_str(), self.object.as_str()).await?;
        Ok(())
    }
}
