//! Peers that talk to one another over HTTP, in every style, and the answers that tests prescribe.

use crate::{Peer, Reply, Scheme, Style};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(10);

fn styles() -> [Style; 4] {
    let modern = Style { scheme: Scheme::Rfc9421, ..Style::mastodon() };
    [Style::mastodon(), Style::gotosocial(), Style::small_service(), modern]
}

#[tokio::test]
async fn every_style_is_believed_by_another_peer() {
    let (here, there) = (Peer::start().unwrap(), Peer::start().unwrap());
    let followed = there.actor("agenda", Style::small_service()).unwrap();
    for (number, style) in styles().into_iter().enumerate() {
        let actor = here.actor(&format!("a{number}"), style).unwrap();
        let document = actor.look_up(&followed.handle()).await.unwrap();
        assert_eq!(document["id"], followed.id());
        let follow = actor.follow(&followed.id());
        assert_eq!(actor.post(document["inbox"].as_str().unwrap(), &follow).await.unwrap(), 202);
        let received = there.wait_for("Follow", &followed.id(), SOON).await.unwrap();
        assert_eq!(received.activity["@context"], document["@context"]);
        let proof = there.received().last().unwrap().proof.clone().unwrap();
        assert_eq!((proof.actor, proof.scheme), (actor.id(), style.scheme));
        assert_eq!(proof.key_id, actor.key_id());
    }
}

#[tokio::test]
async fn what_was_changed_on_the_way_is_not_believed() {
    let (here, there) = (Peer::start().unwrap(), Peer::start().unwrap());
    let inbox = format!("{}/inbox", there.base());
    let alice = here.actor("alice", Style::mastodon()).unwrap();
    let bob = here.actor("bob", Style::mastodon()).unwrap();
    let note = alice.note("<p>Bonjour</p>");
    assert_eq!(alice.post(&inbox, &alice.create(&note)).await.unwrap(), 202);
    // Bob signs what Alice is said to have done.
    assert_eq!(bob.post(&inbox, &alice.create(&note)).await.unwrap(), 401);
    alice.change_key().unwrap();
    assert_eq!(alice.post(&inbox, &alice.create(&note)).await.unwrap(), 202);
    let told: Vec<bool> = there.received().iter().map(|one| one.proof.is_ok()).collect();
    assert_eq!(told, [true, false, true]);
}

#[tokio::test]
async fn a_secure_actor_shows_itself_to_signed_fetches_alone() {
    let (here, there) = (Peer::start().unwrap(), Peer::start().unwrap());
    let secure = there.actor("gts", Style::gotosocial()).unwrap();
    let alice = here.actor("alice", Style::mastodon()).unwrap();
    let unsigned = reqwest::get(secure.id()).await.unwrap();
    assert_eq!(unsigned.status().as_u16(), 401);
    let (status, document) = alice.fetch(&secure.id()).await.unwrap();
    assert_eq!((status, document["inbox"].is_string()), (200, true));
    // The key is for everybody, and says nothing else.
    let stripped: serde_json::Value =
        serde_json::from_str(&reqwest::get(secure.key_id()).await.unwrap().text().await.unwrap()).unwrap();
    assert_eq!(stripped["publicKey"]["owner"], secure.id());
    assert!(stripped["inbox"].is_null());
}

#[tokio::test]
async fn answers_are_as_prescribed() {
    let (here, there) = (Peer::start().unwrap(), Peer::start().unwrap());
    let alice = here.actor("alice", Style::mastodon()).unwrap();
    let inbox = format!("{}/inbox", there.base());
    there.answer_inbox([Reply::status(500), Reply::status(410)]);
    let note = alice.note("<p>Un</p>");
    for expected in [500, 410, 202] {
        assert_eq!(alice.post(&inbox, &alice.create(&note)).await.unwrap(), expected);
    }
    there.demand(Some(Scheme::Rfc9421));
    assert_eq!(alice.post(&inbox, &alice.create(&note)).await.unwrap(), 401);
    there.serve("/ailleurs", Reply::redirect("/ici").after(Duration::from_millis(10)));
    let (status, _) = alice.fetch(&format!("{}/ailleurs", there.base())).await.unwrap();
    assert_eq!(status, 302);
    assert!(there.seen().iter().any(|seen| seen.message.target == "/ailleurs" && seen.status == 302));
    let gone = alice.delete(note["id"].as_str().unwrap());
    assert_eq!(gone["object"]["type"], "Tombstone");
    assert_eq!(alice.fetch(note["id"].as_str().unwrap()).await.unwrap().0, 410);
}
