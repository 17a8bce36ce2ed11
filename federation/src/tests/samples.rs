//! What other software really sends, where the samples are at hand: each gets the answer written down
//! in `fixtures/samples.json`, and nothing wrong is stored. They hold other people's texts and are
//! read where they lie; the table here has their file names alone. `MAILLAGE_WRITE_GOLDEN=1` writes
//! it anew.

use super::world::World;
use crate::discovery::link_to_actor;
use crate::guard::parse_strict;
use crate::net::JsonDocument;
use crate::objects::{id_of, many, remote_actor};
use maillage_app::inbound::RemoteActor;
use maillage_app::outbound::host_of;
use maillage_domain::service::Visibility;
use maillage_domain::subscription::TrustLevel;
use maillage_store::testing::TestDatabase;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use url::Url;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "json") {
            found.push(path);
        }
    }
    found.sort();
}

/// An actor of whom only the id matters.
fn known(uri: &str) -> RemoteActor {
    RemoteActor {
        uri: uri.to_owned(),
        inbox: format!("{uri}/inbox"),
        followers: Some(format!("{uri}/followers")),
        key_id: format!("{uri}#main-key"),
        host: host_of(uri),
        shared_inbox: None,
        outbox: None,
        ..super::golden::stranger()
    }
}

/// The activity that a sample is, or that would bring it.
fn as_activity(sample: &Value) -> Option<Value> {
    let actor = sample.get("actor").and_then(id_of);
    if actor.is_some() && sample.get("object").is_some() {
        return Some(sample.clone());
    }
    if remote_actor::is_actor(sample) {
        return None;
    }
    let owner = many(sample.get("attributedTo")).into_iter().find_map(id_of)?;
    let id = sample.get("id").and_then(Value::as_str)?;
    let mut object = sample.clone();
    object.as_object_mut()?.remove("@context");
    Some(json!({ "id": format!("{id}#create"), "type": "Create", "actor": owner, "object": object }))
}

/// What becomes of one sample, in a node that follows everybody concerned.
async fn fate(world: &World, sample: &Value) -> String {
    if let Some(activity) = as_activity(sample) {
        let actor = activity.get("actor").and_then(id_of).unwrap_or_default().to_owned();
        let before: Vec<String> =
            world.entries("veille").await.into_iter().map(|view| view.item.uri).collect();
        if Url::parse(&actor).is_ok() && world.app().known_actor(&actor).await.is_err() {
            super::items::follow(world, "veille", &known(&actor), TrustLevel::Publish, true).await;
        }
        let status = world.receive(activity.clone()).await.map_or_else(|error| error.status(), |()| 202);
        let changes_itself =
            activity["type"] == "Update" && activity.get("object").and_then(id_of) == Some(&actor);
        assert!(matches!(status, 202 | 400 | 403 | 404) || changes_itself, "{status}: {activity:#}");
        let mut fate = status.to_string();
        for view in world.entries("veille").await.into_iter().filter(|view| !before.contains(&view.item.uri))
        {
            let object = &activity["object"];
            assert_eq!(Some(view.item.uri.as_str()), object["id"].as_str());
            assert_eq!(view.origin.uri, actor);
            assert_eq!(view.item.visibility, "public");
            let shown =
                format!("{} {} {}", view.item.title, view.item.summary, view.item.content).to_lowercase();
            assert!(!view.item.title.is_empty() && !view.item.title.contains('<'), "{}", view.item.title);
            assert!(
                !shown.contains("<script") && !shown.contains("javascript:") && !shown.contains(" onerror"),
                "{shown}"
            );
            assert!(object.get("inReplyTo").is_none_or(Value::is_null), "a reply is shown");
            fate.push_str(&format!(" {}", view.item.type_slug));
        }
        return fate;
    }
    if sample.get("links").is_some() && sample.get("subject").is_some() {
        let link = link_to_actor(sample.to_string().as_bytes());
        return if link.is_some() { "leads to an actor".into() } else { "leads nowhere".into() };
    }
    match sample["id"].as_str().map(Url::parse) {
        Some(Ok(final_url)) if remote_actor::is_actor(sample) => {
            let raw = sample.to_string().into_bytes().into();
            match remote_actor::read(&JsonDocument { value: sample.clone(), raw, final_url }, None) {
                Ok(actor) => format!("actor {}", actor.kind),
                Err(reason) => format!("no actor: {reason}"),
            }
        }
        _ => "nothing for us".into(),
    }
}

#[tokio::test]
async fn every_sample_has_its_answer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/activitypub");
    let mut found = Vec::new();
    files(&root, &mut found);
    if found.is_empty() {
        eprintln!("the samples of other software are not at hand: {} is absent", root.display());
        return;
    }
    assert!(found.len() > 100, "{} samples", found.len());
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    world.service("news", "veille", Visibility::Public).await;
    let mut fates: BTreeMap<String, String> = BTreeMap::new();
    for path in found {
        let name = path.strip_prefix(&root).unwrap().display().to_string();
        let fate = match parse_strict(&std::fs::read(&path).unwrap()) {
            Ok(sample) => fate(&world, &sample).await,
            Err(fault) => format!("400: {fault}"),
        };
        fates.insert(name, fate);
    }
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/samples.json");
    if std::env::var_os("MAILLAGE_WRITE_GOLDEN").is_some() {
        std::fs::write(&table, format!("{:#}\n", json!(fates))).unwrap();
    }
    let kept: BTreeMap<String, String> =
        serde_json::from_str(&std::fs::read_to_string(&table).unwrap()).unwrap();
    let differs: Vec<String> = fates
        .iter()
        .filter(|(name, fate)| kept.get(*name) != Some(*fate))
        .map(|(name, fate)| format!("{name}: {fate} instead of {:?}", kept.get(name)))
        .collect();
    assert!(differs.is_empty(), "{}", differs.join("\n"));
}
