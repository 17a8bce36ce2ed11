//! Each role and what it may do: every refusal, and every permission.

use super::node::{ADMINISTRATOR, Known, TestNode, account, forbidden, news, node, not_found, service_form};
use super::remote::Remote;
use crate::AppError;
use crate::account::AccountChange;
use crate::caller::Caller;
use crate::import::Source;
use crate::organisation::OrganisationForm;
use crate::site::{PlacementForm, SiteForm};
use crate::subscription::SubscriptionForm;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::site::ListFilter;
use maillage_domain::subscription::TrustLevel;
use maillage_domain::workflow::Transition::{Decline, Publish, Submit, Withdraw};
use maillage_store::on_both_databases;

/// Least to most: an account without a role, the three roles, an administrator without a role.
const WHO: [&str; 5] = ["nobody", "contributor", "moderator", "manager", "administrator"];

async fn callers(node: &TestNode) -> Vec<Caller> {
    node.service("ailleurs", Visibility::Public).await;
    vec![
        node.person("passant@mef58.example", "ailleurs", Role::ServiceManager).await,
        node.person("redaction@mef58.example", "actus", Role::Contributor).await,
        node.person("moderation@mef58.example", "actus", Role::Moderator).await,
        node.person("gestion@mef58.example", "actus", Role::ServiceManager).await,
        node.administrator().await,
    ]
}

/// Whether a right was lacking; what was refused for another reason was allowed.
fn allowed<T>(answer: Result<T, AppError>) -> bool {
    match answer {
        Ok(_) => true,
        Err(AppError::Forbidden(_)) => false,
        Err(AppError::Conflict(_) | AppError::Invalid { .. }) => true,
        Err(other) => panic!("{other:?}"),
    }
}

async fn waiting(node: &TestNode) -> String {
    let entry = node.app.create_item(&Caller::Node, "actus", news("En attente")).await.expect("created");
    node.step(&entry.uid, Submit).await;
    entry.uid
}

/// What each may do of one thing, in the order of [`WHO`].
async fn asked(node: &TestNode, what: &str, caller: &Caller) -> bool {
    let app = &node.app;
    let remote = Remote::new("mef21.example", "agenda");
    match what {
        "create" => allowed(app.create_item(caller, "actus", news("Nouvelle")).await),
        "edit of another" => allowed(app.save_item(caller, &waiting(node).await, news("Autre"), None).await),
        "submit of another" => {
            let draft = app.create_item(&Caller::Node, "actus", news("Brouillon")).await.expect("draft");
            allowed(app.transition(caller, &draft.uid, Submit, "").await)
        }
        "publish" => allowed(app.transition(caller, &waiting(node).await, Publish, "").await),
        "decline" => allowed(app.transition(caller, &waiting(node).await, Decline, "non").await),
        "withdraw" => {
            let (entry, _) = node.published("actus", news("Publiée")).await;
            allowed(app.transition(caller, &entry.uid, Withdraw, "").await)
        }
        "import" => {
            let csv = b"titre;chapo\nImport;Oui\n".to_vec();
            allowed(app.import(caller, "actus", csv, &Source::default()).await)
        }
        "set role" => {
            allowed(app.set_role(caller, "actus", "redaction@mef58.example", Some(Role::Contributor)).await)
        }
        "change service" => {
            allowed(app.change_service(caller, "actus", service_form(Visibility::Public)).await)
        }
        "subscribe" => {
            let form = SubscriptionForm { trust: TrustLevel::Hold, rules: Default::default() };
            let known = Known(remote.actor());
            allowed(app.subscribe(caller, &known, "actus", &remote.handle(), form).await)
        }
        "add service" => allowed(
            app.add_service(caller, "news", "nouveau-service", service_form(Visibility::Public)).await,
        ),
        "add account" => allowed(app.add_account(caller, account("un@mef58.example"), None, false).await),
        "add organisation" => {
            let form = OrganisationForm { name: "Mission locale".into(), ..OrganisationForm::default() };
            allowed(app.add_organisation(caller, form).await)
        }
        "add site" => {
            let form = SiteForm { title: "Portail".into(), ..SiteForm::default() };
            allowed(app.add_site(caller, "portail", form).await)
        }
        other => panic!("{other}"),
    }
}

on_both_databases!(
    async fn each_role_may_what_it_may_and_no_more(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let callers = callers(&node).await;
        // nobody, contributor, moderator, manager, administrator
        for (what, expected) in [
            ("create", [false, true, true, true, false]),
            ("edit of another", [false, false, true, true, false]),
            ("submit of another", [false, false, true, true, false]),
            ("publish", [false, false, true, true, false]),
            ("decline", [false, false, true, true, false]),
            ("withdraw", [false, false, true, true, false]),
            ("import", [false, true, true, true, false]),
            ("set role", [false, false, false, true, true]),
            ("change service", [false, false, false, true, true]),
            ("subscribe", [false, false, false, true, true]),
            ("add service", [false, false, false, false, true]),
            ("add account", [false, false, false, false, true]),
            ("add organisation", [false, false, false, false, true]),
            ("add site", [true, false, false, true, true]),
        ] {
            for ((caller, who), may) in callers.iter().zip(WHO).zip(expected) {
                assert_eq!(asked(&node, what, caller).await, may, "{who}: {what}");
            }
        }
    }
);

