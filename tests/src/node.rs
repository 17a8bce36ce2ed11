//! A node: a process of the program with a folder, a port and a database of its own.

use crate::api::Api;
use crate::database::{Database, Kind};
use crate::program::{self, Output, text};
use crate::{port, scene, target};
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The password of every account that tests make.
pub const PASSWORD: &str = "un assez long mot de passe";
/// How long a node may take to be ready.
const READY: Duration = Duration::from_secs(60);
/// How long a node may take to stop by itself.
const STOP: Duration = Duration::from_secs(30);
/// How often a process is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// A role of an account in a service: the service's slug, and the role's name.
pub type Role<'a> = (&'a str, &'a str);

/// A node, running or not.
pub struct Node {
    folder: TempDir,
    port: u16,
    database: Database,
    log: PathBuf,
    child: Option<Child>,
    settings: Vec<(String, String)>,
}

impl Node {
    /// Makes a node with its administrator, not yet running.
    ///
    /// # Errors
    /// What `maillage init` said.
    pub fn create(name: &str, territory: &str, kind: Kind) -> Result<Self> {
        let node = Self::bare(kind)?;
        let url = node.base();
        let admin = node.administrator();
        let arguments = ["init", "--url", &url, "--name", name, "--territory", territory, "--admin", &admin];
        node.run(&[&arguments[..], &["--password-stdin"]].concat(), PASSWORD)?.done().context("init")?;
        Ok(node)
    }

