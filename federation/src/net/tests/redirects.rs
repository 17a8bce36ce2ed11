//! Redirects: followed a little, judged at each hop, never for a POST; and the budget of a chain.

use super::*;

#[tokio::test]
async fn follows_three_hops_and_no_more() {
    let server = Server::start(|path| match path {
        "/end" => answer("200 OK", &[], b"there"),
        "/loop" => redirect("/loop"),
        _ => {
            let left: u32 = path[1..].parse().unwrap();
            redirect(&if left == 1 { "/end".into() } else { format!("/{}", left - 1) })
        }
    })
    .await;
    let client = open();
    let response = client.get(&server.url("/3#fragment"), &[]).await.unwrap();
    assert_eq!((response.status, &response.body[..]), (200, &b"there"[..]));
    assert_eq!(response.final_url, server.url("/end"));
    assert_eq!(server.connections(), 4);
    assert_eq!(client.get(&server.url("/4"), &[]).await.unwrap_err(), NetError::TooManyRedirects);
    assert_eq!(client.get(&server.url("/20"), &[]).await.unwrap_err(), NetError::TooManyRedirects);
    assert_eq!(client.get(&server.url("/loop"), &[]).await.unwrap_err(), NetError::TooManyRedirects);
    assert_eq!(server.connections(), 4 + 3 * 4);
}

#[tokio::test]
async fn each_hop_is_judged() {
    let inner = Server::start_on([127, 0, 0, 2], |_| answer("200 OK", &[], b"secret")).await;
    let port = inner.address.port();
    let outer = Server::start(move |path| match path {
        "/literal" => redirect(&format!("http://127.0.0.2:{port}/")),
        "/name" => redirect(&format!("http://evil.example:{port}/")),
        "/relative" => redirect(&format!("//evil.example:{port}/")),
        "/local" => redirect(&format!("http://localhost:{port}/")),
        "/file" => redirect("file:///etc/passwd"),
        "/data" => redirect("data:text/plain,x"),
        "/user" => redirect("http://a:b@public.example/"),
        "/broken" => redirect("http://[/"),
        "/twice" => redirect("/literal"),
        "/good" => redirect("/end"),
        _ => answer("302 Found", &[], b"no location"),
    })
    .await;
    let client = pretending(
        Names::default().with("public.example", &[&["127.0.0.1"]]).with("evil.example", &[&["127.0.0.2"]]),
    );
    let at = |path| Url::parse(&format!("http://public.example:{}{path}", outer.address.port())).unwrap();
    let cases = [
        ("/literal", "refused-address"),
        ("/name", "refused-address"),
        ("/relative", "refused-address"),
        ("/twice", "refused-address"),
        ("/local", "refused-name"),
        ("/file", "refused-scheme"),
        ("/data", "refused-scheme"),
        ("/user", "refused-url"),
        ("/broken", "bad-redirect"),
    ];
    for (path, code) in cases {
        assert_eq!(client.get(&at(path), &[]).await.unwrap_err().code(), code, "{path}");
    }
    assert_eq!(inner.connections(), 0);
    let end = client.get(&at("/good"), &[]).await.unwrap();
    assert_eq!((end.status, &end.body[..]), (302, &b"no location"[..]));
}

#[tokio::test]
async fn a_post_is_never_sent_elsewhere() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let server = Server::start(move |_| answer(status, &[("location", "/other")], b"moved")).await;
        let response = open().post(&server.url("/inbox"), &[], "{}".into()).await.unwrap();
        assert_eq!(response.status.to_string(), status[..3]);
        assert_eq!(response.headers["location"], "/other");
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn proofs_stay_on_their_origin_and_signatures_are_made_anew() {
    let second = Server::start(|_| answer("200 OK", &[], b"")).await;
    let target = second.url("/b").to_string();
    let first = Server::start(move |_| redirect(&target)).await;
    let signer = |url: &Url| Ok(vec![("x-signed-for".to_owned(), url.path().to_owned())]);
    let fetch = Fetch::new(&first.url("/a"))
        .header("Authorization", "Bearer secret")
        .header("Signature", "of the first")
        .header("x-kept", "yes")
        .signed_by(&signer);
    open().fetch(fetch).await.unwrap();
    let (a, b) = (first.requests()[0].clone(), second.requests()[0].clone());
    assert!(a.contains("authorization: Bearer secret") && a.contains("signature: of the first"));
    assert!(!b.contains("secret") && !b.contains("of the first"), "{b}");
    assert!(a.contains("x-kept: yes") && b.contains("x-kept: yes"));
    assert!(a.contains("x-signed-for: /a") && b.contains("x-signed-for: /b"));
}

#[tokio::test]
async fn a_chain_may_spend_twenty_fetches() {
    let server =
        Server::start(|path| if path == "/r" { redirect("/x") } else { answer("200 OK", &[], b"") }).await;
    let (client, budget) = (open(), FetchBudget::new());
    // A redirect counts for two.
    client.fetch(Fetch::new(&server.url("/r")).within(&budget)).await.unwrap();
    for _ in 0..18 {
        client.fetch(Fetch::new(&server.url("/x")).within(&budget)).await.unwrap();
    }
    let refused = client.fetch(Fetch::new(&server.url("/x")).within(&budget)).await.unwrap_err();
    assert_eq!(refused, NetError::Budget);
    assert_eq!(server.connections(), 20);
}

#[tokio::test]
async fn a_chain_may_spend_its_time_only() {
    let server = Server::start(|_| {
        let mut script = answer("200 OK", &[], b"");
        script[0].0 = Duration::from_millis(300);
        script
    })
    .await;
    let (client, budget) = (open(), FetchBudget::of(20, Duration::from_millis(450)));
    client.fetch(Fetch::new(&server.url("/")).within(&budget)).await.unwrap();
    let late = client.fetch(Fetch::new(&server.url("/")).within(&budget)).await.unwrap_err();
    assert_eq!(late, NetError::Budget);
    let after = client.fetch(Fetch::new(&server.url("/")).within(&budget)).await.unwrap_err();
    assert_eq!(after, NetError::Budget);
    assert_eq!(server.connections(), 2);
}
