//! Follows: others' of our services, ours of theirs, and the answers.

use super::node::{TestNode, forbidden, node, not_found};
use super::remote::Remote;
use crate::caller::Caller;
use crate::inbound::Effect;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::on_both_databases;
use maillage_store::rows::FollowerRow;

async fn follower(node: &TestNode, slug: &str, remote: &Remote) -> Option<FollowerRow> {
    let (slug, uri) = (slug.to_owned(), remote.uri.clone());
    node.write(move |tx| {
        let service = tx.reads().service(&slug)?.id;
        let actor = tx.reads().actor(&uri)?.id;
        Ok(tx.reads().follower_of(service, actor)?)
    })
    .await
}

async fn state(node: &TestNode, slug: &str, remote: &Remote) -> String {
    follower(node, slug, remote).await.map_or_else(|| "absent".into(), |row| row.state)
}

on_both_databases!(
    async fn a_public_service_is_followed_at_once(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (followed, remote) = (node.actor_of_service("actus").await, Remote::new("social.example", "reader"));
        remote.introduce(&node.app).await;
        let follow = remote.activity("follow");
        assert_eq!(node.app.followed(&follow, &remote.uri, &followed).await.expect("followed"), Effect::Done);
        assert_eq!(state(&node, "actus", &remote).await, "accepted");
        // The same again changes nothing; another Follow of the same is answered again.
        assert_eq!(node.app.followed(&follow, &remote.uri, &followed).await.expect("known"), Effect::Nothing);
        let second = remote.activity("follow");
        assert_eq!(node.app.followed(&second, &remote.uri, &followed).await.expect("again"), Effect::Done);
        let kinds: Vec<String> = crate::tests::telling::told(&node).await.into_iter().map(|t| t.kind).collect();
        assert_eq!(kinds, ["accept", "accept"]);
        let undo = remote.activity("undo");
        node.app.unfollowed(&undo, &remote.uri, &followed, Some(&second)).await.expect("undone");
        assert_eq!(state(&node, "actus", &remote).await, "absent");
    }
);

on_both_databases!(
    async fn a_network_service_is_followed_when_its_manager_agrees(db) {
        let node = node(db).await;
        node.service("reseau", Visibility::Network).await;
        let manager = node.person("gestion@mef58.example", "reseau", Role::ServiceManager).await;
        let moderator = node.person("moderation@mef58.example", "reseau", Role::Moderator).await;
        let (followed, remote) = (node.actor_of_service("reseau").await, Remote::new("mef21.example", "node"));
        remote.introduce(&node.app).await;
        node.app.followed(&remote.activity("follow"), &remote.uri, &followed).await.expect("asked");
        assert_eq!(state(&node, "reseau", &remote).await, "pending");
        assert!(crate::tests::telling::told(&node).await.is_empty(), "nobody is answered yet");
        let uid = follower(&node, "reseau", &remote).await.expect("follower").uid;
        forbidden(node.app.accept_follower(&moderator, &uid).await);
        node.app.accept_follower(&manager, &uid).await.expect("accepted");
        assert_eq!(state(&node, "reseau", &remote).await, "accepted");
        node.app.reject_follower(&manager, &uid).await.expect("removed");
        assert_eq!(state(&node, "reseau", &remote).await, "absent");
        let kinds: Vec<String> = crate::tests::telling::told(&node).await.into_iter().map(|t| t.kind).collect();
        assert_eq!(kinds, ["reject"], "the acceptance was overtaken by the removal");
    }
);

on_both_databases!(
    async fn a_private_service_cannot_be_followed(db) {
        let node = node(db).await;
        node.service("dedans", Visibility::Private).await;
        let (followed, remote) = (node.actor_of_service("dedans").await, Remote::new("social.example", "reader"));
        remote.introduce(&node.app).await;
        not_found(node.app.followed(&remote.activity("follow"), &remote.uri, &followed).await);
    }
);

