//! The same things at the same moment, as several processes on one database do them.

use super::node::{TestNode, again, node};
use super::remote::Remote;
use crate::AppError;
use crate::caller::Caller;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_domain::workflow::Transition::{Decline, Publish, Submit};
use maillage_store::on_both_databases;
use std::sync::Arc;
use tokio::task::JoinSet;

on_both_databases!(
    async fn the_latest_version_stays_whatever_the_order_of_commits(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let remote = Arc::new(Remote::new("mef21.example", "actus"));
        node.follows("actus", &remote, TrustLevel::Announce, "{}").await;
        let apps = [node.app.clone(), again(db, &node.clock)];
        for number in 0..6 {
            let mut tasks = JoinSet::new();
            for version in 1..=8 {
                let (app, remote) = (apps[(version % 2) as usize].clone(), Arc::clone(&remote));
                tasks.spawn(async move {
                    let activity = remote.activity("update");
                    let item = remote.item(number, version);
                    app.item_received(Some(&activity), &remote.uri, item).await.map(drop)
                });
            }
            for done in tasks.join_all().await {
                done.expect("received");
            }
            let item = node.held_item(&remote.item_uri(number)).await.expect("item");
            assert_eq!((item.version, item.title.as_str()), (8, format!("Fiche {number}, version 8").as_str()));
        }
    }
);

on_both_databases!(
    async fn a_delete_at_the_moment_of_its_create_wins(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let remote = Arc::new(Remote::new("mef21.example", "actus"));
        node.follows("actus", &remote, TrustLevel::Publish, "{}").await;
        let apps = [node.app.clone(), again(db, &node.clock)];
        for number in 0..10 {
            let (creator, deleter) = (apps[0].clone(), apps[1].clone());
            let (one, other) = (Arc::clone(&remote), Arc::clone(&remote));
            let create = tokio::spawn(async move { one.sends(&creator, one.item(number, 1)).await });
            let delete = tokio::spawn(async move { other.deletes(&deleter, number).await });
            create.await.expect("created");
            delete.await.expect("deleted");
            assert_ne!(node.state("actus", &remote.item_uri(number)).await, "published", "{number}");
        }
        assert!(node.public_titles().await.is_empty());
    }
);

async fn both<A, B>(
    first: impl Future<Output = A> + Send + 'static,
    second: impl Future<Output = B> + Send + 'static,
) -> (A, B)
where
    A: Send + 'static,
    B: Send + 'static,
{
    let (first, second) = (tokio::spawn(first), tokio::spawn(second));
    (first.await.expect("no panic"), second.await.expect("no panic"))
}

on_both_databases!(
    async fn two_moderators_decide_once(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let author = node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        let one = node.person("une@mef58.example", "actus", Role::Moderator).await;
        let other = node.person("autre@mef58.example", "actus", Role::Moderator).await;
        let second = again(db, &node.clock);
        for _ in 0..6 {
            let entry = node.app.create_item(&author, "actus", crate::tests::node::news("À deux")).await.expect("made");
            node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
            let (app, uid, caller) = (node.app.clone(), entry.uid.clone(), one.clone());
            let publish = async move { app.transition(&caller, &uid, Publish, "").await };
            let (app, uid, caller) = (second.clone(), entry.uid.clone(), other.clone());
            let decline = async move { app.transition(&caller, &uid, Decline, "non").await };
            let (published, declined) = both(publish, decline).await;
            let done = usize::from(published.is_ok()) + usize::from(declined.is_ok());
            assert_eq!(done, 1, "{published:?} {declined:?}");
            let (state, revision) = state_of(&node, &entry.uid).await;
            assert_eq!(state, revision, "entry and revision agree");
        }
    }
);

async fn state_of(node: &TestNode, uid: &str) -> (String, String) {
    let uid = uid.to_owned();
    node.write(move |tx| {
        let entry = tx.entry(&uid)?;
        let revision = tx.latest_revision(entry.item_id)?.ok_or(AppError::NotFound)?;
        Ok((entry.state, revision.state))
    })
    .await
}

