//! What authors and moderators say to each other about an item.

use crate::answer::{Page, done};
use crate::body::Posted;
use crate::caller::Signed;
use crate::moment::Moment;
use crate::problem::Problem;
use crate::transitions::seen;
use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that was said about an item. It is never published.
#[derive(Serialize, ToSchema)]
pub struct Comment {
    /// Its id.
    pub id: String,
    /// Name of who said it; empty where the account is gone.
    pub by: String,
    /// `author` or `moderator`.
    pub side: String,
    /// Plain text.
    pub body: String,
    /// When.
    pub created_at: Moment,
    /// When the other side answered it, or did something about it.
    pub answered_at: Option<Moment>,
}

/// What is said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    /// Plain text, at most 4,000 characters.
    #[schema(min_length = 1, max_length = 4000)]
    body: String,
}

/// What was said about an item, first to last, for who had a hand in it and who moderates its service.
#[utoipa::path(
    tag = "items",
    summary = "Comments on an item",
    params(("id" = String, Path, description = "Id of the item in this API")),
    responses((status = 200, description = "Every comment; none for others", body = Page<Comment>)),
    security(("bearer" = [])),
)]
#[get("/items/{id}/comments")]
pub async fn list_comments(
    signed: Signed,
    id: web::Path<String>,
) -> Result<web::Json<Page<Comment>>, Problem> {
    let id = id.into_inner();
    let views = signed.read(move |reads| {
        let key = reads.entry(&id)?.view.entry.id;
        reads.comments(key)
    });
    let comment = |view: maillage_store::read::CommentView| Comment {
        id: view.comment.uid,
        by: view.by,
        side: view.comment.side,
        body: view.comment.body,
        created_at: Moment(view.comment.created_at),
        answered_at: view.comment.answered_at.map(Moment),
    };
    Ok(web::Json(Page { items: views.await?.into_iter().map(comment).collect(), next: None }))
}

/// Says something about an item to the other side, and answers what that has said.
#[utoipa::path(
    tag = "items",
    summary = "Comment on an item",
    params(("id" = String, Path, description = "Id of the item in this API")),
    request_body = NewComment,
    responses((status = 204, description = "Said")),
    security(("bearer" = [])),
)]
#[post("/items/{id}/comments")]
pub async fn create_comment(
    posted: Posted<NewComment>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let Posted { signed, form } = posted;
    seen(&signed, &id).await?;
    signed.app().comment(&signed.caller, &id, &form.body).await?;
    Ok(done())
}
