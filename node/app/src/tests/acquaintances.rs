//! What is held of peers in memory, beside another process on the same database.

use super::node::{Known, again, node};
use super::remote::Remote;
use crate::acquaintances::HeldKey;
use crate::caller::Caller;
use crate::inbound::Effect;
use crate::subscription::SubscriptionForm;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::on_both_databases;
use maillage_store::rows::ActorRow;
use std::sync::Arc;

fn owner(held: HeldKey) -> Arc<ActorRow> {
    match held {
        HeldKey::Of(actor) => actor,
        other => panic!("{other:?}"),
    }
}

on_both_databases!(
    async fn a_new_key_is_known_at_once_and_elsewhere_when_asked_for(db) {
        let node = node(db).await;
        let (second, remote) = (again(db, &node.clock), Remote::new("mef21.example", "agenda"));
        let mut document = remote.actor();
        let key = document.key_id.clone();
        assert_eq!(node.app.held_key(&key).await.expect("read"), HeldKey::Unknown);
        second.keep_actor(document.clone()).await.expect("kept");
        let first = owner(node.app.held_key(&key).await.expect("read"));
        assert_eq!(first.public_key, document.public_key, "that nobody was known was not held");
        assert_eq!(first.raw, None, "documents may be long");
        document.public_key = "another".into();
        second.keep_actor(document.clone()).await.expect("kept");
        assert_eq!(owner(second.held_key(&key).await.expect("read")).public_key, "another");
        assert_eq!(owner(node.app.stored_key(&key).await.expect("read")).public_key, "another");
        assert_eq!(owner(node.app.held_key(&key).await.expect("read")).public_key, "another");
        document.public_key = "a third".into();
        node.app.keep_actor(document).await.expect("kept");
        assert_eq!(owner(node.app.held_key(&key).await.expect("read")).public_key, "a third");
    }
);

on_both_databases!(
    async fn a_subscription_made_elsewhere_is_known_at_once(db) {
        let node = node(db).await;
        node.service("agenda", Visibility::Public).await;
        let (second, remote) = (again(db, &node.clock), Remote::new("mef21.example", "agenda"));
        remote.introduce(&node.app).await;
        assert!(node.app.taken_from(&remote.uri).await.expect("read").is_none());
        let form = SubscriptionForm { trust: TrustLevel::Hold, rules: Default::default() };
        let known = Known(remote.actor());
        second.subscribe(&Caller::Node, &known, "agenda", &remote.handle(), form).await.expect("subscribed");
        assert!(node.app.taken_from(&remote.uri).await.expect("read").is_some());
    }
);

on_both_databases!(
    async fn a_host_blocked_elsewhere_gets_no_follower_in(db) {
        let node = node(db).await;
        node.service("agenda", Visibility::Public).await;
        let (second, remote) = (again(db, &node.clock), Remote::new("evil.example", "eve"));
        remote.introduce(&node.app).await;
        let followed = node.actor_of_service("agenda").await;
        assert!(!node.app.is_blocked(&remote.host).await.expect("read"));
        let host = remote.host.clone();
        let blocked = second.writer().run(move |tx| {
            let mut peer = tx.peer_of(&host, 0)?;
            peer.blocked = true;
            tx.save_peer(&peer)
        });
        blocked.await.expect("blocked");
        assert!(second.is_blocked(&remote.host).await.expect("read"));
        let activity = remote.activity("follow");
        let effect = node.app.followed(&activity, &remote.uri, &followed).await.expect("left alone");
        assert_eq!(effect, Effect::Nothing);
    }
);
