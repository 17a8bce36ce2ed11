//! Outboxes read back: whole, page by page, bounded, whatever their servers answer.

use super::items::{activity, follow, news, note};
use super::peer::{Peer, Reply};
use super::world::{World, until};
use crate::signature::Scheme;
use maillage_app::inbound::RemoteActor;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::rows::FollowRow;
use maillage_store::testing::{TestDatabase, on_both_databases};
use serde_json::{Value, json};

/// The Create of a Note.
fn create(actor: &RemoteActor, number: usize) -> Value {
    activity(
        "Create",
        &format!("c{number}"),
        actor,
        note(actor, &number.to_string(), &format!("Texte {number:03}")),
    )
}

fn page(peer: &Peer, id: &str, items: Vec<Value>, next: Option<&str>) -> Value {
    let mut page = json!({ "id": peer.url(id), "type": "OrderedCollectionPage", "partOf": peer.url("/alice/outbox"), "orderedItems": items });
    if let Some(next) = next {
        page["next"] = if next.starts_with("http") { next.into() } else { peer.url(next).into() };
    }
    page
}

fn collection(peer: &Peer, first: Value) -> Value {
    json!({ "id": peer.url("/alice/outbox"), "type": "OrderedCollection", "totalItems": 7, "first": first })
}

async fn followed(world: &World, peer: &Peer) -> FollowRow {
    let uri = peer.url("/alice");
    world
        .read(move |reads| {
            let actor = reads.actor(&uri)?.id;
            Ok(reads.follow_of(actor)?.unwrap())
        })
        .await
}

/// How often anything was asked of it.
fn asked(peer: &Peer) -> usize {
    peer.seen().iter().filter(|seen| seen.method == "GET").count()
}

async fn read_to_the_end(world: &World, peer: &Peer) {
    until("the outbox is read", async || {
        followed(world, peer).await.backfill_due_at.is_none_or(|due| due > super::world::BEGINNING)
    })
    .await;
}

/// A node that follows alice, whose outbox is still to be read.
async fn start(db: &TestDatabase) -> (World, Peer) {
    let (world, peer) = (World::online(db).await, Peer::start().await);
    world.service("news", "veille", Visibility::Public).await;
    follow(&world, "veille", &peer.remote("alice"), TrustLevel::Publish, true).await;
    (world, peer)
}

on_both_databases!(
    async fn an_outbox_is_read_to_its_end(db) {
        let (world, peer) = start(db).await;
        let (alice, bob) = (peer.remote("alice"), peer.remote("bob"));
        peer.put("/alice/outbox", &collection(&peer, json!(peer.url("/alice/outbox?page=1"))));
        peer.put("/alice/outbox?page=1", &page(&peer, "/alice/outbox?page=1", vec![create(&alice, 3), create(&alice, 2)], Some("/alice/outbox?page=2")));
        peer.put("/bob/notes/9", &note(&bob, "9", "Texte 009"));
        peer.put("/alice/notes/8", &note(&alice, "8", "Texte 008"));
        let second = vec![
            activity("Announce", "a9", &alice, json!(peer.url("/bob/notes/9"))),
            activity("Create", "c8", &alice, json!(peer.url("/alice/notes/8"))),
            create(&alice, 1),
        ];
        peer.put("/alice/outbox?page=2", &page(&peer, "/alice/outbox?page=2", second, None));
        let workers = world.work();
        until("all are shown", async || world.shown("veille").await.len() == 5).await;
        assert_eq!(world.shown("veille").await, ["Texte 001", "Texte 002", "Texte 003", "Texte 008", "Texte 009"]);
        assert!(peer.seen().iter().filter(|seen| seen.path.contains("outbox")).all(|seen| seen.scheme().is_some()));
        // Caught up with after a restart: what is known is not fetched again.
        read_to_the_end(&world, &peer).await;
        let fetched = peer.asked("/bob/notes/9");
        world.app().catch_up().await.unwrap();
        until("the outbox was read again", async || peer.asked("/alice/outbox?page=1") == 2).await;
        read_to_the_end(&world, &peer).await;
        assert_eq!(peer.asked("/alice/outbox?page=2"), 1, "the first page brought nothing new");
        // The Announce on the second page is first met by a catch-up that goes so far.
        let first = vec![create(&alice, 4), create(&alice, 3)];
        peer.put("/alice/outbox?page=1", &page(&peer, "/alice/outbox?page=1", first, Some("/alice/outbox?page=2")));
        world.app().catch_up().await.unwrap();
        until("the new one is shown", async || world.shown("veille").await.len() == 6).await;
        until("the second page was read", async || peer.asked("/alice/outbox?page=2") == 2).await;
        read_to_the_end(&world, &peer).await;
        world.app().catch_up().await.unwrap();
        until("the outbox was read again", async || peer.asked("/alice/outbox?page=1") == 4).await;
        read_to_the_end(&world, &peer).await;
        assert!(peer.asked("/bob/notes/9") <= fetched + 1, "{}", peer.asked("/bob/notes/9"));
        workers.stop().await;
    }
);

