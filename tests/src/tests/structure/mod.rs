//! The shape of the project: who may depend on whom, and what every file has to be like.

mod dependencies;
mod documents;
mod layers;
mod sources;

use crate::checkout;
use std::path::{Path, PathBuf};

/// Folders that hold nothing of ours.
const FOREIGN: [&str; 4] = ["target", "node_modules", ".git", "demo-data"];

/// Every file below a folder of the checkout whose name ends so, relative to the checkout.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let root = checkout();
    let mut found = Vec::new();
    collect(&root.join(folder), ending, &mut found);
    let mut found: Vec<PathBuf> =
        found.into_iter().filter_map(|path| path.strip_prefix(&root).map(Path::to_owned).ok()).collect();
    found.sort();
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        // The demonstration's data stands at the top only; `deploy/demo` is a crate.
        let demo = name == "demo" && path.parent() == Some(&checkout());
        if path.is_dir() && !FOREIGN.contains(&name.as_str()) && !demo {
            collect(&path, ending, found);
        } else if path.is_file() && name.ends_with(ending) {
            found.push(path);
        }
    }
}

/// The text of a file of the checkout.
fn read(path: &Path) -> String {
    std::fs::read_to_string(checkout().join(path))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
