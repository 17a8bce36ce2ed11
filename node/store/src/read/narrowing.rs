//! What narrows a list (words, themes, places), by the cheapest way to the same answer.
//!
//! What few items meet is looked up once, and the list goes through those. What very many meet is not: a
//! page looks at the items in the order of the list and tries each, and a count or a facet takes the latest
//! that meet it, unless what else narrows the list leaves too few of them.

use super::around::{During, among_held_in, held_in, latest_held_in};
use super::conditions::Condition;
use super::{EntryQuery, Reads};
use crate::dialect::search::Match;
use crate::error::StoreError;
use crate::schema::{entries, item_places, item_searches, item_themes, items};
use diesel::dsl::exists;
use diesel::prelude::*;
use maillage_domain::search::{Question, Term};
use maillage_domain::site::ListFilter;

/// More than this are very many. Above what lists are counted up to.
const MANY: i64 = 1_500;

/// The latest items of very many that are looked at where those are too few.
const WIDER: i64 = 8 * MANY;

/// One thing that an item has to meet.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Demand {
    /// Words, less their phrases.
    Words(Question, Match),
    /// Words that follow one another.
    Phrase(Vec<String>),
    /// One of these themes, or of those below.
    Themes(Vec<String>),
    /// One of these areas, or of the places in them.
    Places(Vec<String>),
    /// Days.
    During(During),
    /// Held in one of these communes.
    HeldIn(Vec<String>),
    /// Of one of these types.
    Types(Vec<String>),
}

/// A demand, with the latest items that meet it, whatever their state: all of them, or very many.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    demand: Demand,
    latest: Vec<i64>,
}

/// What a list is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A page of it, in its order.
    Page,
    /// As many of its items as are counted, of very many the latest.
    Sample,
    /// The same of more.
    Wider,
    /// All of its items.
    Whole,
}

impl Reads<'_> {
    /// What a list demands of its items, each measured once for all that is read of them.
    pub(super) fn demands(&mut self, query: &EntryQuery) -> Result<Vec<Measured>, StoreError> {
        let question = Question::read(&query.words);
        let mut demands = Vec::new();
        if !question.is_empty() {
            let phrases = question.phrases.clone();
            let matched = Match::of(self.conn, &question);
            demands.push(Demand::Words(question, matched));
            demands.extend(phrases.into_iter().map(Demand::Phrase));
        }
        demands.extend(demands_of(&query.filter));
        demands.extend(demands_of(&query.chosen));
        demands.extend(query.during.map(Demand::During));
        let types = Some(query.chosen.types.clone()).filter(|types| !types.is_empty());
        demands.extend(types.map(Demand::Types));
        if let Some(near) = &query.near {
            demands.push(Demand::HeldIn(self.communes_near(near)?));
        }
        demands.into_iter().map(|demand| self.measured(demand)).collect()
    }

    fn measured(&mut self, demand: Demand) -> Result<Measured, StoreError> {
        if let Some(known) = self.measured.iter().find(|known| known.demand == demand) {
            return Ok(known.clone());
        }
        let latest = match &demand {
            Demand::Words(_, matched) => matched.latest(self.conn, MANY)?,
            // Its words are measured.
            Demand::Phrase(_) => Vec::new(),
            Demand::Themes(themes) => item_themes::table
                .filter(item_themes::theme.eq_any(themes.clone()))
                .order(item_themes::item_id.desc())
                .distinct()
                .limit(MANY)
                .select(item_themes::item_id)
                .load(self.conn)?,
            Demand::Places(places) => item_places::table
                .filter(item_places::place.eq_any(places.clone()))
                .order(item_places::item_id.desc())
                .distinct()
                .limit(MANY)
                .select(item_places::item_id)
                .load(self.conn)?,
            Demand::During(during) => during.latest(self.conn, MANY)?,
            Demand::Types(types) => items::table
                .filter(items::type_slug.eq_any(types.clone()))
                .order(items::id.desc())
                .limit(MANY)
                .select(items::id)
                .load(self.conn)?,
            Demand::HeldIn(communes) => latest_held_in(self.conn, communes, MANY)?,
        };
        let measured = Measured { demand, latest };
        self.measured.push(measured.clone());
        Ok(measured)
    }

    /// Items that stand and of which no words are kept, by key above this one, in order: what an older
    /// version of the program has left to do. For the node itself.
    ///
    /// # Errors
    /// Those of the database; [`StoreError::NotFound`] for other viewers.
    pub fn items_without_words(&mut self, after: i64, limit: i64) -> Result<Vec<i64>, StoreError> {
        if !self.is_system() {
            return Err(StoreError::NotFound);
        }
        let kept = item_searches::table.filter(item_searches::item_id.eq(items::id));
        Ok(items::table
            .filter(items::id.gt(after).and(items::withdrawn_at.is_null()))
            .filter(diesel::dsl::not(exists(kept)))
            .order(items::id)
            .limit(limit)
            .select(items::id)
            .load(self.conn)?)
    }
}

