//! Other items as people name them in forms: by title or address, candidates where several fit.

use crate::views::{Opt, PlaceAnswer};
use crate::web::places::PlaceSent;
use crate::web::{Desk, Posted, WebError};
use actix_web::{HttpResponse, web};
use maillage_app::address::Addresses;
use maillage_app::reference::{Meant, meant};
use maillage_domain::field::{Field, FieldKind, Fields};
use maillage_domain::reference::Reference;
use maillage_domain::text::fold;
use maillage_store::StoreError;
use maillage_store::read::{NamedItem, Reads};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Titles offered while one is typed.
const OFFERED: i64 = 12;
/// Items named in one field at most, before the field's own limit is told.
const READ: usize = 200;

/// What a form sent for a field of references.
pub(super) struct ReferenceSent {
    field: Field,
    sent: PlaceSent,
}

impl ReferenceSent {
    /// What was sent for this field.
    pub fn of(posted: &Posted<Desk>, field: &Field) -> Self {
        let single = field.kind == FieldKind::Reference;
        Self { field: field.clone(), sent: PlaceSent::of(posted, &field.name, single) }
    }
}

/// What fields of references mean, in their order: the value of each, and what its control shows. `stood`
/// is what the item referred to when it was opened, which may have gone since.
///
/// # Errors
/// Those of the database.
pub(super) async fn answers(
    desk: &Desk,
    sent: Vec<ReferenceSent>,
    stood: Fields,
) -> Result<Vec<(Value, PlaceAnswer)>, WebError> {
    let (t, addresses) = (desk.t, desk.app().addresses().clone());
    let read = desk.reads().run(move |reads| {
        let one = |one: &ReferenceSent| answer(reads, &addresses, one, &stood.references(&one.field.name));
        sent.iter().map(one).collect::<Result<Vec<_>, _>>()
    });
    let found = read.await?;
    let told = |found: Found| {
        let problem = match (found.nobody.as_slice(), found.candidates.is_empty()) {
            ([], true) => None,
            ([], false) => Some(t.get("reference-several")),
            (unknown, _) => Some(t.with("reference-unknown", "text", unknown.join(" ; "))),
        };
        let value = match (found.single, found.chosen.as_slice()) {
            (_, []) => Value::Null,
            (true, [first, ..]) => first.value(),
            (false, several) => several.iter().map(Reference::value).collect(),
        };
        let answer = PlaceAnswer {
            codes: found.chosen.iter().map(|one| one.uri.clone()).collect(),
            chosen: found.chosen.iter().map(|one| Opt::new(&one.uri, one.label())).collect(),
            candidates: found.candidates.iter().map(option).collect(),
            typed: found.left.join(" ; "),
            problem,
        };
        (value, answer)
    };
    Ok(found.into_iter().map(told).collect())
}

/// What was understood of one field.
#[derive(Default)]
struct Found {
    single: bool,
    chosen: Vec<Reference>,
    candidates: Vec<NamedItem>,
    nobody: Vec<String>,
    left: Vec<String>,
}

fn answer(
    reads: &mut Reads<'_>,
    addresses: &Addresses,
    one: &ReferenceSent,
    stood: &[Reference],
) -> Result<Found, StoreError> {
    let ReferenceSent { field, sent } = one;
    let mut found = Found { single: sent.single, ..Found::default() };
    let typed = sent.typed.split([';', '\n']).map(str::trim).filter(|text| !text.is_empty());
    for text in typed.take(READ) {
        match meant(reads, addresses, &field.of, text)? {
            Meant::One(item) => found.chosen.push(maillage_app::reference::to(&item)),
            // Whoever ticks one of the candidates has answered.
            Meant::Several(items) if items.iter().any(|item| sent.ticked.contains(&item.uri)) => {}
            Meant::Several(items) => {
                found.left.push(text.to_owned());
                found.candidates.extend(items);
            }
            Meant::Nobody => {
                found.left.push(text.to_owned());
                found.nobody.push(text.to_owned());
            }
        }
    }
    // Where one is enough, what is typed replaces what stood there.
    if !sent.single || found.chosen.is_empty() {
        let ticked: Vec<String> = sent.ticked.iter().take(READ).cloned().collect();
        let seen = reads.items_named(&ticked)?;
        let fits = |uri: &String| {
            let item = seen.iter().find(|item| item.uri == *uri && item.type_slug == field.of);
            item.map(maillage_app::reference::to)
                .or_else(|| stood.iter().find(|known| known.uri == *uri).cloned())
        };
        let typed = std::mem::take(&mut found.chosen);
        found.chosen = ticked.iter().filter_map(fits).chain(typed).collect();
    }
    let mut known = std::collections::BTreeSet::new();
    found.chosen.retain(|one| known.insert(one.uri.clone()));
    if sent.single {
        found.chosen.truncate(1);
    }
    Ok(found)
}

/// An item among several of one title: with who publishes it.
fn option(item: &NamedItem) -> Opt {
    let label = match item.organisation.as_str() {
        "" => item.title.clone(),
        organisation => format!("{} ({organisation})", item.title),
    };
    Opt::new(&item.uri, label)
}

/// What a type-ahead asks.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The text typed so far.
    #[serde(default)]
    q: String,
    /// Slug of the type of the items.
    #[serde(default)]
    of: String,
}

/// What a type-ahead offers.
#[derive(Debug, Serialize)]
struct Offered {
    /// Titles, or addresses where two items have one title: what [`meant`] reads back.
    places: Vec<String>,
}

/// GET /office/references?of=&q=: titles of items of a type that begin like this, as JSON.
///
/// # Errors
/// Those of the database.
pub(super) async fn offer(desk: Desk, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let Asked { q, of } = asked.into_inner();
    let found = desk.reads().run(move |reads| reads.items_beginning(&of, &fold(&q), OFFERED)).await?;
    let alone = |item: &NamedItem| found.iter().filter(|other| other.title == item.title).count() == 1;
    let word = |item: &NamedItem| if alone(item) { item.title.clone() } else { item.uri.clone() };
    let offered = Offered { places: found.iter().map(word).collect() };
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "private, no-store")).json(offered))
}
