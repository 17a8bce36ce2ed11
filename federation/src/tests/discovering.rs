//! Finding an actor by its address: what servers may answer, and what is made of it.

use super::confusion::confused;
use super::peer::{Peer, Reply};
use super::world::World;
use maillage_app::AppError;
use maillage_app::inbound::RemoteActor;
use maillage_app::ports::{Discovery, Fetcher};
use maillage_domain::subscription::Handle;
use maillage_store::testing::{TestDatabase, on_both_databases};
use serde_json::{Value, json};

fn finger(peer: &Peer, name: &str) -> String {
    format!("/.well-known/webfinger?resource=acct:{name}@{}", peer.host())
}

fn descriptor(peer: &Peer, name: &str) -> Value {
    json!({
        "subject": format!("acct:{name}@{}", peer.host()),
        "links": [
            { "rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": peer.url("/@alice") },
            { "rel": "self", "type": "application/json", "href": peer.url("/other") },
            { "rel": "self", "type": "application/activity+json", "href": peer.url(&format!("/{name}")) },
        ],
    })
}

async fn find(world: &World, peer: &Peer, name: &str) -> Result<RemoteActor, AppError> {
    let handle: Handle = format!("@{name}@{}", peer.host()).parse().unwrap();
    world.face.federation().discover(&handle).await
}

on_both_databases!(
    async fn an_actor_is_found(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        peer.serve(&finger(&peer, "alice"), Reply::body("application/jrd+json", &descriptor(&peer, "alice").to_string()));
        let found = find(&world, &peer, "alice").await.unwrap();
        assert_eq!(found, peer.remote("alice"));
        let asked = peer.seen();
        assert_eq!(asked[0].headers["accept"], "application/jrd+json, application/json");
        assert!(asked[0].scheme().is_none() && asked[1].scheme().is_some(), "the actor is asked for with a signature");
        assert!(asked[1].headers["signature"].contains(&world.url("/a/")));
        // The address may stand for an actor on another host, which answers for itself.
        let other = Peer::start().await;
        let mut elsewhere = descriptor(&peer, "alice");
        elsewhere["links"][2]["href"] = other.url("/alice").into();
        peer.serve(&finger(&peer, "alice"), Reply::body("application/jrd+json", &elsewhere.to_string()));
        assert_eq!(find(&world, &peer, "alice").await.unwrap().uri, other.url("/alice"));
        world.block(&other.host()).await;
        let before = other.seen().len();
        assert!(matches!(find(&world, &peer, "alice").await, Err(AppError::Conflict(_))));
        assert_eq!(other.seen().len(), before);
    }
);

