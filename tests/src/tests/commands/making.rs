//! `maillage init` and the start of `maillage serve`: nothing half-made, progress, and an order to stop.

use super::node;
use crate::database::Kind;
use crate::node::{Node, PASSWORD};
use crate::program::{self, Output};
use crate::scene::play;
use crate::tests::bad_input::{REFUSED, SURROUNDINGS, assert_told};
use crate::until::{SOON, until};
use anyhow::{Context, Result};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

/// What makes a node, each with its option.
const ANSWERS: [(&str, &str); 4] = [
    ("--url", "https://mef58.example.fr"),
    ("--name", "MEF"),
    ("--territory", "58"),
    ("--admin", "a@mef.example"),
];

/// `maillage init`, with this answer in place of the good one.
fn init(node: &Node, other: (&str, &str), more: &[&str], password: &str) -> Result<Output> {
    let answers = ANSWERS.map(|(option, good)| if option == other.0 { other } else { (option, good) });
    let mut words = vec!["init", "--password-stdin"];
    words.extend(answers.iter().flat_map(|(option, value)| [*option, *value]));
    words.extend(more);
    node.run(&words, password)
}

#[test]
fn a_refused_init_leaves_nothing_behind() {
    play(async {
        let node = Node::bare(Kind::Sqlite)?;
        let nothing = |why: &str| -> Result<()> {
            assert_eq!(std::fs::read_dir(node.data())?.count(), 0, "{why} left something behind");
            Ok(())
        };
        for (other, password, fr, en) in [
            (("--name", "MEF"), "court", "12 signes", "12 characters"),
            (("--url", "mef58.example.fr"), PASSWORD, "https://", "https://"),
            (("--territory", "Nulle-Part"), PASSWORD, "« Nulle-Part »", "“Nulle-Part”"),
            // It has the shape of one, and there is none such.
            (("--territory", "departement:99"), PASSWORD, "« departement:99 »", "“departement:99”"),
            (("--admin", "personne"), PASSWORD, "adresse électronique", "e-mail address"),
            (("--name", " "), PASSWORD, "--name : ", "--name: "),
        ] {
            assert_told(&init(&node, other, &[], password)?, REFUSED, fr, en);
            nothing(other.1)?;
        }
        // Everything that is wrong is told at once.
        let output = init(&node, ("--territory", "Nulle-Part"), &[], "court")?;
        assert_told(&output, REFUSED, "« Nulle-Part »", "“Nulle-Part”");
        assert_told(&output, REFUSED, "12 signes", "12 characters");
        nothing("two mistakes")
    });
}

#[test]
fn an_init_that_fails_later_takes_back_what_it_made() {
    play(async {
        let mut node = Node::bare(Kind::Sqlite)?;
        let url = format!("postgres://maillage:motdepasse@127.0.0.1:{}/noeud", crate::port::free()?);
        node.set("MAILLAGE__DATABASE__URL", &url);
        assert_told(&init(&node, ("", ""), &[], PASSWORD)?, SURROUNDINGS, "PostgreSQL", "PostgreSQL");
        assert_eq!(std::fs::read_dir(node.data())?.count(), 0);
        // What was there stays: another node's configuration and database.
        node.set("MAILLAGE__DATABASE__URL", "sqlite:maillage.db");
        init(&node, ("", ""), &[], PASSWORD)?.done()?;
        let listed = node.done(&["user", "list"])?;
        let again = init(&node, ("", ""), &[], PASSWORD)?;
        assert_told(&again, REFUSED, "déjà un administrateur", "already has an administrator");
        let other = init(&node, ("--url", "https://mef21.example.fr"), &[], PASSWORD)?;
        assert_told(&other, 2, "déjà configuré", "already configured");
        assert_eq!(node.done(&["user", "list"])?, listed);
        Ok(())
    });
}

#[test]
fn long_work_is_announced_in_one_line_and_not_in_json() {
    play(async {
        let node = Node::bare(Kind::Sqlite)?;
        let made = init(&node, ("", ""), &[], PASSWORD)?;
        assert_eq!(made.code, Some(0), "{made:?}");
        let lines: Vec<&str> = made.stderr.lines().collect();
        assert!(
            matches!(lines.as_slice(), [line] if line.contains("géographie") && line.contains("geography")),
            "{made:?}"
        );
        let migrated = node.run(&["migrate"], "")?;
        assert_eq!(migrated.stderr.lines().count(), 1, "{migrated:?}");
        assert_eq!(migrated.stdout.lines().count(), 1, "{migrated:?}");

        let silent = Node::bare(Kind::Sqlite)?;
        let made = init(&silent, ("", ""), &["--json"], PASSWORD)?;
        assert_eq!((made.code, made.stderr.as_str()), (Some(0), ""), "{made:?}");
        let value: Value = serde_json::from_str(&made.stdout)?;
        assert_eq!(value["administrator"], "a@mef.example", "{value}");
        let migrated = silent.run(&["migrate", "--json"], "")?;
        assert_eq!(migrated.stderr, "", "{migrated:?}");
        serde_json::from_str::<Value>(&migrated.stdout)?;
        Ok(())
    });
}

#[test]
fn an_order_to_stop_is_followed_from_the_moment_the_node_says_that_it_listens() {
    play(async {
        let node = node()?;
        // Nobody takes what the node prints, and the pipe is full: it stands still at its first line.
        let (mut reader, mut writer) = std::io::pipe()?;
        let mut full = Vec::new();
        while full.len() < PIPE {
            full.extend_from_slice(b"x\n");
        }
        writer.write_all(&full)?;
        let mut command = node.command(&["serve"])?;
        command.stdin(Stdio::null()).stdout(writer).stderr(Stdio::null());
        let mut child = command.spawn().context("serve")?;
        drop(command);
        until("the port is bound", SOON, async || {
            Ok(TcpStream::connect(("127.0.0.1", node.port())).is_ok().then_some(()))
        })
        .await?;
        program::signal(child.id(), "TERM");
        let mut printed = String::new();
        reader.read_to_string(&mut printed)?;
        let status = child.wait()?;
        assert!(printed.contains("Listening on http://"), "{}", &printed[full.len()..]);
        assert_eq!(status.code(), Some(0), "{status}");
        Ok(())
    });
}

/// What a pipe holds on Linux, in bytes (pipe(7)).
const PIPE: usize = 65_536;
