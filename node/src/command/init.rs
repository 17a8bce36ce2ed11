//! `maillage init`: a node with its configuration, its database and its administrator.

use super::password;
use crate::cli::Init;
use crate::config::{self, Config};
use crate::failure::Failure;
use crate::node::Node;
use crate::output::Output;
use crate::progress::Progress;
use maillage_app::address::Addresses;
use maillage_app::geography::check_first_answers;
use maillage_app::setup::{AccountForm, NodeForm};
use maillage_store::Location;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Makes a node.
pub async fn run(init: Init, out: Output) -> Result<(), Failure> {
    let addresses = Addresses::new(&init.url)?;
    let password = password()?;
    let admin = AccountForm { email: init.admin, display_name: String::new(), password };
    let form = NodeForm { name: init.name, territory: init.territory };
    // What can be refused is refused before anything is made.
    check_first_answers(&form, &admin)?;
    let data = init.data.data;
    let mut begun = Begun::new(&data);
    let made = make(&data, &init.url, form, admin, &mut begun, out).await;
    if made.is_err() {
        begun.undo();
    }
    let administrator = made?;
    let lines = [
        format!("Le nœud {} est prêt dans {}. / The node is ready.", addresses.base(), data.display()),
        format!("Ensuite / next: maillage serve --data {}", data.display()),
    ];
    out.say(
        &json!({ "url": addresses.base().as_str(), "data": data, "administrator": administrator }),
        &lines,
    )
}

/// Writes the configuration, makes the database, and answers the administrator's address.
async fn make(
    data: &Path,
    url: &str,
    form: NodeForm,
    admin: AccountForm,
    begun: &mut Begun,
    out: Output,
) -> Result<String, Failure> {
    config::write_new(data, url)?;
    let config = Config::read(data)?;
    if config.addresses(data)? != Addresses::new(url)? {
        return Err(configured_already(data, &config.url));
    }
    begun.will_make(&config.location(data)?);
    let _progress = Progress::begin(
        out,
        "Préparation de la base et de la géographie… / Preparing the database and the geography…",
    );
    let node = Node::open(data)?;
    let account = node.app.initialise(form, admin).await;
    node.app.close().await;
    Ok(account?.email)
}

fn configured_already(data: &Path, url: &str) -> Failure {
    let data = data.display();
    Failure::misused(
        format!("{data} est déjà configuré pour {url} : choisissez un autre dossier."),
        format!("{data} is already configured for {url}: choose another folder."),
    )
}

/// The files and folders that making a node adds to what there was.
struct Begun {
    /// Innermost first.
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Begun {
    /// Before a node is made in this folder.
    fn new(data: &Path) -> Self {
        let missing = |path: &&Path| !path.as_os_str().is_empty() && !path.exists();
        let folders = data.ancestors().take_while(missing).map(Path::to_path_buf).collect();
        let mut begun = Self { folders, files: Vec::new() };
        begun.may_make(data.join(config::FILE));
        begun
    }

    /// Before its database is made: a file, and what SQLite puts beside it.
    fn will_make(&mut self, location: &Location) {
        let Location::Sqlite(path) = location else { return };
        if path.exists() {
            return;
        }
        for end in ["", "-wal", "-shm", "-journal"] {
            let mut name = path.clone().into_os_string();
            name.push(end);
            self.may_make(name.into());
        }
    }

    fn may_make(&mut self, path: PathBuf) {
        if !path.exists() {
            self.files.push(path);
        }
    }

    /// Takes away what was made. What cannot be taken away is left: the failure that led here counts more.
    fn undo(self) {
        for file in self.files {
            let _ = std::fs::remove_file(file);
        }
        // Those that hold something by now stay.
        for folder in self.folders {
            let _ = std::fs::remove_dir(folder);
        }
    }
}
