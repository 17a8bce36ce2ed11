//! Named writes, inside one transaction. Only use cases hold a [`Writer`].

mod accounts;
mod ages;
mod alerts;
mod attachments;
mod audit;
mod editorial;
mod flow;
mod identities;
mod life;
mod network;
mod notices;
mod people;
mod queue;
mod reference;
mod search;
mod sites;
mod subject;

pub use subject::Subject;

use crate::connection::DbConnection;
use crate::error::StoreError;
use crate::read::Reads;
use crate::writer::WriteQueue;
use audit::audited_writes;
use maillage_domain::viewer::Viewer;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use subject::Changes;
use tokio::sync::watch;

/// Runs changes, each in one transaction; answers only after the commit.
#[derive(Clone)]
pub struct Writer {
    queue: Arc<WriteQueue>,
    changes: Arc<Changes>,
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
}

impl Writer {
    pub(crate) fn new(queue: Arc<WriteQueue>) -> Self {
        let now = || chrono::Utc::now().timestamp_millis();
        Self { queue, changes: Arc::default(), now: Arc::new(now) }
    }

    /// With a clock (milliseconds since the epoch) that says when something was written down.
    #[must_use]
    pub fn with_clock(self, now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), ..self }
    }

    /// Runs a change in one transaction: committed when it answers `Ok`, rolled back otherwise. The
    /// change may be run again from its start, so it takes its inputs by reference and has no other
    /// effect.
    ///
    /// # Errors
    /// The change's own, and [`StoreError`] of the database.
    pub async fn run<T, E>(
        &self,
        change: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let touched = Arc::new(AtomicU8::new(0));
        let noted = Arc::clone(&touched);
        let changes = Arc::clone(&self.changes);
        let now = Arc::clone(&self.now);
        let job = move |conn: &mut DbConnection| {
            let mut tx = Tx::new(conn);
            tx.now = now();
            let answer = change(&mut tx)?;
            noted.store(tx.touched, Ordering::Relaxed);
            Ok::<_, E>(answer)
        };
        self.queue.run_then(job, move || changes.announce(touched.load(Ordering::Relaxed))).await
    }

    /// How often this process has committed something of a subject: whoever keeps what was read
    /// compares it. What other processes (the command line, a second server) change is not counted.
    #[must_use]
    pub fn count(&self, subject: Subject) -> u64 {
        *self.changes.of(subject).borrow()
    }

    /// Changes value whenever this process has committed something of a subject.
    #[must_use]
    pub fn changes(&self, subject: Subject) -> watch::Receiver<u64> {
        self.changes.of(subject).subscribe()
    }

    /// Waits for the changes that are queued, and stops.
    pub async fn close(&self) {
        self.queue.close().await;
    }
}

/// The named writes of one transaction.
pub struct Tx<'c> {
    pub(crate) conn: &'c mut DbConnection,
    /// A bit for each subject.
    touched: u8,
    /// In whose name it is, and when.
    who: Option<i64>,
    now: i64,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(conn: &'c mut DbConnection) -> Self {
        Self { conn, touched: 0, who: None, now: 0 }
    }

    /// Notes that a row of a table changes.
    pub(crate) fn touches(&mut self, table: &str) {
        self.touched |= Subject::of(table);
    }
}

impl Tx<'_> {
    /// Reads inside the transaction, as the node itself.
    pub fn reads(&mut self) -> Reads<'_> {
        Reads::new(self.conn, &Viewer::System)
    }

    /// Reads inside the transaction as this viewer sees things.
    pub fn reads_as<'r>(&'r mut self, viewer: &'r Viewer) -> Reads<'r> {
        Reads::new(self.conn, viewer)
    }
}

/// The insert and the save of one table: the first answers the new key, the second writes every
/// column of the row with that key.
macro_rules! table_writes {
    ($($table:ident: $insert:ident, $save:ident, $row:ty;)*) => {
        impl super::Tx<'_> {
            $(
                #[doc = concat!("Inserts a row of `", stringify!($table), "` and answers its key.")]
                ///
                /// # Errors
                /// `StoreError::Conflict` where a unique value is taken.
                pub fn $insert(&mut self, row: &$row) -> Result<i64, crate::error::StoreError> {
                    self.touches(stringify!($table));
                    Ok(diesel::insert_into(crate::schema::$table::table)
                        .values(row)
                        .returning(crate::schema::$table::id)
                        .get_result(self.conn)?)
                }

                #[doc = concat!("Writes every column of a row of `", stringify!($table), "`.")]
                ///
                /// # Errors
                /// `StoreError::NotFound` where there is no such row.
                pub fn $save(&mut self, row: &$row) -> Result<(), crate::error::StoreError> {
                    self.touches(stringify!($table));
                    let changed = diesel::update(crate::schema::$table::table.find(row.id)).set(row).execute(self.conn)?;
                    if changed == 0 { Err(crate::error::StoreError::NotFound) } else { Ok(()) }
                }
            )*
        }
    };
}
pub(crate) use table_writes;
