//! From records to a table: header, good rows, and what is wrong with the others.

use std::collections::{HashMap, HashSet};

use super::record::{self, Lines, MAX_COLUMNS, Record};
use super::{CsvError, CsvOptions, CsvTable, Header, Row, detect, fold, write};
use crate::charset::Decoded;
use crate::problem::{Place, RowProblem};

/// Open quotes that are recovered from, before the file is given up.
const MAX_RECOVERIES: usize = 1_000;

/// Bytes that are read a second time after open quotes, before the file is given up: a record made of
/// many quoted lines may reach to the end of the file, and so may the next one.
const MAX_READ_AGAIN: usize = 64 * 1024 * 1024;

/// Most cells kept. Short rows are filled up to the width of the header, so that a small file could ask
/// for much more memory than it has bytes.
const MAX_CELLS: usize = 5_000_000;

/// Rows left out that are told one by one; nobody reads more, and each takes more memory than its row.
const MAX_PROBLEMS: usize = 10_000;

/// Titles that may stand above a table.
const MAX_TITLES: usize = 50;

/// First cells that mark a row of sums, folded.
const TOTALS: [&str; 5] = ["total", "totaux", "total_general", "sous_total", "grand_total"];

/// Reads a table from text without byte order mark.
pub(super) fn read(text: &str, options: &CsvOptions) -> Result<CsvTable, CsvError> {
    let declared = detect::declared(text);
    let (body, first_line) = declared.map_or((text, 1), |(_, at)| (text.get(at..).unwrap_or_default(), 2));
    let separator = options.separator.or(declared.map(|(s, _)| s)).unwrap_or_else(|| detect::guess(body));
    let mut reader = Reader {
        lines: Lines::new(body, first_line),
        separator,
        width: 0,
        usual: 0,
        position: 0,
        faults: Faults::default(),
    };
    let mut problems = Vec::new();
    let headers = header(&mut reader, options.has_header, &mut problems)?;
    if headers.is_empty() {
        return Err(CsvError::Empty);
    }
    if headers.len() > MAX_COLUMNS {
        return Err(CsvError::TooManyColumns { limit: MAX_COLUMNS });
    }
    reader.width = headers.len();
    let max_rows = options.max_rows.min(MAX_CELLS / headers.len());
    let mut rows = Vec::new();
    let mut left_out = 0u64;
    while let Some((place, record)) = reader.next(&mut problems)? {
        if rows.len() >= max_rows || problems.len() >= MAX_PROBLEMS {
            left_out += 1;
        } else if let Some(row) = row(place, record, headers.len(), &mut problems) {
            rows.push(row);
        }
    }
    problems.sort_by_key(|p| p.position);
    if left_out > 0 {
        let place = Place { position: reader.position + 1 - left_out, line: 0 };
        problems.push(cut_short(place, rows.len() >= max_rows, max_rows, left_out));
    }
    Ok(CsvTable { headers, rows, problems, encoding: "UTF-8", separator })
}

/// The problem that stands for all rows after a limit.
fn cut_short(place: Place, by_rows: bool, max_rows: usize, left_out: u64) -> RowProblem {
    if by_rows {
        return RowProblem::skipped(
            place,
            "too_many_rows",
            format!("Le fichier dépasse {max_rows} lignes : {left_out} sont laissées de côté."),
            format!("The file has more than {max_rows} rows: {left_out} are left out."),
        );
    }
    RowProblem::skipped(
        place,
        "too_many_problems",
        format!(
            "{MAX_PROBLEMS} lignes sont en défaut : les {left_out} suivantes sont laissées de côté. Vérifiez l'export."
        ),
        format!("{MAX_PROBLEMS} rows are faulty: the next {left_out} are left out. Check the export."),
    )
}

/// Notes the encoding, and warns of characters that were lost or mixed before the file came here.
pub(super) fn with_encoding(mut table: CsvTable, decoded: &Decoded) -> CsvTable {
    table.encoding = decoded.encoding;
    if let Some(row) = table.rows.iter().find(|r| r.cells.iter().any(|c| c.contains('\u{fffd}'))) {
        table.problems.push(RowProblem::kept(
            Place { position: 0, line: row.line },
            "lost_characters",
            "Des caractères accentués ont été perdus avant l'import (signe « � ») : refaites l'export si possible.",
            "Accented letters were lost before the import (sign “�”): export the file again if you can.",
        ));
    }
    if decoded.mixed {
        table.problems.push(RowProblem::kept(
            Place::default(),
            "mixed_encoding",
            "Le fichier mêle deux encodages (UTF-8 et Windows-1252) ; chaque ligne a été lue avec le sien.",
            "The file mixes two encodings (UTF-8 and Windows-1252); each line was read with its own.",
        ));
    }
    table
}

