//! A node on which something of everything stands, for tests that look at every page.

use crate::tests::node::{AUTHOR, COLLEAGUE, MANAGER, MODERATOR, Node};
use maillage_app::caller::Caller;
use maillage_app::entry::ItemForm;
use maillage_app::inbound::RemoteItem;
use maillage_app::invitation::InvitationForm;
use maillage_app::outbound::OutgoingActivity;
use maillage_app::ports::{OutgoingMail, Post, PostError};
use maillage_app::site::page::PageForm;
use maillage_app::site::{PlacementForm, SiteForm};
use maillage_app::subscription::SubscriptionForm;
use maillage_domain::field::Fields;
use maillage_domain::item::{ItemCore, ItemFrame};
use maillage_domain::role::Role;
use maillage_domain::rule::RuleSet;
use maillage_domain::service::Visibility;
use maillage_domain::site::SiteRole;
use maillage_domain::subscription::TrustLevel;
use maillage_domain::workflow::Transition;
use std::collections::BTreeMap;

/// What the parts of addresses stand for, by their names in routes.
pub type Parts = BTreeMap<&'static str, String>;

/// The fields of an event of the agenda, complete.
pub fn event(title: &str) -> Fields {
    serde_json::from_value(serde_json::json!({
        "titre": title, "debut": "2036-03-04T14:00", "fin": "2036-03-04T17:00", "lieu": ["commune:58194"],
        "description": "<p>Vingt employeurs présentent leurs postes.</p>", "thematiques": ["emploi"],
    }))
    .expect("fields")
}

/// Writes an event of the agenda and submits it. Answers the public id of its entry.
pub async fn submitted(node: &Node, author: &Caller, title: &str) -> String {
    let form = ItemForm { fields: event(title), ..ItemForm::default() };
    let entry = node.app.create_item(author, "agenda", form).await.expect("an item");
    node.app.transition(author, &entry.uid, Transition::Submit, "").await.expect("submitted");
    entry.uid
}

/// Has the agenda follow that of the Yonne, whose event it holds for moderation.
pub async fn held(node: &Node, title: &str) {
    let actor = node.settle("Service", "agenda", "mef89.example", "Agenda de l’Yonne");
    let asked = SubscriptionForm { trust: TrustLevel::Hold, rules: RuleSet::default() };
    let handle = "@agenda@mef89.example".parse().expect("a handle");
    let manager = node.caller(MANAGER).await;
    node.app.subscribe(&manager, node.elsewhere(), "agenda", &handle, asked).await.expect("subscribed");
    let (fields, frame) = (event(title), ItemFrame::default());
    let at = Some(node.app.now());
    let item = RemoteItem {
        uri: "https://mef89.example/o/1".to_owned(),
        url: "https://mef89.example/fiches/1".to_owned(),
        type_slug: "agenda".to_owned(),
        core: ItemCore::of(node.app.registry().get("agenda").expect("the agenda"), &fields, &frame),
        fields,
        frame,
        organisation: "Maison de l’emploi de l’Yonne".to_owned(),
        publisher_place: "departement:89".to_owned(),
        visibility: Visibility::Public,
        published: at,
        updated: at,
        version: 1,
        raw: "{}".to_owned(),
    };
    node.app.item_received(Some("https://mef89.example/x/1"), &actor.uri, item).await.expect("received");
}

