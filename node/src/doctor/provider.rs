//! Whether the OpenID provider answers, where one is configured.

use super::finding::Finding;
use crate::node::Node;

/// Asks the provider for its document and its keys.
pub async fn check(node: &Node) -> Option<Finding> {
    let provider = match node.federation().map(|federation| node.identity_provider(federation.client())) {
        Ok(Ok(None)) => return None,
        Ok(Ok(Some(provider))) => provider,
        Ok(Err(failure)) | Err(failure) => return Some(Finding::of_failure("openid", &failure)),
    };
    let issuer = node.config.openid.issuer.trim();
    Some(match provider.test().await {
        Ok(()) => Finding::good("openid", format!("{issuer} répond"), format!("{issuer} answers")),
        Err(reason) => Finding::problem(
            "openid",
            format!(
                "{issuer} ne répond pas comme un fournisseur OpenID ({}) : vérifiez openid.issuer, écrit comme le fournisseur l'écrit lui-même.",
                reason.fr
            ),
            format!(
                "{issuer} does not answer as an OpenID provider ({}): check openid.issuer, written as the provider itself writes it.",
                reason.en
            ),
        ),
    })
}
