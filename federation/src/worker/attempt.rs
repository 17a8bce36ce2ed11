//! One attempt at one delivery: signed, sent, and what the answer means.

use crate::Face;
use crate::net::{NetError, Response};
use crate::signature::{Scheme, sign};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use maillage_app::AppError;
use maillage_app::delivery::{DueDelivery, Outcome};
use url::Url;

/// Sends a delivery, in the scheme that its host takes. Who does not know the one answers 401 and is
/// asked by the other (double-knocking), and what it took is remembered.
///
/// # Errors
/// Faults of ours: nothing is known of the delivery.
pub(super) async fn attempt(face: &Face, delivery: &DueDelivery) -> Result<Outcome, AppError> {
    let host = &delivery.delivery.host;
    let federation = face.federation();
    let scheme = federation.scheme_for(host).await?;
    let first = send(face, delivery, scheme).await?;
    if !matches!(first, Outcome::Later { status: Some(401), .. }) {
        return Ok(first);
    }
    let other = scheme.other();
    match send(face, delivery, other).await? {
        taken @ Outcome::Taken(_) => {
            federation.memory().remember_scheme(host, other, federation.millis());
            face.app().remember_scheme(host, other.as_str()).await?;
            Ok(taken)
        }
        Outcome::Gone => Ok(Outcome::Gone),
        // Whatever else it says of a scheme that it may not know is not about the activity.
        _ => Ok(first),
    }
}

async fn send(face: &Face, delivery: &DueDelivery, scheme: Scheme) -> Result<Outcome, AppError> {
    let Ok(inbox) = Url::parse(&delivery.delivery.inbox) else { return Ok(Outcome::Refused(400)) };
    let key = face.federation().private_key(&delivery.key_id, delivery.actor).await?;
    let body = Bytes::copy_from_slice(delivery.body.as_bytes());
    let now = face.app().now();
    let mut headers =
        sign(scheme, "POST", &inbox, now, Some(&body), &delivery.key_id, &key).map_err(AppError::internal)?;
    headers.push(("content-type".to_owned(), "application/activity+json".to_owned()));
    Ok(match face.federation().client().post(&inbox, &headers, body).await {
        Ok(answer) => judge(&answer, now),
        Err(error) => unanswered(&error),
    })
}

/// What an answer means. A peer is asked again where the fault may pass, and not where it has read
/// the activity and does not want it.
fn judge(answer: &Response, now: DateTime<Utc>) -> Outcome {
    match answer.status {
        200..=299 => Outcome::Taken(answer.status),
        410 => Outcome::Gone,
        401 | 408 | 425 | 429 | 300..=399 | 500..=599 => Outcome::Later {
            status: Some(answer.status),
            error: format!("http-{}", answer.status),
            retry_after: answer.retry_after(now),
        },
        status => Outcome::Refused(status),
    }
}

fn unanswered(error: &NetError) -> Outcome {
    Outcome::Later { status: None, error: error.code().to_owned(), retry_after: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};

    fn answered(status: u16, retry_after: Option<&'static str>) -> Outcome {
        let mut headers = HeaderMap::new();
        if let Some(text) = retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(text));
        }
        let final_url = Url::parse("https://peer.example/inbox").unwrap();
        let now = DateTime::from_timestamp(1_772_542_800, 0).unwrap();
        judge(&Response { status, headers, body: Bytes::new(), final_url }, now)
    }

    #[test]
    fn every_status_has_its_meaning() {
        for status in 100..=599 {
            let outcome = answered(status, None);
            let expected = match status {
                200..=299 => Outcome::Taken(status),
                410 => Outcome::Gone,
                300..=399 | 401 | 408 | 425 | 429 | 500..=599 => Outcome::Later {
                    status: Some(status),
                    error: format!("http-{status}"),
                    retry_after: None,
                },
                _ => Outcome::Refused(status),
            };
            assert_eq!(outcome, expected);
        }
    }

    #[test]
    fn a_peer_says_when_to_come_again() {
        let wait = |text| match answered(429, Some(text)) {
            Outcome::Later { retry_after, .. } => retry_after,
            other => panic!("{other:?}"),
        };
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Tue, 03 Mar 2026 13:10:00 GMT"), Some(600));
        assert_eq!(wait("Tue, 03 Mar 2026 12:00:00 GMT"), Some(0));
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-5"), None);
    }
}
