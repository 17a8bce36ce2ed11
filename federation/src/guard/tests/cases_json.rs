//! The table of bodies: JSON, ids, actors and keys, let in or refused.

use super::*;

#[tokio::test]
async fn lets_in_the_shapes_that_servers_use() {
    let accepted: &[Case] = &[
        (
            "actor as object",
            200,
            "",
            |d| d.set_field("actor", json!({ "id": ALICE, "type": "Person" })),
            as_is,
        ),
        ("actor as array of one", 200, "", |d| d.set_field("actor", json!([ALICE])), as_is),
        ("actor as array of one object", 200, "", |d| d.set_field("actor", json!([{ "id": ALICE }])), as_is),
        ("an id with a fragment", 200, "", |d| d.set_field("id", json!(format!("{ALICE}#delete"))), as_is),
        (
            "an id with the default port",
            200,
            "",
            |d| d.set_field("id", json!("https://peer.example:443/a/1")),
            as_is,
        ),
        ("64 levels deep", 200, "", |d| d.set_field("object", nested(63)), as_is),
        (
            "the same key in two objects",
            200,
            "",
            |d| d.set_field("object", json!({ "id": "x", "a": { "id": "y" } })),
            as_is,
        ),
        (
            "@graph as a value",
            200,
            "",
            |d| d.set_field("@context", json!({ "x": { "@container": "@graph" } })),
            as_is,
        ),
        ("a body of 1 MiB", 200, "", full_body, as_is),
    ];
    run(accepted).await;
}

