//! Reads of entries and items: lists, the moderation queue, one item with its history.

use super::around::{During, Near};
use super::conditions::{conditions, visible};
use super::narrowing::{Purpose, narrowed};
use super::order::{Cursor, ListOrder};
use super::revisions::History;
use super::{Db, Reads, Sight};
use crate::error::StoreError;
use crate::rows::{
    ActorRow, DecisionRow, EntryRow, ItemAgeRow, ItemPlaceRow, ItemRow, ItemThemeRow, RevisionRow, ServiceRow,
};
use crate::schema::{actors, entries, item_places, item_themes, items, services};
use diesel::prelude::*;
use maillage_domain::site::ListFilter;
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
    /// What its age has made of it; none before it was published.
    pub age: Option<ItemAgeRow>,
    /// When it is to be published, in milliseconds, for who works on it.
    pub publish_at: Option<i64>,
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
    /// Only what takes place between these days.
    pub during: Option<During>,
    /// Only what is held around this commune.
    pub near: Option<Near>,
    /// Only what has all of these words in its texts, in any of their forms, or words that begin like
    /// the last; what stands between quotes as a phrase. See [`maillage_domain::search::Question`].
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
    /// Without what is too old for the first page of a site.
    pub front_only: bool,
    /// Only items entered by this account.
    pub author: Option<i64>,
    /// The order.
    pub order: ListOrder,
    /// Go on after this (orders `Newest` and the queue).
    pub after: Option<Cursor>,
    /// Skip as many (the other orders).
    pub offset: i64,
    /// At most as many; 0 for 50.
    pub limit: i64,
}

/// An entry as readers see it: who decided, why and what still waits is told to the service's own
/// people alone.
fn without_workings(entry: EntryRow) -> EntryRow {
    EntryRow { queued_at: None, decided_by: String::new(), reason: None, subscription_id: None, ..entry }
}

/// The list query without order and limit, as a boxed query on entries and items.
macro_rules! listed {
    ($query:expr, $sight:expr, $narrowed:expr) => {{
        let mut boxed = entries::table.inner_join(items::table).into_boxed::<Db>();
        for condition in conditions($query, $sight, $narrowed.named).into_iter().chain($narrowed.conditions) {
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
        let narrowed = narrowed(&self.demands(query)?, Purpose::Page);
        let mut boxed = listed!(query, &sight, narrowed);
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
            // What says no date comes last.
            (_, ListOrder::Upcoming { .. } | ListOrder::Within { .. }) => {
                boxed.order((entries::begins_at.asc(), entries::id.asc()))
            }
            (_, ListOrder::Deadline { .. }) => boxed.order((entries::closes_at.asc(), entries::id.asc())),
            (_, ListOrder::Title) => boxed.order((entries::title_folded.asc(), entries::id.asc())),
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
        let found = self.listed_items(query, cap + 1)?;
        Ok(i64::try_from(found.len()).unwrap_or(i64::MAX))
    }

    /// Keys of the items of a list, one for each entry, at most `cap`, usually the latest: for counting
    /// them and their facets. Gone through once for both.
    pub(super) fn listed_items(&mut self, query: &EntryQuery, cap: i64) -> Result<Vec<i64>, StoreError> {
        let list = EntryQuery { offset: 0, limit: cap, after: None, ..query.clone() };
        if let Some(found) = self.known_items(query, cap) {
            return Ok(found);
        }
        let items = self.go_through(&list)?;
        self.gone_through.push((list, items.clone()));
        Ok(items)
    }

    /// The items of a list that was gone through as far.
    pub(super) fn known_items(&self, query: &EntryQuery, cap: i64) -> Option<Vec<i64>> {
        let list = |limit| EntryQuery { offset: 0, limit, after: None, ..query.clone() };
        let as_far = |(known, _): &&(EntryQuery, Vec<i64>)| known.limit >= cap && *known == list(known.limit);
        let (_, items) = self.gone_through.iter().find(as_far)?;
        Some(items.iter().take(usize::try_from(cap).unwrap_or(0)).copied().collect())
    }

    fn go_through(&mut self, list: &EntryQuery) -> Result<Vec<i64>, StoreError> {
        let (sight, demands) = (self.sight()?, self.demands(list)?);
        for purpose in [Purpose::Sample, Purpose::Wider, Purpose::Whole] {
            let narrowed = narrowed(&demands, purpose);
            let (is_part, named) = (narrowed.is_part, narrowed.named);
            let mut boxed = listed!(list, &sight, narrowed).limit(list.limit);
            if !named && list.order == ListOrder::Newest && !list.waiting {
                boxed = boxed.order((entries::sort_at.desc(), entries::id.desc()));
            }
            let found: Vec<i64> = boxed.select(entries::item_id).load(self.conn)?;
            if !is_part || i64::try_from(found.len()).is_ok_and(|found| found >= list.limit) {
                return Ok(found);
            }
        }
        Err(StoreError::internal("the whole of a list is no part of it"))
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
        let ages = self.ages(rows.iter().map(|(_, item)| item.id).collect())?;
        let scheduled = match sight.works_anywhere() {
            true => self.schedules_of(&rows.iter().map(|(entry, _)| entry.id).collect::<Vec<_>>())?,
            false => BTreeMap::new(),
        };
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
                Ok(EntryView {
                    publish_at: scheduled.get(&entry.id).map(|row| row.publish_at),
                    entry,
                    age: ages.get(&item.id).cloned(),
                    item,
                    service,
                    origin,
                    themes,
                    places,
                    eligible,
                })
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
            .filter(visible(&sight, true))
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
            .filter(visible(&sight, true))
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
            .filter(visible(&sight, true))
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
            .filter(visible(&sight, true))
            .filter(entries::item_id.eq(item))
            .filter(entries::service_id.eq(service))
            .filter(entries::state.eq("published"))
            .select((EntryRow::as_select(), ItemRow::as_select()))
            .first(self.conn)?;
        self.views(vec![row], &sight)?.pop().ok_or(StoreError::NotFound)
    }
}
