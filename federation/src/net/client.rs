//! The client: one loop that judges every hop, within limits of time, size and number.

use super::body;
use super::budget::FetchBudget;
use super::error::NetError;
use super::library::{self, ClientForLibrary};
use super::policy::{NetPolicy, Rules};
use super::resolver::{FilteringResolver, Lookup, SystemLookup};
use super::response::{ACTIVITYPUB_ACCEPT, JsonDocument, Response};
use async_trait::async_trait;
use bytes::Bytes;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::{Method, redirect};
use std::sync::Arc;
use std::time::{Duration, Instant};
use url::Url;

/// How much of the answer to a POST is kept, in bytes: enough to tell why it was refused.
const POST_ANSWER_BYTES: usize = 16 * 1024;
/// Headers that prove who asks, and that the next origin of a redirect must not see.
const PROOFS: [&str; 4] = ["authorization", "cookie", "signature", "signature-input"];

/// The limits of a client.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time to establish a connection.
    pub connect: Duration,
    /// Time for a whole request: all hops and the body.
    pub total: Duration,
    /// Bytes of a body after decompression.
    pub body: usize,
    /// Redirects followed.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(10),
            body: 1024 * 1024,
            redirects: 3,
        }
    }
}

/// Makes the headers that sign a GET of this URL; called anew for each hop, as the signature covers
/// host and path.
pub type Signer<'a> = dyn Fn(&Url) -> Result<Vec<(String, String)>, NetError> + Send + Sync + 'a;

/// Judges each address before anything is asked of it, redirects included, by what the node knows of
/// its host.
#[async_trait]
pub trait Gate: Send + Sync {
    /// Lets the address be asked, or says why not.
    ///
    /// # Errors
    /// [`NetError::Blocked`], or [`NetError::Unjudged`] when that cannot be found out.
    async fn admit(&self, url: &Url) -> Result<(), NetError>;
}

/// A GET, with what is not usual about it.
pub struct Fetch<'a> {
    url: Url,
    headers: Vec<(String, String)>,
    signer: Option<&'a Signer<'a>>,
    budget: Option<&'a FetchBudget>,
    gate: Option<&'a dyn Gate>,
    body: Option<usize>,
}

impl<'a> Fetch<'a> {
    /// A plain GET of this URL; its fragment is not part of a request and is dropped.
    pub fn new(url: &Url) -> Self {
        let mut url = url.clone();
        url.set_fragment(None);
        Self { url, headers: Vec::new(), signer: None, budget: None, gate: None, body: None }
    }

    /// Adds a header. What proves who asks is left out after a redirect to another origin.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Signs each hop.
    #[must_use]
    pub fn signed_by(mut self, signer: &'a Signer<'a>) -> Self {
        self.signer = Some(signer);
        self
    }

    /// Spends from the budget of a chain of fetches.
    #[must_use]
    pub fn within(mut self, budget: &'a FetchBudget) -> Self {
        self.budget = Some(budget);
        self
    }

    /// Has each hop judged first.
    #[must_use]
    pub fn gated_by(mut self, gate: &'a dyn Gate) -> Self {
        self.gate = Some(gate);
        self
    }

    /// Another limit on the body, in bytes (a feed or a file asked for by an administrator).
    #[must_use]
    pub fn at_most(mut self, bytes: usize) -> Self {
        self.body = Some(bytes);
        self
    }

    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(given, _)| given.eq_ignore_ascii_case(name))
    }
}

/// How long an idle connection is kept.
const IDLE: Duration = Duration::from_secs(4);

/// The guarded HTTP client of the node. Cheap to clone; connections are kept and shared.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    rules: Rules,
    limits: Limits,
}

impl Client {
    /// A client of the node at this public URL, which its `User-Agent` names.
    ///
    /// # Errors
    /// [`NetError::Request`] when TLS cannot be set up.
    pub fn new(policy: NetPolicy, limits: Limits, node: &Url) -> Result<Self, NetError> {
        Self::build(policy.into(), limits, node, Arc::new(SystemLookup))
    }

    pub(super) fn build(
        rules: Rules,
        limits: Limits,
        node: &Url,
        lookup: Arc<dyn Lookup>,
    ) -> Result<Self, NetError> {
        let http = reqwest::Client::builder()
            .user_agent(format!("Maillage/{} (+{node})", env!("CARGO_PKG_VERSION")))
            .dns_resolver(FilteringResolver { lookup, rules })
            .redirect(redirect::Policy::none())
            // A proxy would dial in our place, past the filter.
            .no_proxy()
            .referer(false)
            .connect_timeout(limits.connect)
            .timeout(limits.total)
            // Several servers close what is idle for five seconds; what is sent at that moment is lost.
            .pool_idle_timeout(IDLE)
            .build()
            .map_err(|error| NetError::Request(error.to_string()))?;
        Ok(Self { http, rules, limits })
    }

    /// The same client and filter for `activitypub_federation`.
    pub fn for_library(&self) -> ClientForLibrary {
        library::wrap(self.http.clone(), self.rules)
    }

    /// Whether the address as it is written is one that may be asked. Where its name leads is only known
    /// when it is asked.
    #[must_use]
    pub fn may_ask(&self, url: &Url) -> bool {
        self.rules.check_url(url).is_ok()
    }

    /// GETs a URL, following redirects; any status is an answer.
    ///
    /// # Errors
    /// See [`NetError`].
    pub async fn get(&self, url: &Url, headers: &[(String, String)]) -> Result<Response, NetError> {
        let mut fetch = Fetch::new(url);
        fetch.headers.extend_from_slice(headers);
        self.fetch(fetch).await
    }

