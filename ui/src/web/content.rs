//! What an item's fields hold, in words: for pages, previews and comparisons.

use super::known::Known;
use crate::html::{CleanHtml, to_markdown};
use crate::i18n::{Locale, Translator, When};
use crate::views::{DiffView, Enclosures, Fact, FieldDiff, Figure, FileLink, Link, Told, word_diff};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};
use chrono_tz::Tz;
use maillage_domain::attachment::Attachment;
use maillage_domain::field::{Field, FieldKind, FieldRole, Fields};
use maillage_domain::french;
use maillage_domain::item::{ItemCore, ItemFrame, main_span, parse_local};
use maillage_domain::occurrence::Occurrence;
use maillage_domain::recurrence::Recurrence;
use maillage_domain::reference::Reference;
use maillage_domain::service_type::ServiceType;
use serde_json::Value;
use url::Url;

/// The title of an item and what it says, from its fields.
pub(super) fn tell(kind: &ServiceType, fields: &Fields, frame: &ItemFrame, known: &Known) -> (String, Told) {
    let core = ItemCore::of(kind, fields, frame);
    let zone = frame.timezone.parse().unwrap_or(super::time::ZONE);
    // Further times stand among the facts.
    let (starts, ends) = main_span(kind, fields, zone);
    let held: Vec<String> = core.held.iter().map(|code| known.place_name(code.as_str())).collect();
    let has_summary = kind.text(fields, FieldRole::Summary).is_some();
    let told = Told {
        t: known.t,
        when: span(starts, ends, zone, known.t),
        place: held.join(", "),
        lead: if has_summary { core.summary } else { String::new() },
        body: CleanHtml::new(&core.content),
        themes: core.themes.iter().map(|slug| known.theme_name(slug)).collect(),
        enclosures: Enclosures {
            t: known.t,
            pictures: pictures(kind, fields, known),
            files: files(kind, fields, known),
        },
        facts: facts(kind, fields, known),
    };
    (core.title, told)
}

/// "mardi 3 mars 2026, 14 h – 17 h", or from one day to another. A time at either end of a day says
/// the day alone.
pub(super) fn span(
    start: Option<DateTime<Utc>>,
    end: Option<DateTime<Utc>>,
    zone: Tz,
    t: Translator,
) -> Option<When> {
    let start = start?;
    let first = When::full(start, zone, t);
    let Some(end) = end.filter(|end| *end > start) else { return Some(first) };
    let (from, to) = (start.with_timezone(&zone), end.with_timezone(&zone));
    let last_minute = to.hour() == 23 && to.minute() == 59;
    if from.date_naive() == to.date_naive() {
        if last_minute {
            return Some(first);
        }
        let text = format!("{}\u{a0}–\u{a0}{}", first.text, french::time(to.hour(), to.minute(), t.locale));
        return Some(When { text, ..first });
    }
    let last = if last_minute {
        french::date(to.date_naive(), t.locale)
    } else {
        french::date_time(end, zone, t.locale)
    };
    Some(When { text: t.with2("span-days", ("from", &first.text), ("until", last)), ..first })
}

/// Fields that stand in a page's head or body already.
const TOLD: [FieldRole; 9] = [
    FieldRole::Title,
    FieldRole::Summary,
    FieldRole::Content,
    FieldRole::Held,
    FieldRole::Start,
    FieldRole::End,
    FieldRole::Themes,
    FieldRole::Latitude,
    FieldRole::Longitude,
];

/// Pictures that are kept here: no page asks another server for one.
fn pictures(kind: &ServiceType, fields: &Fields, known: &Known) -> Vec<Figure> {
    let shown = of_kind(kind, fields, FieldKind::Pictures).filter_map(|one| {
        let src = known.own_file(&one)?;
        let (width, height) = (one.width.unwrap_or_default(), one.height.unwrap_or_default());
        Some(Figure { src, alt: one.name, credit: one.credit, width, height })
    });
    shown.collect()
}

/// Files to download, and pictures that stand on another server, by their addresses.
fn files(kind: &ServiceType, fields: &Fields, known: &Known) -> Vec<FileLink> {
    let elsewhere = of_kind(kind, fields, FieldKind::Pictures).filter(|one| known.own_file(one).is_none());
    let files = of_kind(kind, fields, FieldKind::Files);
    files.chain(elsewhere).map(|one| file(&one, known)).collect()
}

