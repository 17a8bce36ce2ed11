//! The conditions of lists: which entries a viewer sees, and what a query narrows them to.

use super::entries::{EntryQuery, Placed};
use super::narrowing::tried;
use super::order::ListOrder;
use super::{Db, Sight};
use crate::schema::{entries, item_ages, items, revision_contributors, revisions};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};
use maillage_domain::site::ListFilter;

pub(crate) type Joined = diesel::dsl::InnerJoinQuerySource<entries::table, items::table>;
pub(crate) type Condition = Box<dyn BoxableExpression<Joined, Db, SqlType = Nullable<Bool>>>;

/// Whether an entry is in one of these states. Where the entries to look at are `named`, no index is to
/// lead to all that are in that state.
fn in_state(states: &[&'static str], named: bool) -> Condition {
    match (named, states) {
        (true, _) => Box::new(entries::state.concat("").eq_any(states.to_vec()).nullable()),
        (false, [one]) => Box::new(entries::state.eq(*one).nullable()),
        (false, _) => Box::new(entries::state.eq_any(states.to_vec()).nullable()),
    }
}

/// The one place that says which entries a viewer sees. A copy is never wider than its origin: of a
/// service open to everybody, what is not public itself is seen by those inside alone. `named` where the
/// entries to look at are named.
pub(super) fn visible(sight: &Sight, named: bool) -> Condition {
    let public = its_service().eq_any(sight.published.clone()).and(items::visibility.eq("public"));
    let published = || in_state(&["published"], named);
    let mut seen: Condition = Box::new(published().and(public.nullable()));
    if !sight.inner.is_empty() {
        let inner = its_service().eq_any(sight.inner.clone());
        // A partner was approved by the service in which an item is at home, not by those that took it.
        seen = if sight.home_only {
            let at_home = inner.and(entries::home.eq(true)).and(items::visibility.ne("private"));
            Box::new(seen.or(published().and(at_home.nullable())))
        } else {
            Box::new(seen.or(published().and(inner.nullable())))
        };
    }
    match worked_on(sight) {
        Some(worked_on) => Box::new(seen.or(worked_on)),
        None => seen,
    }
}

/// Entries that the viewer works on: every one of the services it moderates, its own elsewhere. None
/// for a viewer who works on nothing, which spares the database the question.
pub(super) fn worked_on(sight: &Sight) -> Option<Condition> {
    let everything: Option<Condition> = (!sight.everything.is_empty())
        .then(|| -> Condition { Box::new(entries::service_id.eq_any(sight.everything.clone()).nullable()) });
    let own: Option<Condition> = (!sight.own.is_empty()).then(|| -> Condition {
        let mine = entries::service_id.eq_any(sight.own.clone()).and(written_by(sight.account));
        Box::new(mine.nullable())
    });
    match (everything, own) {
        (Some(everything), Some(own)) => Some(Box::new(everything.or(own))),
        (everything, own) => everything.or(own),
    }
}

/// The same for a query that joins more than entries and items; the viewer works on something.
macro_rules! worked_on_by {
    ($sight:expr) => {
        its_service()
            .eq_any($sight.everything.clone())
            .or(its_service().eq_any($sight.own.clone()).and(written_by($sight.account)))
    };
}
pub(super) use worked_on_by;

fn nothing() -> Condition {
    Box::new(entries::id.eq(0).nullable())
}

/// Whether an account has written in any version of an item.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn written_by(account: i64) -> _ {
    diesel::dsl::exists(
        revision_contributors::table
            .inner_join(revisions::table.on(revisions::id.eq(revision_contributors::revision_id)))
            .filter(revisions::item_id.eq(items::id))
            .filter(revision_contributors::account_id.eq(account)),
    )
}

/// The service of an entry, for a list over several: the databases then go by the order of the list, and
/// not by the services one after the other, which they would have to sort.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn its_service() -> _ {
    entries::service_id + 0_i64
}

fn of_types(filter: &ListFilter) -> Option<Condition> {
    let wanted = || -> Condition { Box::new(items::type_slug.eq_any(filter.types.clone()).nullable()) };
    (!filter.types.is_empty()).then(wanted)
}

/// What any of these placements shows.
fn shown_by(placed: &[Placed]) -> Condition {
    placed.iter().fold(nothing(), |shown, one| {
        let of_service: Condition = Box::new(its_service().eq(one.service).nullable());
        let this = tried(&one.filter)
            .into_iter()
            .chain(of_types(&one.filter))
            .fold(of_service, |all, part| -> Condition { Box::new(all.and(part)) });
        Box::new(shown.or(this))
    })
}

/// What a list demands of its entries, less what narrows it by words, themes and places; `named` where the
/// items to be looked at are named.
pub(super) fn conditions(query: &EntryQuery, sight: &Sight, named: bool) -> Vec<Condition> {
    // That a correction of a published item waits is known to those who work on it alone.
    let mut all: Vec<Condition> =
        vec![if query.waiting { worked_on(sight).unwrap_or_else(nothing) } else { visible(sight, named) }];
    match query.services.as_deref() {
        // Only these items are looked at, or only this service, or all in the order of the list.
        Some(services) if named || services.len() > 1 => {
            all.push(Box::new(its_service().eq_any(services.to_vec()).nullable()));
        }
        Some(services) => all.push(Box::new(entries::service_id.eq_any(services.to_vec()).nullable())),
        None => {}
    }
    if query.waiting {
        all.push(Box::new(entries::queued_at.is_not_null().nullable()));
    }
    let states = match (query.waiting, query.states.as_slice()) {
        (false, []) => vec!["published"],
        (_, states) => states.to_vec(),
    };
    if !states.is_empty() {
        all.push(in_state(&states, named));
    }
    if let Some(items) = &query.items {
        all.push(Box::new(entries::item_id.eq_any(items.clone()).nullable()));
    }
    if let Some(home) = query.home {
        all.push(Box::new(entries::home.eq(home).nullable()));
    }
    if let Some(subscription) = query.subscription {
        all.push(Box::new(entries::subscription_id.eq(subscription)));
    }
    all.extend(query.placed.as_deref().map(shown_by));
    all.extend([&query.filter, &query.chosen].into_iter().filter_map(of_types));
    if query.federated_only {
        all.push(Box::new(entries::home.eq(true).or(entries::announce_uri.is_not_null()).nullable()));
    }
    if let Some(account) = query.author {
        all.push(Box::new(written_by(account).nullable()));
    }
    if query.front_only {
        let hidden = item_ages::table
            .filter(item_ages::item_id.eq(items::id))
            .filter(item_ages::hidden_at.is_not_null());
        all.push(Box::new(diesel::dsl::not(diesel::dsl::exists(hidden)).nullable()));
    }
    if let ListOrder::Deadline { from } = query.order {
        all.push(Box::new(entries::closes_at.ge(from).nullable()));
    }
    if let ListOrder::Upcoming { from } = query.order {
        all.push(Box::new(entries::over_at.ge(from).nullable()));
    }
    if let ListOrder::Within { from, to } = query.order {
        all.push(Box::new(entries::begins_at.lt(to).and(entries::over_at.ge(from)).nullable()));
    }
    all
}
