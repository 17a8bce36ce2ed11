//! Brings the schema to what this program needs: one tree of migrations for each database.

use crate::advice;
use crate::connection::{Access, DbConnection};
use crate::error::StoreError;
use crate::location::Location;
use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource, Result as MigrationResult};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use maillage_domain::message::Message;
use std::collections::BTreeSet;

pub(crate) const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
pub(crate) const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// The key of PostgreSQL's advisory lock for migrations: "maillage" in ASCII.
const LOCK: i64 = 0x6d61_696c_6c61_6765;

#[derive(QueryableByName)]
struct Dangling {
    #[diesel(sql_type = Text)]
    table: String,
}

/// Applies what is pending and gives its names. Of several processes that start together one does
/// it while the others wait. On SQLite all of it is one transaction.
///
/// # Errors
/// [`StoreError::Migration`] where one fails or the database is newer than the program;
/// [`StoreError::Unreachable`] where it does not open.
pub(crate) fn run_pending(location: &Location) -> Result<Vec<String>, StoreError> {
    match DbConnection::open(location, Access::Migrate)? {
        DbConnection::Sqlite(mut conn) => conn
            .immediate_transaction(|conn| {
                writable(conn)?;
                let applied = apply::<Sqlite>(conn, SQLITE)?;
                unbroken(conn)?;
                Ok::<_, Failed>(applied)
            })
            .map_err(|failed| failed.at(location)),
        DbConnection::Postgres(mut conn) => {
            conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
            // The lock goes with the connection.
            apply::<Pg>(&mut conn, POSTGRES).map_err(|failed| failed.at(location))
        }
    }
}

/// The names of migrations that are not applied yet.
///
/// # Errors
/// As [`run_pending`].
pub(crate) fn pending(location: &Location) -> Result<Vec<String>, StoreError> {
    let waiting = match DbConnection::open(location, Access::Migrate)? {
        DbConnection::Sqlite(mut conn) => missing::<Sqlite>(&mut conn, SQLITE).map(|found| names(&found)),
        DbConnection::Postgres(mut conn) => missing::<Pg>(&mut conn, POSTGRES).map(|found| names(&found)),
    };
    waiting.map_err(|failed| failed.at(location))
}

fn names<DB: Backend>(migrations: &[Box<dyn Migration<DB>>]) -> Vec<String> {
    migrations.iter().map(|migration| migration.name().to_string()).collect()
}

/// Undoes every migration.
#[cfg(test)]
pub(crate) fn revert_all(location: &Location) -> Result<(), StoreError> {
    let reverted = match DbConnection::open(location, Access::Migrate)? {
        DbConnection::Sqlite(mut conn) => conn.revert_all_migrations(SQLITE).map(drop),
        DbConnection::Postgres(mut conn) => conn.revert_all_migrations(POSTGRES).map(drop),
    };
    reverted.map_err(|error| Failed::Step { name: "revert".to_owned(), error }.at(location))
}

/// Why migrating did not succeed.
enum Failed {
    Newer { versions: String },
    Step { name: String, error: Box<dyn std::error::Error + Send + Sync> },
    Database(diesel::result::Error),
}

impl From<diesel::result::Error> for Failed {
    fn from(error: diesel::result::Error) -> Self {
        Self::Database(error)
    }
}

impl Failed {
    fn at(self, location: &Location) -> StoreError {
        match self {
            Self::Newer { versions } => StoreError::Migration {
                advice: Message::new(
                    "Cette base a été ouverte par une version plus récente du programme : installez \
                     cette version, ou restaurez une sauvegarde antérieure.",
                    "This database was opened by a newer version of the program: install that version, \
                     or restore an earlier backup.",
                ),
                cause: format!("{location}: unknown migrations {versions}"),
            },
            Self::Step { name, error } => StoreError::Migration {
                advice: Message::new(
                    "La base n'a pas pu être mise à niveau : lisez la cause, corrigez-la, puis relancez. \
                     Ce qui a échoué n'a rien changé.",
                    "The database could not be upgraded: read the cause, mend it, then start again. \
                     What failed has changed nothing.",
                ),
                cause: format!("{location}: {name}: {error}"),
            },
            Self::Database(error) => match (StoreError::from(error), location) {
                (StoreError::Internal(cause), Location::Sqlite(path)) => {
                    advice::sqlite(path, &cause.to_string())
                }
                (other, _) => other,
            },
        }
    }
}

fn apply<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
) -> Result<Vec<String>, Failed> {
    let mut applied = Vec::new();
    for migration in missing(conn, source)? {
        let name = migration.name().to_string();
        tracing::info!(migration = %name, "migrating the database");
        conn.run_migration(&migration).map_err(|error| Failed::Step { name: name.clone(), error })?;
        applied.push(name);
    }
    Ok(applied)
}

