//! The theme tree of the node: what is offered, under which names, and the codes it is mapped to.

use super::form_page;
use crate::forms;
use crate::i18n::Translator;
use crate::paths;
use crate::views::{FormView, Link, OfficeSection, Opt, ThemeLine, ThemesPage, settings_tabs};
use crate::web::office::refusal::refused;
use crate::web::office::standing::administrators_only;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::theme::ThemeForm;
use maillage_domain::text::fold;
use maillage_domain::theme::{Match, Theme, Thesaurus};
use std::collections::BTreeMap;

/// GET /office/settings/themes
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn list(desk: Desk) -> Result<HttpResponse, WebError> {
    administrators_only(&desk)?;
    let t = desk.t;
    let (thesaurus, uses) = desk.reads().run(|reads| Ok((reads.thesaurus()?, reads.theme_uses()?))).await?;
    let uses: BTreeMap<String, i64> = uses.into_iter().collect();
    let line = |(depth, theme): (usize, &Theme)| ThemeLine {
        link: Link::new(t.say(&theme.label), paths::theme(&theme.slug)),
        depth,
        own: theme.own,
        retired: theme.retired,
        codes: theme.matches.iter().map(Match::to_string).collect(),
        items: uses.get(&theme.slug).map_or(0, |count| u64::try_from(*count).unwrap_or_default()),
    };
    desk.page(&ThemesPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Settings, Vec::new()),
        tabs: settings_tabs(t, paths::THEMES, true),
        lines: tree(t, &thesaurus).into_iter().map(line).collect(),
    })
}

/// The terms in the order of the tree, each level by name, with how deep they stand.
fn tree(t: Translator, thesaurus: &Thesaurus) -> Vec<(usize, &Theme)> {
    let mut by_parent: BTreeMap<&str, Vec<&Theme>> = BTreeMap::new();
    for theme in thesaurus.iter() {
        by_parent.entry(theme.parent.as_deref().unwrap_or_default()).or_default().push(theme);
    }
    for level in by_parent.values_mut() {
        level.sort_by_key(|theme| std::cmp::Reverse(fold(&t.say(&theme.label))));
    }
    let level = |parent: &str, depth: usize| {
        let found = by_parent.get(parent).into_iter().flatten();
        found.map(|theme| (depth, *theme)).collect::<Vec<_>>()
    };
    let (mut found, mut open) = (Vec::new(), level("", 0));
    while let Some((depth, theme)) = open.pop() {
        found.push((depth, theme));
        open.extend(level(&theme.slug, depth + 1));
    }
    found
}

/// GET /office/settings/themes/new
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn new(desk: Desk) -> Result<HttpResponse, WebError> {
    administrators_only(&desk)?;
    let form = form(&desk, None).await?;
    page(&desk, StatusCode::OK, None, form)
}

/// POST /office/settings/themes
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn create(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    administrators_only(&posted.from)?;
    save(&posted, None).await
}

/// GET /office/settings/themes/{theme}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn edit(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let theme = theme(&desk, &slug).await?;
    let codes = theme.matches.iter().map(Match::to_string).collect::<Vec<_>>().join("\n");
    let en = if theme.label.en == theme.label.fr { String::new() } else { theme.label.en.clone() };
    let mut form = form(&desk, Some(&theme))
        .await?
        .with_value("fr", &theme.label.fr)
        .with_value("en", en)
        .with_value("parent", theme.parent.clone().unwrap_or_default())
        .with_value("codes", codes);
    if theme.retired {
        form = form.with_value("retired", "true");
    }
    page(&desk, StatusCode::OK, Some(&theme), form)
}

/// POST /office/settings/themes/{theme}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let theme = theme(&posted.from, &slug).await?;
    save(&posted, Some(&theme)).await
}

async fn theme(desk: &Desk, slug: &str) -> Result<Theme, WebError> {
    administrators_only(desk)?;
    let slugs = [slug.to_owned()];
    let found = desk.reads().run(move |reads| reads.themes(&slugs)).await?.pop();
    found.ok_or_else(|| AppError::NotFound.into())
}

async fn save(posted: &Posted<Desk>, theme: Option<&Theme>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let asked = ThemeForm {
        parent: Some(posted.text("parent").to_owned()),
        fr: posted.text("fr").to_owned(),
        en: posted.text("en").to_owned(),
        matches: posted.text("codes").lines().map(str::to_owned).collect(),
        retired: posted.text("retired") == "true",
    };
    let saved = match theme {
        None => desk.app().add_theme(&desk.caller(), asked).await,
        Some(theme) => desk.app().change_theme(&desk.caller(), &theme.slug, asked).await,
    };
    match saved {
        Ok(saved) => {
            let key = if theme.is_some() { "theme-changed" } else { "theme-made" };
            Ok(desk.done(paths::THEMES, desk.t.with(key, "name", saved.label_fr)))
        }
        Err(error) => {
            let form = form(desk, theme).await?.filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[("matches", "codes")])?;
            page(desk, status, theme, form)
        }
    }
}

/// The form; below which themes one may stand depends on which there are.
async fn form(desk: &Desk, theme: Option<&Theme>) -> Result<FormView, WebError> {
    let t = desk.t;
    let thesaurus = desk.reads().run(|reads| reads.thesaurus()).await?;
    let not_itself = |slug: &str| {
        theme.is_none_or(|own| thesaurus.with_ancestors(slug).iter().all(|one| *one != own.slug))
    };
    let parents = tree(t, &thesaurus).into_iter().filter(|(_, term)| !term.retired && not_itself(&term.slug));
    let parents = parents
        .map(|(depth, term)| Opt::new(&term.slug, format!("{}{}", "– ".repeat(depth), t.say(&term.label))));
    let action = theme.map_or_else(|| paths::THEMES.to_owned(), |theme| paths::theme(&theme.slug));
    Ok(forms::theme(t, &action, &desk.csrf, parents.collect(), theme.is_some()).cancel(paths::THEMES))
}

fn page(
    desk: &Desk,
    status: StatusCode,
    theme: Option<&Theme>,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let above = Link::new(t.get("settings-themes"), paths::THEMES);
    let heading = theme.map_or_else(|| t.get("theme-new"), |theme| t.say(&theme.label));
    form_page(desk, status, above, heading, String::new(), form)
}
