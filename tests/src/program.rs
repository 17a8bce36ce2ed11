//! The program under test, as it was built beside the tests.

use anyhow::{Context, Result, bail};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where the program is: in the folder of the profile that the running tests were built with.
///
/// # Errors
/// When it was not built; the message says how to.
pub fn path() -> Result<PathBuf> {
    let own = std::env::current_exe().context("the path of the tests")?;
    // Tests stand in `deps` of the profile's folder, benchmarks in that folder itself.
    let folder = own.parent().context("the tests are not in a target folder")?;
    let profile = if folder.ends_with("deps") { folder.parent().unwrap_or(folder) } else { folder };
    let program = profile.join(format!("maillage{}", std::env::consts::EXE_SUFFIX));
    if !program.is_file() {
        bail!(
            "{} is missing: these tests run the program as it was built. Run `tests/run`, or `cargo build --workspace` first.",
            program.display()
        );
    }
    Ok(program)
}

/// What a command has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Output {
    /// Standard output of a command that has to succeed.
    ///
    /// # Errors
    /// What it said when it did not.
    pub fn done(self) -> Result<String> {
        if self.code != Some(0) {
            bail!("exit code {:?}\n{}{}", self.code, self.stdout, self.stderr);
        }
        Ok(self.stdout)
    }
}

/// A command of the program with a clean environment.
///
/// # Errors
/// When the program is missing.
pub fn command(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new(path()?);
    command.args(arguments);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MAILLAGE")) {
        command.env_remove(name);
    }
    Ok(command)
}

/// Runs a command to its end, with this text on its standard input.
///
/// # Errors
/// When it cannot be started.
pub fn run(mut command: Command, input: &str) -> Result<Output> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("{command:?}"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command that does not read its input may end before all of it is written.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output()?;
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Ok(Output { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) })
}

/// Sends a signal to a process, by its id.
pub fn signal(pid: u32, name: &str) {
    // `kill` is a builtin of every POSIX shell: no package is needed for it.
    let _ = Command::new("/bin/sh").arg("-c").arg(format!("kill -{name} {pid}")).status();
}

/// The path as text for a command line.
///
/// # Errors
/// When it is not UTF-8.
pub fn text(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))
}
