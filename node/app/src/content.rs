//! From fields to stored content: cleaning, validation, and the link tables that filters use.

use crate::error::AppError;
use chrono::{DateTime, Utc};
use maillage_domain::field::{FieldKind, Fields};
use maillage_domain::item::{ItemCore, ItemFrame, next_span, occurrences};
use maillage_domain::place::{Coordinates, PlaceCode};
use maillage_domain::rule::ItemFacts;
use maillage_domain::service_type::ServiceType;
use maillage_domain::text::{fold, plain_text};
use maillage_domain::validation::{FieldProblem, Stage, check};
use maillage_gateways::clean_html;
use maillage_store::Tx;
use maillage_store::read::Reads;
use maillage_store::rows::{ItemPlaceRow, ItemRow, ItemThemeRow, PlaceRow};
use serde_json::Value;
use std::collections::BTreeMap;

/// Fields with every rich text cleaned, checked for a stage.
///
/// # Errors
/// [`AppError::Invalid`] with every problem.
pub fn checked(service_type: &ServiceType, fields: &Fields, stage: Stage) -> Result<Fields, AppError> {
    let mut clean = fields.clone();
    for field in service_type.fields.iter().filter(|field| field.kind == FieldKind::RichText) {
        if let Some(text) = fields.text(&field.name) {
            let cleaned = clean_html(text, None);
            // Markup without a word is nothing.
            let empty = plain_text(&cleaned).is_empty();
            clean.set(&field.name, if empty { Value::Null } else { Value::String(cleaned) });
        }
    }
    check(service_type, &clean, stage).map_err(|problems| AppError::Invalid { problems })
}

/// The place of today behind each of these codes: the commune that has taken over for a former one, any
/// other place itself. Codes that the node does not know are left out.
///
/// # Errors
/// Those of the database.
pub(crate) fn todays_places(
    reads: &mut Reads<'_>,
    codes: &[String],
) -> Result<BTreeMap<String, PlaceRow>, AppError> {
    let rows = reads.places(codes)?;
    let successors: Vec<String> = rows.iter().filter_map(|row| row.successor.clone()).collect();
    let present = reads.places(&successors)?;
    let today = |row: PlaceRow| match &row.successor {
        None => Some((row.code.clone(), row)),
        Some(code) => present.iter().find(|place| place.code == *code).map(|place| (row.code, place.clone())),
    };
    Ok(rows.into_iter().filter_map(today).collect())
}

/// Fields with each former commune brought to the commune of today. Refuses themes and places that the
/// node does not know, field by field.
///
/// # Errors
/// [`AppError::Invalid`].
pub(crate) fn with_known_terms(
    tx: &mut Tx<'_>,
    service_type: &ServiceType,
    mut fields: Fields,
) -> Result<Fields, AppError> {
    let thesaurus = tx.reads().thesaurus()?;
    let mut problems = Vec::new();
    for field in &service_type.fields {
        let values: Vec<String> = fields.list(&field.name).into_iter().map(str::to_owned).collect();
        let unknown = match field.kind {
            FieldKind::Themes => values.into_iter().find(|slug| thesaurus.get(slug).is_none()),
            FieldKind::Places => {
                let today = todays_places(&mut tx.reads(), &values)?;
                let codes = distinct(values.iter().filter_map(|code| today.get(code)).map(|row| &row.code));
                let unknown = values.iter().find(|code| !today.contains_key(*code)).cloned();
                if unknown.is_none() && codes != values {
                    fields.set(&field.name, codes);
                }
                unknown
            }
            _ => None,
        };
        if let Some(first) = unknown {
            let message = maillage_domain::message::Message::new(
                format!("« {first} » n'est pas dans la liste. Choisissez une valeur proposée."),
                format!("“{first}” is not in the list. Choose one that is offered."),
            );
            problems.push(FieldProblem { field: field.name.clone(), code: "unknown_term", message });
        }
    }
    if problems.is_empty() { Ok(fields) } else { Err(AppError::Invalid { problems }) }
}

/// Each code once, in their order.
fn distinct<'c>(codes: impl Iterator<Item = &'c String>) -> Vec<String> {
    codes.fold(Vec::new(), |mut all, code| {
        if !all.contains(code) {
            all.push(code.clone());
        }
        all
    })
}

/// The places of a filter as they are today, former communes as what they have become. Refuses themes and
/// places that the node does not know, each told about the field that holds them.
///
/// # Errors
/// [`AppError::Invalid`].
pub(crate) fn known_filter(
    tx: &mut Tx<'_>,
    (theme_field, themes): (&str, &[String]),
    (place_field, places): (&str, &[PlaceCode]),
) -> Result<Vec<PlaceCode>, AppError> {
    let thesaurus = tx.reads().thesaurus()?;
    if let Some(unknown) = themes.iter().find(|slug| thesaurus.get(slug).is_none()) {
        return Err(AppError::invalid(
            theme_field,
            "unknown_theme",
            format!("Thème inconnu : « {unknown} »."),
            format!("Unknown theme: “{unknown}”."),
        ));
    }
    let codes: Vec<String> = places.iter().map(ToString::to_string).collect();
    let today = todays_places(&mut tx.reads(), &codes)?;
    if let Some(unknown) = codes.iter().find(|code| !today.contains_key(*code)) {
        return Err(AppError::invalid(
            place_field,
            "unknown_place",
            format!("Lieu inconnu : « {unknown} »."),
            format!("Unknown place: “{unknown}”."),
        ));
    }
    let present = distinct(codes.iter().filter_map(|code| today.get(code)).map(|row| &row.code));
    present.iter().map(|code| code.parse().map_err(AppError::internal)).collect()
}

