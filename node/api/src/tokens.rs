//! The caller's own tokens.

use crate::answer::{Page, Part, created, done};
use crate::body::Posted;
use crate::caller::Signed;
use crate::item_list::Paging;
use crate::moment::Moment;
use crate::parameters::Parameters;
use crate::problem::Problem;
use actix_web::{HttpResponse, delete, get, post, web};
use maillage_store::rows::ApiTokenRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A token, without itself: only its hash is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct Token {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub label: String,
    /// When it was made.
    pub created_at: Moment,
    /// When it was last used, to within 5 minutes.
    pub used_at: Option<Moment>,
    /// When it ends; null for never.
    pub expires_at: Option<Moment>,
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for, at most 100 characters.
    #[schema(min_length = 1, max_length = 100)]
    label: String,
}

/// A token that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeToken {
    /// Its id, by which it is deleted.
    pub id: String,
    /// The token itself, shown this once.
    pub token: String,
    /// What it is for.
    pub label: String,
}

/// The caller's tokens.
#[utoipa::path(
    tag = "people",
    summary = "Own tokens",
    params(Paging),
    responses((status = 200, description = "Latest first", body = Page<Token>)),
    security(("bearer" = [])),
)]
#[get("/tokens")]
pub async fn list_tokens(signed: Signed, asked: Parameters) -> Result<web::Json<Page<Token>>, Problem> {
    let part = Part::of(asked)?;
    let rows = signed.read(|reads| reads.own_api_tokens()).await?;
    Ok(web::Json(Page::part(rows.into_iter().map(Token::of).collect(), &part)))
}

/// Makes a token for the caller's own account.
#[utoipa::path(
    tag = "people",
    summary = "Make a token",
    request_body = NewToken,
    responses((status = 201, description = "The token, shown this once", body = MadeToken)),
    security(("bearer" = [])),
)]
#[post("/tokens")]
pub async fn create_token(posted: Posted<NewToken>) -> Result<HttpResponse, Problem> {
    let Posted { signed, form } = posted;
    let made = signed.app().make_token(&signed.caller, None, &form.label).await?;
    let label = form.label.trim().to_owned();
    Ok(created("/tokens", &MadeToken { id: made.id.to_string(), token: made.token, label }))
}

/// Deletes one of the caller's tokens, which stops at once.
#[utoipa::path(
    tag = "people",
    summary = "Delete a token",
    params(("id" = String, Path, description = "Id of the token")),
    responses((status = 204, description = "It is worth nothing any more")),
    security(("bearer" = [])),
)]
#[delete("/tokens/{id}")]
pub async fn delete_token(signed: Signed, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    signed.app().delete_token(&signed.caller, id).await?;
    Ok(done())
}

impl Token {
    fn of(row: ApiTokenRow) -> Self {
        Self {
            id: row.id.to_string(),
            label: row.label,
            created_at: Moment(row.created_at),
            used_at: row.used_at.map(Moment),
            expires_at: row.expires_at.map(Moment),
        }
    }
}
