//! A type of a node's own with every kind of field: form, second reader, page, feed, table, federation.

use super::describe;
use crate::api::Api;
use crate::database::Kind;
use crate::item::Item;
use crate::node::{Node, PASSWORD};
use crate::office::Office;
use crate::page;
use crate::scene::play;
use crate::until::{SOON, until};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The type.
const WORKSITES: &str = include_str!("worksites.toml");
const AUTHOR: &str = "redaction@mef58.example";
const MODERATOR: &str = "relecture@mef58.example";

/// What somebody types into the form, field by field.
const TYPED: [(&str, &str); 24] = [
    ("nom", "Le lavoir de la rue Haute"),
    ("debut", "2036-03-10T09:00"),
    ("recit", "On y **taille** la pierre."),
    ("page", "https://chantiers.example/lavoir"),
    ("courriel", "lavoir@chantiers.example"),
    ("telephone", "03 86 00 00 00"),
    ("autres_dates", "11/03/2036 14h - 16h30"),
    ("fermeture", "14/07/2036, 15/08/2036"),
    ("rythme", "tous les mardis"),
    ("ouverture", "2035-09-01"),
    ("places", "12"),
    ("prix", "4,50"),
    ("gratuit", "true"),
    ("accueil", "groupe"),
    ("metiers", "bois"),
    ("metiers", "pierre"),
    ("lieu.add", "Nevers"),
    ("thematiques", "emploi"),
    ("thematiques", "formation"),
    ("siret", "130 005 481 00010"),
    ("codes_rome", "F1612, F1703"),
    ("voisin.add", "Le moulin"),
    ("structures.add", "Mission locale d'essai"),
    ("action", "submit"),
];

/// What is kept of it.
fn kept(neighbour: &Item, structure: &Item, photo: &Value, plan: &Value) -> Value {
    json!({
        "nom": "Le lavoir de la rue Haute",
        "debut": "2036-03-10T09:00",
        "recit": "<p>On y <strong>taille</strong> la pierre.</p>",
        "page": "https://chantiers.example/lavoir",
        "courriel": "lavoir@chantiers.example",
        "telephone": "+33386000000",
        "autres_dates": ["2036-03-11T14:00/2036-03-11T16:30"],
        "fermeture": ["2036-07-14", "2036-08-15"],
        "rythme": "FREQ=WEEKLY;BYDAY=TU",
        "ouverture": "2035-09-01",
        "places": 12,
        "prix": 4.5,
        "gratuit": true,
        "accueil": "groupe",
        "metiers": ["bois", "pierre"],
        "lieu": ["commune:58194"],
        "thematiques": ["emploi", "formation"],
        "siret": "13000548100010",
        "codes_rome": ["F1612", "F1703"],
        "voisin": { "uri": neighbour.uri, "name": "Le moulin" },
        "structures": [{ "uri": structure.uri, "name": "Mission locale d'essai" }],
        "photos": [described(photo, "La roue du lavoir", "Maison d'essai")],
        "plan": [described(plan, "Plan d'accès", "")],
    })
}

/// What a field says of a file.
fn described(sent: &Value, name: &str, credit: &str) -> Value {
    let mut said = sent.clone();
    said["name"] = name.into();
    if !credit.is_empty() {
        said["credit"] = credit.into();
    }
    said
}

/// A GIF of one pixel.
const PHOTO: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\x01\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// A node that has the type, with its people.
fn house(name: &str, territory: &str) -> Result<Node> {
    let node = Node::create(name, territory, Kind::Sqlite)?;
    describe(&node, "chantiers.toml", WORKSITES)?;
    node.add_service("worksites", "chantiers", "Chantiers")?;
    Ok(node)
}

/// Publishes something that others refer to.
async fn published(author: &Api, moderator: &Api, service: &str, fields: Value) -> Result<Item> {
    let item = author.create(service, fields).await?;
    author.step(&item.id, "submit", "").await?;
    moderator.step(&item.id, "publish", "").await
}

#[test]
fn a_type_with_every_kind_of_field_goes_all_the_way() {
    play(async {
        let (mut a, mut b) =
            (house("Maison d'essai (Nièvre)", "58")?, house("Maison d'essai (Yonne)", "89")?);
        every_kind_is_there(&a)?;
        a.add_service("structures", "annuaire", "Annuaire")?;
        a.add_site("nievre", "Emploi en Nièvre", &["chantiers"])?;
        let roles = |role| [("chantiers", role), ("annuaire", role)];
        let author = a.add_account(AUTHOR, "Rédaction", &roles("contributor"))?;
        let moderator = a.add_account(MODERATOR, "Relecture", &roles("moderator"))?;
        a.start()?;
        b.start()?;
        b.admin()?.subscribe("chantiers", &a.handle("chantiers"), "publish", json!({})).await?;
        let structure = json!({
            "nom": "Mission locale d'essai", "commune": ["commune:58194"], "thematiques": ["emploi"], "type": "ML",
            "description": "<p>Pour les jeunes.</p>",
        });
        let structure = published(&author, &moderator, "annuaire", structure).await?;
        let neighbour = json!({ "nom": "Le moulin", "debut": "2036-02-01T09:00" });
        let neighbour = published(&author, &moderator, "chantiers", neighbour).await?;

        // The form, and the second reader, in the pages.
        let office = Office::sign_in(&a.base(), AUTHOR, PASSWORD).await?;
        let form = "/office/services/chantiers/new";
        let photo = author.send_file("chantiers", "photos", "roue.gif", PHOTO).await?;
        let plan = author.send_file("chantiers", "plan", "plan.pdf", b"%PDF-1.7\n").await?;
        let files = [
            ("photos", photo["url"].as_str().unwrap_or_default()),
            ("photos.0.name", "La roue du lavoir"),
            ("photos.0.credit", "Maison d'essai"),
            ("plan", plan["url"].as_str().unwrap_or_default()),
            ("plan.0.name", "Plan d'accès"),
        ];
        let typed: Vec<_> = files.into_iter().chain(TYPED).collect();
        let page = office.send(form, form, &typed).await?;
        assert!(page.status == 200 && page.url.path().starts_with("/office/items/"), "{}", page.text);
        let reader = Office::sign_in(&a.base(), MODERATOR, PASSWORD).await?;
        let id = page.url.path().trim_start_matches("/office/items/").to_owned();
        let publish = format!("/office/items/{id}/publish");
        let page = reader.send(&format!("/office/items/{id}"), &publish, &[]).await?;
        assert_eq!(page.status, 200, "{}", page.text);
        let item = author.items("/services/chantiers/items").await?;
        let item = item.into_iter().find(|item| item.id == id).context("it is published")?;
        assert_eq!(item.fields, kept(&neighbour, &structure, &photo, &plan));

        shown(&a, &item).await?;
        federated(&b, &item).await?;
        Ok(())
    });
}

