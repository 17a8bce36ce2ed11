//! What the node serves: documents as they are kept, to whom asks how, and paths that lead nowhere.

use super::golden::compare;
use super::items::{all, news, node_with_all};
use super::peer::Peer;
use super::world::World;
use crate::objects::vocabulary::{CONTEXT_PATH, context_document};
use maillage_domain::service::Visibility;
use maillage_domain::workflow::Transition;
use maillage_store::testing::{TestDatabase, on_both_databases};
use serde_json::Value;

const AP: &str = "application/activity+json";
const LD: &str = "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
const HTML: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

/// A JSON answer, with the node's address of this run replaced by a fixed one.
async fn json(world: &World, peer: &Peer, path: &str) -> Value {
    let url = if path.starts_with("http") { path.to_owned() } else { world.url(path) };
    let answer = peer.get(&url, AP, None).await;
    assert_eq!(answer.status(), 200, "{path}");
    let host = world.app().addresses().host();
    let text = answer.text().await.unwrap();
    let text = text.replace(&format!("http://{host}"), "https://mef58.example");
    let text = text.replace(&host, "mef58.example").replace(&host.replace(':', "-"), "mef58-example");
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn documents_are_as_they_are_kept() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    node_with_all(&world).await;
    let agenda = world.actor_of("agenda").await;
    let node = world.read(|reads| Ok(reads.node_actor()?.uri)).await;
    compare("actor-service", &json(&world, &peer, &agenda).await);
    compare("actor-node", &json(&world, &peer, &node).await);
    compare("outbox", &json(&world, &peer, &format!("{agenda}/outbox")).await);
    compare("outbox-page", &json(&world, &peer, &format!("{agenda}/outbox?page=1")).await);
    compare("followers", &json(&world, &peer, &format!("{agenda}/followers")).await);
    compare("following", &json(&world, &peer, &format!("{agenda}/following")).await);
    compare("featured", &json(&world, &peer, &format!("{agenda}/featured")).await);
    let account = format!("/.well-known/webfinger?resource=acct:agenda@{}", world.app().addresses().host());
    compare("webfinger", &json(&world, &peer, &account).await);
    compare("nodeinfo-links", &json(&world, &peer, "/.well-known/nodeinfo").await);
    compare("nodeinfo", &json(&world, &peer, "/nodeinfo/2.1").await);
}

#[tokio::test]
async fn a_page_or_a_document_as_is_asked_for() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    world.service("news", "actualites", Visibility::Public).await;
    let entry = world.publish("actualites", news("Un forum")).await;
    let item = world.entries("actualites").await.remove(0).item;
    let actor = world.actor_of("actualites").await;
    for (url, page) in [(&item.uri, &item.url), (&actor, &world.url("/services/actualites"))] {
        for accept in [AP, LD, "application/json", "*/*", "application/jrd+json, application/json"] {
            let answer = peer.get(url, accept, None).await;
            assert_eq!(answer.status(), 200, "{url} {accept}");
            assert_eq!(answer.headers()["content-type"], "application/activity+json; charset=utf-8");
            assert_eq!(answer.headers()["vary"], "Accept, Signature");
            assert_eq!(answer.headers()["link"], format!("<{page}>; rel=\"alternate\"; type=\"text/html\""));
        }
        let answer = peer.get(url, HTML, None).await;
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()),
            (303, page.as_str())
        );
        // The page leads back to the id for those who ask for ActivityPub, and for nobody else.
        let answer = peer.get(page, AP, None).await;
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["location"].to_str().unwrap()),
            (302, url.as_str())
        );
        assert_eq!(answer.headers()["vary"], "Accept");
        for accept in [HTML, "*/*", "application/activity+json, text/html"] {
            assert_eq!(peer.get(page, accept, None).await.status(), 404, "pages are not the federation's");
        }
    }
    for path in [
        "/fiches/0198f3a0-0000-7000-8000-000000000000/x",
        "/fiches/x/y",
        "/services/nulle-part",
        "/services/A%00",
    ] {
        assert_eq!(peer.get(&world.url(path), AP, None).await.status(), 404, "{path}");
    }
    world.step(&entry.uid, Transition::Withdraw).await;
    let answer = peer.get(&item.uri, AP, None).await;
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["content-type"].to_str().unwrap()),
        (410, "application/activity+json; charset=utf-8")
    );
    let tombstone: Value = answer.json().await.unwrap();
    assert_eq!(
        (tombstone["type"].as_str(), tombstone["id"].as_str()),
        (Some("Tombstone"), Some(item.uri.as_str()))
    );
    let answer = peer.get(&item.uri, HTML, None).await;
    assert_eq!(answer.status(), 410);
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/plain"));
}

