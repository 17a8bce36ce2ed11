//! Themes and places of an item as hashtags, in CamelCase.

use maillage_app::address::Addresses;
use maillage_app::outbound::PublishedItem;
use maillage_domain::text::fold;
use serde_json::{Value, json};

/// The tags of an item. Nothing but hashtags: other software takes every tag of an event for one.
pub(super) fn tags(published: &PublishedItem, addresses: &Addresses) -> Vec<Value> {
    let themes =
        published.themes.iter().map(|theme| (theme.label.fr.clone(), format!("theme={}", theme.slug)));
    let places = published.held.iter().map(|place| (place.name.clone(), format!("place={}", place.code)));
    let mut tags: Vec<Value> = Vec::new();
    for (label, query) in themes.chain(places) {
        let name = format!("#{}", camel_case(&label));
        let href = format!("{}?{query}", addresses.service_page(&published.service.slug));
        // A hashtag of digits alone is none.
        let word = name.chars().any(char::is_alphabetic);
        if word && !tags.iter().any(|tag| tag["name"] == name) {
            tags.push(json!({ "type": "Hashtag", "name": name, "href": href }));
        }
    }
    tags
}

/// "Cosne-Cours-sur-Loire" becomes "CosneCoursSurLoire".
pub(super) fn camel_case(label: &str) -> String {
    label
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !fold(word).is_empty())
        .flat_map(|word| {
            let mut chars = word.chars();
            let first = chars.next().into_iter().flat_map(char::to_uppercase);
            first.chain(chars.as_str().chars()).collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::camel_case;

    #[test]
    fn words_are_joined() {
        assert_eq!(camel_case("Cosne-Cours-sur-Loire"), "CosneCoursSurLoire");
        assert_eq!(camel_case("accès à l'emploi"), "AccèsÀLEmploi");
        assert_eq!(camel_case(" – "), "");
    }
}
