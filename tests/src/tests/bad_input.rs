//! Wrong input at the command line: a clear error in French and English, an exit code, nothing lost.

use crate::checkout;
use crate::database::Kind;
use crate::node::{Node, PASSWORD};
use crate::program::{Output, text};
use crate::scene::play;
use anyhow::Result;
use serde_json::Value;
use std::net::TcpListener;
use std::path::PathBuf;

/// Exit codes, as `maillage --help` gives them.
pub(super) const SURROUNDINGS: i32 = 1;
pub(super) const MISUSED: i32 = 2;
pub(super) const REFUSED: i32 = 3;
const UNHEALTHY: i32 = 4;
const PARTIAL: i32 = 5;

fn fixture(name: &str) -> PathBuf {
    checkout().join("tests/fixtures").join(name)
}

/// An error for people: this code, these words in each language, and nothing of the program's inside.
pub(super) fn assert_told(output: &Output, code: i32, fr: &str, en: &str) {
    let said = &output.stderr;
    assert_eq!(output.code, Some(code), "{said}{}", output.stdout);
    let line =
        |start: &str, words: &str| said.lines().any(|one| one.starts_with(start) && one.contains(words));
    assert!(line("Erreur : ", fr), "no «{fr}» in:\n{said}");
    assert!(line("Error: ", en), "no “{en}” in:\n{said}");
    for inside in ["panicked", "RUST_BACKTRACE", "backtrace", ".rs:", "Custom {", "Os {", "unwrap"] {
        assert!(!said.contains(inside), "«{inside}» in:\n{said}");
    }
}

/// How many rows of the feed are in the queue already, by importing it again without effect.
fn known_rows(node: &Node) -> Result<Value> {
    let feed = fixture("actualites-latin1-sans-declaration.rss");
    let report = node.done(&["import", "--json", "--dry-run", "--service", "actus", text(&feed)?])?;
    Ok(serde_json::from_str::<Value>(&report)?["unchanged"].clone())
}

fn node_with_items() -> Result<Node> {
    let node = Node::create("Maison de l'emploi d'essai", "58", Kind::Sqlite)?;
    node.add_service("news", "actus", "Actualités")?;
    node.add_service("agenda", "agenda", "Agenda")?;
    let feed = fixture("actualites-latin1-sans-declaration.rss");
    node.done(&["import", "--service", "actus", text(&feed)?])?;
    Ok(node)
}

#[test]
fn unknown_configuration_keys_are_named() {
    play(async {
        let mut node = node_with_items()?;
        let file = node.data().join("maillage.toml");
        let good = std::fs::read_to_string(&file)?;
        let wrong = good.replace("bind = ", "bund = ");
        assert_ne!(wrong, good);
        std::fs::write(&file, wrong)?;
        for command in ["serve", "migrate"] {
            let output = node.run(&[command], "")?;
            assert_told(&output, MISUSED, "« bund »", "“bund”");
            // Where it stands, and what is possible there.
            assert!(
                output.stderr.contains("maillage.toml") && output.stderr.contains("trusted_proxies"),
                "{}",
                output.stderr
            );
        }
        // The doctor finds it too, and says so among its findings.
        let doctor = node.run(&["doctor"], "")?;
        assert_eq!(doctor.code, Some(UNHEALTHY), "{doctor:?}");
        assert!(doctor.stdout.contains("« bund »") && doctor.stdout.contains("“bund”"), "{}", doctor.stdout);
        std::fs::write(&file, &good)?;
        node.set("MAILLAGE__FEDERATION__ALLOW_ALL", "true");
        assert_told(&node.run(&["serve"], "")?, MISUSED, "« allow_all »", "“allow_all”");
        let json = node.run(&["serve", "--json"], "")?;
        let told: Value = serde_json::from_str(&json.stderr)?;
        assert_eq!(told["exit_code"], MISUSED);
        assert!(told["errors"][0]["fr"].is_string() && told["errors"][0]["en"].is_string(), "{told}");
        Ok(())
    });
}

#[test]
fn wrong_values_are_named_with_their_key() {
    play(async {
        let mut node = node_with_items()?;
        node.set("MAILLAGE__SERVER__BIND", "quelque part");
        assert_told(&node.run(&["serve"], "")?, MISUSED, "server.bind", "server.bind");
        Ok(())
    });
}

