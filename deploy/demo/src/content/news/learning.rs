//! News about training, apprenticeship and guidance.

use crate::prose::{PLAIN, Scope, Template};
use crate::sector::Sectors;

/// The templates.
pub const TEMPLATES: &[Template] = &[
    Template {
        titles: &[
            "Se former {a les_metiers} : {n1} places {a commune}",
            "Devenir {metier} : une formation démarre en {mois2} {a commune}",
            "{A commune}, {n1} places pour se former {a les_metiers}",
        ],
        leads: &[
            "Une formation rémunérée de {m2} mois prépare {a les_metiers}. Elle réunit {n1} stagiaires et commence en {mois2}.",
            "Financée pour les demandeurs d'emploi, cette formation de {m2} mois alterne centre et entreprise. Il reste des places.",
        ],
        body: &[
            &[
                "Au programme : {gestes}. Un tiers du temps se passe en entreprise, dans deux établissements différents.",
                "Les stagiaires apprennent notamment à {gestes}. Deux périodes en entreprise sont prévues.",
            ],
            &["{atout}", ""],
            &["{attendu}"],
            &[
                "Une réunion d'information aura lieu le {date}. Elle est suivie, pour ceux qui le souhaitent, d'un entretien et d'un court test de positionnement.",
            ],
        ],
        themes: &["se-former--trouver-sa-formation"],
        scope: Scope::Town(4_000),
        sectors: Sectors::Only(&[
            "batiment",
            "travaux-publics",
            "metallurgie",
            "bois",
            "agriculture",
            "viticulture",
            "agroalimentaire",
            "espaces-verts",
            "aide-a-domicile",
            "soin",
            "restauration",
            "transport",
            "logistique",
            "proprete",
            "numerique",
            "petite-enfance",
            "administratif",
        ]),
        numbers: &[(10, 16, 1), (3, 8, 1)],
        uses: 4,
        ..PLAIN
    },
    Template {
        titles: &[
            "Une remorque-école s'arrête {a commune} pour présenter {les_metiers}",
            "Des postes de travail grandeur nature {a commune} pour essayer {les_metiers}",
        ],
        leads: &[
            "Pendant deux jours, un plateau mobile équipé permet d'essayer de vrais gestes : {gestes}. C'est gratuit et sans inscription.",
        ],
        body: &[
            &[
                "Des formateurs et des professionnels accueillent le public de 9 h à 17 h. Les classes viennent le matin, les adultes plutôt l'après-midi.",
            ],
            &["{atout}", ""],
            &[
                "Ceux qui souhaitent aller plus loin peuvent rencontrer sur place un conseiller et repartir avec un rendez-vous.",
            ],
        ],
        themes: &["choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite", "orientation"],
        scope: Scope::Town(1_800),
        sectors: Sectors::Only(&[
            "batiment",
            "metallurgie",
            "bois",
            "travaux-publics",
            "espaces-verts",
            "reparation-automobile",
            "metiers-de-bouche",
        ]),
        uses: 2,
        ..PLAIN
    },
    Template {
        titles: &[
            "Apprentissage : {n1} entreprises {de epci} prêtes à signer",
            "{n1} contrats d'apprentissage encore à pourvoir au sein {de epci}",
        ],
        leads: &[
            "Les entreprises se sont fait connaître, les centres de formation ont des places : il manque encore les candidats. Un rendez-vous suffit pour étudier une situation.",
        ],
        body: &[
            &[
                "Les offres concernent surtout la cuisine, la vente, la mécanique et le bâtiment. Plusieurs artisans acceptent des apprentis de plus de vingt-cinq ans.",
            ],
            &[
                "Un contrat peut être signé jusqu'à trois mois après la rentrée. Le jeune peut aussi commencer au centre de formation en attendant de trouver son entreprise.",
            ],
        ],
        themes: &["alternance", "jeunes"],
        scope: Scope::Epci,
        numbers: &[(12, 48, 1)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Le centre de formation d'apprentis {de commune} agrandit ses ateliers",
            "{A commune}, de nouveaux ateliers pour les apprentis",
        ],
        leads: &[
            "{n1} mètres carrés de plus, un plateau de soudage rénové et une cuisine d'application : les apprentis ont pris possession des locaux le {passe}.",
        ],
        body: &[
            &[
                "Les travaux ont duré quatorze mois. Ils permettent d'accueillir une soixantaine d'apprentis supplémentaires, et d'ouvrir le soir les ateliers à des adultes en reconversion.",
            ],
            &[
                "Une journée portes ouvertes est prévue le {date2}. Les apprentis eux-mêmes assureront les visites.",
                "",
            ],
        ],
        themes: &["alternance"],
        scope: Scope::Town(4_500),
        numbers: &[(600, 1_800, 100)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Un nouveau groupe de français {a commune}",
            "Cours de français pour adultes {a commune} : inscriptions ouvertes",
            "{A commune}, apprendre le français pour travailler",
        ],
        leads: &[
            "Deux séances par semaine, un groupe de {m1} personnes au plus, et des situations tirées du travail : le nouvel atelier de français commence le {date2}.",
        ],
        body: &[
            &[
                "On y apprend à comprendre une consigne, à remplir un formulaire, à téléphoner pour prévenir d'une absence. Un premier entretien permet de situer le niveau de chacun.",
            ],
            &[
                "L'atelier est gratuit. La halte-garderie voisine garde quelques places pour les enfants des participants.",
                "L'atelier est gratuit et accessible à pied depuis la gare.",
            ],
        ],
        themes: &["lecture-ecriture-calcul--maitriser-le-francais", "insertion"],
        scope: Scope::Town(2_000),
        numbers: &[(8, 14, 1)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Compte personnel de formation : vérifier ses droits en dix minutes",
            "Compte formation : ce qu'il paie, ce qu'il ne paie pas",
            "Compte personnel de formation : gare aux démarchages",
        ],
        leads: &[
            "Le compte personnel de formation appartient à son titulaire, et à lui seul. Aucun organisme sérieux ne demande son mot de passe au téléphone.",
        ],
        body: &[
            &[
                "Avant de s'engager, il est utile de comparer au moins deux formations, de vérifier que le diplôme est reconnu et de demander qui paie le reste à charge.",
            ],
            &[
                "Un conseiller peut aider à ouvrir le compte, à lire le solde et à monter une demande de financement complémentaire. Prévoir son numéro de sécurité sociale et une adresse électronique.",
            ],
        ],
        themes: &["se-former--monter-son-dossier-de-formation"],
        ..PLAIN
    },
    Template {
        titles: &[
            "Validation des acquis : faire reconnaître ce que l'on sait faire",
            "Un diplôme sans retourner à l'école : la validation des acquis expliquée",
            "VAE : un accompagnement de bout en bout",
        ],
        leads: &[
            "La validation des acquis de l'expérience permet d'obtenir un diplôme à partir de son travail, salarié ou bénévole. Le chemin est long, mais on n'y est pas seul.",
        ],
        body: &[
            &[
                "Il faut d'abord choisir le bon diplôme, ce qui demande souvent deux entretiens. Vient ensuite le dossier, que l'on écrit par petites étapes, puis l'échange avec le jury.",
            ],
            &[
                "Les métiers de l'aide à domicile, de la petite enfance et du secrétariat sont ceux pour lesquels la démarche est la plus fréquente.",
                "",
            ],
        ],
        themes: &[
            "se-former--monter-son-dossier-de-formation",
            "preparer-sa-candidature--valoriser-ses-competences",
        ],
        ..PLAIN
    },
    Template {
        titles: &[
            "Changer de métier : par où commencer ?",
            "Reconversion : prendre le temps de trois bonnes questions",
            "Changer de voie sans se tromper d'étape",
        ],
        leads: &[
            "Envie de changer, mais pas d'idée précise ? C'est la situation la plus courante, et ce n'est pas un obstacle.",
        ],
        body: &[
            &[
                "Nos conseillers posent toujours trois questions : que voulez-vous garder de votre métier actuel ? que ne voulez-vous plus ? de combien avez-vous besoin pour vivre pendant la transition ?",
            ],
            &[
                "À partir de là, on rencontre des professionnels, on essaie en immersion, puis seulement on cherche une formation. Dans cet ordre, les abandons sont rares.",
            ],
        ],
        themes: &["choisir-un-metier--identifier-ses-points-forts-et-ses-competences", "se-former"],
        ..PLAIN
    },
    Template {
        titles: &[
            "Lire, écrire, compter : des ateliers discrets {a commune}",
            "Savoirs de base : {a commune}, un accueil sans jugement",
        ],
        leads: &[
            "Un adulte sur quinze est en difficulté avec l'écrit dans sa vie quotidienne. Des ateliers en petit groupe permettent de reprendre, à son rythme.",
        ],
        body: &[
            &[
                "Les séances partent de besoins réels : passer le code de la route, aider un enfant à faire ses devoirs, remplir un bon d'intervention.",
            ],
            &[
                "Les employeurs peuvent orienter leurs salariés : les heures sont prises sur le temps de travail et financées.",
                "",
            ],
        ],
        themes: &["lecture-ecriture-calcul"],
        scope: Scope::Town(2_000),
        ..PLAIN
    },
    Template {
        titles: &[
            "{n1} collégiens découvrent les métiers {de dep}",
            "Stages de troisième : {n1} places proposées par les entreprises {de dep}",
        ],
        leads: &[
            "Les élèves qui n'ont pas de réseau peinent à trouver leur stage. Les entreprises {de dep} ont proposé {n1} places, réparties entre les collèges qui en ont le plus besoin.",
        ],
        body: &[
            &[
                "Chaque élève choisit trois vœux parmi des fiches courtes, écrites avec les professionnels. Un adulte référent l'accueille le premier matin et fait le point le dernier jour.",
            ],
            &[
                "Les entreprises qui souhaitent accueillir un élève peuvent encore se signaler jusqu'au {date2}.",
            ],
        ],
        themes: &["orientation", "jeunes"],
        scope: Scope::Department,
        numbers: &[(60, 220, 10)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Un bus de l'orientation fait halte {a commune}",
            "{A commune}, des conseils sur les métiers au pied du marché",
        ],
        leads: &[
            "Jours de marché, foires, sorties de collège : le bus de l'orientation va là où se trouvent les gens. Il s'arrête {a commune} le {date}.",
        ],
        body: &[
            &[
                "À bord, on peut visionner des métiers avec un casque, passer un test d'intérêts ou simplement poser une question. L'entretien dure vingt minutes, personne n'est obligé de donner son nom.",
            ],
            &["Le bus revient tous les deux mois. Entre-temps, le suivi se fait par téléphone.", ""],
        ],
        themes: &["orientation", "choisir-un-metier"],
        scope: Scope::Village(900, 5_000),
        uses: 2,
        ..PLAIN
    },
];
