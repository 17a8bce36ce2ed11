//! The documents of the project, and the commands that it promises.

use super::{files, read};
use crate::checkout;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

#[test]
fn the_documents_are_there() {
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "FEDERATION.md",
        "SECURITY.md",
        "CHANGELOG.md",
        "LICENSE",
    ] {
        let text = read(Path::new(name));
        assert!(text.len() > 300, "{name} has {} bytes", text.len());
    }
    assert!(read(Path::new("LICENSE")).contains("GNU AFFERO GENERAL PUBLIC LICENSE"));
}

#[test]
fn the_commands_are_there() {
    for name in [".ci/run", "tests/run", "deploy/start", "deploy/requirements", "deploy/postgres-for-tests"] {
        let metadata =
            std::fs::metadata(checkout().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(metadata.permissions().mode() & 0o111 != 0, "{name} cannot be run");
    }
    let readme = read(Path::new("README.md"));
    assert!(readme.contains("deploy/start") && readme.contains("tests/run"));
}

#[test]
fn links_between_documents_lead_somewhere() {
    for path in files("", ".md") {
        let text = read(&path);
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if file.is_empty()
                || file.contains("://")
                || file.starts_with("mailto:")
                || file.contains(char::is_whitespace)
            {
                continue;
            }
            let target = checkout().join(&folder).join(file);
            assert!(target.exists(), "{}: {link}", path.display());
        }
    }
}

#[test]
fn the_top_of_the_checkout_holds_what_it_should() {
    let known = ["node", "federation", "ui", "migrations", "deploy", "tests", "target", "demo"];
    for entry in std::fs::read_dir(checkout()).unwrap().map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let document = [".md", ".toml", ".lock"].iter().any(|end| name.ends_with(end)) || name == "LICENSE";
        assert!(name.starts_with('.') || document || known.contains(&name.as_str()), "{name}");
    }
}

#[test]
fn nothing_speaks_of_one_machine() {
    // Written in two pieces, so that this file does not find itself.
    let words = [concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("/ro", "ot/")];
    for ending in [".rs", ".md", ".toml", ".html", ".ftl", ".css", ".js", ".mjs", ".json"] {
        for path in files("", ending) {
            let text = read(&path);
            for word in words {
                assert!(!text.contains(word), "{}: {word}", path.display());
            }
        }
    }
}
