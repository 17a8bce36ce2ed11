//! Following, being followed, what is on its way, by their pages.

use super::scene::{actor_of, furnish};
use crate::tests::browser::{Browser, Form, Page};
use crate::tests::node::{ADMINISTRATOR, MANAGER, MODERATOR, Node};
use maillage_app::caller::Caller;
use maillage_app::subscription::SubscriptionForm;
use maillage_domain::rule::RuleSet;
use maillage_domain::subscription::TrustLevel;

const FEDERATION: &str = "/office/federation";

/// The rules that are stored for the one subscription of the news to a handle.
async fn stored(node: &Node, username: &str) -> (String, RuleSet) {
    let username = username.to_owned();
    let read = node.app.reads(Caller::Node.viewer()).run(|reads| reads.subscriptions(None));
    let all = read.await.expect("subscriptions");
    let one = all.into_iter().find(|view| view.source.username == username).expect("a subscription");
    (one.subscription.trust, serde_json::from_str(&one.subscription.rules).expect("rules"))
}

async fn subscription_form(browser: &mut Browser, address: &str) -> Form {
    let page = browser.open(&format!("{FEDERATION}/new?address={address}")).await;
    page.form(FEDERATION)
}

fn filled(form: Form) -> Form {
    form.with("into", "actualites")
        .with("trust", "publish")
        .with("themes", "emploi")
        .and("themes", "numerique")
        .with("territories.add", "Nièvre, Cosne-Cours-sur-Loire")
        .with("relation", "any")
        .with("centre.add", "Nevers")
        .with("radius", "40,5")
        .with("placeless", "true")
        .with("types", "agenda")
        .with("keywords", "forum, job dating")
        .with("language", "fr")
        .with("from", "2036-03-01")
        .with("until", "2036-03-31")
        .with("x0.then", "ignore")
        .with("x0.keywords", "salon")
        .with("action", "save")
}

#[actix_web::test]
async fn a_subscription_and_its_rules_there_and_back() {
    let node = Node::new().await;
    node.settle("Service", "agenda", "mef89.example", "Agenda de l’Yonne");
    let mut manager = node.browser(MANAGER).await;
    let form = subscription_form(&mut manager, "@agenda@mef89.example").await;
    assert_eq!(form.values("address"), ["@agenda@mef89.example"]);
    let page = manager.submit(&filled(form)).await;
    assert_eq!(page.at, FEDERATION, "{}", page.html);
    assert!(
        page.says("Agenda de l'Yonne") && page.says("attend la réponse de mef89.example"),
        "{}",
        page.html
    );
    assert!(page.says("contient « forum » ou contient « job dating »"), "{}", page.html);
    let (trust, rules) = stored(&node, "agenda").await;
    assert_eq!(trust, "publish");
    // The form shows what is stored, and sent again unchanged it stores the same.
    let path = page.link("Agenda de l’Yonne");
    let edit = manager.open(&path).await;
    let form = edit.form(&path);
    assert_eq!(form.values("territories"), ["departement:58", "commune:58086"]);
    assert_eq!(form.values("centre"), ["commune:58194"]);
    assert_eq!(form.values("radius"), ["40,5"]);
    assert_eq!(form.values("x0.then"), ["ignore"]);
    manager.submit(&form.clone().with("action", "save")).await;
    assert_eq!(stored(&node, "agenda").await, (trust, rules.clone()));
    // Another exception is asked for without losing what is typed, and a blank one does not count.
    let more = manager.send(&form.with("keywords", "forum").with("action", "more")).await;
    let wider = more.form(&path);
    assert_eq!(wider.values("keywords"), ["forum"]);
    assert_eq!(wider.values("x1.then"), [""]);
    let again = wider.with("x1.then", "hold").with("x1.theme", "numerique").with("x1.territory.add", "Yonne");
    manager.submit(&again.with("trust", "hold").with("action", "save")).await;
    let (trust, changed) = stored(&node, "agenda").await;
    assert_eq!((trust.as_str(), changed.rules.len()), ("hold", 2));
    // Nothing asked is everything taken.
    let page = manager.open(&path).await;
    let mut bare = page.form(&path);
    bare.fields.retain(|(name, _)| matches!(name.as_str(), "csrf" | "trust"));
    manager.submit(&bare.with("action", "save")).await;
    assert_eq!(stored(&node, "agenda").await.1, RuleSet::default());
    // And no more of it.
    let page = manager.open(FEDERATION).await;
    let page = manager.submit(&page.form(&format!("{path}/remove"))).await;
    assert!(page.says("Vous ne suivez plus « Agenda de l'Yonne »."), "{}", page.html);
}

fn wrong(page: &Page, field: &str) {
    assert_eq!(page.status, 422, "{field}");
    assert!(page.error(field).is_some(), "{field}: {}", page.html);
}

