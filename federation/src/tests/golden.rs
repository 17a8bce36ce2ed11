//! Every document that the node sends, compared as JSON with one that was looked at and kept in
//! `fixtures/golden`. After a change on purpose, `MAILLAGE_WRITE_GOLDEN=1 cargo test -p
//! maillage-federation golden` writes them anew, and the difference is looked at.

use super::items::{activity, all, document, follow, news, node_with_all, note};
use super::peer::remote;
use super::world::World;
use crate::activities::outgoing::written;
use crate::objects::context;
use crate::objects::vocabulary::context_document;
use maillage_app::caller::Caller;
use maillage_app::inbound::RemoteActor;
use maillage_app::service::ServiceForm;
use maillage_domain::service::{Charter, Visibility};
use maillage_domain::subscription::TrustLevel;
use maillage_domain::workflow::Transition;
use maillage_store::testing::{TestDatabase, on_both_databases};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Compares a document with the kept one.
pub fn compare(name: &str, document: &Value) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/golden").join(format!("{name}.json"));
    let document = normal(document);
    if std::env::var_os("MAILLAGE_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, format!("{:#}\n", document)).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let kept: Value = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept, document, "{name} is not what it was: {document:#}");
}

/// The document with ids in their order of appearance, and keys by name: what differs in each run.
fn normal(document: &Value) -> Value {
    let mut seen: Vec<String> = Vec::new();
    let text = sorted(document).to_string();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let length = here.find(|c: char| !(c.is_ascii_hexdigit() || c == '-')).unwrap_or(here.len());
        let (word, after) = here.split_at(length);
        match uuid::Uuid::try_parse(word) {
            Ok(_) if word.len() == 36 => {
                let number = seen.iter().position(|one| one == word).unwrap_or_else(|| {
                    seen.push(word.to_owned());
                    seen.len() - 1
                });
                out.push_str(&format!("uid-{}", number + 1));
            }
            _ => out.push_str(word),
        }
        rest = after;
    }
    out.push_str(rest);
    serde_json::from_str(&out).unwrap()
}

/// The same with its keys in order, and without what is the same in all.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut names: Vec<&String> = map.keys().collect();
            names.sort();
            names.into_iter().map(|name| (name.clone(), known(name, &map[name]))).collect()
        }
        Value::Array(values) => values.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

fn known(name: &str, value: &Value) -> Value {
    match name {
        "@context" if *value == context() => json!("as in context.json"),
        "publicKeyPem" => {
            assert!(value.as_str().is_some_and(|pem| pem.starts_with("-----BEGIN PUBLIC KEY-----")));
            json!("PEM")
        }
        _ => sorted(value),
    }
}

/// What is told of the events that are pending, which then count as told.
async fn told(world: &World) -> Vec<Value> {
    let mut told = Vec::new();
    for event in world.app().pending_events(100).await.unwrap() {
        let activity = written(world.app(), &event).await.unwrap();
        told.extend(activity.iter().map(|one| serde_json::from_str(&one.body).unwrap()));
        world.app().fan_out(event.id, activity.into_iter().collect()).await.unwrap();
    }
    told
}

async fn only(world: &World) -> Value {
    let mut all = told(world).await;
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

/// An actor elsewhere.
pub fn stranger() -> RemoteActor {
    let key = crate::guard::tests::key("https://elsewhere.example/source").public_key_pem().unwrap();
    remote(&json!({
        "id": "https://elsewhere.example/source",
        "type": "Service",
        "preferredUsername": "source",
        "inbox": "https://elsewhere.example/source/inbox",
        "outbox": "https://elsewhere.example/source/outbox",
        "followers": "https://elsewhere.example/source/followers",
        "publicKey": {
            "id": "https://elsewhere.example/source#main-key",
            "owner": "https://elsewhere.example/source",
            "publicKeyPem": key,
        },
    }))
}

on_both_databases!(
    async fn items_of_every_type(db) {
        let world = World::offline(db).await;
        node_with_all(&world).await;
        for (_, slug, _) in all() {
            compare(&format!("item-{slug}"), &document(&world, &slug).await);
        }
    }
);

#[tokio::test]
async fn every_activity_that_is_sent() {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    world.service("news", "actualites", Visibility::Public).await;
    let reader = world.app().keep_actor(stranger()).await.unwrap();
    let service = world.actor_of("actualites").await;
    let ask = json!({ "id": "https://elsewhere.example/f/1", "type": "Follow", "actor": reader.uri, "object": service });
    world.receive(ask).await.unwrap();
    compare("accept", &only(&world).await);

    let entry = world.publish("actualites", news("Un forum à Nevers")).await;
    compare("create", &only(&world).await);
    world.clock.pass(60);
    world.correct(&entry, news("Un forum à Cosne")).await;
    compare("update", &only(&world).await);
    world.clock.pass(60);
    world.step(&entry.uid, Transition::Withdraw).await;
    compare("delete", &only(&world).await);

    let form = ServiceForm {
        title: "Actualités".to_owned(),
        visibility: None,
        charter: Charter { purpose: "Autre chose".to_owned(), ..Charter::default() },
        self_validation: false,
    };
    world.app().change_service(&Caller::Node, "actualites", form).await.unwrap();
    compare("update-actor", &only(&world).await);

    follow(&world, "actualites", &stranger(), TrustLevel::Announce, true).await;
    compare("follow", &only(&world).await);
    let theirs = note(&stranger(), "1", "Ailleurs");
    world.receive(activity("Create", "c1", &stranger(), theirs.clone())).await.unwrap();
    compare("announce", &only(&world).await);
    world.receive(activity("Delete", "d1", &stranger(), theirs["id"].clone())).await.unwrap();
    compare("undo-announce", &only(&world).await);

    let subscription = world.read(|reads| Ok(reads.subscriptions(None)?.remove(0).subscription.uid)).await;
    world.app().unsubscribe(&Caller::Node, &subscription).await.unwrap();
    compare("undo-follow", &only(&world).await);
    let follower = world.read(|reads| {
        let service = reads.service("actualites")?.id;
        Ok(reads.followers(service)?.remove(0).follower.uid)
    });
    world.app().reject_follower(&Caller::Node, &follower.await).await.unwrap();
    compare("reject", &only(&world).await);
}

#[test]
fn the_context_of_the_extension() {
    compare("context", &context_document());
}
