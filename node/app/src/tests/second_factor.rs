//! One-time codes beside the password, and the sessions of one's own account.

use super::node::{ADMINISTRATOR, PASSWORD, TestNode, conflict, forbidden, invalid, node, not_found};
use super::post::Mailbox;
use crate::AppError;
use crate::caller::Caller;
use crate::login::{Session, SignIn};
use crate::second_factor::code_at;
use chrono::Duration;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_store::on_both_databases;

fn code(node: &TestNode, secret: &str) -> String {
    code_at(secret, node.app.now().timestamp_millis())
}

async fn step(node: &TestNode) -> String {
    match node.app.log_in(ADMINISTRATOR, PASSWORD, "192.0.2.1").await.expect("the password") {
        SignIn::CodeAwaited(token) => token,
        SignIn::Open(_) => panic!("no code was asked for"),
    }
}

async fn open(node: &TestNode, email: &str) -> Session {
    match node.app.log_in(email, PASSWORD, "192.0.2.1").await.expect("the password") {
        SignIn::Open(session) => session,
        SignIn::CodeAwaited(_) => panic!("a code was asked for"),
    }
}

/// Sets codes up for the administrator; answers the secret and the recovery codes.
async fn set_up(node: &TestNode) -> (String, Vec<String>) {
    let caller = node.administrator().await;
    let secret = node.app.begin_second_factor(&caller).await.expect("begun").secret;
    let codes = node.app.confirm_second_factor(&caller, &code(node, &secret)).await.expect("confirmed");
    node.advance(Duration::minutes(1));
    (secret, codes)
}

on_both_databases!(
    async fn codes_count_from_the_first_one_on(db) {
        let (node, mailbox) = (node(db).await, Mailbox::default());
        node.app.set_sends_mail(true);
        let caller = node.administrator().await;
        let new = node.app.begin_second_factor(&caller).await.expect("begun");
        assert_eq!(new.secret.len(), 32);
        assert!(new.address.starts_with("otpauth://totp/mef58.example:administration%40mef58.example?secret="));
        open(&node, ADMINISTRATOR).await;
        invalid(node.app.confirm_second_factor(&caller, "000000").await, "wrong_code");
        open(&node, ADMINISTRATOR).await;
        let same = node.app.begin_second_factor(&caller).await.expect("again");
        assert_eq!(same.secret, new.secret, "a page that is loaded again shows the same key");
        let codes = node.app.confirm_second_factor(&caller, &code(&node, &new.secret)).await.expect("on");
        assert_eq!(codes.len(), 10);
        conflict(node.app.begin_second_factor(&caller).await);
        assert_eq!(node.app.send_mails(&mailbox).await.expect("mails"), 1, "the owner is told");
        let token = step(&node).await;
        invalid(node.app.log_in_with_code(&token, &code(&node, &new.secret)).await, "wrong_code");
        node.advance(Duration::seconds(30));
        let right = code(&node, &new.secret);
        let session = node.app.log_in_with_code(&token, &right).await.expect("in");
        node.app.session(&session.token).await.expect("open");
        // Neither the step nor the code again.
        let again = node.app.log_in_with_code(&token, &right).await;
        assert!(matches!(again, Err(AppError::Unauthenticated(_))), "{again:?}");
        let token = step(&node).await;
        invalid(node.app.log_in_with_code(&token, &right).await, "wrong_code");
        let held = node.write(|tx| Ok(format!("{:?}", tx.reads().second_factor(1)?))).await;
        assert!(!held.contains(&new.secret), "{held}");
    }
);

on_both_databases!(
    async fn a_password_alone_opens_nothing_and_is_soon_forgotten(db) {
        let node = node(db).await;
        let (secret, _) = set_up(&node).await;
        let token = step(&node).await;
        not_found(node.app.session(&token).await);
        node.advance(Duration::minutes(11));
        let late = node.app.log_in_with_code(&token, &code(&node, &secret)).await;
        assert!(matches!(late, Err(AppError::Unauthenticated(_))), "{late:?}");
        let invented = node.app.log_in_with_code("inconnu", &code(&node, &secret)).await;
        assert!(matches!(invented, Err(AppError::Unauthenticated(_))), "{invented:?}");
    }
);

