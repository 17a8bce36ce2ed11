//! The limit on what one incoming activity may make the node fetch.

use super::error::NetError;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Requests in one chain of fetches.
const MAX_FETCHES: u32 = 20;
/// Time for one chain of fetches.
const MAX_TIME: Duration = Duration::from_secs(30);

/// What one chain of fetches (an activity, its object, that one's author, a collection's pages …)
/// may still spend. Each hop of a redirect counts. Share it by reference along the chain.
#[derive(Debug)]
pub struct FetchBudget {
    left: AtomicU32,
    until: Instant,
}

impl FetchBudget {
    /// The budget of a chain that starts now: 20 requests, 30 seconds.
    pub fn new() -> Self {
        Self::of(MAX_FETCHES, MAX_TIME)
    }

    /// A budget of another size, for work that was asked for by us (reading back an outbox).
    pub fn of(fetches: u32, time: Duration) -> Self {
        Self { left: AtomicU32::new(fetches), until: Instant::now() + time }
    }

    /// Takes one request out of the budget and says how long it may last.
    ///
    /// # Errors
    /// [`NetError::Budget`] when nothing is left.
    pub fn take(&self) -> Result<Duration, NetError> {
        let time = self.until.saturating_duration_since(Instant::now());
        let taken = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        if time.is_zero() || taken.is_err() {
            return Err(NetError::Budget);
        }
        Ok(time)
    }
}

impl Default for FetchBudget {
    fn default() -> Self {
        Self::new()
    }
}
