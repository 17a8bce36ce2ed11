//! What the node remembers of others for a while, in memory and bounded: a stranger can fill none of
//! it, and what is forgotten is asked for again.

use crate::signature::Scheme;
use maillage_app::inbound::RemoteActor;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex};

/// An actor's document is fetched again at most once in this time, in milliseconds.
const REFRESH_EVERY: i64 = 5 * 60 * 1_000;
/// An actor that says it has changed is asked again at most once in this time, in milliseconds.
const CHANGE_EVERY: i64 = 10 * 1_000;
/// How long an actor that we have nothing else to do with is remembered, in milliseconds.
const STRANGER_KEPT: i64 = 24 * 3_600 * 1_000;
/// How long the scheme that a host accepted is remembered, in milliseconds.
const SCHEME_KEPT: i64 = 7 * 24 * 3_600 * 1_000;
/// That a host has spoken to us is noted at most once in this time, in milliseconds.
const ALIVE_EVERY: i64 = 10 * 1_000;
/// Entries of each kind.
const HELD: usize = 4_096;
/// Entries for actors with their documents, two each.
const STRANGERS: usize = 1_024;
/// A document that is longer, in bytes, is not remembered.
const LONGEST_DOCUMENT: usize = 32 * 1024;

/// Values that grow old. The oldest makes room where there is none.
struct Recent<K, V> {
    held: Mutex<HashMap<K, (i64, V)>>,
    most: usize,
}

impl<K: Clone + Eq + Hash, V: Clone> Recent<K, V> {
    fn of_at_most(most: usize) -> Self {
        Self { held: Mutex::default(), most }
    }

    /// The value, unless it is older than `age`. One of the future is of a clock that went back.
    fn get<Q>(&self, key: &Q, now: i64, age: i64) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let held = self.held.lock().ok()?;
        let (at, value) = held.get(key)?;
        (0..age).contains(&(now - at)).then(|| value.clone())
    }

    fn put(&self, key: K, now: i64, value: V) {
        let Ok(mut held) = self.held.lock() else { return };
        if held.len() >= self.most && !held.contains_key(&key) {
            let oldest = held.iter().min_by_key(|(_, (at, _))| *at).map(|(key, _)| key.clone());
            oldest.map(|key| held.remove(&key));
        }
        held.insert(key, (now, value));
    }

    fn forget<Q>(&self, key: &Q)
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        if let Ok(mut held) = self.held.lock() {
            held.remove(key);
        }
    }
}

/// All that is remembered.
pub(crate) struct Memory {
    refreshed: Recent<String, ()>,
    changed: Recent<String, ()>,
    strangers: Recent<String, Arc<RemoteActor>>,
    schemes: Recent<String, Scheme>,
    alive: Recent<String, ()>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            refreshed: Recent::of_at_most(HELD),
            changed: Recent::of_at_most(HELD),
            strangers: Recent::of_at_most(STRANGERS),
            schemes: Recent::of_at_most(HELD),
            alive: Recent::of_at_most(HELD),
        }
    }
}

impl Memory {
    /// Whether the actor's document may be fetched again now; notes that it is.
    pub fn may_refresh(&self, actor: &str, now: i64) -> bool {
        once(&self.refreshed, actor, now, REFRESH_EVERY)
    }

    /// Whether an actor that says it has changed may be asked now; notes that it is.
    pub fn may_follow_change(&self, actor: &str, now: i64) -> bool {
        once(&self.changed, actor, now, CHANGE_EVERY)
    }

    /// Whether it is to be noted now that a host has spoken to us.
    pub fn may_note_alive(&self, host: &str, now: i64) -> bool {
        self.alive.get(host, now, ALIVE_EVERY).is_none()
    }

    /// It is noted.
    pub fn noted_alive(&self, host: &str, now: i64) {
        self.alive.put(host.to_owned(), now, ());
    }

    /// An actor of whom nothing is stored, by its id or by that of its key.
    pub fn stranger(&self, id: &str, now: i64) -> Option<Arc<RemoteActor>> {
        self.strangers.get(id, now, STRANGER_KEPT)
    }

    /// Remembers an actor of whom nothing is stored.
    pub fn meet(&self, actor: &RemoteActor, now: i64) {
        if actor.raw.len() <= LONGEST_DOCUMENT {
            let kept = Arc::new(actor.clone());
            self.strangers.put(actor.uri.clone(), now, Arc::clone(&kept));
            self.strangers.put(actor.key_id.clone(), now, kept);
        }
    }

    /// Forgets an actor that is stored from now on, or gone.
    pub fn part_from(&self, actor: &RemoteActor) {
        self.strangers.forget(&actor.uri);
        self.strangers.forget(&actor.key_id);
    }

    /// The scheme that a host is spoken to in.
    pub fn scheme(&self, host: &str, now: i64) -> Option<Scheme> {
        self.schemes.get(host, now, SCHEME_KEPT)
    }

    /// Remembers it.
    pub fn remember_scheme(&self, host: &str, scheme: Scheme, now: i64) {
        self.schemes.put(host.to_owned(), now, scheme);
    }
}

fn once(done: &Recent<String, ()>, key: &str, now: i64, every: i64) -> bool {
    if done.get(key, now, every).is_some() {
        return false;
    }
    done.put(key.to_owned(), now, ());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_bounded_and_grows_old() {
        let seen = Recent::of_at_most(HELD);
        for number in 0..HELD + 10 {
            seen.put(number, i64::try_from(number).unwrap(), ());
        }
        assert_eq!(seen.held.lock().unwrap().len(), HELD);
        let now = i64::try_from(HELD).unwrap() + 10;
        assert!(seen.get(&0, now, i64::MAX).is_none(), "the oldest made room");
        assert!(seen.get(&HELD, now, 100).is_some() && seen.get(&HELD, now + 100, 100).is_none());
        // A clock that went back makes nothing last for ever.
        assert!(seen.get(&HELD, now - 1_000, 100).is_none());
    }

    #[test]
    fn an_actor_is_asked_again_once_in_five_minutes() {
        let memory = Memory::default();
        assert!(memory.may_refresh("a", 0) && !memory.may_refresh("a", REFRESH_EVERY - 1));
        assert!(memory.may_refresh("b", 1) && memory.may_refresh("a", REFRESH_EVERY));
        assert!(memory.may_follow_change("a", 0) && !memory.may_follow_change("a", CHANGE_EVERY - 1));
    }
}
