//! Items with the titles that pages find hard: long ones, without place, with many themes.

use serde_json::{Value, json};

/// An item on employment in Nevers, which every filter of the journeys shows.
pub const SHOWN: &str = "L'agglomération de Nevers ouvre un guichet unique pour l'emploi";
/// An item that the filters leave out.
pub const HIDDEN: &str = "Un bus de nuit pour les apprentis de Clamecy";

/// Fields of items of the news.
pub fn news() -> Vec<Value> {
    let item = |title: &str, themes: &[&str], places: &[&str]| {
        json!({
            "titre": title,
            "chapo": format!("{title} : l'essentiel tient en une phrase, le reste se lit dans l'article."),
            "texte": TEXT,
            "thematiques": themes,
            "territoires": places,
            "lien": "https://mef58.example/une-adresse-assez-longue-pour-ne-pas-tenir-sur-une-ligne-d-un-telephone",
        })
    };
    vec![
        item(SHOWN, &["emploi"], &["commune:58194"]),
        item(HIDDEN, &["mobilite", "alternance"], &["commune:58079"]),
        item(
            "Forum de l'industrie et de l'artisanat du Val de Loire, de la Puisaye et du Morvan : rencontres",
            &["recrutement", "territoire"],
            &["commune:58086", "commune:58194", "epci:200067916"],
        ),
        item("Préparer un entretien", &["preparer-sa-candidature"], &["commune:58194"]),
        item("Anticonstitutionnellementanticonstitutionnellementanticonstitutionnellement", &["droits"], &[]),
        item(
            "Aujourd'hui, l'apprentissage s'ouvre à l'âge de trente ans d'ancienneté d'expérience",
            &THEMES,
            &["departement:58"],
        ),
        item("Une nouvelle sans lieu", &["numerique"], &[]),
    ]
}

const THEMES: [&str; 14] = [
    "emploi",
    "formation",
    "orientation",
    "insertion",
    "creation-entreprise",
    "droits",
    "logement",
    "mobilite",
    "numerique",
    "sante",
    "famille",
    "handicap",
    "jeunes",
    "territoire",
];

const TEXT: &str = "<h2>Ce qui change</h2><p>Un texte avec du <strong>gras</strong>, de l'<em>italique</em> et un \
    <a href=\"https://mef58.example/page\">lien vers la suite</a>.</p><ul><li>le mardi de 9 h à 12 h ;</li><li>le jeudi \
    toute la journée.</li></ul><blockquote><p>« On repart avec un rendez-vous. »</p></blockquote>";
