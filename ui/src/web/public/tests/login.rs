//! Signing in and out, and what happens to a form when the session has ended.

use super::scene::{ask, get};
use crate::tests::node::{AUTHOR, MODERATOR, Node, PASSWORD};
use actix_web::test::TestRequest;

#[actix_web::test]
async fn an_unknown_account_and_a_wrong_password_get_the_same_answer() {
    let node = Node::new().await;
    let mut told = Vec::new();
    for email in ["personne@mef58.example", AUTHOR] {
        let mut browser = node.stranger();
        let form = browser.open("/login").await.form("/login");
        let page = browser.send(&form.with("email", email).with("password", "un mauvais mot de passe")).await;
        assert!(page.says("Adresse ou mot de passe incorrect."), "{}", page.html);
        assert_eq!(page.form("/login").values("email"), [email], "what was typed is lost");
        let token = page.form("/login").values("csrf")[0].to_owned();
        told.push((page.status, page.html.replace(email, "").replace(&token, "")));
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0].0, 401);
}

#[actix_web::test]
async fn repeated_failures_are_refused_with_the_time_to_wait() {
    let node = Node::new().await;
    let mut browser = node.stranger();
    let form = browser.open("/login").await.form("/login").with("email", AUTHOR);
    let wrong = form.clone().with("password", "un mauvais mot de passe");
    for attempt in 1..=8 {
        assert_eq!(browser.send(&wrong).await.status, 401, "attempt {attempt}");
    }
    let refused = browser.send(&wrong).await;
    assert_eq!(refused.status, 429);
    // The right password does not help now, nor does another account from the same address.
    for email in [AUTHOR, MODERATOR] {
        let right = form.clone().with("email", email).with("password", PASSWORD);
        let page = browser.send(&right).await;
        assert_eq!((page.status, page.location.as_str()), (429, ""), "{email}");
        assert_eq!(page.form("/login").values("email"), [email], "what was typed is lost");
    }
    let token = form.values("csrf")[0].to_owned();
    let cookie = form_cookie(&token);
    let body = [("csrf", token.as_str()), ("email", AUTHOR), ("password", PASSWORD)];
    let request = TestRequest::post().uri("/login").cookie(cookie).set_form(body.to_vec());
    let answer = ask(&node, request).await;
    let seconds: u32 = answer.header("retry-after").parse().unwrap_or_default();
    assert!((1..=15 * 60).contains(&seconds), "{}: {:?}", answer.status, answer.headers);
    node.pass(1);
    assert_eq!(browser.send(&form.with("password", PASSWORD)).await.location, "/office");
}

/// The cookie that keeps the token of forms of this node.
fn form_cookie(token: &str) -> actix_web::cookie::Cookie<'static> {
    let addresses = maillage_app::address::Addresses::new("https://mef58.example/").expect("an address");
    let names = crate::web::cookies::Names::of(&addresses);
    names.set(&names.form, token.to_owned(), None)
}

/// The cookies an answer sets, with their attributes.
fn cookies(answer: &super::scene::Answer) -> Vec<String> {
    let values = answer.headers.get_all("set-cookie");
    values.filter_map(|value| value.to_str().ok()).map(str::to_owned).collect()
}

#[actix_web::test]
async fn every_login_has_a_session_of_its_own_in_a_cookie_no_script_reads() {
    let node = Node::new().await;
    let mut sessions = Vec::new();
    for _ in 0..2 {
        let planted = form_cookie("a token that was planted");
        let body = [("csrf", "a token that was planted"), ("email", AUTHOR), ("password", PASSWORD)];
        let answer =
            ask(&node, TestRequest::post().uri("/login").cookie(planted).set_form(body.to_vec())).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let set = cookies(&answer);
        let session = set.iter().find(|cookie| cookie.contains("-session=")).expect("a session");
        for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
            assert!(session.contains(attribute), "{attribute}: {session}");
        }
        assert!(session.starts_with("__Host-"), "{session}");
        // The token of forms from before the login ends with it.
        assert!(
            set.iter().any(|cookie| cookie.contains("-form=;") && cookie.contains("Max-Age=0")),
            "{set:?}"
        );
        sessions.push(session.split(';').next().expect("a value").to_owned());
    }
    assert_ne!(sessions[0], sessions[1]);
}

