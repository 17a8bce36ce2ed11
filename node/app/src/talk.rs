//! What the author of an item and the moderators of its service say to each other about it. It is nobody
//! else's: never published, never sent anywhere.

use crate::App;
use crate::address::new_uid;
use crate::caller::Caller;
use crate::error::AppError;
use crate::moderation::alone;
use maillage_domain::role::Action;
use maillage_store::Tx;
use maillage_store::rows::{CommentRow, EntryRow};

/// The side of those who wrote the item.
pub const AUTHOR: &str = "author";
/// The side of those who decide on it.
pub const MODERATOR: &str = "moderator";
/// The longest comment, in characters.
const LONGEST: usize = 4_000;
/// The most comments on one entry.
const MOST: i64 = 500;

/// On which side of an entry the caller stands: whoever had a hand in the item is its author, also where
/// they moderate the service; of what was received, there is no author here.
///
/// # Errors
/// [`AppError::Forbidden`] for who stands on neither, [`AppError::NotFound`].
pub(crate) fn side_of(tx: &mut Tx<'_>, caller: &Caller, entry: &EntryRow) -> Result<&'static str, AppError> {
    caller.may(tx, entry.service_id, Action::Contribute)?;
    let wrote = match caller.account_id().filter(|_| entry.home) {
        Some(account) => tx.item_contributors(entry.item_id)?.contains(&account),
        None => false,
    };
    if wrote {
        return Ok(AUTHOR);
    }
    caller.may(tx, entry.service_id, Action::Moderate)?;
    Ok(MODERATOR)
}

/// The other side.
pub(crate) fn other(side: &str) -> &'static str {
    if side == AUTHOR { MODERATOR } else { AUTHOR }
}

impl App {
    /// Says something about an entry to the other side, and answers what that has said.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Invalid`] for nothing, or too much;
    /// [`AppError::Conflict`] where too much was said already.
    pub async fn comment(&self, caller: &Caller, entry: &str, body: &str) -> Result<(), AppError> {
        let (caller, uid, now) = (caller.clone(), entry.to_owned(), self.now());
        let body = body.trim().replace("\r\n", "\n");
        self.writer()
            .run(move |tx| {
                let entry = alone(tx, &uid)?;
                let side = side_of(tx, &caller, &entry)?;
                said(&body)?;
                if tx.count_comments(entry.id)? >= MOST {
                    return Err(AppError::conflict(
                        "Cette fiche a déjà trop de commentaires.",
                        "This item has too many comments already.",
                    ));
                }
                let millis = now.timestamp_millis();
                tx.answer_comments(entry.id, other(side), millis)?;
                tx.insert_comment(&CommentRow {
                    id: 0,
                    uid: new_uid(now),
                    entry_id: entry.id,
                    account_id: caller.account_id(),
                    side: side.to_owned(),
                    body: body.clone(),
                    created_at: millis,
                    // Of what was received nobody here is asked.
                    answered_at: (!entry.home).then_some(millis),
                })?;
                Ok(())
            })
            .await
    }
}

fn said(body: &str) -> Result<(), AppError> {
    if body.is_empty() {
        return Err(AppError::invalid(
            "comment",
            "required",
            "Écrivez votre commentaire.",
            "Write your comment.",
        ));
    }
    if body.chars().count() > LONGEST {
        return Err(AppError::invalid(
            "comment",
            "too_long",
            format!("Ce commentaire est trop long : {LONGEST} caractères au plus."),
            format!("This comment is too long: {LONGEST} characters at most."),
        ));
    }
    Ok(())
}
