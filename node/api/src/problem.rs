//! What an answer says when it is not what was asked for: the one place where errors get a status.

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, ResponseError};
use maillage_app::AppError;
use maillage_domain::message::Message;
use maillage_store::StoreError;
use serde::Serialize;
use std::fmt;
use utoipa::ToSchema;

/// Media type of every error (RFC 9457).
pub const PROBLEM_JSON: &str = "application/problem+json";
/// How long to wait when the node is busy, in seconds.
const BUSY: i64 = 5;

/// One sentence in French and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sentence {
    /// French wording.
    pub fr: String,
    /// English wording.
    pub en: String,
}

impl From<Message> for Sentence {
    fn from(message: Message) -> Self {
        Self { fr: message.fr, en: message.en }
    }
}

/// Why a request was refused or failed. Nothing was changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// A stable code for programs, such as `unknown_key`, `invalid` or `not_found`.
    pub code: &'static str,
    /// What to tell people, and what to do.
    pub message: Sentence,
    /// What is wrong field by field, where it can be said.
    pub problems: Vec<FieldNote>,
    #[serde(skip)]
    #[schema(ignore)]
    header: Option<Told>,
}

/// One thing that is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldNote {
    /// The field of the form, the key of the JSON (`rules.filter.all[0].theme`) or the parameter.
    pub field: String,
    /// A stable code for programs, such as `required` or `not_a_date`.
    pub code: String,
    /// What to tell people.
    pub message: Sentence,
}

/// A header that goes with the status.
#[derive(Debug, Clone)]
enum Told {
    RetryAfter(i64),
    Allow(Vec<Method>),
}

impl Problem {
    /// A problem with the request as a whole.
    pub fn new(status: StatusCode, code: &'static str, fr: impl Into<String>, en: impl Into<String>) -> Self {
        let message = Message::new(fr, en).into();
        Self { status: status.as_u16(), code, message, problems: Vec::new(), header: None }
    }

    /// A 400 about one key or parameter.
    pub fn malformed(code: &'static str, field: &str, fr: impl Into<String>, en: impl Into<String>) -> Self {
        let problem = Self::new(StatusCode::BAD_REQUEST, code, fr, en);
        let note =
            FieldNote { field: field.to_owned(), code: code.to_owned(), message: problem.message.clone() };
        Self { problems: vec![note], ..problem }
    }

    /// A 404.
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "Rien à cette adresse, ou rien que vous puissiez voir.",
            "There is nothing here, or nothing that you may see.",
        )
    }

    /// A 404 for an address that no route has.
    pub fn no_route() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no_route",
            "Cette adresse n'existe pas dans l'API : voyez /api/v1/openapi.json.",
            "The API has no such address: see /api/v1/openapi.json.",
        )
    }

    /// A 401 for who gave no token.
    pub fn token_missing() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthenticated",
            "Cette action demande un jeton : envoyez « Authorization: Bearer mlg_… ».",
            "This takes a token: send “Authorization: Bearer mlg_…”.",
        )
    }

    /// A 405 with the methods that there are.
    pub fn method_not_allowed(allowed: Vec<Method>) -> Self {
        let names = allowed.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
        let problem = Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            format!("Cette adresse répond à : {names}."),
            format!("This address answers to: {names}."),
        );
        Self { header: Some(Told::Allow(allowed)), ..problem }
    }

    /// The same problem with the fields of a form under the names that the JSON has for them.
    #[must_use]
    pub fn with_field_named(mut self, form: &str, json: &str) -> Self {
        for note in self.problems.iter_mut().filter(|note| note.field == form) {
            json.clone_into(&mut note.field);
        }
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status, self.code)
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let (status, code) = match &error {
            AppError::Invalid { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            AppError::Unauthenticated(_) => (StatusCode::UNAUTHORIZED, "unauthenticated"),
            AppError::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden"),
            AppError::NotFound => return Self::not_found(),
            AppError::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
            AppError::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, "too_many"),
            AppError::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            AppError::Remote(_) => (StatusCode::BAD_GATEWAY, "remote"),
            AppError::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        };
        if status.is_server_error() {
            tracing::error!(?error, "the API could not answer");
        }
        let message = error.message();
        let mut problem = Self::new(status, code, message.fr, message.en);
        match error {
            AppError::Invalid { problems } => {
                problem.problems = problems
                    .into_iter()
                    .map(|one| FieldNote {
                        field: one.field,
                        code: one.code.to_owned(),
                        message: one.message.into(),
                    })
                    .collect();
            }
            AppError::TooMany { retry_after } => problem.header = Some(Told::RetryAfter(retry_after)),
            AppError::Unavailable(_) => problem.header = Some(Told::RetryAfter(BUSY)),
            _ => {}
        }
        problem
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        AppError::from(error).into()
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        match &self.header {
            Some(Told::RetryAfter(seconds)) => {
                answer.insert_header((header::RETRY_AFTER, HeaderValue::from(*seconds)));
            }
            Some(Told::Allow(methods)) => {
                let names = methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
                answer.insert_header((header::ALLOW, names));
            }
            None if self.status == 401 => {
                answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
            }
            None => {}
        }
        answer.content_type(PROBLEM_JSON).json(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_its_status_and_headers() {
        let said = || Message::new("Non.", "No.");
        let busy = || StoreError::Busy("locked".to_owned());
        for (error, status, code, retry_after) in [
            (
                AppError::invalid("title", "required", "Donnez un titre.", "Give a title."),
                422,
                "invalid",
                None,
            ),
            (AppError::Unauthenticated(said()), 401, "unauthenticated", None),
            (AppError::Forbidden(said()), 403, "forbidden", None),
            (AppError::NotFound, 404, "not_found", None),
            (AppError::Conflict(said()), 409, "conflict", None),
            (AppError::TooMany { retry_after: 900 }, 429, "too_many", Some("900")),
            (AppError::Unavailable(busy()), 503, "unavailable", Some("5")),
            (AppError::Remote(said()), 502, "remote", None),
            (AppError::internal("SELECT secret FROM accounts"), 500, "internal", None),
            (StoreError::Closed.into(), 503, "unavailable", Some("5")),
            (StoreError::corrupt("entries.path").into(), 500, "internal", None),
        ] {
            let problem = Problem::from(error);
            assert_eq!((problem.status, problem.code), (status, code));
            let answer = problem.error_response();
            assert_eq!(answer.status(), status);
            let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
            assert_eq!(header("content-type"), Some(PROBLEM_JSON));
            assert_eq!(header("retry-after"), retry_after, "{code}");
            assert_eq!(header("www-authenticate"), (status == 401).then_some("Bearer"));
            // The cause is logged, never shown.
            let shown = serde_json::to_string(&problem).expect("JSON");
            assert!(!["SELECT", "locked", "entries"].iter().any(|cause| shown.contains(cause)), "{shown}");
        }
    }
}
