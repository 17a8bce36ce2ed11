//! The configuration in force, for people and programs: what holds, where it was said, no password.

use super::{Config, layers, told, variable};
use crate::failure::Failure;
use figment::Figment;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use toml::Table;

/// What stands in place of a password.
const HIDDEN: &str = "***";

/// A configuration to be shown.
pub struct Shown {
    values: Table,
    /// Where each value that is not the default was said: a file, or a variable.
    sources: BTreeMap<String, String>,
}

impl Shown {
    /// The configuration that a data folder and the variables make.
    ///
    /// # Errors
    /// Those of [`Config::read`].
    pub fn in_force(data: &Path) -> Result<Self, Failure> {
        let layers = layers(data)?;
        let config: Config = layers.extract().map_err(|error| told::failure(&error))?;
        let mut values = table(&config)?;
        let sources = sources(&values, &table(&Config::default())?, &layers);
        hide(&mut values);
        Ok(Self { values, sources })
    }

    /// What holds where nothing is said.
    ///
    /// # Errors
    /// [`Failure::Failed`] when it cannot be written down.
    pub fn of_defaults() -> Result<Self, Failure> {
        Ok(Self { values: table(&Config::default())?, sources: BTreeMap::new() })
    }

    /// `{"configuration": {…}, "sources": {"database.url": "MAILLAGE__DATABASE__URL"}}`.
    pub fn json(&self) -> Value {
        json!({ "configuration": self.values, "sources": self.sources })
    }

    /// The lines of `maillage.toml` that say the same; behind a value that is not the default, where it
    /// was said.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![
            "# Configuration en vigueur, mots de passe cachés / configuration in force, passwords hidden"
                .to_owned(),
        ];
        let line = |key: &str, path: &str, value: &toml::Value| match self.sources.get(path) {
            Some(source) => format!("{key} = {value}  # {source}"),
            None => format!("{key} = {value}"),
        };
        for (name, value) in self.values.iter().filter(|(_, value)| !value.is_table()) {
            lines.push(line(name, name, value));
        }
        for (section, keys) in self.values.iter().filter_map(|(name, value)| Some((name, value.as_table()?)))
        {
            lines.push(format!("\n[{section}]"));
            lines.extend(keys.iter().map(|(key, value)| line(key, &format!("{section}.{key}"), value)));
        }
        lines
    }
}

fn table(config: &Config) -> Result<Table, Failure> {
    Table::try_from(config).map_err(|error| {
        Failure::failed(
            format!("La configuration ne peut pas être écrite ({error})."),
            format!("The configuration cannot be written down ({error})."),
        )
    })
}

/// The keys of a table and of its sections, as `section.key`.
fn keys(values: &Table) -> impl Iterator<Item = (String, &toml::Value)> {
    values.iter().flat_map(|(name, value)| match value.as_table() {
        Some(section) => section.iter().map(|(key, value)| (format!("{name}.{key}"), value)).collect(),
        None => vec![(name.clone(), value)],
    })
}

fn sources(values: &Table, defaults: &Table, layers: &Figment) -> BTreeMap<String, String> {
    let usual: BTreeMap<String, &toml::Value> = keys(defaults).collect();
    let others = keys(values).filter(|(key, value)| usual.get(key) != Some(value));
    others
        .filter_map(|(key, _)| {
            let metadata = layers.find_metadata(&key)?;
            let file = metadata.source.as_ref().and_then(|source| source.file_path());
            let source = file.map_or_else(|| variable(&key), |path| path.display().to_string());
            Some((key, source))
        })
        .collect()
}

/// Puts [`HIDDEN`] in place of passwords: in the addresses of the database and of the mail server, and the
/// secret of the OpenID provider.
fn hide(values: &mut Table) {
    let secret = values.get_mut("openid").and_then(|section| section.get_mut("client_secret"));
    if let Some(toml::Value::String(secret)) = secret
        && !secret.is_empty()
    {
        *secret = HIDDEN.to_owned();
    }
    for section in ["database", "mail"] {
        let url = values.get_mut(section).and_then(|section| section.get_mut("url"));
        if let Some(toml::Value::String(url)) = url {
            *url = without_password(url);
        }
    }
}

