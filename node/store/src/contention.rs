//! Notices on a connection that PostgreSQL ended a transaction in favour of another.

use crate::connection::DbConnection;
use crate::error::lost_to_another;
use diesel::connection::{Connection, InstrumentationEvent};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a transaction was the victim of a deadlock or a serialization failure. It is read from
/// the connection, since a job may have turned the error into one of its own.
#[derive(Default)]
pub(crate) struct Contention {
    seen: Arc<AtomicBool>,
}

impl Contention {
    /// Watches the statements of a connection from now on.
    pub(crate) fn watch(&mut self, conn: &mut DbConnection) {
        let seen = Arc::clone(&self.seen);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::FinishQuery { error: Some(error), .. } = event
                && lost_to_another(error)
            {
                seen.store(true, Ordering::Relaxed);
            }
        });
    }

    /// Whether it has happened.
    pub(crate) fn seen(&self) -> bool {
        self.seen.load(Ordering::Relaxed)
    }
}
