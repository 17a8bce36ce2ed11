//! Tests of keys, digests and both schemes, against fixed texts and another implementation's output.

use super::*;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::TimeZone;

/// A key made for these tests with OpenSSL, in both of its public forms.
const SPKI: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA4fKXgcCp2gfQsB6XFF1h
QD9Xv2O4c1xODPl7dehq+JClgzQ8LFuF+s/xlyZSNvcCjMQ61ehYg2fiHjWW70+h
me26vG6lyAyO7+/LN9ssWg6ACtdpFFuIZA4jbUcupGsLsBAb47hjR3KcL45io7dE
FOEFYWakOW1oyglb6kVWDifKAgyZDcLmfK0w0/6FNhewUQUzorTdzWwVFWlOrGD3
ZgCyI1Pus9LSaFBO7ID2ag9b+lR6KG7L9bmw43fBQbiDBd+z51jTeeOKKGbKmetC
4zVAWzXH+OewqbY+XprWrU0nE8k5NzPK3BK6Jl+oaTBubFdzAzd+0I+JsV1YFMaS
lQIDAQAB
-----END PUBLIC KEY-----
";
const PKCS1: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEA4fKXgcCp2gfQsB6XFF1hQD9Xv2O4c1xODPl7dehq+JClgzQ8LFuF
+s/xlyZSNvcCjMQ61ehYg2fiHjWW70+hme26vG6lyAyO7+/LN9ssWg6ACtdpFFuI
ZA4jbUcupGsLsBAb47hjR3KcL45io7dEFOEFYWakOW1oyglb6kVWDifKAgyZDcLm
fK0w0/6FNhewUQUzorTdzWwVFWlOrGD3ZgCyI1Pus9LSaFBO7ID2ag9b+lR6KG7L
9bmw43fBQbiDBd+z51jTeeOKKGbKmetC4zVAWzXH+OewqbY+XprWrU0nE8k5NzPK
3BK6Jl+oaTBubFdzAzd+0I+JsV1YFMaSlQIDAQAB
-----END RSA PUBLIC KEY-----
";
/// OpenSSL's signature, by that key, of the text in [`openssl_text`].
const OPENSSL: &str = "I4iPZsS0Fe1TDQXOf4x8vLDHXtUeTJCQcrRpvGBwFhKRGie86NFJvYO1deRx6H7lSHW3qdUfrC6DT9ZNl9/xCYlw/KjWNojrq1FR6VPz0hVcRfNNXBpOlGaDU+xuIMKLsQF1vW7e3Cx+F0KzrdKjNTk8lhtJN7U0iCCP2TJEJDg6Fhd910U+oIyjfeCsUw0HKpRvZAE9IL9dh1X36wFcWjr/S1+lkiYsJEzFchv5x3kRuCrix36hNdLWhHVe6pWq1TqJysSHAgpzeI9whsTGq5Io3pRh5bxmWL8IOQn5cQVg3/p4AGoqlCgQdNiBRVK48zz3sefWAjIb+pKFva/O3g==";
/// The body of the examples in RFC 9421 appendix B.2.
const BODY: &[u8] = br#"{"hello": "world"}"#;
const BODY_SHA256: &str = "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=";
const BODY_SHA512: &str =
    "WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==";

fn headers(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn moment() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 3, 13, 0, 0).unwrap()
}

/// DER of an RSA public key in PKCS#1 form with an odd modulus of this many bits.
fn key_of_bits(bits: usize) -> String {
    let length = |n: usize| match n {
        0..128 => vec![n as u8],
        128..256 => vec![0x81, n as u8],
        _ => vec![0x82, (n >> 8) as u8, n as u8],
    };
    let mut modulus = vec![0u8];
    modulus.extend(vec![0xff; bits / 8]);
    let mut inner = vec![2];
    inner.extend(length(modulus.len()));
    inner.extend(&modulus);
    inner.extend([2, 3, 1, 0, 1]);
    let mut der = vec![0x30];
    der.extend(length(inner.len()));
    der.extend(inner);
    pem::encode("RSA PUBLIC KEY", &der)
}

