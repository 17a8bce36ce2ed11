//! What honest servers send, and what must therefore be let in.

use super::draft::nested;
use super::*;
use chrono::Duration;
use maillage_test_peer::digest::{content_header, sha256, sha512};

#[test]
fn honest_requests_are_let_in() {
    crate::scene::play(play_cases(CASES));
}

const CASES: &[Case] = &[
    ("label rsa-sha256", 202, usual, as_signed),
    ("label hs2019", 202, |d| d.signature.label = Some("hs2019".into()), as_signed),
    ("label in capitals", 202, |d| d.signature.label = Some("RSA-SHA256".into()), as_signed),
    ("no label", 202, |d| d.signature.label = None, as_signed),
    ("(created) without Date", 202, |d| d.created(Duration::zero()), as_signed),
    (
        "(created) and (expires)",
        202,
        |d| {
            d.created(Duration::zero());
            d.signature.expires = Some((chrono::Utc::now() + Duration::minutes(5)).timestamp());
            d.cover("(request-target) host (created) (expires) digest");
        },
        as_signed,
    ),
    (
        "(created) beside Date, both signed",
        202,
        |d| {
            let date = d.date.clone();
            d.created(Duration::zero());
            d.date = date;
            d.cover("(request-target) host date (created) digest");
        },
        as_signed,
    ),
    (
        "two digests",
        202,
        |d| d.digest = Some(format!("SHA-256={},SHA-512={}", sha256(&d.body), sha512(&d.body))),
        as_signed,
    ),
    (
        "two digests, the other way round",
        202,
        |d| d.digest = Some(format!("sha-512={}, sha-256={}", sha512(&d.body), sha256(&d.body))),
        as_signed,
    ),
    ("digest SHA-512 alone", 202, |d| d.digest = Some(format!("SHA-512={}", sha512(&d.body))), as_signed),
    ("digest in lower case", 202, |d| d.digest = Some(format!("sha-256={}", sha256(&d.body))), as_signed),
    (
        "an unknown digest beside",
        202,
        |d| d.digest = Some(format!("unixsum=30637,SHA-256={}", sha256(&d.body))),
        as_signed,
    ),
    (
        "a right Content-Digest beside",
        202,
        |d| d.more.push(("Content-Digest".into(), content_header(&d.body))),
        as_signed,
    ),
    ("a clock 40 minutes ahead", 202, |d| d.set_clock(Duration::minutes(40)), as_signed),
    ("a clock 40 minutes behind", 202, |d| d.set_clock(Duration::minutes(-40)), as_signed),
    ("eleven hours and a half old", 202, |d| d.set_clock(Duration::minutes(-690)), as_signed),
    ("(created) 40 minutes ahead", 202, |d| d.created(Duration::minutes(40)), as_signed),
    (
        "ld+json with its profile",
        202,
        |d| {
            let profile = "profile=\"https://www.w3.org/ns/activitystreams\"";
            d.content_type = Some(format!("application/ld+json; {profile}"));
        },
        as_signed,
    ),
    (
        "activity+json with a charset",
        202,
        |d| d.content_type = Some("application/activity+json; charset=utf-8".into()),
        as_signed,
    ),
    (
        "content type in capitals",
        202,
        |d| d.content_type = Some("Application/Activity+JSON".into()),
        as_signed,
    ),
    ("host in capitals", 202, |d| d.host = d.host.to_uppercase(), as_signed),
    (
        "content type and length signed too",
        202,
        |d| {
            d.more.push(("Content-Length".into(), d.body.len().to_string()));
            d.cover("(request-target) host date digest content-type content-length");
        },
        as_signed,
    ),
    ("the signed set in another order", 202, |d| d.cover("digest date host (request-target)"), as_signed),
    ("names of the signed set in capitals", 202, |d| d.cover("(request-target) Host Date Digest"), as_signed),
    ("a query behind the target", 202, |d| d.target = "/inbox?from=relay&x=%20".into(), as_signed),
    ("header names in capitals", 202, usual, |m| {
        m.headers.iter_mut().for_each(|(name, _)| *name = name.to_uppercase());
    }),
    ("header names in small letters", 202, usual, |m| {
        m.headers.iter_mut().for_each(|(name, _)| *name = name.to_lowercase());
    }),
    ("headers of proxies and clients beside", 202, usual, |m| {
        m.add("User-Agent", "http.rb/5.1 (Mastodon/4.5; +https://exemple.example/)");
        m.add("Accept-Encoding", "gzip");
        m.add("X-Forwarded-For", "192.0.2.1");
    }),
    ("a body in chunks", 202, usual, |m| {
        let (first, second) = m.body.split_at(40);
        let chunk = |part: &[u8]| [format!("{:x}\r\n", part.len()).as_bytes(), part, b"\r\n"].concat();
        m.body = [chunk(first), chunk(second), b"0\r\n\r\n".to_vec()].concat();
        m.add("Transfer-Encoding", "chunked");
    }),
    (
        "actor as an object",
        202,
        |d| d.set("actor", json!({ "id": d.world.alice.id(), "type": "Person" })),
        as_signed,
    ),
    ("actor as a list of one", 202, |d| d.set("actor", json!([d.world.alice.id()])), as_signed),
    ("64 levels deep", 202, |d| d.set("x", nested(63)), as_signed),
    ("the same key in two objects", 202, |d| d.set("x", json!([{ "id": "a" }, { "id": "b" }])), as_signed),
    (
        "letters escaped in the body",
        202,
        |d| {
            let body = String::from_utf8_lossy(&d.body).replace("nouvelle", "nouv\\u0065lle");
            d.set_body(body.into_bytes());
        },
        as_signed,
    ),
    (
        "a body of 1 MiB",
        202,
        |d| {
            let mut body = d.body.clone();
            body.resize(1024 * 1024, b' ');
            d.set_body(body);
        },
        as_signed,
    ),
];
