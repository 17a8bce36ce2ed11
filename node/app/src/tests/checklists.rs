//! Points that a moderator ticks before an item of a type is published.

use super::node::{TestNode, invalid, node};
use crate::App;
use crate::entry::ItemForm;
use crate::moderation::Decision;
use chrono::Duration;
use maillage_domain::registry::Registry;
use maillage_domain::role::Role;
use maillage_domain::workflow::Transition::{Publish, Submit};
use maillage_store::testing::{TestDatabase, media_of};
use maillage_store::{Limits, Store, on_both_databases};
use std::sync::Arc;

const NOTICES: &str = r#"
slug = "notices"
fr = "Avis"
en = "Notices"
item_fr = "un avis"
item_en = "a notice"
purpose_fr = "Avis relus point par point"
purpose_en = "Notices checked point by point"
visibility = "public"
wire = "note"
schema_org = "Article"
checklist = [
  { fr = "La date est juste.", en = "The date is right." },
  { fr = "La source est citée.", en = "The source is named." },
]

[[fields]]
name = "titre"
kind = "line"
role = "title"
fr = "Titre"
en = "Title"
required = true

[[fields]]
name = "themes"
kind = "themes"
role = "themes"
fr = "Thèmes"
en = "Themes"

[[fields]]
name = "lieu"
kind = "places"
role = "held"
fr = "Lieu"
en = "Place"
"#;

/// A node whose own type has a checklist.
async fn with_notices(db: &TestDatabase) -> TestNode {
    let node = node(db).await;
    let registry = Arc::new(Registry::with_own(&[NOTICES.to_owned()]).expect("the type"));
    let store = Store::open(&db.location(), &Limits::default()).expect("store");
    let (clock, addresses) = (Arc::new(node.clock.clone()), node.app.addresses().clone());
    let app = App::new(store, clock, registry, addresses, media_of(&db.location()));
    let form = crate::tests::node::service_form(maillage_domain::service::Visibility::Public);
    app.add_service(&crate::caller::Caller::Node, "notices", "avis", form).await.expect("service");
    TestNode { app, clock: node.clock }
}

fn ticked(points: &[usize]) -> Decision {
    Decision { ticked: points.to_vec(), ..Decision::default() }
}

on_both_databases!(
    async fn nothing_is_published_before_every_point_is_ticked(db) {
        let node = with_notices(db).await;
        let author = node.person("redaction@mef58.example", "avis", Role::Contributor).await;
        let moderator = node.person("moderation@mef58.example", "avis", Role::Moderator).await;
        let fields = serde_json::from_value(serde_json::json!({ "titre": "Avis" })).expect("fields");
        let form = ItemForm { fields, ..ItemForm::default() };
        let entry = node.app.create_item(&author, "avis", form).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        invalid(node.app.transition(&moderator, &entry.uid, Publish, "").await, "not_ticked");
        invalid(node.app.decide_on(&moderator, &entry.uid, Publish, ticked(&[1])).await, "not_ticked");
        let soon = Some(node.app.now() + Duration::hours(1));
        let later = Decision { at: soon, ..ticked(&[0]) };
        invalid(node.app.decide_on(&moderator, &entry.uid, Publish, later).await, "not_ticked");
        let later = Decision { at: soon, ..ticked(&[0, 1]) };
        node.app.decide_on(&moderator, &entry.uid, Publish, later).await.expect("set");
        node.advance(Duration::hours(2));
        assert_eq!(node.app.publish_due().await.expect("published"), 1);
        let uid = entry.uid.clone();
        let detail = node.app.reads(moderator.viewer()).run(move |reads| reads.entry(&uid)).await.expect("read");
        let last = &detail.decisions[0];
        assert_eq!((last.action.as_str(), last.account_id), ("publish", moderator.account_id()));
        assert!(last.detail.contains("La date est juste.") && last.detail.contains("La source est citée."));
        // The log keeps it as well.
        let query = maillage_store::read::AuditQuery::default();
        let log = node.app.reads(crate::caller::Caller::Node.viewer());
        let lines = log.run(move |reads| reads.audit(&query, 50)).await.expect("read");
        assert!(lines.iter().any(|line| line.line.after.contains("La source est citée.")));
    }
);
