//! The registry of service types: the one list that forms, pages, gateways and mappings walk.

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
                    reason: "this slug is taken".into(),
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

    #[test]
    fn a_descriptor_says_what_is_wrong_with_it() {
        let good = include_str!("../service-types/news.toml");
        let twice = Registry::with_own(&[good.to_owned()]).expect_err("slug taken");
        assert!(twice.to_string().contains("taken"));
        let unknown = format!("colour = \"red\"\n{good}");
        assert!(matches!(ServiceType::from_toml(&unknown), Err(DescriptorError::Syntax(_))));
        let untitled = good.replace("role = \"title\"", "");
        assert!(ServiceType::from_toml(&untitled).expect_err("no title").to_string().contains("Title"));
        let listless = good.replace("[[fields]]", "[[fields]]\nname = \"x\"\nkind = \"choice\"\nfr = \"x\"\nen = \"x\"\nthesaurus = \"inconnu\"\n\n[[fields]]");
        let told = ServiceType::from_toml(&listless).expect_err("no such list").to_string();
        assert!(told.contains("field `x`") && told.contains("reseaux-porteurs"), "{told}");
        let coded =
            listless.replace("kind = \"choice\"", "kind = \"code\"").replace("thesaurus = \"inconnu\"\n", "");
        let told = ServiceType::from_toml(&coded).expect_err("no standard").to_string();
        assert!(told.contains("`standard`"), "{told}");
    }
}
