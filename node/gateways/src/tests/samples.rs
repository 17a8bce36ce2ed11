//! The real samples beside the checkout: what each file holds, read off the file itself. Where the folder
//! is absent, one line says so.

use std::path::{Path, PathBuf};

use crate::csv::CsvOptions;
use crate::{Kind, csv, feed, sniff};

/// What a feed holds.
#[derive(Debug, PartialEq)]
struct Feed<'a> {
    file: &'a str,
    encoding: &'a str,
    entries: usize,
    /// Title of the first entry.
    title: &'a str,
    /// Date of the first entry in UTC: of publication, else of the last change.
    date: &'a str,
    /// Line and code of each problem.
    problems: &'a [(u64, &'a str)],
}

const FEEDS: [Feed<'_>; 10] = [
    Feed {
        file: "atom-la-grange.xml",
        encoding: "UTF-8",
        entries: 34,
        title: "L'hôtel particulier de Mozilla",
        date: "2013-04-10T23:17:00Z",
        problems: &[],
    },
    Feed {
        file: "construit-atom-relatif-xhtml.xml",
        encoding: "UTF-8",
        entries: 1,
        title: "Un bus de l’emploi",
        date: "2026-09-30T10:00:00Z",
        problems: &[],
    },
    // Two dates that contradict each other: the first, in French time, is the one SPIP means.
    Feed {
        file: "construit-rss091-spip18-latin1-date-mysql.xml",
        encoding: "windows-1252",
        entries: 1,
        title: "Un été pour se former : inscriptions jusqu'au 15 août",
        date: "2005-06-30T07:15:00Z",
        problems: &[],
    },
    // Read without the address it came from, so that its relative links lead nowhere.
    Feed {
        file: "construit-rss2-casse.xml",
        encoding: "UTF-8",
        entries: 2,
        title: "Journée « métiers » du bâtiment",
        date: "2026-10-14T07:00:00Z",
        problems: &[(4, "unreadable_link"), (5, "unreadable_link"), (6, "no_title_no_link")],
    },
    Feed {
        file: "rss092-iso8859-1-sans-guid-universfreebox.xml",
        encoding: "windows-1252",
        entries: 30,
        title: "Retour de Xavier Niel sur Twitter, « sans initiative privée, pas de révolution #Born2code »",
        date: "2013-03-25T19:43:20Z",
        problems: &[],
    },
    Feed {
        file: "rss1-rdf-planete-jquery.xml",
        encoding: "UTF-8",
        entries: 20,
        title: "MathieuRobin : Chroniques jQuery, épisode 108",
        date: "2013-03-11T09:06:01Z",
        problems: &[],
    },
    Feed {
        file: "rss2-fulltext-numerama.xml",
        encoding: "UTF-8",
        entries: 6,
        title: "Brevets : un juge doute de la bonne volonté de Google et Apple",
        date: "2013-04-12T15:38:15Z",
        problems: &[],
    },
    Feed {
        file: "rss2-latin1-sans-declaration-sans-guid-cerclepsy-2013.xml",
        encoding: "windows-1252",
        entries: 7,
        title: "Stéphane Gumpper : Qu'est-ce que la psychologie des religions ?",
        date: "2013-05-23T10:30:00Z",
        problems: &[],
    },
    Feed {
        file: "rss2-pass-fonction-publique-titre-html-date-iso.rss",
        encoding: "UTF-8",
        entries: 7,
        title: "Contrat d'Apprentissage - financements H/F",
        date: "2025-02-26T15:40:27Z",
        problems: &[],
    },
    Feed {
        file: "rss2-spip-jeuxlinux-2013.xml",
        encoding: "UTF-8",
        entries: 20,
        title: "Le renouveau de LinuxConsole",
        date: "2013-12-30T12:16:44Z",
        problems: &[],
    },
];

/// What a table holds.
#[derive(Debug, PartialEq)]
struct Table<'a> {
    file: &'a str,
    encoding: &'a str,
    separator: char,
    columns: usize,
    rows: usize,
    /// First header, as written.
    header: &'a str,
    /// First date of a column, where there is one with dates.
    date: Option<(&'a str, &'a str)>,
    /// Line and code of each problem.
    problems: &'a [(u64, &'a str)],
}

const fn table<'a>(
    file: &'a str,
    (encoding, separator): (&'a str, char),
    (columns, rows): (usize, usize),
    header: &'a str,
) -> Table<'a> {
    Table { file, encoding, separator, columns, rows, header, date: None, problems: &[] }
}

const UTF8: (&str, char) = ("UTF-8", ';');
const WINDOWS: (&str, char) = ("windows-1252", ';');

