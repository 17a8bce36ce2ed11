//! Meetings where people and employers meet.

use super::{Event, ONE_DAY};
use crate::prose::{PLAIN, Scope, Template};
use crate::sector::Sectors;

/// The events.
pub const EVENTS: &[Event] = &[
    Event {
        told: Template {
            titles: &[
                "Job dating {de secteur} {a commune}",
                "Job dating : {metiers_ou}",
                "{A commune}, rencontrez les employeurs {de secteur}",
            ],
            leads: &[
                "Entretiens de dix minutes avec {employeurs}. Venez avec plusieurs CV, les débutants sont acceptés.",
                "{m1} employeurs vous reçoivent en tête-à-tête pour des postes {de_metiers}.",
            ],
            body: &[
                &["{atout}", ""],
                &["{attendu}"],
                &[
                    "Un conseiller est présent à l'entrée pour relire votre CV et vous aider à vous présenter.",
                    "Un atelier de préparation est proposé la veille, de 14 h à 16 h.",
                ],
            ],
            themes: &["recrutement", "trouver-un-emploi"],
            scope: Scope::Town(1_500),
            sectors: Sectors::Any,
            numbers: &[(4, 12, 1)],
            uses: 5,
            ..PLAIN
        },
        hours: &[(9, 0, 12, 0), (9, 30, 12, 30), (14, 0, 17, 0)],
        audience: "Demandeurs d'emploi et salariés en recherche",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Forum de l'emploi {de commune}",
                "{A commune}, forum de l'emploi et de la formation",
                "Forum emploi, formation, création d'entreprise {de commune}",
            ],
            leads: &[
                "{n1} exposants : entreprises, centres de formation, armées, collectivités, structures d'insertion. Entrée libre.",
            ],
            body: &[
                &[
                    "Sur place :|des offres affichées par métier ;|un espace pour refaire et imprimer son CV ;|des démonstrations de gestes professionnels ;|une garde d'enfants le matin.",
                ],
                &[
                    "Une navette gratuite part des bourgs voisins, sur réservation.",
                    "Le parking est gratuit et la salle accessible aux personnes à mobilité réduite.",
                ],
            ],
            themes: &["recrutement", "emploi", "formation"],
            scope: Scope::Town(4_000),
            numbers: &[(38, 90, 2)],
            ..PLAIN
        },
        hours: &[(9, 0, 17, 0), (9, 30, 16, 30)],
        audience: "Tout public",
        saturday: true,
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &["Visite d'entreprise : {entreprise} {de commune}", "Visiter {entreprise} {a commune}"],
            leads: &[
                "Découverte des postes, échanges avec les salariés, essai de quelques gestes : {gestes}.",
            ],
            body: &[
                &["{atout}"],
                &[
                    "Groupe de douze personnes. Départ en minibus, chaussures fermées obligatoires.",
                    "Rendez-vous sur place, covoiturage organisé pour ceux qui n'ont pas de véhicule.",
                ],
            ],
            themes: &["choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite"],
            scope: Scope::Town(1_200),
            sectors: Sectors::Any,
            uses: 4,
            ..PLAIN
        },
        hours: &[(9, 0, 11, 30), (13, 30, 16, 0)],
        audience: "Personnes accompagnées par un conseiller",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Recrutement sans CV : {metiers_ou} {a commune}",
                "{A commune}, recrutement par exercices pratiques {de secteur}",
            ],
            leads: &[
                "Pas de CV, pas de diplôme demandé : une réunion d'information, puis des exercices qui imitent le poste de travail.",
            ],
            body: &[
                &[
                    "Tous ceux qui réussissent les exercices sont reçus en entretien par l'employeur. Contrats de six mois au moins.",
                ],
                &["{attendu}"],
            ],
            themes: &["recrutement"],
            scope: Scope::Town(1_500),
            sectors: Sectors::Only(&[
                "metallurgie",
                "agroalimentaire",
                "logistique",
                "proprete",
                "aide-a-domicile",
                "batiment",
                "restauration",
                "commerce",
            ]),
            uses: 2,
            ..PLAIN
        },
        hours: &[(9, 0, 12, 0), (13, 30, 16, 30)],
        audience: "Toute personne motivée, sans condition de diplôme",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Petit-déjeuner des employeurs {a commune} : accueillir un salarié",
                "{A commune}, petit-déjeuner des employeurs : rédiger une offre qui attire",
                "Petit-déjeuner des employeurs {de commune} : recruter sans discriminer",
            ],
            leads: &[
                "Une heure et demie entre employeurs, autour d'un café et de cas concrets. Sans discours ni diaporama.",
            ],
            body: &[
                &[
                    "Un artisan et une directrice d'association racontent ce qu'ils ont changé et ce qu'ils referaient autrement.",
                    "Nos conseillers présentent trois outils simples et restent disponibles ensuite pour un échange individuel.",
                ],
                &["Inscription conseillée, nombre de places limité."],
            ],
            themes: &["territoire", "recrutement"],
            scope: Scope::Town(1_500),
            uses: 2,
            ..PLAIN
        },
        hours: &[(8, 0, 9, 30), (8, 30, 10, 0)],
        audience: "Employeurs",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Rencontres de l'alternance {a commune}",
                "{A commune}, une soirée pour trouver son contrat d'apprentissage",
            ],
            leads: &[
                "{n1} entreprises et {m2} centres de formation réunis pour conclure des contrats d'apprentissage et de professionnalisation.",
            ],
            body: &[
                &[
                    "Les candidats peuvent venir avec leurs parents. Un stand aide à compléter les documents administratifs.",
                ],
                &[
                    "Des contrats sont proposés du CAP au master, en cuisine, en mécanique, dans la vente, le bâtiment et l'informatique.",
                ],
            ],
            themes: &["alternance", "recrutement", "jeunes"],
            scope: Scope::Town(4_000),
            numbers: &[(18, 44, 1), (4, 9, 1)],
            ..PLAIN
        },
        hours: &[(14, 0, 18, 0), (16, 0, 19, 30)],
        audience: "Jeunes de 15 à 29 ans et leurs familles",
        ..ONE_DAY
    },
];
