//! Every write goes through here: one thread with grouped commits on SQLite, a pool on PostgreSQL.
//!
//! ```text
//! let writes = WriteQueue::open(&location, &limits)?;
//! let site = writes.run_then(move |conn| insert_site(conn, &site), || tell_others()).await?;   // answered after the commit
//! writes.close().await;                                                        // what waits is done first
//! ```
//!
//! A job is one transaction: it returns `Ok` and is durable, or `Err` and has done nothing. It may be
//! run again from its start (PostgreSQL chose it as the victim of a deadlock), so it takes its inputs
//! by reference and has no effect but on the connection. It must not go on after a statement that
//! failed: use the conflict-free forms in `dialect`, or `conn.transaction` for a part that may fail.
//! `Err` that [`StoreError::is_retryable`] may be tried again later; only after [`StoreError::Lost`]
//! it is not known whether the write has happened.

use crate::connection::{Access, DbConnection};
use crate::contention::Contention;
use crate::error::StoreError;
use crate::limits::Limits;
use crate::location::Location;
use crate::pool::{ConnectionPool, Connections};
use crate::write_thread::WriteThread;
use std::time::Duration;

/// How often a transaction that lost against another is run again.
const TRIES: u32 = 5;

/// The one way to write.
pub(crate) struct WriteQueue {
    engine: Engine,
}

enum Engine {
    Grouped(WriteThread),
    Pooled(ConnectionPool),
}

impl WriteQueue {
    /// Opens the writer with its first connection.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] where the database does not open.
    pub(crate) fn open(location: &Location, limits: &Limits) -> Result<Self, StoreError> {
        let engine = match location {
            Location::Sqlite(_) => Engine::Grouped(WriteThread::start(location, limits)?),
            Location::Postgres(_) => {
                let size = limits.writers.unwrap_or(8);
                let pool = ConnectionPool::new(location, Access::Write, size, limits.patience);
                pool.open_first()?;
                Engine::Pooled(pool)
            }
        };
        Ok(Self { engine })
    }

    /// Runs a job in a transaction and answers after its commit. A job that nobody waits for any
    /// more is not begun; one that has begun runs to its end. `after` is called before the answer,
    /// whether somebody still waits for that or not, and whether the commit went well or not: it is
    /// not always known.
    ///
    /// # Errors
    /// That of the job; [`StoreError::Busy`] where too much waits; [`StoreError::Closed`] after
    /// [`WriteQueue::close`]; [`StoreError::Internal`] where the job panicked; and those of the commit.
    pub(crate) async fn run_then<T, E>(
        &self,
        job: impl Fn(&mut DbConnection) -> Result<T, E> + Send + 'static,
        after: impl FnOnce() + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.engine {
            Engine::Grouped(thread) => thread.run(job, after).await,
            Engine::Pooled(pool) => {
                pool.with(move |connections| {
                    let written = insist(connections, &job);
                    after();
                    written
                })
                .await
            }
        }
    }

    /// The same with nothing after it.
    #[cfg(test)]
    pub(crate) async fn run<T, E>(
        &self,
        job: impl Fn(&mut DbConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.run_then(job, || ()).await
    }

    /// Refuses new jobs, waits until those that are queued are done, and closes the connections.
    pub(crate) async fn close(&self) {
        match &self.engine {
            Engine::Grouped(thread) => thread.close().await,
            Engine::Pooled(pool) => pool.close().await,
        }
    }
}

/// Runs a job in a transaction of its own, again where it lost against another.
fn insist<T, E: From<StoreError>>(
    connections: &Connections,
    job: &impl Fn(&mut DbConnection) -> Result<T, E>,
) -> Result<T, E> {
    let mut tries = 1;
    let mut looked_again = false;
    loop {
        let mut contention = Contention::default();
        match attempt(connections, job, &mut contention) {
            // It may have been taken since the job looked whether it is: the second look decides.
            Err(_) if contention.taken() && !looked_again => looked_again = true,
            Err(_) if contention.seen() && tries < TRIES => {
                std::thread::sleep(Duration::from_millis(10 << tries));
                tries += 1;
            }
            result => return result,
        }
    }
}

fn attempt<T, E: From<StoreError>>(
    connections: &Connections,
    job: &impl Fn(&mut DbConnection) -> Result<T, E>,
    contention: &mut Contention,
) -> Result<T, E> {
    let mut transaction = connections.begin()?;
    let conn = transaction.conn()?;
    contention.watch(conn);
    let written = job(conn)?;
    transaction.commit().map_err(StoreError::from)?;
    Ok(written)
}
