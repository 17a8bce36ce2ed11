//! Databases for tests: each test has one of its own, with the whole schema, that goes when it ends.

use crate::connection::{Access, DbConnection};
use crate::error::StoreError;
use crate::location::Location;
use crate::media_folder::MediaFolder;
use crate::migrate;
use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::path::PathBuf;
use tempfile::TempDir;

/// The URL of a server on which tests may create and drop databases.
const SERVER: &str = "MAILLAGE_TEST_POSTGRES";

/// Which database those tests are on that ask for none: `postgres`, or SQLite.
const USUAL: &str = "MAILLAGE_TESTS_ON";

/// A database of one test.
pub struct TestDatabase {
    url: String,
    kept: Kept,
}

enum Kept {
    Folder(TempDir),
    Server { admin: Location, name: String },
}

/// What a database holds, for others to begin with.
pub enum Content {
    /// The bytes of a SQLite file.
    File(Vec<u8>),
    /// A PostgreSQL database that nobody is connected to.
    Server(TestDatabase),
}

/// The folder of files that goes with a database of a test: beside a SQLite file, else in the folder of
/// temporary files under the database's name.
#[must_use]
pub fn media_of(location: &Location) -> MediaFolder {
    let path = match location {
        Location::Sqlite(path) => path.with_extension("media"),
        Location::Postgres(url) => {
            let name = url.rsplit('/').next().and_then(|name| name.split('?').next()).unwrap_or_default();
            std::env::temp_dir().join("maillage-test-media").join(name)
        }
    };
    MediaFolder::at(path)
}

impl TestDatabase {
    /// A database of the kind that this run of the tests is on: SQLite, unless `MAILLAGE_TESTS_ON`
    /// is `postgres`.
    ///
    /// # Panics
    /// As [`TestDatabase::sqlite`] and [`TestDatabase::postgres`].
    #[must_use]
    pub fn usual() -> Self {
        if std::env::var(USUAL).is_ok_and(|kind| kind == "postgres") {
            Self::postgres()
        } else {
            Self::sqlite()
        }
    }

    /// What it holds. Nobody may be connected to it any more.
    ///
    /// # Panics
    /// Where the file cannot be read, or its journal was not written back.
    #[must_use]
    pub fn into_content(self) -> Content {
        let Some(file) = self.file() else { return Content::Server(self) };
        // The journal has to be in the file: it is what the last connection leaves behind.
        assert!(!file.with_extension("db-wal").exists(), "the journal was not written back");
        Content::File(std::fs::read(file).unwrap_or_else(|error| panic!("no content: {error}")))
    }

    /// A database that holds this.
    ///
    /// # Panics
    /// Where it cannot be made.
    #[must_use]
    pub fn holding(content: &Content) -> Self {
        match content {
            Content::File(bytes) => {
                let database = Self::sqlite();
                let written = database.file().map(|file| std::fs::write(file, bytes));
                assert!(matches!(written, Some(Ok(()))), "no copy of a database: {written:?}");
                database
            }
            Content::Server(Self { kept: Kept::Server { name, .. }, .. }) => Self::copy_on_server(Some(name)),
            Content::Server(_) => panic!("no database of a server"),
        }
    }

    /// A SQLite file in a folder of its own.
    ///
    /// # Panics
    /// Where it cannot be made.
    #[must_use]
    pub fn sqlite() -> Self {
        let made = || -> Result<Self, Box<dyn std::error::Error>> {
            let folder = tempfile::tempdir()?;
            let url = format!("sqlite:{}", folder.path().join("node.db").display());
            migrate::run_pending(&url.parse()?)?;
            Ok(Self { url, kept: Kept::Folder(folder) })
        };
        made().unwrap_or_else(|error| panic!("no SQLite database for this test: {error}"))
    }

    /// A PostgreSQL database copied from a migrated template.
    ///
    /// # Panics
    /// Where `MAILLAGE_TEST_POSTGRES` is missing or its server does not answer: these tests are
    /// never skipped.
    #[must_use]
    pub fn postgres() -> Self {
        Self::copy_on_server(None)
    }

