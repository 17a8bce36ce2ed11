//! `maillage doctor`: looks at everything a node stands on, and says what to do.

mod finding;
mod provider;
mod queue;
mod reach;

use crate::config::{self, Config};
use crate::failure::Failure;
use crate::mail::{Mailer, Post};
use crate::node::Node;
use crate::output::Output;
use finding::{Finding, Level};
use maillage_store::Store;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Looks, and tells.
///
/// # Errors
/// [`Failure::Unhealthy`] when something has to be mended.
pub async fn run(data: PathBuf, out: Output) -> Result<(), Failure> {
    let findings = examine(&data).await;
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    let list: Vec<_> = findings.iter().map(Finding::json).collect();
    let healthy = findings.iter().all(|finding| finding.level != Level::Problem);
    out.say(&json!({ "healthy": healthy, "checks": list }), &lines)?;
    if healthy { Ok(()) } else { Err(Failure::Unhealthy) }
}

async fn examine(data: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    let config = match configuration(data) {
        Ok((config, finding)) => {
            findings.push(finding);
            config
        }
        Err(finding) => return vec![finding],
    };
    let migrations = database(&config, data);
    let usable = migrations.level != Level::Problem;
    findings.push(migrations);
    findings.push(mail(&config).await);
    if !usable {
        return findings;
    }
    let node = match Node::open(data) {
        Ok(node) => node,
        Err(failure) => {
            findings.push(Finding::of_failure("database", &failure));
            return findings;
        }
    };
    findings.extend(reach::check(&node).await);
    findings.extend(queue::check(&node).await);
    findings.extend(provider::check(&node).await);
    node.app.close().await;
    findings
}

fn configuration(data: &Path) -> Result<(Config, Finding), Finding> {
    let problem = |failure: Failure| Finding::of_failure("configuration", &failure);
    let config = Config::read(data).map_err(problem)?;
    let addresses = config.addresses(data).map_err(problem)?;
    config::registry(data).map_err(problem)?;
    let finding = if config.federation.allow_private_networks {
        Finding::warning(
            "configuration",
            "federation.allow_private_networks est ouvert : pour un réseau d'essai seulement.",
            "federation.allow_private_networks is open: for a test network only.",
        )
    } else if addresses.base().scheme() != "https" {
        Finding::problem(
            "configuration",
            format!(
                "url = {} : la fédération demande https. Mettez un serveur web avec un certificat devant.",
                addresses.base()
            ),
            format!(
                "url = {}: the federation takes https. Put a web server with a certificate in front.",
                addresses.base()
            ),
        )
    } else {
        Finding::good("configuration", format!("{}", addresses.base()), format!("{}", addresses.base()))
    };
    Ok((config, finding))
}

/// Whether the database answers and is up to date. Nothing is made or changed: a file that is not
/// there stays absent, and what is pending stays pending, which is why the rest is not looked at.
fn database(config: &Config, data: &Path) -> Finding {
    let location = match config.location(data) {
        Ok(location) => location,
        Err(failure) => return Finding::of_failure("database", &failure),
    };
    if let Some(missing) = config::missing_file(&location) {
        return Finding::problem("database", missing.fr, missing.en);
    }
    match Store::pending(&location) {
        Ok(pending) if pending.is_empty() => {
            Finding::good("database", "répond, à jour", "answers, up to date")
        }
        Ok(pending) => Finding::problem(
            "database",
            format!(
                "mises à jour qui attendent : {}. Lancez maillage migrate, puis de nouveau maillage doctor pour le reste.",
                pending.len()
            ),
            format!(
                "migrations that are pending: {}. Run maillage migrate, then maillage doctor again for the rest.",
                pending.len()
            ),
        ),
        Err(error) => Finding::of_failure("database", &error.into()),
    }
}

async fn mail(config: &Config) -> Finding {
    let post = match Post::of(&config.mail) {
        Ok(Some(post)) => post,
        Ok(None) => {
            return Finding::good(
                "mail",
                "aucun courrier n'est envoyé (mail.url est vide)",
                "no mail is sent (mail.url is empty)",
            );
        }
        Err(failure) => return Finding::of_failure("mail", &failure),
    };
    if let Err(failure) = Mailer::of(&config.mail) {
        return Finding::of_failure("mail", &failure);
    }
    match post.test().await {
        Ok(()) => Finding::good("mail", "le serveur répond", "the server answers"),
        Err(error) => Finding::problem(
            "mail",
            format!("le serveur de courrier ne répond pas ({error}) : vérifiez mail.url."),
            format!("the mail server does not answer ({error}): check mail.url."),
        ),
    }
}
