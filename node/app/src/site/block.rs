//! The blocks of a site's first page.

use crate::App;
use crate::address::new_uid;
use crate::caller::Caller;
use crate::error::AppError;
use maillage_domain::block::{Block, MOST_BLOCKS, MOST_PARTNERS};
use maillage_domain::site::SiteKind;
use maillage_domain::text::plain_text;
use maillage_gateways::clean_html;
use maillage_store::Tx;
use maillage_store::read::Reads;
use maillage_store::rows::{SiteBlockRow, SiteRow};

/// A block with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitledBlock {
    /// Title; empty for the usual one of its kind.
    pub title: String,
    /// What it shows.
    pub block: Block,
}

/// What is done with one of the blocks of a site; they are counted from 0, as [`blocks`] answers them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockChange {
    /// Put behind the others.
    Add(TitledBlock),
    /// Put in the place of the one that is there.
    Replace(usize, TitledBlock),
    /// Moved before the one above, or behind the one below; at either end nothing changes.
    Move {
        /// Which.
        at: usize,
        /// Before the one above.
        up: bool,
    },
    /// Taken away. Without any, the usual ones show.
    Remove(usize),
}

/// The blocks of a site's first page: those that were chosen, or the usual ones of its kind.
///
/// # Errors
/// [`maillage_store::StoreError::NotFound`] where the reader may not open the site.
pub fn blocks(reads: &mut Reads<'_>, site: &SiteRow) -> Result<Vec<TitledBlock>, maillage_store::StoreError> {
    let rows = reads.site_blocks(&site.slug)?;
    if rows.is_empty() {
        let usual = Block::usual(SiteKind::from_name(&site.kind)).into_iter();
        return Ok(usual.map(|block| TitledBlock { title: String::new(), block }).collect());
    }
    // Written below; one that cannot be read is of a later version, and left out.
    let read = |row: SiteBlockRow| {
        serde_json::from_str(&row.settings).ok().map(|block| TitledBlock { title: row.title, block })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

impl App {
    /// Changes the blocks of a site's first page; answers them.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`]; [`AppError::NotFound`] where there is no such site
    /// or block.
    pub async fn change_blocks(
        &self,
        caller: &Caller,
        site: &str,
        change: BlockChange,
    ) -> Result<Vec<TitledBlock>, AppError> {
        let (caller, slug, now) = (caller.clone(), site.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                let site = tx.reads().site(&slug)?.site;
                caller.manages_site(tx, site.id)?;
                tx.take_turn(&format!("site:{}", site.id))?;
                let mut all = blocks(&mut tx.reads(), &site)?;
                apply(&mut all, SiteKind::from_name(&site.kind), change.clone())?;
                tx.clear_site_blocks(site.id)?;
                for (one, position) in all.iter().zip(1..) {
                    let row = SiteBlockRow {
                        id: 0,
                        uid: new_uid(now),
                        site_id: site.id,
                        kind: one.block.kind().to_owned(),
                        title: one.title.clone(),
                        settings: serde_json::to_string(&one.block).map_err(AppError::internal)?,
                        position,
                    };
                    tx.insert_site_block(&row)?;
                }
                touch(tx, site, now.timestamp_millis())?;
                Ok(all)
            })
            .await
    }
}

fn apply(all: &mut Vec<TitledBlock>, kind: SiteKind, change: BlockChange) -> Result<(), AppError> {
    match change {
        BlockChange::Add(one) => {
            if all.len() >= MOST_BLOCKS {
                return Err(AppError::invalid(
                    "kind",
                    "too_many",
                    format!("Une page d'accueil tient au plus {MOST_BLOCKS} blocs : enlevez-en un d'abord."),
                    format!("A first page holds at most {MOST_BLOCKS} blocks: remove one first."),
                ));
            }
            all.push(checked(kind, one)?);
        }
        BlockChange::Replace(at, one) => {
            *all.get_mut(at).ok_or(AppError::NotFound)? = checked(kind, one)?;
        }
        BlockChange::Move { at, up } => {
            if at >= all.len() {
                return Err(AppError::NotFound);
            }
            let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < all.len()) };
            to.into_iter().for_each(|to| all.swap(at, to));
        }
        BlockChange::Remove(at) => {
            if at >= all.len() {
                return Err(AppError::NotFound);
            }
            all.remove(at);
        }
    }
    Ok(())
}

/// A block as it is stored: of a kind that the site may have, its text clean, its partners with addresses
/// that lead somewhere.
fn checked(kind: SiteKind, one: TitledBlock) -> Result<TitledBlock, AppError> {
    if !Block::offered(kind).iter().any(|offered| offered.kind() == one.block.kind()) {
        return Err(AppError::invalid(
            "kind",
            "not_here",
            "Ce bloc n'existe que dans les ateliers.",
            "This block exists in workshops only.",
        ));
    }
    let title: String = one.title.trim().chars().take(140).collect();
    let block = match one.block {
        Block::Text { body } => {
            let body = clean_html(&body, None);
            if plain_text(&body).is_empty() {
                return Err(AppError::invalid(
                    "body",
                    "required",
                    "Écrivez le texte du bloc.",
                    "Write the text of the block.",
                ));
            }
            Block::Text { body }
        }
        Block::Partners { partners } => {
            let leads =
                |url: &str| url.is_empty() || url.starts_with("https://") || url.starts_with("http://");
            let wrong = partners.iter().find(|one| one.name.trim().is_empty() || !leads(&one.url));
            if partners.is_empty() || partners.len() > MOST_PARTNERS || wrong.is_some() {
                return Err(AppError::invalid(
                    "partners",
                    "not_partners",
                    format!(
                        "Écrivez un partenaire par ligne (au plus {MOST_PARTNERS}) : son nom, puis s'il y a lieu son adresse https://…"
                    ),
                    format!(
                        "Write one partner on each line (at most {MOST_PARTNERS}): its name, then where there is one its address https://…"
                    ),
                ));
            }
            Block::Partners { partners }
        }
        other => {
            let count = other.count().unwrap_or(1);
            other.with_count(count)
        }
    };
    Ok(TitledBlock { title, block })
}

/// Notes that a site has changed.
pub(super) fn touch(tx: &mut Tx<'_>, site: SiteRow, now: i64) -> Result<(), AppError> {
    Ok(tx.save_site(&SiteRow { updated_at: now, ..site })?)
}
