//! Pages of plain content of a site: anything, the legal notice, the accessibility statement.

use super::block::touch;
use crate::App;
use crate::address::new_uid;
use crate::caller::Caller;
use crate::error::AppError;
use maillage_domain::site::PageKind;
use maillage_domain::text::{escape_html, plain_text, slugify};
use maillage_gateways::clean_html;
use maillage_store::rows::{SitePageRow, SiteRow};
use maillage_store::{StoreError, Tx};

/// What is set of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageForm {
    /// Title.
    pub title: String,
    /// Name in its address; made of the title where it is empty. It stays when the page changes.
    pub slug: String,
    /// Kind.
    pub kind: PageKind,
    /// The text, HTML.
    pub body: String,
    /// Whether the menu leads to it. Legal notice and accessibility statement stand in the footer.
    pub in_menu: bool,
}

/// Most pages of one site.
const MOST_PAGES: usize = 100;

impl PageForm {
    fn checked(&self) -> Result<Self, AppError> {
        let title = self.title.trim().to_owned();
        if title.is_empty() || title.chars().count() > 140 {
            return Err(AppError::invalid(
                "title",
                "required",
                "Donnez un titre à la page (140 signes au plus).",
                "Give the page a title (at most 140 characters).",
            ));
        }
        let body = clean_html(&self.body, None);
        if plain_text(&body).is_empty() {
            return Err(AppError::invalid("body", "required", "Écrivez le texte.", "Write the text."));
        }
        let slug = if self.slug.trim().is_empty() { slugify(&title, 60) } else { slugify(&self.slug, 60) };
        let slug = if slug.is_empty() { "page".to_owned() } else { slug };
        Ok(Self { title, body, slug, kind: self.kind, in_menu: self.in_menu && self.kind == PageKind::Page })
    }
}

impl App {
    /// Adds a page to a site. There is one legal notice and one accessibility statement at most.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`], [`AppError::NotFound`].
    pub async fn add_page(
        &self,
        caller: &Caller,
        site: &str,
        form: PageForm,
    ) -> Result<SitePageRow, AppError> {
        let form = form.checked()?;
        let (caller, slug, now) = (caller.clone(), site.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                let view = tx.reads().site(&slug)?;
                caller.manages_site(tx, view.site.id)?;
                tx.take_turn(&format!("site:{}", view.site.id))?;
                let known = tx.reads().site(&slug)?.pages;
                if known.len() >= MOST_PAGES {
                    return Err(AppError::conflict(
                        format!("Un site tient au plus {MOST_PAGES} pages."),
                        format!("A site holds at most {MOST_PAGES} pages."),
                    ));
                }
                if form.kind != PageKind::Page && known.iter().any(|page| page.kind == form.kind.as_str()) {
                    return Err(AppError::invalid(
                        "kind",
                        "there_already",
                        "Ce site a déjà cette page : modifiez-la.",
                        "This site has this page already: change it.",
                    ));
                }
                if known.iter().any(|page| page.slug == form.slug) {
                    return Err(AppError::invalid(
                        "title",
                        "taken",
                        "Une page du site porte déjà ce titre.",
                        "A page of the site has this title already.",
                    ));
                }
                let row = insert(tx, &view.site, &form, known.len(), now)?;
                touch(tx, view.site, now.timestamp_millis())?;
                Ok(row)
            })
            .await
    }

    /// Changes a page; its address and its kind stay.
    ///
    /// # Errors
    /// As [`App::add_page`].
    pub async fn change_page(
        &self,
        caller: &Caller,
        site: &str,
        page: &str,
        form: PageForm,
    ) -> Result<SitePageRow, AppError> {
        let (caller, slug, page, now) = (caller.clone(), site.to_owned(), page.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                let site = tx.reads().site(&slug)?.site;
                caller.manages_site(tx, site.id)?;
                let row = tx.reads().site_page(&slug, &page)?;
                let form = PageForm { kind: PageKind::from_name(&row.kind), ..form.clone() }.checked()?;
                let row = SitePageRow {
                    title: form.title,
                    body: form.body,
                    in_menu: form.in_menu,
                    updated_at: now.timestamp_millis(),
                    ..row
                };
                tx.save_site_page(&row)?;
                touch(tx, site, now.timestamp_millis())?;
                Ok(row)
            })
            .await
    }

    /// Removes a page.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn delete_page(&self, caller: &Caller, site: &str, page: &str) -> Result<(), AppError> {
        let (caller, slug, page, now) = (caller.clone(), site.to_owned(), page.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                let site = tx.reads().site(&slug)?.site;
                caller.manages_site(tx, site.id)?;
                let row = tx.reads().site_page(&slug, &page)?;
                tx.delete_site_page(row.id)?;
                touch(tx, site, now.timestamp_millis())
            })
            .await
    }
}

