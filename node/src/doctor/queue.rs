//! What is on its way to other servers, and what has stopped.

use super::finding::Finding;
use crate::node::Node;
use maillage_app::caller::Caller;
use maillage_domain::message::Message;
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
            let mails = reads.count_failed_mails()?;
            Ok((reads.count_deliveries()?, oldest, reads.peers()?, reads.follows()?, mails))
        })
        .await;
    let (counts, oldest, peers, follows, mails) = match found {
        Ok(found) => found,
        Err(error) => return vec![Finding::of_failure("queue", &error.into())],
    };
    let count = |state: &str| counts.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count);
    let (due, parked) = (count("due"), count("parked"));
    let silent: Vec<&str> =
        peers.iter().filter(|peer| peer.failing_since.is_some()).map(|peer| peer.host.as_str()).collect();
    let mut findings = vec![waiting(due, &oldest, &silent, now)];
    findings.extend(unanswering(&silent, parked));
    if mails > 0 {
        findings.push(Finding::warning(
            "mail",
            format!("messages abandonnés : {mails}. Voyez la page Courrier des réglages, qui dit pourquoi."),
            format!("mails that were given up: {mails}. See the page Mail of the settings, which says why."),
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

/// What is said of servers that do not answer, and of what was set aside for them. Deliveries may be set
/// aside for servers that have not been asked again since.
fn unanswering(silent: &[&str], parked: i64) -> Option<Finding> {
    let aside = deliveries(parked, ("mis de côté", "mis de côté"), ("is set aside", "are set aside"));
    let names = silent.join(", ");
    let (fr, en) = match (silent.is_empty(), parked > 0) {
        (true, false) => return None,
        (true, true) => (
            format!(
                "{} pour des serveurs qui ne répondaient pas ; cela partira dès qu'ils répondront.",
                aside.fr
            ),
            format!("{} for servers that did not answer; that leaves as soon as they do.", aside.en),
        ),
        (false, false) => (format!("sans réponse : {names}."), format!("no answer from: {names}.")),
        (false, true) => (
            format!("sans réponse : {names} ({} ; cela partira dès que ces serveurs répondront).", aside.fr),
            format!("no answer from: {names} ({}; that leaves as soon as these servers answer).", aside.en),
        ),
    };
    Some(Finding::warning("peers", fr, en))
}

/// A number of deliveries and what they do, each in singular and plural. French has the singular for none.
fn deliveries(count: i64, fr: (&str, &str), en: (&str, &str)) -> Message {
    let (noun_fr, does_fr) = if count < 2 { ("envoi", fr.0) } else { ("envois", fr.1) };
    let (noun_en, does_en) = if count == 1 { ("delivery", en.0) } else { ("deliveries", en.1) };
    Message::new(format!("{count} {noun_fr} {does_fr}"), format!("{count} {noun_en} {does_en}"))
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
    let Message { fr, en } = deliveries(due, ("attend", "attendent"), ("waits", "wait"));
    if late.peek().is_none() {
        return Finding::good("queue", fr, en);
    }
    if late.all(|host| silent.contains(&host.as_str())) {
        return Finding::warning(
            "queue",
            format!(
                "{fr}, certains depuis plus d'une heure, pour des serveurs qui ne répondent pas (voir peers). Le nœud les renverra de lui-même ; prévenez ceux qui tiennent ces serveurs."
            ),
            format!(
                "{en}, some for more than an hour, for servers that do not answer (see peers). The node sends them again by itself; tell those who run these servers."
            ),
        );
    }
    Finding::warning(
        "queue",
        format!("{fr}, certains depuis plus d'une heure : le nœud marche-t-il (maillage serve) ?"),
        format!("{en}, some for more than an hour: does the node run (maillage serve)?"),
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

    #[test]
    fn what_is_set_aside_is_told_with_the_servers_where_they_are_known() {
        let said = |silent: &[&str], parked| unanswering(silent, parked).map(|finding| finding.message);
        assert_eq!(said(&[], 0), None);
        let alone = said(&[], 2).unwrap();
        assert!(alone.fr.starts_with("2 envois mis de côté pour des serveurs"), "{alone}");
        assert!(alone.en.starts_with("2 deliveries are set aside for servers"), "{alone}");
        let silent = said(&["a.example"], 0).unwrap();
        assert_eq!(silent, Message::new("sans réponse : a.example.", "no answer from: a.example."));
        let both = said(&["a.example", "b.example"], 1).unwrap();
        assert!(both.fr.starts_with("sans réponse : a.example, b.example (1 envoi mis de côté ;"), "{both}");
        assert!(both.en.contains("(1 delivery is set aside;"), "{both}");
    }
}
