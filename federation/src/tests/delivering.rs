//! The delivery worker against servers that answer as they are told, on a clock that is set.

use super::items::news;
use super::peer::{Peer, Reply};
use super::world::{World, until};
use crate::signature::Scheme;
use maillage_app::outbound::OutgoingActivity;
use maillage_domain::service::Visibility;
use maillage_domain::workflow::Transition;
use maillage_store::rows::DeliveryRow;
use maillage_store::testing::{TestDatabase, on_both_databases};
use serde_json::json;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Has an actor of a server follow a service, and forgets what was told of it.
async fn follows(world: &World, peer: &Peer, name: &str, service: &str) {
    let ask = json!({
        "id": peer.url(&format!("/{name}#follow-{service}")),
        "type": "Follow",
        "actor": peer.url(&format!("/{name}")),
        "object": world.actor_of(service).await,
    });
    assert_eq!(peer.post(&world.url("/inbox"), &ask, world.app().now()).await.status(), 202);
    for event in world.app().pending_events(50).await.unwrap() {
        world.app().fan_out(event.id, Vec::new()).await.unwrap();
    }
}

/// Everything in the queue, in its order.
async fn queue(world: &World) -> Vec<DeliveryRow> {
    let mut all = world.read(|reads| reads.deliveries(None, None, 500)).await;
    all.reverse();
    all.into_iter().map(|view| view.delivery).collect()
}

/// State, last status and attempts of the one delivery to a host.
async fn only(world: &World, peer: &Peer) -> (String, Option<i64>, i64) {
    let host = peer.host();
    let mut rows: Vec<DeliveryRow> = queue(world).await.into_iter().filter(|row| row.host == host).collect();
    assert!(rows.len() <= 1);
    let Some(row) = rows.pop() else { return ("untold".to_owned(), None, 0) };
    (row.state, row.last_status, row.attempts)
}

async fn tried(world: &World, peer: &Peer, attempts: i64) {
    until("it was tried", async || only(world, peer).await.2 >= attempts).await;
}

on_both_databases!(
    async fn every_answer_has_its_consequence(db) {
        let world = World::online(db).await;
        world.service("news", "ouvert", Visibility::Public).await;
        let answers = [
            (Reply::status(200), "delivered", 1),
            (Reply::status(202), "delivered", 1),
            (Reply::status(204), "delivered", 1),
            (Reply::status(400), "refused", 1),
            (Reply::status(403), "refused", 1),
            (Reply::status(404), "refused", 1),
            (Reply::status(413), "refused", 1),
            (Reply::status(410), "gone", 1),
            (Reply::status(401), "due", 2),
            (Reply::redirect("http://localhost:1/inbox"), "due", 1),
            (Reply::status(429).header("retry-after", "7200"), "due", 1),
            (Reply::status(503).header("retry-after", "Tue, 03 Mar 2026 15:00:00 GMT"), "due", 1),
            (Reply::status(500), "due", 1),
        ];
        let mut peers = Vec::new();
        for (reply, state, asked) in answers {
            let peer = Peer::start().await;
            follows(&world, &peer, "alice", "ouvert").await;
            peer.judges(move |_, _| reply.clone());
            peers.push((peer, state, asked));
        }
        world.publish("ouvert", news("Un forum")).await;
        let workers = world.work();
        for (peer, state, asked) in &peers {
            tried(&world, peer, 1).await;
            let (found, ..) = only(&world, peer).await;
            assert_eq!((found.as_str(), peer.received().len()), (*state, *asked), "{:?}", only(&world, peer).await);
            assert!(peer.received().iter().all(|seen| seen.kind() == "Create" && seen.path == "/inbox"));
        }
        // Whoever is gone is followed by nobody; whoever refused is still a follower.
        let followers = world.followers("ouvert").await;
        assert_eq!(followers.len(), peers.len() - 1);
        assert!(followers.iter().all(|view| view.actor.host != peers[7].0.host()));
        // A minute and a bit later all that waits for itself is tried again, and who asked for more is not.
        let waiting = [8, 9, 12];
        for (peer, ..) in &peers {
            peer.judges(|_, _| Reply::status(202));
        }
        world.clock.pass(75);
        for at in waiting {
            tried(&world, &peers[at].0, 2).await;
            assert_eq!(only(&world, &peers[at].0).await.0, "delivered");
        }
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        for at in [10, 11] {
            assert_eq!(only(&world, &peers[at].0).await.2, 1, "it asked for two hours");
        }
        world.clock.pass(7_200);
        for at in [10, 11] {
            tried(&world, &peers[at].0, 2).await;
            assert_eq!(only(&world, &peers[at].0).await.0, "delivered");
        }
        for (peer, state, _) in &peers {
            let once = peer.received().iter().map(|seen| seen.body["id"].to_string()).collect::<BTreeSet<_>>();
            assert_eq!(once.len(), 1, "{state}: the same activity each time");
        }
        workers.stop().await;
    }
);

