//! Fragments of HTML as messages carry them: their text as a reader sees it, and their links.
//!
//! Written for fragments of a few tags; a tag that is not known is left out, its text kept.
//! It never nests, so that hostile markup costs time in proportion to its length and nothing else.

use super::entities::entity;
use crate::dossier::Link;

/// Tags that show that a text is HTML at all.
const MARKS: [&str; 22] = [
    "a",
    "b",
    "blockquote",
    "br",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "hr",
    "html",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "span",
    "strong",
    "table",
    "td",
    "u",
    "ul",
];
/// Tags that begin a new line.
const BLOCKS: [&str; 16] =
    ["p", "div", "br", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "blockquote", "hr", "table", "section", "pre"];

/// Signs that look like a tag and are none, after which a text is taken to have no more tags:
/// each costs a search for its end.
const MAX_FAILURES: usize = 256;

/// A fragment, as a reader sees it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Fragment {
    /// Its text, a line for each paragraph.
    pub(crate) text: String,
    /// Its links with the text that they show.
    pub(crate) links: Vec<Link>,
}

/// Reads a text that may be HTML. A plain text comes back as it was.
pub(crate) fn read(raw: &str) -> Fragment {
    if !is_html(raw) {
        return Fragment { text: raw.to_owned(), links: Vec::new() };
    }
    let mut fragment = Fragment::default();
    let mut open_link: Option<(String, usize)> = None;
    let mut failures = 0;
    let mut rest = raw;
    while let Some(at) = rest.find(['<', '&', '\n', '\r', '\t']) {
        let (before, from) = rest.split_at(at);
        fragment.text.push_str(before);
        if failures >= MAX_FAILURES && from.starts_with('<') {
            fragment.text.push('<');
            rest = from.get(1..).unwrap_or_default();
        } else if let Some(after) = from.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
        } else if let Some(tag) = Tag::at(from) {
            rest = from.get(tag.length..).unwrap_or_default();
            match tag.name.as_str() {
                "a" => {
                    close_link(&mut fragment, open_link.take());
                    if let Some(href) = tag.value.filter(|_| !tag.closes) {
                        open_link = Some((href, fragment.text.len()));
                    }
                }
                "script" | "style" if !tag.closes => {
                    let end = format!("</{}", tag.name);
                    rest = find_ignoring_case(rest, &end).map_or("", |at| rest.get(at..).unwrap_or_default());
                }
                name if BLOCKS.contains(&name) => break_line(&mut fragment.text),
                _ => {}
            }
        } else if from.starts_with('&') {
            let (shown, length) = entity(from);
            fragment.text.push_str(&shown);
            rest = from.get(length..).unwrap_or_default();
        } else if from.starts_with('<') {
            failures += 1;
            fragment.text.push('<');
            rest = from.get(1..).unwrap_or_default();
        } else {
            // White space between tags is layout.
            if !fragment.text.is_empty() && !fragment.text.ends_with([' ', '\n']) {
                fragment.text.push(' ');
            }
            rest = from.get(1..).unwrap_or_default();
        }
    }
    fragment.text.push_str(rest);
    close_link(&mut fragment, open_link);
    let kept = fragment.text.trim_end().len();
    fragment.text.truncate(kept);
    fragment
}

/// A script of a page, and where in the page it begins.
pub(crate) struct Script<'p> {
    pub(crate) text: &'p str,
    pub(crate) offset: usize,
}

/// The scripts of a page that are of a type; what is in a comment is none.
///
/// A script ends at the first `</script`, whatever stands before it (HTML, 13.2.5.4), and one that is not closed with the page.
pub(crate) fn scripts<'p>(page: &'p str, kind: &str) -> Vec<Script<'p>> {
    let mut found = Vec::new();
    let mut failures = 0;
    let mut rest = page;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()).filter(|_| failures < MAX_FAILURES) {
        let from = rest.get(at..).unwrap_or_default();
        rest = from.get(1..).unwrap_or_default();
        if let Some(comment) = from.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if starts_ignoring_case(from, "<script") {
            let Some(tag) = Tag::at(from) else {
                failures += 1;
                continue;
            };
            let inner = from.get(tag.length..).unwrap_or_default();
            let (text, after) = inner.split_at(find_ignoring_case(inner, "</script").unwrap_or(inner.len()));
            rest = after;
            let is_wanted = tag.value.is_some_and(|value| value.trim().eq_ignore_ascii_case(kind));
            if is_wanted && !text.trim().is_empty() {
                found.push(Script { text: text.trim(), offset: page.len() - text.trim_start().len() - after.len() });
            }
        }
    }
    found
}

fn close_link(fragment: &mut Fragment, open: Option<(String, usize)>) {
    if let Some((href, start)) = open {
        let shown = fragment.text.get(start..).unwrap_or_default().trim();
        let text = (!shown.is_empty()).then(|| shown.to_owned());
        fragment.links.push(Link { href, text });
    }
}

