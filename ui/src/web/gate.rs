//! Before the back office: the first run of a node, signing in and out.

use super::answer::with_wait;
use super::{Posted, Visit, WebError, reading, visit};
use crate::forms;
use crate::paths;
use crate::views::{LoginPage, Opt, ResumePage, SetupPage};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_app::login::{Session, SignIn};
use maillage_app::setup::{AccountForm, NodeForm};
use maillage_store::ScopedReader;
use serde::Deserialize;

/// Registers the addresses of this file.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .route(paths::SETUP, reading::get(setup))
        .route(paths::SETUP, web::post().to(set_up))
        .route(paths::LOGIN, reading::get(login))
        .route(paths::LOGIN, web::post().to(log_in))
        .route(paths::LOGOUT, web::post().to(log_out))
        .service(reading::at("/authorize_interaction", interaction));
}

/// Name of a node that has none yet.
pub(super) async fn node_name(visit: &Visit) -> Result<String, WebError> {
    let node = visit.reads().run(|reads| reads.node()).await?;
    Ok(node.map_or_else(|| visit.app().addresses().host(), |node| node.name))
}

/// Départements and regions, for the menu of territories.
pub(super) async fn territories(reader: ScopedReader) -> Result<Vec<Opt>, WebError> {
    let areas = reader.run(|reads| reads.territories()).await?;
    let option = |area: maillage_store::rows::PlaceRow| {
        let number = area.code.rsplit_once(':').map_or("", |(_, number)| number).to_owned();
        let label =
            if area.kind == "department" { format!("{number} – {}", area.name) } else { area.name.clone() };
        Opt::new(area.code, label)
    };
    Ok(areas.into_iter().map(option).collect())
}

/// GET /setup: the form that makes the administrator, while there is none.
async fn setup(visit: Visit) -> Result<HttpResponse, WebError> {
    if !visit.app().awaits_first_run().await? {
        return Ok(visit.go(paths::LOGIN));
    }
    let form = forms::setup(visit.t, &visit.csrf, territories(visit.reads()).await?);
    let page = SetupPage { t: visit.t, shell: visit.shell(&node_name(&visit).await?), form };
    visit.page(&page)
}

/// POST /setup.
async fn set_up(posted: Posted<Visit>) -> Result<HttpResponse, WebError> {
    let visit = &posted.from;
    let node = NodeForm {
        name: posted.text("node_name").to_owned(),
        territory: posted.text("territory").to_owned(),
    };
    let admin = AccountForm {
        email: posted.text("email").to_owned(),
        display_name: posted.text("name").to_owned(),
        password: raw(&posted, "password"),
    };
    let repeated = raw(&posted, "password_again") == admin.password;
    let outcome = if repeated {
        visit.app().first_run(posted.text("code"), node, admin, &visit.network_address).await
    } else {
        Err(AppError::invalid(
            "password_again",
            "differs",
            "Les deux mots de passe ne sont pas les mêmes : tapez-les de nouveau.",
            "The two passwords are not the same: type them again.",
        ))
    };
    match outcome {
        Ok(session) => {
            open(visit, &session).await?;
            Ok(visit.done(paths::WORK, visit.t.get("setup-done")))
        }
        Err(AppError::Conflict(message)) => {
            let text = visit.t.say(&message);
            Ok(visit.go_and_say(paths::LOGIN, crate::views::NoticeKind::Info, text, None))
        }
        Err(error @ (AppError::Invalid { .. } | AppError::TooMany { .. })) => {
            let mut form =
                forms::setup(visit.t, &visit.csrf, territories(visit.reads()).await?).filled(&posted.fields);
            form = with_problems(visit, form, &error);
            let shell = visit.shell(&node_name(visit).await?);
            let error = WebError::from(error);
            let page = visit.page_with(error.status(), &SetupPage { t: visit.t, shell, form })?;
            Ok(with_wait(page, &error))
        }
        Err(error) => Err(error.into()),
    }
}

/// What is wrong, in the form that asked; fields that are called otherwise there are renamed.
fn with_problems(visit: &Visit, form: crate::views::FormView, error: &AppError) -> crate::views::FormView {
    let AppError::Invalid { problems } = error else {
        return form.with_problem("", visit.t.say(&error.message()));
    };
    problems.iter().fold(form, |form, problem| {
        let name = if problem.field == "name" { "node_name" } else { problem.field.as_str() };
        form.with_problem(name, visit.t.say(&problem.message))
    })
}

