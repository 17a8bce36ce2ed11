//! The command line as people and scripts meet it: what it says of a wrong line and of what is not there,
//! and what it prints.

mod configuration;
mod making;

use super::bad_input::{MISUSED, REFUSED, assert_told};
use crate::database::Kind;
use crate::node::{Node, PASSWORD};
use crate::program;
use crate::scene::play;
use anyhow::{Context, Result};
use reqwest::Method;
use serde_json::Value;

fn node() -> Result<Node> {
    Node::create("Maison de l'emploi d'essai", "58", Kind::Sqlite)
}

/// What was told as JSON on standard error, the one thing that was.
fn told(output: &program::Output, code: i32) -> Result<Value> {
    assert_eq!(output.code, Some(code), "{output:?}");
    assert_eq!(output.stdout, "");
    let told: Value = serde_json::from_str(&output.stderr).with_context(|| output.stderr.clone())?;
    assert_eq!(told["exit_code"], code, "{told}");
    for error in told["errors"].as_array().context("errors")? {
        assert!(error["fr"].as_str().is_some_and(|text| !text.is_empty()), "{told}");
        assert!(error["en"].as_str().is_some_and(|text| !text.is_empty()), "{told}");
    }
    Ok(told)
}

/// Runs the program as it is, without a node.
fn run(words: &[&str]) -> Result<program::Output> {
    program::run(program::command(words)?, "")
}

#[test]
fn a_wrong_command_line_is_told_in_both_languages_and_in_json() {
    play(async {
        for (words, fr, en, usage) in [
            (&["foo"][..], "Commande inconnue : « foo »", "Unknown command: “foo”", "Usage: maillage"),
            (&["import"], "Il manque --service", "Missing: --service", "Usage: maillage import"),
            (&["serve", "--prot", "1"], "« --prot »", "“--prot”", "Usage: maillage serve"),
            (&["user"], "Il manque ce qu'il faut faire", "What to do is missing", "disable"),
            (&[], "Il manque ce qu'il faut faire", "What to do is missing", "subscribe"),
        ] {
            let output = run(words)?;
            assert_told(&output, MISUSED, fr, en);
            assert!(output.stderr.contains(usage) && output.stderr.contains("--help"), "{output:?}");
            assert!(!output.stderr.contains("error:"), "{output:?}");
            for words in [[words, &["--json"]].concat(), [&["--json"], words].concat()] {
                let told = told(&run(&words)?, MISUSED)?;
                assert!(told["errors"][0]["fr"].as_str().is_some_and(|said| said.contains(fr)), "{told}");
                assert!(
                    told["usage"].as_str().is_some_and(|said| said.starts_with("Usage: maillage")),
                    "{told}"
                );
                assert!(told.to_string().contains(usage), "{told}");
            }
        }
        // Help that was asked for is no error.
        for (words, start) in [
            (&["--help"][..], "Un nœud Maillage"),
            (&["--version"], "maillage "),
            (&["help", "user"], "Comptes"),
        ] {
            let output = run(words)?;
            assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""), "{output:?}");
            assert!(output.stdout.starts_with(start), "{output:?}");
        }
        let help = run(&["user", "--help"])?.done()?;
        for english in ["Print ", "\nCommands:"] {
            assert!(!help.contains(english), "{help}");
        }
        Ok(())
    });
}

#[test]
fn what_is_not_there_is_named_with_its_kind_and_the_way_to_see_what_is() {
    play(async {
        let node = node()?;
        node.add_service("news", "actus", "Actualités")?;
        let file = node.data().join("vide.csv");
        std::fs::write(&file, "Titre\nUn\n")?;
        let file = program::text(&file)?;
        for (words, kind, name) in [
            (&["import", "--service", "nope", file][..], "service", "nope"),
            (&["subscribe", "--to", "nope", "--trust", "hold", "@actus@localhost"], "service", "nope"),
            (&["site", "place", "--site", "zzz", "--service", "actus"], "site", "zzz"),
            (
                &["service", "role", "--service", "nope", "--user", "a@mef.example", "--role", "moderator"],
                "service",
                "nope",
            ),
            (&["token", "create", "--user", "qui@mef.example"], "account", "qui@mef.example"),
            (&["user", "disable", "--email", "qui@mef.example"], "account", "qui@mef.example"),
            (
                &["import", "--service", "actus", "--as", "qui@mef.example", file],
                "account",
                "qui@mef.example",
            ),
        ] {
            let (fr, list) = match kind {
                "service" => ("Aucun service", "maillage service list"),
                "site" => ("Aucun site", "maillage site list"),
                _ => ("Aucun compte", "maillage user list"),
            };
            let output = node.run(words, "")?;
            assert_told(&output, REFUSED, &format!("{fr} « {name} »"), &format!("No {kind} “{name}”"));
            assert_told(&output, REFUSED, list, list);
        }
        let password =
            node.run(&["user", "password", "--email", "qui@mef.example", "--password-stdin"], PASSWORD)?;
        assert_told(&password, REFUSED, "Aucun compte « qui@mef.example »", "No account “qui@mef.example”");
        node.done(&["site", "add", "--slug", "nievre", "--title", "Nièvre"])?;
        let placed = node.run(&["site", "place", "--site", "nievre", "--service", "nope"], "")?;
        assert_told(&placed, REFUSED, "« nope »", "“nope”");
        assert_told(&placed, REFUSED, "maillage service list", "maillage service list");
        let role =
            ["service", "role", "--service", "actus", "--user", "qui@mef.example", "--role", "moderator"];
        assert_told(&node.run(&role, "")?, REFUSED, "« qui@mef.example »", "“qui@mef.example”");
        let himself = node.handle("nope");
        let followed = node.run(&["subscribe", "--to", "actus", "--trust", "hold", &himself], "")?;
        assert_told(&followed, REFUSED, &himself, &himself);
        assert_told(&followed, REFUSED, "maillage service list", "maillage service list");
        Ok(())
    });
}

