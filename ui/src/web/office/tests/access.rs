//! Every route of the back office for every role: the routes are those that `configure` registers, the
//! roles all there are.

use super::scene::{Parts, furnish};
use crate::tests::browser::{Browser, Page};
use crate::tests::node::{ADMINISTRATOR, AUTHOR, COLLEAGUE, MANAGER, MODERATOR, Node, OUTSIDER};
use crate::web::office::ROUTES;
use crate::web::office::access::{Access, Route};
use std::collections::BTreeMap;

/// Everybody with an account: who they are towards the agenda, where the items of the scene stand.
const PEOPLE: [&str; 6] = [OUTSIDER, AUTHOR, COLLEAGUE, MODERATOR, MANAGER, ADMINISTRATOR];

/// Who is let in.
fn let_in(access: Access) -> Vec<&'static str> {
    match access {
        Access::Account => PEOPLE.to_vec(),
        Access::Member => vec![AUTHOR, COLLEAGUE, MODERATOR, MANAGER, ADMINISTRATOR],
        Access::Contributor => vec![AUTHOR, COLLEAGUE, MODERATOR, MANAGER],
        Access::Author => vec![AUTHOR, MODERATOR, MANAGER],
        Access::Writer => vec![AUTHOR],
        Access::Reader => vec![AUTHOR, MODERATOR, MANAGER, ADMINISTRATOR],
        Access::Moderator => vec![MODERATOR, MANAGER],
        Access::Manager => vec![MANAGER, ADMINISTRATOR],
        Access::Overseer => vec![MODERATOR, MANAGER, ADMINISTRATOR],
        Access::SiteMaker => vec![MANAGER, ADMINISTRATOR],
        Access::SiteManager => vec![COLLEAGUE, ADMINISTRATOR],
        Access::Administrator => vec![ADMINISTRATOR],
    }
}

/// The address of a route on the scene.
fn address(route: &Route, parts: &Parts) -> String {
    parts
        .iter()
        .fold(route.path.to_owned(), |path, (name, value)| path.replace(&format!("{{{name}}}"), value))
}

async fn ask(browser: &mut Browser, route: &Route, path: &str, csrf: &str) -> Page {
    match route.method {
        "get" => browser.get(path).await,
        _ => browser.post(path, &[("csrf", csrf), ("revision", "1"), ("reason", "Une raison.")]).await,
    }
}

/// The token of the forms that a browser is given.
async fn token(browser: &mut Browser) -> String {
    browser.open("/office").await.form("/logout").values("csrf")[0].to_owned()
}

#[actix_web::test]
async fn nobody_comes_in_without_signing_in() {
    let node = Node::new().await;
    let parts = furnish(&node).await;
    for route in ROUTES {
        let path = address(route, &parts);
        let mut stranger = node.stranger();
        let csrf = stranger.open("/login").await.form("/login").values("csrf")[0].to_owned();
        let page = ask(&mut stranger, route, &path, &csrf).await;
        if route.method == "get" {
            let login = format!("/login?next={}", path.replace('/', "%2F"));
            assert_eq!((page.status, page.location.as_str()), (303, login.as_str()), "{path}");
        } else {
            // What was sent is kept beside the login form, and nothing is done.
            assert_eq!(page.status, 401, "{path}");
            assert!(page.offers("/login"), "{path}");
        }
    }
}

#[actix_web::test]
async fn every_role_is_let_in_where_it_may_and_nowhere_else() {
    let node = Node::new().await;
    let parts = furnish(&node).await;
    let mut cookies: BTreeMap<&str, Browser> = BTreeMap::new();
    for email in PEOPLE {
        cookies.insert(email, node.browser(email).await);
    }
    let scene = node.content().await;
    let mut wrong = Vec::new();
    for route in ROUTES {
        let path = address(route, &parts);
        assert!(!path.contains('{'), "{path}: a part of the address is not in the scene");
        // What one person changes must not stand in the way of the next.
        let mut node = Node::holding(&scene).await;
        for email in PEOPLE {
            let mut browser = node.takes_over(&cookies[email]);
            let csrf = token(&mut browser).await;
            let page = ask(&mut browser, route, &path, &csrf).await;
            let allowed = let_in(route.access).contains(&email);
            let was_let_in = match page.status {
                403 | 404 => false,
                200 | 303 | 400 | 409 | 422 | 502 => !page.location.starts_with("/login"),
                other => panic!("{} {path} as {email}: {other}\n{}", route.method, page.html),
            };
            // A token of one's own that was never made is not there, and that is all it says.
            let own = ["{token}/revoke", "{session}/end", "{identity}/unlink"];
            let own = own.iter().any(|end| route.path.ends_with(end));
            let nothing_there = own && page.status == 404;
            if was_let_in != allowed && !nothing_there {
                wrong.push(format!(
                    "{} {path} as {email}: {} ({:?})",
                    route.method, page.status, route.access
                ));
            }
            if was_let_in && route.method == "post" {
                node = Node::holding(&scene).await;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn no_form_is_taken_that_does_not_come_from_here() {
    let node = Node::new().await;
    let parts = furnish(&node).await;
    for route in ROUTES.iter().filter(|route| route.method == "post") {
        let path = address(route, &parts);
        let who = let_in(route.access)[0];
        let mut browser = node.browser(who).await;
        for token in ["", "x", "00000000000000000000000000000000"] {
            let page = browser.post(&path, &[("csrf", token), ("revision", "1")]).await;
            assert_eq!(page.status, 403, "{path} with the token {token:?}");
        }
        let page = browser.post(&path, &[("revision", "1")]).await;
        assert_eq!(page.status, 403, "{path} without a token");
    }
}

#[test]
fn every_route_stands_once() {
    let mut seen = std::collections::BTreeSet::new();
    for route in ROUTES {
        assert!(seen.insert((route.method, route.path)), "{} {}", route.method, route.path);
        assert!(route.path.starts_with("/office"), "{}", route.path);
    }
}
