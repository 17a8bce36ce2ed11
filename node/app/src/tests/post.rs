//! A mail server of the tests: it keeps what it is given, or refuses it as it is told.

use crate::ports::{OutgoingMail, Post, PostError};
use async_trait::async_trait;
use std::sync::Mutex;

/// What it was given, and what it answers.
#[derive(Default)]
pub struct Mailbox {
    mails: Mutex<Vec<OutgoingMail>>,
    refuses: Mutex<Option<PostError>>,
}

#[async_trait]
impl Post for Mailbox {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), PostError> {
        self.mails.lock().expect("mails").push(mail.clone());
        self.refuses.lock().expect("refuses").clone().map_or(Ok(()), Err)
    }
}

impl Mailbox {
    /// What every mail is answered with from now on.
    pub fn answers(&self, error: Option<PostError>) {
        *self.refuses.lock().expect("refuses") = error;
    }

    /// How many mails it was given, sent or not.
    pub fn count(&self) -> usize {
        self.mails.lock().expect("mails").len()
    }

    /// Every mail it was given.
    pub fn all(&self) -> Vec<OutgoingMail> {
        self.mails.lock().expect("mails").clone()
    }

    /// The last mail.
    pub fn last(&self) -> OutgoingMail {
        self.mails.lock().expect("mails").last().expect("a mail").clone()
    }

    /// The token of the link in the last mail.
    pub fn token(&self) -> String {
        let body = self.last().body;
        let link = body.split_whitespace().find(|word| word.starts_with("https://mef58.example/"));
        let link = link.expect("a link");
        link.rsplit('/').next().expect("a token").to_owned()
    }
}