#[tokio::test]
async fn head_is_answered_as_get_without_the_body() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    node_with_all(&world).await;
    let actor = world.actor_of("agenda").await;
    let item = world.entries("agenda").await.remove(0).item.uri;
    let mut urls = vec![actor.clone(), item];
    urls.extend(
        ["outbox", "outbox?page=1", "followers", "following", "featured"]
            .map(|name| format!("{actor}/{name}")),
    );
    let account = format!("/.well-known/webfinger?resource=acct:agenda@{}", world.app().addresses().host());
    let well_known = [
        "/.well-known/host-meta",
        "/.well-known/nodeinfo",
        "/nodeinfo/2.1",
        CONTEXT_PATH,
        "/actor/icon.png",
        "/actor/banner.png",
        &account,
    ];
    urls.extend(well_known.map(|path| world.url(path)));
    for url in urls {
        let get = peer.get(&url, AP, None).await;
        let head = peer.request("HEAD", &url, AP, None).await;
        assert_eq!((get.status().as_u16(), head.status().as_u16()), (200, 200), "{url}");
        let same =
            |name: &str| assert_eq!(get.headers().get(name), head.headers().get(name), "{name} of {url}");
        ["content-type", "content-length", "vary", "cache-control"].into_iter().for_each(same);
        assert!(head.bytes().await.unwrap().is_empty() && !get.bytes().await.unwrap().is_empty());
        // A signed HEAD is verified as such.
        let signed = peer.request("HEAD", &url, AP, Some(("alice", world.app().now()))).await;
        assert_eq!(signed.status(), 200, "{url}");
        assert_eq!(peer.request("DELETE", &url, AP, None).await.status(), 405, "{url}");
    }
    assert_eq!(peer.get(&world.url("/inbox"), AP, None).await.status(), 405);
}

#[tokio::test]
async fn the_context_and_the_pictures_are_served() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    let answer = peer.get(&world.url(CONTEXT_PATH), LD, None).await;
    assert_eq!(answer.headers()["content-type"], "application/ld+json");
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    assert_eq!(answer.json::<Value>().await.unwrap(), context_document());
    for (path, width) in [("/actor/icon.png", 400_u32), ("/actor/banner.png", 1500)] {
        let answer = peer.get(&world.url(path), "image/*", None).await;
        // What we keep never passes for ActivityPub.
        assert_eq!(
            (
                answer.headers()["content-type"].to_str().unwrap(),
                answer.headers()["x-content-type-options"].to_str().unwrap()
            ),
            ("image/png", "nosniff")
        );
        let bytes = answer.bytes().await.unwrap();
        assert_eq!((&bytes[1..4], &bytes[16..20]), (&b"PNG"[..], &width.to_be_bytes()[..]));
    }
}

on_both_databases!(
    async fn paths_that_lead_nowhere(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "actualites", Visibility::Public).await;
        let segments = [
            "x", "..", "%2e%2e", "%2e%2e%2f", "..%2f..%2fetc%2fpasswd", "%00", "a%00b", "%2Fetc%2Fpasswd", "%5c..%5c",
            "0198f3a0-0000-7000-8000-00000000000", "0198F3A0-0000-7000-8000-000000000000", "{0198f3a0-0000-7000-8000-000000000000}",
            "0198f3a0000070008000000000000000", "0198f3a0-0000-7000-8000-000000000000", "'%20OR%201=1--", "%ff%fe", "%F0%9F%92%A9",
        ];
        for segment in segments {
            for path in ["/a/{}", "/a/{}/outbox", "/a/{}/outbox?page=1", "/a/{}/followers", "/a/{}/following", "/a/{}/featured", "/o/{}", "/x/{}", "/fiches/{}", "/fiches/{}/x", "/services/{}"] {
                let url = format!("{}{}", world.app().addresses().base().as_str().trim_end_matches('/'), path.replace("{}", segment));
                let status = peer.get(&url, AP, None).await.status().as_u16();
                assert!(matches!(status, 400 | 404), "{url}: {status}");
            }
            let body = serde_json::json!({ "actor": peer.url("/alice") });
            let inbox = world.url(&format!("/a/{segment}/inbox"));
            let status = peer.post(&inbox, &body, world.app().now()).await.status().as_u16();
            assert!(matches!(status, 400 | 404 | 405), "{inbox}: {status}");
        }
        let actor = world.actor_of("actualites").await;
        for query in ["before=x", "before=1", "before=1-x", "before=%00", "before=99999999999999999999-1", "before=--1", "page=1&page=2"] {
            let status = peer.get(&format!("{actor}/outbox?{query}"), AP, None).await.status().as_u16();
            assert_eq!(status, 400, "{query}");
        }
    }
);

