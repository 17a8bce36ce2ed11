//! Courses that lead to a trade of care, service, transport and office.

use super::{COURSE, Course};

const TRADE: &[&str] = &["se-former--trouver-sa-formation", "formation"];
const APPRENTICE: &[&str] = &["alternance", "se-former--trouver-sa-formation"];

/// The courses.
pub const COURSES: &[Course] = &[
    Course {
        title: "Titre professionnel Assistant de vie aux familles",
        objective: "Aider une personne dans les gestes de sa vie quotidienne et entretenir son cadre de vie.",
        points: &[
            "entretenir le logement et le linge",
            "accompagner la toilette et les repas",
            "relayer les parents auprès des enfants",
            "se situer dans une équipe",
        ],
        level: "aucun",
        certifying: true,
        hours: (420, 560),
        themes: TRADE,
        funders: &["region", "france_travail", "cpf"],
        ..COURSE
    },
    Course {
        title: "Diplôme d'État d'aide-soignant, en apprentissage",
        objective: "Apprendre le métier d'aide-soignant en alternance à l'hôpital et en maison de retraite.",
        points: &[
            "soins d'hygiène et de confort",
            "observation et transmissions",
            "relation avec les familles",
            "prévention de la dépendance",
        ],
        level: "aucun",
        certifying: true,
        hours: (770, 770),
        themes: APPRENTICE,
        funders: &["opco", "employeur"],
        least: 5_000,
        ..COURSE
    },
    Course {
        title: "Agent de service en établissement de santé",
        objective: "Entretenir les locaux, servir les repas et participer à la vie d'un établissement d'accueil de personnes âgées.",
        points: &[
            "bionettoyage",
            "service hôtelier",
            "posture auprès de personnes désorientées",
            "gestes et postures",
        ],
        level: "aucun",
        certifying: false,
        hours: (175, 245),
        themes: TRADE,
        funders: &["region", "france_travail"],
        ..COURSE
    },
    Course {
        title: "CAP Accompagnant éducatif petite enfance",
        objective: "Préparer le diplôme et les stages pour travailler en crèche, à l'école maternelle ou à domicile.",
        points: &[
            "accompagner le développement du jeune enfant",
            "exercer en accueil collectif",
            "exercer en accueil individuel",
            "préparer les épreuves",
        ],
        level: "aucun",
        certifying: true,
        hours: (400, 450),
        themes: TRADE,
        funders: &["region", "cpf"],
        ..COURSE
    },
    Course {
        title: "Titre professionnel Cuisinier",
        objective: "Préparer et dresser des plats en restauration traditionnelle ou collective.",
        points: &["préparations froides", "cuissons et sauces", "desserts de restaurant", "hygiène et coûts"],
        level: "aucun",
        certifying: true,
        hours: (630, 735),
        themes: TRADE,
        funders: &["region", "france_travail", "opco"],
        ..COURSE
    },
    Course {
        title: "Commis de cuisine en restauration collective",
        objective: "Seconder un cuisinier dans une cantine scolaire, un hôpital ou une maison de retraite.",
        points: &[
            "éplucher, tailler, mettre en place",
            "assembler des entrées",
            "assurer le service",
            "nettoyer selon le plan d'hygiène",
        ],
        level: "aucun",
        certifying: false,
        hours: (140, 280),
        themes: TRADE,
        funders: &["region", "france_travail"],
        ..COURSE
    },
    Course {
        title: "Titre professionnel Serveur en restauration",
        objective: "Accueillir la clientèle, conseiller, servir et encaisser.",
        points: &[
            "dresser une salle",
            "prendre une commande",
            "servir boissons et plats",
            "accueillir en anglais",
        ],
        level: "aucun",
        certifying: true,
        hours: (420, 525),
        themes: TRADE,
        funders: &["region", "opco"],
        ..COURSE
    },
    Course {
        title: "Titre professionnel Conducteur du transport routier de marchandises sur porteur",
        objective: "Obtenir le permis C et la qualification pour conduire un porteur en régional.",
        points: &[
            "permis C",
            "réglementation et temps de conduite",
            "arrimage et livraison",
            "conduite économique",
        ],
        level: "aucun",
        certifying: true,
        hours: (350, 420),
        themes: TRADE,
        funders: &["region", "france_travail", "opco"],
        least: 4_000,
        ..COURSE
    },
    Course {
        title: "Conducteur de car : permis D et qualification initiale",
        objective: "Conduire un car scolaire ou de ligne et accueillir des voyageurs.",
        points: &[
            "permis D",
            "accueil et sécurité des enfants",
            "prévention des conflits",
            "entretien courant du véhicule",
        ],
        level: "aucun",
        certifying: true,
        hours: (280, 350),
        themes: TRADE,
        funders: &["region", "france_travail", "employeur"],
        least: 4_000,
        ..COURSE
    },
    Course {
        title: "Conduite de chariots élévateurs : CACES R489",
        objective: "Conduire en sécurité les chariots des catégories 1A, 3 et 5 et passer les tests.",
        points: &["prise de poste", "gerbage en hauteur", "chargement d'un camion", "évaluation finale"],
        level: "aucun",
        certifying: true,
        hours: (21, 35),
        themes: TRADE,
        funders: &["cpf", "opco", "france_travail"],
        ..COURSE
    },
    Course {
        title: "Préparateur de commandes en entrepôt",
        objective: "Préparer, contrôler et expédier des commandes avec un terminal embarqué.",
        points: &["lire un bon", "optimiser un parcours", "filmer et étiqueter", "gestes et postures"],
        level: "aucun",
        certifying: false,
        hours: (140, 210),
        themes: TRADE,
        funders: &["region", "france_travail"],
        ..COURSE
    },
    Course {
        title: "Agent d'entretien des bâtiments et des locaux",
        objective: "Nettoyer, remettre en état et assurer la petite maintenance d'un bâtiment.",
        points: &[
            "techniques de nettoyage",
            "petite plomberie et serrurerie",
            "peinture de reprise",
            "sécurité des personnes",
        ],
        level: "aucun",
        certifying: false,
        hours: (245, 350),
        themes: TRADE,
        funders: &["region", "france_travail"],
        ..COURSE
    },
    Course {
        title: "Titre professionnel Employé commercial",
        objective: "Approvisionner un rayon, conseiller la clientèle et tenir une caisse.",
        points: &["réception et mise en rayon", "inventaire", "accueil et conseil", "encaissement"],
        level: "aucun",
        certifying: true,
        hours: (420, 490),
        themes: TRADE,
        funders: &["region", "cpf", "opco"],
        ..COURSE
    },
    Course {
        title: "Titre professionnel Secrétaire assistant",
        objective: "Assurer le secrétariat d'une petite structure, de l'accueil au suivi des dossiers.",
        points: &[
            "courriers et comptes rendus",
            "tableaux de suivi",
            "accueil téléphonique",
            "classement électronique",
        ],
        level: "4",
        certifying: true,
        hours: (490, 595),
        themes: TRADE,
        funders: &["region", "cpf"],
        ..COURSE
    },
    Course {
        title: "Secrétaire de mairie : cycle préparatoire",
        objective: "Découvrir les missions d'un secrétariat de mairie et s'y préparer par l'immersion.",
        points: &[
            "état civil",
            "budget d'une petite commune",
            "urbanisme",
            "conseil municipal et délibérations",
        ],
        level: "4",
        certifying: false,
        hours: (210, 280),
        themes: TRADE,
        funders: &["france_travail", "employeur"],
        ..COURSE
    },
    Course {
        title: "Assistant comptable et paie",
        objective: "Tenir une comptabilité courante et préparer des bulletins de paie simples.",
        points: &["saisie et lettrage", "déclarations courantes", "bulletins de paie", "tableur"],
        level: "4",
        certifying: true,
        hours: (420, 560),
        themes: TRADE,
        funders: &["region", "cpf"],
        least: 4_000,
        ..COURSE
    },
    Course {
        title: "Technicien d'assistance en informatique",
        objective: "Installer, dépanner et sécuriser des postes de travail, sur place et à distance.",
        points: &[
            "matériel et systèmes",
            "réseau d'une petite entreprise",
            "ticket et relation d'aide",
            "sauvegarde",
        ],
        level: "4",
        certifying: true,
        hours: (600, 800),
        themes: TRADE,
        funders: &["region", "cpf"],
        least: 8_000,
        ..COURSE
    },
];
