//! Links: resolution against a base, and the form under which two links are the same page.

use url::Url;

/// Query parameters that follow a reader and do not name a page.
const TRACKING: [&str; 9] =
    ["fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "xtor", "at_medium"];

/// The form under which two links are taken for the same page: no scheme, no `utm_*` or other tracking
/// parameter, no fragment (but `#!…` and `#/…`, which single-page sites route by), no trailing slash.
/// Made to be compared, not opened.
pub fn canonical_key(link: &Url) -> String {
    let mut key = link.host_str().unwrap_or_default().to_owned();
    if let Some(port) = link.port() {
        key.push_str(&format!(":{port}"));
    }
    key.push_str(link.path().trim_end_matches('/'));
    let parameters: Vec<&str> = link.query().unwrap_or_default().split('&').filter(names_the_page).collect();
    if !parameters.is_empty() {
        key.push('?');
        key.push_str(&parameters.join("&"));
    }
    if let Some(route) = link.fragment().filter(|f| f.starts_with(['!', '/'])) {
        key.push('#');
        key.push_str(route);
    }
    key
}

fn names_the_page(parameter: &&str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    !(parameter.is_empty() || name.starts_with("utm_") || TRACKING.contains(&name.as_str()))
}

/// Reads a web link, absolute or relative to `base`. Anything but http and https is no link.
pub(crate) fn resolve(href: &str, base: Option<&Url>) -> Option<Url> {
    let href = href.trim();
    if href.is_empty() {
        return None;
    }
    let url = match Url::parse(href) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) => base?.join(href).ok()?,
        Err(_) => return None,
    };
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(link: &str) -> String {
        canonical_key(&Url::parse(link).unwrap())
    }

    #[test]
    fn the_same_page_has_one_key() {
        let expected = "mef.example.org/actu/12";
        for link in [
            "https://mef.example.org/actu/12",
            "http://MEF.example.org/actu/12/",
            "https://mef.example.org/actu/12?utm_source=lettre&UTM_medium=mail#haut",
            "https://mef.example.org:443/actu/12?fbclid=abc",
        ] {
            assert_eq!(key(link), expected);
        }
    }

    #[test]
    fn different_pages_keep_different_keys() {
        assert_ne!(key("https://a.example.org/?id=1"), key("https://a.example.org/?id=2"));
        assert_ne!(key("https://a.example.org/#!/offre/1"), key("https://a.example.org/#!/offre/2"));
        assert_ne!(key("https://a.example.org:8080/"), key("https://a.example.org/"));
    }

    #[test]
    fn only_web_links_resolve() {
        let base = Url::parse("https://mef.example.org/flux/rss.xml").unwrap();
        assert_eq!(
            resolve("../agenda?id=3", Some(&base)).unwrap().as_str(),
            "https://mef.example.org/agenda?id=3"
        );
        assert_eq!(
            resolve("//cdn.example.org/i.jpg", Some(&base)).unwrap().as_str(),
            "https://cdn.example.org/i.jpg"
        );
        assert!(resolve("javascript:alert(1)", Some(&base)).is_none());
        assert!(resolve("/relatif", None).is_none());
        assert!(resolve("  ", Some(&base)).is_none());
    }
}
