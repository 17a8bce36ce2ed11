//! ActivityPub: what comes in is guarded and verified, what goes out is signed and address-filtered.

pub mod activities;
mod context;
mod discovery;
mod face;
mod fetch;
mod flood;
pub mod guard;
mod keys;
mod memory;
pub mod net;
pub mod objects;
pub mod routes;
pub mod signature;
#[cfg(test)]
mod tests;
pub mod worker;

pub use context::{Federation, FederationSettings, FetchError};
pub use face::Face;
