//! ActivityPub: what comes in is guarded and verified, what goes out is signed and address-filtered.

pub mod activities;
mod context;
mod discovery;
mod face;
pub mod guard;
mod keys;
pub mod net;
pub mod objects;
pub mod routes;
pub mod signature;
pub mod worker;

pub use context::{Federation, FederationSettings, FetchError};
pub use face::Face;
