//! Lists by date and single items as calendars (iCalendar) that programs subscribe to. As feeds, they hold
//! what anybody sees, whoever asks.

use super::listing::Listing;
use super::{cards, feed, section, service};
use crate::i18n::Translator;
use crate::web::known::Known;
use crate::web::time::{ZONE, moment};
use crate::web::{Visit, WebError};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Duration, Timelike, Utc};
use chrono_tz::Tz;
use maillage_app::AppError;
use maillage_domain::field::Fields;
use maillage_domain::item::{Span, main_span};
use maillage_domain::repetition::Repetition;
use maillage_domain::text::plain_text;
use maillage_domain::viewer::Viewer;
use maillage_gateways::calendar::{Calendar, CalendarEvent, CalendarStatus, CalendarTime, write_icalendar};
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, EntryView, ListOrder, Reads};
use url::Url;

/// Items of a calendar.
const ITEMS: i64 = 500;
/// What is over stays for so many days.
const KEPT_DAYS: i64 = 31;
/// The media type (RFC 5545 section 8.1).
const ICALENDAR: &str = "text/calendar; charset=utf-8";

/// The address of a list's calendar.
pub(super) fn href(listing: &Listing) -> String {
    listing.href_of(&format!("{}.ics", listing.path), 1)
}

/// The same for programs that subscribe at once (`webcal:`).
pub(super) fn subscription(visit: &Visit, listing: &Listing) -> String {
    let url = visit.app().addresses().url(&href(listing));
    url.split_once("://").map_or_else(|| url.clone(), |(_, rest)| format!("webcal://{rest}"))
}

/// The address of an item's own calendar.
pub(super) fn item_href(view: &EntryView) -> String {
    format!("{}/{}.ics", crate::paths::ITEMS, view.item.uid)
}

/// A list as a calendar tells it.
struct Told {
    name: String,
    description: String,
    listing: Listing,
    views: Vec<EntryView>,
    known: Known,
}

/// GET /services/{slug}.ics, narrowed as the list is.
///
/// # Errors
/// [`AppError::NotFound`] unless everybody sees the service.
pub(super) async fn of_service(
    request: HttpRequest,
    visit: Visit,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let slug = slug.into_inner();
    let listing = Listing::of(&request, format!("/services/{slug}"));
    let (t, registry, now) = (visit.t, visit.app().registry().clone(), visit.app().now());
    let told = visit.app().reads(Viewer::Anonymous).run(move |reads| {
        let service = reads.service(&slug)?;
        let around = service::around(&registry, &service, now.timestamp_millis());
        let views = dated(reads, listing.entry_query(around), now)?;
        let known = cards::known(reads, t, &registry, &views, &feed::chosen(&listing))?;
        Ok(Told { name: service.title, description: service.purpose, listing, views, known })
    });
    answer(&request, &visit, &told.await.map_err(AppError::from)?)
}

/// GET /sites/{site}/{section}.ics, narrowed as the list is.
///
/// # Errors
/// [`AppError::NotFound`] unless everybody may open the site.
pub(super) async fn of_section(
    request: HttpRequest,
    visit: Visit,
    names: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (site, name) = names.into_inner();
    let (t, registry, now) = (visit.t, visit.app().registry().clone(), visit.app().now());
    let listing = Listing::of(&request, String::new());
    let told = visit.app().reads(Viewer::Anonymous).run(move |reads| {
        let view = reads.site(&site)?;
        let around = section::around(&view, &name, now.timestamp_millis())?;
        let listing = Listing { path: around.path.clone(), ..listing };
        let views = dated(reads, listing.entry_query(around.query), now)?;
        let known = cards::known(reads, t, &registry, &views, &feed::chosen(&listing))?;
        let name = match around.title {
            Some(section) => format!("{section} – {}", view.site.title),
            None => view.site.title.clone(),
        };
        Ok(Told { name, description: view.site.intro, listing, views, known })
    });
    answer(&request, &visit, &told.await.map_err(AppError::from)?)
}

