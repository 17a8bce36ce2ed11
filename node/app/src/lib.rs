//! Use cases of Maillage: every change of a node goes through here, and every change checks the
//! rights of who asks for it.

pub mod account;
pub mod acquaintances;
pub mod address;
mod ageing;
pub mod alert;
mod answers;
mod attachment;
pub mod caller;
pub mod clock;
pub mod content;
pub mod delivery;
pub mod entry;
pub mod error;
pub mod findable;
mod flow;
pub mod follower;
pub mod geography;
pub mod identity;
pub mod import;
pub mod inbound;
pub mod invitation;
pub mod login;
mod mail;
pub mod media;
pub mod moderation;
mod node;
mod notices;
pub mod organisation;
pub mod outbound;
pub mod peer;
pub mod ports;
pub mod readback;
mod reasons;
pub mod redecision;
pub mod reference;
mod reset;
mod restoring;
pub mod second_factor;
pub mod secret;
pub mod service;
mod session;
pub mod setup;
pub mod site;
pub mod subscription;
pub mod talk;
#[cfg(test)]
mod tests;
pub mod theme;
pub mod trial;
pub mod upkeep;
pub mod workshop;

use acquaintances::Acquaintances;
use address::Addresses;
use chrono::{DateTime, Utc};
use clock::Clock;
use maillage_domain::registry::Registry;
use maillage_domain::viewer::Viewer;
use maillage_store::{MediaFolder, Reader, ScopedReader, Subject, SystemReader, Writer};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard, watch};

pub use error::AppError;

/// The use cases of one node. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    reader: Reader,
    system: SystemReader,
    writer: Writer,
    clock: Arc<dyn Clock>,
    registry: Arc<Registry>,
    addresses: Addresses,
    media: MediaFolder,
    /// Held together while files are kept and their rows written, alone while files are removed.
    media_turn: RwLock<()>,
    /// The last moment at which this process looked at the clock for what waits; 0 before.
    looked_at: AtomicI64,
    acquaintances: Acquaintances,
    sends_mail: AtomicBool,
    identity_provider: OnceLock<Arc<dyn ports::IdentityProvider>>,
}

impl App {
    /// The use cases on an opened store.
    #[must_use]
    pub fn new(
        (reader, system, writer): (Reader, SystemReader, Writer),
        clock: Arc<dyn Clock>,
        registry: Arc<Registry>,
        addresses: Addresses,
        media: MediaFolder,
    ) -> Self {
        let time = Arc::clone(&clock);
        let writer = writer.with_clock(move || time.now().timestamp_millis());
        Self {
            inner: Arc::new(Inner {
                reader,
                system,
                writer,
                clock,
                registry,
                addresses,
                media,
                media_turn: RwLock::default(),
                looked_at: AtomicI64::new(0),
                acquaintances: Acquaintances::default(),
                sends_mail: AtomicBool::new(false),
                identity_provider: OnceLock::new(),
            }),
        }
    }

    /// Reads as this viewer.
    #[must_use]
    pub fn reads(&self, viewer: Viewer) -> ScopedReader {
        self.inner.reader.viewed_by(viewer)
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.inner.clock.now()
    }

    /// The service types that the node knows.
    #[must_use]
    pub fn registry(&self) -> &Arc<Registry> {
        &self.inner.registry
    }

    /// The node's own addresses.
    #[must_use]
    pub fn addresses(&self) -> &Addresses {
        &self.inner.addresses
    }

    /// Changes value whenever something of a subject was committed: workers wait on it.
    #[must_use]
    pub fn changes(&self, subject: Subject) -> watch::Receiver<u64> {
        self.inner.writer.changes(subject)
    }

    /// Changes value when this process has changed what pages for everybody show. What others (the
    /// command line, a second server) change is not counted.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.inner.writer.count(Subject::Contents)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] with why it does not.
    pub async fn check(&self) -> Result<(), AppError> {
        Ok(self.inner.system.check().await?)
    }

    /// Waits for changes and reads under way and stops taking new ones.
    pub async fn close(&self) {
        self.inner.writer.close().await;
        self.inner.system.close().await;
    }

    /// The moment at which the clock was last looked at, which is now this one. Never more than one
    /// caller learns of the same step back.
    pub(crate) fn latest_moment(&self, now: i64) -> i64 {
        self.inner.looked_at.swap(now, Ordering::AcqRel)
    }

    /// Held by who keeps files, until their rows are written.
    pub(crate) async fn keeps_media(&self) -> RwLockReadGuard<'_, ()> {
        self.inner.media_turn.read().await
    }

    /// Held by who removes files that no row means.
    pub(crate) async fn removes_media(&self) -> RwLockWriteGuard<'_, ()> {
        self.inner.media_turn.write().await
    }

    pub(crate) fn identities(&self) -> &OnceLock<Arc<dyn ports::IdentityProvider>> {
        &self.inner.identity_provider
    }

    pub(crate) fn media(&self) -> &MediaFolder {
        &self.inner.media
    }

    pub(crate) fn system(&self) -> &SystemReader {
        &self.inner.system
    }

    pub(crate) fn writer(&self) -> &Writer {
        &self.inner.writer
    }
}
