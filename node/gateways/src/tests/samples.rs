//! The real samples beside the checkout: what each file holds, read off the file itself. Where the folder
//! is absent, one line says so.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use url::Url;

use crate::csv::CsvOptions;
use crate::feed::FeedEntry;
use crate::{Kind, csv, feed, sniff};

/// What a feed holds.
#[derive(Debug, PartialEq)]
struct Feed<'a> {
    file: &'a str,
    encoding: &'a str,
    entries: usize,
    /// Title of the first entry: its characters, and its SHA-256, as the articles are their authors'.
    title: (usize, &'a str),
    /// Host of the page of the first entry; empty where it names none.
    host: &'a str,
    /// How many entries have a summary, a full text, authors, files.
    holding: [usize; 4],
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
        title: (30, "33db6d495de06ad2227a402bb7dbb715dec7425efd0eea7ed8016dae7bc3aeff"),
        host: "www.la-grange.net",
        holding: [0, 34, 34, 0],
        date: "2013-04-10T23:17:00Z",
        problems: &[],
    },
    Feed {
        file: "construit-atom-relatif-xhtml.xml",
        encoding: "UTF-8",
        entries: 1,
        title: (18, "085cccb050518050bc6bf3c1ac4ebd507c13c1b1d80817757ffbf60bc5ece7fb"),
        host: "mef.example.org",
        holding: [0, 1, 0, 1],
        date: "2026-09-30T10:00:00Z",
        problems: &[],
    },
    // Two dates that contradict each other: the first, in French time, is the one SPIP means.
    Feed {
        file: "construit-rss091-spip18-latin1-date-mysql.xml",
        encoding: "windows-1252",
        entries: 1,
        title: (53, "9591a964ec07d44749f4eaf0a5730c4ccfdba63d470400774e326345f1a6629c"),
        host: "mef.example.org",
        holding: [1, 0, 1, 0],
        date: "2005-06-30T07:15:00Z",
        problems: &[],
    },
    // Read without the address it came from, so that its relative links lead nowhere.
    Feed {
        file: "construit-rss2-casse.xml",
        encoding: "UTF-8",
        entries: 2,
        title: (31, "c66f6d736f78e5d4f56d490a9dfcb2fbfe63cd152521b051664bda095e632aba"),
        host: "",
        holding: [2, 0, 0, 0],
        date: "2026-10-14T07:00:00Z",
        problems: &[(4, "unreadable_link"), (5, "unreadable_link"), (6, "no_title_no_link")],
    },
    Feed {
        file: "rss092-iso8859-1-sans-guid-universfreebox.xml",
        encoding: "windows-1252",
        entries: 30,
        title: (91, "6c278aea178f67e05afc15c25238a38c373a17c67b0af2ce2680d626b08fa3cd"),
        host: "www.universfreebox.com",
        holding: [30, 0, 0, 0],
        date: "2013-03-25T19:43:20Z",
        problems: &[],
    },
    Feed {
        file: "rss1-rdf-planete-jquery.xml",
        encoding: "UTF-8",
        entries: 20,
        title: (45, "3b9c3d83f2cce33bb6aac6848c23c16c544abbf83360e039cd25376d6d776637"),
        host: "www.mathieurobin.com",
        holding: [0, 20, 20, 0],
        date: "2013-03-11T09:06:01Z",
        problems: &[],
    },
    Feed {
        file: "rss2-fulltext-numerama.xml",
        encoding: "UTF-8",
        entries: 6,
        title: (62, "80cd1dd11ac24da0481f4ab7757ada60297f714ec53364d118567ffd3c5c039f"),
        host: "www.numerama.com",
        holding: [6, 0, 0, 0],
        date: "2013-04-12T15:38:15Z",
        problems: &[],
    },
    Feed {
        file: "rss2-latin1-sans-declaration-sans-guid-cerclepsy-2013.xml",
        encoding: "windows-1252",
        entries: 7,
        title: (63, "60ff88e1222834e5461265eb48fb3563b2223bd0dc1e5ac63de71fb73296aee6"),
        host: "le-cercle-psy.scienceshumaines.com",
        holding: [7, 0, 0, 0],
        date: "2013-05-23T10:30:00Z",
        problems: &[],
    },
    Feed {
        file: "rss2-pass-fonction-publique-titre-html-date-iso.rss",
        encoding: "UTF-8",
        entries: 7,
        title: (42, "922a773708e1bb195650172c5ea6ab98e1143a1c4ead0c533ada0d281cb36f9c"),
        host: "www.pass.fonction-publique.gouv.fr",
        holding: [7, 0, 7, 0],
        date: "2025-02-26T15:40:27Z",
        problems: &[],
    },
    Feed {
        file: "rss2-spip-jeuxlinux-2013.xml",
        encoding: "UTF-8",
        entries: 20,
        title: (28, "6d19398d3d8925ae716c8fadfd78dbe1ea4f14e2cd54390f7655a99facc601f8"),
        host: "www.jeuxlinux.fr",
        holding: [20, 20, 0, 0],
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

/// In hexadecimal.
fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

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
        let digest = sha256(&first.title);
        let holding = |has: fn(&FeedEntry) -> bool| feed.entries.iter().filter(|entry| has(entry)).count();
        let found = Feed {
            file,
            encoding: feed.encoding,
            entries: feed.entries.len(),
            title: (first.title.chars().count(), &digest),
            host: first.link.as_ref().and_then(Url::host_str).unwrap_or_default(),
            holding: [
                holding(|entry| entry.summary_html.is_some()),
                holding(|entry| entry.content_html.is_some()),
                holding(|entry| !entry.authors.is_empty()),
                holding(|entry| !entry.enclosures.is_empty()),
            ],
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
