//! Sectors where things are built, grown, made and carried.

use super::Sector;

/// Communes where vines are worked, by département.
const VINEYARDS: &[(&str, &[&str])] = &[
    ("58", &["58215", "58086", "58059"]),
    ("21", &["21054", "21464", "21295", "21390"]),
    ("89", &["89068", "89024", "89206", "89418"]),
];

/// The sectors.
pub const SECTORS: &[Sector] = &[
    Sector {
        key: "batiment",
        name: "le bâtiment",
        jobs: &[
            ("maçon", "maçons"),
            ("couvreur", "couvreurs"),
            ("plaquiste", "plaquistes"),
            ("électricien", "électriciens"),
            ("peintre", "peintres"),
        ],
        employers: "des artisans et des entreprises générales du bâtiment",
        company: "une entreprise de couverture",
        tasks: "lire un plan, monter une cloison, préparer un support",
        appeal: &[
            "On y travaille en équipe, on voit le soir ce que l'on a fait dans la journée, et les débutants apprennent sur le chantier.",
            "La rénovation énergétique remplit les carnets de commandes et les entreprises forment elles-mêmes les débutants.",
        ],
        wanted: &[
            "Le permis B est apprécié ; l'assiduité et le respect des consignes de sécurité comptent davantage que l'expérience.",
            "Aucun diplôme n'est demandé pour débuter, mais il faut accepter de travailler dehors par tous les temps.",
        ],
        months: &[],
        towns: &[],
    },
    Sector {
        key: "travaux-publics",
        name: "les travaux publics",
        jobs: &[
            ("conducteur d'engins", "conducteurs d'engins"),
            ("canalisateur", "canalisateurs"),
            ("ouvrier de voirie", "ouvriers de voirie"),
            ("aide-topographe", "aides-topographes"),
        ],
        employers: "des entreprises de terrassement et de voirie",
        company: "une entreprise de terrassement",
        tasks: "poser une bordure, régler un niveau, baliser un chantier",
        appeal: &[
            "Les chantiers de réseaux et de voirie s'enchaînent toute l'année, avec des équipes qui se déplacent dans tout le département.",
            "On y progresse vite : beaucoup de chefs de chantier ont commencé comme manœuvres.",
        ],
        wanted: &[
            "Le permis B est nécessaire, car les équipes partent tôt du dépôt.",
            "Une bonne condition physique et l'attention aux autres sont indispensables ; les autorisations de conduite se passent ensuite.",
        ],
        months: &[],
        towns: &[],
    },
    Sector {
        key: "metallurgie",
        name: "la métallurgie",
        jobs: &[
            ("soudeur", "soudeurs"),
            ("chaudronnier", "chaudronniers"),
            ("opérateur sur commande numérique", "opérateurs sur commande numérique"),
            ("technicien de maintenance", "techniciens de maintenance"),
        ],
        employers: "des ateliers de mécanique et des sous-traitants de l'industrie",
        company: "un atelier de chaudronnerie",
        tasks: "lire un plan, régler une machine, contrôler une pièce",
        appeal: &[
            "Les ateliers sont propres, bien équipés, et les salaires d'embauche y sont souvent supérieurs à ce que l'on imagine.",
            "Le travail se fait en équipe de jour ou en horaires alternés, avec un tuteur pendant les premiers mois.",
        ],
        wanted: &[
            "Il faut aimer la précision et savoir travailler debout ; le reste s'apprend en formation.",
            "Les employeurs regardent la motivation et la ponctualité avant le diplôme.",
        ],
        months: &[],
        towns: &[],
    },
    Sector {
        key: "bois",
        name: "la filière bois",
        jobs: &[
            ("bûcheron", "bûcherons"),
            ("conducteur d'engins forestiers", "conducteurs d'engins forestiers"),
            ("opérateur de scierie", "opérateurs de scierie"),
            ("charpentier", "charpentiers"),
        ],
        employers: "des scieries, des exploitants forestiers et des charpentiers",
        company: "une scierie",
        tasks: "reconnaître les essences, classer une planche, affûter un outil",
        appeal: &[
            "De la forêt à la charpente, les métiers sont variés et les entreprises, souvent familiales, transmettent volontiers leur savoir.",
            "Les machines ont beaucoup allégé le travail, qui demande aujourd'hui surtout de l'attention.",
        ],
        wanted: &[
            "Le permis B et le goût du plein air sont demandés pour la forêt ; en scierie, c'est la régularité qui compte.",
            "Les débutants sont acceptés s'ils respectent à la lettre les règles de sécurité.",
        ],
        months: &[],
        towns: &[],
    },
    Sector {
        key: "agriculture",
        name: "l'agriculture",
        jobs: &[
            ("agent d'élevage", "agents d'élevage"),
            ("tractoriste", "tractoristes"),
            ("ouvrier maraîcher", "ouvriers maraîchers"),
            ("salarié de remplacement", "salariés de remplacement"),
        ],
        employers: "des exploitations d'élevage, de céréales et de maraîchage",
        company: "un groupement d'exploitations agricoles",
        tasks: "soigner un troupeau, conduire un tracteur, préparer une parcelle",
        appeal: &[
            "Les exploitations se partagent souvent un salarié, ce qui permet un temps plein et des tâches variées.",
            "Beaucoup d'exploitants approchent de la retraite et cherchent à qui transmettre leur savoir-faire.",
        ],
        wanted: &[
            "Il faut aimer les animaux et se lever tôt ; un logement peut parfois être proposé.",
            "Le permis B est utile, les fermes étant rarement desservies par les transports.",
        ],
        months: &[],
        towns: &[],
    },
    Sector {
        key: "viticulture",
        name: "la viticulture",
        jobs: &[
            ("tailleur de vigne", "tailleurs de vigne"),
            ("tractoriste enjambeur", "tractoristes enjambeurs"),
            ("ouvrier viticole", "ouvriers viticoles"),
            ("agent de chai", "agents de chai"),
        ],
        employers: "des domaines viticoles et une cave coopérative",
        company: "un domaine viticole",
        tasks: "tailler, attacher, surveiller une cuve",
        appeal: &[
            "Le travail suit les saisons : taille en hiver, palissage au printemps, vendange à la fin de l'été.",
            "Les domaines cherchent des salariés à l'année, et pas seulement pour la vendange.",
        ],
        wanted: &[
            "Le goût du geste précis et de l'extérieur suffit pour commencer ; la taille s'apprend en quelques semaines.",
            "Les débutants sont les bienvenus à condition d'accepter le froid et les longues journées dehors.",
        ],
        months: &[],
        towns: VINEYARDS,
    },
    Sector {
        key: "agroalimentaire",
        name: "l'agroalimentaire",
        jobs: &[
            ("conducteur de ligne", "conducteurs de ligne"),
            ("opérateur de conditionnement", "opérateurs de conditionnement"),
            ("agent de nettoyage industriel", "agents de nettoyage industriel"),
            ("technicien qualité", "techniciens qualité"),
        ],
        employers: "des entreprises de transformation alimentaire",
        company: "une fromagerie",
        tasks: "surveiller une ligne, respecter la chaîne du froid, remplir une fiche de suivi",
        appeal: &[
            "Les équipes sont stables et les contrats longs, avec une promotion interne réelle vers la conduite de ligne.",
            "Le travail est régulier toute l'année, en équipes du matin ou de l'après-midi.",
        ],
        wanted: &[
            "Le respect des règles d'hygiène est la première exigence ; l'expérience vient après.",
            "Il faut supporter le froid et le travail debout, et pouvoir se rendre sur place avant le premier car.",
        ],
        months: &[],
        towns: &[],
    },
    Sector {
        key: "metiers-de-bouche",
        name: "les métiers de bouche",
        jobs: &[
            ("boulanger", "boulangers"),
            ("boucher", "bouchers"),
            ("charcutier-traiteur", "charcutiers-traiteurs"),
            ("vendeur en boulangerie", "vendeurs en boulangerie"),
        ],
        employers: "des artisans boulangers, bouchers et traiteurs",
        company: "une boulangerie artisanale",
        tasks: "façonner, préparer une commande, tenir un étal",
        appeal: &[
            "Les artisans forment eux-mêmes leurs apprentis, et il n'est pas rare de reprendre un jour la boutique.",
            "Ces métiers ne se délocalisent pas et l'on y trouve du travail dans le moindre bourg.",
        ],
        wanted: &[
            "Il faut accepter de commencer tôt et aimer le contact avec la clientèle.",
            "Le soin et la rapidité s'acquièrent ; l'envie de bien faire est demandée dès le premier jour.",
        ],
        months: &[],
        towns: &[],
    },
    Sector {
        key: "espaces-verts",
        name: "les espaces verts",
        jobs: &[
            ("ouvrier paysagiste", "ouvriers paysagistes"),
            ("jardinier", "jardiniers"),
            ("élagueur", "élagueurs"),
            ("agent d'entretien de rivière", "agents d'entretien de rivière"),
        ],
        employers: "des paysagistes, des communes et un syndicat de rivière",
        company: "une entreprise de paysage",
        tasks: "tailler une haie, débroussailler, reconnaître les végétaux",
        appeal: &[
            "On travaille dehors, en petite équipe, avec des chantiers différents chaque semaine.",
            "Les communes entretiennent autrement leurs espaces et cherchent des agents qui connaissent les plantes.",
        ],
        wanted: &[
            "Le permis B est demandé, le permis avec remorque est un vrai plus.",
            "Une bonne résistance physique et le respect du matériel sont attendus.",
        ],
        months: &[],
        towns: &[],
    },
    Sector {
        key: "reparation-automobile",
        name: "la réparation automobile",
        jobs: &[
            ("mécanicien automobile", "mécaniciens automobiles"),
            ("carrossier", "carrossiers"),
            ("mécanicien agricole", "mécaniciens agricoles"),
            ("réceptionnaire d'atelier", "réceptionnaires d'atelier"),
        ],
        employers: "des garages et des concessions de matériel agricole",
        company: "un garage indépendant",
        tasks: "faire un diagnostic, changer des freins, lire une documentation technique",
        appeal: &[
            "Le diagnostic électronique a transformé le métier, qui mêle désormais mécanique et informatique.",
            "Chaque véhicule pose un problème différent : on ne s'ennuie pas.",
        ],
        wanted: &[
            "Le permis B est indispensable pour essayer les véhicules.",
            "La curiosité et la méthode font la différence ; beaucoup d'ateliers prennent des apprentis de tous âges.",
        ],
        months: &[],
        towns: &[],
    },
];
