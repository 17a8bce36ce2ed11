//! Our own activities: what has happened, in its wire form.

use crate::objects::actor::{service_actor, time};
use crate::objects::item::item_object;
use crate::objects::{PUBLIC, with_context};
use maillage_app::App;
use maillage_app::address::new_uid;
use maillage_app::outbound::{Outbound, OutgoingActivity, PendingEvent, PublishedItem};
use maillage_store::rows::ActorRow;
use serde_json::{Value, json};

/// The activity that tells an event; none when there is nothing to tell, or nobody.
#[must_use]
pub fn written(app: &App, event: &PendingEvent) -> Option<OutgoingActivity> {
    let outbound = event.outbound.as_ref()?;
    if event.inboxes.is_empty() {
        return None;
    }
    let addresses = app.addresses();
    let uri = addresses.activity(&new_uid(app.now()));
    let draft = match outbound {
        Outbound::Create(published) => about_item(app, published, "Create", &uri),
        Outbound::Update(published) => about_item(app, published, "Update", &uri),
        Outbound::Delete { item, actor } => {
            let public = item.visibility == "public";
            let object = json!({ "id": item.uri, "type": "Tombstone", "deleted": time(item.updated_at) });
            draft(actor, "Delete", &uri, object, &item.uri, audience(actor, public), public).about(item.id)
        }
        Outbound::Announce { actor, item, uri } => {
            let object = Value::String(item.uri.clone());
            draft(actor, "Announce", uri, object, &item.uri, audience(actor, true), true).about(item.id)
        }
        Outbound::UndoAnnounce { actor, item, uri: announce } => {
            let object =
                json!({ "id": announce, "type": "Announce", "actor": actor.uri, "object": item.uri });
            draft(actor, "Undo", &uri, object, &item.uri, audience(actor, true), true).about(item.id)
        }
        Outbound::UpdateActor { actor, service } => {
            let mut object = service_actor(actor, service, addresses);
            if let Some(map) = object.as_object_mut() {
                map.remove("@context");
            }
            let public = service.visibility == "public";
            draft(actor, "Update", &uri, object, &actor.uri, audience(actor, public), public)
        }
        Outbound::Follow { actor, target, uri } => {
            let object = Value::String(target.uri.clone());
            draft(actor, "Follow", uri, object, &target.uri, (json!([target.uri]), json!([])), false)
        }
        Outbound::UndoFollow { actor, target, uri: follow } => {
            let object = json!({ "id": follow, "type": "Follow", "actor": actor.uri, "object": target.uri });
            draft(actor, "Undo", &uri, object, follow, (json!([target.uri]), json!([])), false)
        }
        Outbound::AnswerFollow { actor, follower, uri: follow, accepted } => {
            let kind = if *accepted { "Accept" } else { "Reject" };
            let object =
                json!({ "id": follow, "type": "Follow", "actor": follower.uri, "object": actor.uri });
            draft(actor, kind, &uri, object, follow, (json!([follower.uri]), json!([])), false)
        }
    };
    Some(OutgoingActivity { inboxes: event.inboxes.clone(), ..draft.0 })
}

struct Draft(OutgoingActivity);

impl Draft {
    fn about(mut self, item: i64) -> Self {
        self.0.item = Some(item);
        self
    }
}

fn about_item(app: &App, published: &PublishedItem, kind: &str, uri: &str) -> Draft {
    let object = item_object(published, app.registry(), app.addresses());
    let public = published.item.visibility == "public";
    let audience = audience(&published.actor, public);
    draft(&published.actor, kind, uri, object, &published.item.uri, audience, public).about(published.item.id)
}

fn audience(actor: &ActorRow, public: bool) -> (Value, Value) {
    let followers = actor.followers.clone().unwrap_or_default();
    if public { (json!([PUBLIC]), json!([followers])) } else { (json!([followers]), json!([])) }
}

/// The Create or Announce under which an item stands in an outbox.
#[must_use]
pub fn in_outbox(app: &App, published: &PublishedItem, actor: &ActorRow, announce: Option<&str>) -> Value {
    let item = &published.item;
    let public = item.visibility == "public";
    let (to, cc) = audience(actor, public);
    let at = time(item.published_at.unwrap_or(item.created_at));
    match announce {
        Some(uri) => {
            json!({ "id": uri, "type": "Announce", "actor": actor.uri, "published": at, "to": to, "cc": cc, "object": item.uri })
        }
        None => json!({
            "id": format!("{}#create", item.uri),
            "type": "Create",
            "actor": actor.uri,
            "published": at,
            "to": to,
            "cc": cc,
            "object": item_object(published, app.registry(), app.addresses()),
        }),
    }
}

fn draft(
    actor: &ActorRow,
    kind: &str,
    uri: &str,
    object: Value,
    object_uri: &str,
    (to, cc): (Value, Value),
    public: bool,
) -> Draft {
    let body = with_context(json!({
        "id": uri,
        "type": kind,
        "actor": actor.uri,
        "to": to,
        "cc": cc,
        "object": object,
    }));
    Draft(OutgoingActivity {
        uri: uri.to_owned(),
        actor: actor.id,
        kind: kind.to_owned(),
        object: object_uri.to_owned(),
        item: None,
        public,
        body: body.to_string(),
        inboxes: Default::default(),
    })
}
