//! Corrections of what is published, and two people at one item.

use super::node::{conflict, forbidden, news, node};
use maillage_domain::role::Role;
use maillage_domain::workflow::Transition::{Decline, Publish, Submit, Withdraw};
use maillage_store::on_both_databases;
use maillage_store::rows::RevisionRow;

async fn latest(node: &crate::tests::node::TestNode, item: i64) -> RevisionRow {
    node.write(move |tx| tx.latest_revision(item)?.ok_or(crate::AppError::NotFound)).await
}

on_both_databases!(
    async fn what_is_published_stays_up_until_its_correction_is_read(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let (entry, item) = node.published("actus", news("Première")).await;
        // The author had no hand in it: a contributor corrects their own items only.
        forbidden(node.app.save_item(&author, &entry.uid, news("Intruse"), None).await);
        let own = node.app.create_item(&author, "actus", news("Version 1")).await.expect("created");
        node.app.transition(&author, &own.uid, Submit, "").await.expect("submitted");
        node.app.transition(&moderator, &own.uid, Publish, "").await.expect("published");
        node.app.save_item(&author, &own.uid, news("Version 2"), None).await.expect("saved");
        let submitted = node.app.transition(&author, &own.uid, Submit, "").await.expect("submitted");
        assert_eq!((submitted.state.as_str(), submitted.queued_at.is_some()), ("published", true));
        assert!(node.public_titles().await.contains(&"Version 1".to_owned()));
        node.app.transition(&moderator, &own.uid, Publish, "").await.expect("published");
        let titles = node.public_titles().await;
        assert!(titles.contains(&"Version 2".to_owned()) && !titles.contains(&"Version 1".to_owned()));
        let corrected = node.item_of(&own).await;
        assert_eq!(corrected.version, 2);
        assert_ne!(corrected.uri, item.uri);
    }
);

on_both_databases!(
    async fn a_refused_correction_changes_nothing_that_is_seen(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = node.app.create_item(&author, "actus", news("Juste")).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        node.app.save_item(&author, &entry.uid, news("Faux"), None).await.expect("saved");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        let declined = node.app.transition(&moderator, &entry.uid, Decline, "Non").await.expect("declined");
        assert_eq!((declined.state.as_str(), declined.queued_at), ("published", None));
        assert_eq!(node.public_titles().await, ["Juste"]);
        assert_eq!(node.item_of(&entry).await.version, 1);
    }
);

on_both_databases!(
    async fn the_second_to_save_learns_of_the_first(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = node.app.create_item(&author, "actus", news("Commun")).await.expect("created");
        let seen = latest(&node, entry.item_id).await.updated_at;
        node.app.save_item(&moderator, &entry.uid, news("La première"), Some(seen)).await.expect("saved");
        // The clock stands still: two saves in one millisecond are told apart all the same.
        conflict(node.app.save_item(&author, &entry.uid, news("La seconde"), Some(seen)).await);
        assert_eq!(latest(&node, entry.item_id).await.title, "La première");
        let seen = latest(&node, entry.item_id).await.updated_at;
        node.app.save_item(&author, &entry.uid, news("La seconde"), Some(seen)).await.expect("saved");
        assert_eq!(latest(&node, entry.item_id).await.title, "La seconde");
    }
);

on_both_databases!(
    async fn nobody_decides_on_what_they_have_not_read(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = node.app.create_item(&author, "actus", news("Lu")).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        let seen = latest(&node, entry.item_id).await.updated_at;
        node.app.save_item(&author, &entry.uid, news("Changé"), None).await.expect("saved");
        conflict(node.app.decide(&moderator, &entry.uid, Publish, "", Some(seen)).await);
        assert!(node.public_titles().await.is_empty());
        let seen = latest(&node, entry.item_id).await.updated_at;
        node.app.decide(&moderator, &entry.uid, Publish, "", Some(seen)).await.expect("published");
        assert_eq!(node.public_titles().await, ["Changé"]);
    }
);

on_both_databases!(
    async fn a_contributor_goes_on_with_what_a_moderator_has_corrected(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let other = node.person("autre@mef58.example", "actus", Role::Moderator).await;
        let entry = node.app.create_item(&author, "actus", news("De l'autrice")).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        node.app.save_item(&moderator, &entry.uid, news("Coquille ôtée"), None).await.expect("saved");
        node.app.transition(&moderator, &entry.uid, Submit, "").await.expect("submitted");
        node.app.transition(&other, &entry.uid, Publish, "").await.expect("published");
        node.app.save_item(&author, &entry.uid, news("Suite"), None).await.expect("still hers");
    }
);

on_both_databases!(
    async fn a_correction_that_waited_when_its_item_was_withdrawn_can_be_submitted(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = node.app.create_item(&author, "actus", news("Une")).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        node.app.save_item(&author, &entry.uid, news("Deux"), None).await.expect("saved");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        node.app.transition(&moderator, &entry.uid, Withdraw, "périmée").await.expect("withdrawn");
        // It has left the queue: nothing of it is published by a click on an old page.
        conflict(node.app.transition(&moderator, &entry.uid, Publish, "").await);
        let back = node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        assert_eq!((back.state.as_str(), back.queued_at.is_some()), ("submitted", true));
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        assert_eq!(node.public_titles().await, ["Deux"]);
    }
);
