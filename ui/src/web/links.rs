//! What links of mails lead to, and the second step of signing in: a forgotten password, an invitation,
//! a code.

use super::answer::with_wait;
use super::gate::{node_name, open, raw};
use super::{Posted, Visit, WebError, reading, visit};
use crate::forms;
use crate::paths;
use crate::views::{FormView, GatePage, Link};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_store::read::InvitationView;

/// Registers the addresses of this file.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .route(paths::FORGOTTEN, reading::get(forgotten))
        .route(paths::FORGOTTEN, web::post().to(ask))
        .route("/reset/{token}", reading::get(reset))
        .route("/reset/{token}", web::post().to(set))
        .route("/invitation/{token}", reading::get(invitation))
        .route("/invitation/{token}", web::post().to(accept))
        .route(paths::LOGIN_CODE, web::post().to(log_in));
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    heading: &str,
    intro: Vec<String>,
    form: Option<FormView>,
) -> Result<HttpResponse, WebError> {
    let t = visit.t;
    let next = form.is_none().then(|| Link::new(t.get("login-title"), paths::LOGIN));
    let shell = visit.shell(&node_name(visit).await?);
    let page = GatePage { t, shell, heading: t.get(heading), intro, form, next };
    visit.page_with(status, &page)
}

/// The form with what is wrong in it, and the status of its page.
fn refused(visit: &Visit, mut form: FormView, error: &AppError) -> Option<FormView> {
    match error {
        AppError::Invalid { problems } => {
            for problem in problems {
                form = form.with_problem(&problem.field, visit.t.say(&problem.message));
            }
            Some(form)
        }
        AppError::TooMany { .. } | AppError::Conflict(_) => {
            Some(form.with_problem("", visit.t.say(&error.message())))
        }
        _ => None,
    }
}

fn two_passwords(posted: &Posted<Visit>) -> Result<String, AppError> {
    let password = raw(posted, "password");
    if raw(posted, "password_again") == password {
        return Ok(password);
    }
    Err(AppError::invalid(
        "password_again",
        "differs",
        "Les deux mots de passe ne sont pas les mêmes : tapez-les de nouveau.",
        "The two passwords are not the same: type them again.",
    ))
}

/// GET /forgotten
async fn forgotten(visit: Visit) -> Result<HttpResponse, WebError> {
    let form = visit.app().sends_mail().then(|| forms::forgotten(visit.t, &visit.csrf));
    let intro = if form.is_some() { "forgotten-intro" } else { "login-help" };
    page(&visit, StatusCode::OK, "forgotten-title", vec![visit.t.get(intro)], form).await
}

/// POST /forgotten: the answer is the same whether the account exists or not.
async fn ask(posted: Posted<Visit>) -> Result<HttpResponse, WebError> {
    let visit = &posted.from;
    match visit.app().ask_for_reset(posted.text("email"), &visit.network_address).await {
        Ok(()) => {
            let said = visit.t.with("forgotten-sent", "email", posted.text("email"));
            let intro = vec![said, visit.t.get("forgotten-wait")];
            page(visit, StatusCode::OK, "forgotten-title", intro, None).await
        }
        Err(error) => {
            let form = forms::forgotten(visit.t, &visit.csrf).filled(&posted.fields);
            let Some(form) = refused(visit, form, &error) else { return Err(error.into()) };
            let error = WebError::from(error);
            let intro = vec![visit.t.get("forgotten-intro")];
            let answer = page(visit, error.status(), "forgotten-title", intro, Some(form)).await?;
            Ok(with_wait(answer, &error))
        }
    }
}

/// The page of a link that can no longer be used.
async fn ended(visit: &Visit, heading: &str, what: &str) -> Result<HttpResponse, WebError> {
    page(visit, StatusCode::NOT_FOUND, heading, vec![visit.t.get(what)], None).await
}

/// GET /reset/{token}
async fn reset(visit: Visit, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    match visit.app().check_reset(&token).await {
        Ok(()) => {
            let form = forms::reset(visit.t, &reset_path(&token), &visit.csrf);
            page(&visit, StatusCode::OK, "reset-title", vec![visit.t.get("reset-intro")], Some(form)).await
        }
        Err(AppError::NotFound) => ended(&visit, "reset-title", "reset-ended").await,
        Err(error) => Err(error.into()),
    }
}