#[test]
fn private_keys_survive_storage_and_stay_hidden() {
    let key = PrivateKey::generate().unwrap();
    let text = key.to_pkcs8_pem().unwrap();
    assert!(text.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    assert!(text.lines().all(|line| line.len() <= 64));
    let read = PrivateKey::from_pkcs8_pem(&text).unwrap();
    let signature = read.sign(b"text").unwrap();
    let public = PublicKey::from_pem(&key.public_key_pem().unwrap()).unwrap();
    assert!(public.verify(b"text", &signature));
    assert!(!public.verify(b"texT", &signature));
    assert!(!public.verify(b"text", &signature[1..]));
    assert_eq!(public, read.public_key().unwrap());
    let secret: String = text.lines().nth(1).unwrap().into();
    assert!(!format!("{key:?}").contains(&secret[..20]));
    assert!(PrivateKey::from_pkcs8_pem(SPKI).is_err());
    assert!(PrivateKey::from_pkcs8_pem("").is_err());
}

#[test]
fn public_keys_come_in_two_forms() {
    let (spki, pkcs1) = (PublicKey::from_pem(SPKI).unwrap(), PublicKey::from_pem(PKCS1).unwrap());
    assert_eq!(spki, pkcs1);
    let windows = SPKI.replace('\n', "\r\n");
    assert_eq!(PublicKey::from_pem(&windows).unwrap(), spki);
    let one_line = SPKI.trim().replace('\n', " ").replace("- M", "-M");
    assert_eq!(PublicKey::from_pem(&one_line).unwrap(), spki);
}

#[test]
fn public_keys_have_2048_to_8192_bits() {
    for (bits, accepted) in [(1024, false), (2040, false), (2048, true), (8192, true), (8200, false)] {
        let read = PublicKey::from_pem(&key_of_bits(bits));
        assert_eq!(read.is_ok(), accepted, "{bits}: {read:?}");
        if let Err(error) = read {
            assert!(error.to_string().contains(&bits.to_string()), "{error}");
        }
    }
}

#[test]
fn other_keys_are_refused_with_a_reason() {
    // An Ed25519 key: the object identifier 1.3.101.112 and 32 bytes.
    let mut ed25519 = vec![0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];
    ed25519.extend([7; 32]);
    for text in [
        pem::encode("PUBLIC KEY", &ed25519),
        pem::encode("PUBLIC KEY", b"nonsense"),
        pem::encode("CERTIFICATE", b"nonsense"),
        SPKI.replace("MIIB", "!!!!"),
        SPKI.replace("-----END PUBLIC KEY-----", ""),
        "a".repeat(20_000),
        String::new(),
    ] {
        assert!(matches!(PublicKey::from_pem(&text), Err(SignatureError::Key(_))), "{text}");
    }
}

/// The signing text of a POST with that body, as the draft writes it.
fn openssl_text() -> String {
    format!(
        "(request-target): post /inbox?x=1\nhost: node.example\n\
         date: Tue, 03 Mar 2026 13:00:00 GMT\ndigest: SHA-256={BODY_SHA256}"
    )
}

#[test]
fn reads_what_openssl_signed() {
    let key = PublicKey::from_pem(SPKI).unwrap();
    let header = format!(
        r#"keyId="k",algorithm="rsa-sha256",headers="(request-target) host date digest",signature="{OPENSSL}""#
    );
    let signature = CavageSignature::parse(&header).unwrap();
    let list = headers(&[
        ("Host", "node.example"),
        ("Date", "Tue, 03 Mar 2026 13:00:00 GMT"),
        ("Digest", &format!("SHA-256={BODY_SHA256}")),
    ]);
    let parts = SignedParts { method: "POST", scheme: "https", path_and_query: "/inbox?x=1", headers: &list };
    let text = signature.signing_string(&parts).unwrap();
    assert_eq!(text, openssl_text());
    assert!(key.verify(text.as_bytes(), &signature.signature));
}

#[test]
fn signs_a_post_as_the_draft_says() {
    let key = PrivateKey::generate().unwrap();
    let url = Url::parse("https://node.example/inbox?x=1").unwrap();
    let signed = sign(Scheme::Cavage, "POST", &url, moment(), Some(BODY), "https://a.example/k", &key);
    let signed = signed.unwrap();
    let value = |name: &str| signed.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    assert_eq!(value("Date"), Some("Tue, 03 Mar 2026 13:00:00 GMT"));
    assert_eq!(value("Digest"), Some(format!("SHA-256={BODY_SHA256}").as_str()));
    let header = value("Signature").unwrap();
    let (start, encoded) = header.split_once(",signature=").unwrap();
    assert_eq!(
        start,
        r#"keyId="https://a.example/k",algorithm="rsa-sha256",headers="(request-target) host date digest""#
    );
    let bytes = STANDARD.decode(encoded.trim_matches('"')).unwrap();
    assert!(key.public_key().unwrap().verify(openssl_text().as_bytes(), &bytes));
}

#[test]
fn signs_a_get_with_host_and_date_only() {
    let key = PrivateKey::generate().unwrap();
    let url = Url::parse("https://node.example:8443/users/a").unwrap();
    let label = AlgorithmLabel::Hs2019;
    let signed = sign_cavage_labelled(label, "GET", &url, moment(), None, "k", &key).unwrap();
    assert_eq!(signed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Date", "Signature"]);
    let header = &signed[1].1;
    assert!(header.contains(r#"algorithm="hs2019",headers="(request-target) host date""#), "{header}");
    let text = "(request-target): get /users/a\nhost: node.example:8443\n\
                date: Tue, 03 Mar 2026 13:00:00 GMT";
    let signature = CavageSignature::parse(header).unwrap();
    assert!(key.public_key().unwrap().verify(text.as_bytes(), &signature.signature));
    assert!(sign_cavage("GET", &url, moment(), None, "a\"b", &key).is_err());
}

#[test]
fn digests_may_be_several_and_all_must_match() {
    let good = [
        format!("SHA-256={BODY_SHA256}"),
        format!("sha-256={BODY_SHA256}, Sha-512={BODY_SHA512}"),
        format!("unixsum=30637,SHA-512={BODY_SHA512}"),
    ];
    for header in &good {
        assert_eq!(verify_digest(header, BODY), Ok(()), "{header}");
        assert!(verify_digest(header, b"other").is_err(), "{header}");
    }
    let bad = [
        String::new(),
        "SHA-256".into(),
        "SHA-256=".into(),
        "unixsum=30637".into(),
        format!("SHA-256={BODY_SHA512}"),
        format!("SHA-256={BODY_SHA256},SHA-512={BODY_SHA256}"),
        format!("SHA-256=:{BODY_SHA256}:"),
    ];
    for header in &bad {
        assert!(verify_digest(header, BODY).is_err(), "{header}");
    }
    assert_eq!(verify_content_digest(&content_digest_header(BODY), BODY), Ok(()));
    assert_eq!(verify_content_digest(&format!("sha-512=:{BODY_SHA512}:"), BODY), Ok(()));
    assert!(verify_content_digest(&format!("sha-256={BODY_SHA256}"), BODY).is_err());
    assert!(verify_content_digest("md5=:AA==:", BODY).is_err());
}

/// The request of RFC 9421 appendix B.2.
fn rfc_headers() -> Vec<(String, String)> {
    headers(&[
        ("Host", "example.com"),
        ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("Content-Type", "application/json"),
        ("Content-Digest", &format!("sha-512=:{BODY_SHA512}:")),
        ("Content-Length", "18"),
    ])
}

#[test]
fn builds_the_signature_base_of_the_rfc() {
    let list = rfc_headers();
    let parts = SignedParts {
        method: "POST",
        scheme: "https",
        path_and_query: "/foo?param=Value&Pet=dog",
        headers: &list,
    };
    // Appendix B.2.5 and B.2.6 fix these bases; their keys are of kinds not used here.
    let b25 = r#"("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#;
    let signature = Rfc9421Signature::parse(&format!("sig-b25={b25}"), "sig-b25=:AA==:").unwrap();
    assert_eq!(
        signature.signing_string(&parts).unwrap(),
        format!(
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@authority\": example.com\n\
             \"content-type\": application/json\n\"@signature-params\": {b25}"
        )
    );
    let b26 = r#"("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519""#;
    let signature = Rfc9421Signature::parse(&format!("sig-b26={b26}"), "sig-b26=:AA==:").unwrap();
    assert_eq!(
        signature.signing_string(&parts).unwrap(),
        format!(
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@method\": POST\n\"@path\": /foo\n\
             \"@authority\": example.com\n\"content-type\": application/json\n\
             \"content-length\": 18\n\"@signature-params\": {b26}"
        )
    );
    assert_eq!((signature.created, signature.expires), (1_618_884_473, None));
    assert_eq!(signature.key_id, "test-key-ed25519");
    assert!(signature.covers("@method") && !signature.covers("content-digest"));
}

#[test]
fn derives_components_from_the_request() {
    let list = headers(&[("Host", "Example.COM:443"), ("X-Twice", " a "), ("x-twice", "b")]);
    let parts = SignedParts { method: "GET", scheme: "https", path_and_query: "/p?q=%41", headers: &list };
    let input = r#"s=("@target-uri" "@query" "@scheme" "@request-target" "x-twice");created=1;keyid="k""#;
    let base = Rfc9421Signature::parse(input, "s=:AA==:").unwrap().signing_string(&parts).unwrap();
    let expected = "\"@target-uri\": https://example.com/p?q=%41\n\"@query\": ?q=%41\n\
                    \"@scheme\": https\n\"@request-target\": /p?q=%41\n\"x-twice\": a, b\n";
    assert!(base.starts_with(expected), "{base}");
}

#[test]
fn our_rfc9421_signatures_are_as_we_read_them() {
    let key = PrivateKey::generate().unwrap();
    let url = Url::parse("https://peer.example/inbox?x=1").unwrap();
    let signed = sign(Scheme::Rfc9421, "POST", &url, moment(), Some(BODY), "https://a.example/k", &key);
    let mut list = signed.unwrap();
    let value = |name: &str| list.iter().find(|(n, _)| n == name).unwrap().1.clone();
    let (input, signature) = (value("Signature-Input"), value("Signature"));
    assert_eq!(
        input,
        format!(
            r#"sig1=("@method" "@target-uri" "content-digest");created={};keyid="https://a.example/k""#,
            moment().timestamp()
        )
    );
    list.push(("Host".into(), "peer.example".into()));
    let read = Rfc9421Signature::parse(&input, &signature).unwrap();
    let parts = SignedParts { method: "POST", scheme: "https", path_and_query: "/inbox?x=1", headers: &list };
    let base = read.signing_string(&parts).unwrap();
    assert!(base.starts_with("\"@method\": POST\n\"@target-uri\": https://peer.example/inbox?x=1\n"));
    assert!(key.public_key().unwrap().verify(base.as_bytes(), &read.signature));
    assert!(sign_rfc9421("GET", &url, moment(), None, "é", &key).is_err());
}

#[test]
fn structured_fields_are_read_strictly() {
    let good =
        ["a=1", "a=1, b=?0", "a=(\"x\" \"y\");p=1;q", "a=:AA==:", "a=\"q\\\"\\\\\"", "a;x=y", "a=()", ""];
    for text in good {
        assert!(structured::dictionary(text).is_some(), "{text}");
    }
    let bad = [
        "a=1,",
        "a=1 b=2",
        "a=1,a=2",
        "A=1",
        "a=(1",
        "a=(1 2",
        "a=(\"x\"\"y\")",
        "a=\"",
        "a=\"\\x\"",
        "a=:A:",
        "a=:AA==",
        "a=1.5",
        "a=1234567890123456",
        "a=?2",
        "a=;b",
        "a=1;b;b",
        "=1",
        "a=\"é\"",
        "a=--1",
        "a=(1);",
    ];
    for text in bad {
        assert!(structured::dictionary(text).is_none(), "{text}");
    }
}
