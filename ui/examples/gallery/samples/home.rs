//! The first page of a site, and its pages of plain content.

use super::public::{BODY, EVENTS, NEWS, cards, follow, search};
use super::{Rendered, Sample, Tone, rendered};
use maillage_ui::html::CleanHtml;
use maillage_ui::views::{Count, HomeBlock, HomePage, HomeSection, ItemCard, Link, PlainPage};

pub fn pages(s: Sample) -> Vec<Rendered> {
    vec![rendered("public-home", &home(s)), rendered("public-page", &plain(s))]
}

fn home(s: Sample) -> HomePage {
    let section = |title: &str, count: u64, items: Vec<ItemCard>| HomeSection {
        title: s.title(title),
        href: "/sites/nievre/agenda".to_owned(),
        count: Count { value: s.count(count), capped: s.tone == Tone::Extreme },
        items,
    };
    let sections = vec![
        section("Prochains rendez-vous", 34, cards(s, &EVENTS, false, 3)),
        section("Actualités", 128, cards(s, &NEWS, false, 3)),
    ];
    let themes = [
        "Emploi",
        "Formation",
        "Alternance et apprentissage",
        "Mobilité",
        "Numérique",
        "Création d’entreprise",
    ];
    HomePage {
        t: s.t,
        shell: s.shell("Emploi et formation en Nièvre"),
        site: s.site(),
        intro: s.text("Formations, rendez-vous et actualités près de chez vous, réunis par la MEF de la Nièvre et ses partenaires."),
        blocks: vec![
            HomeBlock::Search {
                search: search(s),
                themes: s.list(&themes.map(|theme| Link::new(s.title(theme), "/sites/nievre?theme=x"))),
            },
            HomeBlock::Text { title: s.title("Nous rencontrer"), body: CleanHtml::new(BODY) },
            HomeBlock::Sections(if s.tone == Tone::Empty { Vec::new() } else { sections }),
            HomeBlock::Items {
                title: s.title("Dernières publications"),
                items: cards(s, &NEWS, true, 3),
                more: "/sites/nievre/recherche".to_owned(),
            },
            HomeBlock::Numbers {
                title: s.title("En chiffres"),
                figures: vec![
                    (s.t.number(s.count(412)), s.title("fiches")),
                    (s.t.number(s.count(5)), s.title("rubriques")),
                ],
            },
            HomeBlock::Partners {
                title: s.title("Partenaires"),
                partners: s.list(&[
                    Link::new(s.title("Mission locale du Nivernais"), "https://ml.example/"),
                    Link::new(s.title("Chambre des métiers"), ""),
                ]),
            },
            HomeBlock::Lines {
                title: s.title("Documents récents"),
                lines: s.list(&[super::workshop::line(s, "Compte rendu du comité")]),
                more: Link::new(s.title("Tous les documents"), "/sites/atelier/atelier/documents"),
                empty: s.title("Aucun document encore."),
            },
        ],
        empty: (s.tone == Tone::Empty).then(|| {
            s.empty("page", "Ce site n’a pas encore de rubrique", "Elles se choisissent dans l’espace de l’équipe.", None)
        }),
        follow: follow(s),
    }
}

fn plain(s: Sample) -> PlainPage {
    PlainPage {
        t: s.t,
        shell: s.shell("Emploi et formation en Nièvre"),
        site: s.site(),
        heading: s.title("Qui sommes-nous"),
        body: CleanHtml::new(if s.tone == Tone::Empty { "" } else { BODY }),
        changed: s.ago(900),
    }
}
