//! RSS and Atom of every public list. Feeds are read by programs that sign in nowhere: they hold
//! what anybody sees, whoever asks.

use super::listing::Listing;
use super::{PAGE, alerts, calendar, cards, section, service};
use crate::i18n::Translator;
use crate::views::{Follow, Link};
use crate::web::known::Known;
use crate::web::time::moment;
use crate::web::{Visit, WebError};
use actix_web::http::header::{self, HttpDate};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use maillage_app::AppError;
use maillage_domain::viewer::Viewer;
use maillage_gateways::feed::{FeedDocument, FeedItem, write_atom, write_rss};
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, EntryView, ListOrder, Reads};
use sha2::{Digest, Sha256};
use std::time::{Duration, UNIX_EPOCH};
use url::Url;

/// Entries of a feed.
const ENTRIES: i64 = 2 * PAGE + 10;

/// The address of a list's feed or calendar, in this format.
pub(super) fn href(listing: &Listing, format: &str) -> String {
    listing.href_of(&format!("{}.{format}", listing.path), 1)
}

/// The feeds of a page, for feed readers.
pub(super) fn links(
    t: Translator,
    listing: &Listing,
    has_dates: bool,
) -> Vec<(String, String, &'static str)> {
    let link = |name: &str, format: &str, kind: &'static str| {
        (format!("{} ({name})", t.get("follow-title")), href(listing, format), kind)
    };
    let mut links =
        vec![link("RSS", "rss", "application/rss+xml"), link("Atom", "atom", "application/atom+xml")];
    links.extend(has_dates.then(|| link("iCalendar", "ics", "text/calendar")));
    links
}

/// A list as a feed tells it.
struct Told {
    title: String,
    description: String,
    listing: Listing,
    views: Vec<EntryView>,
    known: Known,
}

/// GET /services/{slug}.rss and .atom, narrowed as the list is.
///
/// # Errors
/// [`AppError::NotFound`] unless everybody sees the service.
pub(super) async fn of_service(
    request: HttpRequest,
    visit: Visit,
    names: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, format) = names.into_inner();
    let listing = Listing::of(&request, format!("/services/{slug}"));
    let now = visit.app().now().timestamp_millis();
    let (t, registry) = (visit.t, visit.app().registry().clone());
    let told = visit.app().reads(Viewer::Anonymous).run(move |reads| {
        let service = reads.service(&slug)?;
        let views = newest(reads, listing.entry_query(service::around(&registry, &service, now)))?;
        let known = cards::known(reads, t, &registry, &views, &chosen(&listing))?;
        Ok(Told { title: service.title, description: service.purpose, listing, views, known })
    });
    answer(&request, &visit, &told.await.map_err(AppError::from)?, &format)
}

/// GET /sites/{site}/{section}.rss and .atom, narrowed as the list is.
///
/// # Errors
/// [`AppError::NotFound`] unless everybody may open the site.
pub(super) async fn of_section(
    request: HttpRequest,
    visit: Visit,
    names: web::Path<(String, String, String)>,
) -> Result<HttpResponse, WebError> {
    let (site, name, format) = names.into_inner();
    let now = visit.app().now().timestamp_millis();
    let (t, registry) = (visit.t, visit.app().registry().clone());
    let listing = Listing::of(&request, String::new());
    let told = visit.app().reads(Viewer::Anonymous).run(move |reads| {
        let view = reads.site(&site)?;
        let around = section::around(&view, &name, now)?;
        let listing = Listing { path: around.path.clone(), ..listing };
        let views = newest(reads, listing.entry_query(around.query))?;
        let known = cards::known(reads, t, &registry, &views, &chosen(&listing))?;
        let title = match around.title {
            Some(section) => format!("{section} – {}", view.site.title),
            None => view.site.title.clone(),
        };
        Ok(Told { title, description: view.site.intro, listing, views, known })
    });
    answer(&request, &visit, &told.await.map_err(AppError::from)?, &format)
}

/// A feed tells what is new, whatever the order of its list; of an agenda, what is not over.
fn newest(reads: &mut Reads<'_>, query: EntryQuery) -> Result<Vec<EntryView>, StoreError> {
    let order = query.order;
    let mut views =
        reads.entries(&EntryQuery { order: ListOrder::Newest, offset: 0, limit: ENTRIES, ..query })?;
    if let ListOrder::Upcoming { from } = order {
        views.retain(|view| view.item.ends_at.or(view.item.starts_at).is_none_or(|end| end >= from));
    }
    Ok(views)
}