    /// A copy of this database of the server, or of the migrated template.
    fn copy_on_server(of: Option<&str>) -> Self {
        let Ok(server) = std::env::var(SERVER) else {
            panic!(
                "{SERVER} is not set: run tests/run, or deploy/postgres-for-tests run cargo test, \
                 which start a PostgreSQL server for the tests"
            );
        };
        let made = || -> Result<Self, StoreError> {
            let admin: Location = server.parse()?;
            let template = of.map_or_else(|| template(&server, &admin), |name| Ok(name.to_owned()))?;
            let name = format!("maillage_test_{}", uuid::Uuid::now_v7().simple());
            DbConnection::open(&admin, Access::Migrate)?
                .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))?;
            Ok(Self { url: named(&server, &name), kept: Kept::Server { admin, name } })
        };
        made().unwrap_or_else(|error| panic!("no PostgreSQL database for this test: {error}"))
    }

    /// The URL, as a configuration would have it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The place of it.
    ///
    /// # Panics
    /// Never: the URL was read when the database was made.
    #[must_use]
    pub fn location(&self) -> Location {
        self.url.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    /// The file of a SQLite database.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        match &self.kept {
            Kept::Folder(folder) => Some(folder.path().join("node.db")),
            Kept::Server { .. } => None,
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Kept::Server { admin, name } = &self.kept {
            let dropped = DbConnection::open(admin, Access::Migrate).and_then(|mut conn| {
                Ok(conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?)
            });
            if let Err(error) = dropped {
                tracing::warn!(%error, name, "a test database was left behind");
            }
        }
    }
}

/// The name of a database with the schema of these migrations, made once on a server. It takes its
/// name only when it is complete, so that a test run that was stopped leaves no half of it.
fn template(server: &str, admin: &Location) -> Result<String, StoreError> {
    const LOCK: &str = "SELECT pg_advisory_lock(7236272)";
    let name = format!("maillage_template_{}", env!("MAILLAGE_SCHEMA_SUM"));
    let mut conn = DbConnection::open(admin, Access::Migrate)?;
    conn.batch_execute(LOCK)?;
    let exists = sql::<Bool>(&format!("EXISTS (SELECT FROM pg_database WHERE datname = '{name}')"));
    if !diesel::select(exists).get_result::<bool>(&mut conn)? {
        conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name}_half WITH (FORCE)"))?;
        conn.batch_execute(&format!("CREATE DATABASE {name}_half"))?;
        migrate::run_pending(&named(server, &format!("{name}_half")).parse()?)?;
        conn.batch_execute(&format!("ALTER DATABASE {name}_half RENAME TO {name}"))?;
    }
    Ok(name)
}

/// The same server, another database.
fn named(server: &str, name: &str) -> String {
    let (address, query) = match server.split_once('?') {
        Some((address, query)) => (address, format!("?{query}")),
        None => (server, String::new()),
    };
    let authority = address.find("://").map_or(0, |scheme| scheme + 3);
    let end = address[authority..].find('/').map_or(address.len(), |slash| authority + slash);
    format!("{}/{name}{query}", &address[..end])
}

/// Makes of one async body two tests, `name::sqlite` and `name::postgres`. The body is given a
/// `&TestDatabase`.
///
/// ```text
/// on_both_databases!(
///     async fn a_site_is_stored(db) {
///         let store = Store::open(db.url()).await.expect("opens");
///     }
/// );
/// ```
#[macro_export]
macro_rules! on_both_databases {
    ($(#[$meta:meta])* async fn $name:ident($db:ident) $body:block) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($db: &$crate::testing::TestDatabase) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body(&$crate::testing::TestDatabase::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                body(&$crate::testing::TestDatabase::postgres()).await;
            }
        }
    };
}

pub use crate::on_both_databases;
