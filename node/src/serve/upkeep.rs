//! What the passing of time asks for, beside the workers of the federation.

use maillage_app::App;
use std::time::Duration;
use tokio::task::JoinHandle;

/// Between two rounds.
const EVERY: Duration = Duration::from_secs(10 * 60);

/// Starts the rounds: items expire, old ids and sessions are forgotten. Several processes on one
/// database may run them; each step is safe to repeat.
pub fn start(app: App) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            match app.upkeep().await {
                Ok(0) => {}
                Ok(expired) => tracing::info!(expired, "items have expired"),
                Err(error) => tracing::warn!(%error, "the upkeep failed and is tried again"),
            }
            tokio::time::sleep(EVERY).await;
        }
    })
}
