//! The official French geography, embedded: read as a stream, country first.
//!
//! Sources, licence and changes are in `data/geo/SOURCES.md`.

#[cfg(test)]
mod tests;

use crate::place::{Coordinates, Place, PlaceCode, PlaceCodeError, PlaceKind, PlaceLevel};
use flate2::read::GzDecoder;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Lines};
use std::str::FromStr;

/// The edition of the data; a store that holds another one loads it anew.
pub const GEOGRAPHY_VERSION: &str = "cog-2026";

static AREAS: &[u8] = include_bytes!("../data/geo/areas.tsv.gz");
static COMMUNES: &[u8] = include_bytes!("../data/geo/communes.tsv.gz");
static FORMER: &[u8] = include_bytes!("../data/geo/former.tsv.gz");

/// Embedded data that cannot be read: the program was built from damaged files.
#[derive(Debug, thiserror::Error)]
pub enum GeographyError {
    /// The file cannot be decompressed or is not UTF-8.
    #[error("géographie embarquée illisible ({table}) : {source} / the embedded geography cannot be read")]
    Read {
        /// Which table.
        table: &'static str,
        /// The cause.
        source: std::io::Error,
    },
    /// A line does not have the cells it should.
    #[error(
        "géographie embarquée ({table}), ligne {line} : colonne {column} / bad cell in the embedded geography"
    )]
    Cell {
        /// Which table.
        table: &'static str,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A code is none.
    #[error("géographie embarquée ({table}), ligne {line} : {source}")]
    Code {
        /// Which table.
        table: &'static str,
        /// Line, from 1.
        line: usize,
        /// The cause.
        source: PlaceCodeError,
    },
}

/// All places, about 41 000, each after all of its parents: the country, regions, départements,
/// EPCI, communes with arrondissements municipaux, former communes. Nothing is kept between calls.
#[must_use]
pub fn load() -> Places {
    let tables = [
        Table::open("areas", AREAS, read_area),
        Table::open("communes", COMMUNES, read_commune),
        Table::open("former", FORMER, read_former),
    ];
    Places { tables: tables.into(), regions: HashMap::new() }
}

/// The places of the geography in order: see [`load`]. Ends after the first error.
pub struct Places {
    /// Tables still to be read, the present one first.
    tables: std::collections::VecDeque<Table>,
    /// For each département met, the codes above it.
    regions: Above,
}

type Above = HashMap<PlaceCode, Vec<PlaceCode>>;

impl Iterator for Places {
    type Item = Result<Place, GeographyError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let table = self.tables.front_mut()?;
            let Some(row) = table.next_row() else {
                self.tables.pop_front();
                continue;
            };
            let read = table.read;
            let place = row.and_then(|row| read(&row, &self.regions));
            match &place {
                Ok(place) if place.kind == PlaceKind::Department => {
                    self.regions.insert(place.code.clone(), place.parents.clone());
                }
                Ok(_) => {}
                Err(_) => self.tables.clear(),
            }
            return Some(place);
        }
    }
}

/// A compressed table of tab-separated lines below one header line.
struct Table {
    name: &'static str,
    lines: Lines<BufReader<GzDecoder<&'static [u8]>>>,
    line: usize,
    read: fn(&Row, &Above) -> Result<Place, GeographyError>,
}

impl Table {
    fn open(
        name: &'static str,
        data: &'static [u8],
        read: fn(&Row, &Above) -> Result<Place, GeographyError>,
    ) -> Self {
        Self { name, lines: BufReader::new(GzDecoder::new(data)).lines(), line: 0, read }
    }

    /// The next line below the header.
    fn next_row(&mut self) -> Option<Result<Row, GeographyError>> {
        let table = self.name;
        loop {
            self.line += 1;
            match self.lines.next()? {
                Ok(_) if self.line == 1 => {}
                Ok(text) => return Some(Ok(Row { table, line: self.line, text })),
                Err(source) => return Some(Err(GeographyError::Read { table, source })),
            }
        }
    }
}

/// One line of a table.
struct Row {
    table: &'static str,
    line: usize,
    text: String,
}

