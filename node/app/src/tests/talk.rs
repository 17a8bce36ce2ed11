//! What authors and moderators say to each other about an item, and to nobody else.

use super::node::{TestNode, forbidden, invalid, news, node, not_found};
use super::remote::Remote;
use super::telling::{followed_by, told};
use crate::caller::Caller;
use crate::talk::{AUTHOR, MODERATOR};
use chrono::Duration;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::viewer::Viewer;
use maillage_domain::workflow::Transition::{Decline, Publish, Submit};
use maillage_store::on_both_databases;

async fn said(node: &TestNode, viewer: Viewer, entry: i64) -> Vec<(String, String)> {
    let views = node.app.reads(viewer).run(move |reads| reads.comments(entry)).await.expect("read");
    views.into_iter().map(|view| (view.comment.side, view.comment.body)).collect()
}

async fn open(node: &TestNode, by: &Caller, side: &'static str) -> usize {
    node.app.reads(by.viewer()).run(move |reads| reads.open_comments(side, None)).await.expect("read").len()
}

on_both_databases!(
    async fn the_author_is_asked_and_answers(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = node.app.create_item(&author, "actus", news("Forum")).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        node.app.comment(&moderator, &entry.uid, "  Quelle salle ?\r\nEt qui ? ").await.expect("asked");
        assert_eq!((open(&node, &moderator, MODERATOR).await, open(&node, &author, MODERATOR).await), (1, 1));
        node.app.comment(&author, &entry.uid, "La salle A.").await.expect("answered");
        assert_eq!((open(&node, &author, MODERATOR).await, open(&node, &moderator, AUTHOR).await), (0, 1));
        let expected = [
            ("moderator".to_owned(), "Quelle salle ?\nEt qui ?".to_owned()),
            ("author".to_owned(), "La salle A.".to_owned()),
        ];
        assert_eq!(said(&node, author.viewer(), entry.id).await, expected);
        assert_eq!(said(&node, moderator.viewer(), entry.id).await, expected);
        // What the author does about it answers too, and so does a decision.
        node.app.comment(&moderator, &entry.uid, "Et l'heure ?").await.expect("asked");
        node.app.save_item(&author, &entry.uid, news("Forum à 9 h"), None).await.expect("saved");
        assert_eq!(open(&node, &author, MODERATOR).await, 0);
        node.app.comment(&author, &entry.uid, "C'est fait.").await.expect("said");
        node.app.transition(&moderator, &entry.uid, Decline, "Trop tard").await.expect("declined");
        assert_eq!(open(&node, &moderator, AUTHOR).await, 0);
    }
);

on_both_databases!(
    async fn what_is_said_is_nobody_elses(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let colleague = node.person("autre@mef58.example", "actus", Role::Contributor).await;
        node.service("autres", Visibility::Public).await;
        let elsewhere = node.person("ailleurs@mef58.example", "autres", Role::ServiceManager).await;
        followed_by(&node, "actus", &Remote::new("social.example", "reader")).await;
        let entry = node.app.create_item(&author, "actus", news("Forum")).await.expect("created");
        node.app.comment(&author, &entry.uid, "Secret de rédaction").await.expect("said");
        for other in [&colleague, &elsewhere] {
            forbidden(node.app.comment(other, &entry.uid, "Moi aussi").await);
        }
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        // Also of what everybody may read.
        let partner = Viewer::Partner { actor: Remote::new("social.example", "reader").uri };
        for viewer in [colleague.viewer(), elsewhere.viewer(), Viewer::Anonymous, partner] {
            assert!(said(&node, viewer, entry.id).await.is_empty());
        }
        assert_eq!(said(&node, moderator.viewer(), entry.id).await.len(), 1);
        let told = told(&node).await;
        assert!(!told.is_empty() && told.iter().all(|told| !format!("{told:?}").contains("Secret")));
        invalid(node.app.comment(&author, &entry.uid, " \n ").await, "required");
        invalid(node.app.comment(&author, &entry.uid, &"a".repeat(4_001)).await, "too_long");
        not_found(node.app.comment(&author, "inconnue", "?").await);
    }
);

on_both_databases!(
    async fn what_is_erased_takes_what_was_said_with_it(db) {
        let node = node(db).await;
        let (author, _) = node.newsroom("actus").await;
        let entry = node.app.create_item(&author, "actus", news("Forum")).await.expect("created");
        node.app.comment(&author, &entry.uid, "Le numéro de M. Untel").await.expect("said");
        let item = entry.item_id;
        node.write(move |tx| Ok(tx.erase_traces(item, 0)?)).await;
        assert!(said(&node, author.viewer(), entry.id).await.is_empty());
    }
);

on_both_databases!(
    async fn a_service_offers_its_own_reasons(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let manager = node.person("cheffe@mef58.example", "actus", Role::ServiceManager).await;
        let reasons = "  Il manque la salle. \n\nIl manque la salle.\nHors du département.";
        for other in [&author, &moderator] {
            forbidden(node.app.set_decline_reasons(other, "actus", reasons).await);
        }
        node.app.set_decline_reasons(&manager, "actus", reasons).await.expect("set");
        let read = || async {
            let seen = node.app.reads(moderator.viewer());
            let reasons = seen.run(|reads| {
                let service = reads.service("actus")?;
                reads.decline_reasons(service.id)
            });
            reasons.await.expect("read")
        };
        assert_eq!(read().await, ["Il manque la salle.", "Hors du département."]);
        let many: String = (0..40).map(|number| format!("Raison {number}\n")).collect();
        invalid(node.app.set_decline_reasons(&manager, "actus", &many).await, "too_many");
        invalid(node.app.set_decline_reasons(&manager, "actus", &"a".repeat(501)).await, "too_long");
        node.app.set_decline_reasons(&manager, "actus", " ").await.expect("emptied");
        assert!(read().await.is_empty());
        node.advance(Duration::seconds(1));
        let log = node.app.reads(Caller::Node.viewer());
        let query = maillage_store::read::AuditQuery::default();
        let lines = log.run(move |reads| reads.audit(&query, 50)).await.expect("read");
        assert!(lines.iter().any(|line| line.line.action == "reasons" && line.line.after.contains("salle")));
    }
);
