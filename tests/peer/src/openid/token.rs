//! Codes become tokens: checked, made, signed – and falsified where a test asks for it.

use super::{CLIENT, Grant, Lie, SECRET, State, fields, hmac};
use crate::peer::held;
use crate::{Message, Reply};
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::Utc;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The published keys (RFC 7517).
pub(super) fn keys(state: &State) -> Reply {
    let (id, key) = held(&state.key).clone();
    let (modulus, exponent) = key.public().numbers();
    let key = json!({
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": id,
        "n": base64url(modulus), "e": base64url(exponent),
    });
    Reply::body("application/json", json!({ "keys": [key] }).to_string())
}

fn refused(status: u16, error: &str) -> Reply {
    Reply { status, ..Reply::body("application/json", json!({ "error": error }).to_string()) }
}

/// Who asks, by the one way that the document names (RFC 6749, section 2.3.1).
fn is_client(state: &State, message: &Message, form: &BTreeMap<String, String>) -> bool {
    if held(&state.ways).secret_in_body {
        let given = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        return given("client_id") == CLIENT && given("client_secret") == SECRET;
    }
    let encoded = message.value("authorization").and_then(|value| value.strip_prefix("Basic "));
    let decoded = encoded.and_then(|encoded| STANDARD.decode(encoded).ok());
    let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let (id, secret) = text.split_once(':').unwrap_or_default();
    let plain = |text: &str| fields(format!("x={text}").as_bytes()).remove("x").unwrap_or_default();
    !form.contains_key("client_secret") && plain(id) == CLIENT && plain(secret) == SECRET
}

/// POST /token
pub(super) fn redeem(state: &State, message: &Message) -> Reply {
    let form = fields(&message.body);
    let given = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    if !is_client(state, message, &form) {
        return refused(401, "invalid_client");
    }
    let code = given("code");
    let once = held(&state.used).insert(code.to_owned());
    let grant = held(&state.grants).get(code).cloned();
    let proven = |grant: &Grant| base64url(Sha256::digest(given("code_verifier"))) == grant.challenge;
    let Some(grant) = grant.filter(|grant| {
        once && proven(grant)
            && given("grant_type") == "authorization_code"
            && given("redirect_uri") == state.back
    }) else {
        return refused(400, "invalid_grant");
    };
    let access = state.next("access");
    held(&state.tokens).insert(access.clone(), grant.email.clone());
    let mut answer = json!({ "access_token": access, "token_type": "Bearer", "expires_in": 300 });
    match id_token(state, &grant, &access) {
        Ok(Some(token)) => answer["id_token"] = token.into(),
        Ok(None) => {}
        Err(error) => return refused(500, &format!("{error:#}")),
    }
    Reply::body("application/json;charset=UTF-8", answer.to_string()).header("cache-control", "no-store")
}

/// What the provider calls a person.
fn subject(email: &str) -> String {
    base64url(Sha256::digest(email.as_bytes()))
}

/// What the token says (OpenID Connect Core 1.0, section 2), with the lie that is told.
fn claims(state: &State, grant: &Grant, access: &str) -> Value {
    let (ways, now) = (held(&state.ways).clone(), Utc::now().timestamp());
    let half = |token: &str| base64url(&Sha256::digest(token.as_bytes())[..16]);
    let mut claims = json!({
        "iss": state.base, "sub": subject(&grant.email), "aud": CLIENT, "azp": CLIENT,
        "exp": now + 300, "iat": now, "nonce": grant.nonce, "at_hash": half(access),
    });
    if ways.address_in_token {
        claims["email"] = grant.email.clone().into();
        claims["email_verified"] = ways.verified.into();
    }
    match ways.lie {
        Some(Lie::Nonce) => claims["nonce"] = "another".into(),
        Some(Lie::NoNonce) => drop(claims.as_object_mut().and_then(|all| all.remove("nonce"))),
        Some(Lie::Audience) => claims["aud"] = "another".into(),
        Some(Lie::TwoAudiences) => claims["aud"] = json!([CLIENT, "another"]),
        Some(Lie::Party) => claims["azp"] = "another".into(),
        Some(Lie::Expired) => {
            claims["iat"] = (now - 420).into();
            claims["exp"] = (now - 120).into();
        }
        Some(Lie::Early) => claims["iat"] = (now + 120).into(),
        Some(Lie::Issuer) => claims["iss"] = "https://another.example".into(),
        Some(Lie::AccessToken) => claims["at_hash"] = half("another").into(),
        _ => {}
    }
    claims
}

/// A signed token (RFC 7515, compact); none where the lie is to leave it out.
fn id_token(state: &State, grant: &Grant, access: &str) -> Result<Option<String>> {
    let lie = held(&state.ways).lie;
    let claims = claims(state, grant, access);
    let (id, key) = held(&state.key).clone();
    let head = match lie {
        Some(Lie::NoToken) => return Ok(None),
        Some(Lie::NoSignature) => json!({ "alg": "none" }),
        Some(Lie::SharedSecret) => json!({ "alg": "HS256", "typ": "JWT" }),
        Some(Lie::UnknownKey) => json!({ "alg": "RS256", "typ": "JWT", "kid": "unknown" }),
        _ => json!({ "alg": "RS256", "typ": "JWT", "kid": id }),
    };
    let text = format!("{}.{}", base64url(head.to_string()), base64url(claims.to_string()));
    let signature = match lie {
        Some(Lie::NoSignature) => Vec::new(),
        Some(Lie::SharedSecret) => hmac::tag(SECRET.as_bytes(), text.as_bytes()),
        Some(Lie::OtherKey | Lie::UnknownKey) => state.stranger.sign(&text)?,
        _ => key.sign(&text)?,
    };
    if lie == Some(Lie::Changed) {
        let mut other = claims;
        other["email"] = "admin@mef.example".into();
        let head = text.split('.').next().context("a head")?;
        return Ok(Some(format!("{head}.{}.{}", base64url(other.to_string()), base64url(signature))));
    }
    Ok(Some(format!("{text}.{}", base64url(signature))))
}

/// GET /userinfo
pub(super) fn person(state: &State, message: &Message) -> Reply {
    let token = message.value("authorization").and_then(|value| value.strip_prefix("Bearer "));
    let email = token.and_then(|token| held(&state.tokens).get(token).cloned());
    let Some(email) = email else { return Reply::status(401) };
    let verified = held(&state.ways).verified;
    let person = json!({ "sub": subject(&email), "email": email, "email_verified": verified });
    Reply::body("application/json", person.to_string())
}
