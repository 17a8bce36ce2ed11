//! Imports: real-world faults, twice without duplicates, corrections at the source.

use super::fixtures::{Entry, agenda_of_a_spreadsheet, rss, table};
use super::node::{TestNode, forbidden, invalid, news, node, service_form};
use crate::AppError;
use crate::caller::Caller;
use crate::import::{Report, Source};
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::workflow::Transition::{Decline, Publish};
use maillage_store::on_both_databases;
use maillage_store::read::EntryQuery;
use maillage_store::rows::{EntryRow, ItemRow, RevisionRow};

async fn scene(db: &maillage_store::testing::TestDatabase) -> (TestNode, Caller, Caller) {
    let node = node(db).await;
    let (author, moderator) = node.newsroom("actus").await;
    (node, author, moderator)
}

pub async fn import(node: &TestNode, caller: &Caller, bytes: Vec<u8>) -> Report {
    node.app.import(caller, "actus", bytes, &Source::default()).await.expect("imported")
}

pub fn counts(report: &Report) -> (usize, usize, usize) {
    (report.created, report.updated, report.unchanged)
}

/// What waits for a moderator, oldest first.
pub async fn waiting(node: &TestNode) -> Vec<(EntryRow, ItemRow)> {
    let query = EntryQuery { waiting: true, limit: 500, ..EntryQuery::default() };
    let seen = node.app.reads(Caller::Node.viewer()).run(move |reads| reads.entries(&query)).await;
    seen.expect("read").into_iter().map(|view| (view.entry, view.item)).collect()
}

pub async fn revision(node: &TestNode, entry: &EntryRow) -> RevisionRow {
    let item = entry.item_id;
    node.write(move |tx| tx.latest_revision(item)?.ok_or(AppError::NotFound)).await
}

const FIRST: Entry<'_> = Entry {
    guid: "1",
    link: "https://journal.example/1",
    title: "Un atelier ouvre à Nevers",
    text: "Cent emplois annoncés.",
};
const SECOND: Entry<'_> = Entry {
    guid: "2",
    link: "https://journal.example/2",
    title: "Le forum revient",
    text: "Rendez-vous en mars.",
};

on_both_databases!(
    async fn a_spreadsheet_goes_into_the_queue_and_its_bad_rows_are_named(db) {
        let node = node(db).await;
        let form = service_form(Visibility::Public);
        node.app.add_service(&Caller::Node, "agenda", "actus", form).await.expect("service");
        let author = node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        let report = import(&node, &author, agenda_of_a_spreadsheet()).await;
        assert_eq!(counts(&report), (4, 0, 0), "{report:?}");
        let said: Vec<(u64, bool)> = report.problems.iter().map(|p| (p.line, p.kept)).collect();
        // The second event fills two lines of the file.
        assert_eq!(said, [(5, true), (6, false), (7, true)], "{report:?}");
        assert!(report.problems[1].message.fr.contains("Titre"), "{report:?}");
        let queue = waiting(&node).await;
        let titles: Vec<&str> = queue.iter().map(|(_, item)| item.title.as_str()).collect();
        assert_eq!(titles, ["Café de l’emploi", "Atelier \"CV\"", "Visite d’entreprise", "Réunion d’information"]);
        // 9:30 in Paris in October is 7:30 UTC.
        let start = chrono::DateTime::from_timestamp_millis(queue[0].1.starts_at.expect("start"));
        assert_eq!(start.expect("time").to_rfc3339(), "2026-10-05T07:30:00+00:00");
        let places = |item: &ItemRow| {
            let item = item.id;
            node.write(move |tx| Ok(tx.item_places(item)?.into_iter().filter(|p| p.own && p.relation == "held").map(|p| p.place).collect()))
        };
        let found: Vec<String> = places(&queue[1].1).await;
        assert_eq!(found, ["commune:58086"]);
        let again = import(&node, &author, agenda_of_a_spreadsheet()).await;
        assert_eq!(counts(&again), (0, 0, 4));
        assert_eq!(waiting(&node).await.len(), 4);
    }
);

on_both_databases!(
    async fn a_feed_twice_makes_nothing_twice(db) {
        let (node, author, _) = scene(db).await;
        assert_eq!(counts(&import(&node, &author, rss(&[FIRST, SECOND])).await), (2, 0, 0));
        assert_eq!(counts(&import(&node, &author, rss(&[FIRST, SECOND])).await), (0, 0, 2));
        assert_eq!(counts(&import(&node, &author, rss(&[SECOND, FIRST])).await), (0, 0, 2));
        // Ids that are made anew at each export: the page is the same.
        let renamed = [Entry { guid: "a", ..FIRST }, Entry { guid: "b", ..SECOND }];
        assert_eq!(counts(&import(&node, &author, rss(&renamed)).await), (0, 0, 2));
        // Then the address changes and the id stays.
        let moved = [Entry { guid: "a", link: "https://journal.example/un", ..FIRST }];
        let report = import(&node, &author, rss(&moved)).await;
        assert_eq!(counts(&report), (0, 1, 0));
        assert_eq!(waiting(&node).await.len(), 2);
    }
);

