//! Bodies: bounded in size and time, counted after decompression; documents by their type.

use super::*;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::time::Instant;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A body without announced length, in chunks.
fn chunked(headers: &str, parts: &[(Duration, &[u8])]) -> Script {
    let start = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n{headers}\r\n");
    let mut script = vec![(Duration::ZERO, start.into_bytes())];
    for (pause, part) in parts {
        let mut chunk = format!("{:x}\r\n", part.len()).into_bytes();
        chunk.extend_from_slice(part);
        chunk.extend_from_slice(b"\r\n");
        script.push((*pause, chunk));
    }
    script.push((Duration::ZERO, b"0\r\n\r\n".to_vec()));
    script
}

#[tokio::test]
async fn one_mebibyte_and_not_one_byte_more() {
    const LIMIT: usize = 1024 * 1024;
    let server = Server::start(|path| match path {
        "/full" => answer("200 OK", &[], &vec![b'a'; LIMIT]),
        "/announced" => answer("200 OK", &[], &vec![b'a'; LIMIT + 1]),
        "/chunked" => chunked("", &[(Duration::ZERO, &vec![b'a'; LIMIT][..]), (Duration::ZERO, b"a")]),
        "/gzip-full" => answer("200 OK", &[("content-encoding", "gzip")], &gzip(&vec![b'a'; LIMIT])),
        "/gzip" => answer("200 OK", &[("content-encoding", "gzip")], &gzip(&vec![b'a'; LIMIT + 1])),
        _ => answer("200 OK", &[("content-encoding", "gzip")], &gzip(&vec![b'a'; 100 * LIMIT])),
    })
    .await;
    let client = open();
    for path in ["/full", "/gzip-full"] {
        assert_eq!(client.get(&server.url(path), &[]).await.unwrap().body.len(), LIMIT, "{path}");
    }
    for path in ["/announced", "/chunked", "/gzip", "/bomb"] {
        let refused = client.get(&server.url(path), &[]).await.unwrap_err();
        assert_eq!(refused, NetError::TooLarge(LIMIT), "{path}");
    }
    let more = client.fetch(Fetch::new(&server.url("/chunked")).at_most(2 * LIMIT)).await.unwrap();
    assert_eq!(more.body.len(), LIMIT + 1);
    let less = client.fetch(Fetch::new(&server.url("/full")).at_most(10)).await.unwrap_err();
    assert_eq!(less.code(), "too-large");
}

#[tokio::test]
async fn gzip_is_unfolded_and_nothing_else() {
    let server = Server::start(|path| match path {
        "/gzip" => answer("200 OK", &[("content-encoding", "gzip")], &gzip(b"Bonjour")),
        "/pieces" => {
            let bytes = gzip(b"Bonjour");
            let (a, b) = bytes.split_at(7);
            chunked("content-encoding: x-gzip\r\n", &[(Duration::ZERO, a), (Duration::from_millis(20), b)])
        }
        "/cut" => answer("200 OK", &[("content-encoding", "gzip")], &gzip(b"Bonjour")[..15]),
        "/noise" => answer("200 OK", &[("content-encoding", "gzip")], b"Bonjour tout le monde"),
        _ => answer("200 OK", &[("content-encoding", "br")], b"Bonjour"),
    })
    .await;
    let client = open();
    for path in ["/gzip", "/pieces"] {
        assert_eq!(client.get(&server.url(path), &[]).await.unwrap().body, "Bonjour", "{path}");
    }
    for path in ["/cut", "/noise", "/br"] {
        assert_eq!(client.get(&server.url(path), &[]).await.unwrap_err().code(), "encoding", "{path}");
    }
}

#[tokio::test]
async fn slow_answers_are_cut_off() {
    let server = Server::start(|path| match path {
        "/silent" => vec![(Duration::from_secs(60), Vec::new())],
        "/drip" => chunked("", &[(Duration::from_secs(1), &b"a"[..]); 60]),
        "/cut" => vec![(Duration::ZERO, b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec())],
        _ => vec![(Duration::ZERO, b"nonsense\r\n\r\n".to_vec())],
    })
    .await;
    let client = open();
    for path in ["/silent", "/drip"] {
        let started = Instant::now();
        assert_eq!(client.get(&server.url(path), &[]).await.unwrap_err(), NetError::Timeout, "{path}");
        assert!(started.elapsed() < Duration::from_secs(3), "{path}: {:?}", started.elapsed());
    }
    for path in ["/cut", "/nonsense"] {
        assert_eq!(client.get(&server.url(path), &[]).await.unwrap_err().code(), "protocol", "{path}");
    }
}

#[tokio::test]
async fn the_time_is_that_of_all_hops_together() {
    let server = Server::start(|path| {
        let next = format!("{path}x");
        let mut script = if path == "/xxx" { answer("200 OK", &[], b"") } else { redirect(&next) };
        script[0].0 = Duration::from_millis(800);
        script
    })
    .await;
    assert_eq!(open().get(&server.url("/"), &[]).await.unwrap_err(), NetError::Timeout);
    assert!(server.connections() < 4);
}

