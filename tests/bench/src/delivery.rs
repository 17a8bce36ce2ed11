//! Processor time of a delivery against that of the one RSA signature it cannot do without.

use crate::processor::{each, time_of};
use crate::report::Report;
use crate::unit;
use crate::world::house;
use anyhow::{Context, Result, ensure};
use maillage_test_peer::{Actor, Peer, Style};
use maillage_tests::until::until;
use std::time::Duration;

/// Followers, each with an inbox of its own.
const FOLLOWERS: usize = 40;
/// Items that are published to all of them.
const ITEMS: usize = 50;
const PATIENCE: Duration = Duration::from_secs(300);

/// Measures deliveries: from the publication of the items to the last answer.
///
/// # Errors
/// Those of the node or the peer.
pub async fn measure(report: &mut Report) -> Result<()> {
    let (signature, _) = unit::signature_and_verification()?;
    let house = house("agenda")?;
    let pid = house.node.pid().context("the node runs")?;
    let peer = Peer::start()?;
    peer.remember_keys();
    let actors: Vec<Actor> = (0..FOLLOWERS)
        .map(|at| peer.actor(&format!("lecteur{at}"), Style::small_service()))
        .collect::<Result<_>>()?;
    let service = actors[0].look_up(&house.node.handle("agenda")).await?;
    let (id, inbox) = (service["id"].as_str().context("id")?, service["inbox"].as_str().context("inbox")?);
    for actor in &actors {
        let status = actor.post(inbox, &actor.follow(id)).await?;
        ensure!(status == 202, "a Follow was answered {status}");
    }
    until("every Follow is accepted", PATIENCE, async || {
        Ok((peer.taken("Accept") == FOLLOWERS).then_some(()))
    })
    .await?;
    // Publishing alone, to nobody: what is not delivery.
    let publishing = publishing_alone().await?;
    let before = time_of(pid)?;
    for number in 0..ITEMS {
        house.publish("agenda", number).await?;
    }
    let wanted = FOLLOWERS * ITEMS;
    until("every item has come to every follower", PATIENCE, async || {
        Ok((peer.taken("Create") >= wanted).then_some(()))
    })
    .await?;
    // The answers are written down a moment after they were given.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let spent = time_of(pid)? - before;
    let delivery = each(spent, wanted) - publishing / FOLLOWERS as f64;
    report.ratio(
        "CPU of a delivery ÷ CPU of an RSA-2048 signature",
        delivery / signature,
        "at most 3",
        format!("{delivery:.0} µs ÷ {signature:.0} µs, {wanted} deliveries to {FOLLOWERS} inboxes; publishing, {publishing:.0} µs an item, taken off"),
    );
    Ok(())
}

/// Microseconds of processor time to write, submit and publish an item that nobody follows.
async fn publishing_alone() -> Result<f64> {
    let house = house("agenda")?;
    let pid = house.node.pid().context("the node runs")?;
    let before = time_of(pid)?;
    for number in 0..ITEMS {
        house.publish("agenda", number).await?;
    }
    Ok(each(time_of(pid)? - before, ITEMS))
}