on_both_databases!(
    async fn what_changes_at_the_source_is_a_correction(db) {
        let (node, author, moderator) = scene(db).await;
        import(&node, &author, rss(&[FIRST])).await;
        let (entry, _) = waiting(&node).await.remove(0);
        forbidden(node.app.transition(&author, &entry.uid, Publish, "").await);
        complete(&node, &moderator, &entry).await;
        assert_eq!(node.public_titles().await, [FIRST.title]);
        assert_eq!(counts(&import(&node, &author, rss(&[FIRST])).await), (0, 0, 1));
        assert!(waiting(&node).await.is_empty(), "unchanged, it asks nobody again");
        let changed = Entry { title: "Un atelier ouvre à Nevers (complété)", ..FIRST };
        assert_eq!(counts(&import(&node, &author, rss(&[changed])).await), (0, 1, 0));
        let (entry, _) = waiting(&node).await.remove(0);
        assert_eq!(entry.state, "published");
        assert_eq!(node.public_titles().await, [FIRST.title], "until somebody has read it");
        assert_eq!(revision(&node, &entry).await.title, changed.title);
    }
);

/// Publishes an imported item, its missing fields filled in by one and read by another.
async fn complete(node: &TestNode, moderator: &Caller, entry: &EntryRow) {
    let second = node.person("seconde@mef58.example", "actus", Role::Moderator).await;
    let mut form = news(&revision(node, entry).await.title);
    form.fields.set("lien", "https://journal.example/1");
    node.app.save_item(moderator, &entry.uid, form, None).await.expect("completed");
    node.app.transition(&second, &entry.uid, Publish, "").await.expect("published");
}

on_both_databases!(
    async fn what_was_refused_stays_refused_until_it_changes(db) {
        let (node, author, moderator) = scene(db).await;
        import(&node, &author, rss(&[FIRST])).await;
        let (entry, _) = waiting(&node).await.remove(0);
        node.app.transition(&moderator, &entry.uid, Decline, "hors sujet").await.expect("declined");
        assert_eq!(counts(&import(&node, &author, rss(&[FIRST])).await), (0, 0, 1));
        assert!(waiting(&node).await.is_empty());
        let changed = Entry { text: "Dans la Nièvre.", ..FIRST };
        assert_eq!(counts(&import(&node, &author, rss(&[changed])).await), (0, 1, 0));
        assert_eq!(waiting(&node).await.len(), 1);
        // And back again: what it said at first is a change too.
        assert_eq!(counts(&import(&node, &author, rss(&[FIRST])).await), (0, 1, 0));
    }
);

on_both_databases!(
    async fn who_imports_a_correction_does_not_publish_it(db) {
        let (node, author, moderator) = scene(db).await;
        import(&node, &author, rss(&[FIRST])).await;
        let (entry, _) = waiting(&node).await.remove(0);
        complete(&node, &moderator, &entry).await;
        let changed = Entry { title: "Un autre titre", ..FIRST };
        import(&node, &moderator, rss(&[changed])).await;
        forbidden(node.app.transition(&moderator, &entry.uid, Publish, "").await);
    }
);

on_both_databases!(
    async fn what_somebody_has_corrected_by_hand_is_not_lost(db) {
        let (node, author, moderator) = scene(db).await;
        import(&node, &author, rss(&[FIRST])).await;
        let (entry, _) = waiting(&node).await.remove(0);
        node.app.save_item(&moderator, &entry.uid, news("Réécrit avec soin"), None).await.expect("saved");
        let changed = Entry { title: "Changé à la source", ..FIRST };
        import(&node, &author, rss(&[changed])).await;
        let uid = entry.uid.clone();
        let detail = node.app.reads(moderator.viewer()).run(move |reads| reads.entry(&uid)).await.expect("read");
        let titles: Vec<&str> = detail.revisions.iter().map(|r| r.title.as_str()).collect();
        assert_eq!(titles, ["Changé à la source", "Réécrit avec soin", "Un atelier ouvre à Nevers"]);
    }
);

on_both_databases!(
    async fn entries_that_all_point_to_one_page_stay_apart(db) {
        let (node, author, _) = scene(db).await;
        let page = "https://journal.example/agenda";
        let entries = [Entry { link: page, ..FIRST }, Entry { link: page, ..SECOND }];
        assert_eq!(counts(&import(&node, &author, rss(&entries)).await), (2, 0, 0));
        assert_eq!(counts(&import(&node, &author, rss(&entries)).await), (0, 0, 2));
        assert_eq!(waiting(&node).await.len(), 2);
    }
);