on_both_databases!(
    async fn rights_count_as_they_stand_when_something_is_done(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let uid = waiting(&node).await;
        node.app.set_role(&Caller::Node, "actus", "moderation@mef58.example", None).await.expect("taken");
        forbidden(node.app.transition(&moderator, &uid, Publish, "").await);
        node.app.create_item(&author, "actus", news("Encore")).await.expect("may still");
        let account = node.write(|tx| Ok(tx.reads().account_by_email("redaction@mef58.example")?)).await;
        node.app.set_account_enabled(&Caller::Node, &account.uid, false).await.expect("disabled");
        forbidden(node.app.create_item(&author, "actus", news("Trop tard")).await);
        let refused = node.app.make_token(&author, None, "trop tard").await;
        assert!(matches!(refused, Err(AppError::Conflict(_))), "{refused:?}");
    }
);

on_both_databases!(
    async fn a_service_that_is_not_seen_is_not_there(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        node.service("dedans", Visibility::Private).await;
        node.service("reseau", Visibility::Network).await;
        let stranger = node.person("passant@mef58.example", "actus", Role::ServiceManager).await;
        let (hidden, _) = node.published("dedans", news("Confidentiel")).await;
        not_found(node.app.create_item(&stranger, "dedans", news("A")).await);
        not_found(node.app.create_item(&stranger, "reseau", news("A")).await);
        not_found(node.app.create_item(&stranger, "inconnu", news("A")).await);
        not_found(node.app.transition(&stranger, &hidden.uid, Withdraw, "").await);
        not_found(node.app.save_item(&stranger, &hidden.uid, news("A"), None).await);
        // The administrator knows of it, and still has no role in it.
        forbidden(node.app.create_item(&node.administrator().await, "dedans", news("A")).await);
    }
);

on_both_databases!(
    async fn the_last_administrator_stays(db) {
        let node = node(db).await;
        let administrator = node.administrator().await;
        let own = node.write(|tx| Ok(tx.reads().account_by_email(ADMINISTRATOR)?)).await;
        crate::tests::node::conflict(node.app.set_account_enabled(&administrator, &own.uid, false).await);
        let step_down = AccountChange { administrator: Some(false), ..AccountChange::default() };
        crate::tests::node::conflict(node.app.change_account(&administrator, &own.uid, step_down.clone()).await);
        node.app.add_account(&administrator, account("seconde@mef58.example"), None, true).await.expect("second");
        node.app.change_account(&administrator, &own.uid, step_down).await.expect("one is left");
        forbidden(node.app.add_account(&administrator, account("x@mef58.example"), None, false).await);
    }
);

on_both_databases!(
    async fn nobody_learns_which_accounts_there_are(db) {
        let node = node(db).await;
        let (author, _) = node.newsroom("actus").await;
        let known = node.app.set_password(&author, "moderation@mef58.example", "un autre mot de passe").await;
        let unknown = node.app.set_password(&author, "personne@mef58.example", "un autre mot de passe").await;
        forbidden(known);
        forbidden(unknown);
        node.app.set_password(&author, "redaction@mef58.example", "un autre mot de passe").await.expect("own");
    }
);

on_both_databases!(
    async fn a_placement_shows_a_service_there_is(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let form = SiteForm { title: "Portail".into(), ..SiteForm::default() };
        node.app.add_site(&Caller::Node, "portail", form).await.expect("site");
        let placement = |service: &str| PlacementForm { service: service.into(), ..PlacementForm::default() };
        crate::tests::node::invalid(
            node.app.add_placement(&Caller::Node, "portail", placement("inconnu")).await,
            "unknown_service",
        );
        let whole = node.app.add_placement(&Caller::Node, "portail", placement("actus")).await.expect("placed");
        // The same again is no second section, under another title neither.
        let again = PlacementForm { title: "Encore".into(), ..placement("actus") };
        crate::tests::node::invalid(
            node.app.add_placement(&Caller::Node, "portail", again.clone()).await,
            "shown_already",
        );
        let about = |themes: &[&str]| PlacementForm {
            filter: ListFilter {
                themes: themes.iter().map(|slug| (*slug).to_owned()).collect(),
                ..ListFilter::default()
            },
            ..placement("actus")
        };
        let narrow = node.app.add_placement(&Caller::Node, "portail", about(&["emploi", "formation"])).await;
        let narrow = narrow.expect("other themes");
        crate::tests::node::invalid(
            node.app.add_placement(&Caller::Node, "portail", about(&["formation", "emploi"])).await,
            "shown_already",
        );
        // Nor does one become what the other is; what stands may have another title.
        crate::tests::node::invalid(
            node.app.change_placement(&Caller::Node, &narrow.uid, about(&[])).await,
            "shown_already",
        );
        node.app.change_placement(&Caller::Node, &whole.uid, again).await.expect("a title");
        let (_, moderator) = node.newsroom("autre").await;
        forbidden(node.app.add_placement(&moderator, "portail", placement("actus")).await);
    }
);
