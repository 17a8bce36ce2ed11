//! What every source file has to be like.

use super::{files, read};
use std::path::Path;

/// Lines of a file, at most.
const LONGEST: usize = 400;
/// The one file that is longer: the schema of the database stands in one piece.
const SCHEMA: &str = "node/store/src/schema.rs";

#[test]
fn every_file_says_what_it_is_for() {
    for path in files("", ".rs") {
        let text = read(&path);
        let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let words = head.strip_prefix("//! ").map(str::len).unwrap_or_default();
        assert!(words > 10, "{} begins with {head:?}", path.display());
    }
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = files("", ".rs")
        .iter()
        .filter(|path| *path != Path::new(SCHEMA))
        .map(|path| (path, read(path).lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "more than {LONGEST} lines:\n{}", long.join("\n"));
}

#[test]
fn nothing_is_left_undone_or_left_out() {
    // Written in two pieces, so that this file does not find itself.
    let marks = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("#[ig", "nore"),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("X", "XX"),
    ];
    for path in files("", ".rs") {
        let text = read(&path);
        for (line, number) in text.lines().zip(1..) {
            // The documentation of a macro may show an example that is not run.
            let shown = line.trim_start().starts_with("///");
            let found = marks.iter().find(|mark| !shown && line.contains(**mark));
            assert!(found.is_none(), "{}:{number}: {line}", path.display());
        }
    }
}

#[test]
fn no_folder_of_odds_and_ends() {
    for path in files("", ".rs") {
        let names = path.iter().map(|part| part.to_string_lossy().trim_end_matches(".rs").to_owned());
        for name in names {
            let vague = ["utils", "util", "common", "helpers", "helper", "manager", "misc"];
            assert!(!vague.contains(&name.as_str()), "{}", path.display());
        }
    }
}

#[test]
fn the_product_does_not_print_or_panic_on_purpose() {
    let words = ["println!(", "dbg!(", "unreachable!(", ".unwrap()"];
    for folder in [
        "node/src",
        "node/api/src",
        "node/app/src",
        "node/domain/src",
        "node/store/src",
        "federation/src",
        "ui/src",
    ] {
        for path in files(folder, ".rs") {
            if path.iter().any(|part| part == "tests" || part == "tests.rs" || part == "testing.rs") {
                continue;
            }
            let text = read(&path);
            // Unit tests stand at the end of a file.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for word in words {
                let found =
                    code.lines().find(|line| line.contains(word) && !line.trim_start().starts_with("//"));
                assert!(found.is_none(), "{}: {found:?}", path.display());
            }
        }
    }
}
