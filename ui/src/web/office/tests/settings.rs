//! Services, members, organisations, accounts, passwords and tokens by their pages.

use crate::tests::node::{ADMINISTRATOR, AUTHOR, MANAGER, MODERATOR, Node, OUTSIDER, PASSWORD};

#[actix_web::test]
async fn a_service_and_its_members() {
    let node = Node::new().await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let form = admin.open("/office/services/new").await.form("/office/services");
    let refused = admin.send(&form.clone().with("title", "Presse").with("delay_days", "bientôt")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.error("delay_days").is_some(), "{}", refused.html);
    // All that is wrong at once.
    let refused = admin.send(&form.clone().with("slug", "Non !")).await;
    for field in ["type", "title", "slug"] {
        assert!(refused.error(field).is_some(), "{field}: {}", refused.html);
    }
    let form = form.with("type", "press-review").with("title", "La presse d'ici").with("delay_days", "3");
    let page = admin.submit(&form).await;
    assert_eq!(page.at, "/office/services/la-presse-d-ici");
    assert!(page.says("@la-presse-d-ici@mef58.example") && page.says("3 jours"), "{}", page.html);
    // Who makes it is its manager, and adds others.
    let members = "/office/services/la-presse-d-ici/members";
    let form = admin.open(&format!("{members}/new")).await.form(members);
    assert_eq!(admin.send(&form).await.status, 422);
    let outsider = uid_of(&node, OUTSIDER).await;
    let page = admin.submit(&form.with("account", &outsider).with("role", "contributor")).await;
    assert!(page.says("Accueil est maintenant contributeur de ce service."), "{}", page.html);
    let mut newcomer = node.browser(OUTSIDER).await;
    assert!(newcomer.open("/office").await.says("Un article signalé"), "nothing to write");
    // Another role, then none.
    let member = format!("{members}/{outsider}");
    let form = admin.open(&member).await.form(&member);
    assert_eq!(form.values("role"), ["contributor"]);
    let page = admin.submit(&form.with("role", "moderator")).await;
    assert!(page.says("Accueil est maintenant modérateur de ce service."));
    assert_eq!(newcomer.open("/office").await.at, "/login?next=%2Foffice", "the old rights were kept");
    let page = admin.submit(&page.form(&format!("{member}/remove"))).await;
    assert!(page.says("Accueil n'est plus membre de ce service."));
    let mut newcomer = node.browser(OUTSIDER).await;
    assert_eq!(newcomer.open("/office/services/la-presse-d-ici").await.status, 403);
}

#[actix_web::test]
async fn the_charter_of_a_service() {
    let node = Node::new().await;
    let mut manager = node.browser(MANAGER).await;
    let edit = "/office/services/agenda/edit";
    let form = manager.open(edit).await.form(edit);
    assert_eq!(form.values("delay_days"), ["2"]);
    assert_eq!(form.values("licence"), ["etalab-2.0"]);
    let page =
        manager.submit(&form.with("moderators", "Le pôle information").with("self_validation", "true")).await;
    assert!(page.says("Le pôle information") && page.says("Chacun peut publier ses propres fiches"));
    let empty = manager.open(edit).await.form(edit).with("title", " ");
    let page = manager.send(&empty).await;
    assert!(page.status == 422 && page.error("title").is_some());
    assert_eq!(page.form(edit).values("moderators"), ["Le pôle information"]);
}

#[actix_web::test]
async fn the_node_itself() {
    let node = Node::new().await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let path = "/office/settings/node";
    let form = admin.open(path).await.form(path);
    assert_eq!(form.values("territory"), ["departement:58"]);
    let refused = admin.send(&form.clone().with("name", " ").with("territory", "")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.error("name").is_some(), "{}", refused.html);
    assert_eq!(refused.error("territory").as_deref(), Some("Choisissez un territoire."));
    let page = admin.submit(&form.with("name", "MEF du Nivernais")).await;
    assert!(page.says("Ce nœud s'appelle maintenant « MEF du Nivernais »."), "{}", page.html);
    assert!(admin.open("/office/settings").await.says("MEF du Nivernais"));
    assert!(node.stranger().open("/").await.html.contains("MEF du Nivernais"));
}

#[actix_web::test]
async fn the_theme_tree() {
    let node = Node::new().await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let themes = "/office/settings/themes";
    let form = admin.open(&format!("{themes}/new")).await.form(themes);
    let refused = admin.send(&form.clone().with("codes", "K21")).await;
    assert!(refused.status == 422 && refused.error("fr").is_some(), "{}", refused.html);
    let refused = admin.send(&form.clone().with("fr", "Vélo").with("codes", "K21")).await;
    assert!(refused.error("codes").is_some_and(|said| said.contains("rome:K21")), "{}", refused.html);
    assert_eq!(refused.form(themes).values("codes"), ["K21"]);
    let page =
        admin.submit(&form.with("fr", "Vélo").with("parent", "mobilite").with("codes", "rome:N44")).await;
    assert!(page.says("Vélo") && page.says("rome:N44") && page.says("ajouté ici"), "{}", page.html);
    let velo = page.link("Vélo");
    let edit = admin.open(&velo).await.form(&velo);
    assert_eq!((edit.values("parent"), edit.values("codes")), (vec!["mobilite"], vec!["rome:N44"]));
    let page = admin.submit(&edit.with("retired", "true")).await;
    assert!(page.says("retiré"), "{}", page.html);
    // It is offered no more.
    let mut author = node.browser(AUTHOR).await;
    let form = author.open("/office/services/agenda/new").await;
    let offered = |slug: &str| form.html.contains(&format!("value=\"{slug}\""));
    assert!(offered("mobilite") && !offered("velo"), "{}", form.html);
}

