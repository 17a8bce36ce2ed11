//! References between items: by title, by address, and what stands when an item has gone.

use super::node::{invalid, node, service_form};
use super::remote::Remote;
use super::types::{sample, service_of};
use crate::caller::Caller;
use crate::entry::ItemForm;
use maillage_domain::field::Fields;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_domain::workflow::Transition::Withdraw;
use maillage_store::on_both_databases;
use serde_json::{Value, json};

fn person(structure: Value) -> ItemForm {
    let mut form = sample("persons", "typical");
    form.fields.set("structure", structure);
    form
}

fn named(json: &str) -> Vec<(String, String)> {
    let fields: Fields = serde_json::from_str(json).expect("fields");
    fields.references("structure").into_iter().map(|one| (one.uri, one.name)).collect()
}

on_both_databases!(
    async fn an_item_is_found_by_title_id_and_page(db) {
        let node = node(db).await;
        service_of(&node, "structures", "annuaire").await;
        service_of(&node, "persons", "personnes").await;
        let (_, house) = node.published("annuaire", sample("structures", "typical")).await;
        let whole = vec![(house.uri.clone(), house.title.clone())];
        for typed in ["mission LOCALE nevers sud nivernais", "Mission locale", &house.uri, &house.url] {
            let entry = node.app.create_item(&Caller::Node, "personnes", person(typed.into())).await;
            match entry {
                Ok(entry) => assert_eq!(named(&node.item_of(&entry).await.fields), whole, "{typed}"),
                // The beginning of a title is no title.
                Err(error) => assert_eq!(typed, "Mission locale", "{error:?}"),
            }
        }
        // An item of another type, one that is not there, and an address of anywhere are none.
        let (_, other) = node.published("personnes", person(house.uri.clone().into())).await;
        for typed in [json!(other.uri), json!("Nulle part"), json!({ "uri": "https://evil.example/", "name": "x" })] {
            invalid(node.app.create_item(&Caller::Node, "personnes", person(typed)).await, "unknown_reference");
        }
    }
);

on_both_databases!(
    async fn two_of_one_title_are_told_apart_by_their_address(db) {
        let node = node(db).await;
        service_of(&node, "structures", "annuaire").await;
        service_of(&node, "persons", "personnes").await;
        let (_, first) = node.published("annuaire", sample("structures", "typical")).await;
        node.published("annuaire", sample("structures", "typical")).await;
        let typed = person(first.title.clone().into());
        let refused = node.app.create_item(&Caller::Node, "personnes", typed).await;
        let crate::AppError::Invalid { problems } = refused.expect_err("ambiguous") else { panic!("not invalid") };
        assert!(problems[0].message.fr.contains(&first.uri), "{problems:?}");
        node.app.create_item(&Caller::Node, "personnes", person(first.uri.into())).await.expect("by its id");
    }
);

on_both_databases!(
    async fn an_item_of_a_followed_service_is_found(db) {
        let node = node(db).await;
        service_of(&node, "structures", "annuaire").await;
        service_of(&node, "persons", "personnes").await;
        let remote = Remote::new("mef21.example", "annuaire");
        node.follows("annuaire", &remote, TrustLevel::Publish, "{}").await;
        let house = crate::inbound::RemoteItem { type_slug: "structures".into(), ..remote.item(1, 1) };
        remote.sends(&node.app, house).await;
        let typed = person(remote.item(1, 1).core.title.into());
        let entry = node.app.create_item(&Caller::Node, "personnes", typed).await.expect("found");
        assert_eq!(named(&node.item_of(&entry).await.fields)[0].0, remote.item_uri(1));
    }
);

on_both_databases!(
    async fn what_stood_stays_when_its_item_has_gone(db) {
        let node = node(db).await;
        service_of(&node, "structures", "annuaire").await;
        service_of(&node, "persons", "personnes").await;
        let (home, house) = node.published("annuaire", sample("structures", "typical")).await;
        let entry = node.app.create_item(&Caller::Node, "personnes", person(house.uri.clone().into())).await;
        let entry = entry.expect("draft");
        node.step(&home.uid, Withdraw).await;
        let saved = node.app.save_item(&Caller::Node, &entry.uid, person(house.uri.clone().into()), None).await;
        assert_eq!(named(&node.item_of(&saved.expect("saved")).await.fields), [(house.uri.clone(), house.title)]);
        let anew = node.app.create_item(&Caller::Node, "personnes", person(house.uri.into())).await;
        invalid(anew, "unknown_reference");
    }
);

on_both_databases!(
    async fn nobody_learns_of_an_item_by_referring_to_it(db) {
        let node = node(db).await;
        node.app
            .add_service(&Caller::Node, "structures", "interne", service_form(Visibility::Private))
            .await
            .expect("service");
        service_of(&node, "persons", "personnes").await;
        let (_, house) = node.published("interne", sample("structures", "typical")).await;
        let outsider = node.person("redaction@mef58.example", "personnes", Role::Contributor).await;
        for typed in [json!(house.title), json!(house.uri)] {
            let refused = node.app.create_item(&outsider, "personnes", person(typed)).await;
            invalid(refused, "unknown_reference");
        }
        let insider = node.person("redaction@mef58.example", "interne", Role::Contributor).await;
        node.app.create_item(&insider, "personnes", person(house.title.into())).await.expect("seen by a member");
    }
);
