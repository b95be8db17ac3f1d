//! Links in texts, defanged or not, and what kind of thing a link leads to.
//!
//! A text without a full stop between letters costs one pass of `memchr`.

use super::domains;
use super::employers::Employers;
use super::files::FileRisk;
use super::hosts::HostClass;
use super::imitation::Imitation;
use super::knowledge::Knowledge;
use crate::dossier::{Date, Dossier};
use std::borrow::Cow;
use std::ops::Range;

/// A link as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found<'t> {
    /// Bytes of the text.
    pub(crate) span: Range<usize>,
    /// Its host, folded.
    pub(crate) host: Cow<'t, str>,
}

/// Kinds of a link; several may hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LinkClass(u32);

impl LinkClass {
    const WORDS: [&'static str; 16] = [
        "employer",
        "shortener",
        "payload-host",
        "code-host",
        "code-host-employer",
        "meeting",
        "ats",
        "assessment",
        "form",
        "messenger",
        "download",
        "ip-literal",
        "punycode",
        "lookalike",
        "young-domain",
        "credentials-in-link",
    ];

    fn add(&mut self, word: &str, holds: bool) {
        if holds && let Some(bit) = Self::WORDS.iter().position(|known| *known == word) {
            self.0 |= 1 << bit;
        }
    }

    /// Either's kinds.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The words that stand in the catalogue; `other` if no kind holds.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        let known = Self::WORDS.into_iter().enumerate().filter(move |(bit, _)| self.0 & (1 << bit) != 0);
        known.map(|(_, word)| word).chain((self.0 == 0).then_some("other"))
    }
}

/// What kinds of thing a link leads to, and what its host imitates. `at` is the time of the link.
pub(crate) fn classify<'a>(
    url: &str,
    host: &str,
    at: Date,
    dossier: &Dossier,
    knowledge: &'a Knowledge<'_>,
    employers: &'a Employers<'_>,
) -> (LinkClass, Option<Imitation<'a>>) {
    let known = knowledge.domains.classes(host);
    let mut class = LinkClass::default();
    class.add("employer", employers.owner_of(host).is_some());
    class.add("shortener", known.any(HostClass::SHORTENER));
    class.add("payload-host", known.any(HostClass::PAYLOAD));
    class.add("code-host", known.any(HostClass::CODE));
    class.add("code-host-employer", known.any(HostClass::CODE) && is_owner_employer(url, knowledge, employers));
    class.add("meeting", known.any(HostClass::MEETING));
    class.add("ats", known.any(HostClass::RELAY.and(HostClass::ASSESSMENT)));
    class.add("assessment", known.any(HostClass::ASSESSMENT));
    class.add("form", known.any(HostClass::FORM));
    class.add("messenger", known.any(HostClass::MESSENGER));
    class.add("download", is_download(url, knowledge));
    class.add("ip-literal", domains::is_address(host));
    class.add("punycode", host.split('.').any(|label| label.starts_with("xn--")));
    class.add("credentials-in-link", has_credentials(url));
    let imitation = employers.imitated(host, knowledge).filter(|imitation| !imitation.kinds.only_suffix());
    class.add("lookalike", imitation.is_some());
    class.add("young-domain", is_young(host, at, dossier));
    (class, imitation)
}

/// Whether the first part of a code host's path names an employer: `acme` of `code.example/acme/tool`.
fn is_owner_employer(url: &str, knowledge: &Knowledge<'_>, employers: &Employers<'_>) -> bool {
    let rest = url.find("://").map_or(url, |at| &url[at + 3..]);
    let Some(owner) = rest.split(['/', '?', '#']).nth(1).filter(|owner| !owner.is_empty()) else { return false };
    let key = knowledge.employers.key(owner);
    employers.names_key(&key)
        || employers.own.iter().any(|own| knowledge.employers.key(domains::label(&own.domain)) == key)
}

/// Whether the path ends like a file that runs or unpacks.
fn is_download(url: &str, knowledge: &Knowledge<'_>) -> bool {
    let rest = url.find("://").map_or(url, |at| &url[at + 3..]);
    let path = rest.split(['?', '#']).next().unwrap_or(rest);
    let Some((_, file)) = path.rsplit_once('/') else { return false };
    let risks = FileRisk::EXECUTABLE.and(FileRisk::DISK_IMAGE).and(FileRisk::ARCHIVE).and(FileRisk::SHORTCUT);
    knowledge.files.risk(file).any(risks.and(FileRisk::MACRO))
}

fn has_credentials(url: &str) -> bool {
    let Some(at) = url.find("://") else { return false };
    let rest = &url[at + 3..];
    rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())].contains('@')
}

/// Days under which a domain counts as young.
const YOUNG_DAYS: f64 = 90.0;

