//! Tests over the fixtures of the project, generated documents, and the real samples where they are.
//!
//! The fixtures under `fixtures/` were written for the project in the likeness of real files, faults
//! included; nobody else's text is in them. One folder for each gateway; what is named `refus-…` has to be
//! refused, the rest has to give records. Their bytes are the point of many of them, so `.gitattributes`
//! keeps line ends as they are; do not open and save them with an editor that changes encodings.

mod calendar;
mod cost;
mod csv_fixtures;
mod feed_fixtures;
mod hostile;
mod registry;
mod round_trip;
mod samples;

use std::path::PathBuf;

use url::Url;

/// The bytes of a fixture.
fn fixture(path: &str) -> Vec<u8> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path);
    std::fs::read(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}