fn file(one: &Attachment, known: &Known) -> FileLink {
    let own = known.own_file(one);
    let host = Url::parse(&one.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let ending = one.url.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = if ending.len() <= 5 { ending.to_uppercase() } else { String::new() };
    let size = one.size.map(|bytes| known.t.bytes(bytes)).unwrap_or_default();
    let host = if own.is_none() { host.unwrap_or_default() } else { String::new() };
    let told = [ending, size, host].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    FileLink {
        label: one.label().to_owned(),
        href: own.unwrap_or_else(|| one.url.clone()),
        told: told.join(", "),
        picture: one.is_picture(),
    }
}

fn of_kind(kind: &ServiceType, fields: &Fields, wanted: FieldKind) -> impl Iterator<Item = Attachment> {
    let named = kind.fields.iter().filter(move |field| field.kind == wanted);
    named.flat_map(|field| fields.attachments(&field.name)).collect::<Vec<_>>().into_iter()
}

fn facts(kind: &ServiceType, fields: &Fields, known: &Known) -> Vec<Fact> {
    let told =
        |field: &&Field| field.kind.is_attachment() || field.role.is_some_and(|role| TOLD.contains(&role));
    let further = kind.fields.iter().filter(|field| !told(field));
    let told = further.filter_map(|field| {
        let values = values(field, fields.0.get(&field.name)?, known);
        (!values.is_empty()).then(|| Fact { label: known.t.say(&field.label()), values })
    });
    told.chain(kind.point(fields).map(|point| position(point, known.t))).collect()
}

/// Where it is, as an address that opens a map (RFC 5870).
fn position((latitude, longitude): (f64, f64), t: Translator) -> Fact {
    let words = t.with2(
        "item-position-degrees",
        ("latitude", degrees(latitude, t)),
        ("longitude", degrees(longitude, t)),
    );
    Fact {
        label: t.get("item-position"),
        values: vec![Link::new(words, format!("geo:{latitude},{longitude}"))],
    }
}

fn degrees(value: f64, t: Translator) -> String {
    let text = format!("{value:.5}");
    if t.locale == Locale::Fr { text.replace('.', ",") } else { text }
}

/// The value of a field in words, as links where it leads somewhere.
fn values(field: &Field, value: &Value, known: &Known) -> Vec<Link> {
    let plain = |text: String| Link::new(text, "");
    match (field.kind, value) {
        (_, Value::Null) => Vec::new(),
        (FieldKind::Url, Value::String(url)) => vec![Link::new(bare(url), url)],
        (FieldKind::Email, Value::String(email)) => vec![Link::new(email, format!("mailto:{email}"))],
        (FieldKind::Phone, Value::String(phone)) => vec![Link::new(national(phone), format!("tel:{phone}"))],
        (FieldKind::Reference | FieldKind::References, _) => {
            let fields = Fields([(field.name.clone(), value.clone())].into());
            fields.references(&field.name).iter().map(|one| referred(one, known)).collect()
        }
        (FieldKind::Pictures | FieldKind::Files, _) => {
            let fields = Fields([(field.name.clone(), value.clone())].into());
            let said = |one: Attachment| match one.credit.as_str() {
                "" => plain(one.label().to_owned()),
                credit => plain(format!("{} ({credit})", one.label())),
            };
            fields.attachments(&field.name).into_iter().map(said).collect()
        }
        (FieldKind::RichText, Value::String(html)) => vec![plain(to_markdown(&CleanHtml::new(html)))],
        (_, Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).map(|code| plain(named(field, code, known))).collect()
        }
        (FieldKind::Boolean, Value::String(text)) => {
            vec![plain(known.t.get(if text == "true" { "answer-yes" } else { "answer-no" }))]
        }
        (_, Value::String(text)) => vec![plain(named(field, text, known))],
        (_, Value::Bool(yes)) => vec![plain(known.t.get(if *yes { "answer-yes" } else { "answer-no" }))],
        (_, Value::Number(number)) => vec![plain(number_in_words(number, known.t))],
        _ => Vec::new(),
    }
}

/// Another item: its title and page here where the reader sees it, else what was noted of it.
fn referred(one: &Reference, known: &Known) -> Link {
    match known.items.get(&one.uri) {
        Some((title, page)) => Link::new(title, page),
        None => Link::new(one.label(), &one.uri),
    }
}