fn insert(
    tx: &mut Tx<'_>,
    site: &SiteRow,
    form: &PageForm,
    at: usize,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<SitePageRow, StoreError> {
    let mut row = SitePageRow {
        id: 0,
        uid: new_uid(now),
        site_id: site.id,
        slug: form.slug.clone(),
        kind: form.kind.as_str().to_owned(),
        title: form.title.clone(),
        body: form.body.clone(),
        in_menu: form.in_menu,
        position: i64::try_from(at).unwrap_or(i64::MAX),
        created_at: now.timestamp_millis(),
        updated_at: now.timestamp_millis(),
    };
    row.id = tx.insert_site_page(&row)?;
    Ok(row)
}

/// The two pages that every public site owes its readers, to be completed by its maker: who publishes it,
/// and how far it can be used by everybody.
pub(super) fn insert_owed(
    tx: &mut Tx<'_>,
    site: &SiteRow,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), AppError> {
    let node = tx.reads().node()?;
    let (name, address) = node.map(|node| (node.name, node.base_url)).unwrap_or_default();
    let (name, address, title) = (escape_html(&name), escape_html(&address), escape_html(&site.title));
    let legal = PageForm {
        title: "Mentions légales".to_owned(),
        slug: "mentions-legales".to_owned(),
        kind: PageKind::Legal,
        body: format!(
            "<p><strong>Éditeur</strong></p><p>Le site « {title} » est édité par {name}.</p>\
             <p>Adresse, téléphone, directeur ou directrice de la publication : à compléter.</p>\
             <p><strong>Hébergement</strong></p><p>Le site est hébergé à l'adresse {address}. Nom, adresse et téléphone de l'hébergeur : à compléter.</p>\
             <p><strong>Données personnelles</strong></p><p>La consultation du site ne dépose pas de témoin de suivi et n'appelle aucun service extérieur.</p>"
        ),
        in_menu: false,
    };
    let accessibility = PageForm {
        title: "Accessibilité : non conforme".to_owned(),
        slug: "accessibilite".to_owned(),
        kind: PageKind::Accessibility,
        body: format!(
            "<p>{name} s'engage à rendre ce site accessible, conformément à l'article 47 de la loi n° 2005-102 du 11 février 2005.</p>\
             <p><strong>État de conformité</strong></p><p>Le site « {title} » n'a pas encore été audité : il est déclaré non conforme au référentiel général d'amélioration de l'accessibilité (RGAA 4.1).</p>\
             <p><strong>Retour d'information et contact</strong></p><p>Si un contenu ou un service vous est inaccessible, écrivez-nous pour l'obtenir sous une autre forme. Adresse de contact : à compléter.</p>\
             <p><strong>Voies de recours</strong></p><p>Si notre réponse ne vous satisfait pas, vous pouvez vous adresser au Défenseur des droits.</p>"
        ),
        in_menu: false,
    };
    for (form, at) in [legal, accessibility].iter().zip(0..) {
        insert(tx, site, form, at, now)?;
    }
    Ok(())
}
