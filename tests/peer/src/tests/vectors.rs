//! Signatures and digests against the drafts' own values and against OpenSSL, never against the product.

use crate::{Key, Message, PublicKey, cavage, digest, rfc9421};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The key of draft-cavage-http-signatures-12, appendix C, published there for such tests.
const DRAFT_KEY: &str = "-----BEGIN RSA PRIVATE KEY-----
MIICXgIBAAKBgQDCFENGw33yGihy92pDjZQhl0C36rPJj+CvfSC8+q28hxA161QF
NUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6Z4UMR7EOcpfdUE9Hf3m/hs+F
UR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJwoYi+1hqp1fIekaxsyQIDAQAB
AoGBAJR8ZkCUvx5kzv+utdl7T5MnordT1TvoXXJGXK7ZZ+UuvMNUCdN2QPc4sBiA
QWvLw1cSKt5DsKZ8UETpYPy8pPYnnDEz2dDYiaew9+xEpubyeW2oH4Zx71wqBtOK
kqwrXa/pzdpiucRRjk6vE6YY7EBBs/g7uanVpGibOVAEsqH1AkEA7DkjVH28WDUg
f1nqvfn2Kj6CT7nIcE3jGJsZZ7zlZmBmHFDONMLUrXR/Zm3pR5m0tCmBqa5RK95u
412jt1dPIwJBANJT3v8pnkth48bQo/fKel6uEYyboRtA5/uHuHkZ6FQF7OUkGogc
mSJluOdc5t6hI1VsLn0QZEjQZMEOWr+wKSMCQQCC4kXJEsHAve77oP6HtG/IiEn7
kpyUXRNvFsDE0czpJJBvL/aRFUJxuRK91jhjC68sA7NsKMGg5OXb5I5Jj36xAkEA
gIT7aFOYBFwGgQAQkWNKLvySgKbAZRTeLBacpHMuQdl1DfdntvAyqpAZ0lY0RKmW
G6aFKaqQfOXKCyWoUiVknQJAXrlgySFci/2ueKlIE1QqIiLSZ8V8OlpFLRnb1pzI
7U1yQXnTAEFYM560yJlzUpOb1V4cScGd365tiSMvxLOvTA==
-----END RSA PRIVATE KEY-----
";
const DRAFT_PUBLIC: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----
";
/// Appendix C.2 of the draft: `(request-target) host date`.
const DRAFT_BASIC: &str = "qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=";
/// Appendix C.3 of the draft: all headers.
const DRAFT_ALL: &str = "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=";

/// The public key test-key-rsa of RFC 9421, appendix B.1.1.
const RFC_PUBLIC: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
-----END RSA PUBLIC KEY-----
";
const RFC_INPUT: &str = r#"proxy_sig=("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540"#;
/// The proxy's signature in RFC 9421, section 4.3.
const RFC_SIGNATURE: &str = "proxy_sig=:S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==:";

