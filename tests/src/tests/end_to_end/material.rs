//! What is entered on A: a feed, a table, and items written by hand.

use super::region::Region;
use crate::checkout;
use anyhow::{Context, Result};
use serde_json::{Value, json};

/// Titles of the feed that match the filter (the feed is imported for the whole Nièvre).
pub const OF_THE_FEED: [&str; 4] = [
    "Forum de l'emploi à Nevers : cinquante entreprises recrutent",
    "Ateliers CV à la médiathèque",
    "Job dating de l'automne",
    "Écrire une lettre qui donne envie de vous rencontrer",
];
/// Titles of the table that match.
pub const OF_THE_TABLE: [&str; 5] = [
    "Café de l’emploi",
    "Atelier « Œuvrer ensemble »",
    "Entretiens d’embauche simulés",
    "Permanence des saisonniers",
    "Forum \"Industrie\" de Decize",
];
/// Titles written by hand that match.
pub const BY_HAND: [&str; 3] = [
    "L'agglomération de Nevers ouvre un guichet unique",
    "Un parcours d'orientation avec l'entreprise d'à côté",
    "Le département recrute ses agents des collèges",
];

/// The bytes of a fixture.
pub fn fixture(name: &str) -> Result<Vec<u8>> {
    let path = checkout().join("tests/fixtures").join(name);
    std::fs::read(&path).with_context(|| path.display().to_string())
}

/// A feed in Latin-1 without declaration, for the whole département; what it leaves open is filled
/// in by its contributor. Imported again it changes nothing, and a changed title is one change.
pub async fn import_feed(region: &Region) -> Result<()> {
    let feed = fixture("actualites-latin1-sans-declaration.rss")?;
    let import = async |bytes: Vec<u8>| {
        region.author.import("actus", "place=departement:58", "application/rss+xml", bytes).await
    };
    let report = import(feed.clone()).await?;
    assert_eq!((report.created, report.updated, report.unchanged), (10, 0, 0), "{report:?}");
    let again = import(feed.clone()).await?;
    assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 10), "{again:?}");
    let changed = change(&feed, b"les adresses utiles", b"toutes les adresses");
    let third = import(changed).await?;
    assert_eq!((third.created, third.updated, third.unchanged), (0, 1, 9), "{third:?}");
    let items = region.author.items("/services/actus/items?state=submitted").await?;
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(items.len(), 10, "{titles:?}");
    for title in OF_THE_FEED {
        assert!(titles.contains(&title), "{title}: {titles:?}");
    }
    assert!(titles.contains(&"Logement des saisonniers : toutes les adresses"), "{titles:?}");
    // Markup of others is cleaned as it comes in.
    let job_dating = items.iter().find(|item| item.title == OF_THE_FEED[2]).context("job dating")?;
    assert!(job_dating.content.contains("<b>libre</b>"), "{}", job_dating.content);
    assert!(!job_dating.content.contains("script") && !job_dating.content.contains("onclick"));
    assert_eq!(job_dating.themes, ["emploi", "jeunes"]);
    // The one without a category cannot be published as it is: its contributor says what it is about.
    let open = items.iter().find(|item| item.title == "Horaires d'été de l'accueil").context("hours")?;
    let refused = region.moderator.try_step(&open.id, "publish").await?;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(refused.text.contains("thematiques"), "{}", refused.text);
    let mut fields = open.fields.clone();
    fields["thematiques"] = json!(["droits"]);
    region.author.save(&open.id, fields).await?;
    Ok(())
}

fn change(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|part| part == from).unwrap();
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

/// A French spreadsheet in Windows-1252: the good rows go in, the report names the bad one, its
/// line and why.
pub async fn import_table(region: &Region) -> Result<()> {
    let table = fixture("agenda-windows1252.csv")?;
    let report = region.author.import("agenda", "", "text/csv", table.clone()).await?;
    assert_eq!((report.created, report.updated, report.unchanged), (10, 0, 0), "{report:?}");
    let told: Vec<(u64, bool)> = report.problems.iter().map(|problem| (problem.line, problem.kept)).collect();
    assert_eq!(told, [(10, false), (11, true)], "{report:?}");
    assert!(report.problems[0].message["fr"].as_str().unwrap_or_default().contains("11 cellules"));
    assert!(report.problems[0].message["en"].as_str().unwrap_or_default().contains("11 cells"));
    assert!(report.problems[1].message["fr"].as_str().unwrap_or_default().contains("Trifouilly-les-Oies"));
    let again = region.author.import("agenda", "", "text/csv", table).await?;
    assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 10), "{again:?}");
    let items = region.author.items("/services/agenda/items?state=submitted").await?;
    let find = |title: &str| items.iter().find(|item| item.title == title).with_context(|| title.to_owned());
    for title in OF_THE_TABLE {
        find(title)?;
    }
    let simulated = find("Entretiens d’embauche simulés")?;
    // Two municipalities are called Clamecy: the postal code tells them apart.
    assert_eq!(simulated.places, ["commune:58079"]);
    assert_eq!(simulated.fields["debut"], "2031-03-26T09:00");
    assert_eq!(find("Rendez-vous des conserveries")?.places, [] as [&str; 0]);
    Ok(())
}

fn news(title: &str, theme: &str, place: &[&str]) -> Value {
    json!({
        "titre": title,
        "chapo": format!("{title} : l'essentiel en une phrase."),
        "texte": "<p>Le détail, <strong>point par point</strong>.</p>",
        "thematiques": [theme],
        "territoires": place,
    })
}

/// Items at every level of the geography and of the theme tree, submitted by their author.
pub async fn write_by_hand(region: &Region) -> Result<()> {
    let items = [
        news(BY_HAND[0], "trouver-un-emploi", &["epci:245804406"]),
        news(
            BY_HAND[1],
            "preparer-sa-candidature--valoriser-ses-competences",
            &["commune:58194", "commune:89024"],
        ),
        news(BY_HAND[2], "recrutement", &["departement:58"]),
        // An area above the Nièvre is not inside it.
        news("La région aide les créateurs d'emplois", "emploi", &["region:27"]),
        news("Une offre sans lieu", "emploi", &[]),
        news("Un forum dans l'Yonne", "recrutement", &["departement:89"]),
        news("Un bus pour aller travailler à Nevers", "mobilite", &["commune:58194"]),
        // A theme above employment there is none; one beside it is another.
        news("Apprendre un métier à Nevers", "alternance", &["commune:58194"]),
    ];
    for fields in items {
        let draft = region.author.create("actus", fields).await?;
        assert_eq!(draft.state, "draft");
        let submitted = region.author.step(&draft.id, "submit", "").await?;
        assert_eq!(submitted.state, "submitted");
    }
    Ok(())
}
