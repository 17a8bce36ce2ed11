//! The table of RFC 9421 requests, as Mastodon sends them from version 4.7 on.

use super::*;

/// A request with its RFC 9421 signature; the signature base is written out here.
struct Message {
    components: Vec<(&'static str, String)>,
    parameters: String,
    headers: Vec<(String, String)>,
    signer: &'static str,
}

impl Message {
    fn new() -> Self {
        let body = create_by(ALICE).to_string();
        let digest = format!("sha-256=:{}:", sha256(body.as_bytes()));
        Self {
            components: vec![
                ("@method", "POST".into()),
                ("@target-uri", "https://node.example/users/service/inbox".into()),
                ("content-digest", digest.clone()),
            ],
            parameters: parameters(0, ""),
            headers: vec![
                ("host".into(), "node.example".into()),
                ("content-type".into(), "application/activity+json".into()),
                ("content-digest".into(), digest),
            ],
            signer: ALICE,
        }
    }

    fn drop_component(&mut self, name: &str) {
        self.components.retain(|(given, _)| *given != name);
    }

    fn signed(&self) -> InboundRequest {
        let names: Vec<String> = self.components.iter().map(|(n, _)| format!("\"{n}\"")).collect();
        let input = format!("({}){}", names.join(" "), self.parameters);
        let mut base = String::new();
        for (name, value) in &self.components {
            base.push_str(&format!("\"{name}\": {value}\n"));
        }
        base.push_str(&format!("\"@signature-params\": {input}"));
        let signature = STANDARD.encode(key(self.signer).sign(base.as_bytes()).unwrap());
        let mut headers = self.headers.clone();
        headers.push(("signature-input".into(), format!("sig1={input}")));
        headers.push(("signature".into(), format!("sig1=:{signature}:")));
        InboundRequest {
            method: "POST".into(),
            path_and_query: "/users/service/inbox".into(),
            headers,
            body: create_by(ALICE).to_string().into(),
        }
    }
}

fn parameters(seconds_ahead: i64, more: &str) -> String {
    let created = now().timestamp() + seconds_ahead;
    format!(";created={created};keyid=\"{ALICE}#main-key\"{more}")
}

type MessageCase = (&'static str, u16, &'static str, fn(&mut Message), Tamper);

async fn run_messages(cases: &[MessageCase]) {
    let keys = Keys::usual();
    for (name, status, code, edit, tamper) in cases {
        let mut message = Message::new();
        edit(&mut message);
        let mut request = message.signed();
        tamper(&mut request);
        let answer = match receive(request, &keys).await {
            Ok(activity) => {
                assert_eq!(activity.scheme(), Scheme::Rfc9421);
                (200, "")
            }
            Err(refusal) => (refusal.status, refusal.code),
        };
        assert_eq!(answer, (*status, *code), "{name}");
    }
}

fn sound(_: &mut Message) {}

#[tokio::test]
async fn lets_in_rfc9421_signatures() {
    let accepted: &[MessageCase] = &[
        ("as Mastodon sends it", 200, "", sound, as_is),
        ("with alg", 200, "", |m| m.parameters = parameters(0, ";alg=\"rsa-v1_5-sha256\""), as_is),
        (
            "with expires, nonce and tag",
            200,
            "",
            |m| {
                m.parameters =
                    parameters(0, &format!(";expires={};nonce=\"a\\\"b\";tag=\"x\"", now().timestamp() + 60))
            },
            as_is,
        ),
        (
            "with more components",
            200,
            "",
            |m| {
                m.components.extend([
                    ("@authority", "node.example".to_owned()),
                    ("@scheme", "https".into()),
                    ("@path", "/users/service/inbox".into()),
                    ("@query", "?".into()),
                    ("@request-target", "/users/service/inbox".into()),
                    ("content-type", "application/activity+json".into()),
                ])
            },
            as_is,
        ),
        ("host with the default port", 200, "", |m| m.headers[0].1 = "NODE.example:443".into(), as_is),
        ("clock 40 minutes ahead", 200, "", |m| m.parameters = parameters(2400, ""), as_is),
        (
            "a right Digest beside",
            200,
            "",
            |m| {
                m.headers.push((
                    "digest".into(),
                    format!("SHA-256={}", sha256(create_by(ALICE).to_string().as_bytes())),
                ))
            },
            as_is,
        ),
    ];
    run_messages(accepted).await;
}

#[tokio::test]
async fn refuses_rfc9421_signatures_that_prove_too_little() {
    let refused: &[MessageCase] = &[
        ("method unsigned", 401, "coverage", |m| m.drop_component("@method"), as_is),
        ("target unsigned", 401, "coverage", |m| m.drop_component("@target-uri"), as_is),
        ("digest unsigned", 401, "coverage", |m| m.drop_component("content-digest"), as_is),
        ("no created", 401, "coverage", |m| m.parameters = format!(";keyid=\"{ALICE}#main-key\""), as_is),
        (
            "no keyid",
            401,
            "signature-header",
            |m| m.parameters = format!(";created={}", now().timestamp()),
            as_is,
        ),
        ("too old", 401, "time", |m| m.parameters = parameters(-12 * 3600 - 1, ""), as_is),
        ("too far ahead", 401, "time", |m| m.parameters = parameters(3601, ""), as_is),
        (
            "expired",
            401,
            "expired",
            |m| m.parameters = parameters(0, &format!(";expires={}", now().timestamp() - 1)),
            as_is,
        ),
        (
            "another algorithm",
            401,
            "algorithm",
            |m| m.parameters = parameters(0, ";alg=\"hmac-sha256\""),
            as_is,
        ),
        ("signed by bob", 401, "signature", |m| m.signer = BOB, as_is),
        (
            "signed for another host",
            401,
            "signature",
            |m| m.components[1].1 = "https://other.example/users/service/inbox".into(),
            as_is,
        ),
        ("a component with a parameter", 401, "coverage", sound, |r| {
            replace(r, "signature-input", |v| v.replace("\"@method\"", "\"@method\";req"))
        }),
        ("an unknown component", 401, "coverage", |m| m.components.push(("@status", "200".into())), as_is),
        (
            "a component twice",
            401,
            "signature-header",
            |m| m.components.push(("@method", "POST".into())),
            as_is,
        ),
        ("two signatures", 401, "signature-header", sound, |r| {
            replace(r, "signature-input", |v| format!("{v},{}", v.replacen("sig1", "sig2", 1)));
            replace(r, "signature", |v| format!("{v},{}", v.replacen("sig1", "sig2", 1)))
        }),
        ("two labels", 401, "signature-header", sound, |r| {
            replace(r, "signature", |v| v.replacen("sig1", "sig2", 1))
        }),
        ("two Signature-Input headers", 400, "duplicate-header", sound, |r| {
            add(r, "signature-input", "sig1=()")
        }),
        ("another body", 401, "digest", sound, |r| r.body = b"{}".as_slice().into()),
        ("no Content-Digest", 401, "no-digest", sound, |r| remove(r, "content-digest")),
        (
            "a wrong Digest beside",
            401,
            "digest",
            |m| m.headers.push(("digest".into(), format!("SHA-256={}", sha256(b"other")))),
            as_is,
        ),
        ("the draft's Signature with Signature-Input", 401, "signature-header", sound, |r| {
            replace(r, "signature", |_| "keyId=\"x\",signature=\"AA==\"".into())
        }),
        ("an empty Signature-Input", 401, "signature-header", sound, |r| {
            replace(r, "signature-input", |_| String::new())
        }),
    ];
    run_messages(refused).await;
}
