//! What can go wrong in the store, and whether trying again later can help.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};
use maillage_domain::message::Message;
use std::error::Error;

/// A failure of the database or of a read or write on it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be opened or written as configured; a person has to act.
    #[error("{} / {} ({cause})", advice.fr, advice.en)]
    Unreachable {
        /// What to do about it.
        advice: Message,
        /// What the database said, without secrets.
        cause: String,
    },
    /// Too much is waiting, or another transaction holds what this one needs.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The disk or the quota is full.
    #[error("the database's disk is full: {0}")]
    Full(String),
    /// The connection broke. Whether a write that was being committed has happened is not known.
    #[error("the connection to the database was lost: {0}")]
    Lost(String),
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
    /// A row that must be unique exists already, or one that is referred to does not.
    #[error("conflict on {constraint}")]
    Conflict {
        /// The constraint, by the name that PostgreSQL gives it: `table_column_key`. A primary key
        /// that is not a number reads `table_pkey` there and `table_column_key` on SQLite.
        constraint: String,
    },
    /// The row does not exist, or not for this viewer.
    #[error("not found")]
    NotFound,
    /// The schema cannot be brought to what this program needs.
    #[error("{} / {} ({cause})", advice.fr, advice.en)]
    Migration {
        /// What to do about it.
        advice: Message,
        /// The migration and what the database said.
        cause: String,
    },
    /// What is stored is not what was written.
    #[error("corrupt data: {what}")]
    Corrupt {
        /// What and where.
        what: String,
    },
    /// A mistake of the program.
    #[error("internal error of the store: {0}")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
}

impl StoreError {
    /// An error for which a person has to act.
    pub(crate) fn unreachable(
        fr: impl Into<String>,
        en: impl Into<String>,
        cause: impl Into<String>,
    ) -> Self {
        Self::Unreachable { advice: Message::new(fr, en), cause: cause.into() }
    }

    /// Something stored cannot be read: what and where.
    pub fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }

    /// A mistake of the program, told in words.
    pub(crate) fn internal(what: impl Into<String>) -> Self {
        Self::Internal(what.into().into())
    }

    /// Whether the same call can succeed later without being changed.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::Busy(_) | Self::Full(_) | Self::Lost(_) | Self::Closed | Self::Unreachable { .. }
        )
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            DieselError::RollbackErrorOnCommit { commit_error, .. } => (*commit_error).into(),
            DieselError::BrokenTransactionManager => Self::Lost(error.to_string()),
            DieselError::DatabaseError(kind, info) => from_database(kind, info),
            DieselError::DeserializationError(cause) => Self::Corrupt { what: cause.to_string() },
            other => Self::Internal(Box::new(other)),
        }
    }
}

fn from_database(
    kind: DatabaseErrorKind,
    info: Box<dyn DatabaseErrorInformation + Send + Sync>,
) -> StoreError {
    let said = info.message().to_owned();
    match kind {
        DatabaseErrorKind::UniqueViolation
        | DatabaseErrorKind::ExclusionViolation
        | DatabaseErrorKind::ForeignKeyViolation
        | DatabaseErrorKind::RestrictViolation => {
            StoreError::Conflict { constraint: constraint(info.as_ref()) }
        }
        DatabaseErrorKind::SerializationFailure => StoreError::Busy(said),
        DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
            StoreError::Lost(said)
        }
        DatabaseErrorKind::ReadOnlyTransaction => read_only(said),
        DatabaseErrorKind::Unknown => from_words(&said)
            .unwrap_or_else(|| StoreError::Internal(Box::new(DieselError::DatabaseError(kind, info)))),
        _ => StoreError::Internal(Box::new(DieselError::DatabaseError(kind, info))),
    }
}

/// The name of the broken constraint. SQLite names columns (`accounts.email_folded`), PostgreSQL
/// the constraint (`accounts_email_folded_key`); the second form is given for both.
fn constraint(info: &(dyn DatabaseErrorInformation + Send + Sync)) -> String {
    if let Some(name) = info.constraint_name() {
        return name.to_owned();
    }
    let Some(columns) = info.message().strip_prefix("UNIQUE constraint failed: ") else {
        return info.message().to_owned();
    };
    if let Some(index) = columns.strip_prefix("index ") {
        return index.trim_matches('\'').to_owned();
    }
    let mut name = String::new();
    for column in columns.split(", ") {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if name.is_empty() {
            name.push_str(table);
        }
        name.push('_');
        name.push_str(column);
    }
    name + "_key"
}

