//! From "publish" on one node to "visible" on another that follows it.

use crate::report::{Report, percentile};
use crate::world::house;
use anyhow::{Context, Result, bail};
use maillage_tests::api::Api;
use maillage_tests::until::until;
use std::time::{Duration, Instant};

/// Items that are timed.
const ITEMS: usize = 100;
const PATIENCE: Duration = Duration::from_secs(60);

/// Measures the whole way between two idle nodes.
///
/// # Errors
/// Those of the nodes.
pub async fn measure(report: &mut Report) -> Result<()> {
    let (origin, partner) = (house("agenda")?, house("agenda-regional")?);
    partner.node.done(&[
        "subscribe",
        "--to",
        "agenda-regional",
        "--trust",
        "publish",
        &origin.node.handle("agenda"),
    ])?;
    let admin = partner.node.admin()?;
    until("the subscription is accepted", PATIENCE, async || {
        let list = admin.get("/subscriptions").await?;
        Ok(list.to_string().contains("\"accepted\"").then_some(()))
    })
    .await?;
    let everybody = partner.node.anonymous()?;
    let mut waits = Vec::with_capacity(ITEMS);
    for number in 0..ITEMS {
        let began = Instant::now();
        let (_, uri) = origin.publish("agenda", number).await?;
        let published = began.elapsed();
        visible(&everybody, &uri).await?;
        waits.push((began.elapsed() - published).as_secs_f64() * 1e3);
    }
    let (half, most) = (percentile(&mut waits, 0.5), percentile(&mut waits, 0.99));
    report.figure(
        "publish on A → visible on B",
        format!("{half:.0} / {most:.0} ms"),
        "as low as can be",
        format!("p50 / p99 of {ITEMS} items one by one, asked every 2 ms"),
    );
    Ok(())
}

async fn visible(everybody: &Api, uri: &str) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        let page = everybody.get("/services/agenda-regional/items?limit=1").await?;
        let latest = page["items"].as_array().context("items")?.first().and_then(|item| item["uri"].as_str());
        if latest == Some(uri) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    bail!("{uri} has not become visible")
}
