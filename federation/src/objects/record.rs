//! The typed record of an item, which travels beside its ActivityStreams form between our nodes.

use super::time;
use super::words::zone_of;
use chrono::{DateTime, Utc};
use maillage_app::outbound::PublishedItem;
use maillage_domain::dated_action::Moments;
use maillage_domain::field::Fields;
use maillage_domain::place::PlaceCode;
use maillage_domain::service_type::ServiceType;
use serde::{Deserialize, Serialize};

/// Version of the record's form; a node ignores the record of a version it does not know.
pub const RECORD_FORM: u32 = 1;

/// The record. Unknown members are ignored, so that later versions may add some.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// Version of this form.
    pub form: u32,
    /// Slug of the service type.
    #[serde(rename = "type")]
    pub type_slug: String,
    /// Version of the item: 1 and up with every published change.
    pub version: i64,
    /// Typed fields, each in the JSON form of its kind.
    pub fields: Fields,
    /// Theme slugs.
    #[serde(default)]
    pub themes: Vec<String>,
    /// Codes of the places where it is held.
    #[serde(default)]
    pub held: Vec<PlaceCode>,
    /// Codes of eligible areas.
    #[serde(default)]
    pub eligible: Vec<PlaceCode>,
    /// Territory of who publishes it: a place code, or empty.
    #[serde(default)]
    pub publisher_place: String,
    /// Who publishes it, in words.
    #[serde(default)]
    pub organisation: String,
    /// ISO 639-1.
    pub language: String,
    /// SPDX identifier or URL, or empty.
    #[serde(default)]
    pub licence: String,
    /// IANA time zone of local times.
    pub timezone: String,
    /// RFC 3339 moment at which its origin withdraws it by itself; none where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

impl Record {
    /// The record of one of our items.
    #[must_use]
    pub fn of(published: &PublishedItem, service_type: Option<&ServiceType>) -> Self {
        let codes = |places: &[maillage_store::rows::PlaceRow]| {
            places.iter().filter_map(|place| place.code.parse().ok()).collect::<Vec<PlaceCode>>()
        };
        let item = &published.item;
        Self {
            form: RECORD_FORM,
            type_slug: item.type_slug.clone(),
            version: item.version,
            fields: published.fields.clone(),
            themes: published.themes.iter().map(|theme| theme.slug.clone()).collect(),
            held: codes(&published.held),
            eligible: codes(&published.eligible),
            publisher_place: published.publisher_place.clone(),
            organisation: item.organisation_name.clone(),
            language: item.language.clone(),
            licence: item.licence.clone(),
            timezone: item.timezone.clone(),
            expires: service_type.and_then(|known| expiry(published, known)).map(time),
        }
    }
}

/// When its type withdraws an item by itself.
fn expiry(published: &PublishedItem, service_type: &ServiceType) -> Option<i64> {
    let item = &published.item;
    let moment = |millis: i64| DateTime::<Utc>::from_timestamp_millis(millis);
    let moments = Moments {
        over: item.ends_at.or(item.starts_at).and_then(moment),
        published: item.published_at.and_then(moment),
        updated: moment(item.updated_at),
        withdrawn: None,
    };
    let at = service_type.withdrawn_at(&moments, &published.fields, zone_of(published));
    at.map(|at| at.timestamp_millis())
}