/// A key made with OpenSSL 3.0, in both public forms, and its signature of [`openssl_message`].
const OPENSSL_PKCS1: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEA639ebjDJZqY+PAFv/VsF8qgLd1mPwY7yfYsnEUTvDVBeUSuMzmX0
snC+moWG3wRyeh7PxXIpM2AiLayTyqWRnpY6/OFtw3CAqqtw2FFjkgL9SEvI4b47
gyjhjHS7OmsNiUf8KAMhi1mGCNKmKFYIA7qgF024/0oqwzFRW9tcj6XTQnZGMwXD
TzZb6FAAXkrYStzlpv/Fz69rzN0FrIWhvnMdWzUnyYIZDSM7HP99t9WZJ2g9S2Ie
FTkYP2SSeOlLpZYYxBwFDJEKdjex72w7+9ziHGe7MHSCRSsARB63zgH6GHGa2uoP
S3WzmTJYzuhlrYNbXIwki0pEXjl1VF7J9wIDAQAB
-----END RSA PUBLIC KEY-----
";
const OPENSSL_SPKI: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA639ebjDJZqY+PAFv/VsF
8qgLd1mPwY7yfYsnEUTvDVBeUSuMzmX0snC+moWG3wRyeh7PxXIpM2AiLayTyqWR
npY6/OFtw3CAqqtw2FFjkgL9SEvI4b47gyjhjHS7OmsNiUf8KAMhi1mGCNKmKFYI
A7qgF024/0oqwzFRW9tcj6XTQnZGMwXDTzZb6FAAXkrYStzlpv/Fz69rzN0FrIWh
vnMdWzUnyYIZDSM7HP99t9WZJ2g9S2IeFTkYP2SSeOlLpZYYxBwFDJEKdjex72w7
+9ziHGe7MHSCRSsARB63zgH6GHGa2uoPS3WzmTJYzuhlrYNbXIwki0pEXjl1VF7J
9wIDAQAB
-----END PUBLIC KEY-----
";
const OPENSSL_SIGNATURE: &str = "WplU1+F2x4KFpS3u5dB0jTLEKRChtZVmHI2sjMTWgC/u2F3tjtlubPBK1nFOB/Ssmj8e3GbuOgTSwdzpsGQW62bXfG+8h1BPZ24VNihSkDm5IH9kxPRrNJo2nndk+Z4Xx4bF3zcdAGD3A03XzSOGzALTTsA0OkjibBbgePJdRQ0J9Hp/TfFir1qKLKC+Y+4FZetRpHDNvT29qB1T5kbY1LueUfEvHr0zJi82niWmgpd1lR5y43yKGJt9J9zrbQOr7cNJCC1pkiepOpqVmBHoyFBaJ9JZwM6hmHvk2ZOogKdwmsNOo7IlQoBRjNDA8k2cK7TbA3/HXBtGM996fjSdmw==";