/// GET /fiches/{uid}.ics: one item, at each time that it takes place.
///
/// # Errors
/// [`AppError::NotFound`] unless everybody sees it published, and it has a date.
pub(super) async fn of_item(
    request: HttpRequest,
    visit: Visit,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let (t, registry, uid) = (visit.t, visit.app().registry().clone(), uid.into_inner());
    let read = visit.app().reads(Viewer::Anonymous).run(move |reads| {
        let views = reads.entries_of(&uid)?;
        let view = views.into_iter().find(|view| view.entry.state == "published");
        let view = view.ok_or(StoreError::NotFound)?;
        let known = cards::known(reads, t, &registry, std::slice::from_ref(&view), &[])?;
        Ok((view, known))
    });
    let (view, known) = read.await.map_err(AppError::from)?;
    let events = events(&visit, &known, &view)?;
    if events.is_empty() {
        return Err(AppError::NotFound.into());
    }
    let (source, page) = (address(&visit, &item_href(&view))?, page(&visit, &view)?);
    let calendar =
        Calendar { name: view.item.title.clone(), description: String::new(), source, page, events };
    let mut answer = kept(&request, &calendar);
    let file = header::HeaderValue::from_static("attachment; filename=\"agenda.ics\"");
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, file);
    Ok(answer)
}

/// What of a list has a date and is not long over, next first.
fn dated(reads: &mut Reads<'_>, query: EntryQuery, now: DateTime<Utc>) -> Result<Vec<EntryView>, StoreError> {
    let from = (now - Duration::days(KEPT_DAYS)).timestamp_millis();
    let order = match query.order {
        ListOrder::Deadline { .. } => ListOrder::Deadline { from },
        _ => ListOrder::Upcoming { from },
    };
    let mut views = reads.entries(&EntryQuery { order, offset: 0, limit: ITEMS, ..query })?;
    views.retain(is_dated);
    Ok(views)
}

/// Whether an item has a date that a calendar can show.
pub(super) fn is_dated(view: &EntryView) -> bool {
    view.item.starts_at.or(view.item.ends_at).is_some()
}

fn answer(request: &HttpRequest, visit: &Visit, told: &Told) -> Result<HttpResponse, WebError> {
    let mut name = told.name.clone();
    for filter in told.listing.active(visit.t, &told.known) {
        name = format!("{name} – {}", filter.label);
    }
    let mut all = Vec::new();
    for view in &told.views {
        all.extend(events(visit, &told.known, view)?);
    }
    let calendar = Calendar {
        name,
        description: told.description.clone(),
        source: address(visit, &href(&told.listing))?,
        page: address(visit, &told.listing.href_of(&told.listing.path, 1))?,
        events: all,
    };
    Ok(kept(request, &calendar))
}

fn kept(request: &HttpRequest, calendar: &Calendar) -> HttpResponse {
    let updated = calendar.events.iter().map(|event| event.updated).max();
    feed::kept(request, write_icalendar(calendar), ICALENDAR, updated)
}

fn address(visit: &Visit, path: &str) -> Result<Url, WebError> {
    Ok(Url::parse(&visit.app().addresses().url(path)).map_err(AppError::internal)?)
}

/// The page of an item: that of its origin, where it was received.
fn page(visit: &Visit, view: &EntryView) -> Result<Url, WebError> {
    let origin = Url::parse(&view.item.url).ok().filter(|_| !view.entry.home);
    origin.map_or_else(|| address(visit, &cards::href(None, view)), Ok)
}