on_both_databases!(
    async fn the_same_actor_seen_twice_at_once_is_one(db) {
        let node = node(db).await;
        let second = again(db, &node.clock);
        for number in 0..6 {
            let actor = Remote::new(&format!("h{number}.example"), "reader").actor();
            let (one, other, app) = (actor.clone(), actor, node.app.clone());
            let second = second.clone();
            let (first, again) =
                both(async move { app.keep_actor(one).await }, async move { second.keep_actor(other).await }).await;
            assert_eq!(first.expect("kept").id, again.expect("kept").id);
        }
    }
);

on_both_databases!(
    async fn two_administrators_cannot_disable_each_other(db) {
        let node = node(db).await;
        let second = again(db, &node.clock);
        let form = crate::tests::node::account("seconde@mef58.example");
        node.app.add_account(&Caller::Node, form, None, true).await.expect("second");
        let one = node.administrator().await;
        let other = node.caller("seconde@mef58.example").await;
        let uids = node
            .write(|tx| {
                let one = tx.reads().account_by_email(crate::tests::node::ADMINISTRATOR)?.uid;
                Ok((one, tx.reads().account_by_email("seconde@mef58.example")?.uid))
            })
            .await;
        let app = node.app.clone();
        let (first, last) = both(
            async move { app.set_account_enabled(&one, &uids.1, false).await },
            async move { second.set_account_enabled(&other, &uids.0, false).await },
        )
        .await;
        assert_eq!(usize::from(first.is_ok()) + usize::from(last.is_ok()), 1, "{first:?} {last:?}");
        let left = node.write(|tx| Ok(tx.reads().count_administrators()?)).await;
        assert_eq!(left, 1);
    }
);

on_both_databases!(
    async fn two_workers_tell_an_event_once(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        crate::tests::telling::followed_by(&node, "actus", &Remote::new("social.example", "reader")).await;
        crate::tests::telling::told(&node).await;
        let before = crate::tests::scripted::states(&node).await.len();
        for number in 0..10 {
            node.published("actus", crate::tests::node::news(&format!("Fiche {number}"))).await;
        }
        let second = TestNode { app: again(db, &node.clock), clock: node.clock.clone() };
        let first = TestNode { app: node.app.clone(), clock: node.clock.clone() };
        both(
            async move { crate::tests::telling::told(&first).await },
            async move { crate::tests::telling::told(&second).await },
        )
        .await;
        let after = crate::tests::scripted::states(&node).await;
        assert_eq!(after.len() - before, 10);
        let items: Vec<String> = after[before..].iter().map(|(object, _)| object.clone()).collect();
        let mut once = items.clone();
        once.dedup();
        assert_eq!(once.len(), 10);
    }
);

on_both_databases!(
    async fn a_subscription_made_while_items_arrive_has_all_of_them(db) {
        let node = node(db).await;
        let remote = Arc::new(Remote::new("mef21.example", "actus"));
        node.service("actus", Visibility::Public).await;
        node.follows("actus", &remote, TrustLevel::Publish, "{}").await;
        for number in 0..6_u32 {
            node.service(&format!("autre-{number}"), Visibility::Public).await;
        }
        let apps = [node.app.clone(), again(db, &node.clock)];
        let mut tasks = JoinSet::new();
        for lane in 0..12_u32 {
            let (app, remote) = (apps[(lane % 2) as usize].clone(), Arc::clone(&remote));
            tasks.spawn(async move {
                for number in (lane * 15)..(lane * 15 + 15) {
                    remote.sends(&app, remote.item(number, 1)).await;
                }
            });
        }
        for number in 0..6_u32 {
            node.follows(&format!("autre-{number}"), &remote, TrustLevel::Publish, "{}").await;
        }
        tasks.join_all().await;
        for service in (0..6).map(|number| format!("autre-{number}")) {
            for number in 0..180 {
                let state = node.state(&service, &remote.item_uri(number)).await;
                assert_eq!(state, "published", "{service} lacks {number}");
            }
        }
    }
);
