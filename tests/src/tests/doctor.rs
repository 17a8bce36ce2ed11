//! What a node says of its own state: `maillage doctor` in health and in trouble, and the warning of
//! an opened network at the start.

use super::follower::{Desk, SERVICE};
use crate::database::{Database, Kind};
use crate::node::{Node, PASSWORD};
use crate::program;
use crate::scene::play;
use crate::until::{SOON, until};
use anyhow::{Context, Result};
use maillage_test_peer::{Peer, Reply, Style};
use serde::Deserialize;
use std::process::Command;

/// Exit codes, as `maillage --help` gives them.
const HEALTHY: i32 = 0;
const UNHEALTHY: i32 = 4;

/// The setting that opens private addresses; nodes under test have it on.
const OPENED: &str = "MAILLAGE__FEDERATION__ALLOW_PRIVATE_NETWORKS";
const DATABASE: &str = "MAILLAGE__DATABASE__URL";

/// What `doctor --json` prints.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    healthy: bool,
    checks: Vec<Check>,
}

/// One check: its name, its state, and what to do in both languages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    check: String,
    level: String,
    fr: String,
    en: String,
}

impl Check {
    /// The check is of this level and says these words.
    fn says(&self, level: &str, fr: &str, en: &str) {
        assert_eq!(self.level, level, "{self:?}");
        assert!(self.fr.contains(fr), "no «{fr}» in {self:?}");
        assert!(self.en.contains(en), "no “{en}” in {self:?}");
    }
}

/// What the doctor says, which has to end with this exit code: to programs and to people the same.
fn examine(node: &Node, code: i32) -> Result<Vec<Check>> {
    let output = node.run(&["doctor", "--json"], "")?;
    assert_eq!(output.code, Some(code), "{output:?}");
    let report: Report = serde_json::from_str(&output.stdout).with_context(|| output.stdout.clone())?;
    assert_eq!(report.healthy, code == HEALTHY, "{}", output.stdout);
    let people = node.run(&["doctor"], "")?;
    assert_eq!(people.code, Some(code), "{people:?}");
    let lines: Vec<&str> = people.stdout.lines().collect();
    assert_eq!(lines.len(), report.checks.len(), "{people:?}");
    for (line, check) in lines.iter().zip(&report.checks) {
        let mark = match check.level.as_str() {
            "good" => "[bon/good]",
            "warning" => "[à voir/look]",
            "problem" => "[À RÉPARER/MEND]",
            other => panic!("no level: {other}"),
        };
        assert!(line.starts_with(&format!("{mark} {}: ", check.check)), "{line}\n{check:?}");
        assert!(line.ends_with(&check.en) && line.contains(&check.fr), "{line}\n{check:?}");
        assert!(!check.fr.is_empty() && !check.en.is_empty(), "{check:?}");
    }
    // What was found is the whole answer: there is no error beside it, and nothing of the inside.
    for said in [&output, &people] {
        assert_eq!(said.stderr, "");
        for inside in ["panicked", "RUST_BACKTRACE", "backtrace", ".rs:", "Custom {", "Os {", "unwrap"] {
            assert!(!said.stdout.contains(inside), "«{inside}» in {}", said.stdout);
        }
    }
    Ok(report.checks)
}

/// The check of this name.
fn found<'a>(checks: &'a [Check], name: &str) -> Result<&'a Check> {
    checks.iter().find(|one| one.check == name).with_context(|| format!("no {name} in {checks:?}"))
}

fn names(checks: &[Check]) -> Vec<&str> {
    checks.iter().map(|one| one.check.as_str()).collect()
}

fn node(kind: Kind) -> Result<Node> {
    Node::create("Maison de l'emploi d'essai", "58", kind)
}

/// A node whose public address is that of a server of somebody else.
fn node_behind(peer: &Peer) -> Result<Node> {
    let node = Node::bare(Kind::usual())?;
    let admin = node.administrator();
    let place = ["--name", "Maison de l'emploi d'essai", "--territory", "58"];
    let arguments = ["init", "--url", peer.base(), "--admin", &admin, "--password-stdin"];
    node.run(&[&arguments[..], &place].concat(), PASSWORD)?.done().context("init")?;
    Ok(node)
}

fn a_served_node_is_healthy(kind: Kind) -> Result<()> {
    let mut node = node(kind)?;
    node.start()?;
    let checks = examine(&node, HEALTHY)?;
    assert_eq!(
        names(&checks),
        ["configuration", "database", "mail", "dns", "public-url", "clock", "queue"],
        "{checks:?}"
    );
    for check in &checks {
        // Its address is of this machine alone, which it is right to say.
        let level = if check.check == "configuration" { "warning" } else { "good" };
        assert_eq!(check.level, level, "{check:?}");
    }
    found(&checks, "configuration")?.says("warning", "réseau d'essai seulement", "test network only");
    found(&checks, "public-url")?.says("good", &node.base(), &node.base());
    found(&checks, "clock")?.says("good", "à l'heure", "on time");
    found(&checks, "queue")?.says("good", "0 envoi attend", "0 deliveries wait");
    Ok(())
}

