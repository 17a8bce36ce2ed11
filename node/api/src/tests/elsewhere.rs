//! The rest of the network as a test sets it up: actors that can be found, documents that can be fetched.

use async_trait::async_trait;
use maillage_app::AppError;
use maillage_app::inbound::RemoteActor;
use maillage_app::ports::{Discovery, Fetched, Fetcher};
use maillage_domain::message::Message;
use maillage_domain::subscription::Handle;
use std::collections::HashMap;
use std::sync::Mutex;
use url::Url;

/// The other servers of the world: the actors that can be found and the documents that can be fetched.
#[derive(Default)]
pub struct Elsewhere {
    documents: Mutex<HashMap<String, Vec<u8>>>,
    asked: Mutex<Vec<String>>,
}

impl Elsewhere {
    /// Puts a document at an address.
    pub fn put(&self, url: &str, body: &str) {
        self.documents.lock().expect("lock").insert(url.to_owned(), body.as_bytes().to_vec());
    }

    /// Handles and addresses that the node has asked for.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("lock").clone()
    }
}

#[async_trait]
impl Discovery for Elsewhere {
    async fn discover(&self, handle: &Handle) -> Result<RemoteActor, AppError> {
        self.asked.lock().expect("lock").push(handle.to_string());
        if handle.host.starts_with("absent.") {
            return Err(AppError::Remote(Message::new("Ne répond pas.", "Does not answer.")));
        }
        Ok(actor(&handle.name, &handle.host))
    }
}

#[async_trait]
impl Fetcher for Elsewhere {
    async fn fetch(&self, url: &Url) -> Result<Fetched, AppError> {
        self.asked.lock().expect("lock").push(url.to_string());
        let body = self.documents.lock().expect("lock").get(url.as_str()).cloned();
        let body = body.ok_or_else(|| AppError::Remote(Message::new("Introuvable.", "Not found.")))?;
        Ok(Fetched { body, content_type: Some("application/rss+xml".to_owned()), url: url.clone() })
    }
}

/// An actor of another server, as its document would describe it.
pub fn actor(name: &str, host: &str) -> RemoteActor {
    let uri = format!("https://{host}/a/{name}");
    RemoteActor {
        kind: "Service".to_owned(),
        username: name.to_owned(),
        host: host.to_owned(),
        name: format!("Service {name}"),
        summary: String::new(),
        url: Some(format!("https://{host}/services/{name}")),
        inbox: format!("{uri}/inbox"),
        shared_inbox: Some(format!("https://{host}/inbox")),
        outbox: Some(format!("{uri}/outbox")),
        followers: Some(format!("{uri}/followers")),
        key_id: format!("{uri}#main-key"),
        public_key: "a key".to_owned(),
        raw: "{}".to_owned(),
        uri,
    }
}