on_both_databases!(
    async fn other_forms_of_outboxes(db) {
        let (world, peer) = start(db).await;
        let alice = peer.remote("alice");
        // The first page inside, as `items`, and a server that takes RFC 9421 alone.
        let mut first = page(&peer, "/alice/outbox?page=1", vec![], None);
        first.as_object_mut().unwrap().remove("orderedItems");
        first["items"] = json!([create(&alice, 1)]);
        peer.put("/alice/outbox", &collection(&peer, first));
        peer.wants("/alice/outbox", Scheme::Rfc9421);
        let workers = world.work();
        until("it is shown", async || world.shown("veille").await == ["Texte 001"]).await;
        workers.stop().await;
    }
);

on_both_databases!(
    async fn one_bad_thing_does_not_keep_the_rest_from_us(db) {
        let (world, peer) = start(db).await;
        let (alice, bob) = (peer.remote("alice"), peer.remote("bob"));
        let mut direct = create(&alice, 6);
        direct["object"]["to"] = json!([peer.url("/bob")]);
        direct["object"]["cc"] = json!([]);
        let mut long = create(&alice, 5);
        long["object"]["id"] = format!("{}/{}", alice.uri, "x".repeat(4_000)).into();
        // Bob's, who is there already, as if it were alice's.
        world.app().keep_actor(bob.clone()).await.unwrap();
        let mut stolen = create(&bob, 7);
        stolen["actor"] = alice.uri.clone().into();
        let items = vec![
            create(&alice, 1),
            json!(null),
            json!("x"),
            json!({ "type": "Create" }),
            json!({ "type": ["Create"], "object": {} }),
            json!({ "type": "Create", "object": { "type": "Note", "attributedTo": alice.uri } }),
            json!({ "type": "Announce", "object": 1 }),
            json!({ "type": "Announce", "object": "data:text/plain,x" }),
            activity("Announce", "own", &alice, json!(world.url("/o/1"))),
            activity("Like", "l", &alice, json!(peer.url("/bob/notes/1"))),
            stolen,
            direct,
            long,
            create(&alice, 2),
        ];
        peer.put("/alice/outbox", &page(&peer, "/alice/outbox", items, None));
        let workers = world.work();
        until("the good ones are shown", async || world.shown("veille").await.len() >= 2).await;
        read_to_the_end(&world, &peer).await;
        workers.stop().await;
        let shown: Vec<String> = world.shown("veille").await.into_iter().filter(|title| title != "Texte 005").collect();
        assert_eq!(shown, ["Texte 001", "Texte 002"]);
    }
);

