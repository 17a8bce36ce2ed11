//! Which IP addresses are global unicast, after IANA's special-purpose registries.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that are not global unicast: first address and prefix length.
const SPECIAL_V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),       // this network; Linux connects 0.x.x.x to itself
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // shared by carriers, and inside clouds
    ([127, 0, 0, 0], 8),     // loopback
    ([169, 254, 0, 0], 16),  // link local, cloud metadata
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 88, 99, 0], 24),  // 6to4 relays, deprecated
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 4),     // multicast
    ([240, 0, 0, 0], 4),     // reserved
    ([255, 255, 255, 255], 32),
];

/// Networks inside 2000::/3, where global unicast lies, that are not: first segments and length.
const SPECIAL_V6: [([u16; 2], u32); 4] = [
    ([0x2001, 0], 23),      // protocol assignments: Teredo, benchmarks, ORCHID
    ([0x2001, 0x0db8], 32), // documentation
    ([0x2002, 0], 16),      // 6to4, which embeds an IPv4 address
    ([0x3fff, 0], 20),      // documentation
];

/// Whether an address may be dialled. For IPv6 only 2000::/3 can be: that leaves out loopback,
/// mapped and compatible IPv4, NAT64, unique and site local, link local and multicast.
#[must_use]
pub fn is_global_unicast(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_global_v4(address),
        IpAddr::V6(address) => is_global_v6(address),
    }
}

fn is_global_v4(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    !SPECIAL_V4.iter().any(|(first, length)| {
        let shift = 32 - length;
        bits >> shift == u32::from(Ipv4Addr::from(*first)) >> shift
    })
}

fn is_global_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let bits = u32::from(a) << 16 | u32::from(b);
    let special = SPECIAL_V6.iter().any(|([a, b], length)| {
        let shift = 32 - length;
        bits >> shift == (u32::from(*a) << 16 | u32::from(*b)) >> shift
    });
    a >> 13 == 0b001 && !special
}
