//! The inbox guard over plain sockets: bytes to a real node, keys from independent peers. Each case
//! is answered as it must be, and only what was let in has an effect.

mod accepted;
mod authority;
mod bodies;
mod draft;
mod faults;
mod headers;
mod keys;
mod modern;
mod replay;
mod signatures;
mod slow;

use crate::api::Api;
use crate::database::Kind;
use crate::node::Node;
use crate::until::{SOON, until, until_equal};
use crate::wire::exchange;
use anyhow::{Context, Result};
use draft::Draft;
use maillage_test_peer::{Actor, Message, Peer, Reply, Style};
use serde_json::json;
use std::collections::BTreeSet;

/// A node that takes what alice says; bob lives on her server, mallory on another.
pub struct World {
    pub node: Node,
    pub api: Api,
    pub home: Peer,
    pub away: Peer,
    pub alice: Actor,
    pub bob: Actor,
    pub mallory: Actor,
}

impl World {
    /// Starts the node and the peers; alice is followed.
    async fn start() -> Result<Self> {
        Self::start_on(Kind::usual()).await
    }

    /// The same on one kind of database.
    async fn start_on(kind: Kind) -> Result<Self> {
        let (home, away) = (Peer::start()?, Peer::start()?);
        let alice = home.actor("alice", Style::mastodon())?;
        let bob = home.actor("bob", Style::small_service())?;
        let mallory = away.actor("mallory", Style::mastodon())?;
        // What was refused is not to be found in an outbox instead.
        for actor in [&alice, &bob] {
            let path = format!("{}/outbox", actor.id().replacen(home.base(), "", 1));
            let empty = json!({ "id": format!("{}/outbox", actor.id()), "type": "OrderedCollection", "totalItems": 0 });
            home.serve(&path, Reply::body("application/activity+json", empty.to_string()));
        }
        let mut node = Node::create("Nœud gardé", "58", kind)?;
        node.add_service("news", "veille", "Veille")?;
        let api = node.admin()?;
        node.start()?;
        let world = Self { node, api, home, away, alice, bob, mallory };
        world.follow(&world.alice, 1).await?;
        Ok(world)
    }

    /// Has the node follow an actor of alice's server, which is then the given number of follows.
    async fn follow(&self, actor: &Actor, number: usize) -> Result<()> {
        self.api.subscribe("veille", &actor.handle(), "publish", json!({})).await?;
        let follow = self.home.wait_for("Follow", &actor.id(), SOON).await?;
        let accept = actor.accept(&follow.activity);
        assert_eq!(actor.post(&self.inbox(), &accept).await?, 202);
        until("the follow is accepted", SOON, async || {
            let all = self.api.get("/subscriptions").await?.to_string();
            Ok((all.matches("\"accepted\"").count() == number).then_some(()))
        })
        .await
    }

    /// The shared inbox of the node.
    fn inbox(&self) -> String {
        format!("{}/inbox", self.node.base())
    }

    /// Sends a request as it is; the status.
    async fn send(&self, message: &Message) -> Result<u16> {
        Ok(exchange(self.node.port(), &message.to_bytes()).await?.status)
    }

    /// The ids of what the node shows of alice.
    async fn shown(&self) -> Result<BTreeSet<String>> {
        let items = self.api.items("/services/veille/items?state=published").await?;
        Ok(items.into_iter().map(|item| item.uri).collect())
    }
}

/// A change of what is to be signed, and one of what was signed.
pub type Prepare = fn(&mut Draft<'_>);
pub type Tamper = fn(&mut Message);
/// A case: its name, the status, the two changes.
pub type Case = (&'static str, u16, Prepare, Tamper);

/// Nothing is changed.
pub fn usual(_: &mut Draft<'_>) {}
/// Nothing is tampered with.
pub fn as_signed(_: &mut Message) {}

/// Plays the cases of a table one after the other on one node. Those answered 202 have their effect,
/// and the others have none.
async fn play_cases(cases: &[Case]) -> Result<()> {
    let world = World::start().await?;
    let mut expected = world.shown().await?;
    let mut wrong = Vec::new();
    for (name, status, prepare, tamper) in cases {
        let mut draft = Draft::new(&world);
        prepare(&mut draft);
        let mut message = draft.signed().with_context(|| (*name).to_owned())?;
        tamper(&mut message);
        let answer =
            exchange(world.node.port(), &message.to_bytes()).await.with_context(|| (*name).to_owned())?;
        if answer.status != *status {
            wrong.push(format!("{name}: {} instead of {status} ({})", answer.status, answer.body));
        }
        if *status == 202 {
            expected.insert(draft.object().to_owned());
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    until_equal("what was let in is shown, and nothing else", SOON, &expected, async || world.shown().await)
        .await
}
