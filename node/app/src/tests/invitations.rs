//! Invitations and forgotten passwords, with the mails that carry their links.

use super::node::{ADMINISTRATOR, PASSWORD, TestNode, conflict, forbidden, invalid, node, not_found};
use super::post::Mailbox;
use crate::AppError;
use crate::caller::Caller;
use crate::invitation::InvitationForm;
use crate::login::SignIn;
use crate::ports::PostError;
use chrono::Duration;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_store::on_both_databases;

const GUEST: &str = "Stage@mef58.example";
const NEW: &str = "un tout nouveau mot de passe";

fn to_service(service: &str, role: Role) -> InvitationForm {
    let roles = vec![(service.to_owned(), role)];
    InvitationForm { email: GUEST.to_owned(), roles, ..InvitationForm::default() }
}

async fn sends(node: &TestNode, mailbox: &Mailbox) -> usize {
    node.app.send_mails(mailbox).await.expect("mails")
}

async fn signs_in(node: &TestNode, email: &str, password: &str) -> bool {
    match node.app.log_in(email, password, "192.0.2.7").await {
        Ok(SignIn::Open(_)) => true,
        Err(AppError::Unauthenticated(_)) => false,
        other => panic!("{other:?}"),
    }
}

on_both_databases!(
    async fn whoever_has_the_link_makes_the_account_once(db) {
        let (node, mailbox) = (node(db).await, Mailbox::default());
        node.service("actus", Visibility::Public).await;
        let manager = node.person("direction@mef58.example", "actus", Role::ServiceManager).await;
        conflict(node.app.invite(&manager, to_service("actus", Role::Moderator)).await);
        node.app.set_sends_mail(true);
        node.app.invite(&manager, to_service("actus", Role::Moderator)).await.expect("invited");
        invalid(node.app.invite(&manager, to_service("actus", Role::Moderator)).await, "invited");
        assert_eq!(sends(&node, &mailbox).await, 1);
        assert_eq!(sends(&node, &mailbox).await, 0, "once");
        let mail = mailbox.last();
        assert_eq!(mail.recipient, GUEST);
        assert!(mail.body.contains("modérer dans «\u{a0}Un service\u{a0}»"), "{}", mail.body);
        let token = mailbox.token();
        let held = node.write(|tx| Ok(format!("{:?}", tx.mail(1)?))).await;
        assert!(!held.contains(&token), "a link stands in the database: {held}");
        assert!(node.write(|tx| Ok(tx.mail(1)?.body)).await.is_empty(), "the text of a mail that was sent is kept");
        let view = node.app.invitation_of_link(&token).await.expect("the invitation");
        assert_eq!(view.roles[0].1, Role::Moderator);
        invalid(node.app.accept_invitation(&token, " ", NEW).await, "required");
        invalid(node.app.accept_invitation(&token, "Stage", "court").await, "password_length");
        let session = node.app.accept_invitation(&token, "Stage", NEW).await.expect("an account");
        let open = node.app.session(&session.token).await.expect("signed in");
        assert_eq!(open.signed_in.account.email, GUEST);
        assert_eq!(open.signed_in.scope.moderated.len(), 1);
        assert!(!open.signed_in.account.administrator);
        not_found(node.app.accept_invitation(&token, "Encore", NEW).await);
        not_found(node.app.invitation_of_link("inconnu").await);
        invalid(node.app.invite(&manager, to_service("actus", Role::Moderator)).await, "taken");
    }
);

