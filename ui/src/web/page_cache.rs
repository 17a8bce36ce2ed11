//! Pages for everybody, kept for a moment: a crowd of readers costs few renderings.
//!
//! Only what a visitor without a session, a form under way or a notice gets is kept, and only until
//! this process changes something that pages show: who publishes or withdraws sees it at once. What
//! another process changes (the command line, a second server) shows when the page has aged.

use super::Face;
use super::cookies::value;
use super::visit::{language_asked, locale_of};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use maillage_domain::message::Locale;
use moka::future::Cache;
use std::sync::Arc;
use std::time::Duration;

/// What all kept pages weigh at most, in bytes.
const ROOM: u64 = 16 << 20;
/// The longest address whose page is kept, in bytes.
const LONGEST_ADDRESS: usize = 512;
/// The largest page that is kept, in bytes.
const LARGEST_PAGE: usize = 512 << 10;

/// What tells one kept page from another.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    /// The state of what pages show when the page was made, at the latest.
    revision: u64,
    english: bool,
    address: String,
}

struct Page {
    headers: Vec<(HeaderName, HeaderValue)>,
    body: web::Bytes,
}

/// The kept pages of a node.
pub(super) struct PageCache {
    pages: Cache<Key, Arc<Page>>,
}

impl PageCache {
    pub(super) fn new(kept: Duration) -> Self {
        let weight = |key: &Key, page: &Arc<Page>| {
            u32::try_from(key.address.len() + page.body.len() + 512).unwrap_or(u32::MAX)
        };
        Self { pages: Cache::builder().max_capacity(ROOM).weigher(weight).time_to_live(kept).build() }
    }
}

/// Middleware around an address that everybody reads.
///
/// # Errors
/// Those of the page.
pub(super) async fn answer(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let face = request.app_data::<web::Data<Face>>().cloned();
    let Some((face, key)) = face.and_then(|face| key(&face, &request).map(|key| (face, key))) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    if let Some(page) = face.pages().pages.get(&key).await {
        return Ok(request.into_response(page.answer()));
    }
    let (request, answer) = next.call(request).await?.map_into_boxed_body().into_parts();
    let (answer, body) = answer.into_parts();
    let body = match body.try_into_bytes() {
        Ok(body) => body,
        Err(body) => return Ok(ServiceResponse::new(request, answer.set_body(body))),
    };
    if is_for_everybody(&answer) && body.len() <= LARGEST_PAGE {
        let headers = answer.headers().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        face.pages().pages.insert(key, Arc::new(Page { headers, body: body.clone() })).await;
    }
    Ok(ServiceResponse::new(request, answer.set_body(body).map_into_boxed_body()))
}

/// The key of the page that a request asks for, where such pages are kept.
fn key(face: &Face, request: &ServiceRequest) -> Option<Key> {
    let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
    let (names, request) = (face.cookies(), request.request());
    let conditional = [header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE, header::RANGE];
    let personal = [&names.session, &names.form, &names.notice];
    let plain = request.method() == Method::GET
        && address.len() <= LONGEST_ADDRESS
        && !conditional.iter().any(|name| request.headers().contains_key(name))
        && !personal.iter().any(|name| request.cookie(name).is_some())
        && language_asked(request).is_none();
    plain.then(|| Key {
        revision: face.app().revision(),
        english: locale_of(request, value(request, &names.language), None) == Locale::En,
        address: address.to_owned(),
    })
}

/// Whether an answer is the same for the next visitor.
fn is_for_everybody(answer: &HttpResponse<()>) -> bool {
    answer.status() == StatusCode::OK && !answer.headers().contains_key(header::SET_COOKIE)
}

impl Page {
    fn answer(&self) -> HttpResponse {
        let mut answer = HttpResponse::with_body(StatusCode::OK, BoxBody::new(self.body.clone()));
        for (name, value) in &self.headers {
            answer.headers_mut().append(name.clone(), value.clone());
        }
        answer
    }
}
