//! Separated values as French spreadsheets write them: read with their faults, written safely.
//!
//! The reading is our own and not the csv crate's: it has to give the line of every row, and to find
//! the next good row after a quote that nobody closed. The writing is the crate's.

mod detect;
mod fold;
mod record;
mod table;
pub mod value;
mod write;

use encoding_rs::Encoding;

use crate::RowProblem;
use crate::charset;

pub(crate) use detect::looks_tabular;
pub use fold::fold;
pub(crate) use value::month_number;
pub use write::write;

/// How to read a file. The default guesses everything and expects a header.
#[derive(Clone, Debug)]
pub struct CsvOptions {
    /// Separator, where the person chose one.
    pub separator: Option<char>,
    /// Encoding, where the person chose one: a label of the WHATWG Encoding standard.
    pub encoding: Option<String>,
    /// False for files without a header; columns are then `colonne_1`, `colonne_2`…
    pub has_header: bool,
    /// Longest file taken, in bytes.
    pub max_bytes: usize,
    /// Most rows taken; the rest is reported as one problem.
    pub max_rows: usize,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self {
            separator: None,
            encoding: None,
            has_header: true,
            max_bytes: 50 * 1024 * 1024,
            max_rows: 100_000,
        }
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvTable {
    /// One for each column.
    pub headers: Vec<Header>,
    /// The good rows; each has as many cells as there are headers.
    pub rows: Vec<Row>,
    /// Rows left out, and reservations about those taken.
    pub problems: Vec<RowProblem>,
    /// Encoding that the bytes were read with, as named by the WHATWG Encoding standard.
    pub encoding: &'static str,
    /// Separator of the columns.
    pub separator: char,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// As written; empty if the file leaves it blank.
    pub raw: String,
    /// Folded by [`fold`] and unique in the table: a second `tel` is `tel_2`, a blank one `colonne_4`.
    pub folded: String,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line of the file on which it starts, from 1.
    pub line: u64,
    /// The cells, trimmed; empty where the row is short.
    pub cells: Vec<String>,
}

impl CsvTable {
    /// Rank of the column with this folded header.
    pub fn column(&self, folded: &str) -> Option<usize> {
        self.headers.iter().position(|h| h.folded == folded)
    }

    /// The cell of a row under this folded header; `None` if there is no such column.
    pub fn cell<'r>(&self, row: &'r Row, folded: &str) -> Option<&'r str> {
        row.cells.get(self.column(folded)?).map(String::as_str)
    }
}

/// Why a file could not be read as a table. `Display` is French; see also [`CsvError::en`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// Nothing but white space.
    #[error("Le fichier est vide.")]
    Empty,
    /// Over [`CsvOptions::max_bytes`].
    #[error("Le fichier pèse {size} octets ; la limite est de {limit}. Découpez-le.")]
    TooLarge {
        /// Length received, in bytes.
        size: usize,
        /// Longest length taken, in bytes.
        limit: usize,
    },
    /// A workbook (xlsx, xls, ods) or another binary file.
    #[error("Ce n'est pas du texte : si c'est un classeur, enregistrez-le au format CSV depuis le tableur.")]
    Binary,
    /// A web page or an XML document.
    #[error("C'est une page web ou un document XML, pas un tableau. Téléchargez le fichier CSV lui-même.")]
    Markup,
    /// An encoding label that the standard does not know.
    #[error("L'encodage « {0} » est inconnu.")]
    UnknownEncoding(String),
    /// More columns than a spreadsheet can hold.
    #[error("Le tableau a plus de {limit} colonnes. Vérifiez le séparateur et l'export.")]
    TooManyColumns {
        /// Most columns taken.
        limit: usize,
    },
    /// So many unclosed quotes that the separator or the file itself must be wrong.
    #[error(
        "Trop de guillemets ne sont pas refermés (dès la ligne {line}). Vérifiez le séparateur et l'export."
    )]
    TooManyFaults {
        /// Line of the first fault, from 1.
        line: u64,
    },
}

impl CsvError {
    /// The same message in English.
    pub fn en(&self) -> String {
        match self {
            Self::Empty => "The file is empty.".into(),
            Self::TooLarge { size, limit } => {
                format!("The file is {size} bytes long; the limit is {limit}. Cut it in pieces.")
            }
            Self::Binary => {
                "This is not text: if it is a workbook, save it as CSV from the spreadsheet.".into()
            }
            Self::Markup => {
                "This is a web page or an XML document, not a table. Download the CSV file itself.".into()
            }
            Self::UnknownEncoding(label) => format!("The encoding “{label}” is unknown."),
            Self::TooManyColumns { limit } => {
                format!("The table has more than {limit} columns. Check the separator and the export.")
            }
            Self::TooManyFaults { line } => {
                format!(
                    "Too many quotes are not closed (from line {line}). Check the separator and the export."
                )
            }
        }
    }
}

/// Reads a table.
///
/// Cells come out trimmed, `="0199"` without its wrapping, and formulas neutralised by a leading
/// apostrophe restored. Blank rows are passed over; rows that cannot be rows are problems.
///
/// # Errors
/// See [`CsvError`]; a bad row is a [`RowProblem`], not an error.
pub fn parse(bytes: &[u8], options: &CsvOptions) -> Result<CsvTable, CsvError> {
    if bytes.len() > options.max_bytes {
        return Err(CsvError::TooLarge { size: bytes.len(), limit: options.max_bytes });
    }
    if bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"\xd0\xcf\x11\xe0")
        || bytes.starts_with(b"%PDF")
    {
        return Err(CsvError::Binary);
    }
    let decoded = match options.encoding.as_deref() {
        None => charset::decode(bytes, &[]),
        Some(label) => {
            let encoding = Encoding::for_label(label.as_bytes());
            let encoding = encoding.ok_or_else(|| CsvError::UnknownEncoding(label.to_owned()))?;
            let (text, encoding, _) = encoding.decode(bytes);
            charset::Decoded { text: text.into_owned(), encoding: encoding.name(), mixed: false }
        }
    };
    let text = decoded.text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    if start.is_empty() {
        return Err(CsvError::Empty);
    }
    if text.contains('\0') {
        return Err(CsvError::Binary);
    }
    if start.starts_with("<!") || start.starts_with("<?xml") || start.starts_with("<html") {
        return Err(CsvError::Markup);
    }
    let table = table::read(text, options)?;
    Ok(table::with_encoding(table, &decoded))
}
