//! Who takes part in a service, and in which role.

use super::role_name;
use crate::forms;
use crate::paths;
use crate::views::{FormPage, FormView, Link, OfficeSection, Opt};
use crate::web::office::refusal::refused;
use crate::web::office::standing::{Standing, standing};
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::role::{Action, Role};
use maillage_store::read::{AccountView, MemberView};

/// GET /office/services/{slug}/members/new
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn new(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let standing = standing(&desk, &slug).await?.require(Action::Manage)?;
    let outside = outside(&desk, &standing).await?;
    let form = new_form(&desk, &standing, &outside);
    page(&desk, StatusCode::OK, &standing, desk.t.get("member-add"), form)
}

/// POST /office/services/{slug}/members
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn add(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let standing = standing(desk, &slug).await?.require(Action::Manage)?;
    let outside = outside(desk, &standing).await?;
    let chosen = outside.iter().find(|view| view.account.uid == posted.text("account"));
    let given = match (chosen, posted.text("role").parse::<Role>()) {
        (None, _) => Err(nobody()),
        (_, Err(_)) => Err(no_role()),
        (Some(view), Ok(role)) => {
            let given = desk.app().set_role(&desk.caller(), &slug, &view.account.email, Some(role)).await;
            given.map(|()| (view.account.display_name.clone(), role))
        }
    };
    match given {
        Ok((name, role)) => Ok(desk.done(&paths::office_service(&slug), now_is(desk, &name, role))),
        Err(error) => {
            let form = new_form(desk, &standing, &outside).filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[("email", "account")])?;
            page(desk, status, &standing, desk.t.get("member-add"), form)
        }
    }
}

/// GET /office/services/{slug}/members/{account}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn edit(
    desk: Desk,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, account) = path.into_inner();
    let standing = standing(&desk, &slug).await?.require(Action::Manage)?;
    let member = member(&desk, &standing, &account).await?;
    let form = edit_form(&desk, &standing, &member).with_value("role", member.role.as_str());
    page(&desk, StatusCode::OK, &standing, member.account.display_name, form)
}

/// POST /office/services/{slug}/members/{account}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (slug, account) = path.into_inner();
    let standing = standing(desk, &slug).await?.require(Action::Manage)?;
    let member = member(desk, &standing, &account).await?;
    let changed = match posted.text("role").parse::<Role>() {
        Err(_) => Err(no_role()),
        Ok(role) => {
            let given = desk.app().set_role(&desk.caller(), &slug, &member.account.email, Some(role)).await;
            given.map(|()| role)
        }
    };
    match changed {
        Ok(role) => {
            Ok(desk.done(&paths::office_service(&slug), now_is(desk, &member.account.display_name, role)))
        }
        Err(error) => {
            let (status, form) = refused(desk.t, edit_form(desk, &standing, &member), error, &[])?;
            page(desk, status, &standing, member.account.display_name, form)
        }
    }
}

/// POST /office/services/{slug}/members/{account}/remove
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn remove(
    posted: Posted<Desk>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (slug, account) = path.into_inner();
    let standing = standing(desk, &slug).await?.require(Action::Manage)?;
    let member = member(desk, &standing, &account).await?;
    desk.app().set_role(&desk.caller(), &slug, &member.account.email, None).await?;
    let said = desk.t.with("member-removed", "name", &member.account.display_name);
    // Whoever has left the service no longer sees its page.
    let still_inside = desk.administers() || member.account.id != desk.account_id();
    let next = if still_inside { paths::office_service(&slug) } else { paths::SERVICES.to_owned() };
    Ok(desk.done(&next, said))
}

async fn outside(desk: &Desk, standing: &Standing) -> Result<Vec<AccountView>, WebError> {
    let service = standing.service.id;
    Ok(desk.reads().run(move |reads| reads.accounts_outside(service)).await?)
}

async fn member(desk: &Desk, standing: &Standing, account: &str) -> Result<MemberView, WebError> {
    let (service, account) = (standing.service.id, account.to_owned());
    let members = desk.reads().run(move |reads| reads.members(service)).await?;
    let found = members.into_iter().find(|member| member.account.uid == account);
    found.ok_or_else(|| AppError::NotFound.into())
}

fn now_is(desk: &Desk, name: &str, role: Role) -> String {
    desk.t.with2("member-given", ("name", name), ("role", role_name(desk.t, role).to_lowercase()))
}

fn nobody() -> AppError {
    AppError::invalid("account", "required", "Choisissez une personne.", "Choose somebody.")
}

fn no_role() -> AppError {
    AppError::invalid("role", "required", "Choisissez un rôle.", "Choose a role.")
}

fn new_form(desk: &Desk, standing: &Standing, outside: &[AccountView]) -> FormView {
    let accounts = outside.iter().map(|view| {
        let label = format!("{} – {}", view.account.display_name, view.organisation.name);
        Opt::new(&view.account.uid, label)
    });
    let slug = &standing.service.slug;
    let action = paths::office_service_step(slug, "members");
    forms::member(desk.t, &action, &desk.csrf, Some(accounts.collect())).cancel(paths::office_service(slug))
}

fn edit_form(desk: &Desk, standing: &Standing, member: &MemberView) -> FormView {
    let slug = &standing.service.slug;
    let action = paths::office_service_step(slug, &format!("members/{}", member.account.uid));
    forms::member(desk.t, &action, &desk.csrf, None).cancel(paths::office_service(slug))
}

fn page(
    desk: &Desk,
    status: StatusCode,
    standing: &Standing,
    heading: String,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let (t, service) = (desk.t, &standing.service);
    let trail = vec![
        Link::new(t.get("nav-services"), paths::SERVICES),
        Link::new(&service.title, paths::office_service(&service.slug)),
    ];
    let office = desk.frame(OfficeSection::Services, trail);
    desk.page_with(status, &FormPage { t, shell: desk.shell(), office, heading, intro: String::new(), form })
}
