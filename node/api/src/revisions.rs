//! The versions of an item: what was written, by whom, and an older one taken up again.

use crate::answer::Page;
use crate::caller::Signed;
use crate::item::Item;
use crate::moment::Moment;
use crate::problem::Problem;
use crate::transitions::seen;
use crate::words;
use actix_web::{get, post, web};
use maillage_app::AppError;
use maillage_domain::field::Fields;
use maillage_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

/// One version of an item that was entered here.
#[derive(Serialize, ToSchema)]
pub struct Version {
    /// 1 and up.
    pub number: i64,
    /// What was decided of it.
    #[schema(value_type = words::State)]
    pub state: String,
    /// Name of who wrote it; null for the node itself.
    pub by: Option<String>,
    /// Its title.
    pub title: String,
    /// Its fields.
    #[schema(value_type = Object)]
    pub fields: Fields,
    /// Why it was declined.
    pub reason: Option<String>,
    /// When it was begun.
    pub created_at: Moment,
    /// When it was saved last.
    pub updated_at: Moment,
}

/// The versions of an item, latest first, at most 100, for who works on it; none for others, and none of a
/// received item.
#[utoipa::path(
    tag = "items",
    summary = "Versions of an item",
    params(("id" = String, Path, description = "Id of the item in this API")),
    responses((status = 200, description = "The versions", body = Page<Version>)),
    security(("bearer" = [])),
)]
#[get("/items/{id}/revisions")]
pub async fn list_revisions(
    signed: Signed,
    id: web::Path<String>,
) -> Result<web::Json<Page<Version>>, Problem> {
    let id = id.into_inner();
    let versions = signed.read(move |reads| {
        let written = reads.entry(&id)?.revisions;
        let authors: Vec<i64> = written.iter().filter_map(|row| row.author_id).collect();
        let names = reads.account_names(&authors)?;
        let name = |id: i64| names.iter().find(|(key, _)| *key == id).map(|(_, name)| name.clone());
        let version = |row: maillage_store::rows::RevisionRow| {
            Ok(Version {
                number: row.number,
                state: row.state,
                by: row.author_id.and_then(name),
                title: row.title,
                fields: serde_json::from_str(&row.fields)
                    .map_err(|_| StoreError::corrupt("revisions.fields"))?,
                reason: row.reason,
                created_at: Moment(row.created_at),
                updated_at: Moment(row.updated_at),
            })
        };
        written.into_iter().map(version).collect::<Result<Vec<_>, StoreError>>()
    });
    Ok(web::Json(Page { items: versions.await?, next: None }))
}

/// Writes what an older version said as a new version. What is published stays up until a moderator has
/// decided on it. The latest version (409) is none of the older ones.
#[utoipa::path(
    tag = "items",
    summary = "Take up an older version of an item",
    params(
        ("id" = String, Path, description = "Id of the item in this API"),
        ("number" = i64, Path, description = "Number of the version"),
    ),
    responses((status = 200, description = "The item, with its new version", body = Item)),
    security(("bearer" = [])),
)]
#[post("/items/{id}/revisions/{number}/restore")]
pub async fn restore_revision(
    signed: Signed,
    path: web::Path<(String, String)>,
) -> Result<web::Json<Item>, Problem> {
    let (id, number) = path.into_inner();
    seen(&signed, &id).await?;
    // Read once it is known who asks: what is no number is no version.
    let number = number.parse().map_err(|_| AppError::NotFound)?;
    signed.app().restore_revision(&signed.caller, &id, number).await?;
    Ok(web::Json(Item::read(signed.visitor(), &id).await?))
}
