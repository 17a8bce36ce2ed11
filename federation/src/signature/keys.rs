//! RSA keys: our private ones (PKCS#8) and the public ones of peers (SPKI or PKCS#1).

use super::{SignatureError, pem};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize, PublicKey as RsaPublicKey};
use aws_lc_rs::signature::{
    KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaParameters,
};
use std::fmt;
use std::sync::Arc;

/// The smallest RSA modulus believed, in bits.
pub const MIN_MODULUS_BITS: u32 = 2048;
/// The largest RSA modulus worked on, in bits: verifying costs grow with its square.
pub const MAX_MODULUS_BITS: u32 = 8192;

/// An RSA private key of one of our actors. Cheap to clone; never shown by `Debug`.
#[derive(Clone)]
pub struct PrivateKey(Arc<KeyPair>);

impl PrivateKey {
    /// A new RSA-2048 key, the size every fediverse server accepts.
    ///
    /// # Errors
    /// [`SignatureError::Crypto`] when the library cannot make one.
    pub fn generate() -> Result<Self, SignatureError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| SignatureError::Crypto)?;
        Ok(Self(Arc::new(pair)))
    }

    /// Reads an unencrypted PKCS#8 key (`BEGIN PRIVATE KEY`) of 2048 to 8192 bits.
    ///
    /// # Errors
    /// [`SignatureError::Key`]; the message never holds key material.
    pub fn from_pkcs8_pem(text: &str) -> Result<Self, SignatureError> {
        let (label, der) = pem::decode(text)?;
        if label != "PRIVATE KEY" {
            return Err(SignatureError::Key("expected a PKCS#8 private key (BEGIN PRIVATE KEY)".into()));
        }
        let pair = KeyPair::from_pkcs8(&der)
            .map_err(|_| SignatureError::Key("not an RSA private key of 2048 to 8192 bits".into()))?;
        Ok(Self(Arc::new(pair)))
    }

    /// The key as PKCS#8 PEM, for storage only.
    ///
    /// # Errors
    /// [`SignatureError::Crypto`] when the library cannot serialise it.
    pub fn to_pkcs8_pem(&self) -> Result<String, SignatureError> {
        let der: Pkcs8V1Der<'_> = self.0.as_der().map_err(|_| SignatureError::Crypto)?;
        Ok(pem::encode("PRIVATE KEY", der.as_ref()))
    }

    /// The public half as SPKI PEM, the form of an actor's `publicKeyPem`.
    ///
    /// # Errors
    /// [`SignatureError::Crypto`] when the library cannot serialise it.
    pub fn public_key_pem(&self) -> Result<String, SignatureError> {
        let der: PublicKeyX509Der<'_> = self.0.public_key().as_der().map_err(|_| SignatureError::Crypto)?;
        Ok(pem::encode("PUBLIC KEY", der.as_ref()))
    }

    /// The public half, ready to verify.
    ///
    /// # Errors
    /// [`SignatureError::Crypto`] when the library cannot read it back.
    pub fn public_key(&self) -> Result<PublicKey, SignatureError> {
        PublicKey::from_der(self.0.public_key().as_ref())
    }

    /// The RSASSA-PKCS1-v1_5 signature of a message with SHA-256.
    ///
    /// # Errors
    /// [`SignatureError::Crypto`].
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignatureError> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .map_err(|_| SignatureError::Crypto)?;
        Ok(signature)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(…)")
    }
}

/// A peer's RSA public key, parsed once. Cheap to clone, so that a caller can keep it.
#[derive(Clone)]
pub struct PublicKey(Arc<ParsedPublicKey>);

impl PublicKey {
    /// Reads `BEGIN PUBLIC KEY` (SPKI) or `BEGIN RSA PUBLIC KEY` (PKCS#1), 2048 to 8192 bits.
    ///
    /// # Errors
    /// [`SignatureError::Key`] saying what is wrong with it.
    pub fn from_pem(text: &str) -> Result<Self, SignatureError> {
        let (label, der) = pem::decode(text)?;
        match label.as_str() {
            "PUBLIC KEY" | "RSA PUBLIC KEY" => Self::from_der(&der),
            _ => Err(SignatureError::Key("expected a PUBLIC KEY or RSA PUBLIC KEY block".into())),
        }
    }

    /// Reads the DER bytes of an SPKI or PKCS#1 public key.
    fn from_der(der: &[u8]) -> Result<Self, SignatureError> {
        let rejected = |_| SignatureError::Key("not an RSA public key".into());
        let pkcs1 = RsaPublicKey::from_der(der).map_err(rejected)?;
        // The algorithm checks the size at each verification only; here the reason can be told.
        let bits = RsaParameters::public_modulus_len(pkcs1.as_ref())
            .map_err(|_| SignatureError::Key("not an RSA public key".into()))?;
        if !(MIN_MODULUS_BITS..=MAX_MODULUS_BITS).contains(&bits) {
            return Err(SignatureError::Key(format!(
                "RSA key of {bits} bits, only {MIN_MODULUS_BITS} to {MAX_MODULUS_BITS} are accepted"
            )));
        }
        let parsed = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pkcs1.as_ref()).map_err(rejected)?;
        Ok(Self(Arc::new(parsed)))
    }

    /// Whether this is the RSASSA-PKCS1-v1_5 SHA-256 signature of the message by this key.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.verify_sig(message, signature).is_ok()
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_ref().as_ref() == other.0.as_ref().as_ref()
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PublicKey(RSA)")
    }
}
