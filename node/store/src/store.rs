//! Opening a store: the one place where readers and the writer are made.

use crate::error::StoreError;
use crate::limits::Limits;
use crate::location::Location;
use crate::migrate;
use crate::pool::ReadPool;
use crate::read::{Reader, SystemReader};
use crate::write::Writer;
use crate::writer::WriteQueue;
use std::sync::Arc;

/// Opens databases.
pub struct Store;

impl Store {
    /// Opens the database, brings its schema up to date, and answers what reads for viewers, what
    /// reads for the node itself, and what writes. The last two are for the use cases alone.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], [`StoreError::Migration`].
    pub fn open(location: &Location, limits: &Limits) -> Result<(Reader, SystemReader, Writer), StoreError> {
        migrate::run_pending(location)?;
        // The writer first: it makes the file and its journal, which readers only open.
        let writer = Writer::new(Arc::new(WriteQueue::open(location, limits)?));
        let reader = Reader::new(Arc::new(ReadPool::open(location, limits)?));
        Ok((reader.clone(), SystemReader::new(reader), writer))
    }

    /// Brings the schema up to date; answers the names of the migrations that were run.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], [`StoreError::Migration`].
    pub fn migrate(location: &Location) -> Result<Vec<String>, StoreError> {
        migrate::run_pending(location)
    }

    /// Names of the migrations that are still to be run.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`].
    pub fn pending(location: &Location) -> Result<Vec<String>, StoreError> {
        migrate::pending(location)
    }
}