on_both_databases!(
    async fn guessing_codes_is_slowed_down(db) {
        let node = node(db).await;
        let (secret, _) = set_up(&node).await;
        for _ in 0..8 {
            let token = step(&node).await;
            invalid(node.app.log_in_with_code(&token, "123456").await, "wrong_code");
        }
        let token = step(&node).await;
        let braked = node.app.log_in_with_code(&token, &code(&node, &secret)).await;
        assert!(matches!(braked, Err(AppError::TooMany { .. })), "{braked:?}");
        node.advance(Duration::minutes(16));
        let token = step(&node).await;
        node.app.log_in_with_code(&token, &code(&node, &secret)).await.expect("free again");
    }
);

on_both_databases!(
    async fn each_recovery_code_serves_once(db) {
        let node = node(db).await;
        let (_, codes) = set_up(&node).await;
        let caller = node.administrator().await;
        let token = step(&node).await;
        let typed = format!(" {} ", codes[0].to_uppercase());
        node.app.log_in_with_code(&token, &typed).await.expect("in");
        let token = step(&node).await;
        invalid(node.app.log_in_with_code(&token, &codes[0]).await, "wrong_code");
        let left = async || {
            let reads = node.app.reads(caller.viewer());
            reads.run(|reads| reads.own_recovery_codes()).await.expect("read")
        };
        assert_eq!(left().await, Some(9));
        let fresh = node.app.renew_recovery_codes(&caller, &codes[1]).await.expect("renewed");
        assert_eq!(left().await, Some(10));
        invalid(node.app.log_in_with_code(&token, &codes[2]).await, "wrong_code");
        node.app.log_in_with_code(&token, &fresh[0]).await.expect("in");
        invalid(node.app.end_second_factor(&caller, "000000").await, "wrong_code");
        node.app.end_second_factor(&caller, &fresh[1]).await.expect("off");
        assert_eq!(left().await, None);
        open(&node, ADMINISTRATOR).await;
    }
);

on_both_databases!(
    async fn an_administrator_helps_who_has_lost_the_device(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let author = node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        set_up(&node).await;
        forbidden(node.app.reset_second_factor(&author, ADMINISTRATOR).await);
        node.app.reset_second_factor(&Caller::Node, ADMINISTRATOR).await.expect("reset");
        not_found(node.app.reset_second_factor(&Caller::Node, ADMINISTRATOR).await);
        open(&node, ADMINISTRATOR).await;
    }
);

on_both_databases!(
    async fn sessions_are_seen_and_ended_by_their_owner_alone(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let author = node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        let administrator = node.administrator().await;
        let mine = open(&node, "redaction@mef58.example").await;
        node.app.note_device(&mine.token, "Firefox\r\nsur Linux").await.expect("noted");
        let other = open(&node, "redaction@mef58.example").await;
        let third = open(&node, "redaction@mef58.example").await;
        let theirs = open(&node, ADMINISTRATOR).await;
        let now = node.app.now().timestamp_millis();
        let listed = async |caller: &Caller| {
            let reads = node.app.reads(caller.viewer());
            reads.run(move |reads| reads.own_sessions(now)).await.expect("sessions")
        };
        let sessions = listed(&author).await;
        assert_eq!(sessions.len(), 3);
        assert!(sessions.iter().any(|row| row.device == "Firefox sur Linux"), "{sessions:?}");
        let kept = node.app.session(&mine.token).await.expect("open").id;
        let ended = node.app.session(&other.token).await.expect("open").id;
        let foreign = node.app.session(&theirs.token).await.expect("open").id;
        not_found(node.app.end_session(&author, foreign).await);
        node.app.end_session(&author, ended).await.expect("ended");
        not_found(node.app.session(&other.token).await);
        assert_eq!(node.app.end_other_sessions(&author, kept).await.expect("ended"), 1);
        not_found(node.app.session(&third.token).await);
        node.app.session(&mine.token).await.expect("mine is kept");
        node.app.session(&theirs.token).await.expect("theirs is not touched");
        let uid = node.write(|tx| Ok(tx.reads().account_by_email("redaction@mef58.example")?.uid)).await;
        forbidden(node.app.end_sessions_of_account(&author, &uid).await);
        node.app.end_sessions_of_account(&administrator, &uid).await.expect("ended");
        not_found(node.app.session(&mine.token).await);
    }
);
