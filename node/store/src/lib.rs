//! The node's database: rows, scoped reads and transactional writes, alike on SQLite and PostgreSQL.

mod advice;
mod connection;
mod contention;
mod dialect;
mod error;
mod limits;
mod location;
mod media_folder;
mod migrate;
mod pool;
pub mod read;
pub mod rows;
mod schema;
mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod write;
mod write_thread;
mod writer;

pub use error::StoreError;
pub use limits::Limits;
pub use location::Location;
pub use media_folder::MediaFolder;
pub use read::{Reader, ScopedReader, SystemReader};
pub use store::Store;
pub use write::{Subject, Tx, Writer};
