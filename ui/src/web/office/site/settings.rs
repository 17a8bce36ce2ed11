//! Making and changing a site.

use super::{site, trail};
use crate::forms;
use crate::paths;
use crate::views::{FormPage, FormView, Link, NoticeKind, OfficeSection, Opt};
use crate::web::office::refusal::refused;
use crate::web::{Desk, Posted, Upload, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::media::SentFile;
use maillage_app::site::SiteForm;
use maillage_domain::site::SiteKind;
use maillage_domain::text::slugify;
use maillage_store::read::SiteView;
use maillage_store::rows::{ServiceRow, SiteRow};

/// GET /office/sites/new
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn new(desk: Desk) -> Result<HttpResponse, WebError> {
    let form = making(&desk).await?;
    page(&desk, StatusCode::OK, None, form)
}

/// POST /office/sites: the site, with its sections and its logo, at once.
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn create(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let form = making(desk).await?;
    let typed = posted.text("slug");
    let slug = if typed.is_empty() { slugify(posted.text("title"), 40) } else { typed.to_owned() };
    let services = posted.list("services").into_iter().map(str::to_owned).collect();
    let logo = posted.files.iter().find(|file| file.field == "logo").map(sent_file);
    match desk.app().make_site(&desk.caller(), &slug, sent(&posted), services, logo).await {
        Ok(row) => Ok(desk.go_and_say(
            &paths::site(&row.slug),
            NoticeKind::Done,
            desk.t.with("site-made", "title", &row.title),
            Some(Link::new(desk.t.get("site-set"), paths::office_site(&row.slug))),
        )),
        Err(error) => {
            let (status, form) = refused(desk.t, form.filled(&posted.fields), error, &[])?;
            page(desk, status, None, form)
        }
    }
}

/// The form for a new site, with the services that it may show.
///
/// # Errors
/// [`AppError::Forbidden`] for who makes no sites.
async fn making(desk: &Desk) -> Result<FormView, WebError> {
    if !desk.makes_sites().await? {
        return Err(AppError::forbidden().into());
    }
    let services = desk.reads().run(|reads| reads.services()).await?;
    let kinds = desk.app().registry().clone();
    let option = |row: ServiceRow| {
        let kind = kinds.get(&row.type_slug).map(|kind| desk.t.say(&kind.label())).unwrap_or_default();
        Opt::new(row.slug, row.title).explained(kind)
    };
    let services = services.into_iter().map(option).collect();
    Ok(forms::new_site(desk.t, &desk.csrf, services).cancel(paths::SITES))
}

/// A file as use cases take it.
pub(in crate::web) fn sent_file(file: &Upload) -> SentFile {
    SentFile { name: file.name.clone(), bytes: file.bytes.clone() }
}

/// GET /office/sites/{slug}/edit
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn edit(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let view = site(&desk, &slug).await?;
    let row = &view.site;
    let audience = match (row.restricted, row.members_only) {
        (_, true) => "members",
        (true, false) => "accounts",
        (false, false) => "public",
    };
    let form = form(&desk, row)
        .with_value("title", &row.title)
        .with_value("intro", &row.intro)
        .with_value("kind", &row.kind)
        .with_value("audience", audience)
        .with_value("accent", &row.accent)
        .with_value("host", row.host.as_deref().unwrap_or_default());
    page(&desk, StatusCode::OK, Some(&view), form)
}

/// POST /office/sites/{slug}/edit
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let view = site(desk, &slug).await?;
    let form = form(desk, &view.site);
    let saved = match posted.files.iter().find(|file| file.field == "logo") {
        Some(logo) => desk.app().set_logo(&desk.caller(), &slug, Some(sent_file(logo))).await,
        None if posted.ticked("no_logo") => desk.app().set_logo(&desk.caller(), &slug, None).await,
        None => Ok(()),
    };
    let saved = match saved {
        Ok(()) => desk.app().change_site(&desk.caller(), &slug, sent(&posted)).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(row) => Ok(desk.done(&paths::office_site(&row.slug), desk.t.get("saved"))),
        Err(error) => {
            let (status, form) = refused(desk.t, form.filled(&posted.fields), error, &[])?;
            page(desk, status, Some(&view), form)
        }
    }
}

fn sent(posted: &Posted<Desk>) -> SiteForm {
    let audience = posted.text("audience");
    SiteForm {
        title: posted.text("title").to_owned(),
        kind: SiteKind::from_name(posted.text("kind")),
        restricted: audience == "accounts",
        members_only: audience == "members",
        intro: posted.text("intro").to_owned(),
        accent: posted.text("accent").to_owned(),
        host: posted.fields.iter().any(|(name, _)| name == "host").then(|| posted.text("host").to_owned()),
    }
}

fn form(desk: &Desk, row: &SiteRow) -> FormView {
    let action = paths::office_site_step(&row.slug, "edit");
    forms::site(desk.t, &action, &desk.csrf, row.logo_id.is_some(), desk.administers())
        .cancel(paths::office_site(&row.slug))
}

fn page(
    desk: &Desk,
    status: StatusCode,
    view: Option<&SiteView>,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let trail =
        view.map_or_else(|| vec![Link::new(t.get("nav-sites"), paths::SITES)], |view| trail(desk, view));
    let heading = t.get(if view.is_some() { "site-edit" } else { "site-new" });
    let intro = if view.is_some() { String::new() } else { t.get("site-new-intro") };
    let office = desk.frame(OfficeSection::Sites, trail);
    desk.page_with(status, &FormPage { t, shell: desk.shell(), office, heading, intro, form })
}
