//! The page on which an item is written: the form derived from its type, what is missing, a preview.

use super::{Opened, kind};
use crate::forms::{self, ItemChoices};
use crate::paths;
use crate::views::{Conflict, FormView, ItemFormPage, Link, OfficeSection, Preview};
use crate::web::office::content;
use crate::web::office::known::{Known, named_in};
use crate::web::office::standing::Standing;
use crate::web::{Desk, WebError};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maillage_domain::field::{FieldKind, Fields};
use maillage_domain::item::ItemFrame;
use maillage_domain::service_type::ServiceType;
use maillage_domain::validation;
use maillage_domain::workflow::EntryState;
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, Reads};
use std::collections::{BTreeMap, BTreeSet};

/// What the page is made from: an item being written, stored or not yet.
pub(super) struct Editor<'e> {
    /// Who writes.
    pub desk: &'e Desk,
    /// Where.
    pub standing: &'e Standing,
    /// The stored item; none for a new one.
    pub opened: Option<&'e Opened>,
    /// The type.
    pub kind: &'e ServiceType,
    /// Names for the values.
    pub known: Known,
    suggestions: Vec<String>,
}

impl<'e> Editor<'e> {
    /// Reads what the form needs to show these values.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn read(
        desk: &'e Desk,
        standing: &'e Standing,
        opened: Option<&'e Opened>,
        fields: &Fields,
    ) -> Result<Self, WebError> {
        let kind = kind(desk, &standing.service.type_slug)?;
        let (t, registry, service) = (desk.t, desk.app().registry().clone(), standing.service.id);
        let codes = named_in(kind, fields);
        let read = desk.reads().run(move |reads| {
            let suggestions = suggestions(reads, service)?;
            Ok((Known::read(reads, t, &registry, &codes)?, suggestions))
        });
        let (known, suggestions) = read.await?;
        Ok(Self { desk, standing, opened, kind, known, suggestions })
    }

    /// The form with these values.
    pub fn form(&self, fields: &Fields, frame: Option<&ItemFrame>) -> FormView {
        let t = self.desk.t;
        let (action, cancel) = match self.opened {
            None => {
                let slug = &self.standing.service.slug;
                (paths::office_service_step(slug, "new"), paths::office_service(slug))
            }
            Some(opened) => {
                let uid = &opened.detail.view.entry.uid;
                (paths::entry_step(uid, "edit"), paths::entry(uid))
            }
        };
        let of_themes = self.kind.fields.iter().filter(|field| field.kind == FieldKind::Themes);
        let borne: BTreeSet<&str> = of_themes.flat_map(|field| fields.list(&field.name)).collect();
        let choices = ItemChoices {
            themes: forms::theme_groups(t, self.known.thesaurus.iter(), |theme| {
                // What the item bears already stays.
                !theme.retired || borne.contains(theme.slug.as_str())
            }),
            places: self.known.places.clone(),
            items: self.known.items.iter().map(|(uri, (title, _))| (uri.clone(), title.clone())).collect(),
            files: self.own_files(fields),
            suggestions: self.suggestions.clone(),
            licence: frame.map(|frame| frame.licence.clone()).unwrap_or_default(),
            language: frame.map(|frame| frame.language.clone()).unwrap_or_default(),
        };
        let form = forms::item(t, &action, &self.desk.csrf, self.kind, fields, &choices).cancel(cancel);
        match self.opened {
            Some(opened) => form.hidden("seen", opened.seen().to_string()),
            None => form,
        }
    }

    /// Where the pictures of these values stand here.
    fn own_files(&self, fields: &Fields) -> BTreeMap<String, String> {
        let of_pictures = self.kind.fields.iter().filter(|field| field.kind == FieldKind::Pictures);
        let all = of_pictures.flat_map(|field| fields.attachments(&field.name));
        all.filter_map(|one| Some((one.url.clone(), self.known.own_file(&one)?))).collect()
    }

    /// The page around a form. `fields` are the values in it, as far as they are understood.
    ///
    /// # Errors
    /// Those of the template.
    pub fn page(
        &self,
        status: StatusCode,
        form: FormView,
        fields: &Fields,
        conflict: Option<Conflict>,
    ) -> Result<HttpResponse, WebError> {
        let (t, service) = (self.desk.t, &self.standing.service);
        let mut trail = vec![
            Link::new(t.get("nav-services"), paths::SERVICES),
            Link::new(&service.title, paths::office_service(&service.slug)),
        ];
        let heading = match self.opened {
            None => t.with("item-new-of", "what", crate::web::office::item_name(t, self.kind)),
            Some(opened) => {
                let title = opened.latest().map(|revision| revision.title.clone()).unwrap_or_default();
                trail.push(Link::new(&title, paths::entry(&opened.detail.view.entry.uid)));
                title
            }
        };
        let page = ItemFormPage {
            t,
            shell: self.desk.shell(),
            office: self.desk.frame(OfficeSection::Services, trail),
            heading,
            status: self.opened.map(|opened| self.status(opened)).unwrap_or_default(),
            reason: self.opened.map(reason).unwrap_or_default(),
            missing: missing(self.known.t, self.kind, fields),
            conflict,
            preview: self.preview(fields),
            form,
        };
        self.desk.page_with(status, &page)
    }

    /// How the values would look on a page.
    fn preview(&self, fields: &Fields) -> Preview {
        let frame = self.opened.map(Opened::frame).unwrap_or_default();
        let (title, told) = content::tell(self.kind, fields, &frame, &self.known);
        Preview { t: self.desk.t, kind: self.desk.t.say(&self.kind.label()), title, told }
    }

    /// Where the item stands and what comes next.
    fn status(&self, opened: &Opened) -> String {
        let key = match (opened.state(), opened.written()) {
            (EntryState::Published, Some(EntryState::Submitted)) => "editing-correction-waits",
            (EntryState::Published, _) => "editing-published",
            (EntryState::Submitted, _) => "editing-submitted",
            (EntryState::Withdrawn | EntryState::Expired, _) => "editing-withdrawn",
            _ => return String::new(),
        };
        self.desk.t.get(key)
    }
}

