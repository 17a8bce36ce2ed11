//! Deliveries to servers that answer in every way: nothing is lost, and the order is kept.

use super::Desk;
use crate::api::Api;
use crate::until::{SOON, until};
use anyhow::{Context, Result, bail};
use maillage_test_peer::{Peer, Received, Reply, Scheme, Style};
use serde_json::{Value, json};
use std::time::Duration;

/// The deliveries to a host, in the state given.
async fn deliveries(api: &Api, host: &str, state: &str) -> Result<Vec<Value>> {
    let host: String = host.replace(':', "%3A");
    api.all(&format!("/deliveries?host={host}&state={state}")).await
}

/// Has the first waiting delivery tried again.
async fn retry_first(api: &Api, host: &str) -> Result<()> {
    let waiting = deliveries(api, host, "due").await?;
    // Lists begin with the latest.
    let first = waiting.iter().min_by_key(|one| one["created_at"].to_string()).context("nothing waits")?;
    let id = first["id"].as_str().context("a delivery has an id")?;
    api.request(reqwest::Method::POST, &format!("/deliveries/{id}/retry"), Some(json!({}))).await?.ok()?;
    Ok(())
}

fn about<'a>(received: &'a [Received], uri: &str) -> Vec<&'a Received> {
    received.iter().filter(|one| one.object_id() == uri).collect()
}

#[test]
fn a_failing_server_gets_everything_in_order_when_it_is_well() {
    crate::scene::play(async {
        let desk = Desk::start().await?;
        let admin = desk.node.admin()?;
        let peer = Peer::start()?;
        let actor = peer.actor("reader", Style::mastodon())?;
        desk.followed_by(&peer, &actor).await?;
        peer.answer_inbox([Reply::status(500), Reply::status(502)]);
        let first = desk.publish("La première").await?;
        let waiting = until("the failure is written down", SOON, async || {
            let waiting = deliveries(&admin, peer.host(), "due").await?;
            Ok(waiting.into_iter().find(|one| one["attempts"] == 1))
        })
        .await?;
        assert_eq!(waiting["last_status"], 500, "{waiting}");
        // What comes later waits behind it, and so does what is about it.
        let second = desk.publish("La deuxième").await?;
        let corrected = desk.correct(&first, "La première, corrigée").await?;
        until("three deliveries wait", SOON, async || {
            Ok((deliveries(&admin, peer.host(), "due").await?.len() == 3).then_some(()))
        })
        .await?;
        assert_eq!(peer.received().len(), 2, "only the Accept and the failed Create were sent");
        retry_first(&admin, peer.host()).await?;
        until("the second failure is written down", SOON, async || {
            let waiting = deliveries(&admin, peer.host(), "due").await?;
            Ok(waiting.iter().any(|one| one["attempts"] == 2 && one["last_status"] == 502).then_some(()))
        })
        .await?;
        retry_first(&admin, peer.host()).await?;
        peer.wait_for("Update", &first.uri, SOON).await?;
        let taken: Vec<(String, String)> = peer
            .received()
            .iter()
            .filter(|one| one.is_taken())
            .map(|one| (one.kind().to_owned(), one.object_id().to_owned()))
            .collect();
        let sent = |kind: &str, uri: &str| (kind.to_owned(), uri.to_owned());
        assert_eq!(
            taken[1..],
            [sent("Create", &first.uri), sent("Create", &second.uri), sent("Update", &first.uri)]
        );
        let last = peer.received().last().map(|one| one.activity["object"]["name"].clone());
        assert_eq!(last, Some(corrected.title.into()));
        until("nothing waits any more", SOON, async || {
            Ok(deliveries(&admin, peer.host(), "due").await?.is_empty().then_some(()))
        })
        .await?;
        assert_eq!(deliveries(&admin, peer.host(), "delivered").await?.len(), 4);
        Ok(())
    });
}

#[test]
fn a_server_that_speaks_again_has_what_waits_for_it() {
    crate::scene::play(async {
        let desk = Desk::start().await?;
        let admin = desk.node.admin()?;
        let peer = Peer::start()?;
        let actor = peer.actor("reader", Style::mastodon())?;
        desk.followed_by(&peer, &actor).await?;
        // Its own next turn would come in an hour.
        peer.answer_inbox([Reply::status(503).header("retry-after", "3600")]);
        let item = desk.publish("Pendant la panne").await?;
        until("the failure is written down", SOON, async || {
            let waiting = deliveries(&admin, peer.host(), "due").await?;
            Ok(waiting.iter().any(|one| one["last_status"] == 503).then_some(()))
        })
        .await?;
        // Nobody tells the node; a signed fetch shows that the server is alive. Once a minute is
        // enough for that, and it has just been heard.
        let outbox = desk.service["outbox"].as_str().unwrap_or_default();
        until("what waited has come", Duration::from_secs(120), async || {
            assert_eq!(actor.fetch(outbox).await?.0, 200);
            let received = peer.received();
            Ok(about(&received, &item.uri).iter().any(|one| one.is_taken()).then_some(()))
        })
        .await
    });
}

