//! Signing in through an identity provider: who is recognised, and who is not.

use super::node::{ADMINISTRATOR, TestNode, account, node, not_found};
use super::post::Mailbox;
use crate::AppError;
use crate::caller::Caller;
use crate::login::SignIn;
use crate::ports::{Departure, Identity, IdentityProvider};
use crate::second_factor::code_at;
use async_trait::async_trait;
use chrono::Duration;
use maillage_store::on_both_databases;
use maillage_store::read::AuditQuery;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use url::Url;

const HOME: &str = "192.0.2.1";
const ISSUER: &str = "https://id.example";

/// A provider that says what it is told to, of whoever brings the nonce and verifier that it gave out.
#[derive(Default)]
struct Desk {
    departures: AtomicUsize,
    identity: Mutex<Option<Identity>>,
}

#[async_trait]
impl IdentityProvider for Desk {
    fn name(&self) -> &str {
        "Connexion Nièvre"
    }

    fn name_of(&self, issuer: &str) -> Option<&str> {
        (issuer == ISSUER).then_some("Connexion Nièvre")
    }

    async fn begin(&self) -> Result<Departure, AppError> {
        let number = self.departures.fetch_add(1, Ordering::SeqCst);
        Ok(Departure {
            address: Url::parse(&format!("{ISSUER}/authorize?state=s{number}")).expect("an address"),
            state: format!("s{number}"),
            nonce: format!("n{number}"),
            verifier: format!("v{number}"),
        })
    }

    async fn finish(&self, code: &str, nonce: &str, verifier: &str) -> Result<Identity, AppError> {
        assert_eq!(format!("n{code}"), nonce);
        assert_eq!(format!("v{code}"), verifier);
        self.identity.lock().expect("identity").clone().ok_or(AppError::NotFound)
    }
}

/// A node with its provider.
struct Scene {
    node: TestNode,
    desk: Arc<Desk>,
}

async fn scene(db: &maillage_store::testing::TestDatabase) -> Scene {
    let (node, desk) = (node(db).await, Arc::new(Desk::default()));
    node.app.set_identity_provider(desk.clone());
    Scene { node, desk }
}

fn somebody(subject: &str, email: &str, email_verified: bool) -> Identity {
    let (issuer, email) = (ISSUER.to_owned(), Some(email.to_owned()));
    Identity { issuer, subject: subject.to_owned(), email, email_verified }
}

impl Scene {
    /// Somebody leaves; the state that the provider sends back.
    async fn leave(&self) -> String {
        let address = self.node.app.leave_for_provider("browser", "/office/queue", HOME).await.expect("away");
        address.query_pairs().find(|(name, _)| name == "state").expect("a state").1.into_owned()
    }

    /// Somebody leaves, and comes back as this person.
    async fn comes_as(&self, identity: Identity) -> Result<SignIn, AppError> {
        *self.desk.identity.lock().expect("identity") = Some(identity);
        let state = self.leave().await;
        let returned = self.node.app.return_from_provider(&state, "browser", HOME).await.expect("back");
        assert_eq!(returned.next, "/office/queue");
        self.node.app.log_in_through_provider(&returned, &state[1..]).await
    }

    /// The account that is signed in.
    async fn signed_in(&self, identity: Identity) -> String {
        match self.comes_as(identity).await.expect("signed in") {
            SignIn::Open(session) => {
                self.node.app.session(&session.token).await.expect("open").signed_in.account.email
            }
            SignIn::CodeAwaited(_) => panic!("no code is asked for"),
        }
    }