fn reset_path(token: &str) -> String {
    format!("/reset/{token}")
}

/// POST /reset/{token}
async fn set(posted: Posted<Visit>, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    let visit = &posted.from;
    let done = match two_passwords(&posted) {
        Ok(password) => visit.app().reset_password(&token, &password).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(visit.done(paths::LOGIN, visit.t.get("reset-done"))),
        Err(AppError::NotFound) => ended(visit, "reset-title", "reset-ended").await,
        Err(error) => {
            let form = forms::reset(visit.t, &reset_path(&token), &visit.csrf);
            let Some(form) = refused(visit, form, &error) else { return Err(error.into()) };
            let status = WebError::from(error).status();
            page(visit, status, "reset-title", vec![visit.t.get("reset-intro")], Some(form)).await
        }
    }
}

/// What an invitation gives, in words.
fn gives(visit: &Visit, view: &InvitationView) -> Vec<String> {
    let t = visit.t;
    let mut said = vec![t.with2(
        "accept-intro",
        ("email", &view.invitation.email),
        ("organisation", &view.organisation),
    )];
    if view.invitation.administrator {
        said.push(t.get("account-administrator"));
    }
    said.extend(view.roles.iter().map(|(service, role)| {
        let role = super::office::role_name(t, *role);
        t.with2("account-role", ("role", role), ("services", &service.title))
    }));
    said
}

/// GET /invitation/{token}
async fn invitation(visit: Visit, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    match visit.app().invitation_of_link(&token).await {
        Ok(view) => {
            let form = forms::accept(visit.t, &format!("/invitation/{token}"), &visit.csrf);
            page(&visit, StatusCode::OK, "accept-title", gives(&visit, &view), Some(form)).await
        }
        Err(AppError::NotFound) => ended(&visit, "accept-title", "accept-ended").await,
        Err(error) => Err(error.into()),
    }
}

/// POST /invitation/{token}
async fn accept(posted: Posted<Visit>, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    let visit = &posted.from;
    let view = match visit.app().invitation_of_link(&token).await {
        Err(AppError::NotFound) => return ended(visit, "accept-title", "accept-ended").await,
        other => other?,
    };
    let made = match two_passwords(&posted) {
        Ok(password) => visit.app().accept_invitation(&token, posted.text("name"), &password).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(session) => {
            open(visit, &session).await?;
            Ok(visit.done(paths::WORK, visit.t.get("accept-done")))
        }
        Err(AppError::NotFound) => ended(visit, "accept-title", "accept-ended").await,
        Err(error) => {
            let form = forms::accept(visit.t, &format!("/invitation/{token}"), &visit.csrf);
            let Some(form) = refused(visit, form.filled(&posted.fields), &error) else {
                return Err(error.into());
            };
            let status = WebError::from(error).status();
            page(visit, status, "accept-title", gives(visit, &view), Some(form)).await
        }
    }
}

/// The page that asks for a code, after the right password. What was being sent when the session had
/// ended travels along in `kept`.
pub(super) async fn code_page(
    visit: &Visit,
    status: StatusCode,
    mut form: FormView,
    kept: Option<&super::resume::Kept>,
) -> Result<HttpResponse, WebError> {
    form.hidden.extend(kept.map(super::resume::Kept::hidden).unwrap_or_default());
    page(visit, status, "code-title", vec![visit.t.get("code-intro")], Some(form)).await
}

/// POST /login/code
async fn log_in(posted: Posted<Visit>) -> Result<HttpResponse, WebError> {
    let visit = &posted.from;
    let next = visit::local(posted.text("next"));
    let kept = super::resume::kept(&posted.fields);
    let step = posted.text("step");
    match visit.app().log_in_with_code(step, posted.text("code")).await {
        Ok(session) => super::gate::go_on(visit, &session, &next, kept).await,
        Err(error @ AppError::Unauthenticated(_)) => super::gate::login_refused(visit, &posted, error).await,
        Err(error) => {
            let form = forms::login_code(visit.t, &visit.csrf, step, &next);
            let Some(form) = refused(visit, form, &error) else { return Err(error.into()) };
            let error = WebError::from(error);
            Ok(with_wait(code_page(visit, error.status(), form, kept.as_ref()).await?, &error))
        }
    }
}