on_both_databases!(
    async fn an_undo_counts_whether_it_comes_first_or_last(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (followed, remote) = (node.actor_of_service("actus").await, Remote::new("social.example", "reader"));
        remote.introduce(&node.app).await;
        for early in [false, true] {
            let (follow, undo) = (remote.activity("follow"), remote.activity("undo"));
            if early {
                node.app.unfollowed(&undo, &remote.uri, &followed, Some(&follow)).await.expect("undone");
            }
            node.app.followed(&follow, &remote.uri, &followed).await.expect("followed");
            if !early {
                node.app.unfollowed(&undo, &remote.uri, &followed, Some(&follow)).await.expect("undone");
            }
            assert_eq!(state(&node, "actus", &remote).await, "absent", "early: {early}");
        }
        // By the id alone.
        let follow = remote.activity("follow");
        node.app.followed(&follow, &remote.uri, &followed).await.expect("followed");
        node.app.follow_withdrawn(&remote.activity("undo"), &remote.uri, &follow).await.expect("undone");
        assert_eq!(state(&node, "actus", &remote).await, "absent");
    }
);

on_both_databases!(
    async fn nobody_undoes_the_follow_of_another(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let followed = node.actor_of_service("actus").await;
        let (reader, eve) = (Remote::new("social.example", "reader"), Remote::new("evil.example", "eve"));
        reader.introduce(&node.app).await;
        eve.introduce(&node.app).await;
        let follow = reader.activity("follow");
        // What is said to be taken back before it came is believed of one's own server only.
        node.app.unfollowed(&eve.activity("undo"), &eve.uri, &followed, Some(&follow)).await.expect("no effect");
        node.app.followed(&follow, &reader.uri, &followed).await.expect("followed");
        assert_eq!(state(&node, "actus", &reader).await, "accepted");
        node.app.follow_withdrawn(&eve.activity("undo"), &eve.uri, &follow).await.expect("no effect");
        assert_eq!(state(&node, "actus", &reader).await, "accepted");
    }
);

on_both_databases!(
    async fn only_the_followed_answers_and_only_what_was_asked(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (remote, eve) = (Remote::new("mef21.example", "agenda"), Remote::new("evil.example", "eve"));
        eve.introduce(&node.app).await;
        let form = crate::subscription::SubscriptionForm { trust: TrustLevel::Publish, rules: Default::default() };
        let known = crate::tests::node::Known(remote.actor());
        node.app.subscribe(&Caller::Node, &known, "actus", &remote.handle(), form).await.expect("subscribed");
        let follow = node.follow_of(&remote).await;
        assert_eq!((follow.state.as_str(), follow.backfill_due_at), ("pending", None));
        forbidden(node.app.follow_answered(&eve.activity("accept"), &eve.uri, &follow.uri, true).await);
        let invented = "https://mef58.example/x/never-sent";
        let answer = node.app.follow_answered(&remote.activity("accept"), &remote.uri, invented, true).await;
        assert_eq!(answer.expect("ignored"), Effect::Nothing);
        assert_eq!(node.follow_of(&remote).await.state, "pending");
        node.app.follow_answered(&remote.activity("accept"), &remote.uri, &follow.uri, true).await.expect("taken");
        let follow = node.follow_of(&remote).await;
        assert_eq!((follow.state.as_str(), follow.backfill_full), ("accepted", true));
        assert!(follow.backfill_due_at.is_some(), "its outbox is read back");
        node.app.follow_answered(&remote.activity("reject"), &remote.uri, &follow.uri, false).await.expect("taken");
        assert_eq!(node.follow_of(&remote).await.state, "rejected");
    }
);

on_both_databases!(
    async fn one_follow_carries_every_subscription_of_the_node(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        node.service("agenda", Visibility::Public).await;
        let remote = Remote::new("mef21.example", "agenda");
        let first = node.follows("actus", &remote, TrustLevel::Publish, "{}").await;
        let uri = node.follow_of(&remote).await.uri;
        let second = node.follows("agenda", &remote, TrustLevel::Hold, "{}").await;
        assert_eq!(node.follow_of(&remote).await.uri, uri);
        node.app.unsubscribe(&Caller::Node, &first.uid).await.expect("ended");
        assert_eq!(node.follow_of(&remote).await.uri, uri, "another service still subscribes");
        node.app.unsubscribe(&Caller::Node, &second.uid).await.expect("ended");
        let actor = remote.uri.clone();
        let follow = node.write(move |tx| { let id = tx.reads().actor(&actor)?.id; Ok(tx.reads().follow_of(id)?) }).await;
        assert_eq!(follow, None);
        let kinds: Vec<String> = crate::tests::telling::told(&node).await.into_iter().map(|t| t.kind).collect();
        assert_eq!(kinds, ["undo-follow"], "the Follow that was never sent is not sent any more");
    }
);
