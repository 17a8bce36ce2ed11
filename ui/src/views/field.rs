//! One field of a form: its label, hint, control, values and error.

use super::Icon;
use crate::i18n::Translator;
use askama::Template;
use askama::filters::HtmlSafe;

/// One answer that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opt {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Explanation below the label; empty where there is none.
    pub hint: String,
}

impl Opt {
    /// An answer without explanation.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    /// With an explanation below.
    #[must_use]
    pub fn explained(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// A theme with the narrower ones below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThemeGroup {
    /// The broad theme.
    pub top: Opt,
    /// Themes below it, at any depth.
    pub narrower: Vec<Opt>,
}

impl ThemeGroup {
    /// The broad theme and all below it, for a menu.
    #[must_use]
    pub fn flat(&self) -> Vec<Opt> {
        let below = |opt: &Opt| Opt::new(&opt.value, format!("\u{a0}\u{a0}{}", opt.label));
        std::iter::once(self.top.clone()).chain(self.narrower.iter().map(below)).collect()
    }
}

/// How places are entered without a map or script: those chosen stay ticked, others are typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceChoice {
    /// Places already chosen (value: code, label: name in words).
    pub chosen: Vec<Opt>,
    /// Places that fit what was typed, when several do.
    pub candidates: Vec<Opt>,
    /// What was typed and not understood yet; sent as `NAME.add`.
    pub typed: String,
    /// Names offered while typing.
    pub suggestions: Vec<String>,
    /// Whether one place is enough.
    pub single: bool,
    /// Slug of the type of items that are named, where they are no places.
    pub items_of: String,
}

impl PlaceChoice {
    /// Where names are offered while they are typed.
    fn offers(&self) -> String {
        match self.items_of.as_str() {
            "" => crate::paths::PLACES.to_owned(),
            slug => format!("{}?of={slug}", crate::paths::REFERENCES),
        }
    }

    /// What is asked for beside what is chosen.
    fn asks(&self, t: Translator) -> String {
        t.get(match (self.items_of.is_empty(), self.single) {
            (true, true) => "field-place-one",
            (true, false) => "field-place-add",
            (false, true) => "field-reference-one",
            (false, false) => "field-reference-add",
        })
    }

    /// What is said where several fit.
    fn several(&self, t: Translator) -> String {
        t.get(if self.items_of.is_empty() { "field-place-several" } else { "field-reference-several" })
    }
}

/// A picture or file that an item has already.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptFile {
    /// Its address, sent again.
    pub url: String,
    /// What its address calls it.
    pub file: String,
    /// Address of the picture on this node; empty where there is none to show.
    pub thumb: String,
    /// What it shows, or what it is called.
    pub name: String,
    /// Who made it.
    pub credit: String,
}

/// How pictures and files are entered: those that are there keep their words, others are added. For each one
/// that is there, `NAME` (its address), `NAME.I.name`, `NAME.I.credit` and `NAME.I.remove`, from 0; for each
/// new one `NAME.new.I`, `NAME.new.I.name` and `NAME.new.I.credit`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AttachmentChoice {
    /// Whether they are pictures.
    pub pictures: bool,
    /// Those that are there.
    pub kept: Vec<KeptFile>,
    /// How many may be added.
    pub free: usize,
}

impl AttachmentChoice {
    /// New ones that one form takes, at most.
    pub const SLOTS: usize = 3;

    fn slots(&self) -> std::ops::Range<usize> {
        0..self.free.min(Self::SLOTS)
    }

    fn asks_name(&self, t: Translator) -> String {
        t.get(if self.pictures { "field-picture-name" } else { "field-file-name" })
    }

    fn asks_file(&self, t: Translator) -> String {
        t.get(if self.pictures { "field-picture-add" } else { "field-file-add" })
    }

    fn accept(&self) -> &'static str {
        if self.pictures { "image/jpeg,image/png,image/webp,image/gif" } else { "" }
    }
}

/// What was meant by what was typed in a field of places.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlaceAnswer {
    /// Codes of the places meant.
    pub codes: Vec<String>,
    /// The same in words.
    pub chosen: Vec<Opt>,
    /// Places that fit what was typed, when several do.
    pub candidates: Vec<Opt>,
    /// What was typed and not understood.
    pub typed: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// How a field is entered.
