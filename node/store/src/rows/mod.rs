//! One struct for each table, for reading and for writing; `id` is 0 in a row not yet inserted.

mod accounts;
mod ages;
mod alerts;
mod attachments;
mod editorial;
mod identities;
mod life;
mod network;
mod notices;
mod people;
mod reference;
mod sites;
mod workshop;

pub use accounts::*;
pub use ages::*;
pub use alerts::*;
pub use attachments::*;
pub use editorial::*;
pub use identities::*;
pub use life::*;
pub use network::*;
pub use notices::*;
pub use people::*;
pub use reference::*;
pub use sites::*;
pub use workshop::*;