on_both_databases!(
    async fn an_invitation_ends_in_time_by_a_newer_one_and_when_taken_back(db) {
        let (node, mailbox) = (node(db).await, Mailbox::default());
        node.app.set_sends_mail(true);
        node.service("actus", Visibility::Public).await;
        let row = node.app.invite(&Caller::Node, to_service("actus", Role::Contributor)).await.expect("invited");
        sends(&node, &mailbox).await;
        let first = mailbox.token();
        node.advance(Duration::days(6));
        node.app.invite_again(&Caller::Node, &row.uid).await.expect("again");
        sends(&node, &mailbox).await;
        let second = mailbox.token();
        assert_ne!(first, second);
        not_found(node.app.invitation_of_link(&first).await);
        node.advance(Duration::days(6));
        node.app.invitation_of_link(&second).await.expect("a week from the second mail");
        node.advance(Duration::days(2));
        not_found(node.app.accept_invitation(&second, "Stage", NEW).await);
        node.app.invite_again(&Caller::Node, &row.uid).await.expect("again");
        sends(&node, &mailbox).await;
        node.app.take_invitation_back(&Caller::Node, &row.uid).await.expect("taken back");
        not_found(node.app.accept_invitation(&mailbox.token(), "Stage", NEW).await);
        conflict(node.app.invite_again(&Caller::Node, &row.uid).await);
        // What was queued for it is not sent any more.
        let row = node.app.invite(&Caller::Node, to_service("actus", Role::Contributor)).await.expect("invited");
        node.app.take_invitation_back(&Caller::Node, &row.uid).await.expect("taken back");
        assert_eq!(sends(&node, &mailbox).await, 0);
    }
);

on_both_databases!(
    async fn nobody_gives_by_an_invitation_what_they_may_not_give(db) {
        let (node, mailbox) = (node(db).await, Mailbox::default());
        node.app.set_sends_mail(true);
        node.service("actus", Visibility::Public).await;
        node.service("interne", Visibility::Private).await;
        let manager = node.person("direction@mef58.example", "actus", Role::ServiceManager).await;
        let moderator = node.person("relecture@mef58.example", "actus", Role::Moderator).await;
        forbidden(node.app.invite(&moderator, to_service("actus", Role::Contributor)).await);
        not_found(node.app.invite(&manager, to_service("interne", Role::Contributor)).await);
        let administrator = InvitationForm { administrator: true, ..to_service("actus", Role::Contributor) };
        forbidden(node.app.invite(&manager, administrator.clone()).await);
        let bare = InvitationForm { roles: Vec::new(), ..administrator.clone() };
        forbidden(node.app.invite(&manager, InvitationForm { administrator: false, ..bare }).await);
        // Of those of others a manager sees and changes none.
        let row = node.app.invite(&node.administrator().await, administrator).await.expect("invited");
        let reads = node.app.reads(manager.viewer());
        assert!(reads.run(|reads| reads.invitations()).await.expect("read").is_empty());
        forbidden(node.app.take_invitation_back(&manager, &row.uid).await);
        node.app.take_invitation_back(&Caller::Node, &row.uid).await.expect("taken back");
        // Who is no manager any more gives no role by an old invitation.
        node.app.invite(&manager, to_service("actus", Role::ServiceManager)).await.expect("invited");
        sends(&node, &mailbox).await;
        let email = "direction@mef58.example";
        node.app.set_role(&Caller::Node, "actus", email, Some(Role::Contributor)).await.expect("role");
        not_found(node.app.accept_invitation(&mailbox.token(), "Stage", NEW).await);
        node.app.set_role(&Caller::Node, "actus", email, Some(Role::ServiceManager)).await.expect("role");
        node.app.accept_invitation(&mailbox.token(), "Stage", NEW).await.expect("an account");
    }
);

on_both_databases!(
    async fn a_forgotten_password_is_set_anew_once_within_the_hour(db) {
        let (node, mailbox) = (node(db).await, Mailbox::default());
        conflict(node.app.ask_for_reset(ADMINISTRATOR, "192.0.2.1").await);
        node.app.set_sends_mail(true);
        // The same answer, and a mail to who is there alone.
        node.app.ask_for_reset("personne@mef58.example", "192.0.2.1").await.expect("asked");
        assert_eq!(sends(&node, &mailbox).await, 0);
        node.app.ask_for_reset(" Administration@mef58.example", "192.0.2.1").await.expect("asked");
        assert_eq!(sends(&node, &mailbox).await, 1);
        let token = mailbox.token();
        node.app.check_reset(&token).await.expect("usable");
        invalid(node.app.reset_password(&token, "court").await, "password_length");
        let SignIn::Open(session) = node.app.log_in(ADMINISTRATOR, PASSWORD, "192.0.2.9").await.expect("in") else {
            panic!("no code is asked for");
        };
        node.app.reset_password(&token, NEW).await.expect("set");
        not_found(node.app.session(&session.token).await);
        assert!(!signs_in(&node, ADMINISTRATOR, PASSWORD).await && signs_in(&node, ADMINISTRATOR, NEW).await);
        not_found(node.app.reset_password(&token, "encore un autre mot de passe").await);
        assert_eq!(sends(&node, &mailbox).await, 1, "the owner is told");
        assert!(mailbox.last().subject.contains("mot de passe a été changé"), "{}", mailbox.last().subject);

        node.advance(Duration::minutes(20));
        node.app.ask_for_reset(ADMINISTRATOR, "192.0.2.1").await.expect("asked");
        sends(&node, &mailbox).await;
        let late = mailbox.token();
        node.advance(Duration::minutes(61));
        not_found(node.app.check_reset(&late).await);
        not_found(node.app.reset_password(&late, NEW).await);
        // A link whose password was changed otherwise is worth nothing.
        node.app.ask_for_reset(ADMINISTRATOR, "192.0.2.1").await.expect("asked");
        sends(&node, &mailbox).await;
        node.app.set_password(&Caller::Node, ADMINISTRATOR, PASSWORD).await.expect("set");
        not_found(node.app.reset_password(&mailbox.token(), NEW).await);
    }
);

