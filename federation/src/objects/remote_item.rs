//! Reading somebody else's item: the typed record where there is one, else what ActivityStreams says.

use super::record::{RECORD_FORM, Record};
use super::{PUBLIC, id_of, many, page_on};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maillage_app::AppError;
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
pub const KINDS: [&str; 7] = ["Article", "Note", "Event", "Page", "Document", "Video", "Profile"];
/// Themes, and places of one kind, read of one record at most.
const TERMS: usize = 50;
/// Versions beyond this one are taken for it.
const LAST_VERSION: i64 = u32::MAX as i64;

/// Why an object is no item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnItem {
    /// Something that is not for us to show: not a fault.
    #[error("left alone: {0}")]
    Other(String),
    /// Broken.
    #[error("{0}")]
    Malformed(String),
}

/// Who an object belongs to.
#[must_use]
pub fn owner(object: &Value) -> Option<Url> {
    many(object.get("attributedTo")).into_iter().find_map(id_of).and_then(|text| Url::parse(text).ok())
}

/// The id of an activity's object.
#[must_use]
pub fn object_id(object: &Value) -> Option<Url> {
    id_of(object).and_then(|id| Url::parse(id).ok())
}

/// Reads an object that its owner, whose followers collection is `followers`, has sent or served.
/// Replies, and what is addressed neither to everybody nor to all followers, are left alone.
///
/// # Errors
/// [`NotAnItem`].
pub fn read(object: &Value, registry: &Registry, followers: Option<&str>) -> Result<RemoteItem, NotAnItem> {
    let malformed = |text: &str| NotAnItem::Malformed(text.to_owned());
    let kind = object.get("type").and_then(Value::as_str).ok_or_else(|| malformed("no type"))?;
    if !KINDS.contains(&kind) {
        return Err(NotAnItem::Other(format!("an object of type {}", clip(kind, 64))));
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
    let record = record(object);
    let answers = |record: &Record| registry.get(&record.type_slug)?.in_reply_to(&record.fields);
    // An answer within a service of messages is an item of it; any other reply is none of ours.
    if object.get("inReplyTo").is_some_and(|parent| !parent.is_null())
        && record.as_ref().and_then(answers).is_none()
    {
        return Err(NotAnItem::Other("a reply".into()));
    }
    let visibility =
        visibility(object, followers).ok_or_else(|| NotAnItem::Other("addressed to some alone".into()))?;
    let (fields, core) = match record.as_ref().and_then(|record| typed_core(record, registry)) {
        Some(typed) => typed,
        None => (Fields::default(), generic_core(object, kind, record.as_ref())),
    };
    if core.title.is_empty() {
        return Err(malformed("neither title nor text"));
    }
    let frame = match &record {
        Some(record) => frame_of(record),
        None => ItemFrame { language: language(object), ..ItemFrame::default() },
    };
    let said = |of: fn(&Record) -> &str, max| record.as_ref().map(|r| clip(of(r), max)).unwrap_or_default();
    Ok(RemoteItem {
        url: page_on(object.get("url"), &uri).map_or_else(|| uri.to_string(), String::from),
        type_slug: record.as_ref().map_or_else(|| guessed_type(kind).to_owned(), |r| clip(&r.type_slug, 48)),
        fields,
        core,
        frame,
        organisation: said(|record| &record.organisation, 200),
        publisher_place: said(|record| &record.publisher_place, 64),
        visibility,
        published: moment(object, "published"),
        updated: moment(object, "updated"),
        version: record.as_ref().map_or(0, |record| record.version.clamp(0, LAST_VERSION)),
        raw: object.to_string(),
        uri: uri.into(),
    })
}

/// The record, where there is one of a form that we know.
fn record(object: &Value) -> Option<Record> {
    let record: Record = serde_json::from_value(object.get("record")?.clone()).ok()?;
    (record.form == RECORD_FORM).then_some(record)
}

fn frame_of(record: &Record) -> ItemFrame {
    let usual = ItemFrame::default();
    let language = code_of(&record.language).unwrap_or(usual.language);
    let timezone = record.timezone.parse::<Tz>().map_or(usual.timezone, |zone| zone.name().to_owned());
    ItemFrame { language, licence: clip(&record.licence, 200), timezone }
}

/// The core of a record whose type we know and whose fields are what the type wants.
fn typed_core(record: &Record, registry: &Registry) -> Option<(Fields, ItemCore)> {
    let service_type = registry.get(&record.type_slug)?;
    // A field that our edition of the type does not have, or has in another form, is dropped rather than
    // the whole record.
    let mut fields = record.fields.clone();
    fields.0.retain(|name, _| service_type.field(name).is_some());
    let fields = match checked(service_type, &fields, Stage::Draft) {
        Ok(fields) => fields,
        Err(AppError::Invalid { problems }) => {
            problems.iter().for_each(|problem| fields.set(&problem.field, Value::Null));
            checked(service_type, &fields, Stage::Draft).ok()?
        }
        Err(_) => return None,
    };
    let mut core = ItemCore::of(service_type, &fields, &frame_of(record));
    core.themes.truncate(TERMS);
    core.held.truncate(TERMS);
    core.eligible.truncate(TERMS);
    Some((fields, core))
}

/// What ActivityStreams itself says, from any software. Of a record whose type we do not know, themes
/// and places still count, so that filters find the item.
fn generic_core(object: &Value, kind: &str, record: Option<&Record>) -> ItemCore {
    let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
    let content = clean_html(written(object), None);
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
    let event = kind == "Event";
    let few = |codes: &[_]| codes.iter().take(TERMS).cloned().collect();
    ItemCore {
        title,
        summary: clip(if summary.is_empty() { &plain } else { &summary }, 500),
        content,
        source_url: source.map(String::from),
        starts_at: event.then(|| moment(object, "startTime")).flatten(),
        ends_at: event.then(|| moment(object, "endTime")).flatten(),
        themes: record.map(|r| r.themes.iter().take(TERMS).cloned().collect()).unwrap_or_default(),
        held: record.map(|record| few(&record.held)).unwrap_or_default(),
        eligible: record.map(|record| few(&record.eligible)).unwrap_or_default(),
        ..ItemCore::default()
    }
}

/// The content; of an object that has it by language alone, the first one.
fn written(object: &Value) -> &str {
    let plain = object.get("content").and_then(Value::as_str);
    let mapped = || object.get("contentMap")?.as_object()?.values().find_map(Value::as_str);
    plain.or_else(mapped).unwrap_or_default()
}

fn guessed_type(kind: &str) -> &'static str {
    if kind == "Event" { "agenda" } else { "news" }
}

