//! The conditions of lists: which entries a viewer sees, and what a query narrows them to.

use super::entries::{EntryQuery, ListOrder, Placed};
use super::{Db, Sight};
use crate::schema::{entries, item_places, item_themes, items, revision_contributors, revisions};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};
use maillage_domain::site::ListFilter;
use maillage_domain::text::fold;

pub(super) type Joined = diesel::dsl::InnerJoinQuerySource<entries::table, items::table>;
pub(super) type Condition = Box<dyn BoxableExpression<Joined, Db, SqlType = Nullable<Bool>>>;

/// The one place that says which entries a viewer sees. A copy is never wider than its origin: of a
/// service open to everybody, what is not public itself is seen by those inside alone.
pub(super) fn visible(sight: &Sight) -> Condition {
    let public = entries::state
        .eq("published")
        .and(entries::service_id.eq_any(sight.published.clone()))
        .and(items::visibility.eq("public"));
    let mut seen: Condition = Box::new(public.nullable());
    if !sight.inner.is_empty() {
        let inner = entries::state.eq("published").and(entries::service_id.eq_any(sight.inner.clone()));
        // A partner was approved by the service in which an item is at home, not by those that took it.
        seen = if sight.home_only {
            Box::new(
                seen.or(inner.and(entries::home.eq(true)).and(items::visibility.ne("private")).nullable()),
            )
        } else {
            Box::new(seen.or(inner.nullable()))
        };
    }
    match worked_on(sight) {
        Some(worked_on) => Box::new(seen.or(worked_on)),
        None => seen,
    }
}

/// Entries that the viewer works on: every one of the services it moderates, its own elsewhere. None
/// for a viewer who works on nothing, which spares the database the question.
fn worked_on(sight: &Sight) -> Option<Condition> {
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

fn nothing() -> Condition {
    Box::new(entries::id.eq(0).nullable())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn written_by(account: i64) -> _ {
    diesel::dsl::exists(
        revision_contributors::table
            .inner_join(revisions::table.on(revisions::id.eq(revision_contributors::revision_id)))
            .filter(revisions::item_id.eq(items::id))
            .filter(revision_contributors::account_id.eq(account)),
    )
}

fn with_theme(themes: &[String]) -> Condition {
    let found =
        item_themes::table.filter(item_themes::theme.eq_any(themes.to_vec())).select(item_themes::item_id);
    Box::new(items::id.eq_any(found).nullable())
}

fn with_place(codes: Vec<String>) -> Condition {
    let found = item_places::table.filter(item_places::place.eq_any(codes)).select(item_places::item_id);
    Box::new(items::id.eq_any(found).nullable())
}

fn narrowed(filter: &ListFilter) -> Vec<Condition> {
    let mut all: Vec<Condition> = Vec::new();
    if !filter.themes.is_empty() {
        all.push(with_theme(&filter.themes));
    }
    if !filter.places.is_empty() {
        all.push(with_place(filter.places.iter().map(ToString::to_string).collect()));
    }
    if !filter.types.is_empty() {
        all.push(Box::new(items::type_slug.eq_any(filter.types.clone()).nullable()));
    }
    all
}

/// What any of these placements shows.
fn shown_by(placed: &[Placed]) -> Condition {
    placed.iter().fold(nothing(), |shown, one| {
        let of_service: Condition = Box::new(entries::service_id.eq(one.service).nullable());
        let this = narrowed(&one.filter)
            .into_iter()
            .fold(of_service, |all, part| -> Condition { Box::new(all.and(part)) });
        Box::new(shown.or(this))
    })
}

pub(super) fn conditions(query: &EntryQuery, sight: &Sight) -> Vec<Condition> {
    // That a correction of a published item waits is known to those who work on it alone.
    let mut all: Vec<Condition> =
        vec![if query.waiting { worked_on(sight).unwrap_or_else(nothing) } else { visible(sight) }];
    if let Some(services) = &query.services {
        all.push(Box::new(entries::service_id.eq_any(services.clone()).nullable()));
    }
    if query.waiting {
        all.push(Box::new(entries::queued_at.is_not_null().nullable()));
    }
    let states = match (query.waiting, query.states.as_slice()) {
        (false, []) => vec!["published"],
        (_, states) => states.to_vec(),
    };
    if !states.is_empty() {
        all.push(Box::new(entries::state.eq_any(states).nullable()));
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
    // Folded text holds letters, digits and single spaces: nothing that a pattern would take for more.
    for word in fold(&query.words).split(' ').filter(|word| !word.is_empty()).take(8) {
        let (first, later) = (format!("{word}%"), format!("% {word}%"));
        all.push(Box::new(items::title_folded.like(first).or(items::title_folded.like(later)).nullable()));
    }
    all.extend(query.placed.as_deref().map(shown_by));
    all.extend(narrowed(&query.filter));
    all.extend(narrowed(&query.chosen));
    if query.federated_only {
        all.push(Box::new(entries::home.eq(true).or(entries::announce_uri.is_not_null()).nullable()));
    }
    if let Some(account) = query.author {
        all.push(Box::new(written_by(account).nullable()));
    }
    if let ListOrder::Upcoming { from } = query.order {
        let ahead = items::ends_at.ge(from).or(items::ends_at.is_null().and(items::starts_at.ge(from)));
        let undated = items::ends_at.is_null().and(items::starts_at.is_null());
        all.push(Box::new(ahead.or(undated.nullable())));
    }
    all
}
