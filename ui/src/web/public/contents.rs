//! One page of a public list: read in one hop, and as a view.

use super::listing::Listing;
use super::period::{Period, View, capital};
use super::territory::{Asked, asked, wider};
use super::{COUNTED, PAGE, ZONE, agenda, cards, map};
use crate::i18n::Translator;
use crate::views::{Count, Empty, Follow, Icon, ItemCard, Link, Listed, SearchBox, SearchHint};
use crate::web::Visit;
use crate::web::known::Known;
use crate::web::places::{self, Meant};
use crate::web::time::moment;
use chrono::{DateTime, Utc};
use maillage_domain::french;
use maillage_domain::place::PlaceCode;
use maillage_domain::registry::Registry;
use maillage_domain::search::Question;
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, EntryView, Facets, GroundPlace, ListOrder, MapPlace, Reads};
use maillage_store::rows::PlaceRow;
use std::sync::Arc;

/// What stands on a page of a list.
pub(super) struct Contents {
    /// What was chosen.
    pub listing: Listing,
    /// The names of all that it speaks of.
    pub known: Known,
    total: Count,
    views: Vec<EntryView>,
    more: bool,
    facets: Facets,
    /// Of a list by date, the moment it was read at, in milliseconds.
    by_date: Option<i64>,
    /// Whether what it holds can stand on days.
    has_days: bool,
    /// Whether it ends on days.
    has_deadlines: bool,
    /// The month or week that is shown of it.
    period: Option<Period>,
    /// The communes where what it holds is, and those around, where it is shown as a map.
    map: Option<(Vec<MapPlace>, Vec<GroundPlace>)>,
    /// Places that the words may have meant.
    perhaps: Vec<PlaceCode>,
    /// Places that the name of the middle may have meant.
    around_perhaps: Vec<PlaceCode>,
    /// Larger areas around a short list.
    wider: Vec<(PlaceCode, u64)>,
}

/// What a visit of a list comes to.
pub(super) enum Outcome {
    /// The list.
    List(Box<Contents>),
    /// The address of another list: that of the place which was asked for as a word, or the last page.
    Elsewhere(String),
}

