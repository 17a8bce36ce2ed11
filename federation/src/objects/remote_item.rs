//! Reading somebody else's item: the typed record where there is one, else what ActivityStreams says.

use super::actor::first_actor;
use super::record::{RECORD_FORM, Record};
use super::{PUBLIC, id_of, many};
use chrono::{DateTime, Utc};
use maillage_app::content::checked;
use maillage_app::inbound::RemoteItem;
use maillage_domain::field::Fields;
use maillage_domain::item::{ItemCore, ItemFrame};
use maillage_domain::registry::Registry;
use maillage_domain::service::Visibility;
use maillage_domain::text::{clip, plain_text};
use maillage_domain::validation::Stage;
use maillage_gateways::clean_html;
use serde_json::Value;
use url::Url;

/// Object types that are items; anything else is left alone.
const KINDS: [&str; 6] = ["Article", "Note", "Event", "Page", "Document", "Video"];

/// Why an object is no item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnItem {
    /// Of another type: not a fault.
    #[error("an object of type {0}")]
    OtherKind(String),
    /// Broken.
    #[error("{0}")]
    Malformed(String),
}

/// Who an object belongs to.
#[must_use]
pub fn owner(object: &Value) -> Option<Url> {
    first_actor(object.get("attributedTo")).and_then(|text| Url::parse(text).ok())
}

/// Reads an object that its owner has sent or served.
///
/// # Errors
/// [`NotAnItem`].
pub fn read(object: &Value, registry: &Registry) -> Result<RemoteItem, NotAnItem> {
    let malformed = |text: &str| NotAnItem::Malformed(text.to_owned());
    let kind = object.get("type").and_then(Value::as_str).ok_or_else(|| malformed("no type"))?;
    if !KINDS.contains(&kind) {
        return Err(NotAnItem::OtherKind(clip(kind, 64)));
    }
    let uri = object
        .get("id")
        .and_then(Value::as_str)
        .and_then(|id| Url::parse(id).ok())
        .ok_or_else(|| malformed("no id"))?;
    let owner = owner(object).ok_or_else(|| malformed("no owner"))?;
    if owner.origin() != uri.origin() {
        return Err(malformed("not on its owner's origin"));
    }
    let record: Option<Record> = object
        .get("record")
        .and_then(|record| serde_json::from_value(record.clone()).ok())
        .filter(|record: &Record| record.form == RECORD_FORM);
    let generic = generic_core(object, kind);
    let typed = record.as_ref().and_then(|record| typed_core(record, registry));
    let (fields, core) = match typed {
        Some((fields, core)) => (fields, core),
        None => (Fields::default(), generic),
    };
    if core.title.is_empty() {
        return Err(malformed("neither title nor text"));
    }
    let frame = match &record {
        Some(record) => frame_of(record),
        None => ItemFrame { language: language(object), ..ItemFrame::default() },
    };
    Ok(RemoteItem {
        url: page(object, &uri),
        type_slug: record
            .as_ref()
            .map_or_else(|| guessed_type(kind).to_owned(), |record| clip(&record.type_slug, 48)),
        fields,
        core,
        frame,
        organisation: record.as_ref().map(|record| clip(&record.organisation, 200)).unwrap_or_default(),
        publisher_place: record.as_ref().map(|record| clip(&record.publisher_place, 64)).unwrap_or_default(),
        visibility: if is_public(object) { Visibility::Public } else { Visibility::Network },
        published: moment(object, "published"),
        updated: moment(object, "updated"),
        version: record.as_ref().map_or(0, |record| record.version.max(0)),
        raw: object.to_string(),
        uri: uri.into(),
    })
}

fn frame_of(record: &Record) -> ItemFrame {
    let language: String = record.language.chars().take(8).collect();
    ItemFrame { language, licence: clip(&record.licence, 200), timezone: clip(&record.timezone, 64) }
}

/// The core of a record whose type we know and whose fields are what the type wants.
fn typed_core(record: &Record, registry: &Registry) -> Option<(Fields, ItemCore)> {
    let service_type = registry.get(&record.type_slug)?;
    // A field that our edition of the type does not have is dropped rather than the whole record.
    let mut fields = record.fields.clone();
    fields.0.retain(|name, _| service_type.field(name).is_some());
    let fields = checked(service_type, &fields, Stage::Draft).ok()?;
    let core = ItemCore::of(service_type, &fields, &frame_of(record));
    Some((fields, core))
}

/// What ActivityStreams itself says, from any software.
fn generic_core(object: &Value, kind: &str) -> ItemCore {
    let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    let content = clean_html(text("content"), None);
    let plain = plain_text(&content);
    let name = plain_text(&clean_html(text("name"), None));
    let title = if name.is_empty() { clip(&plain, 120) } else { clip(&name, 300) };
    let summary = plain_text(&clean_html(text("summary"), None));
    let source = many(object.get("attachment"))
        .into_iter()
        .filter(|one| one.get("type").and_then(Value::as_str) == Some("Link"))
        .find_map(|one| one.get("href").and_then(Value::as_str))
        .and_then(|href| Url::parse(href).ok())
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    ItemCore {
        title,
        summary: clip(if summary.is_empty() { &plain } else { &summary }, 500),
        content,
        source_url: source.map(String::from),
        starts_at: (kind == "Event").then(|| moment(object, "startTime")).flatten(),
        ends_at: (kind == "Event").then(|| moment(object, "endTime")).flatten(),
        ..ItemCore::default()
    }
}

fn guessed_type(kind: &str) -> &'static str {
    if kind == "Event" { "agenda" } else { "news" }
}

fn is_public(object: &Value) -> bool {
    let to = many(object.get("to"));
    let cc = many(object.get("cc"));
    to.into_iter()
        .chain(cc)
        .filter_map(Value::as_str)
        .any(|one| matches!(one, PUBLIC | "as:Public" | "Public"))
}

fn language(object: &Value) -> String {
    let first = object.get("contentMap").and_then(Value::as_object).and_then(|map| map.keys().next());
    let code =
        first.map(|code| code.chars().take_while(char::is_ascii_alphabetic).take(3).collect::<String>());
    code.filter(|code| code.len() >= 2).unwrap_or_else(|| "fr".to_owned()).to_ascii_lowercase()
}

fn moment(object: &Value, name: &str) -> Option<DateTime<Utc>> {
    let text = object.get(name)?.as_str()?;
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&Utc))
}

/// The page for people: on the object's own origin, else the object itself.
fn page(object: &Value, uri: &Url) -> String {
    many(object.get("url"))
        .into_iter()
        .filter_map(|one| match one {
            Value::String(text) => Some(text.as_str()),
            Value::Object(link) => link.get("href").and_then(Value::as_str),
            _ => None,
        })
        .filter_map(|text| Url::parse(text).ok())
        .find(|url| url.origin() == uri.origin())
        .map_or_else(|| uri.to_string(), String::from)
}

/// The id of an activity's object.
#[must_use]
pub fn object_id(object: &Value) -> Option<Url> {
    id_of(object).and_then(|id| Url::parse(id).ok())
}
