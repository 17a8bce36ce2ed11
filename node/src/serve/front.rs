//! What every request passes first: its number, its host, its time in the log.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use maillage_app::App;
use std::time::Instant;
use tracing::Instrument;
use uuid::Uuid;

/// The header under which a request's number travels.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What is known of the node in front of its faces.
pub struct Front {
    app: App,
    host: String,
    base: String,
    secure: bool,
}

impl Front {
    /// The front of a node with these use cases.
    pub fn new(app: &App) -> Self {
        let addresses = app.addresses();
        Self {
            app: app.clone(),
            host: addresses.host(),
            base: addresses.base().to_string(),
            secure: addresses.base().scheme() == "https",
        }
    }

    /// Whether a request means this node: its host, letter case and a needless port apart.
    fn is_meant(&self, request: &ServiceRequest) -> bool {
        let given = match request.headers().get(header::HOST) {
            Some(host) => host.to_str().unwrap_or_default(),
            None => request.uri().authority().map_or("", |authority| authority.as_str()),
        };
        let plain = given.strip_suffix(if self.secure { ":443" } else { ":80" }).unwrap_or(given);
        plain.eq_ignore_ascii_case(&self.host)
    }
}

/// Middleware: numbers the request, refuses other hosts with 421, writes one line to the log.
///
/// # Errors
/// Those of the faces.
pub async fn guard<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let id = Uuid::new_v4().simple().to_string();
    let number = HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("0"));
    // What a client sends under this name is not believed.
    request.headers_mut().insert(REQUEST_ID, number.clone());
    let front = request.app_data::<web::Data<Front>>().cloned();
    if let Some(front) = &front
        && request.path() != "/healthz"
        && !front.is_meant(&request)
    {
        let answer = misdirected(&front.base);
        return Ok(request.into_response(answer).map_into_right_body());
    }
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.path());
    let began = Instant::now();
    let mut answer = next.call(request).instrument(span.clone()).await?;
    let status = answer.status().as_u16();
    let took = began.elapsed().as_millis();
    span.in_scope(|| {
        tracing::debug!(status, milliseconds = u64::try_from(took).unwrap_or(u64::MAX), "answered")
    });
    let headers = answer.headers_mut();
    headers.insert(REQUEST_ID, number);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if front.is_some_and(|front| front.secure) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    Ok(answer.map_into_left_body())
}

fn misdirected(base: &str) -> HttpResponse {
    HttpResponse::MisdirectedRequest()
        .content_type("text/plain; charset=utf-8")
        .body(format!("Ce nœud répond à l'adresse {base}\nThis node answers at {base}\n"))
}

/// GET /healthz: 200 `ok` when the database answers, 503 otherwise; for supervision and balancers.
pub async fn health(front: web::Data<Front>) -> HttpResponse {
    match front.app.awaits_first_run().await {
        Ok(_) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            HttpResponse::ServiceUnavailable()
                .insert_header((header::RETRY_AFTER, "10"))
                .content_type("text/plain; charset=utf-8")
                .body("database\n")
        }
    }
}