/// The events of an item: one for its rule, and one for each further time.
fn events(visit: &Visit, known: &Known, view: &EntryView) -> Result<Vec<CalendarEvent>, WebError> {
    let item = &view.item;
    let zone: Tz = item.timezone.parse().unwrap_or(ZONE);
    let published = moment(item.published_at.unwrap_or(item.created_at));
    let kind = known.kind(&item.type_slug);
    let fields: Fields = serde_json::from_str(&item.fields).unwrap_or_default();
    let text = match item.summary.as_str() {
        "" => plain_text(&item.content),
        summary => summary.to_owned(),
    };
    let page = page(visit, view)?;
    let base = CalendarEvent {
        uid: item.uri.clone(),
        sequence: u32::try_from(item.version - 1).unwrap_or_default(),
        created: published,
        updated: moment(item.updated_at).max(published),
        time: CalendarTime::Span { start: published, end: None },
        title: item.title.clone(),
        description: [text.as_str(), &cards::publisher(view), page.as_str()].join("\n\n"),
        location: location(known, view, &fields),
        position: kind.and_then(|kind| kind.point(&fields)),
        page,
        categories: view.themes.iter().map(|slug| known.theme_name(slug)).collect(),
        status: status(view),
    };
    let mut times = cards::times(known, view);
    let mut told = Vec::new();
    if let Some((ruled, starts)) = kind.and_then(|kind| ruled(kind, &fields, zone)) {
        times.retain(|(start, _)| start.is_none_or(|start| !starts.contains(&start)));
        told.push(CalendarEvent { time: ruled, ..base.clone() });
    }
    for time in times {
        let Some((time, deadline)) = time_of(time, zone) else { continue };
        let mut event = CalendarEvent { time, ..base.clone() };
        if let Some(at) = time_key(&event.time).filter(|_| !told.is_empty()) {
            event.uid = format!("{}#{at}", base.uid);
        }
        if deadline {
            event.title = deadline_title(visit.t, &base.title);
        }
        told.push(event);
    }
    Ok(told)
}

fn deadline_title(t: Translator, title: &str) -> String {
    t.with("calendar-deadline", "title", title)
}

/// Tells the further times of an item apart, whatever their order.
fn time_key(time: &CalendarTime) -> Option<String> {
    match time {
        CalendarTime::Span { start, .. } => Some(start.format("%Y%m%dT%H%M%SZ").to_string()),
        CalendarTime::Days { first, .. } => Some(first.format("%Y%m%d").to_string()),
        CalendarTime::Rule { .. } => None,
    }
}

/// The rule of an item for calendars, and when it begins each time.
fn ruled(
    kind: &maillage_domain::service_type::ServiceType,
    fields: &Fields,
    zone: Tz,
) -> Option<(CalendarTime, Vec<DateTime<Utc>>)> {
    let repetition = Repetition::of(kind, fields)?;
    let rule = repetition.rule_for_calendars(zone)?;
    let (start, last) = (*repetition.starts.first()?, *repetition.starts.last()?);
    let (begins, ends) = main_span(kind, fields, zone);
    let length = begins.zip(ends).map(|(begins, ends)| ends - begins);
    let starts = repetition.starts_in(zone);
    let time = CalendarTime::Rule {
        zone,
        start,
        end: length.map(|length| start + length),
        rule,
        left_out: repetition.left_out,
        last,
    };
    Some((time, starts))
}

/// One time of an item as calendars tell it, and whether it is a deadline alone.
fn time_of((start, end): Span, zone: Tz) -> Option<(CalendarTime, bool)> {
    let local = |at: DateTime<Utc>| at.with_timezone(&zone);
    let last_minute = |at: DateTime<Utc>| (local(at).hour(), local(at).minute()) == (23, 59);
    let Some(start) = start else {
        let end = end?;
        let day = local(end).date_naive();
        let time = match last_minute(end) {
            true => CalendarTime::Days { first: day, last: day },
            false => CalendarTime::Span { start: end, end: None },
        };
        return Some((time, true));
    };
    let first = local(start);
    // Midnight is taken for a date alone, as everywhere.
    let whole = (first.hour(), first.minute()) == (0, 0) && end.is_none_or(last_minute);
    let time = match whole {
        true => CalendarTime::Days {
            first: first.date_naive(),
            last: end.map_or(first.date_naive(), |end| local(end).date_naive()),
        },
        false => CalendarTime::Span { start, end },
    };
    Some((time, false))
}

/// "12 rue des Écoles, Nevers (Nièvre)"
fn location(known: &Known, view: &EntryView, fields: &Fields) -> String {
    let street = fields.text("adresse").unwrap_or_default().to_owned();
    let parts = [street, cards::place(view, known)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn status(view: &EntryView) -> CalendarStatus {
    match cards::status(view).as_deref() {
        Some("annule") => CalendarStatus::Cancelled,
        Some("reporte" | "provisoire") => CalendarStatus::Tentative,
        _ => CalendarStatus::Confirmed,
    }
}