#[test]
fn an_unreachable_database_is_said_with_what_to_do() {
    play(async {
        let mut node = node_with_items()?;
        // A port that nobody listens on.
        let port = crate::port::free()?;
        node.set(
            "MAILLAGE__DATABASE__URL",
            &format!("postgres://maillage:motdepasse@127.0.0.1:{port}/noeud"),
        );
        for command in ["serve", "migrate"] {
            let output = node.run(&[command], "")?;
            assert_told(&output, SURROUNDINGS, "PostgreSQL", "PostgreSQL");
            // The client library says why in several lines; here each language has one.
            let lines = |said: &str| said.lines().filter(|line| line.starts_with("Err")).count();
            assert_eq!((lines(&output.stderr), output.stderr.lines().last().map(lines)), (2, Some(1)));
            assert!(!output.stderr.contains("motdepasse"), "{}", output.stderr);
        }
        node.set("MAILLAGE__DATABASE__URL", "sqlite:/nulle/part/noeud.db");
        assert_told(&node.run(&["serve"], "")?, SURROUNDINGS, "/nulle/part", "/nulle/part");
        let broken = node.data().join("abimee.db");
        std::fs::write(&broken, b"ceci n'est pas une base".repeat(500))?;
        node.set("MAILLAGE__DATABASE__URL", &format!("sqlite:{}", text(&broken)?));
        assert_told(
            &node.run(&["serve"], "")?,
            SURROUNDINGS,
            "n'est pas une base SQLite",
            "is not a SQLite database",
        );
        node.set("MAILLAGE__DATABASE__URL", "mysql://a:b@c/d");
        let other = node.run(&["serve"], "")?;
        assert!(other.code.is_some_and(|code| code != 0) && other.stderr.contains("Erreur : "), "{other:?}");
        // What was there is there still.
        node.set("MAILLAGE__DATABASE__URL", "sqlite:maillage.db");
        assert_eq!(known_rows(&node)?, 10);
        Ok(())
    });
}

#[test]
fn a_port_in_use_is_named() {
    play(async {
        let node = node_with_items()?;
        let taken = TcpListener::bind(("127.0.0.1", node.port()))?;
        let output = node.run(&["serve"], "")?;
        let port = node.port().to_string();
        assert_told(&output, SURROUNDINGS, &port, &port);
        assert!(output.stderr.contains("server.bind"), "{}", output.stderr);
        drop(taken);
        Ok(())
    });
}

#[test]
fn a_wrong_public_address_is_refused_before_anything_is_made() {
    play(async {
        for url in [
            "mef58.example.fr",
            "https://mef58.example.fr/noeud",
            "ftp://mef58.example.fr",
            "https://",
            "https://a:b@mef.example",
        ] {
            let node = Node::bare(Kind::Sqlite)?;
            let arguments =
                ["init", "--url", url, "--name", "MEF", "--territory", "58", "--admin", "a@mef.example"];
            let output = node.run(&[&arguments[..], &["--password-stdin"]].concat(), PASSWORD)?;
            assert_told(&output, REFUSED, "https://", "https://");
            assert_eq!(std::fs::read_dir(node.data())?.count(), 0, "{url} left something behind");
        }
        Ok(())
    });
}

#[test]
fn the_address_of_a_node_does_not_change() {
    play(async {
        let mut node = node_with_items()?;
        node.set("MAILLAGE__URL", "https://autre.example.fr");
        let output = node.run(&["serve"], "")?;
        assert_told(&output, REFUSED, "https://autre.example.fr", "https://autre.example.fr");
        assert!(output.stderr.contains(&node.base()), "{}", output.stderr);
        let nowhere = Node::bare(Kind::Sqlite)?;
        assert_told(&nowhere.run(&["serve"], "")?, MISUSED, "adresse publique", "public address");
        Ok(())
    });
}

#[test]
fn a_malformed_feed_changes_nothing() {
    play(async {
        let node = node_with_items()?;
        let broken = fixture("flux-malforme.rss");
        let output = node.run(&["import", "--service", "actus", text(&broken)?], "")?;
        assert_told(&output, REFUSED, "ligne", "line");
        let page = node.data().join("page.html");
        std::fs::write(
            &page,
            "<!DOCTYPE html><html><head><title>Une page</title></head><body></body></html>",
        )?;
        let output = node.run(&["import", "--service", "actus", text(&page)?], "")?;
        assert_told(&output, REFUSED, "page web", "web page");
        let missing = node.run(&["import", "--service", "actus", "absent.csv"], "")?;
        assert_told(&missing, MISUSED, "absent.csv", "absent.csv");
        let address = format!("http://localhost:{}/flux.rss", crate::port::free()?);
        let unreachable = node.run(&["import", "--service", "actus", &address], "")?;
        assert_told(&unreachable, SURROUNDINGS, &address, &address);
        assert_eq!(known_rows(&node)?, 10);
        Ok(())
    });
}