on_both_databases!(
    async fn a_server_is_spoken_to_in_its_scheme(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "ouvert", Visibility::Public).await;
        follows(&world, &peer, "alice", "ouvert").await;
        peer.judges(|seen, _| Reply::status(if seen.scheme() == Some(Scheme::Rfc9421) { 202 } else { 401 }));
        let workers = world.work();
        world.publish("ouvert", news("Un")).await;
        until("the first has come", async || peer.received().len() == 2).await;
        world.publish("ouvert", news("Deux")).await;
        until("the second has come", async || peer.received().len() == 3).await;
        workers.stop().await;
        let schemes: Vec<_> = peer.received().iter().map(|seen| seen.scheme().unwrap()).collect();
        assert_eq!(schemes, [Scheme::Cavage, Scheme::Rfc9421, Scheme::Rfc9421]);
        let peers = world.read(|reads| reads.peers()).await;
        assert_eq!(peers.iter().find(|one| one.host == peer.host()).unwrap().scheme, "rfc9421");
        // Another one, that does not know the second scheme at all and could not fetch our key: what it
        // says of the second knock is not about the activity.
        let other = Peer::start().await;
        follows(&world, &other, "alice", "ouvert").await;
        other.judges(|seen, _| Reply::status(if seen.scheme() == Some(Scheme::Rfc9421) { 400 } else { 401 }));
        let workers = world.work();
        world.publish("ouvert", news("Trois")).await;
        tried(&world, &other, 1).await;
        let (state, status, _) = only(&world, &other).await;
        assert_eq!((state.as_str(), status), ("due", Some(401)));
        other.judges(|_, _| Reply::status(202));
        world.clock.pass(75);
        tried(&world, &other, 2).await;
        assert_eq!(only(&world, &other).await.0, "delivered");
        workers.stop().await;
    }
);

on_both_databases!(
    async fn what_one_inbox_is_told_keeps_its_order(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "ouvert", Visibility::Public).await;
        follows(&world, &peer, "alice", "ouvert").await;
        follows(&world, &peer, "bob", "ouvert").await;
        // The seventh request fails, and everything behind it waits.
        peer.judges(|_, before| Reply::status(if before == 6 + 2 { 500 } else { 202 }));
        let before = peer.received().len();
        let workers = world.work();
        let mut entries = Vec::new();
        for number in 0..25 {
            entries.push(world.publish("ouvert", news(&format!("Titre {number:02}"))).await);
        }
        world.step(&entries[0].uid, Transition::Withdraw).await;
        until("something has to wait", async || queue(&world).await.iter().any(|row| row.last_status == Some(500))).await;
        until("the rest is let go", async || queue(&world).await.iter().all(|row| row.claimed_until.is_none())).await;
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        let failed = peer.received().len();
        world.clock.pass(75);
        until("all have come", async || queue(&world).await.iter().all(|row| row.state == "delivered")).await;
        workers.stop().await;
        let came = peer.received();
        // One delivery to the shared inbox for both followers.
        assert_eq!(came.len() - before, 26 + 1);
        assert!(failed < came.len() && came.iter().all(|seen| seen.path == "/inbox"));
        let mut told: Vec<String> = came.iter().map(|seen| format!("{} {}", seen.kind(), seen.body["object"]["name"].as_str().unwrap_or_default())).collect();
        told.dedup();
        let mut expected: Vec<String> = (0..25).map(|number| format!("Create Titre {number:02}")).collect();
        expected.push("Delete ".to_owned());
        assert_eq!(told, expected);
    }
);