on_both_databases!(
    async fn wrong_answers_are_told_apart(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        let said = |found: Result<RemoteActor, AppError>| match found {
            Err(AppError::Remote(message)) => {
                assert!(!message.fr.is_empty() && !message.en.is_empty());
                message.en
            }
            other => panic!("{other:?}"),
        };
        let jrd = |value: &Value| Reply::body("application/jrd+json", &value.to_string());
        let link = |href: &str| jrd(&json!({ "links": [{ "rel": "self", "type": "application/activity+json", "href": href }] }));
        let lookups = [
            (Reply::status(404), "knows nobody"),
            (Reply::status(410), "knows nobody"),
            (Reply::status(500), "does not answer"),
            (Reply::status(429), "does not answer"),
            (Reply::body("text/html", "<html>"), "cannot be followed"),
            (jrd(&json!({ "links": [] })), "cannot be followed"),
            (jrd(&json!([])), "cannot be followed"),
            (link("acct:alice@x"), "cannot be followed"),
            (link("file:///etc/passwd"), "cannot be followed"),
            (link(&peer.url("/nobody")), "knows nobody"),
            (Reply::redirect(&peer.url("/.well-known/webfinger?loop")), "does not answer"),
            (Reply::body("application/jrd+json", &" ".repeat(2 * 1024 * 1024)), "cannot be followed"),
        ];
        peer.serve("/.well-known/webfinger?loop", Reply::redirect(&peer.url("/.well-known/webfinger?loop")));
        for (number, (reply, expected)) in lookups.into_iter().enumerate() {
            peer.serve(&finger(&peer, "alice"), reply);
            let said = said(find(&world, &peer, "alice").await);
            assert!(said.contains(expected), "{number}: {said}");
        }
        peer.serve(&finger(&peer, "alice"), jrd(&descriptor(&peer, "alice")));
        let mut other = peer.actor("alice");
        other["id"] = "http://evil.example/alice".into();
        let mut moved = peer.actor("alice");
        moved["id"] = peer.url("/nobody").into();
        let mut note = peer.actor("alice");
        note["type"] = "Note".into();
        let mut at = peer.actor("alice");
        at["preferredUsername"] = "alice@evil.example".into();
        let mut turned = peer.actor("alice");
        turned["preferredUsername"] = "ecila\u{202e}".into();
        let mut far = peer.actor("alice");
        far["inbox"] = "http://evil.example/inbox".into();
        for (number, (reply, expected)) in [
            (Reply::document(&other), "cannot be followed"),
            (Reply::document(&moved), "knows nobody"),
            (Reply::document(&note), "cannot be followed"),
            (Reply::document(&at), "cannot be followed"),
            (Reply::document(&turned), "cannot be followed"),
            (Reply::document(&far), "cannot be followed"),
            (Reply::document(&json!({ "id": peer.url("/alice"), "type": "Tombstone" })), "knows nobody"),
            (Reply::body("application/json", &peer.actor("alice").to_string()), "cannot be followed"),
            (Reply::body("text/plain", &peer.actor("alice").to_string()), "cannot be followed"),
            (Reply::body("application/activity+json", "{\"id\":1,\"id\":2}"), "cannot be followed"),
            (Reply::status(401), "does not answer"),
        ].into_iter().enumerate() {
            peer.serve("/alice", reply);
            let said = said(find(&world, &peer, "alice").await);
            assert!(said.contains(expected), "{number}: {said}");
        }
        // Nothing of it was kept.
        for name in ["/alice", "/bob"] {
            assert!(world.app().known_actor(&peer.url(name)).await.is_err());
        }
    }
);

#[tokio::test]
async fn descriptors_withstand_confusion() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    for (what, changed) in confused(&descriptor(&peer, "alice")) {
        peer.serve(&finger(&peer, "alice"), Reply::body("application/jrd+json", &changed.to_string()));
        match find(&world, &peer, "alice").await {
            Ok(actor) => assert_eq!(actor.uri, peer.url("/alice"), "{what}"),
            Err(AppError::Remote(_)) => {}
            Err(error) => panic!("{what}: {error:?}"),
        }
    }
}

#[tokio::test]
async fn a_server_of_secure_mode_is_asked_in_its_scheme() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    peer.serve(
        &finger(&peer, "alice"),
        Reply::body("application/jrd+json", &descriptor(&peer, "alice").to_string()),
    );
    // It takes RFC 9421 alone.
    peer.wants("/alice", crate::signature::Scheme::Rfc9421);
    find(&world, &peer, "alice").await.unwrap();
    assert_eq!(peer.asked("/alice"), 2);
    find(&world, &peer, "alice").await.unwrap();
    assert_eq!(peer.asked("/alice"), 3, "what it takes is remembered");
    world.clock.pass(8 * 24 * 3_600);
    find(&world, &peer, "alice").await.unwrap();
    assert_eq!(peer.asked("/alice"), 5, "for a week");
    peer.serve("/alice", Reply::status(401));
    assert!(find(&world, &peer, "alice").await.is_err());
    assert_eq!(peer.asked("/alice"), 7, "asked in both, and no more");
}

#[tokio::test]
async fn documents_for_imports_are_fetched_as_they_are() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    peer.serve("/flux.xml", Reply::body("application/rss+xml; charset=iso-8859-1", "<rss/>"));
    peer.serve("/ancien", Reply::redirect(&peer.url("/flux.xml")));
    let fetch = async |path: &str| {
        Fetcher::fetch(world.face.federation(), &url::Url::parse(&peer.url(path)).unwrap()).await
    };
    let found = fetch("/ancien").await.unwrap();
    assert_eq!((found.body.as_slice(), found.url.as_str()), (&b"<rss/>"[..], peer.url("/flux.xml").as_str()));
    assert_eq!(found.content_type.as_deref(), Some("application/rss+xml; charset=iso-8859-1"));
    assert!(matches!(fetch("/absent").await, Err(AppError::Remote(_))));
    assert!(peer.seen().iter().all(|seen| seen.scheme().is_none()), "strangers are not told who asks");
}
