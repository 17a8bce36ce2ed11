//! The moderation queue: its parts, the open item, what is late, its pages, searching a service.

use super::scene::{event, held, submitted};
use crate::tests::browser::Page;
use crate::tests::node::{ADMINISTRATOR, AUTHOR, MODERATOR, Node, OUTSIDER};
use crate::web::office::PAGE;
use maillage_app::caller::Caller;
use maillage_app::entry::ItemForm;
use maillage_app::import::Source;
use maillage_domain::role::Role;

#[actix_web::test]
async fn what_waits_longer_than_the_charter_promises_is_late() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    submitted(&node, &author, "Forum").await;
    let mut moderator = node.browser(MODERATOR).await;
    assert!(moderator.open("/office/queue").await.says("d'ici 2 jours"));
    node.pass(1);
    assert!(moderator.open("/office/queue").await.says("d'ici 1 jour"));
    node.pass(1);
    assert!(moderator.open("/office/queue").await.says("aujourd'hui"));
    node.pass(2);
    let page = moderator.open("/office/queue").await;
    assert!(page.says(">4 j<") && page.says("en retard de 2 jours"), "{}", page.html);
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

/// An import brings what the form would have refused.
#[actix_web::test]
async fn what_is_incomplete_says_what_it_lacks_instead_of_being_published() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    let table = b"Titre;Commune\nForum;Nevers\n".to_vec();
    node.app.import(&author, "agenda", table, &Source::default()).await.expect("imported");
    let mut moderator = node.browser(MODERATOR).await;
    let page = moderator.open("/office/queue").await;
    assert!(page.says("il manque encore") && page.says("Début") && page.says("Description"), "{}", page.html);
    assert!(!page.html.contains("data-decision=\"publish\""), "{}", page.html);
    let edit = page.link("Début");
    assert!(edit.ends_with("/edit#f-debut"), "{edit}");
    // Asked all the same, it is said on the page of the item.
    let decline = page.form(&edit.replace("edit#f-debut", "decline"));
    let mut publish = decline;
    publish.action = edit.replace("edit#f-debut", "publish");
    let page = moderator.submit(&publish).await;
    assert!(page.status == 200 && page.says("Remplissez « Début »."), "{}", page.html);
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

/// The lines of the one list of a page of the queue, tags apart.
fn lines(page: &Page) -> Vec<String> {
    assert!(page.html.matches("<section class=\"queue-list\"").count() <= 1, "{}", page.html);
    let lines = page.html.split("<a class=\"queue-line\"").skip(1);
    let inside = lines.filter_map(|line| line.split("</a>").next()?.split_once('>')).map(|(_, text)| text);
    inside.map(|text| text.split('<').filter_map(|part| part.split('>').next_back()).collect()).collect()
}

#[actix_web::test]
async fn own_and_received_items_wait_in_one_list_each_with_its_origin() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    submitted(&node, &author, "Forum de Nevers").await;
    node.pass(1);
    held(&node, "Salon d’Auxerre").await;
    let mut manager = node.browser(crate::tests::node::MANAGER).await;
    let followed = manager.open("/office/federation").await;
    assert!(followed.says("fiches publiées : 0") && followed.says("à relire : 1"), "{}", followed.html);
    node.pass(1);
    submitted(&node, &author, "Atelier de Clamecy").await;
    let mut moderator = node.browser(MODERATOR).await;
    let page = moderator.open("/office/queue").await;
    let all = lines(&page);
    let said = [
        ["Forum de Nevers", "nouvelle", "Rédaction"],
        ["Salon d’Auxerre", "reçue de mef89.example", "Maison de l’emploi de l’Yonne"],
        ["Atelier de Clamecy", "nouvelle", "Rédaction"],
    ];
    assert_eq!(all.len(), said.len(), "{}", page.html);
    for (line, words) in all.iter().zip(said) {
        assert!(words.iter().all(|words| line.contains(words)), "{words:?}: {line}");
        assert!(line.contains("Agenda de la Nièvre"), "{line}");
        let received = words[1] != "nouvelle";
        assert_eq!(line.contains("reçue de"), received, "{line}");
        assert_eq!(line.contains("nouvelle"), !received, "{line}");
    }
    // The received one, opened: who publishes it, the way it came, why it waits, its original.
    let open = moderator.open(&page.link("Salon d’Auxerre")).await;
    for words in ["Maison de l’emploi de l’Yonne", "Agenda de l’Yonne", "https://mef89.example/fiches/1"]
    {
        assert!(open.says(words), "{words}: {}", open.html);
    }
    for (part, titles) in
        [("own", vec!["Forum de Nevers", "Atelier de Clamecy"]), ("received", vec!["Salon d’Auxerre"])]
    {
        let some = lines(&moderator.open(&format!("/office/queue?show={part}")).await);
        assert_eq!(some.len(), titles.len(), "{part}: {some:?}");
        assert!(some.iter().zip(titles).all(|(line, title)| line.contains(title)), "{part}: {some:?}");
    }
}

