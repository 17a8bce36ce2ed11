//! Lists as maps: points that lead to lists, and the same in words.

use super::scene::{Scene, news};
use maillage_domain::site::ListFilter;
use serde_json::json;

#[actix_web::test]
async fn a_list_is_looked_at_as_a_map() {
    let scene = Scene::new().await;
    scene.service("actus", maillage_domain::service::Visibility::Public).await;
    scene.place("nievre", "actus", ListFilter::default(), None).await;
    for (title, place) in [
        ("Forum à Nevers", "commune:58194"),
        ("Atelier à Nevers", "commune:58194"),
        ("Salon à Cosne", "commune:58086"),
        ("Partout dans la Nièvre", "departement:58"),
    ] {
        scene.published("actus", news(title, json!({ "territoires": [place] }))).await;
    }
    for list in ["/services/actus", "/sites/nievre/actus"] {
        let page = scene.node.stranger().open(list).await;
        let map = page.link("Carte");
        assert_eq!(map, format!("{list}?view=map"));
        let page = scene.node.stranger().open(&map).await;
        assert!(page.says("aria-label=\"Nevers : 2 fiches\""), "{}", page.html);
        assert!(page.html.contains("class=\"map-ground\"") && page.says("20 km"), "{}", page.html);
        // The country around is that of the département.
        assert!(page.html.matches("h0").count() > 250, "{}", page.html.matches("h0").count());
        let there = page.link("Cosne-Cours-sur-Loire");
        let list = scene.node.stranger().open(&there).await;
        assert!(list.says("Salon à Cosne") && !list.says("Forum à Nevers"), "{}", list.html);
        assert!(!page.html.contains("http://www.") && !page.html.contains("style="), "{}", page.html);
    }
    // Where nothing names a commune there is no map to look at.
    scene.service("vide", maillage_domain::service::Visibility::Public).await;
    scene.published("vide", news("Partout", json!({ "territoires": ["departement:58"] }))).await;
    let page = scene.node.stranger().open("/services/vide").await;
    assert!(!page.html.contains("view=map"), "{}", page.html);
    let page = scene.node.stranger().open("/services/vide?view=map").await;
    assert!(page.status == 200 && page.says("Partout"), "{}", page.html);
}
