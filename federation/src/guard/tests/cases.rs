//! The table of draft-cavage requests: what is let in, and what is refused with which status.

use super::*;

#[tokio::test]
async fn lets_in_what_honest_servers_send() {
    let accepted: &[Case] = &[
        ("label rsa-sha256", 200, "", usual, as_is),
        ("label hs2019", 200, "", |d| d.parameter("algorithm", "\"hs2019\""), as_is),
        ("label in capitals", 200, "", |d| d.parameter("algorithm", "\"RSA-SHA256\""), as_is),
        ("no label", 200, "", |d| d.parameters.clear(), as_is),
        ("(created) without Date", 200, "", created_only, as_is),
        ("(created) quoted, beside Date", 200, "", created_quoted, as_is),
        (
            "(created) and (expires)",
            200,
            "",
            |d| {
                created_only(d);
                expires(d, 300)
            },
            as_is,
        ),
        (
            "(created) with rsa-sha256",
            200,
            "",
            |d| {
                created_only(d);
                d.parameter("algorithm", "\"rsa-sha256\"")
            },
            as_is,
        ),
        ("expires unsigned, ahead", 200, "", |d| d.parameter("expires", now().timestamp() + 60), as_is),
        (
            "an unsigned odd Date beside (created)",
            200,
            "",
            |d| {
                created_only(d);
                d.date = Some("hier".into())
            },
            as_is,
        ),
        (
            "two digests",
            200,
            "",
            |d| d.digest = Some(format!("SHA-256={},SHA-512={}", sha256(&d.body), sha512(&d.body))),
            as_is,
        ),
        (
            "two digests, blank between",
            200,
            "",
            |d| d.digest = Some(format!("SHA-512={}, SHA-256={}", sha512(&d.body), sha256(&d.body))),
            as_is,
        ),
        ("digest in lower case", 200, "", |d| d.digest = Some(format!("sha-256={}", sha256(&d.body))), as_is),
        ("digest SHA-512 alone", 200, "", |d| d.digest = Some(format!("SHA-512={}", sha512(&d.body))), as_is),
        (
            "an unknown digest beside",
            200,
            "",
            |d| d.digest = Some(format!("MD5=abc,SHA-256={}", sha256(&d.body))),
            as_is,
        ),
        (
            "a right Content-Digest beside",
            200,
            "",
            |d| d.more.push(("content-digest".into(), format!("sha-256=:{}:", sha256(&d.body)))),
            as_is,
        ),
        ("clock 40 minutes ahead", 200, "", |d| d.set_time(40 * 60), as_is),
        ("clock 40 minutes behind", 200, "", |d| d.set_time(-40 * 60), as_is),
        ("clock 59 minutes ahead", 200, "", |d| d.set_time(59 * 60), as_is),
        ("11 h 59 old", 200, "", |d| d.set_time(-12 * 3600 + 60), as_is),
        (
            "ld+json with profile",
            200,
            "",
            |d| {
                d.content_type =
                    r#"application/ld+json; profile="https://www.w3.org/ns/activitystreams""#.into()
            },
            as_is,
        ),
        (
            "activity+json with charset",
            200,
            "",
            |d| d.content_type = "application/activity+json; charset=utf-8".into(),
            as_is,
        ),
        ("content type in capitals", 200, "", |d| d.content_type = "Application/Activity+JSON".into(), as_is),
        ("host in capitals", 200, "", |d| d.host = "Node.Example".into(), as_is),
        ("host with the default port", 200, "", |d| d.host = "node.example:443".into(), as_is),
        ("content-type signed too", 200, "", |d| d.covered.push_str(" content-type"), as_is),
        (
            "a header of two lines signed",
            200,
            "",
            |d| {
                d.more = vec![("x-a".into(), "1".into()), ("x-a".into(), "2".into())];
                d.covered.push_str(" x-a")
            },
            as_is,
        ),
        (
            "names of the signed set in capitals",
            200,
            "",
            |d| d.covered = "(request-target) Host Date Digest".into(),
            as_is,
        ),
        (
            "another order of the signed set",
            200,
            "",
            |d| d.covered = "digest date host (request-target)".into(),
            as_is,
        ),
        ("a query in the target", 200, "", |d| d.target = "/inbox?a=1&b=%20".into(), as_is),
        ("blanks after the commas", 200, "", usual, |r| {
            replace(r, "signature", |v| v.replace("\",", "\", "))
        }),
        ("header names in capitals", 200, "", usual, |r| {
            r.headers.iter_mut().for_each(|(n, _)| *n = n.to_uppercase())
        }),
        ("a key id without fragment", 200, "", |d| d.key_id = format!("{ALICE}/main-key"), as_is),
    ];
    run(accepted).await;
}

