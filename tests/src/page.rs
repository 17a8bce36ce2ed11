//! Public pages and feeds, as a visitor gets them.

use anyhow::{Context, Result, bail};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use std::time::Duration;

/// A page, a feed or a document.
#[derive(Debug, Clone)]
pub struct Page {
    /// Status.
    pub status: u16,
    /// Where it was found, after redirects.
    pub url: Url,
    /// Its text.
    pub text: String,
}

/// Opens an address as a browser does.
///
/// # Errors
/// When there is no answer.
pub async fn open(url: &str) -> Result<Page> {
    open_as(url, "text/html,application/xhtml+xml,*/*;q=0.8").await
}

/// Opens an address with this `Accept` header.
///
/// # Errors
/// When there is no answer.
pub async fn open_as(url: &str, accept: &str) -> Result<Page> {
    let http = Client::builder().timeout(Duration::from_secs(30)).redirect(Policy::limited(5)).build()?;
    let answer = http.get(url).header("accept", accept).header("accept-language", "fr").send().await;
    let answer = answer.with_context(|| format!("{url} does not answer"))?;
    let (status, found) = (answer.status().as_u16(), answer.url().clone());
    Ok(Page { status, url: found, text: answer.text().await.context("the body")? })
}

/// The text of a page that has to be there.
///
/// # Errors
/// The page when it is not.
pub async fn text(url: &str) -> Result<String> {
    let page = open(url).await?;
    if page.status != 200 {
        bail!("{url} answers {}: {}", page.status, page.text);
    }
    Ok(page.text)
}

impl Page {
    /// Whether it holds this text, as HTML and XML write it.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        says(&self.text, words)
    }

    /// The addresses that it offers as `<link rel="alternate">` of this media type.
    #[must_use]
    pub fn alternates(&self, media_type: &str) -> Vec<Url> {
        let links = self.text.split("<link ").skip(1).filter_map(|rest| rest.split('>').next());
        links
            .filter(|link| {
                link.contains("rel=\"alternate\"") && link.contains(&format!("type=\"{media_type}\""))
            })
            .filter_map(|link| link.split("href=\"").nth(1)?.split('"').next())
            .filter_map(|href| self.url.join(&href.replace("&amp;", "&").replace("&#38;", "&")).ok())
            .collect()
    }
}

/// Whether a document holds these words; typographic marks, entities and the kinds of blanks apart.
#[must_use]
pub fn says(document: &str, words: &str) -> bool {
    plain(document).contains(&plain(words))
}

/// Entities decoded, every kind of blank one blank, curly apostrophes straight.
fn plain(text: &str) -> String {
    let entities = [
        ("&amp;", "&"),
        ("&#38;", "&"),
        ("&lt;", "<"),
        ("&#60;", "<"),
        ("&gt;", ">"),
        ("&#62;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("’", "'"),
    ];
    let mut decoded = text.to_owned();
    for (entity, character) in entities {
        decoded = decoded.replace(entity, character);
    }
    decoded
        .split(|c: char| c.is_whitespace() || c == '\u{202f}' || c == '\u{a0}')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
