//! Translations: Fluent messages in French and English, typeset for the language.

mod negotiate;
mod numbers;
mod sizes;
mod typography;
mod when;

pub use maillage_domain::message::{Locale, Message};
pub use negotiate::negotiate;
pub use numbers::{Quantity, number};
pub use typography::french;
pub use when::{When, age};

use fluent_templates::LanguageIdentifier;
use fluent_templates::fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/locales"]
struct Files;

type Bundle = fluent_templates::FluentBundle<FluentResource>;

static FRENCH: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::Fr));
static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::En));

/// All messages of one language. A file with a syntax error keeps its valid messages; the tests
/// refuse it.
fn bundle(locale: Locale) -> Bundle {
    let language = locale.code().parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = fluent_templates::fluent_bundle::bundle::FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match locale {
        Locale::Fr => |value, _| format_number(value, Locale::Fr),
        Locale::En => |value, _| format_number(value, Locale::En),
    }));
    for (_, text) in sources(locale) {
        let resource = FluentResource::try_new(text).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Name and text of each message file of a language.
fn sources(locale: Locale) -> Vec<(String, String)> {
    let folder = format!("{}/", locale.code());
    Files::iter()
        .filter(|name| name.starts_with(&folder) && name.ends_with(".ftl"))
        .filter_map(|name| {
            let file = Files::get(&name)?;
            Some((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect()
}

fn format_number(value: &FluentValue<'_>, locale: Locale) -> Option<String> {
    match value {
        FluentValue::Number(n) if n.value.fract() == 0.0 => Some(number(n.value as i64, locale)),
        _ => None,
    }
}

/// Somebody's words inside a sentence or address of ours, without the characters that turn the direction of what
/// follows them (embeddings, overrides and isolates of UAX #9).
#[must_use]
pub fn straight(words: &str) -> String {
    words.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')).collect()
}

/// Gives the messages of one language; used in templates as `t.get` with the key of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Translator {
    /// The language.
    pub locale: Locale,
}

impl Translator {
    /// The messages of a language.
    #[must_use]
    pub fn new(locale: Locale) -> Self {
        Self { locale }
    }

    /// ISO 639-1 code, for `lang` attributes.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.locale.code()
    }

    /// A message without arguments. A key that does not exist shows as `⟦key⟧`, which the tests of
    /// all pages refuse.
    #[must_use]
    pub fn get(self, key: &str) -> String {
        self.format(key, &FluentArgs::new())
    }

    /// A message with one textual argument.
    #[must_use]
    pub fn with(self, key: &str, name: &'static str, value: impl ToString) -> String {
        let mut args = FluentArgs::new();
        args.set(name, straight(&value.to_string()));
        self.format(key, &args)
    }

    /// A message with two textual arguments.
    #[must_use]
    pub fn with2(
        self,
        key: &str,
        first: (&'static str, impl ToString),
        second: (&'static str, impl ToString),
    ) -> String {
        let mut args = FluentArgs::new();
        args.set(first.0, straight(&first.1.to_string()));
        args.set(second.0, straight(&second.1.to_string()));
        self.format(key, &args)
    }

    /// A message whose wording depends on the number `$count`.
    #[must_use]
    pub fn count(self, key: &str, count: impl Quantity) -> String {
        let mut args = FluentArgs::new();
        args.set("count", count.quantity());
        self.format(key, &args)
    }

    /// A number with thousands set apart.
    #[must_use]
    pub fn number(self, n: impl Quantity) -> String {
        number(n.quantity(), self.locale)
    }

    /// The wording of a message that the rules of the domain speak, typeset.
    #[must_use]
    pub fn say(self, message: &Message) -> String {
        self.typeset(&straight(message.get(self.locale)))
    }

    /// Text typeset for the language: no-break spaces before : ; ! ? and inside « » in French.
    #[must_use]
    pub fn typeset(self, text: &str) -> String {
        match self.locale {
            Locale::Fr => french(text),
            Locale::En => text.to_owned(),
        }
    }

    /// Whether a message exists in this language.
    #[must_use]
    pub fn has(self, key: &str) -> bool {
        self.bundle().get_message(key).is_some_and(|message| message.value().is_some())
    }

    fn bundle(self) -> &'static Bundle {
        match self.locale {
            Locale::Fr => &FRENCH,
            Locale::En => &ENGLISH,
        }
    }

    fn format(self, key: &str, args: &FluentArgs<'_>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("⟦{key}⟧");
        };
        let mut problems = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut problems);
        if problems.is_empty() { self.typeset(&text) } else { format!("⟦{key}⟧") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(locale: Locale) -> BTreeSet<String> {
        let lines: Vec<String> = sources(locale).into_iter().map(|(_, text)| text).collect();
        lines
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key.to_owned())
            .collect()
    }

    #[test]
    fn every_message_file_is_well_formed_and_no_key_stands_twice() {
        for locale in [Locale::Fr, Locale::En] {
            let mut bundle = fluent_templates::fluent_bundle::bundle::FluentBundle::new_concurrent(vec![]);
            for (name, text) in sources(locale) {
                let resource = FluentResource::try_new(text).map_err(|(_, errors)| errors);
                let resource = resource.unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
                let added: Result<(), _> = bundle.add_resource(resource);
                assert!(added.is_ok(), "{name}: {added:?}");
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let (fr, en) = (keys(Locale::Fr), keys(Locale::En));
        assert!(fr.len() > 300, "{} keys", fr.len());
        let missing: Vec<_> = fr.symmetric_difference(&en).collect();
        assert!(missing.is_empty(), "in one language only: {missing:?}");
    }

    #[test]
    fn every_key_is_used_and_every_used_key_exists() {
        let known = keys(Locale::Fr);
        let sources = crate::tests::source_texts();
        let mut used = BTreeSet::new();
        for (path, text) in sources.iter().filter(|(path, _)| !path.contains("/src/tests/")) {
            for literal in text.split('"').skip(1) {
                if known.contains(literal) {
                    used.insert(literal.to_owned());
                }
            }
            for opening in [".get(\"", ".with(\"", ".with2(\"", ".count(\""] {
                for (at, _) in text.match_indices(&format!("t{opening}")) {
                    // The translator is called `t`; `input.get("for")` is something else.
                    if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                        continue;
                    }
                    let key = text[at + opening.len() + 1..].split('"').next().unwrap_or_default();
                    assert!(known.contains(key), "{path}: no message {key}");
                }
            }
        }
        // The messages of error pages are looked up by their status.
        let unused: Vec<_> = known.difference(&used).filter(|key| !key.starts_with("error-")).collect();
        assert!(unused.is_empty(), "nobody uses {unused:?}");
    }

    #[test]
    fn an_unknown_key_is_shown_as_such() {
        let t = Translator::new(Locale::En);
        let unknown = "no-such-key";
        assert_eq!(t.get(unknown), "⟦no-such-key⟧");
        assert!(t.has("skip-to-content") && !t.has(unknown));
    }

    #[test]
    fn counts_choose_their_wording() {
        let (fr, en) = (Translator::new(Locale::Fr), Translator::new(Locale::En));
        assert_eq!(fr.count("count-items", 0), "0 fiche");
        assert_eq!(fr.count("count-items", 1234), "1\u{202f}234 fiches");
        assert_eq!(en.count("count-items", 1), "1 item");
        assert_eq!(en.count("count-items", 1234), "1,234 items");
    }

    #[test]
    fn no_name_turns_the_sentence_around_it() {
        let t = Translator::new(Locale::Fr);
        let said = t.with2("origin-published", ("publisher", "MEF\u{202e} 58\u{2066}"), ("when", "lundi"));
        assert!(said.contains("MEF 58") && said.contains("lundi"), "{said}");
    }
}
