//! Answers: pages of lists, things just made, the headers of every answer, and addresses that lead nowhere.

use crate::cursor::{self, Kind};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::{BASE, document};
use actix_web::body::MessageBody;
use actix_web::dev::{ResourceDef, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse};
use serde::Serialize;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T: ToSchema> {
    /// The things of this page, in the order of the list.
    pub items: Vec<T>,
    /// Where the list goes on: give it as `cursor`, with the same filters. Null on the last page.
    pub next: Option<String>,
}

/// Which part of a list that is read whole is answered.
pub struct Part {
    skip: usize,
    take: usize,
}

impl Part {
    /// Reads the last parameters of a route whose list is read whole, and refuses any other.
    ///
    /// # Errors
    /// 400 for what is no cursor or limit, and for parameters that the route does not have.
    pub fn of(mut asked: Parameters) -> Result<Self, Problem> {
        let limit = asked.limit()?;
        let at = asked.one("cursor")?.map(|text| cursor::read(Kind::Counted, &text)).transpose()?;
        asked.finish()?;
        let size = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
        Ok(Self { skip: at.map_or(0, |(skip, _)| size(skip)), take: size(limit) })
    }
}

impl<T: ToSchema> Page<T> {
    /// A part of a list that was read whole.
    pub fn part(all: Vec<T>, part: &Part) -> Self {
        let end = part.skip.saturating_add(part.take);
        let more = end < all.len();
        let next = more.then(|| cursor::write(Kind::Counted, i64::try_from(end).unwrap_or(i64::MAX), 0));
        Self { items: all.into_iter().skip(part.skip).take(part.take).collect(), next }
    }
}

/// Cuts a list that was read one longer than its page, and says after which thing it goes on.
pub fn cut<R>(rows: &mut Vec<R>, limit: i64, cursor: impl Fn(&R) -> String) -> Option<String> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if rows.len() <= limit {
        return None;
    }
    rows.truncate(limit);
    rows.last().map(cursor)
}

/// A 201 with what was made and where it is.
pub fn created(path: &str, made: &impl Serialize) -> HttpResponse {
    HttpResponse::Created().insert_header((header::LOCATION, format!("{BASE}{path}"))).json(made)
}

/// A 204: done, and nothing to say.
pub fn done() -> HttpResponse {
    HttpResponse::NoContent().finish()
}

/// What every answer says to caches, and HEAD answered as GET without its body, which the server
/// leaves out. What is for one account is kept by no cache.
///
/// # Errors
/// Those of the handlers, untouched.
pub async fn guarded<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let personal = request.headers().contains_key(header::AUTHORIZATION) || request.method() != Method::GET;
    let mut answer = next.call(request).await?;
    let refused = answer.status().is_client_error() || answer.status().is_server_error();
    let kept = if personal || refused { "private, no-store" } else { "no-cache" };
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(header::VARY, HeaderValue::from_static("Authorization"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(answer)
}

/// The answer at an address that is no route: 405 where another method is, 404 elsewhere.
///
/// # Errors
/// Always.
pub async fn nowhere(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let path = request.path().strip_prefix(BASE).unwrap_or_default();
    let allowed = document::routes()
        .iter()
        .filter(|(_, pattern)| ResourceDef::new(pattern.as_str()).is_match(path))
        .map(|(method, _)| method.clone())
        .collect::<Vec<_>>();
    Err(if allowed.is_empty() { Problem::no_route() } else { Problem::method_not_allowed(allowed) })
}
