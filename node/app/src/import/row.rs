//! Rows of feeds and spreadsheets, and the fields that they fill.

use super::cell::{Read, choice, date_text, references, several};
use super::{ImportProblem, Source};
use crate::address::Addresses;
use crate::error::AppError;
use crate::secret::digest;
use maillage_domain::field::{Field, FieldKind, FieldRole, Fields};
use maillage_domain::message::Message;
use maillage_domain::service_type::ServiceType;
use maillage_domain::standard::Standard;
use maillage_domain::text::{clip, escape_html, fold, plain_text};
use maillage_domain::theme::{Scheme, Thesaurus};
use maillage_domain::viewer::Viewer;
use maillage_gateways::csv::{self, CsvTable, value};
use maillage_gateways::feed::{FeedEntry, ParsedFeed};
use maillage_store::Tx;
use std::collections::BTreeMap;

/// Columns that identify a row across imports.
const IDENTITY: [&str; 8] = ["id", "identifiant", "n_offre", "numero", "reference", "siret", "guid", "code"];
/// Columns that hold a postal code beside a municipality.
const POSTAL: [&str; 3] = ["cp", "code_postal", "codepostal"];

/// One row: texts by field name.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    /// Line of the file, from 1.
    pub line: u64,
    /// What the item of an earlier import is found by, the best first. None of them is shared with
    /// another row of the document.
    pub keys: Vec<String>,
    /// What it may be found by later, when the document has changed.
    pub aliases: Vec<String>,
    texts: BTreeMap<String, String>,
    postal_code: Option<String>,
    /// Whether rich texts are HTML already.
    html: bool,
}

/// The entries of a feed, as rows of a type.
pub(super) fn of_feed(feed: &ParsedFeed, service_type: &ServiceType) -> Vec<Raw> {
    let links = counted(feed.entries.iter().filter_map(|entry| entry.link_key.clone()));
    feed.entries
        .iter()
        .zip(1..)
        .map(|(entry, line)| {
            let mut raw = of_entry(entry, line, &feed.title, service_type);
            // Where ids change the page is still the same; where all entries point to one page, it
            // tells nothing.
            raw.keys.extend(
                entry
                    .link_key
                    .iter()
                    .filter(|link| links.get(*link) == Some(&1))
                    .map(|link| format!("link:{link}")),
            );
            raw
        })
        .collect()
}

/// How often each text stands in a document.
fn counted(texts: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    counts
}

fn of_entry(entry: &FeedEntry, line: u64, feed_title: &str, service_type: &ServiceType) -> Raw {
    let mut texts = BTreeMap::new();
    let mut put = |role: FieldRole, text: Option<String>| {
        if let (Some(field), Some(text)) = (service_type.with_role(role), text) {
            texts.insert(field.name.clone(), text);
        }
    };
    let summary = entry.summary_html.as_deref().or(entry.content_html.as_deref()).map(plain_text);
    // The text of the press is never copied: of an article that is pointed out, only a short
    // quotation is kept, where the type has room for one.
    let press = service_type.field("extrait").is_some();
    put(FieldRole::Title, Some(clip(&entry.title, 140)));
    put(FieldRole::Source, entry.link.as_ref().map(ToString::to_string));
    // Fields hold the time of the place, feeds that of the world.
    let published = entry.published.map(|at| at.with_timezone(&chrono_tz::Europe::Paris));
    put(FieldRole::Dated, published.map(|at| at.date_naive().to_string()));
    put(FieldRole::Start, published.filter(|_| !press).map(|at| at.format("%Y-%m-%dT%H:%M").to_string()));
    if !press {
        let room = service_type.with_role(FieldRole::Summary).map_or(500, Field::max_chars);
        put(FieldRole::Summary, summary.as_deref().map(|text| clip(text, room)));
        put(FieldRole::Content, entry.content_html.clone().or(entry.summary_html.clone()));
    }
    put(FieldRole::Themes, Some(entry.categories.join("|")).filter(|text| !text.is_empty()));
    if press {
        if let Some(summary) = &summary {
            texts.insert("extrait".to_owned(), clip(summary, 300));
        }
        texts.insert("source".to_owned(), clip(if feed_title.is_empty() { "web" } else { feed_title }, 140));
    }
    let keys = vec![format!("id:{}", entry.key)];
    Raw { line, keys, aliases: Vec::new(), texts, postal_code: None, html: true }
}

