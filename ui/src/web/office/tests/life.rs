//! Published later, talked about, ticked off, taken back: what happens to an item before it is published.

use super::scene::submitted;
use crate::tests::node::{ADMINISTRATOR, AUTHOR, MANAGER, MODERATOR, Node};
use maillage_app::caller::Caller;
use maillage_app::entry::ItemForm;
use maillage_app::service::ServiceForm;
use maillage_domain::field::Fields;
use maillage_domain::role::Role;
use maillage_domain::service::Charter;
use maillage_domain::workflow::Transition;
use serde_json::json;

#[actix_web::test]
async fn a_publication_is_set_shown_cancelled_and_carried_out() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    let entry = submitted(&node, &author, "Forum").await;
    let (item, publish) = (format!("/office/items/{entry}"), format!("/office/items/{entry}/publish"));
    let mut moderator = node.browser(MODERATOR).await;
    let form = moderator.open(&item).await.form(&publish).with("when", "later");
    let page = moderator.submit(&form).await;
    assert!(page.says("choisissez la date et l'heure"), "{}", page.html);
    let page = moderator.submit(&form.clone().with("at", "2020-01-01T09:00")).await;
    assert!(page.says("Ce moment est passé"), "{}", page.html);
    let at = node.app.now() + chrono::Duration::days(2);
    let local = at.with_timezone(&chrono_tz::Europe::Paris).format("%Y-%m-%dT%H:%M").to_string();
    let page = moderator.submit(&form.with("at", &local)).await;
    assert!(page.says("« Forum » sera publiée") && page.says("Publication prévue"), "{}", page.html);
    assert!(moderator.open("/office/queue").await.says("Plus rien à relire"));
    let set = moderator.open("/office/queue?show=scheduled").await;
    assert!(set.says("Forum") && set.offers(&format!("{item}/unschedule")), "{}", set.html);
    for who in [AUTHOR, MODERATOR] {
        let work = node.browser(who).await.open("/office").await;
        assert!(work.says("Publications prévues") && work.says("Forum"), "{who}: {}", work.html);
    }
    // Cancelled, it waits again; set anew, it is published at its moment.
    let cancel = moderator.open(&item).await.form(&format!("{item}/unschedule"));
    let page = moderator.submit(&cancel).await;
    assert!(
        page.says("la fiche attend une décision") && page.says("Publication déprogrammée"),
        "{}",
        page.html
    );
    let form = moderator.open(&item).await.form(&publish).with("when", "later").with("at", &local);
    moderator.submit(&form).await;
    assert_eq!(node.app.publish_due().await.expect("looked"), 0);
    node.pass(3);
    assert_eq!(node.app.publish_due().await.expect("published"), 1);
    let page = moderator.open(&item).await;
    assert!(page.says("Publiée") && !page.says("Publication prévue :"), "{}", page.html);
}

#[actix_web::test]
async fn a_moderator_asks_and_the_author_answers() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    let entry = submitted(&node, &author, "Forum").await;
    let (item, comments) = (format!("/office/items/{entry}"), format!("/office/items/{entry}/comments"));
    let mut moderator = node.browser(MODERATOR).await;
    let form = moderator.open(&item).await.form(&comments);
    let page = moderator.submit(&form).await;
    assert!(page.status == 422 && page.says("Écrivez votre commentaire."), "{}", page.html);
    let page = moderator.submit(&form.with("comment", "Quelle salle <b>?\nEt qui ?")).await;
    assert!(
        page.says("Le message est envoyé.") && page.html.contains("Quelle salle &#60;b&#62;?<br>"),
        "{}",
        page.html
    );
    assert!(moderator.open("/office/queue").await.says("question posée à l'auteur"));
    let mut writer = node.browser(AUTHOR).await;
    assert!(writer.open("/office").await.says("Une réponse est attendue"));
    let answer = writer.open(&item).await.form(&comments).with("comment", "La salle A.");
    assert!(writer.submit(&answer).await.says("La salle A."));
    assert!(!writer.open("/office").await.says("Une réponse est attendue"));
    assert!(moderator.open("/office").await.says("Une réponse est attendue"));
    assert!(moderator.open("/office/queue").await.says("message de l'auteur"));
}

#[actix_web::test]
async fn its_author_takes_a_submission_back() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    let entry = submitted(&node, &author, "Forum").await;
    let item = format!("/office/items/{entry}");
    assert!(!node.browser(MODERATOR).await.open(&item).await.offers(&format!("{item}/take-back")));
    let mut writer = node.browser(AUTHOR).await;
    let form = writer.open(&item).await.form(&format!("{item}/take-back"));
    let page = writer.submit(&form).await;
    assert!(page.says("de nouveau un brouillon") && page.offers(&format!("{item}/submit")), "{}", page.html);
    let page = writer.submit(&form).await;
    assert!(page.says("il n'y a rien à reprendre"), "{}", page.html);
}

#[actix_web::test]
async fn a_service_offers_its_own_reasons() {
    let node = Node::new().await;
    let author = node.caller(AUTHOR).await;
    let entry = submitted(&node, &author, "Forum").await;
    let mut manager = node.browser(MANAGER).await;
    let edit = "/office/services/agenda/edit";
    let form =
        manager.open(edit).await.form(edit).with("reasons", "Hors de la Nièvre\n\nDéjà passé\nDéjà passé");
    manager.submit(&form).await;
    assert_eq!(manager.open(edit).await.form(edit).values("reasons"), ["Hors de la Nièvre\nDéjà passé"]);
    let mut moderator = node.browser(MODERATOR).await;
    let page = moderator.open(&format!("/office/items/{entry}")).await;
    assert!(page.says("Hors de la Nièvre") && !page.says("Le texte recopie"), "{}", page.html);
}

/// A type with a checklist is published when every point is ticked, and the history says so.
#[actix_web::test]
async fn points_are_ticked_before_publishing() {
    let node = Node::new().await;
    let form = ServiceForm {
        title: "Offres".to_owned(),
        visibility: None,
        charter: Charter::default(),
        self_validation: false,
    };
    node.app.add_service(&Caller::Node, "job-offers", "offres", form).await.expect("a service");
    for (email, role) in [(AUTHOR, Role::Contributor), (MODERATOR, Role::Moderator)] {
        node.app.set_role(&Caller::Node, "offres", email, Some(role)).await.expect("a role");
    }
    let author = node.caller(AUTHOR).await;
    let fields: Fields = serde_json::from_value(json!({
        "intitule": "Soudeur", "description": "<p>Souder.</p>", "lieu": ["commune:58194"], "contrat": "CDI",
        "thematiques": ["recrutement"], "employeur": "Ateliers", "date_creation": "2026-02-20",
    }))
    .expect("fields");
    let made = node
        .app
        .create_item(&author, "offres", ItemForm { fields, ..ItemForm::default() })
        .await
        .expect("made");
    node.app.transition(&author, &made.uid, Transition::Submit, "").await.expect("submitted");
    let (item, publish) =
        (format!("/office/items/{}", made.uid), format!("/office/items/{}/publish", made.uid));
    let mut moderator = node.browser(MODERATOR).await;
    let form = moderator.open(&item).await.form(&publish);
    let page = moderator.submit(&form).await;
    assert!(page.says("À vérifier et cocher avant de publier"), "{}", page.html);
    let page = moderator.submit(&form.with("ticked", "0").and("ticked", "1")).await;
    assert!(page.says("Publiée") && page.says("Vérifié :"), "{}", page.html);
    assert!(node.browser(ADMINISTRATOR).await.open(&item).await.says("Vérifié :"));
}
