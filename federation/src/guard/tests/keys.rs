//! How keys are asked for: once, once more after a failure, and what each fault is answered with.

use super::*;

fn alice() -> String {
    format!("{ALICE}#main-key")
}

async fn answer(keys: &Keys, draft: &Draft) -> (u16, &'static str) {
    match receive(draft.signed(), keys).await {
        Ok(_) => (200, ""),
        Err(refusal) => (refusal.status, refusal.code),
    }
}

#[tokio::test]
async fn a_good_signature_asks_once() {
    let keys = Keys::usual();
    assert_eq!(answer(&keys, &Draft::new()).await, (200, ""));
    assert_eq!(keys.asked(), [false]);
}

#[tokio::test]
async fn a_changed_key_is_fetched_again_once() {
    let mut keys = Keys::usual();
    keys.held.insert(alice(), Ok(resolved(ALICE, "old key")));
    keys.fresh.insert(alice(), Ok(resolved(ALICE, ALICE)));
    assert_eq!(answer(&keys, &Draft::new()).await, (200, ""));
    assert_eq!(keys.asked(), [false, true]);
}

#[tokio::test]
async fn a_wrong_signature_asks_twice_and_no_more() {
    let mut draft = Draft::new();
    draft.signer = BOB.into();
    let keys = Keys::usual();
    assert_eq!(answer(&keys, &draft).await, (401, "signature"));
    assert_eq!(keys.asked(), [false, true]);
}

#[tokio::test]
async fn a_refreshed_key_must_be_the_actors_too() {
    let mut keys = Keys::usual();
    keys.held.insert(alice(), Ok(resolved(ALICE, "old key")));
    keys.fresh.insert(alice(), Ok(resolved(BOB, ALICE)));
    assert_eq!(answer(&keys, &Draft::new()).await, (401, "owner"));
}

#[tokio::test]
async fn nothing_is_asked_for_when_the_checks_fail() {
    let keys = Keys::usual();
    let mut foreign = Draft::new();
    foreign.key_id = format!("{MALLORY}#main-key");
    assert_eq!(answer(&keys, &foreign).await, (401, "foreign-key"));
    let mut late = Draft::new();
    late.set_time(-13 * 3600);
    assert_eq!(answer(&keys, &late).await, (401, "time"));
    assert!(keys.asked().is_empty());
}

#[tokio::test]
async fn each_fault_has_its_answer() {
    let faults = [
        (KeyError::Blocked, (403, "blocked")),
        (KeyError::Gone, (401, "key")),
        (KeyError::WrongDocument("no owner".into()), (401, "key")),
        (KeyError::Throttled, (401, "throttled")),
        (KeyError::Unreachable("timeout".into()), (503, "key-unreachable")),
        (KeyError::Fault("database busy".into()), (503, "fault")),
    ];
    for (fault, expected) in faults {
        let mut keys = Keys::usual();
        keys.held.insert(alice(), Err(fault.clone()));
        assert_eq!(answer(&keys, &Draft::new()).await, expected, "{fault}");
        // The same on the second asking, after a key that does not fit.
        let mut keys = Keys::usual();
        keys.held.insert(alice(), Ok(resolved(ALICE, "old key")));
        keys.fresh.insert(alice(), Err(fault.clone()));
        assert_eq!(answer(&keys, &Draft::new()).await, expected, "{fault}, refreshed");
    }
}

#[tokio::test]
async fn a_vanished_actor_may_say_that_it_is_gone() {
    let mut keys = Keys::usual();
    keys.held.insert(alice(), Err(KeyError::Gone));
    let deletion = |object: Value, kind: &str| {
        let mut draft = Draft::new();
        let mut body = create_by(ALICE);
        body["type"] = kind.into();
        body["object"] = object;
        draft.set_json(&body);
        draft
    };
    let gone = (202, "vanished-actor");
    assert_eq!(answer(&keys, &deletion(json!(ALICE), "Delete")).await, gone);
    assert_eq!(answer(&keys, &deletion(json!({ "id": ALICE }), "Delete")).await, gone);
    // Of something else, or by another verb, it proves nothing.
    assert_eq!(answer(&keys, &deletion(json!(BOB), "Delete")).await, (401, "key"));
    assert_eq!(answer(&keys, &deletion(json!(ALICE), "Update")).await, (401, "key"));
}

#[tokio::test]
async fn a_signed_get_tells_who_asks() {
    let fetch = |covered: &str| {
        let lines: Vec<String> = covered
            .split(' ')
            .map(|name| match name {
                "(request-target)" => "(request-target): get /outbox?page=1".to_owned(),
                "host" => "host: node.example".to_owned(),
                _ => format!("date: {}", http_date(now())),
            })
            .collect();
        let signature = key(ALICE).sign(lines.join("\n").as_bytes()).unwrap();
        InboundRequest {
            method: "GET".into(),
            path_and_query: "/outbox?page=1".into(),
            headers: vec![
                ("host".into(), "node.example".into()),
                ("date".into(), http_date(now())),
                (
                    "signature".into(),
                    format!(
                        "keyId=\"{}\",headers=\"{covered}\",signature=\"{}\"",
                        alice(),
                        STANDARD.encode(signature)
                    ),
                ),
            ],
            body: Bytes::new(),
        }
    };
    let keys = Keys::usual();
    let good = fetch("(request-target) host date");
    let known = verify_get(guard().check_get(&good, now()).unwrap(), &keys).await.unwrap();
    assert_eq!((known.actor().as_str(), known.scheme()), (ALICE, Scheme::Cavage));
    for covered in ["host date", "(request-target) date", "(request-target) host"] {
        let refusal = guard().check_get(&fetch(covered), now()).unwrap_err();
        assert_eq!((refusal.status, refusal.code), (401, "coverage"), "{covered}");
    }
    let refused = |edit: fn(&mut InboundRequest)| {
        let mut request = good.clone();
        edit(&mut request);
        let refusal = guard().check_get(&request, now()).map(|_| ()).unwrap_err();
        (refusal.status, refusal.code)
    };
    assert_eq!(refused(|r| replace(r, "host", |_| "other.example".into())), (421, "host"));
    assert_eq!(refused(|r| remove(r, "signature")), (401, "no-signature"));
    assert_eq!(refused(|r| add(r, "authorization", "x")), (401, "authorization"));
    assert_eq!(refused(|r| r.method = "POST".into()), (400, "method"));
    // A key document of alice's host that names an owner elsewhere proves nothing about that owner.
    let mut lying = Keys::usual();
    lying.held.insert(alice(), Ok(resolved(MALLORY, ALICE)));
    let refusal = verify_get(guard().check_get(&good, now()).unwrap(), &lying).await.unwrap_err();
    assert_eq!((refusal.status, refusal.code), (401, "owner"));
    let mut other = good.clone();
    other.path_and_query = "/outbox?page=2".into();
    let refusal = verify_get(guard().check_get(&other, now()).unwrap(), &keys).await.unwrap_err();
    assert_eq!((refusal.status, refusal.code), (401, "signature"));
}