/// The column of a table that holds a field: it bears the field's name, one of the names that the type
/// gives, or its label in either language.
fn column_of(table: &CsvTable, field: &Field) -> Option<usize> {
    let labels = [csv::fold(&field.fr), csv::fold(&field.en)];
    std::iter::once(&field.name).chain(&field.columns).chain(&labels).find_map(|name| table.column(name))
}

/// The rows of a table as rows of a type, and the headers of columns that hold something for which the
/// type has no field; none when no column can be the title.
pub(super) fn of_table(table: &CsvTable, service_type: &ServiceType) -> Option<(Vec<Raw>, Vec<String>)> {
    let columns: Vec<(&Field, usize)> =
        service_type.fields.iter().filter_map(|field| Some((field, column_of(table, field)?))).collect();
    // Of a title that is made from several fields, any one of them names a row.
    let made_of = service_type.title_fields();
    let titles: Vec<usize> =
        columns.iter().filter(|(field, _)| made_of.contains(field)).map(|(_, at)| *at).collect();
    if titles.is_empty() {
        return None;
    }
    // The number of an organisation is no name of what it offers.
    let names_it = |name: &&&str| **name != "siret" || service_type.field("siret").is_some();
    let identity = IDENTITY.iter().filter(names_it).find_map(|name| table.column(name));
    let postal = POSTAL.iter().find_map(|name| table.column(name));
    let used = |at: usize| columns.iter().any(|(_, known)| *known == at);
    let filled =
        |at: usize| table.rows.iter().any(|row| row.cells.get(at).is_some_and(|text| !value::is_blank(text)));
    let headers = table.headers.iter().enumerate();
    let unknown = headers
        .filter(|(at, _)| !used(*at) && identity != Some(*at) && postal != Some(*at) && filled(*at))
        .map(|(_, header)| if header.raw.is_empty() { &header.folded } else { &header.raw })
        .cloned()
        .collect();
    let cell = |cells: &[String], at: usize| cells.get(at).filter(|text| !value::is_blank(text)).cloned();
    let raw = |row: &csv::Row| {
        let texts: BTreeMap<String, String> = columns
            .iter()
            .filter_map(|(field, at)| {
                // "Not stated" may be one of the answers.
                let answers = |text: &&String| !value::is_blank(text) || choice(field, text).is_ok();
                let said = row.cells.get(*at).filter(answers)?;
                Some((field.name.clone(), said.clone()))
            })
            .collect();
        let place = service_type.with_role(FieldRole::Held).and_then(|field| texts.get(&field.name));
        let start = service_type.with_role(FieldRole::Start).and_then(|field| texts.get(&field.name));
        let title = titles.iter().filter_map(|at| cell(&row.cells, *at)).collect::<Vec<_>>().join("\n");
        let parts = [Some(&title), place, start].map(|part| part.map(|text| fold(text)).unwrap_or_default());
        let named = Named {
            id: identity.and_then(|at| cell(&row.cells, at)).map(|id| format!("id:{id}")),
            row: format!("row:{}", digest(&parts.join("\n"))),
        };
        let postal_code =
            postal.and_then(|at| cell(&row.cells, at)).and_then(|text| value::postal_code(&text).ok());
        (Raw { line: row.line, keys: vec![], aliases: vec![], texts, postal_code, html: false }, named)
    };
    let mut rows: Vec<(Raw, Named)> = table.rows.iter().map(raw).collect();
    let ids = counted(rows.iter().filter_map(|(_, named)| named.id.clone()));
    let likes = counted(rows.iter().map(|(_, named)| named.row.clone()));
    for (raw, named) in &mut rows {
        raw.name(named, &ids, &likes);
    }
    Some((rows.into_iter().map(|(raw, _)| raw).collect(), unknown))
}

