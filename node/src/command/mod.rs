//! The commands, one file for each subject.

mod import;
mod init;
mod named;
mod service;
mod site;
mod subscribe;
mod user;

use crate::cli::{Arguments, Command};
use crate::config::{self, Config, Shown};
use crate::failure::Failure;
use crate::output::Output;
use crate::progress::Progress;
use maillage_domain::place::PlaceCode;
use maillage_store::Store;
use serde_json::json;
use std::future::Future;
use std::io::Read;
use std::path::Path;

/// Carries out a command line.
///
/// # Errors
/// [`Failure`] with its exit code.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    let out = Output::new(arguments.json);
    match arguments.command {
        Command::Init(init) => block_on(init::run(init, out)),
        Command::Serve { data } => crate::serve::run(&data.data),
        Command::Migrate { data, pending } => migrate(&data.data, pending, out),
        Command::Config { print_default: true, .. } => {
            out.say(&Shown::of_defaults()?.json(), &[config::DEFAULT.trim_end().to_owned()])
        }
        Command::Config { data, check: true, .. } => check(&data.data, out),
        Command::Config { data, .. } => {
            let shown = Shown::in_force(&data.data)?;
            out.say(&shown.json(), &shown.lines())
        }
        Command::User(user) => block_on(user::run(user, out)),
        Command::Token(token) => block_on(user::token(token, out)),
        Command::Site(site) => block_on(site::run(site, out)),
        Command::Service(service) => block_on(service::run(service, out)),
        Command::Subscribe(subscribe) => block_on(subscribe::run(subscribe, out)),
        Command::Import(import) => block_on(import::run(import, out)),
        Command::Doctor { data } => block_on(crate::doctor::run(data.data, out)),
        Command::Mail { data, to } => block_on(crate::mail::trial(data.data, to, out)),
    }
}

fn block_on(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

/// Says or does what is pending. `"pending"` says whether something is left to do.
fn migrate(data: &Path, pending: bool, out: Output) -> Result<(), Failure> {
    let location = Config::read(data)?.location(data)?;
    let names = if pending {
        if let Some(missing) = config::missing_file(&location) {
            return Err(Failure::Failed(missing));
        }
        Store::pending(&location)?
    } else {
        let _progress = Progress::begin(out, "Mise à jour de la base… / Bringing the database up to date…");
        Store::migrate(&location)?
    };
    let lines = match (names.is_empty(), pending) {
        (true, _) => vec!["La base est à jour. / The database is up to date.".to_owned()],
        (false, true) => names.iter().map(|name| format!("à faire / to do: {name}")).collect(),
        (false, false) => names.iter().map(|name| format!("fait / done: {name}")).collect(),
    };
    out.say(&json!({ "pending": pending && !names.is_empty(), "migrations": names }), &lines)
}

fn check(data: &Path, out: Output) -> Result<(), Failure> {
    let config = Config::read(data)?;
    let addresses = config.addresses(data)?;
    config.location(data)?;
    config::registry(data)?;
    crate::openid::settings(&config)?;
    let line = format!("La configuration est bonne : {} / The configuration is good.", addresses.base());
    out.say(&json!({ "ok": true, "url": addresses.base().as_str() }), &[line])
}

/// A password from standard input: its first line.
fn password() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin().lock().take(10_000).read_to_string(&mut text)?;
    let line = text.lines().next().unwrap_or_default().trim_end_matches('\r').to_owned();
    if line.is_empty() {
        return Err(Failure::misused(
            "Aucun mot de passe n'a été lu : envoyez-le sur l'entrée standard.",
            "No password was read: send it on standard input.",
        ));
    }
    Ok(line)
}

/// The places that were named: a département's number, a name's code, `departement:58`.
fn places(texts: &[String]) -> Result<Vec<PlaceCode>, Failure> {
    texts
        .iter()
        .map(|text| {
            PlaceCode::parse_input(text).map_err(|_| {
                Failure::misused(
                    format!("Territoire inconnu : « {text} ». Écrivez un numéro de département (58) ou un code (commune:58194, epci:…, region:27)."),
                    format!("Unknown territory: “{text}”. Write the number of a département (58) or a code (commune:58194, epci:…, region:27)."),
                )
            })
        })
        .collect()
}
