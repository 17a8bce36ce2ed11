//! Tests over the fixtures of the project, generated documents, and the real samples where they are.

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
