//! The program `maillage`: one node, its command line and its server.

mod cli;
mod command;
mod config;
mod doctor;
mod failure;
mod mail;
mod node;
mod openid;
mod output;
mod progress;
mod serve;

use std::process::ExitCode;

fn main() -> ExitCode {
    let line: Vec<_> = std::env::args_os().collect();
    // A command line that cannot be read has said all the same in which form errors are wanted.
    let json = line.iter().take_while(|word| *word != "--").any(|word| word == "--json");
    let done = match cli::Arguments::read(line) {
        Ok(arguments) => command::run(arguments),
        Err(cli::Unread::Asked(help)) => help.exit(),
        Err(cli::Unread::Wrong(failure)) => Err(failure),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell(json);
            failure.exit_code()
        }
    }
}
