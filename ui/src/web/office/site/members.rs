//! The members of a site in the back office.

use super::{site, tabs};
use crate::forms;
use crate::paths;
use crate::views::{FormView, Link, OfficeSection, SiteMemberLine, SiteMembersPage};
use crate::web::office::refusal::refused;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::site::SiteRole;
use maillage_store::read::SiteMemberView;

/// GET /office/sites/{site}/members
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn list(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let form = form(&desk, &slug);
    page(&desk, StatusCode::OK, &slug, form).await
}

/// POST /office/sites/{site}/members: gives a role, or another one.
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn add(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let role = SiteRole::from_name(posted.text("role")).unwrap_or(SiteRole::Reader);
    let email = posted.text("email");
    match desk.app().set_site_role(&desk.caller(), &slug, email, Some(role)).await {
        Ok(()) => Ok(desk.done(
            &paths::office_site_step(&slug, "members"),
            desk.t.with("site-member-added", "email", email),
        )),
        Err(error) => {
            let (status, form) = refused(desk.t, form(desk, &slug).filled(&posted.fields), error, &[])?;
            page(desk, status, &slug, form).await
        }
    }
}

/// POST /office/sites/{site}/members/{account}/remove
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn remove(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (slug, uid) = path.into_inner();
    site(desk, &slug).await?;
    let asked = slug.clone();
    let members = desk.reads().run(move |reads| reads.site_members(&asked)).await?;
    let member = members.into_iter().find(|view| view.account.uid == uid).ok_or(AppError::NotFound)?;
    desk.app().set_site_role(&desk.caller(), &slug, &member.account.email, None).await?;
    let text = desk.t.with("site-member-removed", "name", member.account.display_name);
    let own = member.account.id == desk.account_id() && !desk.administers();
    Ok(desk
        .done(&if own { paths::SITES.to_owned() } else { paths::office_site_step(&slug, "members") }, text))
}

fn form(desk: &Desk, slug: &str) -> FormView {
    forms::site_member(desk.t, &paths::office_site_step(slug, "members"), &desk.csrf)
}

async fn page(desk: &Desk, status: StatusCode, slug: &str, form: FormView) -> Result<HttpResponse, WebError> {
    let view = site(desk, slug).await?;
    let (t, asked) = (desk.t, slug.to_owned());
    let members = desk.reads().run(move |reads| reads.site_members(&asked)).await?;
    let line = |view: SiteMemberView| SiteMemberLine {
        role: SiteRole::from_name(&view.member.role)
            .map(|role| forms::site_role_name(t, role))
            .unwrap_or_default(),
        email: view.account.email,
        name: view.account.display_name,
        organisation: view.organisation,
        remove_action: paths::office_site_step(slug, &format!("members/{}/remove", view.account.uid)),
    };
    let page = SiteMembersPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Sites, vec![Link::new(t.get("nav-sites"), paths::SITES)]),
        title: view.site.title.clone(),
        public_href: paths::site(slug),
        tabs: tabs(desk, &view, "members"),
        // Everybody else opens it anyway; members are then those who set it.
        intro: t.get(if view.site.members_only { "site-members-alone" } else { "site-members-set" }),
        lines: members.into_iter().map(line).collect(),
        form,
    };
    desk.page_with(status, &page)
}
