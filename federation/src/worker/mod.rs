//! Workers: events become activities, activities are delivered, outboxes and objects are fetched.
//! What waits stands in the database; here is only what is under way.

mod attempt;
mod deliver;
mod fetch;
mod readback;
mod tell;

use crate::Face;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long a worker sleeps when nothing wakes it: what is due by time is found then.
const TICK: Duration = Duration::from_millis(500);
/// How long the delivery worker waits for more after a commit.
const SOON: Duration = Duration::from_millis(5);
/// The same of those who fetch.
const LATER: Duration = Duration::from_millis(50);
/// How long what is under way may take when the node stops: one attempt at a delivery in both schemes.
const STOPPING: Duration = Duration::from_secs(25);

/// The running workers of a node.
pub struct Workers {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Lets each finish what it is at, and waits for it, at most 25 seconds for all. What is broken
    /// off then is done again by who comes next: nothing is lost.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let end = tokio::time::Instant::now() + STOPPING;
        for mut task in self.tasks {
            if tokio::time::timeout_at(end, &mut task).await.is_err() {
                task.abort();
            }
        }
    }
}

/// Starts the workers. `catch_up` has the outboxes of all that is followed read again first.
#[must_use]
pub fn start(face: Face, catch_up: bool) -> Workers {
    let (stop, stopped) = watch::channel(false);
    let telling = tokio::spawn(tell::run(face.clone(), stopped.clone()));
    let delivering = tokio::spawn(deliver::run(face.clone(), stopped.clone()));
    let fetching = tokio::spawn(fetch::run(face.clone(), stopped.clone()));
    let reading = tokio::spawn(async move {
        if catch_up && let Err(error) = face.app().catch_up().await {
            tracing::warn!(%error, "catching up could not be asked for");
        }
        readback::run(face, stopped).await;
    });
    Workers { stop, tasks: vec![telling, delivering, fetching, reading] }
}

/// Waits until something of the worker's was committed, and a moment more: what is committed one after
/// the other wakes it once. False when nothing can be committed any more.
async fn woken(changes: &mut watch::Receiver<u64>, moment: Duration) -> bool {
    let woken = changes.changed().await.is_ok();
    tokio::time::sleep(moment).await;
    woken
}

/// Whether the workers are to stop, or nobody is left who could tell them.
fn is_stopped(stopped: &watch::Receiver<bool>) -> bool {
    *stopped.borrow() || stopped.has_changed().is_err()
}