/// The page of a list; `around` says what the list holds before anything was chosen.
///
/// # Errors
/// Those of the database.
pub(super) fn read(
    reads: &mut Reads<'_>,
    t: Translator,
    registry: &Arc<Registry>,
    mut listing: Listing,
    around: EntryQuery,
    now: DateTime<Utc>,
) -> Result<Outcome, StoreError> {
    // By date, or all that a site shows.
    let has_days = matches!(around.order, ListOrder::Upcoming { .. }) || around.placed.is_some();
    if !has_days && listing.view != View::Map {
        listing.view = View::List;
    }
    let period = Period::of(listing.view, &listing.at, now);
    if period.is_some() {
        listing.page = 1;
    }
    let meant = match listing.words_only || listing.query.is_empty() {
        true => Asked::Words,
        false => asked(reads, &listing.query)?,
    };
    if let Asked::Places(places) = &meant {
        return Ok(Outcome::Elsewhere(listing.at_places(places).href()));
    }
    let mut around_perhaps = Vec::new();
    if !listing.around.named.is_empty() {
        match places::understand(reads, &listing.around.named)? {
            Meant::One(place) => return Ok(Outcome::Elsewhere(listing.near(&place).href())),
            Meant::Several(found) => around_perhaps = codes_of(&found),
            Meant::Nobody => {}
        }
    }
    let query = match &period {
        Some(period) => {
            let (from, to) = period.bounds();
            let order = ListOrder::Within { from, to };
            EntryQuery { order, limit: agenda::MOST, ..listing.entry_query(around.clone()) }
        }
        None => listing.entry_query(around.clone()),
    };
    let mut views = reads.entries(&query)?;
    let perhaps = match meant {
        // Nothing is called so, but a place elsewhere is.
        Asked::Perhaps(places) if views.is_empty() && places.len() == 1 && listing.page == 1 => {
            return Ok(Outcome::Elsewhere(listing.at_places(&places).href()));
        }
        Asked::Perhaps(places) => codes_of(&places),
        _ => Vec::new(),
    };
    if views.is_empty() && listing.page > 1 {
        // The list has become shorter, or the address was typed: its last page, of a long list the last one
        // that is counted.
        let last =
            count(reads, &EntryQuery { offset: 0, ..query }, COUNTED)?.value.div_ceil(PAGE.unsigned_abs());
        return Ok(Outcome::Elsewhere(listing.turned(last.clamp(1, listing.page - 1))));
    }
    let total = count(reads, &query, COUNTED)?;
    let shown = if period.is_some() { agenda::MOST } else { PAGE }.unsigned_abs();
    let more = views.len() as u64 > shown || (period.is_some() && total.value > shown);
    views.truncate(usize::try_from(shown).unwrap_or(usize::MAX));
    let wider = if period.is_some() { Vec::new() } else { wider(reads, &listing, &around, total.value)? };
    let facets = reads.facets(&query)?;
    let map = match listing.view {
        View::Map => Some(reads.map(&query)?),
        _ => None,
    };
    let spoken: Vec<String> = listing
        .places
        .iter()
        .chain(&perhaps)
        .chain(&around_perhaps)
        .chain(&listing.around.near)
        .chain(wider.iter().map(|(area, _)| area))
        .map(ToString::to_string)
        .chain(facets.places.iter().map(|one| one.code.clone()))
        .collect();
    let known = cards::known(reads, t, registry, &views, &spoken)?;
    let by_date = match around.order {
        ListOrder::Upcoming { from } => Some(from),
        _ => None,
    };
    Ok(Outcome::List(Box::new(Contents {
        listing,
        known,
        total,
        views,
        more,
        facets,
        by_date,
        has_days,
        has_deadlines: matches!(around.order, ListOrder::Deadline { .. }),
        period,
        map,
        perhaps,
        around_perhaps,
        wider,
    })))
}

fn codes_of(places: &[PlaceRow]) -> Vec<PlaceCode> {
    places.iter().filter_map(|place| place.code.parse().ok()).collect()
}

/// How many items a list holds, as it is told: up to `most`.
///
/// # Errors
/// Those of the database.
pub(super) fn count(reads: &mut Reads<'_>, query: &EntryQuery, most: i64) -> Result<Count, StoreError> {
    let found = reads.count_entries(query, most)?;
    Ok(Count { value: found.min(most).unsigned_abs(), capped: found > most })
}

/// "Décembre 2026", or what is told of what has begun or says no date.
fn month_of(t: Translator, view: &EntryView, now: i64) -> String {
    let zone = view.item.timezone.parse().unwrap_or(ZONE);
    match view.item.starts_at {
        None => t.get("list-undated"),
        Some(start) if start < now => t.get("list-under-way"),
        Some(start) => capital(&french::month(moment(start).with_timezone(&zone).date_naive(), t.locale)),
    }
}

impl Contents {
    /// Whether something of it names a commune.
    fn has_places(&self) -> bool {
        self.listing.view == View::Map
            || self.facets.places.iter().any(|one| one.code.starts_with("commune:"))
    }

    /// Whether what it holds can be told by a calendar.
    pub fn has_dates(&self) -> bool {
        self.has_days || self.has_deadlines
    }

