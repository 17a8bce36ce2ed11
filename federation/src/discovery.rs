//! Finding actors by address (WebFinger, RFC 7033) and documents for imports.

use crate::context::Federation;
use crate::fetch::FetchError;
use crate::net::{Fetch, FetchBudget, NetError};
use crate::objects::remote_actor;
use async_trait::async_trait;
use maillage_app::AppError;
use maillage_app::inbound::RemoteActor;
use maillage_app::ports::{Discovery, Fetched, Fetcher};
use maillage_domain::message::Message;
use maillage_domain::subscription::Handle;
use serde_json::Value;
use url::Url;

/// A feed or file fetched for an import, at most, in bytes.
const IMPORT_BYTES: usize = 10 * 1024 * 1024;

#[async_trait]
impl Discovery for Federation {
    async fn discover(&self, handle: &Handle) -> Result<RemoteActor, AppError> {
        let budget = FetchBudget::new();
        let actor = self.actor_address(handle, &budget).await?;
        let document = match self.fetch_object(&actor, &budget).await {
            Err(FetchError::App(error)) => return Err(error),
            found => found.map_err(|error| Miss::of(error).in_an_answer().told(handle))?,
        };
        remote_actor::read(&document, None)
            .map_err(|reason| Miss::NoActor(Message::new(&reason, &reason)).told(handle))
    }
}

/// Why an address leads to no actor.
enum Miss {
    /// The server is blocked here.
    Blocked,
    /// This node does not ask such an address.
    Refused(Message),
    /// Its server does not answer, or not now.
    Silent(Message),
    /// Its server says that there is nobody of this name.
    Nobody,
    /// What it answers is no actor that could be followed.
    NoActor(Message),
}

impl Miss {
    fn of(error: FetchError) -> Self {
        match error {
            FetchError::Net(NetError::Blocked(_)) => Self::Blocked,
            FetchError::Net(error) if error.is_refusal() => Self::Refused(error.reason()),
            FetchError::Net(NetError::Status(404)) => Self::Nobody,
            error if error.is_gone() => Self::Nobody,
            FetchError::Net(
                error @ (NetError::ContentType(_) | NetError::Json(_) | NetError::TooLarge(_)),
            ) => Self::NoActor(error.reason()),
            FetchError::Wrong(reason) => Self::NoActor(Message::new(&reason, &reason)),
            FetchError::Net(error) => Self::Silent(error.reason()),
            error => Self::Silent(Message::new(error.to_string(), error.to_string())),
        }
    }

    /// The same of an address that its server has answered: one that may not be asked is no actor's.
    fn in_an_answer(self) -> Self {
        match self {
            Self::Refused(reason) => Self::NoActor(reason),
            other => other,
        }
    }

    /// The same where the address itself may be asked: then it is its server that leads elsewhere, and no
    /// setting of ours is to be changed for it.
    fn unless(self, may_be_asked: bool) -> Self {
        match self {
            Self::Refused(reason) if may_be_asked => Self::Silent(reason),
            other => other,
        }
    }

    /// What to tell the user.
    fn told(&self, handle: &Handle) -> AppError {
        match self {
            Self::Blocked => AppError::conflict(
                format!("Le serveur de {handle} est bloqué sur ce nœud."),
                format!("The server of {handle} is blocked on this node."),
            ),
            Self::Refused(reason) => {
                let advice = NetError::refusal_advice();
                AppError::Remote(Message::new(
                    format!("{handle} ne peut pas être joint ({}). {}", reason.fr, advice.fr),
                    format!("{handle} cannot be asked ({}). {}", reason.en, advice.en),
                ))
            }
            Self::Silent(reason) => AppError::Remote(Message::new(
                format!(
                    "Le serveur de {handle} ne répond pas ({}). Vérifiez l'adresse, ou recommencez plus tard.",
                    reason.fr
                ),
                format!(
                    "The server of {handle} does not answer ({}). Check the address, or try again later.",
                    reason.en
                ),
            )),
            Self::Nobody => AppError::Remote(Message::new(
                format!("Le serveur de {handle} ne connaît personne de ce nom. Vérifiez l'adresse."),
                format!("The server of {handle} knows nobody of this name. Check the address."),
            )),
            Self::NoActor(reason) => AppError::Remote(Message::new(
                format!(
                    "{handle} ne peut pas être suivi : la réponse de son serveur n'est pas celle d'un acteur ActivityPub ({}).",
                    reason.fr
                ),
                format!(
                    "{handle} cannot be followed: what its server answers is no ActivityPub actor ({}).",
                    reason.en
                ),
            )),
        }
    }
}