/// One line break, and never an empty line at the start.
fn break_line(text: &mut String) {
    let kept = text.trim_end_matches(' ').len();
    text.truncate(kept);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// Whether a text has a tag of those that messages use, or a character reference.
fn is_html(raw: &str) -> bool {
    memchr::memchr2_iter(b'<', b'&', raw.as_bytes()).take(MAX_FAILURES).any(|at| {
        let from = raw.get(at..).unwrap_or_default();
        if from.starts_with('&') {
            entity(from).1 > 1
        } else {
            Tag::at(from).is_some_and(|tag| MARKS.contains(&tag.name.as_str()))
        }
    })
}

/// A tag at the very start of a text.
struct Tag {
    name: String,
    closes: bool,
    /// Where a link leads, or the type of a script.
    value: Option<String>,
    length: usize,
}

impl Tag {
    /// Longest tag that is looked at; the address in a link can be long.
    const LONGEST: usize = 16_384;

    fn at(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let name_length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, rest) = inner.split_at(name_length);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !rest.starts_with(['>', '/', ' ', '\n', '\r', '\t'])
        {
            return None;
        }
        let attributes = rest.len();
        let mut quote = None;
        let end = rest.bytes().take(Self::LONGEST).position(|byte| match (quote, byte) {
            (None, b'>') => true,
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                false
            }
            (Some(open), close) if open == close => {
                quote = None;
                false
            }
            _ => false,
        })?;
        let name = name.to_ascii_lowercase();
        let value = match name.as_str() {
            "a" => attribute(rest.get(..end)?, "href"),
            "script" => attribute(rest.get(..end)?, "type"),
            _ => None,
        };
        Some(Self { name, closes, value, length: text.len() - attributes + end + 1 })
    }
}

/// The value of one of a tag's attributes; nothing for an empty one.
fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    let raw = loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let (name, after) =
            rest.split_at(rest.find(|c: char| c.is_whitespace() || "=/".contains(c)).unwrap_or(rest.len()));
        let Some(value) = after.trim_start().strip_prefix('=') else {
            if after.is_empty() {
                return None;
            }
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let (value, after) = match value.chars().next()? {
            quote @ ('"' | '\'') => value.get(1..)?.split_once(quote)?,
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if name.eq_ignore_ascii_case(wanted) {
            break value;
        }
        rest = after;
    };
    let mut plain = String::with_capacity(raw.len());
    let mut rest = raw.trim();
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let (shown, length) = entity(from);
        plain.push_str(&shown);
        rest = from.get(length..)?;
    }
    plain.push_str(rest);
    (!plain.is_empty()).then_some(plain)
}

fn starts_ignoring_case(text: &str, lower: &str) -> bool {
    text.as_bytes().get(..lower.len()).is_some_and(|start| start.eq_ignore_ascii_case(lower.as_bytes()))
}

fn find_ignoring_case(text: &str, lower: &str) -> Option<usize> {
    let (text, lower) = (text.as_bytes(), lower.as_bytes());
    text.windows(lower.len()).position(|window| window.eq_ignore_ascii_case(lower))
}

#[cfg(test)]
mod tests {
    use super::{read, scripts};

    #[test]
    fn paragraphs_lists_and_links_are_kept() {
        let raw = "<p class=\"spinmail-quill-editor__spin-break\">Hi &amp; hello,</p><p><br></p>\n<ul><li>one</li><li>two</li></ul><a href=\"https://a.example/?x=1&amp;y=2\" rel=x>apply <strong>now</strong></a>&nbsp;!";
        let fragment = read(raw);
        assert_eq!(fragment.text, "Hi & hello,\none\ntwo\napply now !");
        assert_eq!(fragment.links.len(), 1);
        assert_eq!(fragment.links[0].href, "https://a.example/?x=1&y=2");
        assert_eq!(fragment.links[0].text.as_deref(), Some("apply now"));
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        for raw in ["a < b && c > d", "Vec<String> & Option<T>", "line\n  indented\n", "AT&T; R&D", "<<<"] {
            assert_eq!(read(raw).text, raw);
        }
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        assert_eq!(read("<p>a<!-- x --><script>alert(1)</script>b</p><p").text, "ab\n<p");
        assert_eq!(read("&#x41;&#66;&#0;&bogus; <br>").text, "AB&#0;&bogus;");
    }

    #[test]
    fn an_attribute_is_told_by_its_own_name() {
        for tag in
            ["<a data-href=/x HREF = 'https://a.example/'>x</a>", "<a title=\"href=y\" href=https://a.example/>x</a>"]
        {
            assert_eq!(read(tag).links[0].href, "https://a.example/");
        }
        for tag in ["<a data-href=\"x\">x</a>", "<a href>x</a>", "<a href=>x</a>", "<a =x ==>x</a>"] {
            assert!(read(tag).links.is_empty(), "{tag}");
        }
    }

    #[test]
    fn only_scripts_of_a_type_are_taken_and_none_of_a_comment() {
        let page = "<html><!-- <script type=a>0</script> --><SCRIPT TYPE=\"A\" x='>'> {\"a\": \"<p>\"}</SCRIPT>\
            <script>x</script><script data-type=a>y</script><scripted type=a>z</scripted><script type=a>[é1]";
        let found: Vec<_> = scripts(page, "a").into_iter().map(|script| (script.offset, script.text)).collect();
        let at = |text: &str| page.find(text).expect("is there");
        assert_eq!(found, [(at("{\"a\""), "{\"a\": \"<p>\"}"), (at("[é1]"), "[é1]")]);
    }
}
