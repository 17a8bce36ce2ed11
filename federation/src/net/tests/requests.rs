//! What goes out, and how failures to connect are named.

use super::*;
use crate::signature::{PrivateKey, Scheme, sign};
use std::process::Command;

#[tokio::test]
async fn names_itself_and_sends_what_was_signed() {
    let server = Server::start(|_| answer("200 OK", &[], b"")).await;
    let key = PrivateKey::generate().unwrap();
    let url = server.url("/inbox?a=1");
    let headers = sign(Scheme::Cavage, "POST", &url, chrono::Utc::now(), Some(b"{}"), "k", &key).unwrap();
    open().post(&url, &headers, "{}".into()).await.unwrap();
    let request = server.requests().remove(0);
    assert!(request.starts_with("POST /inbox?a=1 HTTP/1.1\r\n"), "{request}");
    let agent = format!("user-agent: Maillage/{} (+https://node.example/)", env!("CARGO_PKG_VERSION"));
    let host = format!("host: localhost:{}\r\n", server.address.port());
    for part in [&agent, &host, &"digest: SHA-256=".to_owned(), &"signature: keyId=\"k\"".to_owned()] {
        assert!(request.contains(part.as_str()), "{part} in {request}");
    }
    assert!(!request.contains("accept-encoding"), "{request}");
}

#[tokio::test]
async fn impossible_headers_are_an_error_of_the_request() {
    let server = Server::start(|_| answer("200 OK", &[], b"")).await;
    for (name, value) in [("x y", "a"), ("x", "a\r\nb: c"), ("", "a")] {
        let headers = [(name.to_owned(), value.to_owned())];
        assert_eq!(open().get(&server.url("/"), &headers).await.unwrap_err().code(), "request");
        let posted = open().post(&server.url("/"), &headers, "x".into()).await;
        assert_eq!(posted.unwrap_err().code(), "request");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn failures_to_connect_are_told_apart() {
    let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = plain.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = plain.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        tokio::time::sleep(Duration::from_secs(5)).await;
    });
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let refused = Url::parse(&format!("http://{closed}/")).unwrap();
    assert_eq!(open().get(&refused, &[]).await.unwrap_err().code(), "connect");
    let not_tls = Url::parse(&format!("https://localhost:{port}/")).unwrap();
    assert_eq!(open().get(&not_tls, &[]).await.unwrap_err().code(), "tls");
    let unknown = Url::parse("http://name.invalid/").unwrap();
    assert_eq!(open().get(&unknown, &[]).await.unwrap_err().code(), "dns");
}

#[test]
fn codes_are_short() {
    let errors = [
        NetError::RefusedScheme(String::new()),
        NetError::RefusedAddress([127, 0, 0, 1].into()),
        NetError::TooManyRedirects,
        NetError::ContentType(String::new()),
    ];
    assert!(errors.iter().all(|error| error.code().len() <= 16));
}

const PROXY_TARGET: &str = "MAILLAGE_TEST_PROXY_TARGET";

/// Proxies of the environment are read once in a process, so this runs the next test in its own.
#[tokio::test(flavor = "multi_thread")]
async fn no_proxy_of_the_environment_is_used() {
    let proxy = Server::start(|_| answer("200 OK", &[], b"by the proxy")).await;
    let target = Server::start(|_| answer("200 OK", &[], b"direct")).await;
    let proxy_url = format!("http://{}", proxy.address);
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "net::tests::requests::in_a_process_with_a_proxy", "--nocapture"]);
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        child.env(name, &proxy_url);
    }
    child.env(PROXY_TARGET, target.url("/").as_str()).env_remove("NO_PROXY").env_remove("no_proxy");
    let output = tokio::task::spawn_blocking(move || child.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!((target.connections(), proxy.connections()), (1, 0));
}

/// Does nothing by itself: the process started above names a target.
#[tokio::test]
async fn in_a_process_with_a_proxy() {
    if let Ok(target) = std::env::var(PROXY_TARGET) {
        let response = open().get(&Url::parse(&target).unwrap(), &[]).await.unwrap();
        assert_eq!(response.body, "direct");
    }
}
