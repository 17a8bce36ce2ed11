//! What others may not do: change, delete or take back what is not theirs, or come from a blocked host.

use super::node::{TestNode, forbidden, news, node};
use super::remote::Remote;
use crate::inbound::Effect;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::on_both_databases;

/// Two actors of one server, both followed, and one elsewhere.
async fn scene(db: &maillage_store::testing::TestDatabase) -> (TestNode, Remote, Remote, Remote) {
    let node = node(db).await;
    node.service("actus", Visibility::Public).await;
    let bob = Remote::new("mef21.example", "bob");
    let alice = Remote::new("mef21.example", "alice");
    let eve = Remote::new("evil.example", "eve");
    for remote in [&bob, &alice, &eve] {
        node.follows("actus", remote, TrustLevel::Publish, "{}").await;
    }
    (node, bob, alice, eve)
}

on_both_databases!(
    async fn only_its_owner_changes_or_deletes_an_item(db) {
        let (node, bob, alice, eve) = scene(db).await;
        bob.sends(&node.app, bob.item(1, 1)).await;
        for stranger in [&alice, &eve] {
            let activity = stranger.activity("update");
            forbidden(node.app.item_received(Some(&activity), &stranger.uri, bob.item(1, 9)).await);
            let activity = stranger.activity("delete");
            forbidden(node.app.deleted(Some(&activity), &stranger.uri, &bob.item_uri(1)).await);
            assert!(!node.app.was_received(&activity).await.expect("read"), "refused is not received");
        }
        assert_eq!(node.state("actus", &bob.item_uri(1)).await, "published");
        let title = node.held_item(&bob.item_uri(1)).await.expect("item").title;
        assert!(title.ends_with("version 1"));
    }
);

on_both_databases!(
    async fn nobody_buries_what_another_will_create(db) {
        let (node, bob, alice, eve) = scene(db).await;
        node.app.deleted(Some(&alice.activity("delete")), &alice.uri, &bob.item_uri(2)).await.expect("no effect");
        forbidden(node.app.deleted(Some(&eve.activity("delete")), &eve.uri, &bob.item_uri(2)).await);
        bob.sends(&node.app, bob.item(2, 1)).await;
        assert_eq!(node.state("actus", &bob.item_uri(2)).await, "published");
        bob.deletes(&node.app, 2).await;
        bob.sends(&node.app, bob.item(2, 2)).await;
        assert_eq!(node.state("actus", &bob.item_uri(2)).await, "withdrawn", "its owner's word counts");
    }
);

on_both_databases!(
    async fn nobody_takes_back_the_announcement_of_another(db) {
        let (node, bob, alice, eve) = scene(db).await;
        bob.sends(&node.app, bob.item(3, 1)).await;
        alice.announces(&node.app, &bob, bob.item(3, 1)).await;
        eve.undoes(&node.app, "https://mef21.example/x/any", &bob.item_uri(3)).await;
        assert_eq!(node.state("actus", &bob.item_uri(3)).await, "published");
        // Nor does an owner that boosts its own item take it down by un-boosting it.
        let announce = bob.announces(&node.app, &bob, bob.item(3, 1)).await;
        bob.undoes(&node.app, &announce, &bob.item_uri(3)).await;
        assert_eq!(node.state("actus", &bob.item_uri(3)).await, "published");
    }
);

on_both_databases!(
    async fn nobody_outside_touches_our_own_items(db) {
        let (node, bob, _, _) = scene(db).await;
        let (_, item) = node.published("actus", news("À nous")).await;
        forbidden(node.app.deleted(Some(&bob.activity("delete")), &bob.uri, &item.uri).await);
        let mut forged = bob.item(4, 1);
        forged.uri.clone_from(&item.uri);
        let effect = node.app.item_received(Some(&bob.activity("update")), &bob.uri, forged).await;
        assert_eq!(effect.expect("ignored"), Effect::Nothing);
        assert_eq!(node.public_titles().await, ["À nous"]);
        let mut actor = bob.actor();
        actor.uri = node.actor_of_service("actus").await;
        forbidden(node.app.keep_actor(actor).await);
    }
);

on_both_databases!(
    async fn nothing_comes_from_a_blocked_host_by_any_way(db) {
        let (node, bob, _, eve) = scene(db).await;
        node.write(|tx| {
            let mut peer = tx.peer_of("evil.example", 0)?;
            peer.blocked = true;
            Ok(tx.save_peer(&peer)?)
        })
        .await;
        for host in ["evil.example", "EVIL.example", "sub.evil.example", "evil.example:8443", "evil.example."] {
            assert!(node.app.is_blocked(host).await.expect("read"), "{host}");
        }
        assert!(!node.app.is_blocked("notevil.example").await.expect("read"));
        eve.sends(&node.app, eve.item(1, 1)).await;
        assert_eq!(node.state("actus", &eve.item_uri(1)).await, "absent");
        bob.announces(&node.app, &eve, eve.item(1, 1)).await;
        assert_eq!(node.state("actus", &eve.item_uri(1)).await, "absent", "nor by a relay");
        eve.announces(&node.app, &bob, bob.item(5, 1)).await;
        assert_eq!(node.state("actus", &bob.item_uri(5)).await, "absent", "nor of others by it");
        let deep = Remote::new("sub.evil.example", "eve");
        deep.introduce(&node.app).await;
        node.follows("actus", &deep, TrustLevel::Publish, "{}").await;
        deep.sends(&node.app, deep.item(1, 1)).await;
        assert_eq!(node.state("actus", &deep.item_uri(1)).await, "absent", "nor from below it");
    }
);

on_both_databases!(
    async fn an_actor_that_deletes_itself_takes_its_items_along(db) {
        let (node, bob, alice, _) = scene(db).await;
        for number in 0..3 {
            bob.sends(&node.app, bob.item(number, 1)).await;
        }
        alice.sends(&node.app, alice.item(0, 1)).await;
        forbidden(node.app.deleted(Some(&alice.activity("delete")), &bob.uri, &alice.item_uri(0)).await);
        node.app.deleted(Some(&bob.activity("delete")), &bob.uri, &bob.uri).await.expect("gone");
        for number in 0..3 {
            assert_eq!(node.state("actus", &bob.item_uri(number)).await, "withdrawn");
        }
        assert_eq!(node.state("actus", &alice.item_uri(0)).await, "published");
        assert_eq!(node.public_titles().await.len(), 1);
    }
);
