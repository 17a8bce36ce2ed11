//! A service for partner nodes: a Follow waits for a person, and nothing is shown to anybody else.

use super::Desk;
use crate::until::{SOON, until};
use anyhow::{Context, Result};
use maillage_test_peer::{Peer, Style};
use serde_json::json;

const INNER: &str = "entre-nous";

#[test]
fn a_network_service_is_for_those_who_were_approved() {
    crate::scene::play(async {
        let desk = Desk::start().await?;
        let admin = desk.node.admin()?;
        let made = json!({ "type": "news", "slug": INNER, "title": "Entre nous", "visibility": "network" });
        admin.post("/services", made).await?;
        desk.node.done(&[
            "service",
            "role",
            "--service",
            INNER,
            "--user",
            "redaction@mef58.example",
            "--role",
            "contributor",
        ])?;
        desk.node.done(&[
            "service",
            "role",
            "--service",
            INNER,
            "--user",
            "relecture@mef58.example",
            "--role",
            "moderator",
        ])?;
        let (friend_peer, stranger_peer) = (Peer::start()?, Peer::start()?);
        let friend = friend_peer.actor("noeud", Style::small_service())?;
        let stranger = stranger_peer.actor("curieux", Style::mastodon())?;
        let service = friend.look_up(&desk.node.handle(INNER)).await?;
        assert_eq!(service["manuallyApprovesFollowers"], true);
        let inbox = service["inbox"].as_str().context("an inbox")?;
        let actor = service["id"].as_str().context("an id")?;
        let follow = friend.follow(actor);
        assert_eq!(friend.post(inbox, &follow).await?, 202);
        assert_eq!(stranger.post(inbox, &stranger.follow(actor)).await?, 202);
        let waiting = until("both wait", SOON, async || {
            let all = admin.all(&format!("/services/{INNER}/followers")).await?;
            Ok((all.len() == 2).then_some(all))
        })
        .await?;
        assert!(waiting.iter().all(|one| one["state"] == "pending"), "{waiting:?}");
        assert!(friend_peer.received().is_empty());
        for one in &waiting {
            let answer = if one.to_string().contains(&friend.id()) { "accept" } else { "reject" };
            let id = one["id"].as_str().context("an id")?;
            admin
                .request(reqwest::Method::POST, &format!("/followers/{id}/{answer}"), Some(json!({})))
                .await?
                .ok()?;
        }
        friend_peer.wait_for("Accept", follow["id"].as_str().unwrap_or_default(), SOON).await?;
        stranger_peer
            .wait("a Reject", SOON, |all| {
                all.iter().any(|one| one.kind() == "Reject" && one.is_taken()).then_some(())
            })
            .await?;
        let item = publish(&desk).await?;
        let create = friend_peer.wait_for("Create", &item, SOON).await?;
        let text = create.activity.to_string();
        assert!(!text.contains("activitystreams#Public"), "{text}");
        // Signed by who was approved it is shown; to everybody else it does not exist.
        assert_eq!(friend.fetch(&item).await?.0, 200);
        assert_eq!(stranger.fetch(&item).await?.0, 404);
        assert_eq!(reqwest::get(&item).await?.status().as_u16(), 404);
        let outbox = service["outbox"].as_str().context("an outbox")?;
        let (_, seen) = friend.fetch(&format!("{outbox}?page=1")).await?;
        assert!(seen.to_string().contains(&item), "{seen}");
        let (_, unseen) = stranger.fetch(&format!("{outbox}?page=1")).await?;
        assert!(!unseen.to_string().contains(&item), "{unseen}");
        let anybody = desk.node.anonymous()?;
        assert!(!anybody.get("/items").await?.to_string().contains(&item));
        assert!(stranger_peer.received().iter().all(|one| one.kind() == "Reject"));
        Ok(())
    });
}

async fn publish(desk: &Desk) -> Result<String> {
    let fields = json!({ "titre": "Réservé aux partenaires", "chapo": "Une note interne.", "thematiques": ["emploi"] });
    let draft = desk.author.create(INNER, fields).await?;
    desk.author.step(&draft.id, "submit", "").await?;
    Ok(desk.moderator.step(&draft.id, "publish", "").await?.uri)
}
