//! What an item says in words, by its form: content, summary, preview.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maillage_app::outbound::PublishedItem;
use maillage_domain::field::{Field, FieldKind, FieldRole};
use maillage_domain::french::date;
use maillage_domain::message::Locale;
use maillage_domain::service_type::{ServiceType, WireForm};
use maillage_domain::text::{clip, escape_html};
use serde_json::{Value, json};

/// The longest summary, in characters: other software shows nothing of an Article beside it.
const SUMMARY: usize = 500;

/// The HTML of an item. Notes have no name, so that they open unfolded elsewhere: the title leads
/// their content, and a link ends it.
pub(super) fn content(
    published: &PublishedItem,
    form: WireForm,
    service_type: Option<&ServiceType>,
) -> String {
    let mut content = standing_content(published, form, service_type);
    if published.archived {
        content.push_str("<p><em>Fiche archivée\u{a0}: elle n’est plus mise à jour.</em></p>");
    }
    content
}

fn standing_content(published: &PublishedItem, form: WireForm, service_type: Option<&ServiceType>) -> String {
    let item = &published.item;
    if matches!(form, WireForm::Article | WireForm::Event | WireForm::Profile) {
        return if item.content.is_empty() {
            format!(
                "<p>{}</p>",
                escape_html(if item.summary.is_empty() { &item.title } else { &item.summary })
            )
        } else {
            item.content.clone()
        };
    }
    let mut content = format!("<p><strong>{}</strong></p>", escape_html(&item.title));
    let places: Vec<&str> = published.held.iter().map(|place| place.name.as_str()).collect();
    if !places.is_empty() {
        content.push_str(&format!("<p>{}</p>", escape_html(&places.join(", "))));
    }
    let said = service_type.map(|known| note_facts(published, known)).unwrap_or_default();
    if !said.is_empty() {
        content.push_str(&format!("<p>{}</p>", escape_html(&said.join(" – "))));
    }
    content.push_str(&item.content);
    match (&item.source_url, form) {
        (Some(source), WireForm::NoteDocument) => {
            content.push_str(&source_line(published, source));
            content.push_str(&format!("<p>{}</p>", link(&item.url)));
        }
        (Some(source), WireForm::NoteLink) => content.push_str(&source_line(published, source)),
        _ => content.push_str(&format!("<p>{}</p>", link(&item.url))),
    }
    content
}

fn link(url: &str) -> String {
    format!("<a href=\"{0}\" rel=\"nofollow noopener\">{0}</a>", escape_html(url))
}

/// The newspaper, where the record names it, and the address of the article.
fn source_line(published: &PublishedItem, source: &str) -> String {
    match published.fields.text("source") {
        Some(name) => format!("<p>{}\u{a0}: {}</p>", escape_html(name), link(source)),
        None => format!("<p>{}</p>", link(source)),
    }
}

/// The plain summary of an Article. One that has dates (a training course) says first when, where and
/// under which conditions: what it says has to mean something without the text.
pub(super) fn summary(published: &PublishedItem, service_type: Option<&ServiceType>) -> String {
    let facts = service_type
        .filter(|known| known.with_role(FieldRole::Start).is_some())
        .map(|known| facts(published, known))
        .unwrap_or_default();
    let own = published.item.summary.trim();
    match (facts.is_empty(), own.is_empty()) {
        (true, true) => clip(&published.item.title, SUMMARY),
        (true, false) => clip(own, SUMMARY),
        (false, true) => clip(&facts, SUMMARY),
        (false, false) => clip(&format!("{facts}. {own}"), SUMMARY),
    }
}

/// Dates, place and chosen conditions in one line.
fn facts(published: &PublishedItem, service_type: &ServiceType) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(dates(published));
    let places: Vec<&str> = published.held.iter().map(|place| place.name.as_str()).collect();
    if !places.is_empty() {
        parts.push(places.join(", "));
    }
    parts.extend(service_type.fields.iter().filter_map(|field| chosen(published, field)));
    parts.join(" – ")
}

fn dates(published: &PublishedItem) -> Option<String> {
    let item = &published.item;
    let zone = zone_of(published);
    let day = |millis: i64| {
        let at = DateTime::<Utc>::from_timestamp_millis(millis).unwrap_or_default();
        date(at.with_timezone(&zone).date_naive(), Locale::Fr)
    };
    let start = day(item.starts_at?);
    Some(match item.ends_at.map(day) {
        Some(end) if end != start => format!("Du {start} au {end}"),
        _ => format!("Le {start}"),
    })
}

/// What a Note says in short of what it describes: what is chosen, dated or named in the first part of its
/// form, such as the contract and the deadline of a job.
fn note_facts(published: &PublishedItem, service_type: &ServiceType) -> Vec<String> {
    let first = service_type.fields.iter().filter(|field| field.essential && field.role.is_none());
    first.filter_map(|field| fact(published, field)).collect()
}

fn fact(published: &PublishedItem, field: &Field) -> Option<String> {
    let said = match field.kind {
        FieldKind::Choice => return chosen(published, field),
        FieldKind::Date => date(published.fields.text(&field.name)?.parse().ok()?, Locale::Fr),
        FieldKind::Reference => published.fields.references(&field.name).first()?.label().to_owned(),
        FieldKind::Number | FieldKind::Integer => {
            published.fields.0.get(&field.name)?.to_string().replace('.', ",")
        }
        _ => return None,
    };
    Some(format!("{} : {said}", field.fr))
}

/// The labels chosen in a field, with the field's own.
fn chosen(published: &PublishedItem, field: &Field) -> Option<String> {
    let codes = match field.kind {
        FieldKind::Choice => published.fields.text(&field.name).into_iter().collect(),
        FieldKind::Choices => published.fields.list(&field.name),
        _ => return None,
    };
    let labels: Vec<&str> =
        codes.into_iter().filter_map(|code| field.choice(code)).map(|c| c.fr.as_str()).collect();
    (!labels.is_empty()).then(|| format!("{} : {}", field.fr, labels.join(", ")))
}

/// The time zone in which the item's times are meant.
pub(super) fn zone_of(published: &PublishedItem) -> Tz {
    published.item.timezone.parse().unwrap_or(chrono_tz::Europe::Paris)
}

/// The short Note that stands for an Article elsewhere (FEP-b2b8).
pub(super) fn preview(published: &PublishedItem, summary: &str) -> Value {
    let item = &published.item;
    let content = format!(
        "<p><strong>{}</strong></p><p>{}</p><p>{}</p>",
        escape_html(&item.title),
        escape_html(&clip(summary, 300)),
        link(&item.url)
    );
    json!({
        "type": "Note",
        "attributedTo": published.actor.uri,
        "published": super::time(item.published_at.unwrap_or(item.created_at)),
        "content": content,
    })
}