    async fn identities(&self, caller: &Caller) -> Vec<maillage_store::rows::IdentityRow> {
        self.node.app.reads(caller.viewer()).run(|reads| reads.own_identities()).await.expect("read")
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(answer: Result<T, AppError>, why: &str) {
    match answer {
        Err(AppError::Unauthenticated(message)) => assert!(message.fr.contains(why), "{message}"),
        other => panic!("{other:?}"),
    }
}

on_both_databases!(
    async fn a_verified_address_links_the_account_and_the_identity_opens_it_from_then_on(db) {
        let (scene, mailbox) = (scene(db).await, Mailbox::default());
        scene.node.app.set_sends_mail(true);
        let email = " Administration@MEF58.example ";
        assert_eq!(scene.signed_in(somebody("sub-1", email, true)).await, ADMINISTRATOR);
        let caller = scene.node.administrator().await;
        let linked = scene.identities(&caller).await;
        assert_eq!(linked.len(), 1);
        assert_eq!((linked[0].issuer.as_str(), linked[0].subject.as_str()), (ISSUER, "sub-1"));
        assert_eq!(scene.node.app.send_mails(&mailbox).await.expect("mails"), 1, "the owner is told");
        assert!(mailbox.last().body.contains("Connexion Nièvre"), "{}", mailbox.last().body);
        // The subject is who it is; what the provider says of the address does not matter any more.
        scene.node.advance(Duration::minutes(5));
        assert_eq!(scene.signed_in(somebody("sub-1", "autre@mef58.example", false)).await, ADMINISTRATOR);
        let again = scene.identities(&caller).await;
        assert_eq!(again.len(), 1);
        assert!(again[0].used_at > linked[0].used_at, "{again:?}");
        let query = AuditQuery { subject: Some("identity".to_owned()), ..AuditQuery::default() };
        let lines = scene.node.app.reads(caller.viewer()).run(move |reads| reads.audit(&query, 10)).await;
        let lines = lines.expect("the log");
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!(lines[0].line.action, "create");
        assert_eq!(lines[0].line.account_id, caller.account_id());
    }
);

on_both_databases!(
    async fn nobody_is_let_in_on_an_address_that_is_not_verified_or_not_known(db) {
        let scene = scene(db).await;
        refused(scene.comes_as(somebody("sub-1", ADMINISTRATOR, false)).await, "ne confirme pas");
        let nameless = Identity { email: None, ..somebody("sub-1", "", true) };
        refused(scene.comes_as(nameless).await, "ne confirme pas");
        refused(scene.comes_as(somebody("sub-1", "personne@mef58.example", true)).await, "invitation");
        assert!(scene.identities(&scene.node.administrator().await).await.is_empty());
    }
);

on_both_databases!(
    async fn an_address_that_was_given_to_somebody_else_does_not_open_the_account(db) {
        let scene = scene(db).await;
        scene.signed_in(somebody("sub-1", ADMINISTRATOR, true)).await;
        refused(scene.comes_as(somebody("sub-2", ADMINISTRATOR, true)).await, "autre identité");
        // The same name at another provider is somebody else.
        let elsewhere = Identity { issuer: "https://other.example".to_owned(), ..somebody("sub-1", "x@y.example", true) };
        refused(scene.comes_as(elsewhere).await, "invitation");
        let caller = scene.node.administrator().await;
        let id = scene.identities(&caller).await[0].id;
        scene.node.app.add_account(&Caller::Node, account("redaction@mef58.example"), None, false).await.expect("account");
        let author = scene.node.caller("redaction@mef58.example").await;
        not_found(scene.node.app.unlink_identity(&author, id).await);
        assert!(scene.identities(&author).await.is_empty());
        scene.node.app.unlink_identity(&caller, id).await.expect("unlinked");
        not_found(scene.node.app.unlink_identity(&caller, id).await);
        assert_eq!(scene.signed_in(somebody("sub-2", ADMINISTRATOR, true)).await, ADMINISTRATOR);
    }
);

on_both_databases!(
    async fn a_disabled_account_stays_closed(db) {
        let scene = scene(db).await;
        let email = "redaction@mef58.example";
        scene.node.app.add_account(&Caller::Node, account(email), None, false).await.expect("account");
        let uid = scene.node.write(move |tx| Ok(tx.reads().account_by_email(email)?.uid)).await;
        let set = async |enabled| scene.node.app.set_account_enabled(&Caller::Node, &uid, enabled).await.expect("set");
        set(false).await;
        refused(scene.comes_as(somebody("sub-1", email, true)).await, "fermé");
        set(true).await;
        assert_eq!(scene.signed_in(somebody("sub-1", email, true)).await, email);
        set(false).await;
        refused(scene.comes_as(somebody("sub-1", email, true)).await, "fermé");
    }
);

on_both_databases!(
    async fn a_code_is_asked_for_beside_the_provider(db) {
        let scene = scene(db).await;
        let (app, caller) = (&scene.node.app, scene.node.administrator().await);
        let now = || app.now().timestamp_millis();
        let secret = app.begin_second_factor(&caller).await.expect("begun").secret;
        app.confirm_second_factor(&caller, &code_at(&secret, now())).await.expect("confirmed");
        scene.node.advance(Duration::minutes(1));
        let answer = scene.comes_as(somebody("sub-1", ADMINISTRATOR, true)).await.expect("recognised");
        let SignIn::CodeAwaited(step) = answer else { panic!("no code was asked for") };
        not_found(app.session(&step).await);
        let session = app.log_in_with_code(&step, &code_at(&secret, now())).await.expect("in");
        app.session(&session.token).await.expect("open");
    }
);

on_both_databases!(
    async fn whoever_comes_back_has_left_with_the_same_browser_in_time_and_once(db) {
        let scene = scene(db).await;
        let app = &scene.node.app;
        let state = scene.leave().await;
        refused(app.return_from_provider(&state, "another browser", HOME).await, "recommencez");
        refused(app.return_from_provider(&state, "", HOME).await, "recommencez");
        refused(app.return_from_provider("invented", "browser", HOME).await, "recommencez");
        app.return_from_provider(&state, "browser", HOME).await.expect("back");
        refused(app.return_from_provider(&state, "browser", HOME).await, "recommencez");
        let late = scene.leave().await;
        scene.node.advance(Duration::minutes(10));
        refused(app.return_from_provider(&late, "browser", HOME).await, "recommencez");
        // What is kept of them is forgotten, and was never the state itself.
        let left = scene.leave().await;
        let hash = crate::secret::digest(&left);
        let browser = crate::secret::digest("browser");
        scene.node.advance(Duration::minutes(10));
        app.upkeep().await.expect("upkeep");
        let gone = scene.node.write(move |tx| Ok(tx.take_sign_in_request(&hash, &browser, 0)?)).await;
        assert!(gone.is_none(), "{gone:?}");
    }
);

on_both_databases!(
    async fn two_that_come_back_at_once_are_one(db) {
        let scene = scene(db).await;
        let state = scene.leave().await;
        let mut all = tokio::task::JoinSet::new();
        for number in 0..6 {
            let (app, state) = (scene.node.app.clone(), state.clone());
            all.spawn(async move { app.return_from_provider(&state, "browser", &format!("192.0.2.{number}")).await });
        }
        let answers = all.join_all().await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    }
);

on_both_databases!(
    async fn guessing_and_leaving_without_end_are_slowed_down(db) {
        let scene = scene(db).await;
        let app = &scene.node.app;
        for number in 0..8 {
            refused(app.return_from_provider(&format!("guess {number}"), "browser", HOME).await, "recommencez");
        }
        let state = scene.leave().await;
        let braked = app.return_from_provider(&state, "browser", HOME).await;
        assert!(matches!(braked, Err(AppError::TooMany { .. })), "{braked:?}");
        app.return_from_provider(&state, "browser", "192.0.2.2").await.expect("another address");
        for _ in 0..119 {
            scene.leave().await;
        }
        let braked = app.leave_for_provider("browser", "/office", HOME).await;
        assert!(matches!(braked, Err(AppError::TooMany { .. })), "{braked:?}");
        app.leave_for_provider("browser", "/office", "192.0.2.2").await.expect("another address");
        scene.node.advance(Duration::minutes(16));
        scene.leave().await;
    }
);

on_both_databases!(
    async fn without_a_provider_nobody_leaves_for_one(db) {
        let node = node(db).await;
        assert!(node.app.identity_provider().is_none());
        not_found(node.app.leave_for_provider("browser", "/office", HOME).await);
    }
);
