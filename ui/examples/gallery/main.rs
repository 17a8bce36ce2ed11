//! Writes every page with sample content to a folder, to be looked at in a browser:
//! `cargo run -p maillage-ui --example gallery -- FOLDER`, then serve the folder on loopback.

mod samples;

use maillage_ui::i18n::{Locale, Translator};
use samples::Tone;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "gallery".to_owned());
    let folder = Path::new(&folder);
    for (suffix, locale, tone) in [
        ("", Locale::Fr, Tone::Typical),
        ("-empty", Locale::Fr, Tone::Empty),
        ("-extreme", Locale::Fr, Tone::Extreme),
        ("-en", Locale::En, Tone::Typical),
    ] {
        for (name, html) in samples::pages(Translator::new(locale), tone) {
            write(folder, &format!("{name}{suffix}.html"), html.as_bytes())?;
        }
    }
    for (name, asset) in maillage_ui::assets::all() {
        write(folder, maillage_ui::assets::asset_url(name).trim_start_matches('/'), &asset.bytes)?;
    }
    let theme = maillage_ui::theme::theme_css("#8a2f5b");
    write(folder, maillage_ui::paths::site_theme("nievre").trim_start_matches('/'), theme.as_bytes())
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, bytes)
}
