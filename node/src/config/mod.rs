//! The configuration of a node: `maillage.toml` in its data folder, then `MAILLAGE__…` variables.

mod file;

pub use file::write_new;

use crate::failure::Failure;
use figment::Figment;
use figment::error::Kind;
use figment::providers::{Env, Format, Toml};
use maillage_app::address::Addresses;
use maillage_domain::registry::Registry;
use maillage_federation::FederationSettings;
use maillage_store::Location;
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// The documented defaults, as `config --print-default` prints them.
pub const DEFAULT: &str = include_str!("default.toml");
/// Name of the file in the data folder.
pub const FILE: &str = "maillage.toml";

/// All settings of a node.
#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Public address.
    pub url: String,
    /// The server.
    pub server: Server,
    /// The database.
    pub database: Database,
    /// The federation.
    pub federation: Federation,
    /// Mail.
    pub mail: Mail,
    /// The log.
    pub log: Log,
}

/// The server.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// Where it listens.
    pub bind: SocketAddr,
    /// Threads that answer.
    pub workers: usize,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<IpAddr>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            bind: SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 8000),
            workers: 0,
            trusted_proxies: vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
        }
    }
}

/// The database.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// Where it is.
    pub url: String,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: "sqlite:maillage.db".to_owned() }
    }
}

/// The federation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Federation {
    /// Opens private addresses, http and ports.
    pub allow_private_networks: bool,
}

/// Mail.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    /// The server, or a folder; empty where no mail is sent.
    pub url: String,
    /// The sender.
    pub from: String,
}

/// The log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// What is written down.
    pub level: String,
    /// How.
    pub format: LogFormat,
}

impl Default for Log {
    fn default() -> Self {
        Self { level: "info".to_owned(), format: LogFormat::Text }
    }
}

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// Reads the configuration of a data folder.
    ///
    /// # Errors
    /// [`Failure::Misused`], naming the key, where it stands and what is possible.
    pub fn read(data: &Path) -> Result<Self, Failure> {
        let file = data.join(FILE);
        let layers = Figment::new()
            .merge(Toml::file_exact(&file))
            .merge(Env::prefixed("MAILLAGE__").split("__").lowercase(true));
        let layers = if file.exists() {
            layers
        } else {
            Figment::new().merge(Env::prefixed("MAILLAGE__").split("__").lowercase(true))
        };
        layers.extract().map_err(|error| told(&error))
    }

    /// The node's addresses.
    ///
    /// # Errors
    /// [`Failure::Misused`] when `url` is missing or wrong.
    pub fn addresses(&self) -> Result<Addresses, Failure> {
        if self.url.is_empty() {
            return Err(Failure::misused(
                format!("L'adresse publique du nœud manque : écrivez url = \"https://…\" dans {FILE}."),
                format!("The node's public address is missing: write url = \"https://…\" in {FILE}."),
            ));
        }
        Addresses::new(&self.url).map_err(|error| Failure::Misused(error.message()))
    }

    /// Where the database is; a file's path is relative to the data folder.
    ///
    /// # Errors
    /// [`Failure::Failed`] with what to write.
    pub fn location(&self, data: &Path) -> Result<Location, Failure> {
        let url = self.database.url.trim();
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
        if url.contains("://") && !url.starts_with("sqlite")
            || path.is_empty()
            || path.starts_with([':', '/'])
        {
            return Ok(url.parse()?);
        }
        Ok(format!("sqlite:{}", data.join(path).display()).parse()?)
    }

    /// Settings of the federation.
    pub fn federation(&self) -> FederationSettings {
        FederationSettings { allow_private_networks: self.federation.allow_private_networks }
    }
}

/// The service types of the program and those of the folder `service-types` of the data folder.
///
/// # Errors
/// [`Failure::Misused`] naming the file and what to change.
pub fn registry(data: &Path) -> Result<Registry, Failure> {
    let told = |error: &dyn std::fmt::Display| Failure::misused(error.to_string(), error.to_string());
    let mut own = Vec::new();
    let mut registry = Registry::embedded().map_err(|error| told(&error))?;
    for path in descriptors(&data.join("service-types"))? {
        let told = |error: &dyn std::fmt::Display| {
            Failure::misused(format!("{} : {error}", path.display()), format!("{}: {error}", path.display()))
        };
        own.push(std::fs::read_to_string(&path).map_err(|error| told(&error))?);
        // One after the other: what is wrong with a file, or between it and those before, is told of it.
        registry = Registry::with_own(&own).map_err(|error| told(&error))?;
    }
    Ok(registry)
}

fn descriptors(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// A wrong configuration in words.
fn told(error: &figment::Error) -> Failure {
    let key = error.path.join(".");
    let place = match error.metadata.as_ref() {
        Some(metadata) => match metadata.source.as_ref() {
            Some(source) => source.to_string(),
            None => metadata.name.to_string(),
        },
        None => FILE.to_owned(),
    };
    match &error.kind {
        Kind::UnknownField(name, expected) => {
            let known = expected.join(", ");
            Failure::misused(
                format!("Clé inconnue « {name} » ({place}). Possibles ici : {known}."),
                format!("Unknown key “{name}” ({place}). Possible here: {known}."),
            )
        }
        kind => Failure::misused(
            format!("La configuration ne peut pas être lue ({place}, clé « {key} ») : {kind}."),
            format!("The configuration cannot be read ({place}, key “{key}”): {kind}."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        folder
    }

    #[test]
    fn what_is_printed_is_what_holds_without_a_file() {
        let printed: Config = Figment::new().merge(Toml::string(DEFAULT)).extract().unwrap();
        assert_eq!(printed, Config::default());
    }

    #[test]
    fn every_key_is_documented() {
        let document: toml::Table = DEFAULT.parse().unwrap();
        let sections = ["server", "database", "federation", "mail", "log"];
        assert_eq!(document.keys().collect::<Vec<_>>().len(), sections.len());
        for (section, keys) in document {
            for (key, _) in keys.as_table().unwrap() {
                let at = DEFAULT.find(&format!("\n{key} = ")).unwrap_or_else(|| panic!("{section}.{key}"));
                let before = DEFAULT[..at].lines().last().unwrap();
                assert!(before.starts_with("# "), "{section}.{key} has no comment");
            }
        }
    }

    #[test]
    fn an_unknown_key_is_named_with_what_is_possible() {
        let folder = folder("url = \"https://a.example\"\n[server]\nbund = \"x\"\n");
        let failure = Config::read(folder.path()).unwrap_err();
        let said = failure.messages()[0].to_string();
        assert!(said.contains("bund") && said.contains("bind") && said.contains("maillage.toml"), "{said}");
    }

    #[test]
    fn a_wrong_value_is_named_with_its_key() {
        let folder = folder("[server]\nbind = \"nowhere\"\n");
        let said = Config::read(folder.path()).unwrap_err().messages()[0].to_string();
        assert!(said.contains("server.bind"), "{said}");
    }

    #[test]
    fn a_file_is_relative_to_the_data_folder_and_a_server_is_not() {
        let at = |url: &str| {
            Config { database: Database { url: url.into() }, ..Config::default() }
                .location(Path::new("/srv/node"))
        };
        assert_eq!(at("sqlite:maillage.db").unwrap(), Location::Sqlite("/srv/node/maillage.db".into()));
        assert_eq!(at("sqlite:/var/x.db").unwrap(), Location::Sqlite("/var/x.db".into()));
        assert!(matches!(at("postgres://u:p@h/d").unwrap(), Location::Postgres(_)));
        assert!(at("mysql://u:p@h/d").is_err());
    }
}
