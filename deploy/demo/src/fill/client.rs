//! A client of the JSON API of one node.

use anyhow::{Context, bail};
use reqwest::{Method, StatusCode, header};
use serde_json::Value;
use std::time::Duration;

/// Tries of one request to a busy node.
const TRIES: u32 = 8;

/// The API of a node, used by one account.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: String,
}

impl Client {
    /// The API of the node at this address.
    ///
    /// # Errors
    /// A client that cannot be made.
    pub fn new(url: &str, token: &str) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(60)).build()?;
        Ok(Self { http, base: format!("{url}/api/v1"), token: token.to_owned() })
    }

    /// GET: the answer.
    ///
    /// # Errors
    /// What the node says.
    pub async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.ask(Method::GET, path, None).await
    }

    /// POST: the answer, null where there is none.
    ///
    /// # Errors
    /// What the node says.
    pub async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.ask(Method::POST, path, Some(body)).await
    }

    /// PUT: the answer.
    ///
    /// # Errors
    /// What the node says.
    pub async fn put(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.ask(Method::PUT, path, Some(body)).await
    }

    /// Every item of a list, page after page. `path` may hold a query.
    ///
    /// # Errors
    /// What the node says.
    pub async fn list(&self, path: &str) -> anyhow::Result<Vec<Value>> {
        let mut all = Vec::new();
        let mut cursor = String::new();
        loop {
            let joint = if path.contains('?') { '&' } else { '?' };
            let page = match cursor.as_str() {
                "" => self.get(path).await?,
                cursor => self.get(&format!("{path}{joint}cursor={cursor}")).await?,
            };
            let items = page.get("items").and_then(Value::as_array).context("a page without items")?;
            all.extend(items.iter().cloned());
            match page.get("next").and_then(Value::as_str) {
                Some(next) => next.clone_into(&mut cursor),
                None => return Ok(all),
            }
        }
    }

    async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let said = format!("{method} {}{path}", self.base);
        for _ in 0..TRIES {
            let mut request =
                self.http.request(method.clone(), format!("{}{path}", self.base)).bearer_auth(&self.token);
            if let Some(body) = body {
                request = request.header(header::CONTENT_TYPE, "application/json").body(body.to_string());
            }
            let answer = request.send().await.with_context(|| said.clone())?;
            let status = answer.status();
            if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
                let told = answer
                    .headers()
                    .get(header::RETRY_AFTER)
                    .and_then(|text| text.to_str().ok()?.parse().ok());
                tokio::time::sleep(Duration::from_secs(told.unwrap_or(2).min(30))).await;
                continue;
            }
            let text = answer.text().await?;
            if !status.is_success() {
                bail!("{said}: {status} {}", in_words(&text));
            }
            return match text.as_str() {
                "" => Ok(Value::Null),
                text => serde_json::from_str(text).with_context(|| said.clone()),
            };
        }
        bail!("{said}: le nœud est trop occupé / the node is too busy")
    }
}

/// What a problem says, field by field (`application/problem+json`).
fn in_words(text: &str) -> String {
    let Ok(problem) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    let sentence =
        |value: &Value| value.pointer("/message/fr").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut said = sentence(&problem);
    for note in problem.get("problems").and_then(Value::as_array).into_iter().flatten() {
        let field = note.get("field").and_then(Value::as_str).unwrap_or_default();
        said.push_str(&format!(" [{field}: {}]", sentence(note)));
    }
    said
}
