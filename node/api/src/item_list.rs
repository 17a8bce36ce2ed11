//! Lists of items: the filters they take, and their pages.

use crate::answer::{Page, cut};
use crate::caller::Visitor;
use crate::cursor::{self, Kind};
use crate::item::Item;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::words;
use maillage_domain::site::ListFilter;
use maillage_domain::workflow::EntryState;
use maillage_store::read::{Cursor, EntryQuery, EntryView, ListOrder};
use utoipa::IntoParams;

/// What narrows a list; repeat a parameter for several values, any of which is enough.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct Narrowing {
    /// A theme's slug: items with it or a narrower one.
    theme: Option<Vec<String>>,
    /// A place's code (`departement:58`, or `58`): held in it or inside it, published from it or open
    /// to its inhabitants.
    place: Option<Vec<String>>,
    /// A service type's slug.
    r#type: Option<Vec<String>>,
    /// Words of any text of the item, in any of their forms; the last one may be the beginning of one, and
    /// what stands between quotes is a phrase.
    q: Option<String>,
}

/// Which states a list of items holds.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct Standing {
    /// A state; published when nothing is said.
    #[param(value_type = Option<Vec<words::State>>)]
    state: Option<Vec<String>>,
    /// Only what waits for a moderator, longest wait first.
    waiting: Option<bool>,
}

/// Where a list goes on, and how far.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct Paging {
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
}

/// Reads the filters that every list takes.
///
/// # Errors
/// 400 for what is no place.
pub fn narrowing(asked: &mut Parameters) -> Result<ListFilter, Problem> {
    Ok(ListFilter { themes: asked.many("theme"), places: asked.places("place")?, types: asked.many("type") })
}

/// Reads which words are asked for.
///
/// # Errors
/// 400 when they are given twice.
pub fn words(asked: &mut Parameters) -> Result<String, Problem> {
    Ok(asked.one("q")?.unwrap_or_default())
}

/// Reads which states are asked for.
///
/// # Errors
/// 400 for what is no state.
pub fn standing(asked: &mut Parameters, query: &mut EntryQuery) -> Result<(), Problem> {
    let names = EntryState::ALL.map(EntryState::as_str);
    let states: Vec<EntryState> = asked.named("state", &names)?;
    query.states = states.into_iter().map(EntryState::as_str).collect();
    query.waiting = asked.flag("waiting")?;
    Ok(())
}

/// Reads where the list goes on, by its order.
///
/// # Errors
/// 400 for what is no cursor of this list.
pub fn paging(asked: &mut Parameters, query: &mut EntryQuery) -> Result<(), Problem> {
    query.limit = asked.limit()?;
    let kind = kind(query);
    if let Some(text) = asked.one("cursor")? {
        let (sort, id) = cursor::read(kind, &text)?;
        match kind {
            Kind::Counted => query.offset = sort,
            _ => query.after = Some(Cursor { sort, id }),
        }
    }
    Ok(())
}

/// One page of a list.
///
/// # Errors
/// Those of the database.
pub async fn page(visitor: &Visitor, query: EntryQuery) -> Result<Page<Item>, Problem> {
    visitor
        .read(move |reads| {
            let mut views = reads.entries(&EntryQuery { limit: query.limit + 1, ..query.clone() })?;
            let next = cut(&mut views, query.limit, |last| cursor_after(last, &query));
            Ok(Page { items: Item::listed(reads, views)?, next })
        })
        .await
}

fn kind(query: &EntryQuery) -> Kind {
    match (query.waiting, query.order) {
        (true, _) => Kind::Queue,
        (_, ListOrder::Newest) => Kind::Newest,
        _ => Kind::Counted,
    }
}

fn cursor_after(last: &EntryView, query: &EntryQuery) -> String {
    let entry = &last.entry;
    match kind(query) {
        kind @ Kind::Queue => cursor::write(kind, entry.queued_at.unwrap_or_default(), entry.id),
        kind @ Kind::Counted => cursor::write(kind, query.offset + query.limit, 0),
        kind => cursor::write(kind, entry.sort_at, entry.id),
    }
}
