//! Reading outboxes back: bounded, resumed, given up.

use super::node::{TestNode, node};
use super::remote::Remote;
use crate::caller::Caller;
use chrono::Duration;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::on_both_databases;

async fn scene(db: &maillage_store::testing::TestDatabase) -> (TestNode, Remote, String) {
    let node = node(db).await;
    node.service("actus", Visibility::Public).await;
    let remote = Remote::new("mef21.example", "actus");
    let subscription = node.follows("actus", &remote, TrustLevel::Publish, "{}").await;
    (node, remote, subscription.uid)
}

/// Reads pages of an outbox without end while one is due; answers how many.
async fn read(node: &TestNode, anything_new: impl Fn(usize) -> bool) -> usize {
    let mut pages = 0;
    while let Some(view) = node.app.due_backfills().await.expect("due").pop() {
        let next = format!("https://mef21.example/a/actus/outbox?before={pages}");
        node.app.page_read(view.follow.id, Some(next), anything_new(pages)).await.expect("read");
        pages += 1;
        assert!(pages < 1_000, "without end");
    }
    pages
}

on_both_databases!(
    async fn an_endless_outbox_ends_after_a_hundred_pages(db) {
        let (node, remote, _) = scene(db).await;
        assert_eq!(read(&node, |_| false).await, 100);
        let follow = node.follow_of(&remote).await;
        assert_eq!((follow.backfill_due_at, follow.backfill_next), (None, None));
    }
);

on_both_databases!(
    async fn it_goes_on_where_it_was_interrupted(db) {
        let (node, remote, _) = scene(db).await;
        let view = node.app.due_backfills().await.expect("due").remove(0);
        assert_eq!(view.follow.backfill_next, None);
        let next = Some("https://mef21.example/a/actus/outbox?before=1".to_owned());
        node.app.page_read(view.follow.id, next.clone(), true).await.expect("read");
        let restarted = crate::tests::node::again(db, &node.clock);
        assert_eq!(restarted.catch_up().await.expect("asked"), 0, "what is being read is not begun again");
        let view = restarted.due_backfills().await.expect("due").remove(0);
        assert_eq!(view.follow.backfill_next, next);
        restarted.page_read(view.follow.id, None, true).await.expect("read");
        assert_eq!(node.follow_of(&remote).await.backfill_due_at, None);
    }
);

on_both_databases!(
    async fn catching_up_stops_where_nothing_is_new(db) {
        let (node, _, _) = scene(db).await;
        read(&node, |_| false).await;
        assert_eq!(node.app.catch_up().await.expect("asked"), 1);
        assert_eq!(read(&node, |page| page < 2).await, 3);
        assert_eq!(node.app.catch_up().await.expect("asked"), 1);
        assert_eq!(read(&node, |_| false).await, 1);
    }
);

on_both_databases!(
    async fn what_a_relay_passes_on_is_new_only_once(db) {
        let (node, relay, _) = scene(db).await;
        let origin = Remote::new("mef89.example", "origine");
        let uri = origin.item_uri(1);
        let effect = node.app.fetch_later(None, &relay.uri, &uri).await.expect("queued");
        assert_eq!(effect, crate::inbound::Effect::Done);
        crate::tests::remote::fetched(&node.app, &origin, origin.item(1, 1)).await;
        let effect = node.app.fetch_later(None, &relay.uri, &uri).await.expect("queued");
        assert_eq!(effect, crate::inbound::Effect::Nothing);
        assert_eq!(node.app.due_fetches(10).await.expect("due").len(), 1, "it may have changed");
    }
);

on_both_databases!(
    async fn an_outbox_that_cannot_be_read_is_left_after_two_weeks(db) {
        let (node, remote, _) = scene(db).await;
        let mut attempts = 0;
        for _ in 0..(40 * 24) {
            if let Some(view) = node.app.due_backfills().await.expect("due").pop() {
                attempts += 1;
                node.app.page_failed(view.follow.id).await.expect("noted");
            }
            node.advance(Duration::hours(1));
        }
        assert_eq!(attempts, 20);
        assert_eq!(node.follow_of(&remote).await.backfill_due_at, None);
        assert_eq!(node.app.catch_up().await.expect("asked"), 1, "a restart asks again");
    }
);

on_both_databases!(
    async fn a_follow_that_ended_while_it_was_read_is_no_fault(db) {
        let (node, _, subscription) = scene(db).await;
        let view = node.app.due_backfills().await.expect("due").remove(0);
        node.app.unsubscribe(&Caller::Node, &subscription).await.expect("ended");
        node.app.page_read(view.follow.id, None, true).await.expect("nothing");
        node.app.page_failed(view.follow.id).await.expect("nothing");
        assert!(node.app.due_backfills().await.expect("due").is_empty());
    }
);
