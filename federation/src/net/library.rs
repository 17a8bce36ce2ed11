//! The same client in the form that `activitypub_federation` takes.

use super::policy::Rules;
use async_trait::async_trait;
use http::Extensions;
use reqwest::{Request, Response};
use reqwest_middleware::{ClientWithMiddleware, Error, Middleware, Next};

/// What `FederationConfig::builder().client(…)` takes.
pub type ClientForLibrary = ClientWithMiddleware;

/// Judges each URL before it is asked for: IP literals never reach a resolver.
struct UrlCheck(Rules);

#[async_trait]
impl Middleware for UrlCheck {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> Result<Response, Error> {
        self.0.check_url(request.url()).map_err(Error::middleware)?;
        next.run(request, extensions).await
    }
}

/// Puts the check of URLs in front of the filtering client.
pub(super) fn wrap(client: reqwest::Client, rules: Rules) -> ClientForLibrary {
    reqwest_middleware::ClientBuilder::new(client).with(UrlCheck(rules)).build()
}
