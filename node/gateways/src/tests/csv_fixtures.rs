//! The faults of real tables, one fixture each.

use chrono::NaiveDate;

use super::fixture;
use crate::csv::{CsvError, CsvOptions, CsvTable, parse, value};

fn read(path: &str) -> CsvTable {
    parse(&fixture(path), &CsvOptions::default()).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn folded(table: &CsvTable) -> Vec<&str> {
    table.headers.iter().map(|h| h.folded.as_str()).collect()
}

fn cell<'t>(table: &'t CsvTable, row: usize, column: &str) -> &'t str {
    table.cell(&table.rows[row], column).unwrap()
}

/// A spreadsheet of before UTF-8 became usual: windows-1252 without any sign of it, CRLF between rows and LF
/// inside a cell, two blank columns at the end, an apostrophe before a formula, `="0199…"`, a zero eaten from
/// a postal code and a telephone number, a date turned into its serial number, CEDEX, a blank row, a total.
#[test]
fn excel_in_windows_1252() {
    let table = read("csv/excel-windows1252-cedex-formule.csv");
    assert_eq!((table.encoding, table.separator), ("windows-1252", ';'));
    assert_eq!(
        folded(&table),
        [
            "nom_de_la_structure",
            "adresse",
            "cp",
            "commune",
            "telephone",
            "tel",
            "date_de_creation",
            "budget",
            "taux_d_insertion",
            "themes",
            "contact"
        ]
    );
    assert_eq!(table.headers[8].raw, "Taux d’insertion");
    assert_eq!(table.rows.iter().map(|r| r.line).collect::<Vec<_>>(), [2, 4, 5]);
    assert_eq!(cell(&table, 0, "nom_de_la_structure"), "Maison de l’emploi \"Le Relais\"");
    assert_eq!(cell(&table, 0, "adresse"), "3, rue du Marché\n(1er étage)");
    assert_eq!(value::euros(cell(&table, 0, "budget")), Ok(123_456_750));
    assert_eq!(value::percent(cell(&table, 0, "taux_d_insertion")), Ok(62.5));
    assert_eq!(cell(&table, 1, "telephone"), "0199001235");
    assert_eq!(
        value::date(cell(&table, 1, "date_de_creation")),
        Ok(NaiveDate::from_ymd_opt(1998, 9, 1).unwrap())
    );
    assert!(value::is_blank(cell(&table, 1, "taux_d_insertion")));
    assert_eq!(cell(&table, 2, "nom_de_la_structure"), "Œuvre « Cœur de Loire »");
    assert_eq!(value::postal_code(cell(&table, 2, "cp")), Ok("01000".into()));
    assert_eq!(cell(&table, 2, "tel"), "+33 (0)1 99 00 12 37");
    assert_eq!(value::phone(cell(&table, 2, "telephone")), Ok("+33199001236".into()));
    let told: Vec<_> = table.problems.iter().map(|p| (p.line, p.code, p.kept)).collect();
    assert_eq!(told, [(7, "total_row", false)]);
}

