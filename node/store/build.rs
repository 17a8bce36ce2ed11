//! Recompiles the store when a migration changes, and gives the test databases a name for the schema.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

const TREES: &str = "../../migrations";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={TREES}");
    let mut files = Vec::new();
    collect(Path::new(TREES), &mut files)?;
    files.sort();
    let mut sum = FNV_OFFSET;
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        sum = fnv1a(sum, file.to_string_lossy().as_bytes());
        sum = fnv1a(sum, &fs::read(&file)?);
    }
    println!("cargo:rustc-env=MAILLAGE_SCHEMA_SUM={sum:016x}");
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo:rerun-if-changed={}", path.display());
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// FNV-1a over 64 bits: a name for a content, no more.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv1a(seed: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(seed, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
