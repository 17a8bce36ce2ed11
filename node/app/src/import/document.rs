//! A document to be imported: known by its bytes, read into rows.

use super::row::{self, Raw};
use super::{ImportProblem, Report, Source, shortfall};
use crate::error::AppError;
use maillage_domain::message::Message;
use maillage_domain::service_type::ServiceType;
use maillage_gateways::{Kind, csv, feed, sniff};

/// The rows of a document, and what the gateway itself had to say.
pub(super) fn read(
    bytes: &[u8],
    source: &Source,
    service_type: &ServiceType,
) -> Result<(Vec<Raw>, Report), AppError> {
    let unreadable = |fr: String, en: String| AppError::invalid("file", "unreadable", fr, en);
    let mut columns = Vec::new();
    let (raws, problems) = match sniff(bytes) {
        Kind::Feed => {
            let parsed = feed::parse(bytes, source.url.as_ref(), source.content_type.as_deref())
                .map_err(|error| unreadable(error.to_string(), error.en()))?;
            (row::of_feed(&parsed, service_type), parsed.problems)
        }
        Kind::Html => {
            return Err(unreadable(
                "C'est une page web, pas un flux ni un tableau. Cherchez sur cette page l'adresse de son flux RSS.".into(),
                "This is a web page, neither a feed nor a table. Look on that page for the address of its RSS feed.".into(),
            ));
        }
        Kind::Csv | Kind::Unknown => {
            let table = csv::parse(bytes, &csv::CsvOptions::default())
                .map_err(|error| unreadable(error.to_string(), error.en()))?;
            let (raws, unknown) = row::of_table(&table, service_type).ok_or_else(|| {
                let columns =
                    table.headers.iter().map(|header| header.raw.as_str()).collect::<Vec<_>>().join(", ");
                unreadable(
                    format!("Aucune colonne de titre reconnue parmi : {columns}. Nommez-en une « Titre »."),
                    format!("No title column recognised among: {columns}. Name one “Titre”."),
                )
            })?;
            columns = unknown;
            (raws, table.problems)
        }
    };
    let problems = problems
        .into_iter()
        .map(|p| ImportProblem {
            line: p.line,
            kept: p.kept,
            message: Message::new(p.reason_fr, p.reason_en),
        })
        .collect();
    let remarks = shortfall::left_columns(&columns, service_type).into_iter().collect();
    Ok((raws, Report { problems, remarks, ..Report::default() }))
}
