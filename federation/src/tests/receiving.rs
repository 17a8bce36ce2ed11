//! Activities carried out, or left alone, after their signature has been verified.

use super::golden::stranger;
use super::items::{activity, follow, news, note};
use super::peer::{Peer, Reply};
use super::world::World;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::testing::on_both_databases;
use serde_json::{Value, json};

async fn status(world: &World, activity: Value) -> u16 {
    world.receive(activity).await.map_or_else(|error| error.status(), |()| 202)
}

on_both_databases!(
    async fn follows_come_and_go(db) {
        let world = World::offline(db).await;
        world.service("news", "ouvert", Visibility::Public).await;
        world.service("news", "reseau", Visibility::Network).await;
        world.service("news", "interne", Visibility::Private).await;
        let reader = world.app().keep_actor(stranger()).await.unwrap();
        let ask = async |name: &str, slug: &str| {
            json!({ "id": format!("{}/f/{name}", reader.uri), "type": "Follow", "actor": reader.uri, "object": world.actor_of(slug).await })
        };
        let states = async |slug: &str| {
            world.followers(slug).await.into_iter().map(|view| view.follower.state).collect::<Vec<_>>()
        };
        assert_eq!(status(&world, ask("1", "ouvert").await).await, 202);
        assert_eq!(status(&world, ask("2", "reseau").await).await, 202);
        assert_eq!(status(&world, ask("3", "interne").await).await, 404);
        assert_eq!((states("ouvert").await, states("reseau").await), (vec!["accepted".to_owned()], vec!["pending".to_owned()]));
        // Asked again, it is answered again, and is one follower still.
        assert_eq!(status(&world, ask("4", "ouvert").await).await, 202);
        assert_eq!(states("ouvert").await.len(), 1);
        // Nobody takes back what another did; and what was never done needs no undoing.
        let mut theirs = ask("4", "ouvert").await;
        theirs["actor"] = "https://elsewhere.example/other".into();
        assert_eq!(status(&world, activity("Undo", "u1", &stranger(), theirs)).await, 403);
        let unknown = json!({ "id": "https://unknown.example/u", "type": "Undo", "actor": "https://unknown.example/x", "object": { "type": "Follow", "actor": "https://unknown.example/x", "object": world.actor_of("ouvert").await } });
        assert_eq!(status(&world, unknown).await, 202);
        assert_eq!(status(&world, activity("Undo", "u2", &stranger(), json!("https://elsewhere.example/nothing"))).await, 202);
        assert_eq!(states("ouvert").await.len(), 1);
        // By its id alone, embedded with the id alone, and in full.
        for (name, undo) in [("a", json!(format!("{}/f/4", reader.uri))), ("b", json!({ "id": format!("{}/f/b", reader.uri), "type": "Follow" })), ("c", ask("c", "ouvert").await)] {
            if name != "a" {
                assert_eq!(status(&world, ask(name, "ouvert").await).await, 202);
            }
            assert_eq!(status(&world, activity("Undo", &format!("undo-{name}"), &stranger(), undo)).await, 202);
            assert_eq!(states("ouvert").await.len(), 0, "{name}");
        }
        // Not of an actor: our item, our shared inbox, somebody else's.
        for object in [world.url("/inbox"), world.url("/o/0198f3a0-0000-7000-8000-000000000000")] {
            assert_eq!(status(&world, json!({ "id": format!("{}/f/x", reader.uri), "type": "Follow", "actor": reader.uri, "object": object })).await, 404);
        }
        assert_eq!(status(&world, json!({ "id": format!("{}/f/y", reader.uri), "type": "Follow", "actor": reader.uri, "object": "https://unknown.example/x" })).await, 400);
    }
);

