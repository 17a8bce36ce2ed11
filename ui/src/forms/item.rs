//! The form of an item: one field for each field of its service type.

use super::{languages, licences};
use crate::html::{CleanHtml, to_markdown};
use crate::i18n::Translator;
use crate::views::{
    AttachmentChoice, Button, Control, FieldGroup, FieldView, FormView, KeptFile, Opt, PlaceChoice,
    ThemeGroup,
};
use chrono::NaiveDate;
use maillage_domain::attachment::Attachment;
use maillage_domain::field::{Field, FieldKind, Fields};
use maillage_domain::message::Locale;
use maillage_domain::occurrence::Occurrence;
use maillage_domain::recurrence::Recurrence;
use maillage_domain::reference::Reference;
use maillage_domain::service_type::ServiceType;
use maillage_domain::text::fold;
use maillage_domain::theme::Theme;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What the fields of an item may be chosen from.
#[derive(Debug, Clone, Default)]
pub struct ItemChoices {
    /// The theme tree.
    pub themes: Vec<ThemeGroup>,
    /// Names of the places already chosen, by code.
    pub places: BTreeMap<String, String>,
    /// Titles of the items already chosen, by permanent id.
    pub items: BTreeMap<String, String>,
    /// Addresses on this node of the pictures that are there, by the addresses that the item names.
    pub files: BTreeMap<String, String>,
    /// Places offered while typing.
    pub suggestions: Vec<String>,
    /// The licence that stands; empty for the service's.
    pub licence: String,
    /// The language that stands; empty for French.
    pub language: String,
}

/// The form of an item with its values, the essential fields first, the others folded. Fields:
/// those of the type (several values under one name; places typed as `NAME.add`), `licence`,
/// `language`, `action` (`submit`, `save` or `preview`).
#[must_use]
pub fn item(
    t: Translator,
    action: &str,
    csrf: &str,
    kind: &ServiceType,
    values: &Fields,
    choices: &ItemChoices,
) -> FormView {
    let view = |field: &Field| field_view(t, field, values.0.get(&field.name), choices);
    let (essential, more): (Vec<_>, Vec<_>) =
        kind.fields.iter().partition(|field| field.essential || field.required);
    let mut further: Vec<FieldView> = more.into_iter().map(view).collect();
    further.push(
        FieldView::new(
            t,
            "licence",
            t.get("item-licence-field"),
            Control::Menu(licences(t, &choices.licence)),
        )
        .hint(t.get("item-licence-hint"))
        .value(choices.licence.as_str()),
    );
    let language = if choices.language.is_empty() { "fr" } else { &choices.language };
    further.push(
        FieldView::new(t, "language", t.get("item-language"), Control::Menu(languages(t, language)))
            .required()
            .value(language),
    );
    let mut form = FormView::new(t, action, csrf, "", essential.into_iter().map(view).collect());
    form.groups.push(FieldGroup {
        title: t.get("item-more"),
        intro: String::new(),
        folded: true,
        fields: further,
    });
    form.buttons = vec![
        Button { label: t.get("item-submit"), action: "submit", main: true },
        Button { label: t.get("item-save"), action: "save", main: false },
        Button { label: t.get("item-preview"), action: "preview", main: false },
    ];
    form
}

fn field_view(t: Translator, field: &Field, value: Option<&Value>, choices: &ItemChoices) -> FieldView {
    let hint = match t.locale {
        Locale::Fr => &field.hint_fr,
        Locale::En => &field.hint_en,
    };
    let hint = if hint.is_empty() { usual_hint(t, field.kind) } else { t.typeset(hint) };
    let values = texts(field, value);
    let control = match field.kind {
        FieldKind::Reference | FieldKind::References => items(field, value, choices),
        FieldKind::Pictures | FieldKind::Files => attachments(field, value, choices),
        _ => control(t, field, &values, choices),
    };
    // What is typed as one text, of several values or with spaces, is longer than what is kept.
    let limited = matches!(field.kind, FieldKind::Line | FieldKind::Url);
    FieldView {
        t,
        name: field.name.clone(),
        label: t.say(&field.label()),
        hint,
        control,
        required: field.required,
        values,
        error: None,
        max: if limited { field.max_chars() } else { 0 },
        autocomplete: "",
    }
}

/// Other items: those chosen stay ticked, others are typed by title or address.
fn items(field: &Field, value: Option<&Value>, choices: &ItemChoices) -> Control {
    let option = |one: &Reference| {
        let title = choices.items.get(&one.uri).cloned().unwrap_or_else(|| one.label().to_owned());
        Opt::new(&one.uri, title)
    };
    Control::Places(PlaceChoice {
        chosen: references(field, value).iter().map(option).collect(),
        single: field.kind == FieldKind::Reference,
        items_of: field.of.clone(),
        ..PlaceChoice::default()
    })
}

