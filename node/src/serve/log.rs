//! The log, on standard error.

use crate::config::{Log, LogFormat};
use crate::failure::Failure;
use tracing_subscriber::EnvFilter;

/// Starts the log as configured.
///
/// # Errors
/// [`Failure::Misused`] when the level is none.
pub fn start(log: &Log) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&log.level).map_err(|error| {
        Failure::misused(
            format!(
                "log.level « {} » n'est pas un niveau ({error}) : écrivez error, warn, info, debug ou trace.",
                log.level
            ),
            format!(
                "log.level “{}” is no level ({error}): write error, warn, info, debug or trace.",
                log.level
            ),
        )
    })?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match log.format {
        LogFormat::Text => builder.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).init(),
        LogFormat::Json => builder.json().init(),
    }
    Ok(())
}
