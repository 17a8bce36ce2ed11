//! What browsers and nodes read of the provider: its document, the page that asks who one is, the way
//! back to the node.

use super::{CLIENT, Grant, State};
use crate::Reply;
use crate::peer::held;
use anyhow::{Context, Result, ensure};
use serde_json::json;
use std::collections::BTreeMap;
use url::Url;

/// What OpenID Connect Discovery 1.0 asks for.
pub(super) fn document(state: &State) -> Reply {
    let (base, ways) = (&state.base, held(&state.ways).clone());
    let method = if ways.secret_in_body { "client_secret_post" } else { "client_secret_basic" };
    let document = json!({
        "issuer": ways.named.as_ref().unwrap_or(base),
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "userinfo_endpoint": format!("{base}/userinfo"),
        "jwks_uri": format!("{base}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // Those of a provider that would let itself be talked into anything.
        "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        "token_endpoint_auth_methods_supported": [method, "private_key_jwt"],
        "code_challenge_methods_supported": ["S256"],
    });
    Reply::body("application/json", document.to_string())
}

fn one<'a>(fields: &'a BTreeMap<String, String>, name: &str) -> Result<&'a str> {
    fields.get(name).map(String::as_str).with_context(|| format!("no {name}"))
}

/// Refuses a request that is not what a node has to send.
fn check(state: &State, fields: &BTreeMap<String, String>) -> Result<()> {
    ensure!(one(fields, "client_id")? == CLIENT, "another client");
    ensure!(one(fields, "redirect_uri")? == state.back, "another address of return");
    ensure!(one(fields, "response_type")? == "code", "another flow");
    ensure!(one(fields, "code_challenge_method")? == "S256", "no PKCE by S256");
    ensure!(one(fields, "code_challenge")?.len() == 43, "no challenge");
    ensure!(one(fields, "state")?.len() >= 16 && one(fields, "nonce")?.len() >= 16, "easily guessed");
    let scopes: Vec<&str> = one(fields, "scope")?.split(' ').collect();
    ensure!(scopes.iter().filter(|scope| **scope == "openid").count() == 1, "openid once: {scopes:?}");
    ensure!(scopes.contains(&"email"), "no address is asked for");
    Ok(())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// GET /authorize: who are you?
pub(super) fn ask(state: &State, fields: &BTreeMap<String, String>) -> Result<Reply> {
    check(state, fields)?;
    let hidden: String = fields
        .iter()
        .map(|(name, value)| {
            format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value))
        })
        .collect();
    let page = format!(
        "<!doctype html><html lang=\"fr\"><title>Fournisseur d'essai</title><h1>Qui êtes-vous ?</h1>\
         <form method=\"post\" action=\"/authorize\">{hidden}<label>Adresse <input name=\"email\"></label>\
         <button name=\"yes\" value=\"1\">Continuer</button><button name=\"no\" value=\"1\">Refuser</button></form></html>"
    );
    Ok(Reply::body("text/html; charset=utf-8", page).header("referrer-policy", "no-referrer"))
}

/// POST /authorize: back to the node, with a code or without.
pub(super) fn go_back(state: &State, fields: &BTreeMap<String, String>) -> Result<Reply> {
    check(state, fields)?;
    let mut back = Url::parse(&state.back)?;
    if fields.contains_key("no") {
        back.query_pairs_mut().append_pair("error", "access_denied");
    } else {
        let code = state.next("code");
        let grant = Grant {
            email: one(fields, "email")?.to_owned(),
            nonce: one(fields, "nonce")?.to_owned(),
            challenge: one(fields, "code_challenge")?.to_owned(),
        };
        held(&state.grants).insert(code.clone(), grant);
        back.query_pairs_mut().append_pair("code", &code);
    }
    back.query_pairs_mut().append_pair("state", one(fields, "state")?);
    Ok(Reply { status: 303, ..Reply::redirect(back.as_str()) })
}