/// Pictures or files: those that are there, and room for others.
fn attachments(field: &Field, value: Option<&Value>, choices: &ItemChoices) -> Control {
    let pictures = field.kind == FieldKind::Pictures;
    let kept: Vec<KeptFile> = sent_for(field, value)
        .into_iter()
        .map(|one| {
            let last = one.url.rsplit('/').next().unwrap_or_default();
            KeptFile {
                file: percent_decode_str(last).decode_utf8_lossy().into_owned(),
                thumb: choices.files.get(&one.url).filter(|_| pictures).cloned().unwrap_or_default(),
                url: one.url,
                name: one.name,
                credit: one.credit,
            }
        })
        .collect();
    let free = field.most_values().saturating_sub(kept.len());
    Control::Attachments(AttachmentChoice { pictures, kept, free })
}

fn sent_for(field: &Field, value: Option<&Value>) -> Vec<Attachment> {
    let fields = Fields(value.map(|value| (field.name.clone(), value.clone())).into_iter().collect());
    fields.attachments(&field.name)
}

fn references(field: &Field, value: Option<&Value>) -> Vec<Reference> {
    let fields = Fields(value.map(|value| (field.name.clone(), value.clone())).into_iter().collect());
    fields.references(&field.name)
}

fn usual_hint(t: Translator, kind: FieldKind) -> String {
    match kind {
        FieldKind::Url => t.get("field-url-hint"),
        FieldKind::Phone => t.get("field-phone-hint"),
        FieldKind::Places => t.get("field-place-hint"),
        FieldKind::Themes => t.get("field-theme-hint"),
        _ => String::new(),
    }
}

/// The value as the control takes it; rich text as Markdown.
fn texts(field: &Field, value: Option<&Value>) -> Vec<String> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) if field.kind == FieldKind::RichText => {
            vec![to_markdown(&CleanHtml::new(text))]
        }
        some if field.kind.is_attachment() => sent_for(field, some).into_iter().map(|one| one.url).collect(),
        some if field.kind.is_reference() => references(field, some).into_iter().map(|one| one.uri).collect(),
        Some(Value::String(text)) if field.kind == FieldKind::Recurrence => {
            vec![Recurrence::read(text).map_or_else(|| text.clone(), |rule| typed(&rule))]
        }
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(list)) if field.kind == FieldKind::Codes => vec![strings(list).join(", ")],
        Some(Value::Array(list)) if field.kind == FieldKind::Dates => {
            let day = |one: &str| {
                one.parse()
                    .map_or_else(|_| one.to_owned(), |day: NaiveDate| day.format("%d/%m/%Y").to_string())
            };
            vec![strings(list).into_iter().map(day).collect::<Vec<_>>().join(", ")]
        }
        Some(Value::Array(list)) if field.kind == FieldKind::Occurrences => {
            let typed = |one: &str| Occurrence::read(one).map_or_else(|| one.to_owned(), |read| read.typed());
            vec![strings(list).into_iter().map(typed).collect::<Vec<_>>().join("\n")]
        }
        Some(Value::Array(list)) => strings(list).into_iter().map(str::to_owned).collect(),
        Some(other) => vec![other.to_string()],
    }
}

/// A rule as somebody would type it: in words where these are read back as the same.
fn typed(rule: &Recurrence) -> String {
    let words = rule.sentence(Locale::Fr);
    if Recurrence::read(&words).as_ref() == Some(rule) { words } else { rule.stored() }
}

fn strings(list: &[Value]) -> Vec<&str> {
    list.iter().filter_map(Value::as_str).collect()
}

fn control(t: Translator, field: &Field, values: &[String], choices: &ItemChoices) -> Control {
    let options = || -> Vec<Opt> {
        field
            .choices
            .iter()
            .map(|choice| match t.locale {
                Locale::Fr => Opt::new(&choice.code, t.typeset(&choice.fr)),
                Locale::En => Opt::new(&choice.code, &choice.en),
            })
            .collect()
    };
    match field.kind {
        FieldKind::Line if field.max_chars() > 200 => Control::Text,
        FieldKind::Line | FieldKind::Code | FieldKind::Codes | FieldKind::Dates | FieldKind::Recurrence => {
            Control::Line
        }
        FieldKind::Occurrences => Control::Text,
        // Made with their values, above.
        FieldKind::Reference | FieldKind::References | FieldKind::Pictures | FieldKind::Files => {
            Control::Line
        }
        FieldKind::RichText => Control::RichText,
        FieldKind::Url => Control::Url,
        FieldKind::Email => Control::Email,
        FieldKind::Phone => Control::Phone,
        FieldKind::Date => Control::Date,
        FieldKind::DateTime => Control::DateTime,
        FieldKind::Integer => Control::Integer(String::new()),
        FieldKind::Number => Control::Number(String::new()),
        FieldKind::Boolean => Control::Bool,
        FieldKind::Choice if field.choices.len() > 6 => Control::Menu(options()),
        FieldKind::Choice => Control::Choice(options()),
        FieldKind::Choices => Control::Choices(options()),
        FieldKind::Themes => Control::Themes(choices.themes.clone()),
        FieldKind::Places => Control::Places(PlaceChoice {
            chosen: values
                .iter()
                .map(|code| Opt::new(code, choices.places.get(code).unwrap_or(code)))
                .collect(),
            suggestions: choices.suggestions.clone(),
            ..PlaceChoice::default()
        }),
    }
}

