//! Withdrawal removes every copy; what is published again is another object.

use super::node::{TestNode, news, node};
use super::remote::Remote;
use super::telling::{followed_by, told};
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_domain::viewer::Viewer;
use maillage_domain::workflow::Transition::{Publish, Submit, Withdraw};
use maillage_store::on_both_databases;

async fn tombstone(node: &TestNode, uri: &str) -> bool {
    let uri = uri.to_owned();
    let found = node.app.reads(Viewer::Anonymous).run(move |reads| reads.tombstone(&uri)).await;
    found.expect("read").is_some()
}

on_both_databases!(
    async fn a_received_item_is_gone_everywhere(db) {
        let node = node(db).await;
        let origin = Remote::new("mef21.example", "actus");
        for (slug, trust) in
            [("une", TrustLevel::Announce), ("deux", TrustLevel::Publish), ("trois", TrustLevel::Hold)]
        {
            node.service(slug, Visibility::Public).await;
            node.follows(slug, &origin, trust, "{}").await;
        }
        origin.sends(&node.app, origin.item(1, 1)).await;
        assert_eq!(node.public_titles().await.len(), 2);
        told(&node).await;
        origin.deletes(&node.app, 1).await;
        for slug in ["une", "deux", "trois"] {
            let entry = node.entry(slug, &origin.item_uri(1)).await.expect("entry");
            assert_eq!((entry.state.as_str(), entry.queued_at, entry.announce_uri), ("withdrawn", None, None));
            crate::tests::node::conflict(
                node.app
                    .transition(&crate::caller::Caller::Node, &entry.uid, Publish, "")
                    .await,
            );
        }
        assert!(node.public_titles().await.is_empty());
        assert_eq!(told(&node).await.iter().map(|t| t.kind.as_str()).collect::<Vec<_>>(), ["undo-announce"]);
    }
);

on_both_databases!(
    async fn the_origin_says_when_asked_that_it_is_gone(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let origin = Remote::new("mef21.example", "actus");
        node.follows("actus", &origin, TrustLevel::Publish, "{}").await;
        origin.sends(&node.app, origin.item(1, 1)).await;
        node.app.gone_at_origin(&origin.item_uri(1)).await.expect("gone");
        assert_eq!(node.state("actus", &origin.item_uri(1)).await, "withdrawn");
        origin.sends(&node.app, origin.item(1, 2)).await;
        assert_eq!(node.state("actus", &origin.item_uri(1)).await, "withdrawn");
        let (_, own) = node.published("actus", news("À nous")).await;
        node.app.gone_at_origin(&own.uri).await.expect("nothing");
        assert_eq!(node.public_titles().await, ["À nous"]);
    }
);

on_both_databases!(
    async fn published_again_it_is_another_object(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        node.service("revue", Visibility::Public).await;
        node.subscribes_locally("revue", "actus", TrustLevel::Publish).await;
        followed_by(&node, "actus", &Remote::new("social.example", "reader")).await;
        told(&node).await;
        let (entry, first) = node.published("actus", news("Retirée puis remise")).await;
        node.step(&entry.uid, Withdraw).await;
        assert!(tombstone(&node, &first.uri).await);
        node.step(&entry.uid, Submit).await;
        let entry = node.step(&entry.uid, Publish).await;
        let second = node.item_of(&entry).await;
        assert_ne!(second.uri, first.uri, "others hold a tombstone of the first");
        assert!(second.url.contains(&second.uid) && second.uri.ends_with(&second.uid));
        assert!(tombstone(&node, &first.uri).await && !tombstone(&node, &second.uri).await);
        assert_eq!(node.state("revue", &second.uri).await, "published");
        // Told all at once and late, each names the object it is about.
        let said: Vec<(String, String)> = told(&node).await.into_iter().map(|t| (t.kind, t.object)).collect();
        let expected = [
            ("create", second.uri.clone()),
            ("delete", first.uri.clone()),
            ("create", second.uri.clone()),
        ];
        assert_eq!(said, expected.map(|(kind, object)| (kind.to_owned(), object)));
    }
);

on_both_databases!(
    async fn the_activity_that_carried_it_is_not_readable_any_more(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        followed_by(&node, "actus", &Remote::new("social.example", "reader")).await;
        told(&node).await;
        let (entry, item) = node.published("actus", news("Lisible")).await;
        let event = node.app.pending_events(1).await.expect("events").remove(0);
        let activity = crate::outbound::OutgoingActivity {
            uri: "https://mef58.example/x/create".into(),
            actor: 1,
            kind: "Create".into(),
            object: item.uri.clone(),
            item: Some(item.id),
            public: true,
            body: "{\"content\":\"Lisible\"}".into(),
            inboxes: event.inboxes.clone(),
        };
        node.app.fan_out(event.id, vec![activity]).await.expect("queued");
        let read = || {
            let seen = node.app.reads(Viewer::Anonymous);
            seen.run(|reads| reads.public_activity("https://mef58.example/x/create"))
        };
        assert!(read().await.is_ok());
        node.step(&entry.uid, Withdraw).await;
        assert!(matches!(read().await, Err(maillage_store::StoreError::NotFound)));
        node.step(&entry.uid, Submit).await;
        node.step(&entry.uid, Publish).await;
        assert!(read().await.is_err(), "the new object has activities of its own");
    }
);

on_both_databases!(
    async fn a_refusal_here_outlasts_the_return_of_a_local_item(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        node.service("revue", Visibility::Public).await;
        node.subscribes_locally("revue", "actus", TrustLevel::Publish).await;
        let (entry, item) = node.published("actus", news("Non merci")).await;
        let copy = node.entry("revue", &item.uri).await.expect("entry");
        let moderator =
            node.person("moderation@mef58.example", "revue", maillage_domain::role::Role::Moderator).await;
        node.app.transition(&moderator, &copy.uid, Withdraw, "pas ici").await.expect("withdrawn");
        node.step(&entry.uid, Withdraw).await;
        node.step(&entry.uid, Submit).await;
        let entry = node.step(&entry.uid, Publish).await;
        let item = node.item_of(&entry).await;
        let copy = node.entry("revue", &item.uri).await.expect("entry");
        assert_eq!((copy.state.as_str(), copy.reason.as_deref()), ("withdrawn", Some("pas ici")));
    }
);

on_both_databases!(
    async fn of_what_nobody_saw_no_tombstone_tells(db) {
        let node = node(db).await;
        for (slug, visibility) in [("dedans", Visibility::Private), ("reseau", Visibility::Network)] {
            node.service(slug, visibility).await;
            let (entry, item) = node.published(slug, news("Discret")).await;
            node.step(&entry.uid, Withdraw).await;
            assert!(!tombstone(&node, &item.uri).await, "{slug}");
        }
    }
);
