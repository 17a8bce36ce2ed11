//! A workshop: its members come in, read and write; for everybody else it is not there.

use super::scene::{Scene, news};
use crate::tests::browser::Browser;
use crate::tests::node::{ADMINISTRATOR, AUTHOR, COLLEAGUE, MODERATOR, Node, OUTSIDER};
use maillage_app::caller::Caller;
use maillage_app::site::SiteForm;
use maillage_domain::service::Visibility;
use maillage_domain::site::{ListFilter, SiteKind, SiteRole};
use serde_json::json;

const INSIDE: &str = "/sites/atelier/atelier";

/// A workshop with a member who writes and one who reads.
async fn workshop(node: &Node) {
    let form =
        SiteForm { title: "Atelier du réseau".to_owned(), kind: SiteKind::Workshop, ..SiteForm::default() };
    node.app.add_site(&Caller::Node, "atelier", form).await.expect("a workshop");
    for (email, role) in [(AUTHOR, SiteRole::Contributor), (COLLEAGUE, SiteRole::Reader)] {
        node.app.set_site_role(&Caller::Node, "atelier", email, Some(role)).await.expect("a role");
    }
}

async fn send(
    browser: &mut Browser,
    at: &str,
    fields: &[(&str, &str)],
    file: (&str, &[u8]),
) -> crate::tests::browser::Page {
    let form = browser.open(at).await.form(at);
    let form = fields.iter().fold(form, |form, (name, value)| form.with(name, value));
    let page = browser.send_files(&form, &[("file", file.0, file.1)]).await;
    if page.status == 303 { browser.follow(page).await } else { page }
}

#[actix_web::test]
async fn a_document_of_three_versions_is_seen_by_members_and_nobody_else() {
    let node = Node::new().await;
    workshop(&node).await;
    let mut author = node.browser(AUTHOR).await;
    let documents = format!("{INSIDE}/documents");
    let page = send(&mut author, &documents, &[("title", "Compte rendu")], ("cr.txt", b"Premier jet")).await;
    assert!(page.says("« Compte rendu » est déposé."), "{}", page.html);
    let document = page.at.clone();
    send(&mut author, &document, &[("change", "Relu")], ("cr.txt", b"Second jet")).await;
    let page = send(&mut author, &document, &[], ("cr.pdf", b"%PDF-1.7 final")).await;
    assert!(page.says("Version 3") && page.says("Relu") && page.says("cr.pdf, 14 octets"), "{}", page.html);

    let mut reader = node.browser(COLLEAGUE).await;
    for (number, text) in [(1, "Premier jet"), (2, "Second jet"), (3, "%PDF-1.7 final")] {
        let file = reader.get(&format!("{document}/versions/{number}")).await;
        assert_eq!((file.status, file.html.as_str()), (200, text));
    }
    // Who reads sends nothing: neither form nor right.
    assert!(!reader.open(&document).await.offers(&document));
    let csrf = reader.open("/office").await.form("/logout").values("csrf")[0].to_owned();
    assert_eq!(reader.post(&document, &[("csrf", &csrf)]).await.status, 403);
    assert_eq!(reader.post(&format!("{document}/remove"), &[("csrf", &csrf)]).await.status, 403);

    let paths = [
        "/sites/atelier".to_owned(),
        "/sites/atelier/theme.css".to_owned(),
        documents.clone(),
        document.clone(),
        format!("{document}/versions/3"),
        format!("{INSIDE}/discussions"),
        format!("{INSIDE}/members"),
    ];
    let (mut stranger, mut outsider) = (node.stranger(), node.browser(OUTSIDER).await);
    let mut moderator = node.browser(MODERATOR).await;
    for path in &paths {
        assert_eq!(reader.get(path).await.status, 200, "{path}");
        for nobody in [&mut stranger, &mut outsider, &mut moderator] {
            let page = nobody.get(path).await;
            assert_eq!(page.status, 404, "{path}");
            assert!(!page.html.contains("Compte rendu") && !page.html.contains("réseau"), "{path}");
        }
    }
    for page in ["/", "/office/sites"] {
        assert!(!outsider.open(page).await.html.contains("Atelier du réseau"), "{page}");
    }
    let csrf = outsider.open("/office").await.form("/logout").values("csrf")[0].to_owned();
    for path in
        [document.clone(), documents.clone(), format!("{INSIDE}/folders"), format!("{INSIDE}/discussions")]
    {
        assert_eq!(
            outsider.post(&path, &[("csrf", &csrf), ("title", "x"), ("body", "x")]).await.status,
            404,
            "{path}"
        );
    }

    // Removed by who manages it, with every file.
    let mut admin = node.browser(ADMINISTRATOR).await;
    let remove = admin.open(&document).await.form(&format!("{document}/remove"));
    let page = admin.submit(&remove).await;
    assert!(page.says("Aucun document encore."), "{}", page.html);
    assert_eq!(reader.get(&format!("{document}/versions/1")).await.status, 404);
}

