//! Items of other nodes on our pages: whose they are, where they came by, where their original is.

use super::scene::{Scene, get, news};
use crate::tests::node::MANAGER;
use async_trait::async_trait;
use chrono::{Duration, Utc};
use maillage_app::AppError;
use maillage_app::inbound::{RemoteActor, RemoteItem};
use maillage_app::ports::Discovery;
use maillage_app::subscription::SubscriptionForm;
use maillage_domain::field::Fields;
use maillage_domain::item::{ItemCore, ItemFrame};
use maillage_domain::registry::Registry;
use maillage_domain::rule::RuleSet;
use maillage_domain::service::Visibility;
use maillage_domain::site::ListFilter;
use maillage_domain::subscription::{Handle, TrustLevel};
use serde_json::json;

const TITLE: &str = "Un nouveau bus entre Auxerre et Avallon";
const URI: &str = "https://mef89.example/o/1";
const PAGE: &str = "https://mef89.example/fiches/1/un-nouveau-bus";

/// Finds one actor, whatever it is asked for.
struct Found(RemoteActor);

#[async_trait]
impl Discovery for Found {
    async fn discover(&self, _: &Handle) -> Result<RemoteActor, AppError> {
        Ok(self.0.clone())
    }
}

fn item(visibility: Visibility) -> RemoteItem {
    let registry = Registry::embedded().expect("types");
    let frame = ItemFrame { licence: "CC-BY-4.0".to_owned(), ..ItemFrame::default() };
    let more = json!({ "territoires": ["commune:89024"], "lien": "https://bus.example/ligne-4" });
    let fields: Fields = serde_json::from_value(news(TITLE, more)).expect("fields");
    let at = Utc::now() - Duration::days(3);
    RemoteItem {
        uri: URI.to_owned(),
        url: PAGE.to_owned(),
        type_slug: "news".to_owned(),
        core: ItemCore::of(registry.get("news").expect("news"), &fields, &frame),
        fields,
        frame,
        organisation: "Maison de l’emploi de l’Yonne".to_owned(),
        publisher_place: "departement:89".to_owned(),
        visibility,
        published: Some(at),
        updated: Some(at),
        version: 1,
        raw: "{}".to_owned(),
    }
}

/// A newsroom that follows the Yonne and has received an item from it; the actor's id.
async fn received(visibility: Visibility) -> (Scene, String) {
    let scene = Scene::new().await;
    let actor = scene.node.settle("Service", "actualites", "mef89.example", "Actualités de l’Yonne");
    let manager = scene.node.caller(MANAGER).await;
    let handle = "@actualites@mef89.example".parse().expect("a handle");
    let asked = SubscriptionForm { trust: TrustLevel::Publish, rules: RuleSet::default() };
    let finder = Found(actor.clone());
    scene.node.app.subscribe(&manager, &finder, "actualites", &handle, asked).await.expect("subscribed");
    let activity = Some("https://mef89.example/x/create");
    scene.node.app.item_received(activity, &actor.uri, item(visibility)).await.expect("received");
    (scene, actor.uri)
}

#[actix_web::test]
async fn a_received_item_says_whose_it_is_and_leads_to_its_original() {
    let (scene, _) = received(Visibility::Public).await;
    let mut browser = scene.node.stranger();
    let list = browser.open("/sites/nievre/actualites").await;
    let page = browser.open(&list.link(TITLE)).await;
    assert_eq!(page.status, 200, "{}", page.html);
    for words in [
        "Publié par Maison de l’emploi de l’Yonne",
        "reçu de mef89.example",
        "Actualités de l’Yonne",
        "Voir l’original sur mef89.example",
        "Creative Commons Attribution 4.0 (CC BY)",
        "sur bus.example",
        "Auxerre (Yonne)",
    ] {
        assert!(page.says(words), "{words}: {}", page.html);
    }
    assert_eq!(page.link("Voir l’original"), PAGE);
    // It is not published a second time as ours: machines are led to the original.
    assert!(page.html.contains(&format!("<link rel=\"canonical\" href=\"{PAGE}\">")), "{}", page.html);
    assert!(page.html.contains(&format!("\"@id\":\"{URI}\"")), "{}", page.html);
    assert!(page.html.contains("\"license\":\"https://spdx.org/licenses/CC-BY-4.0.html\""), "{}", page.html);
    assert!(!page.html.contains("application/activity+json"), "{}", page.html);
    let feed = get(&scene.node, "/services/actualites.rss").await.body;
    assert!(feed.contains(PAGE) && feed.contains(URI), "{feed}");
}

#[actix_web::test]
async fn a_received_item_that_was_withdrawn_is_gone() {
    let (scene, actor) = received(Visibility::Public).await;
    let path = scene.node.stranger().open("/sites/nievre/actualites").await.link(TITLE);
    let own = path.trim_start_matches("/sites/nievre").to_owned();
    scene.node.app.deleted(Some("https://mef89.example/x/delete"), &actor, URI).await.expect("deleted");
    for path in [path, own] {
        let answer = get(&scene.node, &path).await;
        assert_eq!(answer.status, 410, "{path}: {}", answer.body);
        assert!(!answer.body.contains(TITLE), "{path}");
    }
    assert!(!get(&scene.node, "/sites/nievre/actualites").await.body.contains(TITLE));
}

#[actix_web::test]
async fn what_a_partner_shares_with_members_alone_stays_inside() {
    let (scene, actor) = received(Visibility::Network).await;
    let member = scene.node.browser(MANAGER).await.open("/sites/nievre/actualites").await;
    let path = member.link(TITLE);
    assert!(scene.node.browser(MANAGER).await.open(&path).await.says(TITLE));
    for address in
        ["/sites/nievre", "/sites/nievre/actualites", "/sites/nievre/recherche", "/services/actualites.rss"]
    {
        assert!(!get(&scene.node, address).await.body.contains(TITLE), "{address}");
    }
    assert_eq!(get(&scene.node, &path).await.status, 404);
    scene.node.app.deleted(Some("https://mef89.example/x/delete"), &actor, URI).await.expect("deleted");
    assert_eq!(get(&scene.node, &path).await.status, 404);
}

#[actix_web::test]
async fn an_item_stands_on_the_sites_that_show_it_alone() {
    let (scene, _) = received(Visibility::Public).await;
    scene.site("sante", "Santé", false).await;
    let health = ListFilter { themes: vec!["sante".to_owned()], ..ListFilter::default() };
    scene.place("sante", "actualites", health, None).await;
    let path = scene.node.stranger().open("/sites/nievre/actualites").await.link(TITLE);
    let own = path.trim_start_matches("/sites/nievre").to_owned();
    let elsewhere = get(&scene.node, &format!("/sites/sante{own}")).await;
    assert_eq!((elsewhere.status, elsewhere.header("location")), (301, own.as_str()));
}
