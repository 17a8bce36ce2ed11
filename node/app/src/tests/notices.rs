//! People are told by mail of what concerns them, as they choose, and of nothing else.

use super::node::{TestNode, forbidden, news, node};
use super::post::Mailbox;
use crate::caller::Caller;
use crate::media::SentFile;
use crate::site::SiteForm;
use crate::workshop::{DiscussionForm, DocumentForm};
use chrono::Duration;
use maillage_domain::notice::Pace;
use maillage_domain::role::Role;
use maillage_domain::site::{SiteKind, SiteRole};
use maillage_domain::workflow::Transition::{Decline, Publish, Submit};
use maillage_store::on_both_databases;

/// Lets ten minutes pass, and answers the mails that were written: to whom, and what.
async fn mails(node: &TestNode) -> Vec<(String, String)> {
    let mailbox = Mailbox::default();
    node.advance(Duration::minutes(10));
    node.app.upkeep().await.expect("upkeep");
    let mut all = Vec::new();
    while node.app.send_mails(&mailbox).await.expect("sent") > 0 {}
    for mail in mailbox.all() {
        all.push((mail.recipient.clone(), format!("{}\n{}", mail.subject, mail.body)));
    }
    all
}

/// A newsroom whose people all want to be told at once.
async fn eager(node: &TestNode) -> (Caller, Caller) {
    node.app.set_sends_mail(true);
    let (author, moderator) = node.newsroom("actus").await;
    for caller in [&author, &moderator] {
        node.app.choose_notice_pace(caller, Pace::AtOnce).await.expect("chosen");
    }
    assert_eq!(mails(node).await, []);
    (author, moderator)
}

fn address(caller: &Caller) -> String {
    match caller {
        Caller::Account(signed_in) => signed_in.account.email.clone(),
        Caller::Node => String::new(),
    }
}

on_both_databases!(
    async fn moderators_are_told_what_waits_and_authors_what_was_decided(db) {
        let node = node(db).await;
        let (author, moderator) = eager(&node).await;
        let entry = node.app.create_item(&author, "actus", news("Forum\r\nBcc: x")).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        let told = mails(&node).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, address(&moderator));
        assert!(told[0].1.starts_with("À relire\u{a0}: Forum Bcc: x\n"), "{}", told[0].1);
        assert!(told[0].1.contains(&format!("https://mef58.example/office/items/{}", entry.uid)));
        assert_eq!(mails(&node).await, [], "once");

        node.app.comment(&moderator, &entry.uid, "Quelle salle ?").await.expect("asked");
        let told = mails(&node).await;
        assert!(told.len() == 1 && told[0].0 == address(&author) && told[0].1.contains("On vous a écrit"));
        node.app.transition(&moderator, &entry.uid, Decline, "Où ?").await.expect("declined");
        let told = mails(&node).await;
        assert!(told.len() == 1 && told[0].0 == address(&author) && told[0].1.contains("À reprendre"));
        node.app.save_item(&author, &entry.uid, news("Forum à Nevers"), None).await.expect("saved");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        assert_eq!(mails(&node).await.len(), 1);
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        let told = mails(&node).await;
        assert!(told.len() == 1 && told[0].0 == address(&author) && told[0].1.contains("Publié"), "{told:?}");
    }
);

on_both_databases!(
    async fn nobody_is_told_of_what_they_do_themselves_or_may_not_see(db) {
        let node = node(db).await;
        let (_, moderator) = eager(&node).await;
        let colleague = node.person("autre@mef58.example", "actus", Role::Contributor).await;
        let administrator = node.administrator().await;
        for caller in [&colleague, &administrator] {
            node.app.choose_notice_pace(caller, Pace::AtOnce).await.expect("chosen");
        }
        let entry = node.app.create_item(&moderator, "actus", news("Du moderateur")).await.expect("created");
        node.app.transition(&moderator, &entry.uid, Submit, "").await.expect("submitted");
        node.app.comment(&moderator, &entry.uid, "À lire par un autre.").await.expect("said");
        assert_eq!(mails(&node).await, []);
    }
);

on_both_databases!(
    async fn members_are_told_of_their_workshops(db) {
        let node = node(db).await;
        let (author, moderator) = eager(&node).await;
        let form = SiteForm { title: "Atelier".to_owned(), kind: SiteKind::Workshop, ..SiteForm::default() };
        node.app.add_site(&Caller::Node, "atelier", form).await.expect("made");
        let role = Some(SiteRole::Contributor);
        node.app.set_site_role(&Caller::Node, "atelier", &address(&author), role).await.expect("a member");
        let talk = DiscussionForm {
            title: "Le point 4".to_owned(),
            body: "Un mot secret.".to_owned(),
            ..DiscussionForm::default()
        };
        node.app.add_discussion(&author, "atelier", talk).await.expect("begun");
        let file = Some(SentFile { name: "compte rendu.txt".to_owned(), bytes: b"x".to_vec() });
        node.app.add_document(&author, "atelier", DocumentForm::default(), file.clone()).await.expect("sent");
        assert_eq!(mails(&node).await, [], "nobody else is a member");
        let member = Some(SiteRole::Reader);
        node.app.set_site_role(&Caller::Node, "atelier", &address(&moderator), member).await.expect("a member");
        node.app.add_document(&author, "atelier", DocumentForm::default(), file).await.expect("sent");
        let told = mails(&node).await;
        assert!(told.len() == 1 && told[0].0 == address(&moderator), "{told:?}");
        assert!(told[0].1.contains("compte rendu") && !told[0].1.contains("Le point 4"), "{}", told[0].1);
        node.app.set_site_role(&Caller::Node, "atelier", &address(&moderator), None).await.expect("left");
    }
);

on_both_databases!(
    async fn each_chooses_when(db) {
        let node = node(db).await;
        node.app.set_sends_mail(true);
        let (author, moderator) = node.newsroom("actus").await;
        assert_eq!(node.app.notice_pace(&moderator).await.expect("read"), Pace::Daily);
        forbidden(node.app.choose_notice_pace(&Caller::Node, Pace::Never).await);
        assert_eq!(mails(&node).await, []);
        for title in ["Un", "Deux"] {
            let entry = node.app.create_item(&author, "actus", news(title)).await.expect("created");
            node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        }
        assert_eq!(mails(&node).await, [], "the morning is still to come");
        node.advance(Duration::days(1));
        let told = mails(&node).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].1.contains("2 nouveautés") && told[0].1.contains("- Un") && told[0].1.contains("- Deux"));
        node.app.choose_notice_pace(&moderator, Pace::Never).await.expect("chosen");
        let entry = node.app.create_item(&author, "actus", news("Trois")).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        node.advance(Duration::days(2));
        assert_eq!(mails(&node).await, []);
        // From now on: what happened while no mail was wanted is not made up for.
        node.app.choose_notice_pace(&moderator, Pace::AtOnce).await.expect("chosen");
        assert_eq!(mails(&node).await, []);
        node.app.set_sends_mail(false);
        let entry = node.app.create_item(&author, "actus", news("Quatre")).await.expect("created");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        assert_eq!(mails(&node).await, [], "a node without mail writes none");
    }
);
