//! The theme tree of a node: terms of its own, names, what is offered no more, codes of nomenclatures.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use maillage_domain::message::Message;
use maillage_domain::text::{fold, slugify};
use maillage_domain::theme::{Match, Thesaurus};
use maillage_store::rows::ThemeRow;
use maillage_store::{StoreError, Tx};
use std::collections::BTreeSet;

/// What is said of a theme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThemeForm {
    /// Slug of the broader term; none for one that stands at the top.
    pub parent: Option<String>,
    /// French label.
    pub fr: String,
    /// English label; the French one where it is empty.
    pub en: String,
    /// Codes of nomenclatures, each `scheme:code`.
    pub matches: Vec<String>,
    /// Whether it is offered no more.
    pub retired: bool,
}

/// What of a form is stored.
struct Checked {
    parent: Option<String>,
    fr: String,
    en: String,
    matches: String,
    retired: bool,
}

impl ThemeForm {
    fn checked(&self) -> Result<Checked, AppError> {
        let fr = self.fr.split_whitespace().collect::<Vec<_>>().join(" ");
        let en = self.en.split_whitespace().collect::<Vec<_>>().join(" ");
        if fold(&fr).is_empty() || fr.chars().count() > 120 || en.chars().count() > 120 {
            let field = if fold(&fr).is_empty() || fr.chars().count() > 120 { "fr" } else { "en" };
            return Err(AppError::invalid(
                field,
                "required",
                "Donnez un nom (120 signes au plus).",
                "Give a name (at most 120 characters).",
            ));
        }
        let mut codes = BTreeSet::new();
        for text in self.matches.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
            let code: Match = text
                .parse()
                .map_err(|said: Message| AppError::invalid("matches", "not_a_code", said.fr, said.en))?;
            codes.insert(code);
        }
        let parent = self.parent.clone().filter(|parent| !parent.is_empty());
        let matches = codes.iter().map(Match::to_string).collect::<Vec<_>>().join(" ");
        let en = if en.is_empty() { fr.clone() } else { en };
        Ok(Checked { parent, fr, en, matches, retired: self.retired })
    }
}

impl App {
    /// Adds a theme; answers its row. Its slug is made of its French label and stays.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`].
    pub async fn add_theme(&self, caller: &Caller, form: ThemeForm) -> Result<ThemeRow, AppError> {
        let said = form.checked()?;
        let (caller, now) = (caller.clone(), self.now().timestamp_millis());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                tx.take_turn("reference")?;
                let thesaurus = tx.reads().thesaurus()?;
                known_parent(&thesaurus, said.parent.as_deref(), None)?;
                free_names(&thesaurus, &said, None)?;
                let mut row = ThemeRow {
                    id: 0,
                    slug: free_slug(&thesaurus, &said.fr),
                    parent: said.parent.clone(),
                    label_fr: said.fr.clone(),
                    label_en: said.en.clone(),
                    position: i64::try_from(thesaurus.iter().count()).unwrap_or(i64::MAX),
                    own: true,
                    retired_at: said.retired.then_some(now),
                    matches: said.matches.clone(),
                };
                row.id = tx.insert_theme(&row)?;
                Ok(row)
            })
            .await
    }

    /// Changes a theme: everything of it is said anew. It goes below another term only while nothing
    /// bears it, since items stand below all that is above their themes.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Invalid`].
    pub async fn change_theme(
        &self,
        caller: &Caller,
        slug: &str,
        form: ThemeForm,
    ) -> Result<ThemeRow, AppError> {
        let said = form.checked()?;
        let (caller, slug, now) = (caller.clone(), slug.to_owned(), self.now().timestamp_millis());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                tx.take_turn("reference")?;
                let known = tx.reads().theme(&slug)?;
                let thesaurus = tx.reads().thesaurus()?;
                free_names(&thesaurus, &said, Some(&slug))?;
                if said.parent != known.parent {
                    known_parent(&thesaurus, said.parent.as_deref(), Some(&slug))?;
                    unused(tx, &slug)?;
                }
                if said.retired && known.retired_at.is_none() {
                    without_narrower(&thesaurus, &slug)?;
                }
                let row = ThemeRow {
                    parent: said.parent.clone(),
                    label_fr: said.fr.clone(),
                    label_en: said.en.clone(),
                    retired_at: said.retired.then(|| known.retired_at.unwrap_or(now)),
                    matches: said.matches.clone(),
                    ..known
                };
                tx.save_theme(&row)?;
                Ok(row)
            })
            .await
    }
}

/// The broader term is there, and is neither the term itself nor below it.
fn known_parent(thesaurus: &Thesaurus, parent: Option<&str>, of: Option<&str>) -> Result<(), AppError> {
    let Some(parent) = parent else { return Ok(()) };
    let below = of.is_some_and(|of| thesaurus.with_ancestors(parent).iter().any(|above| above == of));
    if thesaurus.get(parent).is_some_and(|term| !term.retired) && !below {
        return Ok(());
    }
    Err(AppError::invalid(
        "parent",
        "unknown_theme",
        "Choisissez un thème plus large qui existe, et qui n'est pas au-dessous de celui-ci.",
        "Choose a broader theme that there is and that is not below this one.",
    ))
}

/// Nothing below the theme is offered.
fn without_narrower(thesaurus: &Thesaurus, slug: &str) -> Result<(), AppError> {
    let narrower = thesaurus.iter().find(|term| term.parent.as_deref() == Some(slug) && !term.retired);
    let Some(narrower) = narrower else { return Ok(()) };
    let (fr, en) = (&narrower.label.fr, &narrower.label.en);
    Err(AppError::invalid(
        "retired",
        "has_narrower",
        format!("Retirez d'abord les thèmes plus précis, comme « {fr} »."),
        format!("Retire narrower themes first, such as “{en}”."),
    ))
}

/// No other theme has these labels: spreadsheets and feeds name themes by them.
fn free_names(thesaurus: &Thesaurus, said: &Checked, of: Option<&str>) -> Result<(), AppError> {
    for (field, label) in [("fr", &said.fr), ("en", &said.en)] {
        let folded = fold(label);
        let taken = thesaurus.iter().find(|term| {
            of != Some(term.slug.as_str())
                && (fold(&term.label.fr) == folded || fold(&term.label.en) == folded)
        });
        if let Some(taken) = taken {
            let (fr, en) = (&taken.label.fr, &taken.label.en);
            return Err(AppError::invalid(
                field,
                "taken",
                format!("Le thème « {fr} » porte déjà ce nom."),
                format!("The theme “{en}” has this name already."),
            ));
        }
    }
    Ok(())
}

fn free_slug(thesaurus: &Thesaurus, label: &str) -> String {
    let slug = slugify(label, 60);
    let free = |slug: &String| thesaurus.get(slug).is_none();
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    std::iter::once(slug.clone()).chain(numbered).find(free).unwrap_or(slug)
}

/// Nothing bears the theme.
fn unused(tx: &mut Tx<'_>, slug: &str) -> Result<(), AppError> {
    let uses: Result<_, StoreError> = tx.reads().theme_uses();
    let count = uses?.into_iter().find(|(theme, _)| theme == slug).map_or(0, |(_, count)| count);
    if count == 0 {
        return Ok(());
    }
    Err(AppError::invalid(
        "parent",
        "in_use",
        format!(
            "{count} fiches portent ce thème : il ne peut plus changer de place. Retirez-le et créez-en un autre."
        ),
        format!("{count} items bear this theme: it cannot move any more. Retire it and make another."),
    ))
}
