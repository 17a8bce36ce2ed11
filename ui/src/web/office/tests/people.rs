//! Invitations, forgotten passwords, sessions, mails and the audit log by their pages.

use super::scene::Refusing;
use crate::tests::node::{ADMINISTRATOR, AUTHOR, MANAGER, MODERATOR, Node};
use async_trait::async_trait;
use maillage_app::ports::{OutgoingMail, Post, PostError};
use std::sync::Mutex;

const GUEST: &str = "stage@mef58.example";
const NEW: &str = "un mot de passe tout neuf";

/// A mail server that keeps what it is given.
#[derive(Default)]
struct Kept(Mutex<Vec<OutgoingMail>>);

#[async_trait]
impl Post for Kept {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), PostError> {
        self.0.lock().expect("mails").push(mail.clone());
        Ok(())
    }
}

/// Sends what is queued; answers the path of the link in the last mail.
async fn link(node: &Node) -> String {
    let kept = Kept::default();
    node.app.send_mails(&kept).await.expect("sent");
    let mails = kept.0.lock().expect("mails");
    let body = &mails.last().expect("a mail").body;
    let link = body.split_whitespace().find(|word| word.starts_with("https://mef58.example/"));
    link.expect("a link").trim_start_matches("https://mef58.example").to_owned()
}

#[actix_web::test]
async fn an_invitation_from_the_page_of_a_service_to_the_first_work() {
    let node = Node::new().await;
    let mut manager = node.browser(MANAGER).await;
    let invite = "/office/services/agenda/invite";
    assert!(manager.open("/office/services/agenda").await.html.contains(invite));
    let form = manager.open(invite).await.form(invite);
    let refused = manager.send(&form.clone().with("email", GUEST)).await;
    assert!(refused.status == 422 && refused.error("role").is_some(), "{}", refused.html);
    let taken = manager.send(&form.clone().with("email", AUTHOR).with("role", "contributor")).await;
    assert!(taken.error("email").is_some(), "{}", taken.html);
    let page = manager.submit(&form.with("email", GUEST).with("role", "contributor")).await;
    assert!(page.says("L'invitation part à stage@mef58.example."), "{}", page.html);
    let invitation = link(&node).await;

    let mut guest = node.stranger();
    let page = guest.open(&invitation).await;
    assert!(
        page.says("stage@mef58.example") && page.says("Contributeur : Agenda de la Nièvre"),
        "{}",
        page.html
    );
    let form = page.form(&invitation).with("name", "Stage").with("password", NEW);
    let refused = guest.send(&form.clone().with("password_again", "autre")).await;
    assert!(refused.error("password_again").is_some(), "{}", refused.html);
    assert_eq!(refused.form(&invitation).values("name"), ["Stage"]);
    assert!(!refused.html.contains(NEW));
    let page = guest.submit(&form.with("password_again", NEW)).await;
    assert_eq!((page.at.as_str(), page.status), ("/office", 200), "{}", page.html);
    assert!(guest.open("/office/services/agenda/new").await.status == 200);
    assert_eq!(node.stranger().get(&invitation).await.status, 404);
    assert!(manager.open("/office/settings/invitations").await.says("Aucune invitation en attente"));
}

#[actix_web::test]
async fn an_invitation_is_sent_again_and_taken_back() {
    let node = Node::new().await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let list = "/office/settings/invitations";
    let form = admin.open(&format!("{list}/new")).await.form(list);
    let wrong = admin.send(&form.clone().with("email", GUEST).with("role", "moderator")).await;
    assert!(wrong.error("service").is_some(), "{}", wrong.html);
    let page = admin.submit(&form.with("email", GUEST).with("language", "en")).await;
    assert!(page.says(GUEST), "{}", page.html);
    let first = link(&node).await;
    let again = actions(&page.html, "/again")[0].clone();
    admin.submit(&page.form(&again)).await;
    let second = link(&node).await;
    assert_ne!(first, second);
    assert_eq!(node.stranger().get(&first).await.status, 404);
    assert_eq!(node.stranger().get(&second).await.status, 200);
    let revoke = actions(&page.html, "/revoke")[0].clone();
    admin.submit(&page.form(&revoke)).await;
    assert_eq!(node.stranger().get(&second).await.status, 404);
}

/// The actions of forms that end like this.
fn actions(html: &str, end: &str) -> Vec<String> {
    let parts = html.split("action=\"").skip(1).filter_map(|part| part.split('"').next());
    parts.filter(|action| action.ends_with(end)).map(str::to_owned).collect()
}

