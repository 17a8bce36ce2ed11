//! Events become activities with their recipients, each event in one transaction.

use crate::Face;
use crate::activities::outgoing::written;
use maillage_app::AppError;

/// Events of one turn.
const TURN: i64 = 50;

/// Tells the events that are pending; whether there were any.
pub async fn pending(face: &Face) -> Result<bool, AppError> {
    let events = face.app().pending_events(TURN).await?;
    for event in &events {
        let activities = written(face.app(), event).into_iter().collect();
        face.app().fan_out(event.id, activities).await?;
    }
    Ok(!events.is_empty())
}
