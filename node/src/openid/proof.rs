//! What an ID token proves (OpenID Connect Core 1.0, section 3.1.3.7).

use super::Known;
use super::fault::Fault;
use chrono::{DateTime, TimeDelta, Utc};
use maillage_app::ports::Identity;
use openidconnect::core::{CoreIdTokenVerifier, CoreJwsSigningAlgorithm, CoreTokenResponse};
use openidconnect::{AccessTokenHash, Nonce, OAuth2TokenResponse, TokenResponse};

/// Clocks may differ by this much.
const LEEWAY: TimeDelta = TimeDelta::minutes(1);
/// Signatures that are taken: those that only the provider can make. What is made with the client's
/// secret, or not at all, proves nothing here.
const TAKEN: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

fn verifier(client: &Known) -> CoreIdTokenVerifier<'_> {
    let not_from_the_future = |issued: DateTime<Utc>| {
        if issued <= Utc::now() + LEEWAY { Ok(()) } else { Err(format!("issued at {issued}")) }
    };
    client
        .id_token_verifier()
        .set_allowed_algs(TAKEN)
        .set_time_fn(|| Utc::now() - LEEWAY)
        .set_issue_time_verifier_fn(not_from_the_future)
}

/// Who the answer of the token endpoint is about: its ID token is of the provider and for this node, it
/// is signed with a key of the provider, has not expired, repeats the nonce, and belongs to the access
/// token where it says so.
///
/// # Errors
/// [`Fault::UnknownKey`] when the key may be newer than what is known; [`Fault::Unproven`] otherwise.
pub(super) fn identity(client: &Known, answer: &CoreTokenResponse, nonce: &Nonce) -> Result<Identity, Fault> {
    let unproven = |what: &dyn std::fmt::Display| Fault::Unproven(what.to_string());
    let token = answer.id_token().ok_or_else(|| unproven(&"there is no ID token"))?;
    let verifier = verifier(client);
    let claims = token.claims(&verifier, nonce)?;
    if let Some(party) = claims.authorized_party()
        && party != client.client_id()
    {
        return Err(unproven(&"issued to another client"));
    }
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|error| unproven(&error))?;
        let key = token.signing_key(&verifier).map_err(|error| unproven(&error))?;
        let actual = AccessTokenHash::from_token(answer.access_token(), algorithm, key)
            .map_err(|error| unproven(&error))?;
        if actual != *expected {
            return Err(unproven(&"the access token is another one"));
        }
    }
    Ok(Identity {
        issuer: claims.issuer().to_string(),
        subject: claims.subject().to_string(),
        email: claims.email().map(|email| email.to_string()),
        email_verified: claims.email_verified().unwrap_or_default(),
    })
}
