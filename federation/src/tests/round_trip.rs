//! What one node of ours writes, another reads as the same: every field of every type.

use super::items::{all, document, latest_item, node_with_all, only_item, sample};
use super::world::World;
use crate::objects::item::item_document;
use crate::objects::remote_item::{NotAnItem, read};
use maillage_app::content::checked;
use maillage_domain::field::Fields;
use maillage_domain::item::ItemCore;
use maillage_domain::service::Visibility;
use maillage_domain::validation::Stage;
use maillage_store::testing::{TestDatabase, on_both_databases};
use serde_json::{Value, json};

on_both_databases!(
    async fn the_whole_record_arrives(db) {
        let world = World::offline(db).await;
        node_with_all(&world).await;
        let registry = world.app().registry().clone();
        for (kind, slug, fields) in all() {
            let ours = only_item(&world, &slug).await;
            let document = document(&world, &slug).await;
            // As text and back, as it travels.
            let document: Value = serde_json::from_str(&document.to_string()).unwrap();
            let read = read(&document, &registry, ours.actor.followers.as_deref()).unwrap();
            let known = registry.get(&kind).unwrap();
            let entered = checked(known, &serde_json::from_value(fields.clone()).unwrap(), Stage::Submission).unwrap();
            assert_eq!(entered.0.len(), fields.as_object().unwrap().len(), "{kind}: a field of the test is not one");
            for field in known.fields.iter().filter(|field| field.kind.is_reference()) {
                // What was typed was a title; what is stored, and travels, is the item's id beside it.
                let stored = ours.fields.references(&field.name);
                assert!(stored.iter().all(|one| world.app().addresses().is_own(&one.uri)), "{kind}: {stored:?}");
                let typed = entered.references(&field.name);
                assert!(typed.iter().zip(&stored).all(|(one, other)| one.name == other.name), "{kind}");
            }
            let plain = |fields: &Fields| {
                let mut plain = fields.clone();
                plain.0.retain(|name, _| !known.field(name).unwrap().kind.is_reference());
                plain
            };
            assert_eq!(plain(&read.fields), plain(&entered), "{kind}");
            assert_eq!(read.fields, ours.fields, "{kind}");
            assert_eq!(read.core, ItemCore::of(known, &ours.fields, &read.frame), "{kind}");
            assert_eq!((&read.type_slug, read.version), (&kind, 1));
            assert_eq!((&read.uri, &read.url), (&ours.item.uri, &ours.item.url));
            assert_eq!(read.organisation, "Maison de l'Emploi de la Nièvre");
            assert_eq!((read.publisher_place.as_str(), read.visibility), ("departement:58", known.widest));
            assert_eq!((read.frame.language.as_str(), read.frame.licence.as_str()), ("fr", "etalab-2.0"));
            assert_eq!(read.frame.timezone, "Europe/Paris");
            assert_eq!(read.published.unwrap().timestamp_millis(), ours.item.published_at.unwrap());
            assert_eq!(read.updated.unwrap().timestamp_millis(), ours.item.updated_at);
            assert_eq!(serde_json::from_str::<Value>(&read.raw).unwrap(), document);
        }
    }
);

/// What is as long and as odd as its type allows arrives as it was entered, too.
#[tokio::test]
async fn what_is_extreme_arrives() {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    node_with_all(&world).await;
    let registry = world.app().registry().clone();
    for (kind, slug, _) in all() {
        world.publish(&slug, sample(&kind, "extreme")).await;
        let ours = latest_item(&world, &slug).await;
        let text = item_document(&ours, &registry, world.app().addresses()).to_string();
        let document: Value = serde_json::from_str(&text).unwrap();
        let read = read(&document, &registry, ours.actor.followers.as_deref()).unwrap();
        assert_eq!(read.fields, ours.fields, "{kind}");
        // Files are sent for an item: attachments.rs has one with some.
        let fields = registry.get(&kind).unwrap().fields.iter().filter(|field| !field.kind.is_attachment());
        assert_eq!(read.fields.0.len(), fields.count(), "{kind}");
    }
}

