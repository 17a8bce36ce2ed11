//! A node's own service types: descriptors in the folder `service-types` of its data folder.

mod every_kind;

use crate::database::Kind;
use crate::node::Node;
use crate::program::text;
use crate::scene::play;
use crate::tests::bad_input::{MISUSED, assert_told};
use anyhow::Result;
use serde_json::Value;

/// Offers of internships, with the least a type needs.
const INTERNSHIPS: &str = r#"# What this house alone has.
slug = "internships"
fr = "Stages"
en = "Internships"
item_fr = "un stage"
item_en = "an internship"
purpose_fr = "Stages proposés aux élèves"
purpose_en = "Internships for pupils"
visibility = "public"
wire = "article"
schema_org = "JobPosting"

[[fields]]
name = "intitule"
kind = "line"
role = "title"
fr = "Intitulé"
en = "Title"
required = true
essential = true
columns = ["intitule"]

[[fields]]
name = "thematiques"
kind = "themes"
role = "themes"
fr = "Thèmes"
en = "Themes"
columns = ["themes"]

[[fields]]
name = "lieu"
kind = "places"
role = "held"
fr = "Lieu"
en = "Place"
columns = ["commune"]

[[fields]]
name = "accueil"
kind = "choice"
fr = "Accueil"
en = "Hosting"
columns = ["accueil"]
choices = [{ code = "seul", fr = "Seul", en = "Alone" }, { code = "groupe", fr = "En groupe", en = "In a group" }]
"#;

/// Puts a descriptor into a node's folder.
fn describe(node: &Node, file: &str, descriptor: &str) -> Result<()> {
    let folder = node.data().join("service-types");
    std::fs::create_dir_all(&folder)?;
    Ok(std::fs::write(folder.join(file), descriptor)?)
}

/// The slugs of the types that a node has.
fn slugs(node: &Node) -> Result<Vec<String>> {
    let types: Vec<Value> = serde_json::from_str(&node.done(&["service", "types", "--json"])?)?;
    Ok(types.iter().filter_map(|known| known["slug"].as_str()).map(str::to_owned).collect())
}

#[test]
fn a_descriptor_in_the_folder_is_a_type_of_the_node() {
    play(async {
        let mut node = Node::create("Maison de l'emploi d'essai", "58", Kind::Sqlite)?;
        let usual = slugs(&node)?;
        assert_eq!(usual.len(), 24);
        describe(&node, "stages.toml", INTERNSHIPS)?;
        // Files of another kind are left alone.
        describe(&node, "LISEZ-MOI.txt", "slug = ?")?;
        assert_eq!(slugs(&node)?, [&usual[..], &["internships".to_owned()]].concat());
        let listed = node.done(&["service", "types"])?;
        assert!(listed.lines().any(|line| line == "internships\tStages"), "{listed}");

        node.add_service("internships", "stages", "Stages")?;
        let table = node.data().join("stages.csv");
        std::fs::write(&table, "Intitulé;Commune;Accueil;Thèmes\nBoulangerie;Nevers;En groupe;emploi\n")?;
        let report = node.done(&["import", "--json", "--service", "stages", text(&table)?])?;
        let report: Value = serde_json::from_str(&report)?;
        assert_eq!(
            (&report["created"], &report["problems"]),
            (&1.into(), &Value::Array(Vec::new())),
            "{report}"
        );

        // The running node has it, with its fields.
        node.start()?;
        let types: Value =
            reqwest::get(format!("{}/api/v1/service-types", node.base())).await?.json().await?;
        let own =
            types["items"].as_array().into_iter().flatten().find(|known| known["slug"] == "internships");
        let fields = own.and_then(|own| own["fields"].as_array()).map(Vec::len);
        assert_eq!(fields, Some(4), "{types}");
        let page = reqwest::get(format!("{}/services/stages", node.base())).await?;
        assert_eq!(page.status(), 200);
        node.stop()?;
        Ok(())
    });
}

#[test]
fn a_broken_descriptor_is_named_with_its_line() {
    play(async {
        let node = Node::create("Maison de l'emploi d'essai", "58", Kind::Sqlite)?;
        let usual = slugs(&node)?;
        describe(&node, "a-stages.toml", INTERNSHIPS)?;
        let told = |descriptor: &str, fr: &str, en: &str| -> Result<()> {
            describe(&node, "b-autre.toml", descriptor)?;
            for command in [&["service", "types"][..], &["serve"]] {
                let output = node.run(command, "")?;
                assert_told(&output, MISUSED, "b-autre.toml", "b-autre.toml");
                assert_told(&output, MISUSED, fr, en);
                assert!(!output.stderr.contains("a-stages.toml"), "{}", output.stderr);
            }
            Ok(())
        };
        let other = INTERNSHIPS.replace("slug = \"internships\"", "slug = \"other\"");
        // A key that there is not, a value that there is not, a text that does not end.
        told(
            &other.replace("fr = \"Stages\"", "couleur = \"rouge\"\nfr = \"Stages\""),
            "ligne 3,",
            "line 3,",
        )?;
        told(&other.replace("kind = \"choice\"", "kind = \"couleur\""), "ligne 41,", "line 41,")?;
        told(&other.replace("en = \"Internships\"", "en = \"Internships"), "ligne 4,", "line 4,")?;
        // What is readable and no type: which field, or which slug.
        told(
            &other.replace("role = \"title\"\n", ""),
            "aucun champ n'a le rôle `title`",
            "no field has the role `title`",
        )?;
        told(INTERNSHIPS, "« internships » : ce `slug` est déjà", "“internships”: this `slug` is taken")?;
        // Bytes that are no text.
        std::fs::write(node.data().join("service-types/b-autre.toml"), [0xff, 0xfe, b'a'])?;
        assert_told(&node.run(&["serve"], "")?, MISUSED, "b-autre.toml", "b-autre.toml");
        // Taken away, the node is what it was.
        std::fs::remove_file(node.data().join("service-types/b-autre.toml"))?;
        assert_eq!(slugs(&node)?, [&usual[..], &["internships".to_owned()]].concat());
        Ok(())
    });
}
