//! Reads of entries and items: lists, the moderation queue, one item with its history.

use super::revisions::History;
use super::{Db, Reads, Sight};
use crate::error::StoreError;
use crate::rows::{
    ActorRow, DecisionRow, EntryRow, ItemPlaceRow, ItemRow, ItemThemeRow, RevisionRow, ServiceRow,
};
use crate::schema::{
    actors, entries, item_places, item_themes, items, revision_contributors, revisions, services,
};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};
use maillage_domain::site::ListFilter;
use maillage_domain::text::fold;
use std::collections::BTreeMap;

/// An entry with its item and service, as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryView {
    /// The entry.
    pub entry: EntryRow,
    /// The item.
    pub item: ItemRow,
    /// The service it stands in.
    pub service: ServiceRow,
    /// The actor it comes from.
    pub origin: ActorRow,
    /// Theme slugs of the item, ancestors left out.
    pub themes: Vec<String>,
    /// Codes of the places where it is held, areas above left out.
    pub places: Vec<String>,
    /// Codes of the areas whose inhabitants are eligible, those above left out.
    pub eligible: Vec<String>,
}

/// One entry with all that a moderator looks at.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryDetail {
    /// The entry as in lists.
    pub view: EntryView,
    /// Revisions of an own item, latest first.
    pub revisions: Vec<RevisionRow>,
    /// Decisions on it, latest first.
    pub decisions: Vec<DecisionRow>,
    /// Keys of the accounts that had a hand in the latest revision: they do not decide on it.
    pub contributors: Vec<i64>,
}

/// A service that a site shows, and what of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Key of the service.
    pub service: i64,
    /// What is shown of it.
    pub filter: ListFilter,
}

/// A place in a list: the sort value and key of the last entry seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Sort value of the last entry.
    pub sort: i64,
    /// Its key.
    pub id: i64,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListOrder {
    /// Latest publication first.
    #[default]
    Newest,
    /// Next start first, from this moment (milliseconds) on.
    Upcoming {
        /// What has ended before is left out.
        from: i64,
    },
    /// By title.
    Title,
}

/// What a list of entries holds. Empty parts do not narrow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryQuery {
    /// Only these services; every one that is seen when none.
    pub services: Option<Vec<i64>>,
    /// Only these states; published when empty.
    pub states: Vec<&'static str>,
    /// Themes, places and types.
    pub filter: ListFilter,
    /// Only what one of these placements shows: all that a site holds. Nothing when there are none.
    pub placed: Option<Vec<Placed>>,
    /// A second filter that holds as well: what the visitor chose within a placement.
    pub chosen: ListFilter,
    /// Only what has all of these words, or words that begin like them, in its title; letter case and
    /// accents apart. The first eight count.
    pub words: String,
    /// Only what waits for a moderator, oldest first, of these states where some are named; of other
    /// people's services nothing waits.
    pub waiting: bool,
    /// Only these items, by key.
    pub items: Option<Vec<i64>>,
    /// Only own items (true) or only received ones (false).
    pub home: Option<bool>,
    /// Only what this subscription has brought, by its key.
    pub subscription: Option<i64>,
    /// Only what the service federates: own items and those it has announced.
    pub federated_only: bool,
    /// Only items entered by this account.
    pub author: Option<i64>,
    /// The order.
    pub order: ListOrder,
    /// Go on after this (orders `Newest` and the queue).
    pub after: Option<Cursor>,
    /// Skip as many (orders `Upcoming` and `Title`).
    pub offset: i64,
    /// At most as many; 0 for 50.
    pub limit: i64,
}

type Joined = diesel::dsl::InnerJoinQuerySource<entries::table, items::table>;
type Condition = Box<dyn BoxableExpression<Joined, Db, SqlType = Nullable<Bool>>>;

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
    let found = item_themes::table
        .filter(item_themes::item_id.eq(items::id))
        .filter(item_themes::theme.eq_any(themes.to_vec()));
    Box::new(diesel::dsl::exists(found).nullable())
}