on_both_databases!(
    async fn rows_that_share_a_code_or_a_title_stay_apart(db) {
        let (node, author, _) = scene(db).await;
        let coded = |rows: &[&str]| {
            let mut text = "Code;Titre;Chapô\n".to_owned();
            rows.iter().for_each(|row| text.push_str(&format!("{row}\n")));
            text.into_bytes()
        };
        // The code of a trade is no id; two offers may have one title.
        let rows = ["K1801;Conseiller;Poste A", "K1801;Formateur;Poste B", "M1607;Assistant;Poste C"];
        assert_eq!(counts(&import(&node, &author, coded(&rows)).await), (3, 0, 0));
        let turned = ["M1607;Assistant;Poste C", "K1801;Formateur;Poste B", "K1801;Conseiller;Poste A"];
        assert_eq!(counts(&import(&node, &author, coded(&turned)).await), (0, 0, 3));
        let alike = ["Agent d’entretien;Le matin;Nevers", "Agent d’entretien;Le soir;Nevers"];
        assert_eq!(counts(&import(&node, &author, table(&alike)).await), (2, 0, 0));
        assert_eq!(counts(&import(&node, &author, table(&alike)).await), (0, 0, 2));
        // One of them leaves, the other is still the other.
        assert_eq!(counts(&import(&node, &author, table(&alike[1..])).await), (0, 0, 1));
        // Alone with its title, it may change.
        assert_eq!(counts(&import(&node, &author, table(&["Jardinier;Le matin;Nevers"])).await), (1, 0, 0));
        assert_eq!(counts(&import(&node, &author, table(&["Jardinier;Le soir;Nevers"])).await), (0, 1, 0));
        // An id that was alone once and is not any more is still found.
        let numbered = |rows: &[&str]| {
            let text = String::from_utf8(coded(rows)).expect("text");
            text.replacen("Code", "Id", 1).into_bytes()
        };
        assert_eq!(counts(&import(&node, &author, numbered(&["5;Soudeur;A"])).await), (1, 0, 0));
        assert_eq!(counts(&import(&node, &author, numbered(&["5;Soudeur;A", "5;Peintre;B"])).await), (1, 0, 1));
        assert_eq!(waiting(&node).await.len(), 8);
    }
);

on_both_databases!(
    async fn a_rehearsal_changes_nothing(db) {
        let (node, author, _) = scene(db).await;
        let source = Source { dry_run: true, ..Source::default() };
        let report = node.app.import(&author, "actus", rss(&[FIRST, SECOND]), &source).await.expect("read");
        assert_eq!(counts(&report), (2, 0, 0));
        assert!(waiting(&node).await.is_empty());
        assert_eq!(counts(&import(&node, &author, rss(&[FIRST, SECOND])).await), (2, 0, 0));
        let report = node.app.import(&author, "actus", rss(&[FIRST]), &source).await.expect("read");
        assert_eq!(counts(&report), (0, 0, 1));
    }
);

on_both_databases!(
    async fn what_is_said_of_the_source_holds_for_every_row(db) {
        let (node, author, _) = scene(db).await;
        let source = |theme: &str, place: &str| Source {
            themes: vec![theme.into()],
            places: vec![place.parse().expect("place")],
            ..Source::default()
        };
        let unknown = node.app.import(&author, "actus", rss(&[FIRST]), &source("astrologie", "commune:58194")).await;
        invalid(unknown, "unknown_theme");
        node.app
            .import(&author, "actus", rss(&[FIRST]), &source("recrutement", "commune:58194"))
            .await
            .expect("imported");
        let (_, item) = waiting(&node).await.remove(0);
        let themes = node.write(move |tx| {
            let mut themes: Vec<String> = tx.item_themes(item.id)?.into_iter().map(|row| row.theme).collect();
            themes.sort();
            Ok(themes)
        });
        assert_eq!(themes.await, ["emploi", "recrutement"]);
    }
);

on_both_databases!(
    async fn a_document_that_is_none_says_so(db) {
        let (node, author, _) = scene(db).await;
        let page = b"<!doctype html><html><head><title>Accueil</title></head><body></body></html>".to_vec();
        invalid(node.app.import(&author, "actus", page, &Source::default()).await, "unreadable");
        let columns = b"Couleur;Poids\nrouge;3\n".to_vec();
        invalid(node.app.import(&author, "actus", columns, &Source::default()).await, "unreadable");
        invalid(node.app.import(&author, "actus", Vec::new(), &Source::default()).await, "unreadable");
        let cut = b"<?xml version=\"1.0\"?><rss><channel><item><title>Coup".to_vec();
        let answer = node.app.import(&author, "actus", cut, &Source::default()).await;
        assert!(answer.is_ok() || matches!(&answer, Err(AppError::Invalid { .. })), "{answer:?}");
    }
);

on_both_databases!(
    async fn times_of_a_feed_are_those_of_the_place(db) {
        let node = node(db).await;
        let form = service_form(Visibility::Public);
        node.app.add_service(&Caller::Node, "press-review", "actus", form).await.expect("service");
        let author = node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        import(&node, &author, rss(&[FIRST])).await;
        let (_, item) = waiting(&node).await.remove(0);
        // Published on Saturday at 23:30 UTC, which is Sunday in France.
        assert_eq!(item.dated.as_deref(), Some("2026-03-01"));
        assert_eq!(item.content, "", "the text of the press is not copied");
    }
);