fn named(field: &Field, text: &str, known: &Known) -> String {
    let t = known.t;
    match field.kind {
        FieldKind::Themes => known.theme_name(text),
        FieldKind::Places => known.place_name(text),
        FieldKind::Choice | FieldKind::Choices => {
            let label = |code: &maillage_domain::field::Choice| match t.locale {
                Locale::Fr => t.typeset(&code.fr),
                Locale::En => code.en.clone(),
            };
            field.choice(text).map_or_else(|| text.to_owned(), label)
        }
        FieldKind::Recurrence => {
            Recurrence::read(text).map_or_else(|| text.to_owned(), |rule| rule.sentence(t.locale))
        }
        FieldKind::Date | FieldKind::Dates => {
            text.parse().map_or(text.to_owned(), |day: NaiveDate| french::date(day, t.locale))
        }
        FieldKind::DateTime => parse_local(text).map_or(text.to_owned(), |at| local(at, t)),
        FieldKind::Occurrences => {
            Occurrence::read(text).map_or_else(|| text.to_owned(), |one| occurrence(one, t))
        }
        _ => text.to_owned(),
    }
}

fn local(at: NaiveDateTime, t: Translator) -> String {
    format!("{}, {}", french::date(at.date(), t.locale), french::time(at.hour(), at.minute(), t.locale))
}

fn occurrence(one: Occurrence, t: Translator) -> String {
    let start = local(one.start, t);
    match one.end {
        None => start,
        Some(end) if end.date() == one.start.date() => {
            format!("{start} – {}", french::time(end.hour(), end.minute(), t.locale))
        }
        Some(end) => format!("{start} – {}", local(end, t)),
    }
}

fn number_in_words(number: &serde_json::Number, t: Translator) -> String {
    match number.as_i64() {
        Some(whole) => t.number(whole),
        None if t.locale == Locale::Fr => number.to_string().replace('.', ","),
        None => number.to_string(),
    }
}

/// An address without its scheme, as people read it.
fn bare(url: &str) -> String {
    let text = url.split_once("://").map_or(url, |(_, rest)| rest);
    let text = text.strip_prefix("www.").unwrap_or(text).trim_end_matches('/');
    maillage_domain::text::clip(text, 60)
}

/// `+33386001234` as `03 86 00 12 34`; other countries' numbers as they are.
fn national(phone: &str) -> String {
    match phone.strip_prefix("+33").filter(|digits| digits.len() == 9 && digits.is_ascii()) {
        Some(digits) => {
            let pairs = (1..9).step_by(2).filter_map(|at| digits.get(at..at + 2));
            let first = format!("0{}", digits.get(..1).unwrap_or_default());
            std::iter::once(first.as_str()).chain(pairs).collect::<Vec<_>>().join("\u{a0}")
        }
        None => phone.to_owned(),
    }
}

/// What changes from one state of an item to another, in the order of the form.
pub(super) fn differences(kind: &ServiceType, before: &Fields, after: &Fields, known: &Known) -> DiffView {
    let text = |field: &Field, fields: &Fields| match fields.0.get(&field.name) {
        Some(value) => {
            values(field, value, known).into_iter().map(|link| link.label).collect::<Vec<_>>().join(", ")
        }
        None => String::new(),
    };
    let changed = kind.fields.iter().filter(|field| before.0.get(&field.name) != after.0.get(&field.name));
    let fields = changed
        .map(|field| FieldDiff {
            label: known.t.say(&field.label()),
            parts: word_diff(&text(field, before), &text(field, after)),
        })
        .collect();
    DiffView { t: known.t, fields }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_once() {
        let at = |text: &str| maillage_domain::item::moment(text, super::super::time::ZONE, text.len() == 10);
        let say = |start: &str, end: &str| {
            span(at(start), at(end), super::super::time::ZONE, Translator::default()).expect("a span").text
        };
        assert_eq!(
            say("2026-03-03T14:00", "2026-03-03T17:30"),
            "mardi 3 mars 2026, 14\u{a0}h\u{a0}–\u{a0}17\u{a0}h\u{a0}30"
        );
        assert_eq!(say("2026-03-03T14:00", "2026-03-03"), "mardi 3 mars 2026, 14\u{a0}h");
        assert_eq!(say("2026-03-03T00:00", "2026-03-06"), "du mardi 3 mars 2026 au vendredi 6 mars 2026");
        assert_eq!(say("2026-03-03T14:00", "2026-03-01"), "mardi 3 mars 2026, 14\u{a0}h");
        assert!(span(None, at("2026-03-06"), super::super::time::ZONE, Translator::default()).is_none());
    }

    #[test]
    fn numbers_and_addresses_read_well() {
        assert_eq!(national("+33386001234"), "03\u{a0}86\u{a0}00\u{a0}12\u{a0}34");
        assert_eq!(national("+41223000000"), "+41223000000");
        assert_eq!(bare("https://www.mef.example/"), "mef.example");
        let number = serde_json::Number::from_f64(12.5).expect("a number");
        assert_eq!(number_in_words(&number, Translator::default()), "12,5");
    }
}
