//! `deploy/start` as people run it, on the programs that were built beside these tests: what it prints,
//! what the region holds, what is left when it stops.

#![allow(clippy::expect_used, reason = "a test fails with what was missing")]

use serde_json::Value;
use std::collections::HashSet;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long the region may take to be filled on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// A running `deploy/start`, told to stop when it is dropped.
struct Start {
    child: Child,
    said: PathBuf,
}

impl Start {
    fn run(folder: &Path, arguments: &[&str]) -> Self {
        let demo = Path::new(env!("CARGO_BIN_EXE_maillage-demo"));
        let programs = demo.parent().expect("folder of the programs");
        assert!(
            programs.join("maillage").is_file(),
            "{} holds no maillage: run `tests/run`, or `cargo build --workspace` first",
            programs.display()
        );
        let said = folder.join("said");
        let output = fs::File::create(&said).expect("file for the output");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let child = Command::new(root.join("deploy/start"))
            .args(arguments)
            .env("MAILLAGE_PROGRAMS", programs)
            .env_remove("MAILLAGE_DATA")
            .stdin(Stdio::null())
            .stderr(output.try_clone().expect("same file"))
            .stdout(output)
            .spawn()
            .expect("deploy/start");
        Self { child, said }
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.said).expect("output")
    }

    /// Waits until it says these words.
    fn until(&mut self, words: &str) -> String {
        let began = Instant::now();
        loop {
            let said = self.said();
            if said.contains(words) {
                return said;
            }
            let ended = self.child.try_wait().expect("state");
            assert!(ended.is_none(), "it ended ({ended:?}):\n{said}");
            assert!(began.elapsed() < PATIENCE, "no « {words} »:\n{said}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Waits for its end.
    fn ended(&mut self) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("state") {
                return status;
            }
            assert!(began.elapsed() < Duration::from_secs(30), "it goes on:\n{}", self.said());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Asks it to stop, as a supervisor does, and waits for its end.
    fn stop(&mut self) -> ExitStatus {
        let asked = Command::new("/bin/sh").arg("-c").arg(format!("kill -TERM {}", self.child.id())).status();
        assert!(asked.expect("kill").success());
        self.ended()
    }
}

impl Drop for Start {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = Command::new("/bin/sh").arg("-c").arg(format!("kill -TERM {}", self.child.id())).status();
            let _ = self.child.wait();
        }
    }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

/// The first of this many ports that nobody listens on, below those that the system gives out.
fn free_ports(count: u16) -> u16 {
    let offset = u16::try_from(std::process::id() % 400).expect("small") * 10;
    let fitting = (0..400).map(|step| 20_000 + (offset + count * step) % 10_000);
    fitting.into_iter().find(|first| (0..count).all(|at| is_free(first + at))).expect("free ports")
}

async fn json(url: &str, token: &str) -> Value {
    let client = reqwest::Client::builder().no_proxy().build().expect("client");
    let mut request = client.get(url);
    if !token.is_empty() {
        request = request.bearer_auth(token);
    }
    let answer = request.send().await.expect(url);
    assert!(answer.status().is_success(), "{url}: {}", answer.status());
    serde_json::from_str(&answer.text().await.expect("text")).expect("JSON")
}

/// Every item of a list of the API.
async fn list(base: &str, path: &str, token: &str) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = json(&format!("{base}/api/v1{path}&limit=200{cursor}"), token).await;
        all.extend(page["items"].as_array().expect("items").iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

fn token(folder: &Path, email: &str) -> String {
    let demo = Path::new(env!("CARGO_BIN_EXE_maillage-demo"));
    let made = Command::new(demo.with_file_name("maillage"))
        .args(["token", "create", "--user", email, "--data"])
        .arg(folder)
        .output()
        .expect("token");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).expect("text").trim().to_owned()
}

/// What one node of the region has to hold. Answers the titles of its own items in every state.
async fn check_node(data: &Path, slug: &str, number: &str, port: u16) -> Vec<String> {
    let base = format!("http://localhost:{port}");
    let public = list(&base, "/items?state=published", "").await;
    let (own, received): (Vec<_>, Vec<_>) = public.iter().partition(|item| item["home"] == true);
    assert!(own.len() >= 150, "{slug}: {} own items", own.len());
    let nowhere = own.iter().filter(|item| item["places"].as_array().is_some_and(Vec::is_empty)).count();
    let share = nowhere * 100 / own.len();
    assert!((18..=25).contains(&share), "{slug}: {share} % without a place");
    assert!(received.len() >= 40, "{slug}: {} received items", received.len());
    for item in &received {
        assert_ne!(item["origin"]["host"], format!("localhost:{port}"), "{slug}");
    }
    let types: HashSet<_> = own.iter().filter_map(|item| item["type"].as_str()).collect();
    assert_eq!(types.len(), 5, "{slug}: {types:?}");
    let shown = list(&base, &format!("/sites/{slug}/items?type=news"), "").await;
    assert!(shown.iter().any(|item| item["home"] == false), "{slug}: nothing of the neighbours on the site");

    let token = token(&data.join(slug), &format!("moderation@mef{number}.example"));
    let waiting = list(&base, "/items?waiting=true", &token).await;
    for home in [true, false] {
        let count = waiting.iter().filter(|item| item["home"] == home).count();
        assert!(count >= 10, "{slug}: {count} items wait (entered here: {home})");
    }
    let followed = json(&format!("{base}/api/v1/subscriptions"), &token).await;
    let followed = followed["items"].as_array().expect("items");
    assert_eq!(followed.len(), 6, "{slug}");
    assert!(followed.iter().all(|one| one["follow"] == "accepted"), "{slug}: {followed:?}");
    let any = "state=draft&state=submitted&state=published&state=declined&state=expired";
    let all = list(&base, &format!("/items?{any}"), &token).await;
    let entered = all.iter().filter(|item| item["home"] == true);
    entered.map(|item| item["title"].as_str().expect("title").to_lowercase()).collect()
}

#[tokio::test]
async fn a_region_is_filled_despite_an_interruption_connected_and_found_again() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("région d'essai");
    let path = data.to_str().expect("path");
    let first = free_ports(3);
    let mut interrupted =
        Start::run(folder.path(), &["--demo", "--data", path, "--port", &first.to_string()]);
    interrupted.until("Remplissage");
    std::thread::sleep(Duration::from_secs(4));
    interrupted.stop();
    let mut start = Start::run(folder.path(), &["--demo", "--data", path]);
    let said = start.until("Ctrl-C");
    let nodes = [("nievre", "58", first), ("cote-d-or", "21", first + 1), ("yonne", "89", first + 2)];
    let mut titles = HashSet::new();
    for (slug, number, port) in nodes {
        assert!(said.contains(&format!("http://localhost:{port}/sites/{slug}")), "{said}");
        assert!(said.contains(&format!("moderation@mef{number}.example")), "{said}");
        let entered = check_node(&data, slug, number, port).await;
        assert_eq!(entered.len(), 184, "{slug}");
        for title in entered {
            assert!(titles.insert(title.clone()), "« {title} » stands twice");
        }
    }
    // News of the Côte-d'Or that the Nièvre re-announces reach the Yonne, which knows by which way.
    let yonne = format!("http://localhost:{}", first + 2);
    let passed_on = list(&yonne, "/services/voisins/items?state=published", "").await;
    let by_the_nievre = passed_on
        .iter()
        .filter(|item| item["origin"]["host"] == format!("localhost:{}", first + 1))
        .filter(|item| item["origin"]["path"].as_array().is_some_and(|path| path.len() == 2))
        .count();
    assert!(by_the_nievre > 0, "nothing was passed on");
    start.stop();
    assert!(nodes.iter().all(|(_, _, port)| is_free(*port)), "a node goes on");

    let mut again = Start::run(folder.path(), &["--demo", "--data", path]);
    again.until("Ctrl-C");
    for (slug, number, port) in nodes {
        for title in check_node(&data, slug, number, port).await {
            assert!(!titles.insert(title.clone()), "« {title} » is new after the second start");
        }
    }
    let mut third = Start::run(&folder.path().join("région d'essai"), &["--demo", "--data", path]);
    assert!(!third.ended().success());
    assert!(third.said().contains(&format!("port {first} n'est pas libre")), "{}", third.said());
    again.stop();
}

