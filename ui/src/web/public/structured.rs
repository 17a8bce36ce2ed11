//! schema.org data of an item: derived from its type's descriptor.

use super::cards;
use crate::web::Visit;
use crate::web::known::Known;
use crate::web::time::moment;
use chrono::SecondsFormat;
use maillage_domain::field::{FieldKind, FieldRole, Fields};
use maillage_domain::item::main_span;
use maillage_domain::text::plain_text;
use maillage_store::read::EntryView;
use serde_json::{Map, Value, json};

/// The JSON-LD document of a public item. Times carry the offset of the item's own zone.
pub(super) fn document(visit: &Visit, view: &EntryView, fields: &Fields, known: &Known, page: &str) -> Value {
    let item = &view.item;
    let stamp = |millis: i64| moment(millis).to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut document = Map::new();
    let mut put = |name: &str, value: Value| {
        document.insert(name.to_owned(), value);
    };
    let kind = visit.app().registry().get(&item.type_slug);
    put("@context", "https://schema.org".into());
    put("@type", kind.map_or("CreativeWork", |kind| kind.schema_org.as_str()).into());
    put("@id", item.uri.clone().into());
    put("url", page.into());
    put("name", item.title.clone().into());
    put("inLanguage", item.language.clone().into());
    if let Some(at) = item.published_at {
        put("datePublished", stamp(at).into());
    }
    put("dateModified", stamp(item.updated_at).into());
    put("publisher", json!({ "@type": "Organization", "name": cards::publisher(view) }));
    if !item.licence.is_empty() {
        put("license", super::item::licence_href(&item.licence).into());
    }
    for field in kind.into_iter().flat_map(|kind| &kind.fields).filter(|field| !field.schema_org.is_empty()) {
        let Some(value) = fields.0.get(&field.name) else { continue };
        let said = match (field.role, field.kind, value) {
            (Some(FieldRole::Start), ..) => item.starts_at.map(|at| local(view, at)),
            (Some(FieldRole::End), ..) => {
                let zone = zone_of(view);
                kind.and_then(|kind| main_span(kind, fields, zone).1)
                    .map(|at| local(view, at.timestamp_millis()))
            }
            (_, FieldKind::Places, _) => Some(places(fields, &field.name, known, None)),
            (_, FieldKind::Themes, _) => Some(
                fields
                    .list(&field.name)
                    .into_iter()
                    .map(|slug| known.theme_name(slug))
                    .collect::<Vec<_>>()
                    .into(),
            ),
            (_, FieldKind::RichText, Value::String(html)) => Some(plain_text(html).into()),
            (_, FieldKind::Choice, Value::String(code)) => {
                let said = || field.choice(code).map(|choice| Value::from(choice.fr.clone()));
                term(&field.schema_org, code).map(Value::from).or_else(said)
            }
            (_, FieldKind::Choices, _) => {
                let label = |code: &str| field.choice(code).map(|choice| choice.fr.clone());
                Some(fields.list(&field.name).into_iter().filter_map(label).collect::<Vec<_>>().into())
            }
            _ => Some(value.clone()),
        };
        if let Some(said) = said {
            put(&field.schema_org, said);
        }
    }
    let held = kind.filter(|kind| LOCATED.contains(&kind.schema_org.as_str()));
    let held =
        held.and_then(|kind| kind.with_role(FieldRole::Held)).filter(|field| field.schema_org.is_empty());
    if let Some(field) = held.filter(|field| !fields.list(&field.name).is_empty()) {
        // An address in words is part of the place.
        let street = document.remove("location");
        let mut location = places(fields, &field.name, known, street);
        if let (Some((latitude, longitude)), Value::Object(_)) =
            (kind.and_then(|kind| kind.point(fields)), &location)
        {
            location["geo"] =
                json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude });
        }
        document.insert("location".to_owned(), location);
    }
    Value::Object(document)
}

/// Types that have a place where they are held.
const LOCATED: [&str; 2] = ["Event", "Organization"];

/// The schema.org term of a code, for properties that take terms alone.
fn term(property: &str, code: &str) -> Option<&'static str> {
    Some(match (property, code) {
        ("eventStatus", "annule") => "https://schema.org/EventCancelled",
        ("eventStatus", "reporte") => "https://schema.org/EventPostponed",
        ("eventStatus", _) => "https://schema.org/EventScheduled",
        ("eventAttendanceMode", "en_ligne") => "https://schema.org/OnlineEventAttendanceMode",
        ("eventAttendanceMode", "mixte") => "https://schema.org/MixedEventAttendanceMode",
        ("eventAttendanceMode", _) => "https://schema.org/OfflineEventAttendanceMode",
        _ => return None,
    })
}

fn zone_of(view: &EntryView) -> chrono_tz::Tz {
    view.item.timezone.parse().unwrap_or(super::ZONE)
}

fn local(view: &EntryView, millis: i64) -> Value {
    moment(millis).with_timezone(&zone_of(view)).to_rfc3339_opts(SecondsFormat::Secs, false).into()
}

fn places(fields: &Fields, name: &str, known: &Known, street: Option<Value>) -> Value {
    let place = |code: &str| {
        let words = known.place_name(code);
        let mut address =
            json!({ "@type": "PostalAddress", "addressLocality": words, "addressCountry": "FR" });
        if let Some(street) = &street {
            address["streetAddress"] = street.clone();
        }
        json!({ "@type": "Place", "name": words, "address": address })
    };
    match fields.list(name).as_slice() {
        [one] => place(one),
        several => several.iter().map(|code| place(code)).collect(),
    }
}
