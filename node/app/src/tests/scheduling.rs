//! Publication at a moment that was set.

use super::node::{TestNode, again, conflict, forbidden, invalid, news, node, not_found};
use super::remote::Remote;
use super::telling::{followed_by, told};
use crate::AppError;
use crate::caller::Caller;
use crate::moderation::Decision;
use chrono::{DateTime, Duration, Utc};
use maillage_domain::role::Role;
use maillage_domain::subscription::TrustLevel;
use maillage_domain::workflow::Transition::{Decline, Publish, Submit, Withdraw};
use maillage_store::on_both_databases;
use maillage_store::read::EntryQuery;
use maillage_store::rows::EntryRow;

fn at(moment: DateTime<Utc>) -> Decision {
    Decision { at: Some(moment), ..Decision::default() }
}

async fn waiting(node: &TestNode, by: &Caller) -> usize {
    let query = EntryQuery { waiting: true, ..EntryQuery::default() };
    node.app.reads(by.viewer()).run(move |reads| reads.entries(&query)).await.expect("read").len()
}

async fn scheduled(node: &TestNode, by: &Caller) -> Vec<i64> {
    let rows = node.app.reads(by.viewer()).run(|reads| reads.schedules()).await.expect("read");
    rows.into_iter().map(|row| row.publish_at).collect()
}

async fn submitted(node: &TestNode, author: &Caller, title: &str) -> EntryRow {
    let entry = node.app.create_item(author, "actus", news(title)).await.expect("created");
    node.app.transition(author, &entry.uid, Submit, "").await.expect("submitted")
}

on_both_databases!(
    async fn it_is_published_and_told_at_its_moment_once(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        followed_by(&node, "actus", &Remote::new("social.example", "reader")).await;
        let entry = submitted(&node, &author, "Forum").await;
        told(&node).await;
        let moment = node.app.now() + Duration::days(3);
        let set = node.app.decide_on(&moderator, &entry.uid, Publish, at(moment)).await.expect("set");
        assert_eq!((set.state.as_str(), set.queued_at), ("submitted", None));
        assert_eq!(waiting(&node, &moderator).await, 0);
        assert_eq!(scheduled(&node, &moderator).await, [moment.timestamp_millis()]);
        assert_eq!(scheduled(&node, &author).await.len(), 1, "its author knows it too");
        node.advance(Duration::days(3) - Duration::milliseconds(1));
        assert_eq!(node.app.publish_due().await.expect("looked"), 0);
        assert!(node.public_titles().await.is_empty() && told(&node).await.is_empty());
        node.advance(Duration::milliseconds(1));
        let other = again(db, &node.clock);
        let (one, two) = tokio::join!(node.app.publish_due(), other.publish_due());
        assert_eq!(one.expect("done") + two.expect("done"), 1);
        assert_eq!(node.public_titles().await, ["Forum"]);
        let kinds: Vec<String> = told(&node).await.into_iter().map(|told| told.kind).collect();
        assert_eq!(kinds, ["create"]);
        let item = node.item_of(&entry).await;
        assert_eq!(item.published_at, Some(moment.timestamp_millis()));
        assert!(scheduled(&node, &moderator).await.is_empty());
        node.advance(Duration::days(1));
        assert_eq!(node.app.publish_due().await.expect("looked"), 0);
    }
);

on_both_databases!(
    async fn a_node_that_was_down_publishes_late(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = submitted(&node, &author, "Forum").await;
        let moment = node.app.now() + Duration::hours(1);
        node.app.decide_on(&moderator, &entry.uid, Publish, at(moment)).await.expect("set");
        node.advance(Duration::days(9));
        assert_eq!(again(db, &node.clock).publish_due().await.expect("published"), 1);
        assert_eq!(node.public_titles().await, ["Forum"]);
    }
);