/// Puts something of everything on a node: an item that waits, one that is published and on its way,
/// a site with two sections, a subscription, a follower.
pub async fn furnish(node: &Node) -> Parts {
    let (author, moderator) = (node.caller(AUTHOR).await, node.caller(MODERATOR).await);
    let manager = node.caller(MANAGER).await;
    let follower = node.settle("Application", "node", "mef89.example", "MEF de l’Yonne");
    node.app.keep_actor(follower.clone()).await.expect("an actor");
    let own = actor_of(node, "agenda").await;
    node.app.followed("https://mef89.example/x/1", &follower.uri, &own).await.expect("a follower");
    let entry = submitted(node, &author, "Forum de l’emploi").await;
    let published = submitted(node, &author, "Atelier CV").await;
    node.app.transition(&moderator, &published, Transition::Publish, "").await.expect("published");
    send_off(node).await;
    let site = SiteForm { title: "Emploi en Nièvre".to_owned(), ..SiteForm::default() };
    node.app.add_site(&Caller::Node, "nievre", site).await.expect("a site");
    let section = |service: &str| PlacementForm { service: service.to_owned(), ..PlacementForm::default() };
    let placement =
        node.app.add_placement(&Caller::Node, "nievre", section("agenda")).await.expect("a section");
    node.app.add_placement(&Caller::Node, "nievre", section("actualites")).await.expect("a section");
    let who = Some(SiteRole::Manager);
    node.app.set_site_role(&Caller::Node, "nievre", COLLEAGUE, who).await.expect("a manager of the site");
    let page = PageForm {
        title: "Qui sommes-nous".to_owned(),
        body: "<p>Une équipe.</p>".to_owned(),
        ..PageForm::default()
    };
    node.app.add_page(&Caller::Node, "nievre", page).await.expect("a page");
    let asked = SubscriptionForm { trust: TrustLevel::Hold, rules: RuleSet::default() };
    let handle = "@agenda@mef58.example".parse().expect("a handle");
    let nobody = crate::tests::node::Elsewhere::default();
    let subscription =
        node.app.subscribe(&manager, &nobody, "actualites", &handle, asked).await.expect("a subscription");
    let (followers, delivery, account, organisation) = node
        .app
        .reads(Caller::Node.viewer())
        .run(|reads| {
            let agenda = reads.service("agenda")?;
            Ok((
                reads.followers(agenda.id)?,
                reads.deliveries(None, None, 1)?,
                reads.accounts()?,
                reads.organisations()?,
            ))
        })
        .await
        .expect("reads");
    let (invitation, mail) = invited(node, &manager).await;
    let colleague = account.into_iter().find(|view| view.account.email == COLLEAGUE).expect("the colleague");
    BTreeMap::from([
        ("slug", "agenda".to_owned()),
        ("entry", entry),
        ("number", "1".to_owned()),
        ("site", "nievre".to_owned()),
        ("placement", placement.uid),
        ("subscription", subscription.uid),
        ("follower", followers[0].follower.uid.clone()),
        ("delivery", delivery[0].delivery.uid.clone()),
        ("block", "0".to_owned()),
        ("page", "qui-sommes-nous".to_owned()),
        ("member", colleague.account.uid.clone()),
        ("account", colleague.account.uid),
        ("organisation", organisation[0].uid.clone()),
        ("theme", "emploi".to_owned()),
        ("token", "1".to_owned()),
        ("session", "99999".to_owned()),
        ("identity", "99999".to_owned()),
        ("step", "confirm".to_owned()),
        ("invitation", invitation),
        ("mail", mail.to_string()),
    ])
}

/// A mail server that takes nothing.
pub struct Refusing;

#[async_trait::async_trait]
impl Post for Refusing {
    async fn send(&self, _: &OutgoingMail) -> Result<(), PostError> {
        Err(PostError::Refused("550 no such mailbox".to_owned()))
    }
}

/// Invites somebody to the agenda whose mailbox does not exist. Answers the public id of the
/// invitation and the key of its mail.
async fn invited(node: &Node, manager: &Caller) -> (String, i64) {
    let form = InvitationForm {
        email: "stage@mef58.example".to_owned(),
        roles: vec![("agenda".to_owned(), Role::Contributor)],
        ..InvitationForm::default()
    };
    let row = node.app.invite(manager, form).await.expect("an invitation");
    node.app.send_mails(&Refusing).await.expect("tried");
    let mails = node.app.reads(Caller::Node.viewer()).run(|reads| reads.unsent_mails(10)).await;
    (row.uid, mails.expect("mails")[0].id)
}

/// The id of the actor of a service.
pub async fn actor_of(node: &Node, service: &str) -> String {
    let slug = service.to_owned();
    let read = node.app.reads(Caller::Node.viewer()).run(move |reads| {
        let service = reads.service(&slug)?;
        reads.actor_by_id(service.actor_id)
    });
    read.await.expect("an actor").uri
}

/// Queues what has happened for its inboxes, as the worker of the federation does.
async fn send_off(node: &Node) {
    for event in node.app.pending_events(100).await.expect("events") {
        let uri = node.app.addresses().activity(&format!("test-{}", event.id));
        let activity = OutgoingActivity {
            object: format!("{uri}#object"),
            uri,
            actor: 1,
            kind: "Create".to_owned(),
            item: None,
            public: true,
            body: "{}".to_owned(),
            inboxes: event.inboxes,
        };
        node.app.fan_out(event.id, vec![activity]).await.expect("queued");
    }
}
