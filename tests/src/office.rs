//! Somebody signed in to the back office, as a browser without JavaScript.

use crate::page::Page;
use anyhow::{Context, Result, bail};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url, header};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

/// A browser with its cookies.
pub struct Office {
    http: Client,
    base: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Office {
    /// Signs in to the node at this address.
    ///
    /// # Errors
    /// When there is no answer, or the node refuses.
    pub async fn sign_in(base: &str, email: &str, password: &str) -> Result<Self> {
        let http = Client::builder().timeout(Duration::from_secs(30)).redirect(Policy::none()).build()?;
        let office = Self { http, base: base.trim_end_matches('/').to_owned(), cookies: Mutex::default() };
        let page = office.send("/login", "/login", &[("email", email), ("password", password)]).await?;
        if !page.url.path().starts_with("/office") {
            bail!("{email} is not signed in: {}", page.text);
        }
        Ok(office)
    }

    /// Opens a page.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn open(&self, path: &str) -> Result<Page> {
        let request = self.http.get(format!("{}{path}", self.base)).header(header::COOKIE, self.cookie());
        self.follow(request.send().await?).await
    }

    /// Opens a page and sends the form there whose action begins with `action`, with what it holds
    /// hidden and with these values.
    ///
    /// # Errors
    /// When there is no answer, or no such form.
    pub async fn send(&self, path: &str, action: &str, values: &[(&str, &str)]) -> Result<Page> {
        let page = self.open(path).await?;
        let (target, hidden) = form(&page.text, action).with_context(|| format!("{path}: {}", page.text))?;
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let given = |name: &str| values.iter().any(|(known, _)| *known == name);
        let all = hidden.filter(|(name, _)| !given(name)).chain(values.iter().copied());
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish();
        let request = self.http.post(format!("{}{target}", self.base)).header(header::COOKIE, self.cookie());
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        self.follow(request.send().await?).await
    }

    /// Keeps the cookies of an answer, and goes where it leads.
    async fn follow(&self, mut answer: Response) -> Result<Page> {
        for _ in 0..5 {
            self.keep(&answer);
            let Some(to) = answer.headers().get(header::LOCATION) else { break };
            let url = answer.url().join(to.to_str()?)?;
            answer = self.http.get(url).header(header::COOKIE, self.cookie()).send().await?;
        }
        let (status, url): (u16, Url) = (answer.status().as_u16(), answer.url().clone());
        Ok(Page { status, url, text: answer.text().await? })
    }

    fn cookie(&self) -> String {
        let cookies = self.cookies.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, answer: &Response) {
        let mut cookies = self.cookies.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for line in answer.headers().get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                cookies.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }
}

/// Where the form of a page leads whose action begins like this, and its hidden values.
fn form(html: &str, action: &str) -> Option<(String, Vec<(String, String)>)> {
    let from = html.find(&format!("action=\"{action}"))?;
    let body = html.get(from..)?.split("</form>").next()?;
    let hidden = body
        .split("<input type=\"hidden\" ")
        .skip(1)
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default())));
    Some((attribute(body, "action")?, hidden.collect()))
}

/// The value of the first attribute of this name.
fn attribute(html: &str, name: &str) -> Option<String> {
    let value = html.split(&format!("{name}=\"")).nth(1)?.split('"').next()?;
    Some(value.replace("&quot;", "\"").replace("&#34;", "\"").replace("&#39;", "'").replace("&amp;", "&"))
}