#[actix_web::test]
async fn organisations_and_accounts() {
    let node = Node::new().await;
    let mut admin = node.browser(ADMINISTRATOR).await;
    let organisations = "/office/settings/organisations";
    let form = admin.open(&format!("{organisations}/new")).await.form(organisations);
    let refused = admin
        .send(&form.clone().with("website", "exemple").with("territory.add", "Cosne-Cours-sur-Loire"))
        .await;
    assert!(refused.status == 422 && refused.error("name").is_some());
    assert_eq!(refused.form(organisations).values("territory"), ["commune:58086"]);
    let page =
        admin.submit(&form.with("name", "Institut de formation").with("territory.add", "Nièvre")).await;
    assert!(page.says("Institut de formation") && page.says("Nièvre (département)"), "{}", page.html);
    let institute = page.link("Institut de formation");
    let uid = institute.rsplit('/').next().expect("an id").to_owned();

    let accounts = "/office/settings/accounts";
    let form = admin.open(&format!("{accounts}/new")).await.form(accounts);
    let form = form.with("name", "Secrétariat").with("email", AUTHOR).with("password", PASSWORD);
    let taken = admin.send(&form.with("organisation", &uid)).await;
    assert_eq!(taken.error("email").as_deref(), Some("Un compte a déjà cette adresse."));
    assert!(!taken.html.contains(PASSWORD));
    let form = taken.form(accounts).with("email", "secretariat@institut.example").with("password", PASSWORD);
    let page = admin.submit(&form).await;
    assert!(
        page.says("Le compte de Secrétariat est créé.") && page.says("Institut de formation"),
        "{}",
        page.html
    );
    let mut secretary = node.browser("secretariat@institut.example").await;
    assert!(secretary.open("/office").await.says("Institut de formation"));

    // Another password, then closed: the person is signed out at once.
    let account = page.link("Secrétariat");
    let form = admin.open(&account).await.form(&account);
    assert_eq!(form.values("organisation"), [uid.as_str()]);
    admin.submit(&form.with("password", "un autre mot de passe")).await;
    assert_eq!(secretary.get("/office").await.status, 303);
    secretary.sign_in("secretariat@institut.example", "un autre mot de passe").await;
    let form = admin.open(&account).await.form(&account).with("disabled", "true");
    assert!(admin.submit(&form).await.says("fermé"));
    assert_eq!(secretary.get("/office").await.status, 303);

    // The last administrator cannot be closed, nor step down.
    let own = format!("{accounts}/{}", uid_of(&node, ADMINISTRATOR).await);
    let form = admin.open(&own).await.form(&own);
    for form in [form.clone().with("disabled", "true"), form.without("administrator", "true")] {
        let page = admin.send(&form).await;
        assert_eq!(page.status, 409);
        assert!(page.says("C'est le dernier administrateur"), "{}", page.html);
    }
}

#[actix_web::test]
async fn ones_own_password() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let other = node.browser(AUTHOR).await;
    let page = author.open("/office/settings").await;
    assert_eq!(page.at, "/office/settings/password");
    let form = page.form("/office/settings/password");
    let typed = |present: &str, new: &str, again: &str| {
        form.clone().with("present", present).with("password", new).with("password_again", again)
    };
    for (sent, field) in [
        (typed("faux", "un nouveau mot de passe", "un nouveau mot de passe"), "present"),
        (typed(PASSWORD, "court", "court"), "password"),
        (typed(PASSWORD, "un nouveau mot de passe", "un autre"), "password_again"),
    ] {
        let page = author.send(&sent).await;
        assert!(page.status == 422 && page.error(field).is_some(), "{field}: {}", page.html);
    }
    let page = author.submit(&typed(PASSWORD, "un nouveau mot de passe", "un nouveau mot de passe")).await;
    assert!(page.status == 200 && page.says("Votre mot de passe est changé."), "{}", page.html);
    let mut other = other;
    assert_eq!(other.get("/office").await.status, 303, "another browser is still signed in");
    node.stranger().sign_in(AUTHOR, "un nouveau mot de passe").await;
}

#[actix_web::test]
async fn a_token_is_shown_once() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let tokens = "/office/settings/tokens";
    let form = author.open(tokens).await.form(tokens);
    assert!(author.send(&form).await.error("name").is_some());
    let page = author.send(&form.with("name", "base de formation")).await;
    let secret = page.html.split("<code class=\"secret\">").nth(1).and_then(|rest| rest.split('<').next());
    let secret = secret.expect("a token").to_owned();
    assert!(secret.starts_with("mlg_"));
    assert!(node.app.caller_of_token(&secret).await.is_ok());
    let page = author.open(tokens).await;
    assert!(page.says("base de formation") && !page.html.contains(&secret));
    let revoke = page
        .html
        .split("action=\"")
        .find(|part| part.contains("/revoke\""))
        .and_then(|p| p.split('"').next());
    // Somebody else cannot take it away.
    let mut moderator = node.browser(MODERATOR).await;
    let csrf = moderator.open(tokens).await.form(tokens).values("csrf")[0].to_owned();
    let path = revoke.expect("a button").to_owned();
    assert_eq!(moderator.post(&path, &[("csrf", &csrf)]).await.status, 404);
    author.submit(&page.form(&path)).await;
    assert!(node.app.caller_of_token(&secret).await.is_err());
}

async fn uid_of(node: &Node, email: &str) -> String {
    let email = email.to_owned();
    let read = node.app.reads(maillage_app::caller::Caller::Node.viewer()).run(|reads| reads.accounts());
    let accounts = read.await.expect("accounts");
    accounts.into_iter().find(|view| view.account.email == email).expect("an account").account.uid
}
