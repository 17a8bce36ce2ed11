//! Kept pages: the same for everybody, never older than what this node has done, never a person's.

use super::scene::{Scene, news};
use crate::tests::browser::{Browser, Server};
use crate::tests::node::{Elsewhere, MODERATOR};
use crate::web::{Face, Settings};
use maillage_domain::site::ListFilter;
use maillage_domain::workflow::Transition;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

const NEWS: &str = "/sites/nievre/actualites";

/// The pages of the scene's node, kept for as long as the test may take.
async fn patient(scene: &Scene) -> Server {
    let elsewhere = Arc::new(Elsewhere::default());
    let settings = Settings { pages_kept: Duration::from_secs(3_600), ..Settings::default() };
    Server::start(Face::new(scene.node.app.clone(), elsewhere.clone(), elsewhere, settings)).await
}

#[actix_web::test]
async fn a_kept_page_goes_with_the_next_change() {
    let scene = Scene::new().await;
    let first = scene.published("actualites", news("Premier", json!({}))).await;
    let mut reader = Browser::new(&patient(&scene).await);
    assert!(reader.get(NEWS).await.html.contains("Premier"));
    // Another process publishes: only a page that is kept does not know.
    let beside = Scene { node: scene.node.beside().await };
    beside.published("actualites", news("Voisin", json!({}))).await;
    assert!(!reader.get(NEWS).await.html.contains("Voisin"), "nothing was kept");
    assert!(reader.get(&format!("{NEWS}?q=voisin")).await.html.contains("Voisin"), "another address");
    scene.published("actualites", news("Suivant", json!({}))).await;
    let page = reader.get(NEWS).await;
    assert!(page.html.contains("Suivant") && page.html.contains("Voisin"), "published and not shown");
    assert_eq!(reader.get(&first.page).await.status, 200);
    scene.decide(&first, Transition::Withdraw).await;
    assert!(!reader.get(NEWS).await.html.contains("Premier"), "withdrawn and still shown");
    assert_eq!(reader.get(&first.page).await.status, 410);
}

#[actix_web::test]
async fn what_belongs_to_one_visitor_is_not_kept() {
    let scene = Scene::new().await;
    scene.published("actualites", news("Premier", json!({}))).await;
    scene.site("reserve", "Atelier réservé", true).await;
    scene.place("reserve", "actualites", ListFilter::default(), None).await;
    let server = patient(&scene).await;
    let (mut stranger, mut english, mut at_login, mut member) =
        (Browser::new(&server), Browser::new(&server), Browser::new(&server), Browser::new(&server));
    member.sign_in(MODERATOR, crate::tests::node::PASSWORD).await;
    assert!(member.get(NEWS).await.html.contains("Premier"));
    assert_eq!(member.get("/sites/reserve").await.status, 200);
    let page = stranger.get(NEWS).await;
    assert!(!page.html.contains("/logout") && !page.html.contains("/office"), "{}", page.html);
    assert_eq!(stranger.get("/sites/reserve").await.status, 404);
    english.get("/?lang=en").await;
    at_login.get("/login").await;
    let beside = Scene { node: scene.node.beside().await };
    beside.published("actualites", news("Voisin", json!({}))).await;
    assert!(!stranger.get(NEWS).await.html.contains("Voisin"), "nothing was kept");
    for (visitor, what) in
        [(&mut member, "signed in"), (&mut english, "in English"), (&mut at_login, "with a form under way")]
    {
        let page = visitor.get(NEWS).await;
        assert!(page.html.contains("Voisin"), "{what} got the page of another");
    }
}
