//! News about recruiting, looking for work and the labour market.

use crate::prose::{PLAIN, Scope, Template};
use crate::sector::Sectors;

/// The templates.
pub const TEMPLATES: &[Template] = &[
    Template {
        titles: &[
            "{metiers_virgules} : {n1} postes à pourvoir {a commune}",
            "{n1} postes ouverts dans {secteur} {a commune} et alentour",
            "{A commune}, {n1} recrutements prévus dans {secteur} d'ici {mois2}",
        ],
        leads: &[
            "Plusieurs employeurs ont confié leurs besoins à la Maison de l'emploi : {n1} postes sont à pourvoir dans {secteur}, pour des débutants comme pour des personnes expérimentées.",
            "Les carnets de commandes sont remplis et les équipes incomplètes. Nous avons recensé {n1} postes à pourvoir dans un rayon de vingt kilomètres autour {de commune}.",
        ],
        body: &[
            &[
                "Les postes les plus demandés sont ceux {de_metiers}. La plupart des contrats proposés durent plus de six mois, et {m2} sont déjà annoncés en contrat à durée indéterminée.",
                "Les employeurs cherchent surtout {des_metiers2}. Ils acceptent de former sur place les candidats qui découvrent le métier.",
            ],
            &["{atout}"],
            &["{attendu}"],
            &[
                "Pour se positionner, il suffit de se présenter à l'accueil avec un CV, même ancien : un conseiller aide à l'actualiser avant l'envoi.",
                "Les candidatures sont reçues jusqu'au {date2}. Les personnes intéressées peuvent d'abord passer une demi-journée dans l'entreprise pour se faire une idée.",
            ],
        ],
        themes: &["recrutement", "trouver-un-emploi--repondre-a-des-offres-demploi"],
        scope: Scope::Town(1_500),
        sectors: Sectors::Any,
        numbers: &[(8, 34, 1), (3, 7, 1)],
        uses: 4,
        ..PLAIN
    },
    Template {
        titles: &[
            "Job dating {de secteur} : {n1} candidats reçus {a commune}",
            "{n1} visiteurs et {n2} promesses d'embauche au job dating {de commune}",
            "{A commune}, le job dating {de secteur} débouche sur {n2} embauches",
        ],
        leads: &[
            "Le {passe}, {n1} personnes ont rencontré en tête-à-tête des employeurs {de secteur}. Dix minutes par entretien, pas de lettre de motivation : la formule a plu.",
            "Ambiance studieuse {a commune} ce {passe} : {n1} candidats ont enchaîné les entretiens courts avec les employeurs {de secteur}.",
        ],
        body: &[
            &[
                "À la fin de la matinée, {n2} promesses d'embauche étaient signées et une trentaine de rendez-vous pris pour une période d'immersion.",
                "Les employeurs repartent avec {n2} embauches en vue. Plusieurs ont découvert des profils qu'ils n'auraient pas retenus sur la seule lecture d'un CV.",
            ],
            &[
                "Les candidats avaient été préparés la veille en petit groupe : se présenter en deux minutes, poser une question, parler de ses horaires sans se pénaliser.",
                "",
            ],
            &["{atout}", ""],
            &[
                "Une nouvelle session est prévue le {date2}. Les inscriptions se font à l'accueil ou par téléphone.",
            ],
        ],
        themes: &["recrutement", "trouver-un-emploi--convaincre-un-recruteur-en-entretien"],
        scope: Scope::Town(2_000),
        sectors: Sectors::Any,
        numbers: &[(38, 96, 1), (9, 16, 1)],
        uses: 2,
        ..PLAIN
    },
    Template {
        titles: &[
            "{A commune}, {entreprise} ouvre ses portes aux demandeurs d'emploi",
            "Une matinée pour découvrir {les_metiers} {a commune}",
        ],
        leads: &[
            "{Entreprise} {de commune} accueille le {date} un groupe de douze personnes en recherche d'emploi, pour une visite suivie d'un temps d'échange avec les salariés.",
        ],
        body: &[
            &["La visite permet de voir les postes de travail, puis d'essayer quelques gestes : {gestes}."],
            &["{atout}"],
            &[
                "Le départ se fait en minibus depuis la Maison de l'emploi. La visite est gratuite, des chaussures fermées sont obligatoires.",
                "Le nombre de places étant limité, l'inscription est nécessaire. Les personnes retenues reçoivent une convocation par message.",
            ],
        ],
        themes: &["choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite", "emploi"],
        scope: Scope::Town(1_500),
        sectors: Sectors::Any,
        uses: 3,
        ..PLAIN
    },
    Template {
        titles: &[
            "Un point d'accueil emploi ouvre {a commune}",
            "{A commune}, un conseiller emploi désormais présent chaque semaine",
        ],
        leads: &[
            "Depuis le {passe}, un conseiller de la Maison de l'emploi reçoit chaque jeudi matin en mairie {de commune}, avec ou sans rendez-vous.",
            "La mairie {de commune} met un bureau à disposition d'un conseiller emploi, une demi-journée par semaine.",
        ],
        body: &[
            &[
                "On peut y venir pour :|rédiger ou mettre à jour un CV ;|répondre à une offre en ligne ;|préparer un entretien ;|s'informer sur une formation ou sur un financement.",
            ],
            &[
                "Ce point d'accueil évite à une partie des habitants plus de quarante minutes de route. Il complète les permanences déjà tenues dans les bourgs voisins.",
            ],
        ],
        themes: &["emploi", "trouver-un-emploi"],
        scope: Scope::Village(700, 2_500),
        uses: 2,
        ..PLAIN
    },
    Template {
        titles: &[
            "Recruter sans CV : une méthode qui s'installe {en_dep}",
            "{En_dep}, {n1} embauches cette année sans passer par le CV",
        ],
        leads: &[
            "Évaluer des gestes plutôt que des diplômes : {n1} personnes ont été recrutées cette année à l'issue d'exercices pratiques qui imitent le poste de travail.",
        ],
        body: &[
            &[
                "Le principe est simple. L'employeur décrit les habiletés utiles à son poste : suivre une consigne, respecter un délai, travailler à plusieurs. Les candidats passent ensuite une série d'exercices, sans qu'on leur demande ni âge, ni parcours, ni diplôme.",
            ],
            &[
                "Tous ceux qui réussissent les exercices sont reçus en entretien. L'employeur s'y engage avant de commencer.",
            ],
            &[
                "La méthode convient aux recrutements de quatre postes au moins. Les entreprises intéressées peuvent se faire connaître auprès de l'équipe « employeurs » de la Maison de l'emploi.",
                "",
            ],
        ],
        themes: &["recrutement", "preparer-sa-candidature--valoriser-ses-competences"],
        scope: Scope::Department,
        numbers: &[(64, 180, 2)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Ce que disent {n1} employeurs {de epci}",
            "Enquête : {n1} employeurs {de epci} parlent de leurs recrutements",
        ],
        leads: &[
            "Nos équipes ont rencontré {n1} employeurs {de epci}. Leur premier souci n'est pas le diplôme des candidats, mais la distance entre le logement et le lieu de travail.",
        ],
        body: &[
            &[
                "Trois constats reviennent dans presque tous les entretiens :|les candidats abandonnent quand les horaires ne correspondent à aucun transport ;|les petites entreprises manquent de temps pour former ;|les offres sont rédigées dans des termes que les candidats ne comprennent pas.",
            ],
            &[
                "La Maison de l'emploi propose désormais de relire les offres avec l'employeur avant leur diffusion. Le service est gratuit et prend une vingtaine de minutes.",
            ],
        ],
        themes: &["marche-du-travail", "gpect"],
        scope: Scope::Epci,
        numbers: &[(40, 120, 5)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Des temps partiels qui font un temps plein : le groupement d'employeurs recrute",
            "Groupement d'employeurs {a commune} : un salarié, deux ou trois entreprises",
        ],
        leads: &[
            "Une boulangerie le matin, une mairie l'après-midi : le groupement d'employeurs assemble des besoins partiels pour proposer de vrais contrats à temps plein.",
        ],
        body: &[
            &[
                "Le salarié n'a qu'un employeur, le groupement, une seule fiche de paie et des congés calculés normalement. Les entreprises, elles, se partagent une compétence qu'aucune n'aurait pu embaucher seule.",
            ],
            &[
                "Le groupement cherche actuellement {m1} personnes, en particulier pour l'entretien, le secrétariat et la conduite de petits véhicules.",
                "Les postes ouverts en ce moment concernent l'entretien, la comptabilité et l'animation périscolaire.",
            ],
        ],
        themes: &["emploi", "trouver-un-emploi--repondre-a-des-offres-demploi"],
        scope: Scope::Town(2_000),
        numbers: &[(5, 12, 1)],
        ..PLAIN
    },
    Template {
        titles: &[
            "Préparer un entretien d'embauche : nos cinq conseils",
            "Entretien d'embauche : ce qu'il vaut mieux préparer la veille",
            "Entretien par téléphone ou en visio : cinq habitudes à prendre",
        ],
        leads: &[
            "Un entretien se gagne souvent la veille. Voici ce que nos conseillers répètent le plus souvent, et qui tient sur une feuille.",
        ],
        body: &[
            &[
                "À retenir :|relire l'offre et souligner les mots qui décrivent le travail ;|préparer deux exemples concrets de ce que l'on sait faire ;|repérer le trajet et le temps qu'il prend ;|noter deux questions à poser ;|prévoir qui garde les enfants ce jour-là.",
            ],
            &[
                "Les ateliers d'entraînement ont lieu chaque semaine. On y vient une fois ou plusieurs, et l'on repart avec un retour franc et bienveillant.",
                "",
            ],
        ],
        themes: &["trouver-un-emploi--convaincre-un-recruteur-en-entretien"],
        ..PLAIN
    },
    Template {
        titles: &[
            "L'immersion en entreprise, mode d'emploi",
            "Essayer un métier quelques jours : comment fonctionne l'immersion",
            "Immersion professionnelle : une convention, trois signatures, et l'on commence",
        ],
        leads: &[
            "Passer quelques jours en entreprise pour vérifier qu'un métier plaît vraiment : l'immersion se décide vite et ne coûte rien à personne.",
        ],
        body: &[
            &[
                "La personne reste couverte en cas d'accident et conserve ses allocations. L'entreprise, de son côté, ne s'engage pas à recruter : elle accueille, montre et donne son avis.",
            ],
            &[
                "Il faut compter une semaine entre la demande et le premier jour. Le conseiller prépare la convention avec la personne, puis la fait signer à l'entreprise.",
            ],
            &[
                "Après une immersion, une personne sur trois choisit finalement une autre voie que celle qu'elle imaginait. C'est aussi à cela que sert l'essai.",
                "",
            ],
        ],
        themes: &["choisir-un-metier--confirmer-son-choix-de-metier"],
        ..PLAIN
    },
    Template {
        titles: &[
            "Après cinquante ans : parler de son expérience sans se répéter",
            "Chercher un emploi à cinquante-cinq ans passés : ce qui marche",
            "Expérience longue, CV court : l'atelier qui aide à trier",
        ],
        leads: &[
            "Trente années de métier ne tiennent pas sur une page, et ce n'est pas nécessaire. Un atelier aide à choisir ce qui parlera à l'employeur.",
        ],
        body: &[
            &[
                "Les participants commencent par raconter une journée de travail réussie. De ce récit, le groupe tire les compétences, puis les mots pour les dire.",
            ],
            &[
                "On y parle aussi sans détour de la santé, du salaire et de l'envie de transmettre.",
                "Deux employeurs viennent à la dernière séance donner leur regard, hors de tout recrutement.",
            ],
        ],
        themes: &["preparer-sa-candidature--valoriser-ses-competences"],
        ..PLAIN
    },
    Template {
        titles: &[
            "Fausses offres d'emploi : les signes qui doivent alerter",
            "Une offre trop belle ? Quatre vérifications avant de répondre",
            "Fausses annonces : ne jamais payer pour un emploi",
        ],
        leads: &[
            "Chaque mois, des personnes que nous accompagnons reçoivent de fausses offres. Aucun employeur ne demande d'argent, ni de coordonnées bancaires avant la signature du contrat.",
        ],
        body: &[
            &[
                "Il faut se méfier lorsque :|le salaire est très au-dessus de ce que propose la profession ;|l'échange passe uniquement par une messagerie ;|on demande une pièce d'identité avant tout entretien ;|l'adresse électronique ne correspond pas à l'entreprise.",
            ],
            &[
                "En cas de doute, un conseiller peut vérifier l'annonce en quelques minutes. Il vaut mieux demander pour rien que de perdre ses économies.",
            ],
        ],
        themes: &["trouver-un-emploi--repondre-a-des-offres-demploi", "numerique"],
        ..PLAIN
    },
    Template {
        titles: &[
            "Le tableau de bord de l'emploi {de dep} est à jour",
            "Emploi, formation, entreprises : les chiffres {de dep} en quatre pages",
        ],
        leads: &[
            "Quatre pages, des cartes lisibles et peu de jargon : le tableau de bord de l'emploi {de dep} vient d'être actualisé.",
        ],
        body: &[
            &[
                "On y trouve l'évolution des inscriptions par bassin, les métiers les plus recherchés, les entrées en formation et les créations d'entreprises. Chaque chiffre est accompagné de sa source et de sa date.",
            ],
            &[
                "Le document est présenté aux élus et aux partenaires le {date2}. Il est ensuite disponible à l'accueil et en ligne.",
                "",
            ],
        ],
        themes: &["marche-du-travail"],
        scope: Scope::Department,
        ..PLAIN
    },
    Template {
        titles: &[
            "Travailler cet été {en_dep} : les premières offres sont arrivées",
            "Emplois saisonniers : {n1} offres déjà recueillies {en_dep}",
        ],
        leads: &[
            "Campings, piscines, récoltes, centres de loisirs : {n1} offres saisonnières sont déjà affichées à l'accueil et mises à jour chaque lundi.",
        ],
        body: &[
            &[
                "Les mineurs de plus de seize ans peuvent postuler à une partie de ces offres. Un atelier leur est réservé le {date}.",
            ],
            &["Le brevet de secourisme et le permis B sont les deux atouts les plus souvent demandés.", ""],
        ],
        themes: &["recrutement", "jeunes"],
        scope: Scope::Department,
        numbers: &[(45, 140, 5)],
        months: &[2, 3, 4, 5, 6],
        ..PLAIN
    },
    Template {
        titles: &[
            "{n1} entreprises {de epci} réunies autour du recrutement",
            "Un club d'employeurs prend forme au sein {de epci}",
        ],
        leads: &[
            "Échanger des candidatures, partager une formation, accueillir ensemble des stagiaires : {n1} entreprises ont décidé de se retrouver chaque trimestre.",
        ],
        body: &[
            &[
                "La première rencontre, le {passe}, a porté sur l'accueil des nouveaux salariés. Beaucoup de départs ont lieu dans le premier mois : une visite, un référent et un planning clair suffisent souvent à les éviter.",
            ],
            &[
                "La prochaine réunion aura lieu le {date2}. Elle est ouverte aux artisans, aux associations et aux communes qui emploient.",
            ],
        ],
        themes: &["territoire", "recrutement"],
        scope: Scope::Epci,
        numbers: &[(14, 42, 1)],
        ..PLAIN
    },
];
