//! What an item is found by: its words, kept in the transaction that writes the item.

use crate::App;
use crate::error::AppError;
use maillage_domain::place::PlaceCode;
use maillage_domain::search;
use maillage_domain::text::plain_text;
use maillage_store::Tx;
use maillage_store::rows::ItemRow;
use serde_json::Value;

/// Items whose words are made up for in one transaction.
const CHUNK: i64 = 50;

/// Keeps the words of an item whose columns and link tables are written: title, summary, text, who
/// publishes it, the names of its places, and what its further fields say.
pub(crate) fn keep(tx: &mut Tx<'_>, item: &ItemRow) -> Result<(), AppError> {
    let content = plain_text(&item.content);
    let places: Vec<String> =
        tx.item_places(item.id)?.into_iter().filter(|row| row.own).map(|row| row.place).collect();
    let names: Vec<String> = tx.reads().places(&places)?.into_iter().map(|row| row.name).collect();
    let mut further = Vec::new();
    // Fields that cannot be read are not those of an item that stands; what else it says is found.
    texts_of(&serde_json::from_str(&item.fields).unwrap_or_default(), &mut further);
    further.retain(|text| ![&item.title, &item.summary, &content].contains(&text));
    let parts = [&item.title, &item.summary, &content, &item.organisation_name];
    let parts = parts.into_iter().chain(&names).chain(&further).map(String::as_str);
    Ok(tx.keep_words(item.id, &search::kept(parts))?)
}

/// The texts of a JSON value: neither dates, nor addresses of pages, nor codes of places.
fn texts_of(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let dated = text.len() >= 10
                && text.bytes().take(4).all(|b| b.is_ascii_digit())
                && text[4..].starts_with('-');
            if !dated && !text.contains("://") && text.parse::<PlaceCode>().is_err() {
                texts.push(plain_text(text));
            }
        }
        Value::Array(values) => values.iter().for_each(|value| texts_of(value, texts)),
        Value::Object(members) => members.values().for_each(|value| texts_of(value, texts)),
        _ => {}
    }
}

impl App {
    /// Makes up for words that were never kept, because an older version of the program wrote the
    /// items; answers for how many items. Safe to run from several processes.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn make_findable(&self) -> Result<usize, AppError> {
        let (mut after, mut made) = (0, 0);
        loop {
            let missing = self.system().run(move |reads| reads.items_without_words(after, CHUNK)).await?;
            let Some(last) = missing.last() else { return Ok(made) };
            after = *last;
            made += missing.len();
            self.writer()
                .run(move |tx| -> Result<(), AppError> {
                    for id in &missing {
                        let item = tx.item(*id)?;
                        tx.take_turn(&format!("item:{}", item.uri))?;
                        // As it is now that nobody else changes it.
                        let item = tx.item(*id)?;
                        if item.withdrawn_at.is_none() {
                            keep(tx, &item)?;
                        }
                    }
                    Ok(())
                })
                .await?;
        }
    }
}
