//! The pieces of work that others are compared with: one signature, one verification, one commit.

use crate::processor::{each, time_of, time_of_thread};
use anyhow::{Result, anyhow};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use maillage_store::testing::TestDatabase;
use maillage_store::{Limits, Store, StoreError};

/// A signing text of the usual length.
const TEXT: &[u8] = b"(request-target): post /inbox\nhost: mef58.example.fr\ndate: Tue, 03 Mar 2026 13:00:00 GMT\ndigest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=";
/// Repetitions of signatures and verifications.
const SIGNATURES: usize = 2_000;
const VERIFICATIONS: usize = 40_000;
/// Repetitions of commits.
const COMMITS: usize = 3_000;

/// Microseconds of processor time of one RSA-2048 signature and of one verification, by aws-lc-rs.
///
/// # Errors
/// When no key can be made.
pub fn signature_and_verification() -> Result<(f64, f64)> {
    let wrong = |_| anyhow!("aws-lc-rs refused");
    let pair = KeyPair::generate(KeySize::Rsa2048).map_err(wrong)?;
    let random = SystemRandom::new();
    let mut signature = vec![0; pair.public_modulus_len()];
    let before = time_of_thread()?;
    for _ in 0..SIGNATURES {
        pair.sign(&RSA_PKCS1_SHA256, &random, TEXT, &mut signature).map_err(wrong)?;
    }
    let signed = time_of_thread()? - before;
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key().as_ref().to_vec());
    let before = time_of_thread()?;
    for _ in 0..VERIFICATIONS {
        key.verify(TEXT, &signature).map_err(wrong)?;
    }
    let verified = time_of_thread()? - before;
    Ok((each(signed, SIGNATURES), each(verified, VERIFICATIONS)))
}

/// Microseconds of processor time of one small transaction on SQLite, durable when it is answered:
/// through the product's own writer, one at a time.
///
/// # Errors
/// Those of the database.
pub async fn commit() -> Result<f64> {
    let database = TestDatabase::sqlite();
    let (_reader, _system, writer) = Store::open(&database.location(), &Limits::default())?;
    let own = std::process::id();
    let before = time_of(own)?;
    for at in 0..COMMITS {
        let uri = format!("https://peer.example/activities/{at}");
        writer
            .run(move |tx| -> Result<bool, StoreError> {
                tx.note_received(&uri, "https://peer.example/actor", 1)
            })
            .await?;
    }
    let spent = time_of(own)? - before;
    writer.close().await;
    Ok(each(spent, COMMITS))
}
