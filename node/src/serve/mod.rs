//! `maillage serve`: the server with its faces, and the workers beside it.

mod front;
mod log;
mod mail;
mod orders;
mod publishing;
mod upkeep;

use crate::failure::Failure;
use crate::node::Node;
use crate::output::Output;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App as Server, HttpServer, web};
use maillage_app::ports::{Discovery, Fetcher};
use maillage_domain::message::Message;
use maillage_federation::{Face, routes, worker};
use orders::{Orders, Stop};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long a client may take to send the head of a request, in seconds; bodies have a limit of
/// their own where they are read.
const SLOW_CLIENT: Duration = Duration::from_secs(15);
/// How long an idle connection stays open: longer than clients keep theirs, so that it is they who
/// close it. A request sent at the moment we close one would be lost.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// How long requests under way may take after the order to stop, in seconds.
const SHUTDOWN: u64 = 10;

/// Runs the node of a data folder until it is told to stop (SIGTERM, Ctrl-C).
///
/// # Errors
/// [`Failure`] when it cannot start.
pub fn run(data: &Path) -> Result<(), Failure> {
    let node = Node::open(data)?;
    log::start(&node.config.log)?;
    actix_web::rt::System::new().block_on(serve(node))
}

async fn serve(node: Node) -> Result<(), Failure> {
    let out = Output::new(false);
    // From here on an order to stop is followed: whoever reads that the node listens may end it.
    let mut orders = Orders::listen()?;
    let settings = node.config.federation();
    let mailer = crate::mail::Mailer::of(&node.config.mail)?;
    let prepared = async {
        let code = node.app.prepare_node().await?;
        Ok::<_, Failure>((code, Face::new(node.app.clone(), settings).await?))
    };
    // A database that keeps us waiting does not keep the order waiting.
    let (code, face) = tokio::select! {
        prepared = prepared => prepared?,
        _ = orders.next() => return Ok(()),
    };
    if let Some(provider) = node.identity_provider(face.federation().client())? {
        node.app.set_identity_provider(Arc::new(provider));
    }
    let server = server(&node, &face)?;
    // The port is ours by now: no other server works on this file.
    if node.alone {
        let taken_up = node.app.take_up_claimed().await?;
        if taken_up > 0 {
            tracing::info!(taken_up, "deliveries that were under way when the node was ended");
        }
    }
    let workers = worker::start(face, true);
    let upkeep = upkeep::start(node.app.clone());
    let publishing = publishing::start(node.app.clone());
    let sending = mailer.map(|mailer| mail::start(node.app.clone(), mailer));
    if settings.allow_private_networks {
        tracing::warn!(
            "federation.allow_private_networks is on: this node reaches private addresses; for a test network only"
        );
        out.line("ATTENTION : réseau d'essai, adresses privées ouvertes. / WARNING: test network, private addresses are open.")?;
    }
    if let Some(code) = code {
        let setup = node.app.addresses().url("/setup");
        out.line(&format!("Premier démarrage : ouvrez {setup} et tapez ce code. / First run: open {setup} and type this code."))?;
        out.line(&format!("Code: {code}"))?;
    }
    let handle = server.running.handle();
    let stopping =
        actix_web::rt::spawn(async move { handle.stop(orders.next().await == Stop::InOrder).await });
    for address in &server.addresses {
        out.line(&format!("Listening on http://{address}"))?;
    }
    tracing::info!(url = %node.app.addresses().base(), "the node runs");
    let ended = server.running.await;
    tracing::info!("stopping");
    stopping.abort();
    upkeep.abort();
    publishing.abort();
    if let Some(sending) = sending {
        sending.stop().await;
    }
    workers.stop().await;
    node.app.close().await;
    Ok(ended?)
}

struct Started {
    running: actix_web::dev::Server,
    addresses: Vec<SocketAddr>,
}

/// The server with all faces, bound and not yet running.
fn server(node: &Node, federation: &Face) -> Result<Started, Failure> {
    let finder = Arc::new(federation.federation().clone());
    let discovery: Arc<dyn Discovery> = finder.clone();
    let fetcher: Arc<dyn Fetcher> = finder;
    let settings = maillage_ui::web::Settings {
        trusted_proxies: node.config.server.trusted_proxies.clone(),
        ..maillage_ui::web::Settings::default()
    };
    let ui = maillage_ui::web::Face::new(node.app.clone(), discovery.clone(), fetcher.clone(), settings);
    let api = maillage_api::Face::new(node.app.clone(), discovery, fetcher);
    let (ui, api, federation) = (web::Data::new(ui), web::Data::new(api), web::Data::new(federation.clone()));
    let front = web::Data::new(front::Front::new(&node.app));
    let server = HttpServer::new(move || {
        Server::new()
            .app_data(ui.clone())
            .app_data(api.clone())
            .app_data(federation.clone())
            .app_data(front.clone())
            .wrap(from_fn(maillage_ui::web::told))
            .wrap(Compress::default())
            .wrap(from_fn(front::guard))
            .route("/healthz", web::get().to(front::health))
            .configure(routes::configure)
            .configure(maillage_api::configure)
            .configure(maillage_ui::web::configure)
            .default_service(web::to(maillage_ui::web::not_found))
    })
    .workers(threads(node.config.server.workers))
    .keep_alive(KEEP_ALIVE)
    .client_request_timeout(SLOW_CLIENT)
    .disable_signals()
    .shutdown_timeout(SHUTDOWN)
    .server_hostname(node.app.addresses().host());
    let bind = node.config.server.bind;
    let server = server.bind(bind).map_err(|error| cannot_listen(bind, &error))?;
    let addresses = server.addrs();
    Ok(Started { running: server.run(), addresses })
}

fn threads(configured: usize) -> usize {
    match configured {
        0 => std::thread::available_parallelism().map_or(2, usize::from).clamp(1, 4),
        given => given.min(64),
    }
}

fn cannot_listen(bind: SocketAddr, error: &std::io::Error) -> Failure {
    let port = bind.port();
    Failure::Failed(match error.kind() {
        std::io::ErrorKind::AddrInUse => Message::new(
            format!(
                "Le port {port} est déjà pris par un autre programme (ou ce nœud marche déjà). Arrêtez-le, ou changez server.bind dans maillage.toml."
            ),
            format!(
                "Port {port} is already taken by another program (or this node runs already). Stop it, or change server.bind in maillage.toml."
            ),
        ),
        std::io::ErrorKind::PermissionDenied => Message::new(
            format!(
                "Ce compte n'a pas le droit d'écouter sur le port {port}. Choisissez un port au-dessus de 1024 et un serveur web devant."
            ),
            format!(
                "This account may not listen on port {port}. Choose a port above 1024 and a web server in front."
            ),
        ),
        std::io::ErrorKind::AddrNotAvailable => Message::new(
            format!(
                "Cette machine n'a pas l'adresse {} : corrigez server.bind dans maillage.toml.",
                bind.ip()
            ),
            format!(
                "This machine does not have the address {}: correct server.bind in maillage.toml.",
                bind.ip()
            ),
        ),
        _ => Message::new(
            format!("Impossible d'écouter sur {bind} ({error})."),
            format!("Cannot listen on {bind} ({error})."),
        ),
    })
}
