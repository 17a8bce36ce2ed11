//! Events become activities with their recipients, each event in one transaction.

use super::{TICK, is_stopped};
use crate::Face;
use crate::activities::outgoing::written;
use maillage_app::AppError;
use maillage_store::Subject;
use tokio::sync::watch;

/// Events of one turn.
const TURN: i64 = 50;

/// Tells events until told to stop.
pub(super) async fn run(face: Face, mut stopped: watch::Receiver<bool>) {
    let mut changes = face.app().changes(Subject::Events);
    while !is_stopped(&stopped) {
        match pending(&face).await {
            Ok(false) => {}
            Ok(true) => continue,
            Err(error) => {
                tracing::warn!(%error, "an event could not be told yet");
                tokio::time::sleep(TICK).await;
            }
        }
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return; },
            () = tokio::time::sleep(TICK) => {}
            _ = stopped.changed() => {}
        }
    }
}

/// Tells the events that are pending; whether there were any.
async fn pending(face: &Face) -> Result<bool, AppError> {
    let events = face.app().pending_events(TURN).await?;
    for event in &events {
        let activities = written(face.app(), event).await?.into_iter().collect();
        face.app().fan_out(event.id, activities).await?;
    }
    Ok(!events.is_empty())
}
