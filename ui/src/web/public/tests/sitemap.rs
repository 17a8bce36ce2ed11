//! What search engines and previews are told: sitemap, robots, cards, icons.

use super::scene::{Scene, get, news};
use crate::tests::node::MANAGER;
use maillage_app::caller::Caller;
use maillage_app::site::SiteForm;
use maillage_app::site::page::PageForm;
use maillage_domain::service::Visibility;
use maillage_domain::site::ListFilter;
use maillage_domain::workflow::Transition;
use serde_json::json;

const BASE: &str = "https://mef58.example";

/// The addresses of a sitemap, less the node's own.
fn addresses(xml: &str) -> Vec<String> {
    let found = xml.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next());
    found.map(|url| url.strip_prefix(BASE).unwrap_or(url).to_owned()).collect()
}

#[actix_web::test]
async fn the_sitemap_holds_what_is_open_to_everybody_and_nothing_else() {
    let scene = Scene::new().await;
    let shown = scene.published("actualites", news("L’été & l’emploi", json!({}))).await;
    let gone = scene.published("actualites", news("Retiré", json!({}))).await;
    scene.decide(&gone, Transition::Withdraw).await;
    scene.submitted("actualites", news("En attente", json!({}))).await;
    scene.service("interne", Visibility::Private).await;
    scene.published("interne", news("Secret", json!({}))).await;
    scene.site("reserve", "Réservé", true).await;
    scene.place("reserve", "actualites", ListFilter::default(), None).await;
    let page = PageForm {
        title: "Qui sommes-nous".to_owned(),
        body: "<p>Nous.</p>".to_owned(),
        ..PageForm::default()
    };
    scene.node.app.add_page(&Caller::Node, "nievre", page).await.expect("a page");
    let answer = get(&scene.node, "/sitemap.xml").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/xml; charset=utf-8"));
    let found = addresses(&answer.body);
    for path in
        ["/", "/sites/nievre", "/sites/nievre/actualites", "/services/actualites", shown.page.as_str()]
    {
        assert_eq!(found.iter().filter(|one| *one == path).count(), 1, "{path}: {found:?}");
    }
    assert!(found.iter().any(|one| one.starts_with("/sites/nievre/pages/")), "{found:?}");
    for secret in ["reserve", "interne", "secret", "retire", "en-attente", "recherche", "office"] {
        assert!(!found.iter().any(|one| one.contains(secret)), "{secret}: {found:?}");
    }
    let dated = found.iter().filter(|one| one.contains("/pages/") || one.contains("/fiches/")).count();
    assert_eq!(answer.body.matches("<lastmod>").count(), dated, "{}", answer.body);
    // Each of them is there, and asks for nothing else than to be found.
    for path in found {
        let page = get(&scene.node, &path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.body.contains("content=\"noindex\""), "{path}");
    }
    // Who is signed in gets no more.
    let seen = scene.node.browser(MANAGER).await.get("/sitemap.xml").await;
    assert!(!seen.html.contains("interne") && !seen.html.contains("reserve"), "{}", seen.html);
}

#[actix_web::test]
async fn a_long_sitemap_has_parts() {
    let scene = Scene::new().await;
    let mut pages = Vec::new();
    for number in 0..25 {
        pages.push(scene.published("actualites", news(&format!("Nouvelle {number}"), json!({}))).await.page);
    }
    let index = get(&scene.node, "/sitemap.xml").await;
    assert!(index.body.contains("<sitemapindex"), "{}", index.body);
    let parts = addresses(&index.body);
    assert_eq!(parts, ["/sitemap/pages.xml", "/sitemap/0.xml", "/sitemap/1.xml"]);
    let mut found = Vec::new();
    for part in &parts {
        let answer = get(&scene.node, part).await;
        assert_eq!(answer.status, 200, "{part}");
        found.extend(addresses(&answer.body));
    }
    for page in pages {
        assert_eq!(found.iter().filter(|one| **one == page).count(), 1, "{page}");
    }
    for part in ["/sitemap/2.xml", "/sitemap/-1.xml", "/sitemap/9223372036854775807.xml", "/sitemap/x.xml"] {
        assert_eq!(get(&scene.node, part).await.status, 404, "{part}");
    }
}

#[actix_web::test]
async fn robots_are_told_of_the_sitemap_and_kept_from_what_is_no_page() {
    let scene = Scene::new().await;
    let robots = get(&scene.node, "/robots.txt").await.body;
    assert!(robots.contains(&format!("\nSitemap: {BASE}/sitemap.xml\n")), "{robots}");
    for path in ["/office", "/sites/*/recherche", "/*?*q=", "/*?*view=", "/reset/"] {
        assert!(robots.contains(&format!("\nDisallow: {path}\n")), "{path}: {robots}");
    }
}

#[actix_web::test]
async fn a_page_that_is_passed_on_says_what_it_is() {
    let scene = Scene::new().await;
    let title = "L’été \"à\" <Nevers>";
    let item = scene.published("actualites", news(title, json!({}))).await;
    let page = get(&scene.node, &format!("/sites/nievre{}", item.page)).await.body;
    let escaped = "content=\"L’été &#34;à&#34; &#60;Nevers&#62;\"";
    for (name, content) in [
        ("property=\"og:title\"", escaped),
        ("name=\"twitter:title\"", escaped),
        ("property=\"og:type\"", "content=\"article\""),
        ("property=\"og:locale\"", "content=\"fr_FR\""),
        ("name=\"twitter:card\"", "content=\"summary\""),
        ("property=\"article:published_time\"", "content=\"20"),
        ("property=\"og:description\"", "content=\"Chapô"),
    ] {
        assert!(page.contains(&format!("<meta {name} {content}")), "{name}: {page}");
    }
    assert!(page.contains(&format!("property=\"og:url\" content=\"{BASE}{}\"", item.page)), "{page}");
    assert!(!page.contains("og:image"), "a site without a logo has no picture");
}

#[actix_web::test]
async fn a_site_has_an_icon_in_its_colour() {
    let scene = Scene::new().await;
    let form = SiteForm { title: "Mauve".to_owned(), accent: "#7a1f5c".to_owned(), ..SiteForm::default() };
    scene.node.app.add_site(&Caller::Node, "mauve", form).await.expect("a site");
    let page = get(&scene.node, "/sites/mauve").await.body;
    assert!(
        page.contains("<link rel=\"icon\" href=\"/sites/mauve/icon.svg\" type=\"image/svg+xml\">"),
        "{page}"
    );
    let svg = get(&scene.node, "/sites/mauve/icon.svg").await;
    assert_eq!((svg.status, svg.header("content-type")), (200, "image/svg+xml"));
    assert!(svg.body.contains("#7a1f5c"), "{}", svg.body);
    for path in ["/sites/mauve/icon.ico", "/favicon.ico"] {
        let icon = get(&scene.node, path).await;
        assert_eq!((icon.status, icon.header("content-type")), (200, "image/x-icon"), "{path}");
        assert!(icon.body.contains("PNG"), "{path}");
    }
    scene.site("reserve", "Réservé", true).await;
    assert_eq!(get(&scene.node, "/sites/reserve/icon.svg").await.status, 404);
}
