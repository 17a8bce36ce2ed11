//! Courses that lead back to learning: basics, language, projects, safety, and what is taught online.

use super::{COURSE, Course};

const BASICS: &[&str] = &["lecture-ecriture-calcul", "formation"];
const PROJECT: &[&str] = &["choisir-un-metier--confirmer-son-choix-de-metier", "se-former"];
const SAFETY: &[&str] = &["se-former", "formation"];

/// The courses.
pub const COURSES: &[Course] = &[
    Course {
        title: "Français langue étrangère : vivre et travailler",
        objective: "Progresser à l'oral et à l'écrit à partir de situations de la vie quotidienne et professionnelle.",
        points: &[
            "comprendre une consigne",
            "prendre un rendez-vous",
            "lire un planning",
            "écrire un message court",
        ],
        level: "aucun",
        certifying: false,
        hours: (200, 300),
        themes: &["lecture-ecriture-calcul--maitriser-le-francais"],
        funders: &["region", "france_travail"],
        ..COURSE
    },
    Course {
        title: "Remise à niveau : français, calcul, numérique",
        objective: "Retrouver les bases nécessaires pour entrer en formation ou passer un concours.",
        points: &[
            "lecture et expression écrite",
            "calcul et raisonnement",
            "bureautique",
            "apprendre à apprendre",
        ],
        level: "aucun",
        certifying: false,
        hours: (150, 250),
        themes: BASICS,
        funders: &["region"],
        ..COURSE
    },
    Course {
        title: "Certificat CléA : le socle de connaissances",
        objective: "Faire reconnaître ses compétences de base par un certificat valable dans tous les métiers.",
        points: &[
            "évaluation préalable",
            "parcours sur mesure",
            "évaluation finale",
            "accompagnement au projet",
        ],
        level: "aucun",
        certifying: true,
        hours: (80, 160),
        themes: BASICS,
        funders: &["region", "cpf", "opco"],
        ..COURSE
    },
    Course {
        title: "Construire son projet professionnel",
        objective: "Explorer plusieurs métiers, vérifier par l'immersion et choisir une suite réaliste.",
        points: &[
            "bilan de ses acquis",
            "enquêtes auprès de professionnels",
            "deux immersions",
            "plan d'action",
        ],
        level: "aucun",
        certifying: false,
        hours: (175, 245),
        themes: PROJECT,
        funders: &["region", "france_travail"],
        ..COURSE
    },
    Course {
        title: "Prépa apprentissage",
        objective: "Permettre à des jeunes de 16 à 29 ans de choisir un métier et de trouver leur maître d'apprentissage.",
        points: &[
            "découverte d'ateliers",
            "codes de l'entreprise",
            "recherche d'un contrat",
            "soutien scolaire",
        ],
        level: "aucun",
        certifying: false,
        hours: (140, 280),
        themes: &["alternance", "jeunes"],
        funders: &["region"],
        least: 4_000,
        ..COURSE
    },
    Course {
        title: "Sauveteur secouriste du travail",
        objective: "Intervenir face à un accident et contribuer à la prévention dans son entreprise.",
        points: &["protéger, examiner, alerter", "secourir", "repérer un danger", "évaluation certificative"],
        level: "aucun",
        certifying: true,
        hours: (14, 14),
        themes: SAFETY,
        funders: &["opco", "employeur", "cpf"],
        ..COURSE
    },
    Course {
        title: "Habilitation électrique pour non-électriciens",
        objective: "Effectuer en sécurité des opérations simples au voisinage d'installations électriques.",
        points: &["risque électrique", "consignation", "gestes interdits", "mises en situation"],
        level: "aucun",
        certifying: true,
        hours: (14, 21),
        themes: SAFETY,
        funders: &["opco", "employeur"],
        ..COURSE
    },
    Course {
        title: "Code de la route : cycle intensif accompagné",
        objective: "Préparer l'épreuve du code avec un appui en lecture, pour accéder à un emploi.",
        points: &[
            "vocabulaire de la route",
            "entraînement sur tablette",
            "soutien individuel",
            "passage de l'épreuve",
        ],
        level: "aucun",
        certifying: false,
        hours: (60, 90),
        themes: &["mobilite--preparer-un-permis"],
        funders: &["france_travail", "region"],
        ..COURSE
    },
    Course {
        title: "Créer et gérer sa petite entreprise",
        objective: "Étudier la faisabilité de son projet et maîtriser les bases de la gestion.",
        points: &[
            "étude de marché",
            "statuts et obligations",
            "prévisionnel",
            "trouver ses premiers clients",
        ],
        level: "aucun",
        certifying: false,
        hours: (35, 105),
        themes: &["creer-une-entreprise--structurer-son-projet-de-creation-dentreprise"],
        funders: &["region", "cpf"],
        ..COURSE
    },
    Course {
        title: "Bureautique à distance : texte, tableur, messagerie",
        objective: "Acquérir à son rythme les bases des outils de bureau, avec un tuteur joignable chaque semaine.",
        points: &["traitement de texte", "tableur", "messagerie et agenda", "classement des fichiers"],
        level: "aucun",
        certifying: false,
        hours: (40, 70),
        themes: &["numerique--maitriser-les-fondamentaux-du-numerique"],
        funders: &["cpf", "france_travail"],
        remote: true,
        ..COURSE
    },
    Course {
        title: "Anglais professionnel à distance",
        objective: "Reprendre l'anglais utile à l'accueil, au téléphone et dans les échanges écrits.",
        points: &[
            "tests et plan de travail",
            "classes virtuelles en petit groupe",
            "mises en situation",
            "certification au choix",
        ],
        level: "3",
        certifying: true,
        hours: (30, 60),
        themes: &["se-former", "formation"],
        funders: &["cpf", "opco"],
        remote: true,
        ..COURSE
    },
    Course {
        title: "Accompagnement à distance vers la validation des acquis",
        objective: "Écrire son dossier de validation étape par étape, avec un accompagnateur attitré.",
        points: &[
            "choisir la certification",
            "décrire ses activités",
            "relire et corriger",
            "préparer l'échange avec le jury",
        ],
        level: "aucun",
        certifying: false,
        hours: (24, 24),
        themes: &["se-former--monter-son-dossier-de-formation"],
        funders: &["cpf", "opco", "employeur"],
        remote: true,
        ..COURSE
    },
    Course {
        title: "Hygiène alimentaire en restauration, classe virtuelle",
        objective: "Appliquer les règles d'hygiène obligatoires dans un établissement de restauration.",
        points: &["dangers et bonnes pratiques", "plan de nettoyage", "traçabilité", "étude de cas"],
        level: "aucun",
        certifying: true,
        hours: (14, 14),
        themes: SAFETY,
        funders: &["cpf", "opco"],
        remote: true,
        ..COURSE
    },
    Course {
        title: "Développer un site web : initiation à distance",
        objective: "Vérifier son goût pour la programmation avant de s'engager dans une formation longue.",
        points: &[
            "structure d'une page",
            "mise en forme",
            "premiers programmes",
            "mettre en ligne un petit projet",
        ],
        level: "aucun",
        certifying: false,
        hours: (40, 80),
        themes: &["numerique", "choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite"],
        funders: &["cpf", "region"],
        remote: true,
        ..COURSE
    },
    Course {
        title: "Gestion de paie, formation longue à distance",
        objective: "Établir des bulletins, suivre les absences et préparer les déclarations sociales.",
        points: &[
            "contrat et temps de travail",
            "cotisations",
            "absences et maladie",
            "cas pratiques sur logiciel",
        ],
        level: "4",
        certifying: true,
        hours: (240, 320),
        themes: &["se-former--trouver-sa-formation"],
        funders: &["cpf", "region"],
        remote: true,
        ..COURSE
    },
    Course {
        title: "Tuteur en entreprise : deux demi-journées en ligne",
        objective: "Accueillir, former et évaluer un apprenti ou un stagiaire.",
        points: &["préparer l'arrivée", "transmettre un geste", "faire un retour", "remplir le livret"],
        level: "aucun",
        certifying: false,
        hours: (7, 7),
        themes: &["alternance"],
        funders: &["opco", "employeur"],
        remote: true,
        ..COURSE
    },
    Course {
        title: "Conseiller en insertion professionnelle, parcours à distance",
        objective: "Préparer le titre professionnel en combinant cours à distance et périodes en structure.",
        points: &[
            "accueil et diagnostic",
            "accompagnement individuel",
            "animation d'ateliers",
            "relation avec les employeurs",
        ],
        level: "5",
        certifying: true,
        hours: (700, 910),
        themes: &["se-former--trouver-sa-formation", "insertion"],
        funders: &["region", "cpf"],
        remote: true,
        ..COURSE
    },
];