on_both_databases!(
    async fn our_follow_is_answered_by_whom_we_asked(db) {
        let world = World::offline(db).await;
        world.service("news", "veille", Visibility::Public).await;
        let id = follow(&world, "veille", &stranger(), TrustLevel::Publish, false).await;
        let state = async || {
            world.read(|reads| {
                let actor = reads.actor("https://elsewhere.example/source")?.id;
                Ok(reads.follow_of(actor)?.unwrap().state)
            }).await
        };
        let answer = |kind: &str, name: &str, from: &str, object: Value| json!({ "id": format!("{from}#{name}"), "type": kind, "actor": from, "object": object });
        let other = "https://elsewhere.example/other";
        let ours = "https://elsewhere.example/source";
        // Never sent; sent to another; not a Follow.
        assert_eq!(status(&world, answer("Accept", "1", ours, json!(world.url("/x/0")))).await, 202);
        assert_eq!(status(&world, answer("Accept", "2", other, json!(id))).await, 403);
        assert_eq!(status(&world, answer("Accept", "3", other, json!({ "type": "Follow", "actor": "x", "object": other }))).await, 202);
        assert_eq!(status(&world, answer("Accept", "4", ours, json!({ "type": "Like" }))).await, 400);
        assert_eq!(status(&world, answer("Accept", "5", ours, json!([id, id]))).await, 400);
        assert_eq!(state().await, "pending");
        // With the Follow inside and without an id, as an id, as one of a list.
        let forms = [json!({ "type": "Follow", "actor": world.url("/a/x"), "object": ours }), json!({ "id": id, "type": "Follow" }), json!(id), json!([{ "id": id }])];
        for (number, form) in forms.into_iter().enumerate() {
            assert_eq!(status(&world, answer("Reject", &format!("r{number}"), ours, form.clone())).await, 202);
            assert_eq!(state().await, "rejected", "{form}");
            assert_eq!(status(&world, answer("Accept", &format!("a{number}"), ours, form.clone())).await, 202);
            assert_eq!(state().await, "accepted", "{form}");
        }
    }
);

on_both_databases!(
    async fn only_whom_we_follow_is_listened_to(db) {
        let world = World::offline(db).await;
        world.service("news", "veille", Visibility::Public).await;
        // A reader of ours, whom we do not follow, writes and answers: taken politely, and nothing is kept.
        let reader = world.app().keep_actor(stranger()).await.unwrap();
        let ask = json!({ "id": format!("{}/f", reader.uri), "type": "Follow", "actor": reader.uri, "object": world.actor_of("veille").await });
        assert_eq!(status(&world, ask).await, 202);
        let entry = world.publish("veille", news("Le nôtre")).await;
        let own = world.entries("veille").await.remove(0).item.uri;
        let mut reply = note(&stranger(), "1", "Merci !");
        reply["inReplyTo"] = own.clone().into();
        for (number, activity) in [
            activity("Create", "c1", &stranger(), reply),
            activity("Create", "c2", &stranger(), note(&stranger(), "2", "Autre chose")),
            activity("Create", "c3", &stranger(), json!("https://elsewhere.example/source/notes/3")),
            activity("Update", "u1", &stranger(), note(&stranger(), "2", "Autre chose encore")),
            activity("Announce", "a1", &stranger(), json!(own)),
            activity("Announce", "a2", &stranger(), json!("https://elsewhere.example/source/notes/2")),
            activity("Undo", "a3", &stranger(), json!({ "type": "Announce", "object": own })),
            activity("Like", "l1", &stranger(), json!(own)),
            activity("Undo", "l2", &stranger(), json!({ "type": "Like", "object": { "strange": true } })),
            activity("Delete", "d1", &stranger(), json!("https://elsewhere.example/source/notes/2")),
            activity("Flag", "f1", &stranger(), json!([own])),
            activity("Move", "m1", &stranger(), json!(stranger().uri)),
        ].into_iter().enumerate() {
            assert_eq!(status(&world, activity).await, 202, "{number}");
        }
        assert_eq!(world.shown("veille").await, ["Le nôtre"]);
        let all = world.entries("veille").await;
        assert_eq!((all.len(), &all[0].entry.uid), (1, &entry.uid));
        assert!(world.app().due_fetches(10).await.unwrap().is_empty(), "nothing is fetched for somebody we do not follow");
        // What we do follow: its own, not its replies, nor what it writes to some alone.
        follow(&world, "veille", &stranger(), TrustLevel::Publish, true).await;
        let mut reply = note(&stranger(), "5", "Une réponse");
        reply["inReplyTo"] = "https://elsewhere.example/x".into();
        let mut direct = note(&stranger(), "6", "Pour vous seul");
        direct["to"] = json!([world.actor_of("veille").await]);
        direct["cc"] = json!([]);
        for (name, object) in [("c4", note(&stranger(), "4", "Une nouvelle")), ("c5", reply), ("c6", direct)] {
            assert_eq!(status(&world, activity("Create", name, &stranger(), object)).await, 202);
        }
        assert_eq!(world.shown("veille").await, ["Le nôtre", "Une nouvelle"]);
        // An Announce of what is our own brings nothing.
        assert_eq!(status(&world, activity("Announce", "a4", &stranger(), json!(own))).await, 202);
        assert!(world.app().due_fetches(10).await.unwrap().is_empty());
    }
);

