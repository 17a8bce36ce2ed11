//! Requests taken from actix: duplicates kept, bodies raw and bounded, slow ones cut off.

use super::super::request::read_body_within;
use super::*;
use actix_web::http::Method;
use actix_web::test::TestRequest;
use actix_web::{App, FromRequest, HttpRequest, HttpResponse, HttpServer, web};
use std::time::Duration as StdDuration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[test]
fn keeps_headers_as_often_as_they_were_sent() {
    let request = TestRequest::with_uri("/inbox?x=%2e")
        .method(Method::POST)
        .append_header(("Digest", "a"))
        .append_header(("Digest", "b"))
        .append_header(("Host", "node.example"))
        .to_http_request();
    let inbound = InboundRequest::from_actix(&request, Bytes::from_static(b"x"));
    assert_eq!(inbound.values("digest"), ["a", "b"]);
    assert_eq!(inbound.values("host"), ["node.example"]);
    assert_eq!((inbound.method.as_str(), inbound.path_and_query.as_str()), ("POST", "/inbox?x=%2e"));
}

#[test]
fn an_authority_in_the_target_counts_as_host() {
    let hosts = |header: Option<&str>| {
        let mut request = TestRequest::with_uri("https://node.example/inbox");
        if let Some(host) = header {
            request = request.append_header(("Host", host));
        }
        let inbound = InboundRequest::from_actix(&request.to_http_request(), Bytes::new());
        inbound.values("host").iter().map(|host| (*host).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(hosts(None), ["node.example"]);
    assert_eq!(hosts(Some("node.example")), ["node.example"]);
    assert_eq!(hosts(Some("evil.example")), ["evil.example", "node.example"]);
}

async fn body_of(request: TestRequest, limit: usize) -> Result<Bytes, Refusal> {
    let (request, mut payload) = request.to_http_parts();
    let payload = web::Payload::from_request(&request, &mut payload).await.unwrap();
    read_body(&request, payload, limit).await
}

#[actix_web::test]
async fn bodies_are_bounded_and_raw() {
    let compressed: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0];
    let request = TestRequest::post().insert_header(("Content-Encoding", "gzip")).set_payload(compressed);
    assert_eq!(body_of(request, 100).await.unwrap(), compressed);
    assert_eq!(body_of(TestRequest::post().set_payload(vec![b'a'; 100]), 100).await.unwrap().len(), 100);
    let refusal = body_of(TestRequest::post().set_payload(vec![b'a'; 101]), 100).await.unwrap_err();
    assert_eq!((refusal.status, refusal.code), (413, "too-large"));
    // An announced length is enough, before anything is read.
    let announced = TestRequest::post().insert_header(("Content-Length", "101"));
    assert_eq!(body_of(announced, 100).await.unwrap_err().status, 413);
}

async fn inbox(request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let time = StdDuration::from_millis(500);
    let answer = match read_body_within(&request, payload, MAX_BODY_BYTES, time).await {
        Ok(body) => {
            let inbound = InboundRequest::from_actix(&request, body);
            receive(inbound, &Keys::usual()).await.map(|_| ())
        }
        Err(refusal) => Err(refusal),
    };
    match answer {
        Ok(()) => HttpResponse::Accepted().finish(),
        Err(refusal) => HttpResponse::build(actix_web::http::StatusCode::from_u16(refusal.status).unwrap())
            .body(refusal.code),
    }
}

/// Sends bytes, with pauses where there are several parts, and reads the first line of the answer.
async fn exchange(address: std::net::SocketAddr, parts: &[Vec<u8>], pause: StdDuration) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let (mut reading, mut writing) = stream.split();
    let send = async {
        for part in parts {
            if writing.write_all(part).await.is_err() {
                break;
            }
            tokio::time::sleep(pause).await;
        }
    };
    let receive = async {
        let mut answer = vec![0; 4096];
        let read = reading.read(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer[..read]).lines().next().unwrap_or_default().to_owned()
    };
    tokio::select! {
        line = receive => line,
        () = async { send.await; tokio::time::sleep(StdDuration::from_secs(5)).await } => "nothing".into(),
    }
}

fn raw(request: &InboundRequest) -> Vec<u8> {
    let mut text = format!("POST {} HTTP/1.1\r\n", request.path_and_query);
    for (name, value) in &request.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("content-length: {}\r\n\r\n", request.body.len()));
    let mut bytes = text.into_bytes();
    bytes.extend(&request.body);
    bytes
}

#[actix_web::test]
async fn a_real_server_answers_as_the_table_says() {
    let server = HttpServer::new(|| App::new().default_service(web::to(inbox)))
        .workers(1)
        .bind(("127.0.0.1", 0))
        .unwrap();
    let address = server.addrs()[0];
    let running = server.run();
    let handle = running.handle();
    actix_web::rt::spawn(running);
    let once = StdDuration::ZERO;

    let good = Draft::new().signed();
    assert_eq!(exchange(address, &[raw(&good)], once).await, "HTTP/1.1 202 Accepted");
    let mut forged = good.clone();
    forged.headers.insert(0, ("Digest".into(), format!("SHA-256={}", sha256(b"{}"))));
    assert_eq!(exchange(address, &[raw(&forged)], once).await, "HTTP/1.1 400 Bad Request");
    let mut foreign = good.clone();
    replace(&mut foreign, "host", |_| "other.example".into());
    assert_eq!(exchange(address, &[raw(&foreign)], once).await, "HTTP/1.1 421 Misdirected Request");

    let bytes = raw(&good);
    let (start, rest) = bytes.split_at(bytes.len() - 20);
    let mut slowly = vec![start.to_vec()];
    slowly.extend(rest.iter().map(|byte| vec![*byte]));
    let line = exchange(address, &slowly, StdDuration::from_millis(100)).await;
    assert_eq!(line, "HTTP/1.1 408 Request Timeout");
    handle.stop(false).await;
}
