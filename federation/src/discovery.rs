//! Finding actors by address (WebFinger, RFC 7033) and documents for imports.

use crate::context::{Federation, FetchError};
use crate::net::{Fetch, FetchBudget, NetError};
use crate::objects::remote_actor;
use async_trait::async_trait;
use maillage_app::AppError;
use maillage_app::inbound::RemoteActor;
use maillage_app::ports::{Discovery, Fetched, Fetcher};
use maillage_domain::message::Message;
use maillage_domain::subscription::Handle;
use serde_json::Value;
use std::error::Error;
use url::Url;

/// A feed or file fetched for an import, at most, in bytes.
const IMPORT_BYTES: usize = 10 * 1024 * 1024;

#[async_trait]
impl Discovery for Federation {
    async fn discover(&self, handle: &Handle) -> Result<RemoteActor, AppError> {
        if self.app().is_blocked(&handle.host).await? {
            return Err(AppError::conflict(
                "Ce serveur est bloqué sur ce nœud.",
                "This server is blocked on this node.",
            ));
        }
        let budget = FetchBudget::new();
        let actor = self.actor_address(handle, &budget).await?;
        let document = self.fetch_object(&actor, &budget).await.map_err(|error| not_found(handle, &error))?;
        remote_actor::read(&document).map_err(|reason| not_found(handle, &FetchError::Wrong(reason)))
    }
}

impl Federation {
    /// The id of the actor that a host says an address stands for.
    async fn actor_address(&self, handle: &Handle, budget: &FetchBudget) -> Result<Url, AppError> {
        let scheme = self.app().addresses().base().scheme().to_owned();
        // A node on a test network is reached as we are; everything else by https alone.
        let schemes: &[&str] = if scheme == "http" { &["http", "https"] } else { &["https"] };
        let mut last = NetError::Status(404);
        for scheme in schemes {
            let address = format!(
                "{scheme}://{}/.well-known/webfinger?resource=acct:{}@{}",
                handle.host, handle.name, handle.host
            );
            let url = Url::parse(&address).map_err(AppError::internal)?;
            let fetch =
                Fetch::new(&url).header("accept", "application/jrd+json, application/json").within(budget);
            match self.client().fetch(fetch).await {
                Ok(answer) if answer.is_success() => {
                    return link_to_actor(&answer.body)
                        .ok_or_else(|| not_found(handle, &FetchError::Wrong("no link to an actor".into())));
                }
                Ok(answer) => last = NetError::Status(answer.status),
                Err(error) => last = error,
            }
        }
        Err(not_found(handle, &FetchError::Net(last)))
    }
}

/// The `self` link of a WebFinger answer that is an ActivityPub document.
fn link_to_actor(body: &[u8]) -> Option<Url> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let links = value.get("links")?.as_array()?;
    let is_actor = |link: &&Value| {
        let kind = link.get("type").and_then(Value::as_str).unwrap_or_default();
        link.get("rel").and_then(Value::as_str) == Some("self")
            && (kind.starts_with("application/activity+json") || kind.starts_with("application/ld+json"))
    };
    Url::parse(links.iter().find(is_actor)?.get("href")?.as_str()?).ok()
}

fn not_found(handle: &Handle, error: &dyn Error) -> AppError {
    AppError::Remote(Message::new(
        format!("{handle} ne répond pas ({error}). Vérifiez l'adresse et que ce serveur est en marche."),
        format!("{handle} does not answer ({error}). Check the address and that this server is running."),
    ))
}

#[async_trait]
impl Fetcher for Federation {
    async fn fetch(&self, url: &Url) -> Result<Fetched, AppError> {
        let unreachable = |reason: String| {
            AppError::Remote(Message::new(
                format!(
                    "{url} ne se laisse pas lire ({reason}). Ouvrez cette adresse dans un navigateur pour vérifier."
                ),
                format!("{url} cannot be read ({reason}). Open this address in a browser to check."),
            ))
        };
        let answer = self
            .client()
            .fetch(Fetch::new(url).at_most(IMPORT_BYTES))
            .await
            .map_err(|error| unreachable(error.to_string()))?;
        if !answer.is_success() {
            return Err(unreachable(format!("HTTP {}", answer.status)));
        }
        let content_type =
            answer.headers.get("content-type").and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok(Fetched { body: answer.body.to_vec(), content_type, url: answer.final_url })
    }
}
