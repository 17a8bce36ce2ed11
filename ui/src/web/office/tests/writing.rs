//! Writing an item: nothing typed is lost, by a mistake, by somebody else, by the end of a session.

use crate::tests::node::{AUTHOR, MANAGER, MODERATOR, Node};

const NEW: &str = "/office/services/agenda/new";

#[actix_web::test]
async fn a_title_is_enough_to_save_and_what_is_missing_is_said_when_submitting() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let page = author.open(NEW).await;
    assert!(page.says("il manque encore"));
    let empty =
        author.send(&page.form(NEW).with("description", "Du texte sans titre").with("action", "save")).await;
    assert_eq!(empty.status, 422);
    assert_eq!(empty.error("titre").as_deref(), Some("Remplissez « Titre »."));
    let form = empty.form(NEW);
    assert_eq!(form.values("description"), ["Du texte sans titre"]);
    let page = author.submit(&form.with("titre", "Forum").with("action", "submit")).await;
    assert!(page.status == 200 && page.at.ends_with("/edit?check=1"), "{}", page.at);
    assert!(page.says("Tout ce que vous avez écrit est enregistré."));
    assert_eq!(page.error("debut").as_deref(), Some("Remplissez « Début »."));
    assert!(page.html.contains("href=\"#f-thematiques\"") && page.error("titre").is_none());
    // The draft stands among the work in hand, once.
    let work = author.open("/office").await;
    assert!(work.says("Brouillons") && work.html.matches(">Forum</a>").count() == 1, "{}", work.html);
}

#[actix_web::test]
async fn wrong_values_stay_as_they_were_typed() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let page = author.open(NEW).await;
    let form = page
        .form(NEW)
        .with("titre", "Forum")
        .with("debut", "demain matin")
        .with("inscription", "pas une adresse")
        .with("description", "# Titre\n\n**gras** <script>alert(1)</script>")
        .with("thematiques", "emploi")
        .with("mode", "mixte")
        .with("action", "save");
    let page = author.send(&form).await;
    assert_eq!(page.status, 422);
    assert!(page.says("2 points sont à corriger"), "{}", page.html);
    let again = page.form(NEW);
    for (name, value) in &form.fields {
        if name != "action" {
            assert!(
                again.fields.contains(&(name.clone(), value.clone())),
                "{name}: {:?}",
                again.values(name)
            );
        }
    }
    assert!(!page.html.contains("<script>alert"));
}

#[actix_web::test]
async fn somebody_else_has_saved_meanwhile() {
    let node = Node::new().await;
    let (mut author, mut moderator) = (node.browser(AUTHOR).await, node.browser(MODERATOR).await);
    let page = author.open(NEW).await;
    let form =
        page.form(NEW).with("titre", "Forum").with("description", "Premier texte").with("action", "save");
    let edit = author.submit(&form).await;
    let path = edit.at.clone();
    let (mine, theirs) = (edit.form(&path), moderator.open(&path).await.form(&path));
    moderator.submit(&theirs.with("description", "Texte de la relecture").with("action", "save")).await;
    let conflict = author.send(&mine.with("description", "Mon long texte").with("action", "save")).await;
    assert_eq!(conflict.status, 409);
    assert!(conflict.says("Relecture a enregistré cette fiche entre-temps"), "{}", conflict.html);
    // Both texts are there, word by word.
    assert!(conflict.html.contains("<del>Texte de la relecture</del>"), "{}", conflict.html);
    assert!(conflict.html.contains("<ins>Mon long texte</ins>"));
    let again = conflict.form(&path);
    assert_eq!(again.values("description"), ["Mon long texte"]);
    // Nothing was written; saving again replaces the other text knowingly.
    assert_eq!(moderator.open(&path).await.form(&path).values("description"), ["Texte de la relecture"]);
    let saved = author.submit(&again.with("action", "save")).await;
    assert_eq!(saved.form(&path).values("description"), ["Mon long texte"]);
}

