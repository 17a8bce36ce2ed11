//! The faults of real feeds, one fixture each.

use super::{fixture, url};
use crate::feed::{FeedEntry, FeedError, ParsedFeed, parse};

fn read(path: &str) -> ParsedFeed {
    parse(&fixture(path), None, None).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn date(entry: &FeedEntry) -> String {
    entry.published.map(|d| d.to_rfc3339()).unwrap_or_default()
}

fn codes(feed: &ParsedFeed) -> Vec<(u64, &'static str, bool)> {
    feed.problems.iter().map(|p| (p.position, p.code, p.kept)).collect()
}

/// No XML declaration, no guid, windows-1252 with letters that ISO 8859-1 lacks.
#[test]
fn latin1_without_a_declaration() {
    let feed = read("rss/latin1-sans-declaration.xml");
    assert_eq!((feed.encoding, feed.title.as_str()), ("windows-1252", "Mission locale – actualités"));
    let [first, second] = feed.entries.as_slice() else { panic!("{:?}", feed.entries) };
    assert_eq!(first.title, "Atelier « CV » : il reste 3 places à Nevers");
    assert_eq!(first.key, "ml.example.org/atelier-cv");
    assert_eq!(first.summary_html.as_deref().unwrap().split(' ').next(), Some("<p>L’atelier"));
    assert_eq!(date(first), "2026-10-05T07:30:00+00:00");
    assert_eq!(second.title, "Cœur de ville : deux employeurs recrutent");
    assert!(feed.problems.is_empty());
}

/// Declared as iso-8859-1, written in UTF-8; and the other way round by the transport.
#[test]
fn a_wrong_declaration_or_header_does_not_win_over_the_bytes() {
    let feed = read("rss/declare-latin1-mais-utf8.xml");
    assert_eq!(feed.entries[0].title, "Été : des saisons à pourvoir");
    let bytes = fixture("rss/latin1-sans-declaration.xml");
    let feed = parse(&bytes, None, Some("text/xml; charset=utf-8")).unwrap();
    assert_eq!(feed.title, "Mission locale – actualités");
}

/// RSS 0.91 as SPIP 1.8 wrote it: `date` as MySQL gives it beside a `dc:date` that names the wrong zone,
/// escaped HTML with a relative picture, a date of zeros, `&#146;` for an apostrophe.
#[test]
fn spip_with_mysql_dates() {
    let feed = read("rss/spip-date-mysql.xml");
    assert_eq!(feed.language.as_deref(), Some("fr"));
    let first = &feed.entries[0];
    assert_eq!(date(first), "2004-01-02T02:04:05+00:00");
    assert_eq!(first.authors, ["Service communication"]);
    assert_eq!(
        first.summary_html.as_deref(),
        Some("Les entreprises de la forêt <i>recrutent</i>\u{a0}(...)")
    );
    assert_eq!(first.image, Some(url("http://mef.example.org/IMG/arton204.jpg")));
    assert_eq!(first.image_alt.as_deref(), Some("Scierie"));
    assert_eq!(feed.entries[1].title, "L’apprentissage en fête");
    assert_eq!(codes(&feed), [(2, "unreadable_date", true)]);
    assert_eq!(feed.problems[0].line, 17);
}

/// A link inside the title, a line break inside the date, HTML escaped twice, `xml:base`, an address and a
/// telephone number where a name should be.
#[test]
fn html_in_the_title_and_an_iso_date_with_a_line_break() {
    let feed = read("rss/titre-html-date-iso.xml");
    let entry = &feed.entries[0];
    assert_eq!(entry.title, "Chargé d'accueil H/F");
    assert_eq!(entry.key, "8f0c2d9e-1111-4222-8333-444455556666");
    assert_eq!(entry.link, Some(url("https://emploi.example.org/offres/12")));
    assert_eq!(date(entry), "2026-02-26T15:40:27+00:00");
    assert_eq!(entry.authors, ["Service des ressources humaines"]);
    assert_eq!(entry.categories, ["Alternance", "Accueil & orientation"]);
    let summary = entry.summary_html.as_deref().unwrap();
    assert!(summary.starts_with("<p>Accueil du public\u{a0}:</p><ul><li>orienter</li>"), "{summary}");
    assert!(summary.contains("href=\"https://emploi.example.org/offres/12/fiche\""), "{summary}");
    assert!(feed.problems.is_empty());
}

/// A blank line before the declaration, bare ampersands, HTML entities, relative links, a script, the same
/// link twice, French names of days; then entries that are nothing: no title and no link, a title never
/// closed, a date that is none.
#[test]
fn bad_entries_do_not_take_the_good_ones_with_them() {
    let base = url("https://mef.example.org/flux/rss.xml");
    let feed = parse(&fixture("rss/casse.xml"), Some(&base), None).unwrap();
    assert_eq!(feed.title, "Flux abîmé & construit");
    assert_eq!(feed.link, Some(url("https://mef.example.org/actualites")));
    let titles: Vec<_> = feed.entries.iter().map(|e| e.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Journée «\u{a0}métiers\u{a0}» du bâtiment",
            "Même lien, autre titre",
            "Dernière entrée, date fantaisiste"
        ]
    );
    let first = &feed.entries[0];
    assert_eq!(first.link, Some(url("https://mef.example.org/agenda?id=3&lang=fr")));
    assert_eq!(date(first), "2026-10-14T07:00:00+00:00");
    assert_eq!(first.image, Some(url("https://cdn.example.org/i.jpg")));
    let summary = first.summary_html.as_deref().unwrap();
    assert!(
        summary.contains("https://mef.example.org/doc/plaquette.pdf") && !summary.contains("alert"),
        "{summary}"
    );
    assert_eq!(
        feed.entries[1].summary_html.as_deref(),
        Some("Sans CDATA : <b>gras</b> et <br> saut, R&amp;D")
    );
    assert_ne!(first.key, feed.entries[1].key);
    assert_eq!(first.link_key, feed.entries[1].link_key);
    assert_eq!(
        codes(&feed),
        [(3, "no_title_no_link", false), (4, "malformed_entry", false), (5, "unreadable_date", true)]
    );
    let lines: Vec<_> = feed.problems.iter().map(|p| p.line).collect();
    assert_eq!(lines, [8, 9, 10]);
    assert_eq!(feed.problems[0].reason_fr, "Entrée laissée de côté : elle n'a ni titre ni lien.");
}

