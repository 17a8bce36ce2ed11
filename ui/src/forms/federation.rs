//! Following a service: what is taken of it, and what happens to that.

use crate::i18n::Translator;
use crate::views::{Button, Control, FieldGroup, FieldView, FormView, Opt, PlaceChoice, ThemeGroup};
use maillage_domain::rule::{Decision, PlaceRelation};
use maillage_domain::subscription::TrustLevel;

/// What a subscription may be made of.
#[derive(Debug, Clone, Default)]
pub struct SubscriptionChoices {
    /// Services of ours into which items may go; none where the subscription stands already.
    pub services: Option<Vec<Opt>>,
    /// The theme tree.
    pub themes: Vec<ThemeGroup>,
    /// Service types.
    pub types: Vec<Opt>,
    /// How many exceptions there are rows for; none where the rules are not the form's to change.
    pub exceptions: Option<usize>,
}

/// Follows a service, or changes what is taken of it. Fields: `address`, `into` (only for a new
/// one), `trust`; to take only a part: `themes`, `territories` (`territories.add`), `relation`,
/// `centre` (`centre.add`) with `radius`, `placeless`, `types`, `keywords`, `language`, `from`,
/// `until`; for each exception N, from 0, `xN.then`, `xN.theme`, `xN.territory` (`.add`) and
/// `xN.keywords`; `action` (`save`, `more` for another exception, `try`).
#[must_use]
pub fn subscription(
    t: Translator,
    action: &str,
    csrf: &str,
    choices: &SubscriptionChoices,
    button: &str,
) -> FormView {
    let mut fields = Vec::new();
    if let Some(services) = &choices.services {
        fields.extend([
            FieldView::new(t, "address", t.get("subscription-address"), Control::Line)
                .hint(t.get("subscription-address-hint"))
                .required()
                .max(200),
            FieldView::new(t, "into", t.get("subscription-service"), Control::Menu(services.clone()))
                .hint(t.get("subscription-service-hint"))
                .required(),
        ]);
    }
    let trust = |level: TrustLevel, name: &str, hint: &str| {
        Opt::new(level.as_str(), t.get(name)).explained(t.get(hint))
    };
    let levels = vec![
        trust(TrustLevel::Hold, "trust-hold", "trust-hold-hint"),
        trust(TrustLevel::Publish, "trust-publish", "trust-publish-hint"),
        trust(TrustLevel::Announce, "trust-announce", "trust-announce-hint"),
    ];
    fields.push(
        FieldView::new(t, "trust", t.get("subscription-trust"), Control::Choice(levels))
            .required()
            .value(TrustLevel::Hold.as_str()),
    );
    let mut form = FormView::new(t, action, csrf, "", fields);
    form.buttons = vec![Button { label: button.to_owned(), action: "save", main: true }];
    if let Some(exceptions) = choices.exceptions {
        form.groups.push(filter(t, choices));
        form.groups.push(exception_rows(t, choices, exceptions));
        if choices.services.is_none() {
            form.buttons.push(Button { label: t.get("rules-try"), action: "try", main: false });
        }
        form.buttons.push(Button { label: t.get("rules-more"), action: "more", main: false });
    }
    form
}

fn places(single: bool) -> Control {
    Control::Places(PlaceChoice { single, ..PlaceChoice::default() })
}

fn filter(t: Translator, choices: &SubscriptionChoices) -> FieldGroup {
    let languages = vec![Opt::new("fr", t.get("language-fr")), Opt::new("en", t.get("language-en"))];
    let relation = |relation: PlaceRelation, key: &str| Opt::new(relation_name(relation), t.get(key));
    let relations = vec![
        relation(PlaceRelation::Held, "relation-held"),
        relation(PlaceRelation::Publisher, "relation-publisher"),
        relation(PlaceRelation::Eligible, "relation-eligible"),
        relation(PlaceRelation::Any, "relation-any"),
    ];
    FieldGroup {
        title: t.get("subscription-filter"),
        intro: t.get("subscription-filter-intro"),
        folded: true,
        fields: vec![
            FieldView::new(t, "themes", t.get("filter-themes"), Control::Themes(choices.themes.clone())),
            FieldView::new(t, "territories", t.get("filter-territories"), places(false))
                .hint(t.get("filter-territories-hint")),
            FieldView::new(t, "relation", t.get("filter-relation"), Control::Menu(relations))
                .required()
                .value(relation_name(PlaceRelation::Held)),
            FieldView::new(t, "centre", t.get("filter-centre"), places(true)),
            FieldView::new(t, "radius", t.get("filter-radius"), Control::Number("km".to_owned())),
            FieldView::new(t, "placeless", t.get("filter-placeless"), Control::Bool)
                .hint(t.get("filter-placeless-hint")),
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

fn exception_rows(t: Translator, choices: &SubscriptionChoices, rows: usize) -> FieldGroup {
    let decisions = [
        (Decision::Ignore, "decision-ignore"),
        (Decision::Hold, "decision-hold"),
        (Decision::Publish, "decision-publish"),
        (Decision::Announce, "decision-announce"),
    ];
    let decisions: Vec<Opt> =
        decisions.iter().map(|(decision, key)| Opt::new(decision_name(*decision), t.get(key))).collect();
    let themes: Vec<Opt> = choices.themes.iter().flat_map(ThemeGroup::flat).collect();
    let row = |at: usize| {
        let name = |part: &str| format!("x{at}.{part}");
        [
            FieldView::new(
                t,
                &name("then"),
                t.with("exception-then", "number", at + 1),
                Control::Menu(decisions.clone()),
            ),
            FieldView::new(t, &name("theme"), t.get("exception-theme"), Control::Menu(themes.clone())),
            FieldView::new(t, &name("territory"), t.get("exception-territory"), places(true)),
            FieldView::new(t, &name("keywords"), t.get("filter-keywords"), Control::Line)
                .hint(t.get("filter-keywords-hint"))
                .max(300),
        ]
    };
    FieldGroup {
        title: t.get("subscription-exceptions"),
        intro: t.get("subscription-exceptions-intro"),
        folded: true,
        fields: (0..rows).flat_map(row).collect(),
    }
}

/// The name of a relation in forms: the one of its JSON form.
#[must_use]
pub fn relation_name(relation: PlaceRelation) -> &'static str {
    match relation {
        PlaceRelation::Held => "held",
        PlaceRelation::Publisher => "publisher",
        PlaceRelation::Eligible => "eligible",
        PlaceRelation::Any => "any",
    }
}

/// The name of a decision in forms: the one of its JSON form.
#[must_use]
pub fn decision_name(decision: Decision) -> &'static str {
    match decision {
        Decision::Ignore => "ignore",
        Decision::Hold => "hold",
        Decision::Publish => "publish",
        Decision::Announce => "announce",
    }
}
