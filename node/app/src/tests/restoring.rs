//! Older versions of an item, taken up again.

use super::node::{TestNode, conflict, forbidden, news, node, not_found};
use maillage_domain::role::Role;
use maillage_domain::workflow::Transition::{Publish, Submit};
use maillage_store::on_both_databases;
use maillage_store::rows::{EntryRow, RevisionRow};

async fn versions(node: &TestNode, entry: &EntryRow) -> Vec<RevisionRow> {
    let item = entry.item_id;
    node.write(move |tx| Ok::<_, crate::AppError>(tx.revisions_of(item)?)).await
}

fn told(versions: &[RevisionRow]) -> Vec<(i64, &str, &str)> {
    versions.iter().map(|one| (one.number, one.title.as_str(), one.state.as_str())).collect()
}

on_both_databases!(
    async fn an_older_version_is_taken_up_as_a_new_one_and_published_by_somebody_else(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = node.app.create_item(&author, "actus", news("Première")).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        node.app.save_item(&author, &entry.uid, news("Deuxième"), None).await.expect("saved");
        // What was being written stays too, though its author is the one who goes back.
        let back = node.app.restore_revision(&author, &entry.uid, 1).await.expect("restored");
        assert_eq!((back.state.as_str(), back.queued_at), ("published", None));
        let all = versions(&node, &entry).await;
        let expected =
            [(1, "Première", "published"), (2, "Deuxième", "draft"), (3, "Première", "draft")];
        assert_eq!(told(&all), expected);
        assert_eq!(all[2].author_id, author.account_id());
        assert_eq!(all[0].fields, all[2].fields);
        node.app.save_item(&author, &entry.uid, news("Quatrième"), None).await.expect("saved");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        assert_eq!(node.public_titles().await, ["Quatrième"]);
        // A moderator goes back: it is their text now, and somebody else's to publish.
        node.app.restore_revision(&moderator, &entry.uid, 2).await.expect("restored");
        assert_eq!(node.public_titles().await, ["Quatrième"], "nothing is published by it");
        node.app.transition(&moderator, &entry.uid, Submit, "").await.expect("submitted");
        forbidden(node.app.transition(&moderator, &entry.uid, Publish, "").await);
        let other = node.person("autre@mef58.example", "actus", Role::Moderator).await;
        node.app.transition(&other, &entry.uid, Publish, "").await.expect("published");
        assert_eq!(node.public_titles().await, ["Deuxième"]);
    }
);

on_both_databases!(
    async fn it_is_for_who_may_write_in_the_item(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let colleague = node.person("autre@mef58.example", "actus", Role::Contributor).await;
        let entry = node.app.create_item(&author, "actus", news("Première")).await.expect("created");
        conflict(node.app.restore_revision(&author, &entry.uid, 1).await);
        node.app.save_item(&moderator, &entry.uid, news("Deuxième"), None).await.expect("saved");
        forbidden(node.app.restore_revision(&colleague, &entry.uid, 1).await);
        not_found(node.app.restore_revision(&author, &entry.uid, 7).await);
        not_found(node.app.restore_revision(&author, "inconnue", 1).await);
        assert_eq!(versions(&node, &entry).await.len(), 2);
        node.app.restore_revision(&author, &entry.uid, 1).await.expect("restored");
        conflict(node.app.restore_revision(&author, &entry.uid, 3).await);
    }
);

on_both_databases!(
    async fn what_waits_is_read_again_and_what_was_erased_stays_so(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = node.app.create_item(&author, "actus", news("Première")).await.expect("created");
        node.app.save_item(&moderator, &entry.uid, news("Deuxième"), None).await.expect("saved");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        let back = node.app.restore_revision(&author, &entry.uid, 1).await.expect("restored");
        assert!(back.queued_at.is_some(), "it waits as before");
        let all = versions(&node, &entry).await;
        let expected =
            [(1, "Première", "draft"), (2, "Deuxième", "draft"), (3, "Première", "submitted")];
        assert_eq!(told(&all), expected);
        let gone = RevisionRow { fields: "{}".to_owned(), ..all[1].clone() };
        node.write(move |tx| Ok::<_, crate::AppError>(tx.save_revision(&gone)?)).await;
        conflict(node.app.restore_revision(&author, &entry.uid, 2).await);
    }
);