#[test]
fn without_a_base_a_relative_link_is_told_and_the_entry_kept() {
    let feed = parse(&fixture("rss/casse.xml"), None, None).unwrap();
    assert_eq!(feed.entries.len(), 3);
    assert_eq!(feed.entries[0].link, None);
    assert!(codes(&feed).contains(&(1, "unreadable_link", true)));
}

/// The same guid on every entry, an entry twice, a guid for a link, an enclosure beside Media RSS, a
/// thumbnail alone, values on which feed-rs stops.
#[test]
fn media_and_guids_that_tell_nothing_apart() {
    let feed = read("rss/medias-et-guids.xml");
    let keys: Vec<_> = feed.entries.iter().map(|e| e.key.as_str()).collect();
    assert_eq!(keys.len(), 3);
    assert!(keys[0].starts_with("emission#radio.example.org/1#"), "{keys:?}");
    assert!(keys[1].starts_with("emission#radio.example.org/2#"), "{keys:?}");
    assert_eq!(codes(&feed), [(3, "duplicate_entry", false)]);
    let first = &feed.entries[0];
    let urls: Vec<_> = first.enclosures.iter().map(|e| e.url.as_str()).collect();
    assert!(urls.contains(&"https://radio.example.org/son/1.mp3"), "{urls:?}");
    assert_eq!(first.enclosures.iter().find_map(|e| e.length), Some(120_000));
    assert_eq!(first.image, Some(url("https://radio.example.org/1.jpg")));
    assert_eq!(first.image_alt.as_deref(), Some("Studio vu de face"));
    assert_eq!(
        first.content_html.as_deref(),
        Some("<p><strong>Au programme</strong></p><p>Les métiers</p><p>du soin</p>")
    );
    assert_eq!(feed.entries[1].image, Some(url("https://radio.example.org/2.jpg")));
    assert_eq!(feed.entries[2].link, Some(url("https://radio.example.org/3")));
}

/// A connection that broke in the middle of the second entry.
#[test]
fn a_cut_feed_gives_what_came_before() {
    let feed = read("rss/tronque.xml");
    assert_eq!(feed.entries.len(), 1);
    assert_eq!(codes(&feed), [(3, "broken_xml", false)]);
    assert!(feed.problems[0].reason_fr.contains("ligne 4"), "{}", feed.problems[0].reason_fr);
}

/// RSS 1.0: identity by `rdf:about`, Dublin Core, the list of resources before the entries.
#[test]
fn rdf() {
    let feed = read("rdf/planete.xml");
    assert_eq!((feed.title.as_str(), feed.language.as_deref()), ("Planète insertion", Some("fr")));
    let [first, second] = feed.entries.as_slice() else { panic!("{:?}", feed.problems) };
    assert_eq!(first.key, "https://a.example.org/1");
    assert_eq!(date(first), "2026-03-20T03:16:30+00:00");
    assert_eq!(first.authors, ["Coordination de l'insertion"]);
    assert_eq!(first.categories, ["Insertion"]);
    assert_eq!(first.content_html.as_deref(), Some("<p>Douze <strong>postes</strong> en maraîchage.</p>"));
    assert_eq!(second.link, Some(url("https://b.example.org/2")));
}

