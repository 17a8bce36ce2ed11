//! What a form has sent: its fields, proven to come from a page of this node.

use super::resume::Kept;
use super::{Face, Visit, WebError};
use actix_multipart::Multipart;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use maillage_app::AppError;
use subtle::ConstantTimeEq;

/// Fields of one form, at most, in bytes.
const FORM_BYTES: usize = 1024 * 1024;
/// Fields and files of one form that sends files, at most, in bytes.
const UPLOAD_BYTES: usize = maillage_app::media::MOST_BYTES + FORM_BYTES;

/// A file that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Upload {
    /// Name of its field.
    pub field: String,
    /// Name of the file on the sender's machine.
    pub name: String,
    /// Content-Type that the browser gave it.
    pub content_type: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A form that was sent by a visitor `V` ([`Visit`] or [`super::Desk`]).
pub struct Posted<V> {
    /// Who sends it.
    pub from: V,
    /// Fields in their order; those with several values stand several times.
    pub fields: Vec<(String, String)>,
    /// Files.
    pub files: Vec<Upload>,
}

impl<V> Posted<V> {
    /// The first value of a field, trimmed; empty where there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field that is not empty.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<&str> {
        let values = self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim());
        values.filter(|value| !value.is_empty()).collect()
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        matches!(self.text(name), "true" | "on" | "1")
    }
}

impl<V> FromRequest for Posted<V>
where
    V: FromRequest + AsRef<Visit> + 'static,
    V::Error: Into<actix_web::Error>,
{
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let from = V::from_request(&request, &mut Payload::None).await.map_err(Into::into);
            let (fields, files) = match &from {
                Ok(_) => read(&request, payload).await?,
                // The session has ended while a form of ours was being filled in. What another site
                // sends is not kept: it would be sent on in the name of whoever signs in.
                Err(error)
                    if matches!(error.as_error(), Some(WebError::SignIn { .. }))
                        && is_ours(&request) == Some(true) =>
                {
                    let (fields, _) = read(&request, payload).await?;
                    return Err(kept(&request, &fields).into());
                }
                Err(_) => Sent::default(),
            };
            let from = from?;
            let posted = Self { from, fields, files };
            let visit = posted.from.as_ref();
            if comes_from_here(&request, visit, posted.text("csrf")) {
                Ok(posted)
            } else if is_ours(&request) == Some(true) && visit.session.is_some() {
                // A page of ours from before somebody signed in anew, in another tab perhaps.
                Err(kept(&request, &posted.fields).into())
            } else {
                Err(WebError::Forged.into())
            }
        })
    }
}

fn kept(request: &HttpRequest, fields: &[(String, String)]) -> WebError {
    let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
    WebError::Kept(Kept::new(address, fields))
}

/// Whether the page that sends a form is of this node, as far as the browser says it.
fn is_ours(request: &HttpRequest) -> Option<bool> {
    let face = request.app_data::<web::Data<Face>>()?;
    let own = face.app().addresses().base().origin().ascii_serialization();
    let origin = request.headers().get(header::ORIGIN)?.to_str().ok()?;
    (origin != "null").then(|| origin == own)
}

/// Whether a form was filled in on a page of this node: it repeats the visitor's token, and where
/// the browser says the page's origin, it is ours.
fn comes_from_here(request: &HttpRequest, visit: &Visit, token: &str) -> bool {
    let foreign = is_ours(request) == Some(false);
    !foreign && !token.is_empty() && bool::from(token.as_bytes().ct_eq(visit.csrf.as_bytes()))
}

type Sent = (Vec<(String, String)>, Vec<Upload>);

async fn read(request: &HttpRequest, payload: Payload) -> Result<Sent, WebError> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    match kind.and_then(|kind| kind.split(';').next()).map(str::trim) {
        Some("application/x-www-form-urlencoded") => {
            let body = within(payload, FORM_BYTES).await?;
            let pairs = url::form_urlencoded::parse(&body);
            Ok((pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(), Vec::new()))
        }
        Some("multipart/form-data") => parts(Multipart::new(request.headers(), payload)).await,
        _ => Err(WebError::UnreadableForm),
    }
}

async fn within(payload: Payload, limit: usize) -> Result<web::BytesMut, WebError> {
    let mut payload = payload;
    let mut body = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| WebError::UnreadableForm)?;
        if body.len() + chunk.len() > limit {
            return Err(WebError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

async fn parts(mut multipart: Multipart) -> Result<Sent, WebError> {
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    let mut left = UPLOAD_BYTES;
    while let Some(part) = multipart.next().await {
        let mut part = part.map_err(|_| WebError::UnreadableForm)?;
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.content_disposition().and_then(|disposition| disposition.get_filename());
        let file = file.map(str::to_owned);
        let content_type = part.content_type().map(ToString::to_string);
        let mut bytes = Vec::new();
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(|_| WebError::UnreadableForm)?;
            left = left.checked_sub(chunk.len()).ok_or(WebError::TooLarge)?;
            bytes.extend_from_slice(&chunk);
        }
        match file {
            // A file field left empty is sent without name and content.
            Some(file) if file.is_empty() && bytes.is_empty() => {}
            Some(file) => files.push(Upload { field: name, name: file, content_type, bytes }),
            None => {
                let text = String::from_utf8(bytes).map_err(|error| AppError::internal(error.to_string()));
                fields.push((name, text.map_err(|_| WebError::UnreadableForm)?));
            }
        }
    }
    Ok((fields, files))
}
