//! Erasing what an item says: some of its fields, or all of it.

use super::due::frame_of;
use super::{note, published};
use crate::attachment::give_up_unnamed;
use crate::content::fill;
use crate::error::AppError;
use chrono::{DateTime, Utc};
use maillage_domain::dated_action::{Act, DatedAction};
use maillage_domain::field::Fields;
use maillage_domain::item::ItemCore;
use maillage_domain::service_type::ServiceType;
use maillage_store::Tx;
use maillage_store::rows::{ItemAgeRow, ItemRow, RevisionRow};

/// What stands in place of a title that was erased.
const ERASED: &str = "(effacée)";

/// Empties the fields that actions name; whether any held something.
pub(super) fn empty_fields(due: &[(DateTime<Utc>, &DatedAction)], fields: &mut Fields) -> bool {
    let named =
        due.iter().filter(|(_, action)| action.act == Act::Erase).flat_map(|(_, action)| &action.fields);
    named.filter(|name| fields.0.remove(*name).is_some()).count() > 0
}

/// Empties them in what is kept of an item besides.
pub(super) fn empty_traces(
    tx: &mut Tx<'_>,
    item: &mut ItemRow,
    service_type: &ServiceType,
    due: &[(DateTime<Utc>, &DatedAction)],
    fields: &Fields,
    now: i64,
) -> Result<(), AppError> {
    let frame = frame_of(item);
    let (starts, hash) = (item.starts_at, item.content_hash.clone());
    fill(item, &ItemCore::of(service_type, fields, &frame), fields, &frame)?;
    item.starts_at = starts;
    if item.home_service_id.is_none() {
        // What tells versions of a received item apart is what its origin said.
        item.content_hash = hash;
    }
    for revision in tx.revisions_of(item.id)? {
        let mut written: Fields = serde_json::from_str(&revision.fields).unwrap_or_default();
        if empty_fields(due, &mut written) {
            let fields = serde_json::to_string(&written).map_err(AppError::internal)?;
            tx.save_revision(&RevisionRow { fields, ..revision })?;
        }
    }
    tx.save_item(item)?;
    give_up_unnamed(tx, item.id)?;
    Ok(tx.erase_traces(item.id, now)?)
}

/// Erases all that a withdrawn item said, wherever it is kept here.
pub(super) fn erase(tx: &mut Tx<'_>, id: i64, now: i64) -> Result<(), AppError> {
    let found = tx.item(id)?;
    tx.take_turn(&format!("item:{}", found.uri))?;
    let mut item = tx.item(id)?;
    if tx.item_entries(id)?.iter().any(published) {
        return Ok(());
    }
    for revision in tx.revisions_of(id)? {
        tx.save_revision(&RevisionRow {
            title: ERASED.to_owned(),
            fields: "{}".to_owned(),
            reason: None,
            ..revision
        })?;
    }
    let frame = frame_of(&item);
    let core = ItemCore { title: ERASED.to_owned(), ..ItemCore::default() };
    fill(&mut item, &core, &Fields::default(), &frame)?;
    item.url = item.uri.clone();
    tx.save_item(&item)?;
    give_up_unnamed(tx, id)?;
    tx.set_item_themes(id, &[])?;
    tx.set_item_places(id, &[])?;
    tx.erase_traces(id, now)?;
    let mut age = tx.age(id)?.unwrap_or_else(|| ItemAgeRow::new(id, item.updated_at));
    age.erased_at = Some(now);
    tx.save_age(&age)?;
    note(tx, &item, Act::Erase.as_str(), now)
}
