//! What can go wrong with an outgoing request, each with a code short enough for a delivery row.

use std::error::Error;
use std::io;
use std::net::IpAddr;

/// What in an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrlFault {
    /// A port other than that of https.
    #[error("a port other than 443")]
    Port,
    /// A user name or a password.
    #[error("credentials in the address")]
    Credentials,
    /// No host.
    #[error("no host")]
    NoHost,
}

/// Why a request got no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// Neither https nor, on a test network, http.
    #[error("refused scheme: {0}")]
    RefusedScheme(String),
    /// A port other than 443, credentials, or no host.
    #[error("refused address: {0}")]
    RefusedUrl(UrlFault),
    /// A name of the local network.
    #[error("refused name: {0}")]
    RefusedName(String),
    /// An address that is not global unicast, written in the URL or found by resolving its name.
    #[error("refused IP address: {0}")]
    RefusedAddress(IpAddr),
    /// The name does not resolve.
    #[error("name resolution failed: {0}")]
    Dns(String),
    /// No connection.
    #[error("connection failed: {0}")]
    Connect(String),
    /// The peer's certificate or TLS is not acceptable.
    #[error("TLS failed: {0}")]
    Tls(String),
    /// Not within the time allowed.
    #[error("timed out")]
    Timeout,
    /// The answer breaks HTTP, or the connection broke inside it.
    #[error("broken answer: {0}")]
    Protocol(String),
    /// More than this many bytes, counted after decompression.
    #[error("the answer is longer than {0} bytes")]
    TooLarge(usize),
    /// A content encoding that was not asked for, or damaged compressed data.
    #[error("content encoding: {0}")]
    Encoding(String),
    /// More hops than allowed.
    #[error("too many redirects")]
    TooManyRedirects,
    /// A redirect to something that is no URL.
    #[error("a redirect to no address")]
    BadRedirect,
    /// The chain of fetches has used up its requests or its time.
    #[error("the budget of this chain of fetches is used up")]
    Budget,
    /// A status other than 2xx where a document was asked for.
    #[error("answered {0}")]
    Status(u16),
    /// A document that is not served as ActivityPub.
    #[error("refused content type: {0}")]
    ContentType(String),
    /// A document that is not strict JSON.
    #[error("not usable JSON: {0}")]
    Json(String),
    /// The host is blocked on this node: nothing was asked of it.
    #[error("blocked host: {0}")]
    Blocked(String),
    /// Whether the address may be asked could not be found out: a fault of ours.
    #[error("the address could not be judged: {0}")]
    Unjudged(String),
    /// The request could not be made: a header that HTTP does not allow, or signing failed.
    #[error("request not possible: {0}")]
    Request(String),
}

impl NetError {
    /// A stable name of at most 16 characters.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            NetError::RefusedScheme(_) => "refused-scheme",
            NetError::RefusedUrl(_) => "refused-url",
            NetError::RefusedName(_) => "refused-name",
            NetError::RefusedAddress(_) => "refused-address",
            NetError::Dns(_) => "dns",
            NetError::Connect(_) => "connect",
            NetError::Tls(_) => "tls",
            NetError::Timeout => "timeout",
            NetError::Protocol(_) => "protocol",
            NetError::TooLarge(_) => "too-large",
            NetError::Encoding(_) => "encoding",
            NetError::TooManyRedirects => "redirects",
            NetError::BadRedirect => "bad-redirect",
            NetError::Budget => "budget",
            NetError::Status(_) => "status",
            NetError::ContentType(_) => "content-type",
            NetError::Json(_) => "json",
            NetError::Blocked(_) => "blocked",
            NetError::Unjudged(_) => "fault",
            NetError::Request(_) => "request",
        }
    }
}

impl From<reqwest::Error> for NetError {
    fn from(error: reqwest::Error) -> Self {
        let mut innermost = error.to_string();
        let mut tls = false;
        let mut cause = error.source();
        while let Some(inner) = cause {
            // Our own refusals travel inside: the resolver can only answer with a boxed error.
            if let Some(own) = inner.downcast_ref::<NetError>() {
                return own.clone();
            }
            // rustls reports its faults as "invalid data"; a broken handshake ends unexpectedly.
            tls |= inner.downcast_ref::<io::Error>().is_some_and(|io| {
                matches!(io.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
            });
            innermost = inner.to_string();
            cause = cause_of(inner);
        }
        if error.is_timeout() {
            NetError::Timeout
        } else if error.is_dns() {
            NetError::Dns(innermost)
        } else if error.is_connect() && tls {
            NetError::Tls(innermost)
        } else if error.is_connect() {
            NetError::Connect(innermost)
        } else if error.is_builder() {
            NetError::Request(innermost)
        } else {
            NetError::Protocol(innermost)
        }
    }
}

/// The next error inside. An `io::Error` passes for the one it wraps, so its source skips that one.
fn cause_of<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}
