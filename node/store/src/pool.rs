//! Connections kept open, and reads on them off the async threads.
//!
//! ```text
//! let pool = ReadPool::open(&location, &limits)?;
//! let names: Vec<String> = pool.run(|conn| Ok(sites::table.select(sites::title).load(conn)?)).await?;
//! ```
//!
//! A read sees one snapshot on both databases, and cannot write. The waiting is done by a semaphore,
//! without a thread; what is left of a pool is a stack of idle connections. (A ready-made pool would
//! wait on the blocking threads, keep threads of its own, and hide why a connection did not open.)

use crate::connection::{Access, DbConnection};
use crate::error::StoreError;
use crate::limits::Limits;
use crate::location::Location;
use diesel::QueryResult;
use diesel::connection::SimpleConnection;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// A connection idle for longer gives its memory back, here and on the server.
const IDLE: Duration = Duration::from_secs(300);

/// Read connections.
pub(crate) struct ReadPool {
    connections: ConnectionPool,
}

impl ReadPool {
    /// Opens the pool with its first connection.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] where the database does not open.
    pub(crate) fn open(location: &Location, limits: &Limits) -> Result<Self, StoreError> {
        let size = limits.readers.unwrap_or(match location {
            Location::Sqlite(_) => 4,
            Location::Postgres(_) => 8,
        });
        let connections = ConnectionPool::new(location, Access::Read, size, limits.patience);
        connections.open_first()?;
        Ok(Self { connections })
    }

    /// Runs reads in one snapshot, on a thread where blocking is allowed. A read that nobody waits
    /// for any more is not begun; one that has begun runs to its end.
    ///
    /// # Errors
    /// Those of the reads; [`StoreError::Busy`] where no connection came free in time;
    /// [`StoreError::Internal`] where the reads panicked.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        reads: impl FnOnce(&mut DbConnection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.connections
            .with(move |connections| {
                let mut transaction = connections.begin()?;
                let found = reads(transaction.conn()?)?;
                transaction.commit()?;
                Ok(found)
            })
            .await
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// As [`ReadPool::run`].
    pub(crate) async fn check(&self) -> Result<(), StoreError> {
        self.run(|conn| {
            conn.batch_execute("SELECT 1")?;
            Ok(())
        })
        .await
    }

    /// Waits for the reads under way and closes every connection; later reads are refused.
    pub(crate) async fn close(&self) {
        self.connections.close().await;
    }
}

/// Up to so many connections of one kind, opened as they are needed.
pub(crate) struct ConnectionPool {
    connections: Arc<Connections>,
    permits: Arc<Semaphore>,
    size: u32,
    patience: Duration,
}

/// What the blocking side of a pool works with.
pub(crate) struct Connections {
    location: Location,
    access: Access,
    idle: Mutex<Vec<(Instant, DbConnection)>>,
}

impl ConnectionPool {
    pub(crate) fn new(location: &Location, access: Access, size: u32, patience: Duration) -> Self {
        let size = size.max(1);
        let connections = Connections { location: location.clone(), access, idle: Mutex::default() };
        Self {
            connections: Arc::new(connections),
            permits: Arc::new(Semaphore::new(size as usize)),
            size,
            patience,
        }
    }

    /// Opens one connection and keeps it, so that a wrong address is told at the start.
    pub(crate) fn open_first(&self) -> Result<(), StoreError> {
        let conn = DbConnection::open(&self.connections.location, self.connections.access)?;
        self.connections.keep(conn);
        Ok(())
    }

    /// Runs work that blocks, as soon as one of the connections is free.
    pub(crate) async fn with<T, E>(
        &self,
        work: impl FnOnce(&Connections) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let permit =
            match tokio::time::timeout(self.patience, Arc::clone(&self.permits).acquire_owned()).await {
                Ok(Ok(permit)) => permit,
                Ok(Err(_)) => return Err(StoreError::Closed.into()),
                Err(_) => return Err(StoreError::Busy("no free connection".to_owned()).into()),
            };
        let connections = Arc::clone(&self.connections);
        let done = tokio::task::spawn_blocking(move || {
            let _held_until_done = permit;
            work(&connections)
        });
        match done.await {
            Ok(result) => result,
            Err(error) if error.is_panic() => Err(panicked(error.into_panic().as_ref()).into()),
            Err(_) => Err(StoreError::Closed.into()),
        }
    }

    /// Waits for what is under way and closes every connection.
    pub(crate) async fn close(&self) {
        if let Ok(all) = self.permits.acquire_many(self.size).await {
            self.permits.close();
            drop(all);
        }
        self.connections.idle().clear();
    }
}

/// The error for work that panicked; what it said is for the log.
pub(crate) fn panicked(payload: &(dyn std::any::Any + Send)) -> StoreError {
    let said = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("without a message");
    tracing::error!(said, "a database job panicked");
    StoreError::internal(format!("a database job panicked: {said}"))
}

impl Connections {
    fn idle(&self) -> MutexGuard<'_, Vec<(Instant, DbConnection)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, conn: DbConnection) {
        let now = Instant::now();
        let mut idle = self.idle();
        idle.retain(|(since, _)| now.duration_since(*since) < IDLE);
        idle.push((now, conn));
    }

    /// Begins a transaction. That it begins is the health check of a kept connection: where it does
    /// not, the server has gone or restarted, the others are stale too, and a new one is opened.
    pub(crate) fn begin(&self) -> Result<Transaction<'_>, StoreError> {
        let kept = self.idle().pop();
        if let Some((_, mut conn)) = kept {
            match conn.begin(self.access) {
                Ok(()) => return Ok(Transaction { home: self, conn: Some(conn) }),
                Err(error) => {
                    tracing::info!(%error, "a kept connection no longer answers; opening a new one");
                    drop(conn);
                    self.idle().clear();
                }
            }
        }
        let mut conn = DbConnection::open(&self.location, self.access)?;
        conn.begin(self.access)?;
        Ok(Transaction { home: self, conn: Some(conn) })
    }
}

/// A transaction on a pooled connection, rolled back unless committed.
pub(crate) struct Transaction<'p> {
    home: &'p Connections,
    conn: Option<DbConnection>,
}

impl Transaction<'_> {
    /// The connection.
    pub(crate) fn conn(&mut self) -> Result<&mut DbConnection, StoreError> {
        self.conn.as_mut().ok_or(StoreError::Closed)
    }

    /// Commits and gives the connection back.
    pub(crate) fn commit(mut self) -> QueryResult<()> {
        if let Some(mut conn) = self.conn.take() {
            match conn.commit() {
                Ok(()) => self.home.keep(conn),
                Err(error) => {
                    self.conn = Some(conn);
                    return Err(error);
                }
            }
        }
        Ok(())
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        // After a panic nothing is known about the connection: closing it rolls back as well.
        if let Some(mut conn) = self.conn.take()
            && !std::thread::panicking()
            && conn.undo_to(0).is_ok()
        {
            self.home.keep(conn);
        }
    }
}
