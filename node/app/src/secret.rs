//! Random tokens, their hashes, passwords and key pairs.

use crate::error::AppError;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand::RngCore;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;
use tokio::sync::Semaphore;

/// A random token of 256 bits, URL-safe.
#[must_use]
pub fn token() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A code that a person types once: 4 groups of 4 letters and digits that are hard to confuse (80 bits).
#[must_use]
pub fn spoken_code() -> String {
    const SIGNS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz0";
    let mut bytes = [0u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    let signs: Vec<u8> = bytes.iter().map(|b| SIGNS[usize::from(b % 32)]).collect();
    signs.chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join("-")
}

/// SHA-256 in hexadecimal: what is kept of a token, and of contents that are compared.
#[must_use]
pub fn digest(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Hashing passwords takes 19 MiB and tens of milliseconds each: two at a time.
fn turns() -> &'static Semaphore {
    static TURNS: OnceLock<Semaphore> = OnceLock::new();
    TURNS.get_or_init(|| Semaphore::new(2))
}

fn argon2() -> Argon2<'static> {
    // OWASP's first recommendation for argon2id, which is also the crate's default.
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// The argon2id hash of a password, in PHC form.
///
/// # Errors
/// [`AppError::Internal`].
pub async fn hash_password(password: String) -> Result<String, AppError> {
    let _turn = turns().acquire().await.map_err(AppError::internal)?;
    let hashed = tokio::task::spawn_blocking(move || {
        argon2().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    hashed.await.map_err(AppError::internal)?.map_err(|e| AppError::internal(e.to_string()))
}

/// Whether the password is the one of this hash. Without a hash the same work is done in vain, so
/// that the answer takes as long whether the account exists or not.
///
/// # Errors
/// [`AppError::Internal`].
pub async fn verify_password(password: String, hash: Option<String>) -> Result<bool, AppError> {
    let _turn = turns().acquire().await.map_err(AppError::internal)?;
    let verified = tokio::task::spawn_blocking(move || match hash {
        Some(hash) => PasswordHash::new(&hash)
            .is_ok_and(|parsed| argon2().verify_password(password.as_bytes(), &parsed).is_ok()),
        None => {
            let _ = argon2().hash_password(password.as_bytes());
            false
        }
    });
    verified.await.map_err(AppError::internal)
}

/// A new RSA-2048 key pair: PKCS#8 and SubjectPublicKeyInfo, both PEM. Made off the async threads:
/// it takes a good part of a second.
///
/// # Errors
/// [`AppError::Internal`].
pub async fn key_pair() -> Result<(String, String), AppError> {
    tokio::task::spawn_blocking(new_key_pair).await.map_err(AppError::internal)?
}

fn new_key_pair() -> Result<(String, String), AppError> {
    let pair =
        KeyPair::generate(KeySize::Rsa2048).map_err(|_| AppError::internal("no RSA key could be made"))?;
    let private: Pkcs8V1Der<'_> =
        pair.as_der().map_err(|_| AppError::internal("the RSA key has no DER form"))?;
    let public: PublicKeyX509Der<'_> =
        pair.public_key().as_der().map_err(|_| AppError::internal("the RSA key has no DER form"))?;
    Ok((pem("PRIVATE KEY", private.as_ref()), pem("PUBLIC KEY", public.as_ref())))
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n");
    format!("-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_is_accepted() {
        let hash = hash_password("mot de passe".into()).await.expect("hash");
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_password("mot de passe".into(), Some(hash.clone())).await.expect("verify"));
        assert!(!verify_password("Mot de passe".into(), Some(hash)).await.expect("verify"));
        assert!(!verify_password("mot de passe".into(), None).await.expect("verify"));
    }

    #[test]
    fn tokens_and_keys_are_what_they_say() {
        assert_ne!(token(), token());
        assert_eq!(spoken_code().len(), 19);
        assert_eq!(digest("abc").len(), 64);
        assert!(digest("abc").starts_with("ba7816bf"));
        let (private, public) = new_key_pair().expect("keys");
        assert!(
            private.starts_with("-----BEGIN PRIVATE KEY-----\n")
                && public.ends_with("-----END PUBLIC KEY-----\n")
        );
    }
}
