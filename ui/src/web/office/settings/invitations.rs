//! Invitations by mail: those of the node for who administers it, those of a service for who manages it.

use super::form_page;
use crate::forms;
use crate::i18n::When;
use crate::paths;
use crate::views::{
    Empty, FormView, Icon, InvitationLine, InvitationsPage, Link, NoticeKind, OfficeSection, Opt,
    settings_tabs,
};
use crate::web::office::refusal::refused;
use crate::web::office::service::role_name;
use crate::web::office::standing::{administrators_only, standing};
use crate::web::office::{ZONE, lines::ago};
use crate::web::time::moment;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::invitation::InvitationForm;
use maillage_domain::message::Locale;
use maillage_domain::role::{Action, Role};
use maillage_store::read::InvitationView;

const ROLES: [Role; 3] = [Role::Contributor, Role::Moderator, Role::ServiceManager];

/// Refuses who manages no service and does not administer the node.
async fn managers_only(desk: &Desk) -> Result<(), WebError> {
    let manages = desk.reads().run(|reads| reads.manages_any()).await?;
    if manages { Ok(()) } else { Err(AppError::forbidden().into()) }
}

/// GET /office/settings/invitations
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn list(desk: Desk) -> Result<HttpResponse, WebError> {
    managers_only(&desk).await?;
    let views = desk.reads().run(|reads| reads.invitations()).await?;
    let (t, sends_mail) = (desk.t, desk.app().sends_mail());
    let page = InvitationsPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Settings, Vec::new()),
        tabs: settings_tabs(t, paths::INVITATIONS, desk.administers()),
        sends_mail,
        create_href: (sends_mail && desk.administers()).then(|| paths::INVITATION_NEW.to_owned()),
        lines: views.iter().map(|view| line(&desk, view)).collect(),
        empty: Empty {
            icon: Icon("page"),
            title: t.get("invitations-none"),
            text: t.get("invitations-none-hint"),
            action: None,
        },
    };
    desk.page(&page)
}

fn line(desk: &Desk, view: &InvitationView) -> InvitationLine {
    let (t, row) = (desk.t, &view.invitation);
    let administers = row.administrator.then(|| t.get("account-administrator"));
    let roles = view.roles.iter().map(|(service, role)| {
        t.with2("account-role", ("role", role_name(t, *role)), ("services", &service.title))
    });
    let until = moment(row.expires_at).with_timezone(&ZONE).date_naive();
    InvitationLine {
        email: row.email.clone(),
        gives: administers.into_iter().chain(roles).collect(),
        by: view.invited_by.clone().unwrap_or_default(),
        made: ago(desk, row.created_at),
        until: When::day(until, t),
        over: row.expires_at <= desk.app().now().timestamp_millis(),
        again_action: format!("{}/{}/again", paths::INVITATIONS, row.uid),
        revoke_action: format!("{}/{}/revoke", paths::INVITATIONS, row.uid),
    }
}

fn roles(desk: &Desk) -> Vec<Opt> {
    ROLES.iter().map(|role| Opt::new(role.as_str(), role_name(desk.t, *role))).collect()
}

async fn form(desk: &Desk) -> Result<FormView, WebError> {
    let (services, bodies) =
        desk.reads().run(|reads| Ok((reads.services()?, reads.organisations()?))).await?;
    let house = bodies.iter().min_by_key(|body| body.id).map(|body| body.uid.clone());
    let services = services.iter().map(|service| Opt::new(&service.slug, &service.title)).collect();
    let bodies = bodies.iter().map(|body| Opt::new(&body.uid, &body.name)).collect();
    let of_node = Some((services, bodies));
    let form = forms::invitation(desk.t, paths::INVITATIONS, &desk.csrf, roles(desk), of_node);
    Ok(form.with_value("organisation", house.unwrap_or_default()).cancel(paths::INVITATIONS))
}

fn page(desk: &Desk, status: StatusCode, form: FormView) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let above = Link::new(t.get("settings-invitations"), paths::INVITATIONS);
    form_page(desk, status, above, t.get("invitation-new"), t.get("invitation-intro"), form)
}

