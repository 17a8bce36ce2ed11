//! GET /office/federation: what we follow, what happens to it, and how it goes.

use super::{counts, region, tabs};
use crate::i18n::{When, age, straight};
use crate::paths;
use crate::sentence;
use crate::views::{Count, Empty, Health, Icon, Link, OfficeSection, SubscriptionLine, SubscriptionsPage};
use crate::web::office::known::{Known, places_of_rules};
use crate::web::office::lines::ago;
use crate::web::office::service::{COUNTED, count};
use crate::web::office::standing::{Standing, overseers_only};
use crate::web::time::moment;
use crate::web::{Desk, WebError};
use actix_web::HttpResponse;
use maillage_domain::role::Action;
use maillage_domain::rule::RuleSet;
use maillage_domain::subscription::{FollowState, TrustLevel};
use maillage_domain::workflow::EntryState;
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, Reads, SubscriptionView};
use maillage_store::rows::PeerRow;

/// A subscription with what is counted of it.
pub(super) struct Found {
    /// The subscription.
    pub view: SubscriptionView,
    rules: RuleSet,
    taken: Count,
    waiting: Count,
    left: Count,
    peer: Option<PeerRow>,
    /// When something was last heard from a service of this node, in milliseconds.
    latest: Option<i64>,
    may_manage: bool,
}

/// GET /office/federation
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`].
pub(in crate::web::office) async fn list(desk: Desk) -> Result<HttpResponse, WebError> {
    overseers_only(&desk)?;
    let (t, registry) = (desk.t, desk.app().registry().clone());
    let (account, administers) = (desk.account_id(), desk.administers());
    let read = desk.reads().run(move |reads| {
        let mut found = Vec::new();
        for view in reads.subscriptions(None)? {
            found.push(look(reads, view, account, administers)?);
        }
        let codes: Vec<String> = found.iter().flat_map(|one| places_of_rules(&one.rules)).collect();
        let around = region::read(reads, &found)?;
        Ok((Known::read(reads, t, &registry, &codes)?, counts(reads, administers)?, around, found))
    });
    let (known, counts, around, found) = read.await?;
    let page = SubscriptionsPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Federation, Vec::new()),
        tabs: tabs(&desk, paths::FEDERATION, &counts),
        region: region::region(&desk, &found, &around),
        lines: found.iter().map(|found| line(&desk, &known, found)).collect(),
        empty: Empty {
            icon: Icon("network"),
            title: t.get("subscriptions-none"),
            text: t.get("subscriptions-none-hint"),
            action: Some(Link::new(t.get("subscription-new"), paths::SUBSCRIBE)),
        },
    };
    desk.page(&page)
}

fn look(
    reads: &mut Reads<'_>,
    view: SubscriptionView,
    account: i64,
    administers: bool,
) -> Result<Found, StoreError> {
    let all = EntryState::ALL.iter().map(|state| state.as_str()).collect::<Vec<_>>();
    let brought = EntryQuery { subscription: Some(view.subscription.id), ..EntryQuery::default() };
    let newest = reads.entries(&EntryQuery { states: all, limit: 1, ..brought.clone() })?.pop();
    let mut counted = |state: EntryState| -> Result<Count, StoreError> {
        let query = EntryQuery { states: vec![state.as_str()], ..brought.clone() };
        Ok(count(reads.count_entries(&query, COUNTED)?, COUNTED))
    };
    let (waiting, left) = (counted(EntryState::Submitted)?, counted(EntryState::Ignored)?);
    let standing = Standing::of(reads, view.service.clone(), account, administers)?;
    Ok(Found {
        rules: serde_json::from_str(&view.subscription.rules).unwrap_or_default(),
        taken: count(reads.count_entries(&brought, COUNTED)?, COUNTED),
        waiting,
        left,
        peer: reads.peer(&view.source.host)?,
        latest: newest.map(|newest| newest.entry.created_at),
        may_manage: standing.may(Action::Manage),
        view,
    })
}

fn line(desk: &Desk, known: &Known, found: &Found) -> SubscriptionLine {
    let (subscription, source) = (&found.view.subscription, &found.view.source);
    let path = paths::subscription(&subscription.uid);
    let trust = subscription.trust.parse().unwrap_or(TrustLevel::Hold);
    let (health, state) = health(desk, found);
    SubscriptionLine {
        link: Link::new(&source.name, if found.may_manage { path.clone() } else { String::new() }),
        handle: straight(&format!("@{}@{}", source.username, source.host)),
        into: found.view.service.title.clone(),
        rules: sentence::subscription(desk.t, known, trust, &found.rules, crate::web::office::ZONE),
        health,
        state,
        last: last(desk, found),
        taken: found.taken,
        waiting: found.waiting,
        left: found.left,
        remove_action: found.may_manage.then(|| format!("{path}/remove")),
    }
}

fn last(desk: &Desk, found: &Found) -> Option<When> {
    let heard = match &found.view.follow {
        Some(follow) => follow.exchanged_at,
        None => found.latest,
    };
    heard.map(|at| ago(desk, at))
}

/// How a subscription goes, and the same in words.
fn health(desk: &Desk, found: &Found) -> (Health, String) {
    let t = desk.t;
    let Some(follow) = &found.view.follow else {
        return (Health::Well, t.get("follow-local"));
    };
    let host = &found.view.source.host;
    if found.view.source.gone {
        return (Health::Stopped, t.get("follow-gone"));
    }
    match FollowState::from_name(&follow.state) {
        FollowState::Pending => (Health::Waiting, t.with("follow-pending", "node", host)),
        FollowState::Rejected => (Health::Stopped, t.with("follow-rejected", "node", host)),
        FollowState::Accepted => match &found.peer {
            Some(peer) if peer.blocked => (Health::Stopped, t.with("follow-blocked", "node", host)),
            Some(PeerRow { failing_since: Some(since), .. }) => {
                let since = age(moment(*since), desk.app().now(), t);
                (Health::Trouble, t.with2("follow-silent", ("node", host), ("since", since)))
            }
            _ => (Health::Well, t.get("follow-well")),
        },
    }
}
