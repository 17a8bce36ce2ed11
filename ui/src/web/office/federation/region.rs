//! The partners of the node at a glance: whom it follows, who follows it, and whether it goes well.

use super::subscriptions::Found;
use crate::views::{Health, Partner, Region};
use crate::web::Desk;
use crate::web::office::lines::ago;
use maillage_store::StoreError;
use maillage_store::read::{FollowerQuery, FollowerView, Reads};
use maillage_store::rows::PeerRow;
use std::collections::BTreeMap;

/// Followers looked at.
const FOLLOWERS: i64 = 500;

/// What is known of another node.
#[derive(Debug, Default)]
struct Seen {
    name: String,
    follows: u64,
    followed: u64,
    waiting: bool,
    stopped: bool,
    peer: Option<PeerRow>,
    /// When something was last exchanged, in milliseconds.
    last: Option<i64>,
}

/// Followers, and what is known of their servers.
pub(super) struct Around {
    followers: Vec<FollowerView>,
    peers: BTreeMap<String, PeerRow>,
}

/// Reads what the picture is made from beside the subscriptions.
///
/// # Errors
/// Those of the database.
pub(super) fn read(reads: &mut Reads<'_>, found: &[Found]) -> Result<Around, StoreError> {
    let accepted = FollowerQuery { state: Some("accepted"), limit: FOLLOWERS, ..FollowerQuery::default() };
    let followers = reads.listed_followers(&accepted)?;
    let hosts = found.iter().filter(|one| one.view.follow.is_some()).map(|one| one.view.source.host.clone());
    let hosts =
        hosts.chain(followers.iter().filter(|view| is_node(view)).map(|view| view.actor.host.clone()));
    let mut peers = BTreeMap::new();
    for host in hosts {
        if !peers.contains_key(&host)
            && let Some(peer) = reads.peer(&host)?
        {
            peers.insert(host, peer);
        }
    }
    Ok(Around { followers, peers })
}

/// Whether a follower is a node or a service of one, and not the account of a person.
fn is_node(view: &FollowerView) -> bool {
    !view.actor.local && matches!(view.actor.kind.as_str(), "Application" | "Service")
}

/// The picture of the region.
pub(super) fn region(desk: &Desk, found: &[Found], around: &Around) -> Region {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for one in found {
        let Some(follow) = &one.view.follow else { continue };
        let partner = seen.entry(one.view.source.host.clone()).or_default();
        partner.follows += 1;
        partner.waiting |= follow.state == "pending";
        partner.stopped |= follow.state == "rejected" || one.view.source.gone;
        partner.last = partner.last.max(follow.exchanged_at);
    }
    let mut accounts = 0;
    for view in around.followers.iter().filter(|view| !view.actor.local) {
        if !is_node(view) {
            accounts += 1;
            continue;
        }
        let partner = seen.entry(view.actor.host.clone()).or_default();
        partner.followed += 1;
        if view.actor.kind == "Application" {
            partner.name.clone_from(&view.actor.name);
        }
    }
    for (host, partner) in &mut seen {
        partner.peer = around.peers.get(host).cloned();
        let answered = partner.peer.as_ref().and_then(|peer| peer.answered_at);
        partner.last = partner.last.max(answered);
    }
    let partners = seen.into_iter().map(|(host, seen)| partner(desk, host, &seen)).collect();
    Region::new(desk.t, desk.node_name(), partners, accounts)
}

fn partner(desk: &Desk, host: String, seen: &Seen) -> Partner {
    let t = desk.t;
    let (health, key) = match &seen.peer {
        Some(peer) if peer.blocked => (Health::Stopped, "partner-blocked"),
        Some(peer) if peer.failing_since.is_some() => (Health::Trouble, "partner-silent"),
        _ if seen.stopped => (Health::Stopped, "partner-refuses"),
        _ if seen.waiting => (Health::Waiting, "partner-waits"),
        _ => (Health::Well, "partner-well"),
    };
    Partner {
        name: if seen.name.is_empty() { host.clone() } else { seen.name.clone() },
        host,
        follows: seen.follows,
        followed: seen.followed,
        health,
        state: t.get(key),
        last: seen.last.map(|at| ago(desk, at)),
    }
}
