//! Tables of French spreadsheets as separated values.

use super::{Direction, Gateway, Inspection};
use crate::csv::{CsvOptions, parse};

/// Separated values.
pub(super) const GATEWAY: Gateway = Gateway {
    name: "csv",
    label_fr: "tableau CSV",
    label_en: "CSV table",
    direction: Direction::Both,
    media_types: &["text/csv", "text/tab-separated-values"],
    extensions: &["csv", "txt", "tsv"],
    inspect,
};

fn inspect(bytes: &[u8]) -> Result<Inspection, String> {
    let table = parse(bytes, &CsvOptions::default()).map_err(|e| e.to_string())?;
    Ok(Inspection { records: table.rows.len(), problems: table.problems.len() })
}
