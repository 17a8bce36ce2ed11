//! Every type of the catalogue: its typical and its extreme item through the workflow, and through a
//! spreadsheet and back.

use super::imports::{counts, revision, waiting};
use super::node::{TestNode, invalid, node, service_form};
use crate::caller::Caller;
use crate::entry::ItemForm;
use crate::import::{Source, written};
use crate::service::ServiceForm;
use maillage_domain::field::{Field, FieldKind, Fields};
use maillage_domain::service::Visibility;
use maillage_domain::service_type::ServiceType;
use maillage_domain::text::plain_text;
use maillage_gateways::csv;
use maillage_store::on_both_databases;
use maillage_store::rows::ItemRow;
use serde_json::{Value, json};

/// A kept item of a type, `typical` or `extreme`. Others are named by their titles.
pub fn sample(slug: &str, which: &str) -> ItemForm {
    let path = format!("{}/../domain/samples/{slug}.json", env!("CARGO_MANIFEST_DIR"));
    let kept: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("sample")).expect("JSON");
    ItemForm { fields: serde_json::from_value(kept[which].clone()).expect("fields"), ..ItemForm::default() }
}

/// A service of a type, with the visibility that the type gives it.
pub async fn service_of(node: &TestNode, kind: &str, slug: &str) {
    let form = ServiceForm { visibility: None, ..service_form(Visibility::Public) };
    node.app.add_service(&Caller::Node, kind, slug, form).await.expect(kind);
}

/// A service of each type, with its typical item published, in the order in which they refer to each other.
pub async fn everything(node: &TestNode) -> Vec<(ServiceType, ItemRow)> {
    let mut all = Vec::new();
    for known in node.app.registry().clone().iter() {
        service_of(node, &known.slug, &known.slug).await;
        let (_, item) = node.published(&known.slug, sample(&known.slug, "typical")).await;
        all.push((known.clone(), item));
    }
    all
}

fn fields_of(json: &str) -> Fields {
    serde_json::from_str(json).expect("fields")
}

/// What is alike on both ways: formatted text loses its format in a spreadsheet, and paragraphs stay.
fn comparable(known: &ServiceType, fields: &Fields) -> Fields {
    let mut plain = fields.clone();
    for field in known.fields.iter().filter(|field| field.kind == FieldKind::RichText) {
        if let Some(text) = fields.text(&field.name) {
            let words = plain_text(text).split_whitespace().collect::<Vec<_>>().join(" ");
            plain.set(&field.name, words);
        }
    }
    // Themes stand in no order of their own.
    for field in known.fields.iter().filter(|field| field.kind == FieldKind::Themes) {
        let mut codes = plain.list(&field.name).into_iter().map(str::to_owned).collect::<Vec<_>>();
        codes.sort();
        if !codes.is_empty() {
            plain.0.insert(field.name.clone(), codes.into());
        }
    }
    plain
}

on_both_databases!(
    async fn items_of_every_type_go_through_a_spreadsheet_and_back(db) {
        let node = node(db).await;
        everything(&node).await;
        for known in node.app.registry().clone().iter() {
            let mut rows = Vec::new();
            let mut expected = Vec::new();
            for which in ["typical", "extreme"] {
                let entry = node.app.create_item(&Caller::Node, &known.slug, sample(&known.slug, which)).await;
                let item = node.item_of(&entry.expect("draft")).await;
                let fields = fields_of(&item.fields);
                let cell = |field: &Field| fields.0.get(&field.name).map(|value| written(field, value)).unwrap_or_default();
                rows.push(known.fields.iter().map(cell).collect::<Vec<String>>());
                expected.push(comparable(known, &fields));
            }
            let labels: Vec<&str> = known.fields.iter().map(|field| field.fr.as_str()).collect();
            let table = csv::write(&labels, &rows);
            let again = format!("{}-2", known.slug);
            service_of(&node, &known.slug, &again).await;
            let report = node.app.import(&Caller::Node, &again, table, &Source::default()).await.expect("read");
            assert_eq!(counts(&report), (2, 0, 0), "{}: {report:?}", known.slug);
            assert!(report.problems.is_empty(), "{}: {:?}", known.slug, report.problems);
            let mut brought = Vec::new();
            for (_, item) in waiting(&node).await {
                if item.url.is_empty() || item.type_slug == known.slug {
                    brought.push(comparable(known, &fields_of(&item.fields)));
                }
            }
            assert_eq!(brought.len(), 2, "{}", known.slug);
            for one in &expected {
                let like = brought.iter().find(|other| *other == one);
                assert!(like.is_some(), "{}:\n{one:?}\nis none of\n{brought:?}", known.slug);
            }
        }
    }
);

on_both_databases!(
    async fn no_type_is_seen_wider_than_it_may_be(db) {
        let node = node(db).await;
        for (kind, wide) in [
            ("persons", Visibility::Public),
            ("partner-messages", Visibility::Public),
            ("desk-stats", Visibility::Public),
            ("desk-stats", Visibility::Network),
        ] {
            let made = node.app.add_service(&Caller::Node, kind, "trop-large", service_form(wide)).await;
            invalid(made, "too_wide");
        }
        let form = service_form(Visibility::Network);
        node.app.add_service(&Caller::Node, "persons", "personnes", form).await.expect("for the network");
    }
);

on_both_databases!(
    async fn what_is_kept_back_is_published_nowhere(db) {
        let node = node(db).await;
        service_of(&node, "job-offers", "offres").await;
        let mut form = sample("job-offers", "typical");
        form.fields.0.insert("employeur_masque".into(), json!(true));
        let (entry, item) = node.published("offres", form).await;
        assert!(!item.fields.contains("Ateliers de la Loire"), "{}", item.fields);
        let latest = revision(&node, &entry).await;
        assert!(latest.fields.contains("Ateliers de la Loire"), "{}", latest.fields);
    }
);
