//! A request as received, and its making from an actix one.

use super::Refusal;
use crate::signature::SignedParts;
use actix_web::http::header;
use actix_web::{HttpRequest, web};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use std::time::Duration;

/// The largest body an inbox reads, in bytes.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;
/// How long a sender may take over its body.
const BODY_TIME: Duration = Duration::from_secs(30);

/// A request as it came in, independent of the HTTP server.
#[derive(Clone, Debug)]
pub struct InboundRequest {
    /// The method in upper case.
    pub method: String,
    /// The request target in origin form, undecoded, with its query.
    pub path_and_query: String,
    /// Names and values in the order received, a repeated header as often as it was sent.
    pub headers: Vec<(String, String)>,
    /// The body as received, still in its content encoding.
    pub body: Bytes,
}

impl InboundRequest {
    /// Takes the request from actix, with the body that [`read_body`] has read.
    ///
    /// A value that is not UTF-8 keeps a replacement mark, which no signature can match. The
    /// authority of an HTTP/2 request or of an absolute request target counts as one more `Host`
    /// where it says something else than the header.
    pub fn from_actix(request: &HttpRequest, body: Bytes) -> Self {
        let text = |value: &header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let mut headers: Vec<(String, String)> =
            request.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        if let Some(authority) = request.uri().authority() {
            let stated = headers
                .iter()
                .any(|(name, value)| name == "host" && value.eq_ignore_ascii_case(authority.as_str()));
            if !stated {
                headers.push(("host".to_owned(), authority.as_str().to_owned()));
            }
        }
        let path_and_query = request.uri().path_and_query().map_or("/", |target| target.as_str()).to_owned();
        Self { method: request.method().as_str().to_owned(), path_and_query, headers, body }
    }

    /// The values of a header, one for each line received.
    pub(super) fn values(&self, name: &str) -> Vec<&str> {
        let same = |(n, _): &&(String, String)| n.eq_ignore_ascii_case(name);
        self.headers.iter().filter(same).map(|(_, value)| value.trim()).collect()
    }

    /// The value of a header that may be given at most once.
    pub(super) fn at_most_one(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.values(name).as_slice() {
            [] => Ok(None),
            [value] => Ok(Some(value)),
            several => Err(Refusal::malformed(
                "duplicate-header",
                format!("{} {name} headers where one is allowed", several.len()),
            )),
        }
    }

    pub(super) fn parts<'a>(&'a self, scheme: &'a str) -> SignedParts<'a> {
        SignedParts {
            method: &self.method,
            scheme,
            path_and_query: &self.path_and_query,
            headers: &self.headers,
        }
    }
}

/// Reads a body of at most `limit` bytes within 30 seconds, without decompressing it.
///
/// The extractors of actix that give bytes decode `Content-Encoding`, after which a digest would
/// not be of the body as received; a raw payload does not.
///
/// # Errors
/// 413 `too-large`, 408 `slow-body`, or 400 `body` when the connection breaks.
pub async fn read_body(request: &HttpRequest, payload: web::Payload, limit: usize) -> Result<Bytes, Refusal> {
    read_body_within(request, payload, limit, BODY_TIME).await
}

pub(super) async fn read_body_within(
    request: &HttpRequest,
    payload: web::Payload,
    limit: usize,
    time: Duration,
) -> Result<Bytes, Refusal> {
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(too_large(limit));
    }
    tokio::time::timeout(time, collect(payload, limit))
        .await
        .map_err(|_| Refusal::new(408, "slow-body", "the body took too long"))?
}

async fn collect(mut payload: web::Payload, limit: usize) -> Result<Bytes, Refusal> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| Refusal::malformed("body", error.to_string()))?;
        if body.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

pub(super) fn too_large(limit: usize) -> Refusal {
    Refusal::new(413, "too-large", format!("more than {limit} bytes"))
}
