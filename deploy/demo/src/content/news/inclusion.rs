//! News about social inclusion, mobility, housing, childcare, health and disability.

use crate::prose::{PLAIN, Scope, Template};

/// The templates.
pub const TEMPLATES: &[Template] = &[
    Template {
        titles: &[
            "Le chantier d'insertion {de commune} recrute {m1} salariés",
            "{A commune}, {m1} contrats d'insertion à pourvoir en {mois}",
        ],
        leads: &[
            "Entretien de berges, petite maçonnerie, espaces verts : le chantier d'insertion {de commune} ouvre {m1} contrats de vingt-six heures par semaine.",
            "Un contrat, un encadrant, un accompagnement : le chantier d'insertion {de commune} embauche {m1} personnes éloignées de l'emploi.",
        ],
        body: &[
            &[
                "Les contrats durent quatre mois et peuvent être renouvelés. Une demi-journée par semaine est consacrée au projet de chacun : permis, santé, logement, formation.",
            ],
            &[
                "Pour postuler, il faut être orienté par un conseiller. Une visite du chantier est organisée le {date} pour ceux qui hésitent.",
            ],
            &[
                "L'an dernier, six salariés sur dix ont quitté le chantier pour un emploi ou une formation.",
                "",
            ],
        ],
        themes: &["insertion-activite-economique", "recrutement"],
        scope: Scope::Town(1_500),
        numbers: &[(4, 12, 1)],
        uses: 2,
        ..PLAIN
    },
    Template {
        titles: &[
            "Clauses sociales : {n1} heures d'insertion sur le chantier de l'école {a commune}",
            "Clauses sociales : la rénovation de la piscine {de commune} offre {n1} heures d'insertion",
            "{n1} heures d'insertion réservées sur le chantier du gymnase {a commune}",
        ],
        leads: &[
            "La commune a demandé aux entreprises de réserver {n1} heures de travail à des personnes en insertion. La Maison de l'emploi veille à ce que l'engagement soit tenu.",
        ],
        body: &[
            &[
                "Concrètement, les entreprises peuvent embaucher directement, passer par une agence d'intérim d'insertion ou confier une partie des travaux à une entreprise d'insertion. Notre équipe leur présente des candidats et fait le point chaque mois.",
            ],
            &[
                "Les premiers postes portent sur la démolition, le nettoyage et l'aide à la maçonnerie. Ils commencent en {mois}.",
                "Huit personnes ont déjà travaillé sur ce chantier, dont deux ont été embauchées ensuite par l'entreprise de gros œuvre.",
            ],
        ],
        themes: &["clauses-sociales"],
        scope: Scope::Town(1_500),
        numbers: &[(1_200, 14_000, 200)],
        uses: 2,
        ..PLAIN
    },
    Template {
        titles: &[
            "Un garage solidaire ouvre {a commune}",
            "{A commune}, réparer sa voiture pour garder son emploi",
        ],
        leads: &[
            "Main-d'œuvre à tarif adapté, véhicules à louer quelques semaines : le garage solidaire s'adresse à celles et ceux qui ont besoin d'une voiture pour travailler.",
        ],
        body: &[
            &[
                "L'accès se fait sur orientation d'un travailleur social ou d'un conseiller emploi. Le tarif dépend des ressources, et un devis est toujours remis avant la réparation.",
            ],
            &[
                "Le garage emploie {m1} salariés en insertion, encadrés par deux mécaniciens. Il accepte les dons de véhicules, contre un reçu.",
                "",
            ],
        ],
        themes: &["mobilite--entretenir-reparer-son-vehicule", "insertion-activite-economique"],
        scope: Scope::Town(1_500),
        numbers: &[(4, 9, 1)],
        ..PLAIN
    },
    Template {
        titles: &[
            "La ressourcerie {de commune} déménage et embauche",
            "{A commune}, la ressourcerie double sa surface",
        ],
        leads: &[
            "Trop à l'étroit, la ressourcerie s'installe dans un ancien magasin de meubles et recrute {m1} valoristes en contrat d'insertion.",
        ],
        body: &[
            &[
                "Le nouveau lieu comprend un atelier de réparation visible du public, une boutique et une salle où les habitants pourront apprendre à réparer eux-mêmes.",
            ],
            &[
                "Réouverture le {date2}. D'ici là, les dépôts restent possibles le mercredi et le samedi matin.",
                "",
            ],
        ],
        themes: &["insertion-activite-economique", "equipement-et-alimentation"],
        scope: Scope::Town(1_500),
        numbers: &[(3, 8, 1)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Au jardin d'insertion {de commune}, {n1} paniers par semaine",
            "{A commune}, le jardin d'insertion cherche des adhérents et des jardiniers",
        ],
        leads: &[
            "Sur deux hectares, une équipe de {m2} jardiniers en insertion cultive des légumes vendus en paniers et sur le marché.",
        ],
        body: &[
            &[
                "Le maraîchage demande de la régularité et rend de la fierté : le travail se voit et se mange. L'encadrante y associe des temps de calcul, de cuisine et de vente.",
            ],
            &[
                "Les postes se libèrent au fil de l'année. Les candidatures passent par un conseiller, la visite est libre le vendredi matin.",
            ],
        ],
        themes: &["insertion-activite-economique", "equipement-et-alimentation--alimentation"],
        scope: Scope::Village(800, 6_000),
        numbers: &[(60, 180, 10), (8, 15, 1)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Garde d'enfants : un relais pour les horaires décalés {a commune}",
            "{A commune}, une solution de garde avant six heures et après vingt heures",
        ],
        leads: &[
            "Commencer à cinq heures quand on élève seul ses enfants : un service de garde à domicile ouvre {a commune}, avec un tarif calculé sur les ressources.",
        ],
        body: &[
            &[
                "Une intervenante diplômée vient au domicile, prépare les enfants et les conduit à l'école. Le service est réservé aux parents qui reprennent un emploi ou une formation.",
            ],
            &[
                "Une dizaine de familles peuvent en bénéficier dès maintenant. Le dossier se remplit avec un conseiller, réponse sous une semaine.",
            ],
        ],
        themes: &["famille--garde-denfants", "emploi"],
        scope: Scope::Town(2_200),
        ..PLAIN
    },
    Template {
        titles: &[
            "Transport à la demande : de nouveaux arrêts près des zones d'activité {de epci}",
            "Aller travailler sans voiture : les lignes évoluent au sein {de epci}",
        ],
        leads: &[
            "À la demande des employeurs et des centres de formation, le transport à la demande dessert désormais {m1} arrêts supplémentaires, tôt le matin et en fin de journée.",
        ],
        body: &[
            &[
                "La réservation se fait la veille avant midi, par téléphone ou en ligne. Le trajet est gratuit pendant le premier mois d'un nouveau contrat, sur présentation d'une attestation de la Maison de l'emploi.",
            ],
            &["Un dépliant des horaires est disponible à l'accueil.", ""],
        ],
        themes: &["mobilite--mobilite-douce-partagee-collective"],
        scope: Scope::Epci,
        numbers: &[(4, 14, 1)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Aides à la mobilité : les connaître avant de refuser un poste",
            "Permis, carburant, réparation : qui peut aider ?",
            "Se déplacer pour travailler : le point sur les aides",
        ],
        leads: &[
            "Un emploi à trente kilomètres n'est pas toujours hors de portée. Plusieurs aides existent, mais elles se demandent avant le premier jour.",
        ],
        body: &[
            &[
                "Selon la situation, il est possible d'obtenir :|une participation au permis de conduire ;|un prêt sans intérêt pour acheter un véhicule ;|la location d'un scooter ou d'un vélo électrique ;|le remboursement de frais de déplacement pour un entretien.",
            ],
            &[
                "Les conditions changent d'un dispositif à l'autre. Un conseiller mobilité fait le point en une demi-heure et constitue la demande.",
            ],
        ],
        themes: &["mobilite--financer-ma-mobilite"],
        ..PLAIN
    },
    Template {
        titles: &[
            "Handicap et emploi : {n1} personnes accompagnées {en_dep} cette année",
            "{En_dep}, un référent handicap pour chaque bassin d'emploi",
        ],
        leads: &[
            "Aménager un poste, parler de sa santé à son employeur, se réorienter : {n1} personnes en situation de handicap ont été accompagnées cette année {en_dep}.",
        ],
        body: &[
            &[
                "L'accompagnement commence par ce que la personne sait et veut faire. L'aménagement du poste vient ensuite : il est souvent plus simple et moins coûteux que l'employeur ne le craint.",
            ],
            &[
                "Les employeurs peuvent eux aussi appeler le référent, y compris avant de recruter. Les échanges restent confidentiels.",
            ],
        ],
        themes: &["handicap", "trouver-un-emploi--maintien-dans-lemploi"],
        scope: Scope::Department,
        numbers: &[(120, 380, 10)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Des chambres pour les apprentis et les saisonniers {a commune}",
            "{A commune}, un logement le temps d'un contrat",
        ],
        leads: &[
            "Une chambre meublée pour une semaine ou pour six mois : {m1} logements sont proposés {a commune} à celles et ceux qui viennent y travailler ou s'y former.",
        ],
        body: &[
            &[
                "Le loyer comprend l'électricité et la connexion. Une aide au logement peut être demandée dès le premier mois, et la caution est garantie pour les moins de trente ans.",
            ],
            &[
                "Des habitants proposent aussi une chambre chez eux. Une association met en relation et rédige la convention.",
                "",
            ],
        ],
        themes: &["logement-hebergement--rechercher-une-solution-dhebergement-temporaire", "alternance"],
        scope: Scope::Town(2_200),
        numbers: &[(8, 16, 1)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Budget serré : un rendez-vous gratuit pour y voir clair",
            "Reprendre un emploi : calculer ce que l'on gagne vraiment",
            "Reprise d'emploi : anticiper le premier mois sans allocation",
        ],
        leads: &[
            "Salaire versé en fin de mois, allocations décalées, frais de garde à avancer : la reprise d'un emploi se prépare aussi sur le papier.",
        ],
        body: &[
            &[
                "Une conseillère en économie sociale aide à établir un budget des trois premiers mois et à prévenir les organismes. Elle connaît les aides ponctuelles qui évitent un découvert.",
            ],
            &["Le rendez-vous est confidentiel et n'engage à rien. Il peut avoir lieu par téléphone.", ""],
        ],
        themes: &["difficultes-financieres--ameliorer-sa-gestion-budgetaire"],
        ..PLAIN
    },
    Template {
        titles: &[
            "Santé : un bilan gratuit pour les personnes en recherche d'emploi {a commune}",
            "{A commune}, prendre soin de soi avant de reprendre",
        ],
        leads: &[
            "Un bilan complet, sans avance de frais, puis un échange avec une infirmière : la journée santé {de commune} est ouverte aux personnes suivies par les structures d'insertion.",
        ],
        body: &[
            &[
                "Vue, audition, dents, sommeil : beaucoup ont renoncé à des soins pendant une période sans travail. Un conseiller aide ensuite à ouvrir les droits et à prendre les rendez-vous.",
            ],
            &["Prochaine journée le {date2}, transport possible depuis les bourgs voisins."],
        ],
        themes: &["sante--acces-aux-soins"],
        scope: Scope::Town(2_200),
        ..PLAIN
    },
    Template {
        titles: &[
            "L'épicerie sociale {de commune} cherche des bénévoles et propose des stages",
            "{A commune}, une épicerie sociale qui met le pied à l'étrier",
        ],
        leads: &[
            "Ouverte trois demi-journées par semaine, l'épicerie sociale accueille aussi des personnes qui veulent reprendre un rythme avant de chercher un emploi.",
        ],
        body: &[
            &[
                "Réception des livraisons, mise en rayon, accueil : les tâches sont celles d'un commerce, avec le temps d'apprendre. Une attestation décrit les compétences acquises.",
            ],
            &["Les bénévoles disponibles le mardi matin sont particulièrement attendus.", ""],
        ],
        themes: &["remobilisation--benevolat-action-citoyenne", "equipement-et-alimentation--alimentation"],
        scope: Scope::Town(1_500),
        ..PLAIN
    },
];
