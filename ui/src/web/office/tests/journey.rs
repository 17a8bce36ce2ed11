//! The whole way of an item over forms: written, submitted, sent back, mended, published, corrected,
//! withdrawn.

use crate::tests::browser::Browser;
use crate::tests::node::{AUTHOR, MODERATOR, Node};
use maillage_store::testing::on_both_databases;

const REASON: &str = "Précisez l'heure de fin, s'il vous plaît.";

/// Writes an event by the form of the agenda and submits it. Answers the path of its page.
async fn write(browser: &mut Browser, title: &str) -> String {
    let page = browser.open("/office/services/agenda/new").await;
    let form = page
        .form("/office/services/agenda/new")
        .with("titre", title)
        .with("debut", "2036-03-04T14:00")
        .with("lieu.add", "Nevers")
        .with("description", "Vingt employeurs **recrutent**.\n\n- accueil\n- cuisine")
        .with("thematiques", "emploi")
        .with("action", "submit");
    let page = browser.submit(&form).await;
    assert_eq!(page.status, 200, "{}", page.html);
    assert!(page.says("La fiche est soumise : une autre personne va la relire."), "{}", page.html);
    page.at
}

on_both_databases!(
    async fn an_item_is_read_by_a_second_person_before_it_is_published(db) {
        let node = Node::on_empty(db).await;
        let (mut author, mut moderator) = (node.browser(AUTHOR).await, node.browser(MODERATOR).await);
        let item = write(&mut author, "Forum de l'emploi").await;
        let own = author.open(&item).await;
        assert!(own.says("recrutent</strong>") && own.says("Nevers (Nièvre)"), "{}", own.html);
        assert!(!own.offers(&format!("{item}/publish")) && !own.offers(&format!("{item}/decline")));

        // The second person reads it in the queue, and sends it back.
        let queue = moderator.open("/office/queue").await;
        assert!(queue.says("Forum de l'emploi") && queue.says("Rédaction</span> · <span>Agenda de la Nièvre"));
        let decline = queue.form(&format!("{item}/decline"));
        let refused = moderator.submit(&decline.clone().with("reason", "  ")).await;
        assert_eq!(refused.status, 422);
        assert!(refused.says("Indiquez la raison, pour que l'auteur sache quoi corriger."));
        let page = moderator.submit(&decline.with("reason", REASON)).await;
        assert!(page.says("« Forum de l'emploi » est refusée") && page.says("Plus rien à relire"), "{}", page.html);

        // The author finds it with its reason, mends it and submits it again.
        let work = author.open("/office").await;
        assert!(work.says("À reprendre") && work.says(REASON));
        let edit = author.open(&format!("{item}/edit")).await;
        assert!(edit.says(REASON));
        let form = edit.form(&format!("{item}/edit"));
        assert_eq!(form.values("description"), ["Vingt employeurs **recrutent**.\n\n- accueil\n- cuisine"]);
        assert_eq!(form.values("lieu"), ["commune:58194"]);
        author.submit(&form.with("fin", "2036-03-04T17:00").with("action", "submit")).await;

        // Published; everybody reads it on its public page.
        let queue = moderator.open("/office/queue").await;
        let page = moderator.submit(&queue.form(&format!("{item}/publish"))).await;
        assert!(page.says("« Forum de l'emploi » est publiée."), "{}", page.html);
        let public = author.open(&item).await.link("Voir la page publique");
        let public = public.trim_start_matches("https://mef58.example").to_owned();
        let mut stranger = node.stranger();
        assert!(stranger.open(&public).await.says("Forum de l'emploi"));

        // A correction goes through the same gate, while the published one stays up.
        let edit = author.open(&format!("{item}/edit")).await;
        let form = edit.form(&format!("{item}/edit")).with("titre", "Grand forum de l'emploi").with("action", "submit");
        author.submit(&form).await;
        assert!(!stranger.open(&public).await.says("Grand forum"));
        let queue = moderator.open("/office/queue?show=corrections").await;
        assert!(queue.says("Ce que la correction change") && queue.html.contains("<ins>"), "{}", queue.html);
        moderator.submit(&queue.form(&format!("{item}/publish"))).await;
        assert!(stranger.follow(stranger.clone().get(&public).await).await.says("Grand forum de l'emploi"));

        // The item's page tells the whole story, and each version can be read.
        let page = moderator.open(&item).await;
        for step in ["Créée", "Soumise à la relecture", "Refusée", "Publiée", "Correction commencée"] {
            assert!(page.says(step), "{step}");
        }
        let version = moderator.open(&format!("{item}/revisions/1")).await;
        assert!(version.says(REASON) && version.says("<h1>Forum de l'emploi</h1>"), "{}", version.html);

        // Withdrawn, it is gone for readers.
        let withdrawn = moderator.submit(&page.form(&format!("{item}/withdraw"))).await;
        assert!(withdrawn.says("est retirée"), "{}", withdrawn.html);
        let gone = stranger.open(&public).await;
        assert!(gone.status >= 400 && !gone.says("Vingt employeurs"), "{}", gone.status);
        node.app.close().await;
    }
);

