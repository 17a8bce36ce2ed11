//! Workshops: who reads, who writes, what is kept and what is erased.

use super::node::{TestNode, forbidden, invalid, node, not_found};
use crate::caller::Caller;
use crate::media::{MOST_BYTES, SentFile};
use crate::site::SiteForm;
use crate::workshop::{DiscussionForm, DocumentForm};
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::site::{SiteKind, SiteRole};
use maillage_domain::viewer::Viewer;
use maillage_store::on_both_databases;
use maillage_store::read::About;

fn file(text: &str) -> Option<SentFile> {
    Some(SentFile { name: "note.txt".to_owned(), bytes: text.as_bytes().to_vec() })
}

fn talk() -> DiscussionForm {
    DiscussionForm { title: "Sujet".to_owned(), body: "Un mot.".to_owned(), ..DiscussionForm::default() }
}

/// A workshop with a reader, a contributor, a manager, and an account that is not in it.
async fn workshop(node: &TestNode) -> [Caller; 4] {
    node.service("actus", Visibility::Public).await;
    let form = SiteForm { title: "Atelier".to_owned(), kind: SiteKind::Workshop, ..SiteForm::default() };
    node.app.add_site(&Caller::Node, "atelier", form).await.expect("made");
    let mut people = Vec::new();
    for (name, role) in [
        ("lecture", Some(SiteRole::Reader)),
        ("participation", Some(SiteRole::Contributor)),
        ("gestion", Some(SiteRole::Manager)),
        ("dehors", None),
    ] {
        let email = format!("{name}@mef58.example");
        people.push(node.person(&email, "actus", Role::Contributor).await);
        node.app.set_site_role(&Caller::Node, "atelier", &email, role).await.expect("a role");
    }
    people.try_into().expect("four people")
}

on_both_databases!(
    async fn roles_say_who_reads_writes_and_sets(db) {
        let node = node(db).await;
        let [reader, contributor, manager, outside] = workshop(&node).await;
        let send = |caller: &Caller| {
            let caller = caller.clone();
            let app = node.app.clone();
            async move { app.add_document(&caller, "atelier", DocumentForm::default(), file("Texte")).await }
        };
        forbidden(send(&reader).await);
        not_found(send(&outside).await);
        let document = send(&contributor).await.expect("sent");
        assert_eq!(document.title, "note", "the name of the file where nothing else is said");
        forbidden(node.app.add_version(&reader, "atelier", &document.uid, "", file("x")).await);
        not_found(node.app.add_version(&outside, "atelier", &document.uid, "", file("x")).await);
        forbidden(node.app.add_folder(&reader, "atelier", "Dossier").await);
        forbidden(node.app.add_discussion(&reader, "atelier", talk()).await);
        not_found(node.app.add_discussion(&outside, "atelier", talk()).await);
        let discussion = node.app.add_discussion(&contributor, "atelier", talk()).await.expect("begun");
        forbidden(node.app.add_message(&reader, "atelier", &discussion.uid, "x").await);
        let folder = node.app.add_folder(&contributor, "atelier", "Dossier").await.expect("made");
        forbidden(node.app.delete_folder(&contributor, "atelier", &folder.uid).await);
        forbidden(node.app.delete_document(&contributor, "atelier", &document.uid).await);
        node.app.delete_folder(&manager, "atelier", &folder.uid).await.expect("removed");
        node.app.delete_document(&manager, "atelier", &document.uid).await.expect("removed");

        let uid = discussion.uid.clone();
        let reads = node.app.reads(reader.viewer()).run(move |reads| reads.discussion("atelier", &uid)).await;
        assert_eq!(reads.expect("a reader reads").1.len(), 1);
        let nobodies = [Viewer::Anonymous, outside.viewer(), Viewer::Partner { actor: "https://x.example/a".to_owned() }];
        for viewer in nobodies {
            let uid = discussion.uid.clone();
            let (folders, documents, discussions, discussion) = node
                .app
                .reads(viewer)
                .run(move |reads| {
                    Ok((
                        reads.folders("atelier").is_err(),
                        reads.documents("atelier", None, 10).is_err(),
                        reads.discussions("atelier", About::Anything, 10).is_err(),
                        reads.discussion("atelier", &uid).is_err(),
                    ))
                })
                .await
                .expect("asked");
            assert!(folders && documents && discussions && discussion);
        }
    }
);

on_both_databases!(
    async fn versions_stay_and_a_removed_document_is_erased_unless_another_holds_the_same(db) {
        let node = node(db).await;
        let [_, contributor, manager, _] = workshop(&node).await;
        let form = || DocumentForm { title: "Note".to_owned(), ..DocumentForm::default() };
        let one = node.app.add_document(&contributor, "atelier", form(), file("Premier")).await.expect("sent");
        for text in ["Second", "Troisième"] {
            node.app.add_version(&contributor, "atelier", &one.uid, "relu", file(text)).await.expect("sent");
        }
        let twin = node.app.add_document(&contributor, "atelier", form(), file("Second")).await.expect("sent");
        let uid = one.uid.clone();
        let view = node.app.reads(manager.viewer()).run(move |reads| reads.document("atelier", &uid)).await;
        let versions = view.expect("read").versions;
        assert_eq!(versions.iter().map(|one| one.version.number).collect::<Vec<_>>(), [3, 2, 1]);
        let mut texts = Vec::new();
        for version in &versions {
            let bytes = node.app.media_bytes(&version.media).await.expect("bytes");
            texts.push(String::from_utf8(bytes).expect("text"));
        }
        assert_eq!(texts, ["Troisième", "Second", "Premier"]);

        node.app.delete_document(&manager, "atelier", &one.uid).await.expect("removed");
        not_found(node.app.media_bytes(&versions[0].media).await);
        assert!(node.app.media_bytes(&versions[1].media).await.is_ok(), "the twin holds the same");
        node.app.delete_document(&manager, "atelier", &twin.uid).await.expect("removed");
        not_found(node.app.media_bytes(&versions[1].media).await);
    }
);

on_both_databases!(
    async fn what_is_sent_is_looked_at(db) {
        let node = node(db).await;
        let [_, contributor, ..] = workshop(&node).await;
        let send = |file: Option<SentFile>| node.app.add_document(&contributor, "atelier", DocumentForm::default(), file);
        invalid(send(None).await, "required");
        invalid(send(file("")).await, "not_accepted");
        invalid(send(file("<html><script>x</script>")).await, "not_accepted");
        let large = SentFile { name: "x.txt".to_owned(), bytes: vec![b'a'; MOST_BYTES + 1] };
        invalid(send(Some(large)).await, "too_large");
        let lost = DocumentForm { folder: "01900000-0000-7000-8000-000000000000".to_owned(), ..DocumentForm::default() };
        invalid(node.app.add_document(&contributor, "atelier", lost, file("x")).await, "unknown_folder");
        invalid(node.app.add_discussion(&contributor, "atelier", DiscussionForm::default()).await, "required");
        // A site that is no workshop holds none of it.
        let form = SiteForm { title: "Public".to_owned(), ..SiteForm::default() };
        node.app.add_site(&Caller::Node, "public", form).await.expect("made");
        not_found(node.app.add_document(&Caller::Node, "public", DocumentForm::default(), file("x")).await);
    }
);
