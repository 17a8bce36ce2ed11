//! RFC 9421 signatures, as Mastodon sends them from version 4.7 on.

use super::*;
use chrono::Utc;
use maillage_test_peer::{digest, rfc9421};

/// A request that is put together before it is signed by RFC 9421.
struct Modern {
    message: Message,
    input: rfc9421::Input,
    object: String,
}

type Change = fn(&mut Modern, &World);
type ModernCase = (&'static str, u16, Change, Tamper);

impl Modern {
    fn new(world: &World) -> Self {
        let note = world.alice.note("<p>Une nouvelle d’alice</p>");
        let body = world.alice.create(&note).to_string().into_bytes();
        let mut message = Message::new("POST", &world.node.host(), "/inbox", body);
        message.add("Content-Type", "application/activity+json");
        message.add("Content-Digest", digest::content_header(&message.body));
        let input = rfc9421::Input::usual(&world.alice.key_id(), Utc::now().timestamp(), true);
        Self { message, input, object: note["id"].as_str().unwrap_or_default().to_owned() }
    }

    fn parameters(&mut self, world: &World, ahead: i64, more: &str) {
        let created = Utc::now().timestamp() + ahead;
        self.input.parameters = format!(";created={created};keyid=\"{}\"{more}", world.alice.key_id());
    }

    fn cover(&mut self, names: &[&str]) {
        self.input.components = names.iter().map(|name| (*name).to_owned()).collect();
    }
}

#[test]
fn rfc9421_signatures_are_judged_as_strictly() {
    crate::scene::play(async {
        let world = World::start().await?;
        let mut expected = BTreeSet::new();
        for (name, status, change, tamper) in CASES {
            let mut modern = Modern::new(&world);
            change(&mut modern, &world);
            let (input, signature) =
                rfc9421::sign(&modern.message, "http", &modern.input, &world.alice.key())?;
            modern.message.add("Signature-Input", input);
            modern.message.add("Signature", signature);
            tamper(&mut modern.message);
            let answer = exchange(world.node.port(), &modern.message.to_bytes()).await?;
            assert_eq!(answer.status, *status, "{name}: {answer:?}");
            if *status == 202 {
                expected.insert(modern.object);
            }
        }
        until_equal("what was let in is shown", SOON, &expected, async || world.shown().await).await
    });
}

fn sound(_: &mut Modern, _: &World) {}

const CASES: &[ModernCase] = &[
    ("as Mastodon sends it", 202, sound, as_signed),
    ("with alg", 202, |m, w| m.parameters(w, 0, ";alg=\"rsa-v1_5-sha256\""), as_signed),
    (
        "with expires, nonce and tag",
        202,
        |m, w| m.parameters(w, 0, &format!(";expires={};nonce=\"a\";tag=\"b\"", Utc::now().timestamp() + 60)),
        as_signed,
    ),
    (
        "with more components",
        202,
        |m, _| {
            m.cover(&[
                "@method",
                "@target-uri",
                "@authority",
                "@path",
                "@scheme",
                "content-type",
                "content-digest",
            ])
        },
        as_signed,
    ),
    ("a clock 40 minutes ahead", 202, |m, w| m.parameters(w, 2400, ""), as_signed),
    ("a clock 40 minutes behind", 202, |m, w| m.parameters(w, -2400, ""), as_signed),
    (
        "a right Digest beside",
        202,
        |m, _| {
            let digest = digest::header(&m.message.body);
            m.message.add("Digest", digest);
        },
        as_signed,
    ),
    ("method unsigned", 401, |m, _| m.cover(&["@target-uri", "content-digest"]), as_signed),
    ("target unsigned", 401, |m, _| m.cover(&["@method", "content-digest"]), as_signed),
    ("digest unsigned", 401, |m, _| m.cover(&["@method", "@target-uri"]), as_signed),
    ("no created", 401, |m, w| m.input.parameters = format!(";keyid=\"{}\"", w.alice.key_id()), as_signed),
    ("no keyid", 401, |m, _| m.input.parameters = format!(";created={}", Utc::now().timestamp()), as_signed),
    ("too old", 401, |m, w| m.parameters(w, -12 * 3600 - 60, ""), as_signed),
    ("too far ahead", 401, |m, w| m.parameters(w, 3660, ""), as_signed),
    (
        "expired",
        401,
        |m, w| m.parameters(w, 0, &format!(";expires={}", Utc::now().timestamp() - 5)),
        as_signed,
    ),
    ("another algorithm", 401, |m, w| m.parameters(w, 0, ";alg=\"hmac-sha256\""), as_signed),
    ("another body", 401, sound, |m| m.body = b"{}".to_vec()),
    ("no Content-Digest", 401, sound, |m| m.remove("Content-Digest")),
    ("two Content-Digest headers", 400, sound, |m| m.add("Content-Digest", "sha-256=:AA==:")),
    ("two Signature-Input headers", 400, sound, |m| m.add("Signature-Input", "sig1=()")),
    ("two signatures", 401, sound, |m| {
        m.change("Signature-Input", |value| format!("{value},{}", value.replacen("sig1", "sig2", 1)));
        m.change("Signature", |value| format!("{value},{}", value.replacen("sig1", "sig2", 1)));
    }),
    ("another label", 401, sound, |m| m.change("Signature", |value| value.replacen("sig1", "sig2", 1))),
    ("a component with a parameter", 401, sound, |m| {
        m.change("Signature-Input", |value| value.replace("\"@method\"", "\"@method\";req"));
    }),
    ("a signature of the draft beside the input", 401, sound, |m| {
        m.change("Signature", |_| "keyId=\"x\",signature=\"AA==\"".to_owned());
    }),
    ("sent to another path", 401, sound, |m| m.target = "/inbox?autre".into()),
];
