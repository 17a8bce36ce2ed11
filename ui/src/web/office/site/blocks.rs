//! The blocks of a site's first page: their order, what is set of each.

use super::{site, tabs, trail};
use crate::forms;
use crate::html::{CleanHtml, from_markdown, to_markdown};
use crate::paths;
use crate::views::{BlockLine, BlocksPage, FormPage, FormView, Link, OfficeSection};
use crate::web::office::refusal::refused;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_app::site::block::{BlockChange, TitledBlock, blocks};
use maillage_domain::block::{Block, Partner};
use maillage_domain::site::SiteKind;
use maillage_domain::text::{clip, plain_text};
use maillage_store::read::SiteView;

/// Characters of a text that the list of blocks shows.
const EXCERPT: usize = 120;

/// GET /office/sites/{site}/blocks
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn list(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let (view, all) = read(&desk, &slug).await?;
    let t = desk.t;
    let last = all.len().saturating_sub(1);
    let line = |(at, one): (usize, &TitledBlock)| {
        let step =
            |step: &str| paths::office_site_step(&slug, format!("blocks/{at}/{step}").trim_end_matches('/'));
        BlockLine {
            link: Link::new(name(&desk, one), step("")),
            about: about(&desk, &one.block),
            up_action: (at > 0).then(|| step("up")),
            down_action: (at < last).then(|| step("down")),
            remove_action: step("remove"),
        }
    };
    let new = |block: &Block| {
        let href = paths::office_site_step(&slug, &format!("blocks/new?kind={}", block.kind()));
        let (name, hint) = forms::block_words(t, block);
        (Link::new(name, href), hint)
    };
    let page = BlocksPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Sites, vec![Link::new(t.get("nav-sites"), paths::SITES)]),
        title: view.site.title.clone(),
        public_href: paths::site(&slug),
        tabs: tabs(&desk, &view, "blocks"),
        lines: all.iter().enumerate().map(line).collect(),
        offered: Block::offered(SiteKind::from_name(&view.site.kind)).iter().map(new).collect(),
    };
    desk.page(&page)
}

async fn read(desk: &Desk, slug: &str) -> Result<(SiteView, Vec<TitledBlock>), WebError> {
    let view = site(desk, slug).await?;
    let row = view.site.clone();
    Ok((view, desk.reads().run(move |reads| blocks(reads, &row)).await?))
}

/// What a block is called in the list: its own title, or that of its kind.
fn name(desk: &Desk, one: &TitledBlock) -> String {
    if one.title.is_empty() { forms::block_words(desk.t, &one.block).0 } else { one.title.clone() }
}

/// What is set of a block, in a few words.
fn about(desk: &Desk, block: &Block) -> String {
    match block {
        Block::Text { body } => clip(&plain_text(body), EXCERPT),
        Block::Partners { partners } => {
            partners.iter().map(|one| one.name.clone()).collect::<Vec<_>>().join(", ")
        }
        other => match other.count() {
            Some(count) => desk.t.count("block-lists", u16::from(count)),
            None => forms::block_words(desk.t, other).1,
        },
    }
}

/// GET /office/sites/{site}/blocks/new?kind=
///
/// # Errors
/// [`AppError::Forbidden`]; [`AppError::NotFound`], also for a kind that the site may not have.
pub(in crate::web::office) async fn new(
    desk: Desk,
    request: HttpRequest,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let view = site(&desk, &slug).await?;
    let asked = request.query_string().split('&').find_map(|pair| pair.strip_prefix("kind="));
    let block = offered(&view, asked.unwrap_or(Block::Numbers.kind()))?;
    let form = form(&desk, &view, None, &TitledBlock { title: String::new(), block: block.clone() });
    page(&desk, StatusCode::OK, &view, &block, form)
}

fn offered(view: &SiteView, kind: &str) -> Result<Block, WebError> {
    let all = Block::offered(SiteKind::from_name(&view.site.kind));
    all.into_iter().find(|block| block.kind() == kind).ok_or_else(|| AppError::NotFound.into())
}

/// POST /office/sites/{site}/blocks
///
/// # Errors
/// As [`new`].
pub(in crate::web::office) async fn create(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    save(&posted, &slug, None).await
}

/// GET /office/sites/{site}/blocks/{at}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn edit(
    desk: Desk,
    path: web::Path<(String, usize)>,
) -> Result<HttpResponse, WebError> {
    let (slug, at) = path.into_inner();
    let (view, all) = read(&desk, &slug).await?;
    let one = all.get(at).ok_or(AppError::NotFound)?;
    let form = form(&desk, &view, Some(at), one);
    page(&desk, StatusCode::OK, &view, &one.block, form)
}

