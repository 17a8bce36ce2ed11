//! The first minutes of a node.

use super::node::{ADMINISTRATOR, account, again, bare, conflict, invalid, node};
use crate::AppError;
use crate::setup::NodeForm;
use maillage_store::on_both_databases;

fn form(territory: &str) -> NodeForm {
    NodeForm { name: "Maison de l'Emploi".into(), territory: territory.into() }
}

on_both_databases!(
    async fn only_who_holds_the_code_makes_the_first_administrator(db) {
        let made = bare(db);
        let first = made.app.prepare_node().await.expect("prepared").expect("a code");
        assert!(made.app.awaits_first_run().await.expect("read"));
        let code = made.app.prepare_node().await.expect("prepared").expect("another code");
        assert_ne!(first, code);
        let guess = made.app.first_run("2345-6789-abcd-efgh", form("58"), account(ADMINISTRATOR), "192.0.2.1").await;
        invalid(guess, "wrong_code");
        invalid(made.app.first_run(&first, form("58"), account(ADMINISTRATOR), "192.0.2.1").await, "wrong_code");
        invalid(made.app.first_run("", form("58"), account(ADMINISTRATOR), "192.0.2.1").await, "wrong_code");
        invalid(made.app.first_run(&code, form("99"), account(ADMINISTRATOR), "192.0.2.1").await, "unknown_place");
        invalid(made.app.first_run(&code, form("58"), account("pas une adresse"), "192.0.2.1").await, "not_an_email");
        let mut weak = account(ADMINISTRATOR);
        weak.password = "court".into();
        invalid(made.app.first_run(&code, form("58"), weak, "192.0.2.1").await, "password_length");
        let typed = format!(" {} ", code.to_uppercase());
        let session = made.app.first_run(&typed, form("58"), account(ADMINISTRATOR), "192.0.2.1").await.expect("made");
        let open = made.app.session(&session.token).await.expect("signed in");
        assert!(open.signed_in.account.administrator);
        // The code has had its day, and the next start prints none.
        conflict(made.app.first_run(&code, form("58"), account("autre@mef58.example"), "192.0.2.1").await);
        assert_eq!(made.app.prepare_node().await.expect("prepared"), None);
        let stored = made.app.system().run(|reads| reads.node()).await.expect("read").expect("node");
        assert_eq!((stored.setup_code_hash, stored.territory.as_str()), (None, "departement:58"));
        let seen = made.app.reads(maillage_domain::viewer::Viewer::Anonymous);
        let paris = seen.run(|reads| reads.place("commune:75056")).await.expect("the whole geography is there");
        assert_eq!(paris.name, "Paris");
    }
);

on_both_databases!(
    async fn a_node_does_not_change_its_address(db) {
        let node = node(db).await;
        let moved = crate::App::new(
            maillage_store::Store::open(&db.location(), &maillage_store::Limits::default()).expect("store"),
            std::sync::Arc::new(node.clock.clone()),
            std::sync::Arc::clone(node.app.registry()),
            crate::address::Addresses::new("https://mef21.example").expect("addresses"),
            maillage_store::testing::media_of(&db.location()),
        );
        conflict(moved.prepare_node().await);
        let restarted = again(db, &node.clock);
        assert_eq!(restarted.prepare_node().await.expect("prepared"), None);
        let answer = restarted.initialise(form("58"), account("autre@mef58.example")).await;
        assert!(matches!(answer, Err(AppError::Conflict(_))), "{answer:?}");
    }
);
