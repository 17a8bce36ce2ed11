//! Lists: what narrows them and the way out, their orders, their pages, places in the search box.

use super::scene::{Scene, get, news};
use crate::tests::browser::Page;
use maillage_domain::site::{ListFilter, Order};
use serde_json::json;

const LIST: &str = "/sites/nievre/actualites";

/// The titles of a page's cards, in order.
fn titles(html: &str) -> Vec<String> {
    // Less the marks on what was looked for.
    let html = html.replace("<mark>", "").replace("</mark>", "");
    let cards = html.split("<article class=\"card\">").skip(1);
    let title = |card: &str| card.split("</a>").next()?.rsplit('>').next().map(str::to_owned);
    cards.filter_map(title).collect()
}

async fn found(scene: &Scene, path: &str) -> Vec<String> {
    let mut titles = titles(&scene.node.stranger().open(path).await.html);
    titles.sort();
    titles
}

/// Four items that differ by theme and place.
async fn furnished() -> Scene {
    let scene = Scene::new().await;
    for (title, themes, places) in [
        ("Alpha", json!(["emploi"]), json!(["commune:58194"])),
        ("Bravo", json!(["recrutement"]), json!(["commune:58086"])),
        ("Charlie", json!(["formation"]), json!(["commune:21231"])),
        ("Delta", json!(["sante"]), json!([])),
    ] {
        scene
            .published("actualites", news(title, json!({ "thematiques": themes, "territoires": places })))
            .await;
    }
    scene
}

#[actix_web::test]
async fn themes_and_areas_hold_what_is_below_them_and_several_are_either() {
    let scene = furnished().await;
    for (query, expected) in [
        ("", vec!["Alpha", "Bravo", "Charlie", "Delta"]),
        ("?theme=emploi", vec!["Alpha", "Bravo"]),
        ("?theme=recrutement", vec!["Bravo"]),
        ("?theme=emploi&theme=formation", vec!["Alpha", "Bravo", "Charlie"]),
        // An area holds what is published from it, too: all of this comes from the Nièvre.
        ("?place=departement:58", vec!["Alpha", "Bravo", "Charlie", "Delta"]),
        ("?place=departement:21", vec!["Charlie"]),
        ("?place=commune:58086", vec!["Bravo"]),
        ("?place=commune:58194&place=departement:21", vec!["Alpha", "Charlie"]),
        ("?theme=formation&place=commune:58194", vec![]),
        ("?q=bravo", vec!["Bravo"]),
        ("?q=bravo&theme=formation", vec![]),
        ("?theme=nulle-part", vec![]),
    ] {
        assert_eq!(found(&scene, &format!("{LIST}{query}")).await, expected, "{query}");
    }
}

#[actix_web::test]
async fn each_filter_has_its_way_out_and_all_have_one() {
    let scene = furnished().await;
    let mut browser = scene.node.stranger();
    let page = browser.open(&format!("{LIST}?theme=emploi&theme=formation&place=departement:58")).await;
    let without = |theme: &str| format!("{LIST}?theme={theme}&place=departement%3A58");
    assert_eq!(page.link("Thème : Emploi"), without("formation"));
    assert_eq!(page.link("Thème : Formation"), without("emploi"));
    assert_eq!(page.link("Lieu : Nièvre"), format!("{LIST}?theme=emploi&theme=formation"));
    assert_eq!(page.link("Tout enlever"), LIST);
    let empty = browser.open(&format!("{LIST}?theme=formation&place=commune:58194")).await;
    assert!(empty.says("Rien ne correspond"), "{}", empty.html);
    // What was chosen is offered for taking back even where it finds nothing.
    assert_eq!(empty.link("Thème : Formation"), format!("{LIST}?place=commune%3A58194"));
}

#[actix_web::test]
async fn facets_count_what_each_would_find() {
    let scene = furnished().await;
    let page = scene.node.stranger().open(LIST).await;
    for (query, expected) in [("theme=emploi", 2), ("theme=formation", 1), ("place=departement%3A21", 1)] {
        let marked = format!("href=\"{LIST}?{query}\"");
        let facet = page.html.split(&marked).nth(1).unwrap_or_else(|| panic!("no {query}: {}", page.html));
        let facet = facet.split("</li>").next().unwrap_or_default();
        let count = facet.split("facet-count\">").nth(1).unwrap_or_default();
        let count: String =
            count.split('<').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        assert!(count == expected.to_string(), "{query}: {facet}");
        assert_eq!(found(&scene, &format!("{LIST}?{query}")).await.len(), expected, "{query}");
    }
}

#[actix_web::test]
async fn what_is_chosen_shows_however_many_there_are() {
    let scene = Scene::new().await;
    let themes = [
        "formation",
        "orientation",
        "insertion",
        "droits",
        "logement",
        "mobilite",
        "numerique",
        "famille",
        "handicap",
        "jeunes",
    ];
    for (number, theme) in themes.iter().enumerate() {
        for again in 0..=(themes.len() - number) / 4 {
            let title = format!("Nouvelle {number} {again}");
            scene.published("actualites", news(&title, json!({ "thematiques": [theme] }))).await;
        }
    }
    let page = scene.node.stranger().open(&format!("{LIST}?theme=jeunes")).await;
    let before = page.html.split("<details>").next().unwrap_or_default();
    let facets = before.split("id=\"filters\"").nth(1).unwrap_or_default();
    assert!(facets.contains("Jeunes"), "the chosen theme is folded away: {}", page.html);
    assert!(page.html.contains("<details>"), "the test needs more themes than are shown");
}

