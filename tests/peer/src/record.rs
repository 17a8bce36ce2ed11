//! What came in, with what was made of it.

use crate::Message;
use serde_json::Value;

/// The scheme of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// draft-cavage-http-signatures.
    Cavage,
    /// RFC 9421.
    Rfc9421,
}

/// A signature that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Its scheme.
    pub scheme: Scheme,
    /// The key's id.
    pub key_id: String,
    /// The actor whose document names the key.
    pub actor: String,
}

/// An activity that came to an inbox.
#[derive(Clone, Debug)]
pub struct Received {
    /// The activity; null when it was no JSON.
    pub activity: Value,
    /// Who signed it, or why the signature does not hold.
    pub proof: Result<Proof, String>,
    /// The status that was answered.
    pub status: u16,
    /// The request.
    pub message: Message,
}

impl Received {
    /// The type of the activity.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.activity["type"].as_str().unwrap_or_default()
    }

    /// The id of its object, given alone or inside the object.
    #[must_use]
    pub fn object_id(&self) -> &str {
        let object = &self.activity["object"];
        object.as_str().or_else(|| object["id"].as_str()).unwrap_or_default()
    }

    /// Whether it was taken: the signature holds and the answer was a good one.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.proof.is_ok() && (200..300).contains(&self.status)
    }
}

/// A request that was answered, inboxes apart.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The request.
    pub message: Message,
    /// The status that was answered.
    pub status: u16,
}
