//! What an Event has beyond other objects (FEP-8a8e, and what Mobilizon and Gancio need).

use super::words::zone_of;
use chrono::{DateTime, SecondsFormat, Utc};
use maillage_app::outbound::PublishedItem;
use maillage_domain::french::date_time;
use maillage_domain::message::Locale;
use maillage_store::rows::PlaceRow;
use serde_json::{Value, json};

/// An event that says no end is taken to last this long, in milliseconds: an end is obligatory.
const USUAL_LENGTH: i64 = 2 * 3_600 * 1_000;

/// Adds them.
pub(super) fn add_to(object: &mut Value, published: &PublishedItem) {
    let item = &published.item;
    let zone = zone_of(published);
    let moment = |millis: i64| DateTime::<Utc>::from_timestamp_millis(millis).unwrap_or_default();
    let local = |millis: i64| moment(millis).with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false);
    let start = item.starts_at.unwrap_or(item.created_at);
    let end = item.ends_at.filter(|end| *end >= start).unwrap_or(start + USUAL_LENGTH);
    let place = published.held.first();
    let address = published.fields.text("adresse");
    let whereabouts: Vec<&str> = place.map(|place| place.name.as_str()).into_iter().chain(address).collect();
    let day = date_time(moment(start), zone, Locale::Fr);
    let summary = if whereabouts.is_empty() { day } else { format!("{day} – {}", whereabouts.join(", ")) };
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
    if let Some(place) = place {
        object["location"] = location(place, address, published);
    }
}

/// The one place. Its id is a part of the event's own document.
fn location(place: &PlaceRow, address: Option<&str>, published: &PublishedItem) -> Value {
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
    if let (Some(lat), Some(lon)) = (place.latitude, place.longitude) {
        // Floats, also for whole degrees: other software drops integers here.
        location["latitude"] = json!(lat);
        location["longitude"] = json!(lon);
    }
    location
}
