//! The first run of a node: who holds the code makes the administrator, once.

use crate::tests::browser::{Browser, Form, Page, Server};
use crate::tests::node::{Elsewhere, PASSWORD};
use crate::web::{Face, Settings};
use maillage_app::App;
use maillage_app::address::Addresses;
use maillage_app::clock::SystemClock;
use maillage_domain::registry::Registry;
use maillage_store::testing::{TestDatabase, media_of};
use maillage_store::{Limits, Store};
use std::sync::Arc;

struct Fresh {
    app: App,
    code: String,
    server: Server,
    _database: TestDatabase,
}

async fn fresh() -> Fresh {
    let database = TestDatabase::usual();
    let store = Store::open(&database.location(), &Limits::default()).expect("the database opens");
    let registry = Arc::new(Registry::embedded().expect("types"));
    let addresses = Addresses::new("https://mef58.example/").expect("an address");
    let app = App::new(store, Arc::new(SystemClock), registry, addresses, media_of(&database.location()));
    let code = app.prepare_node().await.expect("a node").expect("a code");
    let elsewhere = Arc::new(Elsewhere::default());
    let face = Face::new(app.clone(), elsewhere.clone(), elsewhere, Settings::default());
    Fresh { app, code, server: Server::start(face).await, _database: database }
}

fn filled(page: &Page, code: &str) -> Form {
    page.form("/setup")
        .with("code", code)
        .with("node_name", "MEF de l’Yonne")
        .with("territory", "departement:89")
        .with("name", "Administration")
        .with("email", "administration@mef89.example")
        .with("password", PASSWORD)
        .with("password_again", PASSWORD)
}

/// Sends a form that is refused beside this field; nothing but the passwords is lost.
async fn refused(browser: &mut Browser, form: Form, field: &str, text: &str) {
    let page = browser.send(&form).await;
    assert_eq!(page.status, 422, "{field}: {}", page.html);
    let error = page.error(field).unwrap_or_else(|| panic!("no error beside {field}: {}", page.html));
    assert!(error.contains(text), "{field}: {error}");
    let again = page.form("/setup");
    for name in ["node_name", "name", "email", "code"] {
        assert_eq!(again.values(name), form.values(name), "{name} was lost");
    }
    assert!(!page.html.contains(PASSWORD), "a password was sent back");
}

#[actix_web::test]
async fn what_is_wrong_is_said_beside_its_field_and_nothing_is_lost() {
    let fresh = fresh().await;
    let mut browser = Browser::new(&fresh.server);
    for path in ["/", "/login"] {
        assert_eq!(browser.get(path).await.location, "/setup", "{path}");
    }
    let page = browser.open("/setup").await;
    let right = filled(&page, &fresh.code);
    let wrong = right.clone().with("code", "ce n’est pas le code");
    refused(&mut browser, wrong.clone(), "code", "pas le bon").await;
    refused(&mut browser, wrong.with("node_name", ""), "code", "pas le bon").await;
    let short = right.clone().with("password", "court").with("password_again", "court");
    refused(&mut browser, short, "password", "12 signes").await;
    let differing = right.clone().with("password_again", "un autre mot de passe");
    refused(&mut browser, differing, "password_again", "pas les mêmes").await;
    refused(&mut browser, right.clone().with("territory", "departement:999"), "territory", "inconnu").await;
    refused(&mut browser, right.clone().with("node_name", "  "), "node_name", "Donnez un nom").await;
    refused(&mut browser, right.with("email", "pas une adresse"), "email", "").await;
    assert!(fresh.app.awaits_first_run().await.expect("read"), "a refused form has made an administrator");
}

#[actix_web::test]
async fn the_administrator_is_made_once_and_signed_in() {
    let fresh = fresh().await;
    let (mut browser, mut late) = (Browser::new(&fresh.server), Browser::new(&fresh.server));
    let page = browser.open("/setup").await;
    let late_page = late.open("/setup").await;
    let spaced: String = fresh.code.to_uppercase().chars().flat_map(|sign| [sign, ' ']).collect();
    let sent = browser.send(&filled(&page, &spaced)).await;
    assert_eq!((sent.status, sent.location.as_str()), (303, "/office"), "{}", sent.html);
    let office = browser.follow(sent).await;
    assert_eq!(office.status, 200);
    assert!(office.says("Le nœud est prêt."), "{}", office.html);
    assert!(browser.get("/").await.html.contains("MEF de l’Yonne"));
    // The code has done its work; the page is there no more.
    let second = filled(&late_page, &fresh.code).with("email", "intrusion@mef89.example");
    assert_eq!(late.send(&second).await.location, "/login");
    assert_eq!(late.get("/setup").await.location, "/login");
    assert_eq!(late.get("/office").await.location, "/login?next=%2Foffice");
    let refused = fresh.app.log_in("intrusion@mef89.example", PASSWORD, "127.0.0.1").await;
    assert!(refused.is_err(), "a second administrator was made");
}
