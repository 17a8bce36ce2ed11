//! What somebody we follow has named is fetched from its origin, and believed only there.

use super::items::{activity, follow, note};
use super::peer::{Peer, Reply};
use super::world::{World, until};
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::testing::on_both_databases;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Alice, whom we follow, announces something.
async fn announce(world: &World, peer: &Peer, name: &str, object: Value) {
    world.receive(activity("Announce", name, &peer.remote("alice"), object)).await.unwrap();
}

async fn settled(world: &World) {
    until("everything due was tried", async || world.app().due_fetches(10).await.unwrap().is_empty()).await;
}

on_both_databases!(
    async fn an_object_is_what_its_origin_says(db) {
        let world = World::online(db).await;
        let (peer, origin) = (Peer::start().await, Peer::start().await);
        world.service("news", "veille", Visibility::Public).await;
        follow(&world, "veille", &peer.remote("alice"), TrustLevel::Publish, true).await;
        let bob = origin.remote("bob");
        let workers = world.work();
        // Embedded, it is fetched all the same; in a Create, as groups announce, too.
        origin.put("/bob/notes/1", &note(&bob, "1", "Vrai un"));
        let mut forged = note(&bob, "1", "Faux");
        announce(&world, &peer, "1", forged.clone()).await;
        origin.put("/bob/notes/2", &note(&bob, "2", "Vrai deux"));
        forged["id"] = origin.url("/bob/notes/2").into();
        announce(&world, &peer, "2", json!({ "id": peer.url("/x"), "type": "Create", "actor": bob.uri, "object": forged })).await;
        // By another address of the same object.
        origin.put("/bob/notes/3", &note(&bob, "3", "Vrai trois"));
        origin.put("/web/3", &note(&bob, "3", "Vrai trois"));
        announce(&world, &peer, "3", json!(origin.url("/web/3"))).await;
        origin.put("/bob/notes/4", &note(&bob, "4", "Vrai quatre"));
        origin.serve("/moved/4", Reply::redirect(&origin.url("/bob/notes/4")));
        announce(&world, &peer, "4", json!(origin.url("/moved/4"))).await;
        until("four are shown", async || world.shown("veille").await.len() == 4).await;
        assert_eq!(world.shown("veille").await, ["Vrai deux", "Vrai quatre", "Vrai trois", "Vrai un"]);
        // What is not what it should be.
        let wrong = [
            ("/of-another", Reply::document(&json!({ "id": origin.url("/of-another"), "type": "Note", "attributedTo": peer.url("/alice"), "to": "as:Public", "content": "x" }))),
            ("/elsewhere", Reply::document(&note(&peer.remote("alice"), "9", "x"))),
            ("/no-type", Reply::document(&json!({ "id": origin.url("/no-type"), "attributedTo": bob.uri }))),
            ("/text", Reply::body("text/plain", &note(&bob, "text", "x").to_string())),
            ("/json", Reply::body("application/json", &note(&bob, "json", "x").to_string())),
            ("/twice", Reply::body("application/activity+json", "{\"id\":\"a\",\"id\":\"b\"}")),
            ("/long", Reply::body("application/activity+json", &" ".repeat(1024 * 1024 + 1))),
            ("/absent", Reply::status(404)),
            ("/refused", Reply::status(400)),
            ("/actor", Reply::document(&origin.actor("actor"))),
            ("/loop", Reply::redirect(&origin.url("/loop"))),
            ("/file", Reply::redirect("file:///etc/passwd")),
        ];
        for (path, reply) in wrong {
            origin.serve(path, reply);
            announce(&world, &peer, path, json!(origin.url(path))).await;
        }
        let mut hidden = note(&bob, "hidden", "Pour ses lecteurs");
        hidden["to"] = json!([bob.followers]);
        hidden["cc"] = json!([]);
        origin.put("/bob/notes/hidden", &hidden);
        announce(&world, &peer, "hidden", hidden["id"].clone()).await;
        settled(&world).await;
        assert_eq!(world.shown("veille").await.len(), 4);
        workers.stop().await;
    }
);

