//! The moderation queue: its parts, the open item, what is late, its pages, searching a service.

use super::scene::{event, submitted};
use crate::tests::node::{ADMINISTRATOR, AUTHOR, MODERATOR, Node};
use crate::web::office::PAGE;
use maillage_app::entry::ItemForm;

#[actix_web::test]
async fn what_waits_longer_than_the_charter_promises_is_late() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    submitted(&node, &author, "Forum").await;
    let mut moderator = node.browser(MODERATOR).await;
    assert!(moderator.open("/office/queue").await.says("d'ici 1 jour"));
    node.pass(1);
    assert!(moderator.open("/office/queue").await.says("aujourd'hui"));
    node.pass(2);
    let page = moderator.open("/office/queue").await;
    assert!(page.says(">3 j<") && page.says("en retard de 2 jours"), "{}", page.html);
}

#[actix_web::test]
async fn one_item_leads_to_the_next_until_none_is_left() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    let first = submitted(&node, &author, "Premier forum").await;
    let second = submitted(&node, &author, "Second forum").await;
    let mut moderator = node.browser(MODERATOR).await;
    let page = moderator.open("/office/queue").await;
    assert!(page.html.contains("<body class=\"office office-queue\">"), "nothing was chosen yet");
    let chosen = moderator.open(&format!("/office/queue?item={first}")).await;
    assert!(chosen.html.contains("office-queue queue-chosen"));
    let next = chosen.link("Fiche suivante");
    assert_eq!(next, format!("/office/queue?item={second}"));
    let page = moderator.submit(&chosen.form(&format!("/office/items/{first}/publish"))).await;
    assert_eq!(page.at, next);
    assert!(
        page.says("« Premier forum » est publiée.")
            && page.offers(&format!("/office/items/{second}/publish"))
    );
    let decline = page.form(&format!("/office/items/{second}/decline"));
    let ready = decline.with("ready", "Déjà publiée : c’est un doublon.");
    let page = moderator.submit(&ready).await;
    assert!(page.says("Plus rien à relire"), "{}", page.html);
    let entry = moderator.open(&format!("/office/items/{second}")).await;
    assert!(entry.says("Déjà publiée : c'est un doublon."), "{}", entry.html);
}

#[actix_web::test]
async fn a_form_leads_nowhere_else() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    let entry = submitted(&node, &author, "Forum").await;
    let mut moderator = node.browser(MODERATOR).await;
    let queue = moderator.open("/office/queue").await;
    let form = queue.form(&format!("/office/items/{entry}/publish")).with("back", "https://evil.example/");
    assert_eq!(moderator.send(&form).await.location, "/office");
}

#[actix_web::test]
async fn pages_of_the_queue_and_of_a_service_hold_every_item_once() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    let all = PAGE + 5;
    for number in 0..all {
        submitted(&node, &author, &format!("Forum numéro {number:03}")).await;
    }
    let mut moderator = node.browser(MODERATOR).await;
    for (start, last) in
        [("/office/queue", "Forum numéro 044"), ("/office/services/agenda", "Forum numéro 000")]
    {
        let first = moderator.open(start).await;
        let second = moderator.open(&first.link("Page suivante")).await;
        assert!(second.says(last) && second.says("page 2"), "{start}: {}", second.html);
        assert!(!second.html.contains("rel=\"next\""));
        for number in 0..all {
            let title = format!("Forum numéro {number:03}");
            let times =
                [&first, &second].iter().filter(|page| page.html.contains(&format!(">{title}<"))).count();
            assert_eq!(times, 1, "{start}: {title}");
        }
        let back = moderator.open(&second.link("Page précédente")).await;
        assert_eq!(back.html.matches("Forum numéro").count(), first.html.matches("Forum numéro").count());
    }
}

#[actix_web::test]
async fn who_moderates_nothing_is_told_so() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    submitted(&node, &author, "Forum").await;
    let mut administrator = node.browser(ADMINISTRATOR).await;
    let page = administrator.open("/office/queue").await;
    assert!(page.says("Vous ne modérez aucun service") && !page.says("Forum"), "{}", page.html);
}

#[actix_web::test]
async fn a_service_shows_its_items_by_state_and_finds_words() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    submitted(&node, &author, "Forum de l’emploi").await;
    let draft = ItemForm { fields: event("Atelier numérique"), ..ItemForm::default() };
    node.app.create_item(&author, "agenda", draft).await.expect("a draft");
    let mut moderator = node.browser(MODERATOR).await;
    let page = moderator.open("/office/services/agenda").await;
    assert!(page.says("Forum de l'emploi") && page.says("Atelier numérique"));
    let drafts = moderator.open(&page.link("Brouillons")).await;
    assert!(!drafts.says("Forum de l'emploi") && drafts.says("Atelier numérique"));
    let found = moderator.open("/office/services/agenda?q=numerique").await;
    assert!(!found.says("Forum de l'emploi") && found.says("Atelier numérique"), "{}", found.html);
    assert!(
        moderator
            .open("/office/services/agenda?q=introuvable")
            .await
            .says("Rien ne contient « introuvable »")
    );
    // A contributor sees what is theirs and what is published, and not who else takes part.
    let mut writer = node.browser(AUTHOR).await;
    let page = writer.open("/office/services/agenda").await;
    assert!(page.says("Atelier numérique") && !page.says("Relecture</strong>"));
}