    /// The list as a view, within a site or the node itself; `with_kind` says what each item is, for
    /// lists over several types.
    pub fn listed(&self, visit: &Visit, site: Option<&str>, with_kind: bool, follow: Follow) -> Listed {
        let (t, listing) = (visit.t, &self.listing);
        let drawn = self.period.map(|period| {
            let (known, views, more) = (&self.known, self.views.as_slice(), self.more);
            agenda::Drawn { visit, known, listing, site, period, views, more }.agenda()
        });
        let map = self.map.as_ref().and_then(|(places, ground)| map::map(t, listing, places, ground));
        let as_list = drawn.is_none() && map.is_none();
        Listed {
            search: SearchBox {
                t,
                action: listing.path.clone(),
                query: listing.query.clone(),
                keep: listing.kept(),
                hints: self.hints(t),
            },
            total: self.total,
            active: listing.active(t, &self.known),
            clear_href: listing.path.clone(),
            facets: listing.facets(t, &self.facets, &self.known, self.total),
            around: Some(listing.around.form(listing, t, &self.known, self.is_nowhere())),
            tabs: agenda::tabs(t, listing, self.has_days, self.has_places()),
            agenda: drawn,
            map,
            items: if as_list { self.cards(visit, site, with_kind) } else { Vec::new() },
            empty: self.empty(t),
            paging: if as_list { listing.paging(t, self.total, self.more) } else { Default::default() },
            follow,
        }
    }

    /// The items; those of a list by date in parts, one for each month.
    fn cards(&self, visit: &Visit, site: Option<&str>, with_kind: bool) -> Vec<ItemCard> {
        let level = if self.by_date.is_some() { 3 } else { 2 };
        let (mut last, asked) = (String::new(), Question::read(&self.listing.query));
        let card = |view: &EntryView| {
            let mut card = cards::card(visit, &self.known, view, site, with_kind, level, &asked);
            if let Some(now) = self.by_date {
                let part = month_of(visit.t, view, now);
                if part != last {
                    card.group.clone_from(&part);
                    last = part;
                }
            }
            card
        };
        self.views.iter().map(card).collect()
    }

    /// Whether the middle of the surroundings is no place.
    fn is_nowhere(&self) -> bool {
        !self.listing.around.named.is_empty() && self.around_perhaps.is_empty()
    }

    /// What else may have been meant, and where else there is more.
    fn hints(&self, t: Translator) -> Vec<SearchHint> {
        let listing = &self.listing;
        let mut hints = Vec::new();
        if !listing.said.is_empty() {
            hints.push(SearchHint {
                text: t.with("search-meant-place", "words", &listing.said),
                links: vec![Link::new(t.get("search-as-words"), listing.as_words().href())],
            });
        }
        if !self.perhaps.is_empty() {
            let link = |code: &PlaceCode| {
                let there = Listing { query: String::new(), ..listing.at(vec![code.clone()]) };
                Link::new(self.known.place_name(code.as_str()), there.href())
            };
            hints.push(SearchHint {
                text: t.get("search-places"),
                links: self.perhaps.iter().map(link).collect(),
            });
        }
        if !self.around_perhaps.is_empty() {
            let link = |code: &PlaceCode| {
                let mut there = listing.at(listing.places.clone());
                (there.around.near, there.around.named) = (Some(code.clone()), String::new());
                Link::new(self.known.place_name(code.as_str()), there.href())
            };
            hints.push(SearchHint {
                text: t.with("near-several", "name", &listing.around.named),
                links: self.around_perhaps.iter().map(link).collect(),
            });
        }
        if !self.wider.is_empty() {
            let link = |(area, count): &(PlaceCode, u64)| {
                let label =
                    format!("{} ({})", self.known.place_name(area.as_str()), Count::exact(*count).items(t));
                Link::new(label, listing.at(vec![area.clone()]).href())
            };
            hints.push(SearchHint {
                text: t.get("search-wider"),
                links: self.wider.iter().map(link).collect(),
            });
        }
        hints
    }

    fn empty(&self, t: Translator) -> Empty {
        if self.listing.is_narrowed() {
            return Empty {
                icon: Icon("search"),
                title: t.get("list-nothing-found"),
                text: t.get("list-nothing-found-text"),
                action: Some(Link::new(t.get("filters-clear"), &self.listing.path)),
            };
        }
        Empty {
            icon: Icon("clock"),
            title: t.get("list-empty"),
            text: t.get("list-empty-text"),
            action: None,
        }
    }
}
