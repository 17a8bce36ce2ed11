//! Pictures and files of items: who sends them, who opens them, what becomes of them.

use super::dated_actions::later;
use super::node::{TestNode, conflict, forbidden, invalid, news, node, not_found};
use super::sites::picture;
use super::types::{sample, service_of};
use crate::caller::Caller;
use crate::entry::ItemForm;
use crate::media::SentFile;
use chrono::Duration;
use maillage_domain::attachment::Attachment;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::viewer::Viewer;
use maillage_domain::workflow::Transition::{Publish, Submit, Withdraw};
use maillage_store::on_both_databases;
use serde_json::json;

async fn sent(node: &TestNode, by: &Caller, colour: u8) -> Attachment {
    node.app.keep_attachment(by, "actus", "images", picture(colour)).await.expect("kept")
}

/// A news item with these pictures, described by their number.
fn with(pictures: &[&Attachment]) -> ItemForm {
    let described = pictures.iter().enumerate().map(|(at, one)| {
        Attachment { name: format!("Image {at}"), credit: "MEF".to_owned(), ..(*one).clone() }.value()
    });
    let mut form = news("Forum");
    form.fields.set("images", described.collect::<Vec<_>>());
    form
}

/// Whether a viewer opens a file.
async fn opens(node: &TestNode, viewer: Viewer, one: &Attachment) -> bool {
    let uid = node.app.addresses().attachment_in(&one.url).expect("an address of this node");
    let found = node.app.reads(viewer).run(move |reads| reads.attachment(&uid)).await;
    match found {
        Ok(row) => node.app.media_bytes(&row).await.is_ok(),
        Err(_) => false,
    }
}

on_both_databases!(
    async fn a_picture_is_seen_with_what_is_published_of_its_item(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let colleague = node.person("autre@mef58.example", "actus", Role::Contributor).await;
        let first = sent(&node, &author, 1).await;
        assert_eq!((first.media_type.as_str(), first.width), ("image/jpeg", Some(1)));
        assert!(opens(&node, author.viewer(), &first).await, "who sends it sees it");
        for other in [moderator.viewer(), colleague.viewer(), Viewer::Anonymous] {
            assert!(!opens(&node, other, &first).await, "nobody else does before it is saved");
        }
        let entry = node.app.create_item(&author, "actus", with(&[&first])).await.expect("created");
        assert!(opens(&node, moderator.viewer(), &first).await);
        for other in [colleague.viewer(), Viewer::Anonymous] {
            assert!(!opens(&node, other, &first).await, "a draft is nobody else's");
        }
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        assert!(opens(&node, Viewer::Anonymous, &first).await);

        // A correction that waits shows its picture to those who work on it alone.
        let second = sent(&node, &author, 2).await;
        node.app.save_item(&author, &entry.uid, with(&[&second]), None).await.expect("saved");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
        assert!(opens(&node, moderator.viewer(), &second).await);
        assert!(!opens(&node, Viewer::Anonymous, &second).await);
        node.app.transition(&moderator, &entry.uid, Publish, "").await.expect("published");
        assert!(opens(&node, Viewer::Anonymous, &second).await);
        assert!(!opens(&node, Viewer::Anonymous, &first).await, "what is published names it no more");
        assert!(opens(&node, moderator.viewer(), &first).await, "a version still does");

        node.app.transition(&moderator, &entry.uid, Withdraw, "").await.expect("withdrawn");
        assert!(!opens(&node, Viewer::Anonymous, &second).await);
    }
);

on_both_databases!(
    async fn a_picture_of_an_inner_service_stays_inside(db) {
        let node = node(db).await;
        node.service("interne", Visibility::Private).await;
        let inside = node.person("dedans@mef58.example", "interne", Role::Contributor).await;
        node.newsroom("actus").await;
        let outside = node.person("dehors@mef58.example", "actus", Role::ServiceManager).await;
        let one = node.app.keep_attachment(&inside, "interne", "images", picture(1)).await.expect("kept");
        let entry = node.app.create_item(&inside, "interne", with(&[&one])).await.expect("created");
        node.step(&entry.uid, Submit).await;
        node.step(&entry.uid, Publish).await;
        assert!(opens(&node, inside.viewer(), &one).await);
        assert!(!opens(&node, outside.viewer(), &one).await);
        assert!(!opens(&node, Viewer::Anonymous, &one).await);
    }
);

on_both_databases!(
    async fn nobody_shows_what_another_has_sent(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let one = sent(&node, &author, 1).await;
        let own = node.app.create_item(&moderator, "actus", news("Autre")).await.expect("created");
        invalid(node.app.create_item(&moderator, "actus", with(&[&one])).await, "unknown_file");
        node.app.create_item(&author, "actus", with(&[&one])).await.expect("created");
        // Nor, once it is saved, in another item.
        invalid(node.app.create_item(&author, "actus", with(&[&one])).await, "unknown_file");
        invalid(node.app.save_item(&moderator, &own.uid, with(&[&one]), None).await, "unknown_file");
        for url in ["https://ailleurs.example/a.png", "https://mef58.example/fichiers/x/a.png"] {
            let elsewhere = Attachment { url: url.to_owned(), ..Attachment::default() };
            invalid(node.app.create_item(&author, "actus", with(&[&elsewhere])).await, "unknown_file");
        }
        // What is said of a file is what the file says.
        let two = sent(&node, &author, 2).await;
        let lying = Attachment { media_type: "image/svg+xml".to_owned(), width: Some(9), ..two };
        let entry = node.app.create_item(&author, "actus", with(&[&lying])).await.expect("created");
        let kept = node.item_of(&entry).await;
        let images = serde_json::from_str::<serde_json::Value>(&kept.fields).expect("fields")["images"].clone();
        assert_eq!((&images[0]["media_type"], &images[0]["width"]), (&json!("image/jpeg"), &json!(1)));
    }
);