    /// GETs what is described, following redirects; any status is an answer.
    ///
    /// # Errors
    /// See [`NetError`].
    pub async fn fetch(&self, fetch: Fetch<'_>) -> Result<Response, NetError> {
        tokio::time::timeout(self.limits.total, self.follow(fetch)).await.unwrap_or(Err(NetError::Timeout))
    }

    /// GETs an ActivityPub document: 2xx, `activity+json` or `ld+json` with the ActivityStreams
    /// profile, strict JSON. The caller still compares its `id` with `final_url`.
    ///
    /// # Errors
    /// See [`NetError`].
    pub async fn fetch_json(&self, fetch: Fetch<'_>) -> Result<JsonDocument, NetError> {
        self.fetch(fetch.header("accept", ACTIVITYPUB_ACCEPT)).await?.into_document()
    }

    /// POSTs a body. A redirect is returned as the answer, since a signature holds for one target.
    ///
    /// As soon as there is a status there is an answer: a body that breaks, takes too long or is
    /// longer than 16 KiB is given up.
    ///
    /// # Errors
    /// See [`NetError`].
    pub async fn post(
        &self,
        url: &Url,
        headers: &[(String, String)],
        body: Bytes,
    ) -> Result<Response, NetError> {
        let started = Instant::now();
        let mut url = url.clone();
        url.set_fragment(None);
        self.rules.check_url(&url)?;
        let headers = header_map(headers)?;
        let sending = self.http.post(url.clone()).headers(headers).body(body).send();
        let answer =
            tokio::time::timeout(self.limits.total, sending).await.map_err(|_| NetError::Timeout)??;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let left = self.limits.total.saturating_sub(started.elapsed());
        let body = tokio::time::timeout(left, body::read(answer, POST_ANSWER_BYTES)).await;
        let body = body.ok().and_then(Result::ok).unwrap_or_default();
        Ok(Response { status, headers, body, final_url: url })
    }

    /// POSTs a body and reads the whole answer, for an exchange that is of no use without it. A redirect
    /// is returned as the answer.
    ///
    /// # Errors
    /// See [`NetError`].
    pub async fn exchange(
        &self,
        url: &Url,
        headers: &[(String, String)],
        body: Bytes,
    ) -> Result<Response, NetError> {
        let mut url = url.clone();
        url.set_fragment(None);
        self.rules.check_url(&url)?;
        let headers = header_map(headers)?;
        let exchanging = async {
            let answer = self.http.post(url.clone()).headers(headers).body(body).send().await?;
            let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
            let body = body::read(answer, self.limits.body).await?;
            Ok(Response { status, headers, body, final_url: url.clone() })
        };
        tokio::time::timeout(self.limits.total, exchanging).await.unwrap_or(Err(NetError::Timeout))
    }

    async fn follow(&self, fetch: Fetch<'_>) -> Result<Response, NetError> {
        let mut url = fetch.url.clone();
        for _ in 0..=self.limits.redirects {
            self.rules.check_url(&url)?;
            if let Some(gate) = fetch.gate {
                gate.admit(&url).await?;
            }
            let hop = self.hop(&fetch, &url);
            let answer = match fetch.budget {
                Some(budget) => {
                    let left = budget.take()?;
                    tokio::time::timeout(left, hop).await.unwrap_or(Err(NetError::Budget))
                }
                // The time of all hops together, in `fetch`, is the only limit.
                None => hop.await,
            };
            match answer? {
                Hop::Answer(response) => return Ok(response),
                Hop::Redirect(next) => url = next,
            }
        }
        Err(NetError::TooManyRedirects)
    }

    /// One request without following anything.
    async fn hop(&self, fetch: &Fetch<'_>, url: &Url) -> Result<Hop, NetError> {
        let mut headers = header_map(&fetch.headers)?;
        if url.origin() != fetch.url.origin() {
            PROOFS.iter().for_each(|name| drop(headers.remove(*name)));
        }
        if let Some(signer) = fetch.signer {
            headers.extend(header_map(&signer(url)?)?);
        }
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        if !fetch.has("accept") {
            headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        }
        let answer = self.http.request(Method::GET, url.clone()).headers(headers).send().await?;
        let status = answer.status().as_u16();
        if matches!(status, 301 | 302 | 303 | 307 | 308)
            && let Some(location) = answer.headers().get(LOCATION)
        {
            return redirect_target(url, location).map(Hop::Redirect);
        }
        let headers = answer.headers().clone();
        let body = body::read(answer, fetch.body.unwrap_or(self.limits.body)).await?;
        Ok(Hop::Answer(Response { status, headers, body, final_url: url.clone() }))
    }
}

enum Hop {
    Answer(Response),
    Redirect(Url),
}

fn redirect_target(from: &Url, location: &HeaderValue) -> Result<Url, NetError> {
    let text = location.to_str().map_err(|_| NetError::BadRedirect)?;
    let mut target = from.join(text).map_err(|_| NetError::BadRedirect)?;
    target.set_fragment(None);
    Ok(target)
}

fn header_map(headers: &[(String, String)]) -> Result<HeaderMap, NetError> {
    let invalid = |name: &str| NetError::Request(format!("the header {name} is not possible"));
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid(name))?;
        map.append(key, HeaderValue::from_str(value).map_err(|_| invalid(name))?);
    }
    Ok(map)
}
