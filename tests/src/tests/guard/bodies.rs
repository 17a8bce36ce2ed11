//! Bodies that two readers could read differently, and outer fields of the wrong kind.

use super::draft::nested;
use super::*;
use serde_json::Value;

#[test]
fn bodies_that_can_be_read_in_two_ways_are_refused() {
    crate::scene::play(play_cases(JSON));
}

#[test]
fn fields_of_the_wrong_kind_are_refused() {
    crate::scene::play(play_cases(FIELDS));
}

const JSON: &[Case] = &[
    ("no JSON", 400, |d| d.set_body(b"Bonjour".to_vec()), as_signed),
    ("an empty body", 400, |d| d.set_body(Vec::new()), as_signed),
    (
        "text behind the object",
        400,
        |d| {
            let body = [&d.body[..], b"{}"].concat();
            d.set_body(body);
        },
        as_signed,
    ),
    ("not UTF-8", 400, |d| d.set_body(b"{\"id\":\"\xff\"}".to_vec()), as_signed),
    (
        "a byte order mark",
        400,
        |d| {
            let body = [b"\xef\xbb\xbf", &d.body[..]].concat();
            d.set_body(body);
        },
        as_signed,
    ),
    ("a NUL inside", 400, |d| d.set_body(b"{\"id\":\"a\0b\"}".to_vec()), as_signed),
    ("a number out of range", 400, |d| d.set_first("\"x\":1e999"), as_signed),
    ("compressed", 400, |d| d.set_body(b"\x1f\x8b\x08\x00\x00".to_vec()), as_signed),
    ("a list", 400, |d| d.set_body(format!("[{}]", d.activity).into_bytes()), as_signed),
    ("a string", 400, |d| d.set_body(b"\"x\"".to_vec()), as_signed),
    ("null", 400, |d| d.set_body(b"null".to_vec()), as_signed),
    ("actor named twice", 400, |d| d.set_first(&format!("\"actor\":\"{}\"", d.world.bob.id())), as_signed),
    ("actor named twice, once escaped", 400, |d| d.set_first("\"\\u0061ctor\":\"x\""), as_signed),
    ("a key twice further in", 400, |d| d.set_first("\"x\":[{\"a\":{\"c\":1,\"c\":2}}]"), as_signed),
    ("65 levels deep", 400, |d| d.set("x", nested(64)), as_signed),
    ("100,000 levels deep", 400, |d| d.set_body(b"[".repeat(100_000)), as_signed),
    ("@graph", 400, |d| d.set("@graph", json!([])), as_signed),
    ("@included", 400, |d| d.set("@included", json!([])), as_signed),
    ("@graph further in", 400, |d| d.set("x", json!([{ "@graph": [] }])), as_signed),
];

const FIELDS: &[Case] = &[
    ("no id", 400, |d| d.set("id", Value::Null), as_signed),
    ("id as a number", 400, |d| d.set("id", json!(1)), as_signed),
    ("id as an object", 400, |d| d.set("id", json!({ "id": d.world.alice.id() })), as_signed),
    ("id as a list", 400, |d| d.set("id", json!([d.world.alice.id()])), as_signed),
    ("id that is no address", 400, |d| d.set("id", json!("alice")), as_signed),
    ("id as a data address", 400, |d| d.set("id", json!("data:text/plain,x")), as_signed),
    (
        "id with credentials",
        400,
        |d| {
            let id = d.world.alice.id().replacen("http://", "http://a:b@", 1);
            d.set("id", json!(id));
        },
        as_signed,
    ),
    ("id with a line end", 400, |d| d.set("id", json!(format!("{}\n", d.world.alice.id()))), as_signed),
    (
        "id of 3,000 characters",
        400,
        |d| {
            let id = format!("{}/{}", d.world.alice.id(), "a".repeat(3000));
            d.set("id", json!(id));
        },
        as_signed,
    ),
    ("id on another origin", 400, |d| d.set("id", json!(format!("{}/1", d.world.mallory.id()))), as_signed),
    ("no actor", 400, |d| d.set("actor", Value::Null), as_signed),
    ("actor as a number", 400, |d| d.set("actor", json!(1)), as_signed),
    ("two actors", 400, |d| d.set("actor", json!([d.world.alice.id(), d.world.bob.id()])), as_signed),
    ("no actor in the list", 400, |d| d.set("actor", json!([])), as_signed),
    ("actor without id", 400, |d| d.set("actor", json!({ "type": "Person" })), as_signed),
    ("actor as an account", 400, |d| d.set("actor", json!("acct:alice@localhost")), as_signed),
    ("no type", 400, |d| d.set("type", Value::Null), as_signed),
    ("two types", 400, |d| d.set("type", json!(["Create", "Delete"])), as_signed),
    ("an empty type", 400, |d| d.set("type", json!("")), as_signed),
    ("no object", 400, |d| d.set("object", Value::Null), as_signed),
    ("object as a number", 400, |d| d.set("object", json!(5)), as_signed),
    ("object as true", 400, |d| d.set("object", json!(true)), as_signed),
    ("object as an empty list", 400, |d| d.set("object", json!([])), as_signed),
    ("object without id", 400, |d| d.set("object", json!({ "type": "Note", "content": "x" })), as_signed),
    (
        "object with a number as its id",
        400,
        |d| d.set("object", json!({ "id": 7, "type": "Note" })),
        as_signed,
    ),
    (
        "a Follow of a number",
        400,
        |d| {
            let follow = json!({ "id": format!("{}#f", d.world.alice.id()), "type": "Follow", "actor": d.world.alice.id(), "object": 1 });
            d.set_body(follow.to_string().into_bytes());
        },
        as_signed,
    ),
    (
        "an Undo of null",
        400,
        |d| {
            let undo = json!({ "id": format!("{}#u", d.world.alice.id()), "type": "Undo", "actor": d.world.alice.id(), "object": null });
            d.set_body(undo.to_string().into_bytes());
        },
        as_signed,
    ),
];
