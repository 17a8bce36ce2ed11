//! The back office over a real store, as a browser uses it.

mod access;
mod attachments;
mod federation;
mod import;
mod journey;
mod life;
mod people;
mod places;
mod queue;
mod revisions;
mod scene;
mod settings;
mod sites;
mod writing;