#[test]
fn a_bad_row_does_not_lose_the_good_ones() {
    play(async {
        let node = node_with_items()?;
        let table = fixture("agenda-windows1252.csv");
        let output = node.run(&["import", "--json", "--service", "agenda", text(&table)?], "")?;
        assert_eq!(output.code, Some(PARTIAL), "{output:?}");
        let report: Value = serde_json::from_str(&output.stdout)?;
        assert_eq!(report["created"], 10, "{report}");
        let refused: Vec<&Value> =
            report["problems"].as_array().into_iter().flatten().filter(|one| one["kept"] == false).collect();
        assert_eq!(refused.len(), 1, "{report}");
        assert_eq!(refused[0]["line"], 10);
        assert!(refused[0]["message"]["fr"].is_string() && refused[0]["message"]["en"].is_string());
        // For people: the same, with its line and why.
        let said = node.run(&["import", "--service", "agenda", text(&table)?], "")?;
        assert!(
            said.stdout.lines().any(|line| line.starts_with("ligne / line 10")
                && line.contains("cellules")
                && line.contains("cells")),
            "{}",
            said.stdout
        );
        // Without that row there is nothing to complain about.
        let bytes = std::fs::read(&table)?;
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        let without: Vec<&[u8]> = [&lines[..9], &lines[10..]].concat();
        let good = node.data().join("bon.csv");
        std::fs::write(&good, without.join(&b'\n'))?;
        let output = node.run(&["import", "--json", "--service", "agenda", text(&good)?], "")?;
        assert_eq!(output.code, Some(0), "{output:?}");
        assert_eq!(serde_json::from_str::<Value>(&output.stdout)?["unchanged"], 10);
        Ok(())
    });
}

#[test]
fn refused_requests_say_why() {
    play(async {
        let node = node_with_items()?;
        let short = node.run(&["user", "add", "--email", "b@mef.example", "--password-stdin"], "court")?;
        assert_told(&short, REFUSED, "mot de passe", "password");
        let address = node.run(&["user", "add", "--email", "personne", "--password-stdin"], PASSWORD)?;
        assert_told(&address, REFUSED, "adresse électronique", "e-mail address");
        let slug = node.run(&["service", "add", "--type", "news", "--slug", "Été !", "--title", "x"], "")?;
        assert_told(&slug, REFUSED, "minuscules", "lower-case");
        let kind =
            node.run(&["service", "add", "--type", "nouvelles", "--slug", "nouvelles", "--title", "x"], "")?;
        assert_told(&kind, REFUSED, "press-review", "press-review");
        let twice = node.run(&["service", "add", "--type", "news", "--slug", "actus", "--title", "x"], "")?;
        assert_told(&twice, REFUSED, "déjà", "already");
        let handle = node.run(&["subscribe", "--to", "actus", "--trust", "hold", "actus"], "")?;
        assert_told(&handle, MISUSED, "@service@", "@service@");
        let nobody = format!("@actus@localhost:{}", crate::port::free()?);
        let away = node.run(&["subscribe", "--to", "actus", "--trust", "hold", &nobody], "")?;
        assert_told(&away, SURROUNDINGS, &nobody, &nobody);
        let place = node.run(
            &["subscribe", "--to", "actus", "--trust", "hold", "--territory", "Nulle-Part", &nobody],
            "",
        )?;
        assert_told(&place, MISUSED, "Nulle-Part", "Nulle-Part");
        Ok(())
    });
}

/// What a command says of itself.
fn help(words: &[String]) -> Result<String> {
    let mut command = crate::program::command(&[])?;
    command.args(words).arg("--help");
    crate::program::run(command, "")?.done()
}

/// The commands below one, as its help lists them; clap's own `help` apart.
fn below(help: &str) -> impl Iterator<Item = &str> {
    let list = help.split_once("\nCommandes / commands:\n").map_or("", |(_, list)| list);
    let lines = list.lines().take_while(|line| !line.is_empty());
    // What goes on in a second line stands further in.
    let names = lines.filter_map(|line| line.strip_prefix("  ").filter(|name| !name.starts_with(' ')));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help")
}

#[test]
fn every_command_has_its_help_with_an_example() {
    play(async {
        let mut left = vec![Vec::new()];
        let mut seen = Vec::new();
        while let Some(words) = left.pop() {
            let help = help(&words)?;
            let path = ["maillage"].into_iter().chain(words.iter().map(String::as_str));
            let path = path.collect::<Vec<_>>().join(" ");
            let example = help.split_once("Exemple / example:").map(|(_, example)| example);
            assert!(example.is_some_and(|example| example.contains(&path)), "{path}: {help}");
            left.extend(below(&help).map(|name| [&words[..], &[name.to_owned()]].concat()));
            seen.push(path);
        }
        // The walk has led to the end of each kind of path.
        for path in ["maillage mail", "maillage service role", "maillage user"] {
            assert!(seen.iter().any(|one| one == path), "no {path} in {seen:?}");
        }
        let types = crate::program::run(crate::program::command(&["service", "types"])?, "")?.done()?;
        let slugs: Vec<&str> = types.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(slugs.len(), 24, "{types}");
        for slug in ["news", "press-review", "agenda", "trainings", "structures"] {
            assert!(slugs.contains(&slug), "{types}");
        }
        Ok(())
    });
}