on_both_databases!(
    async fn asking_again_and_again_sends_no_flood_and_locks_nobody_out(db) {
        let (node, mailbox) = (node(db).await, Mailbox::default());
        node.app.set_sends_mail(true);
        for _ in 0..8 {
            node.app.ask_for_reset(ADMINISTRATOR, "192.0.2.1").await.expect("asked");
        }
        let refused = node.app.ask_for_reset("autre@mef58.example", "192.0.2.1").await;
        assert!(matches!(refused, Err(AppError::TooMany { .. })), "{refused:?}");
        let refused = node.app.ask_for_reset(ADMINISTRATOR, "192.0.2.2").await;
        assert!(matches!(refused, Err(AppError::TooMany { .. })), "{refused:?}");
        assert_eq!(sends(&node, &mailbox).await, 1);
        assert!(signs_in(&node, ADMINISTRATOR, PASSWORD).await, "asking is no failed login");
    }
);

on_both_databases!(
    async fn a_mail_is_tried_again_given_up_and_tried_by_hand(db) {
        let (node, mailbox) = (node(db).await, Mailbox::default());
        node.app.set_sends_mail(true);
        node.service("actus", Visibility::Public).await;
        node.app.invite(&Caller::Node, to_service("actus", Role::Contributor)).await.expect("invited");
        mailbox.answers(Some(PostError::Later("451 greylisted".to_owned())));
        assert_eq!(sends(&node, &mailbox).await, 0);
        assert_eq!(mailbox.count(), 1);
        sends(&node, &mailbox).await;
        assert_eq!(mailbox.count(), 1, "not before a minute");
        let mut tries = 1;
        for _ in 0..80 {
            node.advance(Duration::hours(1));
            sends(&node, &mailbox).await;
            tries = mailbox.count();
        }
        assert!((20..40).contains(&tries), "{tries} attempts in three days");
        let administrator = node.administrator().await;
        let unsent = async || {
            let reads = node.app.reads(administrator.viewer());
            reads.run(|reads| reads.unsent_mails(10)).await.expect("mails")
        };
        let given_up = unsent().await;
        assert_eq!((given_up[0].state.as_str(), given_up[0].problem.as_deref()), ("failed", Some("451 greylisted")));
        mailbox.answers(None);
        assert_eq!(sends(&node, &mailbox).await, 0);
        node.app.retry_mail(&administrator, given_up[0].id).await.expect("retried");
        assert_eq!(sends(&node, &mailbox).await, 1);
        assert!(unsent().await.is_empty());
        not_found(node.app.retry_mail(&administrator, given_up[0].id).await);
        node.app.invitation_of_link(&mailbox.token()).await.expect("the link of the last attempt");
        // What is refused for good is not tried again.
        mailbox.answers(Some(PostError::Refused("550 no such mailbox".to_owned())));
        node.app.ask_for_reset(ADMINISTRATOR, "192.0.2.1").await.expect("asked");
        sends(&node, &mailbox).await;
        assert_eq!(unsent().await[0].state, "failed");
    }
);