/// Outboxes without an end: each is left, and its server asked a bounded number of times.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outbox_without_end_is_left() {
    for (name, first, second, most) in [
        ("itself", Some("/alice/outbox?page=1"), None, 3),
        ("a circle", Some("/alice/outbox?page=2"), Some("/alice/outbox?page=1"), 4),
        ("a circle by the outbox", Some("/alice/outbox"), None, 4),
        ("our own node", Some("OURS"), None, 3),
        ("another host", Some("http://localhost:1/x"), None, 3),
        ("a file", Some("file:///etc/passwd"), None, 3),
        ("nothing", Some("NOTHING"), None, 3),
    ] {
        let db = TestDatabase::sqlite();
        let (world, peer) = start(&db).await;
        let alice = peer.remote("alice");
        peer.put("/alice/outbox", &collection(&peer, json!(peer.url("/alice/outbox?page=1"))));
        let next = first.map(|next| if next == "OURS" { world.url("/a/x/outbox") } else { next.to_owned() });
        let mut one = page(&peer, "/alice/outbox?page=1", vec![create(&alice, 1)], next.as_deref());
        if first == Some("NOTHING") {
            one["next"] = json!({ "href": ["x"] });
        }
        peer.put("/alice/outbox?page=1", &one);
        peer.put(
            "/alice/outbox?page=2",
            &page(&peer, "/alice/outbox?page=2", vec![create(&alice, 2)], second),
        );
        let workers = world.work();
        until(name, async || !world.shown("veille").await.is_empty()).await;
        read_to_the_end(&world, &peer).await;
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        workers.stop().await;
        let asked = asked(&peer);
        assert!(asked <= most, "{name}: {asked} requests");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_million_pages_are_read_to_the_hundredth() {
    let db = TestDatabase::sqlite();
    let (world, peer) = start(&db).await;
    let alice = peer.remote("alice");
    peer.put("/alice/outbox", &collection(&peer, json!(peer.url("/alice/outbox?page=0"))));
    for number in 0..120 {
        let next = format!("/alice/outbox?page={}", number + 1);
        let here = format!("/alice/outbox?page={number}");
        peer.put(&here, &page(&peer, &here, vec![create(&alice, number)], Some(&next)));
    }
    let workers = world.work();
    until("a hundred pages are read", async || followed(&world, &peer).await.backfill_pages == 100).await;
    read_to_the_end(&world, &peer).await;
    workers.stop().await;
    assert_eq!(asked(&peer), 101);
    assert_eq!(world.entries("veille").await.len(), 100);
}

on_both_databases!(
    async fn what_cannot_be_read_now_is_read_later(db) {
        let (world, peer) = start(db).await;
        let alice = peer.remote("alice");
        peer.serve("/alice/outbox", Reply::status(500));
        let workers = world.work();
        until("it was asked", async || peer.asked("/alice/outbox") == 1).await;
        read_to_the_end(&world, &peer).await;
        assert!(followed(&world, &peer).await.backfill_due_at.is_some());
        let huge = json!({ "id": peer.url("/alice/outbox"), "orderedItems": [], "x": "y".repeat(5 * 1024 * 1024) });
        peer.put("/alice/outbox", &huge);
        world.clock.pass(700);
        until("it was asked again", async || peer.asked("/alice/outbox") == 2).await;
        until("it failed again", async || followed(&world, &peer).await.backfill_failures == 2).await;
        peer.put("/alice/outbox", &page(&peer, "/alice/outbox", vec![create(&alice, 1)], None));
        world.clock.pass(1_300);
        until("it is shown", async || world.shown("veille").await == ["Texte 001"]).await;
        until("it is read", async || followed(&world, &peer).await.backfill_due_at.is_none()).await;
        workers.stop().await;
    }
);

/// One node of ours follows another: everything published before is there, network-only things too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_node_reads_another_back() {
    let (one, two) = (TestDatabase::sqlite(), TestDatabase::sqlite());
    let (source, reader) = (World::online(&one).await, World::online(&two).await);
    source.service("news", "actualites", Visibility::Public).await;
    reader.service("news", "veille", Visibility::Public).await;
    for number in 0..95 {
        source.clock.pass(1);
        source.publish("actualites", news(&format!("Titre {number:02}"))).await;
    }
    reader.clock.pass(95);
    let (working, reading) = (source.work(), reader.work());
    let handle = format!("@actualites@{}", source.app().addresses().host()).parse().unwrap();
    let form = maillage_app::subscription::SubscriptionForm {
        trust: TrustLevel::Publish,
        rules: Default::default(),
    };
    reader
        .app()
        .subscribe(&maillage_app::caller::Caller::Node, reader.face.federation(), "veille", &handle, form)
        .await
        .unwrap();
    until("all have come", async || reader.shown("veille").await.len() == 95).await;
    let theirs = source.entries("actualites").await;
    let ours = reader.entries("veille").await;
    for (there, here) in theirs.iter().zip(&ours) {
        assert_eq!(
            (&there.item.uri, &there.item.title, &there.item.fields),
            (&here.item.uri, &here.item.title, &here.item.fields)
        );
        assert_eq!(
            (&there.item.content, there.item.published_at),
            (&here.item.content, here.item.published_at)
        );
        assert_eq!((&there.themes, &there.places), (&here.themes, &here.places));
    }
    // What is published from now on comes by itself, and a correction and a withdrawal too.
    let entry = source.publish("actualites", news("Tout neuf")).await;
    until("it has come", async || reader.shown("veille").await.contains(&"Tout neuf".to_owned())).await;
    source.clock.pass(1);
    source.correct(&entry, news("Corrigé")).await;
    until("it is corrected", async || reader.shown("veille").await.contains(&"Corrigé".to_owned())).await;
    source.step(&entry.uid, maillage_domain::workflow::Transition::Withdraw).await;
    until("it is gone", async || reader.shown("veille").await.len() == 95).await;
    working.stop().await;
    reading.stop().await;
}
