//! The theme tree: who changes it, what stays true of items, what codes lead to.

use super::imports::{counts, import, revision, waiting};
use super::node::{TestNode, forbidden, invalid, news, node, not_found, service_form};
use crate::caller::Caller;
use crate::theme::ThemeForm;
use maillage_domain::field::Fields;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::theme::Theme;
use maillage_store::on_both_databases;

fn form(fr: &str, parent: &str, matches: &[&str]) -> ThemeForm {
    ThemeForm {
        fr: fr.to_owned(),
        parent: Some(parent.to_owned()),
        matches: matches.iter().map(|code| (*code).to_owned()).collect(),
        ..ThemeForm::default()
    }
}

async fn theme(node: &TestNode, slug: &str) -> Theme {
    let slugs = [slug.to_owned()];
    node.write(move |tx| Ok(tx.reads().themes(&slugs)?)).await.pop().expect("a theme")
}

on_both_databases!(
    async fn administrators_make_themes_and_name_them(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (admin, app) = (node.administrator().await, &node.app);
        let author = node.person("redaction@mef58.example", "actus", Role::ServiceManager).await;
        forbidden(app.add_theme(&author, form("Vélo", "mobilite", &[])).await);
        forbidden(app.change_theme(&author, "emploi", form("Travail", "", &[])).await);
        not_found(app.change_theme(&admin, "jardinage", form("Jardinage", "", &[])).await);

        let made = app.add_theme(&admin, form("  Vélo et   marche ", "mobilite", &["rome:n44"])).await.expect("made");
        assert_eq!((made.slug.as_str(), made.matches.as_str()), ("velo-et-marche", "rome:N44"));
        let known = theme(&node, "velo-et-marche").await;
        assert!(known.own && !known.retired && known.parent.as_deref() == Some("mobilite"));
        assert_eq!((known.label.fr.as_str(), known.label.en.as_str()), ("Vélo et marche", "Vélo et marche"));
        let named = ThemeForm { en: "Bikes".to_owned(), ..form("Vélos", "mobilite", &[]) };
        app.change_theme(&admin, "velo-et-marche", named).await.expect("renamed");
        assert_eq!(theme(&node, "velo-et-marche").await.label.en, "Bikes");

        invalid(app.add_theme(&admin, form("", "", &[])).await, "required");
        invalid(app.add_theme(&admin, form("EMPLOI", "", &[])).await, "taken");
        invalid(app.add_theme(&admin, form("Bikes", "", &[])).await, "taken");
        invalid(app.add_theme(&admin, form("Autre", "jardinage", &[])).await, "unknown_theme");
        invalid(app.add_theme(&admin, form("Autre", "", &["K21"])).await, "not_a_code");
        invalid(app.change_theme(&admin, "mobilite", form("Mobilité", "velo-et-marche", &[])).await, "unknown_theme");
    }
);

on_both_databases!(
    async fn what_items_bear_keeps_its_place_and_its_name_when_it_is_retired(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let admin = node.administrator().await;
        let made = node.app.add_theme(&admin, form("Vélo", "mobilite", &[])).await.expect("made");
        node.app.change_theme(&admin, "velo", form("Vélo", "emploi", &[])).await.expect("moved while nothing bears it");
        let mut item = news("Un atelier vélo");
        item.fields.set("thematiques", serde_json::json!(["velo"]));
        let (entry, _) = node.published("actus", item.clone()).await;
        invalid(node.app.change_theme(&admin, "velo", form("Vélo", "mobilite", &[])).await, "in_use");

        let retired = ThemeForm { retired: true, ..form("Vélo", "emploi", &[]) };
        node.app.change_theme(&admin, "velo", retired.clone()).await.expect("retired");
        assert!(theme(&node, &made.slug).await.retired);
        // An item that bears it can still be corrected.
        node.app.save_item(&Caller::Node, &entry.uid, item, None).await.expect("saved");
        let narrower = ThemeForm { retired: true, ..form("Emploi", "", &[]) };
        invalid(node.app.change_theme(&admin, "emploi", narrower).await, "has_narrower");
        invalid(node.app.add_theme(&admin, form("Tandem", "velo", &[])).await, "unknown_theme");
        node.app.change_theme(&admin, "velo", ThemeForm { retired: false, ..retired }).await.expect("offered again");
        assert!(!theme(&node, "velo").await.retired);
    }
);

on_both_databases!(
    async fn rows_without_themes_have_those_of_their_codes(db) {
        let node = node(db).await;
        let form_of = service_form(Visibility::Public);
        node.app.add_service(&Caller::Node, "trainings", "actus", form_of).await.expect("service");
        let admin = node.administrator().await;
        let author = node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        let metal = form("Métal", "formation", &["rome:H29", "formacode:23026"]);
        node.app.add_theme(&admin, metal).await.expect("made");
        let rows = "Intitulé;Objectif;Code ROME;Formacode;Thèmes\n\
            Soudeur;Souder;H2913;;\n\
            Chaudronnier;Plier;;23026;\n\
            Tourneur;Tourner;H2903;;Emploi\n\
            Cuisinier;Cuire;G1602;;\n\
            Tôlier;Plier;;;rome:H29, H2902\n";
        let report = import(&node, &author, rows.into()).await;
        assert_eq!(counts(&report), (5, 0, 0), "{report:?}");
        let mut said = Vec::new();
        for (entry, item) in waiting(&node).await {
            let fields: Fields = serde_json::from_str(&revision(&node, &entry).await.fields).expect("fields");
            said.push((item.title, fields.list("thematiques").join(" ")));
        }
        said.sort();
        let expected =
            [("Chaudronnier", "metal"), ("Cuisinier", ""), ("Soudeur", "metal"), ("Tourneur", "emploi"), ("Tôlier", "metal")];
        let said: Vec<(&str, &str)> = said.iter().map(|(title, themes)| (title.as_str(), themes.as_str())).collect();
        assert_eq!(said, expected);
    }
);
