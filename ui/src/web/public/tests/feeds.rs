//! Feeds, as a feed reader takes them.

use super::scene::{Answer, Scene, ask, get, news};
use actix_web::test::TestRequest;
use maillage_gateways::feed::{ParsedFeed, parse};
use serde_json::json;
use url::Url;

fn read(answer: &Answer, path: &str) -> ParsedFeed {
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    let base = Url::parse(&format!("https://mef58.example{path}")).expect("an address");
    let feed = parse(answer.body.as_bytes(), Some(&base), Some(answer.header("content-type")));
    let feed = feed.unwrap_or_else(|error| panic!("{path}: {error}"));
    assert!(feed.problems.is_empty(), "{path}: {:?}", feed.problems);
    feed
}

fn titles(feed: &ParsedFeed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.title.as_str()).collect()
}

#[actix_web::test]
async fn every_feed_reads_back_with_permanent_ids() {
    let scene = Scene::new().await;
    let title = "L’été & l’emploi : <58> « à Nevers »";
    let first = scene.published("actualites", news(title, json!({ "thematiques": ["formation"] }))).await;
    let second = scene.published("actualites", news("Forum", json!({}))).await;
    for list in ["/services/actualites", "/sites/nievre/actualites", "/sites/nievre/recherche"] {
        for (format, kind) in [("rss", "application/rss+xml"), ("atom", "application/atom+xml")] {
            let path = format!("{list}.{format}");
            let answer = get(&scene.node, &path).await;
            assert!(answer.header("content-type").starts_with(kind), "{path}");
            let feed = read(&answer, &path);
            assert_eq!(titles(&feed), ["Forum", title], "{path}");
            let keys: Vec<&str> = feed.entries.iter().map(|entry| entry.key.as_str()).collect();
            assert_eq!(keys, [second.uri.as_str(), first.uri.as_str()], "{path}");
            let link = feed.entries[1].link.as_ref().map(Url::as_str);
            assert_eq!(link, Some(format!("https://mef58.example{}", first.page).as_str()), "{path}");
            assert_eq!(feed.entries[1].categories, ["Formation"], "{path}");
            let html = feed.entries[1].content_html.as_deref().unwrap_or_default();
            assert!(html.contains("Texte"), "{path}: {html}");
            assert!(feed.entries[1].published.is_some(), "{path}");
        }
    }
}

#[actix_web::test]
async fn a_narrowed_list_has_the_same_narrowed_feed() {
    let scene = Scene::new().await;
    let at_dijon = json!({ "thematiques": ["formation"], "territoires": ["commune:21231"] });
    scene.published("actualites", news("Forum", json!({}))).await;
    scene.published("actualites", news("Stage", at_dijon)).await;
    for (query, expected) in [
        ("theme=emploi", vec!["Forum"]),
        ("place=departement:21", vec!["Stage"]),
        ("q=stage", vec!["Stage"]),
        ("theme=emploi&place=departement:21", vec![]),
    ] {
        for list in ["/services/actualites", "/sites/nievre/actualites"] {
            let path = format!("{list}.rss?{query}");
            assert_eq!(titles(&read(&get(&scene.node, &path).await, &path)), expected, "{path}");
            // The page of the list names this very feed.
            let page = get(&scene.node, &format!("{list}?{query}")).await.body;
            let own = path.replace(':', "%3A").replace('&', "&#38;");
            assert!(page.contains(&format!("href=\"{own}\"")), "{own}: {page}");
        }
    }
}

#[actix_web::test]
async fn an_unchanged_feed_is_not_sent_again() {
    let scene = Scene::new().await;
    scene.published("actualites", news("Forum", json!({}))).await;
    let path = "/services/actualites.rss";
    let first = get(&scene.node, path).await;
    let tag = first.header("etag").to_owned();
    assert!(!tag.is_empty() && !first.header("last-modified").is_empty());
    let again = |tag: String| {
        TestRequest::get()
            .uri(path)
            .insert_header(("Accept-Language", "fr"))
            .insert_header(("If-None-Match", tag))
    };
    let same = ask(&scene.node, again(tag.clone())).await;
    assert_eq!((same.status, same.body.as_str(), same.header("etag")), (304, "", tag.as_str()));
    let strong = tag.trim_start_matches("W/").to_owned();
    assert_eq!(ask(&scene.node, again(format!("\"other\", {strong}"))).await.status, 304);
    assert_eq!(ask(&scene.node, again("\"other\"".to_owned())).await.status, 200);
    scene.published("actualites", news("Atelier", json!({}))).await;
    let changed = ask(&scene.node, again(tag.clone())).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
    // It is the same for everybody: no cookie comes with it.
    assert!(changed.headers.get("set-cookie").is_none());
}
