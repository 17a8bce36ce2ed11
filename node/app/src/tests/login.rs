//! Signing in: passwords, the brake on guessing, sessions, tokens.

use super::node::{ADMINISTRATOR, PASSWORD, TestNode, node, not_found};
use crate::caller::Caller;
use crate::login::{Session, SignIn};
use crate::{App, AppError};
use chrono::Duration;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_store::on_both_databases;

const HOME: &str = "192.0.2.1";

async fn log_in(app: &App, email: &str, password: &str, network_address: &str) -> Result<Session, AppError> {
    match app.log_in(email, password, network_address).await? {
        SignIn::Open(session) => Ok(session),
        SignIn::CodeAwaited(_) => panic!("no code is asked for"),
    }
}

#[track_caller]
fn wrong(answer: Result<Session, AppError>) -> String {
    match answer {
        Err(AppError::Unauthenticated(message)) => message.fr,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn too_many(answer: Result<Session, AppError>) -> i64 {
    match answer {
        Err(AppError::TooMany { retry_after }) => retry_after,
        other => panic!("{other:?}"),
    }
}

async fn uid_of(node: &TestNode, email: &'static str) -> String {
    node.write(move |tx| Ok(tx.reads().account_by_email(email)?.uid)).await
}

on_both_databases!(
    async fn the_answer_is_the_same_whether_the_account_exists_or_not(db) {
        let node = node(db).await;
        let unknown = wrong(log_in(&node.app, "personne@mef58.example", PASSWORD, HOME).await);
        let known = wrong(log_in(&node.app, ADMINISTRATOR, "pas celui-ci du tout", HOME).await);
        assert_eq!(unknown, known);
        let session = log_in(&node.app, " Administration@MEF58.example ", PASSWORD, HOME).await.expect("signed in");
        let open = node.app.session(&session.token).await.expect("session");
        assert_eq!(open.signed_in.account.email, ADMINISTRATOR);
        assert_ne!(open.csrf, session.token);
        let other = log_in(&node.app, ADMINISTRATOR, PASSWORD, HOME).await.expect("signed in");
        assert_ne!(other.token, session.token);
        let kept = node.write(|tx| Ok(tx.reads().session(&crate::secret::digest("x"), 0).is_err())).await;
        assert!(kept);
    }
);

on_both_databases!(
    async fn guessing_is_slowed_down_for_the_account_from_anywhere(db) {
        let node = node(db).await;
        for number in 0..8 {
            node.advance(Duration::seconds(10));
            wrong(log_in(&node.app, ADMINISTRATOR, "devinette numéro x", &format!("192.0.2.{number}")).await);
        }
        // The right password does not help now, or guessing would go on.
        let wait = too_many(log_in(&node.app, ADMINISTRATOR, PASSWORD, "198.51.100.7").await);
        assert_eq!(wait, 15 * 60 - 70, "until the first of them is fifteen minutes ago");
        node.advance(Duration::seconds(wait));
        log_in(&node.app, ADMINISTRATOR, PASSWORD, "198.51.100.7").await.expect("free again");
        // What was right clears the account.
        for _ in 0..7 {
            wrong(log_in(&node.app, ADMINISTRATOR, "devinette numéro x", "198.51.100.8").await);
        }
        log_in(&node.app, ADMINISTRATOR, PASSWORD, "198.51.100.9").await.expect("signed in");
        for _ in 0..7 {
            wrong(log_in(&node.app, ADMINISTRATOR, "devinette numéro x", "198.51.100.9").await);
        }
    }
);

on_both_databases!(
    async fn guessing_is_slowed_down_for_an_address_over_all_accounts(db) {
        let node = node(db).await;
        for number in 0..8 {
            wrong(log_in(&node.app, &format!("n{number}@mef58.example"), "devinette", HOME).await);
        }
        too_many(log_in(&node.app, ADMINISTRATOR, PASSWORD, HOME).await);
        log_in(&node.app, ADMINISTRATOR, PASSWORD, "192.0.2.2").await.expect("another address");
    }
);

on_both_databases!(
    async fn guesses_at_the_same_moment_are_counted_one_by_one(db) {
        let node = node(db).await;
        let mut guesses = tokio::task::JoinSet::new();
        for number in 0..30 {
            let app = node.app.clone();
            guesses.spawn(async move { log_in(&app, ADMINISTRATOR, &format!("devinette {number}"), HOME).await });
        }
        let answers = guesses.join_all().await;
        let tried = answers.iter().filter(|a| matches!(a, Err(AppError::Unauthenticated(_)))).count();
        let braked = answers.iter().filter(|a| matches!(a, Err(AppError::TooMany { .. }))).count();
        assert_eq!((tried, braked), (8, 22));
    }
);

on_both_databases!(
    async fn sessions_end_in_time_and_with_rights(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        let sign_in = || log_in(&node.app, "redaction@mef58.example", PASSWORD, HOME);
        let open = async |session: &Session| node.app.session(&session.token).await.is_ok();

        let session = sign_in().await.expect("signed in");
        node.advance(Duration::days(13));
        assert!(open(&session).await);
        node.advance(Duration::days(2));
        assert!(!open(&session).await, "after fourteen days");

        let session = sign_in().await.expect("signed in");
        node.app.log_out(&session.token).await.expect("signed out");
        assert!(!open(&session).await);

        let session = sign_in().await.expect("signed in");
        node.app
            .set_role(&Caller::Node, "actus", "redaction@mef58.example", Some(Role::Moderator))
            .await
            .expect("role");
        assert!(!open(&session).await, "its rights have changed");

        let session = sign_in().await.expect("signed in");
        let uid = uid_of(&node, "redaction@mef58.example").await;
        node.app.set_account_enabled(&Caller::Node, &uid, false).await.expect("disabled");
        assert!(!open(&session).await, "disabled");
        wrong(sign_in().await);
        crate::tests::node::conflict(node.app.account_caller("redaction@mef58.example").await);
        crate::tests::node::conflict(
            node.app.make_token(&Caller::Node, Some("redaction@mef58.example"), "script").await,
        );
        not_found(node.app.make_token(&Caller::Node, Some("personne@mef58.example"), "script").await);
        node.app.set_account_enabled(&Caller::Node, &uid, true).await.expect("enabled");
        assert!(!open(&session).await, "it does not come back");

        let session = sign_in().await.expect("signed in");
        node.app
            .set_password(&Caller::Node, "redaction@mef58.example", "cinq mots tout neufs")
            .await
            .expect("set");
        assert!(!open(&session).await);
        wrong(sign_in().await);
    }
);

on_both_databases!(
    async fn a_token_is_shown_once_and_dies_with_its_account(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let author = node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        let token = node.app.make_token(&author, None, "script").await.expect("token").token;
        assert!(token.starts_with("mlg_") && token.len() > 40);
        crate::tests::node::forbidden(node.app.make_token(&author, Some(ADMINISTRATOR), "vol").await);
        crate::tests::node::invalid(node.app.make_token(&author, None, " ").await, "required");
        let caller = node.app.caller_of_token(&token).await.expect("caller");
        assert_eq!(caller.account_id(), author.account_id());
        let rows = node.app.reads(author.viewer()).run(|reads| reads.own_api_tokens()).await.expect("read");
        assert_eq!(rows.len(), 1);
        assert!(!format!("{rows:?}").contains(&token), "only its hash is kept");
        let unknown = node.app.caller_of_token("mlg_inconnu").await;
        assert!(matches!(unknown, Err(AppError::Unauthenticated(_))), "{unknown:?}");

        let administrator = node.administrator().await;
        not_found(node.app.delete_token(&administrator, rows[0].id).await);
        let uid = uid_of(&node, "redaction@mef58.example").await;
        node.app.set_account_enabled(&Caller::Node, &uid, false).await.expect("disabled");
        assert!(node.app.caller_of_token(&token).await.is_err());
        node.app.set_account_enabled(&Caller::Node, &uid, true).await.expect("enabled");
        node.app.delete_token(&author, rows[0].id).await.expect("deleted");
        assert!(node.app.caller_of_token(&token).await.is_err());
    }
);