fn with_place(codes: Vec<String>) -> Condition {
    let found = item_places::table
        .filter(item_places::item_id.eq(items::id))
        .filter(item_places::place.eq_any(codes));
    Box::new(diesel::dsl::exists(found).nullable())
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

fn conditions(query: &EntryQuery, sight: &Sight) -> Vec<Condition> {
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

/// An entry as readers see it: who decided, why and what still waits is told to the service's own
/// people alone.
fn without_workings(entry: EntryRow) -> EntryRow {
    EntryRow { queued_at: None, decided_by: String::new(), reason: None, subscription_id: None, ..entry }
}

/// The list query without order and limit, as a boxed query on entries and items.
macro_rules! listed {
    ($query:expr, $sight:expr) => {{
        let mut boxed = entries::table.inner_join(items::table).into_boxed::<Db>();
        for condition in conditions($query, $sight) {
            boxed = boxed.filter(condition);
        }
        boxed
    }};
}

impl Reads<'_> {
    /// The entries of a list, with the item, the service and the origin of each.
    ///
    /// # Errors
    /// Those of the database.
    pub fn entries(&mut self, query: &EntryQuery) -> Result<Vec<EntryView>, StoreError> {
        let sight = self.sight()?;
        let mut boxed = listed!(query, &sight);
        if let Some(Cursor { sort, id }) = query.after {
            // The last condition makes the keyset a search rather than a scan on SQLite.
            boxed = if query.waiting {
                let further =
                    entries::queued_at.gt(sort).or(entries::queued_at.eq(sort).and(entries::id.gt(id)));
                boxed.filter(further).filter(entries::queued_at.ge(sort))
            } else {
                let further = entries::sort_at.lt(sort).or(entries::sort_at.eq(sort).and(entries::id.lt(id)));
                boxed.filter(further).filter(entries::sort_at.le(sort))
            };
        }
        boxed = match (query.waiting, query.order) {
            (true, _) => boxed.order((entries::queued_at.asc(), entries::id.asc())),
            (_, ListOrder::Newest) => boxed.order((entries::sort_at.desc(), entries::id.desc())),
            // What says no date comes last, which the databases do not do alike by themselves.
            (_, ListOrder::Upcoming { .. }) => {
                boxed.order((items::starts_at.is_null().asc(), items::starts_at.asc(), entries::id.asc()))
            }
            (_, ListOrder::Title) => boxed.order((items::title_folded.asc(), entries::id.asc())),
        };
        let limit = if query.limit <= 0 { 50 } else { query.limit.min(500) };
        let rows: Vec<(EntryRow, ItemRow)> = boxed
            .offset(query.offset)
            .limit(limit)
            .select((EntryRow::as_select(), ItemRow::as_select()))
            .load(self.conn)?;
        self.views(rows, &sight)
    }

    /// How many entries a list holds, counted up to `cap` + 1 at most.
    ///
    /// # Errors
    /// Those of the database.
    pub fn count_entries(&mut self, query: &EntryQuery, cap: i64) -> Result<i64, StoreError> {
        let sight = self.sight()?;
        let ids: Vec<i64> = listed!(query, &sight).limit(cap + 1).select(entries::id).load(self.conn)?;
        Ok(i64::try_from(ids.len()).unwrap_or(i64::MAX))
    }

    /// Keys of the items of a list, at most `cap`, for counting facets.
    pub(super) fn listed_items(&mut self, query: &EntryQuery, cap: i64) -> Result<Vec<i64>, StoreError> {
        let sight = self.sight()?;
        Ok(listed!(query, &sight).limit(cap).select(items::id).load(self.conn)?)
    }

    fn views(&mut self, rows: Vec<(EntryRow, ItemRow)>, sight: &Sight) -> Result<Vec<EntryView>, StoreError> {
        let item_ids: Vec<i64> = rows.iter().map(|(_, item)| item.id).collect();
        let mut themes: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        let own: Vec<ItemThemeRow> = item_themes::table
            .filter(item_themes::item_id.eq_any(item_ids.clone()))
            .filter(item_themes::own.eq(true))
            .order(item_themes::id)
            .select(ItemThemeRow::as_select())
            .load(self.conn)?;
        own.into_iter().for_each(|row| themes.entry(row.item_id).or_default().push(row.theme));
        let mut places: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        let mut eligible: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        let own: Vec<ItemPlaceRow> = item_places::table
            .filter(item_places::item_id.eq_any(item_ids))
            .filter(item_places::own.eq(true))
            .filter(item_places::relation.eq_any(["held", "eligible"]))
            .order(item_places::id)
            .select(ItemPlaceRow::as_select())
            .load(self.conn)?;
        for row in own {
            let of_relation = if row.relation == "held" { &mut places } else { &mut eligible };
            of_relation.entry(row.item_id).or_default().push(row.place);
        }
        let service_ids: Vec<i64> = rows.iter().map(|(entry, _)| entry.service_id).collect();
        let services: Vec<ServiceRow> = services::table
            .filter(services::id.eq_any(service_ids))
            .select(ServiceRow::as_select())
            .load(self.conn)?;
        let actor_ids: Vec<i64> = rows.iter().map(|(_, item)| item.origin_actor_id).collect();
        let origins: Vec<ActorRow> = actors::table
            .filter(actors::id.eq_any(actor_ids))
            .select(ActorRow::as_select())
            .load(self.conn)?;
        rows.into_iter()
            .map(|(entry, item)| {
                let service = services
                    .iter()
                    .find(|s| s.id == entry.service_id)
                    .cloned()
                    .ok_or(StoreError::NotFound)?;
                let origin = origins
                    .iter()
                    .find(|a| a.id == item.origin_actor_id)
                    .cloned()
                    .ok_or(StoreError::NotFound)?;
                let themes = themes.get(&item.id).cloned().unwrap_or_default();
                let places = places.get(&item.id).cloned().unwrap_or_default();
                let eligible = eligible.get(&item.id).cloned().unwrap_or_default();
                let entry = if sight.works_in(service.id) { entry } else { without_workings(entry) };
                Ok(EntryView { entry, item, service, origin, themes, places, eligible })
            })
            .collect()
    }

    /// Every entry of an item that the viewer sees, whatever its state, the home service first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none to see.
    pub fn entries_of(&mut self, item_uid: &str) -> Result<Vec<EntryView>, StoreError> {
        let sight = self.sight()?;
        let rows: Vec<(EntryRow, ItemRow)> = entries::table
            .inner_join(items::table)
            .into_boxed::<Db>()
            .filter(visible(&sight))
            .filter(items::uid.eq(item_uid))
            .order((entries::home.desc(), entries::id.asc()))
            .select((EntryRow::as_select(), ItemRow::as_select()))
            .load(self.conn)?;
        if rows.is_empty() {
            return Err(StoreError::NotFound);
        }
        self.views(rows, &sight)
    }

    /// Whether an item was published where the viewer sees what is, and is so no longer: what its
    /// page says instead of pretending that it never was.
    ///
    /// # Errors
    /// Those of the database.
    pub fn was_withdrawn(&mut self, item_uid: &str) -> Result<bool, StoreError> {
        let sight = self.sight()?;
        let gone = entries::table
            .inner_join(items::table)
            .filter(items::uid.eq(item_uid))
            .filter(items::published_at.is_not_null().and(items::withdrawn_at.is_not_null()))
            .filter(items::visibility.eq("public"))
            .filter(entries::state.eq_any(["withdrawn", "expired"]))
            .filter(entries::service_id.eq_any(sight.published));
        Ok(diesel::select(diesel::dsl::exists(gone)).get_result(self.conn)?)
    }

    /// One entry with its history, for those who work on it. Readers who only see it published get
    /// no revisions and no decisions.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is not theirs to see.
    pub fn entry(&mut self, uid: &str) -> Result<EntryDetail, StoreError> {
        let sight = self.sight()?;
        let row: (EntryRow, ItemRow) = entries::table
            .inner_join(items::table)
            .into_boxed::<Db>()
            .filter(visible(&sight))
            .filter(entries::uid.eq(uid))
            .select((EntryRow::as_select(), ItemRow::as_select()))
            .first(self.conn)?;
        let view = self.views(vec![row], &sight)?.pop().ok_or(StoreError::NotFound)?;
        let service = view.entry.service_id;
        let History { revisions, decisions, contributors } =
            if sight.works_in(service) { self.history(view.item.id, service)? } else { History::default() };
        Ok(EntryDetail { view, revisions, decisions, contributors })
    }

    /// The item with this permanent id, when one of its entries is seen published; for the
    /// federation's object page.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn item_by_uri(&mut self, uri: &str) -> Result<EntryView, StoreError> {
        let sight = self.sight()?;
        let row: (EntryRow, ItemRow) = entries::table
            .inner_join(items::table)
            .into_boxed::<Db>()
            .filter(visible(&sight))
            .filter(items::uri.eq(uri))
            .filter(entries::state.eq("published"))
            .order((entries::home.desc(), entries::id.asc()))
            .select((EntryRow::as_select(), ItemRow::as_select()))
            .first(self.conn)?;
        self.views(vec![row], &sight)?.pop().ok_or(StoreError::NotFound)
    }

    /// The published entry of an item in a service.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn published_entry(&mut self, item: i64, service: i64) -> Result<EntryView, StoreError> {
        let sight = self.sight()?;
        let row: (EntryRow, ItemRow) = entries::table
            .inner_join(items::table)
            .into_boxed::<Db>()
            .filter(visible(&sight))
            .filter(entries::item_id.eq(item))
            .filter(entries::service_id.eq(service))
            .filter(entries::state.eq("published"))
            .select((EntryRow::as_select(), ItemRow::as_select()))
            .first(self.conn)?;
        self.views(vec![row], &sight)?.pop().ok_or(StoreError::NotFound)
    }
}
