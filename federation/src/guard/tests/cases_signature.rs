//! The table of draft-cavage signatures that cover too little or are out of time.

use super::*;

#[tokio::test]
async fn refuses_signatures_that_cover_too_little() {
    let refused: &[Case] = &[
        ("no Signature", 401, "no-signature", usual, |r| remove(r, "signature")),
        ("digest alone is signed", 401, "coverage", |d| d.covered = "digest".into(), as_is),
        ("request target unsigned", 401, "coverage", |d| d.covered = "host date digest".into(), as_is),
        ("host unsigned", 401, "coverage", |d| d.covered = "(request-target) date digest".into(), as_is),
        ("digest unsigned", 401, "coverage", |d| d.covered = "(request-target) host date".into(), as_is),
        ("date unsigned", 401, "coverage", |d| d.covered = "(request-target) host digest".into(), as_is),
        (
            "date unsigned, and absurd",
            401,
            "coverage",
            |d| {
                d.covered = "(request-target) host digest".into();
                d.date = Some("hier".into())
            },
            as_is,
        ),
        (
            "created given but unsigned",
            401,
            "coverage",
            |d| {
                d.covered = "(request-target) host digest".into();
                d.parameter("created", now().timestamp())
            },
            as_is,
        ),
        ("no list of headers", 401, "coverage", usual, |r| {
            replace(r, "signature", |v| v.replace("headers=", "other="))
        }),
        ("a signed header that is absent", 401, "coverage", |d| d.covered.push_str(" x-absent"), as_is),
        ("(expires) signed but not given", 401, "coverage", |d| d.covered.push_str(" (expires)"), as_is),
        ("a name signed twice", 401, "signature-header", |d| d.covered.push_str(" date"), as_is),
        ("a parameter twice", 401, "signature-header", usual, |r| {
            replace(r, "signature", |v| format!("keyId=\"{MALLORY}#main-key\",{v}"))
        }),
        ("two signatures in one line", 401, "signature-header", usual, |r| {
            replace(r, "signature", |v| format!("{v},{v}"))
        }),
        ("no keyId", 401, "signature-header", usual, |r| {
            replace(r, "signature", |v| v.replace("keyId", "id"))
        }),
        ("an open quote", 401, "signature-header", usual, |r| {
            replace(r, "signature", |v| v.trim_end_matches('"').into())
        }),
        ("an empty Signature", 401, "signature-header", usual, |r| {
            replace(r, "signature", |_| String::new())
        }),
        ("a signature that is not base64", 401, "signature-header", usual, |r| {
            replace(r, "signature", |v| v.replace("signature=\"", "signature=\"é"))
        }),
        ("an empty signature", 401, "signature", usual, |r| {
            replace(r, "signature", |v| {
                v.split("signature=").next().unwrap_or_default().to_owned() + "signature=\"\""
            })
        }),
        ("label hmac-sha256", 401, "algorithm", |d| d.parameter("algorithm", "\"hmac-sha256\""), as_is),
        ("label rsa-sha1", 401, "algorithm", |d| d.parameter("algorithm", "\"rsa-sha1\""), as_is),
        ("a body changed on the way", 401, "digest", usual, |r| r.body = b"{}".as_slice().into()),
        ("body and Digest changed", 401, "signature", usual, forge_body_and_digest),
        ("another path", 401, "signature", usual, |r| r.path_and_query = "/users/other/inbox".into()),
        ("another date", 401, "signature", usual, |r| {
            replace(r, "date", |_| http_date(now() - Duration::minutes(1)))
        }),
        ("signed by another key", 401, "signature", |d| d.signer = BOB.into(), as_is),
        (
            "no Digest",
            401,
            "no-digest",
            |d| {
                d.digest = None;
                d.covered = "(request-target) host date".into()
            },
            as_is,
        ),
        ("no Digest, though signed", 401, "no-digest", usual, |r| remove(r, "digest")),
        (
            "Content-Digest alone, with the draft's signature",
            401,
            "no-digest",
            |d| {
                d.digest = None;
                d.more.push(("content-digest".into(), format!("sha-256=:{}:", sha256(&d.body))));
                d.covered = "(request-target) host date content-digest".into()
            },
            as_is,
        ),
        (
            "Digest of an unknown kind only",
            401,
            "digest",
            |d| d.digest = Some("MD5=1B2M2Y8AsgTpgAmY7PhCfg==".into()),
            as_is,
        ),
        (
            "one of two digests wrong",
            401,
            "digest",
            |d| d.digest = Some(format!("SHA-256={},SHA-512={}", sha256(&d.body), sha512(b"other"))),
            as_is,
        ),
        (
            "a wrong digest before the right one",
            401,
            "digest",
            |d| d.digest = Some(format!("SHA-256={},SHA-256={}", sha256(b"other"), sha256(&d.body))),
            as_is,
        ),
        ("a digest without value", 401, "digest", |d| d.digest = Some("SHA-256".into()), as_is),
        (
            "a wrong Content-Digest beside",
            401,
            "digest",
            |d| d.more.push(("content-digest".into(), format!("sha-256=:{}:", sha256(b"other")))),
            as_is,
        ),
    ];
    run(refused).await;
}

#[tokio::test]
async fn refuses_what_is_out_of_time() {
    let refused: &[Case] = &[
        (
            "no Date",
            401,
            "no-date",
            |d| {
                d.date = None;
                d.covered = "(request-target) host digest".into()
            },
            as_is,
        ),
        ("an absurd Date", 401, "date", |d| d.date = Some("hier à midi".into()), as_is),
        ("a Date before 1970", 401, "date", |d| d.date = Some("Wed, 31 Dec 1969 23:59:59 GMT".into()), as_is),
        ("more than 12 h old", 401, "time", |d| d.set_time(-12 * 3600 - 1), as_is),
        ("more than 1 h ahead", 401, "time", |d| d.set_time(3600 + 1), as_is),
        ("(created) more than 12 h old", 401, "time", |d| created_at(d, -12 * 3600 - 1), as_is),
        ("(created) more than 1 h ahead", 401, "time", |d| created_at(d, 3601), as_is),
        (
            "Date in time, (created) not",
            401,
            "time",
            |d| {
                created_at(d, -13 * 3600);
                d.date = Some(http_date(now()));
                d.covered.push_str(" date")
            },
            as_is,
        ),
        (
            "(expires) past",
            401,
            "expired",
            |d| {
                created_only(d);
                expires(d, -1)
            },
            as_is,
        ),
        ("expires past, unsigned", 401, "expired", |d| d.parameter("expires", now().timestamp() - 1), as_is),
        (
            "(created) beyond all time",
            401,
            "signature-header",
            |d| {
                created_only(d);
                d.parameter("created", u64::MAX)
            },
            as_is,
        ),
        (
            "(created) that is no number",
            401,
            "signature-header",
            |d| {
                created_only(d);
                d.parameter("created", "\"soon\"")
            },
            as_is,
        ),
        (
            "(created) negative",
            401,
            "signature-header",
            |d| {
                created_only(d);
                d.parameter("created", -1)
            },
            as_is,
        ),
    ];
    run(refused).await;
}

fn forge_body_and_digest(request: &mut InboundRequest) {
    let body = forged();
    replace(request, "digest", |_| format!("SHA-256={}", sha256(&body)));
    request.body = body.into();
}
