//! The answer to a request that does not get through.

use crate::signature::SignatureError;

/// Seconds after which a peer may try again when the fault was not its own.
const RETRY_AFTER_SECONDS: u32 = 60;

/// Why a request is not let in: the status to answer, a stable code, and a line for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{status} {code}: {detail}")]
pub struct Refusal {
    /// The HTTP status to answer.
    pub status: u16,
    /// A stable short name of the rule, for logs and metrics; all stand in the module's table.
    pub code: &'static str,
    /// What exactly was wrong. It may quote the sender, so it goes to the log, not into pages.
    pub detail: String,
}

impl Refusal {
    /// A refusal of this status and code.
    pub fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into() }
    }

    /// The `Retry-After` of the answer in seconds: with 503 only, so that nobody drops an activity.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        (self.status == 503).then_some(RETRY_AFTER_SECONDS)
    }

    pub(super) fn malformed(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(400, code, detail)
    }

    pub(super) fn identity(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(401, code, detail)
    }
}

impl From<SignatureError> for Refusal {
    fn from(error: SignatureError) -> Self {
        let code = match &error {
            SignatureError::Malformed(_) => "signature-header",
            SignatureError::Algorithm(_) => "algorithm",
            SignatureError::Coverage(_) => "coverage",
            SignatureError::Digest(_) => "digest",
            SignatureError::Key(_) => "key",
            SignatureError::Crypto => return Self::new(503, "fault", error.to_string()),
        };
        Self::identity(code, error.to_string())
    }
}
