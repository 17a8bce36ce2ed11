//! Information meetings, open days, meetings of partners, and what is held online.

use super::{Event, ONE_DAY};
use crate::prose::{PLAIN, Scope, Template};
use crate::sector::Sectors;

/// The events.
pub const EVENTS: &[Event] = &[
    Event {
        told: Template {
            titles: &[
                "Réunion d'information collective : se former {a les_metiers} {a commune}",
                "{A commune}, réunion d'information : devenir {metier}",
            ],
            leads: &[
                "Présentation de la formation, du rythme et de la rémunération, suivie d'entretiens individuels pour ceux qui le souhaitent.",
            ],
            body: &[
                &["{atout}", ""],
                &["{attendu}"],
                &["Se munir d'une pièce d'identité et d'un CV. Test de positionnement d'une heure."],
            ],
            themes: &["se-former--trouver-sa-formation"],
            scope: Scope::Town(2_200),
            sectors: Sectors::Any,
            uses: 5,
            ..PLAIN
        },
        hours: &[(9, 0, 11, 0), (10, 0, 12, 0), (14, 0, 16, 0)],
        audience: "Demandeurs d'emploi",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Portes ouvertes au centre de formation d'apprentis {de commune}",
                "{A commune}, portes ouvertes des ateliers d'apprentis",
            ],
            leads: &[
                "Visite des ateliers par les apprentis, rencontre avec les formateurs, aide à la recherche d'une entreprise.",
            ],
            body: &[
                &["Les métiers présentés : cuisine, boulangerie, mécanique, coiffure, électricité, vente."],
                &["Une dégustation clôt la matinée.", ""],
            ],
            themes: &["alternance", "orientation"],
            scope: Scope::Town(4_500),
            ..PLAIN
        },
        hours: &[(9, 0, 13, 0), (9, 0, 17, 0)],
        audience: "Jeunes et familles",
        saturday: true,
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Visite du chantier d'insertion {de commune}",
                "{A commune}, matinée de découverte du chantier d'insertion",
            ],
            leads: &["Rencontrer l'équipe, voir le travail, poser ses questions avant de candidater."],
            body: &[&[
                "Les personnes intéressées peuvent demander une immersion d'une semaine. Prévoir une tenue de travail et des chaussures solides.",
            ]],
            themes: &["insertion-activite-economique"],
            scope: Scope::Town(1_500),
            uses: 2,
            ..PLAIN
        },
        hours: &[(9, 0, 11, 30)],
        audience: "Candidats et prescripteurs",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Réunion des partenaires de l'emploi {de epci}",
                "Partenaires {de epci} : lire ensemble les besoins des entreprises",
            ],
            leads: &[
                "Point trimestriel des partenaires : offres non pourvues, entrées en formation, actions communes à venir.",
            ],
            body: &[&[
                "Ordre du jour :|tour de table des recrutements en cours ;|places disponibles en formation ;|calendrier commun des événements ;|questions diverses.",
            ]],
            themes: &["territoire"],
            scope: Scope::Epci,
            uses: 2,
            ..PLAIN
        },
        hours: &[(9, 30, 12, 0), (14, 0, 16, 30)],
        audience: "Partenaires",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "Clauses sociales : rencontre des entreprises attributaires {a commune}",
                "{A commune}, clauses sociales : comment tenir ses heures d'insertion",
            ],
            leads: &[
                "Une matinée pratique pour les entreprises qui ont des heures d'insertion à réaliser : profils, contrats, suivi.",
            ],
            body: &[&[
                "Les structures d'insertion présentent leurs équipes disponibles. Chaque entreprise repart avec un plan de réalisation.",
            ]],
            themes: &["clauses-sociales"],
            scope: Scope::Town(5_000),
            ..PLAIN
        },
        hours: &[(9, 0, 11, 30)],
        audience: "Entreprises et acheteurs publics",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "En ligne : comprendre le compte personnel de formation",
                "Visioconférence : financer sa formation",
                "En ligne : monter un dossier de formation",
            ],
            leads: &[
                "Une heure de présentation, puis vos questions. Le lien de connexion est envoyé la veille.",
            ],
            body: &[&[
                "Un enregistrement des explications, sans les questions, est transmis aux inscrits.",
                "",
            ]],
            themes: &["se-former--monter-son-dossier-de-formation"],
            uses: 2,
            ..PLAIN
        },
        hours: &[(12, 30, 13, 30), (18, 0, 19, 0)],
        audience: "Tout public",
        mode: "en_ligne",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "En ligne : présenter son parcours sur un réseau professionnel",
                "Visioconférence : se rendre visible des recruteurs",
                "En ligne : un profil professionnel qui vous ressemble",
            ],
            leads: &[
                "Photo, titre, premières phrases : on revoit ensemble l'essentiel d'un profil, écran partagé.",
            ],
            body: &[&[
                "Prévoir d'avoir créé son compte avant la séance. Une aide est proposée une demi-heure avant à ceux qui en ont besoin.",
            ]],
            themes: &["preparer-sa-candidature--developper-son-reseau", "numerique"],
            ..PLAIN
        },
        hours: &[(10, 0, 11, 30), (14, 0, 15, 30)],
        audience: "Demandeurs d'emploi et salariés",
        mode: "en_ligne",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "En ligne : {les_metiers}, paroles de professionnels",
                "Visioconférence : tout savoir sur {les_metiers}",
            ],
            leads: &[
                "Deux professionnels racontent leur journée et répondent aux questions, en direct et sans langue de bois.",
            ],
            body: &[&["{atout}"], &["La séance est ouverte à tous ; il suffit de demander le lien."]],
            themes: &["choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite"],
            sectors: Sectors::Any,
            uses: 3,
            ..PLAIN
        },
        hours: &[(17, 30, 18, 30), (11, 0, 12, 0)],
        audience: "Tout public",
        mode: "en_ligne",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "En ligne : la validation des acquis en une heure",
                "Visioconférence : ma VAE, par où commencer",
                "En ligne : questions et réponses sur la validation des acquis",
            ],
            leads: &[
                "Qui peut demander une validation, combien de temps il faut, qui accompagne et qui paie.",
            ],
            body: &[&["Après la présentation, des rendez-vous individuels sont proposés par téléphone."]],
            themes: &["se-former"],
            ..PLAIN
        },
        hours: &[(12, 30, 13, 30), (18, 0, 19, 0)],
        audience: "Salariés, bénévoles et demandeurs d'emploi",
        mode: "en_ligne",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "En ligne : reprendre un commerce ou un atelier",
                "Visioconférence : micro-entreprise, les règles à connaître",
                "En ligne : tester son activité avant de se lancer",
            ],
            leads: &[
                "Une présentation courte, des exemples chiffrés, puis une demi-heure de questions avec une conseillère.",
            ],
            body: &[&[
                "Les participants reçoivent ensuite une liste de contrôle et peuvent demander un rendez-vous près de chez eux.",
            ]],
            themes: &["creer-une-entreprise"],
            ..PLAIN
        },
        hours: &[(18, 0, 19, 30), (9, 0, 10, 30)],
        audience: "Porteurs de projet",
        mode: "en_ligne",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "En ligne : travailler en Europe, séance de questions",
                "Visioconférence : partir en volontariat européen",
                "En ligne : préparer une saison à l'étranger",
            ],
            leads: &[
                "Une conseillère spécialisée répond à vos questions sur les contrats, la couverture maladie et le logement.",
            ],
            body: &[&[
                "Une seconde séance, en petit groupe, permet de préparer sa candidature en anglais.",
                "",
            ]],
            themes: &["souvrir-a-linternational", "jeunes"],
            ..PLAIN
        },
        hours: &[(17, 0, 18, 0)],
        audience: "Jeunes de 18 à 30 ans",
        mode: "en_ligne",
        ..ONE_DAY
    },
    Event {
        told: Template {
            titles: &[
                "En ligne : employeurs, accueillir une personne en immersion",
                "Visioconférence : les aides à l'embauche expliquées aux petites entreprises",
                "En ligne : rédiger une offre d'emploi qui trouve preneur",
            ],
            leads: &[
                "Trente minutes pour l'essentiel, quinze pour vos questions : un format pensé pour les très petites entreprises.",
            ],
            body: &[&["Le support est envoyé après la séance, avec le nom d'un interlocuteur."]],
            themes: &["territoire", "recrutement"],
            ..PLAIN
        },
        hours: &[(8, 30, 9, 15), (13, 0, 13, 45)],
        audience: "Employeurs",
        mode: "en_ligne",
        ..ONE_DAY
    },
];
