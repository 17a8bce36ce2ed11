//! What a visitor sees: the public list of a service, the item's page, RSS and Atom.

use crate::node::Node;
use crate::page::{self, Page};
use crate::until::{SOON, until};
use anyhow::{Result, bail};
use reqwest::Url;

const FEEDS: [&str; 2] = ["application/rss+xml", "application/atom+xml"];

/// The public page of a service; its address is the one that the actor gives.
async fn list(node: &Node, service: &str) -> Result<Page> {
    let page = page::open(&format!("{}/services/{service}", node.base())).await?;
    if page.status != 200 {
        bail!("{} answers {}: {}", page.url, page.status, page.text);
    }
    Ok(page)
}

/// The address of the link whose text this is.
fn link(page: &Page, title: &str) -> Option<Url> {
    page.text.split("<a ").skip(1).find_map(|rest| {
        let (tag, after) = rest.split_once('>')?;
        let text = after.split("</a>").next()?;
        let href = tag.split("href=\"").nth(1)?.split('"').next()?;
        if page::says(text, title) { page.url.join(href).ok() } else { None }
    })
}

/// Waits until a service shows an item: in its list, with a page that names its publisher and leads
/// to the original, and in its feeds.
pub async fn assert_shown(node: &Node, service: &str, title: &str, publisher: &str) -> Result<()> {
    until(&format!("{service} shows {title}"), SOON, async || {
        let list = list(node, service).await?;
        let Some(address) = link(&list, title) else { return Ok(None) };
        let item = page::open(address.as_str()).await?;
        if item.status != 200 || !item.says(title) || !item.says(publisher) {
            bail!("{address} answers {} and does not name {publisher}: {}", item.status, item.text);
        }
        for feed in feeds(&list)? {
            let text = page::text(feed.as_str()).await?;
            if !page::says(&text, title) {
                bail!("{feed} does not have it: {text}");
            }
        }
        Ok(Some(()))
    })
    .await
}

/// Waits until a service shows an item nowhere.
pub async fn assert_gone(node: &Node, service: &str, title: &str) -> Result<()> {
    until(&format!("{service} no longer shows {title}"), SOON, async || {
        let list = list(node, service).await?;
        if list.says(title) {
            return Ok(None);
        }
        for feed in feeds(&list)? {
            if page::says(&page::text(feed.as_str()).await?, title) {
                return Ok(None);
            }
        }
        Ok(Some(()))
    })
    .await
}

/// The addresses of RSS and Atom that a list offers.
fn feeds(list: &Page) -> Result<Vec<Url>> {
    let mut found = Vec::new();
    for media_type in FEEDS {
        match list.alternates(media_type).into_iter().next() {
            Some(address) => found.push(address),
            None => bail!("{} offers no {media_type}", list.url),
        }
    }
    Ok(found)
}
