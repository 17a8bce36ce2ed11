//! An older version of an item taken up again: a new one, by who does so, which goes through the same gate.

use crate::App;
use crate::caller::Caller;
use crate::entry::{ItemForm, Written, own_entry};
use crate::error::AppError;
use crate::moderation::alone;
use maillage_domain::field::Fields;
use maillage_store::rows::{DecisionRow, EntryRow};
use serde_json::json;

impl App {
    /// Writes what a version said, by its number from 1, as a new version over the latest, which stays as it
    /// is. What is published stays up until a moderator has decided on it.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Conflict`] for the latest version, and for
    /// one whose content was erased; [`AppError::Invalid`] where the type takes it no more.
    pub async fn restore_revision(
        &self,
        caller: &Caller,
        entry: &str,
        number: i64,
    ) -> Result<EntryRow, AppError> {
        let (caller, uid, app, now) = (caller.clone(), entry.to_owned(), self.clone(), self.now());
        self.writer()
            .run(move |tx| {
                let item = alone(tx, &uid)?.item_id;
                own_entry(tx, &caller, &uid)?;
                let written = tx.revisions_of(item)?;
                let older = written.iter().find(|one| one.number == number).ok_or(AppError::NotFound)?;
                if written.last().is_some_and(|latest| latest.number == number) {
                    return Err(AppError::conflict(
                        "C'est déjà la dernière version de cette fiche.",
                        "This is the latest version of the item already.",
                    ));
                }
                let fields: Fields = serde_json::from_str(&older.fields).map_err(AppError::internal)?;
                if fields.0.is_empty() {
                    return Err(AppError::conflict(
                        "Le contenu de cette version a été effacé.",
                        "What this version said has been erased.",
                    ));
                }
                let form = ItemForm {
                    fields,
                    language: Some(older.language.clone()),
                    licence: Some(older.licence.clone()),
                };
                let over = Written { form: &form, seen: None, restored: true };
                let entry = app.write_over(tx, &caller, &uid, &over, now)?;
                tx.decide(&DecisionRow {
                    id: 0,
                    at: now.timestamp_millis(),
                    account_id: caller.account_id(),
                    service_id: Some(entry.service_id),
                    item_id: Some(entry.item_id),
                    action: "restore".to_owned(),
                    detail: json!({ "reason": "", "version": number }).to_string(),
                })?;
                Ok(entry)
            })
            .await
    }
}
