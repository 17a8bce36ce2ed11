//! Making a site, filling it, putting its sections in order.

use crate::tests::node::{ADMINISTRATOR, AUTHOR, MANAGER, Node};

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
    assert_eq!(page.at, "/sites/emploi-en-nievre");
    assert!(page.says("Mentions légales") && page.says("Accessibilité : non conforme"), "{}", page.html);
    let page = admin.open("/office/sites/emploi-en-nievre").await;
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
    assert!(page.says("Atelier, réservé à ses membres") && page.says("#8a2f5b"), "{}", page.html);
    let form = admin.open(edit).await.form(edit);
    assert_eq!(form.values("audience"), ["members"]);
    assert_eq!(form.values("intro"), ["Près de chez vous."]);
}

#[actix_web::test]
async fn a_manager_makes_a_whole_site_at_once() {
    let node = Node::new().await;
    let mut manager = node.browser(MANAGER).await;
    let form = manager.open("/office/sites/new").await.form("/office/sites");
    let form = form.with("title", "Se former").with("services", "agenda").and("services", "actualites");
    let logo = png();
    let page = manager.send_files(&form, &[("logo", "logo.png", &logo)]).await;
    let page = manager.follow(page).await;
    assert_eq!(page.at, "/sites/se-former");
    assert!(page.says("Agenda de la Nièvre") && page.says("Actualités"), "{}", page.html);
    let src = page.html.split("class=\"site-logo\" src=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert_eq!(node.stranger().get(src.expect("a logo")).await.status, 200);
    // Whoever makes a site manages it, and others do not.
    assert_eq!(manager.get("/office/sites/se-former").await.status, 200);
    assert_eq!(node.browser(AUTHOR).await.get("/office/sites/se-former").await.status, 403);

    let bad = manager.open("/office/sites/new").await.form("/office/sites").with("title", "Autre");
    let page = manager.send_files(&bad, &[("logo", "logo.png", b"<svg onload='x()'/>")]).await;
    assert_eq!(page.status, 422);
    assert!(page.error("logo").is_some_and(|said| said.contains("PNG")), "{}", page.html);
    assert_eq!(node.stranger().get("/sites/autre").await.status, 404);
}

/// A picture of one transparent pixel.
fn png() -> Vec<u8> {
    const PIXEL: &str = "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da6364f8cf500f0003860180\
                         5a347d6b0000000049454e44ae426082";
    let digits: Vec<u8> = PIXEL.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).expect("ASCII"), 16).expect("hex");
    digits.chunks(2).map(byte).collect()
}

#[actix_web::test]
async fn the_first_page_is_made_of_blocks() {
    let node = Node::new().await;
    super::scene::furnish(&node).await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let list = "/office/sites/nievre/blocks";
    let page = admin.open(list).await;
    assert!(page.says("Recherche") && page.says("Rubriques"), "the usual blocks: {}", page.html);
    assert!(!page.says("Documents récents"), "{}", page.html);
    let form = admin.open(&format!("{list}/new?kind=text")).await.form(list);
    let empty = admin.send(&form).await;
    assert_eq!((empty.status, empty.error("body").is_some()), (422, true));
    let form =
        form.with("title", "Nous trouver").with("body", "**Rue du Commerce** <script>alert(1)</script>");
    admin.submit(&form).await;
    let up = admin.open(list).await.form(&format!("{list}/2/up"));
    let page = admin.submit(&up).await;
    assert!(page.says("Nous trouver"));
    let form = admin.open(&format!("{list}/new?kind=partners")).await.form(list);
    admin.submit(&form.with("partners", "Mission locale https://ml.example/\nChambre des métiers")).await;
    let form = admin.open(&format!("{list}/new?kind=latest")).await.form(list).with("count", "2");
    admin.submit(&form).await;
    let home = node.stranger().open("/sites/nievre").await;
    assert!(home.html.contains("<strong>Rue du Commerce</strong>") && !home.html.contains("<script>alert"));
    assert!(home.html.contains("href=\"https://ml.example/\"") && home.says("Chambre des métiers"));
    let order = [home.html.find("Nous trouver"), home.html.find("class=\"home-sections\"")];
    assert!(order[0] < order[1] && order[0].is_some(), "the text stands before the sections: {order:?}");
    // A partner's address leads to a page and nowhere else.
    let form = admin.open(&format!("{list}/new?kind=partners")).await.form(list);
    let page = admin.send(&form.with("partners", "Piège javascript://x")).await;
    assert_eq!(page.status, 422, "{}", page.html);
    // Documents are a workshop's.
    assert_eq!(admin.get(&format!("{list}/new?kind=documents")).await.status, 404);
}

#[actix_web::test]
async fn pages_of_plain_content() {
    let node = Node::new().await;
    super::scene::furnish(&node).await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let list = "/office/sites/nievre/pages";
    let form = admin.open(&format!("{list}/new")).await.form(list);
    let form =
        form.with("title", "Nos bureaux").with("body", "Rue du Commerce, *Nevers*.").with("in_menu", "true");
    let page = admin.submit(&form).await;
    assert!(page.says("La page « Nos bureaux » est en ligne."), "{}", page.html);
    let twice = admin.send(&form).await;
    assert_eq!((twice.status, twice.error("title").is_some()), (422, true));
    let mut stranger = node.stranger();
    let home = stranger.open("/sites/nievre").await;
    let shown = stranger.open(&home.link("Nos bureaux")).await;
    assert_eq!(shown.at, "/sites/nievre/pages/nos-bureaux");
    assert!(shown.html.contains("<em>Nevers</em>"), "{}", shown.html);
    let edit = format!("{list}/nos-bureaux");
    let form = admin.open(&edit).await.form(&edit);
    admin.submit(&form.with("body", "Place de la gare.").without("in_menu", "true")).await;
    assert!(stranger.open(&shown.at).await.says("Place de la gare."));
    assert!(!stranger.open("/sites/nievre").await.says("Nos bureaux"), "the menu leads there no more");
    let page = admin.open(list).await.form(&format!("{edit}/remove"));
    admin.submit(&page).await;
    assert_eq!(stranger.get(&shown.at).await.status, 404);
}

#[actix_web::test]
async fn members_of_a_site() {
    let node = Node::new().await;
    super::scene::furnish(&node).await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let edit = "/office/sites/nievre/edit";
    let form = admin.open(edit).await.form(edit).with("audience", "members");
    admin.submit(&form).await;
    let mut author = node.browser(AUTHOR).await;
    assert_eq!(author.get("/sites/nievre").await.status, 404);
    let members = "/office/sites/nievre/members";
    let form = admin.open(members).await.form(members);
    let nobody = admin.send(&form.clone().with("email", "personne@mef58.example")).await;
    assert!(nobody.error("email").is_some(), "{}", nobody.html);
    let page = admin.submit(&form.with("email", AUTHOR).with("role", "reader")).await;
    assert!(page.says("fait partie du site"), "{}", page.html);
    assert_eq!(author.get("/sites/nievre").await.status, 200);
    assert_eq!(author.get(members).await.status, 403, "a reader sets nothing");
    let remove = page.html.split("action=\"").filter_map(|rest| rest.split('"').next());
    let removes: Vec<String> =
        remove.filter(|action| action.ends_with("/remove")).map(str::to_owned).collect();
    assert_eq!(removes.len(), 2, "the manager of the scene and the reader");
    for action in removes {
        admin.post(&action, &[("csrf", page.form(members).values("csrf")[0])]).await;
    }
    assert_eq!(author.get("/sites/nievre").await.status, 404);
}
