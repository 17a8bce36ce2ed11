//! One struct for each table, for reading and for writing; `id` is 0 in a row not yet inserted.

mod editorial;
mod network;
mod people;
mod reference;

pub use editorial::*;
pub use network::*;
pub use people::*;
pub use reference::*;
