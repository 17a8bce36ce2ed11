//! The search box and the places around: what a name means, where a short list leads.

use super::scene::{Scene, get, news};
use serde_json::json;

const LIST: &str = "/sites/nievre/actualites";

#[actix_web::test]
async fn a_postal_code_means_all_of_its_communes() {
    let scene = Scene::new().await;
    scene.published("actualites", news("À Challuy", json!({ "territoires": ["commune:58051"] }))).await;
    let mut browser = scene.node.stranger();
    let page = browser.open(&format!("{LIST}?q=58000")).await;
    assert!(page.says("À Challuy"), "{}", page.html);
    for commune in ["commune%3A58194", "commune%3A58051"] {
        assert!(page.at.contains(commune), "{}", page.at);
    }
}

#[actix_web::test]
async fn a_name_that_several_bear_means_the_one_around_here() {
    let scene = Scene::new().await;
    // Clamecy is in the Nièvre and in the Aisne.
    let answer = get(&scene.node, &format!("{LIST}?q=clamecy")).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), format!("{LIST}?place=commune%3A58079&said=clamecy"));
    // The neighbouring département of the same region is around, too; a number alone is one.
    assert!(
        get(&scene.node, &format!("{LIST}?q=dijon")).await.header("location").contains("commune%3A21231")
    );
    assert!(get(&scene.node, &format!("{LIST}?q=58")).await.header("location").contains("departement%3A58"));
}

#[actix_web::test]
async fn a_word_that_is_a_place_elsewhere_stays_a_word_where_something_is_called_so() {
    let scene = Scene::new().await;
    scene.published("actualites", news("Les métiers du bois", json!({}))).await;
    let mut browser = scene.node.stranger();
    let page = browser.open(&format!("{LIST}?q=bois")).await;
    assert!(page.at.contains("q=bois") && page.says("Les métiers du <mark>bois</mark>"), "{}", page.html);
    assert_eq!(page.link("Bois (Charente-Maritime)"), format!("{LIST}?place=commune%3A17050"));
    // Where nothing is called so it can only be the place.
    let elsewhere = browser.get("/services/agenda?q=bois").await;
    assert!(elsewhere.location.contains("commune%3A17050"), "{}", elsewhere.location);
}

#[actix_web::test]
async fn a_question_asked_as_words_is_never_a_place() {
    let scene = Scene::new().await;
    scene.published("actualites", news("Le pont de Nevers est fermé", json!({ "territoires": [] }))).await;
    let page = scene.node.stranger().open(&format!("{LIST}?q=nevers&words=1")).await;
    assert!(page.says("Le pont de <mark>Nevers</mark>"), "{}", page.html);
    assert!(page.says("Mots : nevers"), "{}", page.html);
}

#[actix_web::test]
async fn a_short_list_leads_to_what_is_around() {
    let scene = Scene::new().await;
    for (title, place) in
        [("À Nevers", "commune:58194"), ("À Varennes", "commune:58302"), ("À Dijon", "commune:21231")]
    {
        scene.published("actualites", news(title, json!({ "territoires": [place] }))).await;
    }
    let mut browser = scene.node.stranger();
    // Nothing in Corbigny, three in its region; all of it is published from the Nièvre.
    let page = browser.open(&format!("{LIST}?q=corbigny")).await;
    assert!(page.says("0 fiche") && page.says("Aux alentours :"), "{}", page.html);
    let wider = browser.open(&page.link("Nièvre (département) (3 fiches)")).await;
    assert!(wider.says("À Nevers") && wider.says("À Dijon"), "{}", wider.html);
    assert!(!wider.says("« corbigny » a été compris"), "{}", wider.html);
}