on_both_databases!(
    async fn a_moment_is_set_by_who_may_publish_and_lies_ahead(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let outsider = node.person("autre@mef58.example", "actus", Role::Contributor).await;
        let entry = submitted(&node, &author, "Forum").await;
        let soon = node.app.now() + Duration::hours(1);
        forbidden(node.app.decide_on(&author, &entry.uid, Publish, at(soon)).await);
        forbidden(node.app.decide_on(&outsider, &entry.uid, Publish, at(soon)).await);
        forbidden(node.app.decide_on(&Caller::Node, &entry.uid, Publish, at(soon)).await);
        let now = node.app.now();
        invalid(node.app.decide_on(&moderator, &entry.uid, Publish, at(now)).await, "in_the_past");
        let far = now + Duration::days(3 * 366);
        invalid(node.app.decide_on(&moderator, &entry.uid, Publish, at(far)).await, "too_far");
        // Nobody sets a moment for an item of their own.
        let own = node.app.create_item(&moderator, "actus", news("À moi")).await.expect("created");
        conflict(node.app.decide_on(&moderator, &own.uid, Publish, at(soon)).await);
        node.app.transition(&moderator, &own.uid, Submit, "").await.expect("submitted");
        forbidden(node.app.decide_on(&moderator, &own.uid, Publish, at(soon)).await);
        assert!(scheduled(&node, &moderator).await.is_empty());
        node.app.decide_on(&moderator, &entry.uid, Publish, at(soon)).await.expect("set");
        assert!(scheduled(&node, &outsider).await.is_empty(), "a colleague's plans are not theirs to see");
        forbidden(node.app.unschedule(&author, &entry.uid).await);
        forbidden(node.app.unschedule(&outsider, &entry.uid).await);
        not_found(node.app.unschedule(&moderator, "inconnue").await);
    }
);

on_both_databases!(
    async fn what_changes_meanwhile_is_read_again_first(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = submitted(&node, &author, "Lu").await;
        let soon = node.app.now() + Duration::hours(1);
        node.app.decide_on(&moderator, &entry.uid, Publish, at(soon)).await.expect("set");
        let changed = node.app.save_item(&author, &entry.uid, news("Pas lu"), None).await.expect("saved");
        assert!(changed.queued_at.is_some());
        assert!(scheduled(&node, &moderator).await.is_empty());
        node.advance(Duration::hours(2));
        assert_eq!(node.app.publish_due().await.expect("looked"), 0);
        assert!(node.public_titles().await.is_empty());
        assert_eq!(waiting(&node, &moderator).await, 1);
    }
);

on_both_databases!(
    async fn it_can_be_moved_cancelled_and_decided_otherwise(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = submitted(&node, &author, "Forum").await;
        let (soon, later) = (node.app.now() + Duration::hours(1), node.app.now() + Duration::hours(5));
        node.app.decide_on(&moderator, &entry.uid, Publish, at(soon)).await.expect("set");
        node.app.decide_on(&moderator, &entry.uid, Publish, at(later)).await.expect("moved");
        node.advance(Duration::hours(2));
        assert_eq!(node.app.publish_due().await.expect("looked"), 0);
        let back = node.app.unschedule(&moderator, &entry.uid).await.expect("cancelled");
        assert!(back.queued_at.is_some() && back.state == "submitted");
        conflict(node.app.unschedule(&moderator, &entry.uid).await);
        node.app.decide_on(&moderator, &entry.uid, Publish, at(later)).await.expect("set again");
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("at once after all");
        assert!(scheduled(&node, &moderator).await.is_empty());
        let other = submitted(&node, &author, "Autre").await;
        node.app.decide_on(&moderator, &other.uid, Publish, at(later)).await.expect("set");
        node.app.transition(&moderator, &other.uid, Decline, "Non").await.expect("declined");
        node.advance(Duration::days(1));
        assert_eq!(node.app.publish_due().await.expect("looked"), 0);
        node.app.transition(&moderator, &entry.uid, Withdraw, "").await.expect("withdrawn");
    }
);

