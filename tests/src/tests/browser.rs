//! Journeys through the pages in a headless browser: starts nodes with people and items, then the
//! runner in `tests/browser`, whose output is this test's.

use crate::database::Kind;
use crate::node::{Node, PASSWORD};
use crate::tests::material;
use crate::{checkout, scene, target};
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::path::Path;
use std::process::Command;

const NAME: &str = "Maison de l'emploi d'essai (Nièvre)";
const SITE: &str = "nievre";
const CHROMIUM: &str = "/usr/bin/chromium";

#[test]
fn journeys_in_a_browser() {
    scene::play(async {
        let runner = checkout().join("tests/browser");
        install(&runner)?;
        if !Path::new(CHROMIUM).exists() {
            bail!("{CHROMIUM} is missing: deploy/requirements test installs it");
        }
        let mut bare = Vec::new();
        let mut codes = Vec::new();
        for _ in 0..3 {
            let mut node = Node::bare(Kind::Sqlite)?;
            node.set("MAILLAGE__URL", &node.base());
            let code = node.start()?.context("a node without administrator prints a code")?;
            codes.push(json!({ "url": node.base(), "code": code }));
            bare.push(node);
        }
        let (node, item) = office().await?;
        let screenshots = target().join("screenshots");
        let world = json!({
            "chromium": CHROMIUM,
            "screenshots": screenshots,
            "password": PASSWORD,
            "firstRuns": codes,
            "node": {
                "url": node.base(),
                "name": NAME,
                "site": SITE,
                "service": "actus",
                "author": "redaction@mef58.example",
                "moderator": "relecture@mef58.example",
                "shown": material::SHOWN,
                "hidden": material::HIDDEN,
                "item": item,
            },
        });
        let output = Command::new("node")
            .arg("run.mjs")
            .current_dir(&runner)
            .env("MAILLAGE_BROWSER", world.to_string())
            .output()
            .context("node does not run: deploy/requirements test installs it")?;
        let said = String::from_utf8_lossy(&output.stdout);
        println!("{said}{}", String::from_utf8_lossy(&output.stderr));
        if !output.status.success() {
            bail!("the journeys failed; pictures are in {}\n{said}", screenshots.display());
        }
        Ok(())
    });
}

/// Installs what the lockfile names, where it is not there yet.
fn install(runner: &Path) -> Result<()> {
    let wanted = std::fs::read(runner.join("package-lock.json"))?;
    let mark = runner.join("node_modules/.maillage-lock");
    if std::fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let output = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(runner)
        .output()
        .context("npm does not run: deploy/requirements test installs it")?;
    if !output.status.success() {
        bail!("npm ci: {}", String::from_utf8_lossy(&output.stderr));
    }
    std::fs::write(mark, wanted)?;
    Ok(())
}

/// A node in use: people, published items of every kind of title, and a queue.
async fn office() -> Result<(Node, String)> {
    let mut node = Node::create(NAME, "58", Kind::Sqlite)?;
    node.add_service("news", "actus", "Actualités de la Nièvre")?;
    node.add_service("agenda", "agenda", "Agenda de la Nièvre")?;
    node.add_site(SITE, "Emploi en Nièvre", &["actus", "agenda"])?;
    let roles = |role| [("actus", role), ("agenda", role)];
    let author = node.add_account("redaction@mef58.example", "Rédaction d'essai", &roles("contributor"))?;
    let moderator = node.add_account("relecture@mef58.example", "Relecture d'essai", &roles("moderator"))?;
    node.start()?;
    let mut address = None;
    for fields in material::news() {
        let draft = author.create("actus", fields).await?;
        author.step(&draft.id, "submit", "").await?;
        let published = moderator.step(&draft.id, "publish", "").await?;
        if published.title == material::SHOWN {
            address = Some(published.url);
        }
    }
    // The agenda is published, the feed waits.
    let table = std::fs::read(checkout().join("tests/fixtures/agenda-windows1252.csv"))?;
    author.import("agenda", "", "text/csv", table).await?;
    for item in moderator.items("/services/agenda/items?waiting=true").await? {
        moderator.step(&item.id, "publish", "").await?;
    }
    let feed = std::fs::read(checkout().join("tests/fixtures/actualites-latin1-sans-declaration.rss"))?;
    author.import("actus", "place=departement:58", "application/rss+xml", feed).await?;
    Ok((node, address.context("the item that is looked at")?))
}