#[test]
fn a_served_node_is_healthy_on_sqlite() {
    play(async { a_served_node_is_healthy(Kind::Sqlite) });
}

#[test]
fn a_served_node_is_healthy_on_postgresql() {
    play(async { a_served_node_is_healthy(Kind::Postgres) });
}

#[test]
fn a_database_out_of_reach_is_told() {
    play(async {
        let mut node = node(Kind::Sqlite)?;
        let port = crate::port::free()?;
        std::fs::create_dir(node.data().join("dossier"))?;
        let postgres = format!("postgres://maillage:motdepasse@127.0.0.1:{port}/noeud");
        let cases = [
            (postgres.as_str(), "PostgreSQL ne répond pas : vérifiez", "PostgreSQL does not answer: check"),
            (
                "sqlite:/nulle/part/noeud.db",
                "Le dossier /nulle/part n'existe pas : créez-le",
                "The folder /nulle/part does not exist: create it",
            ),
            (
                "sqlite:dossier",
                "est un dossier : donnez le chemin d'un fichier",
                "is a folder: give the path of a file",
            ),
            (
                "sqlite:absent.db",
                "n'existe pas : corrigez database.url",
                "does not exist: correct database.url",
            ),
        ];
        for (url, fr, en) in cases {
            node.set(DATABASE, url);
            let checks = examine(&node, UNHEALTHY)?;
            let database = found(&checks, "database")?;
            database.says("problem", fr, en);
            assert!(!format!("{database:?}").contains("motdepasse"), "{database:?}");
            // What needs a database is not judged without one.
            assert_eq!(names(&checks), ["configuration", "database", "mail"], "{url}");
        }
        assert!(!node.data().join("absent.db").exists(), "the doctor has made a database");
        Ok(())
    });
}

#[test]
fn a_database_that_is_not_up_to_date_is_told_and_left_as_it_is() {
    play(async {
        let mut node = node(Kind::Sqlite)?;
        std::fs::write(node.data().join("neuve.db"), "")?;
        node.set(DATABASE, "sqlite:neuve.db");
        let pending = node.done(&["migrate", "--pending", "--json"])?;
        assert!(pending.contains("main"), "{pending}");
        let checks = examine(&node, UNHEALTHY)?;
        found(&checks, "database")?.says("problem", "maillage migrate", "maillage migrate");
        assert_eq!(node.done(&["migrate", "--pending", "--json"])?, pending);
        // What it says to do is enough.
        node.done(&["migrate"])?;
        let checks = node.run(&["doctor", "--json"], "")?;
        let report: Report = serde_json::from_str(&checks.stdout)?;
        found(&report.checks, "database")?.says("good", "à jour", "up to date");
        Ok(())
    });
}

#[test]
fn a_public_address_that_leads_elsewhere_is_told() {
    play(async {
        let peer = Peer::start()?;
        let node = node_behind(&peer)?;
        let path = "/.well-known/nodeinfo";
        let other = r#"{"links":[{"rel":"http://nodeinfo.diaspora.software/ns/schema/2.1","href":"https://autre.example/nodeinfo/2.1"}]}"#;
        let answers = [
            (404, Reply::status(404)),
            (200, Reply::body("text/html", "<!DOCTYPE html><title>Un autre site</title>")),
            (200, Reply::body("application/json", other)),
        ];
        for (status, answer) in answers {
            peer.serve(path, answer);
            let checks = examine(&node, UNHEALTHY)?;
            let url = found(&checks, "public-url")?;
            url.says("problem", "ce n'est pas ce nœud : vérifiez url", "it is not this node: check url");
            url.says("problem", &format!("répond {status}"), &format!("answers {status}"));
            // A clock of somebody else says nothing of ours.
            assert!(!names(&checks).contains(&"clock"), "{checks:?}");
        }
        // The same server, passing on what this node would answer.
        let own = other.replace("https://autre.example", peer.base());
        peer.serve(path, Reply::body("application/json", own));
        found(&examine(&node, HEALTHY)?, "public-url")?.says("good", "répond", "answers");
        Ok(())
    });
}

#[test]
fn a_public_address_that_leads_nowhere_is_told() {
    play(async {
        let node = node(Kind::usual())?;
        let checks = examine(&node, UNHEALTHY)?;
        let url = found(&checks, "public-url")?;
        url.says("problem", "ne répond pas", "does not answer");
        url.says("problem", "Lancez maillage serve", "Run maillage serve");
        url.says("problem", &node.base(), &node.base());
        for check in checks.iter().filter(|one| one.check != "public-url") {
            assert_ne!(check.level, "problem", "{check:?}");
        }
        Ok(())
    });
}

