//! Places as people type them: names, postal codes, codes; candidates where several fit.

use crate::i18n::Translator;
use crate::views::{Opt, PlaceAnswer};
use crate::web::{Desk, Posted, WebError};
use actix_web::{HttpResponse, web};
use maillage_domain::place::{Locality, PlaceCode, PlaceLevel, fold_place_name};
use maillage_store::StoreError;
use maillage_store::read::Reads;
use maillage_store::rows::PlaceRow;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Places offered when several fit.
const OFFERED: i64 = 12;

/// Whom a typed text can mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meant {
    /// This place.
    One(Box<PlaceRow>),
    /// One of these.
    Several(Vec<PlaceRow>),
    /// No place of the geography.
    Nobody,
}

/// The place that a text means: a name, a name with its département ("Saint-Martin (Nièvre)"), a
/// postal code, a number of département, a code.
///
/// # Errors
/// Those of the database.
pub(super) fn understand(reads: &mut Reads<'_>, text: &str) -> Result<Meant, StoreError> {
    let text = text.trim();
    let locality = Locality::read(text);
    if let (true, Some(postal_code)) = (locality.name.is_empty(), &locality.postal_code) {
        // Five digits are a postal code to whoever types them, though communes have such codes too.
        let found = reads.places_with_postal_code(postal_code)?;
        if !found.is_empty() {
            return Ok(one_or_several(found));
        }
    }
    let (name, context) = split_context(text);
    if let Some(context) = context {
        let mut found = Vec::new();
        for place in named(reads, name)? {
            if lies_in(reads, &place, context)? {
                found.push(place);
            }
        }
        if !found.is_empty() {
            return Ok(one_or_several(found));
        }
    }
    if let Some(place) = reads.resolve_place(text, locality.postal_code.as_deref())? {
        return Ok(Meant::One(Box::new(place)));
    }
    let same_name = named(reads, text)?;
    if !same_name.is_empty() {
        return Ok(one_or_several(same_name));
    }
    let near = reads.find_places(if locality.name.is_empty() { text } else { &locality.name }, OFFERED)?;
    Ok(if near.is_empty() { Meant::Nobody } else { Meant::Several(near) })
}

/// Places of exactly this name, former communes only where nothing else bears it.
fn named(reads: &mut Reads<'_>, name: &str) -> Result<Vec<PlaceRow>, StoreError> {
    let folded = Locality::read(name).name;
    let mut found = reads.find_places(&folded, 60)?;
    found.retain(|place| place.folded == folded);
    if found.iter().any(|place| place.kind != "former") {
        found.retain(|place| place.kind != "former");
    }
    Ok(found)
}

fn one_or_several(mut found: Vec<PlaceRow>) -> Meant {
    match found.len() {
        0 => Meant::Nobody,
        1 => Meant::One(Box::new(found.remove(0))),
        _ => Meant::Several(found),
    }
}

/// "Saint-Martin (Nièvre)" as its name and what narrows it down.
fn split_context(text: &str) -> (&str, Option<&str>) {
    match text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        Some((name, context)) if !name.trim().is_empty() => (name.trim(), Some(context.trim())),
        _ => (text, None),
    }
}

/// Whether a place lies in an area named by its name or number, has this postal code, or is of this
/// kind.
fn lies_in(reads: &mut Reads<'_>, place: &PlaceRow, context: &str) -> Result<bool, StoreError> {
    let folded = fold_place_name(context);
    let of_kind = match place.kind.as_str() {
        "department" => folded == "departement",
        "region" => folded == "region",
        "epci" => folded.starts_with("intercommunal"),
        "country" => matches!(folded.as_str(), "pays" | "country"),
        _ => false,
    };
    if of_kind {
        return Ok(true);
    }
    if context.len() == 5 && context.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(reads.places_with_postal_code(context)?.iter().any(|other| other.code == place.code));
    }
    let above = above(place);
    if let Ok(code) = PlaceCode::new(PlaceLevel::Department, &context.to_uppercase()) {
        return Ok(above.iter().any(|other| other == code.as_str()));
    }
    Ok(reads.places(&above)?.iter().any(|area| area.folded == folded))
}

fn above(place: &PlaceRow) -> Vec<String> {
    place.ancestors.split(' ').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

/// Places in words that mean them alone: a commune with its département, an area with its kind where
/// its name does not say it.
///
/// # Errors
/// Those of the database.
pub(super) fn in_words(
    reads: &mut Reads<'_>,
    t: Translator,
    places: &[PlaceRow],
) -> Result<BTreeMap<String, String>, StoreError> {
    let department =
        |place: &PlaceRow| above(place).into_iter().find(|code| code.starts_with("departement:"));
    let codes: Vec<String> = places.iter().filter_map(department).collect();
    let names: BTreeMap<String, String> =
        reads.places(&codes)?.into_iter().map(|area| (area.code, area.name)).collect();
    let words = |place: &PlaceRow| {
        let around = match place.kind.as_str() {
            "department" => t.get("place-department"),
            "region" => t.get("place-region"),
            "epci" => t.get("place-epci"),
            "country" => return place.name.clone(),
            _ => department(place).and_then(|code| names.get(&code).cloned()).unwrap_or_default(),
        };
        if around.is_empty() { place.name.clone() } else { format!("{} ({around})", place.name) }
    };
    Ok(places.iter().map(|place| (place.code.clone(), words(place))).collect())
}

/// The same for codes; unknown ones are left out.
///
/// # Errors
/// Those of the database.
pub(super) fn names_of(
    reads: &mut Reads<'_>,
    t: Translator,
    codes: &[String],
) -> Result<BTreeMap<String, String>, StoreError> {
    let rows = reads.places(codes)?;
    in_words(reads, t, &rows)
}

/// What a form sent for one field of places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PlaceSent {
    /// Name of the field.
    pub name: String,
    /// Codes that were ticked.
    pub ticked: Vec<String>,
    /// What was typed beside them.
    pub typed: String,
    /// Whether one place is enough.
    pub single: bool,
}