/// Why it came back from a moderator.
fn reason(opened: &Opened) -> String {
    let declined = opened.latest().filter(|revision| revision.state == EntryState::Declined.as_str());
    declined.and_then(|revision| revision.reason.clone()).unwrap_or_default()
}

/// Required fields that are still empty, each with its place in the form.
pub(super) fn missing(t: crate::i18n::Translator, kind: &ServiceType, fields: &Fields) -> Vec<Link> {
    validation::missing(kind, fields)
        .into_iter()
        .map(|field| Link::new(t.say(&field.label()), format!("#f-{}", field.name)))
        .collect()
}

/// Places that the items of a service were about lately, most often first: what is offered before a
/// letter is typed.
fn suggestions(reads: &mut Reads<'_>, service: i64) -> Result<Vec<String>, StoreError> {
    let query = EntryQuery { services: Some(vec![service]), ..EntryQuery::default() };
    Ok(reads.facets(&query)?.places.into_iter().take(20).map(|place| place.label_fr).collect())
}

/// What the stored item holds against what was typed.
pub(super) fn conflict(
    editor: &Editor<'_>,
    opened: &Opened,
    typed: &Fields,
    names: &BTreeMap<i64, String>,
) -> Conflict {
    let t = editor.desk.t;
    let latest = opened.latest();
    let author = latest.and_then(|revision| revision.author_id).and_then(|id| names.get(&id).cloned());
    // Both in the form in which they would be stored, so that only what was written differs.
    let checked = validation::check(editor.kind, typed, validation::Stage::Draft);
    let typed = checked.unwrap_or_else(|_| typed.clone());
    let uid = &opened.detail.view.entry.uid;
    let href = latest.map(|revision| paths::entry_step(uid, &format!("revisions/{}", revision.number)));
    Conflict {
        t,
        who: author.unwrap_or_else(|| t.get("somebody")),
        when: latest.map(|revision| crate::web::office::lines::ago(editor.desk, revision.updated_at)),
        href: href.unwrap_or_else(|| paths::entry(uid)),
        diff: content::differences(
            editor.kind,
            &opened.fields(),
            &without_markup(editor.kind, &typed),
            &editor.known,
        ),
    }
}

/// Rich text that holds no word is nothing, as it is when it is stored.
fn without_markup(kind: &ServiceType, fields: &Fields) -> Fields {
    let mut clean = fields.clone();
    for field in kind.fields.iter().filter(|field| field.kind == FieldKind::RichText) {
        if fields.text(&field.name).is_some_and(|html| maillage_domain::text::plain_text(html).is_empty()) {
            clean.0.remove(&field.name);
        }
    }
    clean
}
