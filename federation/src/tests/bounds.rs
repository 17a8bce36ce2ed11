//! What strangers can make the node keep, ask and wait for has an end.

use super::items::follow;
use super::peer::{Peer, Reply};
use super::world::World;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::testing::{TestDatabase, on_both_databases};
use serde_json::{Value, json};
use std::collections::BTreeMap;

on_both_databases!(
    async fn strangers_leave_nothing_behind(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        for name in 0..50 {
            let actor = peer.actor(&format!("u{name}"));
            peer.put(&format!("/u{name}"), &actor);
        }
        let kinds = ["Create", "Update", "Delete", "Announce", "Undo", "Like", "Flag", "Accept", "Reject"];
        for name in 0..50 {
            let actor = peer.url(&format!("/u{name}"));
            let kind = kinds[name % kinds.len()];
            let object = match kind {
                "Undo" => json!({ "type": "Announce", "object": format!("{actor}/1") }),
                "Accept" | "Reject" => json!(world.url("/x/1")),
                "Delete" | "Announce" => json!(format!("{actor}/1")),
                _ => json!({ "id": format!("{actor}/1"), "type": "Note", "attributedTo": actor, "content": "x", "to": "as:Public" }),
            };
            let activity = json!({ "id": format!("{actor}#1"), "type": kind, "actor": actor, "object": object });
            let answer = peer.post(&world.url("/inbox"), &activity, world.app().now()).await;
            assert_eq!(answer.status(), 202, "{kind}: {}", answer.text().await.unwrap());
            // The key is remembered: a second word costs no second question.
            let again = json!({ "id": format!("{actor}#2"), "type": "Like", "actor": actor, "object": "x" });
            assert_eq!(peer.post(&world.url("/inbox"), &again, world.app().now()).await.status(), 202);
            assert_eq!(peer.asked(&format!("/u{name}")), 1);
            assert!(world.app().known_actor(&actor).await.is_err(), "{kind} left a row");
        }
        assert!(world.app().due_fetches(10).await.unwrap().is_empty());
        assert!(world.read(|reads| reads.peers()).await.is_empty(), "nor of its server");
    }
);

#[tokio::test]
async fn a_flood_of_follows_is_stopped() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    world.service("news", "ouvert", Visibility::Public).await;
    let service = world.actor_of("ouvert").await;
    for name in 0..300 {
        let actor = peer.actor(&format!("u{name}"));
        peer.put(&format!("/u{name}"), &actor);
    }
    let ask = async |name: usize| {
        let actor = peer.url(&format!("/u{name}"));
        let ask = json!({ "id": format!("{actor}#f"), "type": "Follow", "actor": actor, "object": service });
        peer.post(&world.url("/inbox"), &ask, world.app().now()).await
    };
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for name in 0..300 {
        let answer = ask(name).await;
        if answer.status() == 429 {
            assert_eq!(answer.headers()["retry-after"], "1");
        }
        *statuses.entry(answer.status().as_u16()).or_default() += 1;
    }
    assert_eq!(statuses, BTreeMap::from([(202, 200), (429, 100)]));
    assert_eq!(world.followers("ouvert").await.len(), 200);
    // Who waited as it was told to is taken.
    world.clock.pass(2);
    assert_eq!(ask(299).await.status(), 202);
}

on_both_databases!(
    async fn a_changed_key_is_asked_for_once_in_five_minutes(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "veille", Visibility::Public).await;
        follow(&world, "veille", &peer.remote("alice"), TrustLevel::Publish, true).await;
        let mut other = Peer::start().await;
        let like = |number: usize| json!({ "id": peer.url(&format!("/alice#{number}")), "type": "Like", "actor": peer.url("/alice"), "object": "x" });
        let inbox = world.url("/inbox");
        // Somebody else signs in her name: her server is asked once.
        for number in 0..5 {
            assert_eq!(other.post(&inbox, &like(number), world.app().now()).await.status(), 401);
        }
        assert_eq!(peer.asked("/alice"), 1);
        assert_eq!(peer.post(&inbox, &like(5), world.app().now()).await.status(), 202);
        // Names of keys that she does not have count as the same question.
        world.clock.pass(300);
        for number in 0..5 {
            let forged = json!({ "id": peer.url(&format!("/alice#x{number}")), "type": "Like", "actor": peer.url("/alice"), "object": "x" });
            let url = url::Url::parse(&inbox).unwrap();
            let key_id = peer.url(&format!("/alice#other-{number}"));
            let body = forged.to_string();
            let headers = crate::signature::sign(crate::signature::Scheme::Cavage, "POST", &url, world.app().now(), Some(body.as_bytes()), &key_id, &other.key).unwrap();
            let mut request = reqwest::Client::new().post(&inbox).header("content-type", "application/activity+json");
            for (name, value) in headers {
                request = request.header(name, value);
            }
            assert_eq!(request.body(body).send().await.unwrap().status(), 401);
        }
        assert_eq!(peer.asked("/alice"), 2);
        // She changes her key: known with the next word, once the five minutes are over.
        world.clock.pass(300);
        let mut document = peer.actor("alice");
        document["publicKey"]["publicKeyPem"] = other.key.public_key_pem().unwrap().into();
        peer.put("/alice", &document);
        other.base.clone_from(&peer.base);
        assert_eq!(other.post(&inbox, &like(6), world.app().now()).await.status(), 202);
        assert_eq!(peer.post(&inbox, &like(7), world.app().now()).await.status(), 401, "the old key is no more");
        assert_eq!(other.post(&inbox, &like(8), world.app().now()).await.status(), 202);
        assert_eq!(peer.asked("/alice"), 3);
    }
);

on_both_databases!(
    async fn a_key_that_stands_alone_is_resolved_by_fetching_it(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        let id = peer.url("/gts");
        let mut document = peer.actor("gts");
        document["publicKey"]["id"] = format!("{id}/main-key").into();
        peer.put("/gts", &document);
        let post = async |number: usize| {
            let like = json!({ "id": format!("{id}#{number}"), "type": "Like", "actor": id, "object": "x" }).to_string();
            let url = url::Url::parse(&world.url("/inbox")).unwrap();
            let headers = crate::signature::sign(crate::signature::Scheme::Cavage, "POST", &url, world.app().now(), Some(like.as_bytes()), &format!("{id}/main-key"), &peer.key).unwrap();
            let mut request = reqwest::Client::new().post(url).header("content-type", "application/activity+json");
            for (name, value) in headers {
                request = request.header(name, value);
            }
            request.body(like).send().await.unwrap().status().as_u16()
        };
        // GoToSocial shows everybody a stripped actor there; others a key that names its owner.
        let stripped = json!({ "id": id, "type": "Person", "preferredUsername": "gts", "publicKey": document["publicKey"] });
        let alone = json!({ "id": format!("{id}/main-key"), "owner": id, "publicKeyPem": document["publicKey"]["publicKeyPem"] });
        let elsewhere = json!({ "id": "http://localhost:1/x", "type": "Person", "inbox": "http://localhost:1/x/i" });
        let cases: [(Value, u16); 4] = [(json!({ "nothing": 1 }), 401), (elsewhere, 401), (stripped, 202), (alone, 202)];
        for (number, (shown, status)) in cases.into_iter().enumerate() {
            peer.put("/gts/main-key", &shown);
            assert_eq!(post(number).await, status, "{shown}");
        }
        // Known now, for a day.
        peer.serve("/gts/main-key", Reply::status(500));
        assert_eq!(post(10).await, 202);
        world.clock.pass(24 * 3_600);
        assert_eq!(post(11).await, 503);
    }
);
