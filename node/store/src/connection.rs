//! One connection to either database: opening it with its settings, and transactions on it.

use crate::advice;
use crate::error::StoreError;
use crate::location::Location;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::path::Path;
use std::time::{Duration, Instant};

/// A connection to SQLite or to PostgreSQL.
#[derive(diesel::MultiConnection)]
pub(crate) enum DbConnection {
    /// A file.
    Sqlite(SqliteConnection),
    /// A server.
    Postgres(PgConnection),
}

/// What a connection is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Reads; the database itself refuses writes.
    Read,
    /// Reads and writes.
    Write,
    /// Changes of the schema: no time limit, and foreign keys are checked at the end on SQLite.
    Migrate,
}

/// Settings of every SQLite connection. No memory map: its pages would count as memory of the
/// process once for each connection, and a failing disk would be a signal instead of an error.
const SQLITE: &str = "PRAGMA busy_timeout = 5000;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 0;";
/// Two MiB of cache for a reader, four for the writer; a log that has grown is cut again.
const SQLITE_READ: &str = "PRAGMA cache_size = -2000; PRAGMA query_only = ON;";
const SQLITE_WRITE: &str = "PRAGMA cache_size = -4000; PRAGMA journal_size_limit = 67108864;";
/// Tables are rebuilt with foreign keys off, as SQLite's own procedure for ALTER TABLE asks.
const SQLITE_MIGRATE: &str = "PRAGMA busy_timeout = 60000; PRAGMA foreign_keys = OFF;";

const POSTGRES: &str = "SET TimeZone = 'UTC';
    SET client_min_messages = 'warning';
    SET idle_in_transaction_session_timeout = '60s';";
const POSTGRES_READ: &str = "SET statement_timeout = '30s'; SET default_transaction_read_only = on;";
const POSTGRES_WRITE: &str = "SET statement_timeout = '30s'; SET lock_timeout = '10s';";
const POSTGRES_MIGRATE: &str = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;";

/// How long the switch to write-ahead logging is tried while others open the same new file: SQLite
/// answers that it is locked at once there, whatever the busy timeout.
const WAL_PATIENCE: Duration = Duration::from_secs(10);

#[derive(QueryableByName)]
struct JournalMode {
    #[diesel(sql_type = Text)]
    journal_mode: String,
}

impl DbConnection {
    /// Opens a connection; a SQLite file is created where its folder exists.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] with what to do about it.
    pub(crate) fn open(location: &Location, access: Access) -> Result<Self, StoreError> {
        match location {
            Location::Sqlite(path) => open_sqlite(path, access).map(Self::Sqlite),
            Location::Postgres(url) => open_postgres(location, url, access).map(Self::Postgres),
        }
    }

    /// Begins a transaction: a snapshot for reads; for writes the right to write, at once on SQLite.
    pub(crate) fn begin(&mut self, access: Access) -> QueryResult<()> {
        let reads = access == Access::Read;
        match self {
            Self::Sqlite(conn) => {
                let sql = if reads { "BEGIN" } else { "BEGIN IMMEDIATE" };
                AnsiTransactionManager::begin_transaction_sql(conn, sql)
            }
            Self::Postgres(conn) => {
                let sql = if reads {
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                } else {
                    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                };
                AnsiTransactionManager::begin_transaction_sql(conn, sql)
            }
        }
    }

    /// Commits. Once a statement has failed outside a savepoint PostgreSQL answers COMMIT with a
    /// rollback and no error; a statement in the same message makes it an error.
    pub(crate) fn commit(&mut self) -> QueryResult<()> {
        match self {
            Self::Sqlite(conn) => AnsiTransactionManager::commit_transaction(conn),
            Self::Postgres(conn) => conn.batch_execute("SELECT 1; COMMIT"),
        }
    }

    /// Begins a part of the transaction that can be undone alone.
    pub(crate) fn savepoint(&mut self) -> QueryResult<()> {
        <Self as TransactionManager<Self>>::begin_transaction(self)
    }

    /// Keeps what was done since the last savepoint.
    pub(crate) fn release(&mut self) -> QueryResult<()> {
        <Self as TransactionManager<Self>>::commit_transaction(self)
    }

    /// Undoes everything down to a depth: 1 for the outermost savepoint, 0 for the transaction.
    pub(crate) fn undo_to(&mut self, depth: u32) -> QueryResult<()> {
        while self.depth()? > depth {
            <Self as TransactionManager<Self>>::rollback_transaction(self)?;
        }
        Ok(())
    }

    /// Open transactions and savepoints; an error where the connection cannot be used any more.
    pub(crate) fn depth(&mut self) -> QueryResult<u32> {
        let status = <Self as TransactionManager<Self>>::transaction_manager_status_mut(self);
        Ok(status.transaction_depth()?.map_or(0, u32::from))
    }

    /// Leaves a database that is being closed tidy: statistics renewed, SQLite's log folded in.
    pub(crate) fn tidy(&mut self) {
        if let Self::Sqlite(conn) = self
            && let Err(error) = conn.batch_execute("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")
        {
            tracing::debug!(%error, "the log was not folded in on closing");
        }
    }
}

fn open_sqlite(path: &Path, access: Access) -> Result<SqliteConnection, StoreError> {
    advice::sqlite_path(path)?;
    let name = path.to_str().ok_or_else(|| advice::sqlite(path, "the path is not UTF-8"))?;
    let mut conn =
        SqliteConnection::establish(name).map_err(|error| advice::sqlite(path, &error.to_string()))?;
    let settings = match access {
        Access::Read => SQLITE_READ,
        Access::Write => SQLITE_WRITE,
        Access::Migrate => SQLITE_MIGRATE,
    };
    conn.batch_execute(SQLITE).map_err(|error| advice::sqlite(path, &error.to_string()))?;
    write_ahead(&mut conn, path)?;
    conn.batch_execute(settings).map_err(|error| advice::sqlite(path, &error.to_string()))?;
    Ok(conn)
}

fn write_ahead(conn: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    let begun = Instant::now();
    loop {
        match diesel::sql_query("PRAGMA journal_mode = WAL").get_result::<JournalMode>(conn) {
            Ok(mode) if mode.journal_mode == "wal" => return Ok(()),
            Ok(mode) => return Err(advice::no_write_ahead(path, &mode.journal_mode)),
            Err(error) => match StoreError::from(error) {
                StoreError::Busy(_) if begun.elapsed() < WAL_PATIENCE => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                other => return Err(advice::sqlite(path, &other.to_string())),
            },
        }
    }
}

fn open_postgres(location: &Location, url: &str, access: Access) -> Result<PgConnection, StoreError> {
    let refused = |said: String| advice::postgres(location, &location.redact(&said));
    let mut conn = PgConnection::establish(url).map_err(|error| refused(error.to_string()))?;
    // Errors are told apart by their words where diesel has no kind for them; a server that does
    // not let us choose the language is understood in French too.
    if let Err(error) = conn.batch_execute("SET lc_messages = 'C'") {
        tracing::debug!(%error, "messages of the server stay in its language");
    }
    let settings = match access {
        Access::Read => POSTGRES_READ,
        Access::Write => POSTGRES_WRITE,
        Access::Migrate => POSTGRES_MIGRATE,
    };
    conn.batch_execute(&format!("{POSTGRES} {settings}")).map_err(|error| refused(error.to_string()))?;
    Ok(conn)
}