/// Gives records one by one, getting over quotes left open.
struct Reader<'t> {
    lines: Lines<'t>,
    separator: char,
    /// Columns of the header; 0 while it is not known.
    width: usize,
    /// Columns that most records have; 0 while they are not counted.
    usual: usize,
    position: u64,
    faults: Faults,
}

/// Open quotes met so far, and what getting over them has cost.
#[derive(Default)]
struct Faults {
    /// Line of the first one; 0 if there is none.
    first: u64,
    count: usize,
    /// Bytes read in vain.
    bytes: usize,
}

impl Faults {
    /// Counts one more.
    fn add(&mut self, record: &Record) -> Result<(), CsvError> {
        if self.count == 0 {
            self.first = record.line;
        }
        self.count += 1;
        self.bytes += record.bytes;
        if self.count > MAX_RECOVERIES || self.bytes > MAX_READ_AGAIN {
            return Err(CsvError::TooManyFaults { line: self.first });
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// The next record that is not blank.
    fn next(&mut self, problems: &mut Vec<RowProblem>) -> Result<Option<(Place, Record)>, CsvError> {
        loop {
            let before = self.lines.clone();
            let Some(mut record) = record::read(&mut self.lines, self.separator, true) else {
                return Ok(None);
            };
            if record.cells.iter().all(|c| c.trim().is_empty()) {
                continue;
            }
            self.position += 1;
            let place = Place { position: self.position, line: record.line };
            if !self.has_swallowed_others(&record, &before) {
                return Ok(Some((place, record)));
            }
            self.faults.add(&record)?;
            self.lines = before;
            let alone = self.line_alone();
            let width = if self.width == 0 { self.usual } else { self.width };
            if alone.cells.len() != width {
                problems.push(RowProblem::skipped(
                    place,
                    "open_quote",
                    "Ligne laissée de côté : un guillemet ouvert n'est pas refermé.",
                    "Row left out: an opening quote is never closed.",
                ));
                continue;
            }
            problems.push(RowProblem::kept(
                place,
                "open_quote",
                "Un guillemet ouvert n'est pas refermé ; la ligne a été lue sans lui, vérifiez-la.",
                "An opening quote is never closed; the row was read without it, please check it.",
            ));
            record = alone;
            for cell in &mut record.cells {
                *cell = cell.trim().trim_matches('"').to_owned();
            }
            return Ok(Some((place, record)));
        }
    }

    /// Reads one line with quotes taken as ordinary characters.
    fn line_alone(&mut self) -> Record {
        let line = self.lines.line();
        let text = self.lines.skip_line();
        let alone = record::read(&mut Lines::new(text, line), self.separator, false);
        alone.unwrap_or(Record { line, cells: Vec::new(), lines: 1, bytes: 0, ragged: false })
    }

    fn has_swallowed_others(&self, record: &Record, before: &Lines<'_>) -> bool {
        if record.lines < 2 || self.width == 0 {
            return record.lines >= 2 && record.ragged;
        }
        let mut first = before.clone();
        let text = first.skip_line();
        let alone = record::read(&mut Lines::new(text, 1), self.separator, false);
        record.ragged
            || (record.cells.len() != self.width && alone.is_some_and(|r| r.cells.len() == self.width))
    }
}

fn header(
    reader: &mut Reader<'_>,
    has_header: bool,
    problems: &mut Vec<RowProblem>,
) -> Result<Vec<Header>, CsvError> {
    let expected = usual_width(reader.lines.clone(), reader.separator);
    reader.usual = expected;
    let mut before = reader.lines.clone();
    let mut titles = 0;
    // Titles above the table have one filled cell where the table has several columns.
    while let Some((place, record)) = reader.next(problems)? {
        let cells: Vec<String> = record.cells.iter().map(|c| write::restore(c)).collect();
        if expected > 2 && filled(&cells) < 2 && titles < MAX_TITLES {
            titles += 1;
            problems.push(RowProblem::skipped(
                place,
                "title_row",
                "Ligne de titre au-dessus du tableau, laissée de côté.",
                "Title row above the table, left out.",
            ));
            before = reader.lines.clone();
            continue;
        }
        if has_header {
            return Ok(headers(cells));
        }
        let width = expected.max(cells.len());
        reader.lines = before;
        reader.position -= 1;
        return Ok(headers(vec![String::new(); width]));
    }
    Ok(Vec::new())
}

/// The number of columns that most of the first records have.
fn usual_width(mut lines: Lines<'_>, separator: char) -> usize {
    let widths: Vec<usize> = std::iter::from_fn(|| record::read_over(&mut lines, separator))
        .take(60)
        .filter(|r| filled(&r.cells) > 1)
        .map(|r| r.cells.len())
        .collect();
    let votes = |width: usize| widths.iter().filter(|w| **w == width).count();
    widths.iter().copied().max_by_key(|w| (votes(*w), *w)).unwrap_or(1)
}

fn headers(mut cells: Vec<String>) -> Vec<Header> {
    // Blank columns at the end are an export's habit; cells that stand under them are found out later.
    if cells.iter().any(|c| !c.is_empty()) {
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
    }
    let mut taken: HashSet<String> = HashSet::new();
    // The rank that each name goes on with: a table may give the same name to every column.
    let mut ranks: HashMap<String, usize> = HashMap::new();
    let named = |(index, raw): (usize, String)| {
        let base =
            Some(fold(&raw)).filter(|f| !f.is_empty()).unwrap_or_else(|| format!("colonne_{}", index + 1));
        let mut folded = base.clone();
        while !taken.insert(folded.clone()) {
            let rank = ranks.entry(base.clone()).or_insert(2);
            folded = format!("{base}_{rank}");
            *rank += 1;
        }
        Header { raw, folded }
    };
    cells.into_iter().enumerate().map(named).collect()
}

fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|c| !c.trim().is_empty()).count()
}

