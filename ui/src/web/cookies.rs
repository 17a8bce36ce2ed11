//! Cookies of a node: their names carry the node, so that several on one host do not log each other out.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use maillage_app::address::Addresses;
use sha2::{Digest, Sha256};

/// The names of one node's cookies, and whether they are sent over TLS alone.
#[derive(Debug, Clone)]
pub struct Names {
    /// The session.
    pub session: String,
    /// The token of forms before there is a session.
    pub form: String,
    /// The language that was chosen.
    pub language: String,
    /// What the last action has come to.
    pub notice: String,
    /// Who left for the identity provider with this browser.
    pub departure: String,
    secure: bool,
}

impl Names {
    /// The names for the node at these addresses.
    pub fn of(addresses: &Addresses) -> Self {
        let digest = Sha256::digest(addresses.host().as_bytes());
        let node: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let secure = addresses.base().scheme() == "https";
        // `__Host-` binds a cookie to this very host; browsers take it over TLS alone.
        let prefix = if secure { "__Host-maillage" } else { "maillage" };
        let name = |part: &str| format!("{prefix}-{node}-{part}");
        Self {
            session: name("session"),
            form: name("form"),
            language: name("language"),
            notice: name("notice"),
            departure: name("departure"),
            secure,
        }
    }

    /// A cookie that scripts do not see. Without `seconds` it ends with the browser.
    pub fn set(&self, name: &str, value: String, seconds: Option<i64>) -> Cookie<'static> {
        let mut cookie = Cookie::build(name.to_owned(), value)
            .path("/")
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Lax);
        if let Some(seconds) = seconds {
            cookie = cookie.max_age(Duration::seconds(seconds));
        }
        cookie.finish()
    }

    /// The same cookie, taken back.
    pub fn end(&self, name: &str) -> Cookie<'static> {
        self.set(name, String::new(), Some(0))
    }
}

/// The value of a cookie of this request.
pub fn value(request: &HttpRequest, name: &str) -> Option<String> {
    request.cookie(name).map(|cookie| cookie.value().to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_nodes_of_one_host_have_cookies_of_their_own() {
        let names = |base: &str| Names::of(&Addresses::new(base).expect("base"));
        let (one, two) = (names("http://localhost:8001"), names("http://localhost:8002"));
        assert_ne!(one.session, two.session);
        assert!(!one.set(&one.session, "x".into(), None).secure().unwrap_or(false));
        let public = names("https://mef58.example");
        assert!(public.session.starts_with("__Host-"));
        let cookie = public.set(&public.session, "x".into(), Some(60));
        assert_eq!((cookie.secure(), cookie.http_only()), (Some(true), Some(true)));
    }
}
