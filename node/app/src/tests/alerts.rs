//! Alerts by mail: nobody is written to who has not confirmed, nothing is told twice or to who has ended it,
//! and nothing of what is not open to everybody.

use super::node::{TestNode, invalid, news, news_about, node, not_found};
use super::post::Mailbox;
use crate::AppError;
use crate::alert::{AlertForm, AlertList, Frequency};
use crate::caller::Caller;
use crate::site::{PlacementForm, SiteForm};
use chrono::Duration;
use maillage_domain::message::Locale;
use maillage_domain::service::Visibility;
use maillage_domain::site::ListFilter;
use maillage_domain::workflow::Transition;
use maillage_store::on_both_databases;

const READER: &str = "Lectrice@exemple.example";
const HOME: &str = "192.0.2.1";

fn of_service(frequency: Frequency) -> AlertForm {
    AlertForm {
        email: READER.to_owned(),
        locale: Locale::Fr,
        title: "Actualités".to_owned(),
        path: "/services/actualites".to_owned(),
        list: AlertList { service: Some("actualites".to_owned()), ..AlertList::default() },
        frequency,
    }
}

/// A node with news, and a mail server.
async fn newsroom(db: &maillage_store::testing::TestDatabase) -> (TestNode, Mailbox) {
    let node = node(db).await;
    node.newsroom("actualites").await;
    node.app.set_sends_mail(true);
    (node, Mailbox::default())
}

/// Asks for an alert and sends its mail; answers the token of the link.
async fn asked(node: &TestNode, mailbox: &Mailbox, form: AlertForm) -> String {
    node.app.ask_for_alert(form, HOME).await.expect("asked");
    node.app.send_mails(mailbox).await.expect("sent");
    mailbox.token()
}

/// What is told once time has passed; how many mails came of it.
async fn told(node: &TestNode, mailbox: &Mailbox, minutes: i64) -> usize {
    let before = mailbox.count();
    node.advance(Duration::minutes(minutes));
    node.app.tell_alerts().await.expect("told");
    node.app.send_mails(mailbox).await.expect("sent");
    mailbox.count() - before
}

on_both_databases!(
    async fn an_alert_tells_what_is_new_once_it_is_confirmed_and_each_thing_once(db) {
        let (node, mailbox) = newsroom(db).await;
        node.published("actualites", news("Avant")).await;
        let token = asked(&node, &mailbox, of_service(Frequency::Once)).await;
        assert_eq!((mailbox.count(), mailbox.last().recipient.as_str()), (1, READER));
        assert_eq!(mailbox.last().stop, None, "nothing was subscribed to yet");
        node.published("actualites", news("Entre-temps")).await;
        assert_eq!(told(&node, &mailbox, 60).await, 0, "it was not confirmed");
        let alert = node.app.confirm_alert(&token).await.expect("confirmed");
        assert_eq!(alert.path, "/services/actualites");
        assert_eq!(told(&node, &mailbox, 60).await, 0, "what was there before is not new");
        let (_, item) = node.published("actualites", news("Du nouveau")).await;
        assert_eq!(told(&node, &mailbox, 6).await, 1);
        let mail = mailbox.last();
        assert!(mail.subject.contains("Du nouveau") && mail.body.contains(&item.uid), "{}", mail.body);
        assert!(!mail.body.contains("Avant") && !mail.body.contains("Entre-temps"), "{}", mail.body);
        assert_eq!(told(&node, &mailbox, 60).await, 0, "it was told twice");
        // The mail itself ends it, at once and for good.
        let stop = mail.stop.expect("an address that ends it");
        assert!(mail.body.contains(&stop), "{}", mail.body);
        let token = stop.rsplit('/').next().expect("a token");
        node.published("actualites", news("Trop tard")).await;
        node.app.tell_alerts().await.expect("told");
        node.app.stop_alert(token).await.expect("ended");
        node.app.stop_alert(token).await.expect("ended before");
        assert_eq!(told(&node, &mailbox, 60).await, 0, "it tells although it was ended");
        not_found(node.app.alert_to_stop(token).await);
        let kept = node.write(|tx| Ok(tx.reads().alerts_of("lectrice@exemple.example")?.len())).await;
        assert_eq!(kept, 0, "the address is kept");
    }
);

