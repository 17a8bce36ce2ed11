//! Making a site, filling it, putting its sections in order.

use crate::tests::node::{ADMINISTRATOR, Node};

#[actix_web::test]
async fn a_site_in_a_minute() {
    let node = Node::new().await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    assert!(admin.open("/office/sites").await.says("Aucun site encore"));
    let form = admin.open("/office/sites/new").await.form("/office/sites");
    let refused = admin.send(&form.clone().with("accent", "rouge")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.error("title").is_some(), "{}", refused.html);
    let page = admin.submit(&form.with("title", "Emploi en Nièvre")).await;
    assert_eq!(page.at, "/office/sites/emploi-en-nievre");
    assert!(page.says("Ce site est encore vide"));
    let twice = admin.open("/office/sites/new").await.form("/office/sites").with("title", "Emploi en Nièvre");
    let taken = admin.send(&twice).await;
    assert_eq!(taken.error("slug").as_deref(), Some("Un site porte déjà ce nom court."));

    let sections = "/office/sites/emploi-en-nievre/placements";
    for (service, title, place) in [("agenda", "Agenda", "Nièvre"), ("actualites", "", "")] {
        let form = admin.open(&format!("{sections}/new")).await.form(sections);
        assert_eq!(form.values("order"), ["usual"]);
        let form = form.with("service", service).with("title", title).with("territories.add", place);
        let page = admin.submit(&form.and("themes", "emploi")).await;
        assert!(page.says("est ajoutée."), "{}", page.html);
    }
    let page = admin.open("/office/sites/emploi-en-nievre").await;
    assert!(page.says("Thème Emploi ; territoire : Nièvre (département)."), "{}", page.html);
    let order = |html: &str| html.find(">Agenda<") < html.find(">Actualités<");
    assert!(order(&page.html));
    let down =
        page.html.split("action=\"").find(|part| part.contains("/down\"")).and_then(|p| p.split('"').next());
    let down = down.expect("a button").to_owned();
    let page = admin.submit(&page.form(&down)).await;
    assert!(!order(&page.html), "the section did not move");

    // Changed and taken off.
    let agenda = page.link("Agenda");
    let form = admin.open(&agenda).await.form(&agenda);
    assert_eq!(form.values("territories"), ["departement:58"]);
    assert_eq!(form.values("themes"), ["emploi"]);
    let page = admin.submit(&form.with("title", "Rendez-vous").without("themes", "emploi")).await;
    assert!(page.says("Rendez-vous") && page.says("Territoire : Nièvre (département)."), "{}", page.html);
    let page = admin.submit(&page.form(&format!("{agenda}/remove"))).await;
    assert!(page.says("La rubrique « Rendez-vous » est enlevée du site.") && !page.html.contains(&agenda));
}

#[actix_web::test]
async fn a_place_of_a_section_that_is_unknown_is_said() {
    let node = Node::new().await;
    super::scene::furnish(&node).await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let sections = "/office/sites/nievre/placements";
    let form = admin.open(&format!("{sections}/new")).await.form(sections);
    let page = admin.send(&form.with("service", "agenda").with("territories.add", "Xyzzyville")).await;
    assert_eq!(page.status, 422);
    assert!(page.error("territories").is_some());
    assert_eq!(page.form(sections).values("service"), ["agenda"]);
}

#[actix_web::test]
async fn the_settings_of_a_site() {
    let node = Node::new().await;
    super::scene::furnish(&node).await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let edit = "/office/sites/nievre/edit";
    let form = admin.open(edit).await.form(edit).with("intro", "Près de chez vous.").with("kind", "workshop");
    let page = admin.submit(&form.with("accent", "#8a2f5b")).await;
    assert!(page.says("Atelier, réservé") && page.says("#8a2f5b"), "{}", page.html);
    let form = admin.open(edit).await.form(edit);
    assert_eq!(form.values("restricted"), ["true"]);
    assert_eq!(form.values("intro"), ["Près de chez vous."]);
}
