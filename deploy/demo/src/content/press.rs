//! The press review: articles of invented newspapers, with our own words about them.

mod local;
mod wide;

use super::{Desk, Piece};
use crate::french;
use crate::prose::{PLAIN, Scope, Template};
use crate::region::DEPARTMENTS;

/// An article that is pointed out.
#[derive(Debug, Clone, Copy)]
pub struct Article {
    /// What is told of it: title of the article, our summary, our comment.
    pub told: Template,
    /// Short quotations to choose from.
    pub quotes: &'static [&'static str],
}

/// What most articles are.
pub const ARTICLE: Article = Article { told: PLAIN, quotes: &[] };

/// Name and domain of a newspaper. None of them exists, nor can: `.example` is reserved (RFC 2606).
type Newspaper = (&'static str, &'static str);

/// Newspapers of each département, in the order of [`DEPARTMENTS`].
const NEWSPAPERS: [[Newspaper; 3]; 3] = [
    [
        ("Le Fil nivernais", "fil-nivernais.example"),
        ("La Gazette du Bec d'Allier", "gazette-bec-allier.example"),
        ("Le Petit Morvandiau", "petit-morvandiau.example"),
    ],
    [
        ("La Tribune des Hautes-Côtes", "tribune-hautes-cotes.example"),
        ("Le Messager de l'Auxois", "messager-auxois.example"),
        ("Le Matin de l'Ouche", "matin-ouche.example"),
    ],
    [
        ("Le Courrier de l'Armançon", "courrier-armancon.example"),
        ("La Feuille de Puisaye", "feuille-puisaye.example"),
        ("L'Avenir sénonais", "avenir-senonais.example"),
    ],
];

/// Newspapers that write about no place.
const WIDE: [Newspaper; 3] = [
    ("Le Quotidien du travail", "quotidien-du-travail.example"),
    ("Métiers & Territoires", "metiers-et-territoires.example"),
    ("La Revue de l'insertion", "revue-insertion.example"),
];

/// Every article.
pub fn articles() -> Vec<&'static Article> {
    [local::ARTICLES, wide::ARTICLES].into_iter().flatten().collect()
}

/// Points out one article; `None` when this territory has no place for it.
pub fn piece(desk: &mut Desk<'_>, article: &Article, turn: usize) -> anyhow::Result<Option<Piece>> {
    let template = &article.told;
    let Some(setting) = desk.setting(template) else { return Ok(None) };
    let told = setting.tell(template, turn, &mut desk.random)?;
    let at = DEPARTMENTS.iter().position(|known| known == desk.territory.department).unwrap_or_default();
    let papers = if template.scope == Scope::Nowhere { &WIDE } else { &NEWSPAPERS[at] };
    let (name, domain) = papers[desk.random.below(papers.len())];
    let day = desk.today - chrono::Duration::days(i64::from(desk.random.between(0, 40)));
    let path = maillage_domain::text::slugify(&told.title, 70);
    let mut piece = Piece::new("press-review", "titre", &told.title);
    piece.fields.set("url", format!("https://{domain}/{}/{path}", day.format("%Y/%m/%d")));
    piece.fields.set("source", french::printed(name));
    piece.fields.set("date_parution", day.to_string());
    piece.fields.set("commentaire", format!("<p>{}</p>{}", told.lead, told.body));
    piece.fields.set("thematiques", template.themes.to_vec());
    piece.fields.set("territoires", setting.held(template.scope));
    if let Some(quote) = desk.random.pick(article.quotes).copied() {
        piece.fields.set("extrait", french::printed(&format!("« {quote} »")));
    }
    Ok(Some(piece))
}