#[actix_web::test]
async fn a_preview_writes_nothing_and_keeps_what_was_read() {
    let node = Node::new().await;
    let (mut author, mut moderator) = (node.browser(AUTHOR).await, node.browser(MODERATOR).await);
    let page = author.open(NEW).await;
    let form =
        page.form(NEW).with("titre", "Forum").with("debut", "2036-03-04T14:00").with("lieu.add", "Nevers");
    let form = form.with("description", "Avec **mise en forme**").with("action", "preview");
    let page = author.send(&form).await;
    assert_eq!(page.status, 200);
    let preview = page.html.split("id=\"preview\"").nth(1).expect("a preview");
    assert!(
        preview.contains("<strong>mise en forme</strong>") && preview.contains("mardi 4 mars 2036"),
        "{preview}"
    );
    assert!(author.open("/office").await.says("Rien en cours"));
    // A preview of an old text does not hide that somebody else has saved.
    let edit = author.submit(&page.form(NEW).with("action", "save")).await;
    let path = edit.at.clone();
    let theirs =
        moderator.open(&path).await.form(&path).with("titre", "Forum de mars").with("action", "save");
    let mine = edit.form(&path).with("titre", "Mon forum").with("action", "preview");
    moderator.submit(&theirs).await;
    let preview = author.send(&mine).await;
    assert_eq!(author.send(&preview.form(&path).with("action", "save")).await.status, 409);
}

#[actix_web::test]
async fn what_is_sent_after_the_session_has_ended_is_kept_through_signing_in() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let page = author.open(NEW).await;
    let form = page.form(NEW).with("titre", "Écrit pendant une heure").with("action", "save");
    node.pass(30);
    let login = author.send(&form).await;
    assert_eq!(login.status, 401);
    let sent = login.form("/login").with("email", AUTHOR).with("password", crate::tests::node::PASSWORD);
    let resume = author.send(&sent).await;
    let saved = author.submit(&resume.form(NEW)).await;
    assert!(saved.says("Brouillon enregistré."), "{}", saved.html);
    assert_eq!(saved.form(&saved.at).values("titre"), ["Écrit pendant une heure"]);
}

#[actix_web::test]
async fn a_received_item_is_not_written_in() {
    let node = Node::new().await;
    let parts = super::scene::furnish(&node).await;
    // The news subscribe to the agenda: what it has published has an entry of its own there.
    let mut manager = node.browser(MANAGER).await;
    let queue = manager.open("/office/queue?show=received").await;
    assert!(queue.says("Atelier CV"), "{}", queue.html);
    assert!(queue.says("réglé sur « Relire d'abord »"), "{}", queue.html);
    let href =
        queue.html.split("id=\"open-title\"><a href=\"").nth(1).and_then(|rest| rest.split('"').next());
    let entry = href.expect("an open item").to_owned();
    assert!(entry != format!("/office/items/{}", parts["entry"]));
    let page = manager.open(&format!("{entry}/edit")).await;
    assert_eq!(page.status, 409);
    assert!(page.says("seule son origine peut la corriger"));
}

#[actix_web::test]
async fn a_page_from_before_signing_in_anew_keeps_its_text() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let form = author.open(NEW).await.form(NEW).with("titre", "Écrit hier").with("action", "save");
    author.submit(&author.clone().open("/office").await.form("/logout")).await;
    author.sign_in(AUTHOR, crate::tests::node::PASSWORD).await;
    let kept = author.send(&form).await;
    assert_eq!(kept.status, 403);
    let saved = author.submit(&kept.form(NEW)).await;
    assert_eq!(saved.form(&saved.at).values("titre"), ["Écrit hier"]);
}

#[actix_web::test]
async fn what_another_site_sends_is_not_kept_to_be_sent_on() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let form = author.open(NEW).await.form(NEW).with("titre", "Venu d'ailleurs").with("csrf", "x");
    for origin in ["https://evil.example", "null", ""] {
        author.origin = origin.to_owned();
        let signed_in = author.send(&form).await;
        assert!(signed_in.status == 403 && !signed_in.says("Venu d'ailleurs"), "{origin:?}");
        let mut stranger = node.stranger();
        stranger.origin = origin.to_owned();
        let page = stranger.send(&form).await;
        assert_eq!((page.status, page.location.starts_with("/login")), (303, true), "{origin:?}");
    }
}
