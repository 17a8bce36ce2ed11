//! Importing a file and a feed by the page: good rows go in, bad ones are told with line and reason.

use crate::tests::node::{AUTHOR, MODERATOR, Node};

const IMPORT: &str = "/office/services/agenda/import";
/// A French spreadsheet: semicolons, Windows-1252, a row without title, a date that is none.
const TABLE: &[u8] = b"Titre;D\xe9but;Commune;Description;Th\xe8mes\r\n\
Forum de l'emploi;03/03/2036 14:00;Nevers;Vingt employeurs;emploi\r\n\
;04/03/2036 09:00;Nevers;Sans titre;emploi\r\n\
Atelier \xe9t\xe9;le mois prochain;Nevers;Un atelier;emploi\r\n";
const FEED: &[u8] = br#"<?xml version="1.0"?><rss version="2.0"><channel><title>Agenda du territoire</title>
<link>https://agenda.example/</link><description>x</description>
<item><title>Portes ouvertes</title><link>https://agenda.example/1</link><guid>https://agenda.example/1</guid>
<description>Venez voir.</description></item></channel></rss>"#;

#[actix_web::test]
async fn a_file_with_a_bad_row() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let form = author.open(IMPORT).await.form(IMPORT);
    // Tried first: it says what would be done, and does nothing.
    let tried = form.clone().with("dry_run", "true");
    let page = author.send_files(&tried, &[("file", "agenda.csv", TABLE)]).await;
    assert!(page.says("Essai avec agenda.csv") && page.says("Rien n'a été enregistré."), "{}", page.html);
    assert!(author.open("/office").await.says("Rien en cours"));
    let page = author.send_files(&form, &[("file", "agenda.csv", TABLE)]).await;
    assert_eq!(page.status, 200);
    assert!(
        page.says("<strong>2</strong> nouvelles") && page.says("<strong>1</strong> refusée"),
        "{}",
        page.html
    );
    assert!(page.says("ligne 3</strong> : Titre : Remplissez « Titre »."), "{}", page.html);
    assert!(page.says("ligne 4"), "{}", page.html);
    let mut moderator = node.browser(MODERATOR).await;
    let queue = moderator.open("/office/queue").await;
    assert!(queue.says("Forum de l'emploi") && queue.says("Atelier été"), "{}", queue.html);
    // Once more: nothing is there twice.
    let page = author.send_files(&form, &[("file", "agenda.csv", TABLE)]).await;
    assert!(
        page.says("<strong>2</strong> inchangées") && page.says("<strong>0</strong> nouvelle"),
        "{}",
        page.html
    );
}

#[actix_web::test]
async fn the_model_has_the_columns_that_are_understood() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let page = author.open(IMPORT).await;
    let model = author.get(&page.link("Télécharger un tableau vide avec ces colonnes")).await;
    assert!(model.status == 200 && model.html.starts_with("\u{feff}Titre;Début;Fin;"), "{}", model.html);
    let filled = format!("{}Forum;03/03/2036 14:00;\r\n", model.html);
    let page = author.send_files(&page.form(IMPORT), &[("file", "agenda.csv", filled.as_bytes())]).await;
    assert!(page.says("<strong>1</strong> nouvelle"), "{}", page.html);
    assert!(page.says("« Description » manque ligne 2") && !page.says("Colonnes laissées"), "{}", page.html);
}

#[actix_web::test]
async fn the_address_of_a_feed() {
    let node = Node::new().await;
    node.put("https://agenda.example/rss", FEED);
    let mut author = node.browser(AUTHOR).await;
    let form = author.open(IMPORT).await.form(IMPORT);
    let sent = form
        .clone()
        .with("address", "agenda.example/rss")
        .with("themes", "emploi")
        .with("places.add", "Nevers");
    let page = author.send_files(&sent, &[]).await;
    assert!(page.says("<strong>1</strong> nouvelle"), "{}", page.html);
    let mut moderator = node.browser(MODERATOR).await;
    let queue = moderator.open("/office/queue").await;
    assert!(
        queue.says("Portes ouvertes") && queue.says("Nevers (Nièvre)") && queue.says("Emploi"),
        "{}",
        queue.html
    );
}

#[actix_web::test]
async fn what_cannot_be_imported_says_what_to_do() {
    let node = Node::new().await;
    let mut author = node.browser(AUTHOR).await;
    let form = author.open(IMPORT).await.form(IMPORT).with("themes", "emploi");
    let page = author.send_files(&form, &[]).await;
    assert_eq!(page.status, 422);
    assert!(page.error("file").is_some_and(|error| error.contains("Choisissez un fichier")));
    let page = author.send_files(&form.clone().with("address", "https://nulle-part.example/rss"), &[]).await;
    assert_eq!(page.status, 422);
    assert!(page.error("address").is_some_and(|error| error.contains("Personne ne répond")), "{}", page.html);
    let again = page.form(IMPORT);
    assert_eq!(again.values("address"), ["https://nulle-part.example/rss"]);
    assert_eq!(again.values("themes"), ["emploi"]);
    let page = author
        .send_files(&form, &[("file", "page.html", b"<!doctype html><html><body>x</body></html>")])
        .await;
    assert_eq!(page.status, 422);
    assert!(page.error("file").is_some_and(|error| error.contains("page web")), "{}", page.html);
    let page = author.send_files(&form.with("places.add", "Xyzzyville"), &[("file", "a.csv", TABLE)]).await;
    assert_eq!(page.status, 422);
    assert!(page.error("places").is_some());
}