/// GET /office/settings/invitations/new
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn new(desk: Desk) -> Result<HttpResponse, WebError> {
    administrators_only(&desk)?;
    page(&desk, StatusCode::OK, form(&desk).await?)
}

fn asked(posted: &Posted<Desk>, service: &str) -> Result<InvitationForm, AppError> {
    let role = posted.text("role");
    let roles = match (service, role.parse::<Role>()) {
        ("", _) if role.is_empty() => Vec::new(),
        ("", _) => {
            return Err(AppError::invalid(
                "service",
                "required",
                "Choisissez le service où ce rôle vaut.",
                "Choose the service in which this role holds.",
            ));
        }
        (service, Ok(role)) => vec![(service.to_owned(), role)],
        (_, Err(_)) => {
            return Err(AppError::invalid("role", "required", "Choisissez un rôle.", "Choose a role."));
        }
    };
    Ok(InvitationForm {
        email: posted.text("email").to_owned(),
        locale: Locale::from_code(posted.text("language")),
        administrator: posted.ticked("administrator"),
        organisation: Some(posted.text("organisation").to_owned()).filter(|uid| !uid.is_empty()),
        roles,
    })
}

async fn invite(posted: &Posted<Desk>, service: &str) -> Result<String, AppError> {
    let desk = &posted.from;
    let row = desk.app().invite(&desk.caller(), asked(posted, service)?).await?;
    Ok(desk.t.with("invitation-sent", "email", row.email))
}

/// POST /office/settings/invitations
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn create(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    administrators_only(desk)?;
    match invite(&posted, posted.text("service")).await {
        Ok(said) => Ok(desk.done(paths::INVITATIONS, said)),
        Err(error) => {
            let form = form(desk).await?.filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[])?;
            page(desk, status, form)
        }
    }
}

fn service_form(desk: &Desk, slug: &str) -> FormView {
    let action = paths::office_service_step(slug, "invite");
    let form = forms::invitation(desk.t, &action, &desk.csrf, roles(desk), None);
    form.cancel(paths::office_service(slug))
}

fn service_page(
    desk: &Desk,
    status: StatusCode,
    title: &str,
    slug: &str,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let trail = vec![
        Link::new(t.get("nav-services"), paths::SERVICES),
        Link::new(title, paths::office_service(slug)),
    ];
    let page = crate::views::FormPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Services, trail),
        heading: t.get("invitation-new"),
        intro: t.get("invitation-intro"),
        form,
    };
    desk.page_with(status, &page)
}

/// GET /office/services/{slug}/invite
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn new_for_service(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let standing = standing(&desk, &slug).await?.require(Action::Manage)?;
    service_page(&desk, StatusCode::OK, &standing.service.title, &slug, service_form(&desk, &slug))
}

/// POST /office/services/{slug}/invite
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn create_for_service(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let standing = standing(desk, &slug).await?.require(Action::Manage)?;
    match invite(&posted, &slug).await {
        Ok(said) => {
            let all = Link::new(desk.t.get("settings-invitations"), paths::INVITATIONS);
            Ok(desk.go_and_say(&paths::office_service(&slug), NoticeKind::Done, said, Some(all)))
        }
        Err(error) => {
            let form = service_form(desk, &slug).filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[])?;
            service_page(desk, status, &standing.service.title, &slug, form)
        }
    }
}

/// POST /office/settings/invitations/{invitation}/again
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Conflict`].
pub(in crate::web::office) async fn again(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    managers_only(desk).await?;
    desk.app().invite_again(&desk.caller(), &uid).await?;
    Ok(desk.done(paths::INVITATIONS, desk.t.get("invitation-sent-again")))
}

/// POST /office/settings/invitations/{invitation}/revoke
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Conflict`].
pub(in crate::web::office) async fn revoke(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    managers_only(desk).await?;
    desk.app().take_invitation_back(&desk.caller(), &uid).await?;
    Ok(desk.done(paths::INVITATIONS, desk.t.get("invitation-revoked")))
}
