//! Name resolution that hands the dialler nothing but addresses it may dial.

use super::error::NetError;
use super::policy::Rules;
use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

/// Where addresses come from: the system, or a script in tests.
#[async_trait]
pub(super) trait Lookup: Send + Sync + 'static {
    async fn lookup(&self, name: &str) -> io::Result<Vec<SocketAddr>>;
}

/// The system's resolver.
pub(super) struct SystemLookup;

#[async_trait]
impl Lookup for SystemLookup {
    async fn lookup(&self, name: &str) -> io::Result<Vec<SocketAddr>> {
        // The client replaces port 0 by the URL's.
        Ok(tokio::net::lookup_host((name, 0)).await?.collect())
    }
}

/// The resolver given to the HTTP client. What it answers is what is dialled, so a name cannot
/// pass the check with one answer and be dialled with another.
pub(super) struct FilteringResolver {
    pub lookup: Arc<dyn Lookup>,
    pub rules: Rules,
}

impl Resolve for FilteringResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, rules) = (self.lookup.clone(), self.rules);
        Box::pin(async move {
            rules.check_name(name.as_str())?;
            let addresses =
                lookup.lookup(name.as_str()).await.map_err(|error| NetError::Dns(error.to_string()))?;
            if addresses.is_empty() {
                return Err(NetError::Dns("no address".into()).into());
            }
            // One refused address among good ones is no accident: nothing of it is dialled.
            for address in &addresses {
                rules.check_address(address.ip())?;
            }
            let addresses: Addrs = Box::new(addresses.into_iter());
            Ok(addresses)
        })
    }
}
