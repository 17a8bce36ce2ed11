//! What is on its way to other servers, and what has stopped.

use super::finding::Finding;
use crate::node::Node;
use maillage_app::caller::Caller;
use maillage_domain::subscription::FollowState;
use maillage_store::StoreError;
use maillage_store::read::{DeliveryQuery, Reads};
use std::collections::BTreeMap;

/// Deliveries that wait longer than this are told: 1 hour, in milliseconds.
const LATE: i64 = 3_600 * 1_000;
/// Deliveries read at a time.
const PAGE: i64 = 500;

/// Checks the queue, the servers that do not answer, and the follows that nobody has accepted.
pub async fn check(node: &Node) -> Vec<Finding> {
    let now = node.app.now().timestamp_millis();
    let found = node
        .app
        .reads(Caller::Node.viewer())
        .run(|reads| {
            let oldest = oldest(reads)?;
            Ok((reads.count_deliveries()?, oldest, reads.peers()?, reads.follows()?))
        })
        .await;
    let (counts, oldest, peers, follows) = match found {
        Ok(found) => found,
        Err(error) => return vec![Finding::of_failure("queue", &error.into())],
    };
    let count = |state: &str| counts.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count);
    let (due, parked) = (count("due"), count("parked"));
    let silent: Vec<&str> =
        peers.iter().filter(|peer| peer.failing_since.is_some()).map(|peer| peer.host.as_str()).collect();
    let mut findings = vec![waiting(due, &oldest, &silent, now)];
    if !silent.is_empty() || parked > 0 {
        let names = silent.join(", ");
        findings.push(Finding::warning(
            "peers",
            format!("sans réponse : {names} ({parked} envois mis de côté ; ils partiront dès que ces serveurs répondront)."),
            format!("no answer from: {names} ({parked} deliveries set aside; they leave as soon as these servers answer)."),
        ));
    }
    let pending = FollowState::Pending.as_str();
    let unanswered: Vec<&str> = follows
        .iter()
        .filter(|view| view.follow.state == pending && now - view.follow.created_at > LATE)
        .map(|view| view.actor.uri.as_str())
        .collect();
    if !unanswered.is_empty() {
        let names = unanswered.join(", ");
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

/// Since when the oldest delivery to each host waits, in milliseconds since the epoch.
fn oldest(reads: &mut Reads<'_>) -> Result<BTreeMap<String, i64>, StoreError> {
    let mut oldest = BTreeMap::new();
    let mut asked = DeliveryQuery { state: Some("due".to_owned()), ..DeliveryQuery::default() };
    loop {
        // Lists begin with the latest, so that the oldest stand on the last page.
        let page = reads.listed_deliveries(&asked, PAGE)?;
        asked.after = page.last().map(|view| view.delivery.id);
        for view in page {
            let since = oldest.entry(view.delivery.host).or_insert(view.delivery.created_at);
            *since = view.delivery.created_at.min(*since);
        }
        if asked.after.is_none() {
            return Ok(oldest);
        }
    }
}

/// What is said of the deliveries that wait. Those to servers that answer leave within seconds while
/// the node runs; those to servers that do not answer wait for them.
fn waiting(due: i64, oldest: &BTreeMap<String, i64>, silent: &[&str], now: i64) -> Finding {
    let mut late = oldest.iter().filter(|(_, since)| now - **since > LATE).map(|(host, _)| host).peekable();
    if late.peek().is_none() {
        return Finding::good("queue", format!("{due} envois attendent"), format!("{due} deliveries wait"));
    }
    if late.all(|host| silent.contains(&host.as_str())) {
        return Finding::warning(
            "queue",
            format!(
                "{due} envois attendent, certains depuis plus d'une heure, pour des serveurs qui ne répondent pas (voir peers). Le nœud les renverra de lui-même ; prévenez ceux qui tiennent ces serveurs."
            ),
            format!(
                "{due} deliveries wait, some for more than an hour, for servers that do not answer (see peers). The node sends them again by itself; tell those who run these servers."
            ),
        );
    }
    Finding::warning(
        "queue",
        format!(
            "{due} envois attendent, certains depuis plus d'une heure : le nœud marche-t-il (maillage serve) ?"
        ),
        format!("{due} deliveries wait, some for more than an hour: does the node run (maillage serve)?"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Level;

    #[test]
    fn late_deliveries_are_told_with_what_they_wait_for() {
        let now = 10 * LATE;
        let said = |hosts: &[(&str, i64)], silent: &[&str]| {
            let oldest = hosts.iter().map(|(host, age)| ((*host).to_owned(), now - age)).collect();
            let finding = waiting(3, &oldest, silent, now);
            (finding.level, finding.message.en)
        };
        let (level, words) = said(&[("a.example", LATE), ("b.example", 0)], &["a.example"]);
        assert_eq!((level, words.as_str()), (Level::Good, "3 deliveries wait"));
        let (level, words) = said(&[("a.example", LATE + 1), ("b.example", 0)], &["a.example"]);
        assert!(level == Level::Warning && words.contains("do not answer"), "{words}");
        let (level, words) = said(&[("a.example", LATE + 1), ("b.example", LATE + 1)], &["a.example"]);
        assert!(level == Level::Warning && words.contains("does the node run"), "{words}");
    }
}