/// A node on a PostgreSQL of the test's own, whose time can be set back, with its desk.
async fn desk_on(database: &Database) -> Result<Desk> {
    let mut node = Node::bare(Kind::Sqlite)?;
    node.set(DATABASE, database.url().context("a PostgreSQL has a URL")?);
    let (url, admin) = (node.base(), node.administrator());
    let place = ["--name", "Maison de l'emploi suivie", "--territory", "58"];
    let arguments = ["init", "--url", &url, "--admin", &admin, "--password-stdin"];
    node.run(&[&arguments[..], &place].concat(), PASSWORD)?.done().context("init")?;
    node.add_service("news", SERVICE, "Actualités de la Nièvre")?;
    let author = node.add_account("redaction@mef58.example", "Rédaction", &[(SERVICE, "contributor")])?;
    let moderator = node.add_account("relecture@mef58.example", "Relecture", &[(SERVICE, "moderator")])?;
    node.start()?;
    let peer = Peer::start()?;
    let service = peer.actor("curieux", Style::mastodon())?.look_up(&node.handle(SERVICE)).await?;
    Ok(Desk { node, author, moderator, service })
}

/// Has everything that waits been waiting for two hours more.
fn set_back(database: &Database) -> Result<()> {
    let mut psql = Command::new("psql");
    psql.args([database.url().context("a PostgreSQL has a URL")?, "--no-psqlrc", "--set=ON_ERROR_STOP=1"]);
    psql.args(["--command", "UPDATE deliveries SET created_at = created_at - 7200000 WHERE state = 'due'"]);
    let said = program::run(psql, "")?.done()?;
    assert_eq!(said.trim(), "UPDATE 1");
    Ok(())
}

#[test]
fn a_delivery_that_waits_too_long_is_told_with_the_server_it_waits_for() {
    play(async {
        let database = Database::create(Kind::Postgres)?;
        let desk = desk_on(&database).await?;
        let admin = desk.node.admin()?;
        let peer = Peer::start()?;
        let host = peer.host().to_owned();
        desk.followed_by(&peer, &peer.actor("reader", Style::mastodon())?).await?;
        until("the Accept is off the queue", SOON, async || {
            Ok(admin.all("/deliveries?state=due").await?.is_empty().then_some(()))
        })
        .await?;
        // Nobody listens at the follower's inbox any more.
        drop(peer);
        desk.publish("La nouvelle").await?;
        until("the failure is written down", SOON, async || {
            let waiting = admin.all("/deliveries?state=due").await?;
            Ok(waiting.iter().any(|one| one["attempts"] == 1).then_some(()))
        })
        .await?;
        let checks = examine(&desk.node, HEALTHY)?;
        found(&checks, "queue")?.says("good", "1 envoi attend", "1 delivery waits");
        found(&checks, "peers")?.says(
            "warning",
            &format!("sans réponse : {host}"),
            &format!("no answer from: {host}"),
        );
        set_back(&database)?;
        let checks = examine(&desk.node, HEALTHY)?;
        let queue = found(&checks, "queue")?;
        queue.says("warning", "depuis plus d'une heure", "for more than an hour");
        // The node runs: it is not what has to be looked at.
        queue.says(
            "warning",
            "serveurs qui ne répondent pas (voir peers)",
            "servers that do not answer (see peers)",
        );
        found(&checks, "peers")?.says("warning", &host, &host);
        Ok(())
    });
}

#[test]
fn an_opened_network_is_warned_of_at_the_start_and_by_the_doctor() {
    play(async {
        let mut node = node(Kind::usual())?;
        node.start()?;
        let opened = node.log()?;
        let before = opened.split("Listening on http://").next().unwrap_or_default();
        let line = |words: &[&str]| before.lines().any(|line| words.iter().all(|word| line.contains(word)));
        assert!(line(&["ATTENTION : réseau d'essai", "WARNING: test network"]), "{opened}");
        assert!(line(&["WARN", "federation.allow_private_networks is on"]), "{opened}");
        let checks = examine(&node, HEALTHY)?;
        found(&checks, "configuration")?.says("warning", "réseau d'essai seulement", "test network only");
        // It has answered the doctor by now, and stops in order.
        assert!(node.stop()?, "{}", node.log()?);
        let already = node.log()?.len();
        node.set(OPENED, "false");
        node.start()?;
        let log = node.log()?;
        let closed = log.get(already..).context("the log has grown")?;
        for words in ["ATTENTION", "WARNING", "allow_private_networks"] {
            assert!(!closed.contains(words), "«{words}» in {closed}");
        }
        // Closed, http is no address for a federation.
        let checks = examine(&node, UNHEALTHY)?;
        found(&checks, "configuration")?.says(
            "problem",
            "la fédération demande https",
            "the federation takes https",
        );
        Ok(())
    });
}
