//! Waiting for something to come true, with an end.

use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// How soon it is looked at again.
const AGAIN: Duration = Duration::from_millis(50);

/// What a federation of idle nodes needs, with much to spare for a busy machine.
pub const SOON: Duration = Duration::from_secs(60);

/// Looks until `probe` finds something. A probe that fails (a node that is just starting) is asked
/// again; its last reason is told when the time is over.
///
/// # Errors
/// When it has not come true in time.
pub async fn until<T>(
    what: &str,
    within: Duration,
    mut probe: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let end = Instant::now() + within;
    loop {
        let reason = match probe().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => String::new(),
            Err(error) => format!(": {error:#}"),
        };
        if Instant::now() > end {
            bail!("not within {within:?}: {what}{reason}");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// Looks until two values are equal; tells both when they do not become so.
///
/// # Errors
/// When they differ for so long.
pub async fn until_equal<T: PartialEq + std::fmt::Debug>(
    what: &str,
    within: Duration,
    expected: &T,
    mut probe: impl AsyncFnMut() -> Result<T>,
) -> Result<()> {
    until(what, within, async || {
        let found = probe().await?;
        if found == *expected {
            return Ok(Some(()));
        }
        bail!("expected {expected:#?}\nfound {found:#?}")
    })
    .await
}
