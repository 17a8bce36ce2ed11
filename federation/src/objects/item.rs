//! The ActivityStreams form of an item, by its service type (INTEROP: "By type of item").

use super::actor::time;
use super::record::Record;
use super::{PUBLIC, with_context};
use chrono::{DateTime, SecondsFormat};
use chrono_tz::Tz;
use maillage_app::address::Addresses;
use maillage_app::outbound::PublishedItem;
use maillage_domain::french::date_time;
use maillage_domain::message::Locale;
use maillage_domain::registry::Registry;
use maillage_domain::service_type::WireForm;
use maillage_domain::text::{clip, escape_html, fold};
use serde_json::{Value, json};

/// The object of an item, without context: what stands inside a Create.
#[must_use]
pub fn item_object(published: &PublishedItem, registry: &Registry, addresses: &Addresses) -> Value {
    let item = &published.item;
    let form = registry.get(&item.type_slug).map_or(WireForm::Note, |known| known.wire);
    let followers = published.actor.followers.clone().unwrap_or_default();
    let public = item.visibility == "public";
    let (to, cc) =
        if public { (json!([PUBLIC]), json!([followers])) } else { (json!([followers]), json!([])) };
    let content = content(published, form);
    let mut object = json!({
        "id": item.uri,
        "type": kind(form),
        "attributedTo": published.actor.uri,
        "to": to,
        "cc": cc,
        "url": item.url,
        "published": time(item.published_at.unwrap_or(item.created_at)),
        "updated": time(item.updated_at.max(item.published_at.unwrap_or(0))),
        "content": content,
        "contentMap": { item.language.clone(): content },
        "tag": tags(published, addresses),
        "attachment": attachments(published, form),
        "record": Record::of(published),
    });
    if matches!(form, WireForm::Article | WireForm::Event) {
        object["name"] = Value::String(item.title.clone());
    }
    match form {
        WireForm::Article => {
            object["summary"] = Value::String(clip(&item.summary, 500));
            object["preview"] = json!({ "type": "Note", "content": format!("<p><strong>{}</strong></p><p>{}</p>", escape_html(&item.title), escape_html(&clip(&item.summary, 300))) });
        }
        WireForm::Event => add_event(&mut object, published, addresses),
        WireForm::Note | WireForm::NoteLink => {}
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
        WireForm::Note | WireForm::NoteLink => "Note",
    }
}

/// Notes open unfolded elsewhere and have no name: the title leads their content, links end it.
fn content(published: &PublishedItem, form: WireForm) -> String {
    let item = &published.item;
    if matches!(form, WireForm::Article | WireForm::Event) {
        return if item.content.is_empty() {
            format!("<p>{}</p>", escape_html(&item.summary))
        } else {
            item.content.clone()
        };
    }
    let link = |url: &str| format!("<a href=\"{0}\" rel=\"nofollow noopener\">{0}</a>", escape_html(url));
    let mut content = format!("<p><strong>{}</strong></p>", escape_html(&item.title));
    let places: Vec<&str> = published.held.iter().map(|place| place.name.as_str()).collect();
    if !places.is_empty() {
        content.push_str(&format!("<p>{}</p>", escape_html(&places.join(", "))));
    }
    content.push_str(&item.content);
    match (&item.source_url, form) {
        (Some(source), WireForm::NoteLink) => content.push_str(&format!("<p>{}</p>", link(source))),
        _ => content.push_str(&format!("<p>{}</p>", link(&item.url))),
    }
    content
}

/// Themes and places as hashtags, in CamelCase.
fn tags(published: &PublishedItem, addresses: &Addresses) -> Vec<Value> {
    let themes =
        published.themes.iter().map(|theme| (theme.label.fr.clone(), format!("theme={}", theme.slug)));
    let places = published.held.iter().map(|place| (place.name.clone(), format!("place={}", place.code)));
    let mut tags: Vec<Value> = Vec::new();
    for (label, query) in themes.chain(places) {
        let name = format!("#{}", camel_case(&label));
        let href = format!("{}?{query}", addresses.service_page(&published.service.slug));
        if name.len() > 1 && !tags.iter().any(|tag| tag["name"] == name) {
            tags.push(json!({ "type": "Hashtag", "name": name, "href": href }));
        }
    }
    tags
}

