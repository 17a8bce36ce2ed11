//! Stylesheets, scripts and fonts, embedded and served under an address that names their content.

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/assets"]
struct Files;

/// `Cache-Control` of every asset: its address changes with its content.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";
/// Where assets are served.
pub const PREFIX: &str = "/assets/";

const COMMON: [&str; 5] = ["tokens.css", "base.css", "forms.css", "lists.css", "print.css"];
/// The stylesheets of public and of back-office pages are each sent as one file.
const BUNDLES: [(&str, &str); 2] = [("public.css", "site.css"), ("bureau.css", "office.css")];

/// One file as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Content.
    pub bytes: Vec<u8>,
    /// `Content-Type`.
    pub mime: &'static str,
    url: String,
}

static CATALOGUE: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(catalogue);

/// The address of an asset, such as `/assets/3f1c09aa/queue.js`; for a name that does not exist an
/// address that answers 404.
#[must_use]
pub fn asset_url(name: &str) -> String {
    CATALOGUE.get(name).map_or_else(|| format!("{PREFIX}{name}"), |asset| asset.url.clone())
}

/// The asset at an address given by [`asset_url`]. An address with the hash of other content is
/// unknown, so that a cache never keeps the wrong one.
#[must_use]
pub fn find(path: &str) -> Option<&'static Asset> {
    let (_, name) = path.strip_prefix(PREFIX)?.split_once('/')?;
    CATALOGUE.get(name).filter(|asset| asset.url == path)
}

/// Every asset's name and content.
pub fn all() -> impl Iterator<Item = (&'static str, &'static Asset)> {
    CATALOGUE.iter().map(|(name, asset)| (name.as_str(), asset))
}

fn catalogue() -> BTreeMap<String, Asset> {
    let mut found = BTreeMap::new();
    for name in Files::iter().filter(|name| !name.ends_with(".css")) {
        if let (Some(file), Some(mime)) = (Files::get(&name), mime_of(&name)) {
            found.insert(name.to_string(), asset(&name, file.data.into_owned(), mime));
        }
    }
    for (bundle, own) in BUNDLES {
        let text: String =
            COMMON[..4].iter().chain([&own, &COMMON[4]]).map(|part| stylesheet(part)).collect();
        let text = with_hashed_addresses(&text, &found);
        found.insert(bundle.to_owned(), asset(bundle, text.into_bytes(), "text/css; charset=utf-8"));
    }
    found
}

fn stylesheet(name: &str) -> String {
    Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

/// `url("fonts/x.woff2")` of a stylesheet, with the address under which the file is served.
fn with_hashed_addresses(css: &str, found: &BTreeMap<String, Asset>) -> String {
    found.iter().fold(css.to_owned(), |text, (name, asset)| {
        text.replace(&format!("url(\"{name}\")"), &format!("url(\"{}\")", asset.url))
    })
}

fn asset(name: &str, bytes: Vec<u8>, mime: &'static str) -> Asset {
    let digest = Sha256::digest(&bytes);
    let hash: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    Asset { url: format!("{PREFIX}{hash}/{name}"), bytes, mime }
}

/// The type of a file to be served; none for what only accompanies others, such as licences.
fn mime_of(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_content() {
        let url = asset_url("public.css");
        let css = find(&url).expect("public.css");
        assert_eq!(css.mime, "text/css; charset=utf-8");
        assert_ne!(asset("a.js", vec![1], "x").url, asset("a.js", vec![2], "x").url);
        let other = url.replacen(&url[8..14], "000000", 1);
        assert!(find(&other).is_none() && find("/assets/public.css").is_none());
        assert!(find(&asset_url("no-such-file.css")).is_none());
    }

    #[test]
    fn every_file_a_stylesheet_names_is_served() {
        for bundle in ["public.css", "bureau.css"] {
            let css =
                String::from_utf8(find(&asset_url(bundle)).expect(bundle).bytes.clone()).expect("UTF-8");
            let named: Vec<&str> =
                css.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert!(!named.is_empty());
            for url in named {
                assert!(url.starts_with("data:") || find(url).is_some(), "{bundle}: {url}");
            }
            for part in COMMON {
                assert!(!stylesheet(part).is_empty(), "{part} is missing");
            }
        }
    }

    #[test]
    fn stylesheets_and_font_stay_small() {
        let css: usize =
            Files::iter().filter(|name| name.ends_with(".css")).map(|name| stylesheet(&name).len()).sum();
        assert!(css < 40_000, "{css} bytes of CSS");
        let fonts: usize =
            all().filter(|(name, _)| name.ends_with(".woff2")).map(|(_, a)| a.bytes.len()).sum();
        assert!((1..60_000).contains(&fonts), "{fonts} bytes of fonts");
    }

    #[test]
    fn nothing_comes_from_elsewhere() {
        for (name, asset) in all() {
            let text = String::from_utf8_lossy(&asset.bytes);
            if name.starts_with("rich.") {
                // The editor knows what an address looks like, and asks for none.
                for asking in
                    ["fetch(", "XMLHttpRequest", "importScripts", "import(", "WebSocket", "new Image"]
                {
                    assert!(!text.contains(asking), "{name}: {asking}");
                }
                continue;
            }
            assert!(name.ends_with("woff2") || !text.contains("https://"), "{name}");
        }
    }
}
