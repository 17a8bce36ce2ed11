//! Signing in through an OpenID provider (OpenID Connect Core 1.0, authorization code flow with PKCE):
//! the provider that the configuration names, asked through the guarded client.

mod fault;
mod proof;
mod settings;

pub use settings::{Settings, settings};

use async_trait::async_trait;
use fault::Fault;
use maillage_app::AppError;
use maillage_app::ports::{Departure, Identity, IdentityProvider};
use maillage_domain::message::Message;
use maillage_federation::net::{Client, NetError};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreProviderMetadata};
use openidconnect::core::{CoreTokenResponse, CoreUserInfoClaims};
use openidconnect::http;
use openidconnect::{
    AuthType, AuthorizationCode, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use url::Url;

/// How long the provider's document and keys are kept.
const KEPT: Duration = Duration::from_secs(60 * 60);

/// The client of a provider whose document is known.
type Known = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The configured provider.
pub struct Provider {
    settings: Settings,
    client: Client,
    back: RedirectUrl,
    document: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

/// One request of the library, through the guarded client.
async fn ask(client: Client, request: HttpRequest) -> Result<HttpResponse, NetError> {
    let impossible = |error: &dyn std::fmt::Display| NetError::Request(error.to_string());
    let url = Url::parse(&request.uri().to_string()).map_err(|error| impossible(&error))?;
    let mut headers = Vec::new();
    for (name, value) in request.headers() {
        let value = value.to_str().map_err(|error| impossible(&error))?;
        headers.push((name.to_string(), value.to_owned()));
    }
    let answer = if request.method() == http::Method::GET {
        client.get(&url, &headers).await?
    } else {
        client.exchange(&url, &headers, request.into_body().into()).await?
    };
    let mut response = http::Response::builder().status(answer.status);
    if let Some(headers) = response.headers_mut() {
        *headers = answer.headers;
    }
    response.body(answer.body.to_vec()).map_err(|error| impossible(&error))
}

impl Provider {
    /// The provider of these settings; `back` is where people come back to.
    pub fn new(settings: Settings, client: Client, back: Url) -> Self {
        Self { settings, client, back: RedirectUrl::from_url(back), document: Mutex::default() }
    }

    /// What the provider says of itself (OpenID Connect Discovery 1.0), with its keys; kept for an hour.
    /// Whoever comes while it is being fetched waits for the one answer.
    async fn document(&self) -> Result<CoreProviderMetadata, Fault> {
        let mut kept = self.document.lock().await;
        if let Some((since, document)) = kept.as_ref()
            && since.elapsed() < KEPT
        {
            return Ok(document.clone());
        }
        let through = |request| ask(self.client.clone(), request);
        let document = CoreProviderMetadata::discover_async(self.settings.issuer.clone(), &through).await?;
        // People are sent there: it has to be an address that this node would ask too.
        if !self.client.may_ask(document.authorization_endpoint().url()) {
            let address = document.authorization_endpoint().to_string();
            return Err(Fault::Unusable(format!("authorization_endpoint {address}")));
        }
        *kept = Some((Instant::now(), document.clone()));
        Ok(document)
    }

    /// The same fetched anew: the provider has a key that was not known.
    async fn document_anew(&self) -> Result<CoreProviderMetadata, Fault> {
        *self.document.lock().await = None;
        self.document().await
    }

    /// Whether the provider answers and says what is needed; the reason where it does not.
    ///
    /// # Errors
    /// The reason, for who runs the node.
    pub async fn test(&self) -> Result<(), Message> {
        self.document().await.map(drop).map_err(|fault| fault.reason())
    }

    fn known(&self, document: CoreProviderMetadata) -> Known {
        let (id, secret) = (self.settings.client_id.clone(), self.settings.client_secret.clone());
        // What is not said is basic authentication (Discovery 1.0, section 3).
        let methods = document.token_endpoint_auth_methods_supported();
        let can = |method: CoreClientAuthMethod| methods.is_none_or(|known| known.contains(&method));
        let posts =
            !can(CoreClientAuthMethod::ClientSecretBasic) && can(CoreClientAuthMethod::ClientSecretPost);
        let auth = if posts { AuthType::RequestBody } else { AuthType::BasicAuth };
        CoreClient::from_provider_metadata(document, id, Some(secret))
            .set_redirect_uri(self.back.clone())
            .set_auth_type(auth)
    }

    async fn departure(&self) -> Result<Departure, Fault> {
        let client = self.known(self.document().await?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(self.settings.scopes.iter().cloned())
            .set_pkce_challenge(challenge)
            .url();
        Ok(Departure {
            address,
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        })
    }

    async fn identity(&self, code: &str, nonce: &str, verifier: &str) -> Result<Identity, Fault> {
        let mut client = self.known(self.document().await?);
        let through = |request| ask(self.client.clone(), request);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
            .request_async(&through)
            .await?;
        let nonce = Nonce::new(nonce.to_owned());
        let mut read = proof::identity(&client, &answer, &nonce);
        if matches!(read, Err(Fault::UnknownKey)) {
            client = self.known(self.document_anew().await?);
            read = proof::identity(&client, &answer, &nonce);
        }
        let identity = read?;
        if identity.email.is_some() {
            Ok(identity)
        } else {
            self.with_address(&client, &answer, identity).await
        }
    }

    /// Asks for the e-mail address where the token does not hold it (Core 1.0, section 5.3).
    async fn with_address(
        &self,
        client: &Known,
        answer: &CoreTokenResponse,
        identity: Identity,
    ) -> Result<Identity, Fault> {
        if client.user_info_url().is_none() {
            return Ok(identity);
        }
        let subject = openidconnect::SubjectIdentifier::new(identity.subject.clone());
        let through = |request| ask(self.client.clone(), request);
        let said: CoreUserInfoClaims =
            client.user_info(answer.access_token().clone(), Some(subject))?.request_async(&through).await?;
        Ok(Identity {
            email: said.email().map(|email| email.to_string()),
            email_verified: said.email_verified().unwrap_or_default(),
            ..identity
        })
    }

    /// What is told to who signs in; the log says more.
    fn told(&self, fault: &Fault) -> AppError {
        tracing::warn!(reason = %fault.reason().en, "signing in through the identity provider failed");
        fault.told(&self.settings.name)
    }
}

#[async_trait]
impl IdentityProvider for Provider {
    fn name(&self) -> &str {
        &self.settings.name
    }

    fn name_of(&self, issuer: &str) -> Option<&str> {
        (issuer == self.settings.issuer.as_str()).then_some(self.settings.name.as_str())
    }

    async fn begin(&self) -> Result<Departure, AppError> {
        self.departure().await.map_err(|fault| self.told(&fault))
    }

    async fn finish(&self, code: &str, nonce: &str, verifier: &str) -> Result<Identity, AppError> {
        self.identity(code, nonce, verifier).await.map_err(|fault| self.told(&fault))
    }
}
