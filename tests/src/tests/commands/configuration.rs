//! `maillage config` and `maillage migrate`: what holds, and what is left to do.

use super::{node, told};
use crate::database::Kind;
use crate::node::Node;
use crate::program;
use crate::scene::play;
use crate::tests::bad_input::{MISUSED, SURROUNDINGS, assert_told};
use serde_json::Value;

#[test]
fn the_configuration_in_force_is_shown_with_its_sources_and_without_passwords() {
    play(async {
        let mut node = node()?;
        let file = node.data().join("maillage.toml");
        let text = std::fs::read_to_string(&file)?;
        let mail = text.replace("[mail]\n", "[mail]\n# ici\n").replacen(
            "url = \"\"",
            "url = \"smtps://moi:motdepasse1@mail.example:465\"",
            1,
        );
        assert_ne!(mail, text);
        std::fs::write(&file, mail)?;
        node.set("MAILLAGE__DATABASE__URL", "postgres://node:motdepasse2@db.example/m?sslmode=require");
        let shown = node.done(&["config"])?;
        let base = node.base();
        let path = program::text(&file)?;
        for line in [
            format!("url = \"{base}\"  # {path}"),
            format!("url = \"smtps://moi:***@mail.example:465\"  # {path}"),
            "url = \"postgres://node:***@db.example/m?sslmode=require\"  # MAILLAGE__DATABASE__URL"
                .to_owned(),
            format!("bind = \"127.0.0.1:{}\"  # MAILLAGE__SERVER__BIND", node.port()),
            "workers = 0".to_owned(),
            "[log]".to_owned(),
        ] {
            assert!(shown.lines().any(|one| one == line), "no {line} in\n{shown}");
        }
        let json = node.done(&["config", "--json"])?;
        let value: Value = serde_json::from_str(&json)?;
        assert_eq!(value["configuration"]["server"]["bind"], format!("127.0.0.1:{}", node.port()), "{value}");
        assert_eq!(value["sources"]["database.url"], "MAILLAGE__DATABASE__URL", "{value}");
        assert_eq!(value["sources"]["mail.url"], path, "{value}");
        assert!(value["sources"].get("server.workers").is_none(), "{value}");
        assert!(!shown.contains("motdepasse") && !json.contains("motdepasse"), "{shown}{json}");
        // What is printed as the default, for programs too.
        let printed: Value = serde_json::from_str(&node.done(&["config", "--print-default", "--json"])?)?;
        assert_eq!(printed["configuration"]["database"]["url"], "sqlite:maillage.db", "{printed}");
        assert_eq!(printed["configuration"]["server"]["bind"], "127.0.0.1:8000", "{printed}");
        let help = node.done(&["config", "--help"])?;
        assert!(help.contains("--check") && help.contains("ou la vérifie"), "{help}");
        Ok(())
    });
}

#[test]
fn a_folder_that_is_not_there_is_said_with_the_way_to_make_a_node() {
    play(async {
        let bare = Node::bare(Kind::Sqlite)?;
        let missing = bare.data().join("absent");
        let missing = program::text(&missing)?;
        for words in [&["serve"][..], &["migrate"], &["config"], &["config", "--check"], &["user", "list"]] {
            let output = super::run(&[words, &["--data", missing]].concat())?;
            let said = format!("{missing} n'existe pas");
            assert_told(&output, MISUSED, &said, &format!("{missing} does not exist"));
            let init = format!("maillage init --data {missing}");
            assert_told(&output, MISUSED, &init, &init);
        }
        // The folder is there, and no node in it.
        let output = bare.run(&["serve"], "")?;
        let init = format!("maillage init --data {}", program::text(bare.data())?);
        assert_told(&output, MISUSED, "maillage.toml", "maillage.toml");
        assert_told(&output, MISUSED, &init, &init);
        assert_eq!(std::fs::read_dir(bare.data())?.count(), 0);
        Ok(())
    });
}

#[test]
fn what_is_pending_is_told_as_it_is() {
    play(async {
        let mut node = node()?;
        let said: Value = serde_json::from_str(&node.done(&["migrate", "--pending", "--json"])?)?;
        assert_eq!(said, serde_json::json!({ "pending": false, "migrations": [] }));
        // A database that is not there is not made by asking what is left to do on it.
        node.set("MAILLAGE__DATABASE__URL", "sqlite:autre.db");
        let missing = node.run(&["migrate", "--pending", "--json"], "")?;
        let said = told(&missing, SURROUNDINGS)?;
        assert!(said.to_string().contains("autre.db"), "{said}");
        assert!(!node.data().join("autre.db").exists());
        // An empty one has everything before it.
        std::fs::write(node.data().join("autre.db"), b"")?;
        let said: Value = serde_json::from_str(&node.done(&["migrate", "--pending", "--json"])?)?;
        let names = said["migrations"].as_array().map(Vec::len).unwrap_or_default();
        assert!(said["pending"] == true && names > 0, "{said}");
        let done: Value = serde_json::from_str(&node.done(&["migrate", "--json"])?)?;
        assert_eq!(
            (&done["pending"], done["migrations"].as_array().map(Vec::len)),
            (&false.into(), Some(names))
        );
        Ok(())
    });
}