const TABLES: [Table<'_>; 13] = [
    table("bom-crlf-multivaleurs-formacodes-grands-domaines-v14.csv", UTF8, (6, 14), "Code du Terme"),
    Table {
        date: Some(("debut", "2026-10-05")),
        ..table("construit-excel-fr-sep-utf8bom-stages.csv", UTF8, (10, 3), "N° offre")
    },
    Table {
        date: Some(("date_de_creation", "2007-04-03")),
        problems: &[(7, "total_row")],
        ..table("construit-excel-fr-windows1252-annuaire.csv", WINDOWS, (11, 3), "Nom de la structure")
    },
    Table {
        problems: &[(202, "total_row")],
        ..table("excel-fr-bom-crlf-pourcent-metiers-tension-2020.csv", UTF8, (2, 200), "Métier")
    },
    // It has no header: its first row is taken for one, as nobody said otherwise.
    table("excel-mac-macroman-cr-rome-formacode.csv", ("macintosh", ';'), (3, 465), "11111"),
    table("export-mongo-pointvirgule-romes-sous-domaines-extrait.csv", UTF8, (6, 119), "_id"),
    table("insee-tab-arrondissements-2007.txt", ("UTF-8", '\t'), (9, 343), "REGION"),
    Table {
        date: Some(("date", "2006-01-01")),
        ..table("jours-feries-metropole.csv", ("UTF-8", ','), (4, 286), "date")
    },
    table("laposte-hexasmal-bourgogne-extrait.csv", UTF8, (6, 2120), "Code_commune_INSEE"),
    Table {
        date: Some(("date_ouverture", "1965-05-01")),
        ..table("latin1-acce-etablissements.csv", WINDOWS, (62, 1), "numero_uai")
    },
    Table {
        date: Some(("date_intervention", "2021-11-08")),
        ..table("latin1-bcn-n_niveau_formation_diplome.csv", WINDOWS, (12, 206), "NIVEAU_FORMATION_DIPLOME")
    },
    table("mission-locale-couverture.csv", UTF8, (13, 25), "Code INSEE"),
    // Its accented letters were lost before it came here, from line 4 on.
    Table {
        date: Some(("date_intervention", "2023-05-12")),
        problems: &[(4, "lost_characters")],
        ..table("utf8-pipe-bcn-n_type_diplome_sise.csv", ("UTF-8", '|'), (17, 232), "TYPE_DIPLOME_SISE")
    },
];

/// The folder of samples, found from the checkout upwards.
fn samples(kind: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = root.ancestors().map(|a| a.join("shared/data").join(kind)).find(|p| p.is_dir());
    if found.is_none() {
        eprintln!("shared/data/{kind} is absent: the real samples are not read here");
    }
    found
}

/// Names and bytes of the samples, in the order of their names.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut list: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e != "md"))
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&p).unwrap()))
        .collect();
    list.sort();
    list
}

#[test]
fn every_real_feed_gives_what_it_holds() {
    let Some(folder) = samples("feeds") else { return };
    let files = files(&folder);
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, FEEDS.map(|f| f.file));
    for ((file, bytes), expected) in files.iter().zip(FEEDS) {
        assert_eq!(sniff(bytes), Kind::Feed, "{file}");
        let feed = feed::parse(bytes, None, None).unwrap_or_else(|e| panic!("{file}: {e}"));
        let first = &feed.entries[0];
        let date = first.published.or(first.updated).unwrap();
        let date = date.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
        let problems: Vec<_> = feed.problems.iter().map(|p| (p.line, p.code)).collect();
        let found = Feed {
            file,
            encoding: feed.encoding,
            entries: feed.entries.len(),
            title: &first.title,
            date: &date,
            problems: &problems,
        };
        assert_eq!(found, expected);
        for entry in &feed.entries {
            assert!(
                !entry.title.is_empty() && entry.published.or(entry.updated).is_some(),
                "{file}: {entry:?}"
            );
            let named = |author: &String| author.chars().any(char::is_alphabetic) && !author.contains('@');
            assert!(entry.authors.iter().all(named), "{file}: {:?}", entry.authors);
        }
    }
}

#[test]
fn every_real_table_gives_what_it_holds() {
    let Some(folder) = samples("csv") else { return };
    let files = files(&folder);
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, TABLES.map(|t| t.file));
    for ((file, bytes), expected) in files.iter().zip(TABLES) {
        assert_eq!(sniff(bytes), Kind::Csv, "{file}");
        let table = csv::parse(bytes, &CsvOptions::default()).unwrap_or_else(|e| panic!("{file}: {e}"));
        let date = expected.date.map(|(column, _)| {
            let cell = table.cell(&table.rows[0], column).unwrap();
            (column, csv::value::date(cell).unwrap().to_string())
        });
        let problems: Vec<_> = table.problems.iter().map(|p| (p.line, p.code)).collect();
        let found = Table {
            file,
            encoding: table.encoding,
            separator: table.separator,
            columns: table.headers.len(),
            rows: table.rows.len(),
            header: &table.headers[0].raw,
            date: date.as_ref().map(|(column, day)| (*column, day.as_str())),
            problems: &problems,
        };
        assert_eq!(found, expected);
    }
}
