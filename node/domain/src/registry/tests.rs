//! The catalogue of types: its order, its fields, its samples, and what is said of a descriptor.

use super::*;
use crate::field::Fields;
use crate::item::{ItemCore, ItemFrame};
use crate::service::Visibility;
use crate::service_type::WireForm;
use crate::validation::{Stage, check};

/// The catalogue: each type in its order, with the fields that it has to have.
const CATALOGUE: [(&str, &str); 24] = [
    (
        "structures",
        "nom sigle siret description type reseaux_porteurs adresse commune code_postal latitude longitude telephone courriel site_web horaires accessibilite_lieu thematiques zone_intervention",
    ),
    (
        "persons",
        "nom prenom fonction structure telephone courriel territoires thematiques consentement_publication",
    ),
    (
        "inclusion-services",
        "structure nom description type thematiques thematiques_data_inclusion publics frais modes_accueil modes_mobilisation mobilisable_par conditions_acces zone_eligibilite volume_horaire_hebdomadaire nombre_semaines",
    ),
    (
        "places",
        "nom adresse commune latitude longitude capacite equipements accessibilite horaires gestionnaire",
    ),
    ("desk-slots", "structure lieu recurrence exceptions sur_rendez_vous public debut_validite fin_validite"),
    (
        "trainings",
        "intitule objectif resultats_attendus contenu certifiante formacodes nsf rome rncp certifinfo niveau_entree niveau_sortie organisme organisme_fiche organisme_siret organisme_nda parcours modalites_enseignement financeurs",
    ),
    (
        "training-sessions",
        "formation debut fin adresse lieu etat_recrutement places modalites_es prix_ttc date_limite_inscription informations_collectives",
    ),
    (
        "trades",
        "code_rome appellations acces competences rncp date_fin_enregistrement niveau formacodes secteurs_naf tension tension_annee",
    ),
    (
        "job-offers",
        "reference intitule code_rome appellation contrat duree temps salaire_min salaire_max salaire_unite employeur employeur_masque naf lieu latitude longitude experience niveau nb_postes date_creation date_actualisation date_fin url_origine comment_postuler",
    ),
    (
        "apprenticeship-offers",
        "reference intitule code_rome employeur lieu type_contrat debut_contrat duree_contrat diplome_vise formation cfa rncp rythme date_fin",
    ),
    (
        "recruitment-events",
        "titre debut fin lieu employeurs offres codes_rome publics inscription nb_places statut",
    ),
    (
        "agenda",
        "titre chapo description debut fin autres_dates lieu adresse mode statut public inscription accessibilite",
    ),
    ("news", "titre chapo texte auteur date_publication images pieces_jointes thematiques territoires"),
    ("press-review", "titre source url date_parution extrait thematiques territoires commentaire"),
    ("legal-watch", "titre nature reference eli date_texte date_effet idcc resume url thematiques"),
    ("documents", "titre auteur editeur date type fichier format octets thematiques accessibilite"),
    (
        "aids",
        "nom financeur beneficiaires profils nature montant conditions demarche_url territoires debut fin thematiques",
    ),
    ("calls", "titre emetteur objet territoires budget date_ouverture date_limite url cpv"),
    ("projects", "intitule pilote partenaires axe territoires debut fin etat financement resultats"),
    ("studies", "titre auteurs date periode territoires naf rome resume lien"),
    ("local-indicators", "indicateur definition source periode territoire valeur unite statut secret"),
    (
        "desk-stats",
        "date lieu_accueil canal activite nb_personnes profil situation anciennete_recherche public_specifique tranche_age sexe niveau_formation commune_residence objet metier reponse orientation_vers duree premiere_visite connu_par",
    ),
    ("faq", "question reponse thematiques publics validee_par date_revue liens"),
    ("partner-messages", "objet texte auteur destinataires type echeance fil"),
];

#[test]
fn the_types_are_those_of_the_catalogue() {
    let registry = Registry::embedded().expect("embedded descriptors");
    let slugs: Vec<_> = registry.iter().map(|t| t.slug.as_str()).collect();
    assert_eq!(slugs, CATALOGUE.map(|(slug, _)| slug));
    for (slug, fields) in CATALOGUE {
        let known = registry.get(slug).expect(slug);
        for name in fields.split(' ') {
            assert!(known.field(name).is_some(), "{slug} has no field {name}");
        }
        assert!(known.fields.iter().any(|f| f.required), "{slug} requires nothing");
        assert!(known.fields.iter().all(|f| !f.fr.is_empty() && !f.en.is_empty()), "{slug}");
        // No spreadsheet brings a file.
        let right = |f: &crate::field::Field| f.columns.is_empty() == f.kind.is_attachment();
        assert!(known.fields.iter().all(right), "{slug}: columns");
    }
}

