//! Kinds of organisations that a directory of the territory holds.

use super::{BODY, Body};

/// The kinds.
pub const BODIES: &[Body] = &[
    Body {
        names: &["Mission jeunes {de commune}", "Espace jeunes et emploi {de commune}"],
        acronym: "",
        does: &[
            "Accueille et accompagne les jeunes de 16 à 25 ans sortis du système scolaire : emploi, formation, logement, santé, mobilité.",
            "Chaque jeune est suivi par un conseiller référent. Les rendez-vous peuvent avoir lieu dans les mairies du secteur.",
        ],
        themes: &["jeunes", "emploi"],
        least: 1_900,
        hours: "lundi au vendredi, 9 h - 12 h et 13 h 30 - 17 h",
        ..BODY
    },
    Body {
        names: &["Point relais emploi {de commune}", "Espace emploi {de commune}"],
        does: &[
            "Aide à la recherche d'emploi, postes informatiques en libre accès, impression gratuite des CV.",
            "Un agent de la commune reçoit sans rendez-vous et oriente vers les conseillers de passage.",
        ],
        themes: &["trouver-un-emploi"],
        least: 900,
        hours: "mardi et jeudi, 9 h - 12 h",
        uses: 3,
        ..BODY
    },
    Body {
        names: &["Centre de formation d'apprentis {de commune}", "Campus de l'alternance {de commune}"],
        acronym: "CFA",
        does: &[
            "Forme des apprentis du CAP au brevet professionnel dans les métiers de l'alimentation, de l'automobile et du commerce.",
            "Un service dédié aide à trouver une entreprise et suit les premiers mois du contrat.",
        ],
        themes: &["alternance", "formation"],
        least: 4_500,
        ..BODY
    },
    Body {
        names: &[
            "Institut des gestes du bâtiment",
            "L'Équerre, formation bâtiment",
            "Le Fil à plomb, centre de formation",
        ],
        does: &[
            "Centre de formation aux métiers du bâtiment, avec plateaux de maçonnerie, de couverture et d'électricité.",
            "Accueille des apprentis, des demandeurs d'emploi et des salariés. Restauration et hébergement possibles.",
        ],
        themes: &["se-former--trouver-sa-formation"],
        least: 4_000,
        ..BODY
    },
    Body {
        names: &[
            "Chantier d'insertion Les Sentiers {de commune}",
            "Chantier d'insertion Pierres et rivières",
            "Chantier d'insertion Les Mains vertes {de commune}",
        ],
        acronym: "ACI",
        does: &[
            "Emploie des personnes éloignées de l'emploi sur des travaux de petit patrimoine, de berges et d'espaces verts.",
            "Contrats de vingt-six heures, accompagnement au projet, formation aux gestes professionnels.",
        ],
        themes: &["insertion-activite-economique"],
        least: 1_200,
        uses: 2,
        ..BODY
    },
    Body {
        names: &[
            "Le Panier du pré, jardin d'insertion",
            "Les Jardins du gué",
            "La Bêche et le panier, jardin d'insertion",
        ],
        does: &[
            "Maraîchage biologique en insertion, vente de paniers et de plants.",
            "Une quinzaine de salariés y préparent leur retour à l'emploi. Visites le vendredi matin.",
        ],
        themes: &["insertion-activite-economique", "equipement-et-alimentation--alimentation"],
        least: 700,
        most: 8_000,
        ..BODY
    },
    Body {
        names: &[
            "Ressourcerie Le Grenier d'à côté",
            "Ressourcerie Deuxième Tour",
            "Ressourcerie La Malle aux trésors",
        ],
        does: &[
            "Collecte, répare et vend à petit prix meubles, vêtements, livres et appareils.",
            "Atelier de réparation ouvert aux habitants le samedi. Postes de valoristes en insertion.",
        ],
        themes: &["insertion-activite-economique", "equipement-et-alimentation"],
        least: 2_000,
        hours: "mercredi et samedi, 10 h - 17 h",
        ..BODY
    },
    Body {
        names: &[
            "Garage solidaire La Clé de douze",
            "Garage solidaire Bonne Route",
            "Garage solidaire Le Coup de pouce",
        ],
        does: &[
            "Répare les véhicules des personnes orientées par un travailleur social et loue des voitures à la semaine.",
            "Un devis est toujours remis avant les travaux. Dons de véhicules acceptés.",
        ],
        themes: &["mobilite--entretenir-reparer-son-vehicule", "mobilite--acceder-a-un-vehicule"],
        least: 1_600,
        ..BODY
    },
    Body {
        names: &["Plateforme mobilité {de commune}", "Mobilité 100 chemins", "Plateforme mobilité En selle"],
        does: &[
            "Bilan de mobilité, location de scooters et de vélos électriques, auto-école sociale.",
            "Intervient sur prescription d'un conseiller, dans tout le département.",
        ],
        themes: &["mobilite"],
        least: 1_900,
        serves_all: true,
        ..BODY
    },
    Body {
        names: &[
            "Association intermédiaire Un coup de main {a commune}",
            "Services et solidarité {de commune}",
            "Entraide emploi {de commune}",
        ],
        acronym: "AI",
        does: &[
            "Met à disposition de particuliers, de communes et d'associations des salariés pour le ménage, le jardin ou le remplacement.",
            "Les salariés sont accompagnés vers un emploi durable. Premier accueil sans rendez-vous le matin.",
        ],
        themes: &["insertion-activite-economique", "trouver-un-emploi"],
        least: 2_000,
        uses: 2,
        ..BODY
    },
    Body {
        names: &[
            "Intérim d'insertion Le Relais",
            "Tremplin Intérim {de commune}",
            "Intérim d'insertion Passage",
        ],
        acronym: "ETTI",
        does: &[
            "Agence de travail temporaire d'insertion : bâtiment, logistique, propreté, agroalimentaire.",
            "Propose aux entreprises de réaliser leurs heures de clauses sociales.",
        ],
        themes: &["insertion-activite-economique", "clauses-sociales"],
        least: 5_000,
        ..BODY
    },
    Body {
        names: &[
            "Groupement d'employeurs Temps partagé {de commune}",
            "Groupement d'employeurs Les Quatre Saisons",
        ],
        acronym: "GE",
        does: &[
            "Recrute des salariés à temps plein et les met à disposition de plusieurs entreprises adhérentes.",
            "Métiers : maintenance, comptabilité, secrétariat, animation, entretien.",
        ],
        themes: &["emploi"],
        least: 1_900,
        ..BODY
    },
    Body {
        names: &[
            "Groupement d'employeurs pour l'insertion, bâtiment et paysage",
            "Groupement d'employeurs pour l'insertion Les Bâtisseurs",
            "Groupement d'employeurs pour l'insertion, métiers verts",
        ],
        acronym: "GEIQ",
        does: &[
            "Organise des parcours en alternance pour des personnes sans qualification, partagés entre plusieurs entreprises.",
            "Chaque parcours comprend un tuteur, une formation et un accompagnement social.",
        ],
        themes: &["alternance", "insertion"],
        least: 4_500,
        ..BODY
    },
    Body {
        names: &[
            "Couveuse d'activités L'Éclosoir",
            "Couveuse d'activités Le Premier Pas",
            "Coopérative d'activités La Fabrique des métiers",
        ],
        does: &[
            "Permet de tester une activité en grandeur réelle, avec un numéro de facturation et un accompagnement.",
            "Réunion d'information chaque mois.",
        ],
        themes: &["creer-une-entreprise--structurer-son-projet-de-creation-dentreprise"],
        least: 4_000,
        ..BODY
    },
    Body {
        names: &["Pépinière d'entreprises {de commune}", "Pépinière d'entreprises La Serre"],
        does: &[
            "Bureaux et ateliers à loyer progressif pour les entreprises de moins de cinq ans, services partagés.",
            "Visite sur rendez-vous.",
        ],
        themes: &["creer-une-entreprise--developper-son-entreprise"],
        least: 4_000,
        ..BODY
    },
    Body {
        names: &["Espace numérique {de commune}", "L'Arobase, espace numérique {de commune}"],
        does: &[
            "Accompagnement individuel aux démarches en ligne, ateliers en petit groupe, prêt d'ordinateurs.",
            "Des conseillers numériques se déplacent aussi dans les villages voisins.",
        ],
        themes: &["numerique"],
        least: 1_000,
        hours: "mercredi, vendredi et samedi matin",
        uses: 2,
        ..BODY
    },
    Body {
        names: &["Maison des services {de commune}", "Accueil de services publics {de commune}"],
        does: &[
            "Un seul lieu pour les démarches d'emploi, de retraite, d'impôts, de santé et de logement.",
            "Deux agents formés aident à remplir les dossiers. Espace confidentiel et visioconférence.",
        ],
        themes: &["droits", "numerique--acceder-a-des-services-en-ligne"],
        least: 700,
        most: 6_000,
        uses: 2,
        ..BODY
    },
    Body {
        names: &["Centre social {de commune}", "Centre social Les Tilleuls {a commune}"],
        does: &[
            "Activités pour tous les âges, accompagnement à la scolarité, ateliers de français, halte-garderie.",
            "Permanences emploi deux fois par mois.",
        ],
        themes: &["remobilisation--lien-social", "famille"],
        least: 3_500,
        ..BODY
    },
    Body {
        names: &["Épicerie sociale {de commune}", "Épicerie sociale Le Marché partagé"],
        does: &[
            "Produits à prix réduits sur orientation sociale, ateliers de cuisine et de budget.",
            "Accueille des bénévoles et des stagiaires.",
        ],
        themes: &["equipement-et-alimentation--alimentation", "difficultes-financieres"],
        least: 1_600,
        ..BODY
    },
    Body {
        names: &["Résidence jeunes travailleurs {de commune}", "Résidence jeunes Les Horizons"],
        acronym: "FJT",
        does: &[
            "Logements meublés pour les 16-30 ans en emploi, en apprentissage ou en recherche.",
            "Accueil possible pour quelques semaines. Accompagnement vers un logement autonome.",
        ],
        themes: &["logement-hebergement--rechercher-une-solution-dhebergement-temporaire", "jeunes"],
        least: 4_500,
        ..BODY
    },
    Body {
        names: &[
            "Atelier de lecture {de commune}",
            "Association Mots croisés, apprentissage du français",
            "Association La Page et le Verbe",
        ],
        does: &[
            "Cours de français et ateliers de lecture pour adultes, en journée et en soirée.",
            "Animés par des formatrices et des bénévoles formés. Inscription toute l'année.",
        ],
        themes: &["lecture-ecriture-calcul"],
        least: 1_600,
        ..BODY
    },
    Body {
        names: &["Service emploi et handicap {de commune}", "Cap inclusion, emploi accompagné"],
        does: &[
            "Accompagne vers et dans l'emploi les personnes en situation de handicap, et conseille leurs employeurs.",
            "Évaluation, immersion, suivi dans la durée.",
        ],
        themes: &["handicap"],
        least: 5_000,
        serves_all: true,
        ..BODY
    },
    Body {
        names: &["Crèche Les Premiers Pas {de commune}", "Crèche La Ribambelle"],
        does: &[
            "Crèche à vocation d'insertion : places réservées aux parents en recherche d'emploi, y compris au dernier moment.",
            "Accueil dès six heures trente sur demande.",
        ],
        themes: &["famille--garde-denfants"],
        least: 1_900,
        ..BODY
    },
    Body {
        names: &["Club des entreprises {de commune}", "Réseau d'entreprises du bassin {de commune}"],
        does: &[
            "Association d'employeurs : rencontres mensuelles, bourse aux candidatures, accueil de stagiaires.",
            "Partenaire des forums de l'emploi.",
        ],
        themes: &["territoire", "recrutement"],
        least: 4_000,
        ..BODY
    },
    Body {
        names: &["Régie de quartier {de commune}", "Régie de territoire Les Deux Rives"],
        does: &[
            "Entretien d'immeubles, espaces verts, petits travaux, confiés à des habitants du quartier.",
            "Emplois en insertion et lieu d'accueil ouvert à tous.",
        ],
        themes: &["insertion-activite-economique", "remobilisation--lien-social"],
        least: 8_000,
        ..BODY
    },
    Body {
        names: &["Bus de l'orientation", "Caravane des métiers", "Bus emploi et formation"],
        does: &[
            "Point d'information itinérant sur les métiers, les formations et les aides, présent sur les marchés et devant les collèges.",
            "Le calendrier des haltes est publié dans l'agenda.",
        ],
        themes: &["orientation", "choisir-un-metier"],
        itinerant: true,
        serves_all: true,
        ..BODY
    },
    Body {
        names: &[
            "Ligne d'information sur les droits des salariés",
            "Permanence téléphonique droit du travail",
            "Écoute discriminations au travail",
        ],
        does: &[
            "Réponses gratuites et confidentielles, par téléphone, aux questions de droit du travail.",
            "Un rappel est proposé sous deux jours ouvrés.",
        ],
        themes: &["difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits"],
        itinerant: true,
        serves_all: true,
        hours: "lundi et jeudi, 14 h - 17 h",
        ..BODY
    },
];
