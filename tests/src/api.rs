//! The JSON API of a node, as a program would use it.

use crate::item::Item;
use anyhow::{Context, Result, bail};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::time::Duration;

/// The API of a node as one account, or as anybody.
#[derive(Clone)]
pub struct Api {
    base: String,
    token: Option<String>,
    http: Client,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Media type, without parameters.
    pub media_type: String,
    /// Header lines.
    pub headers: reqwest::header::HeaderMap,
    /// Body as JSON; null where it is none.
    pub body: Value,
    /// Body as text.
    pub text: String,
}

impl Answer {
    /// The body of an answer that has to be a good one.
    ///
    /// # Errors
    /// The answer when it is not.
    pub fn ok(self) -> Result<Value> {
        if !(200..300).contains(&self.status) {
            bail!("status {}: {}", self.status, self.text);
        }
        Ok(self.body)
    }
}

/// What an import has done.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Report {
    /// New items.
    pub created: usize,
    /// Changed items.
    pub updated: usize,
    /// Items that were there already.
    pub unchanged: usize,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: u64,
    /// Whether the row was taken in spite of it.
    pub kept: bool,
    /// The reason, in both languages.
    pub message: Value,
}

impl Api {
    /// A client of a node.
    ///
    /// # Errors
    /// When there is no HTTP client.
    pub fn new(base: &str, token: Option<&str>) -> Result<Self> {
        let http = Client::builder()
            .timeout(Duration::from_secs(60))
            .pool_idle_timeout(Duration::from_secs(4))
            .build()
            .context("an HTTP client")?;
        Ok(Self { base: base.to_owned(), token: token.map(str::to_owned), http })
    }

    /// One request; the path goes on from `/api/v1`.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn request(&self, method: Method, path: &str, body: Option<Value>) -> Result<Answer> {
        let mut request = self.http.request(method, format!("{}/api/v1{path}", self.base));
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        self.send(request).await
    }

    async fn send(&self, mut request: reqwest::RequestBuilder) -> Result<Answer> {
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.with_context(|| format!("{} does not answer", self.base))?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let media_type =
            headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim().to_owned();
        let text = answer.text().await.context("the body")?;
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Ok(Answer { status, media_type, headers, body, text })
    }

    /// Sends a file for a field of an item of a service; answers what the field takes.
    ///
    /// # Errors
    /// The answer when it is no good one.
    pub async fn send_file(&self, service: &str, field: &str, name: &str, bytes: &[u8]) -> Result<Value> {
        let url = format!("{}/api/v1/services/{service}/files/{field}?name={name}", self.base);
        self.send(self.http.post(url).body(bytes.to_vec())).await?.ok()
    }

    /// GET of what has to be there.
    ///
    /// # Errors
    /// The answer when it is no good one.
    pub async fn get(&self, path: &str) -> Result<Value> {
        self.request(Method::GET, path, None).await?.ok().with_context(|| format!("GET {path}"))
    }

    /// POST that has to succeed.
    ///
    /// # Errors
    /// The answer when it is no good one.
    pub async fn post(&self, path: &str, body: Value) -> Result<Value> {
        self.request(Method::POST, path, Some(body)).await?.ok().with_context(|| format!("POST {path}"))
    }

    /// Every item of a list, over all its pages.
    ///
    /// # Errors
    /// As [`Api::get`], or when something is no item.
    pub async fn items(&self, path: &str) -> Result<Vec<Item>> {
        self.all(path)
            .await?
            .into_iter()
            .map(|item| serde_json::from_value(item.clone()).with_context(|| format!("no item: {item}")))
            .collect()
    }

    /// Every entry of a list, over all its pages.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub async fn all(&self, path: &str) -> Result<Vec<Value>> {
        let separator = if path.contains('?') { '&' } else { '?' };
        let mut found = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let encoded =
                |text: String| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            let more = cursor.map(|cursor| format!("&cursor={}", encoded(cursor))).unwrap_or_default();
            let page = self.get(&format!("{path}{separator}limit=200{more}")).await?;
            found.extend(page["items"].as_array().context("a page has items")?.iter().cloned());
            cursor = match page["next"].as_str() {
                Some(next) => Some(next.to_owned()),
                None => return Ok(found),
            };
        }
    }

    /// One item, as an item has to be.
    fn item(value: Value) -> Result<Item> {
        serde_json::from_value(value.clone()).with_context(|| format!("no item: {value}"))
    }

    /// Makes a draft.
    ///
    /// # Errors
    /// The answer when it is refused.
    pub async fn create(&self, service: &str, fields: Value) -> Result<Item> {
        let made = self.post(&format!("/services/{service}/items"), json!({ "fields": fields })).await?;
        Self::item(made)
    }

    /// Changes an item.
    ///
    /// # Errors
    /// The answer when it is refused.
    pub async fn save(&self, id: &str, fields: Value) -> Result<Item> {
        let path = format!("/items/{id}");
        let saved = self.request(Method::PUT, &path, Some(json!({ "fields": fields }))).await?.ok();
        Self::item(saved.with_context(|| format!("PUT {path}"))?)
    }

    /// `submit`, `publish`, `decline` or `withdraw`.
    ///
    /// # Errors
    /// The answer when it is refused.
    pub async fn step(&self, id: &str, step: &str, reason: &str) -> Result<Item> {
        let body = if reason.is_empty() { json!({}) } else { json!({ "reason": reason }) };
        Self::item(self.post(&format!("/items/{id}/{step}"), body).await?)
    }

    /// The answer to a step, whatever it is.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn try_step(&self, id: &str, step: &str) -> Result<Answer> {
        self.request(Method::POST, &format!("/items/{id}/{step}"), Some(json!({}))).await
    }

    /// Imports the bytes of a file; `query` is what goes behind the `?`.
    ///
    /// # Errors
    /// The answer when it is refused.
    pub async fn import(
        &self,
        service: &str,
        query: &str,
        media_type: &str,
        bytes: Vec<u8>,
    ) -> Result<Report> {
        let url = format!("{}/api/v1/services/{service}/import?{query}", self.base);
        let request = self.http.post(url).header("content-type", media_type).body(bytes);
        let report = self.send(request).await?.ok().context("import")?;
        serde_json::from_value(report.clone()).with_context(|| format!("no report: {report}"))
    }

    /// Has a service follow another; the subscription.
    ///
    /// # Errors
    /// The answer when it is refused.
    pub async fn subscribe(&self, to: &str, source: &str, trust: &str, rules: Value) -> Result<Value> {
        let body = json!({ "service": to, "source": source, "trust": trust, "rules": rules });
        self.post("/subscriptions", body).await
    }
}
