//! What an Event has beyond other objects (FEP-8a8e, and what Mobilizon and Gancio need).

use super::words::zone_of;
use chrono::{DateTime, SecondsFormat, Utc};
use maillage_app::outbound::PublishedItem;
use maillage_domain::field::FieldRole;
use maillage_domain::french::date_time;
use maillage_domain::item::occurrences;
use maillage_domain::message::Locale;
use maillage_domain::recurrence::Recurrence;
use maillage_domain::service_type::ServiceType;
use maillage_store::rows::PlaceRow;
use serde_json::{Value, json};

/// An event that says no end is taken to last this long, in milliseconds: an end is obligatory.
const USUAL_LENGTH: i64 = 2 * 3_600 * 1_000;

/// Adds them.
pub(super) fn add_to(object: &mut Value, published: &PublishedItem, service_type: Option<&ServiceType>) {
    let item = &published.item;
    let zone = zone_of(published);
    let moment = |millis: i64| DateTime::<Utc>::from_timestamp_millis(millis).unwrap_or_default();
    let local = |millis: i64| moment(millis).with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false);
    let (start, end) = service_type
        .and_then(|known| next(known, published))
        .unwrap_or((item.starts_at.unwrap_or(item.created_at), item.ends_at));
    let end = end.filter(|end| *end >= start).unwrap_or(start + USUAL_LENGTH);
    let place = published.held.first();
    let address = published.fields.text("adresse");
    let whereabouts: Vec<&str> = place.map(|place| place.name.as_str()).into_iter().chain(address).collect();
    let day = date_time(moment(start), zone, Locale::Fr);
    let mut summary =
        if whereabouts.is_empty() { day } else { format!("{day} – {}", whereabouts.join(", ")) };
    if let Some(rule) = service_type.and_then(|known| known.text(&published.fields, FieldRole::Recurrence))
        && let Some(rule) = Recurrence::read(rule)
    {
        summary.push_str(&format!(" – {}", rule.sentence(Locale::Fr)));
    }
    match service_type.map_or(0, |known| known.list(&published.fields, FieldRole::Occurrences).len()) {
        0 => {}
        1 => summary.push_str(" – et une autre date"),
        more => summary.push_str(&format!(" – et {more} autres dates")),
    }
    let status = match published.fields.text("statut") {
        Some("annule") => "CANCELLED",
        Some("reporte") => "TENTATIVE",
        _ => "CONFIRMED",
    };
    let more = json!({
        "summary": summary,
        "startTime": local(start),
        "endTime": local(end),
        "timezone": zone.name(),
        "inLanguage": item.language,
        "category": "MEETING",
        "status": status,
        // The same under the name that Mobilizon reads.
        "ical:status": status,
        "isOnline": published.fields.text("mode") == Some("en_ligne"),
        "joinMode": "external",
        "externalParticipationUrl": item.source_url.as_ref().unwrap_or(&item.url),
    });
    if let (Some(map), Value::Object(more)) = (object.as_object_mut(), more) {
        map.extend(more);
    }
    add_place(object, published, service_type);
}

/// Adds where it is, as the one place that other software reads.
pub(super) fn add_place(object: &mut Value, published: &PublishedItem, service_type: Option<&ServiceType>) {
    if let Some(place) = published.held.first() {
        object["location"] = location(place, published.fields.text("adresse"), published, service_type);
    }
}

/// Of an event that takes place several times, the first time that was not over when it was last changed;
/// the last one where all were. In milliseconds.
fn next(service_type: &ServiceType, published: &PublishedItem) -> Option<(i64, Option<i64>)> {
    let all = occurrences(service_type, &published.fields, zone_of(published));
    let times = all
        .into_iter()
        .filter_map(|(start, end)| Some((start?.timestamp_millis(), end.map(|end| end.timestamp_millis()))));
    let times: Vec<(i64, Option<i64>)> = times.collect();
    let ahead = times.iter().find(|(start, end)| end.unwrap_or(*start) >= published.item.updated_at);
    ahead.or(times.last()).copied()
}

/// The one place. Its id is a part of the event's own document.
fn location(
    place: &PlaceRow,
    address: Option<&str>,
    published: &PublishedItem,
    service_type: Option<&ServiceType>,
) -> Value {
    let mut postal = json!({
        "type": "PostalAddress",
        "addressLocality": place.name,
        "addressCountry": "FR",
    });
    if let Some(address) = address {
        postal["streetAddress"] = Value::from(address);
    }
    let mut location = json!({
        "id": format!("{}#place", published.item.uri),
        "type": "Place",
        "name": address.unwrap_or(&place.name),
        "address": postal,
    });
    let commune = || place.latitude.zip(place.longitude);
    if let Some((lat, lon)) = service_type.and_then(|known| known.point(&published.fields)).or_else(commune) {
        // Floats, also for whole degrees: other software drops integers here.
        location["latitude"] = json!(lat);
        location["longitude"] = json!(lon);
    }
    location
}
