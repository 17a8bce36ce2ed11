//! Keys that are not the actor's, and documents that are no proof of a key.

use super::*;
use anyhow::bail;
use maillage_test_peer::{Key, Label};
use serde_json::Value;

#[test]
fn keys_of_others_are_refused() {
    crate::scene::play(play_cases(CASES));
}

const CASES: &[Case] = &[
    (
        "mallory signs for alice with her own key",
        401,
        |d| d.by(d.world.mallory.key(), d.world.mallory.key_id()),
        as_signed,
    ),
    (
        "bob of the same server signs for alice",
        401,
        |d| d.by(d.world.bob.key(), d.world.bob.key_id()),
        as_signed,
    ),
    (
        "bob signs under the name of alice's key",
        401,
        |d| d.by(d.world.bob.key(), d.world.alice.key_id()),
        as_signed,
    ),
    (
        "a document of mallory's that calls alice its owner",
        401,
        |d| {
            let key_id = format!("{}/cle", d.world.away.base());
            let pem = d.world.mallory.key().public().to_spki_pem().unwrap();
            let key =
                json!({ "id": key_id, "type": "Key", "owner": d.world.alice.id(), "publicKeyPem": pem });
            d.world.away.serve("/cle", Reply::body("application/activity+json", key.to_string()));
            d.by(d.world.mallory.key(), key_id);
        },
        as_signed,
    ),
    (
        "a file that somebody has left on alice's server",
        401,
        |d| {
            let key_id = format!("{}/media/cle.json", d.world.home.base());
            let pem = d.world.mallory.key().public().to_spki_pem().unwrap();
            let key = json!({ "id": key_id, "owner": d.world.alice.id(), "publicKeyPem": pem });
            d.world.home.serve("/media/cle.json", Reply::body("text/plain", key.to_string()));
            d.by(d.world.mallory.key(), key_id);
        },
        as_signed,
    ),
    (
        "such a file as activity+json: alice's own document names another key",
        401,
        |d| {
            let key_id = format!("{}/media/autre.json", d.world.home.base());
            let pem = d.world.mallory.key().public().to_spki_pem().unwrap();
            let key = json!({ "id": key_id, "owner": d.world.alice.id(), "publicKeyPem": pem });
            d.world
                .home
                .serve("/media/autre.json", Reply::body("application/activity+json", key.to_string()));
            d.by(d.world.mallory.key(), key_id);
        },
        as_signed,
    ),
    (
        "a key that alice's server sends elsewhere for",
        401,
        |d| {
            d.world.home.serve("/ailleurs", Reply::redirect(&d.world.mallory.id()));
            d.by(d.world.mallory.key(), format!("{}/ailleurs", d.world.home.base()));
        },
        as_signed,
    ),
    ("an account as key id", 401, |d| d.signature.key_id = "acct:alice@localhost".into(), as_signed),
    ("a file as key id", 401, |d| d.signature.key_id = "file:///etc/passwd".into(), as_signed),
    ("a data address as key id", 401, |d| d.signature.key_id = "data:application/json,{}".into(), as_signed),
    ("an empty key id", 401, |d| d.signature.key_id = String::new(), as_signed),
    (
        "a key that nobody has",
        401,
        |d| d.signature.key_id = format!("{}#autre", d.world.alice.id()),
        as_signed,
    ),
    (
        "the key of an actor that does not exist",
        401,
        |d| d.signature.key_id = format!("{}/users/personne#main-key", d.world.home.base()),
        as_signed,
    ),
];

/// An actor without inbox or with a key of 1,024 bits, as an answer of a server.
fn serve_actor(peer: &Peer, path: &str, change: impl Fn(&mut Value)) -> (String, String) {
    let id = format!("{}{path}", peer.base());
    let mut actor = json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": id,
        "type": "Person",
        "preferredUsername": "x",
        "inbox": format!("{id}/inbox"),
        "publicKey": { "id": format!("{id}#main-key"), "owner": id, "publicKeyPem": "" },
    });
    change(&mut actor);
    peer.serve(path, Reply::body("application/activity+json", actor.to_string()));
    (id.clone(), format!("{id}#main-key"))
}

