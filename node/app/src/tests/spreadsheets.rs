//! What is read of spreadsheets, and what is said of what could not be.

use super::imports::{counts, import, revision, waiting};
use super::node::{node, service_form};
use crate::caller::Caller;
use crate::import::Source;
use crate::service::ServiceForm;
use maillage_domain::field::Field;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_store::on_both_databases;

on_both_databases!(
    async fn codes_and_times_of_a_spreadsheet_are_kept_where_they_are_right(db) {
        let node = node(db).await;
        let form = service_form(Visibility::Public);
        node.app.add_service(&Caller::Node, "trainings", "actus", form).await.expect("service");
        let author = node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        let rows = "Intitulé;Organisme;Objectif;Code ROME;Formacode;RNCP;SIRET;Financeurs\n\
            Soudeur;Centre;Souder;h2913 | Soudage;23026;rncp 1234;1,30005E+13;Région, Mécène\n";
        let report = import(&node, &author, rows.into()).await;
        assert_eq!(counts(&report), (1, 0, 0), "{report:?}");
        let said: Vec<&str> = report.problems.iter().map(|problem| problem.message.fr.as_str()).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said.iter().all(|said| !said.contains("Formacode") && !said.contains("RNCP")), "{said:?}");
        for bad in ["Soudage", "Mécène", "1,30005E+13"] {
            assert!(said.iter().any(|said| said.contains(bad)), "{bad}: {said:?}");
        }
        let stored = revision(&node, &waiting(&node).await[0].0).await;
        let fields: maillage_domain::field::Fields = serde_json::from_str(&stored.fields).expect("fields");
        assert_eq!((fields.list("rome"), fields.list("formacodes")), (vec!["H2913"], vec!["23026"]));
        assert_eq!((fields.text("rncp"), fields.list("financeurs")), (Some("RNCP1234"), vec!["region"]));
        assert_eq!(fields.text("organisme_siret"), None);
    }
);

on_both_databases!(
    async fn what_a_spreadsheet_could_not_bring_is_said(db) {
        let node = node(db).await;
        let form = service_form(Visibility::Public);
        node.app.add_service(&Caller::Node, "agenda", "actus", form).await.expect("service");
        let author = node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        let rows = "Titre;Début;Adresse ou salle;Description;Thèmes;Bidule;Vide\n\
            Forum;03/03/2026 14:00;Salle des fêtes;Venez;Emploi, Jardinage;bleu;\n\
            Sans date;;;Venez;Emploi;;\n";
        let report = import(&node, &author, rows.into()).await;
        assert_eq!(counts(&report), (2, 0, 0), "{report:?}");
        let said: Vec<&str> = report.remarks.iter().map(|remark| remark.fr.as_str()).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("« Bidule »") && !said[0].contains("« Vide »"), "{said:?}");
        assert_eq!(said[1], "« Début » manque ligne 3 : à compléter avant de publier la fiche.");
        assert!(report.problems.len() == 1 && report.problems[0].line == 2, "{report:?}");
        assert!(report.problems[0].message.fr.contains("« Jardinage »"), "{report:?}");
        let stored = revision(&node, &waiting(&node).await[0].0).await;
        assert!(stored.fields.contains("Salle des fêtes"), "{}", stored.fields);
    }
);

/// Amounts have two decimals, positions as many as they are given.
#[tokio::test]
async fn a_position_keeps_its_decimals() {
    let db = maillage_store::testing::TestDatabase::sqlite();
    let node = node(&db).await;
    let form = service_form(Visibility::Public);
    node.app.add_service(&Caller::Node, "structures", "actus", form).await.expect("service");
    let rows = "Nom;Latitude;Longitude\nMission locale;46,98963;3,159\n";
    let report = import(&node, &Caller::Node, rows.into()).await;
    assert!(counts(&report) == (1, 0, 0) && report.problems.is_empty(), "{report:?}");
    let stored = revision(&node, &waiting(&node).await[0].0).await;
    assert!(stored.fields.contains("46.98963") && stored.fields.contains("3.159"), "{}", stored.fields);
}

/// The import page names the columns by the labels of the fields.
#[tokio::test]
async fn every_field_is_known_by_its_label() {
    let db = maillage_store::testing::TestDatabase::sqlite();
    let node = node(&db).await;
    for (number, known) in node.app.registry().clone().iter().enumerate() {
        let slug = format!("service-{number}");
        let form = ServiceForm { visibility: None, ..service_form(Visibility::Public) };
        node.app.add_service(&Caller::Node, &known.slug, &slug, form).await.expect("service");
        for label in [|field: &Field| field.fr.clone(), |field: &Field| field.en.clone()] {
            let labels: Vec<String> = known.fields.iter().map(label).collect();
            let cells = vec!["x"; labels.len()].join(";");
            let table = format!("{}\n{cells}\n", labels.join(";")).into_bytes();
            let report =
                node.app.import(&Caller::Node, &slug, table, &Source::default()).await.expect("read");
            let left = report.remarks.iter().find(|remark| remark.fr.contains("Colonnes laissées"));
            assert_eq!(left, None, "{}", known.slug);
        }
    }
}
