//! Pages of plain content of a site in the back office.

use super::{site, tabs, trail};
use crate::forms;
use crate::html::{CleanHtml, from_markdown, to_markdown};
use crate::paths;
use crate::views::{FormPage, FormView, Link, OfficeSection, SitePageLine, SitePagesPage};
use crate::web::office::refusal::refused;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::site::page::PageForm;
use maillage_domain::site::PageKind;
use maillage_store::read::SiteView;
use maillage_store::rows::SitePageRow;

/// GET /office/sites/{site}/pages
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn list(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let view = site(&desk, &slug).await?;
    let t = desk.t;
    let step = |step: &str| paths::office_site_step(&slug, step);
    let lines = view.pages.iter().map(|page| SitePageLine {
        link: Link::new(&page.title, step(&format!("pages/{}", page.slug))),
        place: t.get(match (PageKind::from_name(&page.kind), page.in_menu) {
            (PageKind::Page, true) => "page-place-menu",
            (PageKind::Page, false) => "page-place-nowhere",
            _ => "page-place-footer",
        }),
        public_href: paths::site_page(&slug, &page.slug),
        remove_action: step(&format!("pages/{}/remove", page.slug)),
    });
    let missing = [PageKind::Legal, PageKind::Accessibility].into_iter();
    let missing = missing.filter(|kind| view.pages.iter().all(|page| page.kind != kind.as_str()));
    let page = SitePagesPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Sites, vec![Link::new(t.get("nav-sites"), paths::SITES)]),
        title: view.site.title.clone(),
        public_href: paths::site(&slug),
        tabs: tabs(&desk, &view, "pages"),
        lines: lines.collect(),
        create_href: step("pages/new"),
        missing: missing
            .map(|kind| Link::new(kind_name(&desk, kind), step(&format!("pages/new?kind={}", kind.as_str()))))
            .collect(),
    };
    desk.page(&page)
}

fn kind_name(desk: &Desk, kind: PageKind) -> String {
    desk.t.get(match kind {
        PageKind::Page => "page-new",
        PageKind::Legal => "page-legal",
        PageKind::Accessibility => "page-accessibility",
    })
}

/// GET /office/sites/{site}/pages/new?kind=
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn new(
    desk: Desk,
    request: HttpRequest,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let view = site(&desk, &slug).await?;
    let asked = request.query_string().split('&').find_map(|pair| pair.strip_prefix("kind="));
    let kind = PageKind::from_name(asked.unwrap_or_default());
    let mut form = form(&desk, &view, None, kind);
    if kind != PageKind::Page {
        form = form.with_value("title", kind_name(&desk, kind));
    }
    page(&desk, StatusCode::OK, &view, kind_name(&desk, kind), form)
}

/// POST /office/sites/{site}/pages
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn create(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let view = site(desk, &slug).await?;
    let kind = PageKind::from_name(posted.text("kind"));
    match desk.app().add_page(&desk.caller(), &slug, sent(&posted, kind)).await {
        Ok(row) => {
            Ok(desk
                .done(&paths::office_site_step(&slug, "pages"), desk.t.with("page-made", "title", row.title)))
        }
        Err(error) => {
            let form = form(desk, &view, None, kind).filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[])?;
            page(desk, status, &view, kind_name(desk, kind), form)
        }
    }
}

async fn one(desk: &Desk, slug: &str, name: &str) -> Result<(SiteView, SitePageRow), WebError> {
    let view = site(desk, slug).await?;
    let (slug, name) = (slug.to_owned(), name.to_owned());
    Ok((view, desk.reads().run(move |reads| reads.site_page(&slug, &name)).await?))
}

/// GET /office/sites/{site}/pages/{page}
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn edit(
    desk: Desk,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, name) = path.into_inner();
    let (view, row) = one(&desk, &slug, &name).await?;
    let form = form(&desk, &view, Some(&name), PageKind::from_name(&row.kind))
        .with_value("title", &row.title)
        .with_value("body", to_markdown(&CleanHtml::new(&row.body)))
        .with_value("in_menu", row.in_menu.to_string());
    page(&desk, StatusCode::OK, &view, row.title, form)
}

/// POST /office/sites/{site}/pages/{page}
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (slug, name) = path.into_inner();
    let (view, row) = one(desk, &slug, &name).await?;
    let kind = PageKind::from_name(&row.kind);
    match desk.app().change_page(&desk.caller(), &slug, &name, sent(&posted, kind)).await {
        Ok(_) => Ok(desk.done(&paths::office_site_step(&slug, "pages"), desk.t.get("saved"))),
        Err(error) => {
            let form = form(desk, &view, Some(&name), kind).filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[])?;
            page(desk, status, &view, row.title, form)
        }
    }
}

/// POST /office/sites/{site}/pages/{page}/remove
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn remove(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (slug, name) = path.into_inner();
    desk.app().delete_page(&desk.caller(), &slug, &name).await?;
    Ok(desk.done(&paths::office_site_step(&slug, "pages"), desk.t.get("page-removed")))
}

fn sent(posted: &Posted<Desk>, kind: PageKind) -> PageForm {
    PageForm {
        title: posted.text("title").to_owned(),
        slug: String::new(),
        kind,
        body: from_markdown(posted.text("body")).to_string(),
        in_menu: posted.ticked("in_menu"),
    }
}

fn form(desk: &Desk, view: &SiteView, name: Option<&str>, kind: PageKind) -> FormView {
    let list = paths::office_site_step(&view.site.slug, "pages");
    let action = name.map_or_else(|| list.clone(), |name| format!("{list}/{name}"));
    forms::page(desk.t, &action, &desk.csrf, kind).cancel(list)
}

fn page(
    desk: &Desk,
    status: StatusCode,
    view: &SiteView,
    heading: String,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let mut trail = trail(desk, view);
    trail.push(Link::new(t.get("site-pages"), paths::office_site_step(&view.site.slug, "pages")));
    let office = desk.frame(OfficeSection::Sites, trail);
    desk.page_with(status, &FormPage { t, shell: desk.shell(), office, heading, intro: String::new(), form })
}
