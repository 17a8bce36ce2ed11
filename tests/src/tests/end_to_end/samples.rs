//! The same with real files, where they are at hand: feeds and spreadsheets as people publish them, on
//! three nodes, corrected and withdrawn.

use super::redistribution::in_published;
use super::reference::matching;
use super::region::rules;
use crate::api::Api;
use crate::checkout;
use crate::database::Kind;
use crate::item::Item;
use crate::node::Node;
use crate::scene::play;
use crate::until::{SOON, until_equal};
use anyhow::{Context, Result};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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

/// Services of A: their types and slugs.
const A_SERVICES: [(&str, &str); 3] =
    [("press-review", "presse"), ("structures", "annuaire"), ("trainings", "formations")];

/// A publishes; B passes on what matches; C follows B.
struct Way {
    a: Node,
    b: Node,
    c: Node,
    author: Api,
    moderator: Api,
    b_admin: Api,
    c_admin: Api,
}

impl Way {
    fn start() -> Result<Self> {
        let mut a = Node::create("Maison de l'emploi d'essai (Nièvre)", "58", Kind::usual())?;
        let mut b = Node::create("Maison de l'emploi d'essai (Côte-d'Or)", "21", Kind::usual())?;
        let mut c = Node::create("Maison de l'emploi d'essai (Yonne)", "89", Kind::usual())?;
        for (kind, slug) in A_SERVICES {
            a.add_service(kind, slug, slug)?;
        }
        b.add_service("press-review", "selection", "Sélection")?;
        c.add_service("press-review", "reprises", "Reprises")?;
        let roles = |role| A_SERVICES.map(|(_, slug)| (slug, role));
        let author = a.add_account("redaction@mef58.example", "Rédaction", &roles("contributor"))?;
        let moderator = a.add_account("relecture@mef58.example", "Relecture", &roles("moderator"))?;
        let (b_admin, c_admin) = (b.admin()?, c.admin()?);
        for node in [&mut a, &mut b, &mut c] {
            node.start()?;
        }
        Ok(Self { a, b, c, author, moderator, b_admin, c_admin })
    }

    /// What is published on A.
    async fn on_a(&self) -> Result<Vec<Item>> {
        let mut all = Vec::new();
        for (_, service) in A_SERVICES {
            all.extend(in_published(&self.a.anonymous()?, service).await?);
        }
        Ok(all)
    }

    /// Waits until B and C have exactly these, with these titles.
    async fn everywhere(&self, what: &str, expected: &[Item]) -> Result<()> {
        let of = |items: &[Item]| -> BTreeSet<(String, String)> {
            items.iter().map(|item| (item.uri.clone(), item.title.clone())).collect()
        };
        for (node, service) in [(&self.b, "selection"), (&self.c, "reprises")] {
            let api = node.anonymous()?;
            let shown = async || Ok(of(&in_published(&api, service).await?));
            until_equal(&format!("{what} on {service}"), SOON, &of(expected), shown).await?;
        }
        Ok(())
    }
}

async fn travel(folder: PathBuf) -> Result<()> {
    let way = Way::start()?;
    import(&way, &folder).await?;
    publish(&way).await?;
    for (_, service) in A_SERVICES {
        way.b_admin.subscribe("selection", &way.a.handle(service), "announce", rules()).await?;
    }
    way.c_admin.subscribe("reprises", &way.b.handle("selection"), "publish", json!({})).await?;
    let all = way.on_a().await?;
    let matches = matching(&all);
    let mut expected: Vec<Item> = all.iter().filter(|item| matches.contains(&item.uri)).cloned().collect();
    assert!(expected.len() >= 14 && expected.len() < all.len(), "{} of {}", expected.len(), all.len());
    way.everywhere("what matches", &expected).await?;
    // A correction of one and the withdrawal of another.
    let item = expected.first_mut().context("an item")?;
    let mut fields = item.fields.clone();
    fields["titre"] = json!("Titre corrigé par son auteur");
    way.author.save(&item.id, fields).await?;
    way.author.step(&item.id, "submit", "").await?;
    *item = way.moderator.step(&item.id, "publish", "").await?;
    way.everywhere("the correction", &expected).await?;
    let item = expected.pop().context("another item")?;
    way.moderator.step(&item.id, "withdraw", "La source l'a retiré.").await?;
    way.everywhere("the withdrawal", &expected).await
}

/// Each file comes in, and again without making or changing anything.
async fn import(way: &Way, folder: &Path) -> Result<()> {
    for sample in SAMPLES {
        let bytes = std::fs::read(folder.join(sample.file)).with_context(|| sample.file.to_owned())?;
        let once = || way.author.import(sample.service, sample.query, sample.media_type, bytes.clone());
        let first = once().await?;
        assert!(first.created >= sample.at_least, "{}: {first:?}", sample.file);
        let again = once().await?;
        assert_eq!((again.created, again.updated), (0, 0), "{}: {again:?}", sample.file);
        assert_eq!(again.unchanged, first.created, "{}", sample.file);
    }
    Ok(())
}

/// A second person publishes what is complete, and declines the rest.
async fn publish(way: &Way) -> Result<()> {
    let (mut published, mut declined) = (0, 0);
    for (_, service) in A_SERVICES {
        for item in way.moderator.items(&format!("/services/{service}/items?waiting=true")).await? {
            let answer = way.moderator.try_step(&item.id, "publish").await?;
            match answer.status {
                200 => published += 1,
                // What a spreadsheet leaves out is asked of its author.
                422 => {
                    way.moderator.step(&item.id, "decline", "Il manque des champs.").await?;
                    declined += 1;
                }
                _ => anyhow::bail!("{}: {}", item.title, answer.text),
            }
        }
    }
    assert!(published >= 35, "{published} published, {declined} declined");
    Ok(())
}
