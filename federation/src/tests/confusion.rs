//! Something else in every place of every activity: an object, a list, null, a number, a truth value,
//! a text. Each is answered 202 or 4xx, and nothing breaks.

use super::items::{activity, document, follow, news, note};
use super::peer::{Peer, remote};
use super::world::World;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::testing::{TestDatabase, on_both_databases};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is put in the place of something.
fn others() -> Vec<Value> {
    vec![
        json!({}),
        json!({ "id": { "id": "x" }, "type": ["Note"] }),
        json!([]),
        json!([[], {}, null, 1, "x"]),
        json!(null),
        json!(-1),
        json!(1.5e300),
        json!(i64::MAX),
        json!(true),
        json!(""),
        json!("x"),
        json!("http://["),
        json!("2026-13-45T99:99:99Z"),
        json!("-9999-01-01T00:00:00Z"),
    ]
}

/// Every place in a document, as a JSON pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(map) => {
            map.iter().map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(values) => {
            values.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (name, value) in inside {
        let at = format!("{at}/{name}");
        places(value, &at, found);
        found.push(at);
    }
}

/// Every document that comes of this one by one such change, with what was changed.
pub fn confused(document: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    places(document, "", &mut found);
    let mut all = Vec::new();
    for place in found {
        for other in others() {
            let mut changed = document.clone();
            *changed.pointer_mut(&place).unwrap() = other.clone();
            all.push((format!("{place} = {other}"), changed));
        }
        // And without it.
        let mut changed = document.clone();
        let (parent, name) = place.rsplit_once('/').unwrap();
        if let Some(Value::Object(map)) = changed.pointer_mut(parent) {
            map.remove(name);
            all.push((format!("without {place}"), changed));
        }
    }
    all
}

on_both_databases!(
    async fn every_activity_withstands_it(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "veille", Visibility::Public).await;
        let alice = peer.remote("alice");
        let asked = follow(&world, "veille", &alice, TrustLevel::Publish, true).await;
        let service = world.actor_of("veille").await;
        world.publish("veille", news("Le nôtre")).await;
        // An item of ours, as another node of our kind would send it.
        let mut item = document(&world, "veille").await;
        item["id"] = peer.url("/alice/o/1").into();
        item["url"] = peer.url("/alice/fiches/1").into();
        item["attributedTo"] = alice.uri.clone().into();
        item.as_object_mut().unwrap().remove("@context");
        let id = item["id"].clone();
        let follow_object = json!({ "id": format!("{}#f", alice.uri), "type": "Follow", "actor": alice.uri, "object": service });
        let activities = [
            activity("Follow", "x", &alice, json!(service)),
            activity("Undo", "x", &alice, follow_object),
            activity("Undo", "x", &alice, json!({ "id": format!("{}#a", alice.uri), "type": "Announce", "actor": alice.uri, "object": id })),
            activity("Accept", "x", &alice, json!({ "id": asked, "type": "Follow", "actor": world.url("/a/x"), "object": alice.uri })),
            activity("Reject", "x", &alice, json!(asked)),
            activity("Accept", "x", &alice, json!(asked)),
            activity("Create", "x", &alice, item.clone()),
            activity("Update", "x", &alice, item),
            activity("Update", "x", &alice, json!({ "id": alice.uri, "type": "Service" })),
            activity("Announce", "x", &alice, json!({ "id": peer.url("/bob/notes/1"), "type": "Note" })),
            activity("Delete", "x", &alice, json!({ "id": peer.url("/alice/notes/9"), "type": "Tombstone" })),
        ];
        let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
        let mut number = 0;
        for whole in activities {
            for (what, mut changed) in confused(&whole) {
                number += 1;
                if changed["id"] == whole["id"] {
                    changed["id"] = format!("{}#{number}", alice.uri).into();
                }
                world.clock.pass(31);
                let status = world.receive(changed).await.map_or_else(|error| error.status(), |()| 202);
                assert!(matches!(status, 202 | 400 | 403 | 404 | 429), "{} with {what}: {status}", whole["type"]);
                *statuses.entry(status).or_default() += 1;
            }
        }
        assert!(statuses[&202] > 100 && statuses[&400] > 100, "{statuses:?}");
        // It all works still.
        let last = activity("Create", "last", &alice, note(&alice, "last", "Enfin"));
        world.receive(last).await.unwrap();
        assert!(world.shown("veille").await.contains(&"Enfin".to_owned()));
    }
);

#[tokio::test]
async fn documents_of_actors_withstand_it() {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    let peer = Peer::start().await;
    let (mut read, mut refused) = (0, 0);
    let whole = {
        let mut whole = peer.actor("alice");
        whole["url"] = json!([{ "type": "Link", "href": peer.url("/@alice") }]);
        whole["summary"] = json!("<p>Bonjour</p>");
        whole
    };
    for (what, changed) in confused(&whole) {
        let Some(Ok(final_url)) = changed["id"].as_str().map(url::Url::parse) else { continue };
        let document = crate::net::JsonDocument {
            raw: changed.to_string().into_bytes().into(),
            value: changed,
            final_url,
        };
        match crate::objects::remote_actor::read(&document, None) {
            Ok(actor) => {
                read += 1;
                assert!(
                    actor.inbox.starts_with(&peer.base) && !actor.public_key.is_empty(),
                    "{what}: {actor:?}"
                );
                world.app().keep_actor(actor).await.unwrap_or_else(|error| panic!("{what}: {error}"));
            }
            Err(_) => refused += 1,
        }
    }
    assert!(read > 50 && refused > 50, "{read} {refused}");
    assert_eq!(remote(&whole).url.as_deref(), Some(peer.url("/@alice").as_str()));
}
