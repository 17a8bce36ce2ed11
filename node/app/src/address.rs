//! The node's own addresses: permanent ids without slugs, and pages with them.

use crate::error::AppError;
use chrono::{DateTime, Utc};
use maillage_domain::text::slugify;
use url::Url;
use uuid::{NoContext, Timestamp, Uuid};

/// Builds the URLs of a node from its base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    base: Url,
}

impl Addresses {
    /// Addresses under this base, such as `https://mef58.example/`.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it is not an http(s) URL of a host alone.
    pub fn new(base: &str) -> Result<Self, AppError> {
        let bad = || {
            AppError::invalid(
                "url",
                "not_a_base_url",
                format!(
                    "« {base} » n'est pas l'adresse d'un nœud : écrire https://nom.exemple.fr, sans chemin."
                ),
                format!(
                    "“{base}” is not the address of a node: write https://name.example.org, without a path."
                ),
            )
        };
        let url = Url::parse(base).map_err(|_| bad())?;
        let plain = matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(|host| !host.is_empty())
            && url.username().is_empty()
            && matches!(url.path(), "" | "/")
            && url.query().is_none()
            && url.fragment().is_none();
        if plain { Ok(Self { base: url }) } else { Err(bad()) }
    }

    /// The base itself, ending with a slash.
    #[must_use]
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// Host, with the port where there is one: what handles and the Host header hold.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.base.host_str().unwrap_or_default();
        match self.base.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// A URL of the node from its path, which begins with a slash.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base.as_str().trim_end_matches('/'))
    }

    /// The id of an actor.
    #[must_use]
    pub fn actor(&self, uid: &str) -> String {
        self.url(&format!("/a/{uid}"))
    }

    /// The id of an object.
    #[must_use]
    pub fn object(&self, uid: &str) -> String {
        self.url(&format!("/o/{uid}"))
    }

    /// The id of an activity.
    #[must_use]
    pub fn activity(&self, uid: &str) -> String {
        self.url(&format!("/x/{uid}"))
    }

    /// The page of an item.
    #[must_use]
    pub fn item_page(&self, uid: &str, title: &str) -> String {
        self.url(&format!("/fiches/{uid}/{}", slugify(title, 60)))
    }

    /// A picture or a file of an item, under its name.
    #[must_use]
    pub fn attachment(&self, uid: &str, name: &str) -> String {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.clear().extend(["fichiers", uid, name]);
        }
        url.into()
    }

    /// The public id in the address of a picture or file of this node.
    #[must_use]
    pub fn attachment_in(&self, url: &str) -> Option<String> {
        self.after("fichiers", url)
    }

    /// The public id in the address of an item's page on this node.
    #[must_use]
    pub fn item_in(&self, url: &str) -> Option<String> {
        self.after("fiches", url)
    }

    /// What stands after a part of an address of this node.
    fn after(&self, part: &str, url: &str) -> Option<String> {
        let url = Url::parse(url).ok().filter(|_| self.is_own(url))?;
        let mut parts = url.path_segments()?.skip_while(|one| *one != part).skip(1);
        parts.next().filter(|uid| !uid.is_empty()).map(str::to_owned)
    }

    /// The page of a service.
    #[must_use]
    pub fn service_page(&self, slug: &str) -> String {
        self.url(&format!("/services/{slug}"))
    }

    /// Whether the URL is on this node.
    #[must_use]
    pub fn is_own(&self, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| url.origin() == self.base.origin())
    }
}

/// A new UUID v7 of this moment.
#[must_use]
pub fn new_uid(now: DateTime<Utc>) -> String {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos())).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_host_makes_a_base() {
        for bad in [
            "mef58.example",
            "ftp://mef58.example",
            "https://mef58.example/app",
            "https://a@b.example",
            "https://b.example?x",
        ] {
            assert!(Addresses::new(bad).is_err(), "{bad}");
        }
        let node = Addresses::new("http://localhost:8001").expect("base");
        assert_eq!(node.host(), "localhost:8001");
        assert_eq!(node.object("u"), "http://localhost:8001/o/u");
        assert!(node.is_own("http://localhost:8001/x") && !node.is_own("http://localhost:8002/x"));
    }
}
