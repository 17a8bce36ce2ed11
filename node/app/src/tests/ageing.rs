//! What time does: items expire, what is old is forgotten, what nobody watches is looked after.

use super::node::{news, node};
use super::remote::{Remote, fetched};
use super::telling::{followed_by, told};
use crate::caller::Caller;
use crate::entry::ItemForm;
use chrono::Duration;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_domain::workflow::Transition::{Publish, Submit};
use maillage_store::on_both_databases;
use serde_json::json;

fn event(title: &str, end: &str) -> ItemForm {
    let fields = json!({
        "titre": title, "debut": "2026-03-05T14:00", "fin": end,
        "description": "<p>Venez</p>", "thematiques": ["emploi"],
    });
    ItemForm { fields: serde_json::from_value(fields).expect("fields"), ..ItemForm::default() }
}

on_both_databases!(
    async fn an_event_expires_a_day_after_its_end(db) {
        let node = node(db).await;
        let form = crate::tests::node::service_form(Visibility::Public);
        node.app.add_service(&Caller::Node, "agenda", "agenda", form).await.expect("service");
        followed_by(&node, "agenda", &Remote::new("social.example", "reader")).await;
        let (entry, item) = node.published("agenda", event("Forum", "2026-03-05T17:00")).await;
        told(&node).await;
        // 17:00 in Paris is 16:00 UTC; the clock stands at 3 March, 9:00 UTC.
        node.advance(Duration::hours(3 * 24 + 6));
        assert_eq!(node.app.upkeep().await.expect("upkeep"), 0);
        node.advance(Duration::hours(2));
        assert_eq!(node.app.upkeep().await.expect("upkeep"), 1);
        assert_eq!(node.app.upkeep().await.expect("upkeep"), 0);
        let expired = node.entry("agenda", &item.uri).await.expect("entry");
        assert_eq!((expired.state.as_str(), expired.decided_by.as_str()), ("expired", "expiry"));
        assert_eq!(told(&node).await.iter().map(|t| t.kind.as_str()).collect::<Vec<_>>(), ["delete"]);
        // Another date brings it back, as another object.
        node.app
            .save_item(&Caller::Node, &entry.uid, event("Forum reporté", "2026-04-05T17:00"), None)
            .await
            .expect("saved");
        node.step(&entry.uid, Submit).await;
        let entry = node.step(&entry.uid, Publish).await;
        assert_ne!(node.item_of(&entry).await.uri, item.uri);
        assert_eq!(node.app.upkeep().await.expect("upkeep"), 0);
    }
);

on_both_databases!(
    async fn a_received_item_that_expired_here_stays_away_until_it_changes(db) {
        let node = node(db).await;
        let form = crate::tests::node::service_form(Visibility::Public);
        node.app.add_service(&Caller::Node, "agenda", "agenda", form).await.expect("service");
        let remote = Remote::new("mobilizon.example", "agenda");
        node.follows("agenda", &remote, TrustLevel::Announce, "{}").await;
        let mut item = crate::inbound::RemoteItem { version: 0, ..remote.item(1, 1) };
        item.type_slug = "agenda".into();
        item.core.starts_at = Some(node.app.now());
        item.core.ends_at = Some(node.app.now() + Duration::hours(2));
        remote.sends(&node.app, item.clone()).await;
        told(&node).await;
        node.advance(Duration::days(3));
        assert_eq!(node.app.upkeep().await.expect("upkeep"), 1);
        assert_eq!(told(&node).await.iter().map(|t| t.kind.as_str()).collect::<Vec<_>>(), ["undo-announce"]);
        // Read back after a restart it is heard of again.
        remote.sends(&node.app, item.clone()).await;
        assert_eq!(node.state("agenda", &remote.item_uri(1)).await, "expired");
        assert!(told(&node).await.is_empty());
        item.core.ends_at = Some(node.app.now() + Duration::days(30));
        item.updated = Some(node.app.now());
        remote.sends(&node.app, item).await;
        assert_eq!(node.state("agenda", &remote.item_uri(1)).await, "published");
    }
);

on_both_databases!(
    async fn more_than_one_batch_expires_in_one_upkeep(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let remote = Remote::new("mef21.example", "actus");
        node.follows("actus", &remote, TrustLevel::Publish, "{}").await;
        for number in 0..230 {
            let link = crate::inbound::RemoteItem { type_slug: "press-review".into(), ..remote.item(number, 1) };
            remote.sends(&node.app, link).await;
        }
        node.advance(Duration::days(1_100));
        assert_eq!(node.app.upkeep().await.expect("upkeep"), 230);
        assert!(node.public_titles().await.is_empty());
    }
);

on_both_databases!(
    async fn what_has_been_done_is_forgotten_in_time(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let remote = Remote::new("mef21.example", "actus");
        node.follows("actus", &remote, TrustLevel::Publish, "{}").await;
        let activity = remote.activity("create");
        node.app.item_received(Some(&activity), &remote.uri, remote.item(1, 1)).await.expect("received");
        followed_by(&node, "actus", &Remote::new("social.example", "reader")).await;
        node.published("actus", news("Ancienne")).await;
        told(&node).await;
        crate::tests::scripted::work(&node, Duration::minutes(1), |_, _, _| crate::delivery::Outcome::Taken(202)).await;
        node.advance(Duration::days(29));
        node.app.upkeep().await.expect("upkeep");
        assert!(!crate::tests::scripted::states(&node).await.is_empty());
        assert!(node.app.was_received(&activity).await.expect("read"));
        node.advance(Duration::days(2));
        node.app.upkeep().await.expect("upkeep");
        assert!(crate::tests::scripted::states(&node).await.is_empty());
        assert!(node.app.was_received(&activity).await.expect("read"), "longer than anything can be replayed");
        node.advance(Duration::days(30));
        node.app.upkeep().await.expect("upkeep");
        assert!(!node.app.was_received(&activity).await.expect("read"));
    }
);

on_both_databases!(
    async fn what_no_follow_watches_is_looked_after(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (left, followed) = (Remote::new("mef21.example", "actus"), Remote::new("mef89.example", "actus"));
        let subscription = node.follows("actus", &left, TrustLevel::Publish, "{}").await;
        node.follows("actus", &followed, TrustLevel::Publish, "{}").await;
        left.sends(&node.app, left.item(1, 1)).await;
        left.sends(&node.app, left.item(2, 1)).await;
        followed.sends(&node.app, followed.item(1, 1)).await;
        node.app.unsubscribe(&Caller::Node, &subscription.uid).await.expect("ended");
        node.app.upkeep().await.expect("upkeep");
        assert!(node.app.due_fetches(10).await.expect("due").is_empty());
        node.advance(Duration::days(8));
        node.app.upkeep().await.expect("upkeep");
        node.app.upkeep().await.expect("once a week");
        let mut asked: Vec<String> =
            node.app.due_fetches(10).await.expect("due").into_iter().map(|(row, _)| row.object_uri).collect();
        asked.sort();
        assert_eq!(asked, [left.item_uri(1), left.item_uri(2)]);
        fetched(&node.app, &left, left.item(1, 2)).await;
        node.app.gone_at_origin(&left.item_uri(2)).await.expect("gone");
        assert_eq!(node.held_item(&left.item_uri(1)).await.expect("item").version, 2);
        assert_eq!(node.state("actus", &left.item_uri(1)).await, "published");
        assert_eq!(node.state("actus", &left.item_uri(2)).await, "withdrawn");
    }
);