#[test]
fn who_may_see_a_type_has_its_bounds() {
    let registry = Registry::embedded().expect("embedded descriptors");
    let narrow: Vec<(&str, Visibility, Visibility)> = registry
        .iter()
        .filter(|known| known.widest != Visibility::Public)
        .map(|known| (known.slug.as_str(), known.visibility, known.widest))
        .collect();
    let (network, private) = (Visibility::Network, Visibility::Private);
    let expected = [
        ("persons", private, network),
        ("desk-stats", private, private),
        ("partner-messages", network, network),
    ];
    assert_eq!(narrow, expected);
    assert_eq!(registry.get("desk-stats").map(|known| known.wire), Some(WireForm::None));
}

/// The typical and the extreme item of a type, kept beside the descriptors.
fn samples(slug: &str) -> [(&'static str, Fields); 2] {
    let path = format!("{}/samples/{slug}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let kept: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    ["typical", "extreme"].map(|name| (name, serde_json::from_value(kept[name].clone()).expect("fields")))
}

#[test]
fn a_typical_and_an_extreme_item_of_every_type_are_taken() {
    let registry = Registry::embedded().expect("embedded descriptors");
    for known in registry.iter() {
        for (name, fields) in samples(&known.slug) {
            let checked = match check(known, &fields, Stage::Submission) {
                Ok(checked) => checked,
                Err(problems) => panic!("{} {name}: {problems:?}", known.slug),
            };
            // What is stored is taken again as it is.
            assert_eq!(
                check(known, &checked, Stage::Submission).as_ref(),
                Ok(&checked),
                "{} {name}",
                known.slug
            );
            let core = ItemCore::of(known, &checked, &ItemFrame::default());
            assert!(!core.title.is_empty(), "{} {name}", known.slug);
            if name == "extreme" {
                let missing: Vec<&str> = known
                    .fields
                    .iter()
                    // Files are sent for an item, and belong to it alone.
                    .filter(|f| !f.kind.is_attachment())
                    .map(|f| f.name.as_str())
                    .filter(|f| !checked.0.contains_key(*f))
                    .collect();
                assert!(missing.is_empty(), "{}: the extreme item has no {missing:?}", known.slug);
            }
        }
    }
    let kept = std::fs::read_dir(format!("{}/samples", env!("CARGO_MANIFEST_DIR"))).expect("folder").count();
    assert_eq!(kept, CATALOGUE.len());
}

#[test]
fn what_a_field_keeps_back_is_not_shown() {
    let registry = Registry::embedded().expect("embedded descriptors");
    let jobs = registry.get("job-offers").expect("job-offers");
    let [(_, mut job), _] = samples("job-offers");
    assert_eq!(jobs.shown(&job).text("employeur"), Some("Ateliers de la Loire"));
    job.0.insert("employeur_masque".into(), true.into());
    let shown = jobs.shown(&job);
    assert_eq!((shown.text("employeur"), shown.0.len()), (None, job.0.len() - 1));
}

/// What is said of a descriptor that cannot be used, in French and English.
#[track_caller]
fn told(descriptor: &str) -> (String, String) {
    let message = ServiceType::from_toml(descriptor).expect_err("a mistake").message();
    (message.fr, message.en)
}

#[test]
fn a_descriptor_says_what_is_wrong_with_it_in_both_languages() {
    let good = include_str!("../../service-types/news.toml");
    let twice = Registry::with_own(&[good.to_owned()]).expect_err("slug taken").message();
    assert!(twice.fr.contains("« news »") && twice.fr.contains("déjà celui"), "{twice}");
    assert!(twice.en.contains("“news”") && twice.en.contains("is taken"), "{twice}");

    let (fr, en) = told(&good.replace("role = \"title\"", ""));
    assert!(fr.contains("aucun champ n'a le rôle `title`"), "{fr}");
    assert!(en.contains("no field has the role `title`"), "{en}");

    let listless = good.replace("[[fields]]", "[[fields]]\nname = \"x\"\nkind = \"choice\"\nfr = \"x\"\nen = \"x\"\nthesaurus = \"inconnu\"\n\n[[fields]]");
    let (fr, en) = told(&listless);
    assert!(fr.contains("champ `x`") && fr.contains("reseaux-porteurs"), "{fr}");
    assert!(en.contains("field `x`") && en.contains("reseaux-porteurs"), "{en}");

    for (change, fr, en) in [
        ("title = \"{titre}\"", "sans champ de rôle `title`", "without a field of role `title`"),
        ("widest = \"private\"", "plus large que `widest`", "wider than `widest`"),
    ] {
        let (told_fr, told_en) = told(&good.replacen("visibility =", &format!("{change}\nvisibility ="), 1));
        assert!(told_fr.contains(fr) && told_en.contains(en), "{told_fr} {told_en}");
    }
    for (action, word) in [
        ("do = \"hide\"\nafter = \"auteur\"", "`auteur`"),
        ("do = \"hide\"\nafter = \"end\"\nunless = [\"nulle_part\"]", "`nulle_part`"),
        ("do = \"hide\"\nafter = \"end\"\nfields = [\"auteur\"]", "`fields`"),
        ("do = \"erase\"\nafter = \"end\"\nfields = [\"titre\"]", "`fields`"),
        ("do = \"hide\"\nafter = \"withdrawal\"", "`withdrawal`"),
    ] {
        let (fr, en) =
            told(&good.replacen("[[actions]]", &format!("[[actions]]\n{action}\n\n[[actions]]"), 1));
        assert!(fr.contains(word) && en.contains(word), "{fr} {en}");
    }
    let reference = "[[fields]]\nname = \"x\"\nkind = \"reference\"\nfr = \"x\"\nen = \"x\"\n";
    let (fr, en) = told(&good.replacen("[[fields]]", &format!("{reference}\n[[fields]]"), 1));
    assert!(fr.contains("`of` va avec") && en.contains("`of` goes with"), "{fr} {en}");
    let other = good.replacen("slug = \"news\"", "slug = \"autre\"", 1);
    let other = other.replacen("[[fields]]", &format!("{reference}of = \"nulle-part\"\n\n[[fields]]"), 1);
    let nowhere = Registry::with_own(&[other]).expect_err("no such type").message();
    assert!(nowhere.fr.contains("pas de type « nulle-part »") && nowhere.en.contains("no type"), "{nowhere}");
    let hidden = good.replacen("name = \"auteur\"", "name = \"auteur\"\nhidden_by = \"titre\"", 1);
    let (fr, en) = told(&hidden);
    assert!(fr.contains("`hidden_by`") && en.contains("`hidden_by`"), "{fr} {en}");

    let coded =
        listless.replace("kind = \"choice\"", "kind = \"code\"").replace("thesaurus = \"inconnu\"\n", "");
    for (more, word) in [("range = [1, 0]", "`range`"), ("most = 3", "`most`")] {
        let numbers = listless.replace("kind = \"choice\"", "kind = \"number\"");
        let (fr, en) = told(&numbers.replace("thesaurus = \"inconnu\"", more));
        assert!(fr.contains(word) && en.contains(word), "{fr} {en}");
    }
    let (fr, en) = told(&coded);
    assert!(fr.contains("`standard` va avec") && en.contains("`standard` goes with"), "{fr} {en}");
}

#[test]
fn what_is_no_toml_is_told_with_its_place() {
    let good = include_str!("../../service-types/news.toml");
    let line = good.lines().position(|line| line.starts_with("fr = ")).expect("a label") + 1;
    let (fr, en) = told(&good.replacen("fr = ", "couleur = \"rouge\"\nfr = ", 1));
    let (here, there) = (format!("ligne {line}, colonne 1"), format!("line {line}, column 1"));
    assert!(fr.contains(&here) && fr.contains("clé inconnue `couleur`, attendu : "), "{fr}");
    assert!(en.contains(&there) && en.contains("unknown field `couleur`, expected"), "{en}");
    assert!(!fr.contains('\n') && !en.contains('\n'), "{fr} {en}");
    let (fr, en) = told(&good.replacen("slug = ", "# slug = ", 1));
    assert!(fr.contains("il manque la clé `slug`") && en.contains("missing field `slug`"), "{fr} {en}");
}
