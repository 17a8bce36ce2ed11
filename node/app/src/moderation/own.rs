//! Decisions on what was written here: published, declined, withdrawn.

use super::{Ready, Step};
use crate::address::new_uid;
use crate::ageing;
use crate::error::AppError;
use crate::flow::source_turn;
use maillage_domain::event::DomainEvent;
use maillage_domain::item::ItemFrame;
use maillage_domain::role::Action;
use maillage_domain::service::Visibility;
use maillage_domain::workflow::{EntryState, Transition, reason_given};
use maillage_store::Tx;
use maillage_store::rows::EntryRow;

impl Step<'_> {
    pub(super) fn publish_own(&self, tx: &mut Tx<'_>, mut entry: EntryRow) -> Result<EntryRow, AppError> {
        let Ready { revision, service, fields } = self.ready(tx, &entry)?;
        let service_type = self.app.type_of(&service.type_slug)?;
        let frame = ItemFrame {
            language: revision.language.clone(),
            licence: revision.licence.clone(),
            ..ItemFrame::default()
        };
        let mut item = tx.item(entry.item_id)?;
        let correction = entry.state == EntryState::Published.as_str();
        item.version += 1;
        if item.published_at.is_none() || !correction {
            item.published_at = Some(self.millis());
            entry.sort_at = self.millis();
        }
        if item.withdrawn_at.take().is_some() {
            // Others hold a tombstone of the old id and would never take it again: it is a new object.
            item.uid = new_uid(self.now);
            item.uri = self.app.addresses().object(&item.uid);
        }
        self.app.put(tx, &mut item, &service, service_type, &fields, &frame, self.millis())?;
        ageing::changed(tx, service_type, &item, &fields, self.millis())?;
        self.decided(tx, revision, EntryState::Published, None)?;
        entry.state = EntryState::Published.as_str().to_owned();
        entry.queued_at = None;
        entry.reason = None;
        entry.decided_by = self.decided_by(Transition::Publish);
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        self.note_publication(tx, &entry, &service.type_slug)?;
        let (item_id, service_id) = (item.id, service.id);
        let event = if correction {
            DomainEvent::ItemUpdated { item: item_id, service: service_id }
        } else {
            DomainEvent::ItemPublished { item: item_id, service: service_id }
        };
        tx.record(&event, self.millis())?;
        let origin = tx.reads().actor_by_id(service.actor_id)?;
        let path = serde_json::to_string(&[&origin.uri]).map_err(AppError::internal)?;
        tx.share_turn(&source_turn(origin.id))?;
        tx.note_arrival(item.id, origin.id, &path, self.millis())?;
        self.flow().decide(tx, &item, true, None)?;
        Ok(entry)
    }

    pub(super) fn decline_own(
        &self,
        tx: &mut Tx<'_>,
        mut entry: EntryRow,
        reason: &str,
    ) -> Result<EntryRow, AppError> {
        let revision = self.waiting(tx, &entry, Transition::Decline)?;
        let reason = reason_given(reason)?;
        self.decided(tx, revision, EntryState::Declined, Some(reason.clone()))?;
        // A refused correction leaves what is published as it is.
        if entry.state != EntryState::Published.as_str() {
            entry.state = EntryState::Declined.as_str().to_owned();
        }
        entry.queued_at = None;
        entry.reason = Some(reason.clone());
        entry.decided_by = self.decided_by(Transition::Decline);
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        self.note(tx, &entry, "decline", &reason)?;
        Ok(entry)
    }

    pub(super) fn withdraw_own(
        &self,
        tx: &mut Tx<'_>,
        mut entry: EntryRow,
        transition: Transition,
        reason: &str,
    ) -> Result<EntryRow, AppError> {
        self.caller.may(tx, entry.service_id, Action::Moderate)?;
        let state: EntryState = entry.state.parse().map_err(AppError::internal)?;
        entry.state = state.after(transition)?.as_str().to_owned();
        entry.queued_at = None;
        entry.reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        entry.decided_by = self.decided_by(transition);
        entry.updated_at = self.millis();
        tx.save_entry(&entry)?;
        self.note(tx, &entry, transition.as_str(), reason)?;
        self.give_back(tx, &entry)?;
        let mut item = tx.item(entry.item_id)?;
        if item.withdrawn_at.is_some() {
            // It had expired: the copies went then, and everybody was told.
            return Ok(entry);
        }
        item.withdrawn_at = Some(self.millis());
        item.version += 1;
        item.updated_at = self.millis();
        tx.save_item(&item)?;
        tx.forget_words(item.id)?;
        ageing::look_soon(tx, &item, self.millis())?;
        let origin = tx.reads().actor_by_id(item.origin_actor_id)?;
        if item.visibility != Visibility::Private.as_str() {
            // Of what nobody outside has seen, nobody is told that it was there.
            tx.bury(&item.uri, &origin.uri, self.millis())?;
        }
        self.flow().remove_copies(tx, &item, reason)?;
        let (id, service, uri) = (item.id, entry.service_id, item.uri);
        tx.record(&DomainEvent::ItemWithdrawn { item: id, service, uri }, self.millis())?;
        Ok(entry)
    }

    /// A correction that waited when its item was withdrawn is a draft again: it has left the queue,
    /// and its author may submit it.
    fn give_back(&self, tx: &mut Tx<'_>, entry: &EntryRow) -> Result<(), AppError> {
        let Some(mut latest) = tx.latest_revision(entry.item_id)? else { return Ok(()) };
        if latest.state == EntryState::Submitted.as_str() {
            latest.state = EntryState::Draft.as_str().to_owned();
            tx.save_revision(&latest)?;
        }
        Ok(())
    }
}
