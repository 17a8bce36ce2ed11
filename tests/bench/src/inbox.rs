//! Processor time of an accepted activity against one verification and one commit.

use crate::processor::{each, time_of};
use crate::report::Report;
use crate::unit;
use crate::world::house;
use anyhow::{Context, Result, ensure};
use futures_util::{StreamExt, stream};
use maillage_test_peer::{Actor, Message, Peer, Style};
use maillage_tests::until::until;
use serde_json::json;
use std::time::Duration;

/// Activities that are sent, each a new item of a followed actor.
const ACTIVITIES: usize = 1_500;
/// How many are on their way at once, as when a server has several workers.
const AT_ONCE: usize = 8;
const PATIENCE: Duration = Duration::from_secs(60);

/// Measures accepted activities: each is guarded, verified, understood, decided on by the rules of
/// a subscription, and stored.
///
/// # Errors
/// Those of the node or the peer.
pub async fn measure(report: &mut Report) -> Result<()> {
    let (_, verification) = unit::signature_and_verification()?;
    let commit = unit::commit().await?;
    let house = house("agenda")?;
    let pid = house.node.pid().context("the node runs")?;
    let peer = Peer::start()?;
    let actor = peer.actor("gazette", Style::small_service())?;
    house.node.done(&["subscribe", "--to", "agenda", "--trust", "publish", &actor.handle()])?;
    let inbox = format!("{}/inbox", house.node.base());
    accept(&peer, &actor, &inbox).await?;
    let activities: Vec<_> = (0..ACTIVITIES)
        .map(|number| {
            let note =
                actor.note(&format!("<p>Un forum des métiers se tient à Nevers, séance {number}.</p>"));
            actor.create(&note)
        })
        .collect();
    let messages: Vec<Message> =
        activities.iter().map(|activity| actor.message(&inbox, activity)).collect::<Result<_>>()?;
    let client = reqwest::Client::builder().no_proxy().build()?;
    let before = time_of(pid)?;
    let mut sent =
        stream::iter(messages).map(|message| send(&client, &inbox, message)).buffer_unordered(AT_ONCE);
    while let Some(status) = sent.next().await {
        let status = status?;
        ensure!(status == 202, "an activity was answered {status}");
    }
    let spent = each(time_of(pid)? - before, ACTIVITIES);
    let taken = house.reader.all("/services/agenda/items?state=published").await?.len();
    ensure!(taken == ACTIVITIES, "{taken} items were taken of {ACTIVITIES}");
    report.ratio(
        "CPU of an inbox activity ÷ (one verification + one commit)",
        spent / (verification + commit),
        "at most 5",
        format!("{spent:.0} µs ÷ ({verification:.0} + {commit:.0}) µs, {ACTIVITIES} new items taken by rule, {AT_ONCE} at once"),
    );
    Ok(())
}

/// Sends a signed activity over a connection that is kept; the status of the answer.
async fn send(client: &reqwest::Client, inbox: &str, message: Message) -> Result<u16> {
    let mut request = client.post(inbox);
    for (name, value) in message.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host")) {
        request = request.header(name, value);
    }
    Ok(request.body(message.body).send().await?.status().as_u16())
}

/// Waits for the node's Follow and accepts it.
async fn accept(peer: &Peer, actor: &Actor, inbox: &str) -> Result<()> {
    let follow = peer.wait_for("Follow", &actor.id(), PATIENCE).await?.activity;
    let accept = json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{}#accepts/1", actor.id()),
        "type": "Accept",
        "actor": actor.id(),
        "object": follow,
    });
    let status = actor.post(inbox, &accept).await?;
    ensure!(status == 202, "the Accept was answered {status}");
    // The outbox is read back once, before anything is measured.
    until("the outbox was looked at", PATIENCE, async || {
        Ok(peer.seen().iter().any(|seen| seen.message.target.contains("outbox")).then_some(()))
    })
    .await
}
