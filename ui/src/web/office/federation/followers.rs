//! Who follows our services: requests, followers, the answer to either.

use super::{counts, tabs};
use crate::i18n::straight;
use crate::paths;
use crate::views::{Count, Empty, FollowLine, FollowersPage, Health, Icon, Link, OfficeSection};
use crate::web::office::keyset::Trail;
use crate::web::office::lines::ago;
use crate::web::office::standing::{Standing, overseers_only};
use crate::web::office::{PAGE, address};
use crate::web::{Desk, Posted, WebError};
use actix_web::{HttpResponse, web};
use maillage_domain::role::Action;
use maillage_store::StoreError;
use maillage_store::read::{Cursor, FollowerQuery, FollowerView, Reads};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Requests shown at once.
const REQUESTS: i64 = 100;

/// Where the page goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::office) struct Asked {
    after: String,
}

/// What is read for the page.
struct Found {
    counts: super::Counts,
    requests: Vec<FollowerView>,
    followers: Vec<FollowerView>,
    total: i64,
    standings: BTreeMap<i64, Standing>,
}

/// GET /office/federation/followers
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`].
pub(in crate::web::office) async fn list(
    desk: Desk,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    overseers_only(&desk)?;
    let trail = Trail::read(&asked.after);
    let (account, administers, after) = (desk.account_id(), desk.administers(), trail.after());
    let found = desk.reads().run(move |reads| find(reads, account, administers, after)).await?;
    let t = desk.t;
    let page_size = PAGE as usize;
    let last = found.followers.get(page_size - 1).filter(|_| found.followers.len() > page_size);
    let next = last.map(|view| Cursor { sort: view.follower.id, id: view.follower.id });
    let line = |view: &FollowerView| line(&desk, &found.standings, view);
    let page = FollowersPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Federation, Vec::new()),
        tabs: tabs(&desk, paths::FOLLOWERS, &found.counts),
        requests: found.requests.iter().map(line).collect(),
        followers: found.followers.iter().take(page_size).map(line).collect(),
        total: Count::exact(u64::try_from(found.total).unwrap_or_default()),
        empty: Empty {
            icon: Icon("network"),
            title: t.get("followers-none"),
            text: t.get("followers-none-hint"),
            action: Some(Link::new(t.get("nav-services"), paths::SERVICES)),
        },
        paging: trail.paging(t, next, |trail| address::with(paths::FOLLOWERS, &[("after", &trail.text())])),
    };
    desk.page(&page)
}

fn find(
    reads: &mut Reads<'_>,
    account: i64,
    administers: bool,
    after: Option<Cursor>,
) -> Result<Found, StoreError> {
    let of_state = |state| FollowerQuery { state: Some(state), ..FollowerQuery::default() };
    let accepted = of_state("accepted");
    let requests = reads.listed_followers(&FollowerQuery { limit: REQUESTS, ..of_state("pending") })?;
    let followers = reads.listed_followers(&FollowerQuery {
        after: after.map(|cursor| cursor.id),
        limit: PAGE + 1,
        ..accepted.clone()
    })?;
    let mut standings = BTreeMap::new();
    for service in reads.services()? {
        let standing = Standing::of(reads, service, account, administers)?;
        standings.insert(standing.service.id, standing);
    }
    Ok(Found {
        counts: counts(reads, administers)?,
        total: reads.count_listed_followers(&accepted)?,
        requests,
        followers,
        standings,
    })
}

fn line(desk: &Desk, standings: &BTreeMap<i64, Standing>, view: &FollowerView) -> FollowLine {
    let (t, actor) = (desk.t, &view.actor);
    let standing = standings.get(&view.follower.service_id);
    let may = standing.is_some_and(|standing| standing.may(Action::Manage));
    let waits = view.follower.state == "pending";
    let step = |step: &str| format!("{}/{}/{step}", paths::FOLLOWERS, view.follower.uid);
    FollowLine {
        name: if actor.name.is_empty() { actor.username.clone() } else { actor.name.clone() },
        handle: straight(&format!("@{}@{}", actor.username, actor.host)),
        href: actor.url.clone().unwrap_or_else(|| actor.uri.clone()),
        service: standing.map_or_else(String::new, |standing| standing.service.title.clone()),
        // Nodes follow by their Application actor, or one service another.
        node: matches!(actor.kind.as_str(), "Application" | "Service"),
        since: ago(desk, view.follower.created_at),
        health: match (waits, actor.gone) {
            (_, true) => Health::Stopped,
            (true, _) => Health::Waiting,
            (false, _) => Health::Well,
        },
        state: t.get(match (waits, actor.gone) {
            (_, true) => "follower-gone",
            (true, _) => "follower-asks",
            (false, _) => "follower-accepted",
        }),
        accept_action: (may && waits).then(|| step("accept")),
        reject_action: may.then(|| step("reject")),
    }
}

/// POST /office/federation/followers/{follower}/accept
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn accept(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    desk.app().accept_follower(&desk.caller(), &uid).await?;
    Ok(desk.done(paths::FOLLOWERS, desk.t.get("follower-was-accepted")))
}

/// POST /office/federation/followers/{follower}/reject
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn reject(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    desk.app().reject_follower(&desk.caller(), &uid).await?;
    Ok(desk.done(paths::FOLLOWERS, desk.t.get("follower-was-rejected")))
}
