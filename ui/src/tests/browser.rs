//! A browser for tests of handlers: it keeps cookies, fills in the forms that pages hold, and follows
//! where it is sent.

use actix_web::body::to_bytes_limited;
use actix_web::cookie::Cookie;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::test::TestRequest;
use actix_web::{App, web};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// The origin of the pages of the node.
const OWN: &str = "https://mef58.example";

type Answered = Pin<Box<dyn Future<Output = Page>>>;

/// The application that browsers of one test talk to.
#[derive(Clone)]
pub struct Server(Rc<dyn Fn(TestRequest) -> Answered>);

/// What was answered.
#[derive(Debug, Clone)]
pub struct Page {
    /// Path and query it was asked at.
    pub at: String,
    /// Status.
    pub status: u16,
    /// Where it sends on to; empty where it does not.
    pub location: String,
    /// Its text.
    pub html: String,
    headers: header::HeaderMap,
    cookies: Vec<Cookie<'static>>,
}

/// A form of a page, with the values it would send.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// Names and values in order.
    pub fields: Vec<(String, String)>,
    multipart: bool,
}

/// A browser with its cookies.
#[derive(Clone)]
pub struct Browser {
    server: Server,
    cookies: BTreeMap<String, String>,
    /// What it says a form was sent from; empty for a browser that does not say.
    pub origin: String,
}

impl Server {
    /// The pages of a node, as the program serves them.
    pub async fn start(face: crate::web::Face) -> Self {
        let app = App::new()
            .app_data(web::Data::new(face))
            .wrap(actix_web::middleware::from_fn(crate::web::told))
            .configure(crate::web::configure)
            .default_service(web::to(crate::web::not_found));
        let app = Rc::new(actix_web::test::init_service(app).await);
        Self(Rc::new(move |request| {
            let app = Rc::clone(&app);
            Box::pin(async move {
                let request = request.to_request();
                let at = request.uri().to_string();
                let answer = app.call(request).await.expect("the application answers");
                Page::of(at, answer.map_into_boxed_body()).await
            })
        }))
    }
}

impl Page {
    async fn of(at: String, answer: ServiceResponse) -> Self {
        let status = answer.status().as_u16();
        let cookies = answer.response().cookies().map(Cookie::into_owned).collect();
        let location = answer.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
        let location = location.unwrap_or_default().to_owned();
        let headers = answer.headers().clone();
        let body = to_bytes_limited(answer.into_body(), 8 << 20).await.expect("small").expect("a body");
        Self { at, status, location, html: String::from_utf8_lossy(&body).into_owned(), headers, cookies }
    }

    /// A header of the answer; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Whether it holds these words, kinds of blanks apart.
    pub fn says(&self, words: &str) -> bool {
        plain(&self.html).contains(&plain(words))
    }

    /// The form that is sent to this address.
    pub fn form(&self, action: &str) -> Form {
        let opening = format!("action=\"{action}\"");
        let found = self.html.split("<form").skip(1).find(|form| {
            let tag = form.split('>').next().unwrap_or_default();
            tag.contains(&opening) && tag.contains("method=\"post\"")
        });
        let form = found.unwrap_or_else(|| panic!("no form for {action} at {}:\n{}", self.at, self.html));
        Form::read(action, form.split("</form>").next().unwrap_or_default())
    }

    /// Whether there is a form for this address.
    pub fn offers(&self, action: &str) -> bool {
        self.html.contains(&format!("action=\"{action}\""))
    }

    /// The error beside a field, where there is one.
    pub fn error(&self, field: &str) -> Option<String> {
        let marked = self.html.split(&format!("id=\"f-{field}-error\">")).nth(1)?;
        let text = marked.split("</p>").next()?;
        Some(plain(text.rsplit("</svg>").next().unwrap_or(text)))
    }

    /// The address of the first link with these words.
    pub fn link(&self, words: &str) -> String {
        let words = plain(words);
        let found = self.html.split("<a ").skip(1).find(|link| {
            let inside = link.split("</a>").next().and_then(|link| link.split_once('>'));
            inside.is_some_and(|(_, text)| plain(&without_tags(text)).contains(&words))
        });
        let link = found.unwrap_or_else(|| panic!("no link {words:?} at {}:\n{}", self.at, self.html));
        attribute(link, "href").unwrap_or_default()
    }
}

impl Form {
    fn read(action: &str, html: &str) -> Self {
        let multipart = html.split('>').next().unwrap_or_default().contains("multipart/form-data");
        let mut fields = Vec::new();
        for part in html.split('<').skip(1) {
            let (tag, after) = part.split_once('>').unwrap_or((part, ""));
            let name = attribute(tag, "name");
            if tag.starts_with("input") {
                let (Some(name), kind) = (name, attribute(tag, "type").unwrap_or_default()) else { continue };
                let ticks = matches!(kind.as_str(), "checkbox" | "radio");
                if kind != "file" && (!ticks || tag.contains(" checked")) {
                    fields.push((name, attribute(tag, "value").unwrap_or_default()));
                }
            } else if tag.starts_with("textarea") {
                fields.extend(name.map(|name| (name, decode(after))));
            } else if tag.starts_with("select") {
                fields.extend(name.map(|name| (name, String::new())));
            } else if tag.starts_with("option")
                && tag.contains(" selected")
                && let Some(last) = fields.last_mut()
            {
                last.1 = attribute(tag, "value").unwrap_or_default();
            }
        }
        Self { action: action.to_owned(), fields, multipart }
    }

