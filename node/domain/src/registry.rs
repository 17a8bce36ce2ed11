//! The registry of service types: the one list that forms, pages, gateways and mappings walk.

use crate::message::Message;
use crate::service_type::{DescriptorError, ServiceType};

/// The embedded descriptors, in the order they are shown. A new type is one file and one line.
const EMBEDDED: &[&str] = &[
    include_str!("../service-types/news.toml"),
    include_str!("../service-types/press-review.toml"),
    include_str!("../service-types/agenda.toml"),
    include_str!("../service-types/trainings.toml"),
    include_str!("../service-types/structures.toml"),
];

/// The service types that a node knows.
#[derive(Debug, Clone)]
pub struct Registry {
    types: Vec<ServiceType>,
}

impl Registry {
    /// The types that every node has.
    ///
    /// # Errors
    /// A descriptor of the program itself that cannot be read; a test keeps that from happening.
    pub fn embedded() -> Result<Self, DescriptorError> {
        Self::with_own(&[])
    }

    /// The types that every node has, and a node's own, given as TOML texts.
    ///
    /// # Errors
    /// The first descriptor that cannot be used, or whose slug is taken.
    pub fn with_own(own: &[String]) -> Result<Self, DescriptorError> {
        let mut types: Vec<ServiceType> = Vec::with_capacity(EMBEDDED.len() + own.len());
        for text in EMBEDDED.iter().copied().chain(own.iter().map(String::as_str)) {
            let parsed = ServiceType::from_toml(text)?;
            if types.iter().any(|known| known.slug == parsed.slug) {
                return Err(DescriptorError::Invalid {
                    slug: parsed.slug,
                    reason: Message::new(
                        "ce `slug` est déjà celui d'un autre type",
                        "this `slug` is taken by another type",
                    ),
                });
            }
            types.push(parsed);
        }
        Ok(Self { types })
    }

    /// Every type, in order.
    pub fn iter(&self) -> impl Iterator<Item = &ServiceType> {
        self.types.iter()
    }

    /// The type with this slug.
    #[must_use]
    pub fn get(&self, slug: &str) -> Option<&ServiceType> {
        self.types.iter().find(|known| known.slug == slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_descriptor_is_usable() {
        let registry = Registry::embedded().expect("embedded descriptors");
        let slugs: Vec<_> = registry.iter().map(|t| t.slug.as_str()).collect();
        assert_eq!(slugs, ["news", "press-review", "agenda", "trainings", "structures"]);
        for known in registry.iter() {
            assert!(known.fields.iter().any(|f| f.required), "{} requires nothing", known.slug);
            assert!(known.fields.iter().all(|f| !f.fr.is_empty() && !f.en.is_empty()), "{}", known.slug);
        }
    }

    /// What is said of a descriptor that cannot be used, in French and English.
    #[track_caller]
    fn told(descriptor: &str) -> (String, String) {
        let message = ServiceType::from_toml(descriptor).expect_err("a mistake").message();
        (message.fr, message.en)
    }

    #[test]
    fn a_descriptor_says_what_is_wrong_with_it_in_both_languages() {
        let good = include_str!("../service-types/news.toml");
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
        let good = include_str!("../service-types/news.toml");
        let line = good.lines().position(|line| line.starts_with("fr = ")).expect("a label") + 1;
        let (fr, en) = told(&good.replacen("fr = ", "couleur = \"rouge\"\nfr = ", 1));
        let (here, there) = (format!("ligne {line}, colonne 1"), format!("line {line}, column 1"));
        assert!(fr.contains(&here) && fr.contains("clé inconnue `couleur`, attendu : "), "{fr}");
        assert!(en.contains(&there) && en.contains("unknown field `couleur`, expected"), "{en}");
        assert!(!fr.contains('\n') && !en.contains('\n'), "{fr} {en}");
        let (fr, en) = told(&good.replacen("slug = ", "# slug = ", 1));
        assert!(fr.contains("il manque la clé `slug`") && en.contains("missing field `slug`"), "{fr} {en}");
    }
}
