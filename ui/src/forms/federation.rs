//! Following a service.

use crate::i18n::Translator;
use crate::views::{Control, FieldGroup, FieldView, FormView, Opt, PlaceChoice, ThemeGroup};
use maillage_domain::subscription::TrustLevel;

/// What a subscription may be made of.
#[derive(Debug, Clone, Default)]
pub struct SubscriptionChoices {
    /// Services of ours into which items may go.
    pub services: Vec<Opt>,
    /// The theme tree.
    pub themes: Vec<ThemeGroup>,
    /// Service types.
    pub types: Vec<Opt>,
    /// Areas offered while typing.
    pub suggestions: Vec<String>,
}

/// Follows a service. Fields: `address`, `into`, `trust`; to take only a part: `themes`,
/// `territories` (`territories.add`), `centre.add` with `radius`, `types`, `keywords`, `language`,
/// `from`, `until`.
#[must_use]
pub fn subscription(
    t: Translator,
    action: &str,
    csrf: &str,
    choices: &SubscriptionChoices,
    button: &str,
) -> FormView {
    let trust = |level: TrustLevel, name: &str, hint: &str| {
        Opt::new(level.as_str(), t.get(name)).explained(t.get(hint))
    };
    let levels = vec![
        trust(TrustLevel::Hold, "trust-hold", "trust-hold-hint"),
        trust(TrustLevel::Publish, "trust-publish", "trust-publish-hint"),
        trust(TrustLevel::Announce, "trust-announce", "trust-announce-hint"),
    ];
    let fields = vec![
        FieldView::new(t, "address", t.get("subscription-address"), Control::Line)
            .hint(t.get("subscription-address-hint"))
            .required()
            .max(200),
        FieldView::new(t, "into", t.get("subscription-service"), Control::Menu(choices.services.clone()))
            .hint(t.get("subscription-service-hint"))
            .required(),
        FieldView::new(t, "trust", t.get("subscription-trust"), Control::Choice(levels))
            .required()
            .value(TrustLevel::Hold.as_str()),
    ];
    let mut form = FormView::new(t, action, csrf, button, fields);
    form.groups.push(filter(t, choices));
    form
}

fn filter(t: Translator, choices: &SubscriptionChoices) -> FieldGroup {
    let places = |single: bool| {
        Control::Places(PlaceChoice {
            suggestions: choices.suggestions.clone(),
            single,
            ..PlaceChoice::default()
        })
    };
    let languages = vec![Opt::new("fr", t.get("language-fr")), Opt::new("en", t.get("language-en"))];
    FieldGroup {
        title: t.get("subscription-filter"),
        intro: t.get("subscription-filter-intro"),
        folded: true,
        fields: vec![
            FieldView::new(t, "themes", t.get("filter-themes"), Control::Themes(choices.themes.clone())),
            FieldView::new(t, "territories", t.get("filter-territories"), places(false))
                .hint(t.get("filter-territories-hint")),
            FieldView::new(t, "centre", t.get("filter-centre"), places(true)),
            FieldView::new(t, "radius", t.get("filter-radius"), Control::Integer("km".to_owned())),
            FieldView::new(t, "types", t.get("filter-types"), Control::Choices(choices.types.clone())),
            FieldView::new(t, "keywords", t.get("filter-keywords"), Control::Line)
                .hint(t.get("filter-keywords-hint"))
                .max(300),
            FieldView::new(t, "language", t.get("item-language"), Control::Menu(languages)),
            FieldView::new(t, "from", t.get("filter-from"), Control::Date),
            FieldView::new(t, "until", t.get("filter-until"), Control::Date),
        ],
    }
}
