//! The layers of ARCHITECTURE.md, on what the manifests say and on the sources.

use super::{files, read};
use crate::checkout;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// Each crate of the workspace with everything that it depends on, for whatever purpose.
fn workspace() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline", "--locked"])
        .current_dir(checkout())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let names = |list: &Value| -> BTreeSet<String> {
        list.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| (package["name"].as_str().unwrap().to_owned(), names(&package["dependencies"])))
        .collect()
}

/// What a crate uses of the workspace itself.
fn own(dependencies: &BTreeSet<String>) -> BTreeSet<&str> {
    dependencies.iter().map(String::as_str).filter(|name| name.starts_with("maillage")).collect()
}

fn set<const N: usize>(names: [&'static str; N]) -> BTreeSet<&'static str> {
    names.into()
}

#[test]
fn layers_depend_downwards_only() {
    let workspace = workspace();
    let below = ["maillage-domain", "maillage-store", "maillage-gateways", "maillage-app"];
    let allowed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::from([
        ("maillage-domain", set([])),
        ("maillage-gateways", set([])),
        ("maillage-store", set(["maillage-domain"])),
        ("maillage-app", set(["maillage-domain", "maillage-store", "maillage-gateways"])),
        // The faces never import one another.
        ("maillage-ui", set(below)),
        ("maillage-api", set(below)),
        ("maillage-federation", set(below)),
        (
            "maillage",
            set([
                "maillage-domain",
                "maillage-store",
                "maillage-gateways",
                "maillage-app",
                "maillage-ui",
                "maillage-api",
                "maillage-federation",
            ]),
        ),
        // Nodes are known from outside only.
        ("maillage-demo", set(["maillage-domain"])),
        ("maillage-tests", set(["maillage-test-peer"])),
        // One figure is the commit of the product's own writer, and 100,000 items are written through it.
        (
            "maillage-bench",
            set(["maillage-tests", "maillage-test-peer", "maillage-store", "maillage-domain"]),
        ),
        ("maillage-test-peer", set([])),
    ]);
    for (name, dependencies) in &workspace {
        let allowed =
            allowed.get(name.as_str()).unwrap_or_else(|| panic!("{name} has no place in the layers"));
        let used = own(dependencies);
        assert!(used.is_subset(allowed), "{name} uses {used:?}, and may use {allowed:?}");
    }
    assert_eq!(workspace.len(), allowed.len(), "{:?}", workspace.keys());
}

#[test]
fn the_domain_depends_on_data_types_only() {
    let data = set([
        "chrono",
        "chrono-tz",
        "flate2",
        "rust-stemmers",
        // Recurrences of RFC 5545, worked out from values.
        "rrule",
        "serde",
        "serde_json",
        "thiserror",
        "toml",
        "unicode-normalization",
        "url",
        "uuid",
    ]);
    let workspace = workspace();
    let used: BTreeSet<&str> = workspace["maillage-domain"].iter().map(String::as_str).collect();
    assert!(used.is_subset(&data), "{:?}", used.difference(&data));
}

#[test]
fn the_domain_has_no_input_no_output_and_no_clock() {
    let forbidden = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env",
        "tokio",
        "async fn",
        "Utc::now",
        "Local::now",
        "SystemTime",
        "Instant::now",
    ];
    for path in files("node/domain/src", ".rs") {
        // Tests read the samples that stand beside the descriptors.
        if path.ends_with("tests.rs") {
            continue;
        }
        let code = code_of(&read(&path));
        for word in forbidden {
            assert!(!code.contains(word), "{}: {word}", path.display());
        }
    }
}

#[test]
fn only_the_store_depends_on_diesel() {
    only(
        "maillage-store",
        &[
            "diesel",
            "diesel_migrations",
            "diesel-derive-enum",
            "libsqlite3-sys",
            "pq-sys",
            "rusqlite",
            "sqlx",
        ],
    );
}

#[test]
fn only_the_federation_knows_activitypub_and_signatures() {
    only("maillage-federation", &["activitypub_federation", "http-signature-normalization", "httpsig"]);
}

fn only(owner: &str, crates: &[&str]) {
    for (name, dependencies) in workspace() {
        let used: Vec<&&str> = crates.iter().filter(|one| dependencies.contains(**one)).collect();
        assert!(used.is_empty() || name == owner, "{name} depends on {used:?}; only {owner} may");
    }
}

#[test]
fn only_the_application_names_the_writer() {
    // The other crates that depend on the store; their tests may make a world by it.
    for folder in ["federation/src", "ui/src", "node/api/src", "node/src", "deploy/demo/src"] {
        let product =
            files(folder, ".rs").into_iter().filter(|path| !path.iter().any(|part| part == "tests"));
        for path in product {
            // A name taken from the store: other crates have writers of their own.
            for statement in code_of(&read(&path)).split(';').filter(|one| one.contains("maillage_store")) {
                for name in ["Writer", "SystemReader"] {
                    assert!(!has_word(statement, name), "{} names {name}", path.display());
                }
            }
        }
    }
    // Such a test would prove nothing if the names were others.
    let app: String = files("node/app/src", ".rs").iter().map(|path| read(path)).collect();
    assert!(has_word(&app, "Writer") && has_word(&app, "SystemReader"));
}

#[test]
fn the_peer_shares_nothing_with_the_product() {
    let workspace = workspace();
    let peer = &workspace["maillage-test-peer"];
    assert!(own(peer).is_empty(), "{peer:?}");
    let product = ["aws-lc-rs", "http-signature-normalization", "httpsig", "activitypub_federation", "ring"];
    let peers = ["rsa", "sha2"];
    assert!(product.iter().all(|one| !peer.contains(*one)), "{peer:?}");
    assert!(peers.iter().all(|one| peer.contains(*one)), "{peer:?}");
    let federation = &workspace["maillage-federation"];
    assert!(peers.iter().all(|one| !federation.contains(*one)), "{federation:?}");
    for path in files("tests/peer/src", ".rs") {
        let code = code_of(&read(&path));
        assert!(!code.contains("maillage_") || code.contains("maillage_test_peer"), "{}", path.display());
    }
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let root: String = read(Path::new("Cargo.toml"));
    for lint in [
        "unsafe_code = \"forbid\"",
        "missing_docs = \"warn\"",
        "unwrap_used = \"warn\"",
        "expect_used = \"warn\"",
    ] {
        assert!(root.contains(lint), "{lint}");
    }
    let manifests: Vec<_> =
        files("", "Cargo.toml").into_iter().filter(|path| path != Path::new("Cargo.toml")).collect();
    assert_eq!(manifests.len(), workspace().len(), "{manifests:?}");
    for path in manifests {
        let text = read(&path);
        assert!(text.contains("[lints]\nworkspace = true"), "{}", path.display());
        assert!(text.contains("license.workspace = true"), "{}", path.display());
    }
}

/// A source without its comments: what only stands in them is no use of a name.
fn code_of(source: &str) -> String {
    source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}
