//! What other software needs of our objects and actors, one test for each line of it.

use super::items::{agenda, document, news, node_with_all};
use super::world::World;
use crate::objects::PUBLIC;
use crate::objects::vocabulary::TERMS;
use chrono::DateTime;
use maillage_domain::service::Visibility;
use maillage_store::testing::TestDatabase;
use serde_json::{Value, json};

/// The documents of one item of each type: Article, Note with a Link, Event, Article, Note.
async fn documents() -> [Value; 5] {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    node_with_all(&world).await;
    let mut all = Vec::new();
    for slug in ["actualites", "presse", "agenda", "formations", "annuaire"] {
        all.push(document(&world, slug).await);
    }
    all.try_into().unwrap()
}

fn text<'a>(document: &'a Value, name: &str) -> &'a str {
    document[name].as_str().unwrap_or_else(|| panic!("{name} of {document:#}"))
}

#[tokio::test]
async fn what_holds_for_every_item() {
    let all = documents().await;
    let kinds: Vec<&str> = all.iter().map(|one| text(one, "type")).collect();
    assert_eq!(kinds, ["Article", "Note", "Event", "Article", "Note"]);
    for one in &all {
        // The id is permanent and is not the page.
        assert!(text(one, "id").starts_with("https://mef58.example/o/"));
        assert!(text(one, "url").starts_with("https://mef58.example/fiches/"));
        assert_eq!(one["to"], json!([PUBLIC]));
        assert!(
            text(one, "attributedTo").len() > 1 && one["cc"][0].as_str().unwrap().ends_with("/followers")
        );
        // GoToSocial takes an item changed before it was published for malformed.
        let time = |name| DateTime::parse_from_rfc3339(text(one, name)).unwrap();
        assert!(time("published") <= time("updated"));
        // The language is that of the one entry that equals the content.
        assert_eq!(one["contentMap"], json!({ "fr": one["content"] }));
        assert!(one["attachment"].is_array());
        let kept = [
            "p",
            "br",
            "span",
            "a",
            "del",
            "s",
            "pre",
            "blockquote",
            "code",
            "b",
            "strong",
            "u",
            "i",
            "em",
            "ul",
            "ol",
            "li",
        ];
        for tag in text(one, "content").split('<').skip(1) {
            let name: String =
                tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            assert!(kept.contains(&name.as_str()), "{name}");
        }
        for tag in one["tag"].as_array().unwrap() {
            assert_eq!(tag["type"], "Hashtag");
            assert!(text(tag, "href").starts_with("https://mef58.example/services/"));
            let name = text(tag, "name").strip_prefix('#').unwrap();
            assert!(
                name.chars().next().unwrap().is_uppercase() && name.chars().all(char::is_alphanumeric),
                "{name}"
            );
        }
        assert!(one["record"].is_object() && one["@context"].is_array());
    }
    let names = |one: &Value| {
        one["tag"].as_array().unwrap().iter().map(|tag| text(tag, "name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&all[0])[..2], ["#Emploi", "#CréationDEntreprise"]);
    assert!(names(&all[0]).contains(&"#CosneCoursSurLoire".to_owned()));
}

#[tokio::test]
async fn lemmy_refuses_an_object_with_property_values() {
    for one in documents().await {
        assert!(one["attachment"].as_array().unwrap().iter().all(|part| part["type"] != "PropertyValue"));
    }
}

#[tokio::test]
async fn an_article_says_in_its_summary_what_it_is_about() {
    let [article, _, _, course, _] = documents().await;
    for one in [&article, &course] {
        let summary = text(one, "summary");
        assert!(!summary.contains('<') && summary.chars().count() <= 500 && !summary.is_empty());
        assert!(!text(one, "name").is_empty());
        // FEP-b2b8: a Note for those who show no Articles.
        assert_eq!(one["preview"]["type"], "Note");
        assert!(text(&one["preview"], "content").contains(text(one, "url")));
    }
    assert_eq!(text(&article, "summary"), "Résumé de « Un forum à Nevers ».");
    assert_eq!(
        text(&course, "summary"),
        "Du lundi 6 avril 2026 au mercredi 30 septembre 2026 – Cosne-Cours-sur-Loire – Niveau demandé à l'entrée : niveau 3 (CAP, BEP) – Niveau à la sortie : niveau 3 (CAP, BEP) – Présence ou distance : entièrement sur place – Parcours : individualisé – Financeurs possibles : Région, compte personnel de formation. Apprendre à souder en six mois"
    );
}

#[tokio::test]
async fn notes_open_unfolded() {
    let [_, press, _, _, structure] = documents().await;
    for one in [&press, &structure] {
        assert!(one.get("name").is_none() && one.get("summary").is_none());
        assert!(text(one, "content").starts_with("<p><strong>"));
    }
    // The first attachment of a press link is the article, and its text is not copied.
    assert_eq!(press["attachment"][0]["type"], "Link");
    assert_eq!(press["attachment"][0]["href"], "https://journal.example/articles/usine");
    assert!(
        text(&press, "content")
            .contains("Le Journal du Centre\u{a0}: <a href=\"https://journal.example/articles/usine\"")
    );
    assert!(text(&structure, "content").contains("https://mef58.example/fiches/"));
}

#[tokio::test]
async fn an_event_has_what_mobilizon_and_gancio_need() {
    let [_, _, event, ..] = documents().await;
    assert_eq!(
        text(&event, "summary"),
        "mardi 3 mars 2026, 14\u{a0}h – Nevers, Maison de l'Emploi – et une autre date"
    );
    assert_eq!(
        (text(&event, "startTime"), text(&event, "endTime")),
        ("2026-03-03T14:00:00+01:00", "2026-03-03T18:00:00+01:00")
    );
    assert_eq!(text(&event, "timezone"), "Europe/Paris");
    let place = &event["location"];
    assert_eq!((text(place, "type"), text(place, "name")), ("Place", "Maison de l'Emploi"));
    assert_eq!(text(place, "id"), format!("{}#place", text(&event, "id")));
    assert_eq!(place["address"]["type"], "PostalAddress");
    assert_eq!(place["address"]["addressLocality"], "Nevers");
    // Whole degrees are floats too: 47.0 and never 47.
    assert!(
        event.to_string().contains("\"latitude\":47.0") && event.to_string().contains("\"longitude\":3.0")
    );
    assert_eq!(
        (text(&event, "joinMode"), text(&event, "externalParticipationUrl")),
        ("external", "https://inscription.example/forum")
    );
    assert_eq!(
        (&event["isOnline"], text(&event, "inLanguage"), text(&event, "category")),
        (&json!(false), "fr", "MEETING")
    );
    assert_eq!((text(&event, "status"), text(&event, "ical:status")), ("CONFIRMED", "CONFIRMED"));
    // Gancio takes the address of the first attachment for a picture.
    let first = &event["attachment"][0];
    assert_eq!(
        (text(first, "type"), text(first, "name"), text(first, "mediaType")),
        ("Document", "Banner", "image/png")
    );
    assert!(text(first, "url").starts_with("https://mef58.example/"));
    assert_eq!(
        (text(&event["attachment"][1], "type"), text(&event["attachment"][1], "name")),
        ("Link", "Website")
    );
}

#[tokio::test]
async fn an_event_always_ends_and_says_when_it_is_off() {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    world.service("agenda", "agenda", Visibility::Public).await;
    let mut fields = agenda();
    for name in ["fin", "autres_dates", "lieu", "adresse", "inscription"] {
        fields.as_object_mut().unwrap().remove(name);
    }
    fields["mode"] = "en_ligne".into();
    fields["statut"] = "annule".into();
    world.publish("agenda", fields).await;
    let event = document(&world, "agenda").await;
    assert_eq!(text(&event, "endTime"), "2026-03-03T16:00:00+01:00");
    assert!(event.get("location").is_none());
    assert_eq!((text(&event, "status"), &event["isOnline"]), ("CANCELLED", &json!(true)));
    assert_eq!(text(&event, "externalParticipationUrl"), text(&event, "url"));
    assert_eq!(text(&event, "summary"), "mardi 3 mars 2026, 14\u{a0}h");
}

/// It begins on Tuesday 3 March 2026 at 14 h in Paris, when an earlier time is over.
#[tokio::test]
async fn an_event_with_several_times_is_told_by_the_next_one() {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    world.service("agenda", "agenda", Visibility::Public).await;
    let mut fields = agenda();
    fields["debut"] = "2026-03-02T14:00".into();
    fields["fin"] = "2026-03-02T18:00".into();
    fields["autres_dates"] = json!(["17/03/2026 9h - 12h", "2026-03-10T14:00/2026-03-10T16:30"]);
    world.publish("agenda", fields).await;
    let event = document(&world, "agenda").await;
    assert_eq!(text(&event, "startTime"), "2026-03-10T14:00:00+01:00");
    assert_eq!(text(&event, "endTime"), "2026-03-10T16:30:00+01:00");
    assert!(text(&event, "summary").starts_with("mardi 10 mars 2026, 14\u{a0}h"), "{event}");
    assert!(text(&event, "summary").ends_with(" – et 2 autres dates"), "{event}");
    let stored = ["2026-03-10T14:00/2026-03-10T16:30", "2026-03-17T09:00/2026-03-17T12:00"];
    assert_eq!(event["record"]["fields"]["autres_dates"], json!(stored));
}

#[tokio::test]
async fn what_is_for_followers_never_names_the_public() {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    world.service("news", "interne", Visibility::Network).await;
    world.publish("interne", news("Entre nous")).await;
    let one = document(&world, "interne").await;
    assert_eq!(one["to"][0], format!("{}/followers", text(&one, "attributedTo")));
    assert_eq!(one["cc"], json!([]));
    assert!(!one.to_string().replace(&one["@context"].to_string(), "").contains(PUBLIC));
}

/// Every name of ours that stands in a document is defined, so that JSON-LD processors do not drop it.
#[tokio::test]
async fn every_name_is_in_the_context() {
    // Of ActivityStreams and of the security vocabulary.
    let known = [
        "@context",
        "attachment",
        "attributedTo",
        "cc",
        "content",
        "contentMap",
        "endTime",
        "fr",
        "href",
        "id",
        "latitude",
        "location",
        "longitude",
        "mediaType",
        "name",
        "preview",
        "published",
        "startTime",
        "summary",
        "tag",
        "to",
        "type",
        "updated",
        "url",
        "ical:status",
    ];
    for mut one in documents().await {
        let map = one.as_object_mut().unwrap();
        map.remove("@context");
        map.insert("record".to_owned(), Value::Null);
        names(&one, &mut |name| {
            let ours = TERMS.iter().any(|(term, ..)| *term == name);
            assert!(ours || known.contains(&name), "{name}");
        });
    }
}

fn names(value: &Value, each: &mut impl FnMut(&str)) {
    match value {
        Value::Object(map) => map.iter().for_each(|(name, value)| {
            each(name);
            names(value, each);
        }),
        Value::Array(values) => values.iter().for_each(|value| names(value, each)),
        _ => {}
    }
}