/// XHTML in title and content, `xml:base` at two levels, entities escaped twice, content elsewhere, authors
/// of the feed and of the entry, a type of title that does not exist.
#[test]
fn atom_with_xhtml_and_bases() {
    let feed = read("atom/xhtml-relatif.xml");
    assert_eq!((feed.title.as_str(), feed.language.as_deref()), ("Actu éco", Some("fr")));
    assert_eq!(feed.link, Some(url("https://mef.example.org/")));
    let [first, second, third] = feed.entries.as_slice() else { panic!("{:?}", feed.problems) };
    assert_eq!(first.title, "Un bus de l’emploi");
    assert_eq!(first.link, Some(url("https://mef.example.org/actu/bus-emploi")));
    assert_eq!(date(first), "2026-09-29T10:00:00+00:00");
    assert_eq!(first.enclosures[0].url, url("https://mef.example.org/doc/bus.pdf"));
    assert_eq!(first.enclosures[0].length, Some(1200));
    assert_eq!(first.categories, ["Mobilité"]);
    assert_eq!(first.authors, ["Maison de l'emploi"]);
    let content = first.content_html.as_deref().unwrap();
    assert!(content.contains("href=\"https://mef.example.org/actu/bus/dates#mars\""), "{content}");
    assert!(content.contains("R&amp;D &lt;x&gt;."), "{content}");
    assert_eq!(first.image, Some(url("https://mef.example.org/actu/bus/p.jpg")));
    assert_eq!(second.title, "1 < 2 &amp; 3");
    assert_eq!(second.summary_html.as_deref(), Some("<p>Ligne 1<br>ligne 2</p>"));
    assert_eq!(
        (second.authors.as_slice(), second.content_html.as_deref()),
        (&["Cellule de veille".to_owned()][..], None)
    );
    assert_eq!(third.title, "Type de titre inconnu");
    assert_eq!(codes(&feed), [(3, "unreadable_date", true)]);
}

/// Atom 0.3: another namespace, `issued` and `modified`, `mode="escaped"`.
#[test]
fn atom_of_before_the_standard() {
    let feed = read("atom/atom-0.3.xml");
    let entry = &feed.entries[0];
    assert_eq!(entry.title, "Permanence du jeudi");
    assert_eq!(date(entry), "2006-05-01T09:00:00+00:00");
    assert_eq!(entry.updated.unwrap().to_rfc3339(), "2006-05-02T09:00:00+00:00");
    assert_eq!(entry.content_html.as_deref(), Some("<p>De 9\u{a0}h à midi.</p>"));
}

/// Markup in a title that is text, a number for an id and among the tags, text as content, an item that is no
/// object, one without title and link.
#[test]
fn json_feed() {
    let feed = read("json-feed/complet.json");
    assert_eq!(feed.language.as_deref(), Some("fr"));
    let [first, second] = feed.entries.as_slice() else { panic!("{:?}", feed.problems) };
    assert_eq!(first.title, "Job dating <b>hôtellerie</b>");
    assert_eq!(first.categories, ["Hôtellerie"]);
    assert_eq!(date(first), "2026-10-05T07:00:00+00:00");
    assert!(first.content_html.as_deref().unwrap().contains("https://agenda.example.org/plan"));
    assert_eq!(first.image, Some(url("https://agenda.example.org/i.jpg")));
    assert_eq!(first.enclosures[0].url, url("https://agenda.example.org/a1.pdf"));
    assert_eq!(first.authors, ["Maison de l'emploi"]);
    assert_eq!(second.key, "2");
    assert_eq!(second.link, Some(url("https://agenda.example.org/a2")));
    assert_eq!(second.content_html.as_deref(), Some("<p>Deux lignes<br>de texte</p>"));
    assert_eq!(codes(&feed), [(3, "malformed_entry", false), (4, "no_title_no_link", false)]);
}

/// `refus-…`: a web page that announces its feed, entities that multiply, a feed cut before its first entry,
/// an Atom entry without a feed, JSON without a comma, JSON of another kind.
#[test]
fn errors_say_what_to_do() {
    let page =
        parse(&fixture("rss/refus-page-web.xml"), Some(&url("https://mef.example.org/")), None).unwrap_err();
    assert_eq!(
        page.to_string(),
        "C'est une page web, pas un flux. Elle annonce : https://mef.example.org/spip.php?page=backend"
    );
    assert_eq!(parse(&fixture("rss/refus-entites.xml"), None, None), Err(FeedError::EntityDefinitions));
    assert!(matches!(
        parse(&fixture("json-feed/refus-casse.json"), None, None),
        Err(FeedError::BrokenJson { line: 3, .. })
    ));
    let other = parse(&fixture("json-feed/refus-autre-json.json"), None, None);
    assert!(matches!(other, Err(FeedError::NotAFeed { .. })), "{other:?}");
    let cut = parse(&fixture("rdf/refus-coupe-avant-la-premiere-entree.xml"), None, None);
    assert!(matches!(cut, Err(FeedError::BrokenXml { line: 5, .. })), "{cut:?}");
    let entry = parse(&fixture("atom/refus-entree-seule.xml"), None, None);
    assert_eq!(entry, Err(FeedError::NotAFeed { found: "entry".into() }));
    assert_eq!(parse(b" \n", None, None), Err(FeedError::Empty));
    assert!(matches!(parse(b"<svg/>", None, None), Err(FeedError::NotAFeed { found }) if found == "svg"));
    assert!(matches!(parse(b"Bonjour", None, None), Err(FeedError::NotAFeed { .. })));
    let broken = parse(b"<rss version='2.0'>\n<channel>\n</rss>", None, None);
    assert!(matches!(broken, Err(FeedError::BrokenXml { line: 3, .. })), "{broken:?}");
}