/// Who may see it: everybody, or those who follow its owner. None where it is for some alone.
fn visibility(object: &Value, followers: Option<&str>) -> Option<Visibility> {
    let named: Vec<&str> =
        ["to", "cc"].iter().flat_map(|name| many(object.get(*name))).filter_map(id_of).collect();
    if named.iter().any(|one| matches!(*one, PUBLIC | "as:Public" | "Public")) {
        return Some(Visibility::Public);
    }
    named.iter().any(|one| Some(*one) == followers).then_some(Visibility::Network)
}

/// The language in which the content is said to be.
fn language(object: &Value) -> String {
    let content = object.get("content").and_then(Value::as_str);
    let map = object.get("contentMap").and_then(Value::as_object);
    let named = map.and_then(|map| {
        let same = map.iter().find(|(_, text)| content.is_some() && text.as_str() == content);
        same.or_else(|| map.iter().next()).map(|(code, _)| code.as_str())
    });
    let spoken = object.get("inLanguage").and_then(Value::as_str);
    named.or(spoken).and_then(code_of).unwrap_or_else(|| ItemFrame::default().language)
}

/// The primary part of a language tag, in lower case.
fn code_of(tag: &str) -> Option<String> {
    let code: String = tag.chars().take_while(char::is_ascii_alphabetic).take(3).collect();
    (code.len() >= 2).then(|| code.to_ascii_lowercase())
}

fn moment(object: &Value, name: &str) -> Option<DateTime<Utc>> {
    let text = object.get(name)?.as_str()?;
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&Utc))
}