#[tokio::test]
async fn refuses_bodies_that_can_be_read_in_two_ways() {
    let refused: &[Case] = &[
        ("no JSON", 400, "json", |d| d.set_body(b"Bonjour".to_vec()), as_is),
        ("an empty body", 400, "json", |d| d.set_body(Vec::new()), as_is),
        (
            "text after the object",
            400,
            "json",
            |d| {
                let mut body = d.body.clone();
                body.extend(b"{}");
                d.set_body(body)
            },
            as_is,
        ),
        ("not UTF-8", 400, "json", |d| d.set_body(b"{\"id\":\"\xff\"}".to_vec()), as_is),
        (
            "a byte order mark",
            400,
            "json",
            |d| {
                let mut body = b"\xef\xbb\xbf".to_vec();
                body.extend(&d.body);
                d.set_body(body)
            },
            as_is,
        ),
        ("a number out of range", 400, "json", |d| d.set_body(b"{\"id\":1e999}".to_vec()), as_is),
        ("compressed", 400, "json", |d| d.set_body(b"\x1f\x8b\x08\x00\x00".to_vec()), as_is),
        ("an array", 400, "not-object", |d| d.set_json(&json!([create_by(ALICE)])), as_is),
        ("a string", 400, "not-object", |d| d.set_json(&json!("x")), as_is),
        ("null", 400, "not-object", |d| d.set_json(&Value::Null), as_is),
        ("actor named twice", 400, "duplicate-key", |d| twice(d, "actor"), as_is),
        ("actor named twice, once escaped", 400, "duplicate-key", |d| twice(d, "\\u0061ctor"), as_is),
        (
            "a key twice further in",
            400,
            "duplicate-key",
            |d| d.set_body(br#"{"object":[{"a":1,"b":{"c":1,"c":2}}]}"#.to_vec()),
            as_is,
        ),
        ("65 levels deep", 400, "too-deep", |d| d.set_field("object", nested(64)), as_is),
        ("129 levels deep", 400, "too-deep", |d| d.set_field("object", nested(128)), as_is),
        ("100,000 levels deep", 400, "too-deep", |d| d.set_body(b"[".repeat(100_000)), as_is),
        ("@graph", 400, "graph", |d| d.set_field("@graph", json!([])), as_is),
        ("@included", 400, "graph", |d| d.set_field("@included", json!([])), as_is),
        ("NUL in a text", 400, "nul", |d| d.set_field("summary", json!(["a\0b"])), as_is),
        ("NUL in a key", 400, "nul", |d| d.set_field("x", json!({ "a\0b": 1 })), as_is),
        ("@graph further in", 400, "graph", |d| d.set_field("object", json!([{ "@graph": [] }])), as_is),
    ];
    run(refused).await;
}

#[tokio::test]
async fn refuses_outer_fields_of_the_wrong_kind() {
    let refused: &[Case] = &[
        ("no id", 400, "id", |d| d.set_field("id", Value::Null), as_is),
        ("id as number", 400, "id", |d| d.set_field("id", json!(1)), as_is),
        ("id as object", 400, "id", |d| d.set_field("id", json!({ "id": ALICE })), as_is),
        ("id as array", 400, "id", |d| d.set_field("id", json!([ALICE])), as_is),
        ("id not a URL", 400, "id", |d| d.set_field("id", json!("alice")), as_is),
        ("id over http", 400, "id", |d| d.set_field("id", json!("http://peer.example/a")), as_is),
        ("id with credentials", 400, "id", |d| d.set_field("id", json!("https://a:b@peer.example/a")), as_is),
        (
            "id with a line end inside",
            400,
            "id",
            |d| d.set_field("id", json!("https://peer.example/a\n")),
            as_is,
        ),
        (
            "id of 3,000 characters",
            400,
            "id",
            |d| d.set_field("id", json!(format!("{ALICE}/{}", "a".repeat(3000)))),
            as_is,
        ),
        ("id as data URL", 400, "id", |d| d.set_field("id", json!("data:text/plain,x")), as_is),
        (
            "id on another origin",
            400,
            "origin",
            |d| d.set_field("id", json!("https://evil.example/a/1")),
            as_is,
        ),
        ("id on a subdomain", 400, "origin", |d| d.set_field("id", json!("https://a.peer.example/1")), as_is),
        (
            "id on another port",
            400,
            "origin",
            |d| d.set_field("id", json!("https://peer.example:8443/1")),
            as_is,
        ),
        ("no actor", 400, "actor", |d| d.set_field("actor", Value::Null), as_is),
        ("actor as number", 400, "actor", |d| d.set_field("actor", json!(1)), as_is),
        ("actor as array of two", 400, "actor", |d| d.set_field("actor", json!([ALICE, BOB])), as_is),
        ("actor as empty array", 400, "actor", |d| d.set_field("actor", json!([])), as_is),
        ("actor as array in array", 400, "actor", |d| d.set_field("actor", json!([[ALICE]])), as_is),
        (
            "actor as object without id",
            400,
            "actor",
            |d| d.set_field("actor", json!({ "type": "Person" })),
            as_is,
        ),
        (
            "actor as object with id object",
            400,
            "actor",
            |d| d.set_field("actor", json!({ "id": { "id": ALICE } })),
            as_is,
        ),
        ("actor as acct", 400, "actor", |d| d.set_field("actor", json!("acct:alice@peer.example")), as_is),
        ("no type", 400, "type", |d| d.set_field("type", Value::Null), as_is),
        ("type as array", 400, "type", |d| d.set_field("type", json!(["Create", "Delete"])), as_is),
        ("an empty type", 400, "type", |d| d.set_field("type", json!("")), as_is),
    ];
    run(refused).await;
}

#[tokio::test]
async fn refuses_keys_that_are_not_the_actors() {
    let refused: &[Case] = &[
        (
            "mallory signs for alice with her own key",
            401,
            "foreign-key",
            |d| {
                d.key_id = format!("{MALLORY}#main-key");
                d.signer = MALLORY.into()
            },
            as_is,
        ),
        (
            "bob of the same host signs for alice",
            401,
            "owner",
            |d| {
                d.key_id = format!("{BOB}#main-key");
                d.signer = BOB.into()
            },
            as_is,
        ),
        ("bob signs under the name of alice's key", 401, "signature", |d| d.signer = BOB.into(), as_is),
        (
            "a key id that is an account",
            401,
            "key-id",
            |d| d.key_id = "acct:alice@peer.example".into(),
            as_is,
        ),
        (
            "a key id over http",
            401,
            "key-id",
            |d| d.key_id = "http://peer.example/users/alice#main-key".into(),
            as_is,
        ),
        ("a key id that is a file", 401, "key-id", |d| d.key_id = "file:///etc/passwd".into(), as_is),
        ("an empty key id", 401, "key-id", |d| d.key_id = String::new(), as_is),
        ("a key nobody knows", 401, "key", |d| d.key_id = format!("{ALICE}#other"), as_is),
    ];
    run(refused).await;
}

/// Arrays inside one another, as many levels.
fn nested(levels: usize) -> Value {
    (1..levels).fold(json!([]), |inner, _| json!([inner]))
}

fn full_body(draft: &mut Draft) {
    let mut body = draft.body.clone();
    body.resize(MAX_BODY_BYTES, b' ');
    draft.set_body(body);
}

/// The usual activity, which names one more key with another value.
fn twice(draft: &mut Draft, key: &str) {
    let text = String::from_utf8(draft.body.clone()).unwrap();
    draft.set_body(text.replacen('{', &format!("{{\"{key}\":\"{BOB}\","), 1).into_bytes());
}
