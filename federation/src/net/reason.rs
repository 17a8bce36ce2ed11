//! Why a request got no usable answer, in words for people.

use super::{NetError, UrlFault};
use maillage_domain::message::Message;

impl NetError {
    /// Whether the address itself is one that this node does not ask.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            NetError::RefusedScheme(_)
                | NetError::RefusedUrl(_)
                | NetError::RefusedName(_)
                | NetError::RefusedAddress(_)
        )
    }

    /// The reason, in a few words that fit between brackets. What the network itself has said stays as it
    /// is, in the program's language.
    #[must_use]
    pub fn reason(&self) -> Message {
        let (fr, en) = match self {
            NetError::RefusedScheme(scheme) => {
                (format!("{scheme} au lieu de https"), format!("{scheme} instead of https"))
            }
            NetError::RefusedUrl(UrlFault::Port) => ("port autre que 443".into(), UrlFault::Port.to_string()),
            NetError::RefusedUrl(UrlFault::Credentials) => {
                ("mot de passe dans l'adresse".into(), UrlFault::Credentials.to_string())
            }
            NetError::RefusedUrl(UrlFault::NoHost) => {
                ("pas de nom de serveur".into(), UrlFault::NoHost.to_string())
            }
            NetError::RefusedName(name) => (
                format!("{name} est un nom du réseau local"),
                format!("{name} is a name of the local network"),
            ),
            NetError::RefusedAddress(ip) => {
                (format!("{ip} n'est pas une adresse publique"), format!("{ip} is no public address"))
            }
            NetError::Dns(_) => ("ce nom ne se résout pas".into(), "the name does not resolve".into()),
            NetError::Connect(said) if said.contains("refused") => {
                ("connexion refusée".into(), "connection refused".into())
            }
            NetError::Connect(said) => {
                (format!("pas de connexion : {said}"), format!("no connection: {said}"))
            }
            NetError::Tls(said) => {
                (format!("certificat ou TLS : {said}"), format!("certificate or TLS: {said}"))
            }
            NetError::Timeout => ("pas de réponse à temps".into(), "no answer in time".into()),
            NetError::Protocol(said) => {
                (format!("réponse interrompue : {said}"), format!("broken answer: {said}"))
            }
            NetError::TooLarge(bytes) => (
                format!("réponse de plus de {bytes} octets"),
                format!("an answer of more than {bytes} bytes"),
            ),
            NetError::Encoding(said) => {
                (format!("compression illisible : {said}"), format!("unreadable compression: {said}"))
            }
            NetError::TooManyRedirects => ("trop de redirections".into(), "too many redirects".into()),
            NetError::BadRedirect => {
                ("redirection sans adresse valable".into(), "a redirect to no address".into())
            }
            NetError::Budget => {
                ("trop de requêtes l'une après l'autre".into(), "too many requests in a row".into())
            }
            NetError::Status(status) => (format!("réponse {status}"), format!("answered {status}")),
            NetError::ContentType(kind) => {
                (format!("type de contenu « {kind} »"), format!("content type “{kind}”"))
            }
            NetError::Json(said) => {
                (format!("JSON inutilisable : {said}"), format!("not usable JSON: {said}"))
            }
            NetError::Blocked(host) => (format!("{host} est bloqué"), format!("{host} is blocked")),
            NetError::Unjudged(_) | NetError::Request(_) => {
                ("la requête n'a pas pu être faite".into(), "the request could not be made".into())
            }
        };
        Message { fr, en }
    }

    /// What to do about an address that this node does not ask.
    #[must_use]
    pub fn refusal_advice() -> Message {
        Message::new(
            "Ce nœud ne s'adresse qu'à des adresses publiques, en https sur le port 443. Sur un réseau d'essai, mettez `allow_private_networks = true` sous [federation] dans maillage.toml, puis relancez le nœud.",
            "This node asks public addresses alone, by https on port 443. On a test network, set `allow_private_networks = true` under [federation] in maillage.toml, then start the node again.",
        )
    }
}