on_both_databases!(
    async fn a_daily_alert_waits_for_the_morning(db) {
        let (node, mailbox) = newsroom(db).await;
        let token = asked(&node, &mailbox, of_service(Frequency::Daily)).await;
        node.app.confirm_alert(&token).await.expect("confirmed");
        node.published("actualites", news("Un")).await;
        node.published("actualites", news("Deux")).await;
        assert_eq!(told(&node, &mailbox, 25 * 60).await, 1);
        let body = mailbox.last().body;
        assert!(body.contains("- Un") && body.contains("- Deux"), "{body}");
        node.published("actualites", news("Trois")).await;
        assert_eq!(told(&node, &mailbox, 1).await, 0, "it is not morning");
        assert_eq!(told(&node, &mailbox, 25 * 60).await, 1);
    }
);

on_both_databases!(
    async fn what_is_not_confirmed_is_forgotten_and_what_is_asked_too_often_refused(db) {
        let (node, mailbox) = newsroom(db).await;
        let token = asked(&node, &mailbox, of_service(Frequency::Once)).await;
        node.advance(Duration::days(4));
        not_found(node.app.confirm_alert(&token).await);
        node.app.tell_alerts().await.expect("told");
        let kept = node.write(|tx| Ok(tx.reads().alerts_of("lectrice@exemple.example")?.len())).await;
        assert_eq!(kept, 0);
        let mut answers = Vec::new();
        for _ in 0..12 {
            answers.push(node.app.ask_for_alert(of_service(Frequency::Once), HOME).await);
        }
        assert!(answers.iter().any(|one| matches!(one, Err(AppError::TooMany { .. }))), "{answers:?}");
        node.app.send_mails(&mailbox).await.expect("sent");
        assert_eq!(mailbox.count(), 2, "one link for all that was asked");
        let wrong = AlertForm { email: "x@y\r\nBcc: z".to_owned(), ..of_service(Frequency::Once) };
        invalid(node.app.ask_for_alert(wrong, "192.0.2.2").await, "not_an_email");
    }
);

on_both_databases!(
    async fn nothing_that_is_not_for_everybody_is_told(db) {
        let (node, mailbox) = newsroom(db).await;
        node.service("interne", Visibility::Private).await;
        let secret = AlertList { service: Some("interne".to_owned()), ..AlertList::default() };
        not_found(node.app.ask_for_alert(AlertForm { list: secret, ..of_service(Frequency::Once) }, HOME).await);
        // A site with a section that is narrowed to a theme, closed later.
        let site = SiteForm { title: "Nièvre".to_owned(), ..SiteForm::default() };
        node.app.add_site(&Caller::Node, "nievre", site.clone()).await.expect("a site");
        let filter = ListFilter { themes: vec!["formation".to_owned()], ..ListFilter::default() };
        let placement =
            PlacementForm { service: "actualites".to_owned(), filter, order: None, title: String::new() };
        let placed = node.app.add_placement(&Caller::Node, "nievre", placement).await.expect("a section");
        let (site_slug, section) = (Some("nievre".to_owned()), Some(placed.uid));
        for list in [
            AlertList { site: site_slug.clone(), section, ..AlertList::default() },
            AlertList { site: site_slug, ..AlertList::default() },
        ] {
            let token = asked(&node, &mailbox, AlertForm { list, ..of_service(Frequency::Once) }).await;
            node.app.confirm_alert(&token).await.expect("confirmed");
        }
        let (entry, _) = node.published("actualites", news_about("Stage", &["formation"], &[])).await;
        node.published("actualites", news_about("Emploi", &["emploi"], &[])).await;
        assert_eq!(told(&node, &mailbox, 6).await, 2);
        assert!(mailbox.last().body.contains("Stage") && !mailbox.last().body.contains("- Emploi"));
        // What was withdrawn before it was told is not told.
        let (gone, _) = node.published("actualites", news_about("Retiré", &["formation"], &[])).await;
        node.step(&gone.uid, Transition::Withdraw).await;
        assert_eq!(told(&node, &mailbox, 6).await, 0, "{}", mailbox.last().body);
        drop(entry);
        let closed = SiteForm { restricted: true, ..site };
        node.app.change_site(&Caller::Node, "nievre", closed).await.expect("closed");
        node.published("actualites", news_about("Pour nous", &["formation"], &[])).await;
        assert_eq!(told(&node, &mailbox, 6).await, 0, "a site that was closed tells");
        let kept = node.write(|tx| Ok(tx.reads().alerts_of("lectrice@exemple.example")?.len())).await;
        assert_eq!(kept, 0, "a list that is no longer open keeps its alerts");
    }
);