fn missing<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    source: EmbeddedMigrations,
) -> Result<Vec<Box<dyn Migration<DB>>>, Failed> {
    let found: MigrationResult<_> = (|| {
        let known: BTreeSet<_> = MigrationSource::<DB>::migrations(&source)?
            .iter()
            .map(|migration| migration.name().version().to_string())
            .collect();
        let applied: BTreeSet<_> = conn.applied_migrations()?.iter().map(ToString::to_string).collect();
        let newer: Vec<_> = applied.difference(&known).cloned().collect();
        Ok((newer, conn.pending_migrations(source)?))
    })();
    match found {
        Ok((newer, pending)) if newer.is_empty() => Ok(pending),
        Ok((newer, _)) => Err(Failed::Newer { versions: newer.join(", ") }),
        Err(error) => match error.downcast::<diesel::result::Error>() {
            Ok(error) => Err(Failed::Database(*error)),
            Err(error) => Err(Failed::Step { name: "list".to_owned(), error }),
        },
    }
}

/// SQLite opens a file that it may only read, begins any transaction on it, and refuses the first write
/// alone: here it is asked for one that changes nothing, so that no node starts on such a file.
fn writable(conn: &mut SqliteConnection) -> Result<(), Failed> {
    // The table of migrations is made where there is none yet.
    missing::<Sqlite>(conn, SQLITE)?;
    Ok(conn.batch_execute("DELETE FROM __diesel_schema_migrations WHERE FALSE")?)
}

/// Foreign keys are off while tables are rebuilt; here is where they are checked.
fn unbroken(conn: &mut SqliteConnection) -> Result<(), Failed> {
    let broken = diesel::sql_query("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check")
        .load::<Dangling>(conn)?
        .into_iter()
        .map(|row| row.table)
        .collect::<Vec<_>>();
    if broken.is_empty() {
        return Ok(());
    }
    Err(Failed::Step {
        name: "foreign_key_check".to_owned(),
        error: format!("rows without what they refer to, in {}", broken.join(", ")).into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, on_both_databases};

    fn execute(db: &TestDatabase, sql: &str) {
        let mut conn = DbConnection::open(&db.location(), Access::Migrate).expect("opens");
        conn.batch_execute(sql).expect(sql);
    }

    #[test]
    fn both_trees_have_the_same_names() {
        fn sorted<DB: Backend>(source: EmbeddedMigrations) -> Vec<String> {
            let mut names = names(&MigrationSource::<DB>::migrations(&source).expect("migrations"));
            names.sort();
            names
        }
        assert_eq!(sorted::<Sqlite>(SQLITE), sorted::<Pg>(POSTGRES));
        assert!(!sorted::<Sqlite>(SQLITE).is_empty());
    }

    on_both_databases!(
        async fn everything_is_pending_once(db) {
            let location = db.location();
            assert_eq!(pending(&location).expect("lists"), Vec::<String>::new());
            revert_all(&location).expect("reverts");
            let waiting = pending(&location).expect("lists");
            assert_eq!(waiting[0], "00000000000001_leases");
            assert_eq!(run_pending(&location).expect("migrates"), waiting);
            assert_eq!(run_pending(&location).expect("migrates"), Vec::<String>::new());
        }
    );

    on_both_databases!(
        async fn a_newer_database_is_refused(db) {
            execute(db, "INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')");
            let refused = run_pending(&db.location()).expect_err("newer");
            assert!(matches!(refused, StoreError::Migration { .. }), "{refused:?}");
            assert!(refused.to_string().contains("99990101000000"), "{refused}");
            assert!(!refused.is_retryable());
        }
    );

    on_both_databases!(
        async fn processes_that_start_together_migrate_once(db) {
            let location = db.location();
            revert_all(&location).expect("reverts");
            let starts: Vec<_> = (0..4)
                .map(|_| {
                    let location = location.clone();
                    std::thread::spawn(move || run_pending(&location).expect("migrates"))
                })
                .collect();
            let applied: Vec<_> = starts.into_iter().map(|start| start.join().expect("no panic")).collect();
            assert_eq!(applied.iter().filter(|names| !names.is_empty()).count(), 1, "{applied:?}");
        }
    );

    #[test]
    fn rows_without_what_they_refer_to_stop_a_migration() {
        let db = TestDatabase::sqlite();
        execute(
            &db,
            "CREATE TABLE parents (id INTEGER PRIMARY KEY);
             CREATE TABLE children (parent_id BIGINT REFERENCES parents (id));
             INSERT INTO children VALUES (7);",
        );
        let refused = run_pending(&db.location()).expect_err("dangling");
        assert!(refused.to_string().contains("children"), "{refused}");
    }
}