/// `mac-cr`: MacRoman, CR alone between rows. `pipe-utf8`: a code with a leading zero, a semicolon in a
/// text. `excel-sep-utf8-bom`: byte order mark, the `sep=;` line of Excel, CRLF, `###` between values.
/// `tab-utf16`: "Unicode text" of Excel, UTF-16LE with tabs.
#[test]
fn the_other_shapes() {
    let mac = read("csv/mac-cr.csv");
    assert_eq!((mac.encoding, mac.rows.len()), ("macintosh", 2));
    assert_eq!((mac.rows[1].line, cell(&mac, 1, "formation")), (3, "Métallerie – niveau 3"));
    let pipe = read("csv/pipe-utf8.csv");
    assert_eq!((pipe.separator, cell(&pipe, 0, "code")), ('|', "07"));
    assert_eq!(cell(&pipe, 1, "libelle"), "Certificat; niveau 3");
    let excel = read("csv/excel-sep-utf8-bom.csv");
    assert_eq!(excel.rows.iter().map(|r| r.line).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(value::list(cell(&excel, 1, "commune")), ["Clamecy", "Château-Chinon"]);
    assert_eq!(value::boolean(cell(&excel, 0, "publie")), Ok(true));
    let wide = read("csv/tab-utf16.txt");
    assert_eq!((wide.encoding, wide.separator, cell(&wide, 0, "etat")), ("UTF-16LE", '\t', "vérifié"));
}

/// A title and a blank row above the header, a quote left open (with all cells of its row, then with too
/// few), too many cells, a row with a single cell, a total.
#[test]
fn bad_rows_do_not_take_the_good_ones_with_them() {
    let table = read("csv/lignes-abimees.csv");
    let names: Vec<_> = table.rows.iter().map(|r| (r.line, r.cells[0].as_str())).collect();
    assert_eq!(
        names,
        [(4, "Relais emploi"), (5, "Guillemet ouvert"), (6, "Atelier vélo"), (10, "Plateforme mobilité")]
    );
    let told: Vec<_> = table.problems.iter().map(|p| (p.line, p.code, p.kept)).collect();
    assert_eq!(
        told,
        [
            (1, "title_row", false),
            (5, "open_quote", true),
            (7, "too_many_cells", false),
            (8, "almost_blank", false),
            (9, "open_quote", false),
            (11, "total_row", false)
        ]
    );
    assert!(table.problems.iter().all(|p| !p.reason_fr.is_empty() && !p.reason_en.is_empty()));
}

/// Two headers that fold to the same name, a blank one between others, a blank row, a short one.
#[test]
fn headers_are_unique() {
    let table = read("csv/colonnes-doubles.csv");
    assert_eq!(folded(&table), ["nom", "tel", "tel_2", "colonne_4", "e_mail"]);
    assert_eq!(table.rows[1].cells, ["Standard", "0199001236", "", "", ""]);
    assert_eq!(table.rows[1].line, 4);
}

/// A fixture saved again by an editor or turned by git would pass the tests above without testing anything.
#[test]
fn the_bytes_are_those_of_the_programs() {
    let has = |bytes: &[u8], piece: &[u8]| bytes.windows(piece.len()).any(|w| w == piece);
    let excel = fixture("csv/excel-windows1252-cedex-formule.csv");
    assert!(has(&excel, b"l\x92emploi") && has(&excel, b"March\xe9\n(1er") && has(&excel, b";;\r\n"));
    assert!(has(&excel, b"\"=\"\"0199001235\"\"\"") && has(&excel, b";'+33 (0)1") && has(&excel, b"\x80"));
    let mac = fixture("csv/mac-cr.csv");
    assert!(has(&mac, b"M\x8etallerie \xd0 niveau 3;") && has(&mac, b"\r") && !has(&mac, b"\n"));
    let excel = fixture("csv/excel-sep-utf8-bom.csv");
    assert!(excel.starts_with(b"\xef\xbb\xbfsep=;\r\n") && has(&excel, b"###"));
    let wide = fixture("csv/tab-utf16.txt");
    assert!(wide.starts_with(b"\xff\xfeS\0t\0") && has(&wide, b"\t\0") && has(&wide, b"\r\0\n\0"));
    let feed = fixture("rss/latin1-sans-declaration.xml");
    assert!(feed.starts_with(b"<rss") && has(&feed, b"L\x92atelier") && has(&feed, b"C\x9cur de ville"));
    assert!(has(&fixture("rss/spip-date-mysql.xml"), b"for\xeat &lt;i&gt;"));
    assert!(has(&fixture("rss/declare-latin1-mais-utf8.xml"), "Été".as_bytes()));
    assert!(fixture("rss/casse.xml").starts_with(b"\n<?xml"));
}

#[test]
fn files_without_a_header_and_the_limits() {
    let options = CsvOptions { has_header: false, max_rows: 1, ..CsvOptions::default() };
    let table = parse(b"Nevers;58000\nDecize;58300\n", &options).unwrap();
    assert_eq!(folded(&table), ["colonne_1", "colonne_2"]);
    assert_eq!(table.rows[0].cells, ["Nevers", "58000"]);
    assert_eq!(table.problems[0].code, "too_many_rows");
    assert_eq!(
        parse(b"a;b", &CsvOptions { max_bytes: 2, ..CsvOptions::default() }),
        Err(CsvError::TooLarge { size: 3, limit: 2 })
    );
}

/// `refus-page-web`: the login page that a portal sends in place of the file. `refus-classeur`: a workbook
/// named `.csv`. `refus-vide`: a byte order mark and nothing else.
#[test]
fn errors_say_what_to_do() {
    let default = CsvOptions::default();
    assert_eq!(parse(b" \r\n", &default), Err(CsvError::Empty));
    assert_eq!(parse(&fixture("csv/refus-vide.csv"), &default), Err(CsvError::Empty));
    assert_eq!(parse(&fixture("csv/refus-classeur.csv"), &default), Err(CsvError::Binary));
    assert_eq!(parse(b"PK\x03\x04rest", &default), Err(CsvError::Binary));
    assert_eq!(parse(&fixture("csv/refus-page-web.csv"), &default), Err(CsvError::Markup));
    let odd = CsvOptions { encoding: Some("klingon".into()), ..CsvOptions::default() };
    assert_eq!(parse(b"a;b", &odd), Err(CsvError::UnknownEncoding("klingon".into())));
    let open = "\"a;b\n".repeat(2_001);
    let file = format!("x;y\n{open}");
    assert!(matches!(parse(file.as_bytes(), &default), Err(CsvError::TooManyFaults { line: 2 })));
}
