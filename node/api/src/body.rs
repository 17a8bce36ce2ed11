//! Bodies of requests: who asks is settled first, then the body is read, never beyond its limit.

use crate::caller::{Later, Signed};
use crate::malformed;
use crate::problem::Problem;
use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// Longest JSON, in bytes: 1 MiB.
pub const JSON_BYTES: usize = 1 << 20;
/// Longest file of an import, in bytes: 10 MiB.
pub const IMPORT_BYTES: usize = 10 << 20;

/// Who asks, and the JSON object that was sent. Keys that the form does not have are refused.
pub struct Posted<T> {
    /// Who asks.
    pub signed: Signed,
    /// What was sent.
    pub form: T,
}

/// Like [`Posted`], where the body may be left out.
pub struct MayPost<T> {
    /// Who asks.
    pub signed: Signed,
    /// What was sent, or nothing.
    pub form: T,
}

/// What is written as a JSON object: a list, which would otherwise be read as the values of its keys
/// in order, is refused.
#[derive(Debug, Default)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData)).map(Self)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Posted<T> {
    type Error = Problem;
    type Future = Later<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Later<Self> {
        let (request, body) = (request.clone(), web::Payload::from_request(request, payload));
        Box::pin(async move {
            let signed = Signed::of(&request).await?;
            let bytes = read(&request, body.await.map_err(|_| interrupted())?, JSON_BYTES).await?;
            Ok(Self { signed, form: json(&request, &bytes)? })
        })
    }
}

impl<T: DeserializeOwned + Default + 'static> FromRequest for MayPost<T> {
    type Error = Problem;
    type Future = Later<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Later<Self> {
        let (request, body) = (request.clone(), web::Payload::from_request(request, payload));
        Box::pin(async move {
            let signed = Signed::of(&request).await?;
            let bytes = read(&request, body.await.map_err(|_| interrupted())?, JSON_BYTES).await?;
            let form = if bytes.is_empty() { T::default() } else { json(&request, &bytes)? };
            Ok(Self { signed, form })
        })
    }
}

/// The bytes of a body.
///
/// # Errors
/// 413 above the limit, 415 for a body that is compressed, 400 for one that breaks off.
pub async fn read(request: &HttpRequest, body: web::Payload, limit: usize) -> Result<web::Bytes, Problem> {
    let encoding = request.headers().get(header::CONTENT_ENCODING);
    if encoding.is_some_and(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_encoding",
            "Envoyez le corps sans compression (Content-Encoding).",
            "Send the body without compression (Content-Encoding).",
        ));
    }
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(too_large(limit));
    }
    match body.to_bytes_limited(limit).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(interrupted()),
        Err(_) => Err(too_large(limit)),
    }
}

fn json<T: DeserializeOwned>(request: &HttpRequest, bytes: &[u8]) -> Result<T, Problem> {
    let media_type = request.content_type().to_ascii_lowercase();
    let (kind, subtype) = media_type.split_once('/').unwrap_or_default();
    if kind != "application" || !(subtype == "json" || subtype.ends_with("+json")) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Envoyez du JSON, avec « Content-Type: application/json ».",
            "Send JSON, with “Content-Type: application/json”.",
        ));
    }
    let read = serde_json::from_slice::<Object<T>>(bytes);
    read.map(|Object(form)| form).map_err(|error| malformed::explain(&error, bytes))
}

fn too_large(limit: usize) -> Problem {
    let mebibytes = limit >> 20;
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too_large",
        format!("Trop volumineux : {mebibytes} Mio au plus."),
        format!("Too large: at most {mebibytes} MiB."),
    )
}

fn interrupted() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "interrupted",
        "Le corps de la requête s'est interrompu : envoyez-la de nouveau.",
        "The body of the request broke off: send it again.",
    )
}
