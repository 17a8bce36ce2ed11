//! Who reads what: every address of an actor and of an item, for every kind of service, every state
//! of an item and every reader.

use super::items::news;
use super::peer::Peer;
use super::world::{World, until};
use maillage_app::caller::Caller;
use maillage_app::entry::ItemForm;
use maillage_domain::service::Visibility;
use maillage_domain::workflow::Transition;
use maillage_store::testing::on_both_databases;
use serde_json::{Value, json};

const AP: &str = "application/activity+json";

/// The readers: anybody, who signs, who follows every service that lets it.
const READERS: [Option<&str>; 3] = [None, Some("alice"), Some("bob")];

/// Whether a reader sees what a service publishes.
fn sees(reader: Option<&str>, visibility: Visibility) -> bool {
    match visibility {
        Visibility::Public => true,
        Visibility::Network => reader == Some("bob"),
        Visibility::Private => false,
    }
}

/// Ids of a service's items, by state.
struct Items {
    published: String,
    draft: String,
    declined: String,
    withdrawn: String,
}

async fn items(world: &World, slug: &str) -> Items {
    let form =
        || ItemForm {
            fields: serde_json::from_value(news("Caché")).unwrap(), language: None, licence: None
        };
    let published = world.publish(slug, news("Montré")).await;
    let draft = world.app().create_item(&Caller::Node, slug, form()).await.unwrap();
    let declined = world.app().create_item(&Caller::Node, slug, form()).await.unwrap();
    world.step(&declined.uid, Transition::Submit).await;
    world.step(&declined.uid, Transition::Decline).await;
    let withdrawn = world.publish(slug, news("Retiré")).await;
    world.step(&withdrawn.uid, Transition::Withdraw).await;
    let all = world.entries(slug).await;
    let uri = |uid: &str| all.iter().find(|view| view.entry.uid == uid).unwrap().item.uri.clone();
    Items {
        published: uri(&published.uid),
        draft: uri(&draft.uid),
        declined: uri(&declined.uid),
        withdrawn: uri(&withdrawn.uid),
    }
}

on_both_databases!(
    async fn nobody_sees_more_than_they_may(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        for (slug, visibility) in [("ouvert", Visibility::Public), ("reseau", Visibility::Network), ("interne", Visibility::Private)] {
            world.service("news", slug, visibility).await;
            let actor = world.actor_of(slug).await;
            // Bob asks for all three; the manager of the second one lets him in.
            let follow = json!({ "id": peer.url(&format!("/bob/follows/{slug}")), "type": "Follow", "actor": peer.url("/bob"), "object": actor });
            let status = peer.post(&world.url("/inbox"), &follow, world.app().now()).await.status().as_u16();
            assert_eq!(status, if visibility == Visibility::Private { 404 } else { 202 }, "{slug}");
            if visibility == Visibility::Network {
                let before = peer.get(&format!("{actor}/outbox"), AP, Some(("bob", world.app().now()))).await;
                assert_eq!(before.json::<Value>().await.unwrap()["totalItems"], 0, "not before he is let in");
                let uid = world.followers("reseau").await.remove(0).follower.uid;
                world.app().accept_follower(&Caller::Node, &uid).await.unwrap();
            }
            let items = items(&world, slug).await;
            for reader in READERS {
                check(&world, &peer, &actor, visibility, reader, &items).await;
            }
        }
    }
);

async fn check(
    world: &World,
    peer: &Peer,
    actor: &str,
    visibility: Visibility,
    reader: Option<&str>,
    items: &Items,
) {
    let get = async |url: &str| {
        let signer = reader.map(|name| (name, world.app().now()));
        let answer = peer.get(url, AP, signer).await;
        let cache = answer.headers().get("cache-control").map(|value| value.to_str().unwrap().to_owned());
        let status = answer.status().as_u16();
        if status == 200 && reader.is_some() && url.contains("/o/") {
            assert_eq!(cache.as_deref(), Some("private, no-store"));
        }
        (status, serde_json::from_str::<Value>(&answer.text().await.unwrap()).unwrap_or_default())
    };
    let says = |what: &str| format!("{what} of a {visibility:?} service for {reader:?}");
    // Keys are for everybody, or two nodes would wait for each other.
    let faced = if visibility == Visibility::Private { 404 } else { 200 };
    for name in ["", "/followers", "/following", "/featured", "/outbox", "/outbox?page=1"] {
        assert_eq!(get(&format!("{actor}{name}")).await.0, faced, "{}", says(name));
    }
    let seen = sees(reader, visibility);
    if faced == 200 {
        assert_eq!(
            get(&format!("{actor}/outbox")).await.1["totalItems"],
            i64::from(seen),
            "{}",
            says("the count")
        );
        let page = get(&format!("{actor}/outbox?page=1")).await.1;
        let listed: Vec<&str> = page["orderedItems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["object"]["name"].as_str().unwrap())
            .collect();
        assert_eq!(listed, if seen { vec!["Montré"] } else { vec![] }, "{}", says("the page"));
    }
    assert_eq!(get(&items.published).await.0, if seen { 200 } else { 404 }, "{}", says("the published item"));
    assert_eq!(get(&items.withdrawn).await.0, if seen { 410 } else { 404 }, "{}", says("the withdrawn item"));
    for (what, url) in [("the draft", &items.draft), ("the declined item", &items.declined)] {
        assert_eq!(get(url).await.0, 404, "{}", says(what));
    }
}

on_both_databases!(
    async fn an_activity_is_served_where_it_was_for_everybody(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        for (slug, visibility) in [("ouvert", Visibility::Public), ("reseau", Visibility::Network)] {
            world.service("news", slug, visibility).await;
            let follow = json!({ "id": peer.url(&format!("/bob/follows/{slug}")), "type": "Follow", "actor": peer.url("/bob"), "object": world.actor_of(slug).await });
            assert_eq!(peer.post(&world.url("/inbox"), &follow, world.app().now()).await.status(), 202);
        }
        let uid = world.followers("reseau").await.remove(0).follower.uid;
        world.app().accept_follower(&Caller::Node, &uid).await.unwrap();
        world.publish("ouvert", news("Pour tous")).await;
        world.publish("reseau", news("Entre nous")).await;
        let workers = world.work();
        until("four activities have come", async || peer.received().len() >= 4).await;
        workers.stop().await;
        for seen in peer.received() {
            let public = seen.kind() == "Create" && seen.body["object"]["name"] == "Pour tous";
            for signer in [None, Some(("bob", world.app().now()))] {
                let answer = peer.get(seen.body["id"].as_str().unwrap(), AP, signer).await;
                assert_eq!(answer.status().as_u16(), if public { 200 } else { 404 }, "{}", seen.body);
                if public {
                    assert_eq!(answer.json::<Value>().await.unwrap(), seen.body);
                }
            }
        }
    }
);

on_both_databases!(
    async fn a_blocked_host_is_not_served_and_not_heard(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "ouvert", Visibility::Public).await;
        let actor = world.actor_of("ouvert").await;
        world.block("localhost").await;
        let signer = Some(("alice", world.app().now()));
        assert_eq!(peer.get(&format!("{actor}/outbox"), AP, signer).await.status(), 403);
        let follow = json!({ "id": peer.url("/alice/f"), "type": "Follow", "actor": peer.url("/alice"), "object": actor });
        assert_eq!(peer.post(&world.url("/inbox"), &follow, world.app().now()).await.status(), 403);
        assert!(peer.seen().is_empty(), "nothing is asked of it, not even a key");
    }
);
