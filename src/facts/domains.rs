//! Hosts and domains as they stand in mail addresses, links and bare names, defanged or not.
//!
//! A host is folded: lower case, no port, no final dot, international labels in their ASCII form.
//! Which domain belongs to whom, and which is listed, is for others to say.

use crate::content::defang;
use std::borrow::Cow;

/// The folded host of a web address or a bare host; `None` if it is neither.
///
/// A defanged one is read as what it stands for.
pub(crate) fn host(raw: &str) -> Option<Cow<'_, str>> {
    let raw = raw.trim();
    if let Some(plain) = defang::undone(raw) {
        return host_of_plain(&plain).map(|host| Cow::Owned(host.into_owned()));
    }
    host_of_plain(raw)
}

/// The folded host of a mail address, with or without a display name; `None` if it is no mail address.
pub(crate) fn mail_host(raw: &str) -> Option<Cow<'_, str>> {
    let raw = raw.trim();
    if let Some(plain) = defang::undone(raw) {
        return mail_host_of_plain(&plain).map(|host| Cow::Owned(host.into_owned()));
    }
    mail_host_of_plain(raw)
}

/// The part of a mail address before the `@`, as written; `None` if it is no mail address.
pub(crate) fn mail_local(raw: &str) -> Option<&str> {
    let address = bare_address(raw.trim());
    let (local, _) = address.rsplit_once('@')?;
    (!local.is_empty()).then_some(local)
}

/// The part of a host that somebody registered: `example.co.uk` of `www.example.co.uk`.
///
/// A network address, and a host that is itself a public suffix, are returned whole.
pub(crate) fn registrable(host: &str) -> &str {
    if is_address(host) {
        return host;
    }
    psl::domain_str(host).unwrap_or(host)
}

/// [`registrable`], keeping the borrow.
pub(crate) fn registrable_of(host: Cow<'_, str>) -> Cow<'_, str> {
    match host {
        Cow::Borrowed(host) => Cow::Borrowed(registrable(host)),
        Cow::Owned(host) => {
            let cut = host.len() - registrable(&host).len();
            let mut host = host;
            host.drain(..cut);
            Cow::Owned(host)
        }
    }
}

/// The label that was registered: `example` of `example.co.uk`.
pub(crate) fn label(registrable: &str) -> &str {
    registrable.split('.').next().unwrap_or(registrable)
}

/// Whether a host is a network address rather than a name.
pub(crate) fn is_address(host: &str) -> bool {
    if host.starts_with('[') {
        return true;
    }
    let digits = |part: &str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    host.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
        && host.split('.').count() == 4
        && host.split('.').all(digits)
}

/// Whether a domain lies at or under another.
pub(crate) fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The address between `<` and `>`, if there is one.
fn bare_address(raw: &str) -> &str {
    let raw = raw.strip_prefix("mailto:").unwrap_or(raw);
    match (raw.rfind('<'), raw.rfind('>')) {
        (Some(start), Some(end)) if start < end => raw[start + 1..end].trim(),
        _ => raw,
    }
}

fn mail_host_of_plain(raw: &str) -> Option<Cow<'_, str>> {
    let (local, host) = bare_address(raw).rsplit_once('@')?;
    if local.is_empty() {
        return None;
    }
    fold(host.split(['?', '>', ' ']).next().unwrap_or(host))
}

fn host_of_plain(raw: &str) -> Option<Cow<'_, str>> {
    let after_scheme = match raw.find("://") {
        Some(at) => &raw[at + 3..],
        None => raw.strip_prefix("mailto:").or_else(|| raw.strip_prefix("//")).unwrap_or(raw),
    };
    let authority = after_scheme.split(['/', '?', '#', '\\']).next().unwrap_or(after_scheme);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('[') {
        let end = host.find(']')?;
        return Some(Cow::Borrowed(&host[..=end]));
    }
    fold(host.split(':').next().unwrap_or(host))
}

/// A host, folded; `None` if it cannot be one.
fn fold(host: &str) -> Option<Cow<'_, str>> {
    let host = host.trim_end_matches('.');
    if host.len() > 253 || host.starts_with('.') {
        return None;
    }
    let mut dots = 0;
    let mut upper = false;
    let mut foreign = false;
    for byte in host.bytes() {
        match byte {
            b'.' => dots += 1,
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => {}
            b'A'..=b'Z' => upper = true,
            0x80.. => foreign = true,
            _ => return None,
        }
    }
    if foreign {
        // A label that no registry would take is still compared, in lower case.
        let ascii = idna::domain_to_ascii(host).unwrap_or_else(|_| host.to_lowercase());
        let is_whole = ascii.contains('.') && !ascii.starts_with('.') && !ascii.contains("..");
        return is_whole.then_some(Cow::Owned(ascii));
    }
    if dots == 0 || host.contains("..") {
        return None;
    }
    Some(if upper { Cow::Owned(host.to_ascii_lowercase()) } else { Cow::Borrowed(host) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_in_every_shape_of_address() {
        for raw in [
            "acme.example",
            "ACME.example.",
            "https://acme.example",
            "https://user:pass@acme.example:8443/path?q=a@b#c",
            "hxxps://acme[.]example/x",
            "HXXP://acme(dot)example",
            "//acme.example/x",
            "http[:]//acme.example",
        ] {
            assert_eq!(host(raw).as_deref(), Some("acme.example"), "{raw}");
        }
        assert_eq!(host("https://münchen.example/").as_deref(), Some("xn--mnchen-3ya.example"));
        for raw in ["", "acme", "not a host.example", "..", "https://", "a..b", "a..é.example", "。é.example"] {
            assert_eq!(host(raw), None, "{raw}");
        }
    }

    #[test]
    fn a_plain_host_costs_no_allocation() {
        assert!(matches!(host("https://jobs.acme.example/x"), Some(Cow::Borrowed("jobs.acme.example"))));
        assert!(matches!(mail_host("ana@acme.example").map(registrable_of), Some(Cow::Borrowed("acme.example"))));
    }

    #[test]
    fn mail_hosts_and_local_parts() {
        for raw in
            ["ana@acme.example", "Ana Example <ana@ACME.example>", "mailto:ana@acme.example", "ana[at]acme[.]example"]
        {
            assert_eq!(mail_host(raw).as_deref(), Some("acme.example"), "{raw}");
        }
        assert_eq!(mail_local("Ana <ana.example@acme.example>"), Some("ana.example"));
        assert_eq!(mail_host("acme.example"), None);
        assert_eq!(mail_host("@acme.example"), None);
    }

    #[test]
    fn the_registrable_part_follows_the_public_suffix_list() {
        assert_eq!(registrable("www.acme.co.uk"), "acme.co.uk");
        assert_eq!(registrable("jobs.acme.example"), "acme.example");
        assert_eq!(registrable("203.0.113.7"), "203.0.113.7");
        assert_eq!(registrable("co.uk"), "co.uk");
        assert_eq!(label("acme.co.uk"), "acme");
        assert_eq!(registrable_of(Cow::Owned("a.b.acme.example".to_owned())), "acme.example");
        assert!(is_within("a.acme.example", "acme.example") && !is_within("notacme.example", "acme.example"));
    }

    #[test]
    fn network_addresses_are_told_from_names() {
        assert!(is_address("203.0.113.7") && is_address("[2001:db8::1]"));
        assert!(!is_address("1.2.3.example") && !is_address("3com.example"));
        assert_eq!(host("http://[2001:db8::1]:8080/").as_deref(), Some("[2001:db8::1]"));
    }
}