fn read_only(said: String) -> StoreError {
    StoreError::unreachable(
        "La base de données est en lecture seule : vérifiez les droits du fichier, le disque et son dossier, \
         ou que l'adresse désigne le serveur PostgreSQL principal.",
        "The database is read-only: check the permissions of the file, its folder and the disk, \
         or that the address names the primary PostgreSQL server.",
        said,
    )
}

/// Words by which databases tell what diesel has no kind for. SQLite speaks English (the texts of
/// `sqlite3_errstr`); PostgreSQL may speak French where the server refuses `lc_messages`.
const BUSY: &[&str] = &[
    "database is locked",
    "database table is locked",
    "database schema is locked",
    "statement timeout",
    "lock timeout",
];
const DEADLOCK: &[&str] = &["deadlock", "bloquage mortel", "interblocage"];
const FULL: &[&str] =
    &["disk is full", "no space left on device", "aucun espace disponible", "disk quota exceeded"];
const LOST: &[&str] = &[
    "disk i/o error",
    "terminating connection",
    "server closed the connection",
    "no connection to the server",
    "database system is shutting down",
    "database system is starting up",
    "in recovery mode",
];
const CORRUPT: &[&str] = &["disk image is malformed", "file is not a database", "invalid page in block"];

fn from_words(said: &str) -> Option<StoreError> {
    let lower = said.to_lowercase();
    let tells = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if tells(BUSY) || tells(DEADLOCK) {
        Some(StoreError::Busy(said.to_owned()))
    } else if tells(FULL) {
        Some(StoreError::Full(said.to_owned()))
    } else if tells(LOST) {
        Some(StoreError::Lost(said.to_owned()))
    } else if tells(CORRUPT) {
        Some(StoreError::Corrupt { what: said.to_owned() })
    } else if lower.contains("readonly database") {
        Some(read_only(said.to_owned()))
    } else {
        None
    }
}

/// Whether PostgreSQL ended a transaction in favour of another (40001, 40P01), so that running it
/// again from its start is right.
pub(crate) fn lost_to_another(error: &DieselError) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        DieselError::DatabaseError(DatabaseErrorKind::Unknown, info) => {
            let said = info.message().to_lowercase();
            DEADLOCK.iter().any(|word| said.contains(word))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: DatabaseErrorKind, words: &str) -> StoreError {
        DieselError::DatabaseError(kind, Box::new(words.to_owned())).into()
    }

    #[test]
    fn unique_columns_become_the_constraint_of_postgresql() {
        for (columns, expected) in [
            ("accounts.email_folded", "accounts_email_folded_key"),
            ("members.account_id, members.group_id", "members_account_id_group_id_key"),
            ("index 'sites_host'", "sites_host"),
        ] {
            let words = format!("UNIQUE constraint failed: {columns}");
            match said(DatabaseErrorKind::UniqueViolation, &words) {
                StoreError::Conflict { constraint } => assert_eq!(constraint, expected),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn what_passes_is_told_from_what_does_not() {
        let unknown = DatabaseErrorKind::Unknown;
        assert!(matches!(said(unknown, "database is locked"), StoreError::Busy(_)));
        assert!(matches!(said(unknown, "canceling statement due to lock timeout"), StoreError::Busy(_)));
        assert!(matches!(said(unknown, "Bloquage mortel détecté"), StoreError::Busy(_)));
        assert!(matches!(said(unknown, "database or disk is full"), StoreError::Full(_)));
        let extend = "could not extend file \"base/5/1259\": No space left on device";
        assert!(matches!(said(unknown, extend), StoreError::Full(_)));
        assert!(matches!(said(DatabaseErrorKind::ClosedConnection, "gone"), StoreError::Lost(_)));
        assert!(matches!(said(unknown, "database disk image is malformed"), StoreError::Corrupt { .. }));
        assert!(said(unknown, "attempt to write a readonly database").is_retryable());
        assert!(!said(unknown, "near \"SELEC\": syntax error").is_retryable());
        assert!(!said(DatabaseErrorKind::NotNullViolation, "x").is_retryable());
        assert!(!StoreError::NotFound.is_retryable());
        assert!(StoreError::Closed.is_retryable());
    }
}
