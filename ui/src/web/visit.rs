//! One request for a page: the language, the session, the token of its forms, the pending notice.

use super::cookies::value;
use super::{Face, WebError};
use crate::i18n::{Translator, negotiate};
use crate::paths;
use crate::views::{Link, Notice, NoticeKind, Shell};
use actix_web::cookie::Cookie;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder, dev::Payload, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::LocalBoxFuture;
use maillage_app::AppError;
use maillage_app::login::{OpenSession, Session};
use maillage_domain::message::Locale;
use maillage_domain::viewer::Viewer;
use maillage_store::ScopedReader;
use rand::RngCore;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::net::IpAddr;

/// What a page may contain: everything from this node, no inline script or style, no frame.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";
/// A chosen language is kept a year, in seconds.
const LANGUAGE_KEPT: i64 = 365 * 24 * 3_600;
/// A notice not shown is forgotten after a minute, in seconds.
const NOTICE_KEPT: i64 = 60;

/// One request for a page, by anybody.
pub struct Visit {
    /// The node's pages.
    pub face: Face,
    /// Language of the answer.
    pub t: Translator,
    /// The session, where somebody is signed in.
    pub session: Option<OpenSession>,
    /// What forms of the answer send back in their field `csrf`.
    pub csrf: String,
    /// Path and query of the request.
    pub address: String,
    /// Address of the browser, as far as it can be told.
    pub network_address: String,
    /// The browser, as it calls itself.
    pub device: String,
    notice: Option<Notice>,
    /// Keeps `csrf` with the browser, where that is not done yet; sent with pages that hold a form.
    form_cookie: RefCell<Option<Cookie<'static>>>,
    cookies: RefCell<Vec<Cookie<'static>>>,
}

/// A notice on its way to the next page.
#[derive(Serialize, Deserialize)]
struct Kept {
    kind: char,
    text: String,
    link: Option<(String, String)>,
}

impl FromRequest for Visit {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self::read(&request).await?) })
    }
}

