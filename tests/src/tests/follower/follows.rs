//! A Follow is accepted, and items come as Create, Update and Delete until it is undone.

use super::{Desk, SERVICE};
use crate::page;
use crate::until::SOON;
use anyhow::{Context, Result};
use maillage_test_peer::{Actor, Peer, Scheme, Style};
use serde_json::Value;

/// Mastodon and GoToSocial, a small server with a PKCS#1 key, and one that signs by RFC 9421.
fn styles() -> [(&'static str, Style); 4] {
    [
        ("reader", Style::mastodon()),
        ("second", Style::gotosocial()),
        ("robot", Style::small_service()),
        ("moderne", Style { scheme: Scheme::Rfc9421, ..Style::mastodon() }),
    ]
}

#[test]
fn accounts_of_other_software_follow_a_service() {
    crate::scene::play(async {
        let desk = Desk::start().await?;
        check_actor(&desk.service);
        let mut followers: Vec<(Peer, Actor, Value)> = Vec::new();
        for (name, style) in styles() {
            let peer = Peer::start()?;
            let actor = peer.actor(name, style)?;
            let follow = desk.followed_by(&peer, &actor).await.context(name)?;
            followers.push((peer, actor, follow));
        }
        let listed = desk.node.admin()?.all(&format!("/services/{SERVICE}/followers")).await?;
        assert_eq!(listed.len(), followers.len(), "{listed:?}");
        let item = desk.publish("Un forum à Nevers").await?;
        for (peer, actor, _) in &followers {
            let create = peer.wait_for("Create", &item.uri, SOON).await?;
            desk.check(&create, "Create")?;
            check_article(&desk, &create.activity, &item.title);
            // What is sent is what is found at its address, by a signed fetch as by any other.
            let (status, document) = actor.fetch(&item.uri).await?;
            assert_eq!((status, &document["content"]), (200, &create.activity["object"]["content"]));
        }
        let corrected = desk.correct(&item, "Un forum à Nevers, le 14 mars").await?;
        for (peer, _, _) in &followers {
            let update = peer.wait_for("Update", &item.uri, SOON).await?;
            desk.check(&update, "Update")?;
            check_article(&desk, &update.activity, &corrected.title);
        }
        desk.moderator.step(&item.id, "withdraw", "Annulé").await?;
        for (peer, actor, _) in &followers {
            let delete = peer.wait_for("Delete", &item.uri, SOON).await?;
            desk.check(&delete, "Delete")?;
            assert_eq!(delete.activity["object"]["type"], "Tombstone");
            let (status, tombstone) = actor.fetch(&item.uri).await?;
            assert_eq!((status, &tombstone["type"]), (410, &Value::from("Tombstone")));
            let order: Vec<String> = peer.received().iter().map(|one| one.kind().to_owned()).collect();
            assert_eq!(order, ["Accept", "Create", "Update", "Delete"]);
        }
        unfollowing_stops_it(&desk, &followers).await
    });
}

/// The first undoes its Follow with the Follow inside, as Mastodon does; the others still get the
/// next item, and it gets nothing.
async fn unfollowing_stops_it(desk: &Desk, followers: &[(Peer, Actor, Value)]) -> Result<()> {
    let (first, others) = followers.split_first().context("a follower")?;
    assert_eq!(first.1.post(desk.inbox(), &first.1.undo(&first.2)).await?, 202);
    let item = desk.publish("Une autre nouvelle").await?;
    for (peer, _, _) in others {
        peer.wait_for("Create", &item.uri, SOON).await?;
    }
    assert!(first.0.received().iter().all(|one| one.object_id() != item.uri));
    let listed = desk.node.admin()?.all(&format!("/services/{SERVICE}/followers")).await?;
    assert_eq!(listed.len(), others.len(), "{listed:?}");
    Ok(())
}

/// What Mastodon, GoToSocial and Mobilizon need of an actor.
fn check_actor(actor: &Value) {
    assert_eq!(actor["type"], "Service");
    assert_eq!(actor["preferredUsername"], SERVICE);
    for name in ["inbox", "outbox", "followers", "following", "featured", "url", "summary", "published"] {
        assert!(actor[name].is_string(), "{name}: {actor}");
    }
    assert!(actor["endpoints"]["sharedInbox"].is_string());
    assert_eq!(actor["publicKey"]["owner"], actor["id"]);
    assert!(
        actor["publicKey"]["publicKeyPem"]
            .as_str()
            .unwrap_or_default()
            .starts_with("-----BEGIN PUBLIC KEY-----")
    );
    assert_eq!((&actor["discoverable"], &actor["manuallyApprovesFollowers"]), (&true.into(), &false.into()));
    assert_ne!(actor["id"], actor["url"]);
    assert!(
        actor["attachment"]
            .as_array()
            .is_some_and(|rows| rows.iter().all(|row| row["type"] == "PropertyValue"))
    );
}

/// What they need of an article (FEDERATION.md).
fn check_article(desk: &Desk, activity: &Value, title: &str) {
    let object = &activity["object"];
    assert_eq!((&object["type"], &object["name"]), (&"Article".into(), &title.into()), "{object}");
    assert_eq!((&object["attributedTo"], &activity["actor"]), (&desk.actor().into(), &desk.actor().into()));
    let public = "https://www.w3.org/ns/activitystreams#Public";
    for part in [activity, object] {
        assert_eq!(part["to"], serde_json::json!([public]));
        assert_eq!(part["cc"], serde_json::json!([desk.service["followers"]]));
    }
    assert_eq!(object["contentMap"], serde_json::json!({ "fr": object["content"] }));
    assert!(
        object["summary"]
            .as_str()
            .is_some_and(|text| (1..=500).contains(&text.chars().count()) && !text.contains('<'))
    );
    assert!(object["published"].as_str() <= object["updated"].as_str(), "{object}");
    assert_ne!(object["id"], object["url"]);
    let tags: Vec<&str> =
        object["tag"].as_array().into_iter().flatten().filter_map(|tag| tag["name"].as_str()).collect();
    assert!(tags.contains(&"#Emploi") && tags.contains(&"#Nevers"), "{tags:?}");
    assert!(object["attachment"].is_array());
}

#[test]
fn one_shared_inbox_is_written_to_once() {
    crate::scene::play(async {
        let desk = Desk::start().await?;
        let peer = Peer::start()?;
        for name in ["reader", "second", "third"] {
            let actor = peer.actor(name, Style::mastodon())?;
            desk.followed_by(&peer, &actor).await?;
        }
        let item = desk.publish("Une seule fois").await?;
        peer.wait_for("Create", &item.uri, SOON).await?;
        let last = desk.publish("La suivante").await?;
        peer.wait_for("Create", &last.uri, SOON).await?;
        let creates: Vec<_> = peer.received().into_iter().filter(|one| one.kind() == "Create").collect();
        let to: Vec<(&str, &str)> =
            creates.iter().map(|one| (one.object_id(), one.message.target.as_str())).collect();
        assert_eq!(to, [(item.uri.as_str(), "/inbox"), (last.uri.as_str(), "/inbox")]);
        Ok(())
    });
}

#[test]
fn an_outbox_holds_what_was_published() {
    crate::scene::play(async {
        let desk = Desk::start().await?;
        let peer = Peer::start()?;
        let reader = peer.actor("lectrice", Style::mastodon())?;
        let mut expected = Vec::new();
        for number in 1..=45 {
            expected.insert(0, desk.publish(&format!("Nouvelle {number}")).await?.uri);
        }
        let (_, outbox) = reader.fetch(desk.service["outbox"].as_str().unwrap_or_default()).await?;
        assert_eq!((&outbox["type"], &outbox["totalItems"]), (&"OrderedCollection".into(), &45.into()));
        let (mut found, mut next) = (Vec::new(), outbox["first"].as_str().map(str::to_owned));
        while let Some(address) = next {
            let (_, page) = reader.fetch(&address).await?;
            let items = page["orderedItems"].as_array().context("items")?;
            assert!(items.iter().all(|item| item["type"] == "Create" && item["object"].is_object()));
            found.extend(
                items.iter().map(|item| item["object"]["id"].as_str().unwrap_or_default().to_owned()),
            );
            next = page["next"].as_str().map(str::to_owned);
            assert!(found.len() <= expected.len(), "the pages go round in a circle");
        }
        assert_eq!(found, expected);
        // The page for people is another one.
        let page = page::open(desk.actor()).await?;
        assert_eq!(page.url.as_str(), desk.service["url"].as_str().unwrap_or_default());
        Ok(())
    });
}
