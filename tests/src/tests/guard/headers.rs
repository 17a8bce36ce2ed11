//! Headers that stand twice, are missing, or mean another server.

use super::*;
use maillage_test_peer::digest;

#[test]
fn ambiguous_and_foreign_headers_are_refused() {
    crate::scene::play(play_cases(CASES));
}

fn twice(message: &mut Message, name: &str) {
    let value = message.value(name).unwrap_or_default().to_owned();
    message.add(name, value);
}

const CASES: &[Case] = &[
    ("a forged body, its digest first and the signed one last", 400, usual, |m| {
        let forged = String::from_utf8_lossy(&m.body).replace("nouvelle", "fausse").into_bytes();
        m.headers.insert(1, ("Digest".into(), digest::header(&forged)));
        m.body = forged;
    }),
    ("a forged body, the signed digest first", 400, usual, |m| {
        let forged = String::from_utf8_lossy(&m.body).replace("nouvelle", "fausse").into_bytes();
        m.add("Digest", digest::header(&forged));
        m.body = forged;
    }),
    ("two equal Digest headers", 400, usual, |m| twice(m, "Digest")),
    ("two Host headers", 400, usual, |m| twice(m, "Host")),
    ("two Date headers", 400, usual, |m| twice(m, "Date")),
    ("two Signature headers", 400, usual, |m| twice(m, "Signature")),
    ("two Content-Type headers", 400, usual, |m| twice(m, "Content-Type")),
    ("no Host header", 400, usual, |m| m.remove("Host")),
    ("a signature in Authorization", 401, usual, |m| {
        let value = m.value("Signature").unwrap_or_default().to_owned();
        m.remove("Signature");
        m.add("Authorization", format!("Signature {value}"));
    }),
    ("Authorization beside Signature", 401, usual, |m| m.add("Authorization", "Bearer abc")),
    ("signed for another host and sent so", 421, |d| d.host = "autre.example".into(), as_signed),
    (
        "signed for another host, sent to ours",
        401,
        |d| {
            d.more.push(("X-Port".into(), d.world.node.port().to_string()));
            d.host = "autre.example".into();
        },
        // The node's host is put where the signed one stood.
        |m| {
            let port = m.values("X-Port").first().map(|port| (*port).to_owned()).unwrap_or_default();
            m.change("Host", |_| format!("localhost:{port}"));
        },
    ),
    ("our host on another port", 421, |d| d.host = "localhost:1".into(), as_signed),
    ("our host without its port", 421, |d| d.host = "localhost".into(), as_signed),
    ("our host with a final dot", 421, |d| d.host = d.host.replace("localhost", "localhost."), as_signed),
    ("an absolute target of another host", 400, usual, |m| m.target = "http://autre.example/inbox".into()),
    ("no content type", 415, |d| d.content_type = None, as_signed),
    ("application/json", 415, |d| d.content_type = Some("application/json".into()), as_signed),
    (
        "a type that only begins so",
        415,
        |d| d.content_type = Some("application/activity+jsonx".into()),
        as_signed,
    ),
    (
        "two types in one line",
        415,
        |d| d.content_type = Some("application/activity+json, text/html".into()),
        as_signed,
    ),
    ("a length and chunks at once", 400, usual, |m| {
        m.add("Content-Length", m.body.len().to_string());
        m.add("Transfer-Encoding", "chunked");
    }),
    ("two lengths", 400, usual, |m| {
        m.add("Content-Length", m.body.len().to_string());
        m.add("Content-Length", "0");
    }),
    ("a body of 1 MiB and a byte", 413, |d| d.set_body(vec![b' '; 1024 * 1024 + 1]), as_signed),
    ("1 GiB announced", 413, usual, |m| m.add("Content-Length", (1024 * 1024 * 1024).to_string())),
];
