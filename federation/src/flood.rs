//! How many Follows are taken from one host, and from all together: each leaves rows behind.

use std::collections::HashMap;
use std::sync::Mutex;

/// Follows taken from one host at once, and how many milliseconds bring back one.
const OF_ONE_HOST: (f64, f64) = (200.0, 1_000.0);
/// The same for all hosts together.
const OF_ALL: (f64, f64) = (2_000.0, 200.0);
/// Hosts remembered. One that is forgotten has been quiet, or makes no difference: all count together.
const HOSTS: usize = 4_096;

#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: i64,
}

impl Bucket {
    fn full((size, _): (f64, f64), at: i64) -> Self {
        Self { left: size, at }
    }

    /// Fills up what time has brought since; a clock that went back brings nothing.
    fn fill(&mut self, (size, each): (f64, f64), now: i64) {
        let passed = (now - self.at).max(0);
        // Milliseconds of a few days: exact in an f64.
        self.left = size.min(self.left + passed as f64 / each);
        self.at = now;
    }

    /// Seconds until there is one again; none where there is one now.
    fn wait(&self, (_, each): (f64, f64)) -> Option<i64> {
        (self.left < 1.0).then(|| (((1.0 - self.left) * each / 1_000.0).ceil() as i64).max(1))
    }
}

struct Buckets {
    all: Bucket,
    hosts: HashMap<String, Bucket>,
}

/// The limit on Follows.
pub(crate) struct Flood(Mutex<Option<Buckets>>);

impl Default for Flood {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl Flood {
    /// Takes one Follow from a host.
    ///
    /// # Errors
    /// After how many seconds to try again, where there have been too many.
    pub fn take(&self, host: &str, now: i64) -> Result<(), i64> {
        let Ok(mut held) = self.0.lock() else { return Err(60) };
        let buckets =
            held.get_or_insert_with(|| Buckets { all: Bucket::full(OF_ALL, now), hosts: HashMap::new() });
        if buckets.hosts.len() >= HOSTS && !buckets.hosts.contains_key(host) {
            buckets.hosts.retain(|_, bucket| {
                bucket.fill(OF_ONE_HOST, now);
                bucket.left < OF_ONE_HOST.0
            });
            if buckets.hosts.len() >= HOSTS {
                buckets.hosts.clear();
            }
        }
        buckets.all.fill(OF_ALL, now);
        let own = buckets.hosts.entry(host.to_owned()).or_insert_with(|| Bucket::full(OF_ONE_HOST, now));
        own.fill(OF_ONE_HOST, now);
        if let Some(seconds) = own.wait(OF_ONE_HOST).or_else(|| buckets.all.wait(OF_ALL)) {
            return Err(seconds);
        }
        own.left -= 1.0;
        buckets.all.left -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_host_is_stopped_and_the_others_are_not() {
        let flood = Flood::default();
        let taken = (0..10_000).filter(|_| flood.take("loud.example", 0).is_ok()).count();
        assert_eq!(taken, 200);
        assert_eq!(flood.take("loud.example", 0), Err(1));
        assert!(flood.take("quiet.example", 0).is_ok());
        assert!(flood.take("loud.example", 1_000).is_ok());
        assert!(flood.take("loud.example", 1_000).is_err());
    }

    #[test]
    fn invented_hosts_are_stopped_together() {
        let flood = Flood::default();
        let taken = (0..100_000).filter(|n| flood.take(&format!("h{n}.evil.example"), 0).is_ok()).count();
        assert_eq!(taken, 2_000);
        assert!(flood.0.lock().unwrap().as_ref().unwrap().hosts.len() <= HOSTS);
        // Backwards in time nothing is won, and nothing is lost for ever.
        assert!(flood.take("x.example", -1_000_000).is_err());
        assert!(flood.take("x.example", 10_000_000).is_ok());
    }
}
