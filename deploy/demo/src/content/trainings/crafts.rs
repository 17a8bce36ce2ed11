//! Courses that lead to a trade of building, industry, land and food.

use super::{COURSE, Course};

const TRADE: &[&str] = &["se-former--trouver-sa-formation", "formation"];
const APPRENTICE: &[&str] = &["alternance", "se-former--trouver-sa-formation"];

/// The courses.
pub const COURSES: &[Course] = &[
    Course {
        title: "Titre professionnel Maçon",
        objective: "Construire en maçonnerie traditionnelle, du traçage à l'enduit, en sécurité et en équipe.",
        points: &[
            "implanter un ouvrage et lire un plan",
            "monter des murs en blocs et en pierre",
            "coffrer et couler de petits ouvrages en béton",
            "réaliser les enduits",
        ],
        level: "aucun",
        certifying: true,
        hours: (560, 700),
        themes: TRADE,
        funders: &["region", "france_travail", "cpf"],
        ..COURSE
    },
    Course {
        title: "Titre professionnel Couvreur-zingueur",
        objective: "Poser et réparer des couvertures en ardoise, en tuile et en zinc, en travaillant en hauteur en sécurité.",
        points: &[
            "préparer un échafaudage",
            "poser ardoises et tuiles",
            "façonner les évacuations d'eaux pluviales",
            "isoler par l'extérieur",
        ],
        level: "aucun",
        certifying: true,
        hours: (630, 770),
        themes: TRADE,
        funders: &["region", "cpf"],
        ..COURSE
    },
    Course {
        title: "Plaquiste et plâtrier : initiation et perfectionnement",
        objective: "Monter des cloisons et des plafonds en plaques de plâtre et réaliser les finitions.",
        points: &[
            "tracer et poser une ossature",
            "isoler phoniquement",
            "traiter les joints",
            "reprendre un plafond ancien",
        ],
        level: "aucun",
        certifying: false,
        hours: (210, 280),
        themes: TRADE,
        funders: &["region", "opco"],
        ..COURSE
    },
    Course {
        title: "Titre professionnel Électricien d'équipement du bâtiment",
        objective: "Installer, mettre en service et dépanner les équipements électriques d'un logement ou d'un local professionnel.",
        points: &[
            "câbler un tableau",
            "poser une borne de recharge",
            "mettre en service une installation",
            "préparer l'habilitation électrique",
        ],
        level: "3",
        certifying: true,
        hours: (630, 735),
        themes: TRADE,
        funders: &["region", "france_travail", "cpf"],
        ..COURSE
    },
    Course {
        title: "Conduite d'engins de chantier : préparation aux CACES R482",
        objective: "Conduire pelles, chargeuses et compacteurs, et passer les certificats de conduite correspondants.",
        points: &[
            "contrôler l'engin avant le départ",
            "terrasser, charger, niveler",
            "circuler en présence de piétons",
            "passer les tests",
        ],
        level: "aucun",
        certifying: true,
        hours: (70, 140),
        themes: TRADE,
        funders: &["france_travail", "opco", "cpf"],
        ..COURSE
    },
    Course {
        title: "Titre professionnel Soudeur assembleur industriel",
        objective: "Assembler des pièces métalliques par soudage à l'arc et contrôler la qualité de l'assemblage.",
        points: &[
            "lire un plan d'ensemble",
            "souder à l'électrode et au fil",
            "redresser et meuler",
            "contrôler un cordon",
        ],
        level: "aucun",
        certifying: true,
        hours: (490, 600),
        themes: TRADE,
        funders: &["region", "france_travail"],
        least: 4_000,
        ..COURSE
    },
    Course {
        title: "Titre professionnel Technicien de maintenance industrielle",
        objective: "Dépanner, régler et améliorer des équipements de production mécaniques, électriques et pneumatiques.",
        points: &[
            "poser un diagnostic",
            "remplacer un organe mécanique",
            "lire un programme d'automate",
            "rédiger un compte rendu d'intervention",
        ],
        level: "4",
        certifying: true,
        hours: (910, 1_050),
        themes: TRADE,
        funders: &["region", "opco", "cpf"],
        least: 6_000,
        ..COURSE
    },
    Course {
        title: "Opérateur sur machine à commande numérique",
        objective: "Régler une machine, lancer une série et contrôler les pièces produites.",
        points: &["lire une cotation", "monter les outils", "corriger une dérive", "mesurer et consigner"],
        level: "3",
        certifying: false,
        hours: (280, 420),
        themes: TRADE,
        funders: &["region", "opco"],
        least: 4_000,
        ..COURSE
    },
    Course {
        title: "Brevet professionnel Responsable d'entreprise agricole, en apprentissage",
        objective: "Préparer une installation en élevage ou en grandes cultures, avec un maître d'apprentissage du territoire.",
        points: &[
            "conduite d'un système de production",
            "gestion et fiscalité",
            "commercialisation locale",
            "projet d'installation",
        ],
        level: "3",
        certifying: true,
        hours: (800, 1_000),
        themes: APPRENTICE,
        funders: &["opco", "employeur"],
        ..COURSE
    },
    Course {
        title: "Salarié agricole polyvalent",
        objective: "Acquérir les bases de la conduite de tracteur, des soins aux animaux et de l'entretien du matériel.",
        points: &[
            "conduite d'un tracteur attelé",
            "soins courants aux bovins et aux ovins",
            "clôtures",
            "entretien de premier niveau",
        ],
        level: "aucun",
        certifying: false,
        hours: (280, 400),
        themes: TRADE,
        funders: &["region"],
        most: 8_000,
        ..COURSE
    },
    Course {
        title: "Taille de la vigne : de l'initiation à l'autonomie",
        objective: "Tailler selon les modes locaux, en respectant les flux de sève, et organiser son rang.",
        points: &[
            "morphologie de la vigne",
            "taille guyot et cordon",
            "entretien du sécateur",
            "prévention des troubles musculaires",
        ],
        level: "aucun",
        certifying: false,
        hours: (70, 105),
        themes: TRADE,
        funders: &["opco", "cpf"],
        vineyards: true,
        ..COURSE
    },
    Course {
        title: "Bûcheronnage et entretien des tronçonneuses",
        objective: "Abattre et façonner en sécurité, entretenir et affûter son matériel.",
        points: &["organisation du chantier", "abattage directionnel", "façonnage", "secours en forêt"],
        level: "aucun",
        certifying: false,
        hours: (105, 140),
        themes: TRADE,
        funders: &["region", "opco"],
        most: 6_000,
        ..COURSE
    },
    Course {
        title: "Ouvrier du paysage",
        objective: "Créer et entretenir des espaces verts, du semis à la taille.",
        points: &[
            "reconnaître cent végétaux",
            "poser une clôture et un dallage",
            "tailler selon la saison",
            "utiliser une débroussailleuse",
        ],
        level: "aucun",
        certifying: false,
        hours: (350, 490),
        themes: TRADE,
        funders: &["region", "france_travail"],
        ..COURSE
    },
    Course {
        title: "CAP Boulanger en un an, pour adultes",
        objective: "Préparer le diplôme en un an avec deux périodes longues chez un artisan.",
        points: &[
            "pétrissage et fermentation",
            "viennoiseries",
            "technologie et sciences appliquées",
            "gestion d'un fournil",
        ],
        level: "3",
        certifying: true,
        hours: (560, 665),
        themes: TRADE,
        funders: &["region", "cpf"],
        least: 4_000,
        ..COURSE
    },
    Course {
        title: "Raccordement de la fibre optique",
        objective: "Tirer, souder et mesurer la fibre, de la rue au logement.",
        points: &[
            "travail en hauteur",
            "soudure et mesure",
            "relation avec l'abonné",
            "habilitation électrique",
        ],
        level: "aucun",
        certifying: true,
        hours: (245, 315),
        themes: TRADE,
        funders: &["france_travail", "opco"],
        ..COURSE
    },
    Course {
        title: "Mécanicien automobile : entretien et diagnostic",
        objective: "Entretenir un véhicule, poser un diagnostic et assurer les réparations courantes.",
        points: &[
            "freinage et suspension",
            "distribution",
            "valise de diagnostic",
            "véhicules hybrides : consignation",
        ],
        level: "aucun",
        certifying: false,
        hours: (420, 560),
        themes: TRADE,
        funders: &["region", "opco"],
        least: 4_000,
        ..COURSE
    },
    Course {
        title: "Opérateur en scierie",
        objective: "Conduire une machine de première transformation et classer les sciages.",
        points: &["essences et défauts", "conduite de scie à ruban", "classement visuel", "sécurité"],
        level: "aucun",
        certifying: false,
        hours: (140, 210),
        themes: TRADE,
        funders: &["opco", "france_travail"],
        most: 9_000,
        ..COURSE
    },
];
