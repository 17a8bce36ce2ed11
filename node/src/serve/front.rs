//! What every request passes first: its number, its host, its time in the log.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, Uri};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use maillage_app::App;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use tracing::Instrument;
use uuid::Uuid;

/// The header under which a request's number travels.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How long the hosts of sites are taken as they were read.
const HOSTS_KEPT: Duration = Duration::from_secs(5);

/// Hosts of sites, each with the short name of its site, and when they were read.
type Hosts = Option<(Instant, BTreeMap<String, String>)>;

/// What is known of the node in front of its faces.
pub struct Front {
    app: App,
    host: String,
    base: String,
    secure: bool,
    hosts: Mutex<Hosts>,
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
            hosts: Mutex::default(),
        }
    }

    /// The host that a request means, in lower case and without a needless port.
    fn host_of(&self, request: &ServiceRequest) -> String {
        let given = match request.headers().get(header::HOST) {
            Some(host) => host.to_str().unwrap_or_default(),
            None => request.uri().authority().map_or("", |authority| authority.as_str()),
        };
        let plain = given.strip_suffix(if self.secure { ":443" } else { ":80" }).unwrap_or(given);
        plain.to_ascii_lowercase()
    }

    /// The short name of the site whose own host this is.
    async fn site_at(&self, host: &str) -> Option<String> {
        let mut hosts = self.hosts.lock().await;
        if hosts.as_ref().is_none_or(|(read, _)| read.elapsed() > HOSTS_KEPT) {
            match self.app.site_hosts().await {
                Ok(found) => *hosts = Some((Instant::now(), found.into_iter().collect())),
                Err(error) => tracing::warn!(%error, "the hosts of sites cannot be read"),
            }
        }
        hosts.as_ref().and_then(|(_, known)| known.get(host).cloned())
    }

    /// Lets a request to another host through where it is that of a site and means a page of that site;
    /// answers it otherwise. What changes anything is done at the node's own address alone.
    async fn elsewhere(&self, request: &mut ServiceRequest, host: &str) -> Option<HttpResponse> {
        // Without the port of a test or of an inner network.
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let reading = request.method() == Method::GET || request.method() == Method::HEAD;
        let Some(slug) = self.site_at(name).await.filter(|_| reading) else {
            return Some(misdirected(&self.base));
        };
        let (own, path) = (format!("/sites/{slug}"), request.path().to_owned());
        if path == "/" {
            return lead_to(request, &own);
        }
        let within = [own.as_str(), "/assets", "/fichiers"].into_iter().any(|part| {
            path.strip_prefix(part)
                .is_some_and(|rest| rest.starts_with('/') || rest.is_empty() && part == own)
        });
        if within {
            return None;
        }
        let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
        let there = format!("{}{asked}", self.base.trim_end_matches('/'));
        Some(HttpResponse::TemporaryRedirect().insert_header((header::LOCATION, there)).finish())
    }
}

/// Has a request mean another path; its question stays. Answers it where that cannot be.
fn lead_to(request: &mut ServiceRequest, path: &str) -> Option<HttpResponse> {
    let question = request.uri().query().map_or_else(String::new, |question| format!("?{question}"));
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = format!("{path}{question}").parse().ok();
    let Ok(uri) = Uri::from_parts(parts) else { return Some(HttpResponse::BadRequest().finish()) };
    request.match_info_mut().get_mut().update(&uri);
    request.head_mut().uri = uri;
    None
}

/// Middleware: numbers the request, lets the hosts of sites through to their pages, refuses others with 421, writes one line to the log.
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
    {
        let host = front.host_of(&request);
        if !host.eq_ignore_ascii_case(&front.host)
            && let Some(answer) = front.elsewhere(&mut request, &host).await
        {
            return Ok(request.into_response(answer).map_into_right_body());
        }
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
