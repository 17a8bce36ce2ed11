//! Who follows whom in the region, with which trust and which rules.

use super::house::House;
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long follows may take to be answered and items to arrive.
const PATIENCE: Duration = Duration::from_secs(180);
/// For how long nothing new arrives when all has.
const QUIET: Duration = Duration::from_secs(3);

/// One service follows another. Nodes are named by the number of their département.
struct Subscription {
    by: &'static str,
    to: &'static str,
    of: &'static str,
    source: &'static str,
    trust: &'static str,
    taken: Taken,
}

/// What of the followed service is taken.
enum Taken {
    /// What a condition and rules say, as the API has them.
    Rules(fn() -> Value),
    /// Themes and territories, as the command line has them.
    Options(&'static [&'static str]),
}

/// What interests from afar: what is held online, and recruiting that people travel for.
fn worth_a_journey() -> Value {
    json!({ "filter": { "any": ["no_place", { "theme": "recrutement" }] } })
}

fn taught_online() -> Value {
    json!({ "filter": { "all": ["no_place", { "theme": "formation" }] } })
}

/// Around Clamecy, which is nearer to Auxerre than to Nevers.
fn around_clamecy() -> Value {
    json!({ "filter": { "any": ["no_place", { "radius": { "place": "commune:58079", "km": 60.0 } }] } })
}

/// Everything, but what is about inclusion is looked at first.
fn inclusion_first_read() -> Value {
    json!({ "rules": [{ "when": { "theme": "insertion" }, "then": "hold" }] })
}

fn around_montbard() -> Value {
    json!({ "filter": { "any": ["no_place", { "radius": { "place": "commune:21425", "km": 50.0 } }] } })
}

const SUBSCRIPTIONS: [Subscription; 18] = [
    // The Nièvre takes what is near or online, and passes on what is about work.
    sub("58", "agenda", "89", "agenda", "publish", Taken::Rules(around_clamecy)),
    sub("58", "agenda", "21", "agenda", "publish", Taken::Rules(worth_a_journey)),
    sub("58", "formations", "21", "formations", "hold", Taken::Rules(taught_online)),
    sub("58", "voisins", "21", "actualites", "announce", Taken::Options(&["--theme", "emploi"])),
    sub("58", "voisins", "89", "actualites", "publish", Taken::Rules(inclusion_first_read)),
    sub("58", "revue-de-presse", "89", "revue-de-presse", "hold", Taken::Options(&["--theme", "territoire"])),
    // The Côte-d'Or holds more than it publishes.
    sub("21", "agenda", "58", "agenda", "publish", Taken::Rules(worth_a_journey)),
    sub("21", "agenda", "89", "agenda", "hold", Taken::Rules(around_montbard)),
    sub("21", "formations", "89", "formations", "publish", Taken::Rules(taught_online)),
    sub("21", "voisins", "58", "actualites", "publish", Taken::Rules(inclusion_first_read)),
    sub("21", "voisins", "89", "actualites", "hold", Taken::Options(&["--theme", "formation"])),
    sub("21", "structures", "58", "structures", "hold", Taken::Options(&["--theme", "mobilite"])),
    // The Yonne gets the news of the Côte-d'Or by way of the Nièvre.
    sub("89", "agenda", "21", "agenda", "publish", Taken::Rules(worth_a_journey)),
    sub("89", "agenda", "58", "agenda", "publish", Taken::Rules(worth_a_journey)),
    sub("89", "formations", "58", "formations", "hold", Taken::Rules(taught_online)),
    sub("89", "voisins", "58", "voisins", "publish", Taken::Options(&[])),
    sub(
        "89",
        "voisins",
        "58",
        "actualites",
        "publish",
        Taken::Options(&["--theme", "emploi", "--theme", "formation"]),
    ),
    sub("89", "revue-de-presse", "21", "revue-de-presse", "hold", Taken::Options(&["--theme", "emploi"])),
];

const fn sub(
    by: &'static str,
    to: &'static str,
    of: &'static str,
    source: &'static str,
    trust: &'static str,
    taken: Taken,
) -> Subscription {
    Subscription { by, to, of, source, trust, taken }
}

/// Makes the subscriptions that are missing and waits until all are accepted and everything has arrived.
/// Answers how many items each node has received.
///
/// # Errors
/// What the nodes say, or what has not happened in time.
pub async fn connect(houses: &[House]) -> anyhow::Result<Vec<usize>> {
    for subscription in &SUBSCRIPTIONS {
        let (by, of) = (house(houses, subscription.by)?, house(houses, subscription.of)?);
        let handle = format!("@{}@{}", subscription.source, of.node.host());
        if !follows(by, subscription.to, &handle).await? {
            subscribe(by, subscription, &handle)
                .await
                .with_context(|| format!("{} {} → {handle}", by.node.department.node, subscription.to))?;
        }
    }
    accepted(houses).await?;
    arrived(houses).await
}

fn house<'h>(houses: &'h [House], number: &str) -> anyhow::Result<&'h House> {
    houses.iter().find(|house| house.node.department.number == number).context("no such node in the region")
}

async fn follows(by: &House, service: &str, handle: &str) -> anyhow::Result<bool> {
    let listed = by.administration.list(&format!("/subscriptions?service={service}")).await?;
    Ok(listed.iter().any(|one| one.pointer("/source/handle").and_then(Value::as_str) == Some(handle)))
}

async fn subscribe(by: &House, wanted: &Subscription, handle: &str) -> anyhow::Result<()> {
    match &wanted.taken {
        Taken::Rules(rules) => {
            let body =
                json!({ "service": wanted.to, "source": handle, "trust": wanted.trust, "rules": rules() });
            by.administration.post("/subscriptions", &body).await?;
        }
        Taken::Options(options) => {
            let mut arguments = vec!["subscribe", "--to", wanted.to, handle, "--trust", wanted.trust];
            arguments.extend(*options);
            by.program.run(&arguments, None).await?;
        }
    }
    Ok(())
}

async fn accepted(houses: &[House]) -> anyhow::Result<()> {
    let began = Instant::now();
    loop {
        let mut waiting = Vec::new();
        for house in houses {
            for one in house.administration.list("/subscriptions").await? {
                let text = |key| one.pointer(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                match text("/follow").as_str() {
                    "accepted" => {}
                    "rejected" => bail!("{} a refusé d'être suivi / refused", text("/source/handle")),
                    _ => waiting.push(text("/source/handle")),
                }
            }
        }
        if waiting.is_empty() {
            return Ok(());
        }
        if began.elapsed() > PATIENCE {
            bail!("sans réponse après {} s / no answer: {}", PATIENCE.as_secs(), waiting.join(", "));
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

/// Waits until every node holds received items and no more come in.
async fn arrived(houses: &[House]) -> anyhow::Result<Vec<usize>> {
    let began = Instant::now();
    let (mut before, mut since) = (Vec::new(), Instant::now());
    loop {
        let mut now = Vec::new();
        for house in houses {
            let items = house.administration.list("/items?limit=200&state=published&state=submitted").await?;
            let received = |item: &&Value| item.get("home").and_then(Value::as_bool) == Some(false);
            now.push(items.iter().filter(received).count());
        }
        if now != before {
            (before, since) = (now, Instant::now());
        } else if since.elapsed() > QUIET && before.iter().all(|received| *received > 0) {
            return Ok(before);
        }
        if began.elapsed() > PATIENCE {
            bail!("trop peu de fiches sont arrivées / too few items have arrived: {before:?}");
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
