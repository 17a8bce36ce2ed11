//! Gateways: pure codecs between bytes and plain records, for everything that is not a node.
//!
//! Nothing here reads a file, a socket or a clock. What comes out is what the file says, cleaned; the
//! application decides what it means for an item.

pub mod calendar;
pub mod csv;
pub mod feed;
pub mod file_kind;
pub mod mark;
pub mod picture;
pub mod sitemap;

mod charset;
mod gateways;
mod html;
mod link;
mod problem;
mod sniff;

pub use gateways::{Direction, GATEWAYS, Gateway, Inspection};
pub use html::{clean as clean_html, to_plain_text};
pub use link::canonical_key;
pub use problem::RowProblem;
pub use sniff::{Kind, sniff};

#[cfg(test)]
mod tests;
