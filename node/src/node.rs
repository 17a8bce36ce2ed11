//! A node opened for work: configuration, database, use cases.

use crate::config::{self, Config};
use crate::failure::Failure;
use crate::openid::{self, Provider};
use maillage_app::App;
use maillage_app::clock::SystemClock;
use maillage_federation::Federation;
use maillage_federation::net::Client;
use maillage_store::{Limits, Location, MediaFolder, Store};
use std::path::Path;
use std::sync::Arc;

/// An opened node.
pub struct Node {
    /// Its configuration.
    pub config: Config,
    /// Its use cases.
    pub app: App,
    /// Whether the database is a file, which one server alone works on.
    pub alone: bool,
}

impl Node {
    /// Opens the node of a data folder: the schema of the database is brought up to date.
    ///
    /// # Errors
    /// [`Failure::Misused`] for the configuration, [`Failure::Failed`] for the database.
    pub fn open(data: &Path) -> Result<Self, Failure> {
        let config = Config::read(data)?;
        let addresses = config.addresses(data)?;
        let registry = config::registry(data)?;
        let location = config.location(data)?;
        let store = Store::open(&location, &Limits::default())?;
        let media = MediaFolder::at(data.join("media"));
        let app = App::new(store, Arc::new(SystemClock), Arc::new(registry), addresses, media);
        app.set_sends_mail(!config.mail.url.trim().is_empty());
        Ok(Self { config, app, alone: matches!(location, Location::Sqlite(_)) })
    }

    /// The federation of this node, for finding services and fetching files from the command line.
    ///
    /// # Errors
    /// [`Failure::Failed`] when TLS cannot be set up.
    pub fn federation(&self) -> Result<Federation, Failure> {
        Federation::new(self.app.clone(), self.config.federation()).map_err(|error| {
            Failure::failed(
                format!("Les connexions sécurisées ne fonctionnent pas ({error})."),
                format!("Secure connections do not work ({error})."),
            )
        })
    }

    /// The OpenID provider that is configured, asked through this client; none where there is none.
    ///
    /// # Errors
    /// [`Failure::Misused`] when its settings are wrong.
    pub fn identity_provider(&self, client: &Client) -> Result<Option<Provider>, Failure> {
        let Some(settings) = openid::settings(&self.config)? else { return Ok(None) };
        let mut back = self.app.addresses().base().clone();
        back.set_path(maillage_ui::paths::OPENID_BACK);
        Ok(Some(Provider::new(settings, client.clone(), back)))
    }
}
