//! With the address filter on, no private address is dialled, by whatever door it comes: a listener
//! on this machine sees no connection.

use super::items::{activity, follow};
use super::world::World;
use crate::context::Federation;
use crate::guard::{KeyError, KeyResolver};
use crate::net::FetchBudget;
use crate::{Face, FederationSettings};
use maillage_app::inbound::RemoteActor;
use maillage_app::ports::{Discovery, Fetcher};
use maillage_domain::service::Visibility;
use maillage_domain::subscription::{Handle, TrustLevel};
use maillage_store::testing::TestDatabase;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;
use url::Url;

/// Counts who connects.
async fn listener() -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let count = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&count);
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            seen.fetch_add(1, Ordering::SeqCst);
        }
    });
    (port, count)
}

/// Hosts that lead to this machine or to its network, with and without the listener's port.
fn hosts(port: u16) -> Vec<String> {
    let names = [
        "127.0.0.1",
        "localhost",
        "localhost.",
        "0x7f.1",
        "0177.0.0.1",
        "2130706433",
        "127.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "10.0.0.1",
        "node.local",
    ];
    names
        .iter()
        .flat_map(|name| {
            [format!("http://{name}:{port}"), format!("https://{name}:{port}"), format!("https://{name}")]
        })
        .collect()
}

fn actor(base: &str) -> RemoteActor {
    let known = super::golden::stranger();
    let uri = Url::parse(&format!("{base}/source")).unwrap().to_string();
    RemoteActor {
        inbox: format!("{uri}/inbox"),
        shared_inbox: None,
        outbox: Some(format!("{uri}/outbox")),
        followers: Some(format!("{uri}/followers")),
        key_id: format!("{uri}#main-key"),
        host: maillage_app::outbound::host_of(&uri),
        uri,
        ..known
    }
}

/// A block holds for a host, all below it, and however its name is written.
#[tokio::test]
async fn a_blocked_name_is_blocked_in_every_form() {
    let db = TestDatabase::sqlite();
    let world = World::offline(&db).await;
    for host in ["evil.example", "xn--nivre-5ra.example"] {
        world.block(host).await;
    }
    let blocked = async |host: &str| {
        let answer = world.face.federation().resolve(&format!("https://{host}/a#key"), false).await;
        answer.is_err_and(|error| error == KeyError::Blocked)
    };
    let forms = [
        "evil.example",
        "EVIL.Example",
        "evil.example.",
        "a.b.evil.example",
        "evil.example:8443",
        "nièvre.example",
        "NIÈVRE.example",
        "x.xn--nivre-5ra.example",
    ];
    for host in forms {
        assert!(blocked(host).await, "{host}");
    }
    for host in ["notevil.example", "evil.example.org", "example", "nievre.example"] {
        assert!(!blocked(host).await, "{host}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_door_leads_to_a_private_address() {
    let db = TestDatabase::sqlite();
    let mut world = World::offline(&db).await;
    let closed = FederationSettings::default();
    world.face = Face::new(world.app().clone(), closed).await.unwrap();
    world.service("news", "veille", Visibility::Public).await;
    let (port, connections) = listener().await;
    let mut followed = BTreeSet::new();
    for base in hosts(port) {
        let url = |path: &str| Url::parse(&format!("{base}{path}")).unwrap();
        let federation: &Federation = world.face.federation();
        // A key, an actor, an object, a feed.
        assert!(federation.resolve(&format!("{base}/a#key"), false).await.is_err(), "{base}");
        assert!(federation.actor(&url("/a"), &FetchBudget::new()).await.is_err(), "{base}");
        assert!(federation.fetch_object(&url("/o"), &FetchBudget::new()).await.is_err(), "{base}");
        // Who asks is told which setting opens a test network.
        let told = Fetcher::fetch(federation, &url("/feed.xml")).await.expect_err(&base).message();
        assert!(told.fr.contains("allow_private_networks") && !told.fr.contains("refused"), "{told:?}");
        // WebFinger.
        if let Ok(handle) = format!("@service@{}", base.split("//").nth(1).unwrap()).parse::<Handle>() {
            let told = federation.discover(&handle).await.expect_err(&base).message();
            assert!(told.fr.contains("allow_private_networks"), "{told:?}");
        }
        // An inbox and an outbox of an actor, if one had slipped in; several names are one address.
        if !followed.insert(actor(&base).uri) {
            continue;
        }
        follow(&world, "veille", &actor(&base), TrustLevel::Publish, true).await;
        let announced = activity("Announce", &base, &actor(&base), json!(format!("{base}/o/2")));
        if crate::guard::SignedActivity::assumed(announced.clone()).is_ok() {
            world.receive(announced).await.unwrap();
        }
    }
    let workers = world.work();
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    workers.stop().await;
    let tried = world.read(|reads| reads.deliveries(None, None, 200)).await;
    let refused = tried
        .iter()
        .filter(|view| view.delivery.last_error.as_deref().is_some_and(|code| code.starts_with("refused-")));
    assert_eq!(refused.count(), tried.len(), "{tried:#?}");
    assert!(tried.len() >= 20, "{}", tried.len());
    assert_eq!(connections.load(Ordering::SeqCst), 0);
}