/// The row of a record, or the reason why it is none.
fn row(place: Place, record: Record, width: usize, problems: &mut Vec<RowProblem>) -> Option<Row> {
    let mut cells: Vec<String> = record.cells.iter().map(|c| write::restore(c)).collect();
    let mut skip = |code, fr: String, en: String| {
        problems.push(RowProblem::skipped(place, code, fr, en));
        None
    };
    if cells.iter().skip(width).any(|c| !c.is_empty()) {
        let found = cells.len();
        return skip(
            "too_many_cells",
            format!(
                "Ligne laissée de côté : {found} cellules pour {width} colonnes (un séparateur dans un texte ?)."
            ),
            format!("Row left out: {found} cells for {width} columns (a separator inside a text?)."),
        );
    }
    let first = cells.iter().find(|c| !c.is_empty()).map(|c| fold(c)).unwrap_or_default();
    if width > 1 && TOTALS.contains(&first.as_str()) {
        return skip(
            "total_row",
            "Ligne de total, laissée de côté.".to_owned(),
            "Row of totals, left out.".to_owned(),
        );
    }
    if width > 3 && filled(&cells) < 2 {
        return skip(
            "almost_blank",
            "Ligne laissée de côté : une seule cellule remplie.".to_owned(),
            "Row left out: a single cell is filled.".to_owned(),
        );
    }
    cells.resize(width, String::new());
    Some(Row { line: place.line, cells })
}

#[cfg(test)]
mod tests {
    use crate::csv::{CsvOptions, parse};

    #[test]
    fn a_header_with_an_open_quote_is_still_the_header() {
        let table = parse(b"\"Nom;Ville\nRelais;Nevers\nAtelier;Decize\n", &CsvOptions::default()).unwrap();
        let names: Vec<_> = table.headers.iter().map(|h| h.raw.as_str()).collect();
        assert_eq!((names, table.rows.len()), (vec!["Nom", "Ville"], 2));
        let told: Vec<_> = table.problems.iter().map(|p| (p.line, p.code, p.kept)).collect();
        assert_eq!(told, [(1, "open_quote", true)]);
    }

    #[test]
    fn names_given_twice_stay_apart_from_names_that_look_so() {
        let table = parse(b"tel;tel_2;tel;tel;tel_2\n1;2;3;4;5\n", &CsvOptions::default()).unwrap();
        let names: Vec<_> = table.headers.iter().map(|h| h.folded.as_str()).collect();
        assert_eq!(names, ["tel", "tel_2", "tel_3", "tel_4", "tel_2_2"]);
    }
}