#[actix_web::test]
async fn a_forgotten_password() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let mut stranger = node.stranger();
    assert!(stranger.open("/login").await.html.contains("href=\"/forgotten\""));
    let form = stranger.open("/forgotten").await.form("/forgotten");
    let known = stranger.send(&form.clone().with("email", AUTHOR)).await;
    let unknown = stranger.send(&form.clone().with("email", "personne@mef58.example")).await;
    assert_eq!((known.status, unknown.status), (200, 200));
    assert_eq!(known.html.replace(AUTHOR, "X"), unknown.html.replace("personne@mef58.example", "X"));
    let reset = link(&node).await;
    let form = stranger.open(&reset).await.form(&reset);
    let short = stranger.send(&form.clone().with("password", "court").with("password_again", "court")).await;
    assert!(short.status == 422 && short.error("password").is_some(), "{}", short.html);
    let page = stranger.submit(&form.with("password", NEW).with("password_again", NEW)).await;
    assert_eq!(page.at, "/login");
    assert!(page.says("Votre mot de passe est changé"), "{}", page.html);
    assert_eq!(author.get("/office").await.status, 303, "a session of before is still open");
    stranger.sign_in(AUTHOR, NEW).await;
    let ended = node.stranger().get(&reset).await;
    assert!(ended.status == 404 && ended.says("Ce lien a déjà servi"), "{}", ended.html);
    // Where no mail is sent, nothing is promised.
    node.app.set_sends_mail(false);
    let mut other = node.stranger();
    assert!(!other.open("/login").await.html.contains("href=\"/forgotten\""));
    assert!(!other.open("/forgotten").await.html.contains("name=\"email\""));
}

#[actix_web::test]
async fn ones_own_sessions_and_codes() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let mut elsewhere = node.browser(AUTHOR).await;
    let security = "/office/settings/security";
    let page = author.open(security).await;
    assert!(page.says("cet appareil") && page.says("Votre mot de passe suffit"), "{}", page.html);
    assert_eq!(actions(&page.html, "/end").len(), 1, "{}", page.html);
    let page = author.submit(&page.form(&format!("{security}/end-others"))).await;
    assert!(page.says("1 appareil est déconnecté."), "{}", page.html);
    assert_eq!(elsewhere.get("/office").await.status, 303);
    let codes = "/office/settings/second-factor";
    let page = author.open(codes).await;
    assert!(page.html.contains("<svg class=\"scan\"") && page.html.contains("<code class=\"secret\">"));
    let wrong = author.send(&page.form(&format!("{codes}/confirm")).with("confirm", "000000")).await;
    assert!(wrong.status == 422 && wrong.error("confirm").is_some(), "{}", wrong.html);
}

#[actix_web::test]
async fn mails_that_were_given_up() {
    let node = Node::new().await;
    node.app.ask_for_reset(AUTHOR, "192.0.2.1").await.expect("asked");
    node.app.send_mails(&Refusing).await.expect("tried");
    let mut admin = node.browser(ADMINISTRATOR).await;
    let page = admin.open("/office/settings/mails").await;
    assert!(page.says(AUTHOR) && page.says("550 no such mailbox") && page.says("abandonné"), "{}", page.html);
    let page = admin.submit(&page.form(&actions(&page.html, "/retry")[0])).await;
    assert!(!page.says("abandonné"), "{}", page.html);
    assert!(link(&node).await.starts_with("/reset/"));
    assert!(admin.open("/office/settings/mails").await.says("Aucun message en attente"));
}

#[actix_web::test]
async fn the_audit_log_page_by_page_and_as_a_table() {
    let node = Node::new().await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let edit = "/office/services/agenda/edit";
    let form = admin.open(edit).await.form(edit);
    admin.submit(&form.with("title", "=L'agenda")).await;
    let log = "/office/settings/audit";
    let page = admin.open(&format!("{log}?subject=service&service=agenda")).await;
    assert!(page.says("Service : changement") && page.says("=L'agenda"), "{}", page.html);
    assert!(page.html.contains("<ins>=L&#39;agenda</ins>") && page.html.contains("<del>"), "{}", page.html);
    assert!(!page.says("Compte : ajout"));
    assert!(admin.open(&format!("{log}?until=2020-01-01")).await.says("Aucune ligne"));
    let table = admin.get("/office/settings/audit.csv?subject=service").await;
    assert_eq!(table.status, 200);
    assert!(table.html.starts_with("\u{feff}at;who;service;subject;"), "{}", table.html);
    assert!(table.html.contains("'=L'agenda"), "{}", table.html);
    // Who manages a service sees what concerns it; who moderates it sees nothing of it.
    let mut manager = node.browser(MANAGER).await;
    let page = manager.open(log).await;
    assert!(page.says("Service : changement") && !page.says("Compte : ajout"), "{}", page.html);
    let mut moderator = node.browser(MODERATOR).await;
    assert_eq!(moderator.get(log).await.status, 403);
    assert_eq!(moderator.get("/office/settings/audit.csv").await.status, 403);
    // More than one page.
    for number in 0..45 {
        let change = maillage_app::account::AccountChange {
            display_name: Some(format!("Administration {number}")),
            ..Default::default()
        };
        let uid = admin_uid(&node).await;
        node.app.change_account(&maillage_app::caller::Caller::Node, &uid, change).await.expect("changed");
    }
    let first = admin.open(&format!("{log}?subject=account")).await;
    assert!(
        first.html.contains(">Administration 43<") && !first.html.contains(">Administration 2<"),
        "{}",
        first.html
    );
    let second = admin.open(&first.link("Page suivante")).await;
    assert!(
        second.html.contains(">Administration 2<") && !second.html.contains(">Administration 43<"),
        "{}",
        second.html
    );
}

async fn admin_uid(node: &Node) -> String {
    let viewer = maillage_app::caller::Caller::Node.viewer();
    let accounts = node.app.reads(viewer).run(|reads| reads.accounts()).await.expect("accounts");
    accounts.into_iter().find(|view| view.account.email == ADMINISTRATOR).expect("an account").account.uid
}
