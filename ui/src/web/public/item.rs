//! The page of an item.

use super::frame::NodeName;
use super::{COUNTED, ZONE, calendar, cards, structured};
use crate::forms::licence_name;
use crate::html::{CleanHtml, JsonLd};
use crate::i18n::{Translator, When};
use crate::paths;
use crate::views::{Enclosures, ErrorPage, ItemPage, Link, Origin, Told};
use crate::web::content::tell;
use crate::web::known::{Known, named_in};
use crate::web::office::origin;
use crate::web::time::moment;
use crate::web::{Visit, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use chrono::{DateTime, SecondsFormat, Utc};
use maillage_app::AppError;
use maillage_domain::field::Fields;
use maillage_domain::item::{ItemFrame, main_span, occurrences};
use maillage_domain::registry::Registry;
use maillage_domain::search::Question;
use maillage_domain::site::{ListFilter, SiteKind};
use maillage_store::StoreError;
use maillage_store::read::{About, EntryQuery, EntryView, Reads, SiteView};
use maillage_store::rows::ActorRow;
use std::sync::Arc;
use url::Url;

/// Related items that are shown.
const RELATED: usize = 3;

struct Found {
    node: NodeName,
    site: Option<SiteView>,
    view: EntryView,
    path: Vec<ActorRow>,
    related: Vec<EntryView>,
    /// Discussions of the workshop about it; none on any other page.
    discussions: Option<usize>,
    known: Known,
    fields: Fields,
}

/// What a visit of an item comes to.
enum Outcome {
    /// The item.
    Item(Box<Found>),
    /// It stands elsewhere: the site does not show it.
    Elsewhere(String),
    /// It was withdrawn.
    Gone(NodeName),
}

/// GET /fiches/{uid}: the address without its readable end.
///
/// # Errors
/// As [`page`].
pub(super) async fn without_slug(visit: Visit, uid: web::Path<String>) -> Result<HttpResponse, WebError> {
    show(visit, None, uid.into_inner(), "").await
}

/// GET /fiches/{uid}/{slug}
///
/// # Errors
/// [`AppError::NotFound`] when the visitor does not see it published.
pub(super) async fn page(visit: Visit, names: web::Path<(String, String)>) -> Result<HttpResponse, WebError> {
    let (uid, slug) = names.into_inner();
    show(visit, None, uid, &slug).await
}

/// GET /sites/{site}/fiches/{uid}/{slug}: the same within a site.
///
/// # Errors
/// As [`page`]; [`AppError::NotFound`] when the visitor may not open the site.
pub(super) async fn on_site(
    visit: Visit,
    names: web::Path<(String, String, String)>,
) -> Result<HttpResponse, WebError> {
    let (site, uid, slug) = names.into_inner();
    show(visit, Some(site), uid, &slug).await
}

async fn show(visit: Visit, site: Option<String>, uid: String, slug: &str) -> Result<HttpResponse, WebError> {
    let (t, registry) = (visit.t, visit.app().registry().clone());
    let read = visit.reads().run(move |reads| find(reads, t, &registry, site.as_deref(), &uid));
    match read.await.map_err(AppError::from)? {
        Outcome::Elsewhere(path) => Ok(visit.moved(&path)),
        Outcome::Gone(node) => withdrawn(&visit, &node),
        Outcome::Item(found) => {
            let site = found.site.as_ref().map(|view| view.site.slug.as_str());
            let right = cards::href(site, &found.view);
            // An old title in the address leads to the present one.
            if right.rsplit('/').next() == Some(slug) {
                answer(&visit, &found)
            } else {
                Ok(visit.moved(&right))
            }
        }
    }
}

fn find(
    reads: &mut Reads<'_>,
    t: Translator,
    registry: &Arc<Registry>,
    site: Option<&str>,
    uid: &str,
) -> Result<Outcome, StoreError> {
    let site = site.map(|slug| reads.site(slug)).transpose()?;
    let views = match reads.entries_of(uid) {
        Ok(views) => views,
        Err(StoreError::NotFound) => Vec::new(),
        Err(error) => return Err(error),
    };
    let Some(mut view) = views.into_iter().find(|view| view.entry.state == "published") else {
        let gone = reads.was_withdrawn(uid)?;
        return if gone { Ok(Outcome::Gone(NodeName::read(reads)?)) } else { Err(StoreError::NotFound) };
    };
    if let Some(site) = &site {
        let query = EntryQuery {
            placed: Some(super::site::shown(site)),
            items: Some(vec![view.item.id]),
            limit: 1,
            ..EntryQuery::default()
        };
        match reads.entries(&query)?.pop() {
            Some(shown) => view = shown,
            None => return Ok(Outcome::Elsewhere(cards::href(None, &view))),
        }
    }
    let fields: Fields = serde_json::from_str(&view.item.fields).unwrap_or_default();
    let related = related(reads, &view, site.as_ref())?;
    let discussions = match site.as_ref().filter(|one| one.site.kind == SiteKind::Workshop.as_str()) {
        Some(one) => Some(reads.discussions(&one.site.slug, About::Item(view.item.id), COUNTED)?.len()),
        None => None,
    };
    let mut codes =
        registry.get(&view.item.type_slug).map(|kind| named_in(kind, &fields)).unwrap_or_default();
    codes.extend(related.iter().flat_map(|other| other.places.iter().cloned()));
    let known = cards::known(reads, t, registry, std::slice::from_ref(&view), &codes)?;
    let path = origin::path(reads, &view)?;
    Ok(Outcome::Item(Box::new(Found {
        node: NodeName::read(reads)?,
        site,
        view,
        path,
        related,
        discussions,
        known,
        fields,
    })))
}

fn withdrawn(visit: &Visit, node: &NodeName) -> Result<HttpResponse, WebError> {
    let mut page = ErrorPage::new(visit.t, visit.shell(&node.0), 410);
    page.detail = visit.t.get("item-withdrawn");
    visit.page_with(StatusCode::GONE, &page)
}

/// Published items on the same themes, without the item itself.
fn related(
    reads: &mut Reads<'_>,
    view: &EntryView,
    site: Option<&SiteView>,
) -> Result<Vec<EntryView>, StoreError> {
    if view.themes.is_empty() {
        return Ok(Vec::new());
    }
    let query = EntryQuery {
        services: site.is_none().then(|| vec![view.entry.service_id]),
        placed: site.map(super::site::shown),
        chosen: ListFilter { themes: view.themes.clone(), ..ListFilter::default() },
        limit: 2 * i64::try_from(RELATED).unwrap_or(3) + 1,
        ..EntryQuery::default()
    };
    let mut seen = vec![view.item.id];
    let mut others = reads.entries(&query)?;
    others.retain(|other| {
        let new = !seen.contains(&other.item.id);
        seen.push(other.item.id);
        new
    });
    others.truncate(RELATED);
    Ok(others)
}

fn answer(visit: &Visit, found: &Found) -> Result<HttpResponse, WebError> {
    let (t, view, item) = (visit.t, &found.view, &found.view.item);
    let site = found.site.as_ref().map(|view| view.site.slug.as_str());
    let addresses = visit.app().addresses();
    let told = told(found, visit.app().now());
    let public = item.visibility == "public" && view.service.visibility == "public";
    let own = addresses.url(&cards::href(None, view));
    let canonical =
        if view.entry.home || !item.url.starts_with("http") { own.clone() } else { item.url.clone() };
    let mut frame =
        found.site.as_ref().map_or_else(|| found.node.frame(), |site| found.node.frame_of(visit.t, site));
    frame.description = maillage_domain::text::clip(&item.summary, 160);
    frame.canonical.clone_from(&canonical);
    frame.preview.clone_from(&item.title);
    frame.about_one = true;
    frame.picture = told.enclosures.pictures.first().cloned();
    let stamp = |millis: i64| moment(millis).to_rfc3339_opts(SecondsFormat::Secs, true);
    frame.published = item.published_at.map(stamp).unwrap_or_default();
    frame.modified = stamp(item.updated_at);
    frame.noindex |= !public;
    if let Some(section) = section_of(found) {
        frame.current = section.href;
    }
    if public && view.entry.home {
        frame.activity_href.clone_from(&item.uri);
    }
    let document = public.then(|| structured::document(visit, view, &found.fields, &found.known, &canonical));
    let action = main_action(visit, view);
    let mut facts = told.facts;
    // What the main action leads to is not said twice.
    facts.retain(|fact| {
        !action.as_ref().is_some_and(|action| fact.values.iter().any(|link| link.href == action.href))
    });
    let host = action.as_ref().and_then(|action| Url::parse(&action.href).ok());
    visit.page(&ItemPage {
        t,
        shell: visit
            .shell(found.site.as_ref().map_or(found.node.0.as_str(), |site| site.site.title.as_str())),
        site: frame,
        trail: trail(found),
        lang: (item.language != t.code()).then(|| item.language.clone()),
        kind: kind(found),
        title: cards::typeset(view, &item.title),
        when: told.when,
        place: told.place,
        warning: cards::warning(t, view, visit.app().now().timestamp_millis()),
        cancelled: cards::cancelled(view),
        lead: cards::typeset(view, &told.lead),
        body: told.body,
        enclosures: told.enclosures,
        main_action_host: host.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default(),
        main_action: action,
        facts,
        themes: themes(found),
        origin: origin_of(visit, found),
        original: (!view.entry.home && !view.origin.local && item.url.starts_with("http"))
            .then(|| Link::new(t.with("item-original", "node", &view.origin.host), &item.url)),
        licence: (!item.licence.is_empty())
            .then(|| Link::new(licence_name(t, &item.licence), licence_href(&item.licence))),
        permalink: own,
        discussions: discussions(visit, found),
        calendar: (public && calendar::is_dated(view)).then(|| calendar::item_href(view)),
        related: found
            .related
            .iter()
            .map(|other| cards::card(visit, &found.known, other, site, false, 3, &Question::default()))
            .collect(),
        json_ld: document.map(|document| JsonLd::new(&document)),
    })
}

/// Where the members of the workshop discuss it.
fn discussions(visit: &Visit, found: &Found) -> Option<Link> {
    let (site, count) = (found.site.as_ref()?, found.discussions?);
    let base = paths::workshop(&site.site.slug, "discussions");
    let href = crate::web::address::with(&base, &[("item", &found.view.item.uid)]);
    Some(Link::new(visit.t.count("item-discussions", count), href))
}

/// What kind of item it is, where the page above does not say it.
fn kind(found: &Found) -> String {
    let slug = &found.view.item.type_slug;
    let kind = found.known.kind(slug).map_or_else(|| slug.clone(), |kind| found.known.t.say(&kind.label()));
    if section_of(found).is_some_and(|section| section.label == kind) { String::new() } else { kind }
}

/// What is told of the item: by its typed fields, or, for other software's, by what was understood.
fn told(found: &Found, now: DateTime<Utc>) -> Told {
    let (view, item) = (&found.view, &found.view.item);
    let frame = ItemFrame {
        language: item.language.clone(),
        licence: item.licence.clone(),
        timezone: item.timezone.clone(),
    };
    match found.known.kind(&item.type_slug).filter(|_| !found.fields.0.is_empty()) {
        Some(kind) => {
            let mut fields = found.fields.clone();
            // Said on top where there is anything to say.
            fields.0.remove(cards::STATUS);
            let mut told = tell(kind, &fields, &frame, &found.known).1;
            let zone = item.timezone.parse().unwrap_or(ZONE);
            let (start, end) = main_span(kind, &fields, zone);
            if end.or(start).is_some_and(|over| over < now) && occurrences(kind, &fields, zone).len() > 1 {
                // It goes on: the next time, rather than the first.
                told.when = cards::when(&found.known, view, now);
            }
            told
        }
        None => Told {
            t: found.known.t,
            when: cards::when(&found.known, view, moment(item.updated_at)),
            place: cards::place(view, &found.known),
            lead: String::new(),
            body: CleanHtml::new(&item.content),
            enclosures: Enclosures::default(),
            themes: Vec::new(),
            facts: Vec::new(),
        },
    }
}

fn main_action(visit: &Visit, view: &EntryView) -> Option<Link> {
    let url = view.item.source_url.as_deref().filter(|url| url.starts_with("http"))?;
    let key = match view.item.type_slug.as_str() {
        "press-review" => "action-read",
        "agenda" | "recruitment-events" | "training-sessions" => "action-register",
        "job-offers" | "apprenticeship-offers" | "aids" | "calls" => "action-apply",
        "documents" | "studies" | "local-indicators" => "action-document",
        "desk-slots" => "action-book",
        _ => "action-more",
    };
    Some(Link::new(visit.t.get(key), url))
}

fn trail(found: &Found) -> Vec<Link> {
    let Some(site) = &found.site else {
        let service = &found.view.service;
        return vec![Link::new(&service.title, format!("/services/{}", service.slug))];
    };
    std::iter::once(Link::new(&site.site.title, paths::site(&site.site.slug)))
        .chain(section_of(found))
        .collect()
}

/// The section of the site in which the item stands.
fn section_of(found: &Found) -> Option<Link> {
    let site = found.site.as_ref()?;
    let section = site.placements.iter().find(|one| one.service.id == found.view.entry.service_id)?;
    Some(Link::new(&section.placement.title, super::frame::section_href(site, section)))
}

fn themes(found: &Found) -> Vec<Link> {
    let base = match &found.site {
        Some(site) => format!("{}/{}", paths::site(&site.site.slug), super::frame::ALL),
        None => format!("/services/{}", found.view.service.slug),
    };
    let link = |slug: &String| {
        Link::new(found.known.theme_name(slug), crate::web::address::with(&base, &[("theme", slug)]))
    };
    found.view.themes.iter().map(link).collect()
}

fn origin_of(visit: &Visit, found: &Found) -> Origin {
    let (t, view) = (visit.t, &found.view);
    let item = &view.item;
    let day = |millis: i64| When::day(moment(millis).with_timezone(&ZONE).date_naive(), t);
    let service = if view.entry.home {
        Link::new(&view.service.title, format!("/services/{}", view.service.slug))
    } else {
        Link::new(&view.origin.name, view.origin.url.clone().unwrap_or_default())
    };
    let corrected = item.published_at.is_some_and(|at| item.version > 1 && item.updated_at > at);
    Origin {
        t,
        publisher: cards::publisher(view),
        service,
        received_from: (!view.origin.local).then(|| view.origin.host.clone()),
        announced_by: found.path.last().filter(|actor| !actor.local).map(|actor| actor.host.clone()),
        published: item.published_at.map(day),
        updated: corrected.then(|| day(item.updated_at)),
    }
}

/// The page of a licence: SPDX has one for each identifier.
pub(super) fn licence_href(licence: &str) -> String {
    match licence {
        url if url.starts_with("https://") || url.starts_with("http://") => url.to_owned(),
        "etalab-2.0" => "https://www.etalab.gouv.fr/licence-ouverte-open-licence/".to_owned(),
        id => format!("https://spdx.org/licenses/{id}.html"),
    }
}
