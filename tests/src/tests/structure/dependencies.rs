//! What the product stands on, against deny.toml: licences, forbidden crates, where they come from.

use super::read;
use crate::checkout;
use spdx::{Expression, Licensee, ParseMode};
use std::collections::BTreeSet;
use std::process::Command;

/// A package that is compiled in, or used to build or test.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    /// Where it comes from, unless that is the registry.
    source: String,
    licence: String,
}

/// As `cargo tree` prints them: `name v1.2.3 (source)|licence`. What the lock file names and no
/// feature brings in is not among them.
fn packages() -> BTreeSet<Package> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["tree", "--workspace", "--locked", "--offline", "--prefix", "none"])
        .args(["--edges", "normal,build,dev", "--format", "{p}|{l}"])
        .current_dir(checkout())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let package = |line: &str| {
        let (package, licence) = line.split_once('|').unwrap_or_else(|| panic!("{line}"));
        let mut words = package.split(' ');
        let name = words.next().unwrap_or_default().to_owned();
        let source = words.filter(|word| word.starts_with('(') && *word != "(proc-macro)").collect();
        Package { name, source, licence: licence.trim_end_matches(" (*)").to_owned() }
    };
    text.lines().filter(|line| !line.is_empty()).map(package).collect()
}

fn rules() -> toml::Table {
    toml::from_str(&read(&checkout().join("deny.toml"))).unwrap()
}

#[test]
fn every_licence_is_allowed() {
    let rules = rules();
    let allowed: Vec<Licensee> = rules["licenses"]["allow"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| Licensee::parse_mode(one.as_str().unwrap(), ParseMode::LAX).unwrap())
        .collect();
    let packages = packages();
    assert!(packages.len() > 300, "{} packages", packages.len());
    for Package { name, licence, .. } in &packages {
        // Cargo wrote `A/B` for `A OR B` before.
        let expression = Expression::parse_mode(licence, ParseMode::LAX);
        let expression = expression.unwrap_or_else(|error| panic!("{name}: {licence}: {error}"));
        let taken = expression.evaluate(|wanted| allowed.iter().any(|one| one.satisfies(wanted)));
        assert!(taken, "{name} is under {licence}, which deny.toml does not allow");
    }
}

#[test]
fn nothing_forbidden_is_linked_and_all_of_it_comes_from_the_registry() {
    let rules = rules();
    let forbidden: BTreeSet<&str> =
        rules["bans"]["deny"].as_array().unwrap().iter().map(|one| one["crate"].as_str().unwrap()).collect();
    assert!(forbidden.contains("openssl"));
    for Package { name, source, .. } in &packages() {
        assert!(!forbidden.contains(name.as_str()), "{name} is forbidden by deny.toml");
        let own = name.starts_with("maillage");
        assert!(own || source.is_empty(), "{name} comes from {source}");
    }
}
