//! Signing in through an identity provider, as a browser sees it: the button, the way there and back,
//! what is refused, and the list of what is linked.

use super::scene::{ask, get};
use crate::tests::node::{AUTHOR, COLLEAGUE, Node};
use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use async_trait::async_trait;
use maillage_app::AppError;
use maillage_app::ports::{Departure, Identity, IdentityProvider};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use url::Url;

/// A provider for which a code is the address of the person.
#[derive(Default)]
struct Desk(AtomicUsize);

#[async_trait]
impl IdentityProvider for Desk {
    fn name(&self) -> &str {
        "Connexion <Nièvre>"
    }

    fn name_of(&self, _issuer: &str) -> Option<&str> {
        Some(self.name())
    }

    async fn begin(&self) -> Result<Departure, AppError> {
        let state = format!("state-{}", self.0.fetch_add(1, Ordering::SeqCst));
        let address = Url::parse(&format!("https://id.example/authorize?state={state}"));
        let address = address.map_err(AppError::internal)?;
        Ok(Departure { address, state, nonce: "n".to_owned(), verifier: "v".to_owned() })
    }

    async fn finish(&self, code: &str, _nonce: &str, _verifier: &str) -> Result<Identity, AppError> {
        let (issuer, subject) = ("https://id.example".to_owned(), code.to_owned());
        Ok(Identity { issuer, subject, email: Some(code.to_owned()), email_verified: true })
    }
}

async fn node() -> Node {
    let node = Node::new().await;
    node.app.set_identity_provider(Arc::new(Desk::default()));
    node
}

/// What comes back behind the address of a departure, with a code for this person.
fn back(departure: &str, who: &str) -> String {
    let state = departure.strip_prefix("https://id.example/authorize?").expect("the provider's address");
    format!("/login/openid/back?code={}&{state}", who.replace('@', "%40"))
}

#[actix_web::test]
async fn the_way_there_and_back() {
    let node = node().await;
    let mut browser = node.stranger();
    let login = browser.open("/login?next=%2Foffice%2Fqueue%3Fx%3D1").await;
    let link = login.link("Se connecter avec Connexion");
    assert_eq!(link, "/login/openid?next=%2Foffice%2Fqueue%3Fx%3D1");
    let away = browser.get(&link).await;
    assert_eq!(away.status, 303);
    let arrived = browser.get(&back(&away.location, AUTHOR)).await;
    assert_eq!((arrived.status, arrived.location.as_str()), (303, "/office/queue?x=1"), "{}", arrived.html);
    assert_eq!(browser.get("/office").await.status, 200);
    assert_eq!(browser.get(&link).await.location, "/office/queue?x=1", "who is signed in need not leave");
    // No address leads elsewhere.
    let mut other = node.stranger();
    let away = other.get("/login/openid?next=https%3A%2F%2Fevil.example%2F").await;
    assert_eq!(other.get(&back(&away.location, AUTHOR)).await.location, "/office");
}

#[actix_web::test]
async fn what_is_refused_is_told_on_the_login_page_in_the_readers_language() {
    let node = node().await;
    let mut browser = node.stranger();
    let away = browser.get("/login/openid?next=%2Foffice%2Fqueue").await.location;
    // Somebody else's browser, which an attacker has led here.
    let mut other = node.stranger();
    let page = other.open(&back(&away, AUTHOR)).await;
    assert!(page.at.starts_with("/login?") && page.says("été commencée ici"), "{}", page.html);
    assert_eq!(other.get("/office").await.status, 303, "it is signed in");
    let page = browser.open(&back(&away, "personne@mef58.example")).await;
    assert_eq!(page.form("/login").values("next"), ["/office/queue"], "where to go on is lost");
    assert!(page.says("personne@mef58.example ici : demandez une invitation"), "{}", page.html);
    let page = browser.open(&back(&away, AUTHOR)).await;
    assert!(page.says("a déjà servi"), "{}", page.html);
    let away = browser.get("/login/openid").await.location;
    let state = away.split_once('?').expect("a query").1.to_owned();
    let page = browser.open(&format!("/login/openid/back?error=access_denied&{state}&lang=en")).await;
    assert!(page.says("did not say who you are"), "{}", page.html);
    // Without a provider there is neither button nor way.
    let plain = Node::new().await;
    let mut browser = plain.stranger();
    assert!(!browser.open("/login").await.html.contains("/login/openid"));
    for path in ["/login/openid", "/login/openid/back?code=x&state=y"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn a_form_that_is_kept_is_not_taken_away_to_the_provider() {
    const NEW: &str = "/office/services/agenda/new";
    let node = node().await;
    let mut browser = node.browser(AUTHOR).await;
    let form = browser.open(NEW).await.form(NEW).with("titre", "Forum").with("action", "save");
    node.pass(15);
    let kept = browser.send(&form).await;
    assert!(kept.status == 401 && kept.offers("/login"), "{}", kept.html);
    assert!(!kept.html.contains("/login/openid"), "{}", kept.html);
}

#[actix_web::test]
async fn the_cookie_of_a_departure_is_read_by_no_script_and_ends_soon() {
    let node = node().await;
    let away = get(&node, "/login/openid").await;
    let set = away.header("set-cookie");
    for attribute in ["-departure=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=600"] {
        assert!(set.contains(attribute), "{attribute}: {set}");
    }
    // Two tabs of one browser have one cookie, so that either comes back.
    let (name, value) = set.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
    let kept = Cookie::new(name.to_owned(), value.to_owned());
    let again = ask(&node, TestRequest::get().uri("/login/openid").cookie(kept)).await;
    assert!(again.header("set-cookie").starts_with(&format!("{name}={value};")), "{:?}", again.headers);
}

#[actix_web::test]
async fn what_is_linked_is_listed_for_its_owner_and_removed() {
    let node = node().await;
    let mut browser = node.stranger();
    let away = browser.get("/login/openid").await.location;
    browser.get(&back(&away, AUTHOR)).await;
    let security = "/office/settings/security";
    let page = browser.open(security).await;
    assert!(page.html.contains("Connexion &#60;Nièvre&#62;") && page.says(AUTHOR), "{}", page.html);
    let action = format!("{security}/identities/1/unlink");
    let mut other = node.browser(COLLEAGUE).await;
    assert!(!other.open(security).await.html.contains("/unlink"));
    let token = other.open(security).await.form("/logout").values("csrf")[0].to_owned();
    assert_eq!(other.post(&action, &[("csrf", &token)]).await.status, 404);
    let page = browser.submit(&page.form(&action)).await;
    assert!(page.says("L’identité est retirée.") && !page.html.contains("/unlink"), "{}", page.html);
    let mut admin = node.browser(crate::tests::node::ADMINISTRATOR).await;
    let log = admin.open("/office/settings/audit?subject=identity").await;
    assert!(log.says("Identité reliée : ajout") && log.says("Identité reliée : suppression"), "{}", log.html);
}