impl Visit {
    /// Reads a request.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn read(request: &HttpRequest) -> Result<Self, WebError> {
        let face = request
            .app_data::<web::Data<Face>>()
            .map(|face| face.get_ref().clone())
            .ok_or_else(|| AppError::internal("the pages are not in the application's data"))?;
        let names = face.cookies();
        let session = match value(request, &names.session) {
            Some(token) => match face.app().session(&token).await {
                Ok(session) => Some(session),
                Err(AppError::NotFound) => None,
                Err(error) => return Err(error.into()),
            },
            None => None,
        };
        let mut cookies = Vec::new();
        let mut form_cookie = None;
        let csrf = match &session {
            Some(session) => session.csrf.clone(),
            None => value(request, &names.form).unwrap_or_else(|| {
                let token = fresh_token();
                form_cookie = Some(names.set(&names.form, token.clone(), None));
                token
            }),
        };
        let asked = language_asked(request);
        if let Some(language) = &asked {
            let chosen = negotiate(Some(language), None);
            cookies.push(names.set(&names.language, chosen.code().to_owned(), Some(LANGUAGE_KEPT)));
        }
        let locale = locale_of(request, asked.or_else(|| value(request, &names.language)), session.as_ref());
        let notice = value(request, &names.notice).and_then(|kept| read_notice(&kept));
        let address = request.uri().path_and_query().map_or("/", |address| address.as_str()).to_owned();
        let network_address = client_address(request, &face.settings().trusted_proxies);
        let device = request.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let device = device.unwrap_or_default().to_owned();
        let t = Translator::new(locale);
        let (cookies, form_cookie) = (RefCell::new(cookies), RefCell::new(form_cookie));
        Ok(Self { t, session, csrf, address, network_address, device, notice, form_cookie, cookies, face })
    }

    /// The use cases.
    #[must_use]
    pub fn app(&self) -> &maillage_app::App {
        self.face.app()
    }

    /// As whom this visitor reads.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        match &self.session {
            Some(session) => Viewer::Account(session.signed_in.scope.clone()),
            None => Viewer::Anonymous,
        }
    }

    /// Reads as this visitor.
    #[must_use]
    pub fn reads(&self) -> ScopedReader {
        self.app().reads(self.viewer())
    }

    /// The document around a page. `name` is that of the node or the site.
    #[must_use]
    pub fn shell(&self, name: &str) -> Shell {
        Shell {
            name: name.to_owned(),
            other_language: self.other_language(),
            base: self.app().addresses().url("/").trim_end_matches('/').to_owned(),
            csrf: self.csrf.clone(),
            notice: self.notice.clone(),
        }
    }

    /// This page in the other language.
    fn other_language(&self) -> String {
        let other = if self.t.locale == Locale::Fr { "en" } else { "fr" };
        let (path, query) = self.address.split_once('?').unwrap_or((&self.address, ""));
        let mut kept: Vec<&str> =
            query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
        let chosen = format!("lang={other}");
        kept.push(&chosen);
        format!("{path}?{}", kept.join("&"))
    }

    /// Has the browser keep a session that was just opened.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn keep_session(&self, session: &Session) -> Result<(), WebError> {
        self.app().note_device(&session.token, &self.device).await?;
        let names = self.face.cookies();
        let seconds = (session.expires_at - self.app().now().timestamp_millis()) / 1_000;
        self.set_cookie(names.set(&names.session, session.token.clone(), Some(seconds)));
        Ok(())
    }

    /// Has a cookie set with the answer.
    pub(super) fn set_cookie(&self, cookie: Cookie<'static>) {
        self.cookies.borrow_mut().push(cookie);
    }

    /// Answers a page. What is for one person is kept by no cache.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the template cannot be rendered.
    pub fn page(&self, page: &impl askama::Template) -> Result<HttpResponse, WebError> {
        self.page_with(actix_web::http::StatusCode::OK, page)
    }

    /// Answers a page with a status.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the template cannot be rendered.
    pub fn page_with(
        &self,
        status: actix_web::http::StatusCode,
        page: &impl askama::Template,
    ) -> Result<HttpResponse, WebError> {
        let html = page.render().map_err(AppError::internal)?;
        // Who only reads gets no cookie.
        if html.contains(&self.csrf)
            && let Some(cookie) = self.form_cookie.take()
        {
            self.set_cookie(cookie);
        }
        if self.notice.is_some() {
            let names = self.face.cookies();
            self.set_cookie(names.end(&names.notice));
        }
        let personal = self.session.is_some() || self.notice.is_some() || status.is_client_error();
        let mut answer = HttpResponse::build(status);
        answer
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((header::REFERRER_POLICY, "same-origin"))
            .insert_header((header::VARY, "Cookie, Accept-Language, Accept"))
            .insert_header((
                header::CACHE_CONTROL,
                if personal { "private, no-store" } else { "private, no-cache" },
            ));
        self.give_cookies(&mut answer);
        Ok(answer.body(html))
    }

    /// Sends the browser on to a page of this node, after a form.
    #[must_use]
    pub fn go(&self, path: &str) -> HttpResponse {
        self.see_other(local(path))
    }

    /// Sends the browser away to a server that the node's configuration names.
    pub(super) fn leave(&self, address: &url::Url) -> HttpResponse {
        self.see_other(address.to_string())
    }

    fn see_other(&self, address: String) -> HttpResponse {
        let mut answer = HttpResponse::SeeOther();
        answer
            .insert_header((header::LOCATION, address))
            .insert_header((header::CACHE_CONTROL, "private, no-store"));
        self.give_cookies(&mut answer);
        answer.finish()
    }

    /// Sends the browser, and whoever keeps addresses, on to the right address of the same thing.
    #[must_use]
    pub fn moved(&self, path: &str) -> HttpResponse {
        HttpResponse::MovedPermanently()
            .insert_header((header::LOCATION, local(path)))
            .insert_header((header::CACHE_CONTROL, "private, max-age=600"))
            .finish()
    }

    /// Sends the browser on and says there what was done.
    #[must_use]
    pub fn go_and_say(&self, path: &str, kind: NoticeKind, text: String, link: Option<Link>) -> HttpResponse {
        let kind = match kind {
            NoticeKind::Done => 'd',
            NoticeKind::Info => 'i',
            NoticeKind::Problem => 'p',
        };
        let kept = Kept { kind, text, link: link.map(|link| (link.label, link.href)) };
        if let Ok(json) = serde_json::to_vec(&kept) {
            let names = self.face.cookies();
            self.set_cookie(names.set(&names.notice, URL_SAFE_NO_PAD.encode(json), Some(NOTICE_KEPT)));
        }
        self.go(path)
    }

    /// Sends the browser on and says that it is done.
    #[must_use]
    pub fn done(&self, path: &str, text: String) -> HttpResponse {
        self.go_and_say(path, NoticeKind::Done, text, None)
    }

    fn give_cookies(&self, answer: &mut HttpResponseBuilder) {
        for cookie in self.cookies.borrow_mut().drain(..) {
            answer.cookie(cookie);
        }
    }
}

