//! The audit log: who, what, when, before and after; nobody changes it.

use super::node::{ADMINISTRATOR, TestNode, news, node, not_found, service_form};
use super::remote::Remote;
use crate::account::AccountChange;
use crate::caller::Caller;
use crate::site::SiteForm;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::site::SiteRole;
use maillage_domain::subscription::TrustLevel;
use maillage_domain::workflow::Transition;
use maillage_store::on_both_databases;
use maillage_store::read::{AuditQuery, AuditView};

async fn log(node: &TestNode, caller: &Caller, query: AuditQuery) -> Vec<AuditView> {
    node.app.reads(caller.viewer()).run(move |reads| reads.audit(&query, 200)).await.expect("the log")
}

fn of(subject: &str) -> AuditQuery {
    AuditQuery { subject: Some(subject.to_owned()), ..AuditQuery::default() }
}

on_both_databases!(
    async fn what_is_set_is_written_down_with_before_and_after(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let administrator = node.administrator().await;
        let author = node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        let mut form = service_form(Visibility::Public);
        form.title = "Les actualités".to_owned();
        node.app.change_service(&administrator, "actus", form).await.expect("changed");
        let line = log(&node, &administrator, of("service")).await.remove(0);
        assert_eq!((line.line.action.as_str(), line.line.at), ("change", node.app.now().timestamp_millis()));
        assert_eq!(line.line.account_id, administrator.account_id());
        assert_eq!(line.line.before, r#"{"title":"Un service"}"#);
        assert_eq!(line.line.after, r#"{"title":"Les actualités"}"#);
        assert!(line.who.is_some());

        node.app
            .set_role(&administrator, "actus", "redaction@mef58.example", Some(Role::Moderator))
            .await
            .expect("role");
        let line = log(&node, &administrator, of("role")).await.remove(0).line;
        assert_eq!((line.before.as_str(), line.after.as_str()), (r#"{"role":"contributor"}"#, r#"{"role":"moderator"}"#));
        // The same once more is no change.
        let before = log(&node, &administrator, AuditQuery::default()).await.len();
        node.app
            .set_role(&administrator, "actus", "redaction@mef58.example", Some(Role::Moderator))
            .await
            .expect("role");
        assert_eq!(log(&node, &administrator, AuditQuery::default()).await.len(), before);

        let uid = node.write(|tx| Ok(tx.reads().account_by_email("redaction@mef58.example")?.uid)).await;
        let change = AccountChange {
            password: Some("encore un mot de passe".to_owned()),
            display_name: Some("Rédaction".to_owned()),
            ..AccountChange::default()
        };
        node.app.change_account(&administrator, &uid, change).await.expect("changed");
        let line = log(&node, &administrator, of("account")).await.remove(0).line;
        assert!(line.after.contains(r#""password_hash":"…""#) && line.after.contains("Rédaction"), "{line:?}");
        assert!(!line.after.contains("argon2") && !line.before.contains("argon2"), "{line:?}");
        let token = node.app.make_token(&author, None, "script").await.expect("token");
        node.app.delete_token(&author, token.id).await.expect("deleted");
        let actions: Vec<_> =
            log(&node, &administrator, of("token")).await.into_iter().map(|view| view.line.action).collect();
        assert_eq!(actions, ["remove", "create"]);
    }
);

on_both_databases!(
    async fn decisions_are_written_down_and_managers_see_those_of_their_services(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        node.service("autres", Visibility::Public).await;
        let manager = node.person("direction@mef58.example", "actus", Role::ServiceManager).await;
        let entry = node.app.create_item(&author, "actus", news("Un forum")).await.expect("created");
        node.app.transition(&author, &entry.uid, Transition::Submit, "").await.expect("submitted");
        node.app.transition(&moderator, &entry.uid, Transition::Decline, "trop tard").await.expect("declined");
        let seen = log(&node, &manager, of("item")).await;
        let told: Vec<_> = seen.iter().map(|view| (view.line.action.as_str(), view.line.account_id)).collect();
        assert_eq!(told, [("decline", moderator.account_id()), ("submit", author.account_id())]);
        assert!(seen[0].line.after.contains("trop tard") && !seen[0].line.subject_uid.is_empty());
        let all = log(&node, &node.administrator().await, AuditQuery::default()).await;
        let mine = log(&node, &manager, AuditQuery::default()).await;
        assert!(mine.len() < all.len() && mine.iter().all(|view| view.line.service_id == Some(1)), "{mine:?}");
        for nobody in [&author, &moderator] {
            let read = node.app.reads(nobody.viewer()).run(|reads| reads.audit(&AuditQuery::default(), 10)).await;
            not_found(read.map_err(crate::AppError::from));
        }
        // Page by page, and by account.
        let newest = AuditQuery { account: moderator.account_id(), ..AuditQuery::default() };
        assert_eq!(log(&node, &manager, newest).await.len(), 1);
        let rest = AuditQuery { older_than: Some(seen[0].line.id), ..of("item") };
        assert_eq!(log(&node, &manager, rest).await.len(), 1);
        node.app.account_caller(ADMINISTRATOR).await.expect("still there");
    }
);

on_both_databases!(
    async fn the_log_names_people_sites_and_services_elsewhere(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let administrator = node.administrator().await;
        node.follows("actus", &Remote::new("mef21.example", "agenda"), TrustLevel::Hold, "{}").await;
        let line = log(&node, &administrator, of("subscription")).await.remove(0).line;
        assert_eq!((line.action.as_str(), line.subject_name.as_str()), ("create", "@agenda@mef21.example"));

        node.person("redaction@mef58.example", "actus", Role::Contributor).await;
        let site = SiteForm { title: "Entre nous".to_owned(), members_only: true, ..SiteForm::default() };
        node.app.add_site(&administrator, "entre-nous", site).await.expect("made");
        for role in [Some(SiteRole::Reader), Some(SiteRole::Reader), Some(SiteRole::Manager), None] {
            let email = "redaction@mef58.example";
            node.app.set_site_role(&administrator, "entre-nous", email, role).await.expect("a role");
        }
        let lines = log(&node, &administrator, of("role")).await;
        let on_site = lines.iter().filter(|view| view.line.subject_name.ends_with("– Entre nous"));
        let told: Vec<_> = on_site
            .map(|view| (view.line.account_id, view.line.before.as_str(), view.line.after.as_str()))
            .collect();
        let who = administrator.account_id();
        assert_eq!(
            told,
            [
                (who, r#"{"role":"manager"}"#, "{}"),
                (who, r#"{"role":"reader"}"#, r#"{"role":"manager"}"#),
                (who, "{}", r#"{"role":"reader"}"#),
            ]
        );
    }
);
