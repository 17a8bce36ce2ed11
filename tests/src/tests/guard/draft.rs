//! A request that is put together piece by piece before it is signed by draft-cavage.

use super::World;
use anyhow::Result;
use chrono::{DateTime, Duration, Utc};
use maillage_test_peer::{Key, Label, Message, cavage, digest};
use serde_json::{Value, json};

/// A POST of alice's Create to the shared inbox, not yet signed.
pub struct Draft<'a> {
    pub world: &'a World,
    pub activity: Value,
    pub body: Vec<u8>,
    pub host: String,
    pub target: String,
    pub date: Option<String>,
    pub digest: Option<String>,
    pub content_type: Option<String>,
    pub more: Vec<(String, String)>,
    pub signature: cavage::Parameters,
    pub signer: Key,
}

/// The value of a `Date` header.
pub fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

impl<'a> Draft<'a> {
    /// As Mastodon sends it: a new note of alice's.
    pub fn new(world: &'a World) -> Self {
        let activity = world.alice.create(&world.alice.note("<p>Une nouvelle d’alice</p>"));
        let mut draft = Self {
            world,
            body: Vec::new(),
            host: world.node.host(),
            target: "/inbox".to_owned(),
            date: Some(http_date(Utc::now())),
            digest: None,
            content_type: Some("application/activity+json".to_owned()),
            more: Vec::new(),
            signature: cavage::Parameters::usual(&world.alice.key_id(), Label::RsaSha256, true),
            signer: world.alice.key(),
            activity,
        };
        draft.set_body(draft.activity.to_string().into_bytes());
        draft
    }

    /// The id of the note.
    pub fn object(&self) -> &str {
        self.activity["object"]["id"].as_str().unwrap_or_default()
    }

    /// Another body, with its right digest.
    pub fn set_body(&mut self, body: Vec<u8>) {
        self.digest = Some(digest::header(&body));
        self.body = body;
    }

    /// Another value of one field; null takes it away.
    pub fn set(&mut self, field: &str, value: Value) {
        let mut activity = self.activity.clone();
        match (value, activity.as_object_mut()) {
            (Value::Null, Some(map)) => {
                map.remove(field);
            }
            (value, _) => activity[field] = value,
        }
        self.set_body(activity.to_string().into_bytes());
    }

    /// Text put behind the first brace of the body.
    pub fn set_first(&mut self, text: &str) {
        let body = String::from_utf8_lossy(&self.body).replacen('{', &format!("{{{text},"), 1);
        self.set_body(body.into_bytes());
    }

    /// A clock that is off by this much.
    pub fn set_clock(&mut self, off: Duration) {
        self.date = Some(http_date(Utc::now() + off));
    }

    /// What is signed, by name.
    pub fn cover(&mut self, names: &str) {
        self.signature.covered = names.split(' ').map(str::to_owned).collect();
    }

    /// `(created)` in the place of Date.
    pub fn created(&mut self, off: Duration) {
        self.signature.created = Some((Utc::now() + off).timestamp());
        self.signature.label = Some("hs2019".to_owned());
        self.date = None;
        self.cover("(request-target) host (created) digest");
    }

    /// Signed by somebody else, under this key id.
    pub fn by(&mut self, key: Key, key_id: String) {
        self.signer = key;
        self.signature.key_id = key_id;
    }

    /// The request with its signature.
    pub fn signed(&self) -> Result<Message> {
        let mut message = Message::new("POST", &self.host, &self.target, self.body.clone());
        let lines = [("Date", &self.date), ("Digest", &self.digest), ("Content-Type", &self.content_type)];
        for (name, value) in lines {
            if let Some(value) = value {
                message.add(name, value.clone());
            }
        }
        for (name, value) in &self.more {
            message.add(name, value.clone());
        }
        let signature = cavage::sign(&message, &self.signature, &self.signer)?;
        message.add("Signature", signature);
        Ok(message)
    }
}

/// Arrays inside one another, as many levels.
pub fn nested(levels: usize) -> Value {
    (1..levels).fold(json!([]), |inner, _| json!([inner]))
}
