//! A wrong configuration in words: which key, where it stands, what to write.

use super::{FILE, variable};
use crate::failure::Failure;
use figment::error::Kind;
use maillage_domain::message::Message;

/// What is said of a configuration that cannot be used.
pub fn failure(error: &figment::Error) -> Failure {
    if let Kind::UnknownField(name, expected) = &error.kind {
        let (place, known) = (place(error, Some(name)), expected.join(", "));
        return Failure::misused(
            format!("Clé inconnue « {name} » ({place}). Possibles ici : {known}."),
            format!("Unknown key “{name}” ({place}). Possible here: {known}."),
        );
    }
    let place = place(error, None);
    let key = error.path.join(".");
    if key.is_empty() {
        let said = &error.kind;
        if said.to_string().contains("os error") {
            return Failure::misused(
                format!("Le fichier {place} ne se laisse pas lire ({said}) : vérifiez ses droits."),
                format!("The file {place} cannot be read ({said}): check its permissions."),
            );
        }
        return Failure::misused(
            format!(
                "Le fichier {place} n'est pas du TOML lisible : corrigez-le à l'endroit indiqué ({said})."
            ),
            format!("The file {place} is no readable TOML: correct it at the place given ({said})."),
        );
    }
    let wanted = wanted(&key);
    Failure::misused(
        format!("La valeur de {key} ne convient pas ({place}) : écrivez {}.", wanted.fr),
        format!("The value of {key} does not suit ({place}): write {}.", wanted.en),
    )
}

/// The file or the variable that holds what is wrong.
fn place(error: &figment::Error, unknown: Option<&str>) -> String {
    match error.metadata.as_ref() {
        Some(metadata) => match metadata.source.as_ref().and_then(|source| source.file_path()) {
            Some(path) => path.display().to_string(),
            None => {
                let mut path: Vec<&str> = error.path.iter().map(String::as_str).collect();
                path.extend(unknown.filter(|name| path.last() != Some(name)));
                variable(&path.join("."))
            }
        },
        None => FILE.to_owned(),
    }
}

/// What a key takes.
fn wanted(key: &str) -> Message {
    let (fr, en) = match key {
        "server.bind" => (
            "une adresse et un port, comme \"127.0.0.1:8000\"",
            "an address and a port, such as \"127.0.0.1:8000\"",
        ),
        "server.workers" => {
            ("un nombre entier, 0 pour un par processeur", "a whole number, 0 for one per processor")
        }
        key if key.starts_with("server.trusted_proxies") => (
            "une liste d'adresses IP, comme [\"127.0.0.1\"]",
            "a list of IP addresses, such as [\"127.0.0.1\"]",
        ),
        "federation.allow_private_networks" => ("true ou false", "true or false"),
        "log.format" => ("\"text\" ou \"json\"", "\"text\" or \"json\""),
        "server" | "database" | "federation" | "mail" | "openid" | "log" => {
            ("une section, avec ses clés au-dessous", "a section, with its keys below")
        }
        _ => ("un texte entre guillemets", "a text in quotes"),
    };
    Message::new(fr, en)
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, FILE};
    use maillage_domain::message::Message;

    /// What is said of this file.
    fn told(text: &str) -> Message {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        Config::read(folder.path()).unwrap_err().messages().remove(0)
    }

    #[test]
    fn an_unknown_key_is_named_with_what_is_possible() {
        let said = told("url = \"https://a.example\"\n[server]\nbund = \"x\"\n").to_string();
        assert!(said.contains("bund") && said.contains("bind") && said.contains("maillage.toml"), "{said}");
    }

    #[test]
    fn a_wrong_value_is_told_with_its_key_and_what_it_takes_in_both_languages() {
        for (text, key, fr, en) in [
            (
                "[server]\nbind = \"nowhere\"\n",
                "server.bind",
                "une adresse et un port",
                "an address and a port",
            ),
            ("[server]\nworkers = \"deux\"\n", "server.workers", "un nombre entier", "a whole number"),
            ("[server]\ntrusted_proxies = [\"x\"]\n", "server.trusted_proxies", "une liste", "a list"),
            ("[log]\nformat = \"xml\"\n", "log.format", "\"text\" ou \"json\"", "\"text\" or \"json\""),
            ("[federation]\nallow_private_networks = 1\n", "allow_private", "true ou false", "true or false"),
            ("mail = true\n", "mail", "une section", "a section"),
            ("url = 3\n", "url", "un texte", "a text"),
        ] {
            let said = told(text);
            assert!(said.fr.contains(key) && said.fr.contains(fr), "{said}");
            assert!(said.en.contains(key) && said.en.contains(en), "{said}");
            for raw in ["invalid", "expected", "found"] {
                assert!(!said.fr.contains(raw), "{said}");
            }
        }
    }

    #[test]
    fn what_is_no_toml_is_told_in_one_line_with_its_place() {
        let said = told("url = \"https://a.example\"\n[server\nbind = 1\n");
        assert!(said.fr.contains("TOML lisible") && said.en.contains("line 2"), "{said}");
        assert!(!said.to_string().contains('\n'), "{said}");
    }
}