/// A value as it was typed: passwords may begin or end with a space.
pub(super) fn raw(posted: &Posted<Visit>, name: &str) -> String {
    posted.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// Where to go on after signing in.
#[derive(Debug, Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// GET /login.
async fn login(visit: Visit, query: web::Query<Next>) -> Result<HttpResponse, WebError> {
    if visit.app().awaits_first_run().await? {
        return Ok(visit.go(paths::SETUP));
    }
    let next = if query.next.is_empty() { paths::WORK.to_owned() } else { visit::local(&query.next) };
    if visit.session.is_some() {
        return Ok(visit.go(&next));
    }
    let form = forms::login(visit.t, &visit.csrf, &next);
    visit.page(&login_page(&visit, false, form).await?)
}

/// POST /login. Where a form was being sent when the session ended, its fields travel along in
/// `resume.…`, and are offered to be sent once more.
async fn log_in(posted: Posted<Visit>) -> Result<HttpResponse, WebError> {
    let visit = &posted.from;
    let next = visit::local(posted.text("next"));
    let kept = super::resume::kept(&posted.fields);
    match visit.app().log_in(posted.text("email"), &raw(&posted, "password"), &visit.network_address).await {
        Ok(SignIn::Open(session)) => go_on(visit, &session, &next, kept).await,
        Ok(SignIn::CodeAwaited(step)) => {
            let form = forms::login_code(visit.t, &visit.csrf, &step, &next);
            super::links::code_page(visit, StatusCode::OK, form, kept.as_ref()).await
        }
        Err(error @ (AppError::Unauthenticated(_) | AppError::TooMany { .. })) => {
            login_refused(visit, &posted, error).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The login page once more, with what was wrong. Nothing that was sent is lost.
pub(super) async fn login_refused(
    visit: &Visit,
    posted: &Posted<Visit>,
    error: AppError,
) -> Result<HttpResponse, WebError> {
    let kept = super::resume::kept(&posted.fields);
    let next = visit::local(posted.text("next"));
    let mut form = forms::login(visit.t, &visit.csrf, &next).filled(&posted.fields);
    form.hidden.extend(kept.as_ref().map(|kept| kept.hidden()).unwrap_or_default());
    let form = form.with_problem("", visit.t.say(&error.message()));
    let page = login_page(visit, kept.is_some(), form).await?;
    let error = WebError::from(error);
    Ok(with_wait(visit.page_with(error.status(), &page)?, &error))
}

/// Somebody has signed in: on to where they were going, or to the form that was kept for them.
pub(super) async fn go_on(
    visit: &Visit,
    session: &Session,
    next: &str,
    kept: Option<super::resume::Kept>,
) -> Result<HttpResponse, WebError> {
    let csrf = visit.app().session(&session.token).await?.csrf;
    open(visit, session).await?;
    let Some(kept) = kept else { return Ok(visit.go(next)) };
    let shell = visit.shell(&node_name(visit).await?);
    visit.page(&ResumePage { t: visit.t, shell, action: kept.action, csrf, fields: kept.fields })
}

async fn login_page(visit: &Visit, kept: bool, form: crate::views::FormView) -> Result<LoginPage, WebError> {
    let shell = visit.shell(&node_name(visit).await?);
    let forgotten = visit.app().sends_mail();
    // A form that is kept travels in this page, and would be lost on the way to the provider.
    let provider = if kept { None } else { super::provider::link(visit, &form) };
    Ok(LoginPage { t: visit.t, shell, kept, forgotten, provider, form })
}

pub(super) async fn open(visit: &Visit, session: &Session) -> Result<(), WebError> {
    let names = visit.face.cookies();
    visit.keep_session(session).await?;
    visit.set_cookie(names.end(&names.form));
    Ok(())
}

/// POST /logout.
async fn log_out(request: HttpRequest, posted: Posted<Visit>) -> Result<HttpResponse, WebError> {
    let visit = &posted.from;
    let names = visit.face.cookies();
    if let Some(token) = super::cookies::value(&request, &names.session) {
        visit.app().log_out(&token).await?;
    }
    visit.set_cookie(names.end(&names.session));
    Ok(visit.done("/", visit.t.get("logged-out")))
}

/// What another server's account asks for (`http://ostatus.org/schema/1.0/subscribe`).
#[derive(Debug, Deserialize)]
struct Interaction {
    #[serde(default)]
    uri: String,
}

/// GET /authorize_interaction?uri=: somebody who is at home here follows what they saw elsewhere.
async fn interaction(visit: Visit, query: web::Query<Interaction>) -> HttpResponse {
    let address: String = url::form_urlencoded::byte_serialize(query.uri.trim().as_bytes()).collect();
    visit.go(&format!("{}?address={address}", paths::SUBSCRIBE))
}

/// The page that keeps what was sent after the session had ended: it is signed in on, or sent again
/// where somebody has signed in meanwhile.
pub(super) async fn keeping(visit: &Visit, kept: super::resume::Kept) -> Result<HttpResponse, WebError> {
    if visit.session.is_some() {
        let shell = visit.shell(&node_name(visit).await?);
        let (csrf, action) = (visit.csrf.clone(), kept.action);
        let page = ResumePage { t: visit.t, shell, action, csrf, fields: kept.fields };
        return visit.page_with(StatusCode::FORBIDDEN, &page);
    }
    let mut form = forms::login(visit.t, &visit.csrf, paths::WORK);
    form.hidden.extend(kept.hidden());
    visit.page_with(StatusCode::UNAUTHORIZED, &login_page(visit, true, form).await?)
}
