//! What is on its way to other servers, and what has stopped.

use super::finding::Finding;
use crate::node::Node;
use maillage_app::caller::Caller;
use maillage_domain::subscription::FollowState;

/// Deliveries that wait longer than this are told: 1 hour, in milliseconds.
const LATE: i64 = 3_600 * 1_000;

/// Checks the queue, the servers that do not answer, and the follows that nobody has accepted.
pub async fn check(node: &Node) -> Vec<Finding> {
    let now = node.app.now().timestamp_millis();
    let found = node
        .app
        .reads(Caller::Node.viewer())
        .run(|reads| {
            let oldest = reads
                .deliveries(Some("due"), None, 500)?
                .into_iter()
                .map(|view| view.delivery.created_at)
                .min();
            Ok((reads.count_deliveries()?, oldest, reads.peers()?, reads.follows()?))
        })
        .await;
    let (counts, oldest, peers, follows) = match found {
        Ok(found) => found,
        Err(error) => return vec![Finding::of_failure("queue", &error.into())],
    };
    let count = |state: &str| counts.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count);
    let (due, parked) = (count("due"), count("parked"));
    let late = oldest.is_some_and(|at| now - at > LATE);
    let mut findings = vec![if late {
        Finding::warning(
            "queue",
            format!(
                "{due} envois attendent, certains depuis plus d'une heure : le nœud marche-t-il (maillage serve) ?"
            ),
            format!("{due} deliveries wait, some for more than an hour: does the node run (maillage serve)?"),
        )
    } else {
        Finding::good("queue", format!("{due} envois attendent"), format!("{due} deliveries wait"))
    }];
    let silent: Vec<&str> =
        peers.iter().filter(|peer| peer.failing_since.is_some()).map(|peer| peer.host.as_str()).collect();
    if !silent.is_empty() || parked > 0 {
        let names = silent.join(", ");
        findings.push(Finding::warning(
            "peers",
            format!("sans réponse : {names} ({parked} envois mis de côté ; ils partiront dès que ces serveurs répondront)."),
            format!("no answer from: {names} ({parked} deliveries set aside; they leave as soon as these servers answer)."),
        ));
    }
    let pending = FollowState::Pending.as_str();
    let waiting: Vec<&str> = follows
        .iter()
        .filter(|view| view.follow.state == pending && now - view.follow.created_at > LATE)
        .map(|view| view.actor.uri.as_str())
        .collect();
    if !waiting.is_empty() {
        let names = waiting.join(", ");
        findings.push(Finding::warning(
            "subscriptions",
            format!(
                "demandes d'abonnement sans réponse : {names}. Écrivez à ceux qui tiennent ces services."
            ),
            format!("subscriptions without an answer: {names}. Write to those who run these services."),
        ));
    }
    findings
}