/// An address without its password, which stands before the last `@` or behind `password=`. Passwords that
/// were not percent-encoded may hold anything: rather too much is hidden than too little.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    // A password behind the address may hold an `@` too: nothing behind the first `?` is then sure.
    let (address, question) = rest.split_once('?').unwrap_or((rest, ""));
    let rest = if question.contains('@') && question.to_lowercase().contains("password") {
        &format!("{address}?{HIDDEN}")
    } else {
        rest
    };
    let rest = match rest.rsplit_once('@') {
        Some((user, server)) => {
            let user =
                user.split_once(':').map_or_else(|| user.to_owned(), |(name, _)| format!("{name}:{HIDDEN}"));
            format!("{user}@{server}")
        }
        None => rest.to_owned(),
    };
    let mut shown = format!("{scheme}://");
    for (at, part) in rest.split_inclusive(['?', '&']).enumerate() {
        let named =
            part.split_once('=').filter(|(name, _)| at > 0 && name.to_lowercase().contains("password"));
        match named {
            Some((name, value)) => {
                shown.push_str(&format!("{name}={HIDDEN}{}", if value.ends_with('&') { "&" } else { "" }));
            }
            None => shown.push_str(part),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::FILE;

    #[test]
    fn passwords_are_hidden_whatever_they_hold() {
        for (url, shown) in [
            (
                "postgres://node:s3cr:et@db.example/m?sslmode=require",
                "postgres://node:***@db.example/m?sslmode=require",
            ),
            ("postgres://node:p/w?x@y@db.example/m", "postgres://node:***@db.example/m"),
            (
                "postgres://h/m?user=a&password=s3cret&sslmode=require",
                "postgres://h/m?user=a&password=***&sslmode=require",
            ),
            ("postgres://h/m?sslpassword=s3cret", "postgres://h/m?sslpassword=***"),
            ("postgres://h:5432/m?password=s3@cret", "postgres://h:5432/m?***"),
            (
                "smtps://moi%40mef.example:s3cret@mail.example:465",
                "smtps://moi%40mef.example:***@mail.example:465",
            ),
            ("postgres://node@db.example/m", "postgres://node@db.example/m"),
            ("sqlite:maillage.db", "sqlite:maillage.db"),
            ("", ""),
        ] {
            assert_eq!(without_password(url), shown, "{url}");
        }
    }

    #[test]
    fn what_is_shown_is_toml_with_every_key_and_where_it_was_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        let text = "url = \"https://mef58.example\"\n[server]\nworkers = 0\n[mail]\nurl = \"smtps://a:s3cret@mail.example:465\"\n[openid]\nclient_secret = \"s3cret\"\n";
        std::fs::write(&file, text).unwrap();
        let shown = Shown::in_force(folder.path()).unwrap();
        let lines = shown.lines().join("\n");
        let read: Table = lines.parse().unwrap();
        let expected: Table = text.replace("s3cret", HIDDEN).parse().unwrap();
        for (key, value) in keys(&expected) {
            assert!(keys(&read).any(|(name, other)| name == key && other == value), "{key} in {lines}");
        }
        let all = Shown::of_defaults().unwrap();
        assert_eq!(
            keys(&read).map(|(key, _)| key).collect::<Vec<_>>(),
            keys(&all.values).map(|(key, _)| key).collect::<Vec<_>>()
        );
        // What is said and is the default needs no source.
        let path = file.display().to_string();
        assert_eq!(shown.sources.keys().collect::<Vec<_>>(), ["mail.url", "openid.client_secret", "url"]);
        assert!(shown.sources.values().all(|source| *source == path), "{:?}", shown.sources);
        assert!(lines.contains(&format!("url = \"https://mef58.example\"  # {path}")), "{lines}");
        assert!(!shown.json().to_string().contains("s3cret"));
    }
}
