//! What a verified activity holds, and documents read strictly.

use super::*;

#[tokio::test]
async fn a_verified_activity_is_what_was_signed() {
    let draft = Draft::new();
    let activity = receive(draft.signed(), &Keys::usual()).await.unwrap();
    assert_eq!(activity.actor().as_str(), ALICE);
    assert_eq!(activity.id().as_str(), format!("{ALICE}/activities/1"));
    assert_eq!(activity.kind(), "Create");
    assert_eq!(activity.body(), &create_by(ALICE));
    assert_eq!(activity.raw(), &draft.body);
    assert_eq!(activity.scheme(), Scheme::Cavage);
    assert_eq!(activity.key_id(), format!("{ALICE}#main-key"));
}

#[test]
fn the_claimed_actor_is_known_before_any_key_is() {
    let guarded = guard().check(Draft::new().signed(), now()).unwrap();
    assert_eq!(guarded.claimed_actor().as_str(), ALICE);
}

#[test]
fn http_and_ports_are_for_test_networks_only() {
    let mut draft = Draft::new();
    let actor = "http://localhost:4001/users/alice";
    draft.host = "localhost:4000".into();
    draft.key_id = format!("{actor}#main-key");
    draft.set_json(&create_by(actor));
    let origin = Url::parse("http://localhost:4000").unwrap();
    assert!(Guard::new(origin.clone(), true).check(draft.signed(), now()).is_ok());
    let refusal = Guard::new(origin, false).check(draft.signed(), now()).unwrap_err();
    assert_eq!((refusal.status, refusal.code), (401, "key-id"));
}

#[test]
fn only_faults_that_are_not_the_peers_ask_to_come_again() {
    assert_eq!(Refusal::new(503, "fault", "").retry_after(), Some(60));
    assert_eq!(Refusal::new(401, "signature", "").retry_after(), None);
}

#[test]
fn strict_reading_keeps_every_kind_of_value() {
    let text = r#"{"a":[1,-2,3.5,true,false,null,"é\u00e9"],"b":{"c":18446744073709551615}}"#;
    let value = parse_strict(text.as_bytes()).unwrap();
    assert_eq!(value, serde_json::from_str::<Value>(text).unwrap());
}

#[tokio::test]
async fn no_text_makes_the_guard_panic() {
    // Every prefix of a good header, and a few bytes put in the place of each byte.
    let (request, keys) = (Draft::new().signed(), Keys::usual());
    let header = request.headers.last().unwrap().1.clone();
    for at in 0..header.len() {
        for insert in ["", "\"", "\\", "=", ",", "é", "(", "\u{0}"] {
            let mut changed = request.clone();
            let value = format!("{}{insert}{}", &header[..at], &header[at + 1..]);
            changed.headers.last_mut().unwrap().1 = value;
            let _ = guard().check(changed, now());
        }
        let mut cut = request.clone();
        cut.headers.last_mut().unwrap().1.truncate(at);
        assert!(receive(cut, &keys).await.is_err(), "a header cut at {at}");
    }
}