/// By what a row of a table calls itself.
struct Named {
    /// The column that identifies rows, where there is one and it is filled.
    id: Option<String>,
    /// Title, place and beginning.
    row: String,
}

impl Raw {
    /// Gives a row of a table its keys. An id stands for its row only where no other row has it: what
    /// looks like an id may be the code of a trade. Likewise title, place and beginning, which two
    /// offers may share. What is always told apart is a row with all that it says.
    fn name(&mut self, named: &Named, ids: &BTreeMap<String, usize>, likes: &BTreeMap<String, usize>) {
        let whole =
            digest(&self.texts.iter().map(|(name, text)| format!("{name}={text}\n")).collect::<String>());
        let alone = named.id.as_ref().filter(|id| ids.get(*id) == Some(&1));
        let like = Some(&named.row).filter(|row| likes.get(*row) == Some(&1));
        let exact = match &named.id {
            Some(id) => format!("{id}#{whole}"),
            None => format!("{}#{whole}", named.row),
        };
        self.keys = vec![exact];
        match alone {
            Some(id) => {
                self.keys.push(id.clone());
                self.aliases.extend(like.cloned());
            }
            None => self.keys.extend(like.cloned()),
        }
    }

    /// The fields that the row fills, and what could not be read of it.
    pub(super) fn fields(
        &self,
        tx: &mut Tx<'_>,
        service_type: &ServiceType,
        source: &Source,
        run: (&Addresses, &Viewer),
    ) -> Result<(Fields, Vec<ImportProblem>), AppError> {
        let mut fields = Fields::default();
        let mut problems = Vec::new();
        for field in &service_type.fields {
            let text = self.texts.get(&field.name).map(String::as_str);
            let read = match field.kind {
                FieldKind::Places => self.places(tx, field, text, source)?,
                FieldKind::Themes => self.themes(tx, service_type, text, source)?,
                FieldKind::Reference | FieldKind::References => {
                    references(&mut tx.reads_as(run.1), run.0, field, text)?
                }
                _ => text.map_or(Ok(serde_json::Value::Null), |text| self.value(field, text)),
            };
            match read {
                Ok(value) => fields.set(&field.name, value),
                Err((value, message)) => {
                    let message = Message::new(
                        format!("{} : {}", field.fr, message.fr),
                        format!("{}: {}", field.en, message.en),
                    );
                    problems.push(ImportProblem { line: self.line, kept: true, message });
                    fields.set(&field.name, value);
                }
            }
        }
        Ok((fields, problems))
    }

    fn value(&self, field: &Field, text: &str) -> Read {
        let wrong = |error: value::ValueError| (serde_json::Value::Null, Message::new(error.fr, error.en));
        match field.kind {
            FieldKind::RichText if self.html => Ok(text.into()),
            FieldKind::RichText => {
                let paragraphs = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
                Ok(paragraphs.map(|line| format!("<p>{}</p>", escape_html(line))).collect::<String>().into())
            }
            FieldKind::Date => date_text(text).map_err(wrong),
            FieldKind::DateTime => {
                if maillage_domain::item::parse_local(text).is_some() {
                    return Ok(text.into());
                }
                let read = value::date_time(text, chrono_tz::Europe::Paris);
                read.map(|at| at.format("%Y-%m-%dT%H:%M").to_string().into()).map_err(wrong)
            }
            FieldKind::Integer => value::number(text)
                .map(|number| serde_json::Value::from(number.round() as i64))
                .map_err(wrong),
            // What is bounded is a measure, such as a latitude, and no amount of money.
            FieldKind::Number if field.range.is_some() => {
                value::number(text).map(serde_json::Value::from).map_err(wrong)
            }
            FieldKind::Number => {
                let cents = value::euros(text).map(|cents| cents as f64 / 100.0);
                cents.or_else(|_| value::number(text)).map(serde_json::Value::from).map_err(wrong)
            }
            FieldKind::Boolean => value::boolean(text).map(serde_json::Value::from).map_err(wrong),
            FieldKind::Phone => value::phone(text).map(serde_json::Value::from).map_err(wrong),
            FieldKind::Choice => choice(field, text).map(serde_json::Value::from),
            FieldKind::Choices | FieldKind::Codes | FieldKind::Occurrences | FieldKind::Dates => {
                several(field, text)
            }
            // What stands behind an address may change, and is not ours to publish unseen.
            FieldKind::Pictures | FieldKind::Files => Err((
                serde_json::Value::Null,
                Message::new(
                    "Un tableur n'apporte pas de fichiers : envoyez-les dans la fiche.",
                    "A spreadsheet brings no files: send them in the item.",
                ),
            )),
            _ => Ok(clip(text, field.max_chars()).into()),
        }
    }

