//! Our own activities: what has happened, in its wire form.

use crate::objects::actor::{Surroundings, service_actor};
use crate::objects::item::{audience, item_object};
use crate::objects::{time, with_context};
use maillage_app::address::new_uid;
use maillage_app::outbound::{Outbound, OutgoingActivity, PendingEvent, PublishedItem};
use maillage_app::{App, AppError};
use maillage_domain::viewer::Viewer;
use maillage_store::rows::ActorRow;
use serde_json::{Value, json};

/// The types of the activities that we send.
pub const SENT: [&str; 8] = ["Create", "Update", "Delete", "Announce", "Undo", "Follow", "Accept", "Reject"];

/// The activity that tells an event; none when there is nothing to tell, or nobody.
///
/// # Errors
/// Those of the database.
pub async fn written(app: &App, event: &PendingEvent) -> Result<Option<OutgoingActivity>, AppError> {
    let Some(outbound) = event.outbound.as_ref().filter(|_| !event.inboxes.is_empty()) else {
        return Ok(None);
    };
    let around = match outbound {
        Outbound::UpdateActor { service, .. } => {
            let service = service.as_ref().clone();
            app.reads(Viewer::Anonymous).run(move |reads| Surroundings::of_service(reads, &service)).await?
        }
        _ => Surroundings::default(),
    };
    let written = put_into_words(app, outbound, &around);
    Ok(Some(OutgoingActivity { inboxes: event.inboxes.clone(), ..written }))
}

fn put_into_words(app: &App, outbound: &Outbound, around: &Surroundings) -> OutgoingActivity {
    let addresses = app.addresses();
    let now = time(app.now().timestamp_millis());
    let uri = addresses.activity(&new_uid(app.now()));
    let embedded = |id: &str, kind: &str, actor: &str, object: &str| json!({ "id": id, "type": kind, "actor": actor, "object": object });
    match outbound {
        Outbound::Create(published) => about_item(app, published, "Create", &uri, &now),
        Outbound::Update(published) => about_item(app, published, "Update", &uri, &now),
        Outbound::Delete { item, actor } => Draft {
            object: json!({ "id": item.uri, "type": "Tombstone", "deleted": time(item.updated_at) }),
            object_uri: &item.uri,
            item: Some(item.id),
            ..Draft::of(actor, "Delete", &uri, &now).for_followers(item.visibility == "public")
        }
        .sealed(),
        Outbound::Announce { actor, item, uri } => Draft {
            object: Value::String(item.uri.clone()),
            object_uri: &item.uri,
            item: Some(item.id),
            ..Draft::of(actor, "Announce", uri, &now).for_followers(true)
        }
        .sealed(),
        Outbound::UndoAnnounce { actor, item, uri: announce } => Draft {
            object: embedded(announce, "Announce", &actor.uri, &item.uri),
            object_uri: &item.uri,
            item: Some(item.id),
            ..Draft::of(actor, "Undo", &uri, &now).for_followers(true)
        }
        .sealed(),
        Outbound::UpdateActor { actor, service } => {
            let mut object = service_actor(actor, service, around, addresses);
            if let Some(map) = object.as_object_mut() {
                map.remove("@context");
            }
            let draft = Draft::of(actor, "Update", &uri, &now).for_followers(service.visibility == "public");
            Draft { object, object_uri: &actor.uri, ..draft }.sealed()
        }
        Outbound::Follow { actor, target, uri } => Draft {
            object: Value::String(target.uri.clone()),
            object_uri: &target.uri,
            ..Draft::of(actor, "Follow", uri, &now).for_one(&target.uri)
        }
        .sealed(),
        Outbound::UndoFollow { actor, target, uri: follow } => Draft {
            object: embedded(follow, "Follow", &actor.uri, &target.uri),
            object_uri: follow,
            ..Draft::of(actor, "Undo", &uri, &now).for_one(&target.uri)
        }
        .sealed(),
        Outbound::AnswerFollow { actor, follower, uri: follow, accepted } => Draft {
            object: embedded(follow, "Follow", &follower.uri, &actor.uri),
            object_uri: follow,
            ..Draft::of(actor, if *accepted { "Accept" } else { "Reject" }, &uri, &now).for_one(&follower.uri)
        }
        .sealed(),
    }
}

fn about_item(app: &App, published: &PublishedItem, kind: &str, uri: &str, now: &str) -> OutgoingActivity {
    let item = &published.item;
    Draft {
        object: item_object(published, app.registry(), app.addresses()),
        object_uri: &item.uri,
        item: Some(item.id),
        ..Draft::of(&published.actor, kind, uri, now).for_followers(item.visibility == "public")
    }
    .sealed()
}

/// An activity before it is put together.
struct Draft<'a> {
    actor: &'a ActorRow,
    kind: &'a str,
    uri: &'a str,
    at: &'a str,
    to: Value,
    cc: Value,
    object: Value,
    object_uri: &'a str,
    item: Option<i64>,
    public: bool,
}

impl<'a> Draft<'a> {
    fn of(actor: &'a ActorRow, kind: &'a str, uri: &'a str, at: &'a str) -> Self {
        Self {
            actor,
            kind,
            uri,
            at,
            to: json!([]),
            cc: json!([]),
            object: Value::Null,
            object_uri: "",
            item: None,
            public: false,
        }
    }

    fn for_followers(self, public: bool) -> Self {
        let (to, cc) = audience(self.actor, public);
        Self { to, cc, public, ..self }
    }

    fn for_one(self, actor: &str) -> Self {
        Self { to: json!([actor]), ..self }
    }

    fn sealed(self) -> OutgoingActivity {
        let body = with_context(json!({
            "id": self.uri,
            "type": self.kind,
            "actor": self.actor.uri,
            "published": self.at,
            "to": self.to,
            "cc": self.cc,
            "object": self.object,
        }));
        OutgoingActivity {
            uri: self.uri.to_owned(),
            actor: self.actor.id,
            kind: self.kind.to_owned(),
            object: self.object_uri.to_owned(),
            item: self.item,
            public: self.public,
            body: body.to_string(),
            inboxes: Default::default(),
        }
    }
}

/// The Create or Announce under which an item stands in an outbox.
#[must_use]
pub fn in_outbox(app: &App, published: &PublishedItem, actor: &ActorRow, announce: Option<&str>) -> Value {
    let item = &published.item;
    let (to, cc) = audience(actor, item.visibility == "public");
    let (id, kind, object) = match announce {
        Some(uri) => (uri.to_owned(), "Announce", Value::String(item.uri.clone())),
        None => {
            let object = item_object(published, app.registry(), app.addresses());
            (format!("{}#create", item.uri), "Create", object)
        }
    };
    let at = time(item.published_at.unwrap_or(item.created_at));
    json!({ "id": id, "type": kind, "actor": actor.uri, "published": at, "to": to, "cc": cc, "object": object })
}
