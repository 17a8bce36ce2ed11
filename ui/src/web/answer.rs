//! What cannot be answered, told as a page in the visitor's language; the cause goes to the log.

use super::Visit;
use crate::paths;
use crate::views::{ErrorPage, Link};
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError};
use maillage_app::AppError;
use maillage_store::StoreError;

/// Why a page is not answered.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// A use case refused or failed.
    #[error(transparent)]
    App(#[from] AppError),
    /// Somebody has to sign in first.
    #[error("not signed in")]
    SignIn {
        /// Where to go on afterwards.
        next: String,
    },
    /// A form was sent when the session had ended: it is kept through signing in.
    #[error("the session has ended")]
    Kept(super::resume::Kept),
    /// The node has no administrator yet.
    #[error("the node waits for its first run")]
    FirstRun,
    /// A form that does not come from a page of this node, or from one too old.
    #[error("the form's token is not the visitor's")]
    Forged,
    /// A page that is only read was asked for with another method.
    #[error("the method is not allowed here")]
    Method,
    /// A form that is too large.
    #[error("the form is too large")]
    TooLarge,
    /// A body that is no form.
    #[error("the form cannot be read")]
    UnreadableForm,
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

impl WebError {
    /// The status of the answer.
    pub(super) fn status(&self) -> StatusCode {
        self.status_code()
    }
}

impl ResponseError for WebError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::App(error) => match error {
                AppError::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
                AppError::Unauthenticated(_) => StatusCode::UNAUTHORIZED,
                AppError::Forbidden(_) => StatusCode::FORBIDDEN,
                AppError::NotFound => StatusCode::NOT_FOUND,
                AppError::Conflict(_) => StatusCode::CONFLICT,
                AppError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
                AppError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
                AppError::Remote(_) => StatusCode::BAD_GATEWAY,
                AppError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::SignIn { .. } | Self::FirstRun => StatusCode::SEE_OTHER,
            Self::Kept(_) => StatusCode::UNAUTHORIZED,
            Self::Forged => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnreadableForm => StatusCode::BAD_REQUEST,
        }
    }

    /// Bare: [`told`] makes the page of it.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// Middleware around the whole application: turns the errors of pages, and paths that lead nowhere,
/// into pages.
///
/// # Errors
/// Those of other faces, untouched.
pub async fn told<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let answer = match next.call(request).await {
        Ok(answer) => answer,
        Err(error) => return Err(error),
    };
    let request = answer.request().clone();
    let page = match answer.response().error().and_then(|error| error.as_error::<WebError>()) {
        Some(error) => Some(page_of(&request, error).await),
        None => None,
    };
    Ok(match page {
        Some(page) => answer.into_response(page).map_into_right_body(),
        None => answer.map_into_left_body(),
    })
}

async fn page_of(request: &HttpRequest, error: &WebError) -> HttpResponse {
    match error {
        WebError::SignIn { next } => return see(&sign_in(next)),
        WebError::FirstRun => return see(paths::SETUP),
        _ => {}
    }
    let status = error.status_code();
    if status.is_server_error() {
        tracing::error!(path = request.path(), error = ?error, "a page failed");
    }
    let Ok(visit) = Visit::read(request).await else { return HttpResponse::new(status) };
    if let WebError::Kept(kept) = error {
        let page = super::gate::keeping(&visit, kept.clone()).await;
        return page.unwrap_or_else(|_| HttpResponse::new(status));
    }
    let node = visit.reads().run(|reads| reads.node()).await.ok().flatten();
    let shell = visit.shell(node.as_ref().map_or("Maillage", |node| node.name.as_str()));
    let mut page = ErrorPage::new(visit.t, shell, status.as_u16());
    page.detail = match error {
        WebError::App(AppError::NotFound | AppError::Internal(_) | AppError::Unavailable(_)) => String::new(),
        WebError::App(error) => visit.t.say(&error.message()),
        WebError::Forged => visit.t.get("form-expired"),
        _ => String::new(),
    };
    if status == StatusCode::NOT_FOUND && visit.session.is_none() && request.method().is_safe() {
        // What is restricted is not there for strangers; its own people find the way.
        page.sign_in = Some(Link::new(visit.t.get("login-title"), sign_in(&visit.address)));
    }
    page.request_id = request
        .headers()
        .get("x-request-id")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let mut answer = visit.page_with(status, &page).unwrap_or_else(|_| HttpResponse::new(status));
    if matches!(error, WebError::Method) {
        answer.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD"));
    }
    with_wait(answer, error)
}

/// Says after how many seconds to come back, where there were too many attempts (RFC 9110 section
/// 10.2.3).
pub(super) fn with_wait(mut answer: HttpResponse, error: &WebError) -> HttpResponse {
    if let WebError::App(AppError::TooMany { retry_after }) = error
        && let Ok(seconds) = header::HeaderValue::from_str(&retry_after.to_string())
    {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    answer
}

/// What a page that is only read answers to other methods.
///
/// # Errors
/// [`WebError::Method`].
pub(super) async fn wrong_method() -> Result<HttpResponse, WebError> {
    Err(WebError::Method)
}

/// What every path that leads nowhere answers. A slash too many at the end is taken away.
///
/// # Errors
/// [`AppError::NotFound`].
pub async fn not_found(request: HttpRequest) -> Result<HttpResponse, WebError> {
    let bare = request.path().trim_end_matches('/');
    let is_page =
        !bare.is_empty() && !bare.starts_with("//") && !bare.contains('\\') && !bare.starts_with("/api/");
    if bare == request.path() || !is_page || !request.method().is_safe() {
        return Err(AppError::NotFound.into());
    }
    let query = request.query_string();
    let address = if query.is_empty() { bare.to_owned() } else { format!("{bare}?{query}") };
    Ok(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, address)).finish())
}

/// The login page that goes on to an address of this node.
fn sign_in(next: &str) -> String {
    super::address::with(paths::LOGIN, &[("next", next)])
}

fn see(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .finish()
}