    fn places(
        &self,
        tx: &mut Tx<'_>,
        field: &Field,
        text: Option<&str>,
        source: &Source,
    ) -> Result<Read, AppError> {
        let held = field.role == Some(FieldRole::Held);
        let mut codes: Vec<String> = Vec::new();
        let mut unknown = Vec::new();
        for one in text.map(value::list).unwrap_or_default() {
            match tx.reads().resolve_place(&one, self.postal_code.as_deref())? {
                Some(place) => codes.push(place.code),
                None => unknown.push(one),
            }
        }
        if codes.is_empty() && held {
            codes = source.places.iter().map(ToString::to_string).collect();
        }
        codes.dedup();
        Ok(if unknown.is_empty() {
            Ok(codes.into())
        } else {
            let names = unknown.join(", ");
            let message = Message::new(
                format!("« {names} » n'est pas une commune reconnue (ou plusieurs portent ce nom)."),
                format!("“{names}” is no known municipality (or several have this name)."),
            );
            Err((codes.into(), message))
        })
    }

    /// Themes by slug, label or code. A row that names none has those to which its codes are mapped. Of a
    /// feed, words that are none are left out without a word: feeds have many.
    fn themes(
        &self,
        tx: &mut Tx<'_>,
        service_type: &ServiceType,
        text: Option<&str>,
        source: &Source,
    ) -> Result<Read, AppError> {
        let thesaurus = tx.reads().thesaurus()?;
        let (mut slugs, mut unknown): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for one in text.map(value::list).unwrap_or_default() {
            match thesaurus.find(&one) {
                Some(theme) => slugs.push(theme.slug.clone()),
                None => unknown.push(one),
            }
        }
        if text.is_none() {
            slugs.extend(self.themes_of_codes(service_type, &thesaurus));
        }
        slugs.extend(source.themes.iter().filter(|slug| thesaurus.get(slug).is_some()).cloned());
        slugs.sort();
        slugs.dedup();
        if unknown.is_empty() || self.html {
            return Ok(Ok(slugs.into()));
        }
        let names = unknown.join(", ");
        let message = Message::new(
            format!("« {names} » n'est pas un thème de ce nœud."),
            format!("“{names}” is no theme of this node."),
        );
        Ok(Err((slugs.into(), message)))
    }

    fn themes_of_codes(&self, service_type: &ServiceType, thesaurus: &Thesaurus) -> Vec<String> {
        let coded = service_type.fields.iter().filter_map(|field| {
            let scheme = match field.standard? {
                Standard::Rome => Scheme::Rome,
                Standard::Formacode => Scheme::Formacode,
                Standard::Naf => Scheme::Naf,
                _ => return None,
            };
            Some((scheme, self.texts.get(&field.name)?))
        });
        let found = coded.flat_map(|(scheme, text)| {
            let codes = value::list(text).into_iter();
            codes.filter_map(move |code| thesaurus.matching(scheme, &code)).collect::<Vec<_>>()
        });
        found.map(|theme| theme.slug.clone()).collect()
    }
}
