//! A received item as this node keeps it: its row, and what tells one version of it from the next.

use super::RemoteItem;
use crate::address::new_uid;
use crate::ageing;
use crate::content;
use crate::error::AppError;
use crate::findable;
use chrono::{DateTime, Utc};
use maillage_store::Tx;
use maillage_store::rows::{ActorRow, ItemRow};

/// Clocks elsewhere may be wrong: what says to be of later than tomorrow is taken for tomorrow's.
const AHEAD: i64 = 24 * 3_600 * 1_000;

/// Writes a received item; answers its row and whether its content is new or another. What is older
/// than what is held changes nothing. None for an item that was withdrawn. `next` is when it begins next,
/// in milliseconds, where it takes place several times.
pub(super) fn keep_item(
    tx: &mut Tx<'_>,
    owner: &ActorRow,
    item: &RemoteItem,
    next: Option<i64>,
    now: DateTime<Utc>,
) -> Result<Option<(ItemRow, bool)>, AppError> {
    let millis = now.timestamp_millis();
    let updated = item.updated.or(item.published).map_or(millis, |at| at.timestamp_millis());
    let updated = updated.min(millis + AHEAD);
    let known = tx.item_by_uri(&item.uri)?;
    if let Some(known) = &known {
        if known.origin_actor_id != owner.id {
            return Err(AppError::forbidden());
        }
        if known.withdrawn_at.is_some() {
            return Ok(None);
        }
        let older = if item.version > 0 && known.version > 0 {
            item.version < known.version
        } else {
            updated < known.updated_at
        };
        if older {
            return Ok(Some((known.clone(), false)));
        }
    }
    let mut row = known.clone().unwrap_or_else(|| new_item(owner, item, now));
    content::fill(&mut row, &item.core, &item.fields, &item.frame)?;
    row.content_hash = content_hash(item)?;
    row.starts_at = next.or(row.starts_at);
    row.url.clone_from(&item.url);
    row.type_slug.clone_from(&item.type_slug);
    row.organisation_name.clone_from(&item.organisation);
    row.visibility = item.visibility.as_str().to_owned();
    row.version = item.version;
    row.updated_at = updated;
    let before = known.as_ref();
    let changed = before.is_none_or(|known| known.content_hash != row.content_hash);
    let same = before == Some(&row);
    if row.id == 0 {
        row.id = tx.insert_item(&row)?;
    } else if !same {
        tx.save_item(&row)?;
    }
    tx.keep_source(row.id, &item.raw, millis)?;
    if changed {
        content::index(tx, row.id, &item.core, &item.publisher_place)?;
        findable::keep(tx, &row)?;
    }
    if !same {
        ageing::received(tx, &row, millis)?;
    }
    Ok(Some((row, changed)))
}

/// What tells one version of a received item from the next: everything that is shown of it, since
/// other software has no typed fields and no versions.
fn content_hash(item: &RemoteItem) -> Result<String, AppError> {
    let frame = &item.frame;
    let all = (&item.core, &item.fields, &item.organisation, &item.publisher_place, item.visibility.as_str());
    let all = serde_json::to_string(&all).map_err(AppError::internal)?;
    let said = format!("{all}\n{}\n{}\n{}", frame.language, frame.licence, frame.timezone);
    Ok(crate::secret::digest(&said))
}

fn new_item(owner: &ActorRow, item: &RemoteItem, now: DateTime<Utc>) -> ItemRow {
    let millis = now.timestamp_millis();
    ItemRow {
        id: 0,
        uid: new_uid(now),
        uri: item.uri.clone(),
        url: item.url.clone(),
        home_service_id: None,
        origin_actor_id: owner.id,
        organisation_name: String::new(),
        type_slug: item.type_slug.clone(),
        visibility: String::new(),
        title: String::new(),
        title_folded: String::new(),
        summary: String::new(),
        content: String::new(),
        source_url: None,
        language: String::new(),
        licence: String::new(),
        timezone: String::new(),
        fields: String::new(),
        starts_at: None,
        ends_at: None,
        dated: None,
        version: 0,
        content_hash: String::new(),
        // Scheduled or wrong clocks elsewhere do not put an item ahead of ours.
        published_at: Some(item.published.map_or(millis, |at| at.timestamp_millis().min(millis))),
        updated_at: millis,
        created_at: millis,
        withdrawn_at: None,
    }
}
