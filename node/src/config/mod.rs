//! The configuration of a node: `maillage.toml` in its data folder, then `MAILLAGE__…` variables.

mod file;
mod shown;
mod told;

pub use file::write_new;
pub use shown::Shown;

use crate::failure::Failure;
use figment::Figment;
use figment::providers::{Env, Format, Toml};
use maillage_app::address::Addresses;
use maillage_domain::message::Message;
use maillage_domain::registry::Registry;
use maillage_domain::service_type::DescriptorError;
use maillage_federation::FederationSettings;
use maillage_store::Location;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// The documented defaults, as `config --print-default` prints them.
pub const DEFAULT: &str = include_str!("default.toml");
/// Name of the file in the data folder.
pub const FILE: &str = "maillage.toml";

/// What the names of variables with settings begin with.
const VARIABLES: &str = "MAILLAGE__";

/// All settings of a node.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, Default)]
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
    /// Signing in through an OpenID provider.
    pub openid: OpenId,
    /// The log.
    pub log: Log,
}

/// The server.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Federation {
    /// Opens private addresses, http and ports.
    pub allow_private_networks: bool,
}

/// Mail.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    /// The server, or a folder; empty where no mail is sent.
    pub url: String,
    /// The sender.
    pub from: String,
}

/// Signing in through an OpenID provider.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct OpenId {
    /// The provider; empty where there is none.
    pub issuer: String,
    /// What it calls this node.
    pub client_id: String,
    /// What only it and this node know.
    pub client_secret: String,
    /// What people call it; empty for the host of the issuer.
    pub name: String,
    /// What is asked for.
    pub scopes: String,
}

impl Default for OpenId {
    fn default() -> Self {
        Self {
            issuer: String::new(),
            client_id: String::new(),
            client_secret: String::new(),
            name: String::new(),
            scopes: "openid email profile".to_owned(),
        }
    }
}

/// The log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
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
    /// [`Failure::Misused`], naming the key, where it stands and what is possible; when there is no such
    /// folder, how to make a node.
    pub fn read(data: &Path) -> Result<Self, Failure> {
        layers(data)?.extract().map_err(|error| told::failure(&error))
    }

    /// The node's addresses. The data folder is where its configuration was read.
    ///
    /// # Errors
    /// [`Failure::Misused`] when `url` is missing or wrong.
    pub fn addresses(&self, data: &Path) -> Result<Addresses, Failure> {
        if self.url.is_empty() {
            return Err(no_address(data));
        }
        Addresses::new(&self.url).map_err(|error| {
            let message = error.message();
            Failure::misused(format!("url : {}", message.fr), format!("url: {}", message.en))
        })
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

/// The layers of a configuration: the file where there is one, and variables, which go before it.
fn layers(data: &Path) -> Result<Figment, Failure> {
    if !data.is_dir() {
        let data = data.display();
        return Err(Failure::misused(
            format!(
                "Le dossier {data} n'existe pas : corrigez --data, ou créez un nœud (maillage init --data {data} …)."
            ),
            format!(
                "The folder {data} does not exist: correct --data, or make a node (maillage init --data {data} …)."
            ),
        ));
    }
    let file = data.join(FILE);
    let base = if file.exists() { Figment::new().merge(Toml::file_exact(&file)) } else { Figment::new() };
    Ok(base.merge(Env::prefixed(VARIABLES).split("__").lowercase(true)))
}

fn no_address(data: &Path) -> Failure {
    if data.join(FILE).exists() {
        return Failure::misused(
            format!("L'adresse publique du nœud manque : écrivez url = \"https://…\" dans {FILE}."),
            format!("The node's public address is missing: write url = \"https://…\" in {FILE}."),
        );
    }
    let data = data.display();
    Failure::misused(
        format!(
            "Il n'y a pas de {FILE} dans {data}, donc pas d'adresse publique : corrigez --data, ou créez un nœud (maillage init --data {data} …)."
        ),
        format!(
            "There is no {FILE} in {data}, and so no public address: correct --data, or make a node (maillage init --data {data} …)."
        ),
    )
}

/// The variable that a key can be given with.
fn variable(key: &str) -> String {
    format!("{VARIABLES}{}", key.replace('.', "__").to_uppercase())
}

/// The database of a node, when it is a file that is not there. SQLite would make it, empty, and a mistake
/// in its name would go unnoticed. A missing folder is told by the store.
pub fn missing_file(location: &Location) -> Option<Message> {
    let Location::Sqlite(path) = location else { return None };
    if path.exists() || !path.parent().is_some_and(Path::is_dir) {
        return None;
    }
    let path = path.display();
    Some(Message::new(
        format!("le fichier {path} n'existe pas : corrigez database.url, ou créez le nœud (maillage init)."),
        format!("the file {path} does not exist: correct database.url, or make the node (maillage init)."),
    ))
}

/// The service types of the program and those of the folder `service-types` of the data folder.
///
/// # Errors
/// [`Failure::Misused`] naming the file and what to change.
pub fn registry(data: &Path) -> Result<Registry, Failure> {
    let fault = |error: &DescriptorError| Failure::Misused(error.message());
    let mut own = Vec::new();
    let mut registry = Registry::embedded().map_err(|error| fault(&error))?;
    for path in descriptors(&data.join("service-types"))? {
        let path_shown = path.display();
        let fault = |error: &DescriptorError| {
            let Message { fr, en } = error.message();
            Failure::misused(format!("{path_shown} : {fr}"), format!("{path_shown}: {en}"))
        };
        own.push(std::fs::read_to_string(&path).map_err(|error| {
            Failure::misused(
                format!("{path_shown} ne peut pas être lu : il faut du texte UTF-8, que le nœud a le droit de lire ({error})."),
                format!("{path_shown} cannot be read: it takes UTF-8 text that the node may read ({error})."),
            )
        })?);
        // One after the other: what is wrong with a file, or between it and those before, is told of it.
        registry = Registry::with_own(&own).map_err(|error| fault(&error))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_what_holds_without_a_file() {
        let printed: Config = Figment::new().merge(Toml::string(DEFAULT)).extract().unwrap();
        assert_eq!(printed, Config::default());
    }

    #[test]
    fn every_key_is_documented() {
        let document: toml::Table = DEFAULT.parse().unwrap();
        let sections = ["server", "database", "federation", "mail", "openid", "log"];
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
