//! Decisions on what has come from elsewhere.

use super::Step;
use crate::error::AppError;
use maillage_domain::role::Action;
use maillage_domain::workflow::{EntryState, Transition};
use maillage_store::Tx;
use maillage_store::rows::EntryRow;

impl Step<'_> {
    pub(super) fn decide_received(
        &self,
        tx: &mut Tx<'_>,
        mut entry: EntryRow,
        transition: Transition,
        reason: &str,
    ) -> Result<EntryRow, AppError> {
        self.caller.may(tx, entry.service_id, Action::Moderate)?;
        if transition == Transition::Publish {
            self.all_ticked(self.app.registry().get(&tx.item(entry.item_id)?.type_slug))?;
        }
        let state: EntryState = entry.state.parse().map_err(AppError::internal)?;
        let item = tx.item(entry.item_id)?;
        if item.withdrawn_at.is_some() {
            return Err(AppError::conflict(
                "Son origine a retiré cette fiche.",
                "Its origin has withdrawn this item.",
            ));
        }
        entry.state = state.after_received(transition)?.as_str().to_owned();
        entry.queued_at = None;
        entry.reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        entry.decided_by = self.decided_by(transition);
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        match transition {
            Transition::Publish => self.note_publication(tx, &entry, &item.type_slug)?,
            _ => self.note(tx, &entry, transition.as_str(), reason)?,
        }
        // What is shown may be passed on, what is not is passed on no more.
        self.flow().settle(tx, &item, &entry)?;
        Ok(tx.entry(&entry.uid)?)
    }
}
