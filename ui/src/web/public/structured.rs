//! schema.org data of an item: derived from its type's descriptor.

use super::cards;
use crate::web::Visit;
use crate::web::known::Known;
use crate::web::time::moment;
use chrono::{DateTime, SecondsFormat, Utc, Weekday};
use maillage_domain::attachment::Attachment;
use maillage_domain::field::{Field, FieldKind, FieldRole, Fields};
use maillage_domain::item::{main_span, occurrences};
use maillage_domain::recurrence::{Frequency, Recurrence};
use maillage_domain::reference::Reference;
use maillage_domain::service_type::ServiceType;
use maillage_domain::text::plain_text;
use maillage_store::read::EntryView;
use serde_json::{Map, Value, json};

/// The JSON-LD document of a public item. Times carry the offset of the item's own zone.
pub(super) fn document(visit: &Visit, view: &EntryView, fields: &Fields, known: &Known, page: &str) -> Value {
    let item = &view.item;
    let stamp = |millis: i64| moment(millis).to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut document = Map::new();
    let kind = visit.app().registry().get(&item.type_slug);
    document.insert("@context".to_owned(), "https://schema.org".into());
    document.insert("@type".to_owned(), kind.map_or("CreativeWork", |kind| kind.schema_org.as_str()).into());
    document.insert("@id".to_owned(), item.uri.clone().into());
    document.insert("url".to_owned(), page.into());
    document.insert("name".to_owned(), item.title.clone().into());
    document.insert("inLanguage".to_owned(), item.language.clone().into());
    if let Some(at) = item.published_at {
        document.insert("datePublished".to_owned(), stamp(at).into());
    }
    document.insert("dateModified".to_owned(), stamp(item.updated_at).into());
    document
        .insert("publisher".to_owned(), json!({ "@type": "Organization", "name": cards::publisher(view) }));
    if !item.licence.is_empty() {
        document.insert("license".to_owned(), super::item::licence_href(&item.licence).into());
    }
    for field in kind.into_iter().flat_map(|kind| &kind.fields).filter(|field| !field.schema_org.is_empty()) {
        let Some(value) = fields.0.get(&field.name) else { continue };
        let said = match (field.role, field.kind, value) {
            (Some(FieldRole::Start), ..) => item.starts_at.map(|at| local(view, at)),
            (Some(FieldRole::End), ..) => {
                kind.and_then(|kind| end(kind, fields, view)).map(|at| local(view, at.timestamp_millis()))
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
            (_, FieldKind::Reference | FieldKind::References, _) => Some(items(visit, field, fields, known)),
            (_, FieldKind::Pictures | FieldKind::Files, _) => Some(files(fields, field)),
            (_, FieldKind::Recurrence, Value::String(rule)) => {
                Recurrence::read(rule).map(|rule| schedule(&rule))
            }
            (_, FieldKind::RichText, Value::String(html)) => Some(plain_text(html).into()),
            (_, FieldKind::Choice, Value::String(code)) => field.choice(code).map(|choice| {
                Value::from(if choice.term.is_empty() { choice.fr.clone() } else { choice.term.clone() })
            }),
            (_, FieldKind::Choices, _) => {
                let label = |code: &str| field.choice(code).map(|choice| choice.fr.clone());
                Some(fields.list(&field.name).into_iter().filter_map(label).collect::<Vec<_>>().into())
            }
            _ => Some(value.clone()),
        };
        if let Some(said) = said {
            put_within(&mut document, &field.schema_org, said);
        }
    }
    if let Some(kind) = kind.filter(|kind| kind.schema_org == "Place") {
        place(&mut document, kind, fields, known);
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

/// When the time ends that the item begins with: of several, the one that it stands at.
fn end(kind: &ServiceType, fields: &Fields, view: &EntryView) -> Option<DateTime<Utc>> {
    let zone = zone_of(view);
    let all = occurrences(kind, fields, zone);
    let at = |start: DateTime<Utc>| Some(start.timestamp_millis()) == view.item.starts_at;
    let present = all.iter().find(|(start, _)| start.is_some_and(at)).filter(|_| all.len() > 1);
    present.map_or_else(|| main_span(kind, fields, zone).1, |(_, end)| *end)
}

/// What a place is itself: its municipality, and where it is.
fn place(document: &mut Map<String, Value>, kind: &ServiceType, fields: &Fields, known: &Known) {
    if let Some(code) = kind.list(fields, FieldRole::Held).first() {
        put_within(document, "address/PostalAddress/addressLocality", known.place_name(code).into());
        put_within(document, "address/PostalAddress/addressCountry", "FR".into());
    }
    if let Some((latitude, longitude)) = kind.point(fields) {
        let geo = json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude });
        document.insert("geo".to_owned(), geo);
    }
}

/// Puts a value where a path of properties and types says: `offers/Offer/price` is the `price` of an
/// `Offer` which is the `offers`.
fn put_within(document: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('/') {
        None => {
            document.insert(path.to_owned(), value);
        }
        Some((property, rest)) => {
            let (kind, rest) = rest.split_once('/').unwrap_or((rest, "name"));
            let within = document.entry(property).or_insert_with(|| json!({ "@type": kind }));
            if let Value::Object(within) = within {
                put_within(within, rest, value);
            }
        }
    }
}

/// Pictures and files, each where it stands.
fn files(fields: &Fields, field: &Field) -> Value {
    let (kind, said) = match field.kind {
        FieldKind::Pictures => ("ImageObject", "caption"),
        _ => ("MediaObject", "name"),
    };
    let one = |one: &Attachment| {
        let mut object = json!({ "@type": kind, "contentUrl": one.url, said: one.label() });
        for (name, value) in [("encodingFormat", &one.media_type), ("creditText", &one.credit)] {
            if !value.is_empty() {
                object[name] = Value::String(value.clone());
            }
        }
        object
    };
    fields.attachments(&field.name).iter().map(one).collect()
}

/// Other items, each by its permanent id, as what its type is.
fn items(visit: &Visit, field: &Field, fields: &Fields, known: &Known) -> Value {
    let kind = visit.app().registry().get(&field.of).map_or("Thing", |kind| kind.schema_org.as_str());
    let one = |one: &Reference| {
        let name =
            known.items.get(&one.uri).map_or_else(|| one.label().to_owned(), |(title, _)| title.clone());
        json!({ "@type": kind, "@id": one.uri, "name": name })
    };
    match fields.references(&field.name).as_slice() {
        [single] => one(single),
        several => several.iter().map(one).collect(),
    }
}

/// A rule as a schema.org Schedule.
fn schedule(rule: &Recurrence) -> Value {
    let unit = match rule.frequency {
        Frequency::Daily => "D",
        Frequency::Weekly => "W",
        Frequency::Monthly => "M",
        Frequency::Yearly => "Y",
    };
    let day = |(which, day): &(Option<i8>, Weekday)| {
        let name = match day {
            Weekday::Mon => "Monday",
            Weekday::Tue => "Tuesday",
            Weekday::Wed => "Wednesday",
            Weekday::Thu => "Thursday",
            Weekday::Fri => "Friday",
            Weekday::Sat => "Saturday",
            Weekday::Sun => "Sunday",
        };
        match which {
            // As iCalendar writes it, which the property takes too.
            Some(which) => format!("{which}{}", name.get(..2).unwrap_or_default().to_uppercase()),
            None => format!("https://schema.org/{name}"),
        }
    };
    let mut schedule = json!({ "@type": "Schedule", "repeatFrequency": format!("P{}{unit}", rule.interval) });
    let mut put = |name: &str, value: Value| schedule[name] = value;
    if !rule.days.is_empty() {
        put("byDay", rule.days.iter().map(day).collect::<Vec<_>>().into());
    }
    if !rule.month_days.is_empty() {
        put("byMonthDay", rule.month_days.clone().into());
    }
    if !rule.months.is_empty() {
        put("byMonth", rule.months.clone().into());
    }
    if let Some(count) = rule.count {
        put("repeatCount", count.into());
    }
    if let Some(until) = rule.until {
        put("endDate", until.to_string().into());
    }
    schedule
}

/// Types that have a place where they are held.
const LOCATED: [&str; 3] = ["Event", "Organization", "CourseInstance"];

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