#[derive(Debug, Clone, PartialEq)]
pub enum Control {
    /// One line of text.
    Line,
    /// Several lines of plain text.
    Text,
    /// Formatted text, edited as Markdown.
    RichText,
    /// An address.
    Url,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A password: never shown again.
    Password,
    /// A day.
    Date,
    /// A day and a time.
    DateTime,
    /// A whole number, with its unit after it (empty for none).
    Integer(String),
    /// A number with decimals, with its unit.
    Number(String),
    /// Yes or no.
    Bool,
    /// A colour, `#rrggbb`.
    Colour,
    /// One of these, all visible.
    Choice(Vec<Opt>),
    /// One of these, in a menu; nothing chosen is an answer when the field is not required.
    Menu(Vec<Opt>),
    /// Any of these.
    Choices(Vec<Opt>),
    /// Places.
    Places(PlaceChoice),
    /// Themes.
    Themes(Vec<ThemeGroup>),
    /// A file, of these types (an `accept` list).
    File(&'static str),
    /// Pictures or files, each with words of its own.
    Attachments(AttachmentChoice),
}

/// Names by which the script of the editor asks for its words, and their keys.
const RICH_WORDS: [(&str, &str); 14] = [
    ("bar", "rich-bar"),
    ("bold", "rich-bold"),
    ("italic", "rich-italic"),
    ("link", "rich-link"),
    ("bullets", "rich-bullets"),
    ("numbers", "rich-numbers"),
    ("quote", "rich-quote"),
    ("undo", "rich-undo"),
    ("redo", "rich-redo"),
    ("address", "rich-address"),
    ("linked", "rich-linked"),
    ("wrong", "rich-wrong"),
    ("by_hand", "rich-by-hand"),
    ("as_seen", "rich-as-seen"),
];

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "parts/field.html")]
pub struct FieldView {
    /// Language.
    pub t: Translator,
    /// Name under which it is sent.
    pub name: String,
    /// Label.
    pub label: String,
    /// Hint below the label; empty where there is none.
    pub hint: String,
    /// How it is entered.
    pub control: Control,
    /// Whether it has to be filled in.
    pub required: bool,
    /// Value or values.
    pub values: Vec<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Longest text; 0 for no limit.
    pub max: usize,
    /// `autocomplete` token (WCAG 2.2, 1.3.5); empty for none.
    pub autocomplete: &'static str,
}

impl HtmlSafe for FieldView {}

impl FieldView {
    /// An empty field.
    pub fn new(t: Translator, name: &str, label: impl Into<String>, control: Control) -> Self {
        Self {
            t,
            name: name.to_owned(),
            label: label.into(),
            hint: String::new(),
            control,
            required: false,
            values: Vec::new(),
            error: None,
            max: 0,
            autocomplete: "",
        }
    }

    /// With a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Which has to be filled in.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With a value.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.values.push(value.into());
        self
    }

    /// At most this many characters long.
    #[must_use]
    pub fn max(mut self, max: usize) -> Self {
        self.max = max;
        self
    }

    /// With an `autocomplete` token.
    #[must_use]
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = token;
        self
    }

    /// The element's id; the error summary leads to it.
    #[must_use]
    pub fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    /// Whether it consists of several inputs under one legend.
    #[must_use]
    pub fn is_group(&self) -> bool {
        matches!(
            self.control,
            Control::Choice(_)
                | Control::Choices(_)
                | Control::Places(_)
                | Control::Themes(_)
                | Control::Attachments(_)
        )
    }

    /// Whether a lone box to tick, whose label stands after it.
    #[must_use]
    pub fn is_box(&self) -> bool {
        matches!(self.control, Control::Bool)
    }

    fn first(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    /// What the buttons of the editor say, as JSON.
    fn rich_words(&self) -> String {
        let words = RICH_WORDS.iter().map(|(name, key)| ((*name).to_owned(), self.t.get(key).into()));
        serde_json::Value::Object(words.collect()).to_string()
    }

    fn has(&self, value: &str) -> bool {
        self.values.iter().any(|v| v == value)
    }

    fn holds_any(&self, group: &ThemeGroup) -> bool {
        group.narrower.iter().any(|opt| self.has(&opt.value))
    }

    fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id()));
        let error = self.error.is_some().then(|| format!("{}-error", self.id()));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }

    fn input_type(&self) -> &'static str {
        match self.control {
            Control::Url => "url",
            Control::Email => "email",
            Control::Phone => "tel",
            Control::Password => "password",
            Control::Date => "date",
            Control::DateTime => "datetime-local",
            Control::Colour => "color",
            _ => "text",
        }
    }

    /// Width that tells how much is expected.
    fn width(&self) -> &'static str {
        match self.control {
            Control::Date | Control::DateTime | Control::Phone => "w-medium",
            Control::Integer(_) | Control::Number(_) | Control::Colour => "w-short",
            _ if self.max > 0 && self.max <= 40 => "w-medium",
            _ => "",
        }
    }

    pub(super) fn answer(&mut self, answer: PlaceAnswer) {
        if let Control::Places(places) = &mut self.control {
            places.chosen = answer.chosen;
            places.candidates = answer.candidates;
            places.typed = answer.typed;
            self.values = answer.codes;
            self.error = answer.problem;
        }
    }

    pub(super) fn fill(&mut self, sent: &[(String, String)]) {
        // What was sent of files is kept by the node, and stands in the form already.
        if matches!(self.control, Control::Password | Control::File(_) | Control::Attachments(_)) {
            return;
        }
        self.values = sent.iter().filter(|(name, _)| *name == self.name).map(|(_, v)| v.clone()).collect();
        if let Control::Places(places) = &mut self.control {
            let added = format!("{}.add", self.name);
            places.typed =
                sent.iter().find(|(name, _)| *name == added).map(|(_, v)| v.clone()).unwrap_or_default();
        }
    }
}
