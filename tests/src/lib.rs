//! Real nodes for tests and benchmarks: processes of the program, their databases, their API.
//!
//! Nothing here imports a crate of the product: nodes are known by their command line, their
//! addresses and what they answer, as everybody else knows them.

pub mod api;
pub mod database;
pub mod item;
pub mod node;
pub mod office;
pub mod page;
pub mod port;
pub mod program;
pub mod scene;
pub mod until;
pub mod wire;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

/// The folder of this checkout.
#[must_use]
pub fn checkout() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap_or_default()
}

/// Where cargo builds, which is where the running tests are.
#[must_use]
pub fn target() -> PathBuf {
    let own = std::env::current_exe().unwrap_or_default();
    // target/debug/deps/maillage_tests-…, or target/release/maillage-bench
    let profile =
        own.parent().map(|folder| if folder.ends_with("deps") { folder.parent() } else { Some(folder) });
    let target = profile.flatten().and_then(|profile| profile.parent());
    target.map(PathBuf::from).unwrap_or_else(|| checkout().join("target"))
}