#[tokio::test]
async fn one_node_waits_for_its_administrator_and_keeps_its_port() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("node");
    let path = data.to_str().expect("path");
    let port = free_ports(1);
    let mut start = Start::run(folder.path(), &["--data", path, "--port", &port.to_string()]);
    let said = start.until("Ctrl-C");
    assert!(said.contains("Code: ") && said.contains(&format!("http://localhost:{port}/setup")), "{said}");
    let answer = reqwest::Client::builder().no_proxy().build().expect("client");
    let health = answer.get(format!("http://localhost:{port}/healthz")).send().await.expect("health");
    assert_eq!(health.status(), 200);
    start.stop();
    assert!(is_free(port), "the node goes on");

    let other = port.to_string();
    let wrong = if port == 8000 { "8001" } else { "8000" };
    let mut refused = Start::run(folder.path(), &["--data", path, "--port", wrong]);
    assert!(!refused.ended().success());
    assert!(refused.said().contains(&other), "{}", refused.said());

    let taken = TcpListener::bind(("127.0.0.1", port)).expect("port");
    let mut refused = Start::run(folder.path(), &["--data", path]);
    assert!(!refused.ended().success());
    assert!(refused.said().contains(&format!("Le port {port} est déjà pris")), "{}", refused.said());
    drop(taken);
}

#[test]
fn wrong_options_are_named() {
    let folder = tempfile::tempdir().expect("folder");
    for (arguments, words) in
        [(["--port", "abc"], "1 à 65535"), (["--prot", "1"], "--prot"), (["--data", ""], "dossier")]
    {
        let mut refused = Start::run(folder.path(), &arguments);
        assert!(!refused.ended().success());
        assert!(refused.said().contains(words), "{}", refused.said());
    }
}
