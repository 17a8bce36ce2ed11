//! The first page of a site, made of blocks.

use super::contents::count;
use super::frame::{ALL, NodeName, section_href};
use super::listing::Listing;
use super::site::{filter_of, handles, order_of, shown};
use super::workshop;
use super::{cards, feed};
use crate::forms::block_words;
use crate::html::CleanHtml;
use crate::i18n::Translator;
use crate::paths;
use crate::views::{Empty, Follow, HomeBlock, HomePage, HomeSection, Icon, Link, SearchBox};
use crate::web::known::Known;
use crate::web::{Visit, WebError};
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::site::block::{TitledBlock, blocks};
use maillage_domain::block::Block;
use maillage_domain::message::Locale;
use maillage_domain::registry::Registry;
use maillage_domain::search::Question;
use maillage_store::StoreError;
use maillage_store::read::{
    About, DiscussionView, DocumentView, EntryQuery, EntryView, ListOrder, PlacementView, Reads, SiteView,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Sections are counted up to this there.
const SAID: i64 = 100;
/// Themes that are offered there.
const THEMES: usize = 6;
/// What a block of numbers counts up to.
const COUNTED: i64 = 1_000;

struct Section {
    title: String,
    href: String,
    count: crate::views::Count,
    views: Vec<EntryView>,
}

/// What is read for a block.
enum Content {
    Search(Vec<(String, String, String)>),
    Sections(Vec<Section>),
    Items(Vec<EntryView>),
    Text(String),
    Numbers { items: i64, organisations: usize },
    Partners(Vec<Link>),
    Documents(Vec<DocumentView>),
    Discussions(Vec<DiscussionView>),
}

struct Found {
    node: NodeName,
    view: SiteView,
    blocks: Vec<(TitledBlock, Content)>,
    known: Known,
}

/// GET /sites/{site}
///
/// # Errors
/// [`AppError::NotFound`] when the visitor may not open it.
pub(super) async fn page(visit: Visit, slug: web::Path<String>) -> Result<HttpResponse, WebError> {
    let (t, registry) = (visit.t, visit.app().registry().clone());
    let now = visit.app().now().timestamp_millis();
    let found = visit.reads().run(move |reads| read(reads, t, &registry, &slug, now));
    let found = found.await.map_err(AppError::from)?;
    answer(&visit, found)
}

fn read(
    reads: &mut Reads<'_>,
    t: Translator,
    registry: &Arc<Registry>,
    slug: &str,
    now: i64,
) -> Result<Found, StoreError> {
    let view = reads.site(slug)?;
    let mut found = Vec::new();
    for one in blocks(reads, &view.site)? {
        let content = content(reads, &view, &one.block, now)?;
        found.push((one, content));
    }
    let views: Vec<EntryView> = found
        .iter()
        .flat_map(|(_, content)| match content {
            Content::Sections(sections) => sections.iter().flat_map(|one| one.views.clone()).collect(),
            Content::Items(views) => views.clone(),
            _ => Vec::new(),
        })
        .collect();
    let known = cards::known(reads, t, registry, &views, &[])?;
    Ok(Found { node: NodeName::read(reads)?, view, blocks: found, known })
}

fn content(reads: &mut Reads<'_>, view: &SiteView, block: &Block, now: i64) -> Result<Content, StoreError> {
    let all = || EntryQuery { placed: Some(shown(view)), ..EntryQuery::default() };
    Ok(match block {
        Block::Search => {
            let themes = reads.themes_of(&all())?.into_iter().take(THEMES);
            Content::Search(themes.map(|one| (one.code, one.label_fr, one.label_en)).collect())
        }
        Block::Sections { count } => {
            let sections = view.placements.iter().map(|one| section(reads, view, one, now, (*count).into()));
            Content::Sections(sections.collect::<Result<_, _>>()?)
        }
        Block::Latest { count } => Content::Items(reads.entries(&EntryQuery {
            front_only: true,
            limit: (*count).into(),
            ..all()
        })?),
        Block::Agenda { count } => {
            let order = ListOrder::Upcoming { from: now };
            let mut views = reads.entries(&EntryQuery { order, limit: (*count).into(), ..all() })?;
            // What says no date stands behind what does, and is no appointment.
            views.retain(|view| view.item.starts_at.is_some());
            Content::Items(views)
        }
        Block::Text { body } => Content::Text(body.clone()),
        Block::Numbers => {
            let latest = reads.entries(&EntryQuery { limit: 500, ..all() })?;
            let organisations: BTreeSet<String> = latest.iter().map(cards::publisher).collect();
            Content::Numbers {
                items: reads.count_entries(&all(), COUNTED)?,
                organisations: organisations.len(),
            }
        }
        Block::Partners { partners } => {
            Content::Partners(partners.iter().map(|one| Link::new(&one.name, &one.url)).collect())
        }
        Block::Documents { count } => {
            Content::Documents(reads.documents(&view.site.slug, None, (*count).into()).or_else(none)?)
        }
        Block::Discussions { count } => Content::Discussions(
            reads.discussions(&view.site.slug, About::Anything, (*count).into()).or_else(none)?,
        ),
    })
}

/// Of a site that is no workshop any more, what workshops hold is not read.
fn none<T>(error: StoreError) -> Result<Vec<T>, StoreError> {
    match error {
        StoreError::NotFound => Ok(Vec::new()),
        other => Err(other),
    }
}

fn section(
    reads: &mut Reads<'_>,
    view: &SiteView,
    one: &PlacementView,
    now: i64,
    limit: i64,
) -> Result<Section, StoreError> {
    let query = EntryQuery {
        services: Some(vec![one.service.id]),
        filter: filter_of(one),
        order: order_of(one, now),
        front_only: true,
        limit,
        ..EntryQuery::default()
    };
    Ok(Section {
        title: one.placement.title.clone(),
        href: section_href(view, one),
        // What is too old for the first page still stands in the section.
        count: count(reads, &EntryQuery { front_only: false, ..query.clone() }, SAID)?,
        views: reads.entries(&query)?,
    })
}

fn answer(visit: &Visit, found: Found) -> Result<HttpResponse, WebError> {
    let (t, slug) = (visit.t, found.view.site.slug.clone());
    let all = Listing { path: format!("{}/{ALL}", paths::site(&slug)), page: 1, ..Listing::default() };
    let mut frame = found.node.frame_of(t, &found.view);
    frame.preview.clone_from(&found.view.site.title);
    let follow = if found.view.site.restricted {
        Follow::default()
    } else {
        frame.canonical = super::site::address(visit, &found.view.site, &paths::site(&slug));
        frame.feeds = feed::links(t, &all, true);
        feed::follow(visit, &all, handles(visit, &found.view, None), true)
    };
    let drawn = Drawn { visit, known: &found.known, view: &found.view, all: &all };
    visit.page(&HomePage {
        t,
        shell: visit.shell(&found.view.site.title),
        site: frame,
        intro: found.view.site.intro.clone(),
        blocks: found.blocks.into_iter().map(|(one, content)| drawn.block(one, content)).collect(),
        empty: found.view.placements.is_empty().then(|| Empty {
            icon: Icon("home"),
            title: t.get("site-empty"),
            text: t.get("site-empty-text"),
            action: found.view.role.map(|_| Link::new(t.get("node-empty-action"), paths::office_site(&slug))),
        }),
        follow,
    })
}

/// What blocks are drawn with.
struct Drawn<'v> {
    visit: &'v Visit,
    known: &'v Known,
    view: &'v SiteView,
    all: &'v Listing,
}