#[actix_web::test]
async fn a_section_shows_what_its_filter_lets_through_in_its_order() {
    let scene = furnished().await;
    scene.site("vingt-et-un", "Côte-d’Or", false).await;
    let filter = |themes: &[&str]| ListFilter {
        themes: themes.iter().map(|slug| (*slug).to_owned()).collect(),
        ..ListFilter::default()
    };
    scene.place("vingt-et-un", "actualites", filter(&["emploi"]), Some(Order::Title)).await;
    let section = "/sites/vingt-et-un/actualites";
    assert_eq!(titles(&get(&scene.node, section).await.body), ["Alpha", "Bravo"]);
    assert_eq!(titles(&get(&scene.node, LIST).await.body), ["Delta", "Charlie", "Bravo", "Alpha"]);
    // No address opens what the filter keeps out: not by search, nor by theme, nor in everything.
    for path in [
        "actualites?q=charlie",
        "actualites?theme=formation",
        "recherche?q=charlie",
        "recherche?theme=formation",
    ] {
        let list = get(&scene.node, &format!("/sites/vingt-et-un/{path}")).await;
        assert_eq!((list.status, titles(&list.body).len()), (200, 0), "{path}");
    }
    let home = get(&scene.node, "/sites/vingt-et-un").await.body;
    assert!(home.contains("Alpha") && !home.contains("Charlie"), "{home}");
    // Another section of the service leaves the address of the first one alone, and has its own.
    scene.place("vingt-et-un", "actualites", filter(&["formation"]), None).await;
    assert_eq!(titles(&get(&scene.node, section).await.body), ["Alpha", "Bravo"]);
    let site = scene.node.stranger().open("/sites/vingt-et-un").await;
    let sections: std::collections::BTreeSet<&str> = site
        .html
        .split("href=\"/sites/vingt-et-un/")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '?', '.']).next())
        .filter(|name| name.len() == 36)
        .collect();
    let [second] = sections.into_iter().collect::<Vec<_>>()[..] else { panic!("{}", site.html) };
    let list = get(&scene.node, &format!("/sites/vingt-et-un/{second}")).await;
    assert_eq!(titles(&list.body), ["Charlie"]);
}

#[actix_web::test]
async fn a_broad_theme_that_says_no_more_than_a_narrower_one_is_left_out() {
    let scene = Scene::new().await;
    for (title, theme) in [("Alpha", "creer-une-entreprise"), ("Bravo", "emploi")] {
        scene.published("actualites", news(title, json!({ "thematiques": [theme] }))).await;
    }
    let offers = |page: &Page, theme: &str| page.html.contains(&format!("theme={theme}\""));
    let page = scene.node.stranger().open(LIST).await;
    assert!(offers(&page, "creer-une-entreprise") && !offers(&page, "creation-entreprise"), "{}", page.html);
    scene.published("actualites", news("Charlie", json!({ "thematiques": ["creation-entreprise"] }))).await;
    let page = scene.node.stranger().open(LIST).await;
    assert!(offers(&page, "creer-une-entreprise") && offers(&page, "creation-entreprise"), "{}", page.html);
}

#[actix_web::test]
async fn pages_hold_every_item_once() {
    let scene = Scene::new().await;
    for number in 0..45 {
        scene.published("actualites", news(&format!("Nouvelle {number:02}"), json!({}))).await;
    }
    let mut browser = scene.node.stranger();
    let mut page = browser.open(&format!("{LIST}?theme=emploi")).await;
    assert!(page.says("45 fiches"), "{}", page.html);
    let mut seen = titles(&page.html);
    let mut sizes = vec![seen.len()];
    while let Some(next) = next(&page) {
        assert!(next.contains("theme=emploi"), "turning the page loses what was chosen: {next}");
        page = browser.open(&next).await;
        sizes.push(titles(&page.html).len());
        seen.extend(titles(&page.html));
    }
    assert_eq!(sizes, [20, 20, 5]);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 45);
    let beyond = browser.open(&format!("{LIST}?theme=emploi&page=9")).await;
    assert!(beyond.at.contains("page=3") && beyond.at.contains("theme=emploi"), "{}", beyond.at);
    assert_eq!((beyond.status, titles(&beyond.html).len()), (200, 5));
    let empty = browser.open(&format!("{LIST}?theme=sante&page=9")).await;
    assert_eq!((empty.status, titles(&empty.html).len()), (200, 0));
}

fn next(page: &Page) -> Option<String> {
    let tag = page.html.split("<a ").find(|tag| tag.contains("rel=\"next\""))?;
    let href = tag.split("href=\"").nth(1)?.split('"').next()?;
    Some(href.replace("&#38;", "&").replace("&amp;", "&"))
}

#[actix_web::test]
async fn a_commune_or_a_postal_code_in_the_search_box_is_a_place() {
    let scene = furnished().await;
    // A place by its name in an address is a question too.
    let typed = scene.node.stranger().get(&format!("{LIST}?place=Nevers")).await;
    assert!(typed.status == 303 && typed.location.contains("place=commune%3A58194"), "{}", typed.location);
    for question in ["Nevers", "58000", "nevers"] {
        let mut browser = scene.node.stranger();
        let sent = browser.get(&format!("{LIST}?q={question}&theme=emploi")).await;
        assert_eq!(sent.status, 303, "{question}: {}", sent.html);
        assert!(sent.location.contains("place=commune%3A58194"), "{question}: {}", sent.location);
        assert!(sent.location.contains("theme=emploi"), "what was chosen before is lost: {}", sent.location);
        let page = browser.follow(sent).await;
        assert_eq!(titles(&page.html), ["Alpha"], "{question}");
        assert!(page.says("a été compris comme un lieu"), "{}", page.html);
        // Who meant the word finds the way to it.
        let words = browser.open(&page.link("Chercher plutôt ce mot")).await;
        assert!(words.at.contains("words=1") && words.status == 200, "{}", words.at);
    }
}
