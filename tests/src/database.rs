//! Databases for nodes: a file of the node's folder, or a database of the PostgreSQL for tests.

use anyhow::{Context, Result, bail};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use url::Url;

use crate::program::{self, Output};

/// Which database a node is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file in its folder: the default.
    Sqlite,
    /// A database of its own on the server that `MAILLAGE_TEST_POSTGRES` names.
    Postgres,
}

impl Kind {
    /// The kind that this run of the tests is on: SQLite, unless `MAILLAGE_TESTS_ON` is `postgres`.
    #[must_use]
    pub fn usual() -> Self {
        if std::env::var("MAILLAGE_TESTS_ON").is_ok_and(|kind| kind == "postgres") {
            Self::Postgres
        } else {
            Self::Sqlite
        }
    }
}

/// A node's database.
#[derive(Debug)]
pub enum Database {
    /// In the folder of the node.
    Sqlite,
    /// On a server; it is dropped with this value.
    Postgres {
        /// As a configuration names it.
        url: String,
        /// The server's own database.
        server: Url,
        /// Its name there.
        name: String,
    },
}

impl Database {
    /// Makes an empty database.
    ///
    /// # Errors
    /// When there is no server; the message says how to have one.
    pub fn create(kind: Kind) -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        if kind == Kind::Sqlite {
            return Ok(Self::Sqlite);
        }
        let server = std::env::var("MAILLAGE_TEST_POSTGRES").context(
            "MAILLAGE_TEST_POSTGRES names no PostgreSQL: run `tests/run`, or `deploy/postgres-for-tests run cargo test …`",
        )?;
        let server = Url::parse(&server).context("MAILLAGE_TEST_POSTGRES is no URL")?;
        let name = format!("node_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        psql(&server, &format!("CREATE DATABASE {name}"))?.done().context("a database for a node")?;
        let mut own = server.clone();
        own.set_path(&name);
        Ok(Self::Postgres { url: own.into(), server, name })
    }

    /// Lets nobody reach it any more, and ends what is connected, as when its server goes away; or lets
    /// them again.
    ///
    /// # Errors
    /// For a file of a node's folder.
    pub fn reachable(&self, yes: bool) -> Result<()> {
        let Self::Postgres { server, name, .. } = self else { bail!("a file is always reached") };
        psql(server, &format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {yes}"))?.done()?;
        if !yes {
            let end =
                format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
            psql(server, &end)?.done()?;
        }
        Ok(())
    }

    /// What the configuration has to say; nothing for the default.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Sqlite => None,
            Self::Postgres { url, .. } => Some(url),
        }
    }
}

fn psql(server: &Url, statement: &str) -> Result<Output> {
    let mut command = Command::new("psql");
    command.args([
        server.as_str(),
        "--no-psqlrc",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        "--command",
        statement,
    ]);
    program::run(command, "")
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Postgres { server, name, .. } = self {
            // The server itself goes with the test run: a database left behind is no harm.
            let _ = psql(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}