fn demands_of(filter: &ListFilter) -> Vec<Demand> {
    let mut demands = Vec::new();
    if !filter.themes.is_empty() {
        demands.push(Demand::Themes(filter.themes.clone()));
    }
    if !filter.places.is_empty() {
        demands.push(Demand::Places(filter.places.iter().map(ToString::to_string).collect()));
    }
    demands
}

/// The conditions of a filter as each item is tried.
pub(super) fn tried(filter: &ListFilter) -> Vec<Condition> {
    demands_of(filter).into_iter().filter_map(|demand| demand.tried()).collect()
}

impl Measured {
    fn is_measured(&self) -> bool {
        !matches!(self.demand, Demand::Phrase(_))
    }

    fn is_many(&self) -> bool {
        i64::try_from(self.latest.len()).is_ok_and(|found| found >= MANY)
    }
}

/// Which items are looked at, and what each of them is tried for.
pub(super) struct Narrowed {
    /// Conditions on entries and items.
    pub conditions: Vec<Condition>,
    /// Whether the items to look at are named, so that no order leads to them.
    pub named: bool,
    /// Whether others may meet the demands, too.
    pub is_part: bool,
}

/// The conditions of these demands.
pub(super) fn narrowed(demands: &[Measured], purpose: Purpose) -> Narrowed {
    let fewest = demands
        .iter()
        .enumerate()
        .filter(|(_, one)| one.is_measured())
        .min_by_key(|(_, one)| one.latest.len());
    let Some((leads, one)) = fewest else {
        return Narrowed { conditions: Vec::new(), named: false, is_part: false };
    };
    let is_many = one.is_many();
    let leading: Option<Condition> = match purpose {
        _ if !is_many => Some(among(one.latest.clone())),
        Purpose::Page => None,
        Purpose::Sample => Some(among(one.latest.clone())),
        Purpose::Wider => one.demand.clone().looked_up(WIDER),
        Purpose::Whole => one.demand.clone().looked_up(i64::MAX),
    };
    let named = leading.is_some();
    let others = demands.iter().enumerate().filter(|(at, _)| !named || *at != leads);
    let others = others.filter_map(|(_, other)| other.demand.clone().tried());
    let is_part = is_many && named && matches!(purpose, Purpose::Sample | Purpose::Wider);
    Narrowed { conditions: leading.into_iter().chain(others).collect(), named, is_part }
}

fn among(items: Vec<i64>) -> Condition {
    Box::new(entries::item_id.eq_any(items).nullable())
}

impl Demand {
    /// Met by an item that is looked at.
    fn tried(self) -> Option<Condition> {
        match self {
            Self::Words(question, _) => {
                question.terms.iter().map(has_term).reduce(|all, one| Box::new(all.and(one)))
            }
            Self::Phrase(stems) => Some(has(format!("% {} %", stems.join(" ")), None)),
            Self::Themes(themes) => {
                let met = item_themes::table
                    .filter(item_themes::item_id.eq(entries::item_id))
                    .filter(item_themes::theme.eq_any(themes));
                Some(Box::new(exists(met).nullable()))
            }
            Self::Places(places) => {
                let met = item_places::table
                    .filter(item_places::item_id.eq(entries::item_id))
                    .filter(item_places::place.eq_any(places));
                Some(Box::new(exists(met).nullable()))
            }
            Self::During(during) => Some(during.tried()),
            Self::HeldIn(communes) => Some(held_in(communes)),
            // A condition of every list that names types.
            Self::Types(_) => None,
        }
    }

    /// The latest items that meet it, this many.
    fn looked_up(self, limit: i64) -> Option<Condition> {
        match self {
            Self::Words(_, matched) => Some(matched.condition(limit)),
            // They are tried one by one.
            Self::Phrase(_) | Self::During(_) | Self::Types(_) => None,
            Self::HeldIn(communes) => Some(among_held_in(communes, limit)),
            Self::Themes(themes) => {
                let met = item_themes::table
                    .filter(item_themes::theme.eq_any(themes))
                    .order(item_themes::item_id.desc())
                    .limit(limit)
                    .select(item_themes::item_id);
                Some(Box::new(entries::item_id.eq_any(met).nullable()))
            }
            Self::Places(places) => {
                let met = item_places::table
                    .filter(item_places::place.eq_any(places))
                    .order(item_places::item_id.desc())
                    .limit(limit)
                    .select(item_places::item_id);
                Some(Box::new(entries::item_id.eq_any(met).nullable()))
            }
        }
    }
}

fn has_term(term: &Term) -> Condition {
    has(format!("% {} %", term.stem), term.begun.as_ref().map(|begun| format!("% {begun}%")))
}

/// Whether the kept words are like this, or like that. Kept words hold letters, digits, spaces and
/// stops: nothing that a pattern would take for more.
fn has(like: String, or: Option<String>) -> Condition {
    let or = or.unwrap_or_else(|| like.clone());
    let kept = item_searches::table
        .filter(item_searches::item_id.eq(entries::item_id))
        .filter(item_searches::words.like(like).or(item_searches::words.like(or)));
    Box::new(exists(kept).nullable())
}
