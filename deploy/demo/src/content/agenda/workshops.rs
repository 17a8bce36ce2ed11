//! Workshops and drop-in hours for people who look for work.

use super::{Event, ONE_DAY};
use crate::prose::{PLAIN, Scope, Template};

/// The events.
pub const EVENTS: &[Event] = &[
    Event {
        told: Template {
            titles: &[
                "Atelier CV {a commune}",
                "Atelier « un CV clair sur une page » {a commune}",
                "{A commune}, atelier CV et lettre de motivation",
            ],
            leads: &[
                "Huit participants, huit ordinateurs, et un CV imprimé à la fin de la séance.",
                "Mettre à jour son CV, choisir ce que l'on garde, l'adapter à une offre précise.",
            ],
            body: &[
                &[
                    "Apporter si possible un ancien CV et une offre qui vous intéresse.",
                    "Aucune connaissance en informatique n'est nécessaire : un animateur aide à la saisie.",
                ],
                &["Atelier gratuit, sur inscription."],
            ],
            themes: &["preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation"],
            scope: Scope::Town(1_200),
            uses: 4,
            ..PLAIN
        },
        hours: &[(9, 0, 12, 0), (14, 0, 16, 30)],
        audience: "Demandeurs d'emploi",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "S'entraîner à l'entretien d'embauche {a commune}",
                "{A commune}, simulations d'entretien avec des recruteurs",
                "Atelier entretien {a commune} : se présenter en deux minutes",
            ],
            leads: &[
                "Des responsables d'entreprise bénévoles jouent le jeu : un vrai entretien de vingt minutes, puis un retour franc.",
            ],
            body: &[
                &[
                    "Chacun passe une fois et observe deux autres entretiens. On repart avec trois points forts et un point à travailler.",
                ],
                &["Venir avec une offre, même imaginaire.", ""],
            ],
            themes: &["trouver-un-emploi--convaincre-un-recruteur-en-entretien"],
            scope: Scope::Town(1_500),
            uses: 2,
            ..PLAIN
        },
        hours: &[(9, 0, 12, 0), (14, 0, 17, 0)],
        audience: "Demandeurs d'emploi",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Atelier numérique {a commune} : ma boîte aux lettres électronique",
                "Atelier numérique {a commune} : postuler en ligne",
                "Atelier numérique {a commune} : éviter les pièges",
            ],
            leads: &[
                "Un atelier de deux heures en petit groupe, sur tablette ou sur votre propre téléphone.",
            ],
            body: &[
                &["On avance pas à pas : chacun refait les gestes jusqu'à pouvoir les refaire seul."],
                &["Six places. Prévoir ses identifiants si l'on en a.", ""],
            ],
            themes: &["numerique--maitriser-les-fondamentaux-du-numerique"],
            scope: Scope::Village(500, 6_000),
            uses: 3,
            ..PLAIN
        },
        hours: &[(9, 30, 11, 30), (14, 0, 16, 0)],
        audience: "Débutants",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Permanence emploi {a commune}",
                "Permanence emploi et formation en mairie {de commune}",
                "{A commune}, un conseiller vous reçoit",
            ],
            leads: &[
                "Un conseiller vous reçoit sans rendez-vous pour toute question d'emploi ou de formation.",
                "Entretiens individuels de trente minutes, avec ou sans rendez-vous.",
            ],
            body: &[&[
                "Pensez à apporter vos documents : CV, dernier contrat, courrier en attente de réponse.",
                "",
            ]],
            themes: &["emploi", "se-former"],
            scope: Scope::Village(450, 2_500),
            uses: 4,
            ..PLAIN
        },
        hours: &[(9, 0, 12, 0), (13, 30, 16, 30)],
        audience: "Tout public",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &["Café de l'emploi {a commune}", "{A commune}, le café des chercheurs d'emploi"],
            leads: &[
                "On se retrouve autour d'un café pour échanger des adresses, des idées et du courage. Chacun vient comme il est.",
            ],
            body: &[&[
                "Thème du jour : comment parler d'une période sans emploi.",
                "Thème du jour : relancer un employeur sans le lasser.",
                "Thème du jour : tenir son réseau quand on n'en a pas.",
            ]],
            themes: &["preparer-sa-candidature--developper-son-reseau", "remobilisation--lien-social"],
            scope: Scope::Town(1_500),
            uses: 2,
            ..PLAIN
        },
        hours: &[(9, 30, 11, 30), (10, 0, 12, 0)],
        audience: "Personnes en recherche d'emploi",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Reprendre confiance : un cycle de quatre séances {a commune}",
                "{A commune}, atelier « voix, posture, confiance »",
            ],
            leads: &[
                "Avec une comédienne intervenante, on travaille la voix, le regard et la façon d'entrer dans une pièce. Première séance d'un cycle de quatre.",
            ],
            body: &[&[
                "Aucune expérience du théâtre n'est attendue. L'important est de venir aux quatre séances, qui se suivent.",
            ]],
            themes: &["remobilisation--bien-etre-confiance-en-soi"],
            scope: Scope::Town(2_000),
            ..PLAIN
        },
        hours: &[(14, 0, 16, 30)],
        audience: "Demandeurs d'emploi de longue durée",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Permanence mobilité {a commune} : permis, véhicule, covoiturage",
                "{A commune}, faire le point sur ses déplacements",
            ],
            leads: &[
                "Location de scooters et de vélos électriques, aide au permis, recherche de covoiturage : une conseillère étudie votre situation.",
            ],
            body: &[&[
                "Venir avec une promesse d'embauche ou une convocation en formation, et un justificatif de domicile.",
            ]],
            themes: &["mobilite--etre-accompagne-dans-son-parcours-mobilite"],
            scope: Scope::Town(1_500),
            uses: 2,
            ..PLAIN
        },
        hours: &[(9, 0, 12, 0)],
        audience: "Personnes en emploi, en formation ou en recherche",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Créer son activité : réunion d'information {a commune}",
                "{A commune}, créer ou reprendre une entreprise : premiers pas",
            ],
            leads: &[
                "Statuts, aides, étapes : deux heures pour savoir si votre idée peut devenir une activité, et qui peut vous aider.",
            ],
            body: &[&[
                "Un créateur installé depuis trois ans raconte son parcours, chiffres à l'appui.",
                "Une conseillère répond aux questions, y compris sur le maintien des allocations.",
            ]],
            themes: &["creer-une-entreprise--definir-son-projet-de-creation-dentreprise"],
            scope: Scope::Town(2_000),
            uses: 2,
            ..PLAIN
        },
        hours: &[(9, 30, 11, 30), (18, 0, 20, 0)],
        audience: "Porteurs de projet",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Parler de sa santé au travail : permanence {a commune}",
                "{A commune}, emploi et handicap : rendez-vous avec un référent",
            ],
            leads: &[
                "Reconnaissance du handicap, aménagement de poste, réorientation : rendez-vous individuels de quarante-cinq minutes.",
            ],
            body: &[&[
                "Les échanges sont confidentiels. Un interprète en langue des signes peut être présent sur demande, une semaine avant.",
            ]],
            themes: &["handicap", "trouver-un-emploi--maintien-dans-lemploi"],
            scope: Scope::Town(2_000),
            ..PLAIN
        },
        hours: &[(9, 0, 12, 0), (14, 0, 17, 0)],
        audience: "Salariés et demandeurs d'emploi en situation de handicap",
        ..ONE_DAY
    },
];
