//! Workers: events become activities, activities are delivered, outboxes and objects are fetched.

mod deliver;
mod fetch;
mod tell;

use crate::Face;
use std::future::Future;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long a worker sleeps when nothing wakes it: what is due by time is found then.
const TICK: Duration = Duration::from_millis(500);

/// The running workers of a node.
pub struct Workers {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Lets each finish what it is at, and waits for it, at most 15 seconds.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            let abort = task.abort_handle();
            if tokio::time::timeout(Duration::from_secs(15), task).await.is_err() {
                abort.abort();
            }
        }
    }
}

/// Starts the workers. `catch_up` has the outboxes of all that is followed read again first.
#[must_use]
pub fn start(face: Face, catch_up: bool) -> Workers {
    let (stop, stopped) = watch::channel(false);
    let telling =
        tokio::spawn(turns(face.clone(), stopped.clone(), |face| async move { tell::pending(&face).await }));
    let delivering =
        tokio::spawn(turns(face.clone(), stopped.clone(), |face| async move { deliver::due(&face).await }));
    let fetching = tokio::spawn(async move {
        if catch_up {
            if let Err(error) = face.app().catch_up().await {
                tracing::warn!(%error, "catching up could not be asked for");
            }
        }
        turns(face, stopped, |face| async move { fetch::due(&face).await }).await;
    });
    Workers { stop, tasks: vec![telling, delivering, fetching] }
}

/// Takes turns until told to stop: at once while a turn finds work, else when something was
/// committed or a tick has passed.
async fn turns<F, T>(face: Face, mut stopped: watch::Receiver<bool>, turn: F)
where
    F: Fn(Face) -> T,
    T: Future<Output = Result<bool, maillage_app::AppError>>,
{
    let mut committed = face.app().committed();
    while !*stopped.borrow() {
        let worked = match turn(face.clone()).await {
            Ok(worked) => worked,
            Err(error) => {
                tracing::warn!(%error, "a worker's turn failed");
                false
            }
        };
        if worked {
            continue;
        }
        tokio::select! {
            _ = tokio::time::sleep(TICK) => {}
            changed = committed.changed() => if changed.is_err() { return; },
            _ = stopped.changed() => return,
        }
    }
}
