//! Alerts by mail, from the list to the link that ends them.

use super::scene::{Scene, ask, get, news};
use actix_web::test::TestRequest;
use async_trait::async_trait;
use maillage_app::ports::{OutgoingMail, Post, PostError};
use serde_json::json;
use std::sync::Mutex;

#[derive(Default)]
struct Mailbox(Mutex<Vec<OutgoingMail>>);

#[async_trait]
impl Post for Mailbox {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), PostError> {
        self.0.lock().expect("mails").push(mail.clone());
        Ok(())
    }
}

impl Mailbox {
    /// The path of the link in the only mail since the last look.
    fn link(&self) -> String {
        let mails = std::mem::take(&mut *self.0.lock().expect("mails"));
        assert_eq!(mails.len(), 1);
        let link = mails[0].body.split_whitespace().find(|word| word.contains("/alerts/")).expect("a link");
        link.strip_prefix("https://mef58.example").expect("ours").to_owned()
    }
}

const FORM: &str = "/alerts/new?list=%2Fsites%2Fnievre%2Factualites%3Ftheme%3Demploi";

#[actix_web::test]
async fn a_reader_asks_confirms_is_told_and_ends_it() {
    let scene = Scene::new().await;
    let mailbox = Mailbox::default();
    scene.published("actualites", news("Ancienne", json!({}))).await;
    let list = "/sites/nievre/actualites?theme=emploi";
    scene.node.app.set_sends_mail(false);
    assert!(!get(&scene.node, list).await.body.contains("/alerts/new"), "no mail is sent");
    scene.node.app.set_sends_mail(true);
    let mut reader = scene.node.stranger();
    let page = reader.open("/sites/nievre/actualites?theme=emploi&page=1").await;
    assert!(page.html.contains(&format!("href=\"{FORM}\"")), "{}", page.html);
    let page = reader.open(FORM).await;
    assert!(page.says("Actualités") && page.says("Thème : Emploi"), "{}", page.html);
    let wrong = reader.submit(&page.form("/alerts").with("email", "personne")).await;
    assert!(wrong.status == 422 && wrong.error("email").is_some(), "{} {}", wrong.status, wrong.html);
    let form = page.form("/alerts").with("email", "lectrice@exemple.example").with("frequency", "once");
    let sent = reader.submit(&form).await;
    assert!(sent.says("lectrice@exemple.example"), "{}", sent.html);
    scene.node.app.send_mails(&mailbox).await.expect("sent");
    let link = mailbox.link();
    // A program that opens every link of a mail confirms nothing.
    let page = reader.open(&link).await;
    assert!(page.offers(&link), "{}", page.html);
    let done = reader.submit(&page.form(&link)).await;
    assert!(done.says("vous recevrez"), "{}", done.html);
    scene.published("actualites", news("Nouvelle", json!({}))).await;
    scene.published("actualites", news("Ailleurs", json!({ "thematiques": ["sante"] }))).await;
    scene.node.pass(1);
    assert_eq!(scene.node.app.tell_alerts().await.expect("told"), 1);
    scene.node.app.send_mails(&mailbox).await.expect("sent");
    let mail = mailbox.0.lock().expect("mails")[0].clone();
    assert!(mail.body.contains("- Nouvelle") && !mail.body.contains("Ailleurs"), "{}", mail.body);
    let stop = mail.stop.expect("a way out");
    let stop = stop.strip_prefix("https://mef58.example").expect("ours");
    // Opening it ends nothing; the click of a mail program, without cookies or a form of ours, does (RFC 8058).
    assert_eq!(get(&scene.node, stop).await.status, 200);
    let click = TestRequest::post().uri(stop).set_form([("List-Unsubscribe", "One-Click")]);
    assert_eq!(ask(&scene.node, click).await.status, 200);
    assert_eq!(get(&scene.node, stop).await.status, 404);
    assert_eq!(get(&scene.node, &link).await.status, 404);
}

#[actix_web::test]
async fn what_is_no_open_list_has_no_alert() {
    let scene = Scene::new().await;
    scene.node.app.set_sends_mail(true);
    scene.site("reserve", "Réservé", true).await;
    for list in [
        "",
        "/",
        "/office",
        "/sites/reserve/recherche",
        "/sites/nievre",
        "https://evil.example/",
        "/services/x",
    ] {
        let path = crate::web::address::with("/alerts/new", &[("list", list)]);
        assert_eq!(get(&scene.node, &path).await.status, 404, "{list}");
    }
    let mut member = scene.node.browser(crate::tests::node::MANAGER).await;
    let inside = member.get("/sites/reserve/recherche").await;
    assert!(!inside.html.contains("/alerts/new"), "{}", inside.html);
    // Asking and confirming need a form of this node.
    for path in ["/alerts", "/alerts/x"] {
        let foreign = TestRequest::post().uri(path).set_form([("email", "x@exemple.example")]);
        assert_eq!(ask(&scene.node, foreign).await.status, 403, "{path}");
    }
    assert_eq!(get(&scene.node, "/alerts/x").await.status, 404);
}
