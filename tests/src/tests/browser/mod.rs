//! Journeys through the pages in a headless browser: starts nodes with people and items, then the
//! runner in `tests/browser`, whose output is this test's.

mod hostile;
mod network;
mod office;

use crate::database::Kind;
use crate::node::{Node, PASSWORD};
use crate::tests::material;
use crate::{checkout, scene, target};
use anyhow::{Context, Result, bail};
use hostile::Hostile;
use network::Network;
use office::Office;
use serde_json::json;
use std::path::Path;
use std::process::Command;

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
        let office = Office::start().await?;
        let network = Network::around(&office).await?;
        let hostile = Hostile::start().await?;
        let screenshots = target().join("screenshots");
        let node = &office.node;
        let world = json!({
            "chromium": CHROMIUM,
            "screenshots": screenshots,
            "sources": checkout().join("ui/src/web"),
            "fixtures": checkout().join("tests/fixtures"),
            "password": PASSWORD,
            "firstRuns": codes,
            "node": {
                "url": node.base(),
                "name": office::NAME,
                "site": office::SITE,
                "service": "actus",
                "administrator": node.administrator(),
                "author": office::AUTHOR,
                "moderator": office::MODERATOR,
                "newcomer": office::NEWCOMER,
                "reader": office::READER,
                "provider": { "name": office::PROVIDER, "issuer": office.provider.issuer() },
                "mails": office.mails(),
                "shown": material::SHOWN,
                "hidden": material::HIDDEN,
                "item": office.shown,
                "event": office.event,
                "training": office.training,
                "structure": office.structure,
                "withdrawn": office.withdrawn,
                "corrected": office.corrected,
            },
            "partner": network.partner.host(),
            "hostile": hostile.described(),
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

/// What the pages load is what its sources and the libraries of its lockfile make.
#[test]
fn the_editor_is_what_its_sources_make() {
    scene::play(async {
        let sources = checkout().join("ui/editor");
        install(&sources)?;
        let made = target().join("tmp/rich.js");
        let output = Command::new("node").arg("build.mjs").arg(&made).current_dir(&sources).output()?;
        if !output.status.success() {
            bail!("build.mjs: {}", String::from_utf8_lossy(&output.stderr));
        }
        let kept = std::fs::read_to_string(checkout().join("ui/assets/rich.js"))?;
        if std::fs::read_to_string(&made)? != kept {
            bail!("ui/assets/rich.js is not what ui/editor makes: run npm ci && npm run build there");
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