impl AsRef<Visit> for Visit {
    fn as_ref(&self) -> &Visit {
        self
    }
}

/// A path of this node; anything else becomes the back office's first page, so that no form or link
/// leads elsewhere.
pub(super) fn local(path: &str) -> String {
    let safe = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.bytes().any(|byte| byte.is_ascii_control());
    if safe { path.to_owned() } else { paths::WORK.to_owned() }
}

pub(super) fn fresh_token() -> String {
    let mut bytes = [0_u8; 24];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

fn read_notice(kept: &str) -> Option<Notice> {
    let kept: Kept = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(kept).ok()?).ok()?;
    let kind = match kept.kind {
        'd' => NoticeKind::Done,
        'i' => NoticeKind::Info,
        _ => NoticeKind::Problem,
    };
    let action = kept.link.map(|(label, href)| Link::new(label, local(&href)));
    Some(Notice { kind, text: kept.text, action })
}

/// The language asked for in the address, `lang=en`.
pub(super) fn language_asked(request: &HttpRequest) -> Option<String> {
    let found = request.query_string().split('&').find_map(|pair| pair.strip_prefix("lang="));
    found.filter(|code| matches!(*code, "fr" | "en")).map(str::to_owned)
}

pub(super) fn locale_of(
    request: &HttpRequest,
    chosen: Option<String>,
    session: Option<&OpenSession>,
) -> Locale {
    let kept = chosen.or_else(|| session.map(|session| session.signed_in.account.locale.clone()));
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    negotiate(kept.as_deref(), accepted)
}

/// The address of the browser: that of the connection, or, where that is a proxy we trust, the last
/// one in `X-Forwarded-For` that is not.
fn client_address(request: &HttpRequest, trusted: &[IpAddr]) -> String {
    let Some(peer) = request.peer_addr().map(|peer| peer.ip()) else { return String::new() };
    if !trusted.contains(&peer) {
        return peer.to_string();
    }
    let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> =
        forwarded.flat_map(|value| value.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !trusted.contains(hop)).unwrap_or(peer).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn only_paths_of_this_node_are_gone_to() {
        assert_eq!(local("/office/queue?x=1"), "/office/queue?x=1");
        for elsewhere in
            ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "/a\r\nb"]
        {
            assert_eq!(local(elsewhere), paths::WORK, "{elsewhere}");
        }
    }

    #[test]
    fn forwarded_addresses_are_believed_from_trusted_proxies_alone() {
        let proxy: IpAddr = "10.0.0.1".parse().expect("address");
        let asked = |peer: &str, forwarded: &str| {
            let peer = format!("{peer}:1234").parse().expect("peer");
            let request =
                TestRequest::default().peer_addr(peer).insert_header(("X-Forwarded-For", forwarded));
            client_address(&request.to_http_request(), &[proxy])
        };
        assert_eq!(asked("10.0.0.1", "203.0.113.9, 198.51.100.7"), "198.51.100.7");
        assert_eq!(asked("10.0.0.1", "203.0.113.9, 10.0.0.1"), "203.0.113.9");
        assert_eq!(asked("192.0.2.4", "203.0.113.9"), "192.0.2.4");
        assert_eq!(asked("10.0.0.1", "rubbish"), "10.0.0.1");
    }
}
