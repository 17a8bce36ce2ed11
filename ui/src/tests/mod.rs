//! Every page rendered with every kind of content, and what has to hold for each of them.

pub mod browser;
mod markup;
pub mod node;
mod pages;

use std::path::Path;

/// Path and text of the crate's Rust sources and templates.
pub fn source_texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("src"), root.join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("UTF-8");
                found.push((path.display().to_string(), text));
            }
        }
    }
    found
}
