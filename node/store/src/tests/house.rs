//! Where the two databases may be told apart, and who may depend on diesel.

use std::fs;
use std::path::{Path, PathBuf};

/// Files that know which database they speak to; `dialect` may become a folder.
const TELL_APART: &[&str] = &["dialect", "connection.rs", "migrate.rs"];
const SIGNS: &[&str] =
    &["DbConnection::Sqlite", "DbConnection::Postgres", "on_each!", "SqliteConnection", "PgConnection"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the checkout")
}

fn files(folder: &Path, name_ends: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if !name.starts_with('.') && !["target", "node_modules"].contains(&name) {
                files(&path, name_ends, found);
            }
        } else if name.ends_with(name_ends) {
            found.push(path);
        }
    }
}

#[test]
fn only_the_dialect_tells_the_databases_apart() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    files(&source, ".rs", &mut sources);
    assert!(sources.len() > 10, "the sources are found");
    let mut signs_seen = 0;
    for file in sources {
        let name = file.strip_prefix(&source).expect("inside").to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).expect("readable");
        let signs: Vec<_> = SIGNS.iter().filter(|sign| text.contains(**sign)).collect();
        if TELL_APART.iter().any(|allowed| name.starts_with(allowed)) {
            signs_seen += signs.len();
        } else if !name.starts_with("tests") {
            assert!(signs.is_empty(), "{name} tells the databases apart: {signs:?}");
        }
    }
    assert!(signs_seen > 0, "the signs looked for still stand where they belong");
}

#[test]
fn the_store_alone_depends_on_diesel() {
    let mut manifests = Vec::new();
    files(&root(), "Cargo.toml", &mut manifests);
    let mut dependents = Vec::new();
    for manifest in manifests {
        let text = fs::read_to_string(&manifest).expect("readable");
        let is_package = text.lines().any(|line| line.trim() == "[package]");
        let uses = |line: &str| {
            let line = line.trim();
            line.starts_with("diesel") || line.contains(".diesel") || line.contains("package = \"diesel")
        };
        if is_package && text.lines().any(uses) {
            dependents.push(manifest);
        }
    }
    assert_eq!(dependents, vec![root().join("node/store/Cargo.toml")]);
}
