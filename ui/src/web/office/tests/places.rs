//! Places typed as people write them, in the form of an item and in the type-ahead.

use crate::tests::browser::{Browser, Form};
use crate::tests::node::{AUTHOR, Node};

const NEW: &str = "/office/services/agenda/new";

async fn form(browser: &mut Browser) -> Form {
    let page = browser.open(NEW).await;
    page.form(NEW).with("titre", "Forum").with("action", "save")
}

/// The places of a draft that was saved with this text.
async fn saved_with(browser: &mut Browser, text: &str) -> Vec<String> {
    let sent = form(browser).await.with("lieu.add", text);
    let page = browser.submit(&sent).await;
    assert!(page.says("Brouillon enregistré."), "{text}: {:?}", page.error("lieu"));
    page.form(&page.at).values("lieu").into_iter().map(str::to_owned).collect()
}

#[actix_web::test]
async fn names_codes_and_areas_are_understood() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    for (text, codes) in [
        ("Nevers", vec!["commune:58194"]),
        ("nevers, COSNE COURS SUR LOIRE", vec!["commune:58194", "commune:58086"]),
        ("Nièvre", vec!["departement:58"]),
        ("58", vec!["departement:58"]),
        ("Bourgogne-Franche-Comté", vec!["region:27"]),
        ("St Amand en Puisaye", vec!["commune:58227"]),
        // Communes that have become part of another, by their names and by a code.
        ("Balleray", vec!["commune:58204"]),
        ("balleray (nièvre)", vec!["commune:58204"]),
        ("58022, Ourouër", vec!["commune:58204"]),
        ("Nevers (Nièvre) ; Nièvre (département)", vec!["commune:58194", "departement:58"]),
    ] {
        assert_eq!(saved_with(&mut author, text).await, codes, "{text}");
    }
}

#[actix_web::test]
async fn the_right_one_of_several_is_ticked() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let sent = form(&mut author).await.with("lieu.add", "Nevers, Saint-Germain");
    let page = author.send(&sent).await;
    assert_eq!(page.status, 422);
    assert_eq!(
        page.error("lieu").as_deref(),
        Some("Plusieurs lieux portent ce nom : cochez le bon, juste en dessous.")
    );
    let again = page.form(NEW);
    // The one that was understood stands, the other is asked for, and its text is still there.
    assert_eq!(again.values("lieu"), ["commune:58194"]);
    assert_eq!(again.values("lieu.add"), ["Saint-Germain"]);
    let candidates: Vec<&str> = page.html.split("name=\"lieu\" value=\"").skip(1).collect();
    assert!(candidates.len() > 3, "{}", candidates.len());
    assert!(page.says("Saint-Germain (Aube)"), "{}", page.html);
    let aube =
        page.html.split("Saint-Germain (Aube)").next().and_then(|before| before.rsplit("value=\"").next());
    let code = aube.and_then(|rest| rest.split('"').next()).expect("a code").to_owned();
    let saved = author.submit(&again.and("lieu", &code).with("action", "save")).await;
    assert!(saved.says("Brouillon enregistré."), "{:?}", saved.error("lieu"));
    let mut kept = saved.form(&saved.at).values("lieu").into_iter().map(str::to_owned).collect::<Vec<_>>();
    kept.sort();
    assert_eq!(
        kept,
        [code, "commune:58194".to_owned()]
            .iter()
            .cloned()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
}

#[actix_web::test]
async fn a_postal_code_of_several_communes_offers_them() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let sent = form(&mut author).await.with("lieu.add", "58000");
    let page = author.send(&sent).await;
    assert_eq!(page.status, 422);
    assert!(page.says("Nevers (Nièvre)") && page.says("Challuy (Nièvre)"), "{:?}", page.error("lieu"));
}

#[actix_web::test]
async fn what_is_no_place_is_said_and_kept() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let sent = form(&mut author).await.with("lieu.add", "Nevers, Xyzzyville");
    let page = author.send(&sent).await;
    assert_eq!(page.status, 422);
    assert!(page.error("lieu").is_some_and(|error| error.contains("« Xyzzyville »")));
    assert_eq!(page.form(NEW).values("lieu.add"), ["Xyzzyville"]);
    // A place that stood there can be taken away.
    let saved = author.submit(&page.form(NEW).with("lieu.add", "").with("action", "save")).await;
    let path = saved.at.clone();
    let without = saved.form(&path).without("lieu", "commune:58194").with("action", "save");
    let saved = author.submit(&without).await;
    assert!(saved.form(&path).values("lieu").is_empty());
}

#[actix_web::test]
async fn the_type_ahead_offers_what_the_form_understands() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let offered = |html: &str| -> Vec<String> {
        let json: serde_json::Value = serde_json::from_str(html).expect("JSON");
        let places = json["places"].as_array().expect("a list");
        places.iter().filter_map(|place| place.as_str()).map(str::to_owned).collect()
    };
    let places = offered(&author.get("/office/places?q=cosne").await.html);
    assert_eq!(places.first().map(String::as_str), Some("Cosne-Cours-sur-Loire (Nièvre)"), "{places:?}");
    assert!(offered(&author.get("/office/places?q=").await.html).is_empty());
    assert!(offered(&author.get("/office/places").await.html).is_empty());
    for text in ["saint martin", "nièvre", "bourgogne", "château-chinon"] {
        let query: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let places = offered(&author.get(&format!("/office/places?q={query}")).await.html);
        assert!(!places.is_empty(), "{text}");
        for place in places {
            assert_eq!(saved_with(&mut author, &place).await.len(), 1, "{place}");
        }
    }
}