    /// A folder, a port and an empty database: what there is before `maillage init`.
    ///
    /// # Errors
    /// When one of them cannot be had.
    pub fn bare(kind: Kind) -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let logs = target().join("node-logs");
        std::fs::create_dir_all(&logs).context("a folder for logs")?;
        let port = port::free()?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let log = logs.join(format!("{}-{number}-{port}.log", std::process::id()));
        File::create(&log)?;
        scene::watch(&log);
        let settings = vec![
            ("MAILLAGE__SERVER__BIND".to_owned(), format!("127.0.0.1:{port}")),
            ("MAILLAGE__FEDERATION__ALLOW_PRIVATE_NETWORKS".to_owned(), "true".to_owned()),
            ("MAILLAGE__LOG__LEVEL".to_owned(), "info,maillage=debug,maillage_federation=debug".to_owned()),
        ];
        let database = Database::create(kind)?;
        Ok(Self { folder: tempfile::tempdir()?, port, database, log, child: None, settings })
    }

    /// Sets a `MAILLAGE__…` variable for every command from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.retain(|(given, _)| given != name);
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// `http://localhost:PORT`.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// `localhost:PORT`.
    #[must_use]
    pub fn host(&self) -> String {
        format!("localhost:{}", self.port)
    }

    /// Its database.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The address of one of its services, `@slug@localhost:PORT`.
    #[must_use]
    pub fn handle(&self, service: &str) -> String {
        format!("@{service}@{}", self.host())
    }

    /// The e-mail address of its administrator.
    #[must_use]
    pub fn administrator(&self) -> String {
        "admin@mef.example".to_owned()
    }

    /// The process id while it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// What it has logged so far.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn log(&self) -> Result<String> {
        Ok(std::fs::read_to_string(&self.log)?)
    }

    /// A command of this node, not yet started.
    ///
    /// # Errors
    /// When the program is missing.
    pub fn command(&self, arguments: &[&str]) -> Result<std::process::Command> {
        let mut command = program::command(arguments)?;
        command.args(["--data", text(self.data())?]);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        if let Some(url) = self.database.url() {
            command.env("MAILLAGE__DATABASE__URL", url);
        }
        Ok(command)
    }

    /// Runs a command of this node to its end, with a text on its standard input.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self, arguments: &[&str], input: &str) -> Result<Output> {
        program::run(self.command(arguments)?, input)
    }

    /// Runs a command of this node that has to succeed; what it printed.
    ///
    /// # Errors
    /// What it said when it did not.
    pub fn done(&self, arguments: &[&str]) -> Result<String> {
        self.run(arguments, "")?.done().with_context(|| format!("maillage {}", arguments.join(" ")))
    }

    /// Makes a service.
    ///
    /// # Errors
    /// As [`Node::done`].
    pub fn add_service(&self, kind: &str, slug: &str, title: &str) -> Result<()> {
        self.done(&["service", "add", "--type", kind, "--slug", slug, "--title", title]).map(drop)
    }

    /// Makes a site that shows these services, in their order.
    ///
    /// # Errors
    /// As [`Node::done`].
    pub fn add_site(&self, slug: &str, title: &str, services: &[&str]) -> Result<()> {
        self.done(&["site", "add", "--slug", slug, "--title", title])?;
        for service in services {
            self.done(&["site", "place", "--site", slug, "--service", service])?;
        }
        Ok(())
    }

    /// Makes an account with these roles; the API as that account.
    ///
    /// # Errors
    /// As [`Node::done`].
    pub fn add_account(&self, email: &str, name: &str, roles: &[Role<'_>]) -> Result<Api> {
        let arguments = ["user", "add", "--email", email, "--name", name, "--password-stdin"];
        self.run(&arguments, PASSWORD)?.done().context("user add")?;
        for (service, role) in roles {
            self.done(&["service", "role", "--service", service, "--user", email, "--role", role])?;
        }
        self.api(email)
    }

    /// The API as this account, with a new token.
    ///
    /// # Errors
    /// As [`Node::done`].
    pub fn api(&self, email: &str) -> Result<Api> {
        let token = self.done(&["token", "create", "--user", email])?;
        Api::new(&self.base(), Some(token.trim()))
    }

    /// The API as the administrator.
    ///
    /// # Errors
    /// As [`Node::done`].
    pub fn admin(&self) -> Result<Api> {
        self.api(&self.administrator())
    }

    /// The API as anybody.
    ///
    /// # Errors
    /// When there is no HTTP client.
    pub fn anonymous(&self) -> Result<Api> {
        Api::new(&self.base(), None)
    }

    /// Starts the node and waits until it says that it listens; the one-time code of the first run
    /// where there is no administrator.
    ///
    /// # Errors
    /// What it logged when it ended instead, or is not ready in time.
    pub fn start(&mut self) -> Result<Option<String>> {
        let before = self.log()?.len();
        let log = File::options().append(true).open(&self.log)?;
        let mut command = self.command(&["serve"])?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let child = self.child.insert(command.spawn().context("serve")?);
        let end = Instant::now() + READY;
        loop {
            let status = child.try_wait()?;
            let log = std::fs::read_to_string(&self.log)?;
            let said = log.get(before..).unwrap_or_default();
            let ready = said.lines().any(|line| line.starts_with("Listening on http://"));
            if ready && said.ends_with('\n') {
                let code = said.lines().find_map(|line| line.strip_prefix("Code: "));
                return Ok(code.map(str::to_owned));
            }
            if let Some(status) = status {
                self.child = None;
                bail!("the node ended ({status}):\n{said}");
            }
            if Instant::now() > end {
                bail!("the node is not ready after {READY:?}:\n{said}");
            }
            std::thread::sleep(LOOK_AGAIN);
        }
    }

    /// Ends the node at once, as a power cut would: `kill -9`.
    ///
    /// # Errors
    /// When it does not run.
    pub fn kill(&mut self) -> Result<()> {
        let mut child = self.child.take().context("the node does not run")?;
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    /// Asks the node to stop (SIGTERM) and waits for it; whether it ended by itself, with code 0.
    ///
    /// # Errors
    /// When it does not run.
    pub fn stop(&mut self) -> Result<bool> {
        let mut child = self.child.take().context("the node does not run")?;
        program::signal(child.id(), "TERM");
        let end = Instant::now() + STOP;
        while Instant::now() < end {
            if let Some(status) = child.try_wait()? {
                return Ok(status.success());
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        child.kill()?;
        child.wait()?;
        Ok(false)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if self.child.is_some() {
            let _ = self.stop();
        }
    }
}
