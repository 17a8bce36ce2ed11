//! The one HTTP client for everything the node asks of others, with an address filter at dial time.
//!
//! Every URL of the fediverse is a stranger's choice. So each hop of a request is judged twice: its
//! URL before anything is done, and the very addresses that will be dialled after the name is
//! resolved, which leaves no gap for a name that answers differently the second time.

mod address;
mod body;
mod budget;
mod client;
mod error;
mod library;
mod policy;
mod reason;
mod resolver;
mod response;
#[cfg(test)]
pub(crate) mod tests;

pub use address::is_global_unicast;
pub use budget::FetchBudget;
pub use client::{Client, Fetch, Gate, Limits, Signer};
pub use error::{NetError, UrlFault};
pub use library::ClientForLibrary;
pub use policy::NetPolicy;
pub use response::{ACTIVITYPUB_ACCEPT, JsonDocument, Response};