fn draft_message() -> Message {
    let body = br#"{"hello": "world"}"#.to_vec();
    let mut message = Message::new("POST", "example.com", "/foo?param=value&pet=dog", body);
    message.add("Date", "Sun, 05 Jan 2014 21:31:40 GMT");
    message.add("Content-Type", "application/json");
    message.add("Digest", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=");
    message.add("Content-Length", "18");
    message
}

fn openssl_message() -> Message {
    let mut message = Message::new("POST", "localhost:8001", "/inbox?x=1", br#"{"type":"Follow"}"#.to_vec());
    message.add("Digest", "SHA-256=GYwYnH3BiO6aICFt0ThC5bUIJ4byvqdpWtR8m5fNkww=");
    message
}

#[test]
fn makes_the_signatures_of_the_draft() {
    let key = Key::from_pkcs1_pem(DRAFT_KEY).unwrap();
    let public = PublicKey::from_pem(DRAFT_PUBLIC).unwrap();
    assert_eq!(key.public(), public);
    for (covered, signature) in [
        ("(request-target) host date", DRAFT_BASIC),
        ("(request-target) host date content-type digest content-length", DRAFT_ALL),
    ] {
        // RSASSA-PKCS1-v1_5 is deterministic: the very bytes of the draft come out.
        let header = format!(
            "keyId=\"Test\",algorithm=\"rsa-sha256\",headers=\"{covered}\",signature=\"{signature}\""
        );
        let (parameters, bytes) = cavage::read(&header).unwrap();
        assert_eq!(cavage::sign(&draft_message(), &parameters, &key).unwrap(), header);
        assert!(cavage::holds(&draft_message(), &parameters, &bytes, &public).unwrap());
        let mut other = draft_message();
        other.target = "/foo?param=value&pet=cat".into();
        assert!(!cavage::holds(&other, &parameters, &bytes, &public).unwrap());
    }
}

#[test]
fn verifies_what_openssl_signed_with_created_and_expires() {
    let header = format!(
        "keyId=\"k\",algorithm=\"hs2019\",created=1772542800,expires=1772543100,headers=\"(request-target) host (created) (expires) digest\",signature=\"{OPENSSL_SIGNATURE}\""
    );
    let (parameters, bytes) = cavage::read(&header).unwrap();
    for pem in [OPENSSL_PKCS1, OPENSSL_SPKI] {
        let key = PublicKey::from_pem(pem).unwrap();
        assert!(cavage::holds(&openssl_message(), &parameters, &bytes, &key).unwrap());
        assert_eq!(key.to_pkcs1_pem().unwrap(), OPENSSL_PKCS1);
        assert_eq!(key.to_spki_pem().unwrap(), OPENSSL_SPKI);
    }
}

#[test]
fn verifies_the_signature_of_the_rfc() {
    let body = br#"{"hello": "world"}"#;
    let mut message =
        Message::new("POST", "origin.host.internal.example", "/foo?param=Value&Pet=dog", body.to_vec());
    message.add("Content-Type", "application/json");
    message.add("Content-Length", "18");
    message.add("Forwarded", "for=192.0.2.123;host=example.com;proto=https");
    message.add("Content-Digest", format!("sha-512=:{}:", digest::sha512(body)));
    let key = PublicKey::from_pem(RFC_PUBLIC).unwrap();
    let (input, bytes) = rfc9421::read(RFC_INPUT, RFC_SIGNATURE).unwrap();
    assert_eq!(input.parameter("created"), Some("1618884480"));
    assert_eq!(input.parameter("keyid"), Some("test-key-rsa"));
    assert!(rfc9421::holds(&message, "https", &input, &bytes, &key).unwrap());
    message.change("forwarded", |_| "for=192.0.2.124".to_owned());
    assert!(!rfc9421::holds(&message, "https", &input, &bytes, &key).unwrap());
}

#[test]
fn writes_the_base_that_mastodon_expects() {
    let message = Message::new("POST", "Node.example", "/inbox", b"{}".to_vec());
    let mut message = message;
    message.add("Content-Digest", digest::content_header(b"{}"));
    let key = Key::generate().unwrap();
    let input = rfc9421::Input::usual("https://a.example/users/a#main-key", 1_772_542_800, true);
    let base = rfc9421::base(&message, "https", &input).unwrap();
    assert_eq!(
        base,
        "\"@method\": POST\n\"@target-uri\": https://node.example/inbox\n\
         \"content-digest\": sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:\n\
         \"@signature-params\": (\"@method\" \"@target-uri\" \"content-digest\");created=1772542800;\
         keyid=\"https://a.example/users/a#main-key\""
    );
    let (header, signature) = rfc9421::sign(&message, "https", &input, &key).unwrap();
    let (read, bytes) = rfc9421::read(&header, &signature).unwrap();
    assert_eq!(read, input);
    assert!(rfc9421::holds(&message, "https", &read, &bytes, &key.public()).unwrap());
}

#[test]
fn digests_are_those_of_openssl() {
    let body = br#"{"type":"Follow"}"#;
    assert_eq!(digest::header(body), "SHA-256=GYwYnH3BiO6aICFt0ThC5bUIJ4byvqdpWtR8m5fNkww=");
    let sha512 = "vQGMZNZBOZZ8BVm4X6SU+xRumIYdhE82AoDhrcRsvqb1ZhzSG5pTuNFTwj9G5nxvxgqPsEgmmbi/XTyI9WOhCA==";
    assert_eq!(digest::sha512(body), sha512);
    for good in [digest::header(body), format!("sha-512={sha512}, MD5=x"), format!("SHA-512={sha512}")] {
        digest::check(&good, body).unwrap();
        assert!(digest::check(&good, b"other").is_err(), "{good}");
    }
    digest::check_content(&digest::content_header(body), body).unwrap();
    assert!(digest::check("MD5=x", body).is_err());
    assert!(digest::check_content("sha-256=:AAAA:", body).is_err());
}

#[test]
fn headers_are_read_strictly() {
    let bytes = STANDARD.encode(b"x");
    assert!(cavage::read(&format!("keyId=\"a\",keyId=\"b\",signature=\"{bytes}\"")).is_err());
    assert!(cavage::read("keyId=\"a\"").is_err());
    assert!(cavage::read(&format!("keyId=\"a\",signature=\"{bytes}\",created=soon")).is_err());
    assert!(rfc9421::read("a=(\"x\"),b=(\"y\")", "a=:AA==:").is_err());
    assert!(rfc9421::read("a=(\"x\";sf);created=1", "a=:AA==:").is_err());
    assert!(rfc9421::read("a=(\"x\");created=1", "b=:AA==:").is_err());
}