#[test]
fn a_disabled_account_is_told_to_be_disabled() {
    play(async {
        let node = node()?;
        node.add_service("news", "actus", "Actualités")?;
        node.add_account("redaction@mef.example", "Rédaction", &[("actus", "contributor")])?;
        node.done(&["user", "disable", "--email", "redaction@mef.example"])?;
        let file = node.data().join("un.csv");
        std::fs::write(&file, "Titre\nUn\n")?;
        for words in [
            &["token", "create", "--user", "redaction@mef.example"][..],
            &["import", "--service", "actus", "--as", "redaction@mef.example", program::text(&file)?],
        ] {
            let output = node.run(words, "")?;
            assert_told(
                &output,
                REFUSED,
                "redaction@mef.example est fermé",
                "redaction@mef.example is disabled",
            );
            assert_told(&output, REFUSED, "--undo", "--undo");
        }
        let listed = node.done(&["user", "list"])?;
        assert!(listed.lines().any(|line| line.ends_with("fermé / disabled")), "{listed}");
        assert!(listed.lines().any(|line| line.ends_with("administrateur / administrator")), "{listed}");
        Ok(())
    });
}

#[test]
fn each_language_has_its_own_sentence_without_names_of_the_inside() {
    play(async {
        let node = node()?;
        node.add_service("news", "actus", "Actualités")?;
        let add = ["service", "add", "--type", "news", "--slug", "secret", "--title", "Secret"];
        let visibility = node.run(&[&add[..], &["--visibility", "secret"]].concat(), "")?;
        assert_told(
            &visibility,
            MISUSED,
            "Possibles : public, network, private",
            "Possible: public, network, private",
        );
        let handle = node.run(&["subscribe", "--to", "actus", "--trust", "hold", "agenda"], "")?;
        assert_told(&handle, MISUSED, "écrivez @service@hote.fr", "write @service@host.fr");
        node.done(&["site", "add", "--slug", "nievre", "--title", "Nièvre"])?;
        let file = node.data().join("un.csv");
        std::fs::write(&file, "Titre\nUn\n")?;
        let import =
            node.run(&["import", "--service", "actus", "--theme", "rien", program::text(&file)?], "")?;
        assert_told(&import, REFUSED, "--theme : Thème inconnu : « rien »", "--theme: Unknown theme: “rien”");
        let placed =
            node.run(&["site", "place", "--site", "nievre", "--service", "actus", "--theme", "rien"], "")?;
        assert_told(&placed, REFUSED, "Erreur : Thème inconnu", "Error: Unknown theme");
        let followed = node.run(
            &["subscribe", "--to", "actus", "--trust", "hold", "--theme", "rien", &node.handle("actus")],
            "",
        )?;
        assert_told(&followed, REFUSED, "Erreur : Thème inconnu", "Error: Unknown theme");
        for output in [&visibility, &handle, &import, &placed, &followed] {
            for line in output.stderr.lines().filter(|line| line.starts_with("Erreur : ")) {
                for english in ["nknown", "write", "Possible:", "filter", "rules"] {
                    assert!(!line.contains(english), "«{english}» in {line}");
                }
            }
            for line in output.stderr.lines().filter(|line| line.starts_with("Error: ")) {
                for french in ["nconnu", "écri", "Possibles"] {
                    assert!(!line.contains(french), "«{french}» in {line}");
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_section_does_not_stand_twice() {
    play(async {
        let mut node = node()?;
        node.add_service("press-review", "revue", "Revue de presse")?;
        node.add_site("nievre", "Nièvre", &["revue"])?;
        let place = ["site", "place", "--site", "nievre", "--service", "revue"];
        let again = node.run(&place, "")?;
        assert_told(&again, REFUSED, "rubrique « Revue de presse »", "section “Revue de presse”");
        let titled = node.run(&[&place[..], &["--title", "Presse"]].concat(), "")?;
        assert_told(&titled, REFUSED, "déjà", "already");
        let listed = node.done(&["site", "list"])?;
        assert!(listed.lines().any(|line| line == "nievre\tNièvre\trevue"), "{listed}");
        // Something else of the same service is another section.
        node.done(&[&place[..], &["--theme", "emploi"]].concat())?;
        let listed = node.done(&["site", "list"])?;
        assert!(listed.lines().any(|line| line == "nievre\tNièvre\trevue, revue"), "{listed}");
        // The API says the same.
        node.start()?;
        let section = Some(serde_json::json!({ "service": "revue" }));
        let again = node.admin()?.request(Method::POST, "/sites/nievre/placements", section).await?;
        assert_eq!(again.status, 422, "{}", again.text);
        assert_eq!(again.body["problems"][0]["code"], "shown_already", "{}", again.text);
        Ok(())
    });
}