/// Whether an analyst's enrichment says that the domain was certainly registered less than 90 days before.
fn is_young(host: &str, at: Date, dossier: &Dossier) -> bool {
    registered(host, dossier).is_some_and(|(_, created)| {
        let (least, most) = created.days_until(at);
        most < YOUNG_DAYS && least > -1.5
    })
}

/// When a host's domain was registered, by the analyst's enrichment, and which entry says so.
pub(crate) fn registered(host: &str, dossier: &Dossier) -> Option<(usize, Date)> {
    if dossier.domains.is_empty() {
        return None;
    }
    let domain = domains::registrable(host);
    dossier.domains.iter().enumerate().find_map(|(index, entry)| {
        let name = domains::host(&entry.name)?;
        (domains::registrable(&name) == domain).then_some((index, entry.created_at?))
    })
}

/// Every link of a text, in order: with a scheme, with `www.`, or a bare host under a known public suffix.
pub(crate) fn find<'t>(text: &'t str, mut visit: impl FnMut(Found<'t>)) {
    let bytes = text.as_bytes();
    let mut done = 0;
    for dot in memchr::memchr_iter(b'.', bytes) {
        if dot < done || dot == 0 {
            continue;
        }
        let (Some(before), Some(after)) = (bytes.get(dot - 1), bytes.get(dot + 1)) else { continue };
        let inside =
            |byte: u8, brackets: [u8; 3]| byte.is_ascii_alphanumeric() || byte >= 0x80 || brackets.contains(&byte);
        if !inside(*before, *b"[({") || !inside(*after, *b"])}") {
            continue;
        }
        let found = match scheme_start(text, done, dot) {
            Some(start) => with_scheme(text, start),
            None => bare(text, done, dot),
        };
        match found {
            Ok(found) => {
                done = found.span.end;
                visit(found);
            }
            Err(end) => done = done.max(end),
        }
    }
}

/// Where the scheme starts of the web address that a full stop lies in.
fn scheme_start(text: &str, from: usize, dot: usize) -> Option<usize> {
    let head = text.get(from..dot)?;
    let slashes = head.rfind("//")?;
    if head[slashes..].contains(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"' | ')' | ','))
    {
        return None;
    }
    let scheme = head[..slashes].trim_end_matches(['[', ']', ':']);
    let letters = scheme.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let start = scheme.len() - letters;
    let known = ["http", "https", "hxxp", "hxxps", "ftp"];
    known.iter().any(|name| scheme[start..].eq_ignore_ascii_case(name)).then_some(from + start)
}

/// A web address from its scheme on; else where to go on.
fn with_scheme(text: &str, start: usize) -> Result<Found<'_>, usize> {
    let end = address_end(text, start);
    let url = &text[start..end];
    match domains::host(url) {
        Some(host) => Ok(Found { span: start..end, host }),
        None => Err(end),
    }
}

