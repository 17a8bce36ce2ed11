//! Lists narrowed by days, distance and type: the address says it, and every way to follow the list takes it
//! along.

use super::scene::{Scene, ask, get, news};
use actix_web::test::TestRequest;
use maillage_domain::site::ListFilter;
use serde_json::json;

fn event(title: &str, day: &str, commune: &str) -> serde_json::Value {
    json!({
        "titre": title, "debut": format!("{day}T14:00"), "fin": format!("{day}T16:00"), "lieu": [commune],
        "description": "<p>Entrée libre.</p>", "thematiques": ["emploi"],
    })
}

/// Three events in 2036: two in Nevers and one in Dijon, and a news item of today.
async fn furnished() -> Scene {
    let scene = Scene::new().await;
    scene.place("nievre", "agenda", ListFilter::default(), None).await;
    for (title, day, commune) in [
        ("Alpha", "2036-03-04", "commune:58194"),
        ("Bravo", "2036-04-10", "commune:58194"),
        // Varennes-Vauzelles is 6 km from Nevers, Dijon 150.
        ("Charlie", "2036-03-20", "commune:58303"),
        ("Delta", "2036-03-21", "commune:21231"),
    ] {
        scene.published("agenda", event(title, day, commune)).await;
    }
    scene.published("actualites", news("Nouvelle", json!({ "territoires": [] }))).await;
    scene
}

const TITLES: [&str; 5] = ["Alpha", "Bravo", "Charlie", "Delta", "Nouvelle"];

/// The titles in a list, a feed or a calendar.
fn titles(text: &str) -> Vec<&'static str> {
    let named = |title: &&str| {
        let ways = [format!(">{title}</a>"), format!("<title>{title}</title>"), format!("SUMMARY:{title}")];
        ways.iter().any(|way| text.contains(way.as_str()))
    };
    TITLES.into_iter().filter(named).collect()
}

#[actix_web::test]
async fn days_and_distances_and_types_narrow_lists_feeds_and_calendars() {
    let scene = furnished().await;
    for (query, expected) in [
        ("from=2036-03-01&until=2036-03-20", vec!["Alpha", "Charlie"]),
        ("from=2036-03-21", vec!["Bravo", "Delta"]),
        ("until=2036-03-04&from=2036-03-04", vec!["Alpha"]),
        ("near=commune:58194&km=10", vec!["Alpha", "Bravo", "Charlie"]),
        ("near=commune:58194&km=100", vec!["Alpha", "Bravo", "Charlie"]),
        ("near=commune:21231&km=10", vec!["Delta"]),
        ("near=commune:58194&km=10&from=2036-04-01", vec!["Bravo"]),
        ("near=commune:58194&km=10&theme=sante", vec![]),
        ("type=agenda&near=commune:21231", vec!["Delta"]),
        ("near=nulle+part+du+tout", vec![]),
    ] {
        for list in ["/services/agenda", "/sites/nievre/agenda", "/sites/nievre/recherche"] {
            for format in ["", ".rss", ".ics"] {
                let path = format!("{list}{format}?{query}");
                let answer = get(&scene.node, &path).await;
                assert_eq!(answer.status, 200, "{path}");
                assert_eq!(titles(&answer.body), expected, "{path}: {}", answer.body);
            }
        }
    }
    // What has no date is told by when it was published.
    let today = chrono::Utc::now().with_timezone(&chrono_tz::Europe::Paris).date_naive();
    let path = format!("/sites/nievre/recherche?from={today}&until={today}");
    assert_eq!(titles(&get(&scene.node, &path).await.body), ["Nouvelle"]);
}

#[actix_web::test]
async fn a_commune_is_named_in_words_and_said_where_nobody_knows_it() {
    let scene = furnished().await;
    let typed =
        |near: &str| TestRequest::get().uri(&format!("/sites/nievre/agenda?theme=emploi&near={near}&km=10"));
    for name in ["nevers", "58194", "Nevers+%28Ni%C3%A8vre%29"] {
        let answer = ask(&scene.node, typed(name)).await;
        let right = "/sites/nievre/agenda?theme=emploi&near=commune%3A58194&km=10";
        assert_eq!((answer.status / 100, answer.header("location")), (3, right), "{name}");
    }
    let page = get(&scene.node, "/sites/nievre/agenda?theme=emploi&near=commune:58194&km=10").await.body;
    assert!(page.contains("À moins de 10\u{a0}km de Nevers (Nièvre)"), "{page}");
    assert!(page.contains("name=\"near\" value=\"Nevers (Nièvre)\""), "{page}");
    // The way out of it keeps the rest, and the search box keeps all.
    assert!(page.contains("href=\"/sites/nievre/agenda?theme=emploi\" rel=\"nofollow\""), "{page}");
    assert!(page.contains("<input type=\"hidden\" name=\"near\" value=\"commune:58194\">"), "{page}");
    assert!(page.contains("agenda.rss?theme=emploi&#38;near=commune%3A58194&#38;km=10"), "{page}");
    let unknown = get(&scene.node, "/sites/nievre/agenda?near=Nulle+part").await.body;
    assert!(
        unknown.contains("aria-describedby=\"around-error\"") && unknown.contains("Aucun lieu"),
        "{unknown}"
    );
    let several = get(&scene.node, "/sites/nievre/agenda?near=Saint-Martin").await.body;
    assert!(several.contains("Plusieurs lieux s’appellent"), "{several}");
}

#[actix_web::test]
async fn a_site_with_several_types_offers_them() {
    let scene = furnished().await;
    let all = get(&scene.node, "/sites/nievre/recherche").await.body;
    assert!(all.contains("href=\"/sites/nievre/recherche?type=agenda\""), "{all}");
    let agenda = get(&scene.node, "/sites/nievre/recherche?type=agenda").await.body;
    assert_eq!(titles(&agenda), ["Alpha", "Bravo", "Charlie", "Delta"]);
    // Another can be chosen beside it.
    assert!(agenda.contains("?type=agenda&#38;type=news"), "{agenda}");
    let both = get(&scene.node, "/sites/nievre/recherche?type=agenda&type=news").await.body;
    assert_eq!(titles(&both), TITLES);
    assert!(titles(&get(&scene.node, "/sites/nievre/recherche?type=x").await.body).is_empty());
    let one = get(&scene.node, "/sites/nievre/agenda").await.body;
    assert!(!one.contains("?type="), "a section of one type offers none: {one}");
}
