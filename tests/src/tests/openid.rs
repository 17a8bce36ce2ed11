//! Signing in through an OpenID provider of the tests: the good path, every lie of a provider, and
//! everything that somebody else could bring back.

use crate::database::Kind;
use crate::node::Node;
use crate::page;
use crate::scene::play;
use anyhow::{Context, Result, ensure};
use maillage_test_peer::openid::{CLIENT, Lie, Provider, SECRET, Ways};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use std::collections::BTreeMap;
use std::time::Duration;

const NAME: &str = "Connexion d'essai";

/// A browser: it keeps cookies, and follows nothing by itself.
struct Browser {
    http: Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new() -> Result<Self> {
        let http = Client::builder().redirect(Policy::none()).timeout(Duration::from_secs(30)).build()?;
        Ok(Self { http, cookies: BTreeMap::new() })
    }

    async fn get(&mut self, address: &str) -> Result<Response> {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request =
            self.http.get(address).header("accept-language", "fr").header("cookie", cookies.join("; "));
        let answer = request.send().await?;
        for set in answer.headers().get_all("set-cookie") {
            let pair = set.to_str()?.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').context("a cookie")?;
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Ok(answer)
    }

    /// Opens an address and follows where the node sends on; the page.
    async fn open(&mut self, address: &str) -> Result<String> {
        let mut at = Url::parse(address)?;
        for _ in 0..5 {
            let answer = self.get(at.as_str()).await?;
            let Some(location) = answer.headers().get("location") else { return Ok(answer.text().await?) };
            at = at.join(location.to_str()?)?;
        }
        anyhow::bail!("sent round in circles from {address}")
    }

    /// Whether somebody is signed in.
    async fn is_in(&mut self, node: &Node) -> Result<bool> {
        Ok(self.get(&format!("{}/office", node.base())).await?.status() == 200)
    }

    /// Leaves for the provider; the address there.
    async fn leave(&mut self, node: &Node) -> Result<Url> {
        let answer = self.get(&format!("{}/login/openid?next=%2Foffice%2Fqueue", node.base())).await?;
        location(&answer)
    }

    /// Leaves and says there who it is; the address back at the node, not yet opened.
    async fn return_address(&mut self, node: &Node, email: &str) -> Result<Url> {
        let there = self.leave(node).await?;
        let asked = Client::new().get(there.clone()).send().await?;
        ensure!(asked.status() == 200, "the provider refuses the request: {}", asked.text().await?);
        let mut fields: Vec<(String, String)> = there.query_pairs().into_owned().collect();
        fields.extend([("email".to_owned(), email.to_owned()), ("yes".to_owned(), "1".to_owned())]);
        let body = Url::parse_with_params("http://x/", fields)?.query().unwrap_or_default().to_owned();
        let mut page = there.clone();
        page.set_query(None);
        let form = self.http.post(page).header("content-type", "application/x-www-form-urlencoded");
        location(&form.body(body).send().await?)
    }

    /// The whole way; the page at its end.
    async fn sign_in(&mut self, node: &Node, email: &str) -> Result<String> {
        let back = self.return_address(node, email).await?;
        self.open(back.as_str()).await
    }
}

fn location(answer: &Response) -> Result<Url> {
    let location = answer.headers().get("location").with_context(|| format!("{answer:?}"))?;
    Ok(answer.url().join(location.to_str()?)?)
}

/// A parameter of an address.
fn parameter(address: &Url, name: &str) -> Result<String> {
    let found = address.query_pairs().find(|(given, _)| given == name);
    Ok(found.with_context(|| format!("no {name} in {address}"))?.1.into_owned())
}

/// A node that knows a provider.
fn scene(kind: Kind) -> Result<(Node, Provider)> {
    let mut node = Node::create("Maison de l'emploi d'essai", "58", kind)?;
    let provider = Provider::start(&node.base())?;
    for (key, value) in
        [("ISSUER", provider.issuer()), ("CLIENT_ID", CLIENT), ("CLIENT_SECRET", SECRET), ("NAME", NAME)]
    {
        node.set(&format!("MAILLAGE__OPENID__{key}"), value);
    }
    node.start()?;
    Ok((node, provider))
}

async fn in_and_refused(kind: Kind) -> Result<()> {
    let (node, provider) = scene(kind)?;
    let (admin, mut browser) = (node.administrator(), Browser::new()?);
    let login = browser.open(&format!("{}/login", node.base())).await?;
    assert!(page::says(&login, &format!("Se connecter avec {NAME}")), "{login}");
    let stranger = browser.sign_in(&node, "personne@mef.example").await?;
    assert!(page::says(&stranger, "demandez une invitation"), "{stranger}");
    assert!(!browser.is_in(&node).await?);
    let back = browser.return_address(&node, &admin).await?;
    let arrived = browser.get(back.as_str()).await?;
    assert_eq!(location(&arrived)?.path(), "/office/queue");
    assert!(browser.is_in(&node).await?);
    // The address is in the token: nothing more is asked for.
    assert!(!provider.asked().iter().any(|path| path == "/userinfo"), "{:?}", provider.asked());
    // Who is linked is known by the subject, whether the address is verified or not.
    provider.set(Ways { verified: false, ..Ways::default() });
    let mut again = Browser::new()?;
    again.sign_in(&node, &admin).await?;
    assert!(again.is_in(&node).await?);
    let log = node.log()?;
    assert!(!log.contains(SECRET) && !log.contains("access-"), "{log}");
    Ok(())
}

#[test]
fn an_account_is_signed_in_to_through_the_provider() {
    play(in_and_refused(Kind::usual()));
}

#[test]
fn every_lie_of_a_provider_is_refused() {
    const LIES: [Lie; 15] = [
        Lie::Nonce,
        Lie::NoNonce,
        Lie::Audience,
        Lie::TwoAudiences,
        Lie::Party,
        Lie::Expired,
        Lie::Early,
        Lie::OtherKey,
        Lie::UnknownKey,
        Lie::NoSignature,
        Lie::SharedSecret,
        Lie::Changed,
        Lie::Issuer,
        Lie::AccessToken,
        Lie::NoToken,
    ];
    play(async {
        let (node, provider) = scene(Kind::Sqlite)?;
        let admin = node.administrator();
        for lie in LIES {
            provider.set(Ways { lie: Some(lie), ..Ways::default() });
            let mut browser = Browser::new()?;
            // Who changes the token wants to be somebody else.
            let who = if lie == Lie::Changed { "personne@mef.example" } else { &admin };
            let told = browser.sign_in(&node, who).await?;
            assert!(page::says(&told, "ne prouve pas qui vous êtes"), "{lie:?}: {told}");
            assert!(!browser.is_in(&node).await?, "{lie:?}");
        }
        provider.set(Ways { verified: false, ..Ways::default() });
        let mut browser = Browser::new()?;
        let told = browser.sign_in(&node, &admin).await?;
        assert!(page::says(&told, "ne confirme pas votre adresse"), "{told}");
        assert!(!browser.is_in(&node).await?);
        // The same provider, when it says the truth.
        provider.set(Ways::default());
        browser.sign_in(&node, &admin).await?;
        assert!(browser.is_in(&node).await?);
        Ok(())
    });
}

#[test]
fn what_somebody_else_brings_back_is_refused() {
    play(async {
        let (node, _provider) = scene(Kind::Sqlite)?;
        let (admin, mut browser, mut other) = (node.administrator(), Browser::new()?, Browser::new()?);
        // A browser that left for nowhere, and one that left by itself.
        let back = browser.return_address(&node, &admin).await?;
        for _ in 0..2 {
            let told = other.open(back.as_str()).await?;
            assert!(page::says(&told, "pas été commencée ici"), "{told}");
            assert!(!other.is_in(&node).await?);
            other.leave(&node).await?;
        }
        browser.open(back.as_str()).await?;
        assert!(browser.is_in(&node).await?);
        // The same address once more, after somebody has read it over the shoulder.
        browser.cookies.retain(|name, _| !name.ends_with("-session"));
        let told = browser.open(back.as_str()).await?;
        assert!(page::says(&told, "a déjà servi"), "{told}");
        assert!(!browser.is_in(&node).await?);
        // A code that was used, and one that somebody else was given, with a state of one's own.
        let fresh = other.return_address(&node, &admin).await?;
        for stolen in [parameter(&back, "code")?, parameter(&fresh, "code")?] {
            let state = parameter(&browser.leave(&node).await?, "state")?;
            let mut forged = back.clone();
            forged.query_pairs_mut().clear().append_pair("code", &stolen).append_pair("state", &state);
            let told = browser.open(forged.as_str()).await?;
            assert!(page::says(&told, "ne prouve pas qui vous êtes"), "{told}");
            assert!(!browser.is_in(&node).await?);
        }
        Ok(())
    });
}

#[test]
fn a_provider_that_changes_its_keys_or_its_ways_goes_on_being_understood() {
    play(async {
        let (mut node, provider) = scene(Kind::Sqlite)?;
        let admin = node.administrator();
        let enters = async |node: &Node| -> Result<bool> {
            let mut browser = Browser::new()?;
            browser.sign_in(node, &admin).await?;
            browser.is_in(node).await
        };
        let fetched = || provider.asked().iter().filter(|path| *path == "/keys").count();
        assert!(enters(&node).await? && enters(&node).await?);
        assert_eq!(fetched(), 1, "keys are kept");
        provider.change_key()?;
        assert!(enters(&node).await? && enters(&node).await?);
        assert_eq!(fetched(), 2, "fetched anew once");
        provider.set(Ways { lie: Some(Lie::UnknownKey), ..Ways::default() });
        assert!(!enters(&node).await?);
        assert_eq!(fetched(), 3, "and never more than once for one token");
        // The secret in the body, the address at the userinfo endpoint.
        provider.set(Ways { secret_in_body: true, address_in_token: false, ..Ways::default() });
        assert!(node.stop()?);
        node.start()?;
        node.add_account("accueil@mef58.example", "Accueil", &[])?;
        let mut browser = Browser::new()?;
        browser.sign_in(&node, "accueil@mef58.example").await?;
        assert!(browser.is_in(&node).await?);
        assert!(provider.asked().iter().any(|path| path == "/userinfo"));
        Ok(())
    });
}

#[test]
fn a_provider_that_does_not_answer_is_told_and_the_password_goes_on() {
    play(async {
        let (mut node, provider) = scene(Kind::Sqlite)?;
        let said = |node: &Node| -> Result<(String, String)> {
            let report: serde_json::Value =
                serde_json::from_str(&node.run(&["doctor", "--json"], "")?.stdout)?;
            let checks = report["checks"].as_array().context("checks")?;
            let check = checks.iter().find(|check| check["check"] == "openid").context("openid")?;
            let text = |name: &str| check[name].as_str().unwrap_or_default().to_owned();
            Ok((text("level"), text("fr")))
        };
        assert_eq!(said(&node)?, ("good".to_owned(), format!("{} répond", provider.issuer())));
        provider.set(Ways { named: Some("https://another.example".to_owned()), ..Ways::default() });
        let (level, told) = said(&node)?;
        assert!(level == "problem" && told.contains("another.example"), "{told}");
        let leaving = format!("{}/login/openid", node.base());
        let told = Browser::new()?.open(&leaving).await?;
        assert!(page::says(&told, "ne répond pas comme il faut"), "{told}");
        drop(provider);
        let told = Browser::new()?.open(&leaving).await?;
        assert!(page::says(&told, "ne répond pas comme il faut"), "{told}");
        assert_eq!(said(&node)?.0, "problem");
        let shown = node.done(&["config"])?;
        assert!(shown.contains("client_secret = \"***\"") && !shown.contains(SECRET), "{shown}");
        node.set("MAILLAGE__OPENID__CLIENT_SECRET", "");
        let checked = node.run(&["config", "--check"], "")?;
        assert_ne!(checked.code, Some(0));
        assert!(format!("{checked:?}").contains("openid.client_secret"), "{checked:?}");
        Ok(())
    });
}
