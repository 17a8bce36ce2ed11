//! Pictures and files of items, and how any file that people have sent is handed out.

use crate::web::{Visit, WebError};
use actix_web::http::header::{
    self, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HeaderValue,
};
use actix_web::{HttpResponse, HttpResponseBuilder, web};
use maillage_app::AppError;
use maillage_store::rows::MediaRow;

/// GET /fichiers/{file}/{name}: a picture to be shown, any other file to be saved.
///
/// # Errors
/// [`AppError::NotFound`] where the visitor sees no item that names it.
pub(super) async fn of_item(
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (uid, _) = path.into_inner();
    let row = visit.reads().run(move |reads| reads.attachment(&uid)).await.map_err(AppError::from)?;
    let bytes = visit.app().media_bytes(&row).await?;
    Ok(if row.width.is_some() { shown(row, bytes) } else { to_be_saved(row, bytes) })
}

/// A picture, which may stand in a page. It is kept for a while, but not for long: what is withdrawn is to
/// be gone.
fn shown(row: MediaRow, bytes: Vec<u8>) -> HttpResponse {
    let mut answer = inert(&row);
    answer.insert_header((header::CACHE_CONTROL, "private, max-age=3600"));
    answer.body(bytes)
}

/// A file to be saved, and not opened in the name of the node.
pub(super) fn to_be_saved(row: MediaRow, bytes: Vec<u8>) -> HttpResponse {
    let mut answer = inert(&row);
    let name = DispositionParam::FilenameExt(ExtendedValue {
        charset: header::Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: row.name.into_bytes(),
    });
    answer
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![name],
        })
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(bytes)
}

/// Whatever it holds, it runs nothing here, and is taken for nothing else.
fn inert(row: &MediaRow) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(row.content_type.as_str())
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ));
    answer
}
