//! A site at a host name of its own: its pages, and nothing else.

use crate::database::Kind;
use crate::node::Node;
use crate::scene::play;
use anyhow::{Context, Result};
use reqwest::{Client, Method, Response, redirect};
use serde_json::json;

async fn ask(http: &Client, node: &Node, method: Method, host: &str, path: &str) -> Result<Response> {
    let request = http.request(method, format!("{}{path}", node.base())).header("host", host);
    Ok(request.send().await?)
}

#[test]
fn a_site_answers_at_its_own_host() {
    play(async {
        let mut node = Node::create("Maison d'essai (Nièvre)", "58", Kind::Sqlite)?;
        node.add_service("news", "actus", "Actualités")?;
        node.add_site("nevers", "Emploi à Nevers", &["actus"])?;
        node.add_site("cosne", "Emploi à Cosne", &["actus"])?;
        node.start()?;
        let change = json!({ "host": "emploi-nevers.example" });
        node.admin()?.request(Method::PATCH, "/sites/nevers", Some(change)).await?.ok()?;
        let http = Client::builder().redirect(redirect::Policy::none()).build()?;
        let at = "emploi-nevers.example";
        let get = async |path: &str| ask(&http, &node, Method::GET, at, path).await;

        let first = get("/?lang=fr").await?;
        assert_eq!(first.status(), 200);
        let page = first.text().await?;
        assert!(page.contains("Emploi à Nevers"), "{page}");
        assert!(page.contains("rel=\"canonical\" href=\"http://emploi-nevers.example/\""), "{page}");
        let section = get("/sites/nevers/actus").await?;
        let section = (section.status().as_u16(), section.text().await?);
        assert_eq!(section.0, 200, "{}", section.1);
        assert!(section.1.contains("http://emploi-nevers.example/sites/nevers/actus"), "{}", section.1);
        let css = page.split("href=\"/assets/").nth(1).and_then(|rest| rest.split('"').next());
        let css = get(&format!("/assets/{}", css.context("a stylesheet")?)).await?;
        assert_eq!(css.status(), 200);

        // Everything else is at the node's own address.
        for path in ["/office", "/login", "/sites/cosne", "/sites/nevers2", "/services/actus", "/api/v1/node"]
        {
            let answer = get(path).await?;
            let to = answer.headers().get("location").and_then(|value| value.to_str().ok());
            assert_eq!(
                (answer.status().as_u16(), to),
                (307, Some(format!("{}{path}", node.base()).as_str()))
            );
        }
        for (method, path) in [(Method::POST, "/login"), (Method::POST, "/inbox"), (Method::PUT, "/")] {
            let answer = ask(&http, &node, method, at, path).await?;
            assert_eq!(answer.status(), 421, "{path}");
        }
        // A host that is no site's is refused, and a site that is no longer for everybody has none.
        assert_eq!(ask(&http, &node, Method::GET, "autre.example", "/").await?.status(), 421);
        node.admin()?
            .request(Method::PATCH, "/sites/nevers", Some(json!({ "restricted": true })))
            .await?
            .ok()?;
        tokio::time::sleep(std::time::Duration::from_secs(6)).await;
        assert_eq!(get("/").await?.status(), 421);
        Ok(())
    });
}