#[tokio::test]
async fn a_post_counts_as_answered_once_there_is_a_status() {
    let server = Server::start(|path| match path {
        "/drip" => chunked("", &[(Duration::from_secs(1), &b"a"[..]); 60]),
        "/long" => answer("202 Accepted", &[], &vec![b'a'; 100_000]),
        "/cut" => vec![(Duration::ZERO, b"HTTP/1.1 202 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec())],
        "/silent" => vec![(Duration::from_secs(60), Vec::new())],
        _ => answer("400 Bad Request", &[("retry-after", "120")], b"why"),
    })
    .await;
    let client = open();
    for (path, status) in [("/drip", 200), ("/long", 202), ("/cut", 202)] {
        let response = client.post(&server.url(path), &[], "{}".into()).await.unwrap();
        assert_eq!((response.status, response.body.len()), (status, 0), "{path}");
    }
    let refused = client.post(&server.url("/other"), &[], "{}".into()).await.unwrap();
    assert_eq!(
        (refused.status, &refused.body[..], refused.retry_after(chrono::Utc::now())),
        (400, &b"why"[..], Some(120))
    );
    let silent = client.post(&server.url("/silent"), &[], "{}".into()).await.unwrap_err();
    assert_eq!(silent, NetError::Timeout);
}

#[tokio::test]
async fn documents_are_known_by_their_type() {
    let profile = "https://www.w3.org/ns/activitystreams";
    let accepted = [
        "application/activity+json".to_owned(),
        "Application/Activity+JSON; charset=utf-8".into(),
        format!("application/ld+json; profile=\"{profile}\""),
        format!("application/ld+json;charset=utf-8;profile=\"https://x.example {profile}\""),
    ];
    let refused = [
        "application/json",
        "text/plain",
        "text/html",
        "application/ld+json",
        "image/png",
        "nonsense",
        "",
        "application/ld+json; profile=\"https://x.example\"",
        "application/activity+json, text/html",
        "application/octet-stream",
    ];
    for content_type in accepted {
        assert_eq!(document(&content_type, "200 OK", b"{}").await, Ok(()), "{content_type}");
    }
    for content_type in refused {
        let code = document(content_type, "200 OK", b"{}").await.unwrap_err();
        assert_eq!(code, "content-type", "{content_type}");
    }
    let good = "application/activity+json";
    assert_eq!(document(good, "404 Not Found", b"{}").await, Err("status"));
    assert_eq!(document(good, "200 OK", b"[]").await, Err("json"));
    assert_eq!(document(good, "200 OK", br#"{"id":1,"id":2}"#).await, Err("json"));
    let twice = Server::start(move |_| {
        answer("200 OK", &[("content-type", good), ("content-type", "text/html")], b"{}")
    })
    .await;
    let result = open().fetch_json(Fetch::new(&twice.url("/"))).await;
    assert_eq!(result.unwrap_err().code(), "content-type");
}

async fn document(content_type: &str, status: &'static str, body: &'static [u8]) -> Result<(), &'static str> {
    let header = content_type.to_owned();
    let server = Server::start(move |_| answer(status, &[("content-type", &header)], body)).await;
    let result = open().fetch_json(Fetch::new(&server.url("/users/a#key"))).await;
    let request = server.requests().remove(0);
    assert!(request.contains(&format!("accept: {ACTIVITYPUB_ACCEPT}")), "{request}");
    let document = result.map_err(|error| error.code())?;
    assert_eq!(document.final_url, server.url("/users/a"));
    assert_eq!((document.value, &document.raw[..]), (serde_json::json!({}), body));
    Ok(())
}

#[tokio::test]
async fn an_exchange_answers_the_whole_body_within_the_limit_or_fails() {
    const LIMIT: usize = 1024 * 1024;
    let server = Server::start(|path| match path {
        "/token" => answer("400 Bad Request", &[], &vec![b'a'; 20_000]),
        "/much" => answer("200 OK", &[], &vec![b'a'; LIMIT + 1]),
        "/broken" => vec![(Duration::ZERO, b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc".to_vec())],
        _ => answer("302 Found", &[("location", "/token")], b""),
    })
    .await;
    let headers = [("authorization".to_owned(), "Basic eA==".to_owned())];
    let ask = async |path: &str| open().exchange(&server.url(path), &headers, "code=x".into()).await;
    let told = ask("/token").await.unwrap();
    assert_eq!((told.status, told.body.len()), (400, 20_000));
    assert_eq!(ask("/much").await.unwrap_err(), NetError::TooLarge(LIMIT));
    assert_eq!(ask("/broken").await.unwrap_err().code(), "protocol");
    let before = server.connections();
    assert_eq!(ask("/elsewhere").await.unwrap().status, 302);
    assert_eq!(server.connections(), before + 1, "a redirect was followed");
    let first = server.requests().remove(0);
    assert!(first.starts_with("POST /token ") && first.contains("authorization: Basic eA=="), "{first}");
    let closed = Client::new(NetPolicy::default(), Limits::default(), &server.url("/")).unwrap();
    let refused = closed.exchange(&server.url("/token"), &headers, "x".into()).await.unwrap_err();
    assert_eq!(refused.code(), "refused-scheme");
}