#[actix_web::test]
async fn nobody_publishes_what_they_have_written_themselves() {
    let node = Node::new().await;
    let mut moderator = node.browser(MODERATOR).await;
    let item = write(&mut moderator, "Réunion d'information").await;
    let queue = moderator.open("/office/queue").await;
    assert!(queue.says("Vous avez écrit cette fiche : une autre personne doit la relire."));
    assert!(!queue.offers(&format!("{item}/publish")));
    // A form made by hand is refused by the use case.
    let edit = moderator.open(&format!("{item}/edit")).await;
    let form = edit.form(&format!("{item}/edit"));
    let (csrf, seen) = (form.values("csrf")[0].to_owned(), form.values("seen")[0].to_owned());
    let page = moderator.post(&format!("{item}/publish"), &[("csrf", &csrf), ("revision", &seen)]).await;
    assert_eq!(page.status, 403);
    assert!(page.says("Personne ne valide sa propre fiche"), "{}", page.html);
}

#[actix_web::test]
async fn whoever_mends_an_item_does_not_publish_it_either() {
    let node = Node::new().await;
    let (mut author, mut moderator) = (node.browser(AUTHOR).await, node.browser(MODERATOR).await);
    let item = write(&mut author, "Atelier").await;
    let edit = moderator.open(&format!("{item}/edit")).await;
    moderator
        .submit(&edit.form(&format!("{item}/edit")).with("titre", "Atelier CV").with("action", "save"))
        .await;
    let queue = moderator.open("/office/queue").await;
    assert!(queue.says("Atelier CV") && !queue.offers(&format!("{item}/publish")));
}

#[actix_web::test]
async fn nobody_publishes_what_they_have_not_read() {
    let node = Node::new().await;
    let (mut author, mut moderator) = (node.browser(AUTHOR).await, node.browser(MODERATOR).await);
    let item = write(&mut author, "Forum").await;
    let read = moderator.open("/office/queue").await;
    let edit = author.open(&format!("{item}/edit")).await;
    let other = edit.form(&format!("{item}/edit")).with("titre", "Tout autre chose").with("action", "submit");
    author.submit(&other.with("action", "save")).await;
    let page = moderator.submit(&read.form(&format!("{item}/publish"))).await;
    assert!(page.says("Cette fiche a changé pendant que vous la lisiez"), "{}", page.html);
    assert!(page.says("Tout autre chose") && page.offers(&format!("{item}/publish")));
    let without = read.form(&format!("{item}/publish")).with("revision", "");
    assert_eq!(moderator.send(&without).await.status, 400);
}

#[actix_web::test]
async fn times_and_codes_are_typed_as_people_write_them() {
    let db = maillage_store::testing::TestDatabase::sqlite();
    let node = Node::on_empty(&db).await;
    let mut author = node.browser(AUTHOR).await;
    let item = write(&mut author, "Forum de l'emploi").await;
    let edit = format!("{item}/edit");
    let form = author.open(&edit).await.form(&edit).with("action", "submit");
    let refused = author.submit(&form.clone().with("autres_dates", "11/03/2036 14h - 16h\ndemain")).await;
    assert!(refused.status == 422 && refused.says("« demain »"), "{}", refused.html);
    let kept = refused.form(&edit).values("autres_dates").join("\n");
    assert!(kept.contains("11/03/2036") && kept.contains("demain"), "{kept}");
    let page = author.submit(&form.with("autres_dates", "11/03/2036 14h - 16h30\n10/03/2036 9:00")).await;
    assert!(page.says("Autres dates") && page.says("mardi 11 mars 2036"), "{}", page.html);
    let typed = author.open(&edit).await.form(&edit).values("autres_dates").join("\n");
    assert_eq!(typed.replace("\r\n", "\n"), "10/03/2036 09:00\n11/03/2036 14:00 - 16:30");
}
