//! ActivityPub: what comes in is guarded and verified, what goes out is signed and address-filtered.

pub mod guard;
pub mod net;
pub mod signature;