/// An answer to a message is an item of its service; an answer to anything else is none of ours.
#[tokio::test]
async fn an_answer_to_a_message_arrives() {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    node_with_all(&world).await;
    let registry = world.app().registry().clone();
    let mut answer = sample("partner-messages", "typical");
    answer["fil"] = answer["objet"].clone();
    answer["objet"] = "La salle des Remparts est libre".into();
    world.publish("partner-messages", answer).await;
    let ours = latest_item(&world, "partner-messages").await;
    let mut document = item_document(&ours, &registry, world.app().addresses());
    let parent = ours.fields.references("fil")[0].uri.clone();
    assert_eq!(document["inReplyTo"], parent);
    let followers = ours.actor.followers.as_deref();
    assert_eq!(read(&document, &registry, followers).unwrap().fields.references("fil")[0].uri, parent);
    document["record"]["fields"].as_object_mut().unwrap().remove("fil");
    assert!(matches!(read(&document, &registry, followers), Err(NotAnItem::Other(_))));
}

/// One document of the agenda, and the registry.
async fn event() -> (Value, std::sync::Arc<maillage_domain::registry::Registry>) {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    node_with_all(&world).await;
    (document(&world, "agenda").await, world.app().registry().clone())
}

#[tokio::test]
async fn a_record_of_another_edition_is_used_as_far_as_it_goes() {
    let (event, registry) = event().await;
    // A field that we do not have, or have in another form, is dropped alone.
    let mut newer = event.clone();
    newer["record"]["fields"]["acces"] = json!({ "rampe": true });
    newer["record"]["fields"]["accessibilite"] = json!("elevator");
    newer["record"]["later"] = json!(1);
    let read_as = |document: &Value| read(document, &registry, None).unwrap();
    let mut expected = read_as(&event).fields;
    assert!(expected.0.remove("accessibilite").is_some() && expected.0.len() > 8);
    assert_eq!(read_as(&newer).fields, expected);
    // A type that we do not have is shown as what ActivityStreams says, and is still found.
    let mut unknown = event.clone();
    unknown["record"]["type"] = "salon".into();
    let item = read_as(&unknown);
    assert_eq!((item.type_slug.as_str(), item.fields.0.len()), ("salon", 0));
    assert_eq!((item.core.title.as_str(), item.core.themes.len()), ("Forum des métiers", 1));
    assert_eq!(item.core.held[0].to_string(), "commune:58194");
    assert_eq!(item.core.starts_at, read_as(&event).core.starts_at);
    assert_eq!(item.version, 1);
    // A form that we do not know is no record.
    let mut other = event.clone();
    other["record"]["form"] = 2.into();
    let item = read_as(&other);
    assert_eq!((item.type_slug.as_str(), item.version, item.fields.0.len()), ("agenda", 0, 0));
    // Numbers beyond all measure do not lock an item for ever.
    let mut high = event.clone();
    high["record"]["version"] = i64::MAX.into();
    assert_eq!(read_as(&high).version, i64::from(u32::MAX));
    let mut many = event.clone();
    many["record"]["type"] = "salon".into();
    many["record"]["themes"] = (0..10_000).map(|n| json!(format!("t{n}"))).collect();
    assert_eq!(read_as(&many).core.themes.len(), 50);
}

#[tokio::test]
async fn what_is_not_for_us_is_left_alone() {
    let (event, registry) = event().await;
    let owner = event["attributedTo"].as_str().unwrap().to_owned();
    let followers = format!("{owner}/followers");
    let left = |document: &Value, followers: Option<&str>| match read(document, &registry, followers) {
        Err(NotAnItem::Other(reason)) => reason,
        other => panic!("{other:?}"),
    };
    let mut reply = event.clone();
    reply["inReplyTo"] = "https://elsewhere.example/1".into();
    assert_eq!(left(&reply, None), "a reply");
    let mut direct = event.clone();
    direct["to"] = json!(["https://elsewhere.example/somebody"]);
    direct["cc"] = json!([]);
    assert_eq!(left(&direct, Some(&followers)), "addressed to some alone");
    direct["to"] = json!([followers]);
    assert_eq!(read(&direct, &registry, Some(&followers)).unwrap().visibility, Visibility::Network);
    assert_eq!(left(&direct, None), "addressed to some alone");
    direct["cc"] = "as:Public".into();
    assert_eq!(read(&direct, &registry, None).unwrap().visibility, Visibility::Public);
    let mut tombstone = event.clone();
    tombstone["type"] = "Tombstone".into();
    assert_eq!(left(&tombstone, None), "an object of type Tombstone");
}