#[actix_web::test]
async fn what_waits_is_for_who_moderates_the_service_alone() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    submitted(&node, &author, "Forum de Nevers").await;
    held(&node, "Salon d’Auxerre").await;
    let mut contributor = node.browser(AUTHOR).await;
    let refused = contributor.get("/office/queue").await;
    assert_eq!(refused.status, 403);
    for path in ["/office", "/office/services/agenda"] {
        let page = contributor.open(path).await;
        assert!(page.says("Forum de Nevers") && !page.says("Salon d’Auxerre"), "{path}: {}", page.html);
    }
    // Who moderates another service has none of it before they moderate this one. A new role signs out.
    let outsider =
        |slug: &'static str| node.app.set_role(&Caller::Node, slug, OUTSIDER, Some(Role::Moderator));
    outsider("actualites").await.expect("a role");
    let mut elsewhere = node.browser(OUTSIDER).await;
    let page = elsewhere.open("/office/queue").await;
    assert!(lines(&page).is_empty() && page.says("Plus rien à relire"), "{}", page.html);
    outsider("agenda").await.expect("a role");
    let page = node.browser(OUTSIDER).await.open("/office/queue").await;
    assert_eq!(lines(&page).len(), 2, "{}", page.html);
}

#[actix_web::test]
async fn several_items_are_decided_each_by_itself() {
    let node = Node::new().await;
    let (author, own) = (node.caller(AUTHOR).await, node.caller(MODERATOR).await);
    let first = submitted(&node, &author, "Premier forum").await;
    let second = submitted(&node, &author, "Second forum").await;
    let mine = submitted(&node, &own, "Le mien").await;
    let mut moderator = node.browser(MODERATOR).await;
    let several = moderator.open("/office/queue").await.link("Décider de plusieurs fiches");
    let form = moderator.open(&several).await.form(&several);
    let none = moderator.send(&form.clone().with("action", "publish")).await;
    assert!(none.status == 422 && none.says("Cochez au moins une fiche."), "{}", none.html);
    // The value of a box says what has been read.
    let page = moderator.open(&several).await;
    let value = |uid: &str| {
        let found =
            page.html.split("name=\"item\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        found.into_iter().find(|value| value.starts_with(uid)).expect("a box").to_owned()
    };
    let all = form.and("item", &value(&first)).and("item", &value(&second)).and("item", &value(&mine));
    // One of them changes meanwhile.
    let text = ItemForm { fields: event("Autre forum"), ..ItemForm::default() };
    node.app.save_item(&author, &second, text, None).await.expect("saved");
    let done = moderator.send(&all.clone().with("action", "publish")).await;
    assert!(done.status == 200 && done.says("Publiée."), "{}", done.html);
    assert_eq!(done.html.matches("Rien n’est fait").count(), 2, "{}", done.html);
    let shown = node.stranger().open("/services/agenda").await;
    assert!(shown.says("Premier forum") && !shown.says("Le mien"), "{}", shown.html);
    // Declining wants a reason, and keeps what was ticked.
    let page = moderator.open(&several).await;
    let value = page.html.split("name=\"item\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let value = value.into_iter().find(|value| value.starts_with(&second)).expect("a box").to_owned();
    let form = page.form(&several).and("item", &value).with("action", "decline");
    let refused = moderator.send(&form).await;
    assert!(refused.status == 422 && refused.html.contains(&format!("value=\"{value}\" checked")));
    let done = moderator.send(&form.with("reason", "Où est-ce ?")).await;
    assert!(done.says("Renvoyée."), "{}", done.html);
    let entry = moderator.open(&format!("/office/items/{second}")).await;
    assert!(entry.says("Où est-ce"), "{}", entry.html);
}
