//! Filling the region: people, services, items, sites, then who follows whom.

pub mod client;
pub mod house;
pub mod items;
pub mod network;
pub mod program;

use crate::content::{self, Piece};
use crate::nodes::Node;
use crate::region::Territory;
use anyhow::Context;
use chrono::NaiveDate;
use house::House;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use program::Program;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;
use std::time::Instant;
use tokio::task::JoinSet;

/// What the content depends on, kept so that an interrupted run goes on with the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Begun {
    seed: u64,
    today: NaiveDate,
    finished: bool,
}

/// Fills every node and connects them. A region that is full is left as it is.
///
/// # Errors
/// What a node says, with what was being done.
pub async fn region(data: &Path, program: &Path, nodes: Vec<Node>, seed: u64) -> anyhow::Result<()> {
    let path = data.join("region.json");
    let begun = begun(&path, seed)?;
    if begun.finished {
        return Ok(());
    }
    let began = Instant::now();
    writeln!(
        std::io::stderr(),
        "Remplissage de la région (une minute environ)… / Filling the region (about one minute)…"
    )?;
    let territories = Territory::all()?;
    let content = content::region(&territories, begun.today, begun.seed)?;
    let shown = MultiProgress::new();
    let mut filling = JoinSet::new();
    for (at, (node, pieces)) in nodes.into_iter().zip(content).enumerate() {
        let progress = shown.add(bar(&node, pieces.len())?);
        let program = Program::new(program, &node.folder);
        filling.spawn(async move { (at, fill(node, program, pieces, progress).await) });
    }
    let mut houses = Vec::new();
    while let Some(filled) = filling.join_next().await {
        let (at, house) = filled?;
        houses.push((at, house?));
    }
    houses.sort_by_key(|(at, _)| *at);
    let houses: Vec<House> = houses.into_iter().map(|(_, house)| house).collect();
    let entered = began.elapsed();
    let waiting = shown.add(ProgressBar::new_spinner().with_message("abonnements / subscriptions"));
    waiting.enable_steady_tick(std::time::Duration::from_millis(200));
    let received = network::connect(&houses).await?;
    waiting.finish_and_clear();
    write(&path, Begun { finished: true, ..begun })?;
    let summary: Vec<String> = houses
        .iter()
        .zip(&received)
        .map(|(house, received)| format!("{} ← {received}", house.node.department.slug))
        .collect();
    let seconds = |took: std::time::Duration| took.as_secs();
    let text = format!(
        "Remplie en {} s, dont {} s d'échanges ; fiches reçues : {}. / Filled in {} s, {} s of them for exchanges.",
        seconds(began.elapsed()),
        seconds(began.elapsed() - entered),
        summary.join(", "),
        seconds(began.elapsed()),
        seconds(began.elapsed() - entered)
    );
    shown.suspend(|| writeln!(std::io::stderr(), "{text}"))?;
    Ok(())
}

async fn fill(
    node: Node,
    program: Program,
    pieces: Vec<Piece>,
    progress: ProgressBar,
) -> anyhow::Result<House> {
    let name = node.department.node;
    let house = House::set_up(node, program).await.with_context(|| name.to_owned())?;
    items::enter(&house, pieces, &progress).await.with_context(|| name.to_owned())?;
    progress.finish();
    Ok(house)
}

fn bar(node: &Node, length: usize) -> anyhow::Result<ProgressBar> {
    let style = ProgressStyle::with_template("{msg:36} {bar:30} {pos}/{len}")?;
    Ok(ProgressBar::new(length as u64).with_style(style).with_message(node.department.node))
}

fn begun(path: &Path, seed: u64) -> anyhow::Result<Begun> {
    if path.exists() {
        let text = std::fs::read_to_string(path)?;
        return serde_json::from_str(&text)
            .with_context(|| format!("{} ne peut pas être lu / cannot be read", path.display()));
    }
    let begun = Begun { seed, today: chrono::Local::now().date_naive(), finished: false };
    write(path, begun)?;
    Ok(begun)
}

fn write(path: &Path, begun: Begun) -> anyhow::Result<()> {
    std::fs::write(path, serde_json::to_string(&begun)?)
        .with_context(|| format!("{} ne peut pas être écrit / cannot be written", path.display()))
}
