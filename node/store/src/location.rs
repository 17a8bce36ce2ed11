//! Where the database is: a file, or a PostgreSQL server, told from the prefix of the URL.

use crate::error::StoreError;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// A database as configured. `Debug` and `Display` leave the password out.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A file, by its absolute path.
    Sqlite(PathBuf),
    /// A server, by its URL, password included.
    Postgres(String),
}

/// Set where the URL says nothing else: a dead server or a cut cable must be noticed in seconds,
/// not in the minutes or hours of TCP's own defaults. Milliseconds for the last, seconds before.
const CONNECTION_DEFAULTS: &[(&str, &str)] = &[
    ("application_name", "maillage"),
    ("connect_timeout", "5"),
    ("keepalives_idle", "30"),
    ("keepalives_interval", "10"),
    ("tcp_user_timeout", "30000"),
];

impl FromStr for Location {
    type Err = StoreError;

    /// Reads `sqlite:PATH`, `sqlite://PATH`, a bare path, `postgres://…` or `postgresql://…`.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] for any other scheme, an empty path or a database in memory.
    fn from_str(url: &str) -> Result<Self, StoreError> {
        let url = url.trim();
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(with_defaults(url)));
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
        if path.contains("://") {
            return Err(unknown(path.split("://").next().unwrap_or_default()));
        }
        if path.is_empty() || path.starts_with(':') || path.starts_with("file:") {
            return Err(unknown(path));
        }
        let path = std::path::absolute(path).map_err(|error| unknown(&error.to_string()))?;
        Ok(Self::Sqlite(path))
    }
}

fn unknown(cause: &str) -> StoreError {
    StoreError::unreachable(
        "L'adresse de la base de données n'est pas reconnue : écrivez sqlite:CHEMIN ou \
         postgres://UTILISATEUR:MOT_DE_PASSE@SERVEUR/BASE.",
        "The address of the database is not understood: write sqlite:PATH or \
         postgres://USER:PASSWORD@SERVER/DATABASE.",
        cause,
    )
}

fn with_defaults(url: &str) -> String {
    let mut url = url.to_owned();
    for (key, value) in CONNECTION_DEFAULTS {
        let given = url.split_once('?').is_some_and(|(_, query)| {
            query.split('&').any(|pair| pair.split_once('=').is_some_and(|(name, _)| name == *key))
        });
        if !given {
            let join = if url.contains('?') { '&' } else { '?' };
            url.push_str(&format!("{join}{key}={value}"));
        }
    }
    url
}

impl Location {
    /// Removes the password of this location from a text, such as a message of the client library.
    pub(crate) fn redact(&self, text: &str) -> String {
        match self.password() {
            Some(password) if !password.is_empty() => text.replace(password, "***"),
            _ => text.to_owned(),
        }
    }

    fn password(&self) -> Option<&str> {
        let Self::Postgres(url) = self else { return None };
        let authority = url.split_once("://")?.1;
        let authority = authority.split(['/', '?']).next()?;
        authority.rsplit_once('@')?.0.split_once(':').map(|(_, password)| password)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => {
                let shown = url.split('?').next().unwrap_or_default();
                f.write_str(&self.redact(shown))
            }
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Location {
        url.parse().expect("a location")
    }

    #[test]
    fn prefixes_decide() {
        assert_eq!(parse("sqlite:/var/lib/maillage/db"), Location::Sqlite("/var/lib/maillage/db".into()));
        assert_eq!(parse("sqlite:///var/lib/maillage/db"), Location::Sqlite("/var/lib/maillage/db".into()));
        assert_eq!(parse("/srv/db.sqlite"), Location::Sqlite("/srv/db.sqlite".into()));
        assert!(matches!(parse("maillage.db"), Location::Sqlite(path) if path.is_absolute()));
        assert!(matches!(parse("postgresql://localhost/maillage"), Location::Postgres(_)));
    }

    #[test]
    fn what_several_connections_cannot_share_is_refused() {
        for url in ["", "sqlite:", "sqlite::memory:", ":memory:", "file:x?mode=memory", "mysql://host/x"] {
            let refused = url.parse::<Location>().expect_err(url);
            assert!(matches!(refused, StoreError::Unreachable { .. }), "{url}");
        }
    }

    #[test]
    fn defaults_give_way_to_the_url() {
        let Location::Postgres(url) = parse("postgres://h/d?connect_timeout=1") else { panic!("a server") };
        assert_eq!(url.matches("connect_timeout").count(), 1);
        assert!(url.contains("&application_name=maillage"));
    }

    #[test]
    fn the_password_is_never_shown() {
        let location = parse("postgres://node:s3cr:et@db.example/maillage?sslmode=require");
        assert_eq!(location.to_string(), "postgres://node:***@db.example/maillage");
        assert!(!format!("{location:?}").contains("s3cr"));
        assert_eq!(location.redact("bad URI postgres://node:s3cr:et@["), "bad URI postgres://node:***@[");
    }
}
