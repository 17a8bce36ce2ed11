//! Entering, submitting and deciding on items, from wherever an interrupted run has left them.

use super::client::Client;
use super::house::{House, SERVICES};
use crate::content::{Fate, Piece};
use anyhow::Context;
use indicatif::ProgressBar;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Every state of an item that was entered here.
const ANY_STATE: &str =
    "state=draft&state=submitted&state=published&state=declined&state=withdrawn&state=expired";

/// Enters what a node does not hold yet, and carries every item to its fate.
///
/// # Errors
/// What the node says, with the title of the item.
pub async fn enter(house: &House, pieces: Vec<Piece>, progress: &ProgressBar) -> anyhow::Result<()> {
    let mut present = HashMap::new();
    for service in &SERVICES {
        let path = format!("/services/{}/items?limit=200&{ANY_STATE}", service.slug);
        for item in house.administration.list(&path).await? {
            if item.get("home").and_then(Value::as_bool) == Some(true) {
                let title = text(&item, "title")?.to_owned();
                present.insert((service.service_type, title), item);
            }
        }
    }
    for piece in pieces {
        let known = present.get(&(piece.service_type, plain(&piece.title)));
        carry(house, &piece, known).await.with_context(|| format!("« {} »", piece.title))?;
        progress.inc(1);
    }
    Ok(())
}

/// A title as a node keeps it: every white space is a plain one.
fn plain(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn carry(house: &House, piece: &Piece, known: Option<&Value>) -> anyhow::Result<()> {
    let author = if piece.by_partner { &house.partner } else { &house.newsroom };
    let entered = match known {
        Some(item) => item.clone(),
        None => {
            let service = SERVICES.iter().find(|service| service.service_type == piece.service_type);
            let slug = service.context("no service of this type")?.slug;
            author.post(&format!("/services/{slug}/items"), &json!({ "fields": piece.fields })).await?
        }
    };
    let item = format!("/items/{}", text(&entered, "id")?);
    let mut state = text(&entered, "state")?.to_owned();
    if piece.fate != Fate::Draft && state == "draft" {
        author.post(&format!("{item}/submit"), &json!({})).await?;
        "submitted".clone_into(&mut state);
    }
    if state == "submitted" {
        match &piece.fate {
            Fate::Draft | Fate::Submitted => {}
            Fate::Declined(reason) => {
                house.moderation.post(&format!("{item}/decline"), &json!({ "reason": reason })).await?;
            }
            Fate::Published | Fate::Corrected(_) => {
                house.moderation.post(&format!("{item}/publish"), &json!({})).await?;
                "published".clone_into(&mut state);
            }
        }
    }
    if let (Fate::Corrected(changes), "published") = (&piece.fate, state.as_str()) {
        let now = author.get(&item).await?;
        if now.pointer("/revision/number").and_then(Value::as_i64) == Some(1) {
            correct(author, &item, piece, changes).await?;
        }
    }
    Ok(())
}

/// Saves a correction, which then waits for a decision while the published version stays up.
async fn correct(
    author: &Client,
    item: &str,
    piece: &Piece,
    changes: &[(String, String)],
) -> anyhow::Result<()> {
    let mut fields = piece.fields.clone();
    for (name, value) in changes {
        fields.set(name, value.as_str());
    }
    author.put(item, &json!({ "fields": fields })).await?;
    author.post(&format!("{item}/submit"), &json!({})).await?;
    Ok(())
}

fn text<'v>(item: &'v Value, key: &str) -> anyhow::Result<&'v str> {
    item.get(key).and_then(Value::as_str).with_context(|| format!("an item without {key}"))
}
