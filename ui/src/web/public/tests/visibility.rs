//! What is not public is nowhere for strangers: lists, search, pages, feeds, counts.

use super::scene::{Made, Scene, get, news};
use crate::tests::node::MODERATOR;
use maillage_domain::service::Visibility;
use maillage_domain::site::ListFilter;
use maillage_domain::workflow::Transition;
use serde_json::json;

/// Every public address under which something could show.
const ADDRESSES: [&str; 22] = [
    "/",
    "/sites/nievre",
    "/sites/nievre/actualites",
    "/sites/nievre/actualites.rss",
    "/sites/nievre/actualites.atom",
    "/sites/nievre/actualites?q=secret",
    "/sites/nievre/actualites?theme=formation",
    "/sites/nievre/actualites?place=departement:21",
    "/sites/nievre/recherche",
    "/sites/nievre/recherche?q=secret",
    "/sites/nievre/recherche.rss",
    "/sites/nievre/recherche.atom?theme=formation",
    "/sites/nievre/theme.css",
    "/services/actualites",
    "/services/actualites?q=secret",
    "/services/actualites.rss",
    "/services/actualites.atom",
    "/services/interne",
    "/services/interne.rss",
    "/services/reseau",
    "/services/reseau.atom",
    "/sites/reserve",
];

/// An item that nobody may see: words, theme and place of its own give it away anywhere.
fn secret(title: &str) -> serde_json::Value {
    news(title, json!({ "thematiques": ["formation"], "territoires": ["commune:21231"] }))
}

/// Every kind of item that is not public, each with the title it must not be known by.
async fn hidden(scene: &Scene) -> Vec<Made> {
    for (slug, visibility) in [("interne", Visibility::Private), ("reseau", Visibility::Network)] {
        scene.service(slug, visibility).await;
        scene.place("nievre", slug, ListFilter::default(), None).await;
    }
    let draft = scene.draft("actualites", secret("Secret brouillon")).await;
    let submitted = scene.submitted("actualites", secret("Secret soumis")).await;
    let declined = scene.submitted("actualites", secret("Secret refusé")).await;
    scene.decide(&declined, Transition::Decline).await;
    let withdrawn = scene.published("actualites", secret("Secret retiré")).await;
    scene.decide(&withdrawn, Transition::Withdraw).await;
    let private = scene.published("interne", secret("Secret interne")).await;
    let network = scene.published("reseau", secret("Secret réseau")).await;
    vec![draft, submitted, declined, withdrawn, private, network]
}

#[actix_web::test]
async fn nothing_that_is_not_public_shows_anywhere() {
    let scene = Scene::new().await;
    let shown = scene.published("actualites", news("Forum public", json!({}))).await;
    let before = get(&scene.node, "/sites/nievre/recherche").await.body;
    let made = hidden(&scene).await;
    for address in ADDRESSES {
        let answer = get(&scene.node, address).await;
        let gone = address.contains("interne") || address.contains("reseau") || address.contains("reserve");
        assert_eq!(answer.status, if gone { 404 } else { 200 }, "{address}");
        // The question itself is repeated in the search box and its filter.
        let body =
            answer.body.replace("q=secret", "").replace("value=\"secret\"", "").replace("Mots : secret", "");
        let body = body.replace("Mots\u{a0}: secret", "").replace("Mots\u{202f}: secret", "");
        for word in ["secret", "interne", "reseau", "Dijon"] {
            let asked = address.contains(word) || address.contains("departement:21");
            assert!(
                asked || !body.to_lowercase().contains(&word.to_lowercase()),
                "{word} at {address}: {body}"
            );
        }
        for one in &made {
            assert!(!body.contains(&one.item) && !body.contains(&one.entry), "{} at {address}", one.page);
        }
    }
    // Totals and facets are those of before.
    let after = get(&scene.node, "/sites/nievre/recherche").await.body;
    for text in [&before, &after] {
        assert!(
            text.contains("<strong>1\u{a0}fiche</strong>") || text.contains("<strong>1 fiche</strong>"),
            "{text}"
        );
    }
    assert!(!after.contains("theme=formation"), "a facet counts what is hidden");
    assert_eq!(get(&scene.node, &shown.page).await.status, 200);
}

#[actix_web::test]
async fn the_page_of_a_hidden_item_is_not_there_and_a_withdrawn_one_is_gone() {
    let scene = Scene::new().await;
    for one in hidden(&scene).await {
        for path in [one.page.clone(), format!("/sites/nievre{}", one.page), format!("/fiches/{}", one.item)]
        {
            let answer = get(&scene.node, &path).await;
            let expected = if path.contains("secret-retire") || withdrawn(&one, &path) { 410 } else { 404 };
            assert_eq!(answer.status, expected, "{} at {path}", one.page);
            assert!(
                !answer.body.contains("Secret") && !answer.body.contains("ld+json"),
                "{path}: {}",
                answer.body
            );
            // The error page may repeat the path it was asked at, nothing else of the item.
            assert!(!answer.body.contains("Texte"), "{path}");
        }
    }
}

fn withdrawn(one: &Made, path: &str) -> bool {
    path.ends_with(&one.item) && one.page.contains("secret-retire")
}

#[actix_web::test]
async fn a_restricted_site_is_not_there_for_strangers_and_is_for_its_people() {
    let scene = Scene::new().await;
    scene.site("reserve", "Atelier réservé", true).await;
    scene.place("reserve", "actualites", ListFilter::default(), None).await;
    let item = scene.published("actualites", news("Forum public", json!({}))).await;
    let paths = [
        "/sites/reserve",
        "/sites/reserve/actualites",
        "/sites/reserve/recherche",
        "/sites/reserve/theme.css",
    ];
    let mut member = scene.node.browser(MODERATOR).await;
    for path in paths {
        let stranger = get(&scene.node, path).await;
        assert_eq!(stranger.status, 404, "{path}");
        assert!(!stranger.body.contains("Atelier"), "{path}: {}", stranger.body);
        assert_eq!(member.get(path).await.status, 200, "{path}");
    }
    // A feed has no session: it never tells of a restricted site, not even to its people.
    for path in ["/sites/reserve/actualites.rss", "/sites/reserve/recherche.atom"] {
        assert_eq!(get(&scene.node, path).await.status, 404, "{path}");
        assert_eq!(member.get(path).await.status, 404, "{path}");
    }
    assert!(!get(&scene.node, "/").await.body.contains("Atelier"));
    assert_eq!(get(&scene.node, &format!("/sites/reserve{}", item.page)).await.status, 404);
    let page = member.get("/sites/reserve/actualites").await;
    assert!(page.html.contains("content=\"noindex\"") && !page.html.contains("canonical"), "{}", page.html);
}

#[actix_web::test]
async fn another_title_in_the_address_leads_to_the_page() {
    let scene = Scene::new().await;
    let item = scene.published("actualites", news("Forum de l’emploi", json!({}))).await;
    for site in ["", "/sites/nievre"] {
        let right = format!("{site}{}", item.page);
        assert_eq!(get(&scene.node, &right).await.status, 200, "{right}");
        let wrong = get(&scene.node, &format!("{site}/fiches/{}/un-ancien-titre", item.item)).await;
        assert_eq!((wrong.status, wrong.header("location")), (301, right.as_str()));
    }
    let bare = get(&scene.node, &format!("/fiches/{}", item.item)).await;
    assert_eq!((bare.status, bare.header("location")), (301, item.page.as_str()));
}
