//! What takes place again and again moves on to its next time by itself, and others are told.

use super::node::{TestNode, node};
use super::remote::Remote;
use super::telling::{followed_by, told};
use super::types::{sample, service_of};
use chrono::{DateTime, Duration, Utc};
use maillage_domain::subscription::TrustLevel;
use maillage_store::on_both_databases;
use maillage_store::rows::ItemRow;

fn starts(item: &ItemRow) -> String {
    let at = item.starts_at.and_then(DateTime::<Utc>::from_timestamp_millis);
    at.map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

async fn kinds(node: &TestNode) -> Vec<String> {
    told(node).await.into_iter().map(|told| told.kind).collect()
}

on_both_databases!(
    async fn a_recurring_item_moves_on_and_ends(db) {
        let node = node(db).await;
        for (kind, slug) in [("structures", "annuaire"), ("places", "lieux"), ("desk-slots", "permanences")] {
            service_of(&node, kind, slug).await;
        }
        node.published("annuaire", sample("structures", "typical")).await;
        node.published("lieux", sample("places", "typical")).await;
        followed_by(&node, "permanences", &Remote::new("social.example", "reader")).await;
        told(&node).await;
        let (entry, item) = node.published("permanences", sample("desk-slots", "typical")).await;
        // Tuesdays from 10 March 2026, 9:00 in Paris; the clock stands at 3 March.
        assert_eq!(starts(&item), "2026-03-10 08:00");
        assert_eq!(kinds(&node).await, ["create"]);
        node.app.upkeep().await.expect("upkeep");
        assert!(kinds(&node).await.is_empty(), "nothing has passed");
        node.advance(Duration::days(8));
        node.app.upkeep().await.expect("upkeep");
        node.app.upkeep().await.expect("once");
        let moved = node.item_of(&entry).await;
        assert_eq!((starts(&moved).as_str(), moved.version), ("2026-03-17 08:00", item.version + 1));
        assert_eq!(kinds(&node).await, ["update"]);
        // The 24th is an exception, and summer time begins on the 29th.
        node.advance(Duration::days(7));
        node.app.upkeep().await.expect("upkeep");
        assert_eq!(starts(&node.item_of(&entry).await), "2026-03-31 07:00");
        told(&node).await;
        // The last time is on 30 June; it is withdrawn a day later.
        node.advance(Duration::days(110));
        assert_eq!(node.app.upkeep().await.expect("upkeep"), 1);
        assert_eq!(node.state("permanences", &item.uri).await, "expired");
        assert_eq!(kinds(&node).await.last().map(String::as_str), Some("delete"));
    }
);

on_both_databases!(
    async fn an_event_of_several_times_moves_on(db) {
        let node = node(db).await;
        service_of(&node, "agenda", "agenda").await;
        followed_by(&node, "agenda", &Remote::new("social.example", "reader")).await;
        let (entry, item) = node.published("agenda", sample("agenda", "typical")).await;
        assert_eq!(starts(&item), "2026-03-05 13:00");
        told(&node).await;
        node.advance(Duration::days(3));
        node.app.upkeep().await.expect("upkeep");
        assert_eq!(starts(&node.item_of(&entry).await), "2026-03-10 13:00");
        assert_eq!(kinds(&node).await, ["update"]);
    }
);

on_both_databases!(
    async fn a_received_event_stands_at_its_next_time(db) {
        let node = node(db).await;
        service_of(&node, "agenda", "agenda").await;
        let remote = Remote::new("mef21.example", "agenda");
        node.follows("agenda", &remote, TrustLevel::Publish, "{}").await;
        let kind = node.app.registry().get("agenda").expect("agenda").clone();
        let fields = sample("agenda", "typical").fields;
        let mut received = crate::inbound::RemoteItem { type_slug: "agenda".into(), ..remote.item(1, 1) };
        received.core = maillage_domain::item::ItemCore::of(&kind, &fields, &received.frame);
        received.fields = fields;
        remote.sends(&node.app, received.clone()).await;
        let held = async || node.held_item(&remote.item_uri(1)).await.expect("item");
        assert_eq!(starts(&held().await), "2026-03-05 13:00");
        node.advance(Duration::days(3));
        node.app.upkeep().await.expect("upkeep");
        let moved = held().await;
        assert_eq!((starts(&moved).as_str(), moved.version), ("2026-03-10 13:00", 1), "its version is its origin's");
        // Heard of again, it stays there.
        remote.sends(&node.app, received).await;
        assert_eq!(starts(&held().await), "2026-03-10 13:00");
        assert_eq!(node.state("agenda", &remote.item_uri(1)).await, "published");
    }
);
