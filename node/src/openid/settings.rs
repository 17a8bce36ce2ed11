//! The section `[openid]` of the configuration, checked.

use crate::config::Config;
use crate::failure::Failure;
use maillage_federation::net::NetPolicy;
use openidconnect::{ClientId, ClientSecret, IssuerUrl, Scope};
use url::Url;

/// What is known of the provider before it is asked.
pub struct Settings {
    /// Its issuer identifier, written as it writes it itself.
    pub issuer: IssuerUrl,
    /// What it calls this node.
    pub client_id: ClientId,
    /// What only it and this node know.
    pub client_secret: ClientSecret,
    /// What is asked for beside `openid`.
    pub scopes: Vec<Scope>,
    /// What people call it.
    pub name: String,
}

/// The settings of the provider; none where the section is empty.
///
/// # Errors
/// [`Failure::Misused`] naming the key and what to write.
pub fn settings(config: &Config) -> Result<Option<Settings>, Failure> {
    let section = &config.openid;
    let written = section.issuer.trim();
    if written.is_empty() {
        return Ok(None);
    }
    let url = issuer(written, config)?;
    for (key, value) in [("client_id", &section.client_id), ("client_secret", &section.client_secret)] {
        if value.trim().is_empty() {
            return Err(Failure::misused(
                format!(
                    "openid.{key} manque : écrivez ce que le fournisseur a donné à ce nœud, ou videz openid.issuer."
                ),
                format!(
                    "openid.{key} is missing: write what the provider gave to this node, or empty openid.issuer."
                ),
            ));
        }
    }
    let scopes = section.scopes.split_whitespace().filter(|scope| *scope != "openid");
    let name = match section.name.trim() {
        "" => url.host_str().unwrap_or_default(),
        name => name,
    };
    Ok(Some(Settings {
        issuer: IssuerUrl::new(written.to_owned()).map_err(|error| no_issuer(written, &error.to_string()))?,
        client_id: ClientId::new(section.client_id.trim().to_owned()),
        client_secret: ClientSecret::new(section.client_secret.trim().to_owned()),
        scopes: scopes.map(|scope| Scope::new(scope.to_owned())).collect(),
        name: name.to_owned(),
    }))
}

/// An issuer is an https address without query or fragment (Discovery 1.0, section 3), which this node
/// may ask.
fn issuer(written: &str, config: &Config) -> Result<Url, Failure> {
    let url = Url::parse(written).map_err(|error| no_issuer(written, &error.to_string()))?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(no_issuer(written, "? #"));
    }
    let policy = NetPolicy { allow_private_networks: config.federation.allow_private_networks };
    policy.check_url(&url).map_err(|error| {
        let reason = error.reason();
        Failure::misused(
            format!("openid.issuer : ce nœud ne peut pas s'adresser à {written} ({}).", reason.fr),
            format!("openid.issuer: this node cannot ask {written} ({}).", reason.en),
        )
    })?;
    Ok(url)
}

fn no_issuer(written: &str, why: &str) -> Failure {
    Failure::misused(
        format!(
            "openid.issuer : « {written} » n'est pas une adresse ({why}). Écrivez celle du fournisseur, comme https://connexion.example.fr/realms/mef."
        ),
        format!(
            "openid.issuer: “{written}” is no address ({why}). Write that of the provider, such as https://connexion.example.fr/realms/mef."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::OpenId;

    fn config(issuer: &str, id: &str, secret: &str) -> Config {
        let openid = OpenId {
            issuer: issuer.to_owned(),
            client_id: id.to_owned(),
            client_secret: secret.to_owned(),
            ..OpenId::default()
        };
        Config { openid, ..Config::default() }
    }

    #[test]
    fn an_empty_issuer_is_no_provider() {
        assert!(settings(&config("", "", "")).unwrap().is_none());
        let found = settings(&config("https://id.example/realms/mef", "mef58", "s3cret")).unwrap().unwrap();
        assert_eq!(found.issuer.as_str(), "https://id.example/realms/mef");
        assert_eq!(found.name, "id.example");
        let scopes: Vec<&str> = found.scopes.iter().map(|scope| scope.as_str()).collect();
        assert_eq!(scopes, ["email", "profile"], "openid is asked for by itself");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_key() {
        for (issuer, id, secret, key) in [
            ("id.example", "mef58", "s3cret", "openid.issuer"),
            ("http://id.example", "mef58", "s3cret", "openid.issuer"),
            ("https://10.0.0.1", "mef58", "s3cret", "openid.issuer"),
            ("https://id.example/?x=1", "mef58", "s3cret", "openid.issuer"),
            ("https://id.example", " ", "s3cret", "openid.client_id"),
            ("https://id.example", "mef58", "", "openid.client_secret"),
        ] {
            let told = settings(&config(issuer, id, secret)).err().expect(issuer);
            let said = told.messages().remove(0);
            assert!(said.fr.contains(key) && said.en.contains(key), "{said}");
            assert!(!said.to_string().contains("s3cret"), "{said}");
        }
        let mut test_network = config("http://localhost:8080", "mef58", "s3cret");
        test_network.federation.allow_private_networks = true;
        assert!(settings(&test_network).unwrap().is_some());
    }
}