on_both_databases!(
    async fn a_fault_that_passes_is_tried_again(db) {
        let world = World::online(db).await;
        let (peer, origin) = (Peer::start().await, Peer::start().await);
        world.service("news", "veille", Visibility::Public).await;
        follow(&world, "veille", &peer.remote("alice"), TrustLevel::Publish, true).await;
        let workers = world.work();
        for (number, status) in [500, 503, 429, 401, 403].into_iter().enumerate() {
            let name = number.to_string();
            origin.serve(&format!("/bob/notes/{name}"), Reply::status(status));
            announce(&world, &peer, &name, json!(origin.url(&format!("/bob/notes/{name}")))).await;
        }
        settled(&world).await;
        assert!(world.shown("veille").await.is_empty());
        for number in 0..5 {
            let note = note(&origin.remote("bob"), &number.to_string(), &format!("Texte {number}"));
            origin.put(&format!("/bob/notes/{number}"), &note);
        }
        world.clock.pass(90);
        until("all are shown", async || world.shown("veille").await.len() == 5).await;
        // Its origin says that it is gone, in either way; that it is merely not found says nothing.
        for (number, reply) in [
            Reply::status(410),
            Reply::document(&json!({ "id": origin.url("/bob/notes/1"), "type": "Tombstone" })),
            Reply::status(404),
        ].into_iter().enumerate() {
            origin.serve(&format!("/bob/notes/{number}"), reply);
            announce(&world, &peer, &format!("again-{number}"), json!(origin.url(&format!("/bob/notes/{number}")))).await;
        }
        until("two are gone", async || world.shown("veille").await.len() == 3).await;
        settled(&world).await;
        assert_eq!(world.shown("veille").await, ["Texte 2", "Texte 3", "Texte 4"]);
        workers.stop().await;
    }
);

on_both_databases!(
    async fn a_slow_origin_holds_up_nobody(db) {
        let world = World::online(db).await;
        let (peer, slow, quick) = (Peer::start().await, Peer::start().await, Peer::start().await);
        world.service("news", "veille", Visibility::Public).await;
        follow(&world, "veille", &peer.remote("alice"), TrustLevel::Publish, true).await;
        for number in 0..200 {
            let path = format!("/bob/notes/{number}");
            slow.serve(&path, Reply::status(500).after(Duration::from_secs(8)));
            announce(&world, &peer, &format!("slow-{number}"), json!(slow.url(&path))).await;
        }
        for number in 0..5 {
            let note = note(&quick.remote("bob"), &number.to_string(), &format!("Vite {number}"));
            quick.put(&format!("/bob/notes/{number}"), &note);
            announce(&world, &peer, &format!("quick-{number}"), note["id"].clone()).await;
        }
        let began = Instant::now();
        let workers = world.work();
        until("the quick are shown", async || world.shown("veille").await.len() == 5).await;
        assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
        assert_eq!(slow.seen().len(), 2, "two at a time from one host");
        workers.stop().await;
    }
);

on_both_databases!(
    async fn nothing_is_fetched_from_a_blocked_host(db) {
        let world = World::online(db).await;
        let (peer, origin, bridge) = (Peer::start().await, Peer::start().await, Peer::start().await);
        world.service("news", "veille", Visibility::Public).await;
        follow(&world, "veille", &peer.remote("alice"), TrustLevel::Publish, true).await;
        origin.put("/bob/notes/1", &note(&origin.remote("bob"), "1", "Bloqué"));
        bridge.serve("/leads/there", Reply::redirect(&origin.url("/bob/notes/1")));
        world.block(&origin.host()).await;
        announce(&world, &peer, "1", json!(origin.url("/bob/notes/1"))).await;
        announce(&world, &peer, "2", json!(origin.url("/bob/notes/1").replace("localhost", "LOCALHOST"))).await;
        announce(&world, &peer, "3", json!(bridge.url("/leads/there"))).await;
        let workers = world.work();
        until("the bridge was asked", async || bridge.asked("/leads/there") == 1).await;
        settled(&world).await;
        workers.stop().await;
        assert!(origin.seen().is_empty() && world.shown("veille").await.is_empty());
    }
);
