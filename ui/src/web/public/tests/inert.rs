//! What others wrote stays text: scripts in titles, texts, names and questions do nothing.

use super::scene::{Scene, get, news};
use maillage_app::caller::Caller;
use maillage_app::organisation::OrganisationForm;
use maillage_app::service::ServiceForm;
use maillage_domain::service::Charter;
use maillage_domain::site::ListFilter;
use maillage_domain::viewer::Viewer;
use serde_json::json;

/// Each breaks out of another context: text, attribute, script, title, comment.
const POLYGLOTS: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'\"--></style></script></title></textarea><svg/onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "{{7*7}}${7*7}<iframe srcdoc='<script>alert(1)</script>'></iframe>",
];

/// No tag or attribute of a page comes from somebody's text.
fn inert(path: &str, html: &str) {
    let lower = html.to_lowercase();
    let scripts: Vec<&str> = lower.split("<script").skip(1).collect();
    for script in &scripts {
        let tag = script.split('>').next().unwrap_or_default();
        let known = tag.contains("src=\"/assets/") || tag.contains("type=\"application/ld+json\"");
        assert!(known, "a script at {path}: {tag}: {html}");
    }
    for tag in lower.split('<').skip(1).filter_map(|part| part.split_once('>').map(|(tag, _)| tag)) {
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(!matches!(name.as_str(), "iframe" | "object" | "embed" | "base"), "<{tag}> at {path}");
        let outside: String = tag.split('"').step_by(2).collect();
        for attribute in outside.split_ascii_whitespace().skip(1) {
            assert!(!attribute.starts_with("on"), "{attribute} in <{tag}> at {path}");
        }
        assert!(!tag.replace(char::is_whitespace, "").contains("=\"javascript:"), "<{tag}> at {path}");
        assert!(name != "img" || !tag.contains("src=x"), "<{tag}> at {path}");
    }
    assert!(!html.contains("4949"), "a template ran at {path}");
}

#[actix_web::test]
async fn what_others_wrote_runs_nowhere() {
    let scene = Scene::new().await;
    for (number, text) in POLYGLOTS.iter().enumerate() {
        let (site, service) = (format!("site-{number}"), format!("service-{number}"));
        scene.service(&service, maillage_domain::service::Visibility::Public).await;
        let form = ServiceForm {
            title: (*text).to_owned(),
            charter: Charter {
                purpose: (*text).to_owned(),
                moderators: (*text).to_owned(),
                licence: "etalab-2.0".to_owned(),
                ..Charter::default()
            },
            visibility: None,
            self_validation: false,
        };
        scene.node.app.change_service(&Caller::Node, &service, form).await.expect("changed");
        let bodies = scene.node.app.reads(Viewer::Anonymous).run(|reads| reads.organisations());
        let uid = bodies.await.expect("read")[0].uid.clone();
        let named = OrganisationForm { name: (*text).to_owned(), ..OrganisationForm::default() };
        scene.node.app.change_organisation(&Caller::Node, &uid, named).await.expect("named");
        scene.site(&site, text, false).await;
        scene.place(&site, &service, ListFilter::default(), None).await;
        let fields = json!({ "chapo": text, "texte": format!("<p>{text}</p>"), "auteur": text });
        let item = scene.published(&service, news(text, fields)).await;
        let question: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        for path in [
            item.page.clone(),
            format!("/sites/{site}{}", item.page),
            format!("/sites/{site}"),
            format!("/sites/{site}/{service}"),
            format!("/sites/{site}/{service}?q={question}"),
            format!("/sites/{site}/{service}?theme={question}&place={question}&said={question}"),
            format!("/services/{service}?q={question}"),
            format!("/login?next=/{question}"),
            format!("/fiches/{question}"),
            "/".to_owned(),
        ] {
            let answer = get(&scene.node, &path).await;
            assert!(matches!(answer.status, 200 | 404), "{path}: {}", answer.status);
            inert(&path, &answer.body);
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        }
        for path in [format!("/services/{service}.rss"), format!("/sites/{site}/{service}.atom")] {
            let feed =
                maillage_gateways::feed::parse(get(&scene.node, &path).await.body.as_bytes(), None, None);
            let feed = feed.unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(feed.entries.len(), 1, "{path}");
        }
    }
}

#[actix_web::test]
async fn structured_data_stays_inside_its_script() {
    let scene = Scene::new().await;
    for text in POLYGLOTS {
        let item = scene.published("actualites", news(text, json!({ "auteur": text }))).await;
        let page = get(&scene.node, &item.page).await.body;
        let document = page.split("<script type=\"application/ld+json\">").nth(1).expect("structured data");
        let document = document.split("</script>").next().unwrap_or_default();
        let read: serde_json::Value =
            serde_json::from_str(document).unwrap_or_else(|error| panic!("{error}: {document}"));
        assert_eq!(read["@id"], item.uri);
        assert_eq!(read["author"], text);
    }
}