impl Federation {
    /// The id of the actor that a host says an address stands for.
    async fn actor_address(&self, handle: &Handle, budget: &FetchBudget) -> Result<Url, AppError> {
        // A node on a test network is reached as we are; everything else by https alone.
        let open = self.app().addresses().base().scheme() == "http";
        let schemes: &[&str] = if open { &["http", "https"] } else { &["https"] };
        let mut miss = Miss::Nobody;
        for scheme in schemes {
            let address = format!(
                "{scheme}://{}/.well-known/webfinger?resource=acct:{}@{}",
                handle.host, handle.name, handle.host
            );
            let url = Url::parse(&address).map_err(AppError::internal)?;
            let fetch = Fetch::new(&url)
                .header("accept", "application/jrd+json, application/json")
                .within(budget)
                .gated_by(self);
            miss = match self.client().fetch(fetch).await {
                Ok(answer) if answer.is_success() => match link_to_actor(&answer.body) {
                    Some(actor) => return Ok(actor),
                    None => Miss::NoActor(Message::new("WebFinger", "WebFinger")),
                },
                Ok(answer) => Miss::of(FetchError::Net(NetError::Status(answer.status))),
                Err(error) => Miss::of(FetchError::Net(error)).unless(self.client().may_ask(&url)),
            };
            if !matches!(miss, Miss::Silent(_) | Miss::Refused(_)) {
                break;
            }
        }
        Err(miss.told(handle))
    }
}

/// The `self` link of a WebFinger answer that is an ActivityPub document.
pub(crate) fn link_to_actor(body: &[u8]) -> Option<Url> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let links = value.get("links")?.as_array()?;
    let is_actor = |link: &&Value| {
        let kind = link.get("type").and_then(Value::as_str).unwrap_or_default();
        link.get("rel").and_then(Value::as_str) == Some("self")
            && (kind.starts_with("application/activity+json") || kind.starts_with("application/ld+json"))
    };
    Url::parse(links.iter().find(is_actor)?.get("href")?.as_str()?).ok()
}

#[async_trait]
impl Fetcher for Federation {
    async fn fetch(&self, url: &Url) -> Result<Fetched, AppError> {
        let unreachable = |error: &NetError| {
            let (reason, advice) = (error.reason(), NetError::refusal_advice());
            // Where its server leads elsewhere, no setting of ours is to be changed for it.
            let (fr, en) = if error.is_refusal() && !self.client().may_ask(url) {
                (advice.fr.as_str(), advice.en.as_str())
            } else {
                (
                    "Ouvrez cette adresse dans un navigateur pour vérifier.",
                    "Open this address in a browser to check.",
                )
            };
            AppError::Remote(Message::new(
                format!("{url} ne se laisse pas lire ({}). {fr}", reason.fr),
                format!("{url} cannot be read ({}). {en}", reason.en),
            ))
        };
        let asked = self.client().fetch(Fetch::new(url).at_most(IMPORT_BYTES)).await;
        let answer = asked.map_err(|error| unreachable(&error))?;
        if !answer.is_success() {
            return Err(unreachable(&NetError::Status(answer.status)));
        }
        let content_type =
            answer.headers.get("content-type").and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok(Fetched { body: answer.body.to_vec(), content_type, url: answer.final_url })
    }
}
