//! Articles about what happens in one place.

use super::{ARTICLE, Article};
use crate::prose::{PLAIN, Scope, Template};
use crate::sector::Sectors;

/// The articles.
pub const ARTICLES: &[Article] = &[
    Article {
        told: Template {
            titles: &[
                "{A commune}, {entreprise} forme ses futurs salariés",
                "{Entreprise} {de commune} préfère former que chercher",
                "{A commune}, apprendre le métier {de metier} sur le tas",
            ],
            leads: &[
                "Reportage dans une entreprise qui a renoncé à trouver des candidats déjà formés et recrute désormais des débutants, accompagnés par un tuteur.",
                "L'article suit trois nouveaux salariés pendant leurs premières semaines et donne la parole à leur tuteur.",
            ],
            body: &[&[
                "On y lit avec intérêt comment l'employeur a aménagé les horaires pour les personnes sans voiture.",
                "Un exemple utile pour les employeurs du même secteur, qui pourront contacter notre équipe.",
                "À rapprocher de l'offre de formation présentée dans notre rubrique « Formations ».",
            ]],
            themes: &["recrutement", "formation"],
            scope: Scope::Town(1_200),
            sectors: Sectors::Any,
            uses: 4,
            ..PLAIN
        },
        quotes: &[
            "Nous avons cessé d'attendre le candidat idéal.",
            "Au bout de trois mois, ils en savent autant que nous à leur âge.",
        ],
    },
    Article {
        told: Template {
            titles: &[
                "{A commune}, {n1} emplois annoncés avec l'arrivée d'une entreprise",
                "Zone d'activité {de commune} : {n1} emplois attendus d'ici deux ans",
                "Une usine et {n1} emplois en vue {a commune}",
            ],
            leads: &[
                "Le journal présente le projet d'implantation, son calendrier et les profils recherchés. Les travaux doivent commencer en {mois2}.",
            ],
            body: &[&[
                "Les recrutements ne seront lancés que l'an prochain : inutile d'envoyer une candidature dès maintenant, nous relaierons les offres.",
                "Les formations nécessaires font l'objet d'un travail avec les organismes du secteur.",
            ]],
            themes: &["territoire", "marche-du-travail"],
            scope: Scope::Town(2_000),
            numbers: &[(25, 140, 5)],
            uses: 2,
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Des contrats d'insertion pour restaurer le lavoir {de commune}",
                "{A commune}, le chantier d'insertion remet les sentiers en état",
                "{A commune}, {m1} salariés en insertion au chevet des murs de pierre sèche",
            ],
            leads: &[
                "Portrait d'une équipe de {m1} salariés en insertion et de leur encadrant, sur un chantier visible de tous.",
            ],
            body: &[&[
                "L'article rappelle que ces contrats sont ouverts sur orientation d'un conseiller.",
                "Les photographies, dans le journal, montrent bien l'évolution du chantier.",
            ]],
            themes: &["insertion-activite-economique"],
            scope: Scope::Village(500, 6_000),
            numbers: &[(5, 12, 1)],
            uses: 2,
            ..PLAIN
        },
        quotes: &["Ici, on me demande ce que je sais faire, pas ce que j'ai raté."],
    },
    Article {
        told: Template {
            titles: &[
                "Job dating {a commune} : « Dix minutes pour convaincre »",
                "{A commune}, recruteurs et candidats à la même table",
                "Le forum de l'emploi {de commune} a fait le plein",
            ],
            leads: &[
                "Retour sur une journée de recrutement organisée avec nos partenaires. Le journal a interrogé candidats et employeurs à la sortie.",
            ],
            body: &[&[
                "Plusieurs candidats disent avoir été surpris par l'accueil des petites entreprises.",
                "Les chiffres donnés dans l'article sont ceux du soir même ; nous publierons un bilan à trois mois.",
            ]],
            themes: &["recrutement"],
            scope: Scope::Town(2_000),
            uses: 2,
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Faute de bus, des apprentis {de commune} s'organisent",
                "{A commune}, le covoiturage des apprentis fait école",
                "{A commune}, se rendre au travail sans permis, un parcours d'obstacles",
            ],
            leads: &[
                "Enquête sur les trajets des jeunes qui travaillent tôt, là où aucun transport ne passe avant huit heures.",
            ],
            body: &[&[
                "L'article cite les aides à la mobilité, que nos conseillers peuvent instruire.",
                "Une réunion entre communes, employeurs et transporteurs est annoncée.",
            ]],
            themes: &["mobilite", "alternance"],
            scope: Scope::Village(700, 8_000),
            uses: 2,
            ..PLAIN
        },
        quotes: &["Je pars à cinq heures et quart, et je ne suis pas le seul."],
    },
    Article {
        told: Template {
            titles: &[
                "Elle reprend la boulangerie {de commune} après une reconversion",
                "Du bureau au fournil : une reprise réussie {a commune}",
                "{A commune}, le dernier commerce trouve repreneur",
            ],
            leads: &[
                "Récit d'une reprise de commerce, de la formation au prêt bancaire, avec les doutes et les bonnes surprises.",
            ],
            body: &[&[
                "Le parcours décrit passe par un accompagnement à la création d'entreprise, accessible partout dans le département.",
            ]],
            themes: &["creer-une-entreprise", "territoire"],
            scope: Scope::Village(400, 4_000),
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "{A commune}, la crèche s'adapte aux horaires des soignants",
                "Garde d'enfants : {commune} expérimente l'accueil dès cinq heures et demie",
                "{A commune}, une crèche ouverte quand les parents travaillent",
            ],
            leads: &[
                "Présentation d'une expérimentation d'un an, suivie par la caisse d'allocations et par les employeurs du secteur.",
            ],
            body: &[&[
                "Les places sont réservées aux parents qui reprennent un emploi ou une formation.",
                "",
            ]],
            themes: &["famille--garde-denfants"],
            scope: Scope::Town(2_000),
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &["{Les_metiers2} manquent {a commune}", "Pénurie {de_metiers2} autour {de commune}"],
            leads: &[
                "L'article fait le tour des employeurs et des centres de formation, sans céder au catastrophisme.",
            ],
            body: &[
                &["{atout}"],
                &["Les offres correspondantes sont affichées à l'accueil et mises à jour chaque semaine."],
            ],
            themes: &["marche-du-travail", "recrutement"],
            scope: Scope::Town(1_500),
            sectors: Sectors::Any,
            uses: 3,
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Le collège {de commune} ouvre ses portes aux artisans",
                "{A commune}, des collégiens passent la journée à l'atelier",
            ],
            leads: &[
                "Une classe de quatrième a passé une journée avec {m1} artisans. Le journal a suivi les élèves.",
            ],
            body: &[&[
                "La démarche peut être reproduite : les enseignants intéressés trouveront notre contact sur la page de l'article.",
                "Les élèves ont surtout retenu que l'on pouvait se tromper, puis recommencer.",
            ]],
            themes: &["orientation", "jeunes"],
            scope: Scope::Town(2_000),
            numbers: &[(5, 9, 1)],
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Télétravail : l'espace partagé {de commune} affiche complet",
                "{A commune}, un ancien presbytère devient espace de travail partagé",
            ],
            leads: &[
                "Visite d'un lieu où se côtoient salariés à distance, créateurs d'activité et permanences de conseillers.",
            ],
            body: &[&[
                "Une permanence de la Maison de l'emploi s'y tient une fois par mois.",
                "Les tarifs et les conditions figurent dans l'article.",
            ]],
            themes: &["territoire", "numerique"],
            scope: Scope::Village(500, 6_000),
            ..PLAIN
        },
        ..ARTICLE
    },
];
