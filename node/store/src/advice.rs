//! What to do about a database that cannot be opened, in words for whoever runs the node.

use crate::error::StoreError;
use crate::location::Location;
use std::path::Path;

/// Looks at a path before SQLite does, which tells little about what is wrong with it.
pub(crate) fn sqlite_path(path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(path);
    if !folder.is_dir() {
        return Err(StoreError::unreachable(
            format!(
                "Le dossier {} n'existe pas : créez-le, ou corrigez l'adresse de la base.",
                folder.display()
            ),
            format!(
                "The folder {} does not exist: create it, or correct the database's address.",
                folder.display()
            ),
            format!("sqlite:{}", path.display()),
        ));
    }
    if path.is_dir() {
        return Err(StoreError::unreachable(
            format!("{} est un dossier : donnez le chemin d'un fichier.", path.display()),
            format!("{} is a folder: give the path of a file.", path.display()),
            format!("sqlite:{}", path.display()),
        ));
    }
    Ok(())
}

/// What to do about what SQLite says of a file.
pub(crate) fn sqlite(path: &Path, said: &str) -> StoreError {
    let file = path.display();
    let lower = said.to_lowercase();
    if lower.contains("not a database") || lower.contains("malformed") {
        StoreError::unreachable(
            format!(
                "{file} n'est pas une base SQLite, ou elle est abîmée : donnez un autre chemin, \
                 ou restaurez une sauvegarde."
            ),
            format!(
                "{file} is not a SQLite database, or it is damaged: give another path, \
                 or restore a backup."
            ),
            said,
        )
    } else if lower.contains("readonly") || lower.contains("read-only") {
        StoreError::unreachable(
            format!(
                "{file} est en lecture seule : donnez au compte du nœud le droit d'écrire ce fichier \
                 et son dossier."
            ),
            format!("{file} is read-only: let the node's account write this file and its folder."),
            said,
        )
    } else if lower.contains("locked") {
        StoreError::Busy(said.to_owned())
    } else {
        StoreError::unreachable(
            format!(
                "{file} ne s'ouvre pas : vérifiez que le compte du nœud peut lire et écrire ce fichier \
                 et son dossier."
            ),
            format!(
                "{file} does not open: check that the node's account may read and write this file \
                 and its folder."
            ),
            said,
        )
    }
}

/// What to do about a file system on which SQLite cannot keep its log.
pub(crate) fn no_write_ahead(path: &Path, mode: &str) -> StoreError {
    StoreError::unreachable(
        format!(
            "Le disque de {} ne permet pas le journal de SQLite (partage réseau ?) : \
             placez la base sur un disque local, ou utilisez PostgreSQL.",
            path.display()
        ),
        format!(
            "The disk of {} does not allow SQLite's log (a network share?): \
             put the database on a local disk, or use PostgreSQL.",
            path.display()
        ),
        format!("journal mode {mode}"),
    )
}

/// Words of PostgreSQL or its client library, in English and French, and what to do.
const POSTGRES: &[(&[&str], &str, &str)] = &[
    (
        &["password", "mot de passe", "no pg_hba.conf entry", "pg_hba.conf"],
        "PostgreSQL refuse ce compte : vérifiez l'utilisateur et le mot de passe de l'adresse, \
         et pg_hba.conf.",
        "PostgreSQL refuses this account: check the user and password of the address, and pg_hba.conf.",
    ),
    (
        &["role \"", "rôle «"],
        "Ce compte n'existe pas dans PostgreSQL : créez-le (createuser), ou corrigez l'adresse.",
        "This account does not exist in PostgreSQL: create it (createuser), or correct the address.",
    ),
    (
        &["database \"", "base de données «"],
        "Cette base n'existe pas dans PostgreSQL : créez-la (createdb), ou corrigez l'adresse.",
        "This database does not exist in PostgreSQL: create it (createdb), or correct the address.",
    ),
    (
        &["too many clients", "remaining connection slots", "trop de clients"],
        "PostgreSQL n'accepte plus de connexions : augmentez max_connections, ou diminuez celles du nœud.",
        "PostgreSQL accepts no more connections: raise max_connections, or lower those of the node.",
    ),
    (
        &["starting up", "shutting down", "recovery mode", "en cours de démarrage", "en cours d'arrêt"],
        "PostgreSQL démarre ou s'arrête : attendez un instant.",
        "PostgreSQL is starting or stopping: wait a moment.",
    ),
    (
        &["could not translate host name"],
        "Le nom du serveur PostgreSQL est inconnu : corrigez l'adresse, ou le DNS.",
        "The PostgreSQL server's name is unknown: correct the address, or the DNS.",
    ),
    (
        &[
            "connection refused",
            "no such file or directory",
            "timeout expired",
            "no route to host",
            "unreachable",
        ],
        "PostgreSQL ne répond pas : vérifiez qu'il est démarré, et le serveur et le port de l'adresse.",
        "PostgreSQL does not answer: check that it is running, and the server and port of the address.",
    ),
];

/// What to do about what PostgreSQL or its client library says.
pub(crate) fn postgres(location: &Location, said: &str) -> StoreError {
    let lower = said.to_lowercase();
    let (fr, en) =
        POSTGRES.iter().find(|(words, _, _)| words.iter().any(|word| lower.contains(word))).map_or(
            (
                "La connexion à PostgreSQL échoue : vérifiez l'adresse de la base.",
                "The connection to PostgreSQL fails: check the database's address.",
            ),
            |(_, fr, en)| (*fr, *en),
        );
    StoreError::unreachable(fr, en, format!("{location}: {}", said.trim()))
}