on_both_databases!(
    async fn nobody_changes_what_is_anothers(db) {
        let world = World::offline(db).await;
        world.service("news", "veille", Visibility::Public).await;
        follow(&world, "veille", &stranger(), TrustLevel::Publish, true).await;
        let theirs = note(&stranger(), "1", "Le vrai texte");
        assert_eq!(status(&world, activity("Create", "c", &stranger(), theirs.clone())).await, 202);
        let mut neighbour = stranger();
        neighbour.uri = "https://elsewhere.example/other".into();
        let mut far = stranger();
        far.uri = "https://far.example/other".into();
        for from in [&neighbour, &far] {
            let mut stolen = theirs.clone();
            stolen["content"] = "<p>Un faux</p>".into();
            assert_eq!(status(&world, activity("Update", "u1", from, stolen.clone())).await, 403);
            assert_eq!(status(&world, activity("Create", "u2", from, stolen.clone())).await, 403);
            assert_eq!(status(&world, activity("Delete", "d1", from, theirs["id"].clone())).await, 403);
            assert_eq!(status(&world, activity("Delete", "d2", from, json!(stranger().uri))).await, 403);
            // Another actor with a new key.
            let mut person = json!({ "id": stranger().uri, "type": "Person" });
            person["publicKey"] = json!({ "id": stranger().key_id, "owner": stranger().uri, "publicKeyPem": "x" });
            assert_eq!(status(&world, activity("Update", "p1", from, person)).await, 403);
            // Ours.
            let own = world.actor_of("veille").await;
            assert_eq!(status(&world, activity("Delete", "o1", from, json!(own))).await, 403);
            assert_eq!(status(&world, activity("Update", "o2", from, json!({ "id": own, "type": "Service" }))).await, 403);
        }
        assert_eq!(world.shown("veille").await, ["Le vrai texte"]);
        assert_eq!(world.app().known_actor(&stranger().uri).await.unwrap().public_key, stranger().public_key);
        assert_eq!(status(&world, activity("Delete", "d3", &stranger(), json!({ "id": theirs["id"], "type": "Tombstone" }))).await, 202);
        assert!(world.shown("veille").await.is_empty());
    }
);

on_both_databases!(
    async fn an_actor_that_goes_takes_all_of_its_own_along(db) {
        let world = World::offline(db).await;
        world.service("news", "veille", Visibility::Public).await;
        let reader = world.app().keep_actor(stranger()).await.unwrap();
        let ask = json!({ "id": format!("{}/f", reader.uri), "type": "Follow", "actor": reader.uri, "object": world.actor_of("veille").await });
        assert_eq!(status(&world, ask).await, 202);
        follow(&world, "veille", &stranger(), TrustLevel::Publish, true).await;
        for name in ["1", "2", "3"] {
            let theirs = note(&stranger(), name, &format!("Texte {name}"));
            assert_eq!(status(&world, activity("Create", name, &stranger(), theirs)).await, 202);
        }
        assert_eq!(world.shown("veille").await.len(), 3);
        assert_eq!(status(&world, activity("Delete", "gone", &stranger(), json!(stranger().uri))).await, 202);
        assert!(world.shown("veille").await.is_empty());
        assert_eq!(world.followers("veille").await.len(), 0, "nothing is sent to who is no more");
        // Of somebody of whom we know nothing, it says nothing to us.
        let unknown = json!({ "id": "https://unknown.example/u", "type": "Delete", "actor": "https://unknown.example/x", "object": "https://unknown.example/x" });
        assert_eq!(status(&world, unknown).await, 202);
    }
);

