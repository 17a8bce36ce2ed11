//! The registry of service types: the one list that forms, pages, gateways and mappings walk.

use crate::message::Message;
use crate::service_type::{DescriptorError, ServiceType};

/// The embedded descriptors, in the order they are shown. A new type is one file and one line.
const EMBEDDED: &[&str] = &[
    include_str!("../service-types/structures.toml"),
    include_str!("../service-types/persons.toml"),
    include_str!("../service-types/inclusion-services.toml"),
    include_str!("../service-types/places.toml"),
    include_str!("../service-types/desk-slots.toml"),
    include_str!("../service-types/trainings.toml"),
    include_str!("../service-types/training-sessions.toml"),
    include_str!("../service-types/trades.toml"),
    include_str!("../service-types/job-offers.toml"),
    include_str!("../service-types/apprenticeship-offers.toml"),
    include_str!("../service-types/recruitment-events.toml"),
    include_str!("../service-types/agenda.toml"),
    include_str!("../service-types/news.toml"),
    include_str!("../service-types/press-review.toml"),
    include_str!("../service-types/legal-watch.toml"),
    include_str!("../service-types/documents.toml"),
    include_str!("../service-types/aids.toml"),
    include_str!("../service-types/calls.toml"),
    include_str!("../service-types/projects.toml"),
    include_str!("../service-types/studies.toml"),
    include_str!("../service-types/local-indicators.toml"),
    include_str!("../service-types/desk-stats.toml"),
    include_str!("../service-types/faq.toml"),
    include_str!("../service-types/partner-messages.toml"),
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
        let known = |slug: &str| types.iter().any(|known| known.slug == slug);
        for one in &types {
            if let Some(field) =
                one.fields.iter().find(|field| field.kind.is_reference() && !known(&field.of))
            {
                return Err(DescriptorError::Invalid {
                    slug: one.slug.clone(),
                    reason: Message::new(
                        format!("champ `{}` : il n'y a pas de type « {} »", field.name, field.of),
                        format!("field `{}`: there is no type “{}”", field.name, field.of),
                    ),
                });
            }
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
mod tests;
