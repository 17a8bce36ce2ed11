//! Items with pictures and files: how other software is told of them, and how they are read again.

use super::golden::compare;
use super::items::{agenda, latest_item, news, node_with_all};
use super::world::World;
use crate::objects::item::item_document;
use crate::objects::remote_item::read;
use maillage_app::caller::Caller;
use maillage_app::entry::ItemForm;
use maillage_app::media::SentFile;
use maillage_app::setup::AccountForm;
use maillage_domain::attachment::Attachment;
use maillage_domain::role::Role;
use maillage_domain::workflow::Transition;
use maillage_store::testing::TestDatabase;
use serde_json::{Value, json};

/// A GIF of one pixel.
const PICTURE: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\x01\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

async fn author(world: &World, service: &str) -> Caller {
    let form = AccountForm {
        email: "images@mef58.example".to_owned(),
        display_name: "Images".to_owned(),
        password: "un assez long mot de passe".to_owned(),
    };
    // Of the second service of a test it is there already.
    let _ = world.app().add_account(&Caller::Node, form, None, false).await;
    let role = Some(Role::Contributor);
    world.app().set_role(&Caller::Node, service, "images@mef58.example", role).await.unwrap();
    world.app().account_caller("images@mef58.example").await.unwrap()
}

/// Publishes an item with a picture and a file.
async fn published(world: &World, service: &str, mut fields: Value) {
    let author = author(world, service).await;
    for (field, name, bytes, said) in [
        ("images", "forum.gif", PICTURE, "L'entrée du forum"),
        ("pieces_jointes", "programme.pdf", b"%PDF-1.7\n".as_slice(), "Programme"),
    ] {
        let file = SentFile { name: name.to_owned(), bytes: bytes.to_vec() };
        let kept = world.app().keep_attachment(&author, service, field, file).await.unwrap();
        let credit = if field == "images" { "Maison de l'emploi".to_owned() } else { String::new() };
        fields[field] = json!([Attachment { name: said.to_owned(), credit, ..kept }.value()]);
    }
    let form = ItemForm { fields: serde_json::from_value(fields).unwrap(), language: None, licence: None };
    let entry = world.app().create_item(&author, service, form).await.unwrap();
    world.step(&entry.uid, Transition::Submit).await;
    world.step(&entry.uid, Transition::Publish).await;
}

/// The document of the item that a service published last.
async fn latest(world: &World, service: &str) -> Value {
    let item = latest_item(world, service).await;
    item_document(&item, world.app().registry(), world.app().addresses())
}

#[tokio::test]
async fn pictures_come_first_with_what_they_show() {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    node_with_all(&world).await;
    published(&world, "actualites", news("Un forum en images")).await;
    let news = latest(&world, "actualites").await;
    compare("with-files", &news);
    assert_eq!(news["image"]["name"], "L'entrée du forum");
    let kinds: Vec<&Value> = news["attachment"].as_array().unwrap().iter().map(|one| &one["type"]).collect();
    assert_eq!((kinds[0], kinds[kinds.len() - 1]), (&json!("Image"), &json!("Document")));
    assert!(news["attachment"].as_array().unwrap().iter().all(|one| one["mediaType"].is_string()));
    // An event shows its own picture, and no banner.
    published(&world, "agenda", agenda()).await;
    let event = latest(&world, "agenda").await;
    assert_eq!(event["attachment"][0]["name"], "L'entrée du forum");
    assert!(event["attachment"].as_array().unwrap().iter().all(|one| one["name"] != "Banner"));
}

#[tokio::test]
async fn they_are_read_again_as_they_were() {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    node_with_all(&world).await;
    published(&world, "actualites", news("Un forum en images")).await;
    let registry = world.app().registry().clone();
    let ours = latest_item(&world, "actualites").await;
    let document = item_document(&ours, &registry, world.app().addresses());
    let there = read(&document, &registry, ours.actor.followers.as_deref()).unwrap();
    assert_eq!(there.fields, ours.fields);
    // An address that runs is left out, and the rest is taken.
    let mut wrong = document;
    wrong["record"]["fields"]["images"][0]["url"] = json!("javascript:alert(1)");
    let there = read(&wrong, &registry, ours.actor.followers.as_deref()).unwrap();
    assert_eq!(there.fields.0.get("images"), None);
    assert_eq!(there.core.title, "Un forum en images");
}
