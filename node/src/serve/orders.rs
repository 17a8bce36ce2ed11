//! Orders to stop: signals of the operating system, listened for from the moment they are asked for.

use tokio::signal;

/// How to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// What is under way comes to its end: SIGTERM.
    InOrder,
    /// At once: Ctrl-C and SIGQUIT.
    AtOnce,
}

/// The signals that end the node.
#[cfg(unix)]
pub struct Orders {
    term: signal::unix::Signal,
    int: signal::unix::Signal,
    quit: signal::unix::Signal,
}

#[cfg(unix)]
impl Orders {
    /// Takes the place of what the operating system does with these signals. None is lost between here
    /// and [`Orders::next`].
    ///
    /// # Errors
    /// When the operating system allows no handler.
    pub fn listen() -> std::io::Result<Self> {
        use signal::unix::{SignalKind, signal};
        Ok(Self {
            term: signal(SignalKind::terminate())?,
            int: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
        })
    }

    /// Waits for the first order.
    pub async fn next(&mut self) -> Stop {
        tokio::select! {
            _ = self.term.recv() => Stop::InOrder,
            _ = self.int.recv() => Stop::AtOnce,
            _ = self.quit.recv() => Stop::AtOnce,
        }
    }
}

/// The signals that end the node.
#[cfg(not(unix))]
pub struct Orders;

#[cfg(not(unix))]
impl Orders {
    /// Nothing is to be prepared here.
    ///
    /// # Errors
    /// None.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    /// Waits for Ctrl-C.
    pub async fn next(&mut self) -> Stop {
        // Without a handler nothing but the end of the process stops the node.
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Stop::AtOnce
    }
}
