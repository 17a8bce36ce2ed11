//! The worker that sends mail: woken by each that is queued, and by time.

use crate::mail::Mailer;
use maillage_app::App;
use maillage_store::Subject;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long it sleeps when nothing wakes it: what is due by time, or was queued beside this process
/// (the command line), is found then.
const TICK: Duration = Duration::from_secs(20);
/// How long the mail under way may take when the node stops.
const STOPPING: Duration = Duration::from_secs(15);

/// The running worker.
pub struct Sending {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Sending {
    /// Lets it finish the mail it is at, and waits for it. What is broken off is sent again later.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if tokio::time::timeout(STOPPING, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

/// Starts the worker.
pub fn start(app: App, mailer: Mailer) -> Sending {
    let (stop, mut stopped) = watch::channel(false);
    let mut queued = app.changes(Subject::Mails);
    let task = tokio::spawn(async move {
        while !*stopped.borrow() {
            queued.mark_unchanged();
            if let Err(error) = app.send_mails(&mailer).await {
                tracing::warn!(%error, "mail is sent later");
            }
            tokio::select! {
                changed = queued.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(TICK) => {}
                _ = stopped.changed() => return,
            }
        }
    });
    Sending { stop, task }
}
