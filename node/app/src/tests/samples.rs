//! Real files that partners and public bodies publish, read where they are at hand; they are not
//! part of the project.

use super::node::{TestNode, node, service_form};
use crate::AppError;
use crate::caller::Caller;
use crate::import::Source;
use maillage_domain::service::Visibility;
use maillage_store::on_both_databases;
use std::path::PathBuf;

fn samples(kind: &str) -> Vec<PathBuf> {
    let checkout = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder =
        checkout.ancestors().map(|above| above.join("shared/data").join(kind)).find(|path| path.is_dir());
    let Some(folder) = folder else {
        println!("no shared/data/{kind} beside this checkout: no real sample was read");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_none_or(|end| end != "md"))
        .collect();
    files.sort();
    files
}

/// Imports a file into a service of its own, and again; answers how many items it made.
async fn twice(node: &TestNode, kind: &str, slug: &str, file: &PathBuf) -> Option<usize> {
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    node.app.add_service(&Caller::Node, kind, slug, service_form(Visibility::Public)).await.expect("service");
    let bytes = std::fs::read(file).expect("readable");
    let first = match node.app.import(&Caller::Node, slug, bytes.clone(), &Source::default()).await {
        Ok(report) => report,
        Err(AppError::Invalid { problems }) => {
            assert!(!problems[0].message.fr.is_empty() && !problems[0].message.en.is_empty(), "{name}");
            return None;
        }
        Err(error) => panic!("{name}: {error:?}"),
    };
    let told = first.problems.iter().filter(|problem| !problem.kept).count();
    assert!(first.created > 0 || told > 0, "{name}: nothing came of it and nothing is said");
    let second = node.app.import(&Caller::Node, slug, bytes, &Source::default()).await.expect("again");
    assert_eq!((second.created, second.updated), (0, 0), "{name}: {:?}", second.problems.first());
    assert_eq!(second.unchanged, first.created + first.unchanged + first.updated, "{name}");
    assert_eq!(second.problems, first.problems, "{name}");
    Some(first.created)
}

on_both_databases!(
    async fn every_feed_becomes_items_once(db) {
        let files = samples("feeds");
        if files.is_empty() {
            return;
        }
        let node = node(db).await;
        let mut made = 0;
        for (number, file) in files.iter().enumerate() {
            made += twice(&node, "press-review", &format!("revue-{number}"), file).await.unwrap_or_default();
            made += twice(&node, "news", &format!("actus-{number}"), file).await.unwrap_or_default();
        }
        assert!(made > 40, "{made} items of {} feeds", files.len());
    }
);

on_both_databases!(
    async fn every_table_becomes_items_once_or_says_why_not(db) {
        let files = samples("csv");
        if files.is_empty() {
            return;
        }
        let node = node(db).await;
        let mut read = 0;
        for (number, file) in files.iter().enumerate() {
            for kind in ["structures", "trainings", "news"] {
                let slug = format!("{kind}-{number}");
                read += usize::from(twice(&node, kind, &slug, file).await.is_some());
            }
        }
        assert!(read >= 5, "{read} readings");
    }
);
