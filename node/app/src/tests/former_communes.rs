//! Former communes, wherever somebody names one, are the communes of today that they have become.

use super::fixtures::{Entry, rss, table};
use super::node::{TestNode, invalid, news_about, node, service_form};
use super::remote::Remote;
use crate::caller::Caller;
use crate::import::Source;
use crate::site::{PlacementForm, SiteForm};
use maillage_domain::place::PlaceCode;
use maillage_domain::rule::{Condition, RuleSet};
use maillage_domain::service::Visibility;
use maillage_domain::site::ListFilter;
use maillage_domain::subscription::TrustLevel;
use maillage_store::on_both_databases;
use maillage_store::read::EntryQuery;
use serde_json::json;

/// Balleray, which is in Vaux d'Amognes today.
const FORMER: &str = "commune:58022";
/// Ourouër, whose own code Vaux d'Amognes goes by.
const DELEGATED: &str = "deleguee:58204";
/// Vaux d'Amognes.
const TODAY: &str = "commune:58204";

async fn scene(db: &maillage_store::testing::TestDatabase) -> TestNode {
    let node = node(db).await;
    node.app
        .add_service(&Caller::Node, "news", "actus", service_form(Visibility::Public))
        .await
        .expect("service");
    node
}

fn code(text: &str) -> PlaceCode {
    text.parse().expect("a code of a place")
}

/// Where an item is held, by its own word.
async fn held(node: &TestNode, item: i64) -> Vec<String> {
    let rows = node.write(move |tx| Ok(tx.item_places(item)?)).await;
    rows.into_iter().filter(|row| row.own && row.relation == "held").map(|row| row.place).collect()
}

/// Imports, and answers title and places of what waits since, oldest first.
async fn imported(node: &TestNode, bytes: Vec<u8>, source: &Source) -> Vec<(String, Vec<String>)> {
    let report = node.app.import(&Caller::Node, "actus", bytes, source).await.expect("imported");
    assert!(report.problems.is_empty(), "{report:?}");
    let query = EntryQuery { waiting: true, limit: 500, ..EntryQuery::default() };
    let seen = node.app.reads(Caller::Node.viewer()).run(move |reads| reads.entries(&query)).await;
    let mut found = Vec::new();
    for view in seen.expect("read") {
        found.push((view.item.title, held(node, view.item.id).await));
    }
    found
}

on_both_databases!(
    async fn a_row_names_one_by_its_name_or_by_its_code(db) {
        let node = scene(db).await;
        let rows = [
            "Par le nom;Avis;Balleray",
            "En capitales;Avis;BALLERAY",
            "Par le code;Avis;58022",
            "Par le code entier;Avis;commune:58022",
            "Par le nom de la déléguée;Avis;Ourouer",
            "Par le nom présent;Avis;Vaux d’Amognes",
        ];
        let found = imported(&node, table(&rows), &Source::default()).await;
        assert_eq!(found.len(), rows.len());
        for (title, places) in &found {
            assert_eq!(places, &[TODAY], "{title}");
        }
        let again = node.app.import(&Caller::Node, "actus", table(&rows), &Source::default()).await.expect("again");
        assert_eq!((again.created, again.updated, again.unchanged), (0, 0, rows.len()));
    }
);

on_both_databases!(
    async fn what_is_said_of_a_source_too(db) {
        let node = scene(db).await;
        let feed = rss(&[Entry { guid: "1", link: "https://journal.example/1", title: "Un atelier", text: "Ouvert." }]);
        let source = Source { places: vec![code(FORMER), code(TODAY)], ..Source::default() };
        assert_eq!(imported(&node, feed, &source).await, [("Un atelier".to_owned(), vec![TODAY.to_owned()])]);
    }
);

on_both_databases!(
    async fn an_item_that_is_entered_names_one(db) {
        let node = scene(db).await;
        let form = news_about("Un atelier", &["emploi"], &[FORMER, "commune:58194", DELEGATED, TODAY]);
        let entry = node.app.create_item(&Caller::Node, "actus", form).await.expect("created");
        let mut places = held(&node, entry.item_id).await;
        places.sort();
        assert_eq!(places, ["commune:58194", TODAY]);
        // What is kept says so as well, each once and in the order given.
        let kept: serde_json::Value = serde_json::from_str(&node.item_of(&entry).await.fields).expect("JSON");
        assert_eq!(kept["territoires"], json!([TODAY, "commune:58194"]));

        let form = news_about("Un atelier", &["emploi"], &[DELEGATED]);
        node.app.save_item(&Caller::Node, &entry.uid, form, None).await.expect("saved");
        assert_eq!(held(&node, entry.item_id).await, [TODAY]);
        let nowhere = news_about("Un atelier", &["emploi"], &[FORMER, "commune:58999"]);
        invalid(node.app.create_item(&Caller::Node, "actus", nowhere).await, "unknown_term");
    }
);

on_both_databases!(
    async fn a_rule_that_names_one_takes_what_is_there_today(db) {
        let node = scene(db).await;
        let remote = Remote::new("mef21.example", "actus");
        let rules = format!(
            r#"{{"filter": {{"territory": {{"area": "{FORMER}"}}}},
                "rules": [{{"when": {{"radius": {{"place": "{DELEGATED}", "km": 1}}}}, "then": "announce"}}]}}"#
        );
        let row = node.follows("actus", &remote, TrustLevel::Publish, &rules).await;
        let kept: RuleSet = serde_json::from_str(&row.rules).expect("rules");
        assert!(matches!(&kept.filter, Condition::Territory { area, .. } if area.as_str() == TODAY), "{kept:?}");
        // An old sender may still name the former commune, which lies in that of today.
        for (number, place, decided) in [
            (1, TODAY, ("published", "rule:0")),
            (2, FORMER, ("published", "trust")),
            (3, "commune:58194", ("ignored", "filter")),
        ] {
            let mut item = remote.item(number, 1);
            item.core.held = vec![code(place)];
            remote.sends(&node.app, item).await;
            let entry = node.entry("actus", &remote.item_uri(number)).await.expect("entry");
            assert_eq!((entry.state.as_str(), entry.decided_by.as_str()), decided, "{place}");
        }
    }
);

on_both_databases!(
    async fn a_section_of_a_site_that_names_one_shows_what_is_there_today(db) {
        let node = scene(db).await;
        let site = SiteForm { title: "Amognes".into(), ..SiteForm::default() };
        node.app.add_site(&Caller::Node, "amognes", site).await.expect("site");
        let form = |place| PlacementForm {
            service: "actus".into(),
            filter: ListFilter { places: vec![code(place)], ..ListFilter::default() },
            ..PlacementForm::default()
        };
        let filter = |text: &str| serde_json::from_str::<ListFilter>(text).expect("filter").places;
        let row = node.app.add_placement(&Caller::Node, "amognes", form(FORMER)).await.expect("section");
        assert_eq!(filter(&row.filter), [code(TODAY)]);
        let other = form("commune:58194");
        node.app.change_placement(&Caller::Node, &row.uid, other).await.expect("changed");
        let row = node.app.change_placement(&Caller::Node, &row.uid, form(DELEGATED)).await;
        assert_eq!(filter(&row.expect("changed").placement.filter), [code(TODAY)]);
        let unknown = node.app.add_placement(&Caller::Node, "amognes", form("commune:58999")).await;
        invalid(unknown, "unknown_place");
    }
);
