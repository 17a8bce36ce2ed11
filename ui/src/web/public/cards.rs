//! Items as public lists show them.

use super::ZONE;
use crate::i18n::{Locale, Translator, When};
use crate::views::ItemCard;
use crate::web::Visit;
use crate::web::content::span;
use crate::web::known::Known;
use crate::web::time::moment;
use chrono::{DateTime, Utc};
use maillage_domain::field::FieldRole;
use maillage_domain::item::{Span, occurrences};
use maillage_domain::registry::Registry;
use maillage_domain::search::Question;
use maillage_domain::text::{clip, plain_text, slugify};
use maillage_store::StoreError;
use maillage_store::read::{EntryView, Reads};
use std::sync::Arc;

/// Characters of a summary in a list.
const SUMMARY: usize = 220;
/// The field that says whether something takes place.
pub(super) const STATUS: &str = "statut";
/// What says no end is over a day after it began, in milliseconds.
const DAY: i64 = 24 * 3_600 * 1_000;

/// Names of the places that these items name, and of these further ones.
///
/// # Errors
/// Those of the database.
pub(super) fn known(
    reads: &mut Reads<'_>,
    t: Translator,
    registry: &Arc<Registry>,
    views: &[EntryView],
    further: &[String],
) -> Result<Known, StoreError> {
    let codes: Vec<String> =
        views.iter().flat_map(|view| view.places.iter().cloned()).chain(further.iter().cloned()).collect();
    Known::read(reads, t, registry, &codes)
}

/// The page of an item: on a site, or on the node.
pub(super) fn href(site: Option<&str>, view: &EntryView) -> String {
    let page = slugged(&view.item.uid, &view.item.title);
    site.map_or_else(|| page.clone(), |site| format!("{}{page}", crate::paths::site(site)))
}

/// The page of an item on the node, by its public id and its title.
pub(super) fn slugged(uid: &str, title: &str) -> String {
    format!("/fiches/{uid}/{}", slugify(title, 60))
}

/// Text of an item, typeset for the item's own language.
pub(super) fn typeset(view: &EntryView, text: &str) -> String {
    match view.item.language.as_str() {
        "fr" => Translator::new(Locale::Fr).typeset(text),
        _ => text.to_owned(),
    }
}

/// Who publishes an item, in words.
pub(super) fn publisher(view: &EntryView) -> String {
    match view.item.organisation_name.as_str() {
        "" => view.origin.name.clone(),
        organisation => organisation.to_owned(),
    }
}

/// Each time that an item takes place, where it says several; else none.
fn several(known: &Known, view: &EntryView) -> Vec<Span> {
    let several = known.kind(&view.item.type_slug).filter(|kind| {
        let further = [FieldRole::Occurrences, FieldRole::Recurrence];
        let mut fields = further.into_iter().filter_map(|role| kind.with_role(role));
        fields.any(|field| view.item.fields.contains(&field.name))
    });
    let zone = view.item.timezone.parse().unwrap_or(ZONE);
    match several {
        Some(kind) => occurrences(kind, &serde_json::from_str(&view.item.fields).unwrap_or_default(), zone),
        None => Vec::new(),
    }
}

/// Each time that an item takes place: one of most, none of what says no date.
pub(super) fn times(known: &Known, view: &EntryView) -> Vec<Span> {
    let all = several(known, view);
    if !all.is_empty() {
        return all;
    }
    let one = (view.item.starts_at.map(moment), view.item.ends_at.map(moment));
    vec![one].into_iter().filter(|(start, end)| start.or(*end).is_some()).collect()
}

/// When an item takes place; of several times the next one, or the last one where all are over, with how
/// many others there are.
pub(super) fn when(known: &Known, view: &EntryView, now: DateTime<Utc>) -> Option<When> {
    let (t, zone) = (known.t, view.item.timezone.parse().unwrap_or(ZONE));
    let all = several(known, view);
    let ahead = all.iter().find(|(start, end)| end.or(*start).is_some_and(|over| over >= now));
    let Some((starts, ends)) = ahead.or(all.last()).filter(|_| all.len() > 1) else {
        return span(view.item.starts_at.map(moment), view.item.ends_at.map(moment), zone, t);
    };
    let mut when = span(*starts, *ends, zone, t)?;
    when.text.push_str(&format!(" {}", t.count("when-others", all.len() - 1)));
    Some(when)
}

/// Where an item is held, in words.
pub(super) fn place(view: &EntryView, known: &Known) -> String {
    view.places.iter().map(|code| known.place_name(code)).collect::<Vec<_>>().join(", ")
}

/// Whether an item does not take place.
pub(super) fn cancelled(view: &EntryView) -> bool {
    status(view).as_deref() == Some("annule")
}

/// The code of the status that its fields tell.
pub(super) fn status(view: &EntryView) -> Option<String> {
    let fields: serde_json::Value = serde_json::from_str(&view.item.fields).ok()?;
    Some(fields.get(STATUS)?.as_str()?.to_owned())
}

/// What there is to know before opening an item: that it is cancelled, full, or over at this moment
/// (milliseconds).
pub(super) fn warning(t: Translator, view: &EntryView, now: i64) -> String {
    let over = view.item.ends_at.or(view.item.starts_at.map(|at| at + DAY)).is_some_and(|end| end < now);
    let age = view.age.as_ref();
    t.get(match status(view).as_deref() {
        Some("annule") => "warning-cancelled",
        Some("pourvue") => "warning-filled",
        _ if age.is_some_and(|age| age.archived_at.is_some()) => "warning-archived",
        _ if over => "warning-over",
        Some("reporte") => "warning-postponed",
        Some("complet") => "warning-full",
        Some("suspendue") => "warning-on-hold",
        Some("provisoire") => "warning-provisional",
        _ if age.is_some_and(|age| age.check_at.is_some()) => "warning-to-check",
        _ => return String::new(),
    })
}

/// The summary of an item; where words were looked for that it has further down, the text around them.
fn excerpt(view: &EntryView, asked: &Question) -> String {
    let item = &view.item;
    let around = |text: &str| if asked.is_empty() { None } else { asked.excerpt(text, SUMMARY) };
    around(&item.summary)
        .or_else(|| around(&plain_text(&item.content)))
        .unwrap_or_else(|| clip(&item.summary, SUMMARY))
}

/// One item of a list. `asked` is what was looked for. `site` is the site around it; `kind` says what it is,
/// for lists over several types.
pub(super) fn card(
    visit: &Visit,
    known: &Known,
    view: &EntryView,
    site: Option<&str>,
    with_kind: bool,
    level: u8,
    asked: &Question,
) -> ItemCard {
    let (t, item) = (visit.t, &view.item);
    let kind =
        known.kind(&item.type_slug).map_or_else(|| item.type_slug.clone(), |kind| t.say(&kind.label()));
    ItemCard {
        t,
        href: href(site, view),
        title: typeset(view, &item.title),
        kind: if with_kind { kind } else { String::new() },
        when: when(known, view, visit.app().now()),
        place: place(view, known),
        summary: typeset(view, &excerpt(view, asked)),
        publisher: publisher(view),
        published: When::ago(
            moment(item.published_at.unwrap_or(item.created_at)),
            visit.app().now(),
            ZONE,
            t,
        ),
        warning: warning(t, view, visit.app().now().timestamp_millis()),
        cancelled: cancelled(view),
        group: String::new(),
        level,
        asked: asked.clone(),
    }
}
