//! Delivering: due activities are signed and sent, in the order of each inbox.

use crate::Face;
use crate::net::Response;
use crate::signature::{Scheme, sign};
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use maillage_app::AppError;
use maillage_app::delivery::{DueDelivery, Outcome};
use maillage_store::rows::DeliveryRow;
use std::collections::BTreeMap;
use url::Url;

/// Deliveries claimed in one turn.
const TURN: i64 = 200;
/// Outcomes written down together.
const BATCH: usize = 20;

/// Makes the deliveries that are due; whether there were any.
pub async fn due(face: &Face) -> Result<bool, AppError> {
    if !face.app().has_due_deliveries().await? {
        return Ok(false);
    }
    let claimed = face.app().claim_deliveries(TURN).await?;
    let worked = !claimed.is_empty();
    let mut inboxes: BTreeMap<String, Vec<DueDelivery>> = BTreeMap::new();
    for delivery in claimed {
        inboxes.entry(delivery.delivery.inbox.clone()).or_default().push(delivery);
    }
    let mut sending: FuturesUnordered<_> = inboxes.into_values().map(|queue| in_order(face, queue)).collect();
    while let Some(sent) = sending.next().await {
        sent?;
    }
    Ok(worked)
}

/// Sends to one inbox until something has to wait; the rest is given back.
async fn in_order(face: &Face, queue: Vec<DueDelivery>) -> Result<(), AppError> {
    let app = face.app();
    let mut outcomes: Vec<(DeliveryRow, Outcome)> = Vec::new();
    let mut left = queue.into_iter();
    while let Some(delivery) = left.next() {
        let outcome = if app.is_blocked(&delivery.delivery.host).await? {
            Outcome::Refused(403)
        } else {
            attempt(face, &delivery).await?
        };
        let waits = matches!(outcome, Outcome::Later { .. });
        outcomes.push((delivery.delivery, outcome));
        if waits {
            break;
        }
        if outcomes.len() >= BATCH {
            app.delivered(std::mem::take(&mut outcomes)).await?;
        }
    }
    let untried: Vec<DeliveryRow> = left.map(|delivery| delivery.delivery).collect();
    if !outcomes.is_empty() {
        app.delivered(outcomes).await?;
    }
    if !untried.is_empty() {
        app.release_deliveries(untried).await?;
    }
    Ok(())
}

async fn attempt(face: &Face, delivery: &DueDelivery) -> Result<Outcome, AppError> {
    let host = &delivery.delivery.host;
    let preferred = match face.app().scheme_of(host).await?.as_deref() {
        Some("rfc9421") => Scheme::Rfc9421,
        _ => Scheme::Cavage,
    };
    let first = send(face, delivery, preferred).await?;
    if !matches!(first, Outcome::Later { status: Some(401), .. }) {
        return Ok(first);
    }
    // Double-knocking: a server that does not know one scheme answers 401; it is asked by the other.
    let other = if preferred == Scheme::Cavage { Scheme::Rfc9421 } else { Scheme::Cavage };
    let second = send(face, delivery, other).await?;
    if matches!(second, Outcome::Taken(_)) {
        face.app().remember_scheme(host, other.as_str()).await?;
    }
    Ok(second)
}

async fn send(face: &Face, delivery: &DueDelivery, scheme: Scheme) -> Result<Outcome, AppError> {
    let Ok(inbox) = Url::parse(&delivery.delivery.inbox) else { return Ok(Outcome::Refused(400)) };
    let key = face.federation().private_key(delivery.actor).await?;
    let body = Bytes::from(delivery.body.clone());
    let now = face.app().now();
    let mut headers =
        sign(scheme, "POST", &inbox, now, Some(&body), &delivery.key_id, &key).map_err(AppError::internal)?;
    headers.push(("content-type".to_owned(), "application/activity+json".to_owned()));
    Ok(match face.federation().client().post(&inbox, &headers, body).await {
        Ok(answer) => judge(&answer),
        Err(error) => Outcome::Later { status: None, error: error.code().to_owned(), retry_after: None },
    })
}

fn judge(answer: &Response) -> Outcome {
    match answer.status {
        200..=299 => Outcome::Taken(answer.status),
        410 => Outcome::Gone,
        401 | 408 | 425 | 429 | 300..=399 | 500..=599 => Outcome::Later {
            status: Some(answer.status),
            error: format!("http-{}", answer.status),
            retry_after: answer.retry_after().and_then(|seconds| i64::try_from(seconds).ok()),
        },
        status => Outcome::Refused(status),
    }
}
