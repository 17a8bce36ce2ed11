//! RSA keys and signatures (RSASSA-PKCS1-v1_5 with SHA-256), by the `rsa` crate.

use anyhow::{Context, Result};
use rsa::pkcs1::{DecodeRsaPrivateKey, DecodeRsaPublicKey, EncodeRsaPublicKey, LineEnding};
use rsa::pkcs8::{DecodePublicKey, EncodePublicKey};
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, RsaPrivateKey, RsaPublicKey};
use sha2::{Digest, Sha256};

/// A private key.
#[derive(Clone, Debug)]
pub struct Key(RsaPrivateKey);

impl Key {
    /// A new key of 2048 bits.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn generate() -> Result<Self> {
        Ok(Self(RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).context("an RSA key")?))
    }

    /// The key of a PKCS#1 PEM (`BEGIN RSA PRIVATE KEY`).
    ///
    /// # Errors
    /// When it is none.
    pub fn from_pkcs1_pem(pem: &str) -> Result<Self> {
        Ok(Self(RsaPrivateKey::from_pkcs1_pem(pem).context("a PKCS#1 private key")?))
    }

    /// The bytes of a signature of this text.
    ///
    /// # Errors
    /// When the key is too small for it.
    pub fn sign(&self, text: &str) -> Result<Vec<u8>> {
        let scheme = Pkcs1v15Sign::new::<Sha256>();
        self.0.sign(scheme, &Sha256::digest(text.as_bytes())).context("a signature")
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.to_public_key())
    }
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(RsaPublicKey);

impl PublicKey {
    /// The key of a PEM of either form.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_pem(pem: &str) -> Result<Self> {
        let key = if pem.contains("BEGIN RSA PUBLIC KEY") {
            RsaPublicKey::from_pkcs1_pem(pem).context("a PKCS#1 public key")?
        } else {
            RsaPublicKey::from_public_key_pem(pem).context("a public key")?
        };
        Ok(Self(key))
    }

    /// `BEGIN PUBLIC KEY` (SubjectPublicKeyInfo), as most servers write it.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn to_spki_pem(&self) -> Result<String> {
        self.0.to_public_key_pem(LineEnding::LF).context("a public key")
    }

    /// `BEGIN RSA PUBLIC KEY` (PKCS#1), as some write it.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn to_pkcs1_pem(&self) -> Result<String> {
        self.0.to_pkcs1_pem(LineEnding::LF).context("a PKCS#1 public key")
    }

    /// Modulus and exponent, as JSON Web Keys hold them (RFC 7518, section 6.3.1).
    #[must_use]
    pub fn numbers(&self) -> (Vec<u8>, Vec<u8>) {
        (self.0.n().to_bytes_be(), self.0.e().to_bytes_be())
    }

    /// Whether this is a signature of the text by this key.
    #[must_use]
    pub fn verifies(&self, text: &str, signature: &[u8]) -> bool {
        let scheme = Pkcs1v15Sign::new::<Sha256>();
        self.0.verify(scheme, &Sha256::digest(text.as_bytes()), signature).is_ok()
    }
}