#[test]
fn a_server_that_knows_one_scheme_only_is_asked_by_it() {
    crate::scene::play(async {
        let desk = Desk::start().await?;
        let peer = Peer::start()?;
        let actor = peer.actor("reader", Style::mastodon())?;
        desk.followed_by(&peer, &actor).await?;
        peer.demand(Some(Scheme::Rfc9421));
        let schemes = |uri: &str| {
            let received = peer.received();
            let schemes: Vec<(Scheme, u16)> = about(&received, uri)
                .iter()
                .filter_map(|one| one.proof.as_ref().ok().map(|proof| (proof.scheme, one.status)))
                .collect();
            schemes
        };
        let first = desk.publish("À celui qui ne connaît que la norme").await?;
        peer.wait_for("Create", &first.uri, SOON).await?;
        assert_eq!(schemes(&first.uri), [(Scheme::Cavage, 401), (Scheme::Rfc9421, 202)]);
        // The answer is remembered: the next one comes right at once.
        let second = desk.publish("La suivante").await?;
        peer.wait_for("Create", &second.uri, SOON).await?;
        assert_eq!(schemes(&second.uri), [(Scheme::Rfc9421, 202)]);
        Ok(())
    });
}

#[test]
fn an_inbox_that_is_gone_is_forgotten() {
    crate::scene::play(async {
        let desk = Desk::start().await?;
        let admin = desk.node.admin()?;
        let (gone, other) = (Peer::start()?, Peer::start()?);
        for peer in [&gone, &other] {
            let actor = peer.actor("reader", Style::mastodon())?;
            desk.followed_by(peer, &actor).await?;
        }
        gone.answer_inbox([Reply::status(410)]);
        let first = desk.publish("La dernière pour l’un").await?;
        other.wait_for("Create", &first.uri, SOON).await?;
        until("the end is written down", SOON, async || {
            Ok((deliveries(&admin, gone.host(), "gone").await?.len() == 1).then_some(()))
        })
        .await?;
        let second = desk.publish("La suivante pour l’autre").await?;
        other.wait_for("Create", &second.uri, SOON).await?;
        assert!(about(&gone.received(), &second.uri).is_empty());
        assert_eq!(about(&gone.received(), &first.uri).len(), 1);
        Ok(())
    });
}

#[test]
fn a_server_that_asks_for_time_gets_it_and_a_refusal_is_one() {
    crate::scene::play(async {
        let desk = Desk::start().await?;
        let admin = desk.node.admin()?;
        let (busy, strict) = (Peer::start()?, Peer::start()?);
        for peer in [&busy, &strict] {
            let actor = peer.actor("reader", Style::mastodon())?;
            desk.followed_by(peer, &actor).await?;
        }
        busy.answer_inbox([Reply::status(429).header("retry-after", "1800")]);
        strict.answer_inbox([Reply::status(403)]);
        let item = desk.publish("Aux deux").await?;
        let waiting = until("the wait is written down", SOON, async || {
            let waiting = deliveries(&admin, busy.host(), "due").await?;
            Ok(waiting.into_iter().find(|one| one["last_status"] == 429))
        })
        .await?;
        let due = waiting["due_at"].as_str().context("a time")?;
        let wait = chrono::DateTime::parse_from_rfc3339(due)?.timestamp() - chrono::Utc::now().timestamp();
        if !(1700..=1800).contains(&wait) {
            bail!("due in {wait} seconds: {waiting}");
        }
        let refused = until("the refusal is written down", SOON, async || {
            Ok(deliveries(&admin, strict.host(), "refused").await?.into_iter().next())
        })
        .await?;
        assert_eq!(refused["last_status"], 403, "{refused}");
        // It is about that one activity: the next is sent all the same.
        let next = desk.publish("Encore aux deux").await?;
        strict.wait_for("Create", &next.uri, SOON).await?;
        assert!(about(&busy.received(), &next.uri).is_empty(), "what comes later waits behind");
        assert_eq!(about(&busy.received(), &item.uri).len(), 1);
        Ok(())
    });
}
