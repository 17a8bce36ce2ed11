//! Words find what they should, on both databases alike, and never what is not theirs to see.

use super::node::{TestNode, news, node};
use super::remote::Remote;
use crate::caller::Caller;
use crate::entry::ItemForm;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_domain::viewer::Viewer;
use maillage_domain::workflow::Transition::{Publish, Submit, Withdraw};
use maillage_store::on_both_databases;
use maillage_store::read::EntryQuery;
use maillage_store::testing::TestDatabase;
use serde_json::json;

async fn found_by(node: &TestNode, viewer: Viewer, words: &str) -> Vec<String> {
    let query = EntryQuery { words: words.to_owned(), ..EntryQuery::default() };
    let read = node.app.reads(viewer).run(move |reads| {
        let views = reads.entries(&query)?;
        let (count, facets) = (reads.count_entries(&query, 100)?, reads.facets(&query)?);
        assert_eq!(count, i64::try_from(views.len()).expect("few"), "{}", query.words);
        let most = facets.themes.iter().map(|one| one.count).max().unwrap_or_default();
        assert!(most <= count, "a facet counts no more than is found: {}", query.words);
        Ok(views)
    });
    let mut titles: Vec<String> = read.await.expect("read").into_iter().map(|view| view.item.title).collect();
    titles.sort();
    titles
}

async fn found(node: &TestNode, words: &str) -> Vec<String> {
    found_by(node, Viewer::Anonymous, words).await
}

fn article(title: &str, summary: &str, text: &str) -> ItemForm {
    let fields = json!({
        "titre": title, "chapo": summary, "texte": format!("<p>{text}</p>"), "thematiques": ["emploi"],
        "territoires": ["commune:58194"],
    });
    ItemForm { fields: serde_json::from_value(fields).expect("fields"), ..ItemForm::default() }
}

on_both_databases!(
    async fn an_item_is_found_by_each_of_its_texts_in_any_form(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        node.published("actus", article("Un métier d'avenir", "Devenir soudeuse", "Chaudronnerie et <b>usinage</b>")).await;
        node.published("actus", article("Aide à domicile", "Embauches", "Auprès des personnes âgées")).await;
        for (words, titles) in [
            ("métiers", vec!["Un métier d'avenir"]),
            ("METIER", vec!["Un métier d'avenir"]),
            ("soudeuses", vec!["Un métier d'avenir"]),
            ("usinages", vec!["Un métier d'avenir"]),
            ("chaudr", vec!["Un métier d'avenir"]),
            ("chaudr usinage", vec![]),
            ("Maison de l'Emploi", vec!["Aide à domicile", "Un métier d'avenir"]),
            ("nevers", vec!["Aide à domicile", "Un métier d'avenir"]),
            ("\"aide à domicile\"", vec!["Aide à domicile"]),
            ("\"domicile à aide\"", vec![]),
            ("domicile aide", vec!["Aide à domicile"]),
            ("âgée métier", vec![]),
        ] {
            assert_eq!(found(&node, words).await, titles, "{words}");
        }
    }
);

on_both_databases!(
    async fn what_was_corrected_or_withdrawn_is_found_no_longer_by_its_old_words(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let (entry, _) = node.published("actus", news("Forum des métiers")).await;
        assert_eq!(found(&node, "forum").await.len(), 1);
        node.app.save_item(&Caller::Node, &entry.uid, news("Salon des métiers"), None).await.expect("saved");
        assert!(found(&node, "salon").await.is_empty(), "a correction that waits is not found");
        node.step(&entry.uid, Submit).await;
        node.step(&entry.uid, Publish).await;
        assert_eq!((found(&node, "forum").await.len(), found(&node, "salon").await.len()), (0, 1));
        node.step(&entry.uid, Withdraw).await;
        assert!(found(&node, "salon").await.is_empty());
        node.step(&entry.uid, Submit).await;
        node.step(&entry.uid, Publish).await;
        assert_eq!(found(&node, "salon").await.len(), 1, "published again, found again");
    }
);

on_both_databases!(
    async fn what_was_received_is_found_until_its_origin_takes_it_back(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let origin = Remote::new("mef21.example", "actus");
        node.follows("actus", &origin, TrustLevel::Publish, "{}").await;
        let mut item = origin.item(1, 1);
        item.core.title = "Recrutement de bûcherons".into();
        origin.sends(&node.app, item.clone()).await;
        assert_eq!(found(&node, "bucheron").await.len(), 1);
        item.core.title = "Recrutement d'élagueurs".into();
        item.version = 2;
        origin.sends(&node.app, item).await;
        assert_eq!((found(&node, "bucheron").await.len(), found(&node, "élagueur").await.len()), (0, 1));
        origin.deletes(&node.app, 1).await;
        assert!(found(&node, "élagueur").await.is_empty());
    }
);

