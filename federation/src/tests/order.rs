//! The same twice, and things in another order: nothing is done twice, and the end is the same.

use super::golden::stranger;
use super::items::{activity, follow, note};
use super::peer::Peer;
use super::world::{World, until};
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::testing::on_both_databases;
use serde_json::{Value, json};

/// Every order of these.
fn orders<T: Clone>(things: &[T]) -> Vec<Vec<T>> {
    if things.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..things.len() {
        let mut rest = things.to_vec();
        let first = rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, first.clone());
            all.push(order);
        }
    }
    all
}

/// A Note at a moment, and the activity about it.
fn about(kind: &str, name: &str, number: usize, minute: u32) -> Value {
    let mut object = note(&stranger(), &format!("{number}"), &format!("{name} {number}"));
    object["updated"] = format!("2026-03-03T10:{minute:02}:00Z").into();
    if kind == "Delete" {
        object = object["id"].clone();
    }
    activity(kind, &format!("{name}-{number}"), &stranger(), object)
}

on_both_databases!(
    async fn every_order_ends_the_same(db) {
        let world = World::offline(db).await;
        world.service("news", "veille", Visibility::Public).await;
        follow(&world, "veille", &stranger(), TrustLevel::Publish, true).await;
        let mut number = 0;
        for order in orders(&[("Create", "premier", 0), ("Update", "deuxième", 1), ("Update", "troisième", 2)]) {
            number += 1;
            for (kind, name, minute) in order.iter().chain(&order) {
                world.receive(about(kind, name, number, *minute)).await.unwrap();
            }
        }
        let mut expected: Vec<String> = (1..=number).map(|number| format!("troisième {number}")).collect();
        expected.sort();
        assert_eq!(world.shown("veille").await, expected);
        for order in orders(&[("Create", "premier", 0), ("Update", "deuxième", 1), ("Delete", "fin", 2)]) {
            number += 1;
            for (kind, name, minute) in order {
                world.receive(about(kind, name, number, minute)).await.unwrap();
            }
            assert_eq!(world.shown("veille").await, expected, "a Delete is the last word");
        }
    }
);

on_both_databases!(
    async fn bytes_sent_five_times_count_once(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "veille", Visibility::Public).await;
        let alice = peer.remote("alice");
        follow(&world, "veille", &alice, TrustLevel::Publish, true).await;
        let ask = json!({ "id": peer.url("/bob#f"), "type": "Follow", "actor": peer.url("/bob"), "object": world.actor_of("veille").await });
        let create = activity("Create", "c", &alice, note(&alice, "1", "Une fois"));
        let update = activity("Update", "u", &alice, note(&alice, "1", "Deux fois"));
        let announce = activity("Announce", "a", &alice, json!(peer.url("/bob/notes/1")));
        for sent in [&ask, &create, &update, &announce] {
            for _ in 0..5 {
                assert_eq!(peer.post(&world.url("/inbox"), sent, world.app().now()).await.status(), 202);
            }
        }
        // At the same moment, too.
        let second = activity("Create", "c2", &alice, note(&alice, "2", "Encore"));
        let (inbox, now) = (world.url("/inbox"), world.app().now());
        let answers = futures_util::future::join_all((0..8).map(|_| peer.post(&inbox, &second, now))).await;
        assert!(answers.iter().all(|answer| answer.status() == 202));
        assert_eq!(world.shown("veille").await, ["Deux fois", "Encore"]);
        assert_eq!(world.entries("veille").await.len(), 2);
        assert_eq!(world.followers("veille").await.len(), 1);
        assert_eq!(world.app().due_fetches(10).await.unwrap().len(), 1);
        let accepts = world.app().pending_events(50).await.unwrap();
        let accepts = accepts.iter().filter(|event| matches!(event.outbound, Some(maillage_app::outbound::Outbound::AnswerFollow { .. })));
        assert_eq!(accepts.count(), 1);
    }
);

on_both_databases!(
    async fn an_announcement_taken_back_brings_nothing(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "veille", Visibility::Public).await;
        let (alice, bob) = (peer.remote("alice"), peer.remote("bob"));
        follow(&world, "veille", &alice, TrustLevel::Publish, true).await;
        peer.put("/bob/notes/1", &note(&bob, "1", "De bob"));
        let announce = activity("Announce", "a", &alice, json!(peer.url("/bob/notes/1")));
        let undo = activity("Undo", "u", &alice, json!({ "id": format!("{}#a", alice.uri), "type": "Announce", "actor": alice.uri, "object": peer.url("/bob/notes/1") }));
        // Before its object was fetched, and before it came at all.
        world.receive(announce.clone()).await.unwrap();
        world.receive(undo).await.unwrap();
        let mut early = activity("Announce", "b", &alice, json!(peer.url("/bob/notes/1")));
        let undo = activity("Undo", "v", &alice, early.clone());
        world.receive(undo).await.unwrap();
        assert!(world.app().was_received(early["id"].as_str().unwrap()).await.unwrap());
        let workers = world.work();
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        assert!(world.shown("veille").await.is_empty());
        // Another one counts.
        early["id"] = format!("{}#c", alice.uri).into();
        world.receive(early.clone()).await.unwrap();
        until("it is shown", async || world.shown("veille").await == ["De bob"]).await;
        world.receive(activity("Undo", "w", &alice, early)).await.unwrap();
        assert!(world.shown("veille").await.is_empty());
        workers.stop().await;
    }
);