on_both_databases!(
    async fn who_has_lost_the_right_meanwhile_publishes_nothing(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let other = node.person("autre@mef58.example", "actus", Role::Moderator).await;
        let entry = submitted(&node, &author, "Forum").await;
        let soon = node.app.now() + Duration::hours(1);
        node.app.decide_on(&moderator, &entry.uid, Publish, at(soon)).await.expect("set");
        let nobody: Option<Role> = None;
        node.app.set_role(&Caller::Node, "actus", "moderation@mef58.example", nobody).await.expect("gone");
        node.advance(Duration::hours(2));
        assert_eq!(node.app.publish_due().await.expect("looked"), 0);
        assert!(node.public_titles().await.is_empty());
        assert_eq!(waiting(&node, &other).await, 1, "it waits for somebody who may");
        let uid = entry.uid.clone();
        let detail = node.app.reads(other.viewer()).run(move |reads| reads.entry(&uid)).await.expect("read");
        let last = &detail.decisions[0];
        assert_eq!((last.action.as_str(), last.account_id), ("unschedule", None));
        let detail: serde_json::Value = serde_json::from_str(&last.detail).expect("json");
        let said = |language: &str| detail["why"][language].as_str().unwrap_or_default().to_owned();
        assert!(said("fr").contains("rôle") && said("en").contains("role"), "{}", last.detail);
    }
);

on_both_databases!(
    async fn what_was_received_is_taken_up_at_its_moment_unless_its_origin_changes_it(db) {
        let node = node(db).await;
        let (_, moderator) = node.newsroom("actus").await;
        let remote = Remote::new("mef21.example", "actus");
        node.follows("actus", &remote, TrustLevel::Hold, "{}").await;
        for number in [1, 2] {
            remote.sends(&node.app, remote.item(number, 1)).await;
        }
        let soon = node.app.now() + Duration::hours(1);
        for number in [1, 2] {
            let entry = node.entry("actus", &remote.item_uri(number)).await.expect("held");
            node.app.decide_on(&moderator, &entry.uid, Publish, at(soon)).await.expect("set");
        }
        assert_eq!(waiting(&node, &moderator).await, 0);
        node.advance(Duration::minutes(1));
        remote.sends(&node.app, remote.item(2, 2)).await;
        node.advance(Duration::hours(2));
        assert_eq!(node.app.publish_due().await.expect("published"), 1);
        assert_eq!(node.state("actus", &remote.item_uri(1)).await, "published");
        assert_eq!(node.state("actus", &remote.item_uri(2)).await, "submitted");
        assert_eq!(waiting(&node, &moderator).await, 1);
    }
);

on_both_databases!(
    async fn its_author_takes_a_submission_back(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let colleague = node.person("autre@mef58.example", "actus", Role::Contributor).await;
        let entry = submitted(&node, &author, "Forum").await;
        forbidden(node.app.take_back(&colleague, &entry.uid).await);
        forbidden(node.app.take_back(&moderator, &entry.uid).await);
        let soon = node.app.now() + Duration::hours(1);
        node.app.decide_on(&moderator, &entry.uid, Publish, at(soon)).await.expect("set");
        let back = node.app.take_back(&author, &entry.uid).await.expect("taken back");
        assert_eq!((back.state.as_str(), back.queued_at), ("draft", None));
        conflict(node.app.take_back(&author, &entry.uid).await);
        conflict(node.app.transition(&moderator, &entry.uid, Publish, "").await);
        node.advance(Duration::hours(2));
        assert_eq!(node.app.publish_due().await.expect("looked"), 0);
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted again");
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        // A correction is taken back alike; what is published stays.
        node.app.save_item(&author, &entry.uid, news("Forum corrigé"), None).await.expect("saved");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        let back = node.app.take_back(&author, &entry.uid).await.expect("taken back");
        assert_eq!((back.state.as_str(), back.queued_at), ("published", None));
        assert_eq!(node.public_titles().await, ["Forum"]);
        let refused: Result<EntryRow, AppError> = node.app.take_back(&author, "inconnue").await;
        not_found(refused);
    }
);
