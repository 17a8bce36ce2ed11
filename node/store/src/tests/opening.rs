//! What is said when a database does not open.

use crate::connection::{Access, DbConnection};
use crate::error::StoreError;
use crate::limits::Limits;
use crate::location::Location;
use crate::pool::ReadPool;
use crate::testing::TestDatabase;
use crate::writer::WriteQueue;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use std::path::Path;

fn refused(location: &Location, access: Access) -> (String, String, String) {
    match DbConnection::open(location, access) {
        Ok(_) => panic!("{location} opened"),
        Err(StoreError::Unreachable { advice, cause }) => (advice.fr, advice.en, cause),
        Err(other) => panic!("{other:?}"),
    }
}

fn sqlite(path: &Path) -> Location {
    Location::Sqlite(path.to_owned())
}

#[test]
fn a_missing_folder_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (fr, en, _) = refused(&sqlite(&folder.path().join("absent/node.db")), Access::Write);
    assert!(fr.contains("absent n'existe pas") && en.contains("absent does not exist"), "{fr} / {en}");
    let (fr, _, _) = refused(&sqlite(folder.path()), Access::Write);
    assert!(fr.contains("est un dossier"), "{fr}");
}

#[test]
fn another_file_is_not_a_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("letter.txt");
    std::fs::write(&file, "Madame, Monsieur, ".repeat(200)).expect("writes");
    let (fr, en, cause) = refused(&sqlite(&file), Access::Write);
    assert!(fr.contains("n'est pas une base SQLite") && en.contains("not a SQLite database"), "{fr}");
    assert!(cause.contains("not a database"), "{cause}");
    assert!(std::fs::read_to_string(&file).expect("still there").starts_with("Madame"), "left as it was");
}

#[test]
fn a_log_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("node.db");
    std::fs::create_dir(folder.path().join("node.db-wal")).expect("something in the way of the log");
    let (fr, _, _) = refused(&sqlite(&file), Access::Write);
    assert!(fr.contains("vérifiez que le compte du nœud peut lire et écrire"), "{fr}");
}

/// Says to a process of the tests that it runs under an account bound by permissions.
const BOUND: &str = "MAILLAGE_TEST_AS_ORDINARY_ACCOUNT";

/// Runs one test of this program under an account that permissions bind, since they do not bind root.
fn as_ordinary_account(test: &str) {
    use std::os::unix::process::CommandExt;
    // The account "nobody" of every Linux, which owns nothing.
    const NOBODY: u32 = 65_534;
    // The link works also where the folders that lead to the program are closed to that account.
    let output = std::process::Command::new("/proc/self/exe")
        .args(["--exact", test, "--nocapture"])
        .env(BOUND, "yes")
        .current_dir("/")
        .gid(NOBODY)
        .uid(NOBODY)
        .output()
        .expect("a process of another account");
    let said = String::from_utf8_lossy(&output.stdout);
    let went_wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}{went_wrong}");
}

#[test]
fn a_read_only_file_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let db = TestDatabase::sqlite();
    let file = db.file().expect("a file");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o444)).expect("permissions");
    if std::fs::OpenOptions::new().write(true).open(&file).is_ok() {
        assert!(std::env::var_os(BOUND).is_none(), "permissions bind no account here");
        return as_ordinary_account("tests::opening::a_read_only_file_is_told");
    }
    let refused = crate::migrate::run_pending(&db.location()).expect_err("read-only");
    let StoreError::Unreachable { advice, cause } = &refused else { panic!("{refused:?}") };
    assert!(advice.fr.contains("lecture seule") && advice.en.contains("read-only"), "{advice:?}");
    assert!(cause.contains("readonly database"), "{cause}");
}

#[test]
fn settings_hold_on_every_connection() {
    #[derive(QueryableByName)]
    struct Settings {
        #[diesel(sql_type = Text)]
        mode: String,
        #[diesel(sql_type = BigInt)]
        synchronous: i64,
        #[diesel(sql_type = BigInt)]
        foreign_keys: i64,
        #[diesel(sql_type = BigInt)]
        query_only: i64,
    }
    let db = TestDatabase::sqlite();
    for (access, query_only) in [(Access::Read, 1), (Access::Write, 0)] {
        let mut conn = DbConnection::open(&db.location(), access).expect("opens");
        let settings: Settings = diesel::sql_query(
            "SELECT journal_mode AS mode, synchronous, foreign_keys, query_only
             FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys, pragma_query_only",
        )
        .get_result(&mut conn)
        .expect("settings");
        assert_eq!(settings.mode, "wal");
        assert_eq!((settings.synchronous, settings.foreign_keys, settings.query_only), (2, 1, query_only));
    }
}

#[test]
fn many_open_a_new_file_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let location = sqlite(&folder.path().join("new.db"));
    let opened: Vec<_> = (0..8)
        .map(|_| {
            let location = location.clone();
            std::thread::spawn(move || DbConnection::open(&location, Access::Write).map(drop))
        })
        .collect();
    for thread in opened {
        thread.join().expect("no panic").expect("opens");
    }
}

#[test]
fn a_dead_server_is_told_at_once() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let location: Location =
        format!("postgres://node:hidden@127.0.0.1:{port}/maillage").parse().expect("a location");
    let begun = std::time::Instant::now();
    let (fr, en, cause) = refused(&location, Access::Read);
    assert!(fr.contains("PostgreSQL ne répond pas") && en.contains("does not answer"), "{fr} / {cause}");
    assert!(!cause.contains("hidden") && cause.contains("node:***@"), "{cause}");
    assert!(begun.elapsed() < std::time::Duration::from_secs(5));
    assert!(matches!(ReadPool::open(&location, &Limits::default()), Err(StoreError::Unreachable { .. })));
    assert!(matches!(WriteQueue::open(&location, &Limits::default()), Err(StoreError::Unreachable { .. })));
}

fn postgres_with(change: impl FnOnce(&str, &str) -> String) -> Location {
    let server =
        std::env::var("MAILLAGE_TEST_POSTGRES").expect("run tests/run, which sets MAILLAGE_TEST_POSTGRES");
    let (scheme, rest) = server.split_once("://").expect("a URL");
    let (user, place) = rest.split_once('@').expect("an account in the URL of the test server");
    format!("{scheme}://{}", change(user, place)).parse().expect("a location")
}

#[test]
fn a_wrong_password_is_told() {
    let location = postgres_with(|user, place| {
        format!("{}:wrong-secret@{place}", user.split(':').next().expect("a user"))
    });
    let (fr, _, cause) = refused(&location, Access::Read);
    assert!(fr.contains("vérifiez l'utilisateur et le mot de passe"), "{fr} / {cause}");
    assert!(!cause.contains("wrong-secret"), "{cause}");
}

#[test]
fn a_missing_database_is_told() {
    let location = postgres_with(|user, place| {
        format!("{user}@{}/no_such_base", place.split('/').next().expect("a server"))
    });
    let (fr, _, cause) = refused(&location, Access::Read);
    assert!(fr.contains("Cette base n'existe pas"), "{fr} / {cause}");
}