/// Puts content into an item's columns. `version` and times are the caller's.
pub(crate) fn fill(
    item: &mut ItemRow,
    core: &ItemCore,
    fields: &Fields,
    frame: &ItemFrame,
) -> Result<(), AppError> {
    item.title.clone_from(&core.title);
    item.title_folded = fold(&core.title);
    item.summary.clone_from(&core.summary);
    item.content.clone_from(&core.content);
    item.source_url.clone_from(&core.source_url);
    item.language.clone_from(&frame.language);
    item.licence.clone_from(&frame.licence);
    item.timezone.clone_from(&frame.timezone);
    item.fields = serde_json::to_string(fields).map_err(AppError::internal)?;
    item.starts_at = core.starts_at.map(|at| at.timestamp_millis());
    item.ends_at = core.ends_at.map(|at| at.timestamp_millis());
    item.dated = core.dated.map(|date| date.to_string());
    item.content_hash =
        crate::secret::digest(&format!("{}\n{}\n{}", item.fields, frame.language, frame.licence));
    Ok(())
}

/// When an item that takes place several times begins next, at a moment (milliseconds); none where it
/// takes place once.
pub(crate) fn next_start(
    service_type: &ServiceType,
    fields: &Fields,
    frame: &ItemFrame,
    now: i64,
) -> Option<i64> {
    let zone = frame.timezone.parse().unwrap_or(chrono_tz::Europe::Paris);
    let all = occurrences(service_type, fields, zone);
    let now = DateTime::<Utc>::from_timestamp_millis(now)?;
    if all.len() < 2 {
        return None;
    }
    next_span(&all, now)?.0.map(|at| at.timestamp_millis())
}

/// Writes the themes and places of an item, with everything above them.
pub(crate) fn index(tx: &mut Tx<'_>, item: i64, core: &ItemCore, publisher: &str) -> Result<(), AppError> {
    let mut themes: Vec<(String, bool)> = Vec::new();
    let thesaurus = if core.themes.is_empty() { None } else { Some(tx.reads().thesaurus()?) };
    for slug in &core.themes {
        let Some(thesaurus) = &thesaurus else { break };
        for (depth, term) in thesaurus.with_ancestors(slug).into_iter().enumerate() {
            match themes.iter_mut().find(|(known, _)| *known == term) {
                Some(known) => known.1 |= depth == 0,
                None => themes.push((term, depth == 0)),
            }
        }
    }
    tx.set_item_themes(item, &themes)?;
    let publisher: Vec<PlaceCode> = publisher.parse().into_iter().collect();
    let mut places: Vec<(String, &'static str, bool)> = Vec::new();
    for (relation, codes) in [("held", &core.held), ("publisher", &publisher), ("eligible", &core.eligible)] {
        for (code, own) in with_areas_above(tx, codes)? {
            match places.iter_mut().find(|(known, of, _)| *known == code && *of == relation) {
                Some(known) => known.2 |= own,
                None => places.push((code, relation, own)),
            }
        }
    }
    tx.set_item_places(item, &places)?;
    Ok(())
}

fn with_areas_above(tx: &mut Tx<'_>, codes: &[PlaceCode]) -> Result<Vec<(String, bool)>, AppError> {
    let own: Vec<String> = codes.iter().map(ToString::to_string).collect();
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx.reads().places(&own)?;
    let mut all = Vec::new();
    for code in own {
        let row = rows.iter().find(|row| row.code == code);
        let above = row.map(|row| {
            row.ancestors.split(' ').filter(|c| !c.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        });
        all.push((code, true));
        all.extend(above.unwrap_or_default().into_iter().map(|code| (code, false)));
    }
    Ok(all)
}

/// What rules look at, of an indexed item.
pub(crate) fn facts(tx: &mut Tx<'_>, item: &ItemRow) -> Result<ItemFacts, AppError> {
    let (themes, places) = (tx.item_themes(item.id)?, tx.item_places(item.id)?);
    let own: Vec<String> = places.iter().filter(|row| row.own).map(|row| row.place.clone()).collect();
    let rows = tx.reads().places(&own)?;
    Ok(facts_from(item, themes, places, |code| rows.iter().find(|row| row.code == code)))
}

/// The same from an item's themes and places, those above them included; `place` finds the places
/// named by the item itself.
pub(crate) fn facts_from<'p>(
    item: &ItemRow,
    themes: Vec<ItemThemeRow>,
    places: Vec<ItemPlaceRow>,
    place: impl Fn(&str) -> Option<&'p PlaceRow>,
) -> ItemFacts {
    let mut facts = ItemFacts {
        service_type: item.type_slug.clone(),
        language: item.language.clone(),
        themes: themes.into_iter().map(|row| row.theme).collect(),
        folded_text: fold(&format!("{} {} {}", item.title, item.summary, plain_text(&item.content))),
        date: item.starts_at.or(item.published_at).and_then(DateTime::<Utc>::from_timestamp_millis),
        ..ItemFacts::default()
    };
    for row in places {
        let Ok(code) = row.place.parse::<PlaceCode>() else { continue };
        match row.relation.as_str() {
            "held" => {
                if row.own {
                    facts.coordinates.extend(place(&row.place).and_then(coordinates));
                }
                facts.held.insert(code);
            }
            "publisher" => {
                facts.publisher.insert(code);
            }
            _ => {
                facts.eligible.insert(code);
            }
        }
    }
    facts
}

/// The coordinates of a stored place.
#[must_use]
pub fn coordinates(place: &PlaceRow) -> Option<Coordinates> {
    Some(Coordinates { lat: place.latitude?, lon: place.longitude? })
}