fn camel_case(label: &str) -> String {
    label
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !fold(word).is_empty())
        .flat_map(|word| {
            let mut chars = word.chars();
            let first = chars.next().into_iter().flat_map(char::to_uppercase);
            first.chain(chars.as_str().chars()).collect::<Vec<_>>()
        })
        .collect()
}

/// Always an array; for a press link the first is a Link to the source.
fn attachments(published: &PublishedItem, form: WireForm) -> Vec<Value> {
    let Some(source) = &published.item.source_url else { return Vec::new() };
    let name = match form {
        WireForm::Event => "Website".to_owned(),
        _ => published.item.title.clone(),
    };
    vec![json!({ "type": "Link", "href": source, "mediaType": "text/html", "name": name })]
}

fn add_event(object: &mut Value, published: &PublishedItem, addresses: &Addresses) {
    let item = &published.item;
    let zone = item.timezone.parse::<Tz>().unwrap_or(chrono_tz::Europe::Paris);
    let local = |millis: i64| {
        DateTime::from_timestamp_millis(millis)
            .unwrap_or_default()
            .with_timezone(&zone)
            .to_rfc3339_opts(SecondsFormat::Secs, false)
    };
    let start = item.starts_at.unwrap_or(item.created_at);
    // FEP-8a8e wants an end; an event that says none is taken to last two hours.
    let end = item.ends_at.unwrap_or(start + 2 * 3_600 * 1_000);
    let day = date_time(DateTime::from_timestamp_millis(start).unwrap_or_default(), zone, Locale::Fr);
    let place = published.held.first();
    let address = published.fields.text("adresse");
    let whereabouts: Vec<&str> = place.map(|p| p.name.as_str()).into_iter().chain(address).collect();
    let summary = if whereabouts.is_empty() { day } else { format!("{day} – {}", whereabouts.join(", ")) };
    let mode = published.fields.text("mode").unwrap_or("sur_place");
    let status = match published.fields.text("statut") {
        Some("annule") => "CANCELLED",
        Some("reporte") => "TENTATIVE",
        _ => "CONFIRMED",
    };
    let more = json!({
        "summary": summary,
        "startTime": local(start),
        "endTime": local(end),
        "timezone": item.timezone,
        "inLanguage": item.language,
        "category": "MEETING",
        "status": status,
        "isOnline": mode == "en_ligne",
        "joinMode": "external",
        "externalParticipationUrl": item.source_url.clone().unwrap_or_else(|| item.url.clone()),
    });
    if let (Some(map), Value::Object(more)) = (object.as_object_mut(), more) {
        map.extend(more);
    }
    if let Some(place) = place {
        object["location"] = location(place, address, published, addresses);
    }
}

fn location(
    place: &maillage_store::rows::PlaceRow,
    address: Option<&str>,
    published: &PublishedItem,
    addresses: &Addresses,
) -> Value {
    let mut location = json!({
        "id": addresses.url(&format!("/lieux/{}/{}", place.code, published.item.uid)),
        "type": "Place",
        "name": address.unwrap_or(&place.name),
        "address": {
            "type": "PostalAddress",
            "addressLocality": place.name,
            "addressCountry": "FR",
            "streetAddress": address.unwrap_or_default(),
        },
    });
    if let (Some(lat), Some(lon)) = (place.latitude, place.longitude) {
        // Floats, also for whole degrees: other software drops integers here.
        location["latitude"] = json!(lat);
        location["longitude"] = json!(lon);
    }
    location
}