/// Where a web address ends: before white space, quotes, text of scripts that use no spaces, and closing marks.
fn address_end(text: &str, start: usize) -> usize {
    let mut seen_dot = false;
    let mut end = text.len();
    for (offset, letter) in text[start..].char_indices() {
        let stops = letter.is_whitespace()
            || matches!(letter, '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '“' | '”' | '»' | '«')
            || (seen_dot && is_unspaced(letter));
        if stops {
            end = start + offset;
            break;
        }
        seen_dot |= letter == '.';
    }
    trim_closing(text, start, end)
}

/// Closing punctuation belongs to the sentence, closing brackets to it unless opened inside.
fn trim_closing(text: &str, start: usize, mut end: usize) -> usize {
    while let Some(last) = text[start..end].chars().next_back() {
        let opened = |open: char, close: char| {
            let inside = &text[start..end];
            inside.matches(open).count() >= inside.matches(close).count()
        };
        let closing = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '…' => true,
            ')' => !opened('(', ')'),
            ']' => !opened('[', ']'),
            '}' => !opened('{', '}'),
            _ => false,
        };
        if !closing {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

/// Letters of scripts in which a sentence goes on after an address without a space.
fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{e7f}' | '\u{1100}'..='\u{11ff}' | '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{ff00}'..='\u{ffef}')
}

/// File endings that are also suffixes of countries or of the whole world: `run.sh` is no link.
const FILE_SUFFIXES: [&str; 12] = ["md", "py", "sh", "rs", "pl", "ps", "cc", "so", "zip", "mov", "java", "app"];

/// A host without a scheme, with a port or path if it has one; else where to go on.
fn bare(text: &str, from: usize, dot: usize) -> Result<Found<'_>, usize> {
    let bytes = text.as_bytes();
    let is_part = |at: usize| match bytes.get(at) {
        Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') => true,
        Some(b'[' | b'(' | b'{') => bytes.get(at + 1) == Some(&b'.'),
        Some(b']' | b')' | b'}') => at > 0 && bytes.get(at - 1) == Some(&b'.'),
        _ => false,
    };
    let mut start = dot;
    while start > from && is_part(start - 1) {
        start -= 1;
    }
    while matches!(bytes.get(start), Some(b'-' | b'_' | b'.')) {
        start += 1;
    }
    let mut end = dot + 1;
    while is_part(end) {
        end += 1;
    }
    while end > dot + 1 && matches!(bytes.get(end - 1), Some(b'-' | b'_')) {
        end -= 1;
    }
    let is_mail = start > 0 && matches!(bytes.get(start - 1), Some(b'@'));
    if is_mail || matches!(bytes.get(end), Some(b'@')) {
        return Err(end);
    }
    let host_end = trim_closing(text, start, end);
    let Some(raw) = text.get(start..host_end) else { return Err(end) };
    let Some(host) = domains::host(raw) else { return Err(end) };
    let has_path =
        matches!(bytes.get(host_end), Some(b'/')) && bytes.get(host_end + 1).is_some_and(|next| *next > b' ');
    let starts_www = host.starts_with("www.");
    if !(starts_www || is_plausible(raw, &host, has_path)) || (domains::is_address(&host) && !has_path) {
        return Err(end);
    }
    let end = if has_path { address_end(text, start) } else { host_end };
    Ok(Found { span: start..end.max(host_end), host })
}

/// Top-level domains that are reserved for examples and tests (RFC 2606).
const RESERVED: [&str; 3] = ["example", "invalid", "test"];
/// Least length of a bare host's first label: `B.Com` and `vb.net` are degrees and products.
const SHORTEST_LABEL: usize = 3;

/// Whether a bare host is a link, rather than `Node.js`, `README.md`, `15.50/hr` or a missing space after a full stop.
fn is_plausible(raw: &str, host: &str, has_path: bool) -> bool {
    if has_path && domains::is_address(host) {
        return true;
    }
    let top = raw.rsplit(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or(raw);
    let known = psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known());
    if has_path {
        return known || RESERVED.contains(&top);
    }
    known
        && top.bytes().all(|byte| byte.is_ascii_lowercase())
        && domains::label(host).len() >= SHORTEST_LABEL
        && !(host.matches('.').count() == 1 && FILE_SUFFIXES.contains(&top))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        find(text, |link| found.push(link.host.into_owned()));
        found
    }

    fn spans(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        find(text, |link| found.push(&text[link.span]));
        found
    }

    #[test]
    fn links_are_found_as_people_write_them() {
        assert_eq!(
            spans("See https://acme.example/jobs?id=1, or (http://b.example/x_(y)). Also www.acme.example!"),
            ["https://acme.example/jobs?id=1", "http://b.example/x_(y)", "www.acme.example"]
        );
        assert_eq!(spans("join acme.example/call-7 now"), ["acme.example/call-7"]);
        assert_eq!(spans("-acme.com- and t.me/example"), ["acme.com", "t.me/example"]);
        assert_eq!(hosts("write to github.com or careers.acme.co.uk."), ["github.com", "careers.acme.co.uk"]);
        assert_eq!(spans("[the form](https://acme.example/form)"), ["https://acme.example/form"]);
    }

    #[test]
    fn defanged_links_are_found() {
        assert_eq!(hosts("hxxps://acme[.]example/x and hxxp[:]//b(.)example"), ["acme.example", "b.example"]);
        assert_eq!(hosts("go to evil[.]com today"), ["evil.com"]);
    }

    #[test]
    fn a_sentence_of_another_script_ends_a_link() {
        assert_eq!(spans("https://acme.example/x로 오세요"), ["https://acme.example/x"]);
        assert_eq!(spans("こちらhttps://acme.exampleです。"), ["https://acme.example"]);
    }

    #[test]
    fn what_only_looks_like_a_link_is_left_alone() {
        for text in [
            "Node.js and ASP.NET, e.g. README.md or run.sh, v1.2.3.4",
            "Thanks.My name is Ana.I work here",
            "write to ana@acme.example.",
            "no dots here",
            "...",
            "3.14",
            "15.50/hr or 0.80/km, preferred.self-starter/team player",
            "B.Com, b.tech, vb.net",
        ] {
            assert_eq!(hosts(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn credentials_are_seen_only_before_the_host() {
        assert!(has_credentials("https://acme.example@evil.invalid/x"));
        assert!(!has_credentials("https://acme.example/@handle") && !has_credentials("ana@acme.example"));
    }

    #[test]
    fn a_link_without_a_kind_is_other() {
        assert_eq!(LinkClass::default().words().collect::<Vec<_>>(), ["other"]);
        let mut class = LinkClass::default();
        class.add("meeting", true);
        class.add("form", false);
        assert_eq!(class.words().collect::<Vec<_>>(), ["meeting"]);
    }
}