/// The theme tree as groups of boxes: broad themes with all that is narrower, at any depth; of all the
/// themes, those that are `offered`. One whose broader term is not stands below the next that is.
#[must_use]
pub fn theme_groups<'a>(
    t: Translator,
    themes: impl IntoIterator<Item = &'a Theme>,
    offered: impl Fn(&Theme) -> bool,
) -> Vec<ThemeGroup> {
    let option = |theme: &Theme| Opt::new(&theme.slug, t.say(&theme.label));
    let all: BTreeMap<&str, &Theme> = themes.into_iter().map(|theme| (theme.slug.as_str(), theme)).collect();
    let above = |theme: &'a Theme| {
        let line = std::iter::successors(theme.parent.as_deref(), |slug| all.get(slug)?.parent.as_deref());
        line.take(all.len())
            .find(|slug| all.get(slug).is_some_and(|theme| offered(theme)))
            .unwrap_or_default()
    };
    let mut by_parent: BTreeMap<&str, Vec<&Theme>> = BTreeMap::new();
    for theme in all.values().filter(|theme| offered(theme)) {
        by_parent.entry(above(theme)).or_default().push(theme);
    }
    let below = |top: &str| {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<&Theme> = by_parent.get(top).into_iter().flatten().rev().copied().collect();
        while let Some(theme) = open.pop() {
            if seen.insert(theme.slug.as_str()) {
                found.push(option(theme));
                open.extend(by_parent.get(theme.slug.as_str()).into_iter().flatten().rev());
            }
        }
        found
    };
    let mut groups: Vec<ThemeGroup> = by_parent
        .get("")
        .into_iter()
        .flatten()
        .map(|top| ThemeGroup { top: option(top), narrower: below(&top.slug) })
        .collect();
    // In the order in which somebody looks for a word, accents apart.
    groups.sort_by_key(|group| fold(&group.top.label));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Translator;
    use maillage_domain::registry::Registry;
    use serde_json::json;

    #[test]
    fn every_field_of_every_type_has_its_place_in_the_form() {
        let registry = Registry::embedded().expect("registry");
        for kind in registry.iter() {
            let slug = &kind.slug;
            let form =
                item(Translator::default(), "/x", "c", kind, &Fields::default(), &ItemChoices::default());
            let names: Vec<&str> =
                form.groups.iter().flat_map(|g| &g.fields).map(|field| field.name.as_str()).collect();
            for field in &kind.fields {
                assert!(names.contains(&field.name.as_str()), "{slug}: {}", field.name);
                let folded = form.groups[1].fields.iter().any(|f| f.name == field.name);
                assert_eq!(folded, !field.essential && !field.required, "{slug}: {}", field.name);
            }
        }
    }

    #[test]
    fn values_come_back_as_they_are_typed() {
        let registry = Registry::embedded().expect("registry");
        let kind = registry.get("agenda").expect("agenda");
        let values: Fields = serde_json::from_value(json!({
            "titre": "L'atelier", "description": "<p>Un <b>CV</b></p>", "lieu": ["commune:58194"],
        }))
        .expect("fields");
        let choices = ItemChoices {
            places: BTreeMap::from([("commune:58194".to_owned(), "Nevers (Nièvre)".to_owned())]),
            ..ItemChoices::default()
        };
        let form = item(Translator::default(), "/x", "c", kind, &values, &choices);
        let field = |name: &str| form.groups[0].fields.iter().find(|f| f.name == name).expect("field");
        assert_eq!(field("titre").values, ["L'atelier"]);
        assert_eq!(field("description").values, ["Un **CV**"]);
        let Control::Places(places) = &field("lieu").control else { panic!("places") };
        assert_eq!(places.chosen, [Opt::new("commune:58194", "Nevers (Nièvre)")]);
    }

    #[test]
    fn lists_that_are_typed_as_one_text_come_back_as_one() {
        let registry = Registry::embedded().expect("registry");
        let values = |slug: &str, name: &str, value: Value| {
            let values = Fields([(name.to_owned(), value)].into());
            let kind = registry.get(slug).expect(slug);
            let form = item(Translator::default(), "/x", "c", kind, &values, &ItemChoices::default());
            let field = form.groups.iter().flat_map(|group| &group.fields).find(|field| field.name == name);
            field.expect("field").values.clone()
        };
        assert_eq!(values("trainings", "rome", json!(["K1801", "K1802"])), ["K1801, K1802"]);
        let times = json!(["2026-03-09T14:00", "2026-03-10T09:00/2026-03-10T12:00"]);
        assert_eq!(values("agenda", "autres_dates", times), ["09/03/2026 14:00\n10/03/2026 09:00 - 12:00"]);
    }

    #[test]
    fn theme_groups_hold_the_whole_tree_once() {
        let themes = maillage_domain::theme::embedded();
        let groups = theme_groups(Translator::default(), &themes, |_| true);
        let held: usize = groups.iter().map(|group| 1 + group.narrower.len()).sum();
        assert_eq!(held, themes.len());
        assert!(groups.len() < 20);
    }
}