/// The type has each kind that there is: the program names them all where it does not know one.
fn every_kind_is_there(node: &Node) -> Result<()> {
    let wrong = WORKSITES.replace("kind = \"line\"", "kind = \"couleur\"").replace("worksites", "colours");
    describe(node, "couleurs.toml", &wrong)?;
    let told = node.run(&["service", "types"], "")?.stderr;
    std::fs::remove_file(node.data().join("service-types/couleurs.toml"))?;
    let listed =
        told.split("expected one of ").nth(1).and_then(|rest| rest.lines().next()).context(told.clone())?;
    let all = listed.split('`').skip(1).step_by(2).collect::<BTreeSet<_>>();
    let descriptor: toml::Value = toml::from_str(WORKSITES)?;
    let fields = descriptor["fields"].as_array().context("fields")?;
    let used = fields.iter().filter_map(|field| field["kind"].as_str()).collect::<BTreeSet<_>>();
    assert!(all.len() > 20, "{told}");
    assert_eq!(used, all);
    Ok(())
}

/// The page of the item, the feed of its list and the table of the service hold it all.
async fn shown(node: &Node, item: &Item) -> Result<()> {
    let public = page::open(&item.url).await?;
    for words in [
        "Le lavoir de la rue Haute",
        "<strong>taille</strong>",
        "chantiers.example/lavoir",
        "lavoir@chantiers.example",
        "03 86 00 00 00",
        "mardi 11 mars 2036",
        "14 juillet 2036",
        "le mardi",
        "1er septembre 2035",
        "4,5",
        "En groupe",
        "Bois",
        "Pierre",
        "Nevers",
        "Formation",
        "13000548100010",
        "F1703",
        "Le moulin",
        "Mission locale d'essai",
        "La roue du lavoir",
        "Plan d'accès",
    ] {
        assert!(public.says(words) || public.text.contains(words), "{words}: {}", public.text);
    }
    for (field, kind) in [("photos", "image/"), ("plan", "application/pdf")] {
        let sent = reqwest::get(item.fields[field][0]["url"].as_str().unwrap_or_default()).await?;
        let said = sent.headers().get("content-type").and_then(|value| value.to_str().ok());
        assert!(sent.status() == 200 && said.is_some_and(|said| said.starts_with(kind)), "{field}: {said:?}");
    }
    let feed = page::open(&format!("{}/services/chantiers.rss", node.base())).await?;
    assert!(feed.says("Le lavoir de la rue Haute") && feed.says(&item.url), "{}", feed.text);
    let office = Office::sign_in(&node.base(), AUTHOR, PASSWORD).await?;
    let table = office.open("/office/services/chantiers/items.csv").await?.text;
    let header = table.lines().next().context("a first line")?;
    assert!(header.contains("Codes ROME") && header.contains("Structures partenaires"), "{table}");
    // Other items stand there by their ids, which are read again without doubt.
    let others = [&item.fields["voisin"]["uri"], &item.fields["structures"][0]["uri"]];
    let others = others.into_iter().filter_map(Value::as_str);
    for words in ["Le lavoir de la rue Haute", "F1703", "En groupe", "bois, pierre"].into_iter().chain(others)
    {
        assert!(table.contains(words), "{words}: {table}");
    }
    Ok(())
}

/// It travels with every field, and stands on the node that follows.
async fn federated(b: &Node, item: &Item) -> Result<()> {
    let document = page::open_as(&item.uri, "application/activity+json").await?;
    let document: Value = serde_json::from_str(&document.text)?;
    assert_eq!(document["record"]["fields"], item.fields, "{document}");
    assert_eq!(document["image"]["name"], "La roue du lavoir");
    let attached = document["attachment"].as_array().context("attachments")?;
    let attached: Vec<_> = attached.iter().map(|one| (&one["type"], &one["name"])).collect();
    assert!(attached.contains(&(&json!("Image"), &json!("La roue du lavoir"))), "{attached:?}");
    assert!(attached.contains(&(&json!("Document"), &json!("Plan d'accès"))), "{attached:?}");
    let api = b.anonymous()?;
    let there = until("B shows it", SOON, async || {
        let items = api.items("/services/chantiers/items").await?;
        Ok(items.into_iter().find(|there| there.uri == item.uri))
    });
    let there = there.await?;
    assert_eq!((&there.fields, there.kind.as_str()), (&item.fields, "worksites"));
    Ok(())
}