/// How to follow a list that is open to everybody; as a calendar where it `has_dates`.
pub(super) fn follow(visit: &Visit, listing: &Listing, handles: Vec<Link>, has_dates: bool) -> Follow {
    let calendar = || (calendar::href(listing), calendar::subscription(visit, listing));
    let (ics, webcal) = if has_dates { calendar() } else { Default::default() };
    let alert = alerts::href(visit, listing);
    Follow { t: visit.t, alert, rss: href(listing, "rss"), atom: href(listing, "atom"), ics, webcal, handles }
}

/// Codes of the places that were chosen.
pub(super) fn chosen(listing: &Listing) -> Vec<String> {
    listing.places.iter().map(ToString::to_string).collect()
}

fn answer(request: &HttpRequest, visit: &Visit, told: &Told, format: &str) -> Result<HttpResponse, WebError> {
    let document = document(visit, told, format)?;
    let (text, kind) = match format {
        "rss" => (write_rss(&document), "application/rss+xml; charset=utf-8"),
        _ => (write_atom(&document), "application/atom+xml; charset=utf-8"),
    };
    Ok(kept(request, text, kind, Some(document.updated)))
}

fn document(visit: &Visit, told: &Told, format: &str) -> Result<FeedDocument, WebError> {
    let addresses = visit.app().addresses();
    let url = |path: &str| Url::parse(&addresses.url(path)).map_err(AppError::internal);
    let active = told.listing.active(visit.t, &told.known);
    let mut title = told.title.clone();
    for filter in &active {
        title = format!("{title} – {}", filter.label);
    }
    let entries =
        told.views.iter().map(|view| entry(visit, &told.known, view)).collect::<Result<Vec<_>, _>>()?;
    // Without an entry the feed has not changed since the beginning.
    let updated = entries.iter().map(|entry| entry.updated).max().unwrap_or(DateTime::UNIX_EPOCH);
    let own = href(&told.listing, format);
    Ok(FeedDocument {
        id: addresses.url(&told.listing.href_of(&told.listing.path, 1)),
        title,
        description: told.description.clone(),
        site_url: url(&told.listing.href_of(&told.listing.path, 1))?,
        self_url: url(&own)?,
        language: visit.t.code().to_owned(),
        updated,
        entries,
    })
}

/// One entry. The page is that of the origin: what was received is not published again as ours.
fn entry(visit: &Visit, known: &Known, view: &EntryView) -> Result<FeedItem, WebError> {
    let (item, addresses) = (&view.item, visit.app().addresses());
    let own = || addresses.url(&cards::href(None, view));
    let page = if view.entry.home { own() } else { item.url.clone() };
    let page = Url::parse(&page).or_else(|_| Url::parse(&own())).map_err(AppError::internal)?;
    let source = (!view.origin.local)
        .then(|| Url::parse(view.origin.url.as_deref().unwrap_or(&view.origin.uri)).ok())
        .flatten()
        .map(|url| (view.origin.name.clone(), url));
    let when = cards::when(known, view, visit.app().now()).map(|when| when.text);
    let place = Some(cards::place(view, known)).filter(|place| !place.is_empty());
    let head = [when, place].into_iter().flatten().collect::<Vec<_>>().join(" – ");
    let summary = [head.as_str(), item.summary.as_str()];
    let summary = summary.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ");
    let published = moment(item.published_at.unwrap_or(item.created_at));
    Ok(FeedItem {
        id: item.uri.clone(),
        url: page,
        title: item.title.clone(),
        summary,
        content_html: crate::html::CleanHtml::new(&item.content).as_str().to_owned(),
        published,
        updated: moment(item.updated_at).max(published),
        author: Some(cards::publisher(view)),
        categories: view.themes.iter().map(|slug| known.theme_name(slug)).collect(),
        source,
        licence: Some(item.licence.clone()).filter(|licence| !licence.is_empty()),
    })
}

/// A document for everybody with its validators (RFC 9110 section 13): 304 where the reader has it.
pub(super) fn kept(
    request: &HttpRequest,
    body: String,
    kind: &'static str,
    updated: Option<DateTime<Utc>>,
) -> HttpResponse {
    let digest = Sha256::digest(body.as_bytes());
    let tag: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let asked = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    // Compression makes a strong tag weak on its way.
    let same = asked.is_some_and(|asked| {
        asked.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*")
    });
    let mut answer = if same { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer
        .insert_header((header::ETAG, format!("W/{tag}")))
        .insert_header((header::CACHE_CONTROL, "public, max-age=60"))
        .insert_header((header::VARY, "Accept-Language, Cookie"));
    if let Some(updated) = updated {
        let seconds = u64::try_from(updated.timestamp()).unwrap_or_default();
        answer.insert_header(header::LastModified(HttpDate::from(UNIX_EPOCH + Duration::from_secs(seconds))));
    }
    if same { answer.finish() } else { answer.content_type(kind).body(body) }
}
