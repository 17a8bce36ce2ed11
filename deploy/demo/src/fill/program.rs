//! The command line of a node, called as its administrator would.

use anyhow::{Context, bail};
use serde_json::Value;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::AsyncWriteExt;

/// The program `maillage` on the data folder of one node.
#[derive(Debug, Clone)]
pub struct Program {
    path: PathBuf,
    folder: PathBuf,
}

impl Program {
    /// The program at a path, for the node of a folder.
    pub fn new(path: &Path, folder: &Path) -> Self {
        Self { path: path.to_owned(), folder: folder.to_owned() }
    }

    /// What a command prints, without the last line end. `input` is its standard input.
    ///
    /// # Errors
    /// What the command says when it fails.
    pub async fn run(&self, arguments: &[&str], input: Option<&str>) -> anyhow::Result<String> {
        let said = arguments.iter().take(2).copied().collect::<Vec<_>>().join(" ");
        let mut command = tokio::process::Command::new(&self.path);
        command.args(arguments).arg("--data").arg(&self.folder);
        for name in settings_of_another_node() {
            command.env_remove(name);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let mut child = command
            .spawn()
            .with_context(|| format!("{} ne démarre pas / does not start", self.path.display()))?;
        if let Some(mut pipe) = child.stdin.take() {
            pipe.write_all(input.unwrap_or_default().as_bytes()).await?;
        }
        let answer = child.wait_with_output().await?;
        if !answer.status.success() {
            let why = String::from_utf8_lossy(&answer.stderr);
            bail!("maillage {said}: {}", why.trim().replace('\n', " "));
        }
        Ok(String::from_utf8(answer.stdout)?.trim_end().to_owned())
    }

    /// What a command answers as JSON.
    ///
    /// # Errors
    /// See [`Self::run`]; an answer that is no JSON.
    pub async fn json(&self, arguments: &[&str]) -> anyhow::Result<Value> {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let answer = self.run(&arguments, None).await?;
        serde_json::from_str(&answer).with_context(|| format!("maillage {}: {answer}", arguments.join(" ")))
    }

    /// A token for an account.
    ///
    /// # Errors
    /// See [`Self::run`].
    pub async fn token(&self, email: &str) -> anyhow::Result<String> {
        self.run(&["token", "create", "--user", email, "--label", "demonstration"], None).await
    }
}

/// Variables with settings, which would go before the configuration file of the node.
fn settings_of_another_node() -> impl Iterator<Item = OsString> {
    std::env::vars_os().map(|(name, _)| name).filter(|name| name.to_string_lossy().starts_with("MAILLAGE__"))
}
