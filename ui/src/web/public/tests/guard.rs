//! Forms are taken from pages of this node alone.

use super::scene::ask;
use crate::tests::node::{AUTHOR, MODERATOR, Node, PASSWORD};
use actix_web::cookie::Cookie;
use actix_web::test::TestRequest;
use maillage_app::address::Addresses;
use maillage_app::login::SignIn;
use maillage_store::read::EntryQuery;

const NEW: &str = "/office/services/agenda/new";

/// A session of this account: its cookie and the token of its forms.
async fn session(node: &Node, email: &str) -> (Cookie<'static>, String) {
    let SignIn::Open(session) = node.app.log_in(email, PASSWORD, "127.0.0.1").await.expect("a session")
    else {
        panic!("no code is asked for");
    };
    let csrf = node.app.session(&session.token).await.expect("open").csrf;
    let names =
        crate::web::cookies::Names::of(&Addresses::new("https://mef58.example/").expect("an address"));
    (names.set(&names.session, session.token, None), csrf)
}

/// Saves a draft with this token and these headers. Answers the status.
async fn sent(node: &Node, cookie: &Cookie<'static>, csrf: Option<&str>, origin: Option<&str>) -> u16 {
    let mut body = vec![("titre", "Forum"), ("action", "save")];
    body.extend(csrf.map(|token| ("csrf", token)));
    let mut request = TestRequest::post().uri(NEW).cookie(cookie.clone()).set_form(body);
    if let Some(origin) = origin {
        request = request.insert_header(("Origin", origin));
    }
    ask(node, request).await.status
}

async fn drafts(node: &Node) -> i64 {
    let viewer = node.caller(AUTHOR).await.viewer();
    let query = EntryQuery { states: vec!["draft"], ..EntryQuery::default() };
    node.app.reads(viewer).run(move |reads| reads.count_entries(&query, 100)).await.expect("a count")
}

#[actix_web::test]
async fn a_form_needs_the_token_of_its_own_session_and_no_foreign_origin() {
    let node = Node::new().await;
    let (cookie, own) = session(&node, AUTHOR).await;
    let (_, others) = session(&node, MODERATOR).await;
    let (_, older) = session(&node, AUTHOR).await;
    for (token, what) in [
        (None, "no token"),
        (Some(""), "empty"),
        (Some(others.as_str()), "another's"),
        (Some(older.as_str()), "another session's"),
    ] {
        assert_eq!(sent(&node, &cookie, token, None).await, 403, "{what}");
    }
    for origin in ["https://evil.example", "https://mef58.example.evil.example", "http://mef58.example"] {
        assert_eq!(sent(&node, &cookie, Some(&own), Some(origin)).await, 403, "{origin}");
    }
    assert_eq!(drafts(&node).await, 0, "a refused form was taken");
    assert_eq!(sent(&node, &cookie, Some(&own), Some("https://mef58.example")).await, 303);
    assert_eq!(drafts(&node).await, 1);
}

#[actix_web::test]
async fn signing_in_and_out_need_a_token_too() {
    let node = Node::new().await;
    let body = vec![("email", AUTHOR), ("password", PASSWORD)];
    assert_eq!(ask(&node, TestRequest::post().uri("/login").set_form(body)).await.status, 403);
    let (cookie, _) = session(&node, AUTHOR).await;
    let out = TestRequest::post().uri("/logout").cookie(cookie.clone()).set_form(vec![("csrf", "x")]);
    assert_eq!(ask(&node, out).await.status, 403);
    let office = ask(&node, TestRequest::get().uri("/office").cookie(cookie)).await;
    assert_eq!(office.status, 200, "signed out by somebody else's form");
    assert_eq!(office.header("cache-control"), "private, no-store");
}