#[test]
fn documents_that_prove_no_key_are_refused() {
    crate::scene::play(async {
        let world = World::start().await?;
        let key = Key::generate()?;
        let pem = key.public().to_spki_pem()?;
        let small = "-----BEGIN PUBLIC KEY-----\nMIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3\n6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6\nZ4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw\noYi+1hqp1fIekaxsyQIDAQAB\n-----END PUBLIC KEY-----\n";
        let good = |actor: &mut Value| actor["publicKey"]["publicKeyPem"] = pem.clone().into();
        let stripped = serve_actor(&world.away, "/a/1", |actor| {
            good(actor);
            actor["inbox"] = Value::Null;
        });
        let keyless = serve_actor(&world.away, "/a/2", |actor| actor["publicKey"] = Value::Null);
        let weak =
            serve_actor(&world.away, "/a/3", |actor| actor["publicKey"]["publicKeyPem"] = small.into());
        let foreign = serve_actor(&world.away, "/a/4", |actor| {
            good(actor);
            actor["publicKey"]["owner"] = world.alice.id().into();
        });
        let elsewhere = serve_actor(&world.away, "/a/5", |actor| {
            good(actor);
            actor["id"] = world.alice.id().into();
        });
        let thing = serve_actor(&world.away, "/a/6", |actor| {
            good(actor);
            actor["type"] = "Note".into();
        });
        let odd = serve_actor(&world.away, "/a/7", |actor| actor["publicKey"] = json!([[1], "x", {}]));
        let sound = serve_actor(&world.away, "/a/8", good);
        let cases = [
            ("an actor without inbox", stripped, 401),
            ("an actor without key", keyless, 401),
            ("a key of 1,024 bits", weak, 401),
            ("a key with another owner", foreign, 401),
            ("a document of somebody else", elsewhere, 401),
            ("a note", thing, 401),
            ("keys of the wrong kind", odd, 401),
            // The same with nothing wrong: so it is the fault that was refused.
            ("a sound actor", sound, 202),
        ];
        for (name, (id, key_id), status) in cases {
            let body = json!({ "id": format!("{id}/likes/1"), "type": "Like", "actor": id, "object": "http://localhost/x" });
            let mut draft = Draft::new(&world);
            draft.set_body(body.to_string().into_bytes());
            draft.by(key.clone(), key_id);
            assert_eq!(world.send(&draft.signed()?).await?, status, "{name}");
        }
        Ok(())
    });
}

#[test]
fn a_changed_key_is_fetched_again_and_not_more_often_than_it_should() {
    crate::scene::play(async {
        let world = World::start().await?;
        let fetched =
            || world.home.seen().iter().filter(|seen| seen.message.target == "/users/alice").count();
        world.alice.change_key()?;
        let before = fetched();
        assert_eq!(world.send(&Draft::new(&world).signed()?).await?, 202);
        assert_eq!(fetched(), before + 1);
        // From now on it is known, and a wrong signature does not make the node ask again and again.
        assert_eq!(world.send(&Draft::new(&world).signed()?).await?, 202);
        for _ in 0..5 {
            let mut draft = Draft::new(&world);
            draft.by(world.bob.key(), world.alice.key_id());
            assert_eq!(world.send(&draft.signed()?).await?, 401);
        }
        assert_eq!(fetched(), before + 1);
        Ok(())
    });
}

#[test]
fn a_key_that_cannot_be_had_now_is_asked_for_later() {
    crate::scene::play(async {
        let world = World::start().await?;
        let carol = world.away.actor("carol", Style::mastodon())?;
        let like = json!({ "id": format!("{}#likes/1", carol.id()), "type": "Like", "actor": carol.id(), "object": "http://localhost/x" });
        world.away.serve("/users/carol", Reply::status(503));
        let message = carol.message(&world.inbox(), &like)?;
        let answer = exchange(world.node.port(), &message.to_bytes()).await?;
        // Peers drop what is answered with 4xx: this is not their fault.
        if answer.status != 503 || !answer.head.to_lowercase().contains("retry-after:") {
            bail!("{answer:?}");
        }
        world.away.serve_usual("/users/carol");
        assert_eq!(world.send(&message).await?, 202);
        Ok(())
    });
}

#[test]
fn other_forms_of_keys_are_understood() {
    crate::scene::play(async {
        let world = World::start().await?;
        let styles = [
            ("gts", Style::gotosocial()),
            ("petit", Style::small_service()),
            ("hs", Style { label: Label::Hs2019, ..Style::mastodon() }),
            ("moderne", Style { scheme: maillage_test_peer::Scheme::Rfc9421, ..Style::gotosocial() }),
        ];
        for (name, style) in styles {
            let actor = world.away.actor(name, style)?;
            let like = json!({ "id": format!("{}#likes/1", actor.id()), "type": "Like", "actor": actor.id(), "object": "http://localhost/x" });
            let answer =
                exchange(world.node.port(), &actor.message(&world.inbox(), &like)?.to_bytes()).await?;
            assert_eq!(answer.status, 202, "{name}: {answer:?}");
        }
        Ok(())
    });
}
