//! Notices on a connection that another transaction was in the way.

use crate::connection::DbConnection;
use crate::error::lost_to_another;
use diesel::connection::{Connection, InstrumentationEvent};
use diesel::result::{DatabaseErrorKind, Error};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a transaction was the victim of a deadlock or a serialization failure. It is read from
/// the connection, since a job may have turned the error into one of its own.
#[derive(Default)]
pub(crate) struct Contention {
    seen: Arc<AtomicBool>,
    taken: Arc<AtomicBool>,
}

impl Contention {
    /// Watches the statements of a connection from now on.
    pub(crate) fn watch(&mut self, conn: &mut DbConnection) {
        let (seen, taken) = (Arc::clone(&self.seen), Arc::clone(&self.taken));
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            let InstrumentationEvent::FinishQuery { error: Some(error), .. } = event else { return };
            if lost_to_another(error) {
                seen.store(true, Ordering::Relaxed);
            }
            if matches!(error, Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) {
                taken.store(true, Ordering::Relaxed);
            }
        });
    }

    /// Whether a unique value was taken: by a row that was there all along, or by one that another
    /// transaction has written since this one looked.
    pub(crate) fn taken(&self) -> bool {
        self.taken.load(Ordering::Relaxed)
    }

    /// Whether it has happened.
    pub(crate) fn seen(&self) -> bool {
        self.seen.load(Ordering::Relaxed)
    }
}
