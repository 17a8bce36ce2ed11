//! The open item of the queue: what it says, what a correction changes, what can be decided.

use crate::paths;
use crate::views::QueueItem;
use crate::web::office::content;
use crate::web::office::item::decisions::decisions;
use crate::web::office::item::page::differences;
use crate::web::office::item::{beside, kind, open};
use crate::web::office::lines::Lined;
use crate::web::office::origin;
use crate::web::{Desk, WebError};

/// The open item. `next` is the queue with the item behind it.
///
/// # Errors
/// Those of the database.
pub(super) async fn item(desk: &Desk, lined: &Lined, next: Option<String>) -> Result<QueueItem, WebError> {
    let t = desk.t;
    let opened = open(desk, &lined.view.entry.uid).await?;
    let view = &opened.detail.view;
    let kind = kind(desk, &view.item.type_slug)?;
    let beside = beside::read(desk, &opened, kind).await?;
    let (title, told) = content::tell(kind, &opened.fields(), &opened.frame(), &beside.known);
    let label = t.say(&kind.label());
    // After a decision the next item is open, so that the queue empties by itself.
    let back = next.clone().unwrap_or_else(|| paths::QUEUE.to_owned());
    Ok(QueueItem {
        title,
        kind: if opened.is_correction() { t.with("queue-kind-correction", "kind", label) } else { label },
        origin: beside.origin,
        original: origin::original(desk, view),
        held_because: beside.because,
        diff: opened.is_correction().then(|| differences(kind, &opened, &beside.known)),
        told,
        decisions: decisions(desk, &opened, kind, &back),
        href: paths::entry(&view.entry.uid),
        next,
    })
}
