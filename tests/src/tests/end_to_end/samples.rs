//! The same with real files, where they are at hand: feeds and spreadsheets as people publish them.

use super::redistribution::{in_published, uris};
use super::reference::matching;
use super::region::rules;
use crate::checkout;
use crate::database::Kind;
use crate::node::Node;
use crate::scene::play;
use crate::until::{SOON, until_equal};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// A file, the service it goes into, and what is said of each of its items.
struct Sample {
    file: &'static str,
    service: &'static str,
    query: &'static str,
    media_type: &'static str,
    /// Items that at least come out of it.
    at_least: usize,
}

const SAMPLES: [Sample; 6] = [
    Sample {
        file: "feeds/rss2-latin1-sans-declaration-sans-guid-cerclepsy-2013.xml",
        service: "presse",
        query: "theme=emploi&place=departement:58",
        media_type: "text/xml",
        at_least: 7,
    },
    Sample {
        file: "feeds/rss2-fulltext-numerama.xml",
        service: "presse",
        query: "theme=numerique&place=departement:58",
        media_type: "application/rss+xml",
        at_least: 6,
    },
    Sample {
        file: "feeds/rss2-pass-fonction-publique-titre-html-date-iso.rss",
        service: "presse",
        query: "theme=trouver-un-emploi&place=commune:58194",
        media_type: "application/rss+xml",
        at_least: 7,
    },
    Sample {
        file: "feeds/rss2-spip-jeuxlinux-2013.xml",
        service: "presse",
        query: "theme=emploi&place=departement:21",
        media_type: "application/rss+xml",
        at_least: 15,
    },
    Sample {
        file: "csv/construit-excel-fr-windows1252-annuaire.csv",
        service: "annuaire",
        query: "theme=insertion",
        media_type: "text/csv",
        at_least: 2,
    },
    Sample {
        file: "csv/construit-excel-fr-sep-utf8bom-stages.csv",
        service: "formations",
        query: "theme=trouver-un-emploi",
        media_type: "text/csv",
        at_least: 2,
    },
];

#[test]
fn real_samples_travel_too() {
    let folder = checkout().join("../shared/data");
    if !folder.is_dir() {
        println!("no ../shared/data beside this checkout: no real sample was read");
        return;
    }
    play(travel(folder));
}

async fn travel(folder: PathBuf) -> Result<()> {
    let services = [("press-review", "presse"), ("structures", "annuaire"), ("trainings", "formations")];
    let mut a = Node::create("Maison de l'emploi d'essai (Nièvre)", "58", Kind::Sqlite)?;
    let mut b = Node::create("Maison de l'emploi d'essai (Côte-d'Or)", "21", Kind::Sqlite)?;
    for (kind, slug) in services {
        a.add_service(kind, slug, slug)?;
    }
    b.add_service("press-review", "selection", "Sélection")?;
    let roles = |role| services.map(|(_, slug)| (slug, role));
    let author = a.add_account("redaction@mef58.example", "Rédaction", &roles("contributor"))?;
    let moderator = a.add_account("relecture@mef58.example", "Relecture", &roles("moderator"))?;
    let b_admin = b.admin()?;
    a.start()?;
    b.start()?;
    for sample in SAMPLES {
        let bytes = std::fs::read(folder.join(sample.file)).with_context(|| sample.file.to_owned())?;
        let first = author.import(sample.service, sample.query, sample.media_type, bytes.clone()).await?;
        assert!(first.created >= sample.at_least, "{}: {first:?}", sample.file);
        let again = author.import(sample.service, sample.query, sample.media_type, bytes).await?;
        assert_eq!((again.created, again.updated), (0, 0), "{}: {again:?}", sample.file);
        assert_eq!(again.unchanged, first.created, "{}", sample.file);
    }
    let (mut published, mut declined) = (0, 0);
    for (_, service) in services {
        for item in moderator.items(&format!("/services/{service}/items?waiting=true")).await? {
            let answer = moderator.try_step(&item.id, "publish").await?;
            match answer.status {
                200 => published += 1,
                // What a spreadsheet leaves out is asked of its author.
                422 => {
                    moderator.step(&item.id, "decline", "Il manque des champs.").await?;
                    declined += 1;
                }
                _ => anyhow::bail!("{}: {}", item.title, answer.text),
            }
        }
    }
    assert!(published >= 35, "{published} published, {declined} declined");
    for (_, service) in services {
        b_admin.subscribe("selection", &a.handle(service), "publish", rules()).await?;
    }
    let mut all = Vec::new();
    for (_, service) in services {
        all.extend(in_published(&a.anonymous()?, service).await?);
    }
    let expected = matching(&all);
    assert!(expected.len() >= 14 && expected.len() < all.len(), "{} of {}", expected.len(), all.len());
    let api = b.anonymous()?;
    let shown = async || Ok(uris(&in_published(&api, "selection").await?));
    until_equal("B has exactly what matches", SOON, &expected, shown).await
}
