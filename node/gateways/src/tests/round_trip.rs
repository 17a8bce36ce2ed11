//! What is written is read again with the same keys, titles, dates and links.

use chrono::{DateTime, SubsecRound, Utc};
use proptest::prelude::*;

use super::url;
use crate::csv::{self, CsvOptions};
use crate::feed::{FeedDocument, FeedItem, parse, write_atom, write_json_feed, write_rss};

fn document(entries: Vec<FeedItem>) -> FeedDocument {
    FeedDocument {
        id: "https://mef.example.org/ap/services/7f3a".into(),
        title: "Actualités <emploi> & formation".into(),
        description: "R&D, l'« économie »".into(),
        site_url: url("https://mef.example.org/actualites"),
        self_url: url("https://mef.example.org/actualites/flux?theme=a&lieu=58"),
        language: "fr".into(),
        updated: DateTime::UNIX_EPOCH,
        entries,
    }
}

fn item(number: usize, title: &str) -> FeedItem {
    FeedItem {
        id: format!("https://mef.example.org/ap/items/{number}"),
        url: url(&format!("https://mef.example.org/actualites/{number}-titre?x=1&y=2")),
        title: title.into(),
        summary: "Résumé & <suite>".into(),
        content_html: "<p>Corps <strong>gras</strong> &amp; fin]]&gt;</p>".into(),
        published: DateTime::UNIX_EPOCH,
        updated: DateTime::UNIX_EPOCH,
        author: Some("Maison de l'emploi & Cie".into()),
        categories: vec!["Emploi".into(), "Mobilité & transport".into()],
        source: Some(("Mission locale".into(), url("https://ml.example.org/x?a=1&b=2"))),
        licence: Some("https://creativecommons.org/licenses/by/4.0/".into()),
    }
}

#[test]
fn all_that_the_formats_have_in_common_comes_back() {
    let document = document(vec![item(1, "Un <b>titre</b> & 2 < 3 &eacute;"), item(2, "R&D")]);
    for written in [write_rss(&document), write_atom(&document), write_json_feed(&document)] {
        let feed = parse(written.as_bytes(), None, None).unwrap();
        assert!(feed.problems.is_empty(), "{:?}", feed.problems);
        assert_eq!(
            (feed.title, feed.link),
            (document.title.clone(), Some(document.site_url.clone())),
            "{written}"
        );
        assert_eq!(feed.language.as_deref(), Some("fr"));
        for (entry, item) in feed.entries.iter().zip(&document.entries) {
            assert_eq!(entry.title, item.title, "{written}");
            assert_eq!(entry.authors, ["Maison de l'emploi & Cie"]);
            assert_eq!(entry.categories, item.categories);
            assert_eq!(
                entry.content_html.as_deref(),
                Some("<p>Corps <strong>gras</strong> &amp; fin]]&gt;</p>")
            );
            assert_eq!(entry.summary_html.as_deref(), Some("<p>Résumé &amp; &lt;suite&gt;</p>"), "{written}");
        }
    }
}

#[test]
fn rss_has_what_readers_look_for() {
    let rss = write_rss(&document(vec![item(1, "R&D <b>")]));
    for piece in [
        "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"",
        "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"https://mef.example.org/actualites/flux?theme=a&amp;lieu=58\"></atom:link>",
        "<guid isPermaLink=\"false\">https://mef.example.org/ap/items/1</guid>",
        "<pubDate>Thu, 1 Jan 1970 00:00:00 +0000</pubDate>",
        "<source url=\"https://ml.example.org/x?a=1&amp;b=2\">Mission locale</source>",
        "<creativeCommons:license>https://creativecommons.org/licenses/by/4.0/</creativeCommons:license>",
    ] {
        assert!(rss.contains(piece), "{piece} in {rss}");
    }
}

#[test]
fn atom_and_json_carry_origin_and_licence() {
    let document = document(vec![item(1, "Titre")]);
    let atom = write_atom(&document);
    assert!(
        atom.contains("<link rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/\">"),
        "{atom}"
    );
    assert!(
        atom.contains("<link rel=\"via\" type=\"text/html\" href=\"https://ml.example.org/x?a=1&amp;b=2\">")
    );
    let json: serde_json::Value = serde_json::from_str(&write_json_feed(&document)).unwrap();
    assert_eq!(json["items"][0]["_maillage"]["source"]["title"], "Mission locale");
}

/// Titles as people write them and as attackers do: no blanks at the ends or in rows.
fn title() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-zé&<>;\"'#0-9/\\]!-]{1,8}|&amp;|&lt;b&gt;|<b>|</item>|]]>|&#233;", 1..6)
        .prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn feeds_come_back(
        titles in prop::collection::vec(title(), 1..5),
        seconds in 0i64..4_000_000_000,
        millis in 0i64..1000,
    ) {
        let date = DateTime::<Utc>::from_timestamp_millis(seconds * 1000 + millis).unwrap();
        let mut entries: Vec<_> = titles.iter().enumerate().map(|(i, t)| item(i, t)).collect();
        for entry in &mut entries {
            entry.published = date;
            entry.updated = date;
        }
        let document = document(entries);
        for (written, precise) in
            [(write_rss(&document), false), (write_atom(&document), true), (write_json_feed(&document), true)]
        {
            let feed = parse(written.as_bytes(), None, None).unwrap();
            prop_assert_eq!(feed.entries.len(), document.entries.len());
            for (entry, item) in feed.entries.iter().zip(&document.entries) {
                prop_assert_eq!(&entry.key, &item.id);
                prop_assert_eq!(&entry.title, &item.title, "{}", written);
                prop_assert_eq!(entry.link.as_ref(), Some(&item.url));
                let expected = if precise { item.published } else { item.published.trunc_subsecs(0) };
                prop_assert_eq!(entry.published, Some(expected));
                prop_assert_eq!(entry.updated, Some(item.updated));
            }
        }
    }

    #[test]
    fn tables_come_back(
        rows in prop::collection::vec(prop::collection::vec("x[a-zé;\"',\n=+@\t -]{0,12}y|[=+@'-]{1,3}[a-z\"0-9]{1,6}", 4), 0..8),
    ) {
        let written = csv::write(&["Intitulé", "=Formule", "Durée (h)", "CP"], &rows);
        let table = csv::parse(&written, &CsvOptions::default()).unwrap();
        prop_assert_eq!(&table.headers[1].raw, "=Formule");
        prop_assert!(table.problems.is_empty(), "{:?}", table.problems);
        let back: Vec<_> = table.rows.into_iter().map(|r| r.cells).collect();
        prop_assert_eq!(back, rows);
        prop_assert_eq!(table.separator, ';');
    }
}
