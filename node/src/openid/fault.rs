//! Why nobody was recognised: for who runs the node, and for who wanted to sign in.

use maillage_app::AppError;
use maillage_domain::message::Message;
use maillage_federation::net::NetError;
use openidconnect::core::CoreErrorResponseType;
use openidconnect::{
    ClaimsVerificationError, ConfigurationError, DiscoveryError, RequestTokenError,
    SignatureVerificationError, StandardErrorResponse, UserInfoError,
};
use std::error::Error;

/// Why nobody was recognised.
pub(super) enum Fault {
    /// The provider was not reached.
    Net(NetError),
    /// It answers what cannot be used.
    Unusable(String),
    /// It refuses this node: client id, secret or address of return.
    Refused(String),
    /// It does not take the code: too old, used already, or not one of its own.
    Code,
    /// The ID token is signed with a key that is not known.
    UnknownKey,
    /// The ID token does not prove what it says.
    Unproven(String),
}

/// An error with all that is inside, on one line.
fn in_full(error: &(dyn Error + 'static)) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        said = format!("{said}: {inner}");
        cause = inner.source();
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Fault {
    /// The reason, for who runs the node.
    pub fn reason(&self) -> Message {
        let unproven = |what: &str| {
            Message::new(
                format!("le jeton d'identité n'est pas valable : {what}"),
                format!("the ID token is not valid: {what}"),
            )
        };
        match self {
            Self::Net(error) => error.reason(),
            Self::Unusable(said) => {
                Message::new(format!("réponse inutilisable : {said}"), format!("unusable answer: {said}"))
            }
            Self::Refused(said) => Message::new(
                format!("le fournisseur refuse ce nœud : {said}"),
                format!("the provider refuses this node: {said}"),
            ),
            Self::Code => {
                Message::new("le fournisseur ne reconnaît pas le code", "the provider does not take the code")
            }
            Self::UnknownKey => unproven("unknown key"),
            Self::Unproven(what) => unproven(what),
        }
    }

    /// What is told to who wanted to sign in at the provider of this name.
    pub fn told(&self, name: &str) -> AppError {
        match self {
            Self::Net(_) | Self::Unusable(_) | Self::Refused(_) => AppError::Remote(Message::new(
                format!(
                    "{name} ne répond pas comme il faut. Recommencez dans un instant, ou connectez-vous avec votre mot de passe."
                ),
                format!(
                    "{name} does not answer as it should. Try again in a moment, or sign in with your password."
                ),
            )),
            Self::Code | Self::UnknownKey | Self::Unproven(_) => AppError::Unauthenticated(Message::new(
                format!("Ce que dit {name} ne prouve pas qui vous êtes : recommencez."),
                format!("What {name} says does not prove who you are: begin again."),
            )),
        }
    }
}

impl From<DiscoveryError<NetError>> for Fault {
    fn from(error: DiscoveryError<NetError>) -> Self {
        match error {
            DiscoveryError::Request(error) => Self::Net(error),
            error => Self::Unusable(in_full(&error)),
        }
    }
}

impl From<RequestTokenError<NetError, StandardErrorResponse<CoreErrorResponseType>>> for Fault {
    fn from(error: RequestTokenError<NetError, StandardErrorResponse<CoreErrorResponseType>>) -> Self {
        match error {
            RequestTokenError::Request(error) => Self::Net(error),
            RequestTokenError::ServerResponse(said) => match said.error() {
                CoreErrorResponseType::InvalidGrant => Self::Code,
                _ => Self::Refused(said.to_string()),
            },
            error => Self::Unusable(in_full(&error)),
        }
    }
}

impl From<UserInfoError<NetError>> for Fault {
    fn from(error: UserInfoError<NetError>) -> Self {
        match error {
            UserInfoError::Request(error) => Self::Net(error),
            UserInfoError::ClaimsVerification(error) => Self::from(error),
            error => Self::Unusable(in_full(&error)),
        }
    }
}

impl From<ConfigurationError> for Fault {
    fn from(error: ConfigurationError) -> Self {
        Self::Unusable(error.to_string())
    }
}

impl From<ClaimsVerificationError> for Fault {
    fn from(error: ClaimsVerificationError) -> Self {
        match error {
            ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
                Self::UnknownKey
            }
            error => Self::Unproven(in_full(&error)),
        }
    }
}
