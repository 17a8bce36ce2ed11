//! Pictures and files for items, sent before the item that names them.

use crate::body;
use crate::caller::Signed;
use crate::parameters::Parameters;
use crate::problem::Problem;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, post, web};
use maillage_app::media::{MOST_BYTES, SentFile};
use maillage_domain::attachment::Attachment;
use maillage_domain::role::Action;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// A picture or file, as the fields of an item name it. An item takes it with `name` and `credit` filled in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentAttachment {
    /// Where it is.
    pub url: String,
    /// Media type, found in the bytes.
    pub media_type: String,
    /// Bytes, as they are kept.
    pub size: i64,
    /// Pixels, of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<i64>,
    /// Pixels, of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<i64>,
}

impl From<Attachment> for SentAttachment {
    fn from(kept: Attachment) -> Self {
        Self {
            url: kept.url,
            media_type: kept.media_type,
            size: kept.size.unwrap_or_default(),
            width: kept.width,
            height: kept.height,
        }
    }
}

/// What is said of a file.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct AboutFile {
    /// Name under which it is offered, with its ending.
    name: Option<String>,
}

/// Sends a picture or a file for a field of that kind. It belongs to the item that is saved with it within a
/// day, and is removed otherwise. Pictures are written anew, without what a camera has noted.
#[utoipa::path(
    tag = "items",
    summary = "Send a file for an item",
    params(
        ("slug" = String, Path, description = "Short name of the service"),
        ("field" = String, Path, description = "Name of the field, of kind `pictures` or `files`"),
        AboutFile,
    ),
    request_body(
        content = Vec<u8>,
        content_type = "application/octet-stream",
        description = "The bytes of the file, at most 20 MiB",
    ),
    responses((status = 201, description = "What the field of the item takes", body = SentAttachment)),
    security(("bearer" = [])),
)]
#[post("/services/{slug}/files/{field}")]
pub async fn send_file(
    signed: Signed,
    path: web::Path<(String, String)>,
    mut asked: Parameters,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let (slug, field) = path.into_inner();
    let name = asked.one("name")?.unwrap_or_default();
    asked.finish()?;
    signed.sees_service(&slug).await?;
    signed.app().check_right(&signed.caller, &slug, Action::Contribute).await?;
    let bytes = body::read(&request, payload, MOST_BYTES).await?.to_vec();
    let kept = signed.app().keep_attachment(&signed.caller, &slug, &field, SentFile { name, bytes }).await?;
    Ok(HttpResponse::build(StatusCode::CREATED).json(SentAttachment::from(kept)))
}