on_both_databases!(
    async fn who_may_not_write_sends_nothing(db) {
        let node = node(db).await;
        let (author, _) = node.newsroom("actus").await;
        node.service("autres", Visibility::Public).await;
        let other = node.person("ailleurs@mef58.example", "autres", Role::ServiceManager).await;
        forbidden(node.app.keep_attachment(&other, "actus", "images", picture(1)).await);
        not_found(node.app.keep_attachment(&author, "actus", "titre", picture(1)).await);
        let page = SentFile { name: "a.png".to_owned(), bytes: b"<!doctype html><script>".to_vec() };
        invalid(node.app.keep_attachment(&author, "actus", "images", page.clone()).await, "not_accepted");
        let pdf = SentFile { name: "a.pdf".to_owned(), bytes: b"%PDF-1.7\n".to_vec() };
        let kept = node.app.keep_attachment(&author, "actus", "pieces_jointes", pdf.clone()).await;
        let kept = kept.expect("a file");
        assert_eq!(kept.media_type, "application/pdf");
        let mut form = news("Forum");
        form.fields.set("images", vec![kept.value()]);
        invalid(node.app.create_item(&author, "actus", form).await, "not_a_picture");
        for _ in 1..40 {
            node.app.keep_attachment(&author, "actus", "pieces_jointes", pdf.clone()).await.expect("kept");
        }
        let beyond = node.app.keep_attachment(&author, "actus", "pieces_jointes", pdf).await;
        invalid(beyond, "too_many_files");
    }
);

on_both_databases!(
    async fn an_undescribed_picture_is_not_submitted(db) {
        let node = node(db).await;
        let (author, _) = node.newsroom("actus").await;
        let one = sent(&node, &author, 1).await;
        let mut form = news("Forum");
        form.fields.set("images", vec![one.value()]);
        let entry = node.app.create_item(&author, "actus", form).await.expect("a draft");
        invalid(node.app.transition(&author, &entry.uid, Submit, "").await, "not_described");
        node.app.save_item(&author, &entry.uid, with(&[&one]), None).await.expect("described");
        node.app.transition(&author, &entry.uid, Submit, "").await.expect("submitted");
    }
);

on_both_databases!(
    async fn what_no_item_names_is_removed_after_a_day(db) {
        let node = node(db).await;
        let (author, moderator) = node.newsroom("actus").await;
        let (kept, dropped, late) =
            (sent(&node, &author, 1).await, sent(&node, &author, 2).await, sent(&node, &author, 3).await);
        let entry = node.app.create_item(&author, "actus", with(&[&kept])).await.expect("created");
        node.advance(Duration::hours(23));
        node.app.upkeep().await.expect("upkeep");
        assert!(opens(&node, author.viewer(), &dropped).await, "a form may be open for long");
        node.app.save_item(&author, &entry.uid, with(&[&kept, &late]), None).await.expect("saved");
        node.advance(Duration::hours(2));
        node.app.upkeep().await.expect("upkeep");
        assert!(!opens(&node, author.viewer(), &dropped).await);
        for one in [&kept, &late] {
            assert!(opens(&node, moderator.viewer(), one).await);
        }
        invalid(node.app.save_item(&author, &entry.uid, with(&[&dropped]), None).await, "unknown_file");
        conflict(node.app.save_item(&author, &entry.uid, with(&[&kept]), Some(1)).await);
    }
);

on_both_databases!(
    async fn what_is_erased_takes_its_files_with_it(db) {
        let node = node(db).await;
        service_of(&node, "job-offers", "offres").await;
        let author = node.person("offres@mef58.example", "offres", Role::Contributor).await;
        let moderator = node.person("relit@mef58.example", "offres", Role::Moderator).await;
        let pdf = SentFile { name: "profil.pdf".to_owned(), bytes: b"%PDF-1.7\n".to_vec() };
        let kept = node.app.keep_attachment(&author, "offres", "pieces_jointes", pdf).await.expect("kept");
        let mut form = sample("job-offers", "typical");
        form.fields.set("pieces_jointes", vec![Attachment { name: "Profil".to_owned(), ..kept.clone() }.value()]);
        let entry = node.app.create_item(&author, "offres", form).await.expect("created");
        node.step(&entry.uid, Submit).await;
        node.step(&entry.uid, Publish).await;
        assert!(opens(&node, Viewer::Anonymous, &kept).await);
        // Until 15 April, and a day; six months later all of it is erased.
        later(&node, 45).await;
        assert!(!opens(&node, Viewer::Anonymous, &kept).await);
        assert!(opens(&node, moderator.viewer(), &kept).await);
        later(&node, 183).await;
        later(&node, 1).await;
        for viewer in [author.viewer(), moderator.viewer()] {
            assert!(!opens(&node, viewer, &kept).await);
        }
    }
);
