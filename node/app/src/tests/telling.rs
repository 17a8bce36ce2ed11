//! Events become activities: what is said, to whom, once.

use super::node::{TestNode, invalid, news, node};
use super::remote::Remote;
use crate::caller::Caller;
use crate::outbound::{Outbound, OutgoingActivity, PendingEvent};
use crate::setup::NodeForm;
use maillage_domain::event::DomainEvent;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_domain::workflow::Transition::{Publish, Submit, Withdraw};
use maillage_store::on_both_databases;
use std::collections::BTreeSet;

/// What was told, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub kind: String,
    pub object: String,
    /// Id of the activity, where the event fixes it.
    pub id: Option<String>,
    pub inboxes: BTreeSet<String>,
}

fn in_words(event: &PendingEvent) -> Option<Told> {
    let (kind, object, id) = match event.outbound.as_ref()? {
        Outbound::Create(item) => ("create", item.item.uri.clone(), None),
        Outbound::Update(item) => ("update", item.item.uri.clone(), None),
        Outbound::Delete { item, .. } => ("delete", item.uri.clone(), None),
        Outbound::Announce { item, uri, .. } => ("announce", item.uri.clone(), Some(uri.clone())),
        Outbound::UndoAnnounce { item, uri, .. } => ("undo-announce", item.uri.clone(), Some(uri.clone())),
        Outbound::UpdateActor { actor, .. } => ("update-actor", actor.uri.clone(), None),
        Outbound::Follow { target, uri, .. } => ("follow", target.uri.clone(), Some(uri.clone())),
        Outbound::UndoFollow { target, .. } => ("undo-follow", target.uri.clone(), None),
        Outbound::AnswerFollow { follower, accepted, .. } => {
            (if *accepted { "accept" } else { "reject" }, follower.uri.clone(), None)
        }
    };
    Some(Told { kind: kind.to_owned(), object, id, inboxes: event.inboxes.clone() })
}

/// Tells everything that is pending, as the worker does; answers what it was.
pub async fn told(node: &TestNode) -> Vec<Told> {
    let mut all = Vec::new();
    loop {
        let events = node.app.pending_events(50).await.expect("events");
        if events.is_empty() {
            return all;
        }
        for event in events {
            let words = in_words(&event);
            let activities = words.iter().filter(|told| !told.inboxes.is_empty()).map(activity).collect();
            node.app.fan_out(event.id, activities).await.expect("queued");
            all.extend(words);
        }
    }
}

fn activity(told: &Told) -> OutgoingActivity {
    let fresh = || format!("https://mef58.example/x/{}", uuid::Uuid::now_v7());
    OutgoingActivity {
        uri: told.id.clone().unwrap_or_else(fresh),
        actor: 1,
        kind: told.kind.clone(),
        object: told.object.clone(),
        item: None,
        public: true,
        body: format!("{{\"object\":\"{}\"}}", told.object),
        inboxes: told.inboxes.clone(),
    }
}

/// A follower of one of our services, accepted.
pub async fn followed_by(node: &TestNode, service: &str, remote: &Remote) {
    remote.introduce(&node.app).await;
    let followed = node.actor_of_service(service).await;
    node.app.followed(&remote.activity("follow"), &remote.uri, &followed).await.expect("followed");
}

on_both_databases!(
    async fn each_shared_inbox_is_told_once(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        for name in ["reader", "second"] {
            followed_by(&node, "actus", &Remote::new("social.example", name)).await;
        }
        let lone = Remote::new("lone.example", "ada");
        let mut actor = lone.actor();
        actor.shared_inbox = None;
        node.app.keep_actor(actor).await.expect("actor");
        let followed = node.actor_of_service("actus").await;
        node.app.followed(&lone.activity("follow"), &lone.uri, &followed).await.expect("followed");
        told(&node).await;
        let (entry, item) = node.published("actus", news("Pour tous")).await;
        let inboxes = BTreeSet::from([
            "https://lone.example/a/ada/inbox".to_owned(),
            "https://social.example/inbox".to_owned(),
        ]);
        let expected = Told { kind: "create".into(), object: item.uri.clone(), id: None, inboxes };
        assert_eq!(told(&node).await, std::slice::from_ref(&expected));
        node.app.save_item(&Caller::Node, &entry.uid, news("Corrigée"), None).await.expect("saved");
        node.step(&entry.uid, Submit).await;
        node.step(&entry.uid, Publish).await;
        assert_eq!(told(&node).await, [Told { kind: "update".into(), ..expected.clone() }]);
        node.step(&entry.uid, Withdraw).await;
        assert_eq!(told(&node).await, [Told { kind: "delete".into(), ..expected }]);
    }
);