impl Row {
    /// The cells, of which there must be as many as asked for.
    fn cells<const N: usize>(&self) -> Result<[&str; N], GeographyError> {
        let cells: Vec<&str> = self.text.split('\t').collect();
        let column = cells.len();
        cells.try_into().map_err(|_| self.bad_cell(column))
    }

    fn bad_cell(&self, column: usize) -> GeographyError {
        GeographyError::Cell { table: self.table, line: self.line, column }
    }

    fn code(&self, code: Result<PlaceCode, PlaceCodeError>) -> Result<PlaceCode, GeographyError> {
        code.map_err(|source| GeographyError::Code { table: self.table, line: self.line, source })
    }

    /// A number; none for an empty cell.
    fn number<T: FromStr>(&self, text: &str, column: usize) -> Result<Option<T>, GeographyError> {
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| self.bad_cell(column))
    }

    /// The EPCI if any, the département and what is above it.
    fn areas(&self, epci: &str, department: &str, above: &Above) -> Result<Vec<PlaceCode>, GeographyError> {
        let mut areas = Vec::with_capacity(6);
        if !epci.is_empty() {
            areas.push(self.code(PlaceCode::new(PlaceLevel::Epci, epci))?);
        }
        let department = self.code(PlaceCode::new(PlaceLevel::Department, department))?;
        let over = above.get(&department).cloned().unwrap_or_default();
        areas.push(department);
        areas.extend(over);
        Ok(areas)
    }
}

/// A line `code name population above` of the areas above communes.
fn read_area(row: &Row, _: &Above) -> Result<Place, GeographyError> {
    let [code, name, population, above] = row.cells()?;
    let code = row.code(code.parse())?;
    let kind = match code.level() {
        PlaceLevel::Country => PlaceKind::Country,
        PlaceLevel::Region => PlaceKind::Region,
        PlaceLevel::Department => PlaceKind::Department,
        PlaceLevel::Epci => PlaceKind::Epci,
        PlaceLevel::Commune | PlaceLevel::Delegated => return Err(row.bad_cell(1)),
    };
    let parents: Result<_, _> = above.split_whitespace().map(|code| row.code(code.parse())).collect();
    Ok(Place {
        code,
        kind,
        name: name.to_owned(),
        parents: parents?,
        postal_codes: Vec::new(),
        coordinates: None,
        population: row.number(population, 3)?,
        successor: None,
    })
}

/// A line of the communes and arrondissements municipaux.
fn read_commune(row: &Row, above: &Above) -> Result<Place, GeographyError> {
    let [code, name, department, epci, postal_codes, population, lat, lon, commune] = row.cells()?;
    let mut parents = row.areas(epci, department, above)?;
    let mut kind = PlaceKind::Commune;
    if !commune.is_empty() {
        kind = PlaceKind::MunicipalDistrict;
        parents.insert(0, row.code(PlaceCode::new(PlaceLevel::Commune, commune))?);
    }
    let coordinates = match (row.number(lat, 7)?, row.number(lon, 8)?) {
        (Some(lat), Some(lon)) => Some(Coordinates::new(lat, lon).ok_or_else(|| row.bad_cell(7))?),
        _ => None,
    };
    Ok(Place {
        code: row.code(PlaceCode::new(PlaceLevel::Commune, code))?,
        kind,
        name: name.to_owned(),
        parents,
        postal_codes: postal_codes.split_whitespace().map(str::to_owned).collect(),
        coordinates,
        population: row.number(population, 6)?,
        successor: None,
    })
}

/// A line `code name successor departement epci` of the former communes.
fn read_former(row: &Row, above: &Above) -> Result<Place, GeographyError> {
    let [code, name, successor, department, epci] = row.cells()?;
    let successor = row.code(PlaceCode::new(PlaceLevel::Commune, successor))?;
    let mut parents = row.areas(epci, department, above)?;
    parents.insert(0, successor.clone());
    Ok(Place {
        code: row.code(code.parse())?,
        kind: PlaceKind::Former,
        name: name.to_owned(),
        parents,
        postal_codes: Vec::new(),
        coordinates: None,
        population: None,
        successor: Some(successor),
    })
}