#[actix_web::test]
async fn what_is_wrong_in_rules_is_said_beside_it() {
    let node = Node::new().await;
    let mut manager = node.browser(MANAGER).await;
    let form = filled(subscription_form(&mut manager, "@agenda@mef89.example").await);
    let page = manager.send(&form).await;
    wrong(&page, "address");
    assert!(page.error("address").is_some_and(|error| error.contains("Personne ne répond")));
    assert_eq!(page.form(FEDERATION).values("keywords"), ["forum, job dating"]);
    assert_eq!(page.form(FEDERATION).values("territories"), ["departement:58", "commune:58086"]);
    for (name, value, field) in [
        ("address", "agenda", "address"),
        ("into", "", "into"),
        ("radius", "loin", "radius"),
        ("radius", "", "radius"),
        ("from", "bientôt", "from"),
        ("until", "2036-02-01", "until"),
        ("territories.add", "Xyzzyville", "territories"),
    ] {
        node.settle("Service", "agenda", "mef89.example", "Agenda de l’Yonne");
        let page = manager.send(&form.clone().with(name, value)).await;
        wrong(&page, field);
    }
    wrong(&manager.send(&form.clone().with("centre.add", "")).await, "centre");
    wrong(&manager.send(&form.with("x0.territory.add", "Saint-Germain")).await, "x0.territory");
}

#[actix_web::test]
async fn rules_of_a_program_are_kept_and_can_be_tried() {
    let node = Node::new().await;
    let parts = furnish(&node).await;
    let mut manager = node.browser(MANAGER).await;
    let path = format!("/office/federation/subscriptions/{}", parts["subscription"]);
    let form = manager.open(&path).await.form(&path);
    let tried =
        manager.send(&form.with("keywords", "atelier").with("trust", "publish").with("action", "try")).await;
    assert_eq!(tried.status, 200);
    assert!(
        tried.says("Essai sur 1 fiche reçue") && tried.says("<strong>1</strong> publiées aussitôt"),
        "{}",
        tried.html
    );
    let none = manager.send(&tried.form(&path).with("keywords", "introuvable").with("action", "try")).await;
    assert!(none.says("<strong>1</strong> écartées"), "{}", none.html);
    assert_eq!(
        stored(&node, "agenda").await,
        ("hold".to_owned(), RuleSet::default()),
        "trying has changed it"
    );
    // Rules that the form cannot show stay as they are; the trust can be changed.
    let rules: RuleSet =
        serde_json::from_str(r#"{"filter": {"not": {"theme": "numerique"}}}"#).expect("rules");
    let asked = SubscriptionForm { trust: TrustLevel::Hold, rules: rules.clone() };
    let caller = node.caller(MANAGER).await;
    node.app.change_subscription(&caller, &parts["subscription"], asked).await.expect("changed");
    let page = manager.open(&path).await;
    assert!(page.says("Ces règles ont été écrites par un programme"), "{}", page.html);
    manager.submit(&page.form(&path).with("trust", "publish").with("action", "save")).await;
    assert_eq!(stored(&node, "agenda").await, ("publish".to_owned(), rules));
}

#[actix_web::test]
async fn followers_are_accepted_refused_and_removed() {
    let node = Node::new().await;
    furnish(&node).await;
    let mut manager = node.browser(MANAGER).await;
    let page = manager.open("/office/federation/followers").await;
    assert!(page.says("MEF de l'Yonne") && page.says("@node@mef89.example") && page.says("autre nœud"));
    // A moderator sees them and cannot answer.
    let mut moderator = node.browser(MODERATOR).await;
    let seen = moderator.open("/office/federation/followers").await;
    assert!(seen.says("MEF de l'Yonne") && !seen.html.contains("/reject\""));
    let reject = page
        .html
        .split("action=\"")
        .find(|part| part.contains("/reject\""))
        .and_then(|p| p.split('"').next());
    let path = reject.expect("a button").to_owned();
    let page = manager.submit(&page.form(&path)).await;
    assert!(page.says("Personne ne suit encore vos services"), "{}", page.html);
    // A service for partners alone asks before it lets anybody in.
    let form = maillage_app::service::ServiceForm {
        title: "Messages".to_owned(),
        visibility: Some(maillage_domain::service::Visibility::Network),
        charter: maillage_domain::service::Charter::default(),
        self_validation: false,
    };
    node.app.add_service(&Caller::Node, "news", "messages", form).await.expect("a service");
    let follower = node.settle("Person", "alice", "social.example", "");
    node.app.keep_actor(follower.clone()).await.expect("an actor");
    let own = actor_of(&node, "messages").await;
    node.app.followed("https://social.example/x/1", &follower.uri, &own).await.expect("a request");
    let mut admin = node.browser(ADMINISTRATOR).await;
    let page = admin.open("/office/federation/followers").await;
    assert!(page.says("Demandes en attente") && page.says("compte du fédivers"), "{}", page.html);
    let accept = page
        .html
        .split("action=\"")
        .find(|part| part.contains("/accept\""))
        .and_then(|p| p.split('"').next());
    let page = admin.submit(&page.form(accept.expect("a button"))).await;
    assert!(!page.says("Demandes en attente") && page.says("alice"), "{}", page.html);
}

#[actix_web::test]
async fn deliveries_are_seen_and_tried_again() {
    let node = Node::new().await;
    let parts = furnish(&node).await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let page = admin.open("/office/federation/deliveries").await;
    assert!(page.says("https://mef89.example/inbox") && page.says("en attente"), "{}", page.html);
    let path = format!("/office/federation/deliveries/{}/retry", parts["delivery"]);
    let page = admin.submit(&page.form(&path)).await;
    assert!(page.says("L'envoi est retenté tout de suite."));
    assert!(admin.open("/office/federation/deliveries?state=parked").await.says("Aucun envoi dans cet état"));
    let mut manager = node.browser(MANAGER).await;
    assert!(!manager.open(FEDERATION).await.says("Envois"));
}