#[actix_web::test]
async fn what_a_browser_would_run_is_refused_and_nothing_typed_is_lost() {
    let node = Node::new().await;
    workshop(&node).await;
    let mut author = node.browser(AUTHOR).await;
    let documents = format!("{INSIDE}/documents");
    for (name, bytes) in
        [("page.pdf", &b"<!doctype html><script>x</script>"[..]), ("vide.txt", b""), ("a.svg", b"<svg/>")]
    {
        let page = send(&mut author, &documents, &[("title", "Un titre")], (name, bytes)).await;
        assert_eq!(page.status, 422, "{name}");
        assert!(page.error("file").is_some(), "{name}: {}", page.html);
        assert_eq!(page.form(&documents).values("title"), ["Un titre"]);
    }
    let without = author.open(&documents).await.form(&documents);
    let page = author.send(&without).await;
    assert!(page.error("file").is_some_and(|said| said.contains("Choisissez un fichier")), "{}", page.html);
}

#[actix_web::test]
async fn members_discuss_and_sort_documents_into_folders() {
    let node = Node::new().await;
    workshop(&node).await;
    let mut author = node.browser(AUTHOR).await;
    let (folders, documents) = (format!("{INSIDE}/folders"), format!("{INSIDE}/documents"));
    let form = author.open(&documents).await.form(&folders).with("name", "Comités");
    let page = author.submit(&form).await;
    assert!(page.says("Le dossier « Comités » est créé."), "{}", page.html);
    let form = page.form(&documents);
    let page = author.send_files(&form, &[("file", "Ordre du jour.txt", b"Points")]).await;
    let page = author.follow(page).await;
    assert!(page.says("Ordre du jour") && page.says("Comités"), "the name is the title: {}", page.html);
    let talk = format!("{INSIDE}/discussions");
    let form =
        page.form(&talk).with("subject", "Le point 4").with("body", "On le garde ?\n<b>Oui</b> ou non");
    let page = author.submit(&form).await;
    assert!(page.says("On le garde") && page.html.contains("&#60;b&#62;Oui"), "{}", page.html);
    assert!(page.link("Ordre du jour").contains("/documents/"));
    let discussion = page.at.clone();
    let empty = author.send(&page.form(&discussion)).await;
    assert_eq!((empty.status, empty.error("body").is_some()), (422, true));
    let page = author.submit(&page.form(&discussion).with("body", "Gardé.")).await;
    assert!(page.says("Gardé."));
    let home = node.browser(COLLEAGUE).await.open("/sites/atelier").await;
    assert!(
        home.says("Le point 4") && home.says("2 messages") && home.says("Ordre du jour"),
        "{}",
        home.html
    );
}

#[actix_web::test]
async fn a_private_service_is_read_by_the_members_of_the_workshop_that_shows_it() {
    let scene = Scene::new().await;
    let node = &scene.node;
    workshop(node).await;
    scene.service("entre-nous", Visibility::Private).await;
    let made = scene.published("entre-nous", news("Note interne", json!({}))).await;
    let mut reader = node.browser(COLLEAGUE).await;
    assert_eq!(reader.get(&made.page).await.status, 404);
    scene.place("atelier", "entre-nous", ListFilter::default(), None).await;
    assert!(reader.open("/sites/atelier").await.says("Note interne"));
    let page = reader.open(&format!("/sites/atelier{}", made.page)).await;
    assert_eq!(page.status, 200);
    // Those who write there discuss it.
    let mut author = node.browser(AUTHOR).await;
    let at = format!("/sites/atelier{}", made.page);
    let talk = author.open(&at).await.link("Discuter de cette fiche dans l’atelier");
    let form = author.open(&talk).await.form(&format!("{INSIDE}/discussions"));
    let form = form.with("subject", "À vérifier").with("body", "D'où vient ce chiffre ?");
    let said = author.submit(&form).await;
    assert!(said.says("À vérifier") && said.link("Note interne").contains("/fiches/"), "{}", said.html);
    let page = reader.open(&at).await;
    assert_eq!(page.link("Une discussion sur cette fiche"), talk);
    assert!(reader.open(&talk).await.says("À vérifier"));
    let other = format!("{INSIDE}/discussions?item=0190b8a0-0000-7000-8000-000000000000");
    assert_eq!(reader.get(&other).await.status, 404);
    let mut outsider = node.browser(OUTSIDER).await;
    for path in ["/sites/atelier".to_owned(), made.page.clone(), format!("/sites/atelier{}", made.page)] {
        assert_eq!(outsider.get(&path).await.status, 404, "{path}");
        assert_eq!(node.stranger().get(&path).await.status, 404, "{path}");
    }
    // Who leaves the workshop reads it no more.
    node.app.set_site_role(&Caller::Node, "atelier", COLLEAGUE, None).await.expect("removed");
    assert_eq!(reader.get(&made.page).await.status, 404);
}
