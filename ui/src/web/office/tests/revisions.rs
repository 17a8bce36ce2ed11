//! The versions of an item: compared, and taken up again.

use super::scene::{event, submitted};
use crate::tests::node::{ADMINISTRATOR, AUTHOR, MODERATOR, Node};
use maillage_app::entry::ItemForm;
use maillage_domain::workflow::Transition;

#[actix_web::test]
async fn any_two_versions_are_compared_and_an_older_one_is_taken_up() {
    let node = Node::new().await;
    let (author, reviewer) = (node.caller(AUTHOR).await, node.caller(MODERATOR).await);
    let entry = submitted(&node, &author, "Forum de mars").await;
    node.app.transition(&reviewer, &entry, Transition::Publish, "").await.expect("published");
    let (item, all) = (format!("/office/items/{entry}"), format!("/office/items/{entry}/revisions"));
    let mut writer = node.browser(AUTHOR).await;
    assert!(!writer.open(&item).await.html.contains(&format!("href=\"{all}\"")), "there is but one");
    let one = writer.open(&all).await;
    assert!(one.says("version 1") && !one.says("Comparer deux versions"), "{}", one.html);
    for (by, title) in [(&author, "Forum d’avril"), (&reviewer, "Forum de mai")] {
        let form = ItemForm { fields: event(title), ..ItemForm::default() };
        node.app.save_item(by, &entry, form, None).await.expect("saved");
    }
    let compare = writer.open(&item).await.link("Comparer deux versions");
    let page = writer.open(&compare).await;
    assert!(page.says("De la version 2 à la version 3"), "{}", page.html);
    let page = writer.open(&format!("{all}?from=1&to=3")).await;
    let changed = ["De la version 1 à la version 3", "<del> mars</del>", "<ins> mai</ins>"];
    assert!(changed.iter().all(|words| page.says(words) || page.html.contains(words)), "{}", page.html);
    assert!(page.offers(&format!("{all}/1/restore")) && !page.offers(&format!("{all}/3/restore")));
    let page = writer.submit(&page.form(&format!("{all}/1/restore"))).await;
    assert!(page.at == item && page.says("repris dans une nouvelle version"), "{}", page.html);
    assert!(page.says("Version antérieure reprise") && page.says("Version 1."), "{}", page.html);
    let page = writer.open(&format!("{all}?from=1&to=4")).await;
    assert!(page.says("Rien ne change") || !page.html.contains("<ins>"), "{}", page.html);
    // Sent again, it is the latest and says so; a version that never was is not there.
    let mut again = page.form(&format!("{all}/2/restore"));
    again.action = format!("{all}/4/restore");
    assert!(writer.submit(&again).await.says("déjà la dernière version"));
    again.action = format!("{all}/9/restore");
    assert_eq!(writer.send(&again).await.status, 404);
    // An administrator reads, and writes nothing.
    let mut administrator = node.browser(ADMINISTRATOR).await;
    let page = administrator.open(&all).await;
    assert!(page.says("Forum de mai") && !page.offers(&format!("{all}/1/restore")), "{}", page.html);
}
