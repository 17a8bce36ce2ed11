//! Signatures that cover too little, are out of time, or are of something else.

use super::draft::http_date;
use super::*;
use chrono::{Duration, Utc};
use maillage_test_peer::digest;

#[test]
fn signatures_that_prove_too_little_are_refused() {
    crate::scene::play(play_cases(COVERAGE));
}

#[test]
fn signatures_out_of_time_are_refused() {
    crate::scene::play(play_cases(TIME));
}

/// The value of one parameter becomes another.
fn edit(message: &mut Message, from: &str, to: &str) {
    message.change("Signature", |value| value.replacen(from, to, 1));
}

const COVERAGE: &[Case] = &[
    ("no signature", 401, usual, |m| m.remove("Signature")),
    ("digest alone is signed", 401, |d| d.cover("digest"), as_signed),
    ("date alone is signed", 401, |d| d.cover("date"), as_signed),
    ("target unsigned", 401, |d| d.cover("host date digest"), as_signed),
    ("host unsigned", 401, |d| d.cover("(request-target) date digest"), as_signed),
    ("digest unsigned", 401, |d| d.cover("(request-target) host date"), as_signed),
    ("date unsigned", 401, |d| d.cover("(request-target) host digest"), as_signed),
    (
        "date unsigned, and absurd",
        401,
        |d| {
            d.cover("(request-target) host digest");
            d.date = Some("hier".into());
        },
        as_signed,
    ),
    (
        "created given, but unsigned",
        401,
        |d| {
            d.cover("(request-target) host digest");
            d.signature.created = Some(Utc::now().timestamp());
        },
        as_signed,
    ),
    ("no list of what is signed", 401, usual, |m| edit(m, "headers=", "other=")),
    ("something signed that is absent", 401, usual, |m| edit(m, "digest\"", "digest x-absent\"")),
    ("a name signed twice", 401, |d| d.cover("(request-target) host date digest date"), as_signed),
    ("a parameter twice", 401, usual, |m| m.change("Signature", |value| format!("keyId=\"x\",{value}"))),
    ("two signatures in one line", 401, usual, |m| m.change("Signature", |value| format!("{value},{value}"))),
    ("no keyId", 401, usual, |m| edit(m, "keyId", "id")),
    ("an open quote", 401, usual, |m| m.change("Signature", |value| value.trim_end_matches('"').into())),
    ("an empty header", 401, usual, |m| m.change("Signature", |_| String::new())),
    ("a signature that is not base64", 401, usual, |m| edit(m, "signature=\"", "signature=\"%%")),
    ("an empty signature", 401, usual, |m| {
        m.change("Signature", |value| {
            format!("{}signature=\"\"", value.split("signature=").next().unwrap_or_default())
        });
    }),
    ("label hmac-sha256", 401, |d| d.signature.label = Some("hmac-sha256".into()), as_signed),
    ("label rsa-sha1", 401, |d| d.signature.label = Some("rsa-sha1".into()), as_signed),
    ("a body changed on the way", 401, usual, |m| {
        m.body = String::from_utf8_lossy(&m.body).replace("nouvelle", "fausse").into_bytes();
    }),
    ("body and digest changed", 401, usual, |m| {
        m.body = String::from_utf8_lossy(&m.body).replace("nouvelle", "fausse").into_bytes();
        let digest = digest::header(&m.body);
        m.change("Digest", |_| digest.clone());
    }),
    ("sent to another path", 401, usual, |m| m.target = "/inbox?autre".into()),
    ("another date than the signed one", 401, usual, |m| {
        m.change("Date", |_| http_date(Utc::now() - Duration::minutes(1)));
    }),
    (
        "no digest",
        401,
        |d| {
            d.digest = None;
            d.cover("(request-target) host date");
        },
        as_signed,
    ),
    ("no digest, though signed", 401, usual, |m| m.remove("Digest")),
    ("a digest of no known kind", 401, |d| d.digest = Some("MD5=1B2M2Y8AsgTpgAmY7PhCfg==".into()), as_signed),
    (
        "one of two digests wrong",
        401,
        |d| {
            let right = digest::sha256(&d.body);
            d.digest = Some(format!("SHA-256={right},SHA-512={}", digest::sha512(b"autre")));
        },
        as_signed,
    ),
    (
        "a wrong digest before the right one",
        401,
        |d| {
            let right = digest::sha256(&d.body);
            d.digest = Some(format!("SHA-256={},SHA-256={right}", digest::sha256(b"autre")));
        },
        as_signed,
    ),
    (
        "a wrong Content-Digest beside",
        401,
        |d| d.more.push(("Content-Digest".into(), digest::content_header(b"autre"))),
        as_signed,
    ),
];

const TIME: &[Case] = &[
    (
        "no date at all",
        401,
        |d| {
            d.date = None;
            d.cover("(request-target) host digest");
        },
        as_signed,
    ),
    ("an absurd date", 401, |d| d.date = Some("hier à midi".into()), as_signed),
    ("a date before 1970", 401, |d| d.date = Some("Wed, 31 Dec 1969 23:59:59 GMT".into()), as_signed),
    ("more than 12 hours old", 401, |d| d.set_clock(Duration::minutes(-721)), as_signed),
    ("more than an hour ahead", 401, |d| d.set_clock(Duration::minutes(61)), as_signed),
    ("a year old", 401, |d| d.set_clock(Duration::days(-365)), as_signed),
    ("(created) more than 12 hours old", 401, |d| d.created(Duration::minutes(-721)), as_signed),
    ("(created) more than an hour ahead", 401, |d| d.created(Duration::minutes(61)), as_signed),
    (
        "a date in time, (created) not",
        401,
        |d| {
            let date = d.date.clone();
            d.created(Duration::hours(-13));
            d.date = date;
            d.cover("(request-target) host date (created) digest");
        },
        as_signed,
    ),
    (
        "(expires) past",
        401,
        |d| {
            d.created(Duration::minutes(-10));
            d.signature.expires = Some((Utc::now() - Duration::seconds(5)).timestamp());
            d.cover("(request-target) host (created) (expires) digest");
        },
        as_signed,
    ),
    (
        "expires past, unsigned",
        401,
        |d| d.signature.expires = Some((Utc::now() - Duration::seconds(5)).timestamp()),
        as_signed,
    ),
    (
        "(created) that is no number",
        401,
        |d| d.created(Duration::zero()),
        |m| {
            m.change("Signature", |value| value.replacen("created=", "created=x", 1));
        },
    ),
    (
        "(created) beyond all time",
        401,
        |d| d.created(Duration::zero()),
        |m| {
            m.change("Signature", |value| value.replacen("created=", "created=99999999", 1));
        },
    ),
];