impl Drawn<'_> {
    fn cards(&self, views: &[EntryView], with_kind: bool) -> Vec<crate::views::ItemCard> {
        let (slug, asked) = (Some(self.view.site.slug.as_str()), Question::default());
        views
            .iter()
            .map(|view| cards::card(self.visit, self.known, view, slug, with_kind, 3, &asked))
            .collect()
    }

    fn block(&self, one: TitledBlock, content: Content) -> HomeBlock {
        let t = self.visit.t;
        let title = if one.title.is_empty() { block_words(t, &one.block).0 } else { one.title };
        match content {
            Content::Search(themes) => HomeBlock::Search {
                search: SearchBox { t, action: self.all.path.clone(), ..SearchBox::default() },
                themes: themes.into_iter().map(|theme| self.theme(theme)).collect(),
            },
            Content::Sections(sections) => HomeBlock::Sections(
                sections
                    .into_iter()
                    .map(|section| HomeSection {
                        items: self.cards(&section.views, false),
                        title: section.title,
                        href: section.href,
                        count: section.count,
                    })
                    .collect(),
            ),
            Content::Items(views) => {
                HomeBlock::Items { title, items: self.cards(&views, true), more: self.all.path.clone() }
            }
            Content::Text(body) => HomeBlock::Text { title, body: CleanHtml::new(&body) },
            Content::Numbers { items, organisations } => {
                let figure = |count: i64, key: &str| (t.number(count.min(COUNTED)), t.count(key, count));
                let organisations = i64::try_from(organisations).unwrap_or(i64::MAX);
                let sections = i64::try_from(self.view.placements.len()).unwrap_or(i64::MAX);
                HomeBlock::Numbers {
                    title,
                    figures: vec![
                        figure(items, "number-items"),
                        figure(sections, "number-sections"),
                        figure(organisations, "number-organisations"),
                    ],
                }
            }
            Content::Partners(partners) => HomeBlock::Partners { title, partners },
            Content::Documents(documents) => HomeBlock::Lines {
                title,
                lines: documents
                    .iter()
                    .map(|one| workshop::document_line(self.visit, self.view, one))
                    .collect(),
                more: Link::new(
                    t.get("workshop-documents-all"),
                    paths::workshop(&self.view.site.slug, "documents"),
                ),
                empty: t.get("workshop-documents-none"),
            },
            Content::Discussions(discussions) => HomeBlock::Lines {
                title,
                lines: discussions
                    .iter()
                    .map(|one| workshop::discussion_line(self.visit, self.view, one))
                    .collect(),
                more: Link::new(
                    t.get("workshop-discussions-all"),
                    paths::workshop(&self.view.site.slug, "discussions"),
                ),
                empty: t.get("workshop-discussions-none"),
            },
        }
    }

    fn theme(&self, (code, fr, en): (String, String, String)) -> Link {
        let t = self.visit.t;
        let label = if t.locale == Locale::Fr { t.typeset(&fr) } else { en };
        Link::new(label, Listing { themes: vec![code], ..self.all.clone() }.href())
    }
}
