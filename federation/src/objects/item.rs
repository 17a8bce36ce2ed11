//! The ActivityStreams form of an item, by its service type (FEDERATION.md).

use super::actor::BANNER_PATH;
use super::record::Record;
use super::words::{content, preview, summary};
use super::{PUBLIC, event, tags, time, with_context};
use maillage_app::address::Addresses;
use maillage_app::outbound::PublishedItem;
use maillage_domain::attachment::Attachment;
use maillage_domain::field::FieldKind;
use maillage_domain::registry::Registry;
use maillage_domain::service_type::{ServiceType, WireForm};
use maillage_store::rows::ActorRow;
use serde_json::{Value, json};

/// `to` and `cc` of what an actor says: to everybody and its followers, or to its followers alone.
#[must_use]
pub fn audience(actor: &ActorRow, public: bool) -> (Value, Value) {
    let followers = actor.followers.clone().unwrap_or_default();
    if public { (json!([PUBLIC]), json!([followers])) } else { (json!([followers]), json!([])) }
}

/// The object of an item, without context: what stands inside a Create.
#[must_use]
pub fn item_object(published: &PublishedItem, registry: &Registry, addresses: &Addresses) -> Value {
    let item = &published.item;
    let service_type = registry.get(&item.type_slug);
    let form = service_type.map_or(WireForm::Note, |known| known.wire);
    let (to, cc) = audience(&published.actor, item.visibility == "public");
    let published_at = item.published_at.unwrap_or(item.created_at);
    let content = content(published, form, service_type);
    let mut object = json!({
        "id": item.uri,
        "type": kind(form),
        "attributedTo": published.actor.uri,
        "to": to,
        "cc": cc,
        "url": item.url,
        "published": time(published_at),
        // Never before `published`, or GoToSocial takes it for malformed.
        "updated": time(item.updated_at.max(published_at)),
        "content": content,
        "contentMap": { item.language.clone(): content },
        "tag": tags::tags(published, addresses),
        "attachment": attachments(published, form, service_type, addresses),
        "record": Record::of(published, service_type),
    });
    if matches!(form, WireForm::Article | WireForm::Event | WireForm::Profile) {
        object["name"] = Value::String(item.title.clone());
    }
    match form {
        WireForm::Article => {
            let summary = summary(published, service_type);
            object["preview"] = preview(published, &summary);
            object["summary"] = Value::String(summary);
        }
        WireForm::Event => event::add_to(&mut object, published, service_type),
        WireForm::NotePlace => event::add_place(&mut object, published, service_type),
        WireForm::Profile => {
            object["describes"] = json!({ "type": "Person", "name": item.title });
        }
        WireForm::Note | WireForm::NoteLink | WireForm::NoteDocument | WireForm::None => {}
    }
    if let Some(first) = of_kind(published, service_type, FieldKind::Pictures).first() {
        object["image"] = picture(first);
    }
    if let Some(parent) = service_type.and_then(|known| known.in_reply_to(&published.fields)) {
        object["inReplyTo"] = Value::String(parent.uri);
    }
    object
}

/// The object as a document of its own.
#[must_use]
pub fn item_document(published: &PublishedItem, registry: &Registry, addresses: &Addresses) -> Value {
    with_context(item_object(published, registry, addresses))
}

fn kind(form: WireForm) -> &'static str {
    match form {
        WireForm::Article => "Article",
        WireForm::Event => "Event",
        WireForm::Profile => "Profile",
        // What has no form of its own never leaves the node: its services are private.
        WireForm::Note
        | WireForm::NoteLink
        | WireForm::NotePlace
        | WireForm::NoteDocument
        | WireForm::None => "Note",
    }
}

/// Always an array, pictures first. An event without a picture of its own begins with a banner, since other
/// software takes the first attachment for its picture without looking further. A document that is
/// described stands before the other files, by its address; the source of a press link, and the page of
/// anything else, is a Link.
fn attachments(
    published: &PublishedItem,
    form: WireForm,
    service_type: Option<&ServiceType>,
    addresses: &Addresses,
) -> Vec<Value> {
    let pictures = of_kind(published, service_type, FieldKind::Pictures);
    let mut all: Vec<Value> = pictures.iter().map(picture).collect();
    if form == WireForm::Event && all.is_empty() {
        let url = addresses.url(BANNER_PATH);
        all.push(json!({ "type": "Document", "mediaType": "image/png", "url": url, "name": "Banner" }));
    }
    if let (WireForm::NoteDocument, Some(source)) = (form, &published.item.source_url) {
        let media_type = published.fields.text("format").unwrap_or("text/html");
        let name = &published.item.title;
        all.push(json!({ "type": "Document", "mediaType": media_type, "url": source, "name": name }));
    } else if let Some(source) = &published.item.source_url {
        let name = if form == WireForm::Event { "Website" } else { &published.item.title };
        all.push(json!({ "type": "Link", "href": source, "mediaType": "text/html", "name": name }));
    }
    all.extend(of_kind(published, service_type, FieldKind::Files).iter().map(document));
    all
}

/// The pictures or files of an item.
fn of_kind(
    published: &PublishedItem,
    service_type: Option<&ServiceType>,
    kind: FieldKind,
) -> Vec<Attachment> {
    let fields = service_type.into_iter().flat_map(|known| &known.fields).filter(|field| field.kind == kind);
    fields.flat_map(|field| published.fields.attachments(&field.name)).collect()
}

/// What a picture shows is its `name`, which fediverse software reads as its alternative text; who made it is
/// its `summary`.
fn picture(one: &Attachment) -> Value {
    let mut picture =
        json!({ "type": "Image", "mediaType": one.media_type, "url": one.url, "name": one.name });
    for (name, value) in [("width", one.width), ("height", one.height)] {
        if let Some(pixels) = value {
            picture[name] = pixels.into();
        }
    }
    if !one.credit.is_empty() {
        picture["summary"] = Value::String(one.credit.clone());
    }
    picture
}

fn document(one: &Attachment) -> Value {
    json!({ "type": "Document", "mediaType": one.media_type, "url": one.url, "name": one.label() })
}
