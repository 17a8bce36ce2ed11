//! What the routes and the workers of the federation hold.

use crate::context::{Context, Federation, FederationSettings};
use activitypub_federation::config::FederationConfig;
use maillage_app::{App, AppError};

/// The federation with the library's configuration around it. Cheap to clone.
#[derive(Clone)]
pub struct Face {
    federation: Federation,
    library: FederationConfig<Federation>,
}

impl Face {
    /// The face of a node with these use cases.
    ///
    /// # Errors
    /// [`AppError::Internal`] when TLS cannot be set up.
    pub async fn new(app: App, settings: FederationSettings) -> Result<Self, AppError> {
        Self::around(Federation::new(app, settings).map_err(AppError::internal)?, settings).await
    }

    /// The face around a federation.
    pub(crate) async fn around(
        federation: Federation,
        settings: FederationSettings,
    ) -> Result<Self, AppError> {
        let library = federation.library(settings).await?;
        Ok(Self { federation, library })
    }

    /// The federation, which also finds and fetches for the use cases.
    #[must_use]
    pub fn federation(&self) -> &Federation {
        &self.federation
    }

    /// The use cases.
    #[must_use]
    pub fn app(&self) -> &App {
        self.federation.app()
    }

    /// A context for one piece of work, in the form of the library's traits.
    #[must_use]
    pub fn context(&self) -> Context {
        self.library.to_request_data()
    }
}
