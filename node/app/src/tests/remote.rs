//! Another server, as far as the use cases know of it: its actor, its items, its activities.

use crate::App;
use crate::inbound::{Effect, RemoteActor, RemoteItem};
use chrono::{DateTime, Utc};
use maillage_domain::item::{ItemCore, ItemFrame};
use maillage_domain::service::Visibility;
use maillage_domain::subscription::Handle;
use std::sync::atomic::{AtomicU32, Ordering};

/// A remote service.
pub struct Remote {
    pub host: String,
    pub name: String,
    pub uri: String,
    count: AtomicU32,
}

impl Remote {
    pub fn new(host: &str, name: &str) -> Self {
        let uri = format!("https://{host}/a/{name}");
        Self { host: host.to_owned(), name: name.to_owned(), uri, count: AtomicU32::new(0) }
    }

    pub fn handle(&self) -> Handle {
        format!("@{}@{}", self.name, self.host).parse().expect("handle")
    }

    pub fn actor(&self) -> RemoteActor {
        RemoteActor {
            uri: self.uri.clone(),
            kind: "Service".into(),
            username: self.name.clone(),
            host: self.host.clone(),
            name: format!("Service {}", self.name),
            summary: String::new(),
            url: None,
            inbox: format!("{}/inbox", self.uri),
            shared_inbox: Some(format!("https://{}/inbox", self.host)),
            outbox: Some(format!("{}/outbox", self.uri)),
            followers: Some(format!("{}/followers", self.uri)),
            key_id: format!("{}#main-key", self.uri),
            public_key: "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n".into(),
            raw: "{}".into(),
        }
    }

    /// A fresh id of an activity of this server.
    pub fn activity(&self, kind: &str) -> String {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        format!("https://{}/x/{}-{kind}-{number}", self.host, self.name)
    }

    /// The id of an item of this server.
    pub fn item_uri(&self, number: u32) -> String {
        format!("https://{}/o/{}-{number}", self.host, self.name)
    }

    /// An item about employment in Nevers, in this version.
    pub fn item(&self, number: u32, version: i64) -> RemoteItem {
        let at = |seconds: i64| DateTime::<Utc>::from_timestamp(1_772_500_000 + seconds, 0);
        RemoteItem {
            uri: self.item_uri(number),
            url: format!("https://{}/fiches/{number}", self.host),
            type_slug: "news".into(),
            fields: Default::default(),
            core: ItemCore {
                title: format!("Fiche {number}, version {version}"),
                summary: "Résumé".into(),
                content: "<p>Texte</p>".into(),
                themes: vec!["recrutement".into()],
                held: vec!["commune:58194".parse().expect("place")],
                ..ItemCore::default()
            },
            frame: ItemFrame { licence: "etalab-2.0".into(), ..ItemFrame::default() },
            organisation: "Maison de l'Emploi".into(),
            publisher_place: "departement:21".into(),
            visibility: Visibility::Public,
            published: at(0),
            updated: at(60 * version),
            version,
            raw: format!("{{\"version\":{version}}}"),
        }
    }

    /// Makes this server's actor known to a node.
    pub async fn introduce(&self, app: &App) {
        app.keep_actor(self.actor()).await.expect("actor");
    }

    /// A Create or an Update arrives.
    pub async fn sends(&self, app: &App, item: RemoteItem) -> Effect {
        let activity = self.activity("create");
        app.item_received(Some(&activity), &self.uri, item).await.expect("received")
    }

    /// A Delete arrives.
    pub async fn deletes(&self, app: &App, number: u32) -> Effect {
        let activity = self.activity("delete");
        app.deleted(Some(&activity), &self.uri, &self.item_uri(number)).await.expect("deleted")
    }

    /// An Announce of another's item arrives, and the item is fetched from its origin at once.
    pub async fn announces(&self, app: &App, origin: &Remote, item: RemoteItem) -> String {
        let activity = self.activity("announce");
        app.fetch_later(Some(&activity), &self.uri, &item.uri).await.expect("queued");
        fetched(app, origin, item).await;
        activity
    }

    /// An Undo of an Announce arrives.
    pub async fn undoes(&self, app: &App, announce: &str, object: &str) -> Effect {
        let activity = self.activity("undo");
        app.announce_undone(&activity, &self.uri, object, Some(announce)).await.expect("undone")
    }
}

/// Fetches what is due of one item, as the worker does, from the origin's present version.
pub async fn fetched(app: &App, origin: &Remote, item: RemoteItem) {
    origin.introduce(app).await;
    for (row, bringer) in app.due_fetches(100).await.expect("fetches") {
        if row.object_uri == item.uri {
            app.item_announced(None, &bringer.uri, &origin.uri, item.clone()).await.expect("announced");
            app.fetched(row, None).await.expect("fetched");
        }
    }
}
