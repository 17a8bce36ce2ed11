//! Public pages a second, against a bare actix-web answer of the same size.

use crate::report::Report;
use crate::world::house;
use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::{Context, Result, bail};
use maillage_tests::port;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Items on the measured site.
const ITEMS: usize = 40;
/// How long each side is asked, in seconds.
const SECONDS: u32 = 6;

/// Measures the first page and a list of a public site.
///
/// # Errors
/// Those of the node, or when `wrk` is missing.
pub async fn measure(report: &mut Report) -> Result<()> {
    let house = house("agenda")?;
    house.node.add_site("nievre", "Emploi et formation en Nièvre", &["agenda"])?;
    for number in 0..ITEMS {
        house.publish("agenda", number).await?;
    }
    for (name, path) in [("site's first page", "/sites/nievre"), ("service's page", "/services/agenda")] {
        let url = format!("{}{path}", house.node.base());
        let answer = reqwest::get(&url).await?.error_for_status()?;
        let bytes = answer.bytes().await?.len();
        let pages = rate(&url)?;
        let hello = Hello::start(bytes)?;
        let bare = rate(&hello.url())?;
        report.ratio(
            &format!("public pages a second ÷ bare actix-web hello ({name})"),
            pages / bare,
            "at least 0.3",
            format!("{pages:.0}/s ÷ {bare:.0}/s, {bytes} bytes"),
        );
        // A page that sets the language is made for its reader alone, and kept for nobody.
        let anew = rate(&format!("{url}?lang=fr"))?;
        report.ratio(
            &format!("the same, each page made anew ({name})"),
            anew / bare,
            "as high as can be",
            format!("{anew:.0}/s"),
        );
    }
    Ok(())
}

/// Requests a second, as `wrk` counts them.
fn rate(url: &str) -> Result<f64> {
    let mut command = Command::new("wrk");
    command.args(["-t", "1", "-c", "16", "-d", &format!("{SECONDS}s"), url]);
    let output = command.output().context("wrk is missing: install Debian's package wrk")?;
    let text = String::from_utf8_lossy(&output.stdout);
    if text.contains("Non-2xx") || !output.status.success() {
        bail!("{url}:\n{text}");
    }
    let line = text.lines().find_map(|line| line.trim().strip_prefix("Requests/sec:"));
    Ok(line.context("wrk printed no rate")?.trim().parse()?)
}

/// The bare server, in a process of its own.
struct Hello {
    port: u16,
    child: Child,
}

impl Hello {
    fn start(bytes: usize) -> Result<Self> {
        let port = port::free()?;
        let arguments = ["hello".to_owned(), port.to_string(), bytes.to_string()];
        let child = Command::new(std::env::current_exe()?).args(arguments).stdin(Stdio::null()).spawn()?;
        std::thread::sleep(Duration::from_secs(1));
        Ok(Self { port, child })
    }

    fn url(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }
}

impl Drop for Hello {
    fn drop(&mut self) {
        // Already ended is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves one answer of this size until it is ended.
///
/// # Errors
/// When the port is taken.
pub fn hello(port: u16, bytes: usize) -> Result<()> {
    let body = web::Bytes::from(vec![b'x'; bytes]);
    let server = HttpServer::new(move || {
        let body = body.clone();
        let answer = move || {
            let body = body.clone();
            async move { HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body) }
        };
        App::new().route("/", web::get().to(answer))
    });
    actix_web::rt::System::new().block_on(server.workers(2).bind(("127.0.0.1", port))?.run())?;
    Ok(())
}