    /// With this value in a field, whatever stood there.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.and(name, value)
    }

    /// With a further value in a field.
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a value: a box that was unticked.
    pub fn without(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(field, held)| !(field == name && held == value));
        self
    }

    /// The values of a field.
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }
}

impl Browser {
    /// A browser that has never been here.
    pub fn new(server: &Server) -> Self {
        Self { server: server.clone(), cookies: BTreeMap::new(), origin: OWN.to_owned() }
    }

    /// The same browser, talking to another application.
    pub fn on(&self, server: &Server) -> Self {
        Self { server: server.clone(), ..self.clone() }
    }

    async fn ask(&mut self, request: TestRequest) -> Page {
        let cookies = self.cookies.iter();
        let request = cookies
            .fold(request, |request, (name, value)| request.cookie(Cookie::new(name.clone(), value.clone())));
        let request = request.peer_addr(std::net::SocketAddr::from(([127, 0, 0, 1], 4000)));
        let page = (self.server.0)(request.insert_header((header::ACCEPT_LANGUAGE, "fr"))).await;
        for cookie in &page.cookies {
            match cookie.value() {
                "" => self.cookies.remove(cookie.name()),
                value => self.cookies.insert(cookie.name().to_owned(), value.to_owned()),
            };
        }
        page
    }

    /// Opens an address, without following where it sends on.
    pub async fn get(&mut self, path: &str) -> Page {
        self.ask(TestRequest::get().uri(path)).await
    }

    /// Opens an address and follows where it sends on.
    pub async fn open(&mut self, path: &str) -> Page {
        let page = self.get(path).await;
        self.follow(page).await
    }

    /// Follows where a page sends on.
    pub async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..5 {
            if page.location.is_empty() {
                return page;
            }
            page = self.get(&page.location.clone()).await;
        }
        panic!("sent round in circles from {}", page.at)
    }

    fn posting(&self, path: &str) -> TestRequest {
        let request = TestRequest::default().method(Method::POST).uri(path);
        match self.origin.as_str() {
            "" => request,
            origin => request.insert_header((header::ORIGIN, origin.to_owned())),
        }
    }

    /// Sends fields as a form does.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.posting(path);
        self.ask(request.set_form(fields.to_vec())).await
    }

    /// Sends a form, without following.
    pub async fn send(&mut self, form: &Form) -> Page {
        let fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        if form.multipart {
            return self.send_files(form, &[]).await;
        }
        self.post(&form.action, &fields).await
    }

    /// Sends a form and follows where it leads.
    pub async fn submit(&mut self, form: &Form) -> Page {
        let page = self.send(form).await;
        self.follow(page).await
    }

    /// Sends a form with files: field, name, content.
    pub async fn send_files(&mut self, form: &Form, files: &[(&str, &str, &[u8])]) -> Page {
        const BOUNDARY: &str = "----maillage-test";
        let mut body = Vec::new();
        for (name, value) in &form.fields {
            let part =
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        for (field, name, bytes) in files {
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: text/csv\r\n\r\n"
            );
            body.extend_from_slice(part.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let request = self.posting(&form.action);
        self.ask(request.insert_header((header::CONTENT_TYPE, kind)).set_payload(body)).await
    }

    /// Signs in by the login page.
    pub async fn sign_in(&mut self, email: &str, password: &str) {
        let page = self.open("/login").await;
        let form = page.form("/login").with("email", email).with("password", password);
        let page = self.send(&form).await;
        assert_eq!((page.status, page.location.as_str()), (303, "/office"), "{email}: {}", page.html);
    }
}

/// The value of an attribute in an opening tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let tag = tag.split('>').next().unwrap_or(tag);
    let value =
        tag.split(&format!(" {name}=\"")).nth(1).or_else(|| tag.strip_prefix(&format!("{name}=\"")))?;
    value.split('"').next().map(decode)
}

fn without_tags(html: &str) -> String {
    html.split('<').map(|part| part.rsplit('>').next().unwrap_or_default()).collect()
}

fn decode(text: &str) -> String {
    let entities =
        [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&quot;", "\""), ("&#38;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

/// Text with every kind of blank as one blank, entities decoded.
fn plain(text: &str) -> String {
    let decoded = decode(text).replace('\u{2019}', "'");
    decoded
        .split(|c: char| c.is_whitespace() || matches!(c, '\u{202f}' | '\u{a0}'))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
