//! Which URLs may be asked for: scheme, port, host name, and IP literals.

use super::address::is_global_unicast;
use super::error::{NetError, UrlFault};
use std::net::IpAddr;
use url::{Host, Url};

/// Names, and the ends of names, that never lead to the public internet.
const LOCAL_NAMES: [&str; 5] = ["localhost", "local", "internal", "localdomain", "home.arpa"];

/// The node's setting `federation.allow_private_networks`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetPolicy {
    /// Opens every address, `http` and every port, for a test network. Off, only `https` on port
    /// 443 to global unicast addresses is possible.
    pub allow_private_networks: bool,
}

impl NetPolicy {
    /// Whether this URL may be asked for, as far as can be told without resolving its name.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn check_url(self, url: &Url) -> Result<(), NetError> {
        Rules::from(self).check_url(url)
    }
}

/// The setting taken apart, so that tests can put a public and a private host on one machine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    /// Which addresses may be dialled.
    pub allowed: fn(IpAddr) -> bool,
    /// Whether names of the local network may be asked for.
    pub local_names: bool,
    /// Whether http and every port are open.
    pub any_port: bool,
}

impl From<NetPolicy> for Rules {
    fn from(policy: NetPolicy) -> Self {
        let open = policy.allow_private_networks;
        let allowed = if open { |_| true } else { is_global_unicast };
        Self { allowed, local_names: open, any_port: open }
    }
}

impl Rules {
    pub(super) fn check_url(self, url: &Url) -> Result<(), NetError> {
        let scheme = url.scheme();
        if scheme != "https" && !(self.any_port && scheme == "http") {
            return Err(NetError::RefusedScheme(scheme.to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(NetError::RefusedUrl(UrlFault::Credentials));
        }
        if !self.any_port && url.port_or_known_default() != Some(443) {
            return Err(NetError::RefusedUrl(UrlFault::Port));
        }
        match url.host() {
            None => Err(NetError::RefusedUrl(UrlFault::NoHost)),
            Some(Host::Domain(name)) => self.check_name(name),
            Some(Host::Ipv4(address)) => self.check_address(address.into()),
            Some(Host::Ipv6(address)) => self.check_address(address.into()),
        }
    }

    pub(super) fn check_name(self, name: &str) -> Result<(), NetError> {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let local =
            |end: &str| name.strip_suffix(end).is_some_and(|start| start.is_empty() || start.ends_with('.'));
        if !self.local_names && (name.is_empty() || LOCAL_NAMES.into_iter().any(local)) {
            return Err(NetError::RefusedName(name));
        }
        Ok(())
    }

    pub(super) fn check_address(self, address: IpAddr) -> Result<(), NetError> {
        if (self.allowed)(address) { Ok(()) } else { Err(NetError::RefusedAddress(address)) }
    }
}