impl PlaceSent {
    /// What was sent for the field of this name.
    pub fn of(posted: &Posted<Desk>, name: &str, single: bool) -> Self {
        Self {
            name: name.to_owned(),
            ticked: posted.list(name).into_iter().map(str::to_owned).collect(),
            typed: posted.text(&format!("{name}.add")).to_owned(),
            single,
        }
    }
}

/// What fields of places mean, in their order.
///
/// # Errors
/// Those of the database.
pub(super) async fn answers(desk: &Desk, sent: Vec<PlaceSent>) -> Result<Vec<PlaceAnswer>, WebError> {
    let t = desk.t;
    let answered = desk.reads().run(move |reads| sent.iter().map(|one| answer(reads, t, one)).collect());
    Ok(answered.await?)
}

fn answer(reads: &mut Reads<'_>, t: Translator, sent: &PlaceSent) -> Result<PlaceAnswer, StoreError> {
    let (mut codes, mut offered, mut left) = (Vec::new(), Vec::new(), Vec::new());
    let (mut several, mut nobody) = (false, Vec::new());
    for text in texts(reads, &sent.typed)? {
        match understand(reads, &text)? {
            Meant::One(place) => codes.push(place.code),
            // Whoever ticks one of the candidates has answered.
            Meant::Several(places) if places.iter().any(|place| sent.ticked.contains(&place.code)) => {}
            Meant::Several(places) => {
                several = true;
                left.push(text);
                offered.extend(places);
            }
            Meant::Nobody => {
                nobody.push(text.clone());
                left.push(text);
            }
        }
    }
    let ticked: Vec<String> = sent.ticked.iter().filter(|code| !codes.contains(code)).cloned().collect();
    // Where one place is enough, what is typed replaces what stood there.
    codes = if sent.single && !codes.is_empty() { codes } else { ticked.into_iter().chain(codes).collect() };
    if sent.single {
        codes.truncate(1);
    }
    let mut shown = reads.places(&codes)?;
    shown.sort_by_key(|place| codes.iter().position(|code| *code == place.code));
    offered.retain(|place: &PlaceRow| !codes.contains(&place.code));
    let words = in_words(reads, t, &[shown.as_slice(), offered.as_slice()].concat())?;
    let option =
        |place: &PlaceRow| Opt::new(&place.code, words.get(&place.code).cloned().unwrap_or_default());
    Ok(PlaceAnswer {
        codes: shown.iter().map(|place| place.code.clone()).collect(),
        chosen: shown.iter().map(option).collect(),
        candidates: offered.iter().map(option).collect(),
        typed: left.join(", "),
        problem: match (nobody.as_slice(), several) {
            ([], false) => None,
            ([], true) => Some(t.get("place-several")),
            (unknown, _) => Some(t.with("place-unknown", "text", unknown.join(", "))),
        },
    })
}

/// The places typed in one line, separated by commas; a name that holds one stays whole.
fn texts(reads: &mut Reads<'_>, typed: &str) -> Result<Vec<String>, StoreError> {
    let typed = typed.trim();
    if typed.contains(',') && matches!(understand(reads, typed)?, Meant::One(_)) {
        return Ok(vec![typed.to_owned()]);
    }
    let parts = typed.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    Ok(parts.take(50).map(str::to_owned).collect())
}

/// What a type-ahead asks.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// The text typed so far.
    #[serde(default)]
    q: String,
}

/// What a type-ahead offers.
#[derive(Debug, Serialize)]
struct Offered {
    /// Places in words that [`understand`] reads back.
    places: Vec<String>,
}

/// GET /office/places?q=: places whose name begins like this, most populated first, as JSON.
///
/// # Errors
/// Those of the database.
pub(super) async fn offer(desk: Desk, asked: web::Query<Asked>) -> Result<HttpResponse, WebError> {
    let (t, text) = (desk.t, asked.into_inner().q);
    let places = desk.reads().run(move |reads| {
        let found = reads.find_places(&text, OFFERED)?;
        let words = in_words(reads, t, &found)?;
        Ok(found.iter().filter_map(|place| words.get(&place.code).cloned()).collect())
    });
    let offered = Offered { places: places.await? };
    Ok(HttpResponse::Ok().insert_header(("Cache-Control", "private, max-age=300")).json(offered))
}