on_both_databases!(
    async fn nobody_finds_what_is_not_theirs_to_see(db) {
        let node = node(db).await;
        for (slug, visibility) in
            [("public", Visibility::Public), ("reseau", Visibility::Network), ("prive", Visibility::Private)]
        {
            node.service(slug, visibility).await;
            node.published(slug, news(&format!("Chantier {slug}"))).await;
            node.app.create_item(&Caller::Node, slug, news(&format!("Chantier brouillon {slug}"))).await.expect("draft");
        }
        let insider = node.person("dedans@mef58.example", "prive", Role::Contributor).await;
        assert_eq!(found(&node, "chantiers").await, ["Chantier public"]);
        assert!(found(&node, "\"chantier prive\"").await.is_empty());
        assert_eq!(found_by(&node, insider.viewer(), "chantier").await, ["Chantier prive", "Chantier public"]);
    }
);

on_both_databases!(
    async fn the_upkeep_makes_up_for_words_that_were_never_kept(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        for number in 0..60 {
            node.published("actus", news(&format!("Apprentissage {number}"))).await;
        }
        let (withdrawn, _) = node.published("actus", news("Apprentissage retiré")).await;
        node.step(&withdrawn.uid, Withdraw).await;
        node.write(|tx| {
            for item in 1..=61 {
                tx.forget_words(item)?;
            }
            Ok(())
        })
        .await;
        assert!(found(&node, "apprentissage").await.is_empty());
        assert_eq!(node.app.make_findable().await.expect("made"), 60);
        assert_eq!(node.app.make_findable().await.expect("made"), 0, "what is withdrawn stays so");
        let query = EntryQuery { words: "apprentissages".into(), ..EntryQuery::default() };
        let count = node.app.reads(Viewer::Anonymous).run(move |reads| reads.count_entries(&query, 100)).await;
        assert_eq!(count.expect("count"), 60);
    }
);

/// What is asked of both databases; the last ones to no good purpose.
fn questions() -> Vec<String> {
    let said = [
        "emploi",
        "l'emploi",
        "formations",
        "format",
        "aide-soignante",
        "3e",
        "2026",
        "10,5",
        "1e5",
        "n°5",
        "œuvre",
        "coeur",
        "Ελλάδα",
        "日本",
        "a.b.c",
        "e-mail@exemple.fr",
        "\"forum de l'emploi\"",
        "\"emploi forum\"",
        "forum -emploi",
        "",
        "\"",
        "\"\"",
        "' OR 1=1 --",
        "*",
        "emploi*",
        "NEAR(a b)",
        "a\0b",
        "emploi\0",
        "%",
        "_",
        "words:emploi",
        "(",
        "AND",
        "emploi AND",
        "NOT emploi",
        "!emploi",
        "emploi | forum",
        "emploi:*",
        "\\",
        "'",
        "\u{202e}emploi",
        "^emploi",
        "{emploi}",
        "le",
        "de la",
        "x",
    ];
    let long = ["mot ".repeat(2_500), "z".repeat(10_000), "\"".repeat(10_000), "'&|!:*".repeat(1_700)];
    said.into_iter().map(str::to_owned).chain(long).collect()
}

const CORPUS: [(&str, &str); 12] = [
    ("Forum de l'emploi", "Rencontres à 10,5 km, salle 3e"),
    ("Emploi : forum saisonnier", "n°5, en 2026"),
    ("Formation d'aide-soignante", "Aides-soignants : 1e5 raisons"),
    ("Formations au cœur du bâtiment", "Œuvrer ensemble"),
    ("AND OR NOT NEAR", "Des mots qui commandent ailleurs"),
    ("a.b.c", "e-mail@exemple.fr"),
    ("Ελλάδα", "日本"),
    ("L'employeur et l'employé", "emplois, employer"),
    ("Une œuvre", "Les cœurs"),
    ("Le de la", "un des au"),
    ("x y z", "xylophone zinguerie"),
    ("100 % à toi_même", "'); DROP TABLE items; --"),
];

async fn answers(db: &TestDatabase) -> Vec<(String, Vec<String>)> {
    let node = node(db).await;
    node.service("actus", Visibility::Public).await;
    for (title, summary) in CORPUS {
        node.published("actus", article(title, summary, "")).await;
    }
    let mut answers = Vec::new();
    for question in questions() {
        let found = found(&node, &question).await;
        answers.push((question.chars().take(30).collect(), found));
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_answer_every_question_alike() {
    let (sqlite, postgres) =
        (answers(&TestDatabase::sqlite()).await, answers(&TestDatabase::postgres()).await);
    for (one, other) in sqlite.iter().zip(&postgres) {
        assert_eq!(one, other);
    }
    let by = |asked: &str| &sqlite.iter().find(|(question, _)| question == asked).expect("asked").1;
    assert_eq!(by("\"forum de l'emploi\""), &["Forum de l'emploi"]);
    assert_eq!(by("aide-soignante"), &["Formation d'aide-soignante"]);
    assert_eq!(by("1e5"), &["Formation d'aide-soignante"]);
    assert_eq!(by("日本"), &["Ελλάδα"]);
    assert_eq!(by("").len(), CORPUS.len(), "nothing asked is everything");
}
