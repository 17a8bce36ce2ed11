//! Reproducible choices: one seed makes one region.

/// A small generator of pseudo-random numbers (SplitMix64), the same on every machine.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// A generator whose choices depend on the seed and the stream alone, so that a change to what
    /// one service draws leaves the others as they were.
    pub fn new(seed: u64, stream: &str) -> Self {
        // FNV-1a folds the name of the stream into the seed.
        let folded = stream.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        Self { state: seed ^ folded }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is taken for 1 when it is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound.max(1) as u64;
        (self.next() % bound) as usize
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below((high.saturating_sub(low) + 1) as usize) as u32
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of the choices; none of an empty list.
    pub fn pick<'c, T>(&mut self, choices: &'c [T]) -> Option<&'c T> {
        choices.get(self.below(choices.len()))
    }

    /// The place in the list of one weight, each taken as often as it weighs.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let total: usize = weights.clone().map(|weight| weight as usize).sum();
        let mut left = self.below(total);
        for (at, weight) in weights.enumerate() {
            if left < weight as usize {
                return at;
            }
            left -= weight as usize;
        }
        0
    }

    /// Puts a list in a random order (Fisher–Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_makes_one_sequence() {
        let draw = |seed, stream| {
            let mut random = Random::new(seed, stream);
            (0..20).map(|_| random.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7, "agenda"), draw(7, "agenda"));
        assert_ne!(draw(7, "agenda"), draw(7, "news"));
        assert_ne!(draw(7, "agenda"), draw(8, "agenda"));
    }

    #[test]
    fn weights_are_followed() {
        let mut random = Random::new(1, "weights");
        let mut seen = [0; 3];
        for _ in 0..6_000 {
            seen[random.weighted([1, 0, 5].into_iter())] += 1;
        }
        assert_eq!(seen[1], 0);
        assert!(seen[2] > 4 * seen[0] && seen[0] > 800, "{seen:?}");
    }
}