on_both_databases!(
    async fn an_actor_that_changes_is_read_where_it_lives(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "veille", Visibility::Public).await;
        let alice = world.app().keep_actor(peer.remote("alice")).await.unwrap();
        let update = |name: &str, object: Value| json!({ "id": format!("{}#{name}", alice.uri), "type": "Update", "actor": alice.uri, "object": object });
        // What the inbox is told is not believed: only that something has changed.
        let mut lie = peer.actor("alice");
        lie["name"] = "Une autre".into();
        lie["inbox"] = "https://evil.example/inbox".into();
        let mut changed = peer.actor("alice");
        changed["name"] = "Alice a changé".into();
        peer.put("/alice", &changed);
        assert_eq!(status(&world, update("1", lie.clone())).await, 202);
        let held = world.app().known_actor(&alice.uri).await.unwrap();
        assert_eq!((held.name.as_str(), held.inbox.as_str()), ("Alice a changé", peer.url("/alice/inbox").as_str()));
        // Changed again at once: later, so that it is not lost, and not as often as somebody likes.
        changed["name"] = "Alice encore".into();
        peer.put("/alice", &changed);
        assert_eq!(status(&world, update("2", lie.clone())).await, 429);
        assert_eq!(peer.asked("/alice"), 1);
        world.clock.pass(31);
        assert_eq!(status(&world, update("2", lie)).await, 202);
        assert_eq!(world.app().known_actor(&alice.uri).await.unwrap().name, "Alice encore");
        // A server that is down is asked again, one that answers something else is not believed.
        world.clock.pass(31);
        peer.serve("/alice", Reply::status(503));
        assert_eq!(status(&world, update("3", peer.actor("alice"))).await, 503);
        world.clock.pass(31);
        let mut stripped = peer.actor("alice");
        stripped["inbox"] = Value::Null;
        peer.put("/alice", &stripped);
        assert_eq!(status(&world, update("4", peer.actor("alice"))).await, 400);
        assert_eq!(world.app().known_actor(&alice.uri).await.unwrap().name, "Alice encore");
        // Of somebody with whom we have nothing to do nothing is kept, or even asked.
        let asked = peer.asked("/bob");
        let bob = json!({ "id": peer.url("/bob#u"), "type": "Update", "actor": peer.url("/bob"), "object": peer.actor("bob") });
        assert_eq!(status(&world, bob).await, 202);
        assert_eq!(peer.asked("/bob"), asked);
        assert!(world.app().known_actor(&peer.url("/bob")).await.is_err());
    }
);

on_both_databases!(
    async fn an_inbox_of_ones_own_takes_the_same(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "ouvert", Visibility::Public).await;
        world.service("news", "interne", Visibility::Private).await;
        let (open, closed) = (world.actor_of("ouvert").await, world.actor_of("interne").await);
        let node = world.read(|reads| Ok(reads.node_actor()?.uri)).await;
        let now = world.app().now();
        for (number, (inbox, expected)) in [
            (format!("{open}/inbox"), 202),
            (format!("{node}/inbox"), 202),
            (world.url("/inbox"), 202),
            (format!("{closed}/inbox"), 404),
            (world.url("/a/0198f3a0-0000-7000-8000-000000000000/inbox"), 404),
        ].into_iter().enumerate() {
            let ask = json!({ "id": peer.url(&format!("/alice/f/{number}")), "type": "Follow", "actor": peer.url("/alice"), "object": open });
            assert_eq!(peer.post(&inbox, &ask, now).await.status(), expected, "{inbox}");
        }
        assert_eq!(world.followers("ouvert").await.len(), 1);
    }
);
