//! The registry of gateways: one file each, one line here, one folder of fixtures.

mod atom;
mod csv;
mod json_feed;
mod rdf;
mod rss;

/// Which way a gateway goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Files come in.
    Import,
    /// Files go out.
    Export,
    /// Both ways.
    Both,
}

/// A way in or out for something that is not a node.
#[derive(Clone, Copy, Debug)]
pub struct Gateway {
    /// Stable name, used in commands and addresses; also the folder of fixtures under `fixtures/`.
    pub name: &'static str,
    /// What it is called in French.
    pub label_fr: &'static str,
    /// What it is called in English.
    pub label_en: &'static str,
    /// Which way it goes.
    pub direction: Direction,
    /// Media types, the one to be sent first.
    pub media_types: &'static [&'static str],
    /// File name extensions, without the dot.
    pub extensions: &'static [&'static str],
    /// Reads a file and says how many records are good and how many are problems; or, in French, why it
    /// cannot be read.
    pub inspect: fn(&[u8]) -> Result<Inspection, String>,
}

/// What a gateway finds in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// Records that can be taken.
    pub records: usize,
    /// Problems told about the file.
    pub problems: usize,
}

/// All gateways.
pub const GATEWAYS: &[Gateway] =
    &[rss::GATEWAY, rdf::GATEWAY, atom::GATEWAY, json_feed::GATEWAY, csv::GATEWAY];

fn inspect_feed(bytes: &[u8]) -> Result<Inspection, String> {
    let feed = crate::feed::parse(bytes, None, None).map_err(|e| e.to_string())?;
    Ok(Inspection { records: feed.entries.len(), problems: feed.problems.len() })
}