/// POST /office/sites/{site}/blocks/{at}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    path: web::Path<(String, usize)>,
) -> Result<HttpResponse, WebError> {
    let (slug, at) = path.into_inner();
    save(&posted, &slug, Some(at)).await
}

async fn save(posted: &Posted<Desk>, slug: &str, at: Option<usize>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let view = site(desk, slug).await?;
    let kind = if posted.text("kind").is_empty() { Block::Numbers.kind() } else { posted.text("kind") };
    let block = sent(posted, offered(&view, kind)?);
    let one = TitledBlock { title: posted.text("title").to_owned(), block: block.clone() };
    let change = match at {
        Some(at) => BlockChange::Replace(at, one.clone()),
        None => BlockChange::Add(one.clone()),
    };
    match desk.app().change_blocks(&desk.caller(), slug, change).await {
        Ok(_) => Ok(desk.done(&paths::office_site_step(slug, "blocks"), desk.t.get("saved"))),
        Err(error) => {
            let form = form(desk, &view, at, &one).filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[])?;
            page(desk, status, &view, &block, form)
        }
    }
}

/// A block of this kind as the form has sent it.
fn sent(posted: &Posted<Desk>, block: Block) -> Block {
    match block {
        Block::Text { .. } => Block::Text { body: from_markdown(posted.text("body")).to_string() },
        Block::Partners { .. } => Block::Partners { partners: partners(posted.text("partners")) },
        other => other.with_count(posted.text("count").parse().unwrap_or(1)),
    }
}

/// One partner on each line: its name, then its address where it has one.
fn partners(text: &str) -> Vec<Partner> {
    let partner = |line: &str| {
        let (name, url) = match line.rsplit_once(char::is_whitespace) {
            Some((name, last)) if last.contains("://") => (name, last),
            _ => (line, ""),
        };
        Partner { name: name.trim().trim_end_matches([',', ';']).trim().to_owned(), url: url.to_owned() }
    };
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(partner).collect()
}

/// POST /office/sites/{site}/blocks/{at}/up
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn up(
    posted: Posted<Desk>,
    path: web::Path<(String, usize)>,
) -> Result<HttpResponse, WebError> {
    let (slug, at) = path.into_inner();
    step(&posted, &slug, BlockChange::Move { at, up: true }).await
}

/// POST /office/sites/{site}/blocks/{at}/down
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn down(
    posted: Posted<Desk>,
    path: web::Path<(String, usize)>,
) -> Result<HttpResponse, WebError> {
    let (slug, at) = path.into_inner();
    step(&posted, &slug, BlockChange::Move { at, up: false }).await
}

/// POST /office/sites/{site}/blocks/{at}/remove
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn remove(
    posted: Posted<Desk>,
    path: web::Path<(String, usize)>,
) -> Result<HttpResponse, WebError> {
    let (slug, at) = path.into_inner();
    step(&posted, &slug, BlockChange::Remove(at)).await
}

async fn step(posted: &Posted<Desk>, slug: &str, change: BlockChange) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    desk.app().change_blocks(&desk.caller(), slug, change).await?;
    Ok(desk.done(&paths::office_site_step(slug, "blocks"), desk.t.get("saved")))
}

fn form(desk: &Desk, view: &SiteView, at: Option<usize>, one: &TitledBlock) -> FormView {
    let list = paths::office_site_step(&view.site.slug, "blocks");
    let action = at.map_or_else(|| list.clone(), |at| format!("{list}/{at}"));
    let form =
        forms::block(desk.t, &action, &desk.csrf, &one.block).cancel(list).with_value("title", &one.title);
    match &one.block {
        Block::Text { body } => form.with_value("body", to_markdown(&CleanHtml::new(body))),
        Block::Partners { partners } => {
            let line = |one: &Partner| format!("{} {}", one.name, one.url).trim().to_owned();
            form.with_value("partners", partners.iter().map(line).collect::<Vec<_>>().join("\n"))
        }
        other => form.with_value("count", other.count().unwrap_or(1).to_string()),
    }
}

fn page(
    desk: &Desk,
    status: StatusCode,
    view: &SiteView,
    block: &Block,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let mut trail = trail(desk, view);
    trail.push(Link::new(t.get("site-first-page"), paths::office_site_step(&view.site.slug, "blocks")));
    let (heading, intro) = forms::block_words(t, block);
    let office = desk.frame(OfficeSection::Sites, trail);
    desk.page_with(status, &FormPage { t, shell: desk.shell(), office, heading, intro, form })
}
