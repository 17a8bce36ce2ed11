//! Federation in the back office: what we follow, who follows us, what is on its way.

pub(super) mod deliveries;
pub(super) mod followers;
pub(super) mod region;
pub(super) mod rules;
pub(super) mod subscribe;
pub(super) mod subscription;
pub(super) mod subscriptions;

use crate::views::{Tab, federation_tabs};
use crate::web::Desk;
use maillage_store::StoreError;
use maillage_store::read::{FollowerQuery, Reads};

/// States of deliveries that somebody has to look at.
const IN_TROUBLE: [&str; 2] = ["parked", "given_up"];

/// What the tabs count.
struct Counts {
    requests: u64,
    trouble: Option<u64>,
}

fn counts(reads: &mut Reads<'_>, administers: bool) -> Result<Counts, StoreError> {
    let waiting = FollowerQuery { state: Some("pending"), ..FollowerQuery::default() };
    let trouble = if administers {
        let by_state = reads.count_deliveries()?;
        let troubled = by_state.iter().filter(|(state, _)| IN_TROUBLE.contains(&state.as_str()));
        Some(troubled.map(|(_, count)| u64::try_from(*count).unwrap_or_default()).sum())
    } else {
        None
    };
    Ok(Counts {
        requests: u64::try_from(reads.count_listed_followers(&waiting)?).unwrap_or_default(),
        trouble,
    })
}

fn tabs(desk: &Desk, current: &str, counts: &Counts) -> Vec<Tab> {
    federation_tabs(desk.t, current, counts.requests, counts.trouble)
}
