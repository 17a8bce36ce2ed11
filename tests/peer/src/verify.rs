//! Whether a request was signed by the actor whose key it names, as Mastodon demands it.

use crate::peer::{State, held};
use crate::{Message, Proof, PublicKey, Scheme, cavage, digest, rfc9421};
use anyhow::{Context, Result, bail};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// Seconds that a signature may be old.
const MAX_AGE: i64 = 12 * 3600;
/// Seconds that a signature may be ahead.
const MAX_AHEAD: i64 = 3600;

/// Checks digest, date and signature of a request; its key is fetched from where the key's id says,
/// unless it is remembered.
pub async fn verify(state: &State, message: &Message) -> Result<Proof> {
    let with_body = message.method == "POST";
    let signature = message.value("signature").context("not exactly one Signature header")?;
    match message.value("signature-input") {
        Some(input) => {
            let (input, bytes) = rfc9421::read(input, signature)?;
            let mut wanted = vec!["@method", "@target-uri"];
            if with_body {
                let value = message.value("content-digest").context("not exactly one Content-Digest")?;
                digest::check_content(value, &message.body)?;
                wanted.push("content-digest");
            }
            demand(&wanted, &input.components)?;
            within_window(input.parameter("created").context("no created")?.parse()?)?;
            let key_id = input.parameter("keyid").context("no keyid")?.to_owned();
            let (key, actor) = key_of(state, &key_id).await?;
            if !rfc9421::holds(message, "http", &input, &bytes, &key)? {
                bail!("the RFC 9421 signature does not hold");
            }
            Ok(Proof { scheme: Scheme::Rfc9421, key_id, actor })
        }
        None => {
            let (parameters, bytes) = cavage::read(signature)?;
            let mut wanted = vec!["(request-target)", "host", "date"];
            if with_body {
                let value = message.value("digest").context("not exactly one Digest")?;
                digest::check(value, &message.body)?;
                wanted.push("digest");
            }
            demand(&wanted, &parameters.covered)?;
            let date = message.value("date").context("not exactly one Date")?;
            within_window(DateTime::parse_from_rfc2822(date).context("no date")?.timestamp())?;
            let (key, actor) = key_of(state, &parameters.key_id).await?;
            if !cavage::holds(message, &parameters, &bytes, &key)? {
                bail!("the signature does not hold");
            }
            Ok(Proof { scheme: Scheme::Cavage, key_id: parameters.key_id, actor })
        }
    }
}

fn demand(wanted: &[&str], covered: &[String]) -> Result<()> {
    match wanted.iter().find(|name| !covered.iter().any(|one| one.eq_ignore_ascii_case(name))) {
        Some(name) => bail!("{name} is not signed"),
        None => Ok(()),
    }
}

fn within_window(moment: i64) -> Result<()> {
    let age = Utc::now().timestamp() - moment;
    if !(-MAX_AHEAD..=MAX_AGE).contains(&age) {
        bail!("signed {age} seconds ago");
    }
    Ok(())
}

/// The key of an id, and the actor who says in its own document that it is its key.
async fn key_of(state: &State, key_id: &str) -> Result<(PublicKey, String)> {
    let known = held(&state.keys).as_ref().and_then(|keys| keys.get(key_id).cloned());
    if let Some(known) = known {
        return Ok(known);
    }
    let fetched = fetch_key(state, key_id).await?;
    if let Some(keys) = held(&state.keys).as_mut() {
        keys.insert(key_id.to_owned(), fetched.clone());
    }
    Ok(fetched)
}

async fn fetch_key(state: &State, key_id: &str) -> Result<(PublicKey, String)> {
    let answer = state.http.get(key_id).header("accept", "application/activity+json").send().await?;
    let status = answer.status();
    let text = answer.text().await?;
    let document: Value =
        serde_json::from_str(&text).with_context(|| format!("{key_id} answers {status}, no JSON"))?;
    let key = &document["publicKey"];
    let owner = key["owner"].as_str().context("the key has no owner")?;
    if key["id"] != key_id || document["id"] != owner {
        bail!("{key_id} is not the key of {owner}");
    }
    let pem = key["publicKeyPem"].as_str().context("no key")?;
    Ok((PublicKey::from_pem(pem)?, owner.to_owned()))
}
