//! News of the house itself, of business creation, digital access, rights and the territory.

use crate::prose::{PLAIN, Scope, Template};

/// The templates.
pub const TEMPLATES: &[Template] = &[
    Template {
        titles: &[
            "Le programme des ateliers {de mois} est en ligne",
            "{n1} ateliers gratuits en {mois} : le programme",
            "Ateliers, permanences, visites : le mois {de mois} en un coup d'œil",
        ],
        leads: &[
            "CV, entretien, numérique, création d'entreprise : {n1} rendez-vous sont proposés en {mois}, tous gratuits et ouverts sans condition d'inscription.",
        ],
        body: &[
            &[
                "Nouveauté de ce mois : deux ateliers en soirée, pour les salariés qui préparent un changement de métier.",
                "Une séance sur trois se tient désormais hors de nos murs, dans les bourgs qui en ont fait la demande.",
            ],
            &[
                "Le programme imprimé est disponible dans les mairies, les médiathèques et les accueils de nos partenaires.",
                "",
            ],
        ],
        themes: &["emploi", "preparer-sa-candidature"],
        scope: Scope::Department,
        numbers: &[(18, 36, 1)],
        ..PLAIN
    },
    Template {
        titles: &[
            "L'accueil {de maison} change d'horaires",
            "Nouveaux horaires d'accueil à partir du {date}",
        ],
        leads: &[
            "À partir du {date}, l'accueil est ouvert sans interruption le mardi et le jeudi, de 8 h 30 à 18 h 30. Les autres jours restent inchangés.",
        ],
        body: &[&[
            "Ces horaires répondent à une demande des salariés, qui ne pouvaient pas se déplacer en journée. Le vendredi après-midi est réservé aux rendez-vous.",
            "Les ordinateurs en libre accès suivent les mêmes horaires. Une imprimante est à disposition pour les CV.",
        ]],
        themes: &["emploi"],
        scope: Scope::Department,
        ..PLAIN
    },
    Template {
        titles: &[
            "Créer son activité {a commune} : un local à l'essai pendant six mois",
            "{A commune}, une boutique à l'essai pour les créateurs",
        ],
        leads: &[
            "La commune loue à petit prix un local vide du centre à un créateur qui veut tester son commerce. L'appel à candidatures est ouvert jusqu'au {date2}.",
        ],
        body: &[
            &[
                "Le candidat retenu est accompagné pendant six mois : étude du marché, tenue des comptes, vitrine. S'il poursuit, le bail devient classique.",
            ],
            &[
                "Deux commerces sur trois nés de cette façon sont encore ouverts deux ans plus tard. Une réunion d'information se tient le {date}.",
                "Une réunion d'information se tient le {date} en mairie.",
            ],
        ],
        themes: &["creer-une-entreprise--structurer-son-projet-de-creation-dentreprise", "territoire"],
        scope: Scope::Town(2_000),
        ..PLAIN
    },
    Template {
        titles: &[
            "Créer son entreprise : les questions que l'on n'ose pas poser",
            "Se mettre à son compte : six idées reçues",
            "Avant de créer son entreprise : une heure pour vérifier l'essentiel",
        ],
        leads: &[
            "Combien vais-je gagner ? Que se passe-t-il si j'échoue ? Puis-je garder mes allocations ? Ces questions méritent des réponses précises avant toute démarche.",
        ],
        body: &[
            &[
                "Un entretien d'une heure avec un conseiller permet de passer en revue l'idée, le temps disponible et l'argent nécessaire. On en sort avec une liste courte de choses à vérifier, pas avec un dossier.",
            ],
            &[
                "Ceux qui le souhaitent sont ensuite orientés vers un accompagnement plus long, ou vers une couveuse qui permet de facturer sans créer d'entreprise.",
                "",
            ],
        ],
        themes: &["creer-une-entreprise--definir-son-projet-de-creation-dentreprise"],
        ..PLAIN
    },
    Template {
        titles: &[
            "{n1} créateurs accompagnés {en_dep} depuis le début de l'année",
            "Création d'entreprise : {n1} projets suivis {en_dep}",
        ],
        leads: &[
            "Commerce ambulant, services aux entreprises, artisanat d'art : {n1} porteurs de projet ont été accompagnés {en_dep} depuis le 1er janvier.",
        ],
        body: &[
            &[
                "Plus de la moitié d'entre eux étaient demandeurs d'emploi depuis plus d'un an. Les femmes représentent désormais presque la moitié des créations suivies.",
            ],
            &[
                "Les difficultés les plus citées restent la trésorerie des premiers mois et la solitude. Un groupe d'entraide se réunit chaque premier lundi.",
                "",
            ],
        ],
        themes: &["creer-une-entreprise--developper-son-entreprise", "territoire"],
        scope: Scope::Department,
        numbers: &[(70, 260, 5)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Des ordinateurs reconditionnés à prix solidaire {a commune}",
            "{A commune}, s'équiper d'un ordinateur pour moins de cent euros",
        ],
        leads: &[
            "Une quarantaine d'ordinateurs remis en état sont vendus {a commune} aux personnes en recherche d'emploi ou en formation, avec une heure de prise en main.",
        ],
        body: &[
            &[
                "Le prix dépend du quotient familial. L'appareil est garanti un an et livré avec les logiciels nécessaires pour écrire une lettre, suivre un cours à distance et faire ses démarches.",
            ],
            &["La demande se fait auprès d'un conseiller numérique, sur présentation d'un justificatif.", ""],
        ],
        themes: &["numerique--acquerir-un-equipement"],
        scope: Scope::Town(2_000),
        ..PLAIN
    },
    Template {
        titles: &[
            "Un conseiller numérique à la médiathèque {de commune}",
            "{A commune}, de l'aide pour ses démarches en ligne",
        ],
        leads: &[
            "Créer une adresse électronique, envoyer un document, reconnaître un message frauduleux : un conseiller numérique reçoit chaque mercredi à la médiathèque {de commune}.",
        ],
        body: &[
            &[
                "L'accompagnement est individuel et gratuit. On peut venir avec son propre téléphone, qui est souvent le seul équipement du foyer.",
            ],
            &["Un atelier collectif complète ces rendez-vous, le premier vendredi du mois.", ""],
        ],
        themes: &["numerique--maitriser-les-fondamentaux-du-numerique"],
        scope: Scope::Town(1_500),
        uses: 2,
        ..PLAIN
    },
    Template {
        titles: &[
            "Contrat de travail : trois clauses à lire avant de signer",
            "Période d'essai, préavis, horaires : vos questions de droit du travail",
            "Droit du travail : une permanence gratuite chaque mois",
        ],
        leads: &[
            "Une permanence juridique répond, chaque mois, aux questions des salariés et des petits employeurs. Les mêmes reviennent souvent : en voici l'essentiel.",
        ],
        body: &[
            &[
                "La période d'essai n'est jamais automatique : elle doit être écrite. Les horaires d'un temps partiel aussi. Et une démission se donne par écrit, même lorsque ce n'est pas obligatoire.",
            ],
            &["La permanence ne remplace pas un avocat, mais elle permet de savoir si l'on en a besoin.", ""],
        ],
        themes: &["difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"],
        ..PLAIN
    },
    Template {
        titles: &[
            "Discrimination à l'embauche : en parler, être aidé",
            "Discrimination : garder les traces, demander conseil",
            "Refusé à cause de son adresse ou de son âge ? Vers qui se tourner",
        ],
        leads: &[
            "Une question sur la grossesse, un refus à cause d'une adresse : ce sont des discriminations, et la loi les interdit. Il existe des recours gratuits.",
        ],
        body: &[
            &[
                "Il est utile de conserver l'annonce, les messages échangés et la date des appels. Un juriste peut ensuite écrire à l'employeur ou saisir l'autorité compétente, avec l'accord de la personne.",
            ],
            &[
                "Les conseillers de la Maison de l'emploi sont formés à recevoir ces récits. Rien n'est transmis sans accord.",
            ],
        ],
        themes: &[
            "difficultes-administratives-ou-juridiques--connaitre-ses-droits-face-a-une-discrimination",
        ],
        ..PLAIN
    },
    Template {
        titles: &[
            "Quelles compétences pour demain ? Les entreprises {de epci} dressent la liste",
            "Compétences : le diagnostic {de epci} est rendu",
        ],
        leads: &[
            "Départs en retraite, nouveaux métiers, machines qui changent : {n1} entreprises ont décrit leurs besoins des cinq prochaines années.",
        ],
        body: &[
            &[
                "Le diagnostic retient cinq priorités : la maintenance, la conduite de lignes, les métiers du soin, la mécanique agricole et le numérique des petites entreprises.",
            ],
            &[
                "Un plan d'action est en cours d'écriture avec les centres de formation. Il sera présenté le {date2}.",
            ],
        ],
        themes: &["gpect", "marche-du-travail"],
        scope: Scope::Epci,
        numbers: &[(28, 75, 1)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Deux ans de travail commun : le bilan du contrat local {de epci}",
            "Emploi et formation : les partenaires {de epci} font le point",
        ],
        leads: &[
            "Réunis le {passe}, les partenaires de l'emploi ont relu ensemble leurs engagements. Douze actions sur quinze sont terminées ou en bonne voie.",
        ],
        body: &[
            &[
                "Le guichet commun pour les employeurs fonctionne, et les offres ne circulent plus par quatre chemins différents. La garde d'enfants et le logement restent en revanche des freins mal résolus.",
            ],
            &[
                "Les comptes rendus sont disponibles pour les partenaires, et une synthèse de deux pages est destinée au public.",
                "",
            ],
        ],
        themes: &["territoire"],
        scope: Scope::Epci,
        ..PLAIN
    },
    Template {
        titles: &[
            "Travailler en Europe : informations et rendez-vous",
            "Partir travailler quelques mois à l'étranger : comment s'y prendre",
            "Une saison, un stage ou un emploi ailleurs en Europe",
        ],
        leads: &[
            "Une saison en station, un stage en Allemagne, un volontariat en Irlande : une conseillère spécialisée aide à préparer un départ, et surtout un retour.",
        ],
        body: &[
            &[
                "Le projet se construit en trois ou quatre rendez-vous, souvent à distance : niveau de langue, contrat, couverture maladie, logement.",
            ],
            &[
                "Les volontariats européens sont ouverts sans condition de diplôme, et les frais sont pris en charge.",
                "",
            ],
        ],
        themes: &["souvrir-a-linternational--connaitre-les-opportunites-demploi-a-letranger", "jeunes"],
        ..PLAIN
    },
    Template {
        titles: &[
            "Service civique : {m1} missions proposées {en_dep}",
            "{En_dep}, {m1} missions de service civique cherchent des volontaires",
        ],
        leads: &[
            "Lien avec les aînés, biodiversité, lecture : {m1} missions indemnisées de huit mois sont proposées aux jeunes de seize à vingt-cinq ans, sans condition de diplôme.",
        ],
        body: &[
            &[
                "Chaque volontaire est suivi par un tuteur et prépare sa suite de parcours. Les jeunes en situation de handicap peuvent s'engager jusqu'à trente ans.",
            ],
            &["Les candidatures se font en ligne. Un rendez-vous peut être pris pour y être aidé.", ""],
        ],
        themes: &["jeunes", "remobilisation--benevolat-action-citoyenne"],
        scope: Scope::Department,
        numbers: &[(7, 16, 1)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Les acteurs de l'emploi {de dep} partagent désormais leurs informations",
            "Agenda, formations, actualités : un fonds commun pour {dep}",
        ],
        leads: &[
            "Une réunion annoncée par une association {de commune} peut maintenant paraître sur tous les sites partenaires, sans être saisie deux fois.",
        ],
        body: &[
            &[
                "Chaque organisme écrit dans son propre espace, une seconde personne relit, puis l'information circule vers ceux qui l'ont demandée. Une correction à la source corrige toutes les copies.",
            ],
            &[
                "Les associations qui n'ont pas de site peuvent aussi contribuer : une formation d'une heure suffit pour commencer.",
            ],
        ],
        themes: &["territoire", "numerique"],
        scope: Scope::Department,
        ..PLAIN
    },
];