#[tokio::test]
async fn refuses_ambiguous_or_foreign_headers() {
    let refused: &[Case] = &[
        ("forged Digest first, signed one last", 400, "duplicate-header", usual, forge_with_two_digests),
        ("two equal Digest headers", 400, "duplicate-header", usual, |r| {
            let v = value(r, "digest");
            add(r, "digest", &v)
        }),
        ("two Host headers", 400, "duplicate-header", usual, |r| add(r, "host", "node.example")),
        ("two Date headers", 400, "duplicate-header", usual, |r| {
            let v = value(r, "date");
            add(r, "Date", &v)
        }),
        ("two Signature headers", 400, "duplicate-header", usual, |r| {
            let v = value(r, "signature");
            add(r, "signature", &v)
        }),
        ("two Content-Type headers", 400, "duplicate-header", usual, |r| {
            add(r, "content-type", "application/activity+json")
        }),
        ("two Content-Digest headers", 400, "duplicate-header", usual, |r| {
            add(r, "content-digest", "sha-256=:AA==:");
            add(r, "content-digest", "sha-256=:AA==:")
        }),
        ("no Host", 400, "no-host", usual, |r| remove(r, "host")),
        ("a GET", 400, "method", usual, |r| r.method = "GET".into()),
        ("signature in Authorization", 401, "authorization", usual, |r| {
            let v = value(r, "signature");
            remove(r, "signature");
            add(r, "authorization", &format!("Signature {v}"))
        }),
        ("Authorization beside Signature", 401, "authorization", usual, |r| {
            add(r, "authorization", "Bearer abc")
        }),
        ("signed for another host", 421, "host", |d| d.host = "other.example".into(), as_is),
        (
            "signed for another host, ours sent",
            401,
            "signature",
            |d| d.host = "other.example".into(),
            |r| replace(r, "host", |_| "node.example".into()),
        ),
        ("a subdomain of ours", 421, "host", |d| d.host = "www.node.example".into(), as_is),
        ("our host on another port", 421, "host", |d| d.host = "node.example:8443".into(), as_is),
        ("our host with a final dot", 421, "host", |d| d.host = "node.example.".into(), as_is),
        ("no content type", 415, "content-type", usual, |r| remove(r, "content-type")),
        ("application/json", 415, "content-type", |d| d.content_type = "application/json".into(), as_is),
        (
            "a type that only begins so",
            415,
            "content-type",
            |d| d.content_type = "application/activity+jsonx".into(),
            as_is,
        ),
        (
            "two types in one line",
            415,
            "content-type",
            |d| d.content_type = "application/activity+json, text/html".into(),
            as_is,
        ),
        ("a body of 1 MiB + 1", 413, "too-large", |d| d.set_body(vec![b' '; MAX_BODY_BYTES + 1]), as_is),
    ];
    run(refused).await;
}

fn value(request: &InboundRequest, name: &str) -> String {
    request.headers.iter().find(|(given, _)| given == name).unwrap().1.clone()
}

fn forge_with_two_digests(request: &mut InboundRequest) {
    let body = forged();
    request.headers.insert(0, ("digest".into(), format!("SHA-256={}", sha256(&body))));
    request.body = body.into();
}