on_both_databases!(
    async fn webfinger_answers_for_our_own_alone(db) {
        let world = World::online(db).await;
        let peer = Peer::start().await;
        world.service("news", "actualites", Visibility::Public).await;
        world.service("news", "interne", Visibility::Private).await;
        let (actor, host) = (world.actor_of("actualites").await, world.app().addresses().host());
        let node = world.read(|reads| reads.node_actor()).await;
        let cases = [
            (format!("acct:actualites@{host}"), 200),
            (format!("acct:actualites@{}", host.to_uppercase()), 200),
            (format!("@actualites@{host}"), 200),
            (actor.clone(), 200),
            (world.url("/services/actualites"), 200),
            (world.url("/"), 200),
            (node.uri.clone(), 200),
            (format!("acct:{}@{host}", node.username), 200),
            (format!("acct:interne@{host}"), 404),
            (format!("acct:personne@{host}"), 404),
            (world.url("/a/0198f3a0-0000-7000-8000-000000000000"), 404),
            (world.url("/o/1"), 404),
            (world.url("/services/A"), 404),
            ("acct:actualites@ailleurs.example".to_owned(), 404),
            ("https://ailleurs.example/a/1".to_owned(), 400),
            (format!("acct:actualites@{host}@{host}"), 400),
            (format!("acct:actualites%2500@{host}"), 400),
            (format!("acct:actualites%00@{host}"), 400),
            (world.url("/services/%00"), 400),
            (String::new(), 400),
            ("acct:".to_owned(), 400),
            ("a".repeat(3_000), 400),
        ];
        for (resource, status) in cases {
            let url = world.url(&format!("/.well-known/webfinger?resource={resource}"));
            let answer = peer.get(&url, "application/jrd+json", None).await;
            assert_eq!(answer.status().as_u16(), status, "{resource}");
            if status == 200 {
                assert_eq!(answer.headers()["content-type"], "application/jrd+json; charset=utf-8");
                assert_eq!(answer.headers()["access-control-allow-origin"], "*");
                let answer: Value = answer.json().await.unwrap();
                let expected = if resource.contains("actualites") || resource == actor { &actor } else { &node.uri };
                assert_eq!(answer["links"][0]["href"].as_str(), Some(expected.as_str()), "{resource}");
                assert!(answer["links"].as_array().unwrap().iter().any(|link| {
                    link["rel"] == "http://ostatus.org/schema/1.0/subscribe" && link["template"].as_str().unwrap().contains("{uri}")
                }));
            }
        }
        assert_eq!(peer.get(&world.url("/.well-known/webfinger"), "*/*", None).await.status(), 400);
    }
);

#[tokio::test]
async fn nodeinfo_and_host_meta_lead_on() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    node_with_all(&world).await;
    let links: Value = peer.get(&world.url("/.well-known/nodeinfo"), "*/*", None).await.json().await.unwrap();
    for link in links["links"].as_array().unwrap() {
        assert_eq!(peer.get(link["href"].as_str().unwrap(), "*/*", None).await.status(), 200, "{link}");
    }
    let info: Value = peer.get(&world.url("/nodeinfo/2.1"), "*/*", None).await.json().await.unwrap();
    // What is for the network alone is not counted before everybody.
    let registry = world.app().registry();
    let public = |kind: &str| registry.get(kind).unwrap().widest == Visibility::Public;
    assert_eq!(info["usage"]["localPosts"], all().iter().filter(|(kind, ..)| public(kind)).count());
    assert_eq!(info["metadata"]["maillage"]["context"], world.url(CONTEXT_PATH));
    let meta = peer.get(&world.url("/.well-known/host-meta"), "*/*", None).await;
    assert_eq!(meta.headers()["content-type"], "application/xrd+xml; charset=utf-8");
    let text = meta.text().await.unwrap();
    assert!(
        text.contains(&format!("template=\"{}\"", world.url("/.well-known/webfinger?resource={uri}"))),
        "{text}"
    );
}

#[tokio::test]
async fn an_outbox_is_bounded_page_by_page() {
    let db = TestDatabase::sqlite();
    let world = World::online(&db).await;
    let peer = Peer::start().await;
    world.service("news", "actualites", Visibility::Public).await;
    // Long texts, so that bytes bound the pages before their number does.
    let long = "é".repeat(20_000);
    for number in 0..45 {
        world.clock.pass(1);
        let mut fields = news(&format!("Titre {number:02}"));
        if number < 10 {
            fields["texte"] = format!("<p>{long}</p>").into();
        }
        world.publish("actualites", fields).await;
    }
    let actor = world.actor_of("actualites").await;
    let mut next = Some(format!("{actor}/outbox?page=1"));
    let (mut titles, mut sizes) = (Vec::new(), Vec::new());
    while let Some(url) = next {
        let text = peer.get(&url, AP, None).await.text().await.unwrap();
        assert!(text.len() < 900 * 1024, "{} bytes", text.len());
        let page: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (page["id"].as_str(), page["partOf"].as_str()),
            (Some(url.as_str()), Some(format!("{actor}/outbox").as_str()))
        );
        let items = page["orderedItems"].as_array().unwrap();
        sizes.push(items.len());
        titles.extend(items.iter().map(|one| one["object"]["name"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().map(str::to_owned);
    }
    assert!(sizes.len() >= 3 && sizes.iter().all(|size| (1..=40).contains(size)), "{sizes:?}");
    let expected: Vec<String> = (0..45).rev().map(|number| format!("Titre {number:02}")).collect();
    assert_eq!(titles, expected);
}
