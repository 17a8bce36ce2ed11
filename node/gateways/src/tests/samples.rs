//! The real samples beside the checkout: every file has a defined result. Skipped where they are absent.

use std::path::{Path, PathBuf};

use crate::csv::CsvOptions;
use crate::feed::ParsedFeed;
use crate::{Kind, csv, feed, sniff};

/// The folder of samples, found from the checkout upwards.
fn samples(kind: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = root.ancestors().map(|a| a.join("shared/data").join(kind)).find(|p| p.is_dir());
    if found.is_none() {
        eprintln!("shared/data/{kind} is absent: the real samples are not read here");
    }
    found
}

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

fn published(feed: &ParsedFeed, entry: usize) -> String {
    feed.entries[entry].published.map(|d| d.to_rfc3339()).unwrap_or_default()
}

#[test]
fn every_real_feed_reads() {
    let Some(folder) = samples("feeds") else { return };
    for (name, bytes) in files(&folder) {
        assert_eq!(sniff(&bytes), Kind::Feed, "{name}");
        let feed = feed::parse(&bytes, None, None).unwrap_or_else(|e| panic!("{name}: {e}"));
        eprintln!(
            "{name}: {} {} {:?} {}",
            feed.encoding,
            feed.entries.len(),
            feed.title,
            published(&feed, 0)
        );
    }
}

#[test]
fn every_real_table_reads() {
    let Some(folder) = samples("csv") else { return };
    for (name, bytes) in files(&folder) {
        assert_eq!(sniff(&bytes), Kind::Csv, "{name}");
        let table = csv::parse(&bytes, &CsvOptions::default()).unwrap_or_else(|e| panic!("{name}: {e}"));
        eprintln!(
            "{name}: {} {:?} {} {} {:?}",
            table.encoding,
            table.separator,
            table.headers.len(),
            table.rows.len(),
            table.problems
        );
    }
}
