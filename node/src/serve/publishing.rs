//! What is to be published at a moment: looked for often enough to be exact to the minute.

use maillage_app::App;
use std::time::Duration;
use tokio::task::JoinHandle;

/// Between two looks.
const EVERY: Duration = Duration::from_secs(10);

/// Starts the looks. Several processes on one database may run them: each publication is carried out once.
pub fn start(app: App) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            match app.publish_due().await {
                Ok(0) => {}
                Ok(published) => tracing::info!(published, "published at the moment that was set"),
                Err(error) => tracing::warn!(%error, "publishing what is due failed and is tried again"),
            }
            tokio::time::sleep(EVERY).await;
        }
    })
}
