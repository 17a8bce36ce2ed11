//! Articles about a whole territory, and those that are about no place.

use super::{ARTICLE, Article};
use crate::prose::{PLAIN, Scope, Template};
use crate::sector::Sectors;

/// The articles.
pub const ARTICLES: &[Article] = &[
    Article {
        told: Template {
            titles: &[
                "{En_dep}, le chômage recule mais les départs à la retraite s'accélèrent",
                "Emploi {en_dep} : une carte pour comprendre",
                "Marché du travail {de dep} : les employeurs face au renouvellement",
            ],
            leads: &[
                "Le journal met en regard les chiffres de l'emploi et la pyramide des âges des salariés, bassin par bassin.",
            ],
            body: &[&[
                "Les sources sont indiquées et la méthode expliquée, ce qui mérite d'être signalé.",
                "Notre tableau de bord donne le détail par commune.",
            ]],
            themes: &["marche-du-travail"],
            scope: Scope::Department,
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Apprentissage : {n1} places encore libres {en_dep}",
                "{En_dep}, {n1} contrats d'apprentissage n'ont pas trouvé preneur",
            ],
            leads: &[
                "Le journal recense, centre par centre, les places qui restent et les métiers concernés.",
            ],
            body: &[&[
                "La liste change chaque semaine : mieux vaut vérifier auprès du centre avant de se déplacer.",
            ]],
            themes: &["alternance"],
            scope: Scope::Department,
            numbers: &[(45, 190, 5)],
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Clauses sociales : ce que les marchés publics ont changé {en_dep}",
                "{En_dep}, {n1} heures d'insertion dans les marchés publics",
            ],
            leads: &[
                "Bilan d'une année de clauses sociales, du point de vue des entreprises, des communes et des salariés.",
            ],
            body: &[&[
                "L'article cite notre équipe, qui accompagne acheteurs et entreprises.",
                "Un encadré explique le vocabulaire, ce qui est précieux.",
            ]],
            themes: &["clauses-sociales"],
            scope: Scope::Department,
            numbers: &[(48_000, 160_000, 1_000)],
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Le logement des saisonniers, casse-tête {de epci}",
                "Loger ceux qui travaillent : {epci} cherche la parade",
            ],
            leads: &[
                "Élus, employeurs et bailleurs cherchent des chambres pour les salariés de passage. Le journal compare trois solutions déjà essayées ailleurs.",
            ],
            body: &[&[
                "Le sujet est suivi par un groupe de travail auquel participe la Maison de l'emploi.",
                "",
            ]],
            themes: &["logement", "territoire"],
            scope: Scope::Epci,
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Trois industriels {de epci} partagent leurs apprentis",
                "Au sein {de epci}, des entreprises se prêtent leurs salariés",
            ],
            leads: &[
                "Quand une entreprise manque de travail, sa voisine prend le relais. L'article explique le cadre légal et les limites.",
            ],
            body: &[&["À lire par les employeurs qui hésitent à embaucher à temps plein."]],
            themes: &["territoire", "alternance"],
            scope: Scope::Epci,
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Changer de métier à quarante ans : ils racontent",
                "Reconversions : ce qui marche, ce qui coince",
                "« J'ai tout repris à zéro » : récits de reconversion",
            ],
            leads: &[
                "Six témoignages sans fard sur la durée, l'argent et la fatigue d'une reconversion, mais aussi sur ce qu'elle apporte.",
            ],
            body: &[&[
                "Un bon point de départ pour un atelier collectif sur le projet professionnel.",
                "Les durées annoncées correspondent à ce que nous observons.",
            ]],
            themes: &["choisir-un-metier", "se-former"],
            uses: 2,
            ..PLAIN
        },
        quotes: &["Le plus dur a été d'annoncer la nouvelle à mes parents."],
    },
    Article {
        told: Template {
            titles: &[
                "Recruteurs et intelligence artificielle : faut-il soigner son CV autrement ?",
                "CV triés par des logiciels : mode d'emploi",
                "Candidatures : ce que lisent vraiment les logiciels de tri",
            ],
            leads: &[
                "Le dossier décrit le fonctionnement des logiciels de tri et donne des conseils de présentation, exemples à l'appui.",
            ],
            body: &[&[
                "À nuancer : les petites entreprises, majoritaires chez nous, lisent toujours les CV elles-mêmes.",
            ]],
            themes: &["preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation", "numerique"],
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Aides à la formation : le guide pour s'y retrouver",
                "Formation : qui paie quoi ?",
                "Formation continue : les règles changent au 1er janvier",
            ],
            leads: &[
                "Un guide clair des financements possibles selon que l'on est salarié, indépendant ou demandeur d'emploi.",
            ],
            body: &[&["Quelques règles régionales manquent ; nos conseillers les complètent en entretien."]],
            themes: &["se-former--monter-son-dossier-de-formation"],
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Métiers du soin : pourquoi ils restent",
                "Aides à domicile : la semaine de quatre jours à l'essai",
                "Métiers du lien : la parole à celles qui les font",
            ],
            leads: &[
                "Plutôt que de compter les départs, le journal a demandé à des professionnelles pourquoi elles restent.",
            ],
            body: &[&["Ces réponses peuvent nourrir les échanges avec les candidats qui hésitent."]],
            themes: &["recrutement", "sante"],
            ..PLAIN
        },
        quotes: &["On me sourit dix fois par jour, ce n'est pas rien."],
    },
    Article {
        told: Template {
            titles: &[
                "Micro-entreprise : les pièges des premières années",
                "Indépendants : comment fixer son prix ?",
                "Créer seul ou à plusieurs : le match des statuts",
            ],
            leads: &["Des cas chiffrés et des conseils de comptables, dans un langage accessible."],
            body: &[&["À compléter par un entretien avant toute immatriculation."]],
            themes: &["creer-une-entreprise--structurer-son-projet-de-creation-dentreprise"],
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Ces jeunes qui choisissent {les_metiers}",
                "{Les_metiers} séduisent de nouveaux profils",
                "Reportage : une journée dans {les_metiers}",
            ],
            leads: &[
                "Le journal a suivi plusieurs débutants et leurs collègues, du premier jour au premier contrat.",
            ],
            body: &[&["{atout}"], &["L'article peut être montré en atelier d'orientation."]],
            themes: &["choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite"],
            sectors: Sectors::Any,
            uses: 3,
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Handicap invisible : en parler au travail, ou pas ?",
                "Emploi et handicap : des aménagements souvent très simples",
                "Handicap : ces entreprises qui ont changé leurs habitudes",
            ],
            leads: &[
                "Des salariés et des employeurs racontent ce qui a été décidé, ce qui a coûté et ce qui n'a rien coûté.",
            ],
            body: &[&[
                "L'article donne les coordonnées des services compétents, que nous pouvons aussi indiquer.",
            ]],
            themes: &["handicap"],
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Bénévolat : comment le dire dans un CV",
                "Ce que le bénévolat apprend, et que les employeurs regardent",
                "Du bénévolat à l'emploi : trois parcours",
            ],
            leads: &[
                "Tenir une buvette, organiser une collecte, encadrer des enfants : l'article traduit ces expériences en compétences.",
            ],
            body: &[&["Un tableau pratique, à imprimer pour les ateliers CV.", ""]],
            themes: &[
                "remobilisation--benevolat-action-citoyenne",
                "preparer-sa-candidature--valoriser-ses-competences",
            ],
            ..PLAIN
        },
        ..ARTICLE
    },
    Article {
        told: Template {
            titles: &[
                "Petites entreprises : la semaine de quatre jours est-elle possible ?",
                "Horaires : ces artisans qui ont changé d'organisation",
                "Fidéliser ses salariés quand on est une petite entreprise",
            ],
            leads: &[
                "Cinq employeurs de moins de vingt salariés racontent ce qu'ils ont essayé, gardé ou abandonné.",
            ],
            body: &[&[
                "Le débat aura une suite lors de nos petits-déjeuners des employeurs.",
                "Les chiffres cités viennent des entreprises elles-mêmes.",
            ]],
            themes: &["territoire", "recrutement"],
            ..PLAIN
        },
        quotes: &["On a commencé par demander leur avis aux salariés, et c'est bien tout."],
    },
    Article {
        told: Template {
            titles: &[
                "Permis de conduire : combien coûte-t-il vraiment ?",
                "Passer le permis quand on cherche un emploi",
                "Sans permis, moins d'emplois : l'enquête",
            ],
            leads: &[
                "Le journal compare les prix, les délais et les aides, et rappelle les solutions pour se déplacer en attendant.",
            ],
            body: &[&[
                "Nos conseillers mobilité peuvent étudier une aide avant l'inscription, jamais après.",
            ]],
            themes: &["mobilite--preparer-un-permis"],
            ..PLAIN
        },
        ..ARTICLE
    },
];
