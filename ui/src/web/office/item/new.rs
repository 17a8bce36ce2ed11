//! A new item of a service.

use super::editor::Editor;
use super::open;
use super::sent::Sent;
use crate::paths;
use crate::views::{Link, NoticeKind};
use crate::web::office::refusal::refused;
use crate::web::office::standing::standing;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::field::Fields;
use maillage_domain::role::Action;
use maillage_domain::workflow::{EntryState, Transition};

/// GET /office/services/{slug}/new
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn show(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let standing = standing(&desk, &slug).await?.require(Action::Contribute)?;
    let fields = Fields::default();
    let editor = Editor::read(&desk, &standing, None, &fields).await?;
    editor.page(StatusCode::OK, editor.form(&fields, None), &fields, None)
}

/// POST /office/services/{slug}/new: saves a draft, and submits it where that was asked; or only
/// shows how it would look.
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn create(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let standing = standing(desk, &slug).await?.require(Action::Contribute)?;
    let kind = super::kind(desk, &standing.service.type_slug)?;
    let sent = Sent::read(&posted, &slug, kind, &Fields::default()).await?;
    let editor = Editor::read(desk, &standing, None, &sent.fields).await?;
    let form = sent.dress(editor.form(&sent.fields, None), &posted.fields);
    if posted.text("action") == "preview" {
        return editor.page(StatusCode::OK, form, &sent.fields, None);
    }
    if !sent.is_clear() {
        return editor.page(StatusCode::UNPROCESSABLE_ENTITY, form, &sent.fields, None);
    }
    match desk.app().create_item(&desk.caller(), &slug, sent.item_form()).await {
        Ok(entry) if posted.text("action") == "submit" => submitted(desk, &entry.uid).await,
        Ok(entry) => Ok(saved(desk, &entry.uid)),
        Err(error) => {
            let (status, form) = refused(desk.t, form, error, &[])?;
            editor.page(status, form, &sent.fields, None)
        }
    }
}

/// After a draft was saved: back to it, so that writing can go on.
pub(super) fn saved(desk: &Desk, uid: &str) -> HttpResponse {
    let entry = Link::new(desk.t.get("item-see"), paths::entry(uid));
    let edit = paths::entry_step(uid, "edit");
    desk.go_and_say(&edit, NoticeKind::Done, desk.t.get("item-saved"), Some(entry))
}

/// Hands a saved item over to the moderators. Where something is missing it stays saved, and the
/// form says what.
///
/// # Errors
/// Those of the use case, but for what is missing.
pub(super) async fn submitted(desk: &Desk, uid: &str) -> Result<HttpResponse, WebError> {
    match desk.app().transition(&desk.caller(), uid, Transition::Submit, "").await {
        Ok(_) => Ok(desk.done(&paths::entry(uid), desk.t.get("item-submitted"))),
        Err(AppError::Invalid { .. }) => {
            let edit = format!("{}?check=1", paths::entry_step(uid, "edit"));
            Ok(desk.go_and_say(&edit, NoticeKind::Info, desk.t.get("item-saved-not-submitted"), None))
        }
        // What was changed while it waits has not left the queue.
        Err(AppError::Conflict(_)) if open(desk, uid).await?.written() == Some(EntryState::Submitted) => {
            Ok(desk.done(&paths::entry(uid), desk.t.get("item-submitted")))
        }
        Err(error) => Err(error.into()),
    }
}