on_both_databases!(
    async fn a_slow_server_and_a_silent_one_hold_up_nobody(db) {
        let world = World::online(db).await;
        world.service("news", "ouvert", Visibility::Public).await;
        let (slow, silent) = (Peer::start().await, Peer::start().await);
        let mut quick = Vec::new();
        for peer in [&slow, &silent] {
            follows(&world, peer, "alice", "ouvert").await;
        }
        for _ in 0..8 {
            let peer = Peer::start().await;
            follows(&world, &peer, "alice", "ouvert").await;
            quick.push(peer);
        }
        slow.judges(|_, _| Reply::status(202).after(Duration::from_secs(9)));
        silent.judges(|_, _| Reply::status(202).after(Duration::from_secs(3_600)));
        let workers = world.work();
        let began = Instant::now();
        for number in 0..6 {
            world.publish("ouvert", news(&format!("Titre {number}"))).await;
            // One after the other, so that each finds the slow ones at work.
            for peer in &quick {
                until("the quick have it", async || peer.received().len() == number + 1).await;
            }
        }
        let took = began.elapsed();
        assert!(took < Duration::from_secs(8), "{took:?} for six items while one server takes nine seconds for each");
        assert_eq!((slow.received().len(), silent.received().len()), (1, 1), "each is told one thing at a time");
        until("the silent one is given up for now", async || {
            queue(&world).await.iter().any(|row| row.host == silent.host() && row.last_error.as_deref() == Some("timeout"))
        }).await;
        until("the slow one goes on", async || slow.received().len() >= 2).await;
        workers.stop().await;
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stopping_in_the_middle_loses_and_repeats_nothing() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    world.service("news", "ouvert", Visibility::Public).await;
    follows(&world, &peer, "alice", "ouvert").await;
    peer.judges(|_, _| Reply::status(202).after(Duration::from_millis(300)));
    for number in 0..12 {
        world.publish("ouvert", news(&format!("Titre {number:02}"))).await;
    }
    for _ in 0..3 {
        let before = peer.received().len();
        let workers = world.work();
        until("some have come", async || peer.received().len() >= before + 2).await;
        let began = Instant::now();
        workers.stop().await;
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        // Nothing stays claimed: who comes next goes on at once.
        assert!(queue(&world).await.iter().all(|row| row.claimed_until.is_none()));
    }
    let workers = world.work();
    until("all have come", async || {
        queue(&world).await.iter().filter(|row| row.state == "delivered").count() == 12
    })
    .await;
    workers.stop().await;
    let titles: Vec<String> =
        peer.received().iter().map(|seen| seen.body["object"]["name"].as_str().unwrap().to_owned()).collect();
    let expected: Vec<String> = (0..12).map(|number| format!("Titre {number:02}")).collect();
    assert_eq!(titles, expected);
}

/// A queue of ten thousand deliveries to inboxes that do not answer, in front of one that does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_in_front_of_it_do_not_keep_one_from_its_inbox() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    let hung = Peer::start().await;
    hung.judges(|_, _| Reply::status(202).after(Duration::from_secs(9)));
    world.service("news", "ouvert", Visibility::Public).await;
    world.publish("ouvert", news("Un")).await;
    let event = world.app().pending_events(1).await.unwrap().remove(0);
    let actor = world.read(|reads| Ok(reads.service("ouvert")?.actor_id)).await;
    let activity = |name: &str, actor: i64, inboxes: BTreeSet<String>| OutgoingActivity {
        uri: world.url(&format!("/x/{name}")),
        actor,
        kind: "Create".to_owned(),
        object: world.url("/o/1"),
        item: None,
        public: true,
        body: json!({ "type": "Create", "name": name }).to_string(),
        inboxes,
    };
    let many = (0..10_000).map(|number| hung.url(&format!("/u{number:05}/inbox"))).collect();
    let behind = activity("behind", actor, BTreeSet::from([peer.url("/inbox")]));
    world.app().fan_out(event.id, vec![activity("many", actor, many), behind]).await.unwrap();
    let began = Instant::now();
    let workers = world.work();
    until("it has come", async || peer.received().len() == 1).await;
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    // One host has its share of the places, and no more.
    until("it has its share", async || hung.received().len() >= 8).await;
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(hung.received().len(), 8);
    workers.stop().await;
    let (claimed, open) = (
        queue(&world).await.iter().filter(|row| row.claimed_until.is_some()).count(),
        world.read(|reads| reads.count_deliveries()).await,
    );
    assert_eq!(claimed, 0);
    assert_eq!(open.iter().map(|(_, count)| count).sum::<i64>(), 10_001);
}

on_both_databases!(
    async fn nothing_is_sent_to_a_blocked_host(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "ouvert", Visibility::Public).await;
        follows(&world, &peer, "alice", "ouvert").await;
        world.block("localhost").await;
        let seen = peer.seen().len();
        world.publish("ouvert", news("Un forum")).await;
        let workers = world.work();
        tried(&world, &peer, 1).await;
        workers.stop().await;
        let (state, status, _) = only(&world, &peer).await;
        assert_eq!((state.as_str(), status, peer.seen().len()), ("refused", Some(403), seen));
    }
);

on_both_databases!(
    async fn a_withdrawal_reaches_who_follows_no_more(db) {
        let world = World::online(db).await;
        let (stays, leaves) = (Peer::start().await, Peer::start().await);
        world.service("news", "ouvert", Visibility::Public).await;
        for peer in [&stays, &leaves] {
            follows(&world, peer, "alice", "ouvert").await;
        }
        let workers = world.work();
        let entry = world.publish("ouvert", news("Un forum")).await;
        for peer in [&stays, &leaves] {
            until("it has come", async || peer.received().len() == 1).await;
        }
        let undo = json!({
            "id": leaves.url("/alice#undo"),
            "type": "Undo",
            "actor": leaves.url("/alice"),
            "object": leaves.url("/alice#follow-ouvert"),
        });
        assert_eq!(leaves.post(&world.url("/inbox"), &undo, world.app().now()).await.status(), 202);
        assert_eq!(world.followers("ouvert").await.len(), 1);
        world.clock.pass(1);
        world.correct(&entry, news("Un autre forum")).await;
        until("the correction has come", async || stays.received().len() == 2).await;
        world.step(&entry.uid, Transition::Withdraw).await;
        for (peer, kinds) in [(&stays, &["Create", "Update", "Delete"][..]), (&leaves, &["Create", "Delete"])] {
            until("the withdrawal has come", async || peer.received().len() == kinds.len()).await;
            assert_eq!(peer.received().iter().map(|seen| seen.kind().to_owned()).collect::<Vec<_>>(), kinds);
        }
        workers.stop().await;
    }
);
