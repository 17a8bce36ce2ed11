//! Whether the node is reached at its public address: name, answer, clock.

use super::finding::Finding;
use crate::node::Node;
use chrono::{DateTime, Utc};
use maillage_federation::net::{Fetch, NetError};
use serde_json::Value;
use std::net::IpAddr;
use url::Url;

/// Clocks further apart than this are told, in seconds; other servers refuse signatures an hour off.
const CLOCK_LOOK: i64 = 30;
/// Clocks further apart than this have to be mended, in seconds.
const CLOCK_MEND: i64 = 5 * 60;

/// Checks name, answer and clock.
pub async fn check(node: &Node) -> Vec<Finding> {
    let base = node.app.addresses().base().clone();
    let mut findings = vec![name(node, &base).await];
    let federation = match node.federation() {
        Ok(federation) => federation,
        Err(failure) => {
            findings.push(Finding::of_failure("public-url", &failure));
            return findings;
        }
    };
    let Ok(url) = base.join("/.well-known/nodeinfo") else { return findings };
    let fetch = Fetch::new(&url).header("accept", "application/json");
    match federation.client().fetch(fetch).await {
        Ok(answer) if answer.is_success() && names_this_node(&answer.body, &base) => {
            findings.push(Finding::good("public-url", format!("{base} répond"), format!("{base} answers")));
            let date = answer.headers.get("date").and_then(|value| value.to_str().ok()).and_then(read_date);
            findings.push(clock(date, Utc::now()));
        }
        Ok(answer) => findings.push(Finding::problem(
            "public-url",
            format!("{url} répond {} mais ce n'est pas ce nœud : vérifiez url et le serveur web devant (il doit transmettre Host).", answer.status),
            format!("{url} answers {} but it is not this node: check url and the web server in front (it has to pass Host on).", answer.status),
        )),
        Err(error) => findings.push(unreached(&base, &error)),
    }
    findings
}

async fn name(node: &Node, base: &Url) -> Finding {
    let host = base.host_str().unwrap_or_default().to_owned();
    let port = base.port_or_known_default().unwrap_or(443);
    let found: Vec<IpAddr> = match tokio::net::lookup_host((host.as_str(), port)).await {
        Ok(addresses) => addresses.map(|address| address.ip()).collect(),
        Err(error) => {
            return Finding::problem(
                "dns",
                format!("{host} n'a pas d'adresse ({error}) : déclarez-la chez votre hébergeur de nom."),
                format!("{host} has no address ({error}): declare it where your domain is registered."),
            );
        }
    };
    let list = found.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let local = found.iter().any(|address| !maillage_federation::net::is_global_unicast(*address));
    if local && !node.config.federation.allow_private_networks {
        return Finding::warning(
            "dns",
            format!(
                "{host} mène à {list}, une adresse privée vue d'ici : les autres nœuds doivent en voir une publique."
            ),
            format!(
                "{host} leads to {list}, a private address as seen from here: other nodes have to see a public one."
            ),
        );
    }
    Finding::good("dns", format!("{host} : {list}"), format!("{host}: {list}"))
}

fn names_this_node(body: &[u8], base: &Url) -> bool {
    let Ok(document) = serde_json::from_slice::<Value>(body) else { return false };
    let links = document.get("links").and_then(Value::as_array).cloned().unwrap_or_default();
    links
        .iter()
        .filter_map(|link| link.get("href")?.as_str())
        .any(|href| Url::parse(href).is_ok_and(|href| href.origin() == base.origin()))
}

fn read_date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text).ok().map(|at| at.with_timezone(&Utc))
}

/// Compares with the date in the answer, which the machine in front has written.
fn clock(date: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Finding {
    let Some(date) = date else {
        return Finding::good("clock", "rien à quoi la comparer", "nothing to compare it with");
    };
    let apart = (now - date).num_seconds().abs();
    let text = (
        format!(
            "l'horloge s'écarte de {apart} s de celle du serveur web : installez la synchronisation (systemd-timesyncd, chrony)."
        ),
        format!(
            "the clock is {apart} s off that of the web server: install synchronisation (systemd-timesyncd, chrony)."
        ),
    );
    match apart {
        CLOCK_MEND.. => Finding::problem("clock", text.0, text.1),
        CLOCK_LOOK.. => Finding::warning("clock", text.0, text.1),
        _ => Finding::good("clock", "à l'heure", "on time"),
    }
}

fn unreached(base: &Url, error: &NetError) -> Finding {
    Finding::problem(
        "public-url",
        format!(
            "{base} ne répond pas ({error}). Lancez maillage serve, et vérifiez le serveur web devant, le certificat et le pare-feu."
        ),
        format!(
            "{base} does not answer ({error}). Run maillage serve, and check the web server in front, the certificate and the firewall."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::finding::Level;

    #[test]
    fn a_clock_that_is_off_is_told() {
        let now = read_date("Tue, 03 Mar 2026 13:00:00 GMT").unwrap();
        let level = |seconds: i64| clock(Some(now - chrono::Duration::seconds(seconds)), now).level;
        assert_eq!((level(2), level(-40), level(3_600)), (Level::Good, Level::Warning, Level::Problem));
    }

    #[test]
    fn another_server_is_not_this_node() {
        let base = Url::parse("https://mef58.example/").unwrap();
        let links = |href: &str| format!("{{\"links\":[{{\"rel\":\"x\",\"href\":\"{href}\"}}]}}");
        assert!(names_this_node(links("https://mef58.example/nodeinfo/2.1").as_bytes(), &base));
        assert!(!names_this_node(links("https://other.example/nodeinfo/2.1").as_bytes(), &base));
        assert!(!names_this_node(b"<html>", &base));
    }
}
