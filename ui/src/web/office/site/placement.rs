//! Sections of a site: a service shown there, through a filter and in an order.

use super::{filter, site};
use crate::forms;
use crate::paths;
use crate::views::{FormPage, FormView, Link, OfficeSection, Opt, PlaceAnswer};
use crate::web::office::places::{self, PlaceSent};
use crate::web::office::refusal::refused;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::site::PlacementForm;
use maillage_domain::site::{ListFilter, Order};
use maillage_store::read::{PlacementView, SiteView};

/// GET /office/sites/{slug}/placements/new
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn new(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let site = site(&desk, &slug).await?;
    let form = form(&desk, &site, None).await?;
    page(&desk, StatusCode::OK, &site, None, form)
}

/// POST /office/sites/{slug}/placements
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn create(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    save(&posted, &slug, None).await
}

/// GET /office/sites/{slug}/placements/{placement}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn edit(
    desk: Desk,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, uid) = path.into_inner();
    let site = site(&desk, &slug).await?;
    let view = placement(&site, &uid)?;
    let stored = filter(view);
    let ticked = stored.places.iter().map(ToString::to_string).collect();
    let sent = PlaceSent { name: "territories".to_owned(), ticked, ..PlaceSent::default() };
    let answer = places::answers(&desk, vec![sent]).await?.pop().unwrap_or_default();
    let form = form(&desk, &site, Some(view))
        .await?
        .with_value("title", &view.placement.title)
        .with_values("themes", stored.themes)
        .with_places("territories", answer)
        .with_value("order", &view.placement.sort_order);
    page(&desk, StatusCode::OK, &site, Some(view), form)
}

/// POST /office/sites/{slug}/placements/{placement}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, uid) = path.into_inner();
    save(&posted, &slug, Some(&uid)).await
}

async fn save(posted: &Posted<Desk>, slug: &str, uid: Option<&str>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let site = site(desk, slug).await?;
    let view = uid.map(|uid| placement(&site, uid)).transpose()?;
    let sent = PlaceSent::of(posted, "territories", false);
    let answer = places::answers(desk, vec![sent]).await?.pop().unwrap_or_default();
    let stored = view.map(filter).unwrap_or_default();
    let saved = match (answer.problem.is_some(), uid) {
        (true, _) => Err(AppError::Invalid { problems: Vec::new() }),
        (false, None) => {
            desk.app().add_placement(&desk.caller(), slug, placement_form(posted, &answer, stored)).await
        }
        (false, Some(uid)) => {
            let form = placement_form(posted, &answer, stored);
            desk.app().change_placement(&desk.caller(), uid, form).await.map(|view| view.placement)
        }
    };
    match saved {
        Ok(row) => {
            let text = match uid {
                None => desk.t.with("placement-made", "title", &row.title),
                Some(_) => desk.t.get("saved"),
            };
            Ok(desk.done(&paths::office_site(slug), text))
        }
        Err(error) => {
            let form =
                form(desk, &site, view).await?.filled(&posted.fields).with_places("territories", answer);
            let (status, form) = refused(desk.t, form, error, &[("filter", "territories")])?;
            page(desk, status, &site, view, form)
        }
    }
}

fn placement_form(posted: &Posted<Desk>, answer: &PlaceAnswer, stored: ListFilter) -> PlacementForm {
    let orders = Order::ALL;
    PlacementForm {
        service: posted.text("service").to_owned(),
        title: posted.text("title").to_owned(),
        filter: ListFilter {
            themes: posted.list("themes").into_iter().map(str::to_owned).collect(),
            places: answer.codes.iter().filter_map(|code| code.parse().ok()).collect(),
            // Set by programs alone: a form that does not show it keeps it.
            types: stored.types,
        },
        order: orders.into_iter().find(|order| order.as_str() == posted.text("order")),
    }
}

/// POST /office/sites/{slug}/placements/{placement}/up
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn up(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shift(&posted.from, path.into_inner(), true).await
}

/// POST /office/sites/{slug}/placements/{placement}/down
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn down(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    shift(&posted.from, path.into_inner(), false).await
}

async fn shift(desk: &Desk, (slug, uid): (String, String), up: bool) -> Result<HttpResponse, WebError> {
    desk.app().move_placement(&desk.caller(), &uid, up).await?;
    Ok(desk.go(&paths::office_site(&slug)))
}

/// POST /office/sites/{slug}/placements/{placement}/remove
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn remove(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (slug, uid) = path.into_inner();
    let site = site(desk, &slug).await?;
    let title = placement(&site, &uid)?.placement.title.clone();
    desk.app().delete_placement(&desk.caller(), &uid).await?;
    Ok(desk.done(&paths::office_site(&slug), desk.t.with("placement-removed", "title", title)))
}

fn placement<'v>(site: &'v SiteView, uid: &str) -> Result<&'v PlacementView, WebError> {
    let found = site.placements.iter().find(|view| view.placement.uid == uid);
    found.ok_or_else(|| AppError::NotFound.into())
}

async fn form(desk: &Desk, site: &SiteView, view: Option<&PlacementView>) -> Result<FormView, WebError> {
    let t = desk.t;
    let (services, thesaurus) = desk.reads().run(|reads| Ok((reads.services()?, reads.thesaurus()?))).await?;
    let services = services.iter().map(|service| Opt::new(&service.slug, &service.title)).collect();
    let themes = forms::theme_groups(t, thesaurus.iter(), |_| true);
    let slug = &site.site.slug;
    let form = match view {
        None => {
            let action = paths::office_site_step(slug, "placements");
            forms::placement(t, &action, &desk.csrf, Some(services), themes)
        }
        Some(view) => {
            let action = paths::office_site_step(slug, &format!("placements/{}", view.placement.uid));
            forms::placement(t, &action, &desk.csrf, None, themes)
        }
    };
    Ok(form.cancel(paths::office_site(slug)))
}

fn page(
    desk: &Desk,
    status: StatusCode,
    site: &SiteView,
    view: Option<&PlacementView>,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let trail = vec![
        Link::new(t.get("nav-sites"), paths::SITES),
        Link::new(&site.site.title, paths::office_site(&site.site.slug)),
    ];
    let (heading, intro) = match view {
        None => (t.get("placement-new"), String::new()),
        Some(view) => {
            (view.placement.title.clone(), t.with("placement-shows", "service", &view.service.title))
        }
    };
    let office = desk.frame(OfficeSection::Sites, trail);
    desk.page_with(status, &FormPage { t, shell: desk.shell(), office, heading, intro, form })
}
