//! Stylesheets and scripts, robots, and paths that lead nowhere.

use super::scene::{ask, get};
use crate::tests::node::Node;
use actix_web::test::TestRequest;

#[actix_web::test]
async fn assets_are_kept_for_good_and_only_at_their_full_address() {
    let node = Node::new().await;
    let page = get(&node, "/").await;
    let links: Vec<&str> = page.body.split('"').filter(|part| part.starts_with("/assets/")).collect();
    assert!(links.len() >= 2, "{}", page.body);
    for link in links {
        let asset = get(&node, link).await;
        assert_eq!(asset.status, 200, "{link}");
        assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable", "{link}");
        assert!(asset.headers.get("set-cookie").is_none(), "{link}");
    }
    for path in ["/assets/../Cargo.toml", "/assets/%2e%2e/%2e%2e/etc/passwd", "/assets/", "/assets/none.css"]
    {
        assert!(matches!(get(&node, path).await.status, 400 | 404), "{path}");
    }
}

#[actix_web::test]
async fn robots_stay_out_of_the_back_office() {
    let node = Node::new().await;
    let robots = get(&node, "/robots.txt").await;
    assert_eq!((robots.status, robots.header("content-type")), (200, "text/plain; charset=utf-8"));
    for path in ["/office", "/login", "/api/"] {
        assert!(robots.body.contains(&format!("\nDisallow: {path}\n")), "{path}: {}", robots.body);
    }
    assert!(!robots.body.contains("Disallow: /\n"));
}

#[actix_web::test]
async fn what_is_not_there_says_so_in_words() {
    let node = Node::new().await;
    for path in
        ["/rien", "/sites/rien", "/sites/rien/rien", "/services/rien", "/services/rien.rss", "/fiches/rien"]
    {
        let page = get(&node, path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.body.contains("<h1>"), "{path}: {}", page.body);
        assert_eq!(page.header("cache-control"), "private, no-store", "{path}");
    }
}

#[actix_web::test]
async fn a_slash_too_many_leads_to_the_page() {
    let node = Node::new().await;
    for (typed, right) in
        [("/sites/nievre/", "/sites/nievre"), ("/services/x//?page=2", "/services/x?page=2")]
    {
        let answer = get(&node, typed).await;
        assert_eq!((answer.status, answer.header("location")), (308, right), "{typed}");
    }
    // Never to another host.
    for typed in ["//evil.example/", "//evil.example//", "/api/v1/rien/"] {
        let answer = get(&node, typed).await;
        assert_eq!((answer.status, answer.header("location")), (404, ""), "{typed}");
    }
}

#[actix_web::test]
async fn pages_that_are_read_take_no_other_method_and_answer_head() {
    let node = Node::new().await;
    for path in ["/", "/services/agenda", "/robots.txt"] {
        let posted = ask(&node, TestRequest::post().uri(path)).await;
        assert_eq!((posted.status, posted.header("allow")), (405, "GET, HEAD"), "{path}");
        let head = ask(&node, TestRequest::default().method(actix_web::http::Method::HEAD).uri(path)).await;
        assert_eq!(head.status, 200, "{path}");
    }
}
