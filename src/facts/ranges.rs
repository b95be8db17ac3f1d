//! Published networks and products: what an address, a network number or a product's name is looked up in.

use crate::content::{Content, List, key};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv6Addr};

/// Lists with a name that ends so hold network ranges, one in CIDR notation (RFC 4632) a line.
const RANGES: &str = "-ranges";

/// Lists about networks, with ranges parsed once.
#[derive(Debug)]
pub(crate) struct NetworkKnowledge<'c> {
    ranges: Vec<(&'c str, Vec<Range>)>,
    /// Network numbers of hosting companies.
    hosting: Option<BTreeSet<u32>>,
    /// VPN products of published cases.
    documented: Option<&'c List>,
}

/// The addresses from the first to the last, as IPv6 (IPv4 mapped into it).
type Range = (u128, u128);

impl<'c> NetworkKnowledge<'c> {
    pub(crate) fn new(content: &'c Content) -> Self {
        let ranges = content.list_names().filter(|name| name.ends_with(RANGES)).map(|name| {
            let list = content.list(name).into_iter().flat_map(List::values);
            let mut ranges: Vec<Range> = list.filter_map(range).collect();
            ranges.sort_unstable();
            (name, ranges)
        });
        Self {
            ranges: ranges.collect(),
            hosting: content
                .list("hosting-asns")
                .map(|list| list.values().filter_map(|number| number.parse().ok()).collect()),
            documented: content.list("vpn-documented"),
        }
    }

    /// Whether there is any list of ranges.
    pub(crate) fn has_ranges(&self) -> bool {
        !self.ranges.is_empty()
    }

    /// Names of the lists of ranges that hold an address; none for what is no address.
    pub(crate) fn ranges_of<'a>(&'a self, address: &str) -> impl Iterator<Item = &'c str> + 'a {
        let address = address.trim().parse().ok().map(number);
        self.ranges
            .iter()
            .filter(move |(_, ranges)| {
                address.is_some_and(|address| ranges.iter().any(|(first, last)| (*first..=*last).contains(&address)))
            })
            .map(|(name, _)| *name)
    }

    /// Whether a network number is a hosting company's, if there is a list of them.
    pub(crate) fn is_hosting(&self, network: u32) -> Option<bool> {
        self.hosting.as_ref().map(|numbers| numbers.contains(&network))
    }

    /// Whether a VPN product stands in the list of published cases, by its name or a word or two of it.
    pub(crate) fn is_documented(&self, product: &str) -> Option<bool> {
        let list = self.documented?;
        let product = key(product);
        let spread = format!(" {} ", product.replace(['-', '_', '/', ',', '(', ')'], " "));
        Some(list.contains(&product) || list.values().any(|name| spread.contains(&format!(" {name} "))))
    }
}

/// `203.0.113.0/24`, `2001:db8::/32`, or one address.
fn range(text: &str) -> Option<Range> {
    let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
    let address: IpAddr = address.parse().ok()?;
    let (width, first) = (if address.is_ipv4() { 32 } else { 128 }, number(address));
    let bits: u32 = bits.map_or(Some(width), |bits| bits.parse().ok())?;
    let rest = match width.checked_sub(bits)? {
        128 => u128::MAX,
        free => (1 << free) - 1,
    };
    Some((first & !rest, first | rest))
}

fn number(address: IpAddr) -> u128 {
    let address: Ipv6Addr = match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    };
    u128::from(address)
}

#[cfg(test)]
mod tests {
    use super::NetworkKnowledge;
    use crate::content::{Content, ContentFile};

    #[test]
    fn addresses_and_products_are_looked_up() {
        let file = |path: &str, text: &'static str| ContentFile { path: path.to_owned(), text: text.into() };
        let content = Content::load(&[
            file("lists/test-ranges.txt", "203.0.113.0/25\n2001:db8::/32\nnonsense/99\n198.51.100.7\n"),
            file("lists/hosting-asns.txt", "64500 # Example Hosting\n"),
            file("lists/vpn-documented.txt", "sample vpn\nspecimen\n"),
        ])
        .expect("loads");
        let knowledge = NetworkKnowledge::new(&content);
        let listed = |address| knowledge.ranges_of(address).collect::<Vec<_>>();
        for address in ["203.0.113.127", "2001:db8::1", "198.51.100.7", "::ffff:203.0.113.1"] {
            assert_eq!(listed(address), ["test-ranges"], "{address}");
        }
        for address in ["203.0.113.128", "198.51.100.8", "2001:db9::", "not an address", ""] {
            assert!(listed(address).is_empty(), "{address}");
        }
        assert_eq!((knowledge.is_hosting(64500), knowledge.is_hosting(64501)), (Some(true), Some(false)));
        for product in ["Specimen", "Specimen VPN 3", "sample-vpn"] {
            assert_eq!(knowledge.is_documented(product), Some(true), "{product}");
        }
        assert_eq!(knowledge.is_documented("Specimens"), Some(false));
    }
}
