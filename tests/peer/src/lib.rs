//! A small fediverse server for tests, which shares no code with the product.
//!
//! It speaks as Mastodon and GoToSocial do: their JSON, their key ids, their signatures. It has a
//! real HTTP server on loopback, checks whatever it receives, writes it down, and can be told to
//! answer badly: any status, slowly, elsewhere.

mod actor;
pub mod cavage;
pub mod digest;
mod inbox;
mod key;
mod message;
pub mod openid;
mod peer;
mod record;
mod reply;
pub mod rfc9421;
mod server;
mod style;
#[cfg(test)]
mod tests;
mod verify;

pub use actor::Actor;
pub use key::{Key, PublicKey};
pub use message::Message;
pub use peer::Peer;
pub use record::{Proof, Received, Scheme, Seen};
pub use reply::Reply;
pub use style::{KeyId, Label, Pem, Style};
