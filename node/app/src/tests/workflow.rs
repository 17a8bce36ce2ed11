//! The way of an own item: written, submitted, read by somebody else, published or sent back.

use super::node::{conflict, forbidden, invalid, news, node, not_found};
use crate::caller::Caller;
use crate::entry::ItemForm;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::workflow::Transition::{Decline, Publish, Submit, Withdraw};
use maillage_store::on_both_databases;
use serde_json::json;

on_both_databases!(
    async fn an_item_is_published_by_somebody_else(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = node.app.create_item(&author, "actus", news("Forum")).await.expect("created");
        assert_eq!(entry.state, "draft");
        assert!(node.public_titles().await.is_empty());
        let entry = node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        assert_eq!((entry.state.as_str(), entry.queued_at.is_some()), ("submitted", true));
        assert!(node.public_titles().await.is_empty());
        let entry = node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        assert_eq!((entry.state.as_str(), entry.queued_at), ("published", None));
        let item = node.item_of(&entry).await;
        assert_eq!((item.version, item.published_at), (1, Some(node.app.now().timestamp_millis())));
        assert_eq!(node.public_titles().await, ["Forum"]);
    }
);

on_both_databases!(
    async fn nobody_publishes_their_own_unless_the_service_allows_it(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let one = node.person("une@mef58.example", "actus", Role::Moderator).await;
        let other = node.person("autre@mef58.example", "actus", Role::ServiceManager).await;
        let entry = node.app.create_item(&one, "actus", news("À moi")).await.expect("created");
        node.app.transition(&one, &entry.uid, Submit, "").await.expect("submitted");
        forbidden(node.app.transition(&one, &entry.uid, Publish, "").await);
        // Who corrects it has a hand in it too.
        node.app.save_item(&other, &entry.uid, news("À nous"), None).await.expect("saved");
        forbidden(node.app.transition(&other, &entry.uid, Publish, "").await);
        let third = node.person("tierce@mef58.example", "actus", Role::Moderator).await;
        node.app.transition(&third, &entry.uid, Publish, "").await.expect("published");

        let mut form = crate::tests::node::service_form(Visibility::Public);
        form.self_validation = true;
        node.app.change_service(&Caller::Node, "actus", form).await.expect("changed");
        let own = node.app.create_item(&one, "actus", news("Toute seule")).await.expect("created");
        node.app.transition(&one, &own.uid, Submit, "").await.expect("submitted");
        node.app.transition(&one, &own.uid, Publish, "").await.expect("published");
    }
);

on_both_databases!(
    async fn a_refusal_has_a_reason_and_the_item_comes_back(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = node.app.create_item(&author, "actus", news("À revoir")).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        invalid(node.app.transition(&moderator, &entry.uid, Decline, "  ").await, "required");
        let entry = node.app.transition(&moderator, &entry.uid, Decline, "Sans date").await.expect("declined");
        assert_eq!((entry.state.as_str(), entry.reason.as_deref()), ("declined", Some("Sans date")));
        conflict(node.app.transition(&moderator, &entry.uid, Publish, "").await);
        node.app.save_item(&author, &entry.uid, news("Revu"), None).await.expect("saved");
        let entry = node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        assert_eq!(entry.reason, None);
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        let uid = entry.uid.clone();
        let viewer = moderator.viewer();
        let detail = node.app.reads(viewer).run(move |reads| reads.entry(&uid)).await.expect("read");
        let states: Vec<&str> = detail.revisions.iter().map(|r| r.state.as_str()).collect();
        assert_eq!(states, ["published", "declined"], "both revisions are kept, latest first");
        let actions: Vec<&str> = detail.decisions.iter().map(|d| d.action.as_str()).collect();
        assert_eq!(actions, ["publish", "submit", "decline", "submit"]);
    }
);

on_both_databases!(
    async fn steps_begin_where_they_may(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let entry = node.app.create_item(&author, "actus", news("Pas à pas")).await.expect("created");
        conflict(node.app.transition(&moderator, &entry.uid, Publish, "").await);
        conflict(node.app.transition(&moderator, &entry.uid, Withdraw, "").await);
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        conflict(node.app.transition(&author, &entry.uid, Submit, "").await);
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        conflict(node.app.transition(&moderator, &entry.uid, Publish, "").await);
        conflict(node.app.transition(&author, &entry.uid, Submit, "").await);
        node.app.transition(&moderator, &entry.uid, Withdraw, "erreur").await.expect("withdrawn");
        conflict(node.app.transition(&moderator, &entry.uid, Withdraw, "").await);
        not_found(node.app.transition(&moderator, "inconnue", Publish, "").await);
    }
);

on_both_databases!(
    async fn what_is_missing_is_said_before_it_is_submitted(db) {
        let node = node(db).await;
        let (author, _) = node.newsroom("actus").await;
        let fields = |value| ItemForm { fields: serde_json::from_value(value).expect("fields"), ..ItemForm::default() };
        invalid(node.app.create_item(&author, "actus", fields(json!({}))).await, "required");
        invalid(node.app.create_item(&author, "actus", fields(json!({"titre": "A", "couleur": "b"}))).await, "unknown_field");
        let lost = json!({"titre": "A", "territoires": ["commune:00000"]});
        invalid(node.app.create_item(&author, "actus", fields(lost)).await, "unknown_place");
        let abroad = json!({"titre": "A", "territoires": ["commune:75056"]});
        invalid(node.app.create_item(&author, "actus", fields(abroad)).await, "unknown_term");
        let draft = node.app.create_item(&author, "actus", fields(json!({"titre": "Seul"}))).await.expect("draft");
        let answer = node.app.transition(&author, &draft.uid, Submit, "").await;
        match answer {
            Err(crate::AppError::Invalid { problems }) => {
                let fields: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
                assert_eq!(fields, ["chapo", "thematiques"]);
            }
            other => panic!("{other:?}"),
        }
    }
);

on_both_databases!(
    async fn script_in_a_text_does_not_reach_the_store(db) {
        let node = node(db).await;
        let (author, _) = node.newsroom("actus").await;
        let fields = json!({"titre": "T", "texte": "<p onclick=\"x()\">Bon<script>alert(1)</script></p>"});
        let form = ItemForm { fields: serde_json::from_value(fields).expect("fields"), ..ItemForm::default() };
        let entry = node.app.create_item(&author, "actus", form).await.expect("created");
        let item = node.item_of(&entry).await;
        assert_eq!(item.content, "<p>Bon</p>");
        assert!(!item.fields.contains("script") && !item.fields.contains("onclick"));
    }
);
