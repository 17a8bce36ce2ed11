//! Signing in through an identity provider: away to it, and back.
//!
//! Both are links: the browser leaves this node, which no form may do here.

use super::answer::with_wait;
use super::cookies::value;
use super::{Visit, WebError, gate, links, reading, visit};
use crate::forms;
use crate::paths;
use crate::views::{FormView, Link, NoticeKind};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_app::identity::AWAY;
use maillage_app::login::SignIn;
use serde::Deserialize;

/// Registers the addresses of this file.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config.route(paths::OPENID, reading::get(leave)).route(paths::OPENID_BACK, reading::get(come_back));
}

/// An address that goes on to a path of this node.
fn with_next(path: &str, next: &str) -> String {
    let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{path}?next={next}")
}

/// The link that leaves for the provider, for the page with this login form; none where there is no
/// provider.
pub(super) fn link(visit: &Visit, form: &FormView) -> Option<Link> {
    let provider = visit.app().identity_provider()?;
    let next = form.hidden.iter().find(|(name, _)| name == "next").map_or(paths::WORK, |(_, next)| next);
    Some(Link::new(visit.t.with("login-openid", "provider", provider.name()), with_next(paths::OPENID, next)))
}

/// Where to go on afterwards.
#[derive(Debug, Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// GET /login/openid?next=
async fn leave(
    request: HttpRequest,
    visit: Visit,
    query: web::Query<Next>,
) -> Result<HttpResponse, WebError> {
    let next = if query.next.is_empty() { paths::WORK.to_owned() } else { visit::local(&query.next) };
    if visit.session.is_some() {
        return Ok(visit.go(&next));
    }
    let names = visit.face.cookies();
    // The same for two tabs of one browser, so that either may come back.
    let browser = value(&request, &names.departure).unwrap_or_else(visit::fresh_token);
    match visit.app().leave_for_provider(&browser, &next, &visit.network_address).await {
        Ok(address) => {
            visit.set_cookie(names.set(&names.departure, browser, Some(AWAY / 1_000)));
            Ok(visit.leave(&address))
        }
        Err(error) => refused(&visit, &next, error),
    }
}

/// What the provider sends back (OpenID Connect Core 1.0, sections 3.1.2.5 and 3.1.2.6).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Answer {
    code: String,
    state: String,
}

/// GET /login/openid/back?code=&state=
async fn come_back(
    request: HttpRequest,
    visit: Visit,
    query: web::Query<Answer>,
) -> Result<HttpResponse, WebError> {
    let Some(provider) = visit.app().identity_provider() else { return Err(AppError::NotFound.into()) };
    let browser = value(&request, &visit.face.cookies().departure).unwrap_or_default();
    let back = visit.app().return_from_provider(&query.state, &browser, &visit.network_address).await;
    let returned = match back {
        Ok(returned) => returned,
        Err(error) => return refused(&visit, paths::WORK, error),
    };
    if query.code.is_empty() {
        let text = visit.t.with("login-openid-not", "provider", provider.name());
        let login = with_next(paths::LOGIN, &returned.next);
        return Ok(visit.go_and_say(&login, NoticeKind::Problem, text, None));
    }
    match visit.app().log_in_through_provider(&returned, &query.code).await {
        Ok(SignIn::Open(session)) => gate::go_on(&visit, &session, &returned.next, None).await,
        Ok(SignIn::CodeAwaited(step)) => {
            let form = forms::login_code(visit.t, &visit.csrf, &step, &returned.next);
            links::code_page(&visit, StatusCode::OK, form, None).await
        }
        Err(error) => refused(&visit, &returned.next, error),
    }
}

/// On to the login page, which says why. The code and the state leave the browser's address with that.
fn refused(visit: &Visit, next: &str, error: AppError) -> Result<HttpResponse, WebError> {
    if !matches!(error, AppError::Unauthenticated(_) | AppError::Remote(_) | AppError::TooMany { .. }) {
        return Err(error.into());
    }
    let text = visit.t.say(&error.message());
    let answer = visit.go_and_say(&with_next(paths::LOGIN, next), NoticeKind::Problem, text, None);
    Ok(with_wait(answer, &WebError::from(error)))
}
