//! Writing the configuration of a new node.

use super::{DEFAULT, FILE};
use crate::failure::Failure;
use std::io::Write;
use std::path::Path;

/// Writes `maillage.toml` with the documented defaults and this address, in a folder that is made
/// where it is missing. The file may hold passwords: only its owner reads it. One that is there
/// already stays as it is.
///
/// # Errors
/// [`Failure::Failed`] when the folder cannot be written.
pub fn write_new(data: &Path, url: &str) -> Result<(), Failure> {
    let denied = |error: std::io::Error| {
        Failure::failed(
            format!(
                "Le dossier {} ne peut pas être écrit ({error}) : choisissez-en un autre avec --data.",
                data.display()
            ),
            format!(
                "The folder {} cannot be written ({error}): choose another one with --data.",
                data.display()
            ),
        )
    };
    let mut folder = std::fs::DirBuilder::new();
    folder.recursive(true);
    // The database holds private keys and personal data.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    folder.create(data).map_err(denied)?;
    let path = data.join(FILE);
    let text =
        DEFAULT.replace("# url = \"https://mef.example.fr\"", &format!("url = {}", toml::Value::from(url)));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(&path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map_err(denied),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(denied(error)),
    }
}
