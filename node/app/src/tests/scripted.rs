//! Servers that answer by a script, over a clock that jumps from one due moment to the next.

use super::node::TestNode;
use crate::delivery::Outcome;
use crate::outbound::OutgoingActivity;
use chrono::Duration;
use maillage_domain::event::DomainEvent;
use maillage_store::rows::DeliveryRow;
use std::collections::{BTreeMap, BTreeSet};

/// One attempt: when (milliseconds), to which inbox, of what, and whether it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub at: i64,
    pub inbox: String,
    pub object: String,
    pub taken: bool,
}

/// Queues one activity for some inboxes.
pub async fn queue(node: &TestNode, object: &str, inboxes: &[&str]) {
    let event = node
        .write(|tx| {
            tx.record(&DomainEvent::ServiceUpdated { service: 1 }, 0)?;
            let pending = tx.reads().pending_events(1_000)?;
            pending.last().map(|event| event.id).ok_or(crate::AppError::NotFound)
        })
        .await;
    let activity = OutgoingActivity {
        uri: format!("https://mef58.example/x/{}", uuid::Uuid::now_v7()),
        actor: 1,
        kind: "Update".into(),
        object: object.into(),
        item: None,
        public: true,
        body: format!("{{\"object\":\"{object}\"}}"),
        inboxes: inboxes.iter().map(|inbox| (*inbox).to_owned()).collect::<BTreeSet<String>>(),
    };
    node.app.fan_out(event, vec![activity]).await.expect("queued");
}

pub fn later(status: Option<u16>) -> Outcome {
    Outcome::Later {
        status,
        error: status.map_or("timeout".into(), |s| format!("http-{s}")),
        retry_after: None,
    }
}

/// Makes what is due, as the worker does: each inbox in order, and no further after a failure.
pub async fn turn(node: &TestNode, answer: &mut impl FnMut(&str, &str) -> Outcome) -> Vec<Attempt> {
    let mut attempts = Vec::new();
    let mut inboxes: BTreeMap<String, Vec<crate::delivery::DueDelivery>> = BTreeMap::new();
    for due in node.app.claim_deliveries(200).await.expect("claimed") {
        inboxes.entry(due.delivery.inbox.clone()).or_default().push(due);
    }
    for (inbox, queue) in inboxes {
        let mut left = queue.into_iter();
        let mut outcomes: Vec<(DeliveryRow, Outcome)> = Vec::new();
        for due in left.by_ref() {
            let body: serde_json::Value = serde_json::from_str(&due.body).expect("body");
            let object = body["object"].as_str().expect("object").to_owned();
            let outcome = answer(&inbox, &object);
            let waits = matches!(outcome, Outcome::Later { .. });
            let taken = matches!(outcome, Outcome::Taken(_));
            attempts.push(Attempt {
                at: node.app.now().timestamp_millis(),
                inbox: inbox.clone(),
                object,
                taken,
            });
            outcomes.push((due.delivery, outcome));
            if waits {
                break;
            }
        }
        node.app.delivered(outcomes).await.expect("noted");
        let untried = left.map(|due| due.delivery).collect();
        node.app.release_deliveries(untried).await.expect("released");
    }
    attempts
}

/// Works for so long, turn by turn, the clock set to the next moment at which something is due.
pub async fn work(
    node: &TestNode,
    how_long: Duration,
    mut answer: impl FnMut(i64, &str, &str) -> Outcome,
) -> Vec<Attempt> {
    let end = node.app.now() + how_long;
    let mut all = Vec::new();
    loop {
        let now = node.app.now().timestamp_millis();
        let made = turn(node, &mut |inbox: &str, object: &str| answer(now, inbox, object)).await;
        let idle = made.is_empty();
        all.extend(made);
        if idle {
            let next = node
                .write(|tx| {
                    let open = tx.reads().deliveries(None, None, 100_000)?;
                    let waiting = open.into_iter().filter(|view| view.delivery.ended_at.is_none());
                    Ok(waiting.map(|view| view.delivery.due_at).collect::<Vec<i64>>())
                })
                .await;
            let next = next.into_iter().filter(|due| *due > now).min().unwrap_or(i64::MAX);
            let end = end.timestamp_millis();
            if next > end {
                node.advance(Duration::milliseconds(end - now));
                return all;
            }
            node.advance(Duration::milliseconds(next - now));
        }
    }
}

/// State and object of everything queued, in the order of the queue.
pub async fn states(node: &TestNode) -> Vec<(String, String)> {
    node.write(|tx| {
        let mut all = tx.reads().deliveries(None, None, 100_000)?;
        all.sort_by_key(|view| view.delivery.id);
        Ok(all.into_iter().map(|view| (view.activity.object_uri, view.delivery.state)).collect())
    })
    .await
}