on_both_databases!(
    async fn the_fan_out_of_an_event_happens_once(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        followed_by(&node, "actus", &Remote::new("social.example", "reader")).await;
        told(&node).await;
        node.published("actus", news("Une fois")).await;
        let before = node.write(|tx| Ok(tx.reads().deliveries(None, None, 100)?.len())).await;
        let events = node.app.pending_events(50).await.expect("events");
        assert_eq!(events.len(), 1);
        let activity = activity(&in_words(&events[0]).expect("something to say"));
        for _ in 0..3 {
            // The second time under another id, as a worker that was killed would make it.
            let mut again = activity.clone();
            again.uri = format!("https://mef58.example/x/{}", uuid::Uuid::now_v7());
            node.app.fan_out(events[0].id, vec![activity.clone()]).await.expect("queued");
            node.app.fan_out(events[0].id, vec![again]).await.expect("queued");
        }
        let after = node.write(|tx| Ok(tx.reads().deliveries(None, None, 100)?.len())).await;
        assert_eq!(after - before, 1);
        assert!(node.app.pending_events(50).await.expect("events").is_empty());
    }
);

on_both_databases!(
    async fn two_announcements_that_wait_together_are_both_told(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        followed_by(&node, "actus", &Remote::new("social.example", "reader")).await;
        let origin = Remote::new("mef21.example", "actus");
        node.follows("actus", &origin, TrustLevel::Announce, "{}").await;
        told(&node).await;
        origin.sends(&node.app, origin.item(1, 1)).await;
        origin.sends(&node.app, origin.item(1, 2)).await;
        let said = told(&node).await;
        assert_eq!(said.iter().map(|t| t.kind.as_str()).collect::<Vec<_>>(), ["announce", "announce"]);
        assert_ne!(said[0].id, said[1].id);
        // The first one stands, and it is the one that is taken back.
        let entry = node.entry("actus", &origin.item_uri(1)).await.expect("entry");
        assert_eq!(entry.announce_uri, said[0].id);
        origin.deletes(&node.app, 1).await;
        let undone = told(&node).await;
        assert_eq!((undone[0].kind.as_str(), &undone[0].id), ("undo-announce", &said[0].id));
    }
);

on_both_databases!(
    async fn an_event_that_cannot_be_read_does_not_stop_the_others(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        followed_by(&node, "actus", &Remote::new("social.example", "reader")).await;
        told(&node).await;
        let gone = DomainEvent::ItemPublished { item: 4_711, service: 4_712 };
        node.write(move |tx| Ok(tx.record(&gone, 0)?)).await;
        node.write(|tx| Ok(tx.record_unreadable("{\"kind\":\"from_the_future\"}", 0)?)).await;
        node.published("actus", news("Après")).await;
        assert_eq!(told(&node).await.len(), 1);
    }
);

on_both_databases!(
    async fn an_item_and_its_event_commit_together(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        told(&node).await;
        let entry = node.app.create_item(&author, "actus", news("Rien")).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        crate::tests::node::forbidden(node.app.transition(&author, &entry.uid, Publish, "").await);
        assert!(told(&node).await.is_empty());
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        assert_eq!(told(&node).await.len(), 1);
    }
);

on_both_databases!(
    async fn a_follower_that_left_is_told_nothing_more(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let reader = Remote::new("social.example", "reader");
        followed_by(&node, "actus", &reader).await;
        let followed = node.actor_of_service("actus").await;
        node.app.unfollowed(&reader.activity("undo"), &reader.uri, &followed, None).await.expect("undone");
        told(&node).await;
        node.published("actus", news("Sans elle")).await;
        assert!(told(&node).await[0].inboxes.is_empty());
    }
);

on_both_databases!(
    async fn who_follows_hears_that_the_node_is_called_otherwise(db) {
        let node = node(db).await;
        node.newsroom("actus").await;
        followed_by(&node, "actus", &Remote::new("social.example", "reader")).await;
        told(&node).await;
        let form = |name: &str, territory: &str| NodeForm { name: name.to_owned(), territory: territory.to_owned() };
        let changed = node.app.change_node(&Caller::Node, form("MEF du Nivernais", "region:27")).await.expect("changed");
        assert_eq!((changed.name.as_str(), changed.territory.as_str()), ("MEF du Nivernais", "region:27"));
        let (told, actor) = (told(&node).await, node.actor_of_service("actus").await);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((told[0].kind.as_str(), &told[0].object, told[0].inboxes.len()), ("update-actor", &actor, 1));
        invalid(node.app.change_node(&Caller::Node, form("MEF", "departement:999")).await, "unknown_place");
    }
);
