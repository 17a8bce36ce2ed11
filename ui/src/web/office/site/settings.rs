//! Making and changing a site.

use super::site;
use crate::forms;
use crate::paths;
use crate::views::{FormPage, FormView, Link, OfficeSection};
use crate::web::office::refusal::refused;
use crate::web::office::standing::administrators_only;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::site::SiteForm;
use maillage_domain::site::SiteKind;
use maillage_domain::text::slugify;
use maillage_store::rows::SiteRow;

/// GET /office/sites/new
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`].
pub(in crate::web::office) async fn new(desk: Desk) -> Result<HttpResponse, WebError> {
    administrators_only(&desk)?;
    let form = form(&desk, None);
    page(&desk, StatusCode::OK, None, form)
}

/// POST /office/sites
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`].
pub(in crate::web::office) async fn create(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    administrators_only(desk)?;
    let typed = posted.text("slug");
    let slug = if typed.is_empty() { slugify(posted.text("title"), 40) } else { typed.to_owned() };
    match desk.app().add_site(&desk.caller(), &slug, sent(&posted)).await {
        Ok(row) => {
            Ok(desk.done(&paths::office_site(&row.slug), desk.t.with("site-made", "title", &row.title)))
        }
        Err(error) => {
            let (status, form) = refused(desk.t, form(desk, None).filled(&posted.fields), error, &[])?;
            page(desk, status, None, form)
        }
    }
}

/// GET /office/sites/{slug}/edit
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn edit(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let row = site(&desk, &slug).await?.site;
    let form = form(&desk, Some(&row))
        .with_value("title", &row.title)
        .with_value("intro", &row.intro)
        .with_value("kind", &row.kind)
        .with_value("restricted", row.restricted.to_string())
        .with_value("accent", &row.accent);
    page(&desk, StatusCode::OK, Some(&row), form)
}

/// POST /office/sites/{slug}/edit
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let row = site(desk, &slug).await?.site;
    match desk.app().change_site(&desk.caller(), &slug, sent(&posted)).await {
        Ok(row) => Ok(desk.done(&paths::office_site(&row.slug), desk.t.get("saved"))),
        Err(error) => {
            let (status, form) = refused(desk.t, form(desk, Some(&row)).filled(&posted.fields), error, &[])?;
            page(desk, status, Some(&row), form)
        }
    }
}

fn sent(posted: &Posted<Desk>) -> SiteForm {
    SiteForm {
        title: posted.text("title").to_owned(),
        kind: SiteKind::from_name(posted.text("kind")),
        restricted: posted.ticked("restricted"),
        intro: posted.text("intro").to_owned(),
        accent: posted.text("accent").to_owned(),
    }
}

fn form(desk: &Desk, row: Option<&SiteRow>) -> FormView {
    let t = desk.t;
    match row {
        None => forms::site(t, paths::SITES, &desk.csrf, &t.get("site-create"), true).cancel(paths::SITES),
        Some(row) => {
            let action = paths::office_site_step(&row.slug, "edit");
            forms::site(t, &action, &desk.csrf, &t.get("form-save"), false)
                .cancel(paths::office_site(&row.slug))
        }
    }
}

fn page(
    desk: &Desk,
    status: StatusCode,
    row: Option<&SiteRow>,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let mut trail = vec![Link::new(t.get("nav-sites"), paths::SITES)];
    trail.extend(row.map(|row| Link::new(&row.title, paths::office_site(&row.slug))));
    let heading = t.get(if row.is_some() { "site-edit" } else { "site-new" });
    let intro = if row.is_some() { String::new() } else { t.get("site-new-intro") };
    let office = desk.frame(OfficeSection::Sites, trail);
    desk.page_with(status, &FormPage { t, shell: desk.shell(), office, heading, intro, form })
}
