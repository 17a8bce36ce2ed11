//! Pictures and files in the form of an item, in its pages, and at their own addresses.

use crate::tests::node::{AUTHOR, MODERATOR, Node};

const NEW: &str = "/office/services/agenda/new";

/// A GIF of one pixel.
const PICTURE: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\x01\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
const PDF: &[u8] = b"%PDF-1.7\n";

#[actix_web::test]
async fn pictures_go_from_the_form_to_the_page() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let mut moderator = node.browser(MODERATOR).await;
    let mut anybody = node.stranger();
    let page = author.open(NEW).await;
    // Without a title nothing is saved; what was sent stays.
    let form = page
        .form(NEW)
        .with("images.new.0.name", "L'entrée du forum")
        .with("images.new.0.credit", "MEF")
        .with("action", "save");
    let files = [("images.new.0", "entrée.gif", PICTURE), ("pieces_jointes.new.1", "plan.pdf", PDF)];
    let page = author.send_files(&form, &files).await;
    assert_eq!(page.status, 422, "{}", page.html);
    let form = page.form(NEW);
    let (picture, file) = (form.values("images")[0].to_owned(), form.values("pieces_jointes")[0].to_owned());
    assert_eq!(form.values("images.0.name"), ["L'entrée du forum"]);
    assert!(picture.ends_with(".jpg") && file.ends_with("plan.pdf"), "{picture} {file}");
    let at = |url: &str| url[url.find("/fichiers/").expect("an address")..].to_owned();
    let (picture, file) = (at(&picture), at(&file));
    assert!(page.html.contains(&format!("<img src=\"{picture}\"")), "{}", page.html);
    assert_eq!(author.open(&picture).await.status, 200);
    assert_eq!(anybody.open(&picture).await.status, 404);

    let form = form
        .with("titre", "Forum")
        .with("debut", "2036-03-03T14:00")
        .with("thematiques", "emploi")
        .with("description", "Venez.")
        .with("lieu.add", "Nevers")
        .with("action", "submit");
    let page = author.submit(&form).await;
    // The file has no name yet.
    assert!(page.at.ends_with("/edit?check=1"), "{} {}", page.at, page.html);
    assert_eq!(page.error("pieces_jointes").as_deref(), Some("Donnez un nom à chaque fichier."));
    let edit = page.at.trim_end_matches("?check=1").to_owned();
    let form = page.form(&edit).with("pieces_jointes.0.name", "Plan d'accès").with("action", "submit");
    let page = author.submit(&form).await;
    assert!(page.status == 200 && !page.at.ends_with("check=1"), "{}", page.html);
    let entry = edit.trim_end_matches("/edit").to_owned();
    let page = moderator.open(&entry).await;
    assert!(page.html.contains(&picture) && page.says("Plan d'accès"), "{}", page.html);
    moderator.submit(&page.form(&format!("{entry}/publish"))).await;

    let list = anybody.open("/services/agenda").await;
    let shown = list.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let shown = shown.into_iter().find(|href| href.starts_with("/fiches/")).expect("the item").to_owned();
    let page = anybody.open(&shown).await;
    assert!(page.html.contains("alt=\"L&#39;entrée du forum\""), "{}", page.html);
    assert!(page.html.contains("<figcaption>MEF</figcaption>"));
    let preview = page.html.split("og:image\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert!(preview.is_some_and(|preview| preview.ends_with(&picture)), "{preview:?}");
    assert!(page.html.contains(&file) && page.html.contains("PDF, 9\u{a0}octets"), "{}", page.html);
    let opened = anybody.open(&picture).await;
    assert_eq!((opened.status, opened.header("content-type")), (200, "image/jpeg"));
    assert_eq!(opened.header("content-security-policy"), "default-src 'none'; sandbox");
    let saved = anybody.open(&file).await;
    assert!(saved.header("content-disposition").starts_with("attachment"));
    assert_eq!(saved.header("x-content-type-options"), "nosniff");
}

#[actix_web::test]
async fn what_is_no_picture_is_refused_and_the_rest_is_kept() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let form = author.open(NEW).await.form(NEW).with("titre", "Forum").with("action", "save");
    let files = [
        ("images.new.0", "a.png", b"<!doctype html><script>alert(1)</script>".as_slice()),
        ("images.new.1", "b.gif", PICTURE),
    ];
    let page = author.send_files(&form, &files).await;
    assert_eq!(page.status, 422);
    assert!(page.error("images").is_some_and(|said| said.contains("ne se lit pas")), "{}", page.html);
    let form = page.form(NEW);
    assert_eq!((form.values("titre"), form.values("images").len()), (vec!["Forum"], 1));
    // Removing one leaves the others.
    let page = author.submit(&form.with("images.0.remove", "true").with("action", "save")).await;
    assert!(page.form(&page.at.clone()).values("images").is_empty(), "{}", page.html);
}