#[actix_web::test]
async fn signing_out_ends_the_session_itself() {
    let node = Node::new().await;
    let mut browser = node.browser(AUTHOR).await;
    let mut stolen = browser.clone();
    let office = browser.open("/office").await;
    assert_eq!(office.status, 200);
    assert_eq!(browser.get("/login").await.location, "/office", "who is signed in need not sign in");
    // Reading never signs anybody out.
    browser.get("/logout").await;
    assert_eq!(browser.get("/office").await.status, 200);
    let page = browser.submit(&office.form("/logout")).await;
    assert!(page.says("Vous êtes déconnecté."), "{}", page.html);
    for browser in [&mut browser, &mut stolen] {
        assert_eq!(browser.get("/office").await.location, "/login?next=%2Foffice");
    }
}

#[actix_web::test]
async fn nobody_is_led_elsewhere_after_signing_in() {
    let node = Node::new().await;
    for next in
        ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "%2F%2Fevil"]
    {
        let mut browser = node.stranger();
        let encoded: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let form = browser.open(&format!("/login?next={encoded}")).await.form("/login");
        assert_eq!(form.values("next"), ["/office"], "{next}");
        // Nor does a form that was tampered with.
        let sent = form.with("next", next).with("email", AUTHOR).with("password", PASSWORD);
        assert_eq!(browser.send(&sent).await.location, "/office", "{next}");
        assert_eq!(browser.get(&format!("/login?next={encoded}")).await.location, "/office", "{next}");
    }
    let mut browser = node.stranger();
    let form = browser.open("/login?next=%2Foffice%2Fqueue%3Fstate%3Dsubmitted").await.form("/login");
    let sent = browser.send(&form.with("email", AUTHOR).with("password", PASSWORD)).await;
    assert_eq!(sent.location, "/office/queue?state=submitted");
}

#[actix_web::test]
async fn a_form_sent_after_the_session_ended_is_kept_and_can_be_sent() {
    const NEW: &str = "/office/services/agenda/new";
    let node = Node::new().await;
    let mut browser = node.browser(AUTHOR).await;
    let form =
        browser.open(NEW).await.form(NEW).with("titre", "Forum « d’hiver » <58>").with("action", "save");
    let typed = form.with("description", "<p>Deux lignes\nde texte.</p>").with("thematiques", "emploi");
    node.pass(15);
    let kept = browser.send(&typed).await;
    assert_eq!(kept.status, 401);
    assert!(kept.says("Rien n’est perdu"), "{}", kept.html);
    // Even a wrong password loses nothing.
    let login = kept.form("/login").with("email", AUTHOR);
    let wrong = browser.send(&login.with("password", "un mauvais mot de passe")).await;
    assert_eq!(wrong.status, 401);
    let resume = browser.send(&wrong.form("/login").with("password", PASSWORD)).await;
    assert_eq!(resume.status, 200, "{}", resume.html);
    let again = resume.form(NEW);
    assert_eq!(again.values("titre"), ["Forum « d’hiver » <58>"]);
    assert_eq!(again.values("thematiques"), ["emploi"]);
    assert_ne!(again.values("csrf"), typed.values("csrf"), "the token of the ended session");
    let saved = browser.submit(&again).await;
    assert!(saved.says("Brouillon enregistré."), "{}: {}", saved.status, saved.html);
    let held = saved.form(&saved.at);
    assert_eq!(held.values("titre"), ["Forum « d’hiver » <58>"]);
    assert!(held.values("description")[0].contains("Deux lignes"), "{:?}", held.values("description"));
}

#[actix_web::test]
async fn the_language_is_chosen_by_address_and_kept() {
    let node = Node::new().await;
    let mut browser = node.stranger();
    assert!(browser.get("/").await.html.contains("<html lang=\"fr\""));
    assert!(browser.get("/?lang=en").await.html.contains("<html lang=\"en\""));
    assert!(browser.get("/login").await.html.contains("<html lang=\"en\""), "the choice was forgotten");
    assert!(browser.get("/?lang=xx").await.html.contains("<html lang=\"en\""));
    let page = browser.get("/services/agenda?theme=emploi").await;
    let other = "/services/agenda?theme=emploi&#38;lang=fr";
    assert!(page.html.contains(other), "the way back loses what was chosen: {}", page.html);
    assert!(browser.get("/?lang=fr").await.html.contains("<html lang=\"fr\""));
    // A reader who chose nothing gets no cookie at all.
    assert!(cookies(&get(&node, "/").await).is_empty());
}
